//! Headings that claim something themselves, "Save the raw data", "Learning takes
//! time": what the author says above all of a section is then written over it.

use super::points::{self, Language, Scene, strip_number};
use super::recap::Told;
use super::sentence::sentences;
use super::statement::{main_verb, opens_subject};
use super::token::{Sentence, Tag};
use super::verbs;
use super::weigh;
use super::wording::Candidate;
use super::words::{self, among};
use super::{Kind, level};

/// What the headings of a section claim, its own and those in it. None where a
/// heading above says that it is not the author who claims it: "Common mistakes".
pub fn claims(part: &Told, scene: &Scene) -> Vec<Candidate> {
    if scene.language != Language::English || doubted(part.above) || is_doubtful(scene) {
        return Vec::new();
    }
    let mut res = Vec::new();
    if !denied(part, 0) {
        res.extend(claim(part.title, 0, scene));
    }
    if doubted(part.title) {
        return res;
    }
    for (at, passage) in part.passages.iter().enumerate() {
        if level(passage).is_some() && !denied(part, at + 1) {
            res.extend(claim(&passage.text, at + 1, scene));
        }
    }
    res
}

const DOUBTS: words::Words = "mistake mistakes error errors myth myths misconception misconceptions \
    excuse excuses wrong pitfall pitfalls trap traps lie lies fallacy fallacies sin sins signs \
    symptom symptoms avoid stop don't doesn't not never worst bad anti-patterns antipatterns \
    objection objections failure failures fail how";

fn doubted(heading: &str) -> bool {
    let low = heading.to_lowercase().replace('’', "'");
    low.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-')))
        .any(|word| among(DOUBTS, word))
}

/// Whether the article is about what is not so, or not to be done.
fn is_doubtful(scene: &Scene) -> bool {
    DOUBTS
        .split_ascii_whitespace()
        .any(|word| word != "how" && scene.topic.contains(weigh::stem(word).as_str()))
}

/// "No.", "Not quite.": the text under a heading takes it back.
fn denied(part: &Told, from: usize) -> bool {
    const DENYING: words::Words = "no not never wrong false nope hardly actually but well except \
        unfortunately";
    let told = part.passages[from..].iter();
    let first = told
        .take_while(|passage| level(passage).is_none())
        .find(|passage| passage.kind == Kind::Paragraph);
    let Some(first) = first else { return true };
    let text = sentences(&first.text).first().copied().unwrap_or("");
    let low = text.to_lowercase();
    let word = low
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    among(DENYING, word)
}

/// A heading as a point, if it is a whole claim or an order.
fn claim(heading: &str, n: usize, scene: &Scene) -> Option<Candidate> {
    const FEWEST: usize = 3;
    let text = strip_number(heading).trim_end_matches('.');
    let plain = !text.contains(['?', '!', ':', '"', '“', '”', '…', '(']);
    if !plain || doubted(text) || text.split_whitespace().count() < FEWEST {
        return None;
    }
    let lowered = sentence_case(text);
    if !is_said(&Sentence::new(&lowered)) {
        return None;
    }
    let read = points::read(&lowered, &scene.cast);
    let mut whole = read
        .into_iter()
        .filter(|candidate| candidate.point.text.to_lowercase() == text.to_lowercase());
    whole.next().map(|mut candidate| {
        candidate.point.text = text.to_owned();
        candidate.point.sentence = heading.to_owned();
        candidate.order = (n, 0);
        candidate
    })
}

/// Whether a heading has a verb of its own that nobody takes for a noun:
/// "Design notes template" has none, nor has "Creating documents".
fn is_said(s: &Sentence) -> bool {
    let Some(verb) = main_verb(s, 0, s.tokens.len()) else {
        return false;
    };
    let noun_first = s
        .forms(verb)
        .base
        .or(s.forms(verb).third)
        .is_some_and(verbs::noun_first);
    let order = verb == 0 && s.forms(verb).base.is_some();
    order || verb > 0 && !noun_first && opens_subject(s, 0) && s.tag(0) != Tag::Number
}

/// A heading that has a capital at each word, as a sentence has them: names of
/// mixed letters keep theirs.
fn sentence_case(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let low = |word: &str| word.chars().skip(1).all(|c| !c.is_uppercase());
    let words: Vec<&str> = text.split(' ').collect();
    let n_capital = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    let titled = n_capital * 2 > words.len() + 1;
    for (n, word) in words.iter().enumerate() {
        if n > 0 {
            res.push(' ');
        }
        match n > 0 && titled && low(word) {
            true => res.push_str(&word.to_lowercase()),
            false => res.push_str(word),
        }
    }
    res
}
