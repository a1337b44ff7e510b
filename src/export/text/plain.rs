//! The pieces of an article as plain text: titles underlined, tables in
//! columns, formulas as they are written.

use super::{Piece, words_of};
use crate::chart;
use crate::columns::columns;
use crate::deck::{Align, Block, BlockKind, Image, Inline, Item, List, Sign, Table, qr_text};

/// What stands in front of what is set off.
const INDENT: &str = "    ";

/// The pieces, one after the other.
pub fn write(pieces: &[Piece]) -> String {
    let mut writer = Writer { n_notes: 0 };
    let mut parts: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Title {
                level,
                number,
                body,
            } => {
                let number = number.map_or_else(String::new, |number| format!("{number}. "));
                let title = format!("{number}{}", writer.one_line(body));
                let line = match level {
                    1 => "=",
                    2 => "-",
                    _ => "~",
                };
                let line = line.repeat(columns(&title));
                parts.push(format!("{title}\n{line}"));
            }
            Piece::Blocks(_, blocks) => parts.push(writer.blocks(blocks)),
            Piece::Footnotes(notes) => {
                let lines = notes.iter().zip(1..).map(|(note, number)| {
                    format!("[{}] {}", writer.n_notes + number, writer.one_line(note))
                });
                parts.push(lines.collect::<Vec<_>>().join("\n"));
                writer.n_notes += notes.len() as u16;
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

struct Writer {
    /// Marks of footnotes of the slides before.
    n_notes: u16,
}

impl Writer {
    fn blocks(&self, blocks: &[Block]) -> String {
        self.joined(blocks, "\n\n")
    }

    fn joined(&self, blocks: &[Block], between: &str) -> String {
        let parts = blocks.iter().map(|block| self.block(block));
        parts
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(between)
    }

    fn block(&self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => self.line(body),
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote(body) => indented("> ", &self.blocks(body)),
            BlockKind::Code(code) => {
                let text = indented(INDENT, code.text.trim_end_matches('\n'));
                match code.look.name.as_str() {
                    "" => text,
                    name => format!("{name}\n\n{text}"),
                }
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Math(math) => indented(INDENT, math.tex.trim()),
            BlockKind::Rule => "* * *".into(),
            BlockKind::Group { name, body } => {
                let own = |key: &str| block.attrs.get(key).unwrap_or_default().to_string();
                let (lead, body) = match name.as_str() {
                    "alert" => (own("title"), self.blocks(body)),
                    "poll" => (own("question"), self.blocks(body)),
                    "qr" => (String::new(), qr_text(body)),
                    _ => (String::new(), self.blocks(body)),
                };
                match (lead.as_str(), name.as_str()) {
                    ("", _) => body,
                    (lead, "alert") => indented("| ", &format!("{lead}\n\n{body}")),
                    (lead, _) => format!("{lead}\n\n{body}"),
                }
            }
            BlockKind::Html(html) => words_of(html),
            BlockKind::Chart(chart) => {
                let said = [&chart.title, &chart.alt].map(String::clone);
                let parts = said
                    .into_iter()
                    .chain([self.table(&chart::as_table(chart))]);
                parts
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n\n")
            }
            BlockKind::Diagram(diagram) => {
                let source = match diagram.alt.as_str() {
                    "" => indented(INDENT, diagram.source.trim()),
                    alt => format!("[{alt}]"),
                };
                let parts = [diagram.title.clone(), source];
                parts
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n\n")
            }
        }
    }

    fn list(&self, list: &List) -> String {
        let items = list.items.iter().zip(0..).map(|(item, nth)| {
            if list.terms {
                return self.term(item);
            }
            let mark = match (list.start, item.task) {
                (_, Some(false)) => "[ ] ".into(),
                (_, Some(true)) => "[x] ".into(),
                (Some(first), None) => format!("{}. ", first.saturating_add(nth)),
                (None, None) => "- ".to_string(),
            };
            let between = if list.tight { "\n" } else { "\n\n" };
            let text = indented(&" ".repeat(mark.len()), &self.joined(&item.blocks, between));
            format!("{mark}{}", text.trim_start())
        });
        let between = if list.tight || list.terms {
            "\n"
        } else {
            "\n\n"
        };
        items.collect::<Vec<_>>().join(between)
    }

    fn term(&self, item: &Item) -> String {
        let Some((term, rest)) = item.blocks.split_first() else {
            return String::new();
        };
        format!(
            "{}\n{}",
            self.block(term),
            indented(INDENT, &self.blocks(rest))
        )
    }

    fn table(&self, table: &Table) -> String {
        let rows: Vec<Vec<String>> = std::iter::once(&table.head)
            .chain(&table.rows)
            .map(|row| row.iter().map(|cell| self.one_line(cell)).collect())
            .collect();
        let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| columns(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..n_columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = widths.iter().enumerate().map(|(column, width)| {
                let cell = row.get(column).map_or("", String::as_str);
                let gap = " ".repeat(width - columns(cell));
                match table.align.get(column) {
                    Some(Align::Right | Align::Number) => gap + cell,
                    Some(Align::Center | Align::Start) | None => cell.to_string() + &gap,
                }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
        };
        let mut lines: Vec<String> = rows.iter().map(line).collect();
        let below = widths.iter().map(|width| "-".repeat(*width));
        lines.insert(1, below.collect::<Vec<_>>().join("  "));
        lines.join("\n")
    }

    fn one_line(&self, body: &[Inline]) -> String {
        self.line(body).replace('\n', " ")
    }

    fn line(&self, body: &[Inline]) -> String {
        let mut res = String::new();
        self.push(&mut res, body);
        let lines = res.split('\n').map(str::trim);
        lines.collect::<Vec<_>>().join("\n")
    }

    fn push(&self, res: &mut String, body: &[Inline]) {
        for inline in body {
            match inline {
                Inline::Text(text) | Inline::Code(text) => *res += &text.replace('\n', " "),
                Inline::Math(math) => *res += &math.tex.trim().replace('\n', " "),
                Inline::Emph(body)
                | Inline::Strong(body)
                | Inline::Strike(body)
                | Inline::Mark(body)
                | Inline::Span { body, .. } => self.push(res, body),
                Inline::Link { body, to } => {
                    let href = &to.href;
                    let start = res.len();
                    self.push(res, body);
                    if !href.starts_with('#') && !res[start..].contains(href.as_str()) {
                        *res += &format!(" ({href})");
                    }
                }
                Inline::Image(image) => *res += &picture(image),
                Inline::Sign(Sign::Note { number, .. }) => {
                    *res += &format!("[{}]", self.n_notes + number);
                }
                Inline::Sign(Sign::Icon { .. }) | Inline::Html { .. } => {}
                Inline::Break => res.push('\n'),
            }
        }
    }
}

/// What a picture shows, and the line below it.
fn picture(image: &Image) -> String {
    let said = [image.alt.as_str(), image.title.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    match said.is_empty() {
        true => String::new(),
        false => format!("[{}]", said.join(". ")),
    }
}

fn indented(with: &str, text: &str) -> String {
    let lines = text.split('\n').map(|line| match line.is_empty() {
        true => with.trim_end().to_string(),
        false => format!("{with}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
