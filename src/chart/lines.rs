//! Lines and areas, over names or over time.

use super::axis::{self, Scale, levels, names_below};
use super::canvas::{Anchor, Canvas, Label, Rect, n, spread};
use super::draw::{colour, figure, is_highlight};
use super::number;
use crate::deck::chart::{Chart, ChartKind};
use crate::measure::Weight;

/// Points up to which each says its number.
const MAX_SPOKEN: usize = 12;

/// Where the points of a chart stand.
struct Plot {
    rect: Rect,
    xs: Vec<f64>,
    scale: Scale,
    /// Lower and upper edge of each series; a line has the same for both.
    edges: Vec<Vec<Option<(f64, f64)>>>,
}

/// The numbers at the side of lines, in a drawing so high.
pub fn side(chart: &Chart, height: f64) -> number::Ticks {
    let (low, high) = range(chart, &edges(chart));
    number::ticks(low, high, if height > 380.0 { 5 } else { 4 })
}

/// Draws lines, or areas on each other.
pub fn draw(canvas: &mut Canvas, chart: &Chart) {
    let edges = edges(chart);
    let ticks = side(chart, canvas.area.h);
    let words = axis::words(&ticks, &chart.numbers);
    let named: Vec<usize> = (0..chart.series.len())
        .filter(|at| !chart.series[*at].name.is_empty())
        .collect();
    let is_alone = chart.series.len() == 1;
    let most = canvas.area.w * 0.3;
    let labels: Vec<Vec<String>> = chart
        .series
        .iter()
        .map(|series| {
            if is_alone {
                Vec::new()
            } else {
                canvas.wrapped(&series.name, Weight::Bold, most, 2)
            }
        })
        .collect();
    let widest = labels
        .iter()
        .flatten()
        .map(|line| canvas.width(line, Weight::Bold))
        .fold(0.0, f64::max);
    let left = canvas.widest(words.iter().map(String::as_str), Weight::Regular) + 14.0;
    let right = if is_alone {
        canvas.size * 1.4
    } else {
        widest + 20.0
    };
    let top = canvas.line() * if is_alone { 1.1 } else { 0.6 };
    let bottom = canvas.line() + canvas.size * 0.7;
    let rect = Rect {
        x: left,
        y: top,
        w: canvas.area.w - left - right,
        h: canvas.area.h - top - bottom,
    };
    let scale = Scale {
        low: ticks.low(),
        high: ticks.high(),
        from: rect.bottom(),
        to: rect.y,
    };
    levels(canvas, rect, scale, &ticks, &words);
    let plot = Plot {
        rect,
        xs: places(chart, rect),
        scale,
        edges,
    };
    let y = canvas.area.h - canvas.line() / 2.0;
    names_below(canvas, &chart.names, &plot.xs, y, &|name| {
        is_highlight(chart, name)
    });
    if !is_alone {
        name_ends(canvas, chart, &plot, &labels, &named);
    }
    // What is highlighted lies on top.
    let mut order: Vec<usize> = (0..chart.series.len()).collect();
    order.sort_by_key(|at| is_highlight(chart, &chart.series[*at].name));
    for at in order {
        series(canvas, chart, &plot, at);
    }
    if is_alone {
        say_numbers(canvas, chart, &plot);
    }
}

fn edges(chart: &Chart) -> Vec<Vec<Option<(f64, f64)>>> {
    let is_stacked = chart.series.len() > 1 && (chart.kind == ChartKind::Area || chart.stacked);
    let mut ground = vec![0.0; chart.names.len()];
    let mut res = Vec::new();
    for series in &chart.series {
        let mut edge = Vec::new();
        for (value, ground) in series.values.iter().zip(&mut ground) {
            edge.push(value.map(|value| {
                let from = if is_stacked { *ground } else { 0.0 };
                let to = from + value.get();
                if is_stacked {
                    *ground = to;
                }
                if chart.kind == ChartKind::Area {
                    (from, to)
                } else {
                    (to, to)
                }
            }));
        }
        res.push(edge);
    }
    res
}

/// Areas stand on zero; lines do unless all their numbers are far from it.
fn range(chart: &Chart, edges: &[Vec<Option<(f64, f64)>>]) -> (f64, f64) {
    let all = || {
        edges
            .iter()
            .flatten()
            .flatten()
            .flat_map(|(from, to)| [*from, *to])
    };
    let low = all().fold(f64::INFINITY, f64::min);
    let high = all().fold(f64::NEG_INFINITY, f64::max);
    let is_far = chart.kind == ChartKind::Line && low > 0.0 && (high - low) < low * 0.6
        || chart.kind == ChartKind::Line && high < 0.0 && (high - low) < -high * 0.6;
    if is_far {
        (low, high)
    } else {
        (low.min(0.0), high.max(0.0))
    }
}

fn places(chart: &Chart, rect: Rect) -> Vec<f64> {
    let count = chart.names.len();
    match axis::times(chart) {
        Some(times) => {
            let scale = Scale {
                low: times[0],
                high: times[count - 1],
                from: rect.x,
                to: rect.right(),
            };
            times.iter().map(|time| scale.at(*time)).collect()
        }
        None => {
            let step = rect.w / (count.max(2) - 1) as f64;
            let start = if count == 1 {
                rect.x + rect.w / 2.0
            } else {
                rect.x
            };
            (0..count).map(|at| start + step * at as f64).collect()
        }
    }
}

/// Runs of points without a gap between them.
fn runs(edge: &[Option<(f64, f64)>]) -> Vec<Vec<usize>> {
    let mut res: Vec<Vec<usize>> = vec![Vec::new()];
    for (at, point) in edge.iter().enumerate() {
        match (point, res.last_mut()) {
            (Some(_), Some(run)) => run.push(at),
            (None, Some(run)) if !run.is_empty() => res.push(Vec::new()),
            _ => {}
        }
    }
    res.retain(|run| !run.is_empty());
    res
}

fn series(canvas: &mut Canvas, chart: &Chart, plot: &Plot, at: usize) {
    let class = colour(chart, at, "");
    let edge = &plot.edges[at];
    let point = |index: usize, pick: fn((f64, f64)) -> f64| {
        let y = edge[index].map_or(0.0, pick);
        format!("{} {}", n(plot.xs[index]), n(plot.scale.at(y)))
    };
    let is_area = chart.kind == ChartKind::Area;
    for run in runs(edge) {
        let upper: Vec<String> = run
            .iter()
            .map(|index| point(*index, |edge| edge.1))
            .collect();
        let d = format!("M{}", upper.join("L"));
        if is_area {
            let lower: Vec<String> = run
                .iter()
                .rev()
                .map(|index| point(*index, |edge| edge.0))
                .collect();
            let alone = if chart.series.len() == 1 {
                " alone"
            } else {
                ""
            };
            canvas.path(
                &format!("area {class}{alone}"),
                &format!("{d}L{}z", lower.join("L")),
            );
        }
        if run.len() == 1 || !is_area && chart.series.len() > 1 && run.len() <= 24 {
            for index in &run {
                let y = plot.scale.at(edge[*index].map_or(0.0, |edge| edge.1));
                canvas.mark(
                    &class,
                    at,
                    (plot.xs[*index], y),
                    if class == "cool" { 4.0 } else { 6.0 },
                );
            }
        }
        if run.len() > 1 && (!is_area || chart.series.len() == 1) {
            canvas.path(&format!("line l{} {class}", at % 6 + 1), &d);
        }
    }
    let last = edge.iter().rposition(Option::is_some);
    if let Some((index, (_, to))) = last.and_then(|index| Some((index, edge[index]?)))
        && !is_area
        && chart.series.len() == 1
    {
        canvas.mark(&class, at, (plot.xs[index], plot.scale.at(to)), 8.0);
    }
}

/// The name of each series where it ends.
fn name_ends(
    canvas: &mut Canvas,
    chart: &Chart,
    plot: &Plot,
    labels: &[Vec<String>],
    named: &[usize],
) {
    let ends: Vec<(usize, f64)> = named
        .iter()
        .filter_map(|at| {
            let (from, to) = plot.edges[*at].iter().rev().flatten().next()?;
            Some((*at, plot.scale.at((from + to) / 2.0)))
        })
        .collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, y)| *y).collect();
    let heights: Vec<f64> = ends
        .iter()
        .map(|(at, _)| labels[*at].len() as f64 * canvas.line())
        .collect();
    let low = 0.0;
    let high = plot.rect.bottom() + canvas.line() * 0.4;
    let ys = spread(&wanted, &heights, low, high);
    for ((at, _), y) in ends.iter().zip(ys) {
        let class = colour(chart, *at, "");
        let label = Label {
            x: plot.rect.right() + 16.0,
            y,
            anchor: Anchor::Start,
            weight: Weight::Bold,
            class: &class,
        };
        canvas.put(&labels[*at], label);
    }
}

/// The numbers of a line that is alone: all of them if they fit, else the
/// last, the highest, the lowest and what is highlighted.
fn say_numbers(canvas: &mut Canvas, chart: &Chart, plot: &Plot) {
    let values = &chart.series[0].values;
    let known: Vec<usize> = (0..values.len())
        .filter(|at| values[*at].is_some())
        .collect();
    let value = |at: &&usize| values[**at].map_or(0.0, |value| value.get());
    if known.len() <= MAX_SPOKEN {
        let mut with_all = canvas.clone();
        if known
            .iter()
            .all(|at| say_number(&mut with_all, chart, plot, *at))
        {
            *canvas = with_all;
            return;
        }
    }
    let by = |a: &&usize, b: &&usize| value(a).total_cmp(&value(b));
    let is_wanted = |at: &&usize| is_highlight(chart, &chart.names[**at]);
    let ends = [
        known.last(),
        known.iter().max_by(by),
        known.iter().min_by(by),
    ];
    let mut said: Vec<usize> = Vec::new();
    for at in known
        .iter()
        .filter(is_wanted)
        .chain(ends.into_iter().flatten())
    {
        if !said.contains(at) {
            said.push(*at);
            say_number(canvas, chart, plot, *at);
        }
    }
}

/// Puts a number beside its point, off the line; says whether it could.
fn say_number(canvas: &mut Canvas, chart: &Chart, plot: &Plot, at: usize) -> bool {
    let edge = &plot.edges[0];
    let known = |at: usize| edge.get(at).copied().flatten().map(|edge| edge.1);
    let Some(value) = known(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(known).unwrap_or(value);
    let behind = known(at + 1).unwrap_or(value);
    let text = figure(chart, value);
    let (x, y) = (plot.xs[at], plot.scale.at(value));
    let half = canvas.width(&text, Weight::Bold) / 2.0;
    let up = canvas.line() * 0.95;
    let aside = half + 12.0;
    // A valley has its number below, a slope at its outer side.
    let places = if before > value && behind >= value {
        [(0.0, up), (-aside, up * 0.5), (aside, up * 0.5), (0.0, -up)]
    } else if behind > value || before < value && behind >= value {
        [
            (0.0, -up),
            (-aside, -up * 0.5),
            (aside, up * 0.5),
            (0.0, up),
        ]
    } else {
        [
            (0.0, -up),
            (aside, -up * 0.5),
            (-aside, up * 0.5),
            (0.0, up),
        ]
    };
    places.into_iter().any(|(dx, dy)| {
        let label = Label {
            x: (x + dx)
                .min(canvas.area.w - half)
                .max(plot.rect.x.min(half)),
            y: y + dy,
            anchor: Anchor::Middle,
            weight: Weight::Bold,
            class: "",
        };
        let place = canvas.place(std::slice::from_ref(&text), label);
        !crosses(plot, place) && canvas.put_line(&text, label)
    })
}

/// Whether a label would lie on the line.
fn crosses(plot: &Plot, place: Rect) -> bool {
    let points: Vec<Option<(f64, f64)>> = plot.edges[0]
        .iter()
        .zip(&plot.xs)
        .map(|(edge, x)| edge.map(|(_, y)| (*x, plot.scale.at(y))))
        .collect();
    points.windows(2).any(|pair| {
        let (Some(a), Some(b)) = (pair[0], pair[1]) else {
            return false;
        };
        (0..=16).any(|step| {
            let part = f64::from(step) / 16.0;
            let (x, y) = (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part);
            x > place.x && x < place.right() && y > place.y + 3.0 && y < place.bottom() - 3.0
        })
    })
}
