//! A slide that holds more than fits, as several.
//!
//! What goes on keeps title, ground, number and notes. All parts are set alike,
//! in the largest type with which they are as few as they can be, and hold about
//! as much each.

use super::cut::{self, Halves, Room};
use super::dates;
use super::fit::{self, Rung, Sheet};
use super::height;
use super::resume;
use crate::deck::code::{Code, Extent};
use crate::deck::fit::{Continued, Cut, Part};
use crate::deck::{Block, BlockKind, Frame, Inline, Layout, plain_text};

/// Slides beyond which something else is wrong.
const MOST: usize = 60;
/// Characters of a title that are enough to know it by on a further slide.
const TITLE: usize = 90;

/// The slides one slide becomes, and where it was cut; `None` if it cannot be.
pub fn split(frame: &Frame, sheet: &Sheet, rungs: &[Rung]) -> Option<(Vec<Frame>, Continued)> {
    let mut whole = with_short_title(frame, sheet);
    dates::turn_down(&mut whole.slots.body);
    let rungs = rungs
        .iter()
        .filter(|rung| frame.layout != Layout::Bullets || rung.dense || rungs.len() == 1);
    let last = *rungs.clone().next_back()?;
    if pages(&whole, sheet, last) > MOST as f64 {
        return None;
    }
    let fewest = cut_up(&whole, sheet, last, 1.0).0.len();
    let (rung, mut parts, mut cuts) = rungs
        .map(|rung| {
            let (parts, cuts) = cut_up(&whole, sheet, *rung, 1.0);
            (*rung, parts, cuts)
        })
        .find(|(_, parts, _)| parts.len() <= fewest)?;
    let fewest = parts.len();
    if parts.len() < 2 {
        return None;
    }
    // As little as possible on each, so that the last is not left with a line.
    let (mut low, mut high) = (1.0 / parts.len() as f64, 1.0);
    for _ in 0..6 {
        let middle = (low + high) / 2.0;
        let (closer, places) = cut_up(&whole, sheet, rung, middle);
        if closer.len() == fewest {
            (parts, cuts, high) = (closer, places, middle);
        } else {
            low = middle;
        }
    }
    let total = parts.len() as u16;
    for (part, number) in parts.iter_mut().zip(1..) {
        let own = way(part, rung);
        part.fit = rung.step as u8;
        part.two = own.two && fit::has_long_list(&part.slots.body);
        part.dense = own.dense;
        part.part = Some(Part { number, total });
        part.crowded = !fit::fits(part, sheet, own);
    }
    set_code_alike(&mut parts);
    resume::renumber(frame, &mut parts, sheet.size.0);
    place(frame, &mut parts, &cuts);
    let continued = Continued {
        slide: frame.span,
        cuts,
        whole: Box::new(frame.clone()),
    };
    Some((parts, continued))
}

/// About how many slides one would fill.
fn pages(frame: &Frame, sheet: &Sheet, rung: Rung) -> f64 {
    let place = fit::place(frame, sheet, way(frame, rung));
    height::blocks(&frame.slots.body, place.at) / place.height.max(100.0)
}

/// Code that goes on is set in the size of the part that needs the smallest.
fn set_code_alike(parts: &mut [Frame]) {
    let mut own: Vec<&mut Code> = parts
        .iter_mut()
        .filter_map(|part| match part.slots.body.as_mut_slice() {
            [
                Block {
                    kind: BlockKind::Code(code),
                    ..
                },
            ] => Some(code),
            _ => None,
        })
        .collect();
    let extents = own.iter().map(|code| Extent::of(code));
    let most = extents.fold(Extent::default(), Extent::max);
    for code in &mut own {
        code.look.least = most;
    }
}

/// Each part is written from where it begins up to the next one.
fn place(whole: &Frame, parts: &mut [Frame], cuts: &[Cut]) {
    let mut end = whole.span.end;
    for (part, cut) in parts.iter_mut().skip(1).zip(cuts).rev() {
        part.span.start = cut.span().start.max(whole.span.start).min(end);
        part.span.end = end;
        end = part.span.start;
    }
    if let Some(first) = parts.first_mut() {
        first.span.end = end.max(first.span.start);
    }
}

/// How a part is set. With less on it than its slide was made for, a column of
/// its own would look like a slide that something is missing from.
fn way(frame: &Frame, rung: Rung) -> Rung {
    Rung {
        dense: frame.layout == Layout::Bullets,
        two: frame.layout == Layout::Bullets && (rung.two || frame.two),
        ..rung
    }
}

/// Cuts a slide into parts that each fill `cap` of their room at the most.
fn cut_up(whole: &Frame, sheet: &Sheet, rung: Rung, cap: f64) -> (Vec<Frame>, Vec<Cut>) {
    let mut parts = Vec::new();
    let mut cuts = Vec::new();
    let mut rest = whole.clone();
    // Room for the sign that says which part it is.
    rest.part = Some(Part {
        number: 1,
        total: 2,
    });
    while parts.len() < MOST {
        let own = way(&rest, rung);
        let is_small = cap >= 1.0 || fits_in(&rest, sheet, own, cap);
        if is_small && fit::fits(&rest, sheet, own) {
            break;
        }
        let Some((head, tail, cut)) = halves(&rest, sheet, own, cap) else {
            break;
        };
        parts.push(head);
        cuts.push(cut);
        rest = tail;
    }
    parts.push(rest);
    (parts, cuts)
}

/// Whether a slide fills no more than a part of its room. Only where that is
/// easily told; elsewhere it is enough that it fits.
fn fits_in(frame: &Frame, sheet: &Sheet, rung: Rung, cap: f64) -> bool {
    match frame.layout {
        Layout::TwoColumns | Layout::Agenda => true,
        _ => {
            let place = fit::place(frame, sheet, rung);
            height::blocks(&frame.slots.body, place.at) <= place.height * cap
        }
    }
}

/// One slide and what goes on behind it.
fn halves(frame: &Frame, sheet: &Sheet, rung: Rung, cap: f64) -> Option<(Frame, Frame, Cut)> {
    if frame.layout == Layout::Agenda && !frame.agenda.is_empty() {
        return agenda_halves(frame, sheet, rung);
    }
    let mut head = frame.clone();
    let mut tail = goes_on(frame);
    let cut = if frame.layout == Layout::TwoColumns {
        column_halves(frame, sheet, rung, cap, &mut head, &mut tail)?
    } else {
        let place = fit::place(frame, sheet, rung);
        let room = Room {
            left: place.height * cap,
            page: place.height,
        };
        match frame.slots.body.first() {
            // What is shown large leaves its text no room: it stands alone.
            Some(first)
                if is_large(frame) && place.height < 3.0 * place.at.size * place.at.line =>
            {
                head.slots.body = Vec::new();
                Cut::Before(first.span)
            }
            _ => {
                let halves = cut::cut(frame.slots.body.clone(), place.at, room);
                let cut = halves.cut?;
                (head.slots.body, tail.slots.body) = (halves.head, halves.tail);
                cut
            }
        }
    };
    tail.layout = layout_of(&tail);
    Some((head, tail, cut))
}

/// Whether a slide shows something large beside its text.
fn is_large(frame: &Frame) -> bool {
    match frame.layout {
        Layout::Title | Layout::Section | Layout::Statement | Layout::Closing => {
            !frame.title.is_empty()
        }
        Layout::BigFigure => !frame.slots.figure.is_empty(),
        Layout::Picture | Layout::Chart => true,
        Layout::Agenda
        | Layout::Factor
        | Layout::Bullets
        | Layout::TwoColumns
        | Layout::Quote
        | Layout::Code
        | Layout::Table
        | Layout::Timeline => false,
    }
}

/// What all further slides have of the first.
fn goes_on(frame: &Frame) -> Frame {
    let mut tail = frame.clone();
    tail.slots.picture = None;
    tail.slots.drawing = None;
    if tail.title.is_empty() {
        tail.title = std::mem::take(&mut tail.slots.figure);
    }
    tail.slots.figure = Vec::new();
    tail.title = shortened(&tail.title);
    tail.whole_picture = false;
    tail.meta = Vec::new();
    tail.classes.retain(|class| !class.starts_with("picture-"));
    tail
}

/// A title as it stands on a further slide.
fn shortened(title: &[Inline]) -> Vec<Inline> {
    let text = plain_text(title);
    if text.chars().count() <= TITLE {
        return title.to_vec();
    }
    let start: String = text.chars().take(TITLE - 10).collect();
    let words = start.rsplit_once(char::is_whitespace);
    let words = words.map_or(start.as_str(), |(words, _)| words);
    vec![Inline::Text(format!("{words} …"))]
}

/// A title that leaves no room for anything else is shortened, and stands in
/// full in the text.
fn with_short_title(frame: &Frame, sheet: &Sheet) -> Frame {
    let mut res = frame.clone();
    let width = match frame.layout {
        Layout::Factor => sheet.columns(8.0),
        Layout::Picture => sheet.columns(5.0),
        _ => sheet.width(),
    };
    let most = f64::from(sheet.size.1) * 0.4;
    let short = shortened(&frame.title);
    if sheet.title_height(frame, 3, width) <= most || short == frame.title {
        return res;
    }
    let title = std::mem::replace(&mut res.title, short);
    let block = Block {
        kind: BlockKind::Paragraph(title),
        span: frame.span,
        attrs: crate::deck::Attrs::default(),
        step: 0,
    };
    res.slots.body.insert(0, block);
    if matches!(
        res.layout,
        Layout::Title | Layout::Section | Layout::Statement | Layout::Closing | Layout::Code
    ) {
        res.layout = Layout::Bullets;
    }
    res
}

/// The layout of what is left of a slide.
fn layout_of(tail: &Frame) -> Layout {
    let slots = &tail.slots;
    match tail.layout {
        Layout::Factor | Layout::Quote | Layout::Agenda => tail.layout,
        Layout::Statement if tail.title.is_empty() => tail.layout,
        Layout::Timeline
            if slots
                .body
                .iter()
                .any(|block| block.attrs.has(dates::TIMELINE)) =>
        {
            tail.layout
        }
        Layout::TwoColumns if !slots.left.is_empty() || !slots.right.is_empty() => tail.layout,
        _ => match slots.body.as_slice() {
            [
                Block {
                    kind: BlockKind::Table(_),
                    ..
                },
            ] => Layout::Table,
            [
                Block {
                    kind: BlockKind::Code(_),
                    ..
                },
            ] => Layout::Code,
            _ => Layout::Bullets,
        },
    }
}

/// Both columns go on side by side; one that is left over alone has a slide's
/// whole width.
fn column_halves(
    frame: &Frame,
    sheet: &Sheet,
    rung: Rung,
    cap: f64,
    head: &mut Frame,
    tail: &mut Frame,
) -> Option<Cut> {
    let (front, settings, height) = fit::two_columns(frame, sheet, rung);
    let slots = &frame.slots;
    if front > height * 0.6 {
        // What stands in front takes a slide of its own, as far as it goes.
        let room = Room {
            left: height * cap,
            page: height,
        };
        let halves = cut::cut(slots.body.clone(), sheet.setting(rung.step), room);
        head.layout = Layout::Bullets;
        head.slots.left = Vec::new();
        head.slots.right = Vec::new();
        head.slots.body = halves.head;
        tail.slots.body = halves.tail;
        let first = slots.left.first().or(slots.right.first())?;
        return Some(halves.cut.unwrap_or(Cut::Before(first.span)));
    }
    let room = Room {
        left: (height - front) * cap,
        page: height - 26.0,
    };
    let side = |blocks: &[Block], at| -> Halves {
        if blocks.is_empty() {
            Halves::default()
        } else {
            cut::with_heading(blocks.to_vec(), at, room)
        }
    };
    let left = side(&slots.left, settings.0);
    let right = side(&slots.right, settings.1);
    let cut = left.cut.or(right.cut)?;
    (head.slots.left, head.slots.right) = (left.head, right.head);
    tail.slots.body = Vec::new();
    match (left.tail.is_empty(), right.tail.is_empty()) {
        (false, false) => (tail.slots.left, tail.slots.right) = (left.tail, right.tail),
        (is_right, _) => {
            tail.slots.body = if is_right { right.tail } else { left.tail };
            tail.slots.left = Vec::new();
            tail.slots.right = Vec::new();
            // As what stood beside it did.
            tail.two = true;
        }
    }
    Some(cut)
}

fn agenda_halves(frame: &Frame, sheet: &Sheet, rung: Rung) -> Option<(Frame, Frame, Cut)> {
    let mut head = frame.clone();
    let mut tail = goes_on(frame);
    let mut n = frame.agenda.len();
    while n > 1 && !fit::fits(&head, sheet, rung) || n == frame.agenda.len() {
        n -= 1;
        head.agenda.truncate(n);
    }
    // Both sides hold about as much.
    let n = n.min(frame.agenda.len().div_ceil(2)).max(1);
    head.agenda.truncate(n);
    tail.agenda.drain(..n);
    tail.slots.body = Vec::new();
    (!tail.agenda.is_empty()).then_some((head, tail, Cut::Before(frame.span)))
}
