//! What people mark in plain text: headings by "##" or a line under them, bold
//! words, who asks and who answers.

use super::plain::escape;
use super::tongue::{self, n_words};

/// Words of a heading at most.
const MOST_WORDS: usize = 26;

/// Who speaks in an interview.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    Asks,
    Answers,
}

/// The level of the heading that a line is drawn under.
pub fn underline(line: &str) -> Option<u8> {
    let first = line.chars().next()?;
    let drawn = line.chars().nth(2).is_some() && line.chars().all(|c| c == first);
    match first {
        '=' if drawn => Some(1),
        '-' | '~' if drawn => Some(2),
        _ => None,
    }
}

/// Whether a line over a drawn one may be a heading, not the end of a text.
pub fn may_head(line: &str) -> bool {
    n_words(line) <= MOST_WORDS && line.chars().count() <= 180
}

/// "## Cost" and, at the beginning of a block, "**Cost**": level and words.
pub fn heading(line: &str, opens: bool) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if let Some(heading) = rest.strip_prefix(' ')
        && (1..=6).contains(&level)
        && may_head(heading)
    {
        return Some((level as u8, heading.trim_matches(['#', ' ', '*'])));
    }
    let bold = line.strip_prefix("**")?.strip_suffix("**")?;
    let plain = !bold.contains("**") && !bold.ends_with(['.', ',', ';', '。']);
    (opens && plain && !bold.trim().is_empty() && may_head(bold))
        .then(|| (2, bold.trim().trim_end_matches([':', '：'])))
}

/// Text without the marks of its bold words, and as Markdown with them.
pub fn bold(text: &str) -> (String, String) {
    let parts: Vec<&str> = text.split("**").collect();
    // An odd mark, or one with a space inside as in "2 ** 3", is none.
    let marks = parts.len() > 2
        && parts.len() % 2 == 1
        && parts.iter().skip(1).step_by(2).all(|part| {
            !part.is_empty()
                && !part.starts_with(char::is_whitespace)
                && !part.ends_with(char::is_whitespace)
        });
    if !marks {
        return (text.to_owned(), escape(text));
    }
    let written: Vec<String> = parts.iter().map(|part| escape(part)).collect();
    (parts.concat(), written.join("**"))
}

/// Who says a line of an interview, and what: "Q: Why?"
pub fn speaker(line: &str) -> Option<(Speaker, &str)> {
    let line = line.trim_start_matches("**");
    let (label, said) = line.split_once([':', '：'])?;
    let (said, low) = (said.trim_start_matches(['*', ' ']), label.to_lowercase());
    if label.chars().count() > 10 || said.is_empty() {
        return None;
    }
    if tongue::word(|tongue| tongue.question, &low) {
        return Some((Speaker::Asks, said.trim_end_matches("**")));
    }
    tongue::word(|tongue| tongue.answer, &low).then_some((Speaker::Answers, said))
}

/// Whether a text is questions and answers that are marked as such.
pub fn is_interview(text: &str) -> bool {
    let speakers = text.lines().filter_map(|line| speaker(line.trim()));
    speakers
        .filter(|(who, _)| *who == Speaker::Asks)
        .take(2)
        .count()
        == 2
}
