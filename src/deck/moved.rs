//! A slide whose text stands elsewhere than it did: the same, with other places.

use super::{Block, BlockKind, Frame, Image, Inline, Sign};
use crate::source::Span;

impl Frame {
    /// Moves every place of the slide by so many bytes, into the source of `to`.
    pub fn move_by(&mut self, bytes: i64, to: Span) {
        let mut f = |span: &mut Span| {
            span.source = to.source;
            span.start = moved(span.start, bytes);
            span.end = moved(span.end, bytes);
        };
        let f = &mut f;
        f(&mut self.span);
        let slots = &mut self.slots;
        for list in [&mut slots.body, &mut slots.left, &mut slots.right] {
            blocks(list, f);
        }
        blocks(&mut self.notes, f);
        let example = self.example.as_mut().map(|(_, block)| block);
        for own in slots.drawing.as_mut().into_iter().chain(example) {
            block(own, f);
        }
        for picture in slots.picture.iter_mut().chain(&mut self.backdrop) {
            image(picture, f);
        }
        for own in [&mut self.title, &mut slots.source, &mut slots.figure] {
            line(own, f);
        }
        for own in &mut self.footnotes {
            line(own, f);
        }
        for entry in &mut self.agenda {
            line(&mut entry.title, f);
        }
    }
}

fn moved(byte: u32, by: i64) -> u32 {
    u32::try_from(i64::from(byte) + by).unwrap_or_default()
}

type Move<'f> = &'f mut dyn FnMut(&mut Span);

fn blocks(list: &mut [Block], f: Move<'_>) {
    for own in list {
        block(own, f);
    }
}

fn block(own: &mut Block, f: Move<'_>) {
    f(&mut own.span);
    match &mut own.kind {
        BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => line(body, f),
        BlockKind::List(list) => {
            for item in &mut list.items {
                f(&mut item.span);
                blocks(&mut item.blocks, f);
            }
        }
        BlockKind::Quote(body) | BlockKind::Group { body, .. } => blocks(body, f),
        BlockKind::Code(code) => f(&mut code.info),
        BlockKind::Table(table) => {
            for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                line(cell, f);
            }
        }
        BlockKind::Math(math) => f(&mut math.span),
        BlockKind::Rule | BlockKind::Html(_) | BlockKind::Chart(_) | BlockKind::Diagram(_) => {}
    }
}

fn line(inlines: &mut [Inline], f: Move<'_>) {
    for inline in inlines {
        match inline {
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. } => line(body, f),
            Inline::Link { body, to } => {
                f(&mut to.span);
                line(body, f);
            }
            Inline::Image(own) => image(own, f),
            Inline::Sign(Sign::Icon { span, .. }) | Inline::Html { span, .. } => f(span),
            Inline::Math(math) => f(&mut math.span),
            Inline::Text(_) | Inline::Code(_) | Inline::Sign(Sign::Note { .. }) | Inline::Break => {
            }
        }
    }
}

fn image(own: &mut Image, f: Move<'_>) {
    f(&mut own.span);
}
