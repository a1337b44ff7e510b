//! What is wrong with charts and diagrams.

use super::or_listed;
use crate::diag::Diagnostics;
use crate::source::Span;

impl Diagnostics {
    /// A diagram written as text.
    pub fn undrawn_diagram(&mut self, span: Span, lang: &str) {
        self.warn(
            "undrawn-diagram",
            span,
            format!("diagrams in `{lang}` are not drawn yet; the slide shows the text"),
        )
        .help(
            "draw it with its own tool and put the picture here, or write `text` to show the text",
        );
    }

    /// A chart without a number to draw.
    pub fn empty_chart(&mut self, span: Span) {
        self.warn("empty-chart", span, "there is no number to draw in this chart")
            .help("write a row for each name, such as `2024, 12`, or put one table between `::: chart` and `:::`");
    }

    /// A cell that cannot be drawn; it is left out.
    pub fn bad_chart_value(&mut self, span: Span, text: &str, fault: &str) {
        self.warn("bad-chart-value", span, format!("`{text}` {fault}"))
            .help("write a number such as `1234.5`, or `-` where none is known");
    }

    /// A row with more cells than the chart has columns.
    pub fn bad_chart_row(&mut self, span: Span, found: usize, wanted: usize) {
        self.warn(
            "bad-chart-row",
            span,
            format!("this row has {found} cells, the first has {wanted}"),
        )
        .help("put quotes around a cell with a comma in it, or separate cells by `;`");
    }

    /// A file of data that cannot be had.
    pub fn missing_chart_data(&mut self, span: Span, href: &str, fault: &str) {
        self.warn(
            "missing-chart-data",
            span,
            format!("the data `{href}` cannot be read: {fault}"),
        )
        .help("name a CSV file in the deck's folder");
    }

    /// More than can be read on a slide; the rest is left out.
    pub fn crowded_chart(&mut self, span: Span, found: usize, what: &str, most: usize) {
        self.warn(
            "crowded-chart",
            span,
            format!("this chart has {found} {what}, and only {most} can be read from the last row"),
        )
        .help("take the smallest together, or split the chart");
    }

    /// A word that a chart's setting does not know.
    pub fn unknown_chart_word(&mut self, span: Span, word: &str, known: &[&str]) {
        self.warn(
            "unknown-chart-word",
            span,
            format!("a chart does not know `{word}`"),
        )
        .help(or_listed(word, known));
    }

    /// A setting that charts do not have.
    pub fn unknown_chart_key(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn(
            "unknown-chart-key",
            span,
            format!("a chart has no setting `{key}`"),
        )
        .help(or_listed(key, known));
    }
}
