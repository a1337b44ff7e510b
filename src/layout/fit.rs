//! How far a slide's type must step down so that all of it fits.
//!
//! No browser is asked: lines are estimated from the number of characters and
//! the mean width of a letter. The numbers are those of `templates/slide.css`.
//! The estimate errs towards too many lines; what still does not fit is
//! stepped down further by the page itself.

use super::slots::lone_picture;
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

/// The first step at which everything fits, the last if none does.
pub fn choose(frame: &Frame, size: (u32, u32)) -> u8 {
    (0..3)
        .find(|&step| fits(frame, size, usize::from(step)))
        .unwrap_or(3)
}

/// Whether even the last step is too large.
pub fn is_crowded(frame: &Frame, size: (u32, u32)) -> bool {
    !fits(frame, size, 3)
}

fn fits(frame: &Frame, size: (u32, u32), step: usize) -> bool {
    let width = size.0.saturating_sub(160);
    let height = size.1.saturating_sub(156);
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
    match frame.layout {
        Layout::Factor => under(
            eight_columns,
            blocks_height(&slots.body, body, eight_columns),
        ),
        Layout::Bullets => {
            let column = if step < 2 && !is_wide(&slots.body) {
                eight_columns
            } else {
                width
            };
            under(width, blocks_height(&slots.body, body, column))
        }
        Layout::TwoColumns => {
            let column = width * 49 / 100;
            let tallest = blocks_height(&slots.left, body, column).max(blocks_height(
                &slots.right,
                body,
                column,
            ));
            under(
                width,
                blocks_height(&slots.body, body, width).saturating_add(tallest + 26),
            )
        }
        Layout::Picture => {
            let column = width * 39 / 100;
            under(column, blocks_height(&slots.body, body, column))
        }
        Layout::Agenda if frame.agenda.is_empty() => {
            blocks_height(&slots.body, body, eight_columns) <= height
        }
        Layout::Agenda => frame.agenda.len() <= [10, 12, 14, 20][step],
        Layout::Code | Layout::Table => under(width, blocks_height(&slots.body, body, width)),
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

/// Code, tables and pictures take the whole width.
fn is_wide(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Code(_) | BlockKind::Table(_) => true,
        _ => lone_picture(block).is_some(),
    })
}

fn title_height(frame: &Frame, step: usize, width: u32) -> u32 {
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

fn blocks_height(blocks: &[Block], body: u32, width: u32) -> u32 {
    let heights = blocks.iter().map(|block| block_height(block, body, width));
    let gaps = (blocks.len().saturating_sub(1) as u32).saturating_mul(body * 7 / 10);
    heights.fold(gaps, u32::saturating_add)
}

fn block_height(block: &Block, body: u32, width: u32) -> u32 {
    match &block.kind {
        BlockKind::Heading { body: text, .. } => {
            text_height(&plain_text(text), body * 11 / 10, width) + body / 2
        }
        // A picture among text takes what is left; it needs room for a look.
        BlockKind::Paragraph(_) if lone_picture(block).is_some() => body * 6,
        BlockKind::Paragraph(text) => text_height(&plain_text(text), body, width),
        BlockKind::List(list) => {
            let inner = width.saturating_sub(body).max(body * 4);
            let items = list
                .items
                .iter()
                .map(|item| blocks_height(&item.blocks, body, inner).saturating_add(body));
            items.fold(0, u32::saturating_add)
        }
        BlockKind::Quote(blocks) | BlockKind::Group { body: blocks, .. } => {
            blocks_height(blocks, body, width.saturating_sub(body * 2).max(body * 4))
        }
        // Code has a size of its own that follows its lines and columns; this
        // is the least it can be read at.
        BlockKind::Code(code) => {
            (code.text.lines().count() as u32).saturating_mul(body * 85 / 100) + body * 2
        }
        BlockKind::Table(table) => (table.rows.len() as u32 + 1).saturating_mul(body * 2),
        BlockKind::Math(tex) => (tex.lines().count() as u32).saturating_mul(body * 2),
        BlockKind::Rule => body,
        BlockKind::Html(html) => text_height(html, body, width) / 2,
    }
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
            BlockKind::Table(_) | BlockKind::Math(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
        res.push(' ');
    }
    res
}
