//! Findings that an author lets pass: `<!-- allow: missing-alt -->`.

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Span;

/// One code of an allow comment and how far it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The code as written.
    pub code: String,
    /// Where the code stands in the comment.
    pub at: Span,
    /// What to take away when nothing needs it: the comment, or the code with
    /// the comma beside it.
    pub whole: Span,
    /// The slide it stands on, its front matter included.
    pub slide: Span,
    /// The block below it, if it does not hold for the whole slide.
    pub below: Option<Span>,
}

impl Allowed {
    fn covers(&self, found: &Diagnostic) -> bool {
        let Some(span) = found.span.filter(|_| found.code == self.code) else {
            return false;
        };
        if span.source != self.slide.source || found.severity == Severity::Error {
            return false;
        }
        let lies_in = |place: Span| place.start <= span.start && span.start < place.end.max(1);
        // A finding about the slide as a whole cannot be given to one of its blocks.
        let is_wide =
            |below: Span| span.start <= below.start && below.end <= span.end && span != below;
        lies_in(self.slide)
            && self
                .below
                .is_none_or(|below| lies_in(below) || is_wide(below))
            || span.start == self.slide.end && self.below.is_none()
    }
}

impl Diagnostics {
    /// Notes that an author lets findings pass.
    pub fn allow(&mut self, allowed: Allowed) {
        self.allowed.push(allowed);
    }

    /// Whether a finding is let pass. An error never is: the deck is not what
    /// its author believes it to be.
    pub fn allows(&self, found: &Diagnostic) -> bool {
        self.allowed.iter().any(|allowed| allowed.covers(found))
    }

    /// Reports what was allowed and not found; `unchecked` are the codes nobody
    /// looked for.
    pub fn report_unused(&mut self, unchecked: &[&str]) {
        let is_used = |allowed: &Allowed| self.list.iter().any(|found| allowed.covers(found));
        let unused: Vec<Allowed> = self
            .allowed
            .iter()
            .filter(|allowed| super::explain::is_code(&allowed.code))
            .filter(|allowed| !unchecked.contains(&allowed.code.as_str()) && !is_used(allowed))
            .cloned()
            .collect();
        for allowed in unused {
            self.unused_allow(allowed.at, &allowed.code, allowed.whole);
        }
    }
}
