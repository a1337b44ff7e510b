//! What is wrong with charts and diagrams.

use crate::diag::Diagnostics;
use crate::source::Span;

impl Diagnostics {
    /// A diagram written as text.
    ///
    /// The slide shows the text. Draw it with its own tool and put the picture there.
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
    ///
    /// Its place stays empty.
    pub fn empty_chart(&mut self, span: Span) {
        self.warn("empty-chart", span, "there is no number to draw in this chart")
            .help("write a row for each name, such as `2024, 12`, or put one table between `::: chart` and `:::`");
    }

    /// A cell of a chart that cannot be drawn.
    ///
    /// It is left out. Numbers may have thousands set apart, a unit and a currency.
    pub fn bad_chart_value(&mut self, span: Span, text: &str, fault: &str) {
        self.warn("bad-chart-value", span, format!("`{text}` {fault}"))
            .help("write a number such as `1234.5`, or `-` where none is known");
    }

    /// A row of a chart with more cells than it has columns.
    ///
    /// What is too much is left out. A comma within a cell needs quotes around it.
    pub fn bad_chart_row(&mut self, span: Span, found: usize, wanted: usize) {
        self.warn(
            "bad-chart-row",
            span,
            format!("this row has {found} cells, the first has {wanted}"),
        )
        .help("put quotes around a cell with a comma in it, or separate cells by `;`");
    }

    /// A file of data that cannot be had.
    ///
    /// Paths start at the deck's folder and may not leave it.
    pub fn missing_chart_data(&mut self, span: Span, href: &str, fault: &str) {
        self.warn(
            "missing-chart-data",
            span,
            format!("the data `{href}` cannot be read: {fault}"),
        )
        .help("name a CSV file in the deck's folder");
    }

    /// More in a chart than can be read on a slide.
    ///
    /// The rest is left out.
    pub fn crowded_chart(&mut self, span: Span, found: usize, what: &str, most: usize) {
        self.warn(
            "crowded-chart",
            span,
            format!("this chart has {found} {what}, and only {most} can be read from the last row"),
        )
        .help("take the smallest together, or split the chart");
    }

    /// A word that a chart's setting does not know.
    ///
    /// The setting does not count.
    pub fn unknown_chart_word(&mut self, span: Span, word: &str, known: &[&str]) {
        self.warn(
            "unknown-chart-word",
            span,
            format!("a chart does not know `{word}`"),
        )
        .meant(word, known);
    }

    /// A setting that charts do not have.
    ///
    /// It changes nothing.
    pub fn unknown_chart_key(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn(
            "unknown-chart-key",
            span,
            format!("a chart has no setting `{key}`"),
        )
        .meant(key, known);
    }
}
