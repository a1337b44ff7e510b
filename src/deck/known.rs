//! What a build leaves to the next one.

use std::sync::Arc;

use super::Frame;
use crate::source::Span;

/// A slide as the build before made it.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// Its text, from the break in front of it.
    pub text: Arc<str>,
    /// Where that stood.
    pub at: Span,
    /// What became of it.
    pub frame: Arc<Frame>,
    /// What its id was made of.
    pub base: String,
    /// The fingerprint of the frame.
    pub print: u64,
}

impl Known {
    /// The frame of the same text that stands there now.
    pub fn frame_at(&self, now: Span) -> Arc<Frame> {
        let mut frame = self.frame.clone();
        let bytes = i64::from(now.start) - i64::from(self.at.start);
        if bytes != 0 || now.source != self.at.source {
            Arc::make_mut(&mut frame).move_by(bytes, now);
        }
        frame
    }
}

/// Where a frame comes from.
#[derive(Debug, Clone, Default)]
pub struct Past {
    /// The text of its slide, if nothing but that decides what becomes of it.
    pub text: Option<Span>,
    /// What its id was made of.
    pub base: String,
    /// The slide of the build before that it was taken from.
    pub known: Option<Arc<Known>>,
}
