//! Short spellings in a line of text: `:rocket:`, `:icon-truck:`, `++Ctrl+C++`,
//! `x^2^`. What only looks like one stays as it is written.

use std::borrow::Cow;

use crate::deck::{Attrs, Inline, Sign};
use crate::source::Span;

/// Characters that begin a spelling, with those that stand for them when the
/// author put a backslash in front: they are no characters, so no text holds
/// them.
const ESCAPED: [(char, char); 3] = [(':', '\u{fdd2}'), ('+', '\u{fdd3}'), ('^', '\u{fdd4}')];

/// Bytes in which a spelling must end.
const MAX_LENGTH: usize = 60;

/// Characters of the longest name on a key.
const MAX_KEY: usize = 12;

/// What stands for an escaped character until signs have been read.
pub fn escaped(text: &str) -> Option<&'static str> {
    Some(match text {
        ":" => "\u{fdd2}",
        "+" => "\u{fdd3}",
        "^" => "\u{fdd4}",
        _ => return None,
    })
}

/// Makes signs of a line's text; `place` finds where some words of it are written.
pub fn read(inlines: Vec<Inline>, place: &dyn Fn(&str) -> Span) -> Vec<Inline> {
    let is_text = |inline: &Inline| matches!(inline, Inline::Text(_));
    let is_done = |inline: &Inline| !matches!(inline, Inline::Text(text) if !holds_none(text));
    let are_apart = |pair: &[Inline]| !pair.iter().all(is_text);
    if inlines.iter().all(is_done) && inlines.windows(2).all(are_apart) {
        return inlines;
    }
    let mut res: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) if holds_none(&text) => match res.last_mut() {
                Some(Inline::Text(front)) => *front += &text,
                _ => res.push(Inline::Text(text)),
            },
            Inline::Text(text) => in_text(&text, &mut res, place),
            _ => res.push(inline),
        }
    }
    res
}

/// Whether nothing in a text begins a sign or stands for what does.
fn holds_none(text: &str) -> bool {
    let is_sign = |byte: u8| matches!(byte, b':' | b'+' | b'^' | 0xef);
    !text.is_empty() && !text.bytes().any(is_sign)
}

fn in_text(text: &str, res: &mut Vec<Inline>, place: &dyn Fn(&str) -> Span) {
    let mut rest = text;
    while let Some(at) = rest.find([':', '+', '^']) {
        push(res, &rest[..at]);
        rest = &rest[at..];
        let before = match res.last() {
            Some(Inline::Text(text)) => text.chars().next_back(),
            Some(_) | None => None,
        };
        match sign(rest, before, place) {
            Some((sign, length)) => {
                match sign {
                    Inline::Text(text) => push(res, &text),
                    _ => res.push(sign),
                }
                rest = &rest[length..];
            }
            None => {
                let length = rest.len() - rest.trim_start_matches(&rest[..1]).len();
                push(res, &rest[..length]);
                rest = &rest[length..];
            }
        }
    }
    push(res, rest);
}

fn push(res: &mut Vec<Inline>, text: &str) {
    if text.is_empty() {
        return;
    }
    let mut own = Cow::Borrowed(text);
    // The first byte of what stands for them.
    if text.as_bytes().contains(&0xef) {
        for (sign, mark) in ESCAPED {
            own = own.replace(mark, sign.encode_utf8(&mut [0; 4])).into();
        }
    }
    match res.last_mut() {
        Some(Inline::Text(front)) => *front += &own,
        _ => res.push(Inline::Text(own.into_owned())),
    }
}

/// The sign that a text begins with, and its length in bytes.
fn sign(text: &str, before: Option<char>, place: &dyn Fn(&str) -> Span) -> Option<(Inline, usize)> {
    let follows_word = before.is_some_and(char::is_alphanumeric);
    if text.starts_with("++") {
        return keys(text).filter(|_| !follows_word);
    }
    if text.starts_with('^') {
        return raised(text).filter(|_| follows_word || before == Some(')'));
    }
    if text.starts_with(':') && !follows_word {
        return short_code(text, place);
    }
    None
}

/// What stands between two marks of one line, and the length of all of it.
fn between<'t>(text: &'t str, mark: &str) -> Option<(&'t str, usize)> {
    let inner = &text[mark.len()..];
    let near = (0..=MAX_LENGTH.min(inner.len()))
        .rev()
        .find(|at| inner.is_char_boundary(*at))?;
    let end = inner[..near].find(mark)?;
    let inside = &inner[..end];
    let is_word =
        !inside.is_empty() && !inside.contains('\n') && inside.trim().len() == inside.len();
    is_word.then_some((inside, end + 2 * mark.len()))
}

fn is_word_next(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric())
}

fn short_code(text: &str, place: &dyn Fn(&str) -> Span) -> Option<(Inline, usize)> {
    let (name, length) = between(text, ":")?;
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte));
    if !is_name || is_word_next(&text[length..]) {
        return None;
    }
    let sign = match name.strip_prefix("icon-") {
        Some(icon) => Inline::Sign(Sign::Icon {
            name: icon.to_string(),
            span: place(&text[..length]),
        }),
        None => Inline::Text(emojis::get_by_shortcode(name)?.as_str().to_string()),
    };
    Some((sign, length))
}

fn keys(text: &str) -> Option<(Inline, usize)> {
    let (inside, length) = between(text, "++")?;
    let behind = &text[length..];
    if is_word_next(behind) || behind.starts_with('+') {
        return None;
    }
    let mut body = Vec::new();
    for key in inside.split('+') {
        let name = key.trim();
        if name.is_empty() || name.chars().count() > MAX_KEY {
            return None;
        }
        if !body.is_empty() {
            body.push(Inline::Text("+".into()));
        }
        body.push(span("kbd", vec![Inline::Text(name.into())]));
    }
    Some((span("keys", body), length))
}

fn raised(text: &str) -> Option<(Inline, usize)> {
    let (inside, length) = between(text, "^")?;
    let is_word = !inside.contains(char::is_whitespace) && inside.contains(char::is_alphanumeric);
    is_word.then(|| (span("sup", vec![Inline::Text(inside.into())]), length))
}

/// A span of one class.
pub fn span(class: &str, body: Vec<Inline>) -> Inline {
    Inline::Span {
        body,
        attrs: Attrs::of_class(class),
        step: 0,
    }
}
