//! A block of code: as written, and how it is shown.

use super::{Block, BlockKind};
use crate::source::Span;

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// The language as the author names it; may be empty.
    pub lang: String,
    /// The code, without the fence and the last line break.
    pub text: String,
    /// Which lines are marked or walked through, as written: `2|4-6|all`.
    pub marks: String,
    /// Where the language and all behind it are written.
    pub info: Span,
    /// What is said beside the lines; filled by `layout`. Boxed, because there
    /// are far more blocks than blocks of code.
    pub look: Box<Look>,
}

/// How a block of code is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// The file's name above it; empty for none.
    pub name: String,
    /// The number of its first line, if lines are numbered.
    pub numbers: Option<u32>,
    /// What is lit, one after the other: one stage only marks its lines, more
    /// of them are walked through.
    pub stages: Vec<Stage>,
    /// Whether lines begin with `+`, `-` or a blank that says what became of them.
    pub diff: bool,
    /// The room it is set as if it took, at the least: that of the longest part
    /// of a block that goes on over several slides.
    pub least: Extent,
}

/// Lines that are lit together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stage {
    /// Which.
    pub lines: Lines,
    /// The step from which on; the first stage has the block's own.
    pub step: u16,
}

/// Some lines of a block, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lines {
    /// Every line.
    All,
    /// From first to last, both included.
    Ranges(Vec<(u32, u32)>),
}

impl Lines {
    /// Reads `2,4-6`, `all`, `*` or `none`.
    pub fn parse(text: &str) -> Option<Lines> {
        match text.trim() {
            "all" | "*" => return Some(Lines::All),
            "none" | "hide" | "" => return Some(Lines::Ranges(Vec::new())),
            _ => {}
        }
        let range = |part: &str| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let first: u32 = first.trim().parse().ok()?;
            let last: u32 = last.trim().parse().ok()?;
            (1 <= first && first <= last).then_some((first, last))
        };
        let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
        ranges.map(Lines::Ranges)
    }

    /// Whether line `n` is one of them.
    pub fn holds(&self, n: u32) -> bool {
        match self {
            Lines::All => true,
            Lines::Ranges(ranges) => ranges.iter().any(|(a, b)| (*a..=*b).contains(&n)),
        }
    }

    /// The last line that is named.
    pub fn last(&self) -> u32 {
        match self {
            Lines::All => 0,
            Lines::Ranges(ranges) => ranges.iter().map(|(_, last)| *last).max().unwrap_or(0),
        }
    }
}

/// Columns of code beyond which a line wraps instead of making all smaller.
const MAX_COLUMNS: usize = 100;

/// Room a block takes, in characters of its own type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Columns of its longest line, its numbers included.
    pub columns: usize,
    /// Lines, after those that are too long were wrapped.
    pub lines: usize,
}

impl Extent {
    /// The room of one block.
    pub fn of(code: &Code) -> Extent {
        let beside = gutter(code) + usize::from(code.look.diff);
        let widths = code.text.lines().map(|line| line.chars().count() + beside);
        let lines: usize = widths
            .clone()
            .map(|width| width.div_ceil(MAX_COLUMNS).max(1))
            .sum();
        // The name above is smaller than a line, but has room around it.
        let name = if code.look.name.is_empty() { 0 } else { 2 };
        Extent {
            columns: widths.max().unwrap_or(0).clamp(1, MAX_COLUMNS),
            lines: lines.max(1) + name,
        }
        .max(code.look.least)
    }

    /// The room both need in one place.
    pub fn max(self, other: Extent) -> Extent {
        Extent {
            columns: self.columns.max(other.columns),
            lines: self.lines.max(other.lines),
        }
    }
}

/// Columns that numbers take, with the gap behind them.
pub fn gutter(code: &Code) -> usize {
    let last = |first: u32| u64::from(first) + code.text.lines().count() as u64;
    code.look
        .numbers
        .map_or(0, |first| last(first).to_string().len() + 2)
}

/// Every block of code in blocks, in reading order.
pub fn codes(blocks: &[Block]) -> Vec<&Code> {
    let mut res = Vec::new();
    push_codes(blocks, &mut res);
    res
}

fn push_codes<'b>(blocks: &'b [Block], res: &mut Vec<&'b Code>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Code(code) => res.push(code),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => push_codes(body, res),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| push_codes(&item.blocks, res)),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}
