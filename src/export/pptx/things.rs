//! Blocks that are no plain text: code, tables, columns, boxes and drawings.

use super::compose::Composer;
use super::flow::{CAPTION, Region};
use super::formula;
use super::scene::{
    Align, Cell, Face, Mark, Para, Path, Rect, Run, Shape, Stroke, Style, Table as Grid, Text, What,
};
use crate::deck::code::{Extent, Lines, codes};
use crate::deck::look::Look;
use crate::deck::{Align as Column, Attrs, Block, BlockKind, Code, List, Math, Table, qr_text};
use crate::layout::dates::{self, TIMELINE};
use crate::layout::height::{self, GUTTER, TableHeights};
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
    fn plain(&self, region: &Region) -> Style {
        Style {
            size: region.setting.size,
            colour: region.ground.fg,
            face: Face::Text,
            bold: false,
            track: 0.0,
            ..region.style
        }
    }

    // ---- code

    fn code(&mut self, code: &Code, at: Rect, region: &Region) -> Vec<Shape> {
        let setting = region.setting;
        if region.is_code {
            // Alone it is as large as its place lets it be.
            let Extent { columns, lines } = Extent::of(code);
            let wide = at.w / (columns.max(24) as f64 * 0.603);
            let high = at.h / (lines.max(4) as f64 * 1.42);
            let size = wide.min(high).min(34.0).max(setting.code.0);
            return vec![self.code_text(code, at, (size, size), Some(Anchor::Middle))];
        }
        let size = height::code_size([code].into_iter(), at.w - 56.0, setting);
        let inner = Rect {
            x: at.x + 28.0,
            y: at.y + 24.0,
            w: at.w - 56.0,
            h: (at.h - 48.0).max(size),
        };
        let lines = height::code_lines(code, size, inner.w) * size * 1.42 + 48.0;
        let panel = Rect {
            h: at.h.min(lines.max(size)),
            ..at
        };
        let panel_colour = self.paints.get("panel");
        let text = self.code_text(code, inner, (size, size), None);
        vec![Shape::area("Panel", panel, panel_colour), text]
    }

    /// The lines of code, coloured.
    pub fn code_text(
        &mut self,
        code: &Code,
        at: Rect,
        (least, most): (f64, f64),
        anchor: Option<Anchor>,
    ) -> Shape {
        let columns = Extent::of(code).columns.max(24) as f64;
        let size = (at.w / (columns * 0.603)).min(most).max(least);
        let look = &code.look;
        if look.stages.len() > 1 {
            self.lost.add("walks through code");
        }
        let style = Style {
            size,
            colour: self.paints.get("on-panel"),
            mark: self.paints.get("hl-comment"),
            face: Face::Mono,
            bold: false,
            line: 1.42,
            track: 0.0,
            gap: 0.0,
            align: Align::Start,
        };
        let mut paras = Vec::new();
        if !look.name.is_empty() {
            paras.push(Para {
                runs: vec![Run {
                    scale: Some(0.75),
                    colour: Some(self.paints.get("hl-comment")),
                    ..Run::plain(&look.name)
                }],
                before: Some(0.0),
                ..Para::default()
            });
        }
        let is_diff = look.diff || matches!(code.lang.as_str(), "diff" | "patch");
        let lines = self
            .cache
            .colours
            .lines(&code.lang, &crate::render::code_text(code));
        let sources: Vec<&str> = code.text.split('\n').collect();
        let mut number = look.numbers;
        for ((line, source), at) in lines.iter().zip(&sources).zip(1..) {
            let sign = source.chars().next().filter(|_| is_diff);
            let is_marked = match &look.stages[..] {
                [only] => only.lines != Lines::All && only.lines.holds(at),
                _ => false,
            };
            let behind = match sign {
                Some('+') => Some(self.paints.get("hl-string")),
                Some('-') => Some(self.paints.get("hl-removed")),
                _ if is_marked => Some(self.paints.get("hl-keyword")),
                _ => None,
            };
            let behind = behind.map(|colour| colour.mixed(16.0, self.paints.get("panel")));
            let mut runs: Vec<Run> = Vec::new();
            if look.diff {
                let sign = sign.filter(|sign| matches!(sign, '+' | '-')).unwrap_or(' ');
                runs.push(Run::plain(&format!("{sign} ")));
            }
            runs.extend(
                line.iter()
                    .filter(|run| !run.text.is_empty())
                    .map(|run| Run {
                        colour: (!run.class.is_empty())
                            .then(|| self.paints.get(&format!("hl-{}", run.class))),
                        // Blanks at the start of a line are part of it.
                        ..Run::plain(&run.text.trim_end_matches('\n').replace('\t', "    "))
                    }),
            );
            for run in &mut runs {
                run.behind = behind;
            }
            let is_counted = sign != Some('-') || !look.diff;
            let mark = match number.filter(|_| is_counted) {
                Some(own) => {
                    number = Some(own + 1);
                    Mark::Line(own)
                }
                None => Mark::None,
            };
            paras.push(Para {
                runs,
                mark,
                before: Some(0.0),
                ..Para::default()
            });
        }
        let text = Text {
            anchor: anchor.unwrap_or_default(),
            ..Text::new(style, paras)
        };
        Shape::text("Code", at, text)
    }

    // ---- tables

    fn table(&mut self, table: &Table, attrs: &Attrs, at: Rect, region: &Region) -> Shape {
        let mut setting = region.setting.wide(at.w);
        if attrs.has("compact") {
            setting.pad = 0.2;
        }
        let measured = TableHeights::of(table, setting);
        let n = measured.widths.len();
        let size = measured.size;
        let is_striped = attrs.has("striped");
        // Cells stand 24 units apart; those at the edges reach out to them.
        let columns: Vec<f64> = (0..n)
            .map(|at| {
                let edges = f64::from(u8::from(at > 0)) + f64::from(u8::from(at + 1 < n));
                measured.widths[at] + 12.0 * edges
            })
            .collect();
        let all: f64 = columns.iter().sum();
        let columns: Vec<f64> = columns.iter().map(|w| w * at.w / all.max(1.0)).collect();
        // Alone on its slide a table fills its place, one of few rows a part of it.
        let is_alone =
            self.frame.layout == crate::deck::Layout::Table && self.frame.slots.body.len() == 1;
        let part = match table.rows.len() {
            _ if !is_alone => 0.0,
            0..=2 => 0.56,
            3 => 0.78,
            _ => 1.0,
        };
        let rows_height: f64 = measured.rows.iter().sum();
        let room = (at.h * part - measured.head).max(rows_height);
        let grow = if rows_height > 0.0 {
            room / rows_height
        } else {
            1.0
        };
        let ground = region.ground;
        let style = Style {
            size,
            line: 1.25,
            ..self.plain(region)
        };
        let mut rows = Vec::new();
        let cells = |this: &mut Self, row: &[Vec<crate::deck::Inline>], nth: Option<usize>| {
            let is_head = nth.is_none();
            let is_last = nth == Some(table.rows.len() - 1);
            let made = row.iter().enumerate().map(|(column, cell)| {
                let is_total = is_last && attrs.has("total");
                let is_bold = is_head || is_total || attrs.has("first") && column == 0;
                let align = match table.align.get(column) {
                    Some(Column::Right | Column::Number) => Align::End,
                    Some(Column::Center) => Align::Center,
                    Some(Column::Start) | None => Align::Start,
                };
                let mut words = this.words(ground, Face::Text);
                words.size = size;
                let runs = words.line(cell);
                let side = |is_edge: bool| if is_edge && !is_striped { 0.0 } else { 12.0 };
                let is_odd = nth.is_some_and(|nth| nth % 2 == 0);
                let text = Text {
                    anchor: if is_head {
                        Anchor::Bottom
                    } else {
                        Anchor::Middle
                    },
                    inset: [
                        setting.pad * size * 0.9,
                        side(column + 1 == n),
                        setting.pad * size * 0.9,
                        side(column == 0),
                    ],
                    fill: (is_striped && is_odd).then(|| ground.shade(5.0)),
                    ..Text::new(
                        Style {
                            bold: is_bold,
                            align,
                            ..style
                        },
                        vec![Para {
                            runs,
                            ..Para::default()
                        }],
                    )
                };
                let below = match (is_head, is_last) {
                    (true, _) => Some(Stroke::solid(ground.fg, 4.0)),
                    (false, true) => None,
                    (false, false) if is_striped => None,
                    (false, false) => Some(Stroke::solid(ground.rule(), 1.5)),
                };
                Cell {
                    text,
                    below,
                    above: is_total.then(|| Stroke::solid(ground.fg, 2.5)),
                }
            });
            made.collect::<Vec<Cell>>()
        };
        rows.push((measured.head, cells(self, &table.head, None)));
        for (nth, row) in table.rows.iter().enumerate() {
            let height = measured.rows[nth] * grow;
            rows.push((height, cells(self, row, Some(nth))));
        }
        close_lines(&mut rows);
        self.as_table(rows, columns, at, true)
    }

    fn as_table(
        &self,
        rows: Vec<(f64, Vec<Cell>)>,
        columns: Vec<f64>,
        at: Rect,
        has_head: bool,
    ) -> Shape {
        let height = rows.iter().map(|(height, _)| height).sum();
        Shape {
            at: Rect { h: height, ..at },
            what: What::Table(Box::new(Grid {
                columns,
                rows,
                has_head,
            })),
            name: "Table".into(),
            alt: String::new(),
            holder: None,
            step: 0,
        }
    }

    /// Terms and what explains them, as a table without a head.
    fn terms(&mut self, list: &List, at: Rect, region: &Region) -> Shape {
        let setting = region.setting.wide(at.w);
        let (term, rest) = height::term_widths(setting);
        let style = self.plain(region);
        let ground = region.ground;
        let heights = height::items(list, &list.items, setting);
        let gap = height::item_gap(list, setting);
        let mut rows = Vec::new();
        for (item, height) in list.items.iter().zip(heights) {
            let (first, others) = item.blocks.split_at(item.blocks.len().min(1));
            let mut words = self.words(ground, Face::Text);
            words.size = style.size;
            let sides = [words.blocks(first), words.blocks(others)];
            let cells = sides
                .into_iter()
                .zip([true, false])
                .map(|(paras, is_term)| Cell {
                    text: Text {
                        inset: [0.4 * style.size, if is_term { 24.0 } else { 0.0 }, 0.0, 0.0],
                        ..Text::new(
                            Style {
                                bold: is_term,
                                ..style
                            },
                            paras,
                        )
                    },
                    above: Some(Stroke::solid(ground.rule(), 1.5)),
                    below: None,
                });
            rows.push((height + gap, cells.collect()));
        }
        close_lines(&mut rows);
        self.as_table(rows, vec![term + 24.0, rest.max(1.0)], at, false)
    }

    // ---- boxes

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
        if let (What::Text(text), true) = (&mut panel.what, is("warning")) {
            text.stroke = Some(Stroke::solid(ground.spot, 4.0));
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
        let side = (at.h - 46.0).min(280.0).max(80.0);
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

    // ---- formulas

    fn formula(&mut self, math: &Math, at: Rect, region: &Region) -> Shape {
        let size = region.setting.size * 1.21;
        let colour = region.ground.fg;
        let look = |xml: &mut super::xml::Xml, italic: bool| {
            xml.open("a:rPr")
                .attr("lang", "en-US")
                .attr("sz", (size * super::PX_POINT).round() as i64);
            xml.attr("i", u8::from(italic));
            super::body::fill(xml, colour);
            xml.open("a:latin")
                .attr("typeface", "Cambria Math")
                .attr("panose", "02040503050406030204")
                .close();
            xml.close();
        };
        let markup = formula::markup(&mut self.cache.formulas, &math.tex, &look);
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

    // ---- timelines

    fn timeline(&mut self, list: &List, attrs: &Attrs, at: Rect, region: &Region) -> Vec<Shape> {
        let drawn = self.wide.theme.places.timeline.clone();
        let (line, dot, is_round) = drawn
            .as_ref()
            .map_or((6.0, 22.0, false), |own| (own.line, own.dot, own.round));
        let ground = region.ground;
        let fill = drawn.map_or(ground.fg, |own| ground.named(&own.fill, &self.paints));
        let n = list.items.len().max(1) as f64;
        let along = attrs.has("along");
        let keeps = region.setting.keeps;
        let font = dates::date_size(attrs) * keeps;
        let font = if along { font } else { font.min(44.0 * keeps) };
        let date_style = Style {
            size: font,
            face: Face::Display,
            bold: self.wide.theme.faces.display.weight >= 600,
            line: 1.05,
            track: -0.02,
            ..self.plain(region)
        };
        let event_style = self.plain(region);
        let column = (at.w + 24.0) / 12.0;
        let mut res = Vec::new();
        let axis = if along {
            let y = at.y + at.h * 0.38;
            Rect { y, h: line, ..at }
        } else {
            Rect {
                x: at.x + column * 4.0,
                w: line,
                ..at
            }
        };
        res.push(Shape::area("Line", axis, fill));
        for (item, nth) in list.items.iter().zip(0..) {
            let (date, event) = dates::apart(item);
            let start = f64::from(nth);
            let (date_at, event_at, centre) = if along {
                let width = at.w / n;
                let x = at.x + width * start;
                let date = Rect {
                    x,
                    y: at.y,
                    w: width - 12.0,
                    h: axis.y - at.y - 0.5 * font,
                };
                let event = Rect {
                    x,
                    y: axis.bottom() + 34.0,
                    w: width - 28.0,
                    h: at.bottom() - axis.bottom() - 34.0,
                };
                (date, event, (x + dot / 2.0, axis.y + line / 2.0))
            } else {
                let height = at.h / n;
                let y = at.y + height * start;
                let date = Rect {
                    x: at.x,
                    y,
                    w: column * 4.0 - 24.0,
                    h: height,
                };
                let x = axis.right() + 1.4 * event_style.size;
                let event = Rect {
                    x,
                    y: y + 0.3 * event_style.size,
                    w: at.right() - x,
                    h: height - 0.3 * event_style.size,
                };
                let middle = y + 0.55 * event_style.size + dot / 2.0;
                (date, event, (axis.x + line / 2.0, middle))
            };
            res.push(mark(centre, dot, is_round, ground.spot));
            let mut words = self.words(ground, Face::Text);
            words.size = event_style.size;
            let date = words.line(&date);
            let mut paras = words.blocks(&event);
            for run in paras
                .iter_mut()
                .flat_map(|para| para.runs.first_mut())
                .take(1)
            {
                run.text = run.text.trim_start().to_string();
            }
            let date = Text {
                anchor: if along { Anchor::Bottom } else { Anchor::Top },
                ..Text::new(
                    date_style,
                    vec![Para {
                        runs: date,
                        ..Para::default()
                    }],
                )
            };
            let step = item.step;
            res.push(Shape {
                step,
                ..Shape::text("Date", date_at, date)
            });
            res.push(Shape {
                step,
                ..Shape::text("Event", event_at, Text::new(event_style, paras))
            });
        }
        res
    }

    // ---- pictures in the text

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

/// The mark of an entry of a timeline.
fn mark(centre: (f64, f64), size: f64, is_round: bool, colour: super::paint::Colour) -> Shape {
    let (x, y) = (centre.0 - size / 2.0, centre.1 - size / 2.0);
    if !is_round {
        let at = Rect {
            x,
            y,
            w: size,
            h: size,
        };
        return Shape::area("Mark", at, colour);
    }
    let circle = kurbo::Circle::new(centre, size / 2.0);
    let path = Path {
        outline: kurbo::Shape::to_path(&circle, 0.1),
        fill: Some(colour),
        stroke: None,
    };
    Shape::path("Mark", path)
}

/// A line between two rows belongs to both.
fn close_lines(rows: &mut [(f64, Vec<Cell>)]) {
    for at in 1..rows.len() {
        let (front, back) = rows.split_at_mut(at);
        let (Some((_, upper)), Some((_, lower))) = (front.last_mut(), back.first_mut()) else {
            continue;
        };
        for (upper, lower) in upper.iter_mut().zip(lower) {
            let line = lower.above.or(upper.below);
            upper.below = line;
            lower.above = line;
        }
    }
}
