//! Blocks that are no plain text: columns, boxes, formulas and drawings.

use super::compose::Composer;
use super::flow::{CAPTION, Region};
use super::formula;
use super::scene::{Face, Mark, Para, Rect, Run, Shape, Stroke, Style, Text, What};
use crate::deck::code::{Extent, codes};
use crate::deck::look::Look;
use crate::deck::{Attrs, Block, BlockKind, Code, Math, qr_text};
use crate::layout::dates::TIMELINE;
use crate::layout::height::{self, GUTTER};
use crate::layout::slots::lone_picture;
use crate::layout::walk;
use crate::render::alert_icon;
use crate::theme::places::Anchor;
use crate::{chart, diagram, icon, qr};

impl Composer<'_> {
    /// A block at its place.
    pub fn thing(&mut self, block: &Block, at: Rect, region: &Region) -> Vec<Shape> {
        let mut shapes = self.drawn(block, at, region);
        for shape in &mut shapes {
            if shape.step == 0 {
                shape.step = block.step;
            }
        }
        shapes
    }

    fn drawn(&mut self, block: &Block, at: Rect, region: &Region) -> Vec<Shape> {
        if let Some(image) = lone_picture(block) {
            return self.figure(image, &block.attrs, at, region);
        }
        match &block.kind {
            // On its own ground, as large as in a slide beside its source.
            BlockKind::Code(code) if block.attrs.has("source") => {
                let inner = Rect {
                    w: at.w - 24.0,
                    ..at
                };
                let mut text = self.code_text(code, inner, (18.0, 24.0), None);
                // Lines that fit break in no face that runs a little wider.
                if Extent::of(code).columns as f64 * 0.603 * 18.0 <= inner.w {
                    text.at.w = at.w;
                }
                vec![text]
            }
            BlockKind::Code(code) => self.code(code, at, region),
            BlockKind::Table(table) => vec![self.table(table, &block.attrs, at, region)],
            BlockKind::List(list) if block.attrs.has(TIMELINE) => {
                self.timeline(list, &block.attrs, at, region)
            }
            BlockKind::List(list) => vec![self.terms(list, at, region)],
            BlockKind::Math(math) => vec![self.formula(math, at, region)],
            BlockKind::Rule => {
                let rule = Rect {
                    y: at.y + at.h / 2.0,
                    h: 2.0,
                    ..at
                };
                vec![Shape::area("Rule", rule, region.ground.rule())]
            }
            BlockKind::Quote(body) => self.quote(body, at, region),
            BlockKind::Group { body, .. } if walk::is_row(block) => {
                self.lost.add("code that changes (its last state is shown)");
                match codes(body).last() {
                    Some(code) => self.code(code, at, region),
                    None => Vec::new(),
                }
            }
            BlockKind::Group { name, body } => match name.as_str() {
                "columns" => self.columns(body, &block.attrs, at, region),
                "alert" => self.alert(body, &block.attrs, at, region),
                "qr" => self.qr(body, at, region),
                "poll" => self.poll(body, &block.attrs, at, region),
                _ => self.flow(body, region.within(at)),
            },
            BlockKind::Chart(chart) => {
                let (mut res, place) = self.captioned(&chart.title, at, region);
                let alt = chart::alternative(chart);
                let native = super::chart::Native::new(
                    chart,
                    &self.paints,
                    &region.ground,
                    &self.ground_name,
                    place.w,
                );
                self.charts.push(native);
                res.push(Shape {
                    at: place,
                    what: What::Chart(self.charts.len() - 1),
                    name: "Chart".into(),
                    alt,
                    holder: None,
                    step: 0,
                });
                res
            }
            BlockKind::Diagram(diagram) => {
                let (mut res, place) = self.captioned(&diagram.title, at, region);
                match self.cache.diagrams.drawing(diagram) {
                    Ok(drawing) => {
                        let colours = super::drawing::Colours {
                            ground: region.ground,
                            paints: &self.paints,
                            on: &self.ground_name,
                        };
                        let alt = diagram::alternative(diagram, &drawing);
                        let drawn =
                            super::drawing::diagram(&drawing, diagram.room, place, alt, &colours);
                        res.extend(drawn);
                    }
                    Err(_) => {
                        let code = Code {
                            lang: String::new(),
                            text: diagram.source.clone(),
                            marks: String::new(),
                            info: block.span,
                            look: Box::default(),
                        };
                        res.extend(self.code(&code, place, region));
                    }
                }
                res
            }
            BlockKind::Heading { .. } | BlockKind::Paragraph(_) | BlockKind::Html(_) => {
                self.flow(std::slice::from_ref(block), region.within(at))
            }
        }
    }

    /// A line above a drawing, and the place that is left.
    fn captioned(&mut self, title: &str, at: Rect, region: &Region) -> (Vec<Shape>, Rect) {
        if title.is_empty() {
            return (Vec::new(), at);
        }
        let style = Style {
            size: region.setting.size * 0.86,
            colour: region.ground.soft,
            bold: true,
            ..self.plain(region)
        };
        let caption = Rect { h: 40.0, ..at };
        let text = Text::new(style, vec![Para::plain(title)]);
        (vec![Shape::text("Caption", caption, text)], at.below(48.0))
    }

    /// How text in a place is set that is no list and no title.
    pub fn plain(&self, region: &Region) -> Style {
        Style {
            size: region.setting.size,
            colour: region.ground.fg,
            face: Face::Text,
            bold: false,
            track: 0.0,
            ..region.style
        }
    }

    fn quote(&mut self, body: &[Block], at: Rect, region: &Region) -> Vec<Shape> {
        let size = region.setting.size;
        let bar = Rect {
            w: 0.16 * size,
            ..at
        };
        let inner = Rect {
            x: at.x + 0.96 * size,
            w: at.w - 0.96 * size,
            ..at
        };
        let mut res = vec![Shape::area("Bar", bar, region.ground.spot)];
        res.extend(self.flow(body, region.within(inner)));
        res
    }

    fn columns(&mut self, body: &[Block], attrs: &Attrs, at: Rect, region: &Region) -> Vec<Shape> {
        let settings = height::column_settings(body, attrs, region.setting.wide(at.w));
        let rule = height::rule(region.setting);
        let mut x = at.x;
        let mut res = Vec::new();
        for ((column, setting), nth) in body.iter().zip(settings).zip(0..) {
            let own = Rect {
                x,
                w: setting.width,
                ..at
            };
            x += setting.width + GUTTER;
            let BlockKind::Group { body, .. } = &column.kind else {
                continue;
            };
            if rule > 0.0 && !body.is_empty() {
                let line = Rect { h: 6.0, ..own };
                let ground = &region.ground;
                let colour = if nth == 0 { ground.spot } else { ground.fg };
                res.push(Shape::area("Rule", line, colour));
            }
            let mut inner = region.within(own.below(rule));
            inner.setting = crate::layout::height::Setting {
                ruled: false,
                ..setting
            };
            inner.is_column = true;
            inner.spread = Some(120.0);
            let mut shapes = self.flow(body, inner);
            for shape in &mut shapes {
                shape.step = shape.step.max(column.step);
            }
            res.extend(shapes);
        }
        res
    }

    fn alert(&mut self, body: &[Block], attrs: &Attrs, at: Rect, region: &Region) -> Vec<Shape> {
        let size = region.setting.size;
        let is = |kind: &str| attrs.has(kind);
        let mut ground = region.ground;
        let mut fill = ground.shade(6.0);
        if is("caution") {
            let fg = ground.fg;
            fill = fg;
            ground.fg = ground.bg;
            (ground.soft, ground.mark, ground.spot) = (ground.fg, ground.fg, ground.fg);
            ground.bg = fg;
        }
        let bar = if is("note") {
            ground.rule()
        } else {
            ground.spot
        };
        let mut panel = Shape::area("Box", at, fill);
        if let (What::Path(path), true) = (&mut panel.what, is("warning")) {
            path.stroke = Some(Stroke::solid(ground.spot, 4.0));
        }
        let mut res = vec![panel];
        if !is("caution") {
            res.push(Shape::area("Bar", Rect { w: 8.0, ..at }, bar));
        }
        let title = if is("note") { ground.fg } else { ground.mark };
        let inner = Rect {
            x: at.x + 8.0 + size,
            y: at.y + 0.7 * size,
            w: at.w - 8.0 - 2.0 * size,
            h: at.h - 1.5 * size,
        };
        let sign = Rect {
            w: 1.15 * size,
            h: 1.15 * size,
            y: inner.y + 0.1 * size,
            ..inner
        };
        let drawn = alert_icon(attrs).and_then(icon::svg);
        let drawn = drawn.and_then(|svg| super::drawing::icon(&svg, sign, title));
        res.extend(drawn);
        let style = Style {
            colour: title,
            bold: true,
            ..self.plain(region)
        };
        let head = Rect {
            x: inner.x + 1.6 * size,
            w: inner.w - 1.6 * size,
            h: 1.36 * size,
            ..inner
        };
        let said = attrs.get("title").unwrap_or_default();
        let text = Text::new(style, vec![Para::plain(said)]);
        res.push(Shape::text("Alert", head, text));
        let mut own = region.within(inner.below(1.71 * size));
        own.ground = ground;
        own.style.colour = ground.fg;
        res.extend(self.flow(body, own));
        res
    }

    fn qr(&mut self, body: &[Block], at: Rect, region: &Region) -> Vec<Shape> {
        let text = qr_text(body);
        let alt = format!("QR code: {text}");
        let side = (at.h - 46.0).clamp(80.0, 280.0);
        let place = Rect {
            w: side,
            h: side,
            ..at
        };
        let drawn = qr::svg(&text, "").and_then(|svg| super::drawing::code(&svg, place, alt));
        let style = Style {
            size: (region.setting.size * 0.7).max(16.0),
            colour: region.ground.soft,
            ..self.plain(region)
        };
        let ground = region.ground;
        let mut words = self.words(ground, Face::Text);
        words.size = style.size;
        let paras = words.blocks(body);
        let caption = at.below(side + 12.0);
        drawn
            .into_iter()
            .chain([Shape::text("Address", caption, Text::new(style, paras))])
            .collect()
    }

    /// A question with what there is to choose from: nobody can answer a file.
    fn poll(&mut self, body: &[Block], attrs: &Attrs, at: Rect, region: &Region) -> Vec<Shape> {
        self.lost.add("polls (question and options are shown)");
        let style = self.plain(region);
        let ground = region.ground;
        let mut paras = Vec::new();
        if let Some(question) = attrs.get("question") {
            paras.push(Para {
                runs: vec![Run {
                    bold: Some(true),
                    ..Run::plain(question)
                }],
                ..Para::default()
            });
        }
        let mut words = self.words(ground, Face::Text);
        words.size = style.size;
        for block in body {
            let is_option = matches!(block.kind, BlockKind::List(_));
            let mut own = words.blocks(std::slice::from_ref(block));
            for para in &mut own {
                if is_option {
                    para.mark = Mark::Letter;
                    para.before = Some(0.9 * style.size);
                }
            }
            paras.extend(own);
        }
        vec![Shape::text("Poll", at, Text::new(style, paras))]
    }

    fn formula(&mut self, math: &Math, at: Rect, region: &Region) -> Shape {
        let size = region.setting.size * 1.21;
        let markup = formula::markup(&mut self.cache.formulas, &math.tex);
        let extent = formula::extent(&mut self.cache.formulas, &math.tex);
        let at = extent.map_or(at, |(wide, high)| {
            // What is wider than its place keeps its shape as well.
            let scale = (at.w / (wide * size)).min(1.0) * size;
            let high = high * scale;
            Rect {
                y: at.y + (at.h - high) / 2.0,
                w: wide * scale,
                h: high,
                ..at
            }
        });
        let runs = formula::runs(&mut self.cache.formulas, &math.tex, &Run::default());
        let style = Style {
            size,
            line: 1.2,
            ..self.plain(region)
        };
        let text = Text {
            anchor: Anchor::Middle,
            ..Text::new(
                style,
                vec![Para {
                    runs,
                    ..Para::default()
                }],
            )
        };
        let shape = Shape::text("Formula", at, text.clone());
        match markup {
            Some(markup) => Shape {
                what: What::Formula(markup, Box::new(text)),
                alt: math.tex.trim().to_string(),
                ..shape
            },
            None => shape,
        }
    }

    fn figure(
        &mut self,
        image: &crate::deck::Image,
        attrs: &Attrs,
        at: Rect,
        region: &Region,
    ) -> Vec<Shape> {
        let caption = if image.title.is_empty() { 0.0 } else { CAPTION };
        let (w, h) = self.picture_size(image, attrs, at);
        let room = (at.h - caption).max(10.0);
        let (w, h) = match h > room && Look::of(attrs).0.height.is_none() {
            true => (w * room / h, room),
            false => (w, h),
        };
        let x = match (attrs.has("center"), attrs.has("right")) {
            (true, _) => at.x + (at.w - w) / 2.0,
            (_, true) => at.right() - w,
            _ => at.x,
        };
        let place = Rect { x, w, h, ..at };
        let mut res = self.pictured(image, attrs, place, attrs.has("cover"));
        if caption > 0.0 {
            let style = Style {
                size: (region.setting.size * 0.7).max(16.0),
                colour: region.ground.soft,
                ..self.plain(region)
            };
            let below = Rect {
                y: place.bottom() + 4.0,
                h: caption,
                ..at
            };
            let text = Text::new(style, vec![Para::plain(&image.title)]);
            res.push(Shape::text("Caption", below, text));
        }
        res
    }
}
