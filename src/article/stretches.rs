//! A long section to stretches that a slide each can say: what its
//! sub-headings head, else runs of its paragraphs.

use std::ops::Range;

use super::points::{self, Scene, strip_number};
use super::{Kind, Passage, Stretch, level};

/// Words of a section that no few slides can say.
const ENDLESS: usize = 6000;

/// Words of such a stretch, about.
const RUN: usize = 220;

/// Sub-headings beyond which a section is a list of small things.
const MOST: usize = 8;

/// The stretches of a section; none if it has fewer than `long` words, half as
/// many with sub-headings. Two sub-headings are always told: they may be the
/// two sides of one thing.
pub fn stretches(passages: &[Passage], title: &str, scene: &Scene, long: usize) -> Vec<Stretch> {
    let n_words: usize = passages.iter().map(words).sum();
    if n_words > ENDLESS {
        return Vec::new();
    }
    let headed = headed(passages);
    let is_wanted = n_words >= long / 2 || headed.len() == 2;
    if is_wanted && (2..=MOST).contains(&headed.len()) {
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
    if n_words < long {
        return Vec::new();
    }
    runs(passages, n_words).into_iter().map(stretch).collect()
}

/// Words that are spoken.
fn words(passage: &Passage) -> usize {
    match passage.kind {
        Kind::Code | Kind::Table | Kind::Picture | Kind::Other => 0,
        Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::Quote => {
            passage.text.split_whitespace().count()
        }
    }
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
fn runs(passages: &[Passage], total: usize) -> Vec<Range<usize>> {
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
