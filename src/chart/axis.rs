//! Axes: numbers at the side, names or times below.

use super::canvas::{Anchor, Canvas, Label, Rect};
use super::number::{Ticks, written};
use crate::deck::chart::{Chart, NumberStyle};
use crate::measure::Weight;

/// Turns numbers into places between two edges.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The number at `from`.
    pub low: f64,
    /// The number at `to`.
    pub high: f64,
    /// Where `low` stands.
    pub from: f64,
    /// Where `high` stands.
    pub to: f64,
}

impl Scale {
    /// The place of a number.
    pub fn at(&self, value: f64) -> f64 {
        let width = self.high - self.low;
        let part = if width.abs() > f64::MIN_POSITIVE {
            (value - self.low) / width
        } else {
            0.0
        };
        self.from + part * (self.to - self.from)
    }
}

/// The words of an axis' ticks.
pub fn words(ticks: &Ticks, style: &NumberStyle) -> Vec<String> {
    ticks
        .at
        .iter()
        .map(|value| written(*value, ticks.digits, style))
        .collect()
}

/// Lines across the plot with their numbers at its left; zero is drawn stronger.
pub fn levels(canvas: &mut Canvas, plot: Rect, scale: Scale, ticks: &Ticks, words: &[String]) {
    for (value, word) in ticks.at.iter().zip(words) {
        let y = scale.at(*value);
        let class = if value.abs() < 1e-12 { "zero" } else { "grid" };
        canvas.stroke(class, (plot.x, y), (plot.right(), y));
        let label = Label {
            x: plot.x - 12.0,
            y,
            anchor: Anchor::End,
            weight: Weight::Regular,
            class: "soft",
        };
        canvas.put_line(word, label);
    }
}

/// Where each name of a chart stands in time, if all of them are times: years,
/// quarters, months, days or moments. In years.
pub fn times(chart: &Chart) -> Option<Vec<f64>> {
    let times: Option<Vec<f64>> = chart.names.iter().map(|name| time(name)).collect();
    times.filter(|times| times.len() > 1 && times.windows(2).all(|pair| pair[0] < pair[1]))
}

/// `2024`, `2024-Q3`, `Q3 2024`, `2024-07`, `2024-07-15`, in years.
fn time(name: &str) -> Option<f64> {
    let name = name.trim();
    let number = |text: &str| text.parse::<u32>().ok().map(f64::from);
    let year = |text: &str| {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        number(text).filter(|_| is_year)
    };
    let quarter = |text: &str| {
        let digit = text.strip_prefix(['Q', 'q'])?;
        number(digit).filter(|quarter| (1.0..=4.0).contains(quarter))
    };
    if let Some((a, b)) = name.split_once(' ') {
        return Some(year(b)? + (quarter(a)? - 1.0) / 4.0);
    }
    let mut parts = name.split('-');
    let mut res = year(parts.next()?)?;
    let Some(second) = parts.next() else {
        return Some(res);
    };
    match quarter(second) {
        Some(quarter) => res += (quarter - 1.0) / 4.0,
        None => res += (number(second).filter(|month| (1.0..=12.0).contains(month))? - 1.0) / 12.0,
    }
    if let Some(day) = parts.next() {
        res += (number(day).filter(|day| (1.0..=31.0).contains(day))? - 1.0) / 372.0;
    }
    parts.next().is_none().then_some(res)
}

/// Names below their places, thinned evenly until all that are left fit; the
/// last always stays.
pub fn names_below(
    canvas: &mut Canvas,
    names: &[String],
    at: &[f64],
    y: f64,
    is_hot: &dyn Fn(&str) -> bool,
) {
    let gap = canvas.size * 0.7;
    let halves: Vec<f64> = names
        .iter()
        .map(|name| canvas.width(name, Weight::Bold) / 2.0)
        .collect();
    let last = names.len().saturating_sub(1);
    let fits = |step: &usize| {
        let kept: Vec<usize> = (0..names.len())
            .filter(|index| (last - index).is_multiple_of(*step))
            .collect();
        kept.windows(2).all(|pair| {
            let (a, b) = (pair[0], pair[1]);
            at[a] + halves[a] + gap <= at[b] - halves[b]
        })
    };
    // Steps that people count in.
    let steps = [1, 2, 3, 4, 5, 10, 20, 25, 50, 100, 200, 500];
    let step = steps.into_iter().find(fits).unwrap_or(names.len().max(1));
    for (index, name) in names.iter().enumerate() {
        let hot = is_hot(name);
        if !hot && !(last - index).is_multiple_of(step) {
            continue;
        }
        let x = at[index].clamp(
            halves[index].min(canvas.area.w / 2.0),
            (canvas.area.w - halves[index]).max(canvas.area.w / 2.0),
        );
        let weight = if hot { Weight::Bold } else { Weight::Regular };
        canvas.put_line(
            name,
            Label {
                x,
                y,
                anchor: Anchor::Middle,
                weight,
                class: "",
            },
        );
    }
}
