//! The slides of the build before, by their text: after an edit of one slide,
//! one slide is read, laid out and checked.
//!
//! A slide is kept only if nothing outside of its text decides what becomes of
//! it but what [`Kept::made_of`] stands for, and if no fault was found with it:
//! then its frame is all there is to say. The first slides of a file and the
//! last ones are never kept, as they are told apart by their place.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::deck::{Known, Layout, Plan};
use crate::diag::Diagnostics;
use crate::source::Sources;

/// Slides at the start and at the end of a file that are made anew each time:
/// title and closing slide, and empty ones beside them.
pub const EDGE: usize = 4;

/// What a slide's text must not hold, as it would be about something that stands
/// elsewhere: footnotes, variables, files; and what is said to the checks.
const NOT_ALONE: [&str; 6] = ["[^", "{{", "src=", "include", "allow:", "update:"];

/// The slides of one build.
#[derive(Debug, Default)]
pub struct Kept {
    slides: HashMap<Arc<str>, Arc<Known>, RandomState>,
    made_of: u64,
}

impl Kept {
    /// The slide of a text, from the break in front of it to the next one.
    pub fn get(&self, text: &str) -> Option<&Arc<Known>> {
        self.slides.get(text)
    }

    /// Fingerprint of whatever else all slides are made of.
    pub fn made_of(&self) -> u64 {
        self.made_of
    }

    /// Keeps the slides of a build that may be kept; `prints` are the
    /// fingerprints of its frames.
    pub fn of(
        made_of: u64,
        plan: &Plan,
        prints: &[u64],
        diags: &Diagnostics,
        sources: &Sources,
    ) -> Kept {
        let mut slides = HashMap::default();
        // Where there are too many faults to remember, no slide is known to have none.
        let Some(faulty) = diags.starts() else {
            return Kept { slides, made_of };
        };
        slides.reserve(plan.frames.len());
        for ((frame, past), print) in plan.frames.iter().zip(&plan.pasts).zip(prints) {
            let Some(at) = past.text else { continue };
            let mut faults = faulty.range((at.source, at.start)..=(at.source, at.end));
            let is_whole = frame.part.is_none() && frame.layout != Layout::Agenda;
            if faults.next().is_some() || !is_whole {
                continue;
            }
            let is_same = |known: &&Arc<Known>| Arc::ptr_eq(&known.frame, frame) && known.at == at;
            let known = match past.known.as_ref().filter(is_same) {
                Some(known) => known.clone(),
                None => Arc::new(Known {
                    text: match &past.known {
                        Some(known) => known.text.clone(),
                        None => Arc::from(sources.get(at.source).slice(at)),
                    },
                    at,
                    frame: frame.clone(),
                    base: past.base.clone(),
                    print: *print,
                }),
            };
            slides.entry(known.text.clone()).or_insert(known);
        }
        Kept { slides, made_of }
    }
}

/// Whether a slide of this text may be kept at all.
pub fn stands_alone(text: &str) -> bool {
    !NOT_ALONE.iter().any(|mark| text.contains(mark))
}
