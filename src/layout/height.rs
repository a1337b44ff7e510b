//! How high blocks stand, without a browser.
//!
//! Words are measured in the face that text is set in and lines are filled as a
//! browser fills them; all other numbers are those of `templates/slide.css`.
//! The estimate errs towards too high. Everything is in slide units.

use super::dates;
use super::slots::lone_picture;
use super::walk;
use crate::deck::code::{Extent, codes, gutter};
use crate::deck::look::{Length, Look};
use crate::deck::poll::options;
use crate::deck::{Attrs, Block, BlockKind, Code, Inline, Item, List, Sign, Table};
use crate::measure::{Lines, Weight};

/// What blocks are set in.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Size of type.
    pub size: f64,
    /// Width of the place.
    pub width: f64,
    /// Distance of lines in sizes of type.
    pub line: f64,
    /// How much of its room stays between things: 1 or less.
    pub tight: f64,
    /// The least size of body type.
    pub floor: f64,
    /// Size of type in tables.
    pub cells: f64,
    /// How much of its size display type keeps.
    pub keeps: f64,
    /// Room above and below the text of a cell, in sizes of type.
    pub pad: f64,
    /// The least and the largest size of code.
    pub code: (f64, f64),
    /// What a block of code has around it: left and right, above and below.
    pub code_frame: (f64, f64),
    /// Whether a list that is all of its place stands in rows with lines between.
    pub rows: bool,
    /// Whether lists stand in two columns.
    pub two: bool,
    /// Whether columns have a rule above: those that are in no other column.
    pub ruled: bool,
}

/// Items from which on a list may stand in two columns.
pub const ITEMS_FOR_TWO: usize = 6;
/// The gap between columns.
pub const GUTTER: f64 = 48.0;
/// The least height a chart or a picture is worth looking at.
const LEAST_DRAWING: f64 = 190.0;

impl Setting {
    /// The same in another width.
    pub fn wide(self, width: f64) -> Setting {
        Setting {
            width: width.max(self.size * 4.0),
            ..self
        }
    }

    /// The same in another size of type.
    pub fn sized(self, size: f64) -> Setting {
        Setting { size, ..self }
    }

    /// What stands inside of a block.
    fn inside(self) -> Setting {
        Setting {
            rows: false,
            two: false,
            ..self
        }
    }

    /// The gap between blocks.
    pub fn gap(self) -> f64 {
        0.8 * self.size * self.tight
    }

    /// A list nested in another one.
    pub fn nested(self) -> Setting {
        let size = (self.size * 0.86).max(self.floor.min(self.size));
        self.inside().sized(size)
    }
}

/// Height of blocks one below the other.
pub fn blocks(blocks: &[Block], at: Setting) -> f64 {
    let rows = at.rows && is_all_list(blocks);
    let at = Setting { rows, ..at };
    let gaps = blocks.len().saturating_sub(1) as f64 * at.gap();
    blocks.iter().map(|each| block(each, at)).sum::<f64>() + gaps
}

/// Whether a list is all of its place, or all but a sub-heading.
pub fn is_all_list(blocks: &[Block]) -> bool {
    let is_list = |block: &Block| matches!(&block.kind, BlockKind::List(list) if !list.terms);
    match blocks {
        [only] => is_list(only),
        [first, second] => matches!(first.kind, BlockKind::Heading { .. }) && is_list(second),
        _ => false,
    }
}

/// Height of one block.
pub fn block(block: &Block, at: Setting) -> f64 {
    let size = at.size * scale_of(&block.attrs);
    match &block.kind {
        BlockKind::Heading { level, body } => {
            let (scale, line) = if *level <= 3 {
                (1.2, 1.15)
            } else {
                (1.0, 1.36)
            };
            text(body, size * scale, Weight::Bold, at.width) * size * scale * line
        }
        BlockKind::Paragraph(_) if lone_picture(block).is_some() => {
            match Look::of(&block.attrs).0.height {
                Some(Length::Units(n)) => f64::from(n),
                Some(Length::Percent(n)) => f64::from(n) * 7.2,
                None => at.size * 4.0,
            }
        }
        BlockKind::Paragraph(body) => paragraph(body, at.sized(size)),
        BlockKind::List(list) if block.attrs.has(dates::TIMELINE) => {
            dates::height(list, &block.attrs, at.sized(size))
        }
        BlockKind::List(list) => {
            let items = items(list, &list.items, at.sized(size));
            stacked(&items, list, at.sized(size))
        }
        BlockKind::Group { body, .. } if walk::is_row(block) => {
            let heights = body.iter().map(|each| self::block(each, at.inside()));
            heights.fold(0.0, f64::max)
        }
        BlockKind::Group { name, body } => group(name, body, &block.attrs, at.sized(size)),
        BlockKind::Quote(body) => {
            // Paragraphs of a quotation follow each other without a gap.
            let inner = at.inside().wide(at.width - size * 0.96).sized(size);
            body.iter().map(|each| self::block(each, inner)).sum()
        }
        BlockKind::Code(code) => {
            let columns = codes(std::slice::from_ref(block));
            let width = at.width - at.code_frame.0;
            let size = code_size(columns.into_iter(), width, at);
            at.code_frame.1 + code_lines(code, size, width) * size * 1.42
        }
        BlockKind::Table(table) => TableHeights::of(table, at).all(),
        BlockKind::Math(math) => formula(&math.tex, size),
        BlockKind::Rule => 2.0,
        BlockKind::Html(html) => html_height(html, at),
        BlockKind::Chart(chart) => LEAST_DRAWING + if chart.title.is_empty() { 0.0 } else { 48.0 },
        BlockKind::Diagram(diagram) => {
            let title = if diagram.title.is_empty() { 0.0 } else { 48.0 };
            least_drawing(&diagram.source) + title
        }
    }
}

/// The least height of a diagram: what is written in many lines is drawn with
/// much in it, and cannot be read in a strip.
fn least_drawing(source: &str) -> f64 {
    const LINE: f64 = 26.0;
    const MOST: f64 = 380.0;
    (source.lines().count() as f64 * LINE).clamp(LEAST_DRAWING, MOST)
}

/// How much larger or smaller braces set a text.
pub fn scale_of(attrs: &Attrs) -> f64 {
    match (attrs.has("large"), attrs.has("small")) {
        (true, _) => 1.3,
        (false, true) => 0.8,
        (false, false) => 1.0,
    }
}

/// Height of a paragraph.
pub fn paragraph(body: &[Inline], at: Setting) -> f64 {
    // Larger words make all lines of a short paragraph higher.
    let most = body.iter().fold(1.0, |most: f64, inline| match inline {
        Inline::Span { attrs, .. } => most.max(scale_of(attrs)),
        Inline::Math(math) if math.tex.contains("frac") => most.max(1.4),
        _ => most,
    });
    text(body, at.size, Weight::Regular, at.width) * at.size * at.line * most
}

/// The number of lines of a text.
pub fn text(body: &[Inline], size: f64, weight: Weight, width: f64) -> f64 {
    let mut lines = Lines::new(width);
    fill(&mut lines, body, size, weight);
    f64::from(lines.count())
}

/// Sets a text into lines.
pub fn fill(lines: &mut Lines, body: &[Inline], size: f64, weight: Weight) {
    for inline in body {
        match inline {
            Inline::Text(text) => lines.text(text, size, weight),
            Inline::Code(text) => {
                lines.mono(text, size * 0.9);
                lines.piece(size * 0.45);
            }
            Inline::Math(math) => lines.piece(math.tex.chars().count() as f64 * size * 0.45),
            Inline::Strong(body) => fill(lines, body, size, Weight::Bold),
            Inline::Emph(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. } => fill(lines, body, size, weight),
            Inline::Span { body, attrs, .. } => {
                let keys = if attrs.has("kbd") { size * 0.9 } else { 0.0 };
                lines.piece(keys);
                fill(lines, body, size * scale_of(attrs), weight);
            }
            Inline::Image(_) => lines.piece(size * 2.0),
            Inline::Sign(Sign::Icon { .. }) => lines.piece(size * 1.1),
            Inline::Sign(Sign::Note { .. }) => lines.piece(size * 0.7),
            Inline::Html { html, .. } if html.to_lowercase().starts_with("<br") => lines.end_line(),
            Inline::Html { .. } => {}
            Inline::Break => lines.end_line(),
        }
    }
}

// ---- lists

/// How far the text of a list's items stands from its edge.
pub fn indent(list: &List, at: Setting) -> f64 {
    let is_task = list.items.iter().any(|item| item.task.is_some());
    match (list.start, is_task) {
        (Some(_), _) => 1.7 * at.size,
        (None, true) => 1.6 * at.size,
        (None, false) if at.rows => 0.0,
        (None, false) => 1.15 * at.size,
    }
}

/// The setting of the items of a list.
pub fn of_items(list: &List, at: Setting) -> Setting {
    let width = if is_in_two(list, at) {
        (at.width - GUTTER) / 2.0
    } else {
        at.width
    };
    at.inside().wide(width - indent(list, at))
}

/// Whether a list stands in two columns.
pub fn is_in_two(list: &List, at: Setting) -> bool {
    at.two && !list.terms && list.items.len() >= ITEMS_FOR_TWO
}

/// Height of some items of a list, without the gaps behind them.
pub fn items(list: &List, some: &[Item], at: Setting) -> Vec<f64> {
    if list.terms {
        return term_items(some, at);
    }
    let inner = of_items(list, at);
    let row = if at.rows {
        at.size * at.tight + 1.5
    } else {
        0.0
    };
    let each = some.iter().map(|each| item(each, inner) + row);
    each.collect()
}

/// The gap between two items.
pub fn item_gap(list: &List, at: Setting) -> f64 {
    match (at.rows, list.terms) {
        (true, false) => 0.0,
        (_, true) => 0.7 * at.size * at.tight,
        (false, false) => 0.62 * at.size * at.tight,
    }
}

/// Height of items of a list, in one column or in two.
pub fn stacked(items: &[f64], list: &List, at: Setting) -> f64 {
    let gap = item_gap(list, at);
    let all: f64 = items.iter().map(|item| item + gap).sum();
    if !at.two || list.terms || items.len() < ITEMS_FOR_TWO {
        return (all - gap).max(0.0);
    }
    // The first column ends where it is no longer the shorter one, or before.
    let mut first = 0.0;
    let mut least = all;
    for item in items {
        first += item + gap;
        least = least.min(first.max(all - first));
        if first >= all - first {
            break;
        }
    }
    least
}

/// Height of an item: its text, and lists nested in it, which are closer.
pub fn item(item: &Item, at: Setting) -> f64 {
    let heights = item.blocks.iter().map(|each| match &each.kind {
        BlockKind::List(list) if !list.terms => {
            let nested = at.nested();
            let gap = 0.35 * nested.size * at.tight;
            let heights = items(list, &list.items, nested);
            heights.iter().sum::<f64>() + gap * heights.len() as f64 + 0.1 * nested.size
        }
        _ => block(each, at),
    });
    heights.sum::<f64>().max(at.size * at.line)
}

/// Height of each term with what explains it.
fn term_items(some: &[Item], at: Setting) -> Vec<f64> {
    let (term, rest) = term_widths(at);
    let each = some.iter().map(|item| {
        let (first, others) = item.blocks.split_at(item.blocks.len().min(1));
        let heights = others
            .iter()
            .map(|each| block(each, at.inside().wide(rest)));
        let right = heights.sum::<f64>() + 0.4 * at.size * others.len().saturating_sub(1) as f64;
        let left = first.iter().map(|each| match &each.kind {
            BlockKind::Paragraph(body) => {
                text(body, at.size, Weight::Bold, term) * at.size * at.line
            }
            _ => block(each, at.inside().wide(term)),
        });
        left.sum::<f64>().max(right) + 0.5 * at.size + 1.5
    });
    each.collect()
}

/// Widths of a term and of what explains it.
pub fn term_widths(at: Setting) -> (f64, f64) {
    let part = (at.width - 24.0) / 3.4;
    (part, part * 2.4)
}

// ---- groups

fn group(name: &str, body: &[Block], attrs: &Attrs, at: Setting) -> f64 {
    match name {
        "columns" => {
            let heights = column_settings(body, attrs, at)
                .into_iter()
                .zip(body)
                .map(|(setting, column)| block(column, setting));
            heights.fold(0.0, f64::max) + rule(at)
        }
        "column" | "left" | "right" => blocks(body, at),
        // A code is as large as a hand, and its address is below it.
        "qr" => 330.0,
        "poll" => poll(body, at),
        "alert" => {
            let inner = at.inside().wide(at.width - 2.0 * at.size - 8.0);
            let each = body.iter().map(|each| block(each, inner) + 0.35 * at.size);
            each.sum::<f64>() + (1.5 + at.line) * at.size + 8.0
        }
        _ => blocks(body, at.inside()),
    }
}

/// Each option is a bar as high as its text and the room around it, between a
/// letter and a count. Many of them in the smallest type stand in two columns.
fn poll(body: &[Block], at: Setting) -> f64 {
    let n_options = options(body).len();
    let is_in_two = at.size <= at.floor && n_options > 5;
    let width = if is_in_two {
        (at.width - GUTTER) / 2.0
    } else {
        at.width
    };
    let is_least = at.size <= at.floor;
    // Letter, count and gaps; then the room around a line.
    let (beside, above) = match is_least {
        true => (4.8, 0.8),
        false => (6.3, 0.65 + 0.7 * at.tight),
    };
    let inner = at.inside().wide(width - beside * at.size);
    let around = above * at.size + 3.0;
    let each = body.iter().map(|each| match &each.kind {
        BlockKind::List(list) => {
            let heights: Vec<f64> = list
                .items
                .iter()
                .map(|each| item(each, inner) + around)
                .collect();
            if !is_in_two {
                return heights.iter().sum();
            }
            // The page breaks them where both columns come out lowest.
            let sum = |some: &[f64]| some.iter().sum::<f64>();
            (0..heights.len())
                .map(|at| sum(&heights[..at]).max(sum(&heights[at..])))
                .fold(f64::INFINITY, f64::min)
        }
        _ => block(each, at) + 0.8 * at.size,
    });
    // The line below counts the answers.
    each.sum::<f64>() + 1.5 * at.size
}

/// What columns have above them.
pub fn rule(at: Setting) -> f64 {
    if at.ruled { 26.0 } else { 0.0 }
}

/// The setting of each column of a group.
pub fn column_settings(columns: &[Block], attrs: &Attrs, at: Setting) -> Vec<Setting> {
    let ratio = attrs.ratio(columns.len());
    let parts = ratio.unwrap_or_else(|| vec![1; columns.len()]);
    let all: f64 = parts.iter().map(|part| f64::from(*part)).sum();
    let room = at.width - GUTTER * columns.len().saturating_sub(1) as f64;
    let each = parts.iter().map(|part| Setting {
        rows: true,
        two: false,
        ruled: false,
        ..at.wide(room * f64::from(*part) / all.max(1.0))
    });
    each.collect()
}

// ---- tables

/// Heights of a table's rows.
pub struct TableHeights {
    /// The head.
    pub head: f64,
    /// Each other row.
    pub rows: Vec<f64>,
    /// Widths of the columns, without the room beside their text.
    pub widths: Vec<f64>,
    /// Size of type.
    pub size: f64,
    /// Whether some word is wider than its column can be.
    pub is_too_wide: bool,
}

impl TableHeights {
    /// Gives the columns their widths as browsers do, then counts lines.
    pub fn of(table: &Table, at: Setting) -> TableHeights {
        let n_columns = table.head.len();
        let room = (at.width - 24.0 * n_columns as f64 + 24.0).max(1.0);
        let mut least = vec![0.0_f64; n_columns];
        let mut most = vec![1.0_f64; n_columns];
        let rows = std::iter::once((&table.head, Weight::Bold))
            .chain(table.rows.iter().map(|row| (row, Weight::Regular)));
        for (row, weight) in rows {
            for (column, cell) in row.iter().enumerate().take(n_columns) {
                let mut lines = Lines::new(f64::MAX);
                fill(&mut lines, cell, at.cells, weight);
                least[column] = least[column].max(lines.longest_word());
                most[column] = most[column].max(lines.longest_line());
            }
        }
        let (all_least, all_most): (f64, f64) = (least.iter().sum(), most.iter().sum());
        let widths: Vec<f64> = if all_most <= room {
            most.iter().map(|most| most * room / all_most).collect()
        } else if all_least <= room {
            let share = (room - all_least) / (all_most - all_least).max(1.0);
            let each = least.iter().zip(&most);
            each.map(|(least, most)| least + (most - least) * share)
                .collect()
        } else {
            // The page breaks words then, and columns get their shares as if there were none.
            most.iter().map(|most| most * room / all_most).collect()
        };
        let height = |row: &[Vec<Inline>], weight: Weight| {
            let cells = row.iter().zip(&widths);
            // A hair less than the width: shares are rounded, and where words are broken, guessed.
            let hair = if all_least > room { 0.93 } else { 0.985 };
            let lines = cells.map(|(cell, width)| text(cell, at.cells, weight, width * hair));
            let n_lines = lines.fold(1.0, f64::max);
            (n_lines * 1.25 + 2.0 * at.pad) * at.cells + 1.5
        };
        let head = height(&table.head, Weight::Bold) + 2.5;
        let rows = table.rows.iter().map(|row| height(row, Weight::Regular));
        TableHeights {
            head,
            rows: rows.collect(),
            is_too_wide: all_least > room,
            size: at.cells,
            widths,
        }
    }

    /// The whole table.
    pub fn all(&self) -> f64 {
        self.head + self.rows.iter().sum::<f64>()
    }
}

// ---- code, formulas, HTML

/// The size in which code is set among other blocks in a width.
pub fn code_size<'c>(codes: impl Iterator<Item = &'c Code>, width: f64, at: Setting) -> f64 {
    let columns = codes.map(|code| Extent::of(code).columns).max();
    let columns = columns.unwrap_or(60).max(24) as f64;
    (width / (columns * 0.603)).min(at.code.1).max(at.code.0)
}

/// Lines of code in a width, those counted that wrap, and the name above.
pub fn code_lines(code: &Code, size: f64, width: f64) -> f64 {
    let name = if code.look.name.is_empty() { 0.0 } else { 2.0 };
    name + line_counts(code, size, width).iter().sum::<f64>()
}

/// Lines that each line of code takes.
pub fn line_counts(code: &Code, size: f64, width: f64) -> Vec<f64> {
    let beside = (gutter(code) + usize::from(code.look.diff)) as f64;
    // What wraps hangs four characters in.
    let room = width / (size * 0.603);
    let each = code.text.split('\n').map(|line| {
        let columns = crate::measure::columns(line);
        if columns + beside <= room {
            return 1.0;
        }
        let indent = line.len() - line.trim_start().len();
        let mut lines = Lines::new(((room - beside - 4.0) * 0.603).max(1.0));
        lines.piece(indent as f64 * 0.603);
        lines.mono(line, 1.0);
        f64::from(lines.count().max(1))
    });
    each.collect()
}

/// A formula: its rows, each of them higher if something is stacked in it.
fn formula(tex: &str, size: f64) -> f64 {
    let rows = tex.matches("\\\\").count() as f64 + 1.0;
    let tall = ["frac", "sum", "int", "prod", "lim"];
    let row = if tall.iter().any(|word| tex.contains(word)) {
        3.2
    } else {
        2.0
    };
    rows * row * size
}

/// Raw HTML: its text, and a line for each element that begins one.
fn html_height(html: &str, at: Setting) -> f64 {
    const BREAKS: [&str; 9] = [
        "<br", "<p", "<li", "<tr", "<div", "<h", "<dt", "<dd", "<sum",
    ];
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            _ if !is_tag => text.push(c),
            _ => {}
        }
    }
    let mut lines = Lines::new(at.width);
    lines.text(&text, at.size, Weight::Regular);
    let lower = html.to_lowercase();
    let breaks: usize = BREAKS.iter().map(|tag| lower.matches(tag).count()).sum();
    f64::from(lines.count() + breaks as u32) * at.size * at.line
}
