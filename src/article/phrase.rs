//! The phrase that names a section best: one of its first sentences, made of
//! words that the section keeps coming back to.

use std::collections::{BTreeMap, BTreeSet};

use super::points::Scene;
use super::sentence::sentences;
use super::statement::main_verb;
use super::token::{Sentence, Tag};
use super::verbs;
use super::weigh::{self, Stems};
use super::words::{self, among};

/// Sentences of a section in which its title is sought.
const MOST_SENTENCES: usize = 8;
const MOST_WORDS: usize = 6;

/// What a section's words weigh in its title.
struct Heavy {
    weights: BTreeMap<String, f64>,
    counts: BTreeMap<String, usize>,
}

impl Heavy {
    /// How often a word stands in the section counts most, that it is rare
    /// elsewhere a little: authors repeat the article's theme in their headings.
    fn new(texts: &[&str], scene: &Scene) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for stem in texts.iter().flat_map(|text| weigh::content(text)) {
            *counts.entry(stem).or_default() += 1;
        }
        let first: Stems = texts
            .iter()
            .flat_map(|text| sentences(text))
            .take(2)
            .flat_map(weigh::content)
            .collect();
        let weights = counts
            .iter()
            .map(|(stem, count)| {
                let near = if first.contains(stem) { 2.0 } else { 1.0 };
                let theme = if scene.topic.contains(stem) { 2.0 } else { 1.0 };
                let rare = scene.spread.rarity(stem).sqrt().sqrt().sqrt();
                (stem.clone(), *count as f64 * rare * near * theme)
            })
            .collect();
        Heavy { weights, counts }
    }

    fn of(&self, stems: &Stems) -> f64 {
        stems
            .iter()
            .map(|stem| self.weights.get(stem).copied().unwrap_or(0.0))
            .sum()
    }

    fn repeated(&self, stems: &Stems) -> bool {
        stems
            .iter()
            .any(|stem| self.counts.get(stem).is_some_and(|count| *count > 1))
    }
}

/// The best phrase of a section's texts, if one can be found that no other
/// section is called by.
pub fn best(texts: &[&str], used: &[String], scene: &Scene) -> Option<String> {
    let heavy = Heavy::new(texts, scene);
    let hero = weigh::stem(&scene.cast.hero);
    let mut best: Option<(f64, String)> = None;
    let firsts = texts.iter().flat_map(|text| sentences(text));
    for (n, text) in firsts.take(MOST_SENTENCES).enumerate() {
        let s = Sentence::new(text);
        if s.tokens.len() > 80 {
            continue;
        }
        let verb = main_verb(&s, 0, s.tokens.len()).unwrap_or(0);
        for (a, b) in phrases(&s) {
            let title = &s.text[s.tokens[a].start..s.tokens[b - 1].end];
            let stems = weigh::stems(title);
            let own: BTreeSet<&String> = stems.iter().filter(|stem| **stem != hero).collect();
            if own.is_empty() || title.split_whitespace().count() > MOST_WORDS {
                continue;
            }
            let score = heavy.of(&stems) / (stems.len() as f64).sqrt().sqrt()
                * place(n)
                * form(&s, a, b)
                * if b <= verb { 1.3 } else { 1.0 }
                * if heavy.repeated(&stems) { 1.0 } else { 0.6 }
                // The theme of the whole article names no single section.
                * if stems.is_subset(&scene.topic) { 0.6 } else { 1.0 }
                * if super::title::fresh(title, used) { 1.0 } else { 0.2 };
            if best.as_ref().is_none_or(|(top, _)| score > top + 1e-9) {
                best = Some((score, title.to_owned()));
            }
        }
    }
    best.map(|(_, title)| title)
}

/// The first sentences say what a section is about.
fn place(n: usize) -> f64 {
    match n {
        0 => 2.0,
        1 => 1.3,
        2 => 1.0,
        _ => 0.7,
    }
}

/// How well the words between two places make a title.
fn form(s: &Sentence, a: usize, b: usize) -> f64 {
    let length = match b - a {
        1 if verbs::forms(s.low(a)).any() => 0.3,
        1 => 0.6,
        2..=4 => 1.0,
        _ => 0.9,
    };
    let vague = if among(words::VAGUE_NOUNS, s.low(b - 1)) {
        0.85
    } else {
        1.0
    };
    length * vague
}

/// Noun phrases, pairs of them joined by "of" or "and", and each with the
/// "-ing" word in front of it.
fn phrases(s: &Sentence) -> Vec<(usize, usize)> {
    let plain = noun_phrases(s);
    let mut res = Vec::new();
    for (n, &(a, b)) in plain.iter().enumerate() {
        let from = opening(s, a);
        res.push((a, b));
        if from < a && closes(s, b) {
            res.push((from, b));
        }
        if let Some(&(next, end)) = plain.get(n + 1)
            && joined(s, b, next)
        {
            res.push((a, end));
            if from < a && closes(s, end) {
                res.push((from, end));
            }
        }
    }
    res.retain(|&(a, b)| b - a <= MOST_WORDS + 1 && s.tag(a) != Tag::Punct);
    res
}

/// "ensure your team" waits for what the team does.
fn closes(s: &Sentence, b: usize) -> bool {
    matches!(s.tag(b), Tag::Punct | Tag::Prep | Tag::Conj | Tag::Adv)
}

/// Where "choosing the right metrics" begins.
fn opening(s: &Sentence, a: usize) -> usize {
    let mut at = a;
    while at > 0 && matches!(s.tag(at - 1), Tag::Poss | Tag::Det) {
        if among("this that these those any no some", s.low(at - 1)) {
            return a;
        }
        at -= 1;
    }
    let gerund = at > 0
        && s.tag(at - 1) == Tag::Gerund
        && verbs::forms(s.low(at - 1)).gerund.is_some()
        && !among(
            "being having doing including regarding according using",
            s.low(at - 1),
        );
    // "to set valuable metrics", "Use metrics and feedback"
    let order = at > 0
        && s.tag(at - 1) == Tag::Verb
        && verbs::forms(s.low(at - 1)).base.is_some()
        && !weigh::empty(s.low(at - 1))
        && (at == 1 || s.tag(at - 2) == Tag::To);
    if order {
        return at - 1;
    }
    let free = at < 2 || matches!(s.tag(at - 2), Tag::Prep | Tag::Punct | Tag::Sub | Tag::Conj);
    if gerund && free { at - 1 } else { a }
}

/// Whether only "of the" or "and" stands between two places.
fn joined(s: &Sentence, b: usize, next: usize) -> bool {
    let link = among("of and for in with between", s.low(b));
    let rest = b + 1 == next
        || (b + 2 == next && matches!(s.low(b + 1), "the" | "a" | "an") && s.low(b) != "and");
    link && rest
}

/// Runs of adjectives and nouns that end with a noun, without what is no name
/// at their ends.
fn noun_phrases(s: &Sentence) -> Vec<(usize, usize)> {
    let mut res = Vec::new();
    let mut at = 0;
    while at < s.tokens.len() {
        let from = at;
        let mut end = None;
        while at < s.tokens.len() && inside(s, at, from) {
            if s.tag(at) == Tag::Noun {
                end = Some(at + 1);
            }
            at += 1;
        }
        if let Some((a, b)) = end.and_then(|end| trimmed(s, from, end)) {
            res.push((a, b));
        }
        at = at.max(from + 1);
    }
    res
}

fn inside(s: &Sentence, at: usize, from: usize) -> bool {
    let name = !s.low(at).contains(['@', '/', '_', '#']);
    match s.tag(at) {
        Tag::Adj | Tag::Noun => name,
        // "natural language processing", "continuing education"
        Tag::Gerund => at > from && s.tag(at + 1) == Tag::Noun,
        _ => false,
    }
}

/// At most four words, without a possessive or an empty word in front or a verb
/// that was taken for a noun at the end.
fn trimmed(s: &Sentence, a: usize, b: usize) -> Option<(usize, usize)> {
    let mut end = b;
    while end > a + 1 && verb_like(s, end - 1) {
        end -= 1;
    }
    let mut from = a.max(end.saturating_sub(4));
    if let Some(inner) = (from..end).rev().find(|&at| s.low(at).ends_with("'s")) {
        from = inner + 1;
    }
    let weak = |at: usize| {
        weigh::empty(s.low(at))
            || s.low(at).ends_with("s'")
            || among("last next previous first second third following", s.low(at))
            || (at + 1 < end && at == 0 && s.tag(at) == Tag::Noun && only_third(s.low(at)))
    };
    while from < end && weak(from) {
        from += 1;
    }
    (from < end && s.tag(end - 1) == Tag::Noun).then_some((from, end))
}

/// "Poses risks": a third person that is no plural.
fn only_third(low: &str) -> bool {
    verbs::forms(low)
        .third
        .is_some_and(|base| !verbs::noun_first(base))
}

/// "teams react", "people think that", "the site offers a map".
fn verb_like(s: &Sentence, at: usize) -> bool {
    let forms = verbs::forms(s.low(at));
    let verb = forms.base.or(forms.third).is_some();
    let object = matches!(
        s.tag(at + 1),
        Tag::Det | Tag::Poss | Tag::Pron | Tag::Adj | Tag::Adv | Tag::Sub | Tag::To | Tag::Number
    );
    let plural = s.tag(at - 1) == Tag::Noun && s.low(at - 1).ends_with('s');
    let clear = forms
        .base
        .or(forms.third)
        .is_some_and(|base| !verbs::noun_first(base));
    verb && (object || (plural && forms.base.is_some()) || (clear && plural))
}
