//! The model of a diagram: its text, and how it is to be shown.

use super::chart::Room;
use super::{Block, BlockKind};
use crate::source::Span;

/// A diagram as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagram {
    /// Its text in Mermaid.
    pub source: String,
    /// A line above it; may be empty.
    pub title: String,
    /// What it says, for those who cannot see it; made from its words if empty.
    pub alt: String,
    /// The width its author asked for, in percent of the room.
    pub percent: u8,
    /// The room it is drawn for.
    pub room: Room,
}

/// Every diagram in blocks, with the place of its fence.
pub fn diagrams(blocks: &[Block]) -> Vec<(Span, &Diagram)> {
    let mut res = Vec::new();
    push_diagrams(blocks, &mut res);
    res
}

fn push_diagrams<'b>(blocks: &'b [Block], res: &mut Vec<(Span, &'b Diagram)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Diagram(diagram) => res.push((block.span, diagram)),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => push_diagrams(body, res),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| push_diagrams(&item.blocks, res)),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_) => {}
        }
    }
}
