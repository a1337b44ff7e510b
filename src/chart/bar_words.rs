//! What stands at bars, in them and beside them.

use super::axis::Scale;
use super::bars::{Bar, class_of, value};
use super::canvas::{Anchor, Canvas, Label, Rect, spread};
use super::draw::colour;
use super::number;
use crate::deck::chart::{Chart, NumberStyle};
use crate::measure::Weight;

/// The names of stacked series as they stand beside the last bar, and their
/// width; `None` if one of them is not in that bar.
pub fn name_column(
    canvas: &Canvas,
    chart: &Chart,
    bars: &[Bar],
) -> Option<(Vec<Vec<String>>, f64)> {
    let last = chart.names.len().checked_sub(1)?;
    let n_last = bars.iter().filter(|bar| bar.name == last).count();
    if n_last < chart.series.len() || chart.series.iter().any(|series| series.name.is_empty()) {
        return None;
    }
    let most = canvas.area.w * 0.28;
    let texts: Vec<Vec<String>> = chart
        .series
        .iter()
        .map(|series| canvas.wrapped(&series.name, Weight::Bold, most, 2))
        .collect();
    let height: f64 = texts
        .iter()
        .map(|lines| lines.len() as f64 * canvas.line())
        .sum();
    let width = texts
        .iter()
        .flatten()
        .map(|line| canvas.width(line, Weight::Bold))
        .fold(0.0, f64::max);
    (height < canvas.area.h * 0.8).then_some((texts, width))
}

/// Puts the names of stacked series beside the last bar.
pub fn name_stack(
    canvas: &mut Canvas,
    chart: &Chart,
    bars: &[Bar],
    texts: &[Vec<String>],
    plot: Rect,
    scale: Scale,
) {
    let last: Vec<&Bar> = bars
        .iter()
        .filter(|bar| bar.name + 1 == chart.names.len())
        .collect();
    let wanted: Vec<f64> = last
        .iter()
        .map(|bar| scale.at((bar.from + bar.to) / 2.0))
        .collect();
    let heights: Vec<f64> = last
        .iter()
        .map(|bar| texts[bar.series].len() as f64 * canvas.line())
        .collect();
    let ys = spread(&wanted, &heights, 0.0, plot.bottom() + canvas.line() * 0.4);
    for (bar, y) in last.iter().zip(ys) {
        let class = colour(chart, bar.series, "");
        let label = Label {
            x: plot.right() + 14.0,
            y,
            anchor: Anchor::Start,
            weight: Weight::Bold,
            class: &class,
        };
        canvas.put(&texts[bar.series], label);
    }
}

/// The number of a bar at its end.
pub fn say(canvas: &mut Canvas, chart: &Chart, bar: &Bar, x: f64, y: f64, anchor: Anchor) {
    let class = if class_of(chart, bar) == "hot" {
        "hot"
    } else {
        ""
    };
    canvas.put_line(
        &value(chart, bar),
        Label {
            x,
            y,
            anchor,
            weight: Weight::Bold,
            class,
        },
    );
}

/// The numbers of stacked bars, inside those that are large enough. Units stand
/// at the totals or the axis; only signs that belong to each number stay.
pub fn say_inside(canvas: &mut Canvas, chart: &Chart, bars: &[Bar], place: &dyn Fn(&Bar) -> Rect) {
    for bar in bars {
        let rect = place(bar);
        let style = &chart.numbers;
        let behind = if style.behind.chars().count() == 1 {
            style.behind.clone()
        } else {
            String::new()
        };
        let text = number::written(
            bar.to - bar.from,
            style.digits,
            &NumberStyle {
                behind,
                ..style.clone()
            },
        );
        if canvas.width(&text, Weight::Bold) + 10.0 > rect.w || canvas.line() + 2.0 > rect.h {
            continue;
        }
        let class = format!("on-{}", class_of(chart, bar));
        let (x, y) = (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
        canvas.put_line(
            &text,
            Label {
                x,
                y,
                anchor: Anchor::Middle,
                weight: Weight::Bold,
                class: &class,
            },
        );
    }
}
