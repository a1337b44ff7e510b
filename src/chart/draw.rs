//! The frame of every drawing: what it is for whom, and which series is which.

use super::canvas::{Anchor, Canvas, Label, Rect};
use super::number::{Ticks, written};
use super::words::alternative;
use super::{bars, lines, pie, points};
use crate::deck::chart::{Chart, ChartKind, Room};
use crate::escape::escape;
use crate::measure::Weight;

/// Size of labels in a drawing that has the slide's width, and in one that
/// shares it. Drawings may be shown a little smaller than they are drawn, and
/// no type on a slide goes below 20.
const WIDE_SIZE: f64 = 24.0;
const NARROW_SIZE: f64 = 22.0;
/// Width below which a drawing counts as narrow.
const NARROW_WIDTH: u32 = 700;

/// Series after which the classes of colours begin anew.
pub const COLOURS: usize = 6;

/// The drawing of a chart for some room.
pub fn svg(chart: &Chart, room: Room, class: &str) -> String {
    let size = if room.width < NARROW_WIDTH {
        NARROW_SIZE
    } else {
        WIDE_SIZE
    };
    let (w, h) = (
        f64::from(room.width.max(240)),
        f64::from(room.height.max(200)),
    );
    let mut canvas = Canvas::new(w, h, size);
    match chart.kind {
        ChartKind::Bar => bars::draw(&mut canvas, chart),
        ChartKind::Line | ChartKind::Area => lines::draw(&mut canvas, chart),
        ChartKind::Scatter => points::draw(&mut canvas, chart),
        ChartKind::Pie | ChartKind::Donut => pie::draw(&mut canvas, chart),
    }
    let mut res = format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {w} {h}\" role=\"img\" font-size=\"{size}\" aria-label=\""
    );
    escape(&mut res, &alternative(chart));
    res += "\">";
    res += &canvas.finish();
    res += "</svg>";
    res
}

/// Whether bars run from left to right in some room.
pub fn lies(chart: &Chart, room: Room) -> bool {
    let (w, h) = (
        f64::from(room.width.max(240)),
        f64::from(room.height.max(200)),
    );
    let size = if room.width < NARROW_WIDTH {
        NARROW_SIZE
    } else {
        WIDE_SIZE
    };
    chart.kind == ChartKind::Bar && bars::is_lying(&Canvas::new(w, h, size), chart)
}

/// From where to where an axis of numbers runs.
pub struct Range {
    /// The lowest number.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// From one number to the next.
    pub step: f64,
    /// Digits behind the decimal mark that tell them apart.
    pub digits: u8,
}

/// From where to where an axis of numbers runs, and in which steps: that below the
/// points of a chart if there is one, and that at its side. Bars have none of
/// their own.
pub fn axes(chart: &Chart, room: Room) -> [Option<Range>; 2] {
    let height = f64::from(room.height.max(200));
    let of = |ticks: Ticks| {
        Some(Range {
            low: ticks.low(),
            high: ticks.high(),
            step: ticks.at.get(1)? - ticks.at.first()?,
            digits: ticks.digits,
        })
    };
    match chart.kind {
        ChartKind::Line | ChartKind::Area => [None, of(lines::side(chart, height))],
        ChartKind::Scatter => {
            let (across, up) = points::sides(&points::pairs(chart), height);
            [of(across), of(up)]
        }
        ChartKind::Bar | ChartKind::Pie | ChartKind::Donut => [None, None],
    }
}

/// Whether a name is the highlighted one.
pub fn is_highlight(chart: &Chart, name: &str) -> bool {
    let folded = |text: &str| text.trim().to_lowercase();
    chart
        .highlight
        .as_ref()
        .is_some_and(|wanted| !name.is_empty() && folded(wanted) == folded(name))
}

/// Whether something of the chart is highlighted at all: a spelling that
/// matches nothing must not grey everything.
pub fn has_highlight(chart: &Chart) -> bool {
    let series = chart.series.iter().map(|series| &series.name);
    series
        .chain(&chart.names)
        .chain(&chart.groups)
        .any(|name| is_highlight(chart, name))
}

/// The class of a series' colour, or of one row of it: the accent for what is
/// highlighted, grey for the rest, else one of six.
pub fn colour(chart: &Chart, series: usize, name: &str) -> String {
    let series_name = chart
        .series
        .get(series)
        .map_or("", |series| series.name.as_str());
    if !has_highlight(chart) {
        format!("s{}", series % COLOURS + 1)
    } else if is_highlight(chart, series_name) || is_highlight(chart, name) {
        "hot".into()
    } else {
        "cool".into()
    }
}

/// A number of the chart with its unit.
pub fn figure(chart: &Chart, value: f64) -> String {
    written(value, chart.numbers.digits, &chart.numbers)
}

/// A row of names with their colours, where no name can stand at its series;
/// returns the height it took.
pub fn key(canvas: &mut Canvas, chart: &Chart) -> f64 {
    let swatch = canvas.size * 0.72;
    let (mut x, mut y) = (0.0, canvas.line() / 2.0);
    for (series, number) in chart.series.iter().zip(0..) {
        let text = canvas.wrapped(&series.name, Weight::Bold, canvas.area.w - swatch * 2.0, 1);
        let width = swatch * 1.5 + canvas.widest(text.iter().map(String::as_str), Weight::Bold);
        if x > 0.0 && x + width > canvas.area.w {
            x = 0.0;
            y += canvas.line() * 1.1;
        }
        let class = colour(chart, number, "");
        canvas.rect(
            &class,
            Rect {
                x,
                y: y - swatch / 2.0,
                w: swatch,
                h: swatch,
            },
        );
        let label = Label {
            x: x + swatch * 1.5,
            y,
            anchor: Anchor::Start,
            weight: Weight::Bold,
            class: "",
        };
        canvas.put(&text, label);
        x += width + canvas.size * 1.2;
    }
    y + canvas.line() / 2.0 + canvas.size * 0.6
}
