//! What is wrong with diagrams that are drawn.

use super::or_listed;
use crate::diag::Diagnostics;
use crate::source::Span;

impl Diagnostics {
    /// A diagram that cannot be drawn.
    ///
    /// The slide shows its text instead. The place is that of the line that is not understood.
    pub fn bad_diagram(&mut self, span: Span, fault: &str) {
        self.warn(
            "bad-diagram",
            span,
            format!("this diagram cannot be drawn: {fault}"),
        )
        .help("the slide shows its text; write `text` behind the fence if that is meant");
    }

    /// A diagram whose type is too small to be read.
    ///
    /// A drawing is as large as its room allows: the more is in it, the smaller is its type. Less than
    /// 20 of the 720 units of a slide's height is not read from the last row.
    pub fn small_diagram(&mut self, span: Span, size: u32, better: Option<&str>) {
        let turn = better.map_or(String::new(), |direction| {
            format!("write `{direction}` for its direction, ")
        });
        self.warn(
            "small-diagram",
            span,
            format!("the type of this diagram is {size} units high, and 20 can be read from the last row"),
        )
        .help(format!(
            "{turn}give it a slide of its own, shorten its words, or split it"
        ));
    }

    /// A word that a diagram's setting does not know.
    ///
    /// The setting does not count.
    pub fn unknown_diagram_word(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-diagram-word",
            span,
            format!("a diagram cannot be `{word}` wide"),
        )
        .help("write a part of the room, such as `60%`");
    }

    /// A setting that diagrams do not have.
    ///
    /// It changes nothing.
    pub fn unknown_diagram_key(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn(
            "unknown-diagram-key",
            span,
            format!("a diagram has no setting `{key}`"),
        )
        .help(or_listed(key, known));
    }
}
