//! Text of the model into paragraphs and runs.

use std::collections::HashMap;

use super::Lost;
use super::formula;
use super::paint::Ground;
use super::scene::{Align, Face, Link, Mark, Para, Run};
use crate::deck::{Attrs, Block, BlockKind, Inline, List, Sign};
use crate::layout::height::scale_of;
use crate::links;
use crate::math::Formulas;

/// How far nested lists may go in: the levels that a presentation has.
const MAX_LEVEL: u8 = 4;

/// What text needs to know of its slide.
pub struct Words<'a> {
    /// The colours it stands on.
    pub ground: Ground,
    /// Slides by id, counted from 0.
    pub slides: &'a HashMap<String, usize>,
    /// Formulas set so far.
    pub formulas: &'a mut Formulas,
    /// What could not be carried.
    pub lost: &'a mut Lost,
    /// Whether emphasis is the accent, because the face has no italic.
    pub accents: bool,
    /// Size of body type: room between paragraphs is measured in it.
    pub size: f64,
    /// How much of the room between things is left.
    pub tight: f64,
}

impl Words<'_> {
    /// A line of text.
    pub fn line(&mut self, inlines: &[Inline]) -> Vec<Run> {
        let mut res = Vec::new();
        self.inlines(inlines, &Run::default(), &mut res);
        joined(res)
    }

    fn inlines(&mut self, inlines: &[Inline], look: &Run, res: &mut Vec<Run>) {
        let with = |text: &str| Run {
            text: text.into(),
            ..look.clone()
        };
        for inline in inlines {
            match inline {
                Inline::Text(text) => res.push(with(&text.replace('\n', " "))),
                Inline::Emph(body) => {
                    let look = Run {
                        italic: !self.accents,
                        colour: self.accents.then_some(self.ground.mark).or(look.colour),
                        ..look.clone()
                    };
                    self.inlines(body, &look, res);
                }
                Inline::Strong(body) => {
                    let look = Run {
                        bold: Some(true),
                        colour: look.colour.or(Some(self.ground.fg)),
                        ..look.clone()
                    };
                    self.inlines(body, &look, res);
                }
                Inline::Strike(body) => {
                    let look = Run {
                        strike: true,
                        ..look.clone()
                    };
                    self.inlines(body, &look, res);
                }
                Inline::Mark(body) => {
                    let look = self.marked(look);
                    self.inlines(body, &look, res);
                }
                Inline::Code(code) => res.push(Run {
                    face: Some(Face::Mono),
                    scale: Some(look.scale.unwrap_or(1.0) * 0.9),
                    behind: Some(self.ground.shade(8.0)),
                    ..with(code)
                }),
                Inline::Link { body, to } => {
                    let look = match self.link(&to.href) {
                        Some(link) => Run {
                            link: Some(link),
                            colour: Some(self.ground.mark),
                            ..look.clone()
                        },
                        None => look.clone(),
                    };
                    self.inlines(body, &look, res);
                }
                Inline::Span { body, attrs, .. } => {
                    let look = self.spanned(attrs, look);
                    self.inlines(body, &look, res);
                }
                Inline::Image(image) => {
                    self.lost.add("pictures in a line of text");
                    if !image.alt.is_empty() {
                        res.push(with(&format!("[{}]", image.alt)));
                    }
                }
                Inline::Sign(Sign::Icon { .. }) => self.lost.add("icons in a line of text"),
                Inline::Sign(Sign::Note { number, .. }) => res.push(Run {
                    raised: 30,
                    bold: Some(true),
                    colour: Some(self.ground.mark),
                    ..with(&number.to_string())
                }),
                Inline::Math(math) => {
                    let runs = formula::runs(self.formulas, &math.tex, look);
                    res.extend(runs);
                }
                Inline::Html { html, .. } if html.to_lowercase().starts_with("<br") => {
                    res.push(with("\n"));
                }
                Inline::Html { .. } => self.lost.add("raw HTML"),
                Inline::Break => res.push(with("\n")),
            }
        }
    }

    fn marked(&self, look: &Run) -> Run {
        Run {
            behind: Some(self.ground.mark.mixed(20.0, self.ground.bg)),
            ..look.clone()
        }
    }

    /// The look of words with something in braces behind them.
    fn spanned(&self, attrs: &Attrs, look: &Run) -> Run {
        let mut res = look.clone();
        if attrs.has("small") || attrs.has("large") {
            res.scale = Some(res.scale.unwrap_or(1.0) * scale_of(attrs));
        }
        if attrs.has("muted") {
            res.colour = Some(self.ground.soft);
        }
        if attrs.has("accent") {
            res.colour = Some(self.ground.mark);
        }
        if attrs.has("mono") {
            res.face = Some(Face::Mono);
        }
        if attrs.has("kbd") {
            res.face = Some(Face::Mono);
            res.scale = Some(res.scale.unwrap_or(1.0) * 0.84);
            res.behind = Some(self.ground.shade(14.0));
        }
        if attrs.has("sup") {
            res.raised = 30;
        }
        if attrs.has("sub") {
            res.raised = -25;
        }
        if attrs.has("mark") {
            res = self.marked(&res);
        }
        res
    }

    /// Where a link leads, if it may be followed.
    pub fn link(&self, href: &str) -> Option<Link> {
        if !links::is_safe(href) {
            return None;
        }
        let Some(id) = href.strip_prefix('#') else {
            // A path would lead from wherever the presentation lies.
            return links::leaves_deck(href).then(|| Link::Out(href.into()));
        };
        let number = id.split('.').next().and_then(|n| n.parse::<usize>().ok());
        let by_number = number
            .and_then(|n| n.checked_sub(1))
            .filter(|n| *n < self.slides.len());
        by_number
            .or_else(|| self.slides.get(id).copied())
            .map(Link::Slide)
    }

    /// Blocks that are text, one below the other.
    pub fn blocks(&mut self, blocks: &[Block]) -> Vec<Para> {
        let mut res = Vec::new();
        for block in blocks {
            let start = res.len();
            self.block(block, 0, block.step, &mut res);
            let gap = 0.8 * self.size * self.tight;
            if let Some(first) = res.get_mut(start) {
                first.before = Some(if start == 0 { 0.0 } else { gap });
            }
            self.braces(&block.attrs, &mut res[start..]);
        }
        res
    }

    /// What stands in braces behind a block.
    fn braces(&self, attrs: &Attrs, paras: &mut [Para]) {
        let scale = scale_of(attrs);
        for para in paras {
            if (scale - 1.0).abs() > 0.01 {
                para.size = Some(para.size.unwrap_or(self.size) * scale);
            }
            if attrs.has("center") {
                para.align = Some(Align::Center);
            }
            if attrs.has("right") {
                para.align = Some(Align::End);
            }
            for run in &mut para.runs {
                if attrs.has("muted") {
                    run.colour = Some(self.ground.soft);
                }
                if attrs.has("accent") {
                    run.colour = Some(self.ground.mark);
                }
                if attrs.has("mono") {
                    run.face = Some(Face::Mono);
                }
            }
        }
    }

    fn block(&mut self, block: &Block, level: u8, step: u16, res: &mut Vec<Para>) {
        match &block.kind {
            BlockKind::Heading { level: rank, body } => {
                let (scale, line) = if *rank <= 3 { (1.2, 1.15) } else { (1.0, 1.36) };
                let mut runs = self.line(body);
                for run in &mut runs {
                    run.bold = Some(true);
                    run.face = run.face.or((*rank <= 3).then_some(Face::Display));
                    run.colour = run.colour.or(Some(self.ground.fg));
                }
                res.push(Para {
                    runs,
                    size: Some(self.size * scale),
                    line: Some(line),
                    step,
                    ..Para::default()
                });
            }
            BlockKind::Paragraph(body) => res.push(Para {
                runs: self.line(body),
                step,
                ..Para::default()
            }),
            BlockKind::List(list) => self.list(list, level, step, res),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => {
                for each in body {
                    self.block(each, level, step.max(each.step), res);
                }
            }
            BlockKind::Code(code) => {
                for line in code.text.split('\n') {
                    res.push(Para {
                        runs: vec![Run {
                            face: Some(Face::Mono),
                            ..Run::plain(line)
                        }],
                        before: Some(0.0),
                        step,
                        ..Para::default()
                    });
                }
            }
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells: Vec<String> = row
                        .iter()
                        .map(|cell| crate::deck::plain_text(cell))
                        .collect();
                    res.push(Para {
                        step,
                        ..Para::plain(&cells.join(" · "))
                    });
                }
            }
            BlockKind::Math(math) => res.push(Para {
                runs: formula::runs(self.formulas, &math.tex, &Run::default()),
                step,
                ..Para::default()
            }),
            BlockKind::Html(html) => {
                self.lost.add("raw HTML");
                let text = text_of_html(html);
                for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    res.push(Para {
                        step,
                        ..Para::plain(line)
                    });
                }
            }
            BlockKind::Chart(chart) => res.push(Para {
                step,
                ..Para::plain(&crate::chart::alternative(chart))
            }),
            BlockKind::Diagram(diagram) => res.push(Para {
                step,
                ..Para::plain(&diagram.alt)
            }),
            BlockKind::Rule => {}
        }
    }

    fn list(&mut self, list: &List, level: u8, step: u16, res: &mut Vec<Para>) {
        for (item, number) in list.items.iter().zip(0..) {
            let step = step.max(item.step);
            let continued = item.attrs.has("continued");
            let mark = match (list.start, item.task) {
                _ if list.terms || continued => Mark::None,
                (_, Some(done)) => Mark::Task(done),
                (Some(start), None) => Mark::Number(start + number),
                (None, None) => Mark::Bullet,
            };
            let start = res.len();
            for (block, nth) in item.blocks.iter().zip(0..) {
                let before = res.len();
                match &block.kind {
                    BlockKind::List(inner) => {
                        let deeper = (level + 1).min(MAX_LEVEL);
                        self.list(inner, deeper, step.max(block.step), res);
                    }
                    _ => self.block(block, level, step.max(block.step), res),
                }
                if matches!(block.kind, BlockKind::List(_)) {
                    continue;
                }
                for (para, at) in res[before..].iter_mut().zip(0..) {
                    para.level = level;
                    let is_first = nth == 0 && at == 0;
                    para.mark = if is_first { mark } else { Mark::None };
                    if !is_first || mark == Mark::None {
                        para.hangs = true;
                        para.before = para.before.or(Some(0.3 * self.size * self.tight));
                    }
                }
            }
            self.braces(&item.attrs, &mut res[start..]);
        }
    }
}

/// Runs that look the same as one.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut res: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.into_iter().filter(|run| !run.text.is_empty()) {
        match res.last_mut() {
            Some(last) if last.text != "\n" && run.text != "\n" && is_same_look(last, &run) => {
                last.text += &run.text;
            }
            _ => res.push(run),
        }
    }
    res
}

fn is_same_look(a: &Run, b: &Run) -> bool {
    let bare = |run: &Run| Run {
        text: String::new(),
        ..run.clone()
    };
    bare(a) == bare(b)
}

/// Raw HTML without its tags.
fn text_of_html(html: &str) -> String {
    let document = dom_query::Document::fragment(html);
    document.select("script, style").remove();
    document.text().to_string()
}
