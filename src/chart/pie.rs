//! Parts of a whole, each with its name and share beside it.

use std::f64::consts::{PI, TAU};

use super::canvas::{Anchor, Canvas, Label, n, spread};
use super::draw::{COLOURS, figure, has_highlight, is_highlight};
use crate::deck::chart::{Chart, ChartKind};
use crate::measure::Weight;

/// Parts beyond which the smallest are taken together.
const MAX_PARTS: usize = 8;

struct Part {
    name: String,
    value: f64,
    class: String,
    from: f64,
    to: f64,
}

/// Draws a pie or a donut.
pub fn draw(canvas: &mut Canvas, chart: &Chart) {
    let parts = parts(chart);
    let total: f64 = parts.iter().map(|part| part.value).sum();
    let lines: Vec<Vec<String>> = parts
        .iter()
        .map(|part| words(canvas, chart, part, total))
        .collect();
    let widest = lines
        .iter()
        .flatten()
        .map(|line| canvas.width(line, Weight::Bold))
        .fold(0.0, f64::max);
    let side = (widest + 44.0).min(canvas.area.w * 0.36);
    let r = ((canvas.area.w - 2.0 * side) / 2.0)
        .min(canvas.area.h / 2.0 - 6.0)
        .max(60.0);
    let (cx, cy) = (canvas.area.w / 2.0, canvas.area.h / 2.0);
    let hole = if chart.kind == ChartKind::Donut {
        r * 0.6
    } else {
        0.0
    };
    for part in &parts {
        canvas.path(
            &format!("part {}", part.class),
            &slice((cx, cy), r, hole, part),
        );
    }
    for right in [true, false] {
        name_side(canvas, &parts, &lines, (cx, cy), r, right);
    }
    if hole > 0.0 {
        centre(canvas, chart, &parts, total, (cx, cy), hole);
    }
}

fn parts(chart: &Chart) -> Vec<Part> {
    let values = &chart.series[0].values;
    let mut rows: Vec<(String, f64)> = chart
        .names
        .iter()
        .zip(values)
        .filter_map(|(name, value)| Some((name.clone(), (*value)?.get())))
        .filter(|(_, value)| *value > 0.0)
        .collect();
    if rows.len() > MAX_PARTS {
        let mut sizes: Vec<f64> = rows.iter().map(|row| row.1).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let least = sizes[MAX_PARTS - 2];
        let mut kept = 0;
        let (large, small): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| {
            let keep = row.1 >= least && kept < MAX_PARTS - 1;
            kept += usize::from(keep);
            keep
        });
        rows = large;
        rows.push(("…".into(), small.iter().map(|row| row.1).sum()));
    }
    let total: f64 = rows.iter().map(|row| row.1).sum();
    let mut at = 0.0;
    let mut res = Vec::new();
    for (index, (name, value)) in rows.into_iter().enumerate() {
        let from = at;
        at += value / total.max(f64::MIN_POSITIVE) * TAU;
        let class = match (has_highlight(chart), is_highlight(chart, &name)) {
            (false, _) => format!("s{}", index % COLOURS + 1),
            (true, true) => "hot".into(),
            (true, false) => "cool".into(),
        };
        res.push(Part {
            name,
            value,
            class,
            from,
            to: at,
        });
    }
    res
}

/// A name and, below it, its share, with its number where that says more.
fn words(canvas: &Canvas, chart: &Chart, part: &Part, total: f64) -> Vec<String> {
    let share = format!("{:.0}%", part.value / total.max(f64::MIN_POSITIVE) * 100.0);
    let number = figure(chart, part.value);
    let is_share = chart.numbers.behind.trim() == "%" || (total - 100.0).abs() < 1e-6;
    let mut lines = canvas.wrapped(&part.name, Weight::Bold, canvas.area.w * 0.3, 2);
    lines.push(match (is_share, chart.kind) {
        (true, _) => number,
        (false, ChartKind::Donut) => share,
        (false, _) => format!("{number} · {share}"),
    });
    lines
}

/// A slice, clockwise from the top.
fn slice((cx, cy): (f64, f64), r: f64, hole: f64, part: &Part) -> String {
    let point =
        |angle: f64, r: f64| format!("{} {}", n(cx + r * angle.sin()), n(cy - r * angle.cos()));
    let wide = u8::from(part.to - part.from > PI);
    // A whole circle would begin and end at one point, and nothing be drawn.
    let to = if part.to - part.from > TAU - 1e-6 {
        part.from + TAU - 1e-3
    } else {
        part.to
    };
    let outer = format!(
        "M{}A{r:.1} {r:.1} 0 {wide} 1 {}",
        point(part.from, r),
        point(to, r)
    );
    if hole > 0.0 {
        format!(
            "{outer}L{}A{hole:.1} {hole:.1} 0 {wide} 0 {}z",
            point(to, hole),
            point(part.from, hole)
        )
    } else {
        format!("{outer}L{} {}z", n(cx), n(cy))
    }
}

fn name_side(
    canvas: &mut Canvas,
    parts: &[Part],
    lines: &[Vec<String>],
    (cx, cy): (f64, f64),
    r: f64,
    right: bool,
) {
    let middle = |part: &Part| (part.from + part.to) / 2.0;
    let here: Vec<usize> = (0..parts.len())
        .filter(|at| (middle(&parts[*at]) < PI) == right)
        .collect();
    let wanted: Vec<f64> = here
        .iter()
        .map(|at| cy - (r + 14.0) * middle(&parts[*at]).cos())
        .collect();
    let heights: Vec<f64> = here
        .iter()
        .map(|at| lines[*at].len() as f64 * canvas.line() + 4.0)
        .collect();
    let ys = spread(&wanted, &heights, 0.0, canvas.area.h);
    let direction = if right { 1.0 } else { -1.0 };
    for (at, y) in here.iter().zip(ys) {
        let part = &parts[*at];
        let angle = middle(part);
        let edge = (cx + (r + 2.0) * angle.sin(), cy - (r + 2.0) * angle.cos());
        // Labels follow the circle, and stand clear of it where they were moved.
        let dy = ((y - cy) / (r + 16.0)).clamp(-1.0, 1.0);
        let half = heights.iter().fold(0.0_f64, |most, h| most.max(*h)) / 2.0;
        let near = ((y - cy).abs() - half).max(0.0) / (r + 16.0);
        let reach = (r + 16.0) * (1.0 - near.min(1.0).powi(2)).sqrt();
        let x = cx + direction * (reach.max((r + 16.0) * (1.0 - dy * dy).sqrt()) + 14.0);
        if (y - (cy - (r + 14.0) * angle.cos())).abs() > canvas.size {
            canvas.stroke("lead", edge, (x - direction * 6.0, y));
        }
        let anchor = if right { Anchor::Start } else { Anchor::End };
        let class = if part.class == "hot" { "hot" } else { "" };
        canvas.put(
            &lines[*at],
            Label {
                x,
                y,
                anchor,
                weight: Weight::Bold,
                class,
            },
        );
    }
}

/// The hole says the share of what is highlighted, or the whole.
fn centre(
    canvas: &mut Canvas,
    chart: &Chart,
    parts: &[Part],
    total: f64,
    (cx, cy): (f64, f64),
    hole: f64,
) {
    let hot = parts.iter().find(|part| part.class == "hot");
    let is_share = chart.numbers.behind.trim() == "%";
    let text = match hot {
        Some(part) => format!("{:.0}%", part.value / total.max(f64::MIN_POSITIVE) * 100.0),
        None if is_share => return,
        None => figure(chart, total),
    };
    let small = canvas.size;
    let factor = (hole * 1.5 / canvas.width(&text, Weight::Bold).max(1.0)).min(hole * 0.75 / small);
    canvas.size = (small * factor).max(small);
    let class = if hot.is_some() { "big hot" } else { "big" };
    let label = Label {
        x: cx,
        y: cy,
        anchor: Anchor::Middle,
        weight: Weight::Bold,
        class,
    };
    canvas.put_sized(&text, label);
    canvas.size = small;
}
