//! What words weigh: content words by their stems, and how much each says
//! about the section it stands in.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::tongue;
use super::words::{self, Words};

/// A word without its ending.
pub type Stem = Rc<str>;

/// A set of content words, each as its stem.
pub type Stems = BTreeSet<Stem>;

/// Words whose stems are kept. An article has some thousands of different ones;
/// whoever reads many articles begins anew at some time.
const MOST_KNOWN: usize = 100_000;

thread_local! {
    /// The stems of the words that were asked for, none of a word without content.
    /// Each word of an article is asked for some ten times.
    static KNOWN: RefCell<FxHashMap<Box<str>, Option<Stem>>> = RefCell::default();
}

/// The content words of a text in order, each as its stem. Where no spaces part
/// them, each two letters that stand together count as one.
pub fn content(text: &str) -> Vec<Stem> {
    let mut res = Vec::new();
    KNOWN.with_borrow_mut(|known| {
        for word in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))) {
            if word.is_empty() {
                continue;
            }
            if let Some(stem) = known.get(word) {
                res.extend(stem.clone());
                continue;
            }
            if word.chars().any(tongue::is_wide) {
                let letters: Vec<char> = word.chars().collect();
                let pairs = letters
                    .windows(2)
                    .map(|pair| pair.iter().collect::<String>());
                res.extend(pairs.map(Stem::from));
                continue;
            }
            let stem = stem_of(word);
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            known.insert(word.into(), stem.clone());
            res.extend(stem);
        }
    });
    res
}

/// The stem of a word as it is written.
fn stem_of(word: &str) -> Option<Stem> {
    let mut low = word.to_lowercase();
    if low.contains('’') {
        low = low.replace('’', "'");
    }
    let low = low.trim_matches('\'');
    let low = low.strip_suffix("'s").unwrap_or(low);
    (low.chars().nth(1).is_some() && !empty(low)).then(|| stem(low).into())
}

/// The same as a set.
pub fn stems(text: &str) -> Stems {
    content(text).into_iter().collect()
}

/// Whether a word carries no content.
pub fn empty(low: &str) -> bool {
    words::listed(words::EMPTY, low).is_some()
}

/// A word without its ending, so that "scales" and "scaling" meet.
pub fn stem(low: &str) -> String {
    const SUFFIXES: &[&str] = &[
        "izations",
        "ization",
        "isation",
        "abilities",
        "ability",
        "ations",
        "ation",
        "ments",
        "ment",
        "ities",
        "ity",
        "ingly",
        "edly",
        "able",
        "ings",
        "ing",
        "ness",
        "ers",
        "er",
        "ies",
        "ed",
        "es",
        "ly",
        "al",
        "s",
        "e",
        "y",
    ];
    for suffix in SUFFIXES {
        if let Some(stem) = low.strip_suffix(suffix)
            && stem.chars().nth(2).is_some()
        {
            return stem.to_owned();
        }
    }
    low.to_owned()
}

/// Whether two stems are of one family: equal, or alike in their first letters.
pub fn kin(one: &str, other: &str) -> bool {
    let common = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let short = one.chars().count().min(other.chars().count());
    one == other || (common >= 4 && common + 2 >= short)
}

/// In how many sections of the article each stem stands.
pub struct Spread {
    sections: usize,
    counts: FxHashMap<Stem, usize>,
    /// Stems of the words of the article's language that carry no content.
    silent: Stems,
}

impl Spread {
    /// Counts over the texts of the sections. `silent` words weigh nothing.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>, silent: Words) -> Self {
        let mut res = Spread {
            sections: 0,
            counts: FxHashMap::default(),
            silent: silent
                .split_ascii_whitespace()
                .map(|word| stem(word).into())
                .collect(),
        };
        for text in texts {
            res.sections += 1;
            for stem in stems(text) {
                *res.counts.entry(stem).or_default() += 1;
            }
        }
        res
    }

    /// High for a word of few sections.
    pub fn rarity(&self, stem: &str) -> f64 {
        let count = self.counts.get(stem).copied().unwrap_or(0);
        ((self.sections + 1) as f64 / (count as f64 + 0.5))
            .ln()
            .max(0.2)
    }
}

/// How much each stem says in one section.
pub struct Weights(FxHashMap<Stem, f64>);

impl Weights {
    /// Frequent in the section and rare elsewhere weighs; each of `titles` that
    /// a word stands in adds its weight once more, up to thrice. Normed so that
    /// the twelve heaviest make one.
    pub fn new<'a>(
        texts: impl Iterator<Item = &'a str>,
        spread: &Spread,
        titles: &[&Stems],
    ) -> Self {
        let mut counts: FxHashMap<Stem, f64> = FxHashMap::default();
        for text in texts {
            for stem in content(text) {
                *counts.entry(stem).or_default() += 1.0;
            }
        }
        counts.retain(|stem, _| !spread.silent.contains(stem));
        for (stem, weight) in &mut counts {
            // Powers of floats differ between machines; square roots do not.
            *weight *= spread.rarity(stem).sqrt().sqrt();
            let named = titles.iter().filter(|title| title.contains(stem)).count();
            *weight *= (1 + named.min(3)) as f64;
        }
        let mut heavy: Vec<f64> = counts.values().copied().collect();
        heavy.sort_by(|a, b| b.total_cmp(a));
        let norm: f64 = heavy.iter().take(12).sum::<f64>().max(f64::MIN_POSITIVE);
        for weight in counts.values_mut() {
            *weight /= norm;
        }
        Weights(counts)
    }

    /// The weight of one stem.
    pub fn of(&self, stem: &str) -> f64 {
        self.0.get(stem).copied().unwrap_or(0.0)
    }
}
