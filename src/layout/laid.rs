//! Slides between the first and the last step of their layout, and those of the
//! build before that need neither.

use std::sync::Arc;

use super::assets::Finder;
use super::ids::Ids;
use crate::deck::{Frame, Known, Past};
use crate::diag::Diagnostics;
use crate::source::Span;

/// A slide on its way to being shown.
pub struct Laid {
    /// As far as it has come.
    pub frame: Arc<Frame>,
    /// Where it comes from.
    pub past: Past,
}

impl Laid {
    /// Whether the build before has done all that is to be done.
    pub fn is_done(&self) -> bool {
        self.past.known.is_some()
    }
}

/// A slide of the build before where it stands now; `None` if one of its
/// pictures has changed, as its layout may then.
pub fn taken(
    diags: &mut Diagnostics,
    finder: &mut Finder<'_>,
    ids: &mut Ids,
    known: Arc<Known>,
    now: Span,
) -> Option<Laid> {
    let mut frame = known.frame_at(now);
    if !frame.assets.is_empty() && finder.all_of(diags, &frame) != frame.assets {
        return None;
    }
    let id = ids.unique(&known.base);
    if id != frame.id {
        Arc::make_mut(&mut frame).id = id;
    }
    let past = Past {
        text: Some(now),
        base: known.base.clone(),
        known: Some(known),
    };
    Some(Laid { frame, past })
}
