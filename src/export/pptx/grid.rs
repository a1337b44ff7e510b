//! Where the parts of a slide stand: the rows and columns of its layout, given
//! how high each part is.

use std::collections::BTreeMap;

use kurbo::{Affine, BezPath, PathEl, Point};

use super::paint::{Ground, Paints};
use super::scene::{Path, Rect, Run, Shape, Style, Text};
use crate::layout::fit::Sheet;
use crate::theme::places::{self, Layout, Part, Places, Row};

/// Room above and below all rows, if a layout does not say otherwise.
const TOP: f64 = 60.0;
const BOTTOM: f64 = 96.0;

/// A layout on slides of some size.
pub struct Grid<'a> {
    /// Its data.
    pub layout: &'a Layout,
    /// Width and height of a slide.
    size: (f64, f64),
}

/// The places of parts by name.
pub type Rects = BTreeMap<String, Rect>;

impl<'a> Grid<'a> {
    /// A layout on the deck's slides.
    pub fn new(layout: &'a Layout, sheet: &Sheet) -> Self {
        let (w, h) = sheet.size;
        Grid {
            layout,
            size: (f64::from(w), f64::from(h)),
        }
    }

    /// The side margin.
    fn margin(&self) -> f64 {
        self.size.0 / 16.0
    }

    /// Left and right edge between two lines of the grid.
    pub fn span(&self, [from, to]: [f64; 2]) -> (f64, f64) {
        let column = (self.size.0 * 7.0 / 8.0 + 24.0) / 12.0;
        let line = |n: f64| self.margin() + (n - 1.0) * column;
        let left = if from <= 0.0 { 0.0 } else { line(from) };
        let right = if to >= 14.0 {
            self.size.0
        } else {
            line(to) - 24.0
        };
        (left, right.max(left + 1.0))
    }

    /// Top and bottom of an area.
    fn rise(&self, [from, to]: [f64; 2]) -> (f64, f64) {
        let top = if from < 0.0 { self.size.1 + from } else { from };
        let bottom = if to <= 0.0 { self.size.1 + to } else { to };
        (top, bottom.max(top))
    }

    /// How wide a part is.
    pub fn width(&self, part: &Part) -> f64 {
        let (left, right) = self.span(part.x.unwrap_or([1.0, 13.0]));
        part.width
            .map_or(right - left, |most| most.min(right - left))
    }

    /// The places of all parts. `need` says how high each is that is there, the
    /// room above and below its text included; `gap` is the room between rows;
    /// `below` what the rows leave free at the foot for footnotes.
    pub fn solve(&self, need: &BTreeMap<&str, f64>, gap: f64, below: f64) -> Rects {
        let rows = self.layout.rows.clone().unwrap_or_else(|| vec![Row::Fill]);
        let gap = self.layout.gap.unwrap_or(gap);
        let top = self.layout.top.unwrap_or(TOP);
        let bottom = self.size.1 - self.layout.bottom.unwrap_or(BOTTOM) - below;
        let height_of = |number: usize| {
            let own = self.layout.parts.iter().filter(|(name, part)| {
                part.rows == Some([number, number]) && need.contains_key(name.as_str())
            });
            let heights = own.map(|(name, part)| need[name.as_str()] - part.lift.unwrap_or(0.0));
            heights.fold(None, |most: Option<f64>, height| {
                Some(most.map_or(height, |most| most.max(height)))
            })
        };
        let n_rows = rows.len();
        // What is not there takes neither a row nor a gap, but at the foot.
        let heights: Vec<(f64, f64)> = rows
            .iter()
            .zip(1..)
            .map(|(row, number)| match (row, height_of(number)) {
                (Row::Fill, _) => (0.0, gap),
                (Row::Auto, Some(height)) => (height, gap),
                (Row::Auto, None) if number == n_rows => (0.0, gap),
                (Row::Auto, None) => (0.0, 0.0),
            })
            .collect();
        let gaps: f64 = heights[..n_rows - 1].iter().map(|(_, gap)| gap).sum();
        let used: f64 = heights.iter().map(|(height, _)| height).sum();
        let rest = (bottom - top - used - gaps).max(0.0);
        let mut edges = Vec::with_capacity(n_rows);
        let mut y = top;
        for (row, (height, gap)) in rows.iter().zip(&heights) {
            let height = if *row == Row::Fill { rest } else { *height };
            edges.push((y, y + height));
            y += height + gap;
        }
        let place = |part: &Part| {
            let (left, right) = self.span(part.x?);
            let (top, bottom) = match (part.rows, part.y) {
                (Some([first, last]), _) => {
                    let first = first.clamp(1, n_rows) - 1;
                    let last = last.clamp(first + 1, n_rows) - 1;
                    (edges[first].0, edges[last].1)
                }
                (None, Some(y)) => self.rise(y),
                (None, None) => return None,
            };
            let lift = part.lift.unwrap_or(0.0);
            Some(Rect {
                x: left,
                y: top - lift,
                w: part
                    .width
                    .map_or(right - left, |most| most.min(right - left)),
                h: bottom - top + lift,
            })
        };
        let parts = self.layout.parts.iter();
        let mut res: Rects = parts
            .filter(|(name, _)| need.contains_key(name.as_str()))
            .filter_map(|(name, part)| Some((name.clone(), place(part)?)))
            .collect();
        // Who said a quotation stands below it, in the same rows.
        if let (Some(source), Some(height)) = (res.get("source").copied(), need.get("source")) {
            let y = source.bottom() - height;
            res.insert("source".into(), source.below(y - source.y));
            if let Some(quote) = res.get_mut("quote") {
                quote.h = (y - gap - quote.y).max(0.0);
            }
        }
        res
    }

    /// What is drawn below the parts.
    pub fn shapes(
        &self,
        rects: &Rects,
        ground: &Ground,
        paints: &Paints,
        places: &Places,
    ) -> Vec<Shape> {
        let shapes = self.layout.shapes.iter().flatten();
        shapes
            .filter_map(|shape| self.shape(shape, rects, ground, paints, places))
            .collect()
    }

    fn shape(
        &self,
        shape: &places::Shape,
        rects: &Rects,
        ground: &Ground,
        paints: &Paints,
        places: &Places,
    ) -> Option<Shape> {
        let mut at = match (&shape.of, shape.around.is_empty()) {
            (Some(part), _) => *rects.get(part)?,
            (None, false) => around(shape.around.iter().filter_map(|part| rects.get(part)))?,
            (None, true) => Rect::default(),
        };
        if let Some(x) = shape.x {
            let (left, right) = self.span(x);
            (at.x, at.w) = (left, right - left);
        }
        if let Some(y) = shape.y {
            let (top, bottom) = self.rise(y);
            (at.y, at.h) = (top, bottom - top);
        }
        if let Some([above, right, below, left]) = shape.grow {
            // No margin is as wide on a narrower slide.
            let left = left.min(at.x);
            at = Rect {
                x: at.x - left,
                y: at.y - above,
                w: at.w + left + right,
                h: at.h + above + below,
            };
        }
        let mut fill = ground.named(&shape.fill, paints);
        if let (Some(part), Some(over)) = (shape.part, &shape.over) {
            fill = fill.mixed(part, ground.named(over, paints));
        }
        if let Some(side) = &shape.side {
            let thick = shape.thick.unwrap_or(1.0);
            if side == "bottom" {
                at.y = at.bottom() - thick;
            }
            at.h = thick;
        }
        if let Some(letter) = &shape.text {
            let style = Style {
                size: shape.size.unwrap_or(100.0) * (0.4 + 0.6 * self.size.0 / 1280.0),
                colour: fill,
                mark: fill,
                face: super::scene::Face::Display,
                bold: true,
                line: shape.line.unwrap_or(1.0),
                track: 0.0,
                gap: 0.0,
                align: super::scene::Align::Start,
            };
            let para = super::scene::Para {
                runs: vec![Run::plain(letter)],
                ..super::scene::Para::default()
            };
            return Some(Shape::text("Sign", at, Text::new(style, vec![para])));
        }
        match shape.edge.as_ref().and_then(|name| places.edges.get(name)) {
            Some(edge) => Some(torn(at, edge, shape, fill)),
            None => Some(Shape::area("Ground", at, fill)),
        }
    }
}

fn around<'r>(rects: impl Iterator<Item = &'r Rect>) -> Option<Rect> {
    rects.copied().reduce(|a, b| {
        let (x, y) = (a.x.min(b.x), a.y.min(b.y));
        Rect {
            x,
            y,
            w: a.right().max(b.right()) - x,
            h: a.bottom().max(b.bottom()) - y,
        }
    })
}

/// An area with a torn side.
fn torn(at: Rect, edge: &places::Edge, shape: &places::Shape, fill: super::paint::Colour) -> Shape {
    let Ok(path) = BezPath::from_svg(&edge.path) else {
        return Shape::area("Ground", at, fill);
    };
    let high = at.h / edge.height.max(1.0);
    let mut to = Affine::scale_non_uniform(1.0, high);
    if shape.upside {
        to = Affine::new([1.0, 0.0, 0.0, -high, 0.0, at.h]);
    }
    let mut outline = Affine::translate((at.right() - edge.width, at.y)) * to * path;
    // The straight side of the strip is that of the whole shape.
    let straight = at.right() - edge.width + 1e-6;
    for element in outline.elements_mut() {
        let to_left = |point: &mut Point| {
            if point.x <= straight {
                point.x = at.x;
            }
        };
        match element {
            PathEl::MoveTo(to) | PathEl::LineTo(to) => to_left(to),
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => to_left(to),
            PathEl::ClosePath => {}
        }
    }
    if shape.turned {
        let turn = Affine::new([-1.0, 0.0, 0.0, 1.0, at.x + at.right(), 0.0]);
        outline = turn * outline;
    }
    let path = Path {
        outline,
        fill: Some(fill),
        stroke: None,
    };
    Shape::path("Ground", path)
}
