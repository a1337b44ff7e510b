//! The fit ladder: how a slide is set so that all of it is seen.
//!
//! Closer lines come first, then smaller type down to the theme's floor, then a
//! list in two columns, then further slides. No browser is asked: see `height`.
//! The numbers are those of `templates/slide.css`. What the estimate missed is
//! put right by the page, which knows the real fonts.

use super::height::{self, Setting, TableHeights};
use super::notes;
use super::room;
use super::slots::lone_picture;
use super::walk;
use crate::deck::{Block, BlockKind, Frame, Head, Inline, Layout, plain_text};
use crate::measure::{Lines, Weight};
use crate::theme::Floors;

/// Size of body type before any rung.
const BODY: f64 = 30.0;
/// How much of its size a title keeps at each step.
pub const TITLE: [f64; 4] = [1.0, 0.92, 0.84, 0.74];
/// The same for titles and figures of display size.
pub const DISPLAY: [f64; 4] = [1.0, 0.8, 0.62, 0.46];
/// Room between title and content at each step.
pub const GAP: [f64; 4] = [36.0, 36.0, 28.0, 22.0];
/// How far room between things has gone towards the theme's least.
const CLOSER: [f64; 4] = [0.0, 0.6, 0.8, 1.0];
/// Size of a quotation at each step.
pub const QUOTE: [f64; 4] = [56.0, 46.0, 36.0, 27.0];
/// Text is a little higher than its lines where its face is not ours.
const SAFE: f64 = 0.985;

/// A line of footnotes.
const NOTE_LINE: u32 = 24;
/// One way of setting a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rung {
    /// How far type and room step down, 0 to 3.
    pub step: usize,
    /// Whether a list gives up its rows and its column for more lines.
    pub dense: bool,
    /// Whether long lists stand in two columns.
    pub two: bool,
}

const fn rung(step: usize, dense: bool, two: bool) -> Rung {
    Rung { step, dense, two }
}

/// The first rung of every slide: as it is meant to look.
pub const MEANT: Rung = rung(0, false, false);

/// What all slides of a deck are set on.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Width and height of a slide.
    pub size: (u32, u32),
    /// What the theme sets nothing smaller than.
    pub floors: Floors,
    /// Whether its script has marks above and below the line.
    pub tall: bool,
}

/// The rungs that a slide may take, in this order.
pub fn ladder(frame: &Frame) -> &'static [Rung] {
    const LIST: [Rung; 8] = [
        MEANT,
        rung(1, false, false),
        rung(1, true, false),
        rung(2, true, false),
        rung(3, true, false),
        rung(1, true, true),
        rung(2, true, true),
        rung(3, true, true),
    ];
    const OTHERS: [Rung; 4] = [
        MEANT,
        rung(1, false, false),
        rung(2, false, false),
        rung(3, false, false),
    ];
    if frame.layout != Layout::Bullets {
        &OTHERS
    } else if has_long_list(&frame.slots.body) {
        &LIST
    } else {
        &LIST[..5]
    }
}

/// Whether there is a list that may stand in two columns.
pub fn has_long_list(body: &[Block]) -> bool {
    body.iter().any(|block| match &block.kind {
        BlockKind::List(list) => !list.terms && list.items.len() >= height::ITEMS_FOR_TWO,
        _ => false,
    })
}

/// The place of a slide's text.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// What it is set in.
    pub at: Setting,
    /// How high it may be.
    pub height: f64,
}

impl Sheet {
    /// That of a deck and its theme.
    pub fn new(head: &Head, floors: Floors) -> Sheet {
        const TALL: [&str; 5] = ["ar", "fa", "ur", "ps", "ckb"];
        let language = head.lang.split('-').next().unwrap_or_default();
        Sheet {
            size: head.size,
            floors,
            tall: TALL.contains(&language.to_lowercase().as_str()),
        }
    }

    /// Width between the margins.
    pub fn width(&self) -> f64 {
        f64::from(self.size.0) * 7.0 / 8.0
    }

    /// Width of so many of the twelve columns.
    pub fn columns(&self, n: f64) -> f64 {
        (self.width() + 24.0) * n / 12.0 - 24.0
    }

    /// Factor of display type on a narrower slide.
    pub fn k(&self) -> f64 {
        0.4 + 0.6 * f64::from(self.size.0) / 1280.0
    }

    /// What body text is set in that has the whole width.
    pub fn setting(&self, step: usize) -> Setting {
        let narrow = 0.7 + 0.3 * f64::from(self.size.0) / 1280.0;
        let floors = &self.floors;
        let body = [BODY, BODY, (BODY + floors.body) / 2.0, floors.body][step];
        let cells = [BODY, 26.0, 22.0, floors.table][step];
        Setting {
            size: (body * narrow).max(floors.body),
            width: self.width(),
            line: if self.tall { 1.5 } else { 1.36 },
            tight: 1.0 - (1.0 - floors.spacing / 100.0) * CLOSER[step],
            floor: floors.body,
            cells: (cells * narrow).max(floors.table),
            keeps: TITLE[step] * self.k(),
            pad: [0.5, 0.4, 0.3, 0.2][step],
            code: (floors.code, [26.0, 24.0, 21.0, floors.code][step]),
            code_frame: (56.0, 48.0),
            rows: false,
            two: false,
            ruled: true,
        }
    }

    /// Height between the margins, above the footnotes.
    fn height(&self, frame: &Frame) -> f64 {
        let notes = match notes::lines(&frame.footnotes, self.size.0).min(notes::MOST) {
            0 => 0,
            n => 4 + n * NOTE_LINE,
        };
        f64::from(self.size.1.saturating_sub(156 + notes))
    }

    /// Height of a slide's title with the gap below it.
    pub fn title_height(&self, frame: &Frame, step: usize, width: f64) -> f64 {
        let base: f64 = match plain_text(&frame.title).chars().count() {
            0 => return 0.0,
            1..=48 => 54.0,
            49..=90 => 44.0,
            _ => 36.0,
        };
        let font = base * TITLE[step] * self.k();
        self.display(&frame.title, font, width, 1.04, part_width(frame)) + GAP[step]
    }

    /// Height of a text in display type. `more` stands on its last line, in
    /// sizes of type.
    pub fn display(&self, text: &[Inline], font: f64, width: f64, line: f64, more: f64) -> f64 {
        let mut lines = Lines::new(width);
        height::fill(&mut lines, text, font, Weight::Bold);
        lines.text(" ", font, Weight::Bold);
        lines.piece(more * font);
        let line = if self.tall { 1.3 } else { line };
        f64::from(lines.count()) * font * line
    }
}

/// The sign that a slide goes on, in sizes of its title's type.
fn part_width(frame: &Frame) -> f64 {
    if frame.part.is_some() { 1.8 } else { 0.0 }
}

/// Whether all of a slide fits in one way of setting it.
pub fn fits(frame: &Frame, sheet: &Sheet, rung: Rung) -> bool {
    let slots = &frame.slots;
    match frame.layout {
        Layout::TwoColumns => {
            let (front, column, height) = two_columns(frame, sheet, rung);
            let tallest =
                height::blocks(&slots.left, column.0).max(height::blocks(&slots.right, column.1));
            front + tallest <= height
        }
        Layout::Agenda if !frame.agenda.is_empty() => agenda_fits(frame, sheet, rung.step),
        _ => {
            let place = place(frame, sheet, rung);
            let is_last = rung.step == 3;
            let is_too_wide = |block: &Block| match &block.kind {
                BlockKind::Table(table) => TableHeights::of(table, place.at).is_too_wide,
                _ => false,
            };
            place.height >= 0.0
                && height::blocks(&slots.body, place.at) <= place.height
                && (is_last || !slots.body.iter().any(is_too_wide))
        }
    }
}

/// The place of a slide's body. Its height is below 0 if not even the title fits.
pub fn place(frame: &Frame, sheet: &Sheet, rung: Rung) -> Place {
    let Rung { step, dense, two } = rung;
    let setting = sheet.setting(step);
    let all = sheet.height(frame);
    let eight = sheet.columns(8.0);
    let below = |at: Setting, title_width: f64| Place {
        at,
        height: (all - sheet.title_height(frame, step, title_width)) * SAFE,
    };
    let rows = |at: Setting| Setting { rows: true, ..at };
    match frame.layout {
        Layout::Factor => {
            let at = rows(setting.wide(eight));
            // A single paragraph is set larger.
            let is_lone = matches!(
                frame.slots.body.as_slice(),
                [Block {
                    kind: BlockKind::Paragraph(_),
                    ..
                }]
            );
            let larger = if step == 0 { 1.5 } else { 1.3 };
            let size = if is_lone { at.size * larger } else { at.size };
            below(at.sized(size), eight)
        }
        Layout::Bullets => {
            let at = if dense || two || is_wide(&frame.slots.body) {
                Setting { two, ..setting }
            } else {
                rows(setting.wide(eight))
            };
            below(at, sheet.width())
        }
        Layout::Picture => {
            let is_full = frame.classes.iter().any(|class| class == "picture-full");
            let width = if is_full {
                sheet.width() * 0.58
            } else {
                sheet.columns(5.0) - 12.0
            };
            let mut place = below(setting.wide(width), width);
            // The box at the foot has room around its text.
            place.height -= if is_full { 70.0 } else { 0.0 };
            place
        }
        // One theme sets its title beside the list, the other above it.
        Layout::Agenda => below(setting.wide(eight), sheet.width()),
        Layout::Chart => {
            if room::is_beside(&frame.slots.body) {
                below(setting.wide(sheet.columns(4.0)), sheet.width())
            } else {
                let mut place = below(setting, sheet.width());
                place.height -= 250.0;
                place
            }
        }
        Layout::Code => code_place(frame, sheet, step, setting),
        Layout::Table | Layout::Timeline | Layout::TwoColumns => below(setting, sheet.width()),
        Layout::Quote => {
            let source = height::text(&frame.slots.source, setting.size, Weight::Regular, eight);
            let foot = if source > 0.0 {
                46.0 + source * 1.3 * setting.size
            } else {
                0.0
            };
            let size = (QUOTE[step] * sheet.k()).max(sheet.floors.body);
            Place {
                at: Setting {
                    line: if sheet.tall { 1.3 } else { 1.12 },
                    // Its face is a little wider than that of text.
                    ..setting.sized(size * 1.03).wide(eight)
                },
                height: (all - foot) * SAFE,
            }
        }
        Layout::BigFigure => {
            let mut place = below(setting.sized(setting.size * 1.2).wide(eight), sheet.width());
            let figure = figure_height(&plain_text(&frame.slots.figure));
            place.height -= figure * DISPLAY[step] * sheet.k() + 64.0;
            place
        }
        Layout::Statement | Layout::Closing | Layout::Section | Layout::Title => {
            display_place(frame, sheet, step, setting)
        }
    }
}

/// Height of a figure at its full size; words in front of the number stand
/// above it.
fn figure_height(text: &str) -> f64 {
    let digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (words, number) = match text[..digit].rsplit_once([' ', '\u{a0}']) {
        Some((words, _)) => (80.0, &text[words.len()..]),
        None => (0.0, text),
    };
    words
        + match number.trim().chars().count() {
            0..=3 => 400.0,
            4..=6 => 280.0,
            7..=10 => 180.0,
            n => 170.0 * (1.0 + (n as f64 / 12.0).floor()),
        }
}

/// Code that is all of its slide takes the ground from the title to the edge.
fn code_place(frame: &Frame, sheet: &Sheet, step: usize, setting: Setting) -> Place {
    let title = sheet.title_height(frame, step, sheet.width());
    let above = if title > 0.0 { 60.0 + title } else { 0.0 };
    let notes = f64::from(sheet.size.1) - 156.0 - sheet.height(frame);
    let is_lone = match frame.slots.body.as_slice() {
        [only] => matches!(only.kind, BlockKind::Code(_)) || walk::is_row(only),
        _ => false,
    };
    Place {
        at: Setting {
            // Alone it is set as large as there is room, down to the floor.
            code: if is_lone {
                (setting.code.0, setting.code.0)
            } else {
                setting.code
            },
            code_frame: (0.0, 0.0),
            ..setting
        },
        height: (f64::from(sheet.size.1) - above - 120.0 - notes) * SAFE,
    }
}

/// Slides whose title is set in display type.
fn display_place(frame: &Frame, sheet: &Sheet, step: usize, setting: Setting) -> Place {
    let slots = &frame.slots;
    let is_bare = frame.title.is_empty();
    let n_chars = match slots.body.first() {
        Some(Block {
            kind: BlockKind::Paragraph(body),
            ..
        }) if is_bare => plain_text(body).chars().count(),
        _ => plain_text(&frame.title).chars().count(),
    };
    let base = match n_chars {
        0..=24 => 128.0,
        25..=48 => 116.0,
        49..=90 => 100.0,
        _ => 76.0,
    };
    // Columns and scale of the title in each of our themes, and what stands
    // above or below it.
    let (ways, beside) = match frame.layout {
        Layout::Title => (
            [(12.0, 1.0), (9.0, 0.92)],
            if frame.meta.is_empty() { 26.0 } else { 95.0 },
        ),
        Layout::Section => (
            [(12.0, 0.9), (8.0, 0.68)],
            frame.number.map_or(0.0, |_| 180.0 * sheet.k()),
        ),
        Layout::Closing => ([(12.0, 1.0), (9.0, 0.78)], 26.0),
        _ => ([(12.0, 1.0), (11.0, 1.0)], 0.0),
    };
    let font = |scale: f64| (base * scale * sheet.k() * DISPLAY[step]).max(sheet.floors.body);
    let all = (sheet.height(frame) - beside) * SAFE;
    if is_bare && frame.layout == Layout::Statement {
        return Place {
            at: Setting {
                line: if sheet.tall { 1.3 } else { 1.04 },
                ..setting
                    .sized(font(1.0) * 1.03)
                    .wide(sheet.columns(11.0) - 24.0)
            },
            height: all,
        };
    }
    let title = ways.map(|(columns, scale)| {
        let width = sheet.columns(columns) - if columns < 12.0 { 24.0 } else { 0.0 };
        sheet.display(&frame.title, font(scale), width, 1.04, part_width(frame))
    });
    let title = title[0].max(title[1]);
    let gap = if slots.body.is_empty() {
        0.0
    } else {
        GAP[step]
    };
    Place {
        at: setting.wide(sheet.width().min(860.0).min(sheet.columns(9.0))),
        height: all - title - gap,
    }
}

/// What stands in front of two columns, the settings of both, and the height
/// for all of it.
pub fn two_columns(frame: &Frame, sheet: &Sheet, rung: Rung) -> (f64, (Setting, Setting), f64) {
    let setting = sheet.setting(rung.step);
    let split = frame
        .style
        .split_once("--split:")
        .and_then(|(_, rest)| rest.split(';').next()?.parse::<f64>().ok())
        .unwrap_or(7.0);
    let column = |n: f64| Setting {
        rows: true,
        ..setting.wide(sheet.columns(n))
    };
    let front = match frame.slots.body.as_slice() {
        [] => 0.0,
        body => height::blocks(body, setting) + GAP[rung.step],
    };
    let height = sheet.height(frame) - sheet.title_height(frame, rung.step, sheet.width());
    (
        front + 26.0,
        (column(split - 1.0), column(13.0 - split)),
        height * SAFE,
    )
}

/// Entries beyond which an agenda has more than two columns.
const AGENDA: usize = 12;

fn agenda_fits(frame: &Frame, sheet: &Sheet, step: usize) -> bool {
    let n = frame.agenda.len();
    if n > AGENDA {
        return false;
    }
    let setting = sheet.setting(step);
    let title = sheet.title_height(frame, step, sheet.width());
    let room = sheet.height(frame) - title;
    let heights = |width: f64, size: f64| -> Vec<f64> {
        let width = width - size * 3.0 - 48.0;
        let lines = |title: &[Inline]| height::text(title, size, Weight::Bold, width);
        let each = frame.agenda.iter();
        each.map(|entry| (lines(&entry.title) * 1.2 + 0.4).max(1.8) * size + 1.5)
            .collect()
    };
    // One theme sets five entries in two columns, the other nine.
    let half = (sheet.width() - 48.0) / 2.0;
    let rows = heights(half, setting.size.min(28.0));
    let per_column = n.div_ceil(2).max(3);
    let in_two: f64 = (0..per_column)
        .map(|row| {
            let other = rows.get(row + per_column).copied().unwrap_or(0.0);
            rows.get(row).copied().unwrap_or(0.0).max(other)
        })
        .sum();
    let in_one: f64 = match n {
        0..=5 => heights(sheet.columns(8.0), setting.size * 1.15)
            .iter()
            .sum(),
        6..=8 => heights(sheet.columns(8.0), setting.size).iter().sum(),
        _ => 0.0,
    };
    in_two <= room * SAFE && in_one <= room * SAFE
}

/// Code, tables and pictures take the whole width.
pub fn is_wide(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Code(_) | BlockKind::Table(_) | BlockKind::Chart(_) | BlockKind::Diagram(_) => {
            true
        }
        BlockKind::Group { name, .. } => name == "columns" || walk::is_row(block),
        _ => lone_picture(block).is_some(),
    })
}
