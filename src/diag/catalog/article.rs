//! What is wrong with texts that should come from an article.

use crate::diag::Diagnostics;
use crate::source::Span;

fn corrected(instead: Option<&str>, (place, text): (&str, &str)) -> String {
    match instead {
        Some(instead) => format!("write `{instead}`, as {place} does: {text}"),
        None => format!("compare {place}: {text}"),
    }
}

impl Diagnostics {
    /// A text on a slide that no sentence of the article has.
    ///
    /// Only asked for by `--against`. A text is proven when its words are those of one sentence, in their
    /// order.
    pub fn not_in_article(&mut self, span: Span, words: &[String], nearest: Option<(&str, &str)>) {
        let words: Vec<String> = words
            .iter()
            .take(6)
            .map(|word| format!("`{word}`"))
            .collect();
        let own = "or write `-` for its place in `from` if it is your own";
        let help = match nearest {
            Some((place, text)) => {
                format!(
                    "use the words of one sentence in their order, {own}; nearest is {place}: {text}"
                )
            }
            None => format!("use the words of one sentence in their order, {own}"),
        };
        let words = words.join(", ");
        self.warn(
            "not-in-article",
            span,
            format!("no sentence of the article has {words} here"),
        )
        .help(help);
    }

    /// A number that the article does not have there.
    ///
    /// Only asked for by `--against`. The sentence has most of the words, and another number.
    pub fn number_differs(
        &mut self,
        span: Span,
        number: &str,
        instead: Option<&str>,
        nearest: (&str, &str),
    ) {
        self.warn(
            "number-differs",
            span,
            format!("the article does not say `{number}` here"),
        )
        .help(corrected(instead, nearest));
    }

    /// A name that the article does not have there.
    ///
    /// Only asked for by `--against`. The sentence has most of the words, and another name.
    pub fn name_differs(
        &mut self,
        span: Span,
        name: &str,
        instead: Option<&str>,
        nearest: (&str, &str),
    ) {
        self.warn(
            "name-differs",
            span,
            format!("the article does not name `{name}` here"),
        )
        .help(corrected(instead, nearest));
    }
}
