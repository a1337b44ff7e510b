//! What each word of a section is worth in its title: the chance that the
//! author would have written it into the heading, by a logistic regression
//! over thirty features.
//!
//! The weights of [`WORD`] were fitted with a quadratic penalty on 327 headings
//! that people wrote over sections of 28 web articles and 40 lessons. Fitted on
//! four fifths of the articles, the titles of the other fifth share a word with
//! the author's in 44 % of the sections (lessons: 54 %); lists of three things,
//! which came later, add three points to either. To fit them again,
//! print [`Around::features`] for each word of sections whose heading is known.

use std::collections::BTreeMap;

use super::points::Scene;
use super::sentence::sentences;
use super::statement::main_verb;
use super::title::Titles;
use super::token::{Sentence, Tag};
use super::weigh::{self, Stems};
use super::words::{self, among};

/// Sentences of a section whose words are counted.
const MOST_SENTENCES: usize = 60;

/// Name and weight of each feature of a word.
const WORD: [(&str, f64); 30] = [
    ("always", -6.51),
    ("root of its count in the section", 0.52),
    ("its count against the largest one", 1.14),
    ("share of the section's blocks it stands in", 0.03),
    ("in the first sentence", 0.58),
    ("in the second sentence", -0.07),
    ("in the last sentence", 0.11),
    ("among the first six words", 0.03),
    ("in the subject of the first sentence", -0.05),
    (
        "share of its sentences that it stands in the subject of",
        0.52,
    ),
    ("opens a block", 0.49),
    ("in the article's title", 0.39),
    ("in a heading of the author's", 1.22),
    ("share of such headings it is in", -0.64),
    ("in introduction or conclusion", 0.53),
    ("rarity in the other sections", 0.08),
    ("a noun", 0.42),
    ("an adjective", 0.10),
    ("a verb", 0.19),
    ("a word in -ing", 0.43),
    ("written with a capital within a sentence", 0.27),
    ("letters, in tens", 0.09),
    ("the name the article is about", 0.02),
    ("in the last block", 0.33),
    ("root of its count in the first block", 0.38),
    ("says little", -0.21),
    ("in a question", -0.37),
    ("root of its count in the first three sentences", 0.34),
    ("has a digit", -1.68),
    ("behind the verb of the first sentence", 0.10),
];

/// What is known of one word.
#[derive(Default, Clone)]
struct Seen {
    count: usize,
    subject: usize,
    noun: usize,
    adjective: usize,
    verb: usize,
    gerund: usize,
    capital: usize,
    opens: usize,
    letters: usize,
    early: bool,
    topical: bool,
    blocks: usize,
    first_block: usize,
    begin: usize,
    vague: bool,
    asked: bool,
    object: bool,
}

/// What each word of a section is worth in its title.
pub struct Words {
    values: BTreeMap<weigh::Stem, f64>,
    /// Words that have a capital within a sentence.
    names: Stems,
    /// Words that it says more than once.
    repeated: Stems,
}

impl Words {
    /// Reads a section. `headings` are the titles of the other sections.
    pub fn new(texts: &[&str], headings: &Titles, scene: &Scene) -> Self {
        let seen = seen(texts);
        let all: Vec<&str> = texts.iter().flat_map(|text| sentences(text)).collect();
        let at = |n: usize| {
            all.get(n)
                .map(|text| weigh::stems(text))
                .unwrap_or_default()
        };
        let around = Around {
            first: at(0),
            second: at(1),
            last: at(all.len().saturating_sub(1)),
            ending: texts
                .last()
                .map(|text| weigh::stems(text))
                .unwrap_or_default(),
            headings,
            n_blocks: texts.len(),
            most: seen.values().map(|word| word.count).max().unwrap_or(1),
        };
        let values = seen
            .iter()
            .map(|(stem, word)| {
                let features = around.features(stem, word, scene);
                let sum: f64 = features
                    .iter()
                    .zip(WORD)
                    .map(|(value, (_, weight))| value * weight)
                    .sum();
                (stem.clone(), chance(sum))
            })
            .collect();
        let again = seen.iter().filter(|(_, word)| word.count > 1);
        let repeated = again.map(|(stem, _)| stem.clone()).collect();
        let named = seen.into_iter().filter(|(_, word)| word.capital > 0);
        let names = named.map(|(stem, _)| stem).collect();
        Words {
            values,
            names,
            repeated,
        }
    }

    /// The worth of one word.
    pub fn of(&self, stem: &str) -> f64 {
        self.values.get(stem).copied().unwrap_or(0.0)
    }

    /// Whether a word stands in the section more than once.
    pub fn is_repeated(&self, stem: &str) -> bool {
        self.repeated.contains(stem)
    }

    /// Whether a word is written as a name.
    pub fn is_name(&self, low: &str) -> bool {
        self.names.contains(weigh::stem(low).as_str())
    }
}

/// The logistic function, by sums and products only: the exponentials of two
/// machines differ in their last digit.
pub fn chance(sum: f64) -> f64 {
    let mut power = 1.0 - sum.clamp(-30.0, 30.0) / 1024.0;
    for _ in 0..10 {
        power *= power;
    }
    1.0 / (1.0 + power)
}

struct Around<'a> {
    first: Stems,
    second: Stems,
    last: Stems,
    ending: Stems,
    headings: &'a Titles,
    n_blocks: usize,
    most: usize,
}

impl Around<'_> {
    /// The values of [`WORD`].
    fn features(&self, stem: &str, word: &Seen, scene: &Scene) -> [f64; WORD.len()] {
        let flag = |is: bool| f64::from(u8::from(is));
        let count = word.count as f64;
        let share = |n: usize| n as f64 / count;
        let told = self.headings.n_with(stem);
        [
            1.0,
            count.sqrt(),
            count / self.most as f64,
            word.blocks as f64 / self.n_blocks.max(1) as f64,
            flag(self.first.contains(stem)),
            flag(self.second.contains(stem)),
            flag(self.last.contains(stem)),
            flag(word.early),
            flag(word.topical),
            share(word.subject),
            flag(word.opens > 0),
            flag(scene.topic.contains(stem)),
            flag(told > 0),
            told as f64 / self.headings.count().max(1) as f64,
            flag(scene.frame.contains(stem)),
            scene.spread.rarity(stem),
            share(word.noun),
            share(word.adjective),
            share(word.verb),
            share(word.gerund),
            flag(word.capital > 0),
            word.letters as f64 / 10.0,
            flag(stem == weigh::stem(&scene.cast.hero)),
            flag(self.ending.contains(stem)),
            (word.first_block as f64).sqrt(),
            flag(word.vague),
            flag(word.asked),
            (word.begin as f64).sqrt(),
            flag(stem.bytes().any(|b| b.is_ascii_digit())),
            flag(word.object),
        ]
    }
}

/// Counts the words of a section by what they are in their sentences.
fn seen(texts: &[&str]) -> BTreeMap<weigh::Stem, Seen> {
    let mut res: BTreeMap<weigh::Stem, Seen> = BTreeMap::new();
    let mut n = 0;
    for (block, text) in texts.iter().enumerate() {
        for stem in weigh::stems(text) {
            res.entry(stem).or_default().blocks += 1;
        }
        for (k, text) in sentences(text).into_iter().enumerate() {
            n += 1;
            if n > MOST_SENTENCES {
                break;
            }
            let s = Sentence::new(text);
            let verb = main_verb(&s, 0, s.tokens.len().min(80)).unwrap_or(0);
            for at in 0..s.tokens.len() {
                for stem in weigh::content(s.word(at)) {
                    let word = res.entry(stem).or_default();
                    word.count += 1;
                    word.subject += usize::from(at < verb);
                    word.noun += usize::from(s.tag(at) == Tag::Noun);
                    word.adjective += usize::from(s.tag(at) == Tag::Adj);
                    word.verb += usize::from(matches!(s.tag(at), Tag::Verb | Tag::Participle));
                    word.gerund += usize::from(s.tag(at) == Tag::Gerund);
                    word.capital += usize::from(at > 0 && s.tokens[at].capital);
                    word.opens += usize::from(k == 0 && at < 8);
                    word.letters = word.letters.max(s.low(at).chars().count());
                    word.early |= n == 1 && at < 6;
                    word.topical |= n == 1 && at < verb;
                    word.object |= n == 1 && at > verb && at <= verb + 6;
                    word.first_block += usize::from(block == 0);
                    word.begin += usize::from(n <= 3);
                    word.vague |= among(words::VAGUE_NOUNS, s.low(at));
                    word.asked |= text.ends_with('?');
                }
            }
        }
    }
    res.retain(|_, word| word.count > 0);
    res
}
