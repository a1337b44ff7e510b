//! A slide beside its source.

use super::chart::Native;
use super::compose::{Back, Composed, Composer};
use super::grid::Grid;
use super::parts::Sizes;
use super::scene::{Rect, Shape, Stroke, What};
use super::{Lost, Wide};
use crate::deck::{Block, BlockKind, Frame, Inline, Layout, Slots};
use crate::render::Cache;

/// Room between the title and the slide below it.
const INSET_TOP: f64 = 30.0;

/// A slide beside its source.
pub fn specimen(
    wide: &Wide<'_>,
    frame: &Frame,
    small: Composed,
    (line, code): (&str, &Block),
    cache: &mut Cache,
    charts: &mut Vec<Native>,
    lost: &mut Lost,
) -> Composed {
    let outer = Frame {
        layout: Layout::Bullets,
        title: vec![Inline::Text(line.to_string())],
        slots: Slots {
            body: vec![code.clone()],
            ..Slots::default()
        },
        style: String::new(),
        classes: frame
            .classes
            .iter()
            .filter(|class| class.starts_with("transition"))
            .cloned()
            .collect(),
        backdrop: None,
        footnotes: Vec::new(),
        fit: 0,
        part: None,
        example: None,
        ..frame.clone()
    };
    let mut composer = Composer::new(wide, &outer, cache, charts, lost);
    let mut res = composer.source_slide();
    // The slide as it is, but smaller: in the right seven columns, below the title.
    let (w, h) = (f64::from(wide.sheet.size.0), f64::from(wide.sheet.size.1));
    let left = w / 16.0 + (w * 7.0 / 8.0 + 24.0) * 5.0 / 12.0;
    let scale = (w - 40.0 - left) / w;
    let top = composer.below_title() + INSET_TOP;
    let scale = scale.min((h - top - 30.0) / h);
    let at = Rect {
        x: left,
        y: top,
        w: w * scale,
        h: h * scale,
    };
    let back = match &small.back {
        Back::Colour(colour) => *colour,
        Back::Gradient(_, stops) => stops
            .first()
            .map_or(composer.ground.bg, |(_, colour)| *colour),
        Back::Layout | Back::Picture(_) => wide.back_of(&small.layout),
    };
    let mut frame_shape = Shape::area("Slide", at, back);
    if let What::Path(path) = &mut frame_shape.what {
        path.stroke = Some(Stroke::solid(composer.ground.rule(), 1.5));
    }
    let mut inner = vec![frame_shape];
    if let Back::Picture(picture) = &small.back {
        inner.push(Shape {
            at,
            what: What::Picture(picture.clone()),
            name: "Picture".into(),
            alt: String::new(),
            holder: None,
            step: 0,
        });
    }
    let drawn = if small.covers {
        Vec::new()
    } else {
        wide.drawn_by(&small.layout)
    };
    let is_foot = |shape: &Shape| shape.holder.as_ref().is_some_and(|holder| holder.idx > 20);
    let feet: Vec<Rect> = small
        .shapes
        .iter()
        .filter(|shape| is_foot(shape))
        .map(|shape| shape.at)
        .collect();
    // The ground that a foot has of its own on a picture goes with it.
    let is_below = |shape: &Shape| {
        let is_around = |foot: &Rect| shape.at.y <= foot.y && shape.at.bottom() >= foot.bottom();
        shape.name == "Ground" && shape.at.h < 40.0 && feet.iter().any(is_around)
    };
    for shape in drawn.into_iter().chain(small.shapes.iter().cloned()) {
        if !is_foot(&shape) && !is_below(&shape) {
            let mut shape = shape.moved(scale, at.x, at.y);
            shape.holder = None;
            inner.push(shape);
        }
    }
    res.shapes.extend(inner);
    res
}

impl Composer<'_> {
    /// The left half of a slide beside its source: title and code.
    fn source_slide(&mut self) -> Composed {
        let layout = self.wide.layouts.get("bullets-wide").cloned();
        let mut layout = layout.unwrap_or_default();
        // Words at the foot do not cross the edge of the source's ground.
        if let Some(footer) = layout.parts.get_mut("footer") {
            footer.x = Some([6.0, 13.0]);
        }
        if let Some(number) = layout.parts.get_mut("number") {
            number.ground = Some("panel".into());
        }
        let grid = Grid::new(&layout, &self.wide.sheet);
        let sizes = Sizes::of(self.frame, &self.wide.sheet);
        let mut res = Composed {
            layout: layout.id.clone(),
            back: Back::Layout,
            shapes: Vec::new(),
            covers: false,
        };
        let mut need = self.need(&grid, sizes, false);
        need.remove("body");
        let rects = self.solved(&grid, &need);
        let (_, h) = self.size();
        let top = self.below_title();
        let (_, right) = grid.span([1.0, 6.0]);
        let panel = self.paints.get("panel");
        let ground = Rect {
            x: 0.0,
            y: top,
            w: right,
            h: h - top,
        };
        res.shapes.push(Shape::area("Panel", ground, panel));
        self.fill(&mut res.shapes, &grid, sizes, &rects, false);
        let (left, _) = grid.span([1.0, 6.0]);
        let at = Rect {
            x: left,
            y: top + 30.0,
            w: right - left - 24.0,
            h: h - top - 126.0,
        };
        let code = self.frame.slots.body.first();
        if let Some(Block {
            kind: BlockKind::Code(code),
            ..
        }) = code
        {
            let shape = self.code_text(code, at, (18.0, 24.0), None);
            res.shapes.push(Shape {
                holder: self.holder("body"),
                ..shape
            });
        }
        res
    }
}
