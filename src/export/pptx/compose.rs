//! A frame into shapes: each part of its layout at its place.

use std::collections::BTreeMap;

use super::chart::Native;
use super::flow::Region;
use super::grid::{Grid, Rects};
use super::paint::{Colour, Ground, Paints};
use super::parts::{self, Sizes};
use super::scene::{Face, Para, Rect, Run, Shape, Style, Text, What};
use super::words::Words;
use super::{Lost, Wide};
use crate::deck::{Block, BlockKind, Frame, Inline, Layout};
use crate::icon;
use crate::layout::fit::footnote_lines;
use crate::layout::fit::{self, GAP, Rung};
use crate::layout::height::{self, Setting};
use crate::render::Cache;
use crate::theme::places::{self, Anchor, Part};

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
}

/// A slide as it stands beside its source: so much smaller, and where.
const INSET_TOP: f64 = 30.0;

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
    specimen(wide, frame, small, (line, code), cache, charts, lost)
}

/// A slide beside its source.
fn specimen(
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
        slots: crate::deck::Slots {
            body: vec![code.clone()],
            ..crate::deck::Slots::default()
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
    if let What::Text(text) = &mut frame_shape.what {
        text.stroke = Some(super::scene::Stroke::solid(composer.ground.rule(), 1.5));
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
    for shape in drawn.into_iter().chain(small.shapes) {
        let is_foot = shape.holder.as_ref().is_some_and(|holder| holder.idx > 20);
        if !is_foot {
            let mut shape = shape.moved(scale, at.x, at.y);
            shape.holder = None;
            inner.push(shape);
        }
    }
    res.shapes.extend(inner);
    res
}

impl<'a> Composer<'a> {
    fn new(
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
        };
        let layout = res.layout();
        res.ground_name = res.ground_name_of(&layout);
        res.ground = res.ground_of(&layout);
        res
    }

    /// The layout of the slide.
    fn layout(&self) -> places::Layout {
        let named = parts::candidates(self.frame)
            .into_iter()
            .find_map(|id| self.wide.layouts.get(id));
        named.map_or_else(places::Layout::default, |layout| {
            parts::split(layout, self.frame)
        })
    }

    fn ground_name_of(&self, layout: &places::Layout) -> String {
        let said = self
            .frame
            .classes
            .iter()
            .find_map(|class| class.strip_prefix("ground-"));
        let own = self.frame.classes.iter().any(|class| class == "own-ground");
        match said {
            _ if own => "paper".into(),
            Some(name) => name.into(),
            None => parts::ground_of(layout).into(),
        }
    }

    fn ground_of(&self, layout: &places::Layout) -> Ground {
        if self.backdrop().is_some() {
            return Ground::dark(&self.paints);
        }
        let name = self.ground_name_of(layout);
        let grounds = &self.wide.theme.places.grounds;
        match grounds.get(&name).or_else(|| grounds.get("paper")) {
            Some(names) => self.paints.ground(names),
            None => Ground::dark(&self.paints),
        }
    }

    /// The picture behind everything, if it was found.
    fn backdrop(&self) -> Option<&'a crate::deck::Image> {
        let image = self.frame.backdrop.as_ref()?;
        let is_found = |asset: &&crate::deck::AssetRef| asset.href == image.href;
        let asset = self.frame.assets.iter().find(is_found)?;
        asset.key.as_ref().map(|_| image)
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
        let rects = self.solved(&grid, &need);
        let mut res = Composed {
            back: self.back(&layout),
            covers: false,
            shapes: Vec::new(),
            layout: layout.id.clone(),
        };
        let usual = self.wide.rects.get(&layout.id);
        res.covers = self.differs(&layout, &rects, usual) || res.back != Back::Layout;
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
        } else if res.covers {
            let places = &self.wide.theme.places;
            let mut drawn = grid.shapes(&rects, &self.ground, &self.paints, places);
            if self.ground_is_own() {
                drawn.retain(|shape| shape.name != "Ground" || shape.at.h < 20.0);
            }
            res.shapes.extend(drawn);
        }
        self.fill(&mut res.shapes, &grid, sizes, &rects, moved);
        res
    }

    /// Whether its author gave the slide a ground of its own.
    fn ground_is_own(&self) -> bool {
        let is_own = |class: &String| class == "own-ground" || class.starts_with("ground-");
        self.frame.classes.iter().any(is_own)
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
    fn title(&mut self, style: &Style, moved: bool) -> Vec<Run> {
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
            line: style.line,
            ..self.setting.sized(style.size).wide(width)
        }
    }

    /// How high each part is that is there.
    fn need(
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
        let mut style = parts::style(
            name,
            part,
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

    fn notes_height(&self) -> f64 {
        match footnote_lines(&self.frame.footnotes) {
            0 => 0.0,
            n => f64::from(4 + n * 24),
        }
    }

    fn solved(&self, grid: &Grid<'_>, need: &BTreeMap<&str, f64>) -> Rects {
        let gap = GAP[usize::from(self.frame.fit)];
        grid.solve(need, gap, self.notes_height())
    }

    /// Fills the parts.
    fn fill(
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

    fn part(&mut self, name: &str, part: &Part, at: Rect, style: Style, moved: bool) -> Vec<Shape> {
        let frame = self.frame;
        let slots = &frame.slots;
        let holder = parts::holder(name);
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
            holder: parts::holder(name),
            spread: part.spread.filter(|_| !self.frame.dense),
            ground: self.ground,
            is_code: self.frame.layout == Layout::Code && name == "body",
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

    fn icon(&mut self, at: Rect, anchor: Anchor, style: Style) -> Vec<Shape> {
        let svg = self.frame.icon.as_deref().and_then(icon::svg);
        let y = match anchor {
            Anchor::Top => at.y,
            Anchor::Middle => at.y + (at.h - style.size) / 2.0,
            Anchor::Bottom => at.bottom() - style.size,
        };
        let place = Rect {
            x: at.x,
            y,
            w: style.size,
            h: style.size,
        };
        svg.and_then(|svg| super::drawing::icon(&svg, place, style.colour))
            .into_iter()
            .collect()
    }

    /// The entries of an agenda: numbered, each leading to its slide.
    fn agenda(&mut self, part: &Part, at: Rect, style: Style) -> Vec<Shape> {
        let entries = &self.frame.agenda;
        let columns = usize::from(part.columns.unwrap_or(1)).max(1);
        let per_column = entries
            .len()
            .div_ceil(columns)
            .max(if columns > 1 { 3 } else { 1 });
        let gap = 48.0;
        let width = (at.w - gap * (columns as f64 - 1.0)) / columns as f64;
        let most = match (columns, entries.len()) {
            (1, 0..=5) => 142.0,
            (1, _) => 104.0,
            _ => 160.0,
        };
        let pitch = (at.h / per_column as f64).min(most);
        let size = match (columns, entries.len()) {
            (1, 0..=5) => style.size * 1.15,
            _ => style.size,
        };
        let style = Style {
            size,
            line: 1.2,
            bold: columns == 1 || style.bold,
            ..style
        };
        let ground = self.ground;
        let mut res = Vec::new();
        for (column, nth) in entries.chunks(per_column).zip(0..) {
            let place = Rect {
                x: at.x + f64::from(nth) * (width + gap),
                y: at.y,
                w: width,
                h: pitch * column.len() as f64,
            };
            let icon_size = size * 1.1;
            let text_width = width - icon_size - 24.0 - size * 1.9;
            let mut paras = Vec::new();
            let mut rest = 0.0;
            let mut all_short = true;
            for (entry, row) in column.iter().zip(0..) {
                let mut runs = self.words(ground, Face::Text).line(&entry.title);
                let link = self.wide.slides.get(&entry.target).copied();
                for run in &mut runs {
                    run.link = link.map(super::scene::Link::Slide);
                    run.colour = None;
                }
                let weight = crate::measure::Weight::Bold;
                let lines = height::text(&entry.title, size * 1.06, weight, text_width).max(1.0);
                all_short &= lines <= 1.0;
                let own = lines * size * 1.2;
                let above = ((pitch - own) / 2.0).max(0.0);
                paras.push(Para {
                    runs,
                    mark: super::scene::Mark::Number(u32::from(entry.number)),
                    before: Some(if row == 0 { 0.0 } else { rest + above }),
                    ..Para::default()
                });
                rest = (pitch - own - above).max(0.0);
                if row == 0 {
                    rest = rest.max(0.0);
                }
            }
            let first = height::text(
                &column[0].title,
                size * 1.06,
                crate::measure::Weight::Bold,
                text_width,
            );
            let above = ((pitch - first.max(1.0) * size * 1.2) / 2.0).max(0.0);
            let text = Text {
                inset: [above, icon_size + 24.0, 0.0, 0.0],
                ..Text::new(style, paras)
            };
            res.push(Shape {
                holder: parts::holder("agenda").filter(|_| nth == 0),
                ..Shape::text("Agenda", place, text)
            });
            // Lines and icons stand beside lines of text, so these must not wrap.
            for (entry, row) in column.iter().zip(0..).filter(|_| all_short) {
                let y = at.y + f64::from(row) * pitch;
                let rule = Rect { y, h: 1.5, ..place };
                res.push(Shape::area("Rule", rule, ground.rule()));
                let icon = entry.icon.as_deref().and_then(icon::svg);
                let place = Rect {
                    x: place.right() - icon_size,
                    y: y + (pitch - icon_size) / 2.0,
                    w: icon_size,
                    h: icon_size,
                };
                let drawn = icon.and_then(|svg| super::drawing::icon(&svg, place, ground.fg));
                res.extend(drawn);
            }
        }
        res
    }

    /// What stands at the foot of the slide, by its marks.
    fn footnotes(&mut self, res: &mut Vec<Shape>) {
        if self.frame.footnotes.is_empty() {
            return;
        }
        let (w, h) = self.size();
        let left = w / 16.0 + (w * 7.0 / 8.0 + 24.0) / 3.0;
        let height = self.notes_height() + 6.0;
        let at = Rect {
            x: left,
            y: h - 72.0 - height,
            w: w * 15.0 / 16.0 - left,
            h: height,
        };
        let ground = self.ground;
        let style = Style {
            size: 16.0,
            colour: ground.soft,
            mark: ground.mark,
            face: Face::Text,
            bold: false,
            line: 1.25,
            track: 0.0,
            gap: 0.25,
            align: super::scene::Align::Start,
        };
        let frame = self.frame;
        let mut paras = Vec::new();
        for (note, number) in frame.footnotes.iter().zip(1..) {
            paras.push(Para {
                runs: self.words(ground, Face::Text).line(note),
                mark: super::scene::Mark::Number(number),
                before: Some(4.0),
                ..Para::default()
            });
        }
        let text = Text {
            inset: [6.0, 0.0, 0.0, 0.0],
            ..Text::new(style, paras)
        };
        let rule = Rect { h: 1.5, ..at };
        res.push(Shape::area("Rule", rule, ground.rule()));
        res.push(Shape::text("Footnotes", at, text));
    }

    /// What the slide stands on.
    fn back(&mut self, layout: &places::Layout) -> Back {
        let has = |class: &str| self.frame.classes.iter().any(|own| own == class);
        if let Some(image) = self.backdrop() {
            if image.medium().is_some() {
                self.lost.add("films behind a slide");
                return Back::Colour(self.ground.bg);
            }
            let (w, h) = self.size();
            let all = Rect {
                w,
                h,
                ..Rect::default()
            };
            return match self.picture(image, all, true) {
                Some(picture) => Back::Picture(picture),
                None => Back::Colour(self.ground.bg),
            };
        }
        if has("own-gradient")
            && let Some((angle, stops)) = gradient(&self.frame.style)
        {
            return Back::Gradient(angle, stops);
        }
        if self.ground_name == parts::ground_of(layout) && !has("own-ground") {
            return Back::Layout;
        }
        Back::Colour(self.ground.bg)
    }

    /// The left half of a slide beside its source: title and code.
    fn source_slide(&mut self) -> Composed {
        let layout = self.wide.layouts.get("bullets-wide").cloned();
        let layout = layout.unwrap_or_default();
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
                holder: parts::holder("body"),
                ..shape
            });
        }
        res
    }

    /// Where a slide's title ends, with the gap behind it.
    fn below_title(&self) -> f64 {
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

/// The gradient of a slide, as `layout` wrote it: its angle as Office counts
/// them, clockwise from the left edge, and its stops.
fn gradient(style: &str) -> Option<(f64, Vec<(f64, Colour)>)> {
    let css = style.split("--gradient:linear-gradient(").nth(1)?;
    let mut parts: Vec<&str> = css.split(')').next()?.split(',').collect();
    let mut angle: f64 = 180.0;
    let first = *parts.first()?;
    if let Some(degrees) = first.strip_suffix("deg") {
        angle = degrees.parse().ok()?;
        parts.remove(0);
    } else if let Some(sides) = first.strip_prefix("to ") {
        angle = match sides {
            "top" => 0.0,
            "right" => 90.0,
            "left" => 270.0,
            "top right" | "right top" => 45.0,
            "bottom right" | "right bottom" => 135.0,
            "bottom left" | "left bottom" => 225.0,
            "top left" | "left top" => 315.0,
            _ => 180.0,
        };
        parts.remove(0);
    }
    let n = parts.len().saturating_sub(1).max(1) as f64;
    let stops = parts.iter().zip(0..).map(|(part, nth)| {
        let (colour, place) = part.split_once(' ').unwrap_or((part, ""));
        let place = place.trim().trim_end_matches('%').parse::<f64>().ok();
        let colour = Colour::fixed(crate::palette::Rgb::parse(colour)?);
        Some((place.unwrap_or(f64::from(nth) * 100.0 / n), colour))
    });
    let stops: Option<Vec<(f64, Colour)>> = stops.collect();
    Some(((angle + 270.0) % 360.0, stops?))
}
