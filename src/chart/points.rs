//! Points by two numbers.

use super::axis::{self, Scale, levels};
use super::canvas::{Anchor, Canvas, Label, Rect};
use super::draw::{COLOURS, has_highlight, is_highlight};
use super::number;
use crate::deck::chart::{Chart, NumberStyle};
use crate::measure::Weight;

/// Points up to which each may say its name.
const MAX_NAMED: usize = 40;

/// Draws points, each group with a colour and a shape of its own.
pub fn draw(canvas: &mut Canvas, chart: &Chart) {
    let [xs, ys, ..] = chart.series.as_slice() else {
        return;
    };
    let groups = groups(chart);
    let points = pairs(chart);
    let (across, up) = sides(&points, canvas.area.h);
    let style = NumberStyle {
        before: String::new(),
        behind: String::new(),
        ..chart.numbers.clone()
    };
    let words = axis::words(&up, &style);
    let mut top = canvas.line() * 0.6;
    if groups.len() > 1 {
        top = key_of_groups(canvas, chart, &groups) + canvas.line() * 0.5;
    }
    if !ys.name.is_empty() {
        let y = top + canvas.line() * if groups.len() > 1 { 0.45 } else { -0.1 };
        canvas.put_line(
            &ys.name,
            Label {
                x: 0.0,
                y,
                anchor: Anchor::Start,
                weight: Weight::Bold,
                class: "",
            },
        );
        top = y + canvas.line() * 1.1;
    }
    let left = canvas.widest(words.iter().map(String::as_str), Weight::Regular) + 14.0;
    let bottom = canvas.line() * if xs.name.is_empty() { 1.0 } else { 2.1 } + canvas.size * 0.6;
    let rect = Rect {
        x: left,
        y: top,
        w: canvas.area.w - left - canvas.size,
        h: canvas.area.h - top - bottom,
    };
    let vertical = Scale {
        low: up.low(),
        high: up.high(),
        from: rect.bottom(),
        to: rect.y,
    };
    let horizontal = Scale {
        low: across.low(),
        high: across.high(),
        from: rect.x,
        to: rect.right(),
    };
    levels(canvas, rect, vertical, &up, &words);
    let y = rect.bottom() + canvas.size * 0.6 + canvas.line() / 2.0;
    for (value, word) in across.at.iter().zip(axis::words(&across, &style)) {
        let x = horizontal.at(*value);
        canvas.stroke("grid", (x, rect.bottom()), (x, rect.bottom() + 8.0));
        let half = canvas.width(&word, Weight::Regular) / 2.0;
        let label = Label {
            x: x.min(canvas.area.w - half),
            y,
            anchor: Anchor::Middle,
            weight: Weight::Regular,
            class: "soft",
        };
        canvas.put_line(&word, label);
    }
    canvas.stroke(
        "zero",
        (rect.x, rect.bottom()),
        (rect.right(), rect.bottom()),
    );
    if !xs.name.is_empty() {
        let y = canvas.area.h - canvas.line() / 2.0;
        canvas.put_line(
            &xs.name,
            Label {
                x: rect.right(),
                y,
                anchor: Anchor::End,
                weight: Weight::Bold,
                class: "",
            },
        );
    }
    let r = if points.len() > 60 { 6.0 } else { 9.0 };
    let places: Vec<(usize, f64, f64)> = points
        .iter()
        .map(|(at, x, y)| (*at, horizontal.at(*x), vertical.at(*y)))
        .collect();
    // A name may lie on a thin line of the grid, but not on the axis.
    canvas.keep_free(Rect {
        x: rect.x,
        y: rect.bottom() - 1.0,
        w: rect.w,
        h: 2.0,
    });
    for (_, x, y) in &places {
        canvas.keep_free(Rect {
            x: x - r,
            y: y - r,
            w: r * 2.0,
            h: r * 2.0,
        });
    }
    for (at, x, y) in &places {
        let group = groups
            .iter()
            .position(|group| *group == chart.groups[*at])
            .unwrap_or(0);
        canvas.mark(
            &format!("point {}", class_of(chart, group, *at)),
            group,
            (*x, *y),
            r,
        );
    }
    name_points(canvas, chart, &places, r);
}

/// The numbers below points and at their side, in a drawing so high; of each point
/// they want its row and its two numbers.
pub fn sides(points: &[(usize, f64, f64)], height: f64) -> (number::Ticks, number::Ticks) {
    let across = ticks(points.iter().map(|point| point.1), 6);
    let steps = if height > 380.0 { 5 } else { 4 };
    (across, ticks(points.iter().map(|point| point.2), steps))
}

/// The rows that have both numbers, with them.
pub fn pairs(chart: &Chart) -> Vec<(usize, f64, f64)> {
    let [xs, ys, ..] = chart.series.as_slice() else {
        return Vec::new();
    };
    let both = |at: usize| {
        let of = |values: &[Option<_>]| values.get(at).copied().flatten();
        Some((at, of(&xs.values)?.get(), of(&ys.values)?.get()))
    };
    (0..chart.names.len()).filter_map(both).collect()
}

/// Round numbers around all of some; from zero, unless they are far from it.
fn ticks(values: impl Iterator<Item = f64> + Clone, n: usize) -> number::Ticks {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    if !low.is_finite() || !high.is_finite() {
        return number::ticks(0.0, 1.0, n);
    }
    let is_near = low >= 0.0 && low < (high - low) * 0.5;
    number::ticks(if is_near { 0.0 } else { low }, high, n)
}

fn groups(chart: &Chart) -> Vec<String> {
    let mut res: Vec<String> = Vec::new();
    for group in &chart.groups {
        if !res.contains(group) && res.len() < COLOURS {
            res.push(group.clone());
        }
    }
    res
}

fn class_of(chart: &Chart, group: usize, at: usize) -> String {
    if !has_highlight(chart) {
        format!("s{}", group % COLOURS + 1)
    } else if is_highlight(chart, &chart.names[at]) || is_highlight(chart, &chart.groups[at]) {
        "hot".into()
    } else {
        "cool".into()
    }
}

/// The groups have no line at whose end their name could stand.
fn key_of_groups(canvas: &mut Canvas, chart: &Chart, groups: &[String]) -> f64 {
    let (mut x, mut y) = (10.0, canvas.line() / 2.0);
    for (number, group) in groups.iter().enumerate() {
        let width = canvas.width(group, Weight::Bold);
        if x > 10.0 && x + width + 20.0 > canvas.area.w {
            (x, y) = (10.0, y + canvas.line());
        }
        let class = match (has_highlight(chart), is_highlight(chart, group)) {
            (false, _) => format!("s{}", number % COLOURS + 1),
            (true, true) => "hot".into(),
            (true, false) => "cool".into(),
        };
        canvas.mark(&format!("point {class}"), number, (x, y), 10.0);
        let label = Label {
            x: x + 20.0,
            y,
            anchor: Anchor::Start,
            weight: Weight::Bold,
            class: "",
        };
        canvas.put_line(group, label);
        x += width + canvas.size * 2.2;
    }
    y + canvas.line() / 2.0
}

/// Names beside their points, wherever there is room; what is highlighted first.
fn name_points(canvas: &mut Canvas, chart: &Chart, places: &[(usize, f64, f64)], r: f64) {
    let mut order: Vec<&(usize, f64, f64)> = places.iter().collect();
    order.sort_by_key(|(at, ..)| !is_highlight(chart, &chart.names[*at]));
    for (at, x, y) in order.into_iter().take(MAX_NAMED) {
        let name = &chart.names[*at];
        let is_hot = is_highlight(chart, name);
        let away = r + 8.0;
        let down = r + canvas.line() * 0.6;
        let sides = [
            (away, 0.0, Anchor::Start),
            (-away, 0.0, Anchor::End),
            (0.0, -down, Anchor::Middle),
            (0.0, down, Anchor::Middle),
        ];
        for (dx, dy, anchor) in sides {
            let (weight, class) = if is_hot {
                (Weight::Bold, "hot")
            } else {
                (Weight::Regular, "")
            };
            if canvas.put_line(
                name,
                Label {
                    x: x + dx,
                    y: y + dy,
                    anchor,
                    weight,
                    class,
                },
            ) {
                break;
            }
        }
    }
}
