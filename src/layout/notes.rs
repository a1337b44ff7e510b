//! How much room the footnotes of a slide take, and where they stand if that is
//! more than a slide has.

use super::fit::Sheet;
use super::height;
use super::resume;
use crate::deck::{Attrs, Block, BlockKind, Frame, Inline, Item, Layout, List, Sign};
use crate::measure::Weight;
use crate::source::Span;

/// Size of their type.
const SIZE: f64 = 16.0;
/// Lines of footnotes beyond which nothing else has room on a slide.
pub const MOST: u32 = 10;

/// Lines that footnotes take on a slide of this width.
pub fn lines(notes: &[Vec<Inline>], slide_width: u32) -> u32 {
    let columns = (f64::from(slide_width) * 7.0 / 8.0 + 24.0) * 8.0 / 12.0 - 24.0;
    // The number in front of each stands in its margin.
    let width = columns - 1.6 * SIZE;
    let each = notes
        .iter()
        .map(|note| height::text(note, SIZE, Weight::Regular, width).max(1.0) as u32);
    each.fold(0, u32::saturating_add)
}

/// Makes text of footnotes that no slide has room for, and tells the style sheet
/// how many lines the others take.
pub fn place(frame: &mut Frame, sheet: &Sheet) {
    if lines(&frame.footnotes, sheet.size.0) > MOST {
        into_text(frame);
    }
    tell(frame, sheet.size.0);
}

/// Tells the style sheet how many lines the footnotes of a slide take.
pub fn tell(frame: &mut Frame, slide_width: u32) {
    let rules = frame.style.split(';');
    let rules = rules.filter(|rule| !rule.is_empty() && !rule.starts_with("--notes:"));
    let mut rules: Vec<String> = rules.map(String::from).collect();
    let n_lines = lines(&frame.footnotes, slide_width);
    if n_lines > 0 {
        rules.push(format!("--notes:{n_lines}"));
    }
    frame.style = rules.join(";");
}

/// Sets the footnotes as a list behind everything else, where they go on as any
/// list does. Their marks become numbers: there is no foot to lead to.
fn into_text(frame: &mut Frame) {
    let slots = &mut frame.slots;
    let target = match frame.layout {
        Layout::TwoColumns => &mut slots.right,
        Layout::Bullets
        | Layout::Factor
        | Layout::Chart
        | Layout::Table
        | Layout::Code
        | Layout::Timeline => &mut slots.body,
        Layout::Title
        | Layout::Agenda
        | Layout::Section
        | Layout::Statement
        | Layout::Quote
        | Layout::BigFigure
        | Layout::Picture
        | Layout::Closing => return,
    };
    // Written nowhere as it now stands, so a break could not be written there either.
    let span = Span {
        start: frame.span.end.saturating_sub(1),
        ..frame.span
    };
    let block = |kind| Block {
        kind,
        span,
        attrs: Attrs::default(),
        step: 0,
    };
    let items = std::mem::take(&mut frame.footnotes)
        .into_iter()
        .map(|note| Item {
            blocks: vec![block(BlockKind::Paragraph(note))],
            task: None,
            attrs: Attrs::default(),
            step: 0,
            span,
        });
    let list = List {
        start: Some(1),
        tight: true,
        terms: false,
        items: items.collect(),
    };
    target.push(block(BlockKind::List(list)));
    if matches!(
        frame.layout,
        Layout::Table | Layout::Code | Layout::Timeline
    ) {
        frame.layout = Layout::Bullets;
    }
    resume::each_sign(frame, &mut |inline| {
        if let Inline::Sign(Sign::Note { number, .. }) = inline {
            *inline = Inline::Span {
                body: vec![Inline::Text(number.to_string())],
                attrs: Attrs::of_class("sup"),
                step: 0,
            };
        }
    });
}
