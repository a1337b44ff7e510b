//! A long section to stretches that a slide each can say: what its
//! sub-headings head, else runs of its paragraphs.

use std::ops::Range;

use super::points::{self, Scene, strip_number};
use super::{Kind, Passage, Stretch, level};

/// Words of a section without sub-headings from which on it has stretches: two
/// minutes of speech.
const LONG: usize = 300;

/// Words of such a stretch, about.
const RUN: usize = 220;

/// Sub-headings beyond which a section is a list of small things.
const MOST: usize = 8;

/// The stretches of a section; none if it is short.
pub fn stretches(passages: &[Passage], title: &str, scene: &Scene) -> Vec<Stretch> {
    let headed = headed(passages);
    if (2..=MOST).contains(&headed.len()) {
        let stretch = |range: &Range<usize>| {
            let heading = strip_number(&passages[range.start].text).to_owned();
            let inner = &passages[range.start + 1..range.end];
            Stretch {
                points: points::points(inner, &heading, scene),
                heading: Some(heading),
                passages: range.clone(),
            }
        };
        return headed.iter().map(stretch).collect();
    }
    let stretch = |range: Range<usize>| Stretch {
        heading: None,
        points: points::points(&passages[range.clone()], title, scene),
        passages: range,
    };
    runs(passages).into_iter().map(stretch).collect()
}

/// From each heading of the highest level to the next.
fn headed(passages: &[Passage]) -> Vec<Range<usize>> {
    let Some(top) = passages.iter().filter_map(level).min() else {
        return Vec::new();
    };
    let starts: Vec<usize> = (0..passages.len())
        .filter(|&at| level(&passages[at]) == Some(top))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([passages.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| *from..to)
        .collect()
}

/// Runs of about as many words each; what belongs together stays together.
fn runs(passages: &[Passage]) -> Vec<Range<usize>> {
    let words = |passage: &Passage| match passage.kind {
        Kind::Code | Kind::Table | Kind::Picture | Kind::Other => 0,
        Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::Quote => {
            passage.text.split_whitespace().count()
        }
    };
    let total: usize = passages.iter().map(words).sum();
    if total < LONG {
        return Vec::new();
    }
    let n_runs = (total / RUN).clamp(2, 4);
    let mut res = Vec::new();
    let (mut from, mut seen) = (0, 0);
    for (at, passage) in passages.iter().enumerate() {
        let opens = passage.kind == Kind::Paragraph
            && at > from
            && !passages[at - 1].text.ends_with([':', '：'])
            && level(&passages[at - 1]).is_none();
        if opens && seen * n_runs >= total * (res.len() + 1) {
            res.push(from..at);
            from = at;
        }
        seen += words(passage);
    }
    res.push(from..passages.len());
    if res.len() < 2 { Vec::new() } else { res }
}
