//! A word processor's document (Office Open XML, ISO/IEC 29500) as plain HTML:
//! its headings, lists, tables, code, quotations and pictures. What only lays
//! it out, its notes, its deleted text and its table of contents are left out.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{Archive, Book, attribute, resolved, value, with_xml};
use crate::escape::escape;
use crate::import::page;

mod run;
mod style;

use run::Runs;
use style::{Role, Styles};

/// Tables in tables beyond which cells are passed over.
const MAX_DEPTH: usize = 8;

/// Columns that one cell may claim.
const MAX_SPAN: usize = 60;

/// Where the text is.
pub const DOCUMENT: &str = "word/document.xml";

/// Names that programs put where the author's belongs.
const NOBODY: [&str; 8] = [
    "administrator",
    "admin",
    "author",
    "microsoft office user",
    "python-docx",
    "un-named",
    "unknown",
    "user",
];

pub fn read(archive: &mut Archive) -> Option<Book> {
    let styles = archive.text("word/styles.xml").unwrap_or_default();
    let numbering = archive.text("word/numbering.xml").unwrap_or_default();
    let links = archive
        .text("word/_rels/document.xml.rels")
        .unwrap_or_default();
    let facts = archive.text("docProps/core.xml").unwrap_or_default();
    let text = archive.text(DOCUMENT)?;
    let mut reader = Reader {
        styles: Styles::read(&styles, &numbering),
        links: with_xml(&links, |xml| Some(targets(xml.root()))).unwrap_or_default(),
        archive,
        blocks: Vec::new(),
        title: None,
    };
    with_xml(&text, |xml| {
        let body = super::below(xml.root(), "body").next()?;
        reader.blocks(body, 0);
        Some(())
    })?;
    let creator = with_xml(&facts, |xml| value(xml.root(), "creator"));
    let named = with_xml(&facts, |xml| value(xml.root(), "title"));
    let n_first = reader
        .blocks
        .iter()
        .filter(|block| block.role == Role::Heading(1))
        .count();
    Some(Book {
        // A lone heading of the first level is the title; the one that is told
        // apart from the text is often that of the file this one was made from.
        title: reader.title.or(named.filter(|_| n_first != 1)),
        author: creator.filter(|name| !NOBODY.contains(&name.to_lowercase().as_str())),
        html: html(&reader.blocks),
        ..Book::default()
    })
}

/// Names and addresses of what the document refers to, by identifier.
fn targets(root: Node) -> BTreeMap<String, String> {
    let links = super::below(root, "Relationship").filter_map(|link| {
        let target = attribute(link, "Target")?;
        let target = match attribute(link, "TargetMode") {
            Some("External") => target.to_string(),
            _ => resolved(DOCUMENT, target),
        };
        Some((attribute(link, "Id")?.to_string(), target))
    });
    links.collect()
}

/// One block of the document and what it is.
struct Block {
    role: Role,
    html: String,
}

struct Reader<'a, 'b> {
    archive: &'a mut Archive<'b>,
    styles: Styles,
    links: BTreeMap<String, String>,
    blocks: Vec<Block>,
    title: Option<String>,
}

impl Reader<'_, '_> {
    fn blocks(&mut self, parent: Node, depth: usize) {
        if depth > page::MAX_DEPTH {
            return;
        }
        for node in parent.children() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => {
                    let html = self.table(node, 0);
                    self.push(Role::Table, html);
                }
                // Boxes around blocks: of fields to fill in, of what was inserted.
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => {
                    self.blocks(node, depth + 1)
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, role: Role, html: String) {
        self.blocks.push(Block { role, html });
    }

    fn paragraph(&mut self, node: Node) {
        let role = self.styles.role(node);
        let Runs {
            html,
            text,
            pictures,
        } = self.runs(node, role == Role::Code);
        let is_empty = text.trim().is_empty();
        let is_picture = !pictures.is_empty();
        for picture in pictures {
            self.push(Role::Picture, picture);
        }
        match role {
            Role::Contents => {}
            Role::Code => self.push(role, html),
            _ if is_empty && is_picture => {}
            _ if is_empty => self.push(Role::Nothing, String::new()),
            Role::Title if self.title.is_none() => {
                self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Role::Title => self.push(Role::Heading(1), html),
            _ => self.push(role, html),
        }
    }

    fn table(&mut self, table: Node, depth: usize) -> String {
        let mut res = String::from("<table>");
        // What reaches down from the row above, by column.
        let mut above: BTreeMap<usize, String> = BTreeMap::new();
        for row in children(table, "tr") {
            let is_head = style::has(row, "trPr", "tblHeader");
            let name = if is_head { "th" } else { "td" };
            let mut column = 0;
            res += "<tr>";
            for cell in children(row, "tc") {
                let span = style::number(cell, "tcPr", "gridSpan").unwrap_or(1);
                let merged = style::setting(cell, "tcPr", "vMerge");
                let html = match merged {
                    Some(value) if value != "restart" => {
                        above.get(&column).cloned().unwrap_or_default()
                    }
                    _ => self.cell(cell, depth),
                };
                let span = span.clamp(1, MAX_SPAN);
                res += &format!("<{name} colspan=\"{span}\">{html}</{name}>");
                above.insert(column, html);
                column += span;
            }
            res += "</tr>";
        }
        res + "</table>"
    }

    fn cell(&mut self, cell: Node, depth: usize) -> String {
        let mut res = String::new();
        for node in cell.children() {
            match node.tag_name().name() {
                "p" => {
                    let Runs { html, pictures, .. } = self.runs(node, false);
                    res += &pictures.concat();
                    res += &format!("<p>{html}</p>");
                }
                "tbl" if depth < MAX_DEPTH => res += &self.table(node, depth + 1),
                _ => {}
            }
        }
        res
    }
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.tag_name().name() == name)
}

/// The blocks as a page: neighbours that belong together in one element.
fn html(blocks: &[Block]) -> String {
    let mut res = String::new();
    let mut lists: Vec<&str> = Vec::new();
    let mut before = Role::Nothing;
    for (at, Block { role, html }) in blocks.iter().enumerate() {
        let next = blocks.get(at + 1).map_or(Role::Nothing, |block| block.role);
        match role {
            Role::Item { level, is_numbered } => {
                let name = if *is_numbered { "ol" } else { "ul" };
                item(&mut res, &mut lists, usize::from(*level), name, html);
                before = *role;
                continue;
            }
            // A paragraph of nothing between two items only parts them for the eye.
            Role::Nothing if matches!(next, Role::Item { .. }) => continue,
            _ => close(&mut res, &mut lists, 0),
        }
        let continues = before == *role;
        match role {
            Role::Heading(level) => res += &format!("<h{level}>{html}</h{level}>\n"),
            Role::Code => {
                res += if continues { "\n" } else { "<pre><code>" };
                res += html;
                if next != Role::Code {
                    res += "</code></pre>\n";
                }
            }
            Role::Quote => {
                res += if continues { "" } else { "<blockquote>" };
                res += &format!("<p>{html}</p>");
                if next != Role::Quote {
                    res += "</blockquote>\n";
                }
            }
            Role::Picture if next == Role::Caption => res += &format!("<figure>{html}"),
            Role::Caption if before == Role::Picture => {
                res += &format!("<figcaption>{html}</figcaption></figure>\n");
            }
            Role::Table => res += html,
            Role::Nothing | Role::Contents => {}
            _ => res += &format!("<p>{html}</p>\n"),
        }
        before = *role;
    }
    close(&mut res, &mut lists, 0);
    res
}

/// Opens and closes lists until the item stands at its level.
fn item(
    res: &mut String,
    lists: &mut Vec<&'static str>,
    level: usize,
    name: &'static str,
    html: &str,
) {
    close(res, lists, level + 1);
    if lists.len() == level + 1 && lists.last() != Some(&name) {
        close(res, lists, level);
    }
    if lists.len() == level + 1 {
        *res += "</li>";
    }
    while lists.len() <= level {
        lists.push(name);
        *res += &format!("<{name}>");
        if lists.len() <= level {
            *res += "<li>";
        }
    }
    *res += &format!("<li>{html}");
}

fn close(res: &mut String, lists: &mut Vec<&str>, left: usize) {
    while lists.len() > left {
        if let Some(name) = lists.pop() {
            *res += &format!("</li></{name}>");
        }
    }
}

/// A text for use in HTML.
fn escaped(text: &str) -> String {
    let mut res = String::new();
    escape(&mut res, text);
    res
}
