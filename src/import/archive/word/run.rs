//! The runs of a paragraph: words with their strength, links and pictures.

use roxmltree::Node;

use super::{Reader, attribute, escaped, style};
use crate::import::archive::below;
use crate::import::page;

/// Boxes around runs beyond which they are passed over.
const MAX_DEPTH: usize = 64;

/// What a paragraph says.
#[derive(Default)]
pub struct Runs {
    /// Its words with their strength and links.
    pub html: String,
    /// Its words alone.
    pub text: String,
    /// An `<img>` for each of its pictures.
    pub pictures: Vec<String>,
}

impl Reader<'_, '_> {
    /// Reads a paragraph; of code, the blanks count and the strength does not.
    pub fn runs(&mut self, paragraph: Node, is_code: bool) -> Runs {
        let mut res = Runs::default();
        self.inside(paragraph, is_code, 0, &mut res);
        res
    }

    fn inside(&mut self, parent: Node, is_code: bool, depth: usize, res: &mut Runs) {
        if depth > MAX_DEPTH {
            return;
        }
        for node in parent.children() {
            match node.tag_name().name() {
                "r" => self.run(node, is_code, res),
                "hyperlink" => {
                    let target = attribute(node, "id")
                        .and_then(|id| self.links.get(id))
                        .cloned();
                    let target = target.filter(|target| target.starts_with("http"));
                    if let Some(target) = &target {
                        res.html += &format!("<a href=\"{}\">", escaped(target));
                    }
                    self.inside(node, is_code, depth + 1, res);
                    if target.is_some() {
                        res.html += "</a>";
                    }
                }
                "ins" | "moveTo" | "smartTag" | "fldSimple" | "sdt" | "sdtContent"
                | "customXml" | "bdo" | "dir" => self.inside(node, is_code, depth + 1, res),
                "oMath" | "oMathPara" => {
                    let words: String = below(node, "t").filter_map(|text| text.text()).collect();
                    add(res, &words);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node, is_code: bool, res: &mut Runs) {
        if style::has(run, "rPr", "vanish") {
            return;
        }
        let raised = style::setting(run, "rPr", "vertAlign") == Some("superscript");
        let names = [
            ("strong", style::has(run, "rPr", "b")),
            ("em", style::has(run, "rPr", "i")),
            ("sup", raised),
        ];
        let names: Vec<&str> = names
            .iter()
            .filter(|(_, is_set)| *is_set && !is_code)
            .map(|(name, _)| *name)
            .collect();
        let mut words = Runs::default();
        for node in run.children() {
            match node.tag_name().name() {
                "t" => add(&mut words, node.text().unwrap_or_default()),
                "tab" | "ptab" => add(&mut words, if is_code { "\t" } else { " " }),
                "noBreakHyphen" => add(&mut words, "\u{2011}"),
                "cr" => line_end(&mut words, is_code),
                // One of a page or a column is the printer's.
                "br" if attribute(node, "type").is_none_or(|kind| kind == "textWrapping") => {
                    line_end(&mut words, is_code)
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    words.pictures.extend(self.picture_of(node));
                }
                _ => {}
            }
        }
        res.pictures.append(&mut words.pictures);
        res.text += &words.text;
        // Strength of a blank is nothing to be seen, and Markdown cannot say it.
        if words.text.trim().is_empty() {
            res.html += &words.html;
            return;
        }
        for name in &names {
            res.html += &format!("<{name}>");
        }
        res.html += &words.html;
        for name in names.iter().rev() {
            res.html += &format!("</{name}>");
        }
    }

    /// The picture in a drawing, of today's kind or of the old one.
    fn picture_of(&mut self, drawing: Node) -> Option<String> {
        let inner = below(drawing, "blip")
            .next()
            .and_then(|blip| attribute(blip, "embed"));
        let old = || {
            below(drawing, "imagedata")
                .next()
                .and_then(|data| attribute(data, "id"))
        };
        let target = self.links.get(inner.or_else(old)?)?.clone();
        let src = match target.contains("://") {
            true => page::ELSEWHERE.to_string(),
            false => self.archive.picture(&target),
        };
        let alt = below(drawing, "docPr")
            .find_map(|facts| attribute(facts, "descr"))
            .unwrap_or_default();
        Some(format!(
            "<img src=\"{}\" alt=\"{}\">",
            escaped(&src),
            escaped(alt)
        ))
    }
}

fn add(runs: &mut Runs, words: &str) {
    runs.text += words;
    runs.html += &escaped(words);
}

fn line_end(runs: &mut Runs, is_code: bool) {
    runs.text.push('\n');
    runs.html += if is_code { "\n" } else { "<br>" };
}
