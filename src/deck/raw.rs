//! Raw HTML in what an author wrote.

use super::{Block, BlockKind, Inline, each_line};
use crate::source::Span;

/// Every piece of raw HTML in blocks, with its place.
pub fn raw_html(blocks: &[Block]) -> Vec<(&str, Span)> {
    let mut res = Vec::new();
    push_raw_blocks(blocks, &mut res);
    each_line(blocks, &mut |line| push_raw_in_line(line, &mut res));
    res
}

/// Every piece of raw HTML in a line of text, with its place.
pub fn raw_html_in_line(line: &[Inline]) -> Vec<(&str, Span)> {
    let mut res = Vec::new();
    push_raw_in_line(line, &mut res);
    res
}

fn push_raw_blocks<'b>(blocks: &'b [Block], res: &mut Vec<(&'b str, Span)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Html(html) => res.push((html, block.span)),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => push_raw_blocks(body, res),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| push_raw_blocks(&item.blocks, res)),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

fn push_raw_in_line<'b>(line: &'b [Inline], res: &mut Vec<(&'b str, Span)>) {
    for inline in line {
        match inline {
            Inline::Html { html, span } => res.push((html, *span)),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. }
            | Inline::Span { body, .. } => {
                push_raw_in_line(body, res);
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Sign(_)
            | Inline::Break => {}
        }
    }
}
