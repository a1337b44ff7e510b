//! How much room the charts and diagrams of a slide have.
//!
//! A drawing is made for its room, so that its type is as large as meant; the
//! numbers are those of `templates/slide.css`.

use super::fit::{Setting, block_height, title_height, whole};
use crate::deck::chart::Room;
use crate::deck::{Block, BlockKind, Frame, Layout};

/// A caption with the gap below it.
const CAPTION: u32 = 48;
/// The least height a drawing is made for; less is left to the browser to shrink.
const LEAST: u32 = 200;

/// Tells each drawing of a slide its room.
pub fn give(frame: &mut Frame, size: (u32, u32)) {
    let step = usize::from(frame.fit);
    let setting = whole(size, step);
    let width = setting.width;
    let columns = |n: u32| (width + 24) * n / 12 - 24;
    let beside = is_beside(&frame.slots.body);
    let title = match frame.layout {
        Layout::Factor => title_height(frame, step, columns(8)),
        _ => title_height(frame, step, width),
    };
    let under = size.1.saturating_sub(156 + title);
    let slots = &mut frame.slots;
    match frame.layout {
        Layout::Chart => {
            let (width, height) = match (beside, slots.body.is_empty()) {
                (true, _) => (columns(8), under),
                (false, true) => (width, under),
                (false, false) => (
                    width,
                    under.saturating_sub(height_of(&slots.body, setting) + 24),
                ),
            };
            if let Some(block) = &mut slots.drawing {
                give_to(block, Room { width, height });
            }
        }
        Layout::TwoColumns => {
            let front = if slots.body.is_empty() {
                0
            } else {
                height_of(&slots.body, setting) + 36
            };
            let room = Room {
                width: columns(6),
                height: under.saturating_sub(front + 26),
            };
            share(&mut slots.left, room, setting);
            share(&mut slots.right, room, setting);
        }
        Layout::Factor => share(
            &mut slots.body,
            Room {
                width: columns(8),
                height: under,
            },
            setting,
        ),
        _ => share(
            &mut slots.body,
            Room {
                width,
                height: under,
            },
            setting,
        ),
    }
}

/// Whether text stands beside a drawing and not in a line above it.
pub fn is_beside(body: &[Block]) -> bool {
    body.len() > 1
        || body
            .iter()
            .any(|block| !matches!(block.kind, BlockKind::Paragraph(_)))
}

fn height_of(blocks: &[Block], setting: Setting) -> u32 {
    let heights = blocks.iter().map(|block| block_height(block, setting));
    heights.fold(0, |sum, height| {
        sum.saturating_add(height + setting.body * 8 / 10)
    })
}

/// Drawings among other blocks share what these leave.
fn share(blocks: &mut [Block], room: Room, setting: Setting) {
    let n = blocks.iter().filter(|block| is_drawing(block)).count() as u32;
    if n > 0 {
        let others = blocks.iter().filter(|block| !is_drawing(block));
        let used = others.fold(0, |sum: u32, block| {
            sum.saturating_add(
                block_height(
                    block,
                    Setting {
                        width: room.width,
                        ..setting
                    },
                ) + setting.body * 8 / 10,
            )
        });
        let gaps = setting.body * 8 / 10 * (n - 1);
        let height = room.height.saturating_sub(used + gaps) / n;
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
    for block in blocks {
        if let BlockKind::Group { body, .. } = &mut block.kind {
            share(body, room, setting);
        }
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
