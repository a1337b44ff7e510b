//! A chart for those who cannot see it: a sentence, and the numbers as a table.

use super::draw::figure;
use super::number::written;
use crate::deck::chart::{Amount, Chart, ChartKind, NumberStyle};
use crate::deck::{Align, Inline, Table};
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

/// The numbers as rows of text below the names of their columns; each row
/// begins with its name.
fn rows(chart: &Chart) -> (Vec<String>, Vec<Vec<String>>) {
    let has_groups = chart.groups.iter().any(|group| !group.is_empty());
    let mut head = vec![chart.names_title.clone()];
    head.extend(chart.series.iter().map(|series| series.name.clone()));
    if has_groups {
        head.push(String::new());
    }
    let bare = NumberStyle {
        before: String::new(),
        behind: String::new(),
        ..chart.numbers.clone()
    };
    let said = |value: Option<Amount>| match (value, chart.kind) {
        (None, _) => String::new(),
        (Some(value), ChartKind::Scatter) => written(value.get(), bare.digits, &bare),
        (Some(value), _) => figure(chart, value.get()),
    };
    let row = |(at, name): (usize, &String)| {
        let values = chart
            .series
            .iter()
            .map(|series| series.values.get(at).copied().flatten());
        let mut row = vec![name.clone()];
        row.extend(values.map(said));
        if has_groups {
            row.push(chart.groups.get(at).cloned().unwrap_or_default());
        }
        row
    };
    let rows = chart.names.iter().enumerate().map(row).collect();
    (head, rows)
}

/// The numbers as a table that only screen readers meet.
pub fn table(chart: &Chart) -> String {
    let (head, rows) = rows(chart);
    let mut res = String::from("<div class=\"unseen\"><table><thead><tr>");
    let cell = |res: &mut String, tag: &str, text: &str| {
        // A head without words names nothing.
        let tag = if text.is_empty() { "td" } else { tag };
        *res += &format!("<{tag}>");
        escape(res, text);
        *res += &format!("</{}>", &tag[..2]);
    };
    for text in &head {
        cell(&mut res, "th scope=\"col\"", text);
    }
    res += "</tr></thead><tbody>";
    for row in &rows {
        res += "<tr>";
        for (at, text) in row.iter().enumerate() {
            let tag = if at == 0 { "th scope=\"row\"" } else { "td" };
            cell(&mut res, tag, text);
        }
        res += "</tr>";
    }
    res + "</tbody></table></div>"
}

/// The numbers as a table of a deck.
pub fn as_table(chart: &Chart) -> Table {
    let (head, rows) = rows(chart);
    let cells = |row: Vec<String>| -> Vec<Vec<Inline>> {
        row.into_iter()
            .map(|text| vec![Inline::Text(text)])
            .collect()
    };
    let mut align = vec![Align::Start];
    align.resize(1 + chart.series.len(), Align::Number);
    align.resize(head.len(), Align::Start);
    Table {
        align,
        head: cells(head),
        rows: rows.into_iter().map(cells).collect(),
    }
}
