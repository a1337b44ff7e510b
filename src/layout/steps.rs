//! Numbers what appears step by step, and the parts of the notes for it.

use super::walk;
use crate::deck::{Attrs, Block, BlockKind, Inline, List, plain_text};
use crate::diag::Diagnostics;
use crate::source::Span;

/// Words that say when something is seen, not how.
const WORDS: [&str; 2] = ["step", "steps"];

/// Counts the steps of one slide in the order of its text.
pub struct Numbering<'d> {
    diags: &'d mut Diagnostics,
    /// The latest step at which something appears so far.
    last: u16,
    /// The step of the last pause; 0 if there was none.
    paused: u16,
    /// Steps after the first view, those at which something leaves included.
    total: u16,
}

/// What a block inherits from those around it.
#[derive(Clone, Copy, Default)]
struct Around {
    /// Whether the items of lists appear one by one.
    lists: bool,
    /// Whether every block appears one by one.
    each: bool,
    /// Whether they dim when the next appears.
    dims: bool,
}

impl<'d> Numbering<'d> {
    /// Starts at the first view of a slide.
    pub fn new(diags: &'d mut Diagnostics) -> Self {
        Numbering {
            diags,
            last: 0,
            paused: 0,
            total: 0,
        }
    }

    /// Gives a step to each item of lists if `with_lists`, to what stands in
    /// `::: steps` (whose fence is then taken away) or behind `. . .`, and to
    /// what has one of its own. Returns the number of steps.
    pub fn number(
        mut self,
        span: Span,
        title: &mut [Inline],
        blocks: &mut Vec<Block>,
        with_lists: bool,
    ) -> u16 {
        self.line(title, span);
        let around = Around {
            lists: with_lists,
            ..Around::default()
        };
        self.blocks(blocks, around);
        self.total
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>, around: Around) {
        let mut res = Vec::with_capacity(blocks.len());
        for mut block in blocks.drain(..) {
            match &mut block.kind {
                BlockKind::Paragraph(body) if is_pause(body) => {
                    self.paused = self.next();
                    continue;
                }
                BlockKind::Group { name, body } if name == "steps" => {
                    let inner = Around {
                        each: true,
                        dims: around.dims || block.attrs.has("dim"),
                        ..around
                    };
                    self.blocks(body, inner);
                    res.append(body);
                    continue;
                }
                _ => {}
            }
            self.block(&mut block, around);
            res.push(block);
        }
        *blocks = res;
    }

    fn block(&mut self, block: &mut Block, around: Around) {
        let in_turn = matches!(&block.kind, BlockKind::List(list) if !list.items.is_empty())
            && (around.lists || around.each || block.attrs.has("steps"));
        let own = self.own_step(&mut block.attrs, block.span);
        // A column's box is the layout's: what stands in it appears.
        let is_place = matches!(&block.kind, BlockKind::Group { name, .. }
            if matches!(name.as_str(), "columns" | "column" | "left" | "right"));
        block.step = match own {
            Some(step) => step,
            None if in_turn => 0,
            None if is_place => 0,
            None if around.each => self.next(),
            None => self.paused,
        };
        let is_numbered = own.is_some() || around.each && !is_place;
        if around.dims && !in_turn && !is_place {
            dim(&mut block.attrs);
        }
        let outer = self.paused;
        let inner = match own {
            Some(_) if is_place => std::mem::take(&mut block.step),
            None if is_place => outer,
            _ => 0,
        };
        self.paused = inner;
        let dims = block.attrs.has("dim") || around.dims;
        self.inside(block, around, in_turn, is_numbered, dims);
        // A pause inside holds back what stands behind the block too.
        if self.paused == inner {
            self.paused = outer;
        }
    }

    fn inside(
        &mut self,
        block: &mut Block,
        around: Around,
        in_turn: bool,
        is_numbered: bool,
        dims: bool,
    ) {
        let inner = Around {
            each: around.each && !is_numbered,
            dims: around.dims && !is_numbered,
            ..around
        };
        let (span, own) = (block.span, block.step);
        if walk::is_row(block) {
            return self.row(block);
        }
        match &mut block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => self.line(body, span),
            BlockKind::Code(code) => walk::number(code, own, &mut || self.next()),
            BlockKind::List(list) => {
                if in_turn {
                    block.attrs.keep_classes(|class| class != "dim");
                }
                self.items(list, in_turn, in_turn && dims);
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => self.blocks(body, inner),
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| self.line(cell, span));
            }
            BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }

    /// Blocks of code that change into each other: each next one is a step, and
    /// comes behind the walk through the one before it.
    fn row(&mut self, row: &mut Block) {
        let BlockKind::Group { body, .. } = &mut row.kind else {
            return;
        };
        for (at, block) in body.iter_mut().enumerate() {
            if at > 0 {
                let own = self.own_step(&mut block.attrs, block.span);
                block.step = own.unwrap_or_else(|| self.next());
            }
            if let BlockKind::Code(code) = &mut block.kind {
                walk::number(code, block.step.max(row.step), &mut || self.next());
            }
        }
    }

    fn items(&mut self, list: &mut List, in_turn: bool, dims: bool) {
        for item in &mut list.items {
            let own = self.own_step(&mut item.attrs, item.span);
            item.step = match own {
                Some(step) => step,
                None if in_turn => self.next(),
                None => 0,
            };
            if dims {
                dim(&mut item.attrs);
            }
            self.blocks(&mut item.blocks, Around::default());
        }
    }

    fn line(&mut self, line: &mut [Inline], span: Span) {
        for inline in line {
            match inline {
                Inline::Span { body, attrs, step } => {
                    *step = self.own_step(attrs, span).unwrap_or(0);
                    self.line(body, span);
                }
                Inline::Image(image) => {
                    image.step = self.own_step(&mut image.attrs, span).unwrap_or(0);
                }
                Inline::Emph(body)
                | Inline::Strong(body)
                | Inline::Strike(body)
                | Inline::Mark(body)
                | Inline::Link { body, .. } => self.line(body, span),
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Math(_)
                | Inline::Html { .. }
                | Inline::Sign(_)
                | Inline::Break => {}
            }
        }
    }

    /// The step that braces ask for.
    fn own_step(&mut self, attrs: &mut Attrs, span: Span) -> Option<u16> {
        let asks = attrs.has("step");
        attrs
            .classes
            .retain(|class| !WORDS.contains(&class.as_str()));
        let step = match attrs.steps() {
            Ok(Some((from, until))) => {
                self.last = self.last.max(from);
                self.total = self.total.max(until.map_or(from, |until| until + 1));
                Some(from)
            }
            Ok(None) => asks.then(|| self.next()),
            Err(word) => {
                self.diags.bad_step(span, word);
                asks.then(|| self.next())
            }
        };
        // What is there from the start needs a next step to dim at.
        if step.is_none() && attrs.has("dim") {
            self.total = self.total.max(1);
        }
        step
    }

    fn next(&mut self) -> u16 {
        self.last = self.last.saturating_add(1);
        self.total = self.total.max(self.last);
        self.last
    }
}

fn is_pause(body: &[Inline]) -> bool {
    matches!(body, [Inline::Text(text)] if text.trim() == ". . .")
}

fn dim(attrs: &mut Attrs) {
    if !attrs.has("dim") {
        attrs.classes.push("dim".into());
    }
}

// ---- notes

/// Gives each block of the notes the step it is said at: `[click]` at the
/// start of a line begins the part for the next step, `[click:3]` the one
/// three steps on.
pub fn mark_notes(notes: &mut Vec<Block>) {
    let mut at = 0;
    parts(notes, &mut at);
}

/// Returns whether a mark was met.
fn parts(blocks: &mut Vec<Block>, at: &mut u16) -> bool {
    let mut res = Vec::with_capacity(blocks.len());
    let mut is_marked = false;
    for mut block in blocks.drain(..) {
        match &mut block.kind {
            BlockKind::Paragraph(body) => {
                for (clicks, line) in split_at_marks(std::mem::take(body)) {
                    is_marked |= clicks > 0;
                    *at = at.saturating_add(clicks);
                    if !plain_text(&line).is_empty() {
                        res.push(Block {
                            kind: BlockKind::Paragraph(line),
                            step: *at,
                            ..block.clone()
                        });
                    }
                }
                continue;
            }
            BlockKind::List(list) => {
                let mut has_marks = false;
                for item in &mut list.items {
                    let before = *at;
                    let is_inside = parts(&mut item.blocks, at);
                    has_marks |= is_inside;
                    // An item belongs to the part that its first line begins.
                    item.step = item.blocks.first().map_or(before, |first| first.step);
                    item.blocks.iter_mut().for_each(|block| block.step = 0);
                }
                block.step = if has_marks { 0 } else { *at };
                if !has_marks {
                    list.items.iter_mut().for_each(|item| item.step = 0);
                }
                is_marked |= has_marks;
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => {
                is_marked |= parts(body, at);
            }
            _ => block.step = *at,
        }
        res.push(block);
    }
    *blocks = res;
    is_marked
}

/// A paragraph in parts, each with the clicks that lead to it.
fn split_at_marks(body: Vec<Inline>) -> Vec<(u16, Vec<Inline>)> {
    let mut res = vec![(0, Vec::new())];
    let mut is_line_start = true;
    for inline in body {
        let Inline::Text(text) = inline else {
            is_line_start = matches!(inline, Inline::Break);
            push_to_last(&mut res, inline);
            continue;
        };
        for line in text.split_inclusive('\n') {
            let mut words = line;
            if is_line_start && let Some((clicks, rest)) = mark_of(line) {
                if let Some(Inline::Text(text)) =
                    res.last_mut().and_then(|(_, part)| part.last_mut())
                {
                    text.truncate(text.trim_end().len());
                }
                res.push((clicks, Vec::new()));
                words = rest;
            }
            if !words.is_empty() {
                push_to_last(&mut res, Inline::Text(words.to_string()));
            }
            is_line_start = line.ends_with('\n');
        }
    }
    res
}

fn push_to_last(parts: &mut [(u16, Vec<Inline>)], inline: Inline) {
    if let Some((_, line)) = parts.last_mut() {
        line.push(inline);
    }
}

/// `[click]`, `[step]` or `[click:3]` at the start of a line, and what follows.
fn mark_of(line: &str) -> Option<(u16, &str)> {
    let (mark, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    let (word, clicks) = match mark.split_once(':') {
        Some((word, digits)) => (word, digits.trim().parse::<u16>().ok()?),
        None => (mark, 1),
    };
    let is_mark = matches!(word, "click" | "step") && (1..=99).contains(&clicks);
    is_mark.then(|| (clicks, rest.trim_start()))
}
