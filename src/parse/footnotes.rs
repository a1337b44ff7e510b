//! Footnotes: `[^1]` in a text and `[^1]: …` on a line of its own.
//!
//! Markdown knows them for a whole document, with one meaning for each name. A
//! talk repeats `[^1]` on every slide, so they are read here: comrak is shown
//! the lines that say what they mean with another first letter, as they would
//! be link definitions to it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::lines::{Outside, lines};
use crate::deck::{Block, BlockKind, Deck, Inline, Sign, Slide};
use crate::diag::Diagnostics;
use crate::source::{Sources, Span};

/// Stands for the `[` of a line that says what a footnote means.
pub const MARK: char = '\u{1}';

/// Bytes of the longest name.
const MAX_NAME: usize = 40;

/// Footnotes of one slide beyond which marks stay text.
const MAX_NOTES: usize = 50;

/// A text in which those lines begin with [`MARK`], byte for byte as long.
pub fn masked(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("[^") {
        return text;
    }
    let mut outside = Outside::default();
    let mut at = Vec::new();
    for (start, line) in lines(&text) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_text = outside.is_next(line);
        if is_text && indent < 4 && definition(&line[indent..], "[^").is_some() {
            at.push(start + indent);
        }
    }
    let mut res = text.into_owned();
    for at in at {
        res.replace_range(at..=at, MARK.encode_utf8(&mut [0; 4]));
    }
    Cow::Owned(res)
}

/// The name in `[^name]:` at the start of a text, and what follows.
fn definition<'t>(text: &'t str, open: &str) -> Option<(&'t str, &'t str)> {
    let (name, rest) = name_of(text.strip_prefix(open)?)?;
    Some((
        name,
        rest.strip_prefix(':')?.trim_start_matches([' ', '\t']),
    ))
}

/// A name up to its `]`, and what follows.
fn name_of(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take(MAX_NAME).position(|byte| byte == b']')?;
    let name = &text[..end];
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_name.then_some((name, &text[end + 1..]))
}

/// What a footnote says, and where.
struct Note {
    body: Vec<Inline>,
    span: Span,
    is_used: bool,
}

type Notes = BTreeMap<String, Note>;

/// Moves what footnotes mean to the foot of the slides that name them, and
/// numbers their marks.
pub fn gather(diags: &mut Diagnostics, sources: &Sources, deck: &mut Deck) {
    if !sources.iter().any(|source| source.text().contains("[^")) {
        return;
    }
    let mut all: Vec<Notes> = Vec::with_capacity(deck.slides.len());
    for slide in &mut deck.slides {
        let mut notes = Notes::new();
        take(&mut slide.blocks, &mut notes);
        all.push(notes);
    }
    // Where a name means one thing in the whole deck, it may stand at its end.
    let mut common: BTreeMap<String, usize> = BTreeMap::new();
    for (at, notes) in all.iter().enumerate() {
        common.extend(notes.keys().map(|name| (name.clone(), at)));
    }
    for (at, slide) in deck.slides.iter_mut().enumerate() {
        let mut numbering = Numbering::default();
        each_line(&mut slide.blocks, &mut |line, span| {
            numbering.line(line, span, &|name| {
                all[at].contains_key(name) || common.contains_key(name)
            });
        });
        for (name, span) in numbering.unknown {
            let source = sources.get(span.source);
            let words = format!("[^{name}]");
            let place = source.slice(span).find(&words).map_or(span, |start| {
                let start = span.start as usize + start;
                source.at(start, start + words.len())
            });
            diags.unknown_footnote(place, &name);
        }
        for (name, _) in numbering.names {
            let home = if all[at].contains_key(&name) {
                at
            } else {
                common.get(&name).copied().unwrap_or(at)
            };
            if let Some(note) = all[home].get_mut(&name) {
                note.is_used = true;
                slide.footnotes.push(note.body.clone());
            }
        }
    }
    for (name, note) in all.iter().flatten().filter(|(_, note)| !note.is_used) {
        diags.unused_footnote(note.span, name);
    }
    let is_bare =
        |slide: &Slide| slide.blocks.is_empty() && slide.notes.is_empty() && slide.known.is_none();
    let had_notes = all.last().is_some_and(|notes| !notes.is_empty());
    // A last slide that held only footnotes of the others is none.
    if had_notes && deck.slides.last().is_some_and(is_bare) {
        deck.slides.pop();
    }
}

/// Takes the paragraphs that say what footnotes mean out of blocks.
fn take(blocks: &mut Vec<Block>, notes: &mut Notes) {
    blocks.retain_mut(|block| {
        let span = block.span;
        match &mut block.kind {
            BlockKind::Group { body, .. } | BlockKind::Quote(body) => {
                take(body, notes);
                true
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    take(&mut item.blocks, notes);
                }
                true
            }
            BlockKind::Paragraph(body) => {
                let has_mark =
                    |inline: &Inline| matches!(inline, Inline::Text(text) if text.contains(MARK));
                if body.iter().any(has_mark) {
                    *body = without_notes(std::mem::take(body), span, notes);
                }
                !body.is_empty()
            }
            _ => true,
        }
    });
}

fn without_notes(line: Vec<Inline>, span: Span, notes: &mut Notes) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::new();
    let mut open: Option<(String, Vec<Inline>)> = None;
    let mut close = |open: &mut Option<(String, Vec<Inline>)>| {
        if let Some((name, mut body)) = open.take() {
            trim_end(&mut body);
            let is_used = false;
            notes.entry(name).or_insert(Note {
                body,
                span,
                is_used,
            });
        }
    };
    for inline in line {
        let Inline::Text(text) = inline else {
            open.as_mut()
                .map_or(&mut kept, |(_, body)| body)
                .push(inline);
            continue;
        };
        for part in parts(&text) {
            let rest = match definition(part, "\u{1}^") {
                Some((name, rest)) => {
                    close(&mut open);
                    open = Some((name.to_string(), Vec::new()));
                    rest
                }
                None => part,
            };
            if !rest.is_empty() {
                open.as_mut()
                    .map_or(&mut kept, |(_, body)| body)
                    .push(Inline::Text(rest.to_string()));
            }
        }
    }
    close(&mut open);
    trim_end(&mut kept);
    kept
}

/// A text cut in front of each [`MARK`].
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let next = rest[first.len_utf8()..].find(MARK);
        let end = next.map_or(rest.len(), |at| at + first.len_utf8());
        let (part, behind) = rest.split_at(end);
        rest = behind;
        Some(part)
    })
}

fn trim_end(line: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = line.last_mut() {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            line.pop();
        }
    }
}

/// The footnotes of one slide in the order of their marks.
#[derive(Default)]
struct Numbering {
    /// Each with the number of its marks.
    names: Vec<(String, u16)>,
    unknown: Vec<(String, Span)>,
}

impl Numbering {
    fn line(&mut self, line: &mut Vec<Inline>, span: Span, is_known: &dyn Fn(&str) -> bool) {
        let mut res = Vec::with_capacity(line.len());
        for mut inline in line.drain(..) {
            match &mut inline {
                Inline::Text(text) if text.contains("[^") => {
                    self.text(text, span, is_known, &mut res);
                    continue;
                }
                Inline::Emph(body)
                | Inline::Strong(body)
                | Inline::Strike(body)
                | Inline::Mark(body)
                | Inline::Span { body, .. } => self.line(body, span, is_known),
                // The mark is a link, and links do not nest.
                _ => {}
            }
            res.push(inline);
        }
        *line = res;
    }

    fn text(
        &mut self,
        text: &str,
        span: Span,
        is_known: &dyn Fn(&str) -> bool,
        res: &mut Vec<Inline>,
    ) {
        let mut done = 0;
        for (at, open) in text.match_indices("[^") {
            let Some((name, rest)) = name_of(&text[at + open.len()..]) else {
                continue;
            };
            if !is_known(name) {
                if self.unknown.len() < MAX_NOTES {
                    self.unknown.push((name.to_string(), span));
                }
                continue;
            }
            let Some(sign) = self.mark(name) else {
                continue;
            };
            if at > done {
                res.push(Inline::Text(text[done..at].to_string()));
            }
            res.push(Inline::Sign(sign));
            done = text.len() - rest.len();
        }
        if done < text.len() {
            res.push(Inline::Text(text[done..].to_string()));
        }
    }

    fn mark(&mut self, name: &str) -> Option<Sign> {
        let known = self.names.iter().position(|(own, _)| own == name);
        if known.is_none() && self.names.len() >= MAX_NOTES {
            return None;
        }
        let at = known.unwrap_or(self.names.len());
        if known.is_none() {
            self.names.push((name.to_string(), 0));
        }
        let nth = &mut self.names[at].1;
        *nth = nth.saturating_add(1);
        Some(Sign::Note {
            number: at as u16 + 1,
            nth: *nth,
        })
    }
}

/// Calls `f` for every line of text in blocks with the place of its block.
fn each_line(blocks: &mut [Block], f: &mut dyn FnMut(&mut Vec<Inline>, Span)) {
    for block in blocks {
        let span = block.span;
        match &mut block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => f(body, span),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    each_line(&mut item.blocks, f);
                }
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => each_line(body, f),
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| f(cell, span));
            }
            _ => {}
        }
    }
}
