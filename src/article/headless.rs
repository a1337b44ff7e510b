//! What is done where headings are missing or hold the text itself: sections of
//! what paragraphs are called by themselves, else of neighbours that are about
//! the same.

use super::outline::{Outline, Part, n_words};
use super::points::strip_number;
use super::sentence::sentences;
use super::tongue;
use super::weigh::{self, Stems};
use super::words::{self, Words, among};
use super::{Kind, Passage, level};

/// Words that a slide should stand for at least.
const SLIDE: usize = 40;

/// Words beyond which two paragraphs are two slides in any case.
const FULL: usize = 150;

/// Nobody sets a heading of so many words: it is text that lost its line ends.
const LONG_HEADING: usize = 26;

/// Takes the text out of headings that it ran into.
pub fn free(passages: &mut Vec<Passage>) {
    let is_long = |passage: &Passage| level(passage).is_some() && n_words(passage) > LONG_HEADING;
    if !passages.iter().any(is_long) {
        return;
    }
    let all = std::mem::take(passages);
    for passage in all {
        match is_long(&passage) {
            true => passages.extend(freed(&passage)),
            false => passages.push(passage),
        }
    }
}

/// "## Sources The team has ...": the heading and its text. Signs of headings
/// within it begin another.
fn freed(passage: &Passage) -> Vec<Passage> {
    let marked = passage.markdown.trim_start_matches('#').trim_start();
    let texts = at_signs(&passage.text);
    let sources = at_signs(marked);
    let alike = texts.len() == sources.len();
    let pairs: Vec<(&str, &str)> = match alike {
        true => texts.into_iter().zip(sources).collect(),
        false => vec![(passage.text.as_str(), marked)],
    };
    let mut res = Vec::new();
    let top = level(passage).unwrap_or(2);
    for (n, (text, source)) in pairs.into_iter().enumerate() {
        let (head, text, source) = match opening(text) {
            Some(end) if source.starts_with(&text[..end]) => (
                Some(&text[..end]),
                text[end..].trim_start(),
                source[end..].trim_start(),
            ),
            _ if tongue::n_words(text) <= SHORT_HEADING && n == 0 => (Some(text), "", ""),
            _ => (None, text, source),
        };
        let under = if n == 0 { top } else { (top + 1).min(6) };
        let signs = "#".repeat(usize::from(under));
        res.extend(head.map(|head| Passage {
            kind: Kind::Heading(under),
            text: head.to_owned(),
            markdown: format!("{signs} {}", super::escape_markdown(head)),
            ..passage.clone()
        }));
        if !text.is_empty() {
            res.push(Passage {
                kind: Kind::Paragraph,
                text: text.to_owned(),
                markdown: source.to_owned(),
                gap: 1,
                ..passage.clone()
            });
        }
    }
    res
}

/// Words that a heading may have which ran into its text.
const SHORT_HEADING: usize = 8;

/// The pieces between "####" and the like.
fn at_signs(text: &str) -> Vec<&str> {
    let mut res = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(" ##").or_else(|| rest.find(" \\##")) {
        res.push(rest[..at].trim());
        rest = rest[at..].trim_start_matches([' ', '#', '\\']);
    }
    res.push(rest.trim());
    res.retain(|piece| !piece.is_empty());
    res
}

/// Where a sentence begins that has a heading in front of it: at a small word
/// with a capital behind one that ends no sentence.
fn opening(text: &str) -> Option<usize> {
    const BEGINNING: Words = "the a an we you this these there it in here if when our they";
    let mut last = "";
    let mut end = 0;
    for (n, word) in text.split(' ').enumerate().take(SHORT_HEADING + 1) {
        let begins = n > 0
            && word.starts_with(char::is_uppercase)
            && among(BEGINNING, &word.to_lowercase())
            && last.ends_with(char::is_alphanumeric)
            && !among(words::SMALL, &last.to_lowercase());
        if begins {
            return Some(end - 1);
        }
        end += word.len() + 1;
        last = word;
    }
    None
}

/// Sections for an article without headings: its numbered or labelled
/// paragraphs, else its paragraphs.
pub fn group(outline: &mut Outline) {
    let passages = std::mem::take(&mut outline.intro);
    let long = |passage: &Passage| n_words(passage) >= 12;
    let labelled = |passage: &Passage| paragraph_label(passage).is_some();
    if passages.iter().filter(|p| labelled(p)).count() >= 3 {
        return by_label(passages, outline);
    }
    let n_long = passages.iter().filter(|passage| long(passage)).count();
    let total: usize = passages.iter().map(n_words).sum();
    if n_long == 0 || total < 30 {
        outline.intro = passages;
        return;
    }
    let mut rest = passages.into_iter().peekable();
    if n_long >= 4 {
        // What stands before the second long paragraph introduces.
        outline.intro.extend(rest.next());
        while let Some(passage) = rest.next_if(|passage| !long(passage)) {
            outline.intro.push(passage);
        }
    }
    let target = if n_long <= 9 { 1 } else { total / 7 };
    let mut in_last = 0;
    for passage in rest {
        let full = outline.parts.is_empty() || in_last >= target;
        let begins = full && passage.kind == Kind::Paragraph && long(&passage);
        let is_first = begins || outline.parts.is_empty();
        in_last = if is_first { 0 } else { in_last } + n_words(&passage);
        match outline.parts.last_mut() {
            Some(part) if !begins => part.passages.push(passage),
            Some(_) | None => outline.parts.push(Part {
                heading: None,
                line: passage.line,
                passages: vec![passage],
                parent: None,
            }),
        }
    }
    join(&mut outline.parts);
}

/// Paragraphs of a sentence or two are no slides: each goes to the neighbour
/// that it has more words in common with, the shortest first. What ends in a
/// colon leads to what stands behind it.
fn join(parts: &mut Vec<Part>) {
    const FEWEST: usize = 2;
    let mut sizes: Vec<usize> = parts.iter().map(size).collect();
    let mut words: Vec<Stems> = parts.iter().map(stems).collect();
    while parts.len() > FEWEST {
        let open = |at: usize| {
            let last = parts[at].passages.last();
            last.is_some_and(|last| last.text.ends_with([':', '：']))
        };
        let fits = |left: usize| {
            let (one, other) = (sizes[left], sizes[left + 1]);
            one.min(other) < SLIDE && (one + other <= FULL || open(left))
        };
        let ties = |left: usize| {
            let common = words[left].intersection(&words[left + 1]).count();
            let most = words[left].len().min(words[left + 1].len()).max(1);
            (open(left), common * 1000 / most)
        };
        let best = (0..parts.len() - 1)
            .filter(|&left| fits(left))
            .min_by_key(|&left| {
                let (open, common) = ties(left);
                let small = sizes[left].min(sizes[left + 1]);
                (!open, small, std::cmp::Reverse(common))
            });
        let Some(left) = best else { break };
        let part = parts.remove(left + 1);
        parts[left].passages.extend(part.passages);
        sizes[left] += sizes.remove(left + 1);
        let other = words.remove(left + 1);
        words[left].extend(other);
    }
}

fn size(part: &Part) -> usize {
    part.passages.iter().map(n_words).sum()
}

fn stems(part: &Part) -> Stems {
    let texts = part.passages.iter().map(|passage| &passage.text);
    texts.flat_map(|text| weigh::content(text)).collect()
}

/// The words in front of a paragraph that name it: "Cost. It is cheaper to ..."
fn paragraph_label(passage: &Passage) -> Option<String> {
    if !matches!(passage.kind, Kind::Item | Kind::Paragraph) || n_words(passage) < 12 {
        return None;
    }
    let numbered =
        passage.kind == Kind::Item && passage.markdown.starts_with(|c: char| c.is_ascii_digit());
    let bold = passage.markdown.trim_start_matches("- ").starts_with("**");
    let text = strip_number(&passage.text);
    let first = sentences(text).into_iter().next()?;
    let label = match first.find(": ") {
        Some(at) => &first[..at],
        None => first.trim_end_matches('.'),
    };
    let words = label.split_whitespace().count();
    let labelled = numbered || bold || text.len() < passage.text.len();
    (labelled && (1..=10).contains(&words) && label.len() < text.len())
        .then(|| label.trim_end_matches(['.', ':']).to_owned())
}

fn by_label(passages: Vec<Passage>, outline: &mut Outline) {
    for mut passage in passages {
        let label = paragraph_label(&passage);
        if label.is_some() {
            // It is no item of a list any more, but the text of a section.
            passage.kind = Kind::Paragraph;
        }
        match (label, outline.parts.last_mut()) {
            (Some(label), _) => outline.parts.push(Part {
                heading: Some(label),
                line: passage.line,
                passages: vec![passage],
                parent: None,
            }),
            (None, Some(part)) => part.passages.push(passage),
            (None, None) => outline.intro.push(passage),
        }
    }
}
