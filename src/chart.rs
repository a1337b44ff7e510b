//! Charts: a block of numbers becomes a [`Chart`], and a chart becomes SVG.
//!
//! Own drawing code, because how a chart looks is what Deckle is for: no
//! legend where a name can stand at its line, no axis where each bar says its
//! number, and no label that leaves the drawing or covers another. All colours
//! are classes, so that themes decide them.

use std::path::PathBuf;

use crate::deck::chart::{Chart, ChartKind, Room};
use crate::deck::{Block, BlockKind, Deck, Table, plain_text};
use crate::diag::Diagnostics;
use crate::source::{Files, Source, Sources, Span};

mod axis;
mod bar_words;
mod bars;
mod canvas;
mod data;
mod draw;
mod lines;
mod number;
mod pie;
mod points;
mod words;

pub use draw::{axes, colour as class_of, lies, svg};
pub use words::{alternative, as_table, table};

/// The word of a chart's fence and group.
pub const NAME: &str = "chart";

/// What may stand behind its name.
pub const KEYS: [&str; 8] = [
    "type",
    "src",
    "highlight",
    "unit",
    "title",
    "alt",
    "direction",
    "stacked",
];

/// What `type` may say.
pub const TYPES: [&str; 8] = [
    "bar", "column", "stacked", "line", "area", "scatter", "pie", "donut",
];

/// Columns of numbers beyond which nobody can tell them apart.
const MAX_SERIES: usize = 8;
/// Rows beyond which a chart of names cannot be read; times need fewer words,
/// lines and points carry more.
const MAX_NAMES: usize = 16;
const MAX_TIMES: usize = 40;
const MAX_POINTS: usize = 400;

/// Makes charts of all blocks of a deck that ask for it.
pub fn fill(diags: &mut Diagnostics, sources: &mut Sources, files: &dyn Files, deck: &mut Deck) {
    let lang = deck.settings.lang.as_ref().map_or("en", |lang| &lang.value);
    let mut reader = Reader {
        diags,
        sources,
        files,
        root: deck.root.clone(),
        marks: number::marks(lang),
    };
    for slide in &mut deck.slides {
        reader.blocks(&mut slide.blocks);
    }
}

struct Reader<'a> {
    diags: &'a mut Diagnostics,
    sources: &'a mut Sources,
    files: &'a dyn Files,
    root: PathBuf,
    marks: number::Marks,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            if let Some(chart) = self.chart(block) {
                block.kind = BlockKind::Chart(Box::new(chart));
                continue;
            }
            match &mut block.kind {
                // What cannot be drawn is shown as it is written, and has been
                // told of: its fence's word is no language, its file no listing.
                BlockKind::Code(code) if code.lang == NAME => {
                    code.lang.clear();
                    block.attrs.keep_keys(|_| false);
                }
                BlockKind::Group { body, .. } | BlockKind::Quote(body) => self.blocks(body),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks);
                    }
                }
                _ => {}
            }
        }
    }

    /// The chart of a block that asks for one and has numbers; any other block
    /// stays what it is.
    fn chart(&mut self, block: &Block) -> Option<Chart> {
        let rows = match &block.kind {
            BlockKind::Code(code) if code.lang == NAME => match source_of(block) {
                Some(href) => self.file(block, &href)?,
                None => {
                    let source = self.sources.get(block.span.source);
                    data::rows(&code.text, &in_fence(source, block.span, &code.text))
                }
            },
            BlockKind::Group { name, body } if name == NAME => match body.as_slice() {
                [
                    Block {
                        kind: BlockKind::Table(table),
                        span,
                        ..
                    },
                ] => of_table(table, *span),
                _ => {
                    self.diags.empty_chart(block.span);
                    return None;
                }
            },
            _ => return None,
        };
        let wish = self.wish(block);
        let mut chart = data::read(self.diags, rows, &self.marks, &wish).or_else(|| {
            self.diags.empty_chart(block.span);
            None
        })?;
        self.limit(block.span, &mut chart);
        Some(chart)
    }

    /// The rows of a file below the deck's folder.
    fn file(&mut self, block: &Block, href: &str) -> Option<Vec<data::Row>> {
        let fault = match self.files.read_within(&self.root, href) {
            Ok(bytes) if bytes.len() <= data::MAX_BYTES => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let id = self.sources.add(self.root.join(href), text);
                let source = self.sources.get(id);
                let at = |line: usize, column: usize, length: usize| {
                    let start = source.offset(line + 1, column + 1);
                    source.at(start, start + length)
                };
                return Some(data::rows(source.text(), &at));
            }
            Ok(_) => format!("it is larger than {} kB", data::MAX_BYTES / 1000),
            Err(error) => error.to_string(),
        };
        self.diags.missing_chart_data(block.span, href, &fault);
        None
    }

    /// What the braces behind the fence say.
    fn wish(&mut self, block: &Block) -> data::Wish {
        let mut wish = data::Wish::default();
        for (key, value) in &block.attrs.pairs {
            match key.as_str() {
                "type" => self.kind(block.span, value, &mut wish),
                "direction" => match value.as_str() {
                    "horizontal" => wish.lying = Some(true),
                    "vertical" => wish.lying = Some(false),
                    _ => self.diags.unknown_chart_word(
                        block.span,
                        value,
                        &["horizontal", "vertical"],
                    ),
                },
                "stacked" => wish.stacked = value != "false" && value != "no",
                "highlight" => wish.highlight = Some(value.clone()),
                "unit" => wish.unit = Some(value.clone()),
                "title" => wish.title = value.clone(),
                "alt" => wish.alt = value.clone(),
                "src" => {}
                _ => self.diags.unknown_chart_key(block.span, key, &KEYS),
            }
        }
        wish.stacked |= block.attrs.classes.iter().any(|class| class == "stacked");
        wish
    }

    fn kind(&mut self, span: Span, word: &str, wish: &mut data::Wish) {
        wish.kind = match word {
            "bar" | "column" | "stacked" => ChartKind::Bar,
            "line" => ChartKind::Line,
            "area" => ChartKind::Area,
            "scatter" => ChartKind::Scatter,
            "pie" => ChartKind::Pie,
            "donut" => ChartKind::Donut,
            _ => return self.diags.unknown_chart_word(span, word, &TYPES),
        };
        if word == "column" {
            wish.lying = Some(false);
        }
        wish.stacked |= word == "stacked";
    }

    /// What is more than can be read is left out, and its author told.
    fn limit(&mut self, span: Span, chart: &mut Chart) {
        let most = match chart.kind {
            ChartKind::Bar if axis::times(chart).is_some() => MAX_TIMES,
            ChartKind::Bar | ChartKind::Pie | ChartKind::Donut => MAX_NAMES,
            ChartKind::Line | ChartKind::Area | ChartKind::Scatter => MAX_POINTS,
        };
        if chart.names.len() > most {
            self.diags
                .crowded_chart(span, chart.names.len(), "rows", most);
        } else if chart.series.len() > MAX_SERIES {
            self.diags
                .crowded_chart(span, chart.series.len(), "series", MAX_SERIES);
        }
        chart.names.truncate(most);
        chart.series.truncate(MAX_SERIES);
        for series in &mut chart.series {
            series.values.truncate(most);
        }
    }
}

fn source_of(block: &Block) -> Option<String> {
    let pairs = block.attrs.pairs.iter();
    pairs
        .filter(|(key, _)| key == "src")
        .map(|(_, value)| value.clone())
        .find(|value| !value.is_empty())
}

/// Where a piece of a fenced block stands in its source: line and byte column
/// of the block's text, both from 0. Lines in a list or quotation stand
/// further right in the source, so the line itself is looked for.
pub fn in_fence(source: &Source, span: Span, text: &str) -> impl Fn(usize, usize, usize) -> Span {
    let mut at = span.start as usize;
    let mut starts = Vec::new();
    let mut wanted = text.lines();
    for (number, line) in source.slice(span).split_inclusive('\n').enumerate() {
        if number > 0 {
            let column = wanted.next().and_then(|text| line.find(text));
            starts.push(at + column.unwrap_or(0));
        }
        at += line.len();
    }
    let source = source.clone();
    move |line, column, length| match starts.get(line) {
        Some(start) => source.at(start + column, start + column + length),
        None => span,
    }
}

fn of_table(table: &Table, span: Span) -> Vec<data::Row> {
    let rows = std::iter::once(&table.head).chain(&table.rows);
    rows.map(|row| data::Row {
        span,
        cells: row
            .iter()
            .map(|cell| data::Cell {
                text: plain_text(cell),
                span,
            })
            .collect(),
    })
    .collect()
}

/// How large a chart's narrow drawing is, for phones held upright: a column of
/// 560 units, in type that stays legible there.
pub const NARROW: Room = Room {
    width: 560,
    height: 520,
};

#[cfg(test)]
mod tests;
