//! What the fit ladder did, and what it could not do.

use crate::diag::Diagnostics;
use crate::source::Span;

const SPLIT_IT: &str = "split it with a line `---`, or move part of it into the notes";

impl Diagnostics {
    /// A word for `fit` that is none of the known ones.
    pub fn unknown_fit(&mut self, span: Span, word: &str, known: &[&str]) {
        let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        self.warn(
            "unknown-fit",
            span,
            format!("unknown value `{word}` of `fit`"),
        )
        .help(format!("write {}, or leave it out", known.join(", ")));
    }

    /// A slide that is set in smaller type, or in two columns, so that it fits.
    /// Only told where nothing smaller is left: `size` is that of its type.
    pub fn fit_shrunk(&mut self, span: Span, size: u32, is_two: bool) {
        let columns = if is_two { " and in two columns" } else { "" };
        self.note(
            "fit-shrunk",
            span,
            format!("this slide is full: its text is set in {size} units{columns}"),
        )
        .help("a slide with less on it is read from further away");
    }

    /// A slide that is shown as several.
    pub fn fit_split(&mut self, span: Span, n_parts: usize) {
        self.note(
            "fit-split",
            span,
            format!("more stands on this slide than fits: it is shown as {n_parts}"),
        )
        .help("to say where it goes on, write a line `---` and the heading again there");
    }

    /// A slide that may not be changed, and does not fit.
    pub fn fit_overflow(&mut self, span: Span) {
        self.error(
            "fit-overflow",
            span,
            "more stands on this slide than fits, and `fit: strict` lets nothing be done",
        )
        .help(SPLIT_IT);
    }

    /// More on a slide than fits at the smallest readable size, for all that may
    /// be done.
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
