//! A section to its points: what the author structured comes first, then what
//! the sentences state, chosen so that together they cover the section.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::claim;
use super::clause;
use super::items::{self, bold_lead, item_point};
use super::sentence::sentences;
use super::statement::{Cast, Shape};
use super::token::Sentence;
use super::tongue::{self, Tongue};
use super::weigh::{self, Spread, Stems, Weights};
use super::wording::{self, ALLOWED, Candidate};
use super::words::{self, among};
use super::{Kind, Passage, Point, level};

/// What the rules may assume of the language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Fragments are made.
    English,
    /// Whole sentences only.
    Spaced,
    /// Whole sentences, measured by characters.
    Unspaced,
}

/// What is known of the article when a section is read.
pub struct Scene {
    pub cast: Cast,
    pub spread: Spread,
    /// Content words of the article's title.
    pub topic: Stems,
    /// Content words of its introduction and conclusion.
    pub frame: Stems,
    pub language: Language,
    /// Its words.
    pub tongue: &'static Tongue,
    /// What each sentence offers that was read: one of a section is read again
    /// for its stretches and for the recap.
    pub offers: RefCell<FxHashMap<String, Vec<Candidate>>>,
}

/// Sentences looked at in one section; the points of a longer one would come
/// from its beginning anyway.
const MOST_SENTENCES: usize = 240;
const MOST_POINTS: usize = 4;
/// Items of the author's own list are not thinned out until here.
const MOST_ITEMS: usize = 6;

/// The points of a section.
pub fn points(passages: &[Passage], heading: &str, scene: &Scene) -> Vec<Point> {
    if let Some(points) = structured(passages, heading, scene) {
        return points;
    }
    written(passages, heading, scene, MOST_POINTS)
}

/// Whether the author has set the points of a section as such.
pub fn is_structured(passages: &[Passage], heading: &str, scene: &Scene) -> bool {
    structured(passages, heading, scene).is_some()
}

/// Points that the author has set as such: sub-headings, list items, bold
/// openings. `None` if the section is not built of them.
fn structured(passages: &[Passage], heading: &str, scene: &Scene) -> Option<Vec<Point>> {
    let level = passages.iter().filter_map(level).min();
    let heads: Vec<&Passage> = passages
        .iter()
        .filter(|passage| level.is_some() && self::level(passage) == level)
        .collect();
    if (2..=MOST_ITEMS).contains(&heads.len()) {
        let points: Vec<Point> = heads
            .iter()
            .filter_map(|head| whole(strip_number(&head.text), ALLOWED, scene.language))
            .map(|point| Point {
                lead: 0..point.text.len(),
                ..point
            })
            .collect();
        let n_words: usize = points
            .iter()
            .map(|point| point.text.split_whitespace().count())
            .sum();
        // "Radiators" and "Insulation" say less than the prose that stands under them.
        let named = n_words < heads.len() * 5 / 2
            && scene.language == Language::English
            && passages.iter().all(|passage| passage.kind != Kind::Item);
        if points.len() == heads.len()
            && (!named || written(passages, heading, scene, MOST_POINTS).len() < heads.len())
        {
            return Some(points);
        }
    }
    let bold: Vec<Point> = passages
        .iter()
        .filter_map(|passage| bold_lead(passage, scene))
        .collect();
    let paragraphs = passages
        .iter()
        .filter(|p| matches!(p.kind, Kind::Paragraph | Kind::Item))
        .count();
    if (2..=MOST_ITEMS).contains(&bold.len()) && bold.len() * 2 >= paragraphs {
        return Some(bold);
    }
    if passages
        .iter()
        .enumerate()
        .any(|(at, _)| claim::doubted(passages, at))
    {
        return None;
    }
    let items: Vec<&Passage> = passages
        .iter()
        .filter(|passage| passage.kind == Kind::Item)
        .collect();
    let words = |passage: &&Passage| passage.text.split_whitespace().count();
    let listed: usize = items.iter().map(words).sum();
    let prose: usize = passages
        .iter()
        .filter(|p| p.kind == Kind::Paragraph)
        .map(|p| words(&p))
        .sum();
    if !(2..=9).contains(&items.len()) || listed * 11 < (listed + prose) * 5 {
        return None;
    }
    let points: Vec<Point> = (0..passages.len())
        .filter(|&at| !items::orphaned(passages, at, heading, scene, true))
        .filter(|&at| passages[at].kind == Kind::Item)
        .filter_map(|at| item_point(&passages[at], scene))
        .collect();
    let most = if items.len() <= MOST_ITEMS {
        MOST_ITEMS
    } else {
        MOST_POINTS
    };
    let enough = points.len() >= 2 && points.len() * 3 >= items.len() * 2;
    enough.then(|| points.into_iter().take(most).collect())
}

/// A text as a point if it is short enough, without its full stop.
pub fn whole(text: &str, most: usize, language: Language) -> Option<Point> {
    let shown = text
        .trim()
        .trim_end_matches(['.', '。', ';', ','])
        .trim_end();
    let fits = match language {
        Language::English | Language::Spaced => shown.split_whitespace().count() <= most,
        Language::Unspaced => shown.chars().count() <= most * 3,
    };
    let shown = &unlinked(shown);
    let mut capital = String::new();
    match shown.split_once(char::is_whitespace) {
        Some((first, rest)) => {
            wording::capitalise(&mut capital, first);
            capital.push(' ');
            capital.push_str(rest);
        }
        None => wording::capitalise(&mut capital, shown),
    }
    (fits && shown.chars().any(char::is_alphanumeric)).then(|| Point {
        text: capital,
        lead: 0..0,
        sentence: text.to_owned(),
    })
}

/// A text without the brackets around the words of a link.
fn unlinked(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        res.push_str(before);
        match behind.split_once(']') {
            Some((words, behind))
                if words.starts_with(char::is_alphabetic) && !behind.starts_with(['(', '[']) =>
            {
                res.push_str(words);
                rest = behind;
            }
            Some(_) | None => {
                res.push('[');
                rest = behind;
            }
        }
    }
    res + rest
}

/// Points made of the sentences of a section.
pub fn written(passages: &[Passage], heading: &str, scene: &Scene, most: usize) -> Vec<Point> {
    let (pool, weights) = pool(passages, heading, scene);
    choose(pool, &weights, most)
        .into_iter()
        .map(|candidate| candidate.point)
        .collect()
}

/// All that the sentences of a section offer as points, and what its words weigh.
pub fn pool(passages: &[Passage], heading: &str, scene: &Scene) -> (Vec<Candidate>, Weights) {
    let head = weigh::stems(heading);
    let heads: Vec<Stems> = passages
        .iter()
        .filter(|passage| level(passage).is_some())
        .map(|passage| weigh::stems(&passage.text))
        .chain([head.clone()])
        .collect();
    let titles: Vec<&Stems> = heads.iter().chain([&scene.topic]).collect();
    let prose = prose(passages, heading, scene);
    let texts = prose.iter().map(|passage| passage.text.as_str());
    let weights = Weights::new(texts, &scene.spread, &titles);
    let (mut pool, n_sentences) = offered(&prose, heading, scene, MOST_SENTENCES);
    for candidate in &mut pool {
        candidate.form -= repeats(&candidate.point.text, &head);
        candidate.promise = promise(candidate, (&weights, n_sentences), &scene.topic, &heads);
    }
    (pool, weights)
}

/// What the first sentences of a section offer as points that are understood
/// without its heading, and how many sentences were looked at.
pub fn loose(passages: &[Passage], scene: &Scene, most: usize) -> (Vec<Candidate>, usize) {
    offered(&prose(passages, "", scene), "", scene, most)
}

/// The paragraphs and items of a section that claim something.
fn prose<'a>(passages: &'a [Passage], heading: &str, scene: &Scene) -> Vec<&'a Passage> {
    passages
        .iter()
        .enumerate()
        .filter(|(at, passage)| {
            matches!(passage.kind, Kind::Paragraph | Kind::Item)
                && !claim::doubted(passages, *at)
                && !claim::spoken(passages, *at)
                && !items::orphaned(passages, *at, heading, scene, false)
        })
        .map(|(_, passage)| passage)
        .collect()
}

fn offered(
    prose: &[&Passage],
    heading: &str,
    scene: &Scene,
    most: usize,
) -> (Vec<Candidate>, usize) {
    let mut pool = Vec::new();
    let mut order = 0;
    for passage in prose {
        let mut quoting = false;
        for text in sentences(behind_label(&passage.text, heading)) {
            if order >= most {
                break;
            }
            // What stands inside a longer quotation is somebody else's claim.
            let quoted = quoting;
            quoting = claim::quotes(text, quoting);
            if quoted {
                order += 1;
                continue;
            }
            if passage.kind == Kind::Item && order > 0 && !running(&passage.text) {
                pool.extend(item_candidate(passage, scene, order));
                order += 1;
                break;
            }
            sentence_candidates(text, scene, order, &mut pool);
            order += 1;
        }
    }
    (pool, order)
}

/// What speaks for a point before it is read: authors say what matters early,
/// in the words of their titles and in the words they keep using. The numbers
/// are small and rounded: on lessons whose authors wrote key points themselves
/// each helped on both halves, and finer ones helped on one only.
fn promise(
    candidate: &Candidate,
    (weights, sentences): (&Weights, usize),
    topic: &Stems,
    heads: &[Stems],
) -> f64 {
    let stems = weigh::stems(&candidate.point.text);
    let early = 1.0 - candidate.order.0 as f64 / (sentences + 1) as f64;
    let named = stems.intersection(topic).count() as f64 / topic.len().max(1) as f64;
    let headed: usize = stems
        .iter()
        .map(|stem| {
            heads
                .iter()
                .filter(|head| head.contains(stem))
                .count()
                .min(2)
        })
        .sum();
    let heavy: f64 = stems.iter().map(|stem| weights.of(stem)).sum();
    0.1 * early + 0.15 * named + 0.15 * headed as f64 / stems.len().max(1) as f64 + 0.1 * heavy
}

/// A paragraph without the words in front that became the section's title.
fn behind_label<'a>(text: &'a str, heading: &str) -> &'a str {
    let text = strip_number(text);
    let rest = text.strip_prefix(heading).filter(|_| !heading.is_empty());
    match rest.and_then(|rest| rest.strip_prefix([':', '.'])) {
        Some(rest) if !rest.trim().is_empty() => rest.trim_start(),
        Some(_) | None => text,
    }
}

/// An item that is a paragraph of its own, not one line of a list.
fn running(text: &str) -> bool {
    text.split_whitespace().count() > 30 && sentences(text).len() > 1
}

fn item_candidate(item: &Passage, scene: &Scene, order: usize) -> Option<Candidate> {
    let point = item_point(item, scene)?;
    let short = point.text.split_whitespace().count() < 3;
    let low = point.text.to_lowercase();
    let first = low.split_whitespace().next().unwrap_or("");
    let odd = among(words::BAD_STARTS, first) || point.text.ends_with('?');
    // A label without what it labels names and claims nothing.
    let label = point.lead == (0..point.text.len()) && point.text != item.text;
    let form = if short || label { -0.3 } else { -0.1 };
    let dated = if claim::of_its_day(&low) { 0.45 } else { 0.0 };
    // "Believe that they can learn": who, the list's lead-in says.
    let leans = low
        .split_whitespace()
        .any(|word| matches!(word, "they" | "them" | "this" | "these"));
    let leaning = if leans { 0.3 } else { 0.0 };
    (!odd).then_some(Candidate {
        point,
        order: (order, 0),
        shape: Shape::Whole,
        form: form - dated - leaning,
        promise: 0.0,
    })
}

fn sentence_candidates(text: &str, scene: &Scene, order: usize, pool: &mut Vec<Candidate>) {
    match scene.language {
        Language::English => {
            let mut offers = scene.offers.borrow_mut();
            let known = match offers.get(text) {
                Some(known) => known,
                None => offers
                    .entry(text.to_owned())
                    .or_insert_with(|| read(text, &scene.cast)),
            };
            pool.extend(known.iter().map(|candidate| Candidate {
                order: (order, candidate.order.1),
                ..candidate.clone()
            }));
        }
        Language::Spaced | Language::Unspaced => {
            let question = text.ends_with(['?', '？', ':', '：']);
            if let Some(point) = whole(text, ALLOWED, scene.language).filter(|_| !question) {
                let leans = tongue::opens_with(scene.tongue.leaning, text);
                pool.push(Candidate {
                    point,
                    order: (order, 0),
                    shape: Shape::Whole,
                    form: if leans { -0.5 } else { 0.0 },
                    promise: 0.0,
                });
            }
        }
    }
}

/// All that an English sentence offers.
pub fn read(text: &str, cast: &Cast) -> Vec<Candidate> {
    if claim::told(text) {
        return Vec::new();
    }
    let sentence = Sentence::new(text);
    let statements = clause::statements(&sentence, cast);
    let all = statements.iter().enumerate();
    all.flat_map(|(n, statement)| wording::candidates(&sentence, statement, (0, n)))
        .collect()
}

/// A point that only says the heading again says nothing.
fn repeats(point: &str, head: &Stems) -> f64 {
    let own = weigh::stems(point);
    let common = own.intersection(head).count();
    if head.is_empty() || own.is_empty() {
        return 0.0;
    }
    if common * 4 >= own.len() * 3 || (common == head.len() && own.len() <= common + 1) {
        return 0.4;
    }
    0.0
}

/// Greedy choice: each time the point that adds most weight not yet covered.
pub fn choose(mut pool: Vec<Candidate>, weights: &Weights, most: usize) -> Vec<Candidate> {
    const WORTH: f64 = -0.07;
    const WORST: f64 = -0.42;
    const WORST_OF_FEW: f64 = -0.75;
    // Where little can be said well, plain whole sentences are better than nothing.
    let few = pool
        .iter()
        .filter(|candidate| candidate.form > WORST)
        .count()
        < 2;
    pool.retain(|candidate| candidate.form > if few { WORST_OF_FEW } else { WORST });
    let stems: Vec<Stems> = pool
        .iter()
        .map(|candidate| weigh::stems(&candidate.point.text))
        .collect();
    let mut covered = Stems::new();
    let mut picked: Vec<usize> = Vec::new();
    while picked.len() < most {
        let mut best: Option<(f64, usize)> = None;
        for (at, candidate) in pool.iter().enumerate() {
            let new: Vec<&weigh::Stem> = stems[at].difference(&covered).collect();
            let fresh =
                picked.is_empty() || (new.len() >= 2 && new.len() * 5 >= stems[at].len() * 2);
            // A sentence is not said once more with its other half.
            let again = picked.iter().any(|&other| {
                pool[other].order.0 == candidate.order.0 && stems[other].is_subset(&stems[at])
            });
            if picked.contains(&at) || !fresh || again {
                continue;
            }
            let same = picked
                .iter()
                .filter(|&&other| pool[other].order.0 == candidate.order.0)
                .count();
            let gain: f64 = new.iter().map(|stem| weights.of(stem)).sum();
            let value = gain + candidate.promise + candidate.form * 0.6 - 0.08 * same as f64;
            if best.is_none_or(|(top, _)| value > top + 1e-9) {
                best = Some((value, at));
            }
        }
        match best {
            Some((value, at))
                if value
                    >= match picked.len() {
                        0 | 1 => -0.4,
                        2 => -0.1,
                        _ => WORTH,
                    } =>
            {
                covered.extend(stems[at].iter().cloned());
                picked.push(at);
            }
            Some(_) | None => break,
        }
    }
    let mut res: Vec<Candidate> = pool
        .into_iter()
        .enumerate()
        .filter(|(at, _)| picked.contains(at))
        .map(|(_, candidate)| candidate)
        .collect();
    res.sort_by_key(|candidate| candidate.order);
    res
}

/// Takes "3.", "Step 2:", "Reason 4 -" from the front of a heading.
pub fn strip_number(heading: &str) -> &str {
    const NUMBERS: words::Words = "one two three four five six seven eight nine ten eleven twelve";
    let trimmed = heading.trim().trim_start_matches(['#', '(']);
    let mut words = trimmed.splitn(3, ' ');
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let numeral = |word: &str| {
        let bare = word.trim_end_matches(['.', ')', ':', '-', '–', '—', ',']);
        let low = bare.to_lowercase();
        let bare = bare.trim_start_matches('#');
        let roman = bare.len() <= 5 && bare.chars().all(|c| "IVX".contains(c));
        !bare.is_empty()
            && (bare.chars().all(|c| c.is_ascii_digit() || c == '.')
                || roman
                || among(NUMBERS, &low))
    };
    let closed = |word: &str| word.ends_with(['.', ')', ':', '-', '–', '—']);
    let label = first.trim_matches(['#', '.']).to_lowercase();
    let rest = if tongue::word(|tongue| tongue.labels, &label) && numeral(second) {
        let after = trimmed[first.len()..]
            .trim_start()
            .get(second.len()..)
            .unwrap_or("");
        let dash = after.trim_start().starts_with(['-', '–', '—', ':']);
        if closed(second) || dash {
            after
        } else {
            return heading.trim();
        }
    } else if numeral(first) && closed(first) && !among(NUMBERS, &first.to_lowercase()) {
        &trimmed[first.len()..]
    } else {
        return heading.trim();
    };
    let rest = rest
        .trim_start()
        .trim_start_matches(['-', '–', '—', ':'])
        .trim_start();
    if rest.chars().any(char::is_alphanumeric) {
        rest
    } else {
        heading.trim()
    }
}

/// One claim of a text to close with, from its last sentences: a clause with
/// its subject, not a fragment.
pub fn statement(passages: &[Passage], scene: &Scene) -> Option<String> {
    let texts: Vec<&str> = passages
        .iter()
        .filter(|passage| passage.kind == Kind::Paragraph)
        .flat_map(|passage| sentences(&passage.text))
        .collect();
    let mut best: Option<(f64, String)> = None;
    for (back, text) in texts.iter().rev().take(4).enumerate() {
        let mut pool = Vec::new();
        sentence_candidates(text, scene, back, &mut pool);
        for candidate in pool {
            let words = candidate.point.text.split_whitespace().count();
            let claim = if matches!(candidate.shape, Shape::Clause | Shape::Whole) {
                0.3
            } else {
                0.0
            };
            let short = if words < 6 { 0.2 } else { 0.0 };
            let score = candidate.form + claim - 0.1 * back as f64 - short;
            if score > -0.2 && best.as_ref().is_none_or(|(top, _)| score > *top) {
                best = Some((score, candidate.point.text));
            }
        }
    }
    best.map(|(_, text)| text)
}
