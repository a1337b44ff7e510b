//! A deck held against its article: is every text on its slides in it?
//!
//! Only what the audience reads is held against it, and only on slides that
//! say by `from:` that they come from an article; notes are the speaker's.

use std::sync::Arc;

use crate::article::record::{Miss, Missing, Record};
use crate::deck::origin::{Origin, Place};
use crate::deck::{Block, BlockKind, Deck, Inline, Slide, plain_text};
use crate::diag::Diagnostics;
use crate::source::{Sources, Span};

/// What a deck is held against.
#[derive(Debug, Clone)]
pub struct Against {
    /// The article's sentences.
    pub record: Arc<Record>,
    /// Its name, for messages.
    pub name: String,
    /// Whether slides without `from:` are held against it too.
    pub all: bool,
}

/// How much was held against an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Texts that are in the article.
    pub proven: usize,
    /// Texts that are not.
    pub missed: usize,
    /// Slides that do not say that they come from an article.
    pub skipped: usize,
}

/// Holds each text of the deck against the article.
pub fn prove(diags: &mut Diagnostics, sources: &Sources, deck: &Deck, against: &Against) -> Tally {
    let mut tally = Tally::default();
    for slide in &deck.slides {
        let from = slide.settings.from.as_ref();
        let origin = from.and_then(|from| Origin::parse(&from.value));
        if origin.is_none() && !against.all {
            tally.skipped += 1;
            continue;
        }
        let places = origin.map(|origin| origin.places).unwrap_or_default();
        prove_slide(diags, sources, slide, &places, against, &mut tally);
    }
    tally
}

fn prove_slide(
    diags: &mut Diagnostics,
    sources: &Sources,
    slide: &Slide,
    places: &[Place],
    against: &Against,
    tally: &mut Tally,
) {
    let (title, rest) = texts(&slide.blocks);
    let inferred = matches!(places.first(), Some(Place::Inferred(_)));
    let title = title.into_iter().map(|text| (text, places.first()));
    let behind = places.get(1..).unwrap_or_default();
    // A place belongs to a text by its number only while both are as many.
    let in_order = behind.len() == rest.len();
    let rest = rest.into_iter().enumerate().map(|(at, text)| {
        let place = behind.get(at).filter(|_| in_order);
        (text, place)
    });
    for (at, (text, place)) in title.chain(rest).enumerate() {
        if place == Some(&Place::Own) {
            continue;
        }
        let is_title = at == 0 && inferred;
        if is_title && against.record.unknown(&text.words).is_empty() {
            tally.proven += 1;
            continue;
        }
        let first = place.map_or(places, std::slice::from_ref);
        match against.record.prove(&text.words, first) {
            Ok(_) => tally.proven += 1,
            Err(miss) => {
                tally.missed += 1;
                complain(diags, sources, text.span, &miss, &against.name);
            }
        }
    }
}

fn complain(diags: &mut Diagnostics, sources: &Sources, span: Span, miss: &Miss, article: &str) {
    let place = match miss.place.line() {
        Some(line) => format!("{article}:{line}"),
        None => article.to_string(),
    };
    let text = miss.nearest.as_deref().map(quoted).unwrap_or_default();
    let nearest = (place.as_str(), text.as_str());
    let word = miss.words.first().map_or("", String::as_str);
    let instead = miss.instead.as_deref();
    match miss.kind {
        Missing::Numbers => {
            diags.number_differs(word_span(sources, span, word), word, instead, nearest);
        }
        Missing::Names => {
            diags.name_differs(word_span(sources, span, word), word, instead, nearest);
        }
        Missing::Words => {
            let known = miss.nearest.is_some().then_some(nearest);
            diags.not_in_article(first_line(sources, span), &miss.words, known);
        }
    }
}

/// A sentence in quotation marks, cut where a message would get long.
fn quoted(sentence: &str) -> String {
    const MOST: usize = 140;
    let mut text: String = sentence.chars().take(MOST).collect();
    if text.len() < sentence.len() {
        text.push('…');
    }
    format!("“{text}”")
}

/// A text that the audience reads.
pub struct Text {
    /// Its words, without any marks.
    pub words: String,
    /// Where it is written.
    pub span: Span,
}

/// The title of a slide, and its other texts in reading order.
pub fn texts(blocks: &[Block]) -> (Option<Text>, Vec<Text>) {
    let mut rest = Vec::new();
    push(blocks, &mut rest);
    let has_title = matches!(
        blocks.first().map(|block| &block.kind),
        Some(BlockKind::Heading { .. })
    );
    if has_title && !rest.is_empty() {
        let title = rest.remove(0);
        return (Some(title), rest);
    }
    (None, rest)
}

fn push(blocks: &[Block], res: &mut Vec<Text>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { body, .. } => push_line(body, block.span, res),
            // A picture shows what it shows; its words are for those who cannot see it.
            BlockKind::Paragraph(body) if matches!(body.as_slice(), [Inline::Image(_)]) => {}
            BlockKind::Paragraph(body) => push_line(body, block.span, res),
            BlockKind::List(list) => {
                for item in &list.items {
                    push(&item.blocks, res);
                }
            }
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => push(body, res),
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    push_line(cell, block.span, res);
                }
            }
            BlockKind::Code(code) => {
                for line in code.text.lines() {
                    let words = line.to_string();
                    res.push(Text {
                        words,
                        span: block.span,
                    });
                }
            }
            BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

fn push_line(body: &[Inline], span: Span, res: &mut Vec<Text>) {
    let words = plain_text(body);
    if !words.is_empty() {
        res.push(Text { words, span });
    }
}

fn word_span(sources: &Sources, span: Span, word: &str) -> Span {
    let source = sources.get(span.source);
    match source.slice(span).find(word) {
        Some(at) => {
            let start = span.start as usize + at;
            source.at(start, start + word.len())
        }
        None => first_line(sources, span),
    }
}

fn first_line(sources: &Sources, span: Span) -> Span {
    let source = sources.get(span.source);
    let length = source.slice(span).lines().next().map_or(0, str::len);
    source.at(span.start as usize, span.start as usize + length)
}
