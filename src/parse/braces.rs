//! Attributes that comrak leaves in the text: behind paragraphs, items and
//! spans.

use crate::deck::look::PICTURE_KEYS;
use crate::deck::words::{ALERT_KEYS, COLUMN_KEYS, KEYS, POLL_KEYS};
use crate::deck::{Attrs, Block, BlockKind, Inline};
use crate::diag::nearest::nearest;

/// Stands for a `{` and a `[` that the author wrote with a backslash, until
/// braces have been read. No text holds these: they are no characters.
pub const BRACE: char = '\u{10fffe}';
/// See [`BRACE`].
pub const BRACKET: char = '\u{10ffff}';

/// Spans in spans beyond which brackets are text: later stages recurse.
const MAX_SPANS: usize = 4;

/// Characters in which the braces behind a span must end.
const MAX_LENGTH: usize = 300;

/// Unknown keys of one block beyond which no more are reported.
const MAX_REPORTS: usize = 20;

/// Keys by which braces in a text are known to be meant as attributes.
const TELLING_KEYS: [&str; 5] = ["step", "width", "height", "focus", "poster"];

/// Reads `{…}` if it is meant as attributes: braces in a sentence are text
/// unless a class, an id or a known key stands in them.
pub fn meant(braces: &str) -> Option<Attrs> {
    let inner = braces.strip_prefix('{')?.strip_suffix('}')?;
    let attrs = Attrs::parse(inner)?;
    let keys = || {
        COLUMN_KEYS
            .into_iter()
            .chain(TELLING_KEYS)
            .chain(ALERT_KEYS)
    };
    let is_key = |(key, _): &(String, String)| nearest(key, keys()).is_some();
    let is_meant =
        attrs.id.is_some() || !attrs.classes.is_empty() || attrs.pairs.iter().any(is_key);
    is_meant.then_some(attrs)
}

/// Takes attributes off the end of a line of text; says too whether they stood
/// on a line of their own.
pub fn take_end(body: &mut Vec<Inline>) -> Option<(Attrs, bool)> {
    let is_alone = body.len() == 1;
    let Some(Inline::Text(text)) = body.last_mut() else {
        return None;
    };
    let trimmed = text.trim_end();
    if !trimmed.ends_with('}') {
        return None;
    }
    let open = trimmed.rfind('{')?;
    let attrs = meant(&trimmed[open..])?;
    let before = &trimmed[..open];
    let is_own_line = match before.chars().next_back() {
        None => is_alone,
        Some(c) if c.is_whitespace() => before.trim_end_matches([' ', '\t']).ends_with('\n'),
        Some(_) => return None,
    };
    let kept = before.trim_end().len();
    text.truncate(kept);
    if kept == 0 {
        body.pop();
    }
    Some((attrs, is_own_line))
}

/// Makes spans of `[text]{.class}`; a line of text that has been read so far
/// as text and marks.
pub fn with_spans(inlines: Vec<Inline>) -> Vec<Inline> {
    let has = |mark: &str| {
        inlines
            .iter()
            .any(|inline| matches!(inline, Inline::Text(text) if text.contains(mark)))
    };
    let mut res = if has("]{") { spans(inlines) } else { inlines };
    for inline in &mut res {
        if let Inline::Text(text) = inline
            && text.contains(BRACKET)
            // A footnote's mark that is none waits until footnotes have been read.
            && !text.contains(&format!("{BRACKET}^"))
        {
            *text = text.replace(BRACKET, "[");
        }
    }
    res
}

fn spans(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut res: Vec<Inline> = Vec::new();
    // Where in `res` the brackets that are open stand: each is a text of its own.
    let mut open: Vec<usize> = Vec::new();
    for inline in inlines {
        let Inline::Text(text) = inline else {
            res.push(inline);
            continue;
        };
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['[', ']']) {
            push_text(&mut res, &rest[..at], &open);
            let is_open = rest[at..].starts_with('[');
            rest = &rest[at + 1..];
            if is_open {
                if open.len() < MAX_SPANS {
                    open.push(res.len());
                    res.push(Inline::Text("[".into()));
                } else {
                    push_text(&mut res, "[", &open);
                }
                continue;
            }
            let start = open.pop();
            let near = rest.char_indices().take(MAX_LENGTH);
            let end = near
                .take_while(|(at, c)| *at > 0 || *c == '{')
                .find_map(|(at, c)| (c == '}').then_some(at));
            match (
                start,
                end.and_then(|end| Some((meant(&rest[..=end])?, end))),
            ) {
                (Some(start), Some((attrs, end))) => {
                    rest = &rest[end + 1..];
                    let body = res.split_off(start + 1);
                    res.pop();
                    res.push(Inline::Span {
                        body,
                        attrs,
                        step: 0,
                    });
                }
                _ => push_text(&mut res, "]", &open),
            }
        }
        push_text(&mut res, rest, &open);
    }
    joined(res)
}

fn push_text(res: &mut Vec<Inline>, text: &str, open: &[usize]) {
    let is_bracket = open.last().is_some_and(|&at| at + 1 == res.len());
    match res.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(front)) if !is_bracket => *front += text,
        _ => res.push(Inline::Text(text.into())),
    }
}

fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut res: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (res.last_mut(), inline) {
            (Some(Inline::Text(front)), Inline::Text(behind)) => *front += &behind,
            (_, inline) => res.push(inline),
        }
    }
    res
}

/// Every key that nobody knows, with the keys that may stand there.
pub fn unknown_keys(block: &Block) -> Vec<(String, &'static [&'static str])> {
    let mut res = Vec::new();
    in_block(block, &mut res);
    res.truncate(MAX_REPORTS);
    res
}

type Unknown = Vec<(String, &'static [&'static str])>;

fn in_attrs(attrs: &Attrs, known: &'static [&'static str], res: &mut Unknown) {
    let unknown = attrs
        .pairs
        .iter()
        .filter(|(key, _)| !known.contains(&key.as_str()));
    res.extend(unknown.map(|(key, _)| (key.clone(), known)));
}

fn in_block(block: &Block, res: &mut Unknown) {
    match &block.kind {
        // What stands behind a code fence is the code's own matter.
        BlockKind::Code(_) => {}
        // What a chart knows is for the chart to say.
        BlockKind::Group { name, .. } if name == "chart" => {}
        BlockKind::Group { name, .. } if name == "columns" => {
            in_attrs(&block.attrs, &COLUMN_KEYS, res);
        }
        BlockKind::Group { name, .. } if name == "alert" => {
            in_attrs(&block.attrs, &ALERT_KEYS, res);
        }
        BlockKind::Group { name, .. } if name == "poll" => {
            in_attrs(&block.attrs, &POLL_KEYS, res);
        }
        BlockKind::Paragraph(body) if matches!(body.as_slice(), [Inline::Image(_)]) => {
            in_attrs(&block.attrs, &PICTURE_KEYS, res);
        }
        _ => in_attrs(&block.attrs, &KEYS, res),
    }
    match &block.kind {
        BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => in_line(body, res),
        BlockKind::List(list) => {
            for item in &list.items {
                in_attrs(&item.attrs, &KEYS, res);
                item.blocks.iter().for_each(|block| in_block(block, res));
            }
        }
        BlockKind::Quote(body) | BlockKind::Group { body, .. } => {
            body.iter().for_each(|block| in_block(block, res));
        }
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.for_each(|cell| in_line(cell, res));
        }
        BlockKind::Code(_)
        | BlockKind::Math(_)
        | BlockKind::Rule
        | BlockKind::Html(_)
        | BlockKind::Chart(_)
        | BlockKind::Diagram(_) => {}
    }
}

fn in_line(line: &[Inline], res: &mut Unknown) {
    for inline in line {
        match inline {
            Inline::Link { body, to } => {
                in_attrs(&to.attrs, &KEYS, res);
                in_line(body, res);
            }
            Inline::Span { attrs, body, .. } => {
                in_attrs(attrs, &KEYS, res);
                in_line(body, res);
            }
            Inline::Image(image) => in_attrs(&image.attrs, &PICTURE_KEYS, res),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body) => in_line(body, res),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Html { .. }
            | Inline::Sign(_)
            | Inline::Break => {}
        }
    }
}
