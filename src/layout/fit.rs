//! How far a slide's type must step down so that all of it fits.
//!
//! No browser is asked: lines are estimated from the number of characters and
//! the mean width of a letter. The estimate errs towards too many lines; what
//! still does not fit is stepped down further by the page itself.

use crate::deck::{Block, BlockKind, Frame, Inline, Layout, plain_text};

/// Body size of each step, in slide units.
const BODY: [u32; 4] = [30, 26, 22, 18];
/// Title size of each step.
const TITLE: [u32; 4] = [56, 50, 42, 36];

/// Letters to a font size, in hundredths of the size: Inter's mean over English
/// text is 51, with some room for words that do not break.
const LETTER: u32 = 54;

struct Room {
    width: u32,
    height: u32,
}

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
    let whole = Room {
        width: size.0.saturating_sub(144),
        height: size.1.saturating_sub(150),
    };
    let body = BODY[step];
    let title = |width: u32| text_height(&plain_text(&frame.title), TITLE[step], width, 108) + 28;
    let blocks = |blocks: &[Block], width: u32| blocks_height(blocks, body, width);
    match frame.layout {
        Layout::Factor => {
            let width = whole.width * 58 / 100;
            blocks(&frame.slots.body, width) <= whole.height
        }
        Layout::TwoColumns => {
            let width = whole.width * 47 / 100;
            let tallest = blocks(&frame.slots.left, width).max(blocks(&frame.slots.right, width));
            let front = blocks(&frame.slots.body, whole.width);
            title(whole.width) + front + tallest <= whole.height
        }
        Layout::Picture => {
            let width = whole.width * 36 / 100;
            let beside = blocks(&frame.slots.body, width);
            title(width) + beside <= whole.height
        }
        Layout::Agenda if frame.agenda.is_empty() => {
            blocks(&frame.slots.body, whole.width * 55 / 100) <= whole.height
        }
        Layout::Agenda => frame.agenda.len() <= [8, 10, 12, 14][step],
        Layout::Quote
        | Layout::Statement
        | Layout::Closing
        | Layout::Section
        | Layout::Title
        | Layout::BigFigure => {
            // Display type: counted in characters, as it is set in few long lines.
            let n = width_of(&text_of(&frame.slots.body)) + width_of(&plain_text(&frame.title));
            n <= [150, 240, 380, 620][step]
        }
        Layout::Code | Layout::Table | Layout::Bullets => {
            title(whole.width) + blocks(&frame.slots.body, whole.width) <= whole.height
        }
    }
}

fn blocks_height(blocks: &[Block], body: u32, width: u32) -> u32 {
    let heights = blocks
        .iter()
        .map(|block| block_height(block, body, width) + body * 6 / 10);
    heights.fold(0, u32::saturating_add)
}

fn block_height(block: &Block, body: u32, width: u32) -> u32 {
    match &block.kind {
        BlockKind::Heading { body: text, .. } => {
            text_height(&plain_text(text), body * 12 / 10, width, 120) + body / 2
        }
        BlockKind::Paragraph(text) if super::slots::lone_picture(block).is_some() => {
            // A picture among text takes what is left; it needs room for a look.
            text.len() as u32 + body * 6
        }
        BlockKind::Paragraph(text) => text_height(&plain_text(text), body, width, 140),
        BlockKind::List(list) => {
            let indent = body * 12 / 10;
            let items = list.items.iter().map(|item| {
                let inner = width.saturating_sub(indent).max(body * 4);
                item.blocks
                    .iter()
                    .map(|block| block_height(block, body, inner))
                    .fold(body / 2, u32::saturating_add)
            });
            items.fold(0, u32::saturating_add)
        }
        BlockKind::Quote(blocks) | BlockKind::Group { body: blocks, .. } => {
            blocks_height(blocks, body, width.saturating_sub(body * 2).max(body * 4))
        }
        BlockKind::Code(code) => {
            // Code has a size of its own that follows its lines and columns.
            let n_lines = code.text.lines().count() as u32;
            n_lines.saturating_mul(body * 8 / 10) + body * 2
        }
        BlockKind::Table(table) => {
            let rows = table.rows.len() as u32 + 1;
            rows.saturating_mul(body * 19 / 10)
        }
        BlockKind::Math(tex) => tex.lines().count() as u32 * body * 2,
        BlockKind::Rule => body,
        BlockKind::Html(html) => text_height(html, body, width, 140) / 2,
    }
}

/// Height of a text at a font size; `leading` in hundredths.
fn text_height(text: &str, font: u32, width: u32, leading: u32) -> u32 {
    if text.is_empty() {
        return 0;
    }
    let per_line = (width * 100 / (font * LETTER)).max(1);
    let lines = width_of(text).div_ceil(per_line);
    lines.saturating_mul(font * leading / 100)
}

/// Length in Latin letters; a Chinese or Japanese character is as wide as two.
fn width_of(text: &str) -> u32 {
    text.chars()
        .map(|c| {
            if ('\u{1100}'..'\u{ffe0}').contains(&c) && c > '\u{2e80}' {
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
            BlockKind::Table(_) | BlockKind::Math(_) | BlockKind::Rule | BlockKind::Html(_) => {}
            BlockKind::Code(code) => res += &plain_text(&[Inline::Code(code.text.clone())]),
        }
        res.push(' ');
    }
    res
}
