//! What the fit ladder did, and what it could not do.

use crate::diag::Diagnostics;
use crate::source::Span;

const SPLIT_IT: &str = "split it with a line `---`, or move part of it into the notes";

impl Diagnostics {
    /// A word for `fit` that is none of the known ones.
    ///
    /// The slide is fitted as if nothing were said.
    pub fn unknown_fit(&mut self, span: Span, word: &str, known: &[&str]) {
        let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        self.warn(
            "unknown-fit",
            span,
            format!("unknown value `{word}` of `fit`"),
        )
        .help(format!("write {}, or leave it out", known.join(", ")));
    }

    /// A slide that is set in the smallest type, or in two columns, so that it fits.
    ///
    /// Nothing is wrong with it, but it is full. What is set closer or a little smaller is not told.
    pub fn fit_shrunk(&mut self, span: Span, size: u32, is_two: bool) {
        let columns = if is_two { " and in two columns" } else { "" };
        self.note(
            "fit-shrunk",
            span,
            format!("this slide is full: its text is set in {size} units{columns}"),
        )
        .help("a slide with less on it is read from further away");
    }

    /// A slide that is shown as several, as not all of it fits on one.
    ///
    /// Where it goes on is a good place of the program's choosing; yours may be better. `--fix`
    /// writes it into the source where a break and the heading again are all that is needed.
    pub fn fit_split(&mut self, span: Span, n_parts: usize, breaks: &[(Span, String)]) {
        let found = self.note(
            "fit-split",
            span,
            format!("more stands on this slide than fits: it is shown as {n_parts}"),
        );
        found.help("to say where it goes on, write a line `---` and the heading again there");
        for (at, text) in breaks {
            found.put(*at, text);
        }
    }

    /// More on a slide than fits, where `fit: strict` lets nothing be done.
    ///
    /// With any other word, or without `fit`, it would be set closer and smaller, and go on on another slide.
    pub fn fit_overflow(&mut self, span: Span) {
        self.error(
            "fit-overflow",
            span,
            "more stands on this slide than fits, and `fit: strict` lets nothing be done",
        )
        .help(SPLIT_IT);
    }

    /// More on a slide than fits at the smallest readable size, for all that may be done.
    ///
    /// It is estimated while the deck is built, and measured while it is watched or with `--browser`.
    /// What stands outside can be scrolled to.
    pub fn too_much_text(&mut self, span: Span) {
        self.warn(
            "too-much-text",
            span,
            "more stands on this slide than can be read from the last row",
        )
        .help(SPLIT_IT);
    }

    /// A browser had to set a slide smaller than the smallest readable size,
    /// to `scale` hundredths of it; 0 if it has to be scrolled.
    pub fn does_not_fit(&mut self, span: Span, scale: u16) {
        let message = match scale {
            0 => "this slide has to be scrolled to see all of it".to_string(),
            _ => format!("this slide fits only at {scale} % of the smallest readable size"),
        };
        self.warn("too-much-text", span, message).help(SPLIT_IT);
    }
}
