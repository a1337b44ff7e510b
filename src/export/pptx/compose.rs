//! A frame into shapes: each part of its layout at its place.

use std::collections::BTreeMap;

use super::chart::Native;
use super::flow::Region;
use super::grid::{Grid, Rects};
use super::paint::{Colour, Ground, Paints};
use super::parts::{self, Sizes};
use super::scene::{Face, Holder, Para, Rect, Run, Shape, Style, Text, What};
use super::words::Words;
use super::{Lost, Wide, specimen};
use crate::deck::{Block, BlockKind, Frame, Inline, Layout};
use crate::layout::fit::{self, GAP, Rung};
use crate::layout::height::{self, Setting};
use crate::layout::notes;
use crate::render::Cache;
use crate::theme::places::{self, Part};

/// What a slide stands on, if it is not what its layout does.
#[derive(Debug, Clone, PartialEq)]
pub enum Back {
    /// That of the layout.
    Layout,
    /// A colour.
    Colour(Colour),
    /// A gradient: its angle in degrees as Office counts them, and its stops.
    Gradient(f64, Vec<(f64, Colour)>),
    /// A picture that fills it.
    Picture(super::scene::Picture),
}

/// A slide as shapes.
pub struct Composed {
    /// The name of its layout.
    pub layout: String,
    /// What it stands on.
    pub back: Back,
    /// What stands on it.
    pub shapes: Vec<Shape>,
    /// Whether it draws what its layout draws, because that stands elsewhere.
    pub covers: bool,
}

/// Composes one slide.
pub struct Composer<'a> {
    /// What all slides have in common.
    pub wide: &'a Wide<'a>,
    /// The slide.
    pub frame: &'a Frame,
    /// Its colours.
    pub ground: Ground,
    /// The name of its ground.
    pub ground_name: String,
    /// The palette on it.
    pub paints: Paints,
    /// What was set, drawn and coloured already.
    pub cache: &'a mut Cache,
    /// The charts of the presentation so far.
    pub charts: &'a mut Vec<Native>,
    /// What could not be carried.
    pub lost: &'a mut Lost,
    /// How the slide is set.
    pub setting: Setting,
    /// The name of its layout.
    pub layout_id: String,
}

/// Composes a slide.
pub fn compose(
    wide: &Wide<'_>,
    frame: &Frame,
    cache: &mut Cache,
    charts: &mut Vec<Native>,
    lost: &mut Lost,
) -> Composed {
    let Some((line, code)) = &frame.example else {
        return Composer::new(wide, frame, cache, charts, lost).slide();
    };
    let inner = Frame {
        example: None,
        footer: String::new(),
        ..frame.clone()
    };
    let small = Composer::new(wide, &inner, cache, charts, lost).slide();
    specimen::specimen(wide, frame, small, (line, code), cache, charts, lost)
}

impl<'a> Composer<'a> {
    pub fn new(
        wide: &'a Wide<'a>,
        frame: &'a Frame,
        cache: &'a mut Cache,
        charts: &'a mut Vec<Native>,
        lost: &'a mut Lost,
    ) -> Self {
        let paints = wide.paints.on(frame);
        let step = usize::from(frame.fit);
        let mut res = Composer {
            wide,
            frame,
            ground: Ground::dark(&paints),
            ground_name: "night".into(),
            paints,
            cache,
            charts,
            lost,
            setting: wide.sheet.setting(step),
            layout_id: String::new(),
        };
        let layout = res.layout();
        res.layout_id = layout.id.clone();
        res.ground_name = res.ground_name_of(&layout);
        res.ground = res.ground_of(&layout);
        res
    }

    /// The place of the layout that a part fills.
    pub fn holder(&self, part: &str) -> Option<Holder> {
        match &self.wide.slots {
            None => parts::holder(part),
            Some(slots) => {
                let slot = slots.get(&self.layout_id)?.get(part)?;
                Some(slot.holder.clone())
            }
        }
    }

    /// The layout of the slide.
    pub fn layout(&self) -> places::Layout {
        let named = parts::candidates(self.frame)
            .into_iter()
            .find_map(|id| self.wide.layouts.get(id));
        named.map_or_else(places::Layout::default, |layout| {
            parts::adapted(layout, self.frame, &self.wide.sheet)
        })
    }

    /// What text is made with, on a ground and at a size.
    pub fn words(&mut self, ground: Ground, face: Face) -> Words<'_> {
        Words {
            ground,
            slides: &self.wide.slides,
            formulas: &mut self.cache.formulas,
            lost: self.lost,
            accents: face == Face::Display && !self.wide.theme.faces.display.italic,
            size: self.setting.size,
            tight: self.setting.tight,
        }
    }

    /// The slide.
    fn slide(mut self) -> Composed {
        let layout = self.layout();
        let grid = Grid::new(&layout, &self.wide.sheet);
        let sizes = Sizes::of(self.frame, &self.wide.sheet);
        let moved = self.statement_as_title();
        let need = self.need(&grid, sizes, moved);
        let mut rects = self.solved(&grid, &need);
        self.in_template(&mut rects);
        let mut res = Composed {
            back: self.back(&layout),
            covers: false,
            shapes: Vec::new(),
            layout: layout.id.clone(),
        };
        let usual = self.wide.rects.get(&layout.id);
        res.covers = self.wide.slots.is_none()
            && (self.differs(&layout, &rects, usual) || res.back != Back::Layout);
        if let Back::Picture(_) = res.back {
            let (w, h) = self.size();
            let all = Rect {
                w,
                h,
                ..Rect::default()
            };
            // As dark as the page makes it, so that white text holds on any picture.
            let black = Colour::fixed(crate::palette::BLACK).faint(60);
            res.shapes.push(Shape::area("Shade", all, black));
        } else if res.covers && !rects.contains_key("picture") {
            let places = self.wide.theme.places();
            let mut drawn = grid.shapes(&rects, &self.ground, &self.paints, places);
            if self.ground_is_own() {
                drawn.retain(|shape| shape.name != "Ground" || shape.at.h < 20.0);
            }
            res.shapes.extend(drawn);
        }
        self.fill(&mut res.shapes, &grid, sizes, &rects, moved);
        self.over_picture(&mut res.shapes, &grid, &rects);
        self.as_the_template(&mut res.shapes);
        res
    }

    /// What a layout draws between its picture and the words on it. The layout's
    /// own stands below all that is on the slide, the picture too.
    fn over_picture(&self, shapes: &mut Vec<Shape>, grid: &Grid<'_>, rects: &Rects) {
        let of_picture = |shape: &Shape| matches!(shape.what, What::Picture(_));
        let Some(at) = shapes.iter().position(of_picture) else {
            return;
        };
        if !rects.contains_key("picture") || self.wide.slots.is_some() {
            return;
        }
        let drawn = grid.shapes(rects, &self.ground, &self.paints, self.wide.theme.places());
        shapes.splice(at + 1..at + 1, drawn);
    }

    pub fn size(&self) -> (f64, f64) {
        let (w, h) = self.wide.sheet.size;
        (f64::from(w), f64::from(h))
    }

    /// Whether what the layout draws has to stand elsewhere on this slide.
    fn differs(&self, layout: &places::Layout, rects: &Rects, usual: Option<&Rects>) -> bool {
        let shapes = layout.shapes.iter().flatten();
        let parts = shapes.flat_map(|shape| shape.of.iter().chain(&shape.around));
        let Some(usual) = usual else {
            return true;
        };
        parts
            .into_iter()
            .any(|part| match (rects.get(part), usual.get(part)) {
                (Some(own), Some(usual)) => !own.is_like(usual),
                (None, None) => false,
                _ => true,
            })
    }

    /// Whether the only sentence of a statement stands where its title would.
    fn statement_as_title(&self) -> bool {
        let is_lone = matches!(
            self.frame.slots.body.first(),
            Some(Block {
                kind: BlockKind::Paragraph(_),
                ..
            })
        );
        self.frame.layout == Layout::Statement && self.frame.title.is_empty() && is_lone
    }

    /// The title, and which one of several slides this is.
    pub fn title(&mut self, style: &Style, moved: bool) -> Vec<Run> {
        let frame = self.frame;
        let line: &[Inline] = match frame.slots.body.first().map(|block| &block.kind) {
            Some(BlockKind::Paragraph(line)) if moved => line,
            _ => &frame.title,
        };
        let ground = self.ground;
        let mut runs = self.words(ground, style.face).line(line);
        for run in &mut runs {
            // A title is as heavy as its face is; what is strong in it is the accent.
            if run.bold.take().is_some() && run.colour == Some(ground.fg) {
                run.colour = (frame.layout == Layout::Statement).then_some(ground.mark);
            }
        }
        if let Some(part) = frame.part.filter(|_| !runs.is_empty()) {
            runs.push(Run {
                text: format!(" ({}/{})", part.number, part.total),
                bold: Some(false),
                face: Some(Face::Text),
                scale: Some(0.5),
                colour: Some(ground.soft),
                ..Run::default()
            });
        }
        runs
    }

    fn rung(&self) -> Rung {
        Rung {
            step: usize::from(self.frame.fit),
            dense: self.frame.dense,
            two: self.frame.two,
        }
    }

    /// The setting of a part's blocks.
    fn setting_of(&self, name: &str, style: &Style, width: f64) -> Setting {
        let place = fit::place(self.frame, &self.wide.sheet, self.rung());
        let rows = matches!(name, "left" | "right") || place.at.rows;
        Setting {
            rows,
            // Only what ends a body has rules above its columns.
            ruled: self.setting.ruled && name == "body",
            line: style.line,
            ..self.setting.sized(style.size).wide(width)
        }
    }

    /// How high each part is that is there.
    pub fn need(
        &mut self,
        grid: &Grid<'_>,
        sizes: Sizes<'_>,
        moved: bool,
    ) -> BTreeMap<&'static str, f64> {
        const NAMES: [&str; 15] = [
            "title", "body", "left", "right", "picture", "drawing", "quote", "source", "figure",
            "numeral", "icon", "meta", "agenda", "number", "footer",
        ];
        let mut res = BTreeMap::new();
        for name in NAMES {
            let Some(part) = grid.layout.parts.get(name) else {
                continue;
            };
            let style = self.style(name, part, sizes);
            let width = grid.width(part);
            if let Some(height) = self.height(name, part, &style, width, moved) {
                let around = part.above.unwrap_or(0.0) + part.below.unwrap_or(0.0);
                res.insert(name, height + around);
            }
        }
        res
    }

    fn style(&self, name: &str, part: &Part, sizes: Sizes<'_>) -> Style {
        // On a ground of the slide's own no part has one.
        let is_own = self.ground_is_own() || self.backdrop().is_some();
        let part = Part {
            ground: part.ground.clone().filter(|_| !is_own),
            ..part.clone()
        };
        let mut style = parts::style(
            name,
            &part,
            sizes,
            self.wide.theme,
            &self.ground,
            &self.paints,
        );
        // A single paragraph of a factor is set larger.
        let is_lone = name == "body"
            && self.frame.layout == Layout::Factor
            && matches!(
                self.frame.slots.body.as_slice(),
                [Block {
                    kind: BlockKind::Paragraph(_),
                    ..
                }]
            );
        if is_lone {
            style.size *= if self.frame.fit == 0 { 1.5 } else { 1.3 };
            style.colour = self.ground.fg;
        }
        style
    }

    /// How high a part is; `None` if it is not there.
    fn height(
        &mut self,
        name: &str,
        part: &Part,
        style: &Style,
        width: f64,
        moved: bool,
    ) -> Option<f64> {
        let slots = &self.frame.slots;
        let setting = self.setting_of(name, style, width);
        let there = |is: bool, height: f64| is.then_some(height);
        let body = if moved { &slots.body[1..] } else { &slots.body };
        let blocks =
            |blocks: &[Block]| (!blocks.is_empty()).then(|| height::blocks(blocks, setting));
        match name {
            "title" => {
                let runs = self.title(style, moved);
                let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                let line = vec![Inline::Text(text.trim().to_string())];
                // Lines are counted in Inter without tracking, half a size for each letter.
                let runs_wide = self.wide.theme.faces.display.wide + 2.0 * style.track;
                let width = width * 1.02 / runs_wide.max(0.5);
                let height = self
                    .wide
                    .sheet
                    .display(&line, style.size, width, style.line, 0.0);
                there(!runs.is_empty(), height)
            }
            "body" => blocks(body),
            "left" => blocks(&slots.left).or(Some(0.0)),
            "right" => blocks(&slots.right).or(Some(0.0)),
            "picture" => there(slots.picture.is_some(), 0.0),
            "drawing" => there(slots.drawing.is_some(), 0.0),
            "quote" => blocks(&slots.body),
            "source" => {
                let lines = height::text(
                    &slots.source,
                    style.size,
                    crate::measure::Weight::Regular,
                    width,
                );
                there(!slots.source.is_empty(), lines * style.size * style.line)
            }
            "figure" => there(!slots.figure.is_empty(), 0.0),
            "numeral" => there(
                self.frame.number.is_some(),
                style.size * style.line.max(0.8),
            ),
            "icon" => there(self.frame.icon.is_some(), style.size),
            "meta" => there(!self.frame.meta.is_empty(), style.size * 1.36),
            "agenda" => there(!self.frame.agenda.is_empty(), 0.0),
            "number" => Some(20.0),
            "footer" => there(!self.frame.footer.is_empty(), 20.0),
            _ => part.y.map(|_| 0.0),
        }
    }

    pub fn notes_height(&self) -> f64 {
        match notes::lines(&self.frame.footnotes, self.wide.sheet.size.0) {
            0 => 0.0,
            n => f64::from(4 + n * 24),
        }
    }

    pub fn solved(&self, grid: &Grid<'_>, need: &BTreeMap<&str, f64>) -> Rects {
        let gap = GAP[usize::from(self.frame.fit)];
        grid.solve(need, gap, self.notes_height())
    }

    /// Fills the parts.
    pub fn fill(
        &mut self,
        res: &mut Vec<Shape>,
        grid: &Grid<'_>,
        sizes: Sizes<'_>,
        rects: &Rects,
        moved: bool,
    ) {
        let names = [
            "picture", "title", "numeral", "icon", "figure", "body", "quote", "source", "left",
            "right", "drawing", "meta", "agenda", "footer", "number",
        ];
        for name in names {
            let (Some(part), Some(at)) = (grid.layout.parts.get(name), rects.get(name)) else {
                continue;
            };
            let style = self.style(name, part, sizes);
            let shapes = self.part(name, part, *at, style, moved);
            res.extend(shapes);
        }
        self.footnotes(res);
    }

    fn part(
        &mut self,
        name: &str,
        part: &Part,
        mut at: Rect,
        mut style: Style,
        moved: bool,
    ) -> Vec<Shape> {
        let frame = self.frame;
        let (words, number) = parts::figure(frame);
        if name != "figure" || words.is_empty() && number.chars().count() <= 10 {
            at = parts::one_line(name, &mut style, at, self.wide.theme);
        }
        let slots = &frame.slots;
        let holder = self.holder(name);
        let anchor = part.anchor.unwrap_or_default();
        let line = |runs: Vec<Run>| Text {
            anchor,
            inset: inset(part),
            ..Text::new(
                style,
                vec![Para {
                    runs,
                    ..Para::default()
                }],
            )
        };
        let text = match name {
            "title" => line(self.title(&style, moved)),
            "numeral" => {
                let number = frame.number.map(|number| number.to_string());
                line(vec![Run::plain(&number.unwrap_or_default())])
            }
            "number" => line(vec![Run {
                is_number: true,
                ..Run::plain(&self.lost.slide.to_string())
            }]),
            "footer" => line(vec![Run::plain(&frame.footer)]),
            "source" => {
                let ground = self.ground;
                line(self.words(ground, style.face).line(&slots.source))
            }
            "figure" => line(self.big_figure(&style)),
            "meta" => line(vec![Run::plain(&frame.meta.join("  ·  "))]),
            "icon" => return self.icon(at, anchor, style),
            "agenda" => return self.agenda(part, at, style),
            "picture" => return self.canvas(at),
            "drawing" => {
                let drawing = slots.drawing.as_slice();
                let region = self.region(name, part, at, style);
                return self.flow(drawing, region);
            }
            _ => {
                let blocks: &[Block] = match name {
                    "left" => &slots.left,
                    "right" => &slots.right,
                    _ if moved => &slots.body[1..],
                    _ => &slots.body,
                };
                let region = self.region(name, part, at, style);
                return self.flow(blocks, region);
            }
        };
        let label = match name {
            "title" => "Title",
            "number" => "Slide number",
            "footer" => "Footer",
            _ => "Text",
        };
        vec![Shape {
            holder,
            ..Shape::text(label, at, text)
        }]
    }

    /// The place of a part's blocks.
    fn region(&self, name: &str, part: &Part, at: Rect, style: Style) -> Region {
        let mut setting = self.setting_of(name, &style, at.w);
        setting.two = self.frame.two && name == "body";
        Region {
            at,
            setting,
            style,
            anchor: part.anchor.unwrap_or_default(),
            inset: inset(part),
            holder: self.holder(name),
            spread: part.spread.filter(|_| !self.frame.dense),
            ground: self.ground,
            is_code: self.frame.layout == Layout::Code && name == "body",
            is_alone: false,
            is_column: matches!(name, "left" | "right"),
        }
    }

    /// A big figure: words in front of the number stand above it.
    fn big_figure(&mut self, style: &Style) -> Vec<Run> {
        let frame = self.frame;
        let (words, number) = parts::figure(frame);
        let ground = self.ground;
        if words.is_empty() {
            let mut runs = self.words(ground, Face::Display).line(&frame.slots.figure);
            for run in &mut runs {
                run.bold = None;
                run.colour = None;
            }
            return runs;
        }
        let above = 52.0 * self.wide.sheet.k() / style.size;
        vec![
            Run {
                scale: Some(above),
                ..Run::plain(&words)
            },
            Run::line_break(),
            Run::plain(&number),
        ]
    }

    /// Where a slide's title ends, with the gap behind it.
    pub fn below_title(&self) -> f64 {
        let title = self
            .wide
            .sheet
            .title_height(self.frame, 0, self.wide.sheet.width());
        if title > 0.0 { 60.0 + title } else { 0.0 }
    }
}

/// Room around the text of a part.
fn inset(part: &Part) -> [f64; 4] {
    [
        part.above.unwrap_or(0.0),
        0.0,
        part.below.unwrap_or(0.0),
        0.0,
    ]
}
