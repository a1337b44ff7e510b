//! Charts as figures of a slide.

use crate::chart;
use crate::deck::chart::Chart;
use crate::escape::escape;

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
