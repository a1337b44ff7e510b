//! How much room the charts and diagrams of a slide have.
//!
//! A drawing is made for its room, so that its type is as large as meant; the
//! numbers are those of `templates/slide.css`.

use super::fit::Sheet;
use super::height::{self, Setting};
use super::slots::is_shown_alone;
use crate::deck::chart::Room;
use crate::deck::look::Look;
use crate::deck::{Block, BlockKind, Frame, Layout};

/// A caption with the gap below it.
const CAPTION: u32 = 48;
/// The least height a drawing is made for; less is left to the browser to shrink.
const LEAST: u32 = 200;

/// Tells each drawing of a slide its room.
pub fn give(frame: &mut Frame, sheet: &Sheet) {
    let step = usize::from(frame.fit);
    let setting = sheet.setting(step);
    let title = match frame.layout {
        Layout::Factor => sheet.title_height(frame, step, sheet.columns(8.0)),
        _ => sheet.title_height(frame, step, sheet.width()),
    };
    let beside = is_beside(&frame.slots.body);
    let under = f64::from(sheet.size.1) - 156.0 - title;
    let slots = &mut frame.slots;
    let room = |width: f64, height: f64| Room {
        width: width as u32,
        height: height.max(0.0).round() as u32,
    };
    let whole = sheet.width();
    match frame.layout {
        Layout::Chart => {
            let own = match (beside, slots.body.is_empty()) {
                (true, _) => room(sheet.columns(8.0), under),
                (false, true) => room(whole, under),
                (false, false) => {
                    let text = height::blocks(&slots.body, setting) + setting.gap() + 24.0;
                    room(whole, under - text)
                }
            };
            if let Some(block) = &mut slots.drawing {
                give_to(block, own);
            }
        }
        Layout::TwoColumns => {
            let front = if slots.body.is_empty() {
                0.0
            } else {
                height::blocks(&slots.body, setting) + setting.gap() + 36.0
            };
            let own = room(sheet.columns(6.0), under - front - 26.0);
            share(&mut slots.left, own, setting);
            share(&mut slots.right, own, setting);
        }
        Layout::Factor => share(&mut slots.body, room(sheet.columns(8.0), under), setting),
        _ => share(&mut slots.body, room(whole, under), setting),
    }
}

/// Whether text, or a picture, stands beside a drawing and not in a line above it.
pub fn is_beside(body: &[Block]) -> bool {
    let is_line =
        |block: &Block| matches!(block.kind, BlockKind::Paragraph(_)) && !is_shown_alone(block);
    body.len() > 1 || !body.iter().all(is_line)
}

/// Drawings among other blocks share what these leave.
fn share(blocks: &mut [Block], room: Room, setting: Setting) {
    let n = blocks.iter().filter(|block| is_drawing(block)).count() as u32;
    if n > 0 {
        let at = setting.wide(f64::from(room.width));
        let others = blocks.iter().filter(|block| !is_drawing(block));
        let used: f64 = others
            .map(|block| beside_a_drawing(block, at) + setting.gap())
            .sum();
        let gaps = setting.gap() * f64::from(n - 1);
        let height = room.height.saturating_sub((used + gaps) as u32) / n;
        for block in blocks.iter_mut() {
            give_to(
                block,
                Room {
                    width: room.width,
                    height,
                },
            );
        }
    }
    for index in 0..blocks.len() {
        let BlockKind::Group { name, .. } = &blocks[index].kind else {
            continue;
        };
        if name == "columns" {
            share_columns(blocks, index, room, setting);
        } else if let BlockKind::Group { body, .. } = &mut blocks[index].kind {
            share(body, room, setting);
        }
    }
}

/// How high a block is. A picture takes what it finds, and the style sheet makes
/// it smaller where a drawing, whose type is to be read, needs the room; but it
/// should be seen as well.
fn beside_a_drawing(block: &Block, at: Setting) -> f64 {
    let height = height::block(block, at);
    let is_free = is_shown_alone(block) && Look::of(&block.attrs).0.height.is_none();
    if is_free {
        height.max(f64::from(LEAST))
    } else {
        height
    }
}

/// Each column has its own width, and the height that the blocks beside them leave.
fn share_columns(blocks: &mut [Block], index: usize, room: Room, setting: Setting) {
    let at = setting.wide(f64::from(room.width));
    let others = height::blocks(blocks, at) - height::block(&blocks[index], at);
    let height = room
        .height
        .saturating_sub((others + height::rule(at)) as u32);
    let block = &mut blocks[index];
    let BlockKind::Group { body, .. } = &mut block.kind else {
        return;
    };
    let settings = height::column_settings(body, &block.attrs, at);
    for (column, own) in body.iter_mut().zip(settings) {
        let width = own.width as u32;
        share(std::slice::from_mut(column), Room { width, height }, own);
    }
}

/// Whether a block is drawn as it fits its room.
pub fn is_drawing(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Chart(_) | BlockKind::Diagram(_))
}

fn give_to(block: &mut Block, room: Room) {
    let below = |title: &str| Room {
        width: room.width,
        height: room
            .height
            .saturating_sub(if title.is_empty() { 0 } else { CAPTION })
            .max(LEAST),
    };
    match &mut block.kind {
        BlockKind::Chart(chart) => chart.room = below(&chart.title),
        BlockKind::Diagram(diagram) => {
            let room = below(&diagram.title);
            diagram.room = Room {
                width: room.width * u32::from(diagram.percent) / 100,
                ..room
            };
        }
        _ => {}
    }
}
