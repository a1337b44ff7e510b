//! Walks over blocks and lines: texts and pictures.

use super::{Block, BlockKind, Image, Inline};

/// The text of inlines, without any marks.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut res = String::new();
    push_plain(&mut res, inlines);
    match is_tidy(&res) {
        true => res,
        false => res.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Whether a text is in ASCII with one blank between words and none around them,
/// as most are: a slide is asked for its texts a dozen times.
fn is_tidy(text: &str) -> bool {
    let mut last = b' ';
    let is_in_order = text.bytes().all(|byte| {
        let is_fine = matches!(byte, b'!'..=b'~') || byte == b' ' && last != b' ';
        last = byte;
        is_fine
    });
    is_in_order && last != b' '
}

fn push_plain(res: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => *res += text,
            Inline::Math(math) => *res += &math.tex,
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. }
            | Inline::Span { body, .. } => {
                push_plain(res, body);
            }
            Inline::Image(image) => *res += &image.alt,
            Inline::Html { .. } | Inline::Sign(_) => {}
            Inline::Break => res.push(' '),
        }
    }
}

/// Every picture in blocks, in reading order.
pub fn pictures(blocks: &[Block]) -> Vec<&Image> {
    let mut res = Vec::new();
    each_line(blocks, &mut |line| push_pictures_in_line(line, &mut res));
    res
}

/// Every picture in a line of text.
pub fn pictures_in_line(inlines: &[Inline]) -> Vec<&Image> {
    let mut res = Vec::new();
    push_pictures_in_line(inlines, &mut res);
    res
}

fn push_pictures_in_line<'b>(inlines: &'b [Inline], res: &mut Vec<&'b Image>) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => res.push(image),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. }
            | Inline::Span { body, .. } => {
                push_pictures_in_line(body, res);
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Html { .. }
            | Inline::Sign(_)
            | Inline::Break => {}
        }
    }
}

/// Every line of text in blocks, in reading order.
pub fn lines(blocks: &[Block]) -> Vec<&[Inline]> {
    let mut res = Vec::new();
    each_line(blocks, &mut |line| res.push(line));
    res
}

/// Calls `f` for every line of text in blocks, in reading order.
pub fn each_line<'b>(blocks: &'b [Block], f: &mut dyn FnMut(&'b [Inline])) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => f(body),
            BlockKind::List(list) => list
                .items
                .iter()
                .for_each(|item| each_line(&item.blocks, f)),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => each_line(body, f),
            BlockKind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| f(cell));
            }
            BlockKind::Code(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}
