//! What is wrong with the settings of how slides follow each other.

use super::or_listed;
use crate::diag::Diagnostics;
use crate::source::Span;

impl Diagnostics {
    /// A word for `transition` that is none of the known ones.
    ///
    /// The slide follows the one before as others do.
    pub fn unknown_transition(&mut self, span: Span, word: &str, known: &[&str]) {
        self.warn(
            "unknown-transition",
            span,
            format!("unknown value `{word}` of `transition`"),
        )
        .help(or_listed(word, known));
    }

    /// A word for `optional` that says neither yes nor no.
    ///
    /// The slide is then one that has to be shown.
    pub fn unknown_optional(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-optional",
            span,
            format!("unknown value `{word}` of `optional`"),
        )
        .help("write `optional: true` on a slide that may be left out");
    }
}
