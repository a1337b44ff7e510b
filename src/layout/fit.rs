//! How far a slide's type must step down so that all of it fits.
//!
//! No browser is asked: lines are estimated from the number of characters and
//! the mean width of a letter. The numbers are those of `templates/slide.css`.
//! The estimate errs towards too many lines; what still does not fit is
//! stepped down further by the page itself.

use super::dates;
use super::room;
use super::slots::lone_picture;
use super::walk;
use crate::deck::look::{Length, Look};
use crate::deck::poll::options;
use crate::deck::{Block, BlockKind, Frame, Inline, Layout, plain_text};

/// Body size of each step, in slide units.
const BODY: [u32; 4] = [30, 26, 22, 18];
/// How much of its size a title keeps at each step, in hundredths.
const TITLE: [u32; 4] = [100, 92, 84, 74];
/// Room between title and content at each step.
const GAP: [u32; 4] = [36, 36, 28, 22];
/// Characters that display type holds at each step.
const DISPLAY: [u32; 4] = [150, 240, 380, 620];

/// Mean width of a letter, in thousandths of the font size: Inter's is 455 to
/// 471, with some room for words that do not break.
const LETTER: u32 = 490;
/// The same for titles, whose lines are balanced and so never full.
const TITLE_LETTER: u32 = 470;

/// A line of footnotes, in slide units, as in `templates/slide.css`.
const NOTE_LINE: u32 = 24;
/// Characters that stand on such a line.
const NOTE_WIDTH: u32 = 100;

/// Lines that the footnotes of a slide take.
pub fn footnote_lines(notes: &[Vec<Inline>]) -> u32 {
    let lines = notes
        .iter()
        .map(|note| width_of(&plain_text(note)).div_ceil(NOTE_WIDTH).max(1));
    lines.fold(0, u32::saturating_add).min(12)
}

/// How a slide is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// How far the type steps down, 0 to 3.
    pub step: u8,
    /// Whether a list gives up its rows and its column for more lines.
    pub dense: bool,
    /// Whether not even the last step is enough.
    pub crowded: bool,
}

/// The first way of setting in which everything fits, the last if none does.
pub fn choose(frame: &Frame, size: (u32, u32)) -> Fit {
    // Closer lines come before small ones: type below 26 is hard to read from
    // the last row, a full list is not.
    const LIST: [(u8, bool); 6] = [
        (0, false),
        (1, false),
        (0, true),
        (1, true),
        (2, true),
        (3, true),
    ];
    const OTHERS: [(u8, bool); 4] = [(0, false), (1, false), (2, false), (3, false)];
    let ways = if frame.layout == Layout::Bullets {
        &LIST[..]
    } else {
        &OTHERS[..]
    };
    let found = ways
        .iter()
        .find(|(step, dense)| fits(frame, size, usize::from(*step), *dense));
    let (step, dense) = *found.or(ways.last()).unwrap_or(&(3, false));
    Fit {
        step,
        dense,
        crowded: found.is_none(),
    }
}

/// What a block is set in: size of type, width of the column, room a row of a
/// list has beside its text, in hundredths of the size.
#[derive(Clone, Copy)]
pub struct Setting {
    /// Size of body type.
    pub body: u32,
    /// Width of the column.
    pub width: u32,
    /// Room a row has beside its text, in hundredths of the size.
    pub row: u32,
}

/// Rows with a line above them.
const ROWS: u32 = 100;
/// Items one below the other.
const ITEMS: u32 = 62;

/// The setting of blocks that have a slide's whole width.
pub fn whole(size: (u32, u32), step: usize) -> Setting {
    Setting {
        body: BODY[step.min(BODY.len() - 1)],
        width: size.0 * 7 / 8,
        row: ITEMS,
    }
}

fn fits(frame: &Frame, size: (u32, u32), step: usize, dense: bool) -> bool {
    let width = size.0.saturating_sub(160);
    let foot = footnote_lines(&frame.footnotes);
    let height = size.1.saturating_sub(156 + foot * NOTE_LINE);
    // A narrow slide sets its body a little smaller.
    let body = if size.0 < 1200 {
        BODY[step] * 925 / 1000
    } else {
        BODY[step]
    };
    let eight_columns = width * 66 / 100;
    let slots = &frame.slots;
    let under = |title_width: u32, content: u32| {
        title_height(frame, step, title_width).saturating_add(content) <= height
    };
    let rows = |width: u32| Setting {
        body,
        width,
        row: ROWS,
    };
    let items = |width: u32| Setting {
        body,
        width,
        row: ITEMS,
    };
    match frame.layout {
        Layout::Factor => {
            let mut setting = rows(eight_columns);
            // A single paragraph is set larger.
            if let [only] = slots.body.as_slice()
                && matches!(only.kind, BlockKind::Paragraph(_))
            {
                setting.body = body * if step == 0 { 15 } else { 13 } / 10;
            }
            under(eight_columns, blocks_height(&slots.body, setting))
        }
        Layout::Bullets => {
            let setting = match (dense, slots.body.as_slice()) {
                (true, _) => items(width),
                (false, body) if is_wide(body) => items(width),
                (
                    false,
                    [
                        Block {
                            kind: BlockKind::List(_),
                            ..
                        },
                    ],
                ) => rows(eight_columns),
                (false, _) => items(eight_columns),
            };
            under(width, blocks_height(&slots.body, setting))
        }
        Layout::TwoColumns => {
            let column = rows(width * 48 / 100);
            let tallest =
                blocks_height(&slots.left, column).max(blocks_height(&slots.right, column));
            under(
                width,
                blocks_height(&slots.body, items(width)).saturating_add(tallest + 26),
            )
        }
        Layout::Picture => {
            let column = width * 39 / 100;
            under(column, blocks_height(&slots.body, items(column)))
        }
        Layout::Agenda if frame.agenda.is_empty() => {
            blocks_height(&slots.body, items(eight_columns)) <= height
        }
        Layout::Agenda => frame.agenda.len() <= [10, 12, 14, 20][step],
        Layout::Chart => {
            let third = width * 32 / 100;
            let (text_width, beside) = if room::is_beside(&slots.body) {
                (third, 0)
            } else {
                (width, body * 9)
            };
            let text = blocks_height(&slots.body, items(text_width));
            under(width, text.saturating_add(beside))
        }
        Layout::Timeline => under(width, course_height(&slots.body, body, width)),
        Layout::Code | Layout::Table => under(width, blocks_height(&slots.body, items(width))),
        Layout::Quote
        | Layout::Statement
        | Layout::Closing
        | Layout::Section
        | Layout::Title
        | Layout::BigFigure => {
            width_of(&text_of(&slots.body)) + width_of(&plain_text(&frame.title)) <= DISPLAY[step]
        }
    }
}

/// Height of a timeline: its entries stand beside each other below their
/// dates, or one below the other behind them.
fn course_height(blocks: &[Block], body: u32, width: u32) -> u32 {
    let heights = blocks.iter().map(|block| {
        let BlockKind::List(list) = &block.kind else {
            let setting = Setting {
                body,
                width,
                row: ITEMS,
            };
            return block_height(block, setting) + body;
        };
        let is_along = block.attrs.has("along");
        let n = list.items.len().max(1) as u32;
        let setting = Setting {
            body,
            width: if is_along { width / n } else { width * 7 / 12 },
            row: ITEMS,
        };
        let entries = list.items.iter().map(|item| {
            // A date stands on its own side of the line.
            let events: Vec<Block> = item.blocks.iter().map(dates::without_date).collect();
            item_height(&events, setting)
        });
        if is_along {
            // Its dates, the line and the room around both.
            entries.max().unwrap_or(0) + body * 6
        } else {
            entries
                .map(|height| height.max(body * 13 / 10) + body * 6 / 10)
                .sum()
        }
    });
    heights.fold(0, u32::saturating_add)
}

/// Code, tables and pictures take the whole width.
fn is_wide(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Code(_) | BlockKind::Table(_) | BlockKind::Chart(_) | BlockKind::Diagram(_) => {
            true
        }
        BlockKind::Group { name, .. } => name == "columns" || walk::is_row(block),
        _ => lone_picture(block).is_some(),
    })
}

/// Height of a slide's title with the gap below it.
pub fn title_height(frame: &Frame, step: usize, width: u32) -> u32 {
    let text = plain_text(&frame.title);
    if text.is_empty() {
        return 0;
    }
    let base = match text.chars().count() {
        0..=48 => 54,
        49..=90 => 44,
        _ => 36,
    };
    let font = base * TITLE[step] / 100;
    lines_of(&text, font, width, TITLE_LETTER).saturating_mul(font * 104 / 100) + GAP[step]
}

fn blocks_height(blocks: &[Block], setting: Setting) -> u32 {
    let heights = blocks.iter().map(|block| block_height(block, setting));
    let gaps = (blocks.len().saturating_sub(1) as u32).saturating_mul(setting.body * 8 / 10);
    heights.fold(gaps, u32::saturating_add)
}

/// Height of a block, as far as it can be told.
pub fn block_height(block: &Block, setting: Setting) -> u32 {
    let Setting { body, width, .. } = setting;
    match &block.kind {
        BlockKind::Heading { body: text, .. } => {
            text_height(&plain_text(text), body * 11 / 10, width) + body / 2
        }
        // A picture among text takes what is left; it needs room for a look.
        BlockKind::Paragraph(_) if lone_picture(block).is_some() => {
            match Look::of(&block.attrs).0.height {
                Some(Length::Units(n)) => n,
                Some(Length::Percent(n)) => n * 72 / 10,
                None => body * 6,
            }
        }
        BlockKind::Paragraph(text) => text_height(&plain_text(text), body, width),
        BlockKind::List(list) => {
            let items = list
                .items
                .iter()
                .map(|item| item_height(&item.blocks, setting));
            items.fold(0, |sum, item| {
                sum.saturating_add(item + body * setting.row / 100)
            })
        }
        // They stand in one place, one after the other.
        BlockKind::Group { body: blocks, .. } if walk::is_row(block) => {
            let heights = blocks.iter().map(|block| block_height(block, setting));
            heights.max().unwrap_or(0)
        }
        BlockKind::Group {
            name,
            body: columns,
        } if name == "columns" => {
            let ratio = block.attrs.ratio(columns.len());
            let parts = ratio.unwrap_or_else(|| vec![1; columns.len()]);
            let all = parts
                .iter()
                .map(|part| u32::from(*part))
                .sum::<u32>()
                .max(1);
            let heights = columns.iter().zip(&parts).map(|(column, part)| {
                let width = (width * u32::from(*part) / all)
                    .saturating_sub(48)
                    .max(body * 4);
                let column_setting = Setting {
                    body,
                    width,
                    row: ROWS,
                };
                block_height(column, column_setting)
            });
            heights.max().unwrap_or(0)
        }
        // A code is as large as a hand, and its address is below it.
        BlockKind::Group { name, .. } if name == "qr" => 330,
        // Each option is a bar as high as its text and the room around it.
        BlockKind::Group { name, body: blocks } if name == "poll" => {
            let n_options = options(blocks).len() as u32;
            blocks_height(blocks, setting) + n_options * body * 3 / 2
        }
        BlockKind::Group { name, body: blocks } if name == "alert" => {
            blocks_height(blocks, setting) + body * 27 / 10
        }
        BlockKind::Group { body: blocks, .. } => blocks_height(blocks, setting),
        BlockKind::Quote(blocks) => {
            let inner = width.saturating_sub(body * 2).max(body * 4);
            blocks_height(
                blocks,
                Setting {
                    width: inner,
                    ..setting
                },
            )
        }
        // Code has a size of its own that follows its lines and columns; this
        // is the least it can be read at.
        BlockKind::Code(code) => {
            (code.text.lines().count() as u32).saturating_mul(body * 85 / 100) + body * 2
        }
        BlockKind::Table(table) => {
            let row = match body {
                0..=18 => 170,
                19..=22 => 190,
                _ => 225,
            };
            (table.rows.len() as u32 + 1).saturating_mul(body * row / 100 + 1)
        }
        BlockKind::Math(math) => formula_height(&math.tex, body),
        BlockKind::Rule => body,
        BlockKind::Html(html) => text_height(html, body, width) / 2,
        // A drawing takes what is left; it needs room for its labels.
        BlockKind::Chart(_) | BlockKind::Diagram(_) => body * 9,
    }
}

/// A formula: its rows, each of them higher if something is stacked in it.
fn formula_height(tex: &str, body: u32) -> u32 {
    let rows = tex.matches("\\\\").count() as u32 + 1;
    let tall = ["frac", "sum", "int", "prod", "lim"];
    let row = if tall.iter().any(|word| tex.contains(word)) {
        body * 32 / 10
    } else {
        body * 2
    };
    rows.saturating_mul(row)
}

/// An item: its text, and lists nested in it, which are set smaller and closer.
fn item_height(blocks: &[Block], setting: Setting) -> u32 {
    let width = setting
        .width
        .saturating_sub(setting.body * 115 / 100)
        .max(setting.body * 4);
    let text = Setting { width, ..setting };
    let nested = Setting {
        body: setting.body * 86 / 100,
        width,
        row: 35,
    };
    let heights = blocks.iter().map(|block| match &block.kind {
        BlockKind::List(_) => block_height(block, nested),
        _ => block_height(block, text),
    });
    heights.fold(0, u32::saturating_add)
}

fn text_height(text: &str, font: u32, width: u32) -> u32 {
    lines_of(text, font, width, LETTER).saturating_mul(font * 134 / 100)
}

fn lines_of(text: &str, font: u32, width: u32, letter: u32) -> u32 {
    let per_line = (width.saturating_mul(1000) / (font * letter).max(1)).max(1);
    width_of(text).div_ceil(per_line)
}

/// Length in Latin letters; a Chinese or Japanese character is as wide as two.
fn width_of(text: &str) -> u32 {
    text.chars()
        .map(|c| {
            if ('\u{2e80}'..'\u{ffe0}').contains(&c) {
                2
            } else {
                1
            }
        })
        .sum()
}

fn text_of(blocks: &[Block]) -> String {
    let mut res = String::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(body) | BlockKind::Heading { body, .. } => {
                res += &plain_text(body)
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => res += &text_of(body),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| res += &text_of(&item.blocks)),
            BlockKind::Code(code) => res += &plain_text(&[Inline::Code(code.text.clone())]),
            BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
        res.push(' ');
    }
    res
}
