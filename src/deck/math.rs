//! A formula, and where formulas are.

use super::{Block, BlockKind, Inline, each_line};
use crate::source::Span;

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Math {
    /// As it is written in TeX, without the dollars.
    pub tex: String,
    /// Whether it is set in the larger style of formulas that stand alone.
    pub display: bool,
    /// Where `tex` is written.
    pub span: Span,
}

/// Every formula in blocks: those in lines, then those on lines of their own.
pub fn formulas(blocks: &[Block]) -> Vec<&Math> {
    let mut res = Vec::new();
    each_line(blocks, &mut |line| push_in_line(line, &mut res));
    push_blocks(blocks, &mut res);
    res
}

/// Every formula in a line of text.
pub fn formulas_in_line(line: &[Inline]) -> Vec<&Math> {
    let mut res = Vec::new();
    push_in_line(line, &mut res);
    res
}

fn push_blocks<'b>(blocks: &'b [Block], res: &mut Vec<&'b Math>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Math(math) => res.push(math),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => push_blocks(body, res),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| push_blocks(&item.blocks, res)),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Table(_)
            | BlockKind::Code(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

fn push_in_line<'b>(line: &'b [Inline], res: &mut Vec<&'b Math>) {
    for inline in line {
        match inline {
            Inline::Math(math) => res.push(math),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. }
            | Inline::Link { body, .. } => push_in_line(body, res),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Sign(_)
            | Inline::Html { .. }
            | Inline::Break => {}
        }
    }
}
