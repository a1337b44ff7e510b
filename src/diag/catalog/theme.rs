//! What is wrong with themes and colours.

use crate::diag::{Diagnostics, Severity};
use crate::source::Span;

impl Diagnostics {
    /// A theme that is nowhere.
    ///
    /// The deck is shown in the usual one. A theme is one that comes with the program, or a folder with
    /// a `theme.yaml` in the deck's folder.
    pub fn unknown_theme(&mut self, span: Option<Span>, name: &str, known: &[&str]) {
        self.add(
            "unknown-theme",
            Severity::Warning,
            span,
            format!("there is no theme `{name}`"),
        )
        .meant(name, known);
    }

    /// A `theme.yaml` that cannot be read, or that lacks something.
    ///
    /// The deck is shown in another theme. See themes/README.md.
    pub fn bad_theme(&mut self, span: Span, words: &str) {
        self.error("bad-theme", span, format!("theme cannot be used: {words}"))
            .help("compare it with the themes that come with the program (see themes/README.md)");
    }

    /// A colour of a `theme.yaml` that is none.
    ///
    /// A usual one is taken in its place.
    pub fn bad_theme_colour(&mut self, span: Span, word: &str) {
        self.warn(
            "bad-theme-colour",
            span,
            format!("`{word}` is not a colour"),
        )
        .help("write it as in CSS: `#0a7d5a`, `teal`, `oklch(60% 0.15 160)`");
    }

    /// Not a CSS colour.
    ///
    /// An accent or background that cannot be read is left out.
    pub fn bad_colour(&mut self, span: Span, word: &str) {
        self.warn("bad-colour", span, format!("`{word}` is not a colour"))
            .help("write it as in CSS: `#0a7d5a`, `teal`, `oklch(60% 0.15 160)`");
    }
}
