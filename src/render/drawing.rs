//! Charts and diagrams as figures of a slide.
//!
//! Their SVG is ours and never meets the sanitiser, which knows no SVG: a mark
//! stands in their place until it is through. The mark is an element with a
//! quoted attribute, so that no text and no attribute an author writes can
//! hold one where an element could not stand.

use crate::chart;
use crate::deck::chart::Chart;
use crate::escape::escape;

/// Drawings that wait for their place.
#[derive(Debug, Default)]
pub struct Waiting(Vec<String>);

impl Waiting {
    /// Keeps a drawing and gives the mark to write in its place.
    pub fn keep(&mut self, html: String) -> String {
        self.0.push(html);
        mark(self.0.len() - 1)
    }

    /// Puts all drawings into their places.
    pub fn fill_in(&mut self, html: String) -> String {
        let drawings = std::mem::take(&mut self.0);
        drawings
            .into_iter()
            .enumerate()
            .fold(html, |html, (at, drawing)| {
                html.replacen(&mark(at), &drawing, 1)
            })
    }
}

fn mark(at: usize) -> String {
    format!("<i class=\"deckle-drawing-{at}\"></i>")
}

/// A chart: caption, drawing, a narrow drawing for phones, and its numbers.
pub fn chart(chart: &Chart, attributes: &str) -> String {
    let mut res = format!("<figure{attributes}>");
    if !chart.title.is_empty() {
        res += "<figcaption>";
        escape(&mut res, &chart.title);
        res += "</figcaption>";
    }
    res += &chart::svg(chart, chart.room, "wide");
    res += &chart::svg(chart, chart::NARROW, "narrow");
    res += &chart::table(chart);
    res + "</figure>"
}
