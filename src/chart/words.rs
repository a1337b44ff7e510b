//! A chart for those who cannot see it: a sentence, and the numbers as a table.

use super::draw::figure;
use super::number::written;
use crate::deck::chart::{Chart, ChartKind, NumberStyle};
use crate::escape::escape;

/// Numbers up to which the sentence names them all.
const MAX_SAID: usize = 12;

/// The text alternative: the author's, or one made from the data.
pub fn alternative(chart: &Chart) -> String {
    if !chart.alt.is_empty() {
        return chart.alt.clone();
    }
    let mut res = chart.kind.words().to_string();
    if !chart.title.is_empty() {
        res += &format!(": {}", chart.title);
    }
    let count = chart.names.len() * chart.series.len();
    if chart.kind == ChartKind::Scatter {
        let of = |at: usize| {
            chart
                .series
                .get(at)
                .map_or("", |series| series.name.as_str())
        };
        return res + &format!(". {} points, {} by {}", chart.names.len(), of(1), of(0));
    }
    for series in &chart.series {
        res += ". ";
        if !series.name.is_empty() {
            res += &format!("{}: ", series.name);
        }
        let known: Vec<(&str, f64)> = chart
            .names
            .iter()
            .zip(&series.values)
            .filter_map(|(name, value)| Some((name.as_str(), (*value)?.get())))
            .collect();
        let say = |(name, value): &(&str, f64)| format!("{name} {}", figure(chart, *value));
        if count <= MAX_SAID {
            res += &known.iter().map(say).collect::<Vec<_>>().join(", ");
            continue;
        }
        let by = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
        let ends = [known.first(), known.last()].map(|end| end.map_or_else(String::new, say));
        let reach = [known.iter().min_by(by), known.iter().max_by(by)]
            .map(|end| end.map_or_else(String::new, say));
        res += &format!(
            "from {} to {}, lowest {}, highest {}",
            ends[0], ends[1], reach[0], reach[1]
        );
    }
    res
}

/// The numbers as a table that only screen readers meet.
pub fn table(chart: &Chart) -> String {
    let mut res = String::from("<div class=\"unseen\"><table><thead><tr>");
    let cell = |res: &mut String, tag: &str, text: &str| {
        let (tag, end) = if text.is_empty() && tag.starts_with("th") {
            ("td", "td")
        } else {
            (tag, &tag[..2])
        };
        *res += &format!("<{tag}>");
        escape(res, text);
        *res += &format!("</{end}>");
    };
    let has_groups = chart.groups.iter().any(|group| !group.is_empty());
    cell(&mut res, "th scope=\"col\"", &chart.names_title);
    for series in &chart.series {
        cell(&mut res, "th scope=\"col\"", &series.name);
    }
    if has_groups {
        cell(&mut res, "th scope=\"col\"", "");
    }
    res += "</tr></thead><tbody>";
    let bare = NumberStyle {
        before: String::new(),
        behind: String::new(),
        ..chart.numbers.clone()
    };
    for (row, name) in chart.names.iter().enumerate() {
        res += "<tr>";
        cell(&mut res, "th scope=\"row\"", name);
        for series in &chart.series {
            let value = series.values.get(row).copied().flatten();
            let text = value.map_or_else(String::new, |value| match chart.kind {
                ChartKind::Scatter => written(value.get(), bare.digits, &bare),
                _ => figure(chart, value.get()),
            });
            cell(&mut res, "td", &text);
        }
        if has_groups {
            cell(&mut res, "td", &chart.groups[row]);
        }
        res += "</tr>";
    }
    res + "</tbody></table></div>"
}
