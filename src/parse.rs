//! Sources to a [`Deck`]: front matter, slide breaks, notes.
//!
//! Front matter is found by looking at lines, slide breaks by comrak. So that
//! both agree on places, front matter is blanked out in the text comrak sees,
//! byte for byte.

use std::ops::Range;
use std::path::PathBuf;

use crate::deck::settings::{self, DECK_KEYS, DeckSettings, SLIDE_KEYS, SlideSettings};
use crate::deck::{Block, BlockKind, Deck, Slide};
use crate::diag::Diagnostics;
use crate::diag::nearest::nearest;
use crate::source::{Source, SourceId, Sources, Span};
use crate::yaml;

mod info;
mod markdown;

/// Reads the sources, in order, as one deck whose pictures lie below `root`.
pub fn parse(diags: &mut Diagnostics, sources: &Sources, ids: &[SourceId], root: PathBuf) -> Deck {
    let mut deck = Deck {
        root,
        settings: DeckSettings::default(),
        slides: Vec::new(),
    };
    for (index, id) in ids.iter().enumerate() {
        let source = sources.get(*id);
        let head = (index == 0).then_some(&mut deck.settings);
        let slides = file(diags, source, head, ids.len() == 1);
        deck.slides.extend(slides);
    }
    deck
}

/// The text of a source as blocks, without slides: for articles.
pub fn blocks(source: &Source) -> Vec<Block> {
    let mut res = Vec::new();
    let text = match find_head(source.text()) {
        Head::Found(front) => blank(source.text(), std::iter::once(front.whole)),
        Head::None | Head::Unclosed => source.text().to_string(),
    };
    for piece in markdown::pieces(source, &text, 0) {
        match piece {
            markdown::Piece::Block(block) => res.push(block),
            markdown::Piece::Break(span) => {
                res.push(Block {
                    kind: BlockKind::Rule,
                    span,
                    attrs: Default::default(),
                    step: 0,
                });
            }
            markdown::Piece::Note(_)
            | markdown::Piece::Unclosed(..)
            | markdown::Piece::UnclosedCode(_) => {}
        }
    }
    res
}

/// A text of the front matter, for articles that say their title there.
pub fn front_value(source: &Source, key: &str) -> Option<String> {
    let Head::Found(front) = find_head(source.text()) else {
        return None;
    };
    let entries = yaml::entries(&source.text()[front.yaml]).ok()?;
    entries.into_iter().find_map(|entry| match entry.value {
        yaml::Value::Text(text) if entry.key == key && !text.is_empty() => Some(text),
        _ => None,
    })
}

/// Whether a text has front matter or slide breaks, as decks have and articles have not.
pub fn is_deck(text: &str) -> bool {
    !matches!(find_head(text), Head::None) || lines(text).any(|(_, line)| is_break(line))
}

fn file(
    diags: &mut Diagnostics,
    source: &Source,
    deck: Option<&mut DeckSettings>,
    alone: bool,
) -> Vec<Slide> {
    let text = source.text();
    let head = match find_head(text) {
        Head::Found(front) => Some(front),
        Head::Unclosed => {
            diags.front_matter_not_closed(source.at(0, 3));
            None
        }
        Head::None => None,
    };
    let from = head.as_ref().map_or(0, |head| head.whole.end);
    let fronts = find_slide_fronts(text, from);
    let mut first = SlideSettings::default();
    if let Some(head) = &head {
        read_front(diags, source, head, deck, &mut first);
    }
    let blanked = blank(
        text,
        head.iter().chain(&fronts).map(|front| front.whole.clone()),
    );

    let pieces = markdown::pieces(source, &blanked, 0);
    // A file alone, without any break, is split before its headings of the two
    // highest levels, as an outline is meant.
    let is_outline = alone
        && !pieces
            .iter()
            .any(|piece| matches!(piece, markdown::Piece::Break(_)));
    let mut slides = vec![slide_at(source, from, first)];
    let mut fronts = fronts.iter().peekable();
    for piece in pieces {
        let mut slide = slides.last_mut().expect("there is always the first slide");
        match piece {
            markdown::Piece::Block(block) => {
                if is_outline && is_outline_heading(&block) && !slide.blocks.is_empty() {
                    slides.push(slide_at(
                        source,
                        block.span.start as usize,
                        SlideSettings::default(),
                    ));
                    slide = slides.last_mut().expect("one was pushed in the line above");
                }
                slide.span = if slide.blocks.is_empty() {
                    block.span
                } else {
                    slide.span.to(block.span)
                };
                slide.blocks.push(block);
            }
            markdown::Piece::Note(blocks) => slide.notes.extend(blocks),
            markdown::Piece::Unclosed(span, name) => {
                diags.group_not_closed(first_line(source, span), &name);
            }
            markdown::Piece::UnclosedCode(span) => diags.code_not_closed(first_line(source, span)),
            markdown::Piece::Break(span) => {
                let behind = span.end as usize;
                let mut settings = SlideSettings::default();
                while fronts
                    .next_if(|front| front.whole.start < span.start as usize)
                    .is_some()
                {}
                if let Some(front) = fronts.next_if(|front| front.whole.start <= behind + 2) {
                    read_front(diags, source, front, None, &mut settings);
                }
                slides.push(slide_at(source, behind, settings));
            }
        }
    }
    trim_empty(&mut slides);
    slides
}

/// A break before the first or behind the last slide makes no slide.
fn trim_empty(slides: &mut Vec<Slide>) {
    let is_empty = |slide: &Slide| {
        slide.blocks.is_empty()
            && slide.notes.is_empty()
            && slide.settings == SlideSettings::default()
    };
    if slides.first().is_some_and(is_empty) {
        slides.remove(0);
    }
    if slides.last().is_some_and(is_empty) {
        slides.pop();
    }
}

fn is_outline_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { level: 1 | 2, .. })
}

fn slide_at(source: &Source, at: usize, settings: SlideSettings) -> Slide {
    Slide {
        span: source.at(at, at),
        settings,
        blocks: vec![],
        notes: vec![],
    }
}

fn first_line(source: &Source, span: Span) -> Span {
    let length = source
        .slice(span)
        .lines()
        .next()
        .map_or(0, |line| line.trim_end().len());
    source.at(span.start as usize, span.start as usize + length)
}

// ---- front matter

struct Front {
    /// The bytes to blank out.
    whole: Range<usize>,
    /// The YAML between the fences.
    yaml: Range<usize>,
}

enum Head {
    None,
    Unclosed,
    Found(Front),
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

fn is_break(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

fn is_closing(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

fn find_head(text: &str) -> Head {
    let mut lines = lines(text);
    let Some((_, first)) = lines.next() else {
        return Head::None;
    };
    if first.trim_end() != "---" {
        return Head::None;
    }
    let start = first.len();
    // A blank line behind the fence: an author's break in front of the first slide.
    if text[start..]
        .lines()
        .next()
        .is_none_or(|line| line.trim().is_empty())
    {
        return Head::None;
    }
    match lines.find(|(_, line)| is_closing(line)) {
        Some((at, line)) => Head::Found(Front {
            whole: 0..at + line.len(),
            yaml: start..at,
        }),
        None if text[start..]
            .lines()
            .find(|line| !line.starts_with('#'))
            .is_some_and(|line| key_of(line).is_some()) =>
        {
            Head::Unclosed
        }
        None => Head::None,
    }
}

/// Front matter of slides: the lines between a break and the next one, if they
/// all look like YAML and at least one key is known or nearly so. Code fences
/// and comments are passed over.
fn find_slide_fronts(text: &str, from: usize) -> Vec<Front> {
    let mut res = Vec::new();
    let mut fence: Option<&str> = None;
    let mut in_comment = false;
    let all: Vec<(usize, &str)> = lines(&text[from..])
        .map(|(at, line)| (at + from, line))
        .collect();
    let mut index = 0;
    while let Some((_, line)) = all.get(index) {
        index += 1;
        let trimmed = line.trim_start();
        let marks = fence_marks(trimmed);
        if let Some(open) = fence {
            if marks.is_some_and(|marks| marks.starts_with(open))
                && trimmed.trim_end() == marks.unwrap_or_default()
            {
                fence = None;
            }
            continue;
        }
        if in_comment {
            in_comment = !line.contains("-->");
            continue;
        }
        if let Some(marks) = marks {
            fence = Some(marks);
        } else if let Some(open) = line.find("<!--") {
            in_comment = !line[open..].contains("-->");
        } else if is_break(line)
            && let Some(front) = slide_front(&all[index..])
        {
            let end = front.whole.end;
            res.push(front);
            while all.get(index).is_some_and(|(at, _)| *at < end) {
                index += 1;
            }
        }
    }
    res
}

fn fence_marks(line: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|mark| {
        let length = line.len() - line.trim_start_matches(mark).len();
        (length >= 3).then(|| &line[..length])
    })
}

fn slide_front(lines: &[(usize, &str)]) -> Option<Front> {
    let (start, first) = *lines.first()?;
    key_of(first)?;
    let mut known = false;
    for (at, line) in lines {
        if is_closing(line) {
            return known.then(|| Front {
                whole: start..at + line.len(),
                yaml: start..*at,
            });
        }
        match key_of(line) {
            Some(key) => {
                known |= nearest(key, SLIDE_KEYS.into_iter().chain(DECK_KEYS)).is_some();
            }
            None => {
                let trimmed = line.trim();
                let continues = trimmed.is_empty()
                    || line.starts_with([' ', '\t', '#'])
                    || trimmed.starts_with("- ");
                if !continues {
                    return None;
                }
            }
        }
    }
    None
}

/// `key` of a line `key: value`.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (is_word && (rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))).then_some(key)
}

fn blank(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        for byte in &mut bytes[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(bytes).expect("whole lines were replaced by spaces")
}

fn read_front(
    diags: &mut Diagnostics,
    source: &Source,
    front: &Front,
    deck: Option<&mut DeckSettings>,
    slide: &mut SlideSettings,
) {
    let text = &source.text()[front.yaml.clone()];
    match yaml::entries(text) {
        Ok(entries) => settings::fill(diags, source, front.yaml.start, entries, deck, slide),
        Err(fault) => {
            let at = front.yaml.start + fault.at.min(text.len());
            diags.bad_front_matter(rest_of_line(source, at, front.yaml.end), &fault.message);
        }
    }
}

fn rest_of_line(source: &Source, at: usize, limit: usize) -> Span {
    // The parser often stops behind the last character; mark the line in front then.
    let text = source.text();
    let at = if at >= limit {
        text[..limit].trim_end().rfind('\n').map_or(0, |at| at + 1)
    } else {
        at
    };
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length);
    source.at(at, end.max(at + 1))
}
