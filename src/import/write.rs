//! A planned deck becomes Markdown: nothing is decided here.

use super::origin::{self, Told};
use super::plan::{Block, File, Line, Plan, Slide};
use crate::article::{self, Kind, Passage};
use crate::deck::Layout;
use crate::yaml;

/// Name and text of each file. `articles` are those the plan is made of.
pub fn files(plan: &Plan, articles: &[Told]) -> Vec<(String, String)> {
    let mut res = Vec::with_capacity(plan.files.len());
    for (at, planned) in plan.files.iter().enumerate() {
        let settings = if at == 0 {
            settings(plan)
        } else {
            String::new()
        };
        res.push((
            format!("{}.md", planned.stem),
            file(planned, &settings, articles),
        ));
    }
    res
}

fn settings(plan: &Plan) -> String {
    let settings = &plan.settings;
    let mut res = format!("title: {}\n", yaml::quote(&settings.title));
    if let Some(author) = &settings.author {
        res += &format!("author: {}\n", yaml::quote(author));
    }
    res += &format!("lang: {}\n", settings.lang);
    if let Some(description) = &settings.description {
        res += &format!("description: {}\n", yaml::quote(description));
    }
    res
}

/// `settings` are those of the deck, which stand in its first file.
fn file(file: &File, settings: &str, articles: &[Told]) -> String {
    let mut res = String::new();
    for (at, slide) in file.slides.iter().enumerate() {
        let front = front(slide, if at == 0 { settings } else { "" }, articles);
        if at > 0 {
            res += if front.is_empty() { "\n---\n\n" } else { "\n" };
        }
        res += &front;
        res += &body(slide);
    }
    res
}

fn front(slide: &Slide, settings: &str, articles: &[Told]) -> String {
    let mut res = String::from(settings);
    if let Some(layout) = slide.layout {
        res += &format!("layout: {}\n", layout.name());
    }
    if let Some(icon) = &slide.icon {
        res += &format!("icon: {icon}\n");
    }
    if let Some(origin) = origin::of(slide, articles) {
        res += &format!("from: {}\n", yaml::quote(&origin.to_string()));
    }
    if res.is_empty() {
        res
    } else {
        format!("---\n{res}---\n\n")
    }
}

fn body(slide: &Slide) -> String {
    let mut res = String::new();
    if let Some(title) = &slide.title {
        let marks = if slide.layout == Some(Layout::Title) {
            "#"
        } else {
            "##"
        };
        let text = article::escape_markdown(&one_line(&title.text));
        res += &format!("{marks} {text}\n");
    }
    for block in &slide.blocks {
        res += &match block {
            // A list of dates becomes a timeline by itself.
            Block::Points(lines) | Block::Events(lines) => list(lines),
            Block::Text(text) | Block::Figure(text) => format!("\n{}\n", line(text)),
            Block::Quote(text, source) => {
                format!("\n> {}\n>\n> — {}\n", line(text), line(source))
            }
            Block::Columns(columns) => columns
                .iter()
                .map(|(name, lines)| format!("\n### {}\n{}", line(name), list(lines)))
                .collect(),
            Block::Passage(passage, _) => format!("\n{}\n", passage.markdown.trim_end()),
        };
    }
    res + &notes(&slide.notes)
}

fn list(points: &[Line]) -> String {
    let items: Vec<String> = points
        .iter()
        .map(|point| format!("- {}\n", line(point)))
        .collect();
    if items.is_empty() {
        String::new()
    } else {
        format!("\n{}", items.concat())
    }
}

/// A text with its key phrase in bold.
fn line(line: &Line) -> String {
    let lead = line.text.get(line.lead.clone()).unwrap_or_default();
    let before = line.text.get(..line.lead.start).unwrap_or_default();
    let behind = line.text.get(line.lead.end..).unwrap_or_default();
    let escaped = |text: &str| article::escape_markdown(text);
    let text = if lead.trim().is_empty() {
        escaped(&line.text)
    } else {
        format!(
            "{}**{}**{}",
            escaped(before),
            escaped(lead),
            article::escape_inside(behind)
        )
    };
    one_line(&text)
}

/// A passage in which `{{name}}` and the signs of a deck are text, as they are in
/// an article.
fn as_text(passage: &Passage) -> String {
    let text = passage.markdown.trim_end();
    match passage.kind {
        // Code keeps its braces in a deck too.
        Kind::Code => text.to_string(),
        _ if text.contains('`') => text.to_string(),
        Kind::Paragraph | Kind::Item | Kind::Quote if !has_address(text) => {
            article::escape_signs(&text.replace("{{", "\\{{"))
        }
        _ => text.replace("{{", "\\{{"),
    }
}

/// Whether a backslash could stand in an address, where it would be one.
fn has_address(text: &str) -> bool {
    ["://", "](", "<"].iter().any(|mark| text.contains(mark))
}

/// The full text, behind a fence longer than any in it.
fn notes(passages: &[Passage]) -> String {
    let blocks: Vec<String> = passages.iter().map(as_text).collect();
    if blocks.iter().all(|block| block.trim().is_empty()) {
        return String::new();
    }
    let text = blocks.join("\n\n");
    let longest = text
        .lines()
        .map(|line| line.trim_start())
        .map(|line| line.len() - line.trim_start_matches(':').len())
        .max()
        .unwrap_or(0);
    let fence = ":".repeat(longest.max(2) + 1);
    format!("\n{fence} notes\n\n{text}\n\n{fence}\n")
}

/// A text with single blanks; those that do not break stay.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
