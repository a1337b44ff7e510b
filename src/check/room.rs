//! The room and the time: what can be read from the last row, and in how long.

use std::sync::Arc;

use super::inspect::Seen;
use super::text;
use crate::deck::{BlockKind, Frame, Layout};
use crate::diag::Diagnostics;
use crate::layout;

/// Where a talk is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A meeting room: the last row is near.
    Small,
    /// A hall.
    Hall,
}

impl Room {
    /// The room of a word.
    pub fn named(word: &str) -> Option<Room> {
        match word {
            "small" => Some(Room::Small),
            "hall" => Some(Room::Hall),
            _ => None,
        }
    }

    /// The smallest type that can be read from the last row, in slide units of
    /// which a slide is 720 high: DIN 19045 asks letters of a fiftieth of the
    /// picture's height where the last row is six times that height away, and
    /// type is about one and a half times as high as its letters.
    fn type_size(self) -> u32 {
        match self {
            Room::Small => 18,
            Room::Hall => 24,
        }
    }

    fn n_words(self) -> usize {
        match self {
            Room::Small => 75,
            Room::Hall => 50,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Room::Small => "a small room",
            Room::Hall => "a hall",
        }
    }
}

/// Seconds below which a slide is not looked at.
const LEAST_SECONDS: u32 = 20;

/// Type that is too small for the room.
pub fn small_type(diags: &mut Diagnostics, seen: &Seen, room: Option<Room>) {
    let room = room.unwrap_or(Room::Small);
    for frame in &seen.plan.frames {
        let body = layout::body_size(seen.theme, frame.fit);
        if body < room.type_size() {
            diags.small_type(frame.span, body, room.type_size(), room.name());
            continue;
        }
        let small = body * 8 / 10;
        let asked = text::attributes(frame)
            .into_iter()
            .find(|(attrs, _)| attrs.has("small"));
        if let Some((_, span)) = asked.filter(|_| small < room.type_size()) {
            diags.small_type(span, small, room.type_size(), room.name());
        }
    }
}

/// More words than are read.
pub fn too_many_words(diags: &mut Diagnostics, seen: &Seen, room: Option<Room>) {
    let most = room.unwrap_or(Room::Small).n_words();
    for frame in &seen.plan.frames {
        let lines = text::lines(frame);
        let n_words: usize = lines
            .iter()
            .map(|(line, _)| text::n_words(&text::prose(line)))
            .sum();
        // Slides that do not fit or go on hear of it in other words.
        if n_words > most && !frame.crowded && frame.part.is_none() {
            diags.too_many_words(frame.span, n_words, most);
        }
    }
}

/// Too many slides for the time, and more minutes on them than there are.
pub fn time(diags: &mut Diagnostics, seen: &Seen) {
    let Some(minutes) = &seen.settings.minutes else {
        return;
    };
    let Ok(all) = seen.plan.head.minutes.parse::<f64>() else {
        return;
    };
    let frames = &seen.plan.frames;
    let n_slides = frames.iter().filter(|frame| is_looked_at(frame)).count();
    if n_slides > 0 {
        let seconds = (all * 60.0 / n_slides as f64) as u32;
        if seconds < LEAST_SECONDS {
            diags.too_little_time(minutes.span, n_slides, seconds);
        }
    }
    let sum = minutes_of(frames);
    if sum > all {
        diags.minutes_exceeded(minutes.span, &sum.to_string(), &all.to_string());
    }
}

fn is_looked_at(frame: &Frame) -> bool {
    !matches!(
        frame.layout,
        Layout::Title | Layout::Agenda | Layout::Section | Layout::Closing
    )
}

/// A section's minutes are for all slides up to the next one.
fn minutes_of(frames: &[Arc<Frame>]) -> f64 {
    let mut is_covered = false;
    let mut sum = 0.0;
    for frame in frames {
        let own: f64 = frame.minutes.parse().unwrap_or(0.0);
        if frame.layout == Layout::Section {
            is_covered = own > 0.0;
            sum += own;
        } else if !is_covered {
            sum += own;
        }
    }
    sum
}

/// Whether a slide holds a chart.
pub fn has_chart(frame: &Frame) -> bool {
    text::blocks(frame)
        .iter()
        .any(|block| matches!(block.kind, BlockKind::Chart(_)))
}
