//! What the speaker has: notes, and steps that come when they are called.

use super::all_blocks;
use super::inspect::Seen;
use crate::deck::{Attrs, Block, BlockKind, Inline, Layout};
use crate::diag::Diagnostics;
use crate::source::Span;

/// Slides without notes in a deck that has them.
pub fn missing_notes(diags: &mut Diagnostics, seen: &Seen) {
    let is_talk = |layout: Layout| {
        !matches!(
            layout,
            Layout::Title | Layout::Agenda | Layout::Section | Layout::Closing
        )
    };
    let frames = || {
        seen.plan
            .frames
            .iter()
            .filter(|frame| is_talk(frame.layout))
    };
    let n_with = frames().filter(|frame| !frame.notes.is_empty()).count();
    let n_all = frames().count();
    if n_with < 3 || n_with * 3 < n_all * 2 {
        return;
    }
    for frame in frames().filter(|frame| frame.notes.is_empty()) {
        diags.missing_notes(frame.span);
    }
}

/// Parts of the notes for steps that never come.
pub fn unreached_notes(diags: &mut Diagnostics, seen: &Seen) {
    for frame in &seen.plan.frames {
        let late = all_blocks(&frame.notes)
            .into_iter()
            .find(|block| block.step > frame.steps);
        if let Some(block) = late {
            diags.unreached_notes(block.span, block.step, frame.steps);
        }
    }
}

/// What appears when that in which it stands is gone.
pub fn hidden_steps(diags: &mut Diagnostics, seen: &Seen) {
    for frame in &seen.plan.frames {
        let slots = &frame.slots;
        for blocks in [&slots.body, &slots.left, &slots.right] {
            in_blocks(diags, blocks, u16::MAX);
        }
    }
}

fn in_blocks(diags: &mut Diagnostics, blocks: &[Block], until: u16) {
    for block in blocks {
        let until = within(diags, &block.attrs, block.step, block.span, until);
        match &block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => {
                in_line(diags, body, block.span, until);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    let until = within(diags, &item.attrs, item.step, item.span, until);
                    in_blocks(diags, &item.blocks, until);
                }
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => {
                in_blocks(diags, body, until);
            }
            _ => {}
        }
    }
}

fn in_line(diags: &mut Diagnostics, line: &[Inline], span: Span, until: u16) {
    for inline in line {
        match inline {
            Inline::Span { body, attrs, step } => {
                let until = within(diags, attrs, *step, span, until);
                in_line(diags, body, span, until);
            }
            Inline::Image(image) => {
                within(diags, &image.attrs, image.step, image.span, until);
            }
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. } => in_line(diags, body, span, until),
            _ => {}
        }
    }
}

/// The last step at which something is seen, given that of what it stands in.
fn within(diags: &mut Diagnostics, attrs: &Attrs, step: u16, span: Span, until: u16) -> u16 {
    if step > until {
        diags.hidden_step(span, step, until);
    }
    let own = attrs.steps().ok().flatten().and_then(|(_, until)| until);
    own.map_or(until, |own| own.min(until))
}
