//! What an article says above all: the few points of all its sections that
//! someone would keep who had room for no more.
//!
//! Two regressions decide, both with a quadratic penalty, fitted on the key points
//! that teachers wrote for 40 of their lessons: [`WORD`] is the chance that a word
//! of the article stands in what they kept, a logistic one; [`FORM`] what else
//! speaks for a point, a linear one on how many words and pairs of words it shares
//! with theirs. The points are then picked one by one, each for the words it adds:
//! those of at most twelve words first, longer ones where there are no four of
//! them. A heading that claims something stands for its section.
//! On the 40 lessons the points reach ROUGE-1/2/L of 30.1 / 8.5 / 20.6, without the
//! few longer ones 30.2 / 8.9 / 21.0; the first four sentences reach 24.4 / 3.9 / 14.2.
//! Weights fitted anew on seven eighths of them reach 27.6 to 30.1 in ROUGE-1 on the
//! other eighth, by what they are fitted to. To fit them again, print
//! [`Around::features`] and [`form`] for lessons whose key points are known.

use rustc_hash::FxHashMap;

use super::headline;
use super::points::{self, Language, Scene};
use super::rank::chance;
use super::sentence::sentences;
use super::statement::Shape;
use super::verbs;
use super::weigh::{self, Stem, Stems};
use super::wording::{ALLOWED, Candidate, WANTED};
use super::{Kind, MOST_CLOSING, Passage, Point, Section, level, readable, tongue};

/// Points of a recap.
const MOST: usize = 4;
const LEAST: usize = 3;

/// Sentences that are looked at in the whole article, about.
const MOST_SENTENCES: usize = 1600;

/// Form below which a point is only shown where there are too few others.
const WELL: f64 = -0.25;

/// What a word beyond [`WANTED`] costs where a point must be so long, and the
/// first of them three times.
const LONG: f64 = 0.1;

/// A section as the recap reads it.
pub struct Told<'a> {
    pub title: &'a str,
    /// The heading above it that heads several sections.
    pub above: &'a str,
    pub passages: &'a [Passage],
}

/// What stands around the sections of an article.
pub struct Article<'a> {
    pub intro: &'a [Passage],
    pub closing: Option<&'a (Option<String>, Vec<Passage>)>,
}

impl Article<'_> {
    /// Whether it ends with a list of its own: `items` that its last sentences
    /// count up, or such as are set apart.
    pub fn counts_up(&self, items: &[String]) -> bool {
        let is_item = |passage: &&Passage| passage.kind == Kind::Item;
        (3..=MOST_CLOSING).contains(&items.len())
            || self
                .closing
                .is_some_and(|(_, passages)| passages.iter().filter(is_item).count() >= 2)
    }

    /// The points to end with; an article of one section begins with them.
    pub fn recap(&self, sections: &mut [Section], scene: &Scene) -> Vec<Point> {
        if is_short(sections) {
            return Vec::new();
        }
        let mut told = vec![Told {
            title: "",
            above: "",
            passages: self.intro,
        }];
        told.extend(sections.iter().map(|section| Told {
            title: if section.inferred { "" } else { &section.title },
            above: section.parent.as_deref().unwrap_or(""),
            passages: &section.passages,
        }));
        told.extend(self.closing.map(|(heading, passages)| Told {
            title: heading.as_deref().unwrap_or(""),
            above: "",
            passages,
        }));
        let res = points(&told, scene);
        // What one section says above all, it says once.
        if let [only] = sections
            && only.stretches.is_empty()
            && res.len() >= only.points.len()
            && !points::is_structured(&only.passages, &only.title, scene)
        {
            only.points = res;
            return Vec::new();
        }
        res
    }
}

/// Whether an audience keeps all of an article without being told again.
fn is_short(sections: &[Section]) -> bool {
    const FEW_POINTS: usize = 5;
    const FEW_WORDS: usize = 250;
    let own = |section: &Section| -> usize {
        let told = section.stretches.iter().map(|stretch| stretch.points.len());
        section.points.len().max(told.sum())
    };
    let n_points: usize = sections.iter().map(own).sum();
    let texts = sections
        .iter()
        .flat_map(|section| readable(&section.passages));
    sections.len() > 1
        && n_points < FEW_POINTS
        && texts.map(tongue::n_words).sum::<usize>() < FEW_WORDS
}

/// Name and weight of each feature of a word.
const WORD: [(&str, f64); 15] = [
    ("always", -4.30),
    ("root of its count", 0.53),
    ("its count against the largest one", 1.00),
    ("share of the sections it stands in", 1.06),
    ("in the article's title", 0.61),
    ("in a heading", 1.37),
    ("headings it is in, up to three", -0.62),
    ("in the first sentence of a section", 0.22),
    ("root of the number of such sections", -0.02),
    ("in the introduction", 0.29),
    ("letters, in tens", -0.19),
    ("share of the blocks it stands in", 2.02),
    ("has a digit", -1.34),
    ("stands once", -0.54),
    ("share of its sections that it is in a heading of", 0.43),
];

/// Name and weight of each feature of a candidate.
const FORM: [(&str, f64); 16] = [
    ("its words' chances", 0.27),
    ("their mean", 0.94),
    ("words, in twelves", 0.31),
    ("less than five words", -0.07),
    ("early in its section", 0.07),
    ("of a section's first sentence", 0.06),
    ("early in the article", 0.02),
    ("its form", 0.32),
    ("begins with you or we", 0.03),
    ("says what is", 0.08),
    ("says what can be", -0.03),
    ("share of the title's words", 0.21),
    ("share of its words in the heading", 0.10),
    ("has a digit", -0.18),
    ("has a comma", 0.01),
    ("a whole sentence or clause", -0.24),
];

/// A candidate and the section it is of.
struct Found {
    candidate: Candidate,
    section: usize,
    n_sentences: usize,
    /// Whether the author wrote it over the text.
    is_heading: bool,
    stems: Stems,
    /// What speaks for it before any is picked.
    worth: f64,
}

impl Found {
    fn reads_well(&self) -> bool {
        self.candidate.form > WELL
    }

    fn n_words(&self) -> usize {
        self.candidate.point.text.split_whitespace().count()
    }

    /// How far down it stands among what is looked at: a point of a few words
    /// that reads well comes before any other, and one that reads badly is only
    /// shown where there are too few.
    fn grade(&self) -> usize {
        let is_long = self.n_words() > WANTED;
        usize::from(is_long) + 2 * usize::from(!self.reads_well())
    }

    /// Whether one is the heading over the other.
    fn is_told_by(&self, other: &Found) -> bool {
        self.section == other.section && self.is_heading != other.is_heading
    }

    /// Whether both are made of one sentence.
    fn is_of(&self, other: &Found) -> bool {
        self.section == other.section
            && self.is_heading == other.is_heading
            && self.candidate.order.0 == other.candidate.order.0
    }
}

/// The points of a recap, in their order; none of an article that offers less
/// than it may hold.
fn points(parts: &[Told], scene: &Scene) -> Vec<Point> {
    let seen = seen(parts);
    let around = Around {
        n_sections: parts.len(),
        n_blocks: parts.iter().map(|part| part.passages.len()).sum(),
        most: seen.values().map(|word| word.count).max().unwrap_or(1),
        topic: &scene.topic,
    };
    let chances: FxHashMap<&Stem, f64> = seen
        .iter()
        .map(|(stem, word)| (stem, chance(weighed(&around.features(stem, word), &WORD))))
        .collect();
    let heads: Vec<Stems> = parts.iter().map(|part| weigh::stems(part.title)).collect();
    let mut pool = found(parts, scene);
    for found in &mut pool {
        let known = found.stems.iter().filter_map(|stem| chances.get(stem));
        let values = form(found, known.sum(), &heads, &scene.topic);
        let long = found.n_words().saturating_sub(WANTED);
        let cost = LONG * (long + 2 * usize::from(long > 0)) as f64;
        found.worth = weighed(&values, &FORM) - cost;
    }
    pick(pool, &chances)
}

fn weighed<const N: usize>(values: &[f64; N], weights: &[(&str, f64); N]) -> f64 {
    values
        .iter()
        .zip(weights)
        .map(|(value, (_, weight))| value * weight)
        .sum()
}

/// All short points of the article.
fn found(parts: &[Told], scene: &Scene) -> Vec<Found> {
    let most = (MOST_SENTENCES / parts.len().max(1)).max(4);
    let mut res = Vec::new();
    for (section, part) in parts.iter().enumerate() {
        let (offered, n_sentences) = points::loose(part.passages, scene, most);
        let is_short = |candidate: &Candidate| fits(&candidate.point.text, scene.language);
        let own = offered.into_iter().filter(is_short);
        let own = own.filter(|candidate| !of_heading(candidate, scene.language));
        let headed = headline::claims(part, scene).into_iter().filter(is_short);
        let own = own.map(|candidate| (candidate, false));
        let headed = headed.map(|candidate| (candidate, true));
        res.extend(own.chain(headed).map(|(candidate, is_heading)| Found {
            stems: weigh::stems(&candidate.point.text),
            candidate,
            section,
            n_sentences,
            is_heading,
            worth: 0.0,
        }));
    }
    res
}

/// "Applies to all of it": an item whose subject is the heading above its list.
fn of_heading(candidate: &Candidate, language: Language) -> bool {
    let is_item = candidate.shape == Shape::Whole && language == Language::English;
    let first = candidate
        .point
        .text
        .split(' ')
        .next()
        .unwrap_or("")
        .to_lowercase();
    let forms = verbs::forms(&first);
    let acts = forms.third.is_some_and(|base| !verbs::noun_first(base));
    is_item && acts && forms.base.is_none()
}

fn fits(text: &str, language: Language) -> bool {
    match language {
        Language::English | Language::Spaced => {
            (4..=ALLOWED).contains(&text.split_whitespace().count())
        }
        Language::Unspaced => text.chars().count() <= WANTED * 3,
    }
}

/// Greedy choice: each time the point that adds most of those of the best grade
/// that still has any.
fn pick(pool: Vec<Found>, chances: &FxHashMap<&Stem, f64>) -> Vec<Point> {
    const WORST: usize = 3;
    let mut covered = Stems::new();
    let mut picked: Vec<usize> = Vec::new();
    let grades: Vec<usize> = pool.iter().map(Found::grade).collect();
    let mut grade = 0;
    while picked.len() < MOST {
        let mut best: Option<(f64, usize)> = None;
        for (at, found) in pool
            .iter()
            .enumerate()
            .filter(|(at, _)| grades[*at] <= grade)
        {
            let new: Vec<&Stem> = found.stems.difference(&covered).collect();
            let same = picked.iter().any(|&other| pool[other].is_of(found));
            let wanted = if same { 0.6 } else { 0.3 };
            let fresh = picked.is_empty() || new.len() as f64 >= found.stems.len() as f64 * wanted;
            // A heading that claims something says what its section says.
            let told = |&other: &usize| pool[other].is_told_by(found);
            if !fresh || picked.contains(&at) || picked.iter().any(told) {
                continue;
            }
            let gain: f64 = new.into_iter().filter_map(|stem| chances.get(stem)).sum();
            let value = found.worth + gain;
            if best.is_none_or(|(top, _)| value > top + 1e-9) {
                best = Some((value, at));
            }
        }
        let Some((_, at)) = best else {
            if grade == WORST {
                break;
            }
            grade += 1;
            continue;
        };
        covered.extend(pool[at].stems.iter().cloned());
        picked.push(at);
    }
    if picked.len() < LEAST {
        return Vec::new();
    }
    let all = pool.into_iter().enumerate();
    all.filter(|(at, _)| picked.contains(at))
        .map(|(_, found)| found.candidate.point)
        .collect()
}

/// What is known of one word.
#[derive(Default)]
struct Seen {
    count: usize,
    sections: usize,
    /// Sections in a heading of which it stands.
    headings: usize,
    /// Sections in whose text it stands as well as in a heading.
    own_headings: usize,
    /// Sections whose first sentence it stands in.
    opens: usize,
    blocks: usize,
    /// Whether it stands before the first section.
    early: bool,
}

/// Counts the words of an article by where they stand.
fn seen(parts: &[Told]) -> FxHashMap<Stem, Seen> {
    let mut res: FxHashMap<Stem, Seen> = FxHashMap::default();
    for (n, part) in parts.iter().enumerate() {
        let head = weigh::stems(part.title);
        let mut section = Stems::new();
        let mut heads = head.clone();
        let mut opened = false;
        for passage in part.passages {
            if level(passage).is_some() {
                heads.extend(weigh::stems(&passage.text));
                continue;
            }
            if !matches!(passage.kind, Kind::Paragraph | Kind::Item | Kind::Quote) {
                continue;
            }
            let words = weigh::content(&passage.text);
            let own: Stems = words.iter().cloned().collect();
            for stem in &words {
                res.entry(stem.clone()).or_default().count += 1;
            }
            for stem in &own {
                let word = res.entry(stem.clone()).or_default();
                word.blocks += 1;
                word.early |= n == 0;
            }
            if !opened && let Some(first) = sentences(&passage.text).first() {
                opened = true;
                for stem in weigh::stems(first) {
                    res.entry(stem).or_default().opens += 1;
                }
            }
            section.extend(own);
        }
        for stem in &section {
            let word = res.entry(stem.clone()).or_default();
            word.sections += 1;
            word.own_headings += usize::from(heads.contains(stem));
        }
        for stem in heads {
            res.entry(stem).or_default().headings += 1;
        }
    }
    res.retain(|_, word| word.count > 0);
    res
}

/// What the words of an article are counted against.
struct Around<'a> {
    n_sections: usize,
    n_blocks: usize,
    /// How often its most frequent word stands in it.
    most: usize,
    topic: &'a Stems,
}

impl Around<'_> {
    /// The values of [`WORD`].
    fn features(&self, stem: &str, word: &Seen) -> [f64; WORD.len()] {
        let count = word.count as f64;
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        [
            1.0,
            count.sqrt(),
            share(word.count, self.most),
            share(word.sections, self.n_sections),
            flag(self.topic.contains(stem)),
            flag(word.headings > 0),
            share(word.headings.min(3), 3),
            flag(word.opens > 0),
            (word.opens as f64).sqrt(),
            flag(word.early),
            stem.chars().count() as f64 / 10.0,
            share(word.blocks, self.n_blocks),
            flag(stem.bytes().any(|b| b.is_ascii_digit())),
            flag(word.count == 1),
            share(word.own_headings, word.sections),
        ]
    }
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// The values of [`FORM`], `sum` being that of its words' chances.
fn form(found: &Found, sum: f64, heads: &[Stems], topic: &Stems) -> [f64; FORM.len()] {
    let text = found.candidate.point.text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let order = if found.is_heading {
        0
    } else {
        found.candidate.order.0
    };
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let n_stems = found.stems.len().max(1) as f64;
    let common = |of: &Stems| found.stems.intersection(of).count() as f64;
    [
        sum,
        sum / n_stems,
        words.len() as f64 / WANTED as f64,
        flag(words.len() < 5),
        1.0 - order as f64 / found.n_sentences.max(1) as f64,
        flag(order == 0 && !found.is_heading),
        1.0 - found.section as f64 / heads.len() as f64,
        found.candidate.form,
        flag(
            words
                .first()
                .is_some_and(|word| matches!(*word, "you" | "we")),
        ),
        flag(has(&["is", "are"])),
        flag(has(&["can", "should", "must"])),
        common(topic) / topic.len().max(1) as f64,
        common(&heads[found.section]) / n_stems,
        flag(text.contains(|c: char| c.is_ascii_digit())),
        flag(text.contains(',')),
        flag(matches!(found.candidate.shape, Shape::Whole | Shape::Clause) && !found.is_heading),
    ]
}
