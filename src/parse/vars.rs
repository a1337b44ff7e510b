//! Variables: `{{name}}` in text becomes what the front matter says.
//!
//! A value is text, not Markdown, and holds no variables. Code, formulas and
//! raw HTML keep their braces.

use std::collections::BTreeMap;

use super::braces::{BRACE, BRACKET};
use super::footnotes::MARK;
use crate::deck::{Block, BlockKind, Deck, Inline, plain_text};
use crate::diag::Diagnostics;
use crate::source::{Source, Sources, Span, Spanned};

/// Names that need no entry below `vars`.
const BUILT_IN: [&str; 3] = ["title", "author", "date"];

/// Characters in which a name must end.
const MAX_NAME: usize = 80;

/// Unknown names beyond which no more are reported.
const MAX_REPORTS: usize = 100;

/// Puts values in place of all variables of a deck.
pub fn fill(diags: &mut Diagnostics, sources: &Sources, deck: &mut Deck) {
    let settings = &deck.settings;
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let said = [&settings.title, &settings.author, &settings.date];
    for (name, value) in BUILT_IN.into_iter().zip(said) {
        if let Some(value) = value {
            values.insert(name.into(), value.value.clone());
        }
    }
    if !values.contains_key("title")
        && let Some(heading) = first_heading(deck)
    {
        values.insert("title".into(), heading);
    }
    values.extend(deck.settings.vars.iter().cloned());
    let mut filler = Filler {
        diags,
        sources,
        values,
        n_reports: 0,
    };
    let settings = &mut deck.settings;
    for text in [&mut settings.footer, &mut settings.description] {
        filler.setting(text);
    }
    for slide in &mut deck.slides {
        filler.setting(&mut slide.settings.footer);
        filler.setting(&mut slide.settings.notes);
        filler.blocks(&mut slide.blocks);
        filler.blocks(&mut slide.notes);
        let span = slide.span;
        for note in &mut slide.footnotes {
            in_line(note, &mut |text, span| filler.text(text, span), span);
        }
    }
}

fn unescape(text: &mut String) {
    // All three are rare, and this sees every text of a deck: BRACE and BRACKET
    // begin with a byte that hardly any character has.
    if !text.bytes().any(|byte| byte == 0xf4 || byte == MARK as u8) {
        return;
    }
    for (mark, own) in [(BRACE, "{"), (BRACKET, "["), (MARK, "[")] {
        if text.contains(mark) {
            *text = text.replace(mark, own);
        }
    }
}

fn first_heading(deck: &Deck) -> Option<String> {
    let mut blocks = deck.slides.iter().flat_map(|slide| &slide.blocks);
    blocks.find_map(|block| match &block.kind {
        BlockKind::Heading { body, .. } => Some(plain_text(body)),
        _ => None,
    })
}

struct Filler<'a> {
    diags: &'a mut Diagnostics,
    sources: &'a Sources,
    values: BTreeMap<String, String>,
    n_reports: usize,
}

impl Filler<'_> {
    fn setting(&mut self, text: &mut Option<Spanned<String>>) {
        if let Some(Spanned { value, span }) = text {
            self.text(value, *span);
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let span = block.span;
            texts(block, &mut |text, span| self.text(text, span), span);
        }
    }

    fn text(&mut self, text: &mut String, span: Span) {
        if text.contains('{') && text.contains("{{") {
            *text = self.filled(text, span);
        }
        unescape(text);
    }

    fn filled(&mut self, text: &str, span: Span) -> String {
        let mut res = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            res += &rest[..at];
            rest = &rest[at..];
            let Some((name, length)) = name_of(rest) else {
                res += "{{";
                rest = &rest[2..];
                continue;
            };
            match self.values.get(name) {
                Some(value) => res += value,
                None if self.n_reports >= MAX_REPORTS => res += &rest[..length],
                None => {
                    self.n_reports += 1;
                    let place = place_of(self.sources.get(span.source), span, &rest[..length]);
                    let known: Vec<&str> = self.values.keys().map(String::as_str).collect();
                    let is_built_in = BUILT_IN.contains(&name);
                    self.diags
                        .unknown_variable(place, name, &known, is_built_in);
                    res += &rest[..length];
                }
            }
            rest = &rest[length..];
        }
        res + rest
    }
}

/// The name in `{{name}}` and the length of all of it.
fn name_of(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("{{")?;
    let limit = inner
        .char_indices()
        .nth(MAX_NAME)
        .map_or(inner.len(), |(at, _)| at);
    let end = inner[..limit].find("}}")?;
    let name = inner[..end].trim();
    let is_name = name.starts_with(|c: char| c.is_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_name.then_some((name, end + 4))
}

fn place_of(source: &Source, span: Span, words: &str) -> Span {
    match source.slice(span).find(words) {
        Some(at) => {
            let start = span.start as usize + at;
            source.at(start, start + words.len())
        }
        None => span,
    }
}

/// Calls `f` for every text of a block in which a variable may stand, with the
/// place of the innermost block around it.
fn texts(block: &mut Block, f: &mut dyn FnMut(&mut String, Span), span: Span) {
    let all = |blocks: &mut [Block], f: &mut dyn FnMut(&mut String, Span)| {
        for block in blocks {
            let span = block.span;
            texts(block, f, span);
        }
    };
    match &mut block.kind {
        BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => in_line(body, f, span),
        BlockKind::List(list) => {
            for item in &mut list.items {
                all(&mut item.blocks, f);
            }
        }
        BlockKind::Quote(body) | BlockKind::Group { body, .. } => all(body, f),
        BlockKind::Table(table) => {
            let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
            cells.for_each(|cell| in_line(cell, f, span));
        }
        BlockKind::Code(_)
        | BlockKind::Math(_)
        | BlockKind::Rule
        | BlockKind::Html(_)
        | BlockKind::Chart(_)
        | BlockKind::Diagram(_) => {}
    }
}

fn in_line(line: &mut [Inline], f: &mut dyn FnMut(&mut String, Span), span: Span) {
    for inline in line {
        match inline {
            Inline::Text(text) => f(text, span),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. } => in_line(body, f, span),
            Inline::Link { body, to } => {
                f(&mut to.href, span);
                f(&mut to.title, span);
                in_line(body, f, span);
            }
            Inline::Image(image) => {
                f(&mut image.href, span);
                f(&mut image.alt, span);
                f(&mut image.title, span);
            }
            Inline::Code(_)
            | Inline::Math(_)
            | Inline::Html { .. }
            | Inline::Sign(_)
            | Inline::Break => {}
        }
    }
}
