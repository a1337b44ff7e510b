//! What is wrong with what a talk asks of its audience: polls.

use crate::diag::Diagnostics;
use crate::source::Span;

impl Diagnostics {
    /// A poll with nothing to choose from.
    ///
    /// It takes two options to choose. The slide shows what there is.
    pub fn empty_poll(&mut self, span: Span, n_options: usize) {
        let found = match n_options {
            0 => "a poll without options",
            _ => "a poll with one option",
        };
        self.warn("empty-poll", span, found)
            .help("write at least two options, each on a line that begins with `- `");
    }

    /// More options than a slide can show and a hand can choose from.
    ///
    /// Whoever hears so many has forgotten the first one when the last one comes.
    pub fn crowded_poll(&mut self, span: Span, n_options: usize, most: usize) {
        self.warn(
            "crowded-poll",
            span,
            format!("a poll with {n_options} options; a slide shows up to {most}"),
        )
        .help("ask two questions, or join the options that few will choose");
    }

    /// A poll that asks nothing.
    ///
    /// Who answers on a phone sees the options alone, without the slide they belong to.
    pub fn poll_without_question(&mut self, span: Span) {
        self.warn("poll-without-question", span, "this poll asks nothing")
            .help("give the slide a heading that asks, or write ```` ```poll question=\"…\" ````");
    }
}
