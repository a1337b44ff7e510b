//! Bars: upright or lying, side by side or on each other.
//!
//! Upright and lying bars are the same drawing with its axes changed; what
//! differs is where words stand, and that is most of it.

use super::axis::{self, Scale, levels, names_below};
use super::bar_words::{name_column, name_stack, say, say_inside};
use super::canvas::{Anchor, Canvas, LEADING, Label, Rect};
use super::draw::{colour, figure, is_highlight, key};
use super::number;
use crate::deck::chart::Chart;
use crate::measure::Weight;

/// The most a bar is thick.
const MAX_BAR: f64 = 132.0;
/// The same for lying ones, which look heavier.
const MAX_SLAB: f64 = 80.0;
/// Letters of the longest name beyond which bars lie.
const LONG_NAME: usize = 16;

/// A bar: which name and series, and from where to where its number goes.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// Index of its name.
    pub name: usize,
    /// Index of its series.
    pub series: usize,
    /// The number it begins at.
    pub from: f64,
    /// The number it ends at.
    pub to: f64,
}

/// Draws bars.
pub fn draw(canvas: &mut Canvas, chart: &Chart) {
    if is_lying(canvas, chart) {
        lying(canvas, chart);
    } else {
        upright(canvas, chart);
    }
}

/// Times stand, long names and many of them lie.
pub fn is_lying(canvas: &Canvas, chart: &Chart) -> bool {
    if let Some(lying) = chart.lying {
        return lying;
    }
    if axis::times(chart).is_some() {
        return false;
    }
    let slot = canvas.area.w / chart.names.len().max(1) as f64 * 0.94;
    chart.names.iter().any(|name| {
        let lines = crate::measure::wrap(name, canvas.size, Weight::Regular, slot);
        let widest = canvas.widest(lines.iter().map(String::as_str), Weight::Bold);
        name.chars().count() > LONG_NAME || lines.len() > 2 || widest > slot
    })
}

fn is_stacked(chart: &Chart) -> bool {
    chart.stacked && chart.series.len() > 1
}

fn bars(chart: &Chart) -> Vec<Bar> {
    let mut res = Vec::new();
    for name in 0..chart.names.len() {
        // Numbers above and below zero are stacked away from it.
        let (mut above, mut below) = (0.0, 0.0);
        for (index, series) in chart.series.iter().enumerate() {
            let Some(value) = series.values.get(name).copied().flatten() else {
                continue;
            };
            let side = if value.get() < 0.0 {
                &mut below
            } else {
                &mut above
            };
            let from = if is_stacked(chart) { *side } else { 0.0 };
            let to = from + value.get();
            *side = to;
            res.push(Bar {
                name,
                series: index,
                from,
                to,
            });
        }
    }
    res
}

/// The lowest and highest number, zero included.
fn reach(bars: &[Bar]) -> (f64, f64) {
    let ends = || bars.iter().flat_map(|bar| [bar.from, bar.to]);
    (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max))
}

/// How thick a bar is, and how far it and its like stand from the slot's start.
fn thickness(chart: &Chart, slot: f64, most: f64) -> (f64, f64) {
    let n = if is_stacked(chart) {
        1.0
    } else {
        chart.series.len() as f64
    };
    let thick = (slot * if n > 1.0 { 0.8 } else { 0.66 } / n).min(most);
    (thick, (slot - thick * n) / 2.0)
}

/// The class of a bar: a single series is one colour, with the highlight in it.
pub fn class_of(chart: &Chart, bar: &Bar) -> String {
    let series = if chart.series.len() == 1 {
        0
    } else {
        bar.series
    };
    colour(chart, series, &chart.names[bar.name])
}

/// The number of a bar, as it is written.
pub fn value(chart: &Chart, bar: &Bar) -> String {
    figure(chart, bar.to - bar.from)
}

/// The sum of each name's bars, where they are stacked.
fn totals(chart: &Chart, bars: &[Bar]) -> Vec<(usize, f64, f64)> {
    let mut res: Vec<(usize, f64, f64)> = Vec::new();
    for bar in bars {
        match res.last_mut() {
            Some(total) if total.0 == bar.name => {
                total.1 += bar.to - bar.from;
                total.2 = total.2.max(bar.to);
            }
            _ => res.push((bar.name, bar.to - bar.from, bar.to.max(0.0))),
        }
    }
    // Parts that cancel out have no whole, and wholes that are all the same say nothing.
    let has_negative = bars.iter().any(|bar| bar.to < bar.from);
    let first = res.first().map_or(0.0, |total| total.1);
    let are_same = res.len() > 1
        && res
            .iter()
            .all(|total| (total.1 - first).abs() <= first.abs() * 0.005);
    if has_negative || are_same || !is_stacked(chart) {
        res.clear();
    }
    res
}

// ---- upright

/// Where upright bars stand.
struct Upright {
    plot: Rect,
    slot: f64,
    scale: Scale,
    names: Vec<Vec<String>>,
    /// The names of stacked series beside the last bar.
    ends: Option<Vec<Vec<String>>>,
    /// Whether each bar says its number.
    speaks: bool,
    ticks: Option<(number::Ticks, Vec<String>)>,
}

fn upright_place(canvas: &mut Canvas, chart: &Chart, bars: &[Bar], has_totals: bool) -> Upright {
    let (low, high) = reach(bars);
    let count = chart.names.len().max(1) as f64;
    let ends = if is_stacked(chart) {
        name_column(canvas, chart, bars)
    } else {
        None
    };
    let right = ends.as_ref().map_or(0.0, |(_, width)| width + 18.0);
    let is_single = chart.series.len() == 1;
    let top = if is_single || ends.is_some() {
        0.0
    } else {
        key(canvas, chart)
    };
    let slot = (canvas.area.w - right) / count;
    let widest = bars
        .iter()
        .map(|bar| canvas.width(&value(chart, bar), Weight::Bold))
        .fold(0.0, f64::max);
    let room = if is_single {
        slot
    } else {
        thickness(chart, slot, MAX_BAR).0
    };
    let speaks = !is_stacked(chart) && widest + 6.0 <= room;
    // Bars that all say their numbers need no axis.
    let ticks = (!speaks && !has_totals).then(|| {
        let ticks = number::ticks(low, high, if canvas.area.h > 380.0 { 5 } else { 4 });
        let words = axis::words(&ticks, &chart.numbers);
        (ticks, words)
    });
    let left = ticks.as_ref().map_or(0.0, |(_, words)| {
        canvas.widest(words.iter().map(String::as_str), Weight::Regular) + 14.0
    });
    let width = canvas.area.w - left - right;
    let slot = width / count;
    let names: Vec<Vec<String>> = match axis::times(chart) {
        Some(_) => Vec::new(),
        None => chart
            .names
            .iter()
            .map(|name| canvas.wrapped(name, Weight::Bold, slot * 0.96, 3))
            .collect(),
    };
    let n_lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let bottom = canvas.line() * n_lines as f64 + canvas.size * 0.6;
    let head = top + canvas.line() * if ticks.is_none() { 1.15 } else { 0.6 };
    let under = if speaks && low < 0.0 {
        canvas.line() * 1.15
    } else {
        0.0
    };
    let plot = Rect {
        x: left,
        y: head,
        w: width,
        h: canvas.area.h - head - bottom - under,
    };
    let (low, high) = ticks
        .as_ref()
        .map_or((low, high.max(low + 1e-9)), |(ticks, _)| {
            (ticks.low(), ticks.high())
        });
    let scale = Scale {
        low,
        high,
        from: plot.bottom(),
        to: plot.y,
    };
    Upright {
        plot,
        slot,
        scale,
        names,
        ends: ends.map(|(texts, _)| texts),
        speaks,
        ticks,
    }
}

fn upright(canvas: &mut Canvas, chart: &Chart) {
    let bars = bars(chart);
    let totals = totals(chart, &bars);
    let Upright {
        plot,
        slot,
        scale,
        names,
        ends,
        speaks,
        ticks,
    } = upright_place(canvas, chart, &bars, !totals.is_empty());
    match ticks {
        Some((ticks, words)) => levels(canvas, plot, scale, &ticks, &words),
        None => canvas.stroke(
            "zero",
            (plot.x, scale.at(0.0)),
            (plot.right(), scale.at(0.0)),
        ),
    }
    for bar in &bars {
        canvas.rect(
            &class_of(chart, bar),
            upright_box(chart, bar, plot, slot, scale),
        );
    }
    let middles: Vec<f64> = (0..chart.names.len())
        .map(|at| plot.x + slot * (at as f64 + 0.5))
        .collect();
    let n_lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
    name_upright(
        canvas,
        chart,
        &names,
        &middles,
        canvas.area.h - canvas.line() * n_lines as f64,
    );
    for bar in bars.iter().filter(|_| speaks) {
        let rect = upright_box(chart, bar, plot, slot, scale);
        let away = canvas.line() * 0.6;
        let y = if bar.to < 0.0 {
            rect.bottom() + away
        } else {
            rect.y - away
        };
        say(canvas, chart, bar, rect.x + rect.w / 2.0, y, Anchor::Middle);
    }
    for (name, total, end) in totals {
        let y = scale.at(end) - canvas.line() * 0.6;
        let label = Label {
            x: middles[name],
            y,
            anchor: Anchor::Middle,
            weight: Weight::Bold,
            class: "",
        };
        canvas.put_line(&figure(chart, total), label);
    }
    if is_stacked(chart) {
        say_inside(canvas, chart, &bars, &|bar| {
            upright_box(chart, bar, plot, slot, scale)
        });
    }
    if let Some(texts) = ends {
        name_stack(canvas, chart, &bars, &texts, plot, scale);
    }
}

fn upright_box(chart: &Chart, bar: &Bar, plot: Rect, slot: f64, scale: Scale) -> Rect {
    let (thick, start) = thickness(chart, slot, MAX_BAR);
    let lane = if is_stacked(chart) {
        0.0
    } else {
        bar.series as f64
    };
    let (a, b) = (scale.at(bar.from), scale.at(bar.to));
    Rect {
        x: plot.x + slot * bar.name as f64 + start + thick * lane,
        y: a.min(b),
        // A hairline of ground between neighbours.
        w: thick
            - if !is_stacked(chart) && chart.series.len() > 1 {
                2.0
            } else {
                0.0
            },
        h: (a - b).abs(),
    }
}

fn name_upright(
    canvas: &mut Canvas,
    chart: &Chart,
    names: &[Vec<String>],
    middles: &[f64],
    top: f64,
) {
    if names.is_empty() {
        let y = top + canvas.line() / 2.0;
        return names_below(canvas, &chart.names, middles, y, &|name| {
            is_highlight(chart, name)
        });
    }
    for ((lines, name), x) in names.iter().zip(&chart.names).zip(middles) {
        let weight = if is_highlight(chart, name) {
            Weight::Bold
        } else {
            Weight::Regular
        };
        let y = top + canvas.line() * lines.len() as f64 / 2.0;
        canvas.put(
            lines,
            Label {
                x: *x,
                y,
                anchor: Anchor::Middle,
                weight,
                class: "",
            },
        );
    }
}

// ---- lying

fn lying(canvas: &mut Canvas, chart: &Chart) {
    let bars = bars(chart);
    let (low, high) = reach(&bars);
    let count = chart.names.len().max(1) as f64;
    let is_single = chart.series.len() == 1;
    let top = if is_single { 0.0 } else { key(canvas, chart) };
    let slot = (canvas.area.h - top) / count;
    let (thick, _) = thickness(chart, slot, MAX_SLAB);
    let n_lines = ((slot / canvas.line()).floor() as usize).clamp(1, 3);
    let most = canvas.area.w * 0.36;
    let names: Vec<Vec<String>> = chart
        .names
        .iter()
        .map(|name| canvas.wrapped(name, Weight::Bold, most, n_lines))
        .collect();
    let left = names
        .iter()
        .flatten()
        .map(|line| canvas.width(line, Weight::Bold))
        .fold(0.0, f64::max)
        + 22.0;
    let totals = totals(chart, &bars);
    let texts = bars
        .iter()
        .filter(|_| !is_stacked(chart))
        .map(|bar| value(chart, bar))
        .chain(totals.iter().map(|(_, total, _)| figure(chart, *total)));
    let texts: Vec<String> = texts.collect();
    let widest = canvas.widest(texts.iter().map(String::as_str), Weight::Bold) + 16.0;
    // Words of one bar may be taller than it, but never than its lane.
    let speaks = canvas.size * LEADING
        <= if is_single || is_stacked(chart) {
            slot
        } else {
            thick + 1.0
        };
    let end = if speaks { widest } else { 8.0 };
    let start = left + if low < 0.0 && speaks { widest } else { 0.0 };
    let plot = Rect {
        x: start,
        y: top,
        w: (canvas.area.w - start - end).max(40.0),
        h: canvas.area.h - top,
    };
    let scale = Scale {
        low,
        high: high.max(low + 1e-9),
        from: plot.x,
        to: plot.right(),
    };
    for ((lines, name), row) in names.iter().zip(&chart.names).zip(0..) {
        let y = plot.y + slot * (f64::from(row) + 0.5);
        let weight = if is_highlight(chart, name) {
            Weight::Bold
        } else {
            Weight::Regular
        };
        canvas.put(
            lines,
            Label {
                x: 0.0,
                y,
                anchor: Anchor::Start,
                weight,
                class: "",
            },
        );
    }
    for bar in &bars {
        canvas.rect(
            &class_of(chart, bar),
            lying_box(chart, bar, plot, slot, scale),
        );
    }
    canvas.stroke(
        "zero",
        (scale.at(0.0), plot.y),
        (scale.at(0.0), plot.bottom()),
    );
    if speaks && !is_stacked(chart) {
        for bar in &bars {
            let rect = lying_box(chart, bar, plot, slot, scale);
            let y = rect.y + rect.h / 2.0;
            if bar.to < 0.0 {
                say(canvas, chart, bar, rect.x - 10.0, y, Anchor::End);
            } else {
                say(canvas, chart, bar, rect.right() + 10.0, y, Anchor::Start);
            }
        }
    }
    for (name, total, end) in totals {
        let label = Label {
            x: scale.at(end) + 10.0,
            y: plot.y + slot * (name as f64 + 0.5),
            anchor: Anchor::Start,
            weight: Weight::Bold,
            class: "",
        };
        canvas.put_line(&figure(chart, total), label);
    }
    if is_stacked(chart) {
        say_inside(canvas, chart, &bars, &|bar| {
            lying_box(chart, bar, plot, slot, scale)
        });
    }
}

fn lying_box(chart: &Chart, bar: &Bar, plot: Rect, slot: f64, scale: Scale) -> Rect {
    let (thick, start) = thickness(chart, slot, MAX_SLAB);
    let lane = if is_stacked(chart) {
        0.0
    } else {
        bar.series as f64
    };
    let (a, b) = (scale.at(bar.from), scale.at(bar.to));
    Rect {
        x: a.min(b),
        y: plot.y + slot * bar.name as f64 + start + thick * lane,
        w: (a - b).abs(),
        h: thick
            - if !is_stacked(chart) && chart.series.len() > 1 {
                2.0
            } else {
                0.0
            },
    }
}
