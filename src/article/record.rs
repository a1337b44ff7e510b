//! An article as a record that a line can be held against: is it made of the
//! words of one sentence, in their order?
//!
//! The repairs that are allowed are those of `clause`: capitals, and the
//! ending of a verb ("creating" becomes "create" or "creates"). Words are
//! compared, never marks. Of writings without spaces each letter is a word.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::sentence::sentences;
use super::{Kind, Passage, verbs, weigh};
use crate::deck::origin::Place;

/// Sentences of an article by their words.
#[derive(Debug, Clone, Default)]
pub struct Record {
    sentences: Vec<Sentence>,
    /// The sentences of the passage that starts on a line, in order.
    lines: BTreeMap<u32, Vec<usize>>,
    /// The words that may stand for a word, as numbers into `holders`.
    known: FxHashMap<String, Vec<usize>>,
    /// For each word the sentences that hold it, in order.
    holders: Vec<Vec<usize>>,
    /// For each word its number.
    numbers: FxHashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct Sentence {
    text: String,
    line: u32,
    /// From 1; 0 stands for a passage that has no sentences, such as a heading.
    number: u32,
    words: Vec<usize>,
}

/// Why a line is not in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The words of the line that the nearest sentence does not have.
    pub words: Vec<String>,
    /// What the nearest sentence has in the place of the first of them.
    pub instead: Option<String>,
    /// The sentence that shares most words with the line.
    pub nearest: Option<String>,
    /// Where that sentence stands.
    pub place: Place,
    /// What kind of words is missing.
    pub kind: Missing,
}

/// What the words are that a sentence lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Numbers only, in a line that is in the article otherwise.
    Numbers,
    /// Names only, in a line that is in the article otherwise.
    Names,
    /// Any words.
    Words,
}

/// Sentences compared word by word when nothing fits.
const MOST_COMPARED: usize = 12;

impl Record {
    /// Takes an article's passages down. `title` is one that stands outside of
    /// them, as in the head of a web page.
    pub fn new(passages: &[Passage], title: Option<&str>) -> Record {
        let mut record = Record::default();
        for passage in passages {
            let line = passage.line;
            match passage.kind {
                Kind::Paragraph | Kind::Item | Kind::Quote => {
                    for (sentence, number) in sentences(&passage.text).into_iter().zip(1..) {
                        record.add(sentence, line, number);
                    }
                }
                Kind::Heading(_) => record.add(&passage.text, line, 0),
                Kind::Code | Kind::Table | Kind::Picture | Kind::Other => {
                    // A row of a table and a line of code say one thing each.
                    for row in passage.markdown.lines() {
                        record.add(row, line, 0);
                    }
                }
            }
        }
        if let Some(title) = title {
            record.add(title, 1, 0);
        }
        record
    }

    fn add(&mut self, text: &str, line: u32, number: u32) {
        let at = self.sentences.len();
        let words: Vec<usize> = words(text).map(|word| self.number(word)).collect();
        for word in &words {
            if let Some(holders) = self.holders.get_mut(*word)
                && holders.last() != Some(&at)
            {
                holders.push(at);
            }
        }
        self.lines.entry(line).or_default().push(at);
        self.sentences.push(Sentence {
            text: text.to_string(),
            line,
            number,
            words,
        });
    }

    fn number(&mut self, word: &str) -> usize {
        let low = lower(word);
        if let Some(number) = self.numbers.get(&*low) {
            return *number;
        }
        let number = self.holders.len();
        self.holders.push(Vec::new());
        for form in standing_for(&low) {
            self.known.entry(form).or_default().push(number);
        }
        self.numbers.insert(low.into_owned(), number);
        number
    }

    /// The place of a sentence, as it is written in the passage of a line.
    pub fn place(&self, line: u32, sentence: &str) -> Option<Place> {
        let found = self.of_line(line).find(|known| known.text == sentence);
        let found = found.or_else(|| self.of_line(line).find(|known| known.number == 0));
        found.map(Sentence::place)
    }

    fn of_line(&self, line: u32) -> impl Iterator<Item = &Sentence> {
        let on_line = self.lines.get(&line).map_or(&[][..], Vec::as_slice);
        on_line.iter().filter_map(|at| self.sentences.get(*at))
    }

    /// The sentences of the passages that start on a line, with their places.
    pub fn on_line(&self, line: u32) -> impl Iterator<Item = (Place, &str)> {
        let on_line = self.of_line(line);
        on_line.map(|known| (known.place(), known.text.as_str()))
    }

    /// What stands in a place.
    pub fn text(&self, place: Place) -> Option<&str> {
        let mut on_line = self.on_line(place.line()?);
        on_line
            .find(|(known, _)| *known == place)
            .map(|(_, text)| text)
    }

    /// Where the words of a line stand in one sentence in their order. Places
    /// that are given are tried first.
    ///
    /// # Errors
    /// If no sentence has them all: what is missing, and where the line is
    /// nearly found.
    pub fn prove(&self, line: &str, first: &[Place]) -> Result<Place, Miss> {
        let wanted: Vec<(&str, &[usize])> = words(line)
            .map(|word| {
                let forms = self.known.get(&*lower(word)).map_or(&[][..], Vec::as_slice);
                (word, forms)
            })
            .collect();
        if wanted.is_empty() {
            return Ok(Place::Own);
        }
        let lines: BTreeSet<u32> = first.iter().filter_map(|place| place.line()).collect();
        let on_lines = lines.iter().filter_map(|line| self.lines.get(line));
        let on_lines: BTreeSet<usize> = on_lines.flatten().copied().collect();
        let mut named = on_lines
            .iter()
            .filter_map(|at| self.sentences.get(*at))
            .filter(|known| known.holds(&wanted));
        let exact = |known: &&Sentence| first.contains(&known.place());
        let found = named.clone().find(exact).or_else(|| named.next());
        if let Some(known) = found {
            return Ok(known.place());
        }
        // No other sentence can hold the line than those that hold its rarest word.
        let n_holders = |forms: &[usize]| -> usize {
            let holders = forms.iter().filter_map(|form| self.holders.get(*form));
            holders.map(Vec::len).sum()
        };
        let rarest = wanted.iter().min_by_key(|(_, forms)| n_holders(forms));
        let others = rarest.map_or(Vec::new(), |(_, forms)| self.with_any(forms));
        let mut others = others.iter().filter_map(|at| self.sentences.get(*at));
        if let Some(known) = others.find(|known| known.holds(&wanted)) {
            return Ok(known.place());
        }
        // Several headings in one line, as on a last slide that looks back.
        if line.contains(" · ") {
            let parts = line.split(" · ").map(|part| self.prove(part, first));
            let places: Result<Vec<Place>, Miss> = parts.collect();
            return places.map(|places| places.first().copied().unwrap_or(Place::Own));
        }
        Err(self.miss(&wanted, first))
    }

    /// The words of a title that the article has in no form at all: a title
    /// that was inferred has words of its section in another order.
    pub fn unknown(&self, title: &str) -> Vec<String> {
        let stems: Vec<String> = self.numbers.keys().map(|word| weigh::stem(word)).collect();
        let is_known = |word: &str| {
            let low = lower(word);
            let stem = weigh::stem(&low);
            self.known.contains_key(&*low) || stems.iter().any(|other| weigh::kin(&stem, other))
        };
        words(title)
            .filter(|word| !weigh::empty(&lower(word)) && !is_known(word))
            .map(str::to_string)
            .collect()
    }

    /// The sentences with any of some words, in order.
    fn with_any(&self, forms: &[usize]) -> Vec<usize> {
        let mut res: Vec<usize> = forms
            .iter()
            .filter_map(|form| self.holders.get(*form))
            .flatten()
            .copied()
            .collect();
        res.sort_unstable();
        res.dedup();
        res
    }

    /// The nearest sentence; of equals one whose place is given, else the first.
    fn miss(&self, wanted: &[(&str, &[usize])], first: &[Place]) -> Miss {
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, forms) in wanted {
            for at in self.with_any(forms) {
                *hits.entry(at).or_default() += 1;
            }
        }
        let mut near: Vec<(usize, usize)> = hits.into_iter().collect();
        let is_named = |at: usize| {
            let known = self.sentences.get(at);
            known.is_some_and(|known| first.contains(&known.place()))
        };
        near.sort_by_key(|(at, n)| (usize::MAX - n * 2 - usize::from(is_named(*at)), *at));
        let compared = near.iter().take(MOST_COMPARED).filter_map(|(at, _)| {
            let known = self.sentences.get(*at)?;
            let pairs = known.pairs(wanted);
            let weight = pairs.len() * 2 + usize::from(is_named(*at));
            Some((known, pairs, weight))
        });
        // `max_by_key` would take the last of equals.
        let best = compared.min_by_key(|(_, _, weight)| usize::MAX - weight);
        let Some((known, pairs, _)) = best else {
            return Miss {
                words: wanted.iter().map(|(word, _)| word.to_string()).collect(),
                instead: None,
                nearest: None,
                place: Place::Own,
                kind: Missing::Words,
            };
        };
        let missing: Vec<usize> = (0..wanted.len())
            .filter(|at| pairs.iter().all(|(own, _)| own != at))
            .collect();
        let all = |test: fn(&str) -> bool| {
            // Half of the line has to be there before its rest counts as a slip.
            missing.len() * 2 <= wanted.len()
                && missing
                    .iter()
                    .all(|at| wanted.get(*at).is_some_and(|(word, _)| test(word)))
        };
        // Any word has a capital at the start of a line.
        let inside = missing.first() != Some(&0);
        let kind = match (all(is_number), inside && all(is_name)) {
            (true, _) => Missing::Numbers,
            (false, true) => Missing::Names,
            (false, false) => Missing::Words,
        };
        let instead = match kind {
            Missing::Numbers => known.between(&pairs, missing.first(), is_number),
            Missing::Names => known.between(&pairs, missing.first(), is_name),
            Missing::Words => None,
        };
        Miss {
            words: missing
                .iter()
                .filter_map(|at| wanted.get(*at))
                .map(|(word, _)| word.to_string())
                .collect(),
            instead,
            nearest: Some(known.text.clone()),
            place: known.place(),
            kind,
        }
    }
}

impl Sentence {
    fn place(&self) -> Place {
        match self.number {
            0 => Place::Line(self.line),
            number => Place::Sentence(self.line, number),
        }
    }

    fn holds(&self, wanted: &[(&str, &[usize])]) -> bool {
        let mut rest = self.words.iter();
        wanted
            .iter()
            .all(|(_, forms)| rest.any(|word| forms.contains(word)))
    }

    /// The longest row of wanted words in the order of the sentence: places
    /// there and here.
    fn pairs(&self, wanted: &[(&str, &[usize])]) -> Vec<(usize, usize)> {
        let (n, m) = (wanted.len().min(80), self.words.len().min(400));
        let fits = |own: usize, other: usize| {
            let forms = wanted.get(own).map_or(&[][..], |(_, forms)| forms);
            self.words
                .get(other)
                .is_some_and(|word| forms.contains(word))
        };
        // `best[own][other]`: the most pairs from there to both ends.
        let mut best = vec![vec![0_usize; m + 1]; n + 1];
        for own in (0..n).rev() {
            for other in (0..m).rev() {
                best[own][other] = match fits(own, other) {
                    true => best[own + 1][other + 1] + 1,
                    false => best[own + 1][other].max(best[own][other + 1]),
                };
            }
        }
        let (mut own, mut other) = (0, 0);
        let mut res = Vec::new();
        while own < n && other < m {
            if fits(own, other) {
                res.push((own, other));
                (own, other) = (own + 1, other + 1);
            } else if best[own + 1][other] >= best[own][other + 1] {
                own += 1;
            } else {
                other += 1;
            }
        }
        res
    }

    /// The first word of a kind that stands where a missing one should.
    fn between(
        &self,
        pairs: &[(usize, usize)],
        missing: Option<&usize>,
        test: fn(&str) -> bool,
    ) -> Option<String> {
        let missing = *missing?;
        let before = pairs.iter().rev().find(|(own, _)| *own < missing);
        let behind = pairs.iter().find(|(own, _)| *own > missing);
        let start = before.map_or(0, |(_, other)| other + 1);
        let end = behind.map_or(self.words.len(), |(_, other)| *other);
        let mut between = words(&self.text).take(end).skip(start);
        between.find(|word| test(word)).map(str::to_string)
    }
}

/// The words of a text: letters and digits with the marks that stand within
/// them, and each letter of a writing without spaces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        rest = &rest[start..];
        let end = word_end(rest);
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        if is_wide(c) {
            return if at == 0 { c.len_utf8() } else { at };
        }
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let goes_on = c.is_alphanumeric()
            || (matches!(c, '\'' | '’') && next.is_alphabetic())
            || (matches!(c, '.' | ',' | ':') && before.is_ascii_digit() && next.is_ascii_digit());
        if !goes_on {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Letters of writings that put no spaces between words.
fn is_wide(c: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&c)
        || ('\u{3400}'..='\u{9fff}').contains(&c)
        || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

fn lower(word: &str) -> Cow<'_, str> {
    // Most words are, and need no room of their own.
    match word.bytes().all(|b| b.is_ascii_lowercase()) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase().replace('’', "'")),
    }
}

fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_numeric())
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// What may stand on a slide for a word of the article, in lower case.
fn standing_for(low: &str) -> Vec<String> {
    let mut res = vec![low.to_string()];
    if let Some(base) = verbs::forms(low).gerund {
        res.push(base.to_string());
        res.push(verbs::third(base));
    }
    res
}

#[cfg(test)]
mod tests;
