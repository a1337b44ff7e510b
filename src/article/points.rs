//! A section to its points: what the author structured comes first, then what
//! the sentences state, chosen so that together they cover the section.

use super::claim;
use super::clause;
use super::sentence::sentences;
use super::statement::{Cast, Shape};
use super::token::{Sentence, Tag};
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
}

/// Sentences looked at in one section; the points of a longer one would come
/// from its beginning anyway.
const MOST_SENTENCES: usize = 240;
const MOST_POINTS: usize = 4;
/// Items of the author's own list are not thinned out until here.
const MOST_ITEMS: usize = 6;

/// The points of a section.
pub fn points(passages: &[Passage], heading: &str, scene: &Scene) -> Vec<Point> {
    if let Some(points) = structured(passages, scene) {
        return points;
    }
    written(passages, heading, scene, MOST_POINTS)
}

/// Points that the author has set as such: sub-headings, list items, bold
/// openings. `None` if the section is not built of them.
fn structured(passages: &[Passage], scene: &Scene) -> Option<Vec<Point>> {
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
        if points.len() == heads.len() {
            return Some(points);
        }
    }
    let bold: Vec<Point> = passages.iter().filter_map(bold_lead).collect();
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
    let points: Vec<Point> = items
        .iter()
        .filter_map(|item| item_point(item, scene))
        .collect();
    let most = if items.len() <= MOST_ITEMS {
        MOST_ITEMS
    } else {
        MOST_POINTS
    };
    let enough = points.len() >= 2 && points.len() * 3 >= items.len() * 2;
    enough.then(|| points.into_iter().take(most).collect())
}

/// The bold opening of a paragraph: "**Clear goals.** Teams that ...".
fn bold_lead(passage: &Passage) -> Option<Point> {
    if !matches!(passage.kind, Kind::Paragraph | Kind::Item) {
        return None;
    }
    let source = passage.markdown.trim_start_matches(['-', '*', ' ', '+']);
    let opened = &passage.markdown[..passage.markdown.len() - source.len()];
    let strong = opened.ends_with("**") || source.starts_with("__");
    let (bold, rest) = source
        .trim_start_matches('_')
        .split_once(if opened.ends_with("**") { "**" } else { "__" })?;
    let label = bold.trim().trim_end_matches([':', '.', '—', '–']).trim();
    let words = label.split_whitespace().count();
    let stated = rest.trim_start().starts_with(char::is_alphanumeric)
        || rest.trim_start().starts_with([':', '—', '–', '-']);
    let plain =
        !label.contains(['*', '_', '`', '[', ']', '\\', '<']) && passage.text.starts_with(label);
    let fits = (1..=8).contains(&words) && !label.ends_with('?') && stated && strong && plain;
    fits.then(|| Point {
        text: label.to_owned(),
        lead: 0..label.len(),
        sentence: passage.text.clone(),
    })
}

/// A list item as a point: short ones as they are, long ones by their label,
/// their first sentence, or the best statement in it.
fn item_point(item: &Passage, scene: &Scene) -> Option<Point> {
    let text = strip_box(item.text.trim());
    let text = ["; and", "; or", ", and", ", or"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    let opening = text.split_whitespace().next().unwrap_or("").to_lowercase();
    if scene.language == Language::English && claim::called(&text.to_lowercase()) {
        return None;
    }
    if among("it this these they he she that those", &opening) {
        return None;
    }
    if claim::refers(text) || text.ends_with(['?', '？']) {
        return None;
    }
    let first = sentences(text).first().copied().unwrap_or(text);
    if let Some(mut point) = whole(first, ALLOWED, scene.language).filter(|_| !first.ends_with(':'))
    {
        point.lead = label(&point.text);
        if point.lead.is_empty() && scene.language == Language::English {
            point.lead = first_phrase(first, &point.text);
        }
        return Some(point);
    }
    let end = label(text).end;
    if end > 0 {
        let label = &text[..end];
        return Some(Point {
            text: label.to_owned(),
            lead: 0..end,
            sentence: first.to_owned(),
        });
    }
    if scene.language != Language::English {
        return None;
    }
    let sentence = Sentence::new(first);
    let mut found: Vec<Candidate> = clause::statements(&sentence, &scene.cast)
        .iter()
        .enumerate()
        .flat_map(|(n, statement)| wording::candidates(&sentence, statement, (0, n)))
        .collect();
    found.sort_by(|a, b| b.form.total_cmp(&a.form));
    found.into_iter().next().map(|candidate| candidate.point)
}

/// A task's box or a number in front of an item.
fn strip_box(text: &str) -> &str {
    text.strip_prefix("[ ] ")
        .or_else(|| text.strip_prefix("[x] "))
        .unwrap_or(text)
}

/// "Speed: nothing waits" has the label "Speed".
fn label(text: &str) -> std::ops::Range<usize> {
    let ends = [": ", " – ", " — ", " - "];
    let end = ends
        .iter()
        .filter_map(|end| text.find(end))
        .min()
        .unwrap_or(0);
    let words = text[..end].split_whitespace().count();
    let fits = (1..=6).contains(&words) && !text[..end].contains(['.', ',', '(', '“', '"']);
    if fits { 0..end } else { 0..0 }
}

/// The key phrase that the grammar finds at the start of an item.
fn first_phrase(source: &str, shown: &str) -> std::ops::Range<usize> {
    let sentence = Sentence::new(source);
    let keep: Vec<usize> = (0..sentence.tokens.len())
        .filter(|&at| !(at + 1 == sentence.tokens.len() && sentence.tag(at) == Tag::Punct))
        .collect();
    let end = wording::key_phrase(&sentence, &keep);
    let fits = end > 0 && end < source.len() && shown.is_char_boundary(end) && end <= shown.len();
    if fits { 0..end } else { 0..0 }
}

/// A text as a point if it is short enough, without its full stop.
fn whole(text: &str, most: usize, language: Language) -> Option<Point> {
    let shown = text
        .trim()
        .trim_end_matches(['.', '。', ';', ','])
        .trim_end();
    let fits = match language {
        Language::English | Language::Spaced => shown.split_whitespace().count() <= most,
        Language::Unspaced => shown.chars().count() <= most * 3,
    };
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

/// Points made of the sentences of a section.
pub fn written(passages: &[Passage], heading: &str, scene: &Scene, most: usize) -> Vec<Point> {
    let prose: Vec<&Passage> = passages
        .iter()
        .enumerate()
        .filter(|(at, passage)| {
            matches!(passage.kind, Kind::Paragraph | Kind::Item) && !claim::doubted(passages, *at)
        })
        .map(|(_, passage)| passage)
        .collect();
    let mut topic = scene.topic.clone();
    let head = weigh::stems(heading);
    topic.extend(head.iter().cloned());
    let weights = Weights::new(prose.iter().map(|p| p.text.as_str()), &scene.spread, &topic);
    let mut pool = Vec::new();
    let mut order = 0;
    for passage in &prose {
        let mut quoting = false;
        for text in sentences(behind_label(&passage.text, heading)) {
            if order >= MOST_SENTENCES {
                break;
            }
            // What stands inside a longer quotation is somebody else's claim.
            let quoted = quoting;
            quoting = claim::quotes(text, quoting);
            if quoted {
                order += 1;
                continue;
            }
            let before = pool.len();
            if passage.kind == Kind::Item && order > 0 {
                pool.extend(item_candidate(passage, scene, order));
                order += 1;
                break;
            }
            sentence_candidates(text, scene, order, &mut pool);
            for candidate in &mut pool[before..] {
                candidate.form -= repeats(&candidate.point.text, &head);
            }
            order += 1;
        }
    }
    let mut chosen = choose(pool, &weights, most);
    chosen.sort_by_key(|candidate| candidate.order);
    chosen
        .into_iter()
        .map(|candidate| candidate.point)
        .collect()
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

fn item_candidate(item: &Passage, scene: &Scene, order: usize) -> Option<Candidate> {
    let point = item_point(item, scene)?;
    let short = point.text.split_whitespace().count() < 3;
    let low = point.text.to_lowercase();
    let first = low.split_whitespace().next().unwrap_or("");
    let odd = among(words::BAD_STARTS, first) || point.text.ends_with('?');
    (!odd).then_some(Candidate {
        point,
        order: (order, 0),
        shape: Shape::Whole,
        form: if short { -0.3 } else { -0.1 },
    })
}

fn sentence_candidates(text: &str, scene: &Scene, order: usize, pool: &mut Vec<Candidate>) {
    match scene.language {
        Language::English => {
            if claim::told(text) {
                return;
            }
            let sentence = Sentence::new(text);
            for (n, statement) in clause::statements(&sentence, &scene.cast)
                .iter()
                .enumerate()
            {
                pool.extend(wording::candidates(&sentence, statement, (order, n)));
            }
        }
        Language::Spaced | Language::Unspaced => {
            let question = text.ends_with(['?', '？', ':', '：']);
            if let Some(point) = whole(text, ALLOWED, scene.language).filter(|_| !question) {
                pool.push(Candidate {
                    point,
                    order: (order, 0),
                    shape: Shape::Whole,
                    form: 0.0,
                });
            }
        }
    }
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
fn choose(mut pool: Vec<Candidate>, weights: &Weights, most: usize) -> Vec<Candidate> {
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
            let new: Vec<&String> = stems[at].difference(&covered).collect();
            let fresh =
                picked.is_empty() || (new.len() >= 2 && new.len() * 5 >= stems[at].len() * 2);
            if picked.contains(&at) || !fresh {
                continue;
            }
            let same = picked
                .iter()
                .filter(|&&other| pool[other].order.0 == candidate.order.0)
                .count();
            let gain: f64 = new.iter().map(|stem| weights.of(stem)).sum();
            let value = gain + candidate.form * 0.6 - 0.08 * same as f64;
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
    picked.sort_unstable();
    let mut res = Vec::new();
    for (at, candidate) in pool.into_iter().enumerate() {
        if picked.contains(&at) {
            res.push(candidate);
        }
    }
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
