//! Where a text of a slide comes from: the passage that holds it.

use crate::article::{self, Passage, Point};
use crate::import::plan::{Line, Origin};

/// The headings of an article as they were read, each with its line.
pub type Headings = [(u32, String)];

/// A text that stands in a passage, or is made of a sentence of it.
pub fn line(text: &str, sentence: &str, passage: &Passage) -> Line {
    Line {
        text: text.to_string(),
        lead: 0..0,
        from: Origin {
            article: 0,
            line: passage.line,
            sentence: sentence.to_string(),
        },
    }
}

/// A heading as a title: nothing follows its colon on a slide.
pub fn as_title(heading: &str) -> String {
    let text = heading.trim_end_matches([':', '：', ' ']);
    if text.is_empty() { heading } else { text }.to_string()
}

/// A heading with its line, if one of `headings` is written so.
pub fn heading<'a>(text: &str, headings: impl IntoIterator<Item = &'a (u32, String)>) -> Line {
    let wanted = one_line(text);
    let found = headings
        .into_iter()
        .find(|(_, heading)| one_line(heading) == wanted);
    Line {
        text: as_title(text),
        lead: 0..0,
        from: Origin {
            article: 0,
            line: found.map_or(0, |(line, _)| *line),
            sentence: found.map_or(wanted, |(_, heading)| heading.clone()),
        },
    }
}

/// Points with the lines of the passages that hold their sentences.
pub fn points<'a>(
    points: &[Point],
    passages: impl IntoIterator<Item = &'a Passage> + Clone,
) -> Vec<Line> {
    let line = |point: &Point| {
        let holder = passages
            .clone()
            .into_iter()
            .find(|passage| passage.text.contains(&point.sentence));
        Line {
            text: point.text.clone(),
            lead: point.lead.clone(),
            from: Origin {
                article: 0,
                line: holder.map_or(0, |passage| passage.line),
                sentence: point.sentence.clone(),
            },
        }
    };
    points.iter().map(line).collect()
}

/// The sentence that a text is made of: it has all its words in their order.
pub fn phrase<'a>(text: &str, passages: impl IntoIterator<Item = &'a Passage>) -> Option<Origin> {
    let wanted = bare(text);
    for passage in passages {
        for sentence in article::sentences(&passage.text) {
            let words = bare(sentence);
            let mut rest = words.iter();
            if wanted
                .iter()
                .all(|word| rest.any(|other| is_alike(word, other)))
            {
                return Some(line("", sentence, passage).from);
            }
        }
    }
    None
}

/// The words of a text, without marks and capitals.
fn bare(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether two words are the same but for an ending that was repaired.
fn is_alike(word: &str, other: &str) -> bool {
    let length = word.chars().count().min(other.chars().count());
    let common = word
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    word == other || (length > 3 && common + 1 >= length)
}

/// A text with single blanks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
