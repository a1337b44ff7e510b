//! Marks the sentences of a slide's notes that the slide is made of, found by
//! their words: the notes hold the full text of a section, and a speaker wants
//! to see at a glance what the audience reads of it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::article::record::Record;
use crate::article::{Kind, Passage, sentences};
use crate::deck::origin::Place;
use crate::deck::{Block, BlockKind, Inline};

/// Marks in `notes` the first sentence that each of the texts is made of.
pub fn mark(notes: &mut [Block], texts: &[String]) {
    if texts.is_empty() {
        return;
    }
    let mut lines = Vec::new();
    push_texts(notes, &mut lines);
    let passages: Vec<Passage> = lines
        .into_iter()
        .zip(1..)
        .map(|(text, line)| Passage {
            kind: Kind::Paragraph,
            text,
            markdown: String::new(),
            gap: 0,
            line,
        })
        .collect();
    let record = Record::new(&passages, None);
    let found: BTreeSet<Place> = texts
        .iter()
        .filter_map(|text| record.prove(text, &[]).ok())
        .collect();
    if !found.is_empty() {
        mark_blocks(notes, &found, &mut 0);
    }
}

fn push_texts(blocks: &[Block], res: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(body) => res.push(flat(body)),
            BlockKind::List(list) => {
                for item in &list.items {
                    push_texts(&item.blocks, res);
                }
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => push_texts(body, res),
            BlockKind::Heading { .. }
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

/// `line` counts the paragraphs as [`push_texts`] does.
fn mark_blocks(blocks: &mut [Block], found: &BTreeSet<Place>, line: &mut u32) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(body) => {
                *line += 1;
                let ranges = ranges(&flat(body), *line, found);
                if !ranges.is_empty() {
                    *body = marked(std::mem::take(body), &ranges, &mut 0);
                }
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    mark_blocks(&mut item.blocks, found, line);
                }
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => {
                mark_blocks(body, found, line);
            }
            BlockKind::Heading { .. }
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

/// Bytes of the sentences that were found on a line.
fn ranges(text: &str, line: u32, found: &BTreeSet<Place>) -> Vec<Range<usize>> {
    let all = sentences(text).into_iter().zip(1..);
    all.filter(|(_, number)| found.contains(&Place::Sentence(line, *number)))
        .map(|(sentence, _)| {
            let start = sentence.as_ptr() as usize - text.as_ptr() as usize;
            start..start + sentence.len()
        })
        .collect()
}

/// The text of inlines, byte for byte as [`marked`] counts it.
fn flat(inlines: &[Inline]) -> String {
    let mut res = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => res += text,
            Inline::Math(math) => res += &math.tex,
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. }
            | Inline::Link { body, .. } => res += &flat(body),
            Inline::Break => res.push(' '),
            Inline::Image(_) | Inline::Sign(_) | Inline::Html { .. } => {}
        }
    }
    res
}

/// Puts marks around what lies in the ranges. What is only partly in one, such
/// as a link over the end of a sentence, is marked inside.
fn marked(inlines: Vec<Inline>, ranges: &[Range<usize>], at: &mut usize) -> Vec<Inline> {
    let mut res = Vec::new();
    for inline in inlines {
        let start = *at;
        let length = flat(std::slice::from_ref(&inline)).len();
        let own = start..start + length;
        let inside = |range: &Range<usize>| range.start <= own.start && own.end <= range.end;
        let apart = |range: &Range<usize>| range.end <= own.start || own.end <= range.start;
        if length > 0 && ranges.iter().any(inside) {
            *at = own.end;
            push_marked(&mut res, inline);
            continue;
        }
        if ranges.iter().all(apart) {
            *at = own.end;
            res.push(inline);
            continue;
        }
        match inline {
            Inline::Text(text) => {
                split(&text, start, ranges, &mut res);
                *at = own.end;
            }
            Inline::Emph(body) => res.push(Inline::Emph(marked(body, ranges, at))),
            Inline::Strong(body) => res.push(Inline::Strong(marked(body, ranges, at))),
            Inline::Strike(body) => res.push(Inline::Strike(marked(body, ranges, at))),
            Inline::Span { body, attrs, step } => {
                let body = marked(body, ranges, at);
                res.push(Inline::Span { body, attrs, step });
            }
            Inline::Link { body, to } => {
                let body = marked(body, ranges, at);
                res.push(Inline::Link { body, to });
            }
            whole @ (Inline::Mark(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Sign(_)
            | Inline::Html { .. }
            | Inline::Break) => {
                *at = own.end;
                res.push(whole);
            }
        }
    }
    res
}

/// A text that starts at byte `start`, cut at the ends of the ranges.
fn split(text: &str, start: usize, ranges: &[Range<usize>], res: &mut Vec<Inline>) {
    let mut done = 0;
    let local = |byte: usize| byte.saturating_sub(start).min(text.len());
    for range in ranges {
        let (from, to) = (local(range.start), local(range.end));
        if from >= to {
            continue;
        }
        if from > done {
            res.push(Inline::Text(text[done..from].to_string()));
        }
        push_marked(res, Inline::Text(text[from..to].to_string()));
        done = to;
    }
    if done < text.len() {
        res.push(Inline::Text(text[done..].to_string()));
    }
}

/// One mark for what follows each other in one sentence.
fn push_marked(res: &mut Vec<Inline>, inline: Inline) {
    match res.last_mut() {
        Some(Inline::Mark(body)) => body.push(inline),
        Some(_) | None => res.push(Inline::Mark(vec![inline])),
    }
}
