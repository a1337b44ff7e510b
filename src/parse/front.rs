//! Front matter of files and slides, found by looking at lines.

use std::ops::Range;

use super::UPDATE_MARK;
use super::lines::{Outside, is_break, lines};
use crate::deck::settings::{self, DECK_KEYS, DeckSettings, SLIDE_KEYS, SlideSettings};
use crate::diag::Diagnostics;
use crate::diag::nearest::nearest;
use crate::source::{Source, Span};
use crate::yaml;

/// A block of YAML between fences.
pub struct Front {
    /// The bytes to blank out.
    pub whole: Range<usize>,
    /// The YAML between the fences.
    pub yaml: Range<usize>,
}

/// What a file begins with.
pub enum Head {
    /// No front matter.
    None,
    /// Front matter without an end.
    Unclosed,
    /// Front matter.
    Found(Front),
}

fn is_closing(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

/// Looks for front matter at the start of a file.
pub fn find_head(text: &str) -> Head {
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

/// Where the end of a front matter that never ends should be: behind the lines
/// that look like settings.
pub fn missing_end(text: &str) -> usize {
    let is_setting = |line: &str| {
        key_of(line).is_some() || line.starts_with([' ', '\t', '#']) && !line.trim().is_empty()
    };
    lines(text)
        .skip(1)
        .find(|(_, line)| !is_setting(line))
        .map_or(text.len(), |(at, _)| at)
}

/// Front matter of slides: the lines between a break and the next one, if they
/// all look like YAML and at least one key is known or nearly so. Code fences
/// and comments are passed over.
pub fn find_slide_fronts(text: &str, from: usize) -> Vec<Front> {
    let mut res = Vec::new();
    let mut outside = Outside::default();
    let mut rest = lines(&text[from..]).map(|(at, line)| (at + from, line));
    while let Some((_, line)) = rest.next() {
        if outside.is_next(line)
            && is_break(line)
            && let Some(front) = slide_front(rest.clone())
        {
            let end = front.whole.end;
            res.push(front);
            let mut behind = rest.clone();
            while behind.next().is_some_and(|(at, _)| at < end) {
                rest.next();
            }
        }
    }
    res
}

fn slide_front<'t>(lines: impl Iterator<Item = (usize, &'t str)> + Clone) -> Option<Front> {
    let (start, first) = lines.clone().next()?;
    key_of(first)?;
    let mut known = false;
    for (at, line) in lines {
        if is_closing(line) {
            return known.then(|| Front {
                whole: start..at + line.len(),
                yaml: start..at,
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

/// Puts spaces in place of ranges of whole lines, so that places stay.
pub fn blank(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> String {
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

/// Reads front matter into settings; `deck` only in the first file.
pub fn read_front(
    diags: &mut Diagnostics,
    source: &Source,
    front: &Front,
    deck: Option<&mut DeckSettings>,
    slide: &mut SlideSettings,
) {
    let text = &source.text()[front.yaml.clone()];
    let mark = format!("# {UPDATE_MARK}");
    for (at, line) in lines(text).filter(|(_, line)| line.starts_with(&mark)) {
        let start = front.yaml.start + at;
        diags.article_changed(source.at(start, start + line.trim_end().len()));
    }
    match yaml::entries(text) {
        Ok(entries) => settings::fill(diags, source, front.yaml.start, entries, deck, slide),
        Err(fault) => {
            let at = front.yaml.start + fault.at.min(text.len());
            let place = rest_of_line(source, at, front.yaml.end);
            diags.bad_front_matter(place, &fault.message, mended(source, front));
        }
    }
}

/// Front matter that can be read when its lines begin with spaces instead of
/// tabs, or with quotes around the values that have `: ` in them.
fn mended(source: &Source, front: &Front) -> Vec<(Span, String)> {
    let text = &source.text()[front.yaml.clone()];
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (at, line) in lines(text) {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[..indent].contains('\t') {
            edits.push((at..at + indent, line[..indent].replace('\t', "  ")));
        }
        let Some(key) = key_of(line) else { continue };
        let value = line[key.len() + 1..].trim();
        let is_bare = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '#']);
        if is_bare && value.contains(": ") && !value.contains(" #") {
            let start = at + key.len() + 1 + line[key.len() + 1..].find(value).unwrap_or(0);
            edits.push((start..start + value.len(), yaml::quote(value)));
        }
    }
    let mut res = text.to_string();
    for (range, instead) in edits.iter().rev() {
        res.replace_range(range.clone(), instead);
    }
    if yaml::entries(&res).is_err() {
        return Vec::new();
    }
    let place = |at: usize| front.yaml.start + at;
    edits
        .into_iter()
        .map(|(range, text)| (source.at(place(range.start), place(range.end)), text))
        .collect()
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
