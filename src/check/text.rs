//! The words of a slide, and where they are written.

use super::all_blocks;
use crate::deck::{Attrs, Block, BlockKind, Frame, Inline, Item};
use crate::source::{Sources, Span};

/// The blocks that the audience sees, and those in them.
pub fn blocks(frame: &Frame) -> Vec<&Block> {
    let slots = &frame.slots;
    let sides = [&slots.body, &slots.left, &slots.right];
    let drawing = slots.drawing.iter();
    sides
        .into_iter()
        .flat_map(|blocks| all_blocks(blocks))
        .chain(drawing)
        .collect()
}

/// Every line that the audience reads, with the place of its block.
pub fn lines(frame: &Frame) -> Vec<(&[Inline], Span)> {
    let slots = &frame.slots;
    let own = [&frame.title[..], &slots.source, &slots.figure];
    let mut res: Vec<(&[Inline], Span)> = own.map(|line| (line, frame.span)).to_vec();
    for block in blocks(frame) {
        match &block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => {
                res.push((body, block.span));
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                res.extend(cells.map(|cell| (cell.as_slice(), block.span)));
            }
            _ => {}
        }
    }
    res.extend(
        frame
            .footnotes
            .iter()
            .map(|note| (note.as_slice(), frame.span)),
    );
    res.retain(|(line, _)| !line.is_empty());
    res
}

/// What a line says in prose: without code, formulas and addresses.
pub fn prose(line: &[Inline]) -> String {
    let mut res = String::new();
    push_prose(&mut res, line);
    res
}

fn push_prose(res: &mut String, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Text(text) => *res += text,
            Inline::Link { body, to } if !crate::deck::plain_text(body).contains(&to.href) => {
                push_prose(res, body);
            }
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. } => push_prose(res, body),
            // What was set apart by a mark stays apart.
            _ => res.push(' '),
        }
    }
}

/// Attributes of everything on a slide, with the place of the block they
/// stand in.
pub fn attributes(frame: &Frame) -> Vec<(&Attrs, Span)> {
    let mut res = Vec::new();
    for block in blocks(frame) {
        res.push((&block.attrs, block.span));
        if let BlockKind::List(list) = &block.kind {
            res.extend(
                list.items
                    .iter()
                    .map(|item: &Item| (&item.attrs, item.span)),
            );
        }
    }
    for (line, span) in lines(frame) {
        push_attributes(line, span, &mut res);
    }
    if let Some(image) = &frame.slots.picture {
        res.push((&image.attrs, image.span));
    }
    res
}

fn push_attributes<'b>(line: &'b [Inline], span: Span, res: &mut Vec<(&'b Attrs, Span)>) {
    for inline in line {
        match inline {
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body) => {
                push_attributes(body, span, res);
            }
            Inline::Span { body, attrs, .. } => {
                res.push((attrs, span));
                push_attributes(body, span, res);
            }
            Inline::Link { body, to } => {
                res.push((&to.attrs, to.span));
                push_attributes(body, to.span, res);
            }
            Inline::Image(image) => res.push((&image.attrs, image.span)),
            _ => {}
        }
    }
}

/// Where a word stands in a span, as a word of its own; the span if it does not,
/// because the text came from elsewhere.
pub fn place(sources: &Sources, span: Span, word: &str) -> Span {
    let source = sources.get(span.source);
    let text = source.slice(span);
    let is_edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let found = text.match_indices(word).find(|(at, word)| {
        is_edge(text[..*at].chars().next_back()) && is_edge(text[at + word.len()..].chars().next())
    });
    match found.or_else(|| text.match_indices(word).next()) {
        Some((at, word)) => {
            let start = span.start as usize + at;
            source.at(start, start + word.len())
        }
        None => span,
    }
}

/// Words as one counts them: a word of letters or digits, and each second
/// letter where words are not set apart.
pub fn n_words(text: &str) -> usize {
    let is_dense =
        |c: char| ('\u{2e80}'..'\u{ffe0}').contains(&c) || ('\u{e00}'..'\u{e80}').contains(&c);
    let n_dense = text.chars().filter(|c| is_dense(*c)).count();
    let n_apart = text
        .split_whitespace()
        .filter(|word| word.chars().any(|c| c.is_alphanumeric() && !is_dense(c)))
        .count();
    n_apart + n_dense / 2
}
