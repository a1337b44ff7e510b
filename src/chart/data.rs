//! Lines of text, or a table, to the numbers of a chart.
//!
//! The lines are CSV or TSV. They are split here and not by a crate, because
//! every cell needs its place in the author's text.

use super::number::{self, Marks};
use crate::deck::chart::{Amount, Chart, ChartKind, NumberStyle, Room, Series};
use crate::diag::Diagnostics;
use crate::source::Span;

/// A file of data larger than this is no chart on a slide.
pub const MAX_BYTES: usize = 256 * 1024;

/// Rows and cells of a row that are read at all.
const MAX_ROWS: usize = 2_000;
const MAX_CELLS: usize = 64;

/// What the braces behind the fence say.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The kind.
    pub kind: ChartKind,
    /// Whether bars run from left to right.
    pub lying: Option<bool>,
    /// Whether series stand on each other.
    pub stacked: bool,
    /// What carries the accent.
    pub highlight: Option<String>,
    /// The unit of all numbers.
    pub unit: Option<String>,
    /// A line above the chart.
    pub title: String,
    /// The text alternative.
    pub alt: String,
}

impl Default for Wish {
    fn default() -> Self {
        Wish {
            kind: ChartKind::Bar,
            lying: None,
            stacked: false,
            highlight: None,
            unit: None,
            title: String::new(),
            alt: String::new(),
        }
    }
}

/// A row with its place.
#[derive(Debug, Clone)]
pub struct Row {
    /// The whole line.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell with its place.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Without quotes and the space around it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Splits a text into rows and cells. `at` says where line, byte column and
/// length, all from 0, are in the author's text.
pub fn rows(text: &str, at: &dyn Fn(usize, usize, usize) -> Span) -> Vec<Row> {
    let lines = text.lines().take(MAX_ROWS).enumerate();
    let filled = lines.filter(|(_, line)| !line.trim().is_empty());
    let separator = separator_of(text);
    filled
        .map(|(number, line)| Row {
            span: at(number, 0, line.len()),
            cells: cells(line, separator)
                .into_iter()
                .map(|(column, length, text)| Cell {
                    text,
                    span: at(number, column, length),
                })
                .collect(),
        })
        .collect()
}

fn separator_of(text: &str) -> char {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    ['\t', ';', '|']
        .into_iter()
        .find(|separator| first.trim().contains(*separator))
        .unwrap_or(',')
}

/// Column, length and text of each cell; quotes hold separators, and two of
/// them stand for one.
fn cells(line: &str, separator: char) -> Vec<(usize, usize, String)> {
    let mut res = Vec::new();
    let mut start = 0;
    let mut in_quotes = false;
    let ends = line.char_indices().filter(|(_, c)| {
        in_quotes ^= *c == '"';
        *c == separator && !in_quotes
    });
    let ends: Vec<usize> = ends.map(|(at, _)| at).chain([line.len()]).collect();
    for end in ends.into_iter().take(MAX_CELLS) {
        let raw = &line[start.min(end)..end];
        let text = raw.trim();
        let column = start + (raw.len() - raw.trim_start().len());
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let clean = inner.map_or_else(|| text.to_string(), |text| text.replace("\"\"", "\""));
        res.push((column, text.len(), clean));
        start = end + separator.len_utf8();
    }
    res
}

/// The chart of some rows; `None` if no number is among them.
pub fn read(
    diags: &mut Diagnostics,
    mut rows: Vec<Row>,
    marks: &Marks,
    wish: &Wish,
) -> Option<Chart> {
    let head = if has_head(&rows, *marks) {
        Some(rows.remove(0))
    } else {
        None
    };
    let is_scatter = wish.kind == ChartKind::Scatter;
    let is_number =
        |cell: &Cell| number::is_missing(&cell.text) || number::read(&cell.text, *marks).is_some();
    // Points need no names: then the first column is a number already.
    let is_nameless = is_scatter
        && rows
            .iter()
            .all(|row| row.cells.first().is_some_and(is_number));
    let first = usize::from(!is_nameless);
    let widest = rows.iter().map(|row| row.cells.len()).max()?;
    let columns = head.as_ref().map_or(widest, |head| head.cells.len());
    let group_column = first + 2;
    let mut numbers = Numbers {
        marks: *marks,
        style: NumberStyle::default(),
        is_first: true,
        is_free: is_scatter,
        lowest: matches!(wish.kind, ChartKind::Pie | ChartKind::Donut).then_some(0.0),
    };
    let title_of = |column: usize| {
        head.as_ref()
            .and_then(|head| head.cells.get(column))
            .map_or_else(String::new, |cell| cell.text.clone())
    };
    let last = if is_scatter {
        group_column.min(columns)
    } else {
        columns
    };
    let mut series: Vec<Series> = (first..last)
        .map(|column| Series {
            name: title_of(column),
            values: Vec::with_capacity(rows.len()),
        })
        .collect();
    let (mut names, mut groups) = (Vec::new(), Vec::new());
    for row in &rows {
        if let Some(cell) = row.cells.get(columns) {
            diags.bad_chart_row(cell.span.to(row.span), row.cells.len(), columns);
        }
        let text = |column: usize| {
            row.cells
                .get(column)
                .map_or("", |cell| &cell.text)
                .to_string()
        };
        names.push(if is_nameless { String::new() } else { text(0) });
        groups.push(if is_scatter {
            text(group_column)
        } else {
            String::new()
        });
        for (series, column) in series.iter_mut().zip(first..) {
            let value = row
                .cells
                .get(column)
                .and_then(|cell| numbers.value(diags, cell));
            series.values.push(value);
        }
    }
    series.retain(|series| series.values.iter().any(Option::is_some));
    if series.is_empty() || is_scatter && series.len() < 2 {
        return None;
    }
    if matches!(wish.kind, ChartKind::Pie | ChartKind::Donut) {
        series.truncate(1);
    }
    Some(Chart {
        kind: wish.kind,
        lying: wish.lying,
        stacked: wish.stacked,
        names_title: if is_nameless {
            String::new()
        } else {
            title_of(0)
        },
        names,
        groups,
        series,
        highlight: wish.highlight.clone(),
        numbers: numbers.finish(wish.unit.as_deref()),
        title: wish.title.clone(),
        alt: wish.alt.clone(),
        room: Room::default(),
    })
}

/// Whether the first row names the columns: something in it is no number, or
/// all its numbers are years and those below are not.
fn has_head(rows: &[Row], marks: Marks) -> bool {
    let [first, rest @ ..] = rows else {
        return false;
    };
    let value = |cell: &Cell| number::read(&cell.text, marks).map(|read| read.value);
    let is_year = |cell: &Cell| {
        value(cell).is_some_and(|value| (1900.0..=2100.0).contains(&value) && value.fract() == 0.0)
    };
    let others = first.cells.get(1..).unwrap_or_default();
    let is_text = |cell: &Cell| !number::is_missing(&cell.text) && value(cell).is_none();
    let below = rest
        .iter()
        .flat_map(|row| row.cells.get(1..).unwrap_or_default());
    others.iter().any(is_text)
        || !others.is_empty() && others.iter().all(is_year) && !below.into_iter().all(is_year)
}

/// Reads cell after cell and learns how the author writes numbers.
struct Numbers {
    marks: Marks,
    style: NumberStyle,
    is_first: bool,
    /// Whether columns have units of their own.
    is_free: bool,
    lowest: Option<f64>,
}

impl Numbers {
    fn value(&mut self, diags: &mut Diagnostics, cell: &Cell) -> Option<Amount> {
        if number::is_missing(&cell.text) {
            return None;
        }
        let Some(read) = number::read(&cell.text, self.marks) else {
            diags.bad_chart_value(cell.span, &cell.text, "is not a number");
            return None;
        };
        if self.is_first {
            self.style.before.clone_from(&read.before);
            self.style.behind.clone_from(&read.behind);
            self.is_first = false;
        }
        let is_bare = read.before.is_empty() && read.behind.is_empty();
        let is_same = read.before == self.style.before && read.behind == self.style.behind;
        if !self.is_free && !is_bare && !is_same {
            diags.bad_chart_value(
                cell.span,
                &cell.text,
                "has another unit than the first number",
            );
            return None;
        }
        if self.lowest.is_some_and(|lowest| read.value < lowest) {
            diags.bad_chart_value(
                cell.span,
                &cell.text,
                "is no part of a whole, because it is below zero",
            );
            return None;
        }
        let Some(amount) = Amount::new(read.value) else {
            diags.bad_chart_value(cell.span, &cell.text, "is larger than a chart can show");
            return None;
        };
        self.style.digits = self.style.digits.max(read.digits);
        Some(amount)
    }

    fn finish(self, unit: Option<&str>) -> NumberStyle {
        let mut style = self.style;
        if self.is_free {
            (style.before, style.behind) = (String::new(), String::new());
        }
        if let Some(unit) = unit {
            let is_sign = ["€", "$", "£", "¥", "₹"].contains(&unit.trim());
            (style.before, style.behind) = if is_sign {
                (unit.trim().to_string(), String::new())
            } else {
                (String::new(), unit.trim().to_string())
            };
        }
        // A sign joins its number, a word keeps a space that never breaks.
        let is_joined = |c: char| matches!(c, '%' | '°' | '‰');
        let is_sign = style.behind.chars().count() == 1 && style.behind.starts_with(is_joined);
        if !style.behind.is_empty() && !is_sign {
            style.behind = format!("\u{a0}{}", style.behind);
        }
        style.group = self.marks.group.to_string();
        style.decimal = self.marks.decimal.to_string();
        style
    }
}
