//! Titles and headings: what one finds a slide by, and one's way on it.

use std::collections::BTreeMap;

use super::inspect::Seen;
use super::text;
use crate::deck::{BlockKind, Frame, Layout, plain_text};
use crate::diag::Diagnostics;

/// Slides that should have a title and have none.
pub fn missing_titles(diags: &mut Diagnostics, seen: &Seen) {
    for frame in &seen.plan.frames {
        let speaks_for_itself = matches!(
            frame.layout,
            Layout::Quote | Layout::Statement | Layout::BigFigure | Layout::Picture
        );
        let has_text = !text::blocks(frame).is_empty();
        let goes_on = frame.part.is_some_and(|part| part.number > 1);
        if frame.title.is_empty() && !speaks_for_itself && has_text && !goes_on {
            diags.missing_title(frame.span);
        }
    }
}

/// Titles that two slides have that do not stand in a row.
pub fn repeated_titles(diags: &mut Diagnostics, seen: &Seen) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut before = String::new();
    for (frame, number) in seen.plan.frames.iter().zip(1..) {
        let title = plain_text(&frame.title);
        let folded = title.to_lowercase();
        let is_part = matches!(
            frame.layout,
            Layout::Title | Layout::Agenda | Layout::Section | Layout::Closing
        );
        if !is_part && !folded.is_empty() {
            match first.get(&folded) {
                Some(other) if folded != before => {
                    diags.repeated_title(frame.span, &title, *other);
                }
                Some(_) => {}
                None => {
                    first.insert(folded.clone(), number);
                }
            }
        }
        before = folded;
    }
}

/// Headings below the title that leave a level out, or are as high as it.
pub fn order(diags: &mut Diagnostics, seen: &Seen) {
    for frame in &seen.plan.frames {
        headings(diags, seen, frame);
    }
}

fn headings(diags: &mut Diagnostics, seen: &Seen, frame: &Frame) {
    const TITLE: u8 = 2;
    let mut before = TITLE;
    for block in text::blocks(frame) {
        let BlockKind::Heading { level, .. } = block.kind else {
            continue;
        };
        let wanted = level.clamp(TITLE + 1, before + 1);
        before = wanted;
        let source = seen.sources.get(block.span.source);
        let written = source.slice(block.span);
        let n_marks = written.len() - written.trim_start_matches('#').len();
        // Where slides begin at another level all headings are moved along.
        let wanted_marks = (n_marks + usize::from(wanted)).saturating_sub(usize::from(level));
        if wanted == level || n_marks == 0 || !(1..=6).contains(&wanted_marks) {
            continue;
        }
        let start = block.span.start as usize;
        let marks = source.at(start, start + n_marks);
        diags.heading_order(marks, &"#".repeat(wanted_marks));
    }
}
