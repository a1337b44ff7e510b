//! Statements to points: shortened to slide length, put together as text,
//! checked, and given their key phrase.

use std::ops::Range;

use super::Point;
use super::alone;
use super::claim;
use super::shorten::{self, Shorter};
use super::statement::{Shape, Statement, main_verb};
use super::token::{Sentence, Tag};
use super::words::{self, among};

/// Words a point should have at most, and may have at most.
pub const WANTED: usize = 12;
pub const ALLOWED: usize = 18;

/// A point that could be shown, with what speaks for and against its form.
#[derive(Clone)]
pub struct Candidate {
    pub point: Point,
    /// Which sentence of the section, and which statement of it.
    pub order: (usize, usize),
    pub shape: Shape,
    pub form: f64,
    /// How much its words weigh where it stands; set when the section is known.
    pub promise: f64,
}

/// Makes a point of a statement, or nothing where no honest one comes out.
/// A statement too long for a slide is tried with parts of its end left out.
pub fn candidates(s: &Sentence, statement: &Statement, order: (usize, usize)) -> Vec<Candidate> {
    let mut res = Vec::new();
    let whole = Shorter {
        keep: statement.keep.clone(),
        is_bare: false,
    };
    let cut = std::iter::once_with(|| shorten::shorter(s, statement)).flatten();
    for (n, Shorter { keep, is_bare }) in std::iter::once(whole).chain(cut).enumerate() {
        let words = count(s, &keep);
        if words > ALLOWED || (is_bare && words > WANTED) {
            continue;
        }
        let cut = match (n, words) {
            (0, _) => 0.0,
            // What is left of a long sentence in a few words is a label.
            (_, 0..=5) => 0.3,
            _ if is_bare => 0.16,
            _ => 0.12,
        };
        let long = words.saturating_sub(WANTED) as f64 * 0.04;
        if let Some(point) = word(s, statement, &keep) {
            let form = quality(s, &point.text, statement) - cut - long;
            res.push(Candidate {
                point,
                order,
                shape: statement.shape,
                form,
                promise: 0.0,
            });
            // A cut is only worth its loss when the whole is long.
            if words <= WANTED {
                break;
            }
        }
    }
    res
}

/// Words as a reader counts them.
fn count(s: &Sentence, keep: &[usize]) -> usize {
    keep.iter()
        .filter(|&&at| s.tag(at) != Tag::Punct && !s.low(at).starts_with('\''))
        .count()
}

/// Puts the words together; `None` if the result cannot stand alone.
fn word(s: &Sentence, statement: &Statement, keep: &[usize]) -> Option<Point> {
    let keep = without_owner(s, statement, keep);
    let mut text = String::new();
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    let mut last: Option<usize> = None;
    let linked = link_marks(s, &keep);
    for &at in &keep {
        let token = &s.tokens[at];
        if linked.contains(&at) {
            continue;
        }
        let after_link = last.is_some_and(|before| {
            before + 2 == at
                && linked.contains(&(before + 1))
                && s.tokens[before + 1].end == token.start
                && s.low(before + 1) == "]"
        });
        let glued = match last {
            Some(_) if after_link => true,
            Some(before) if before + 1 == at => s.tokens[before].end == token.start,
            Some(_) => matches!(token.low.as_str(), "," | "." | ")" | ":" | ";" | "”" | "’"),
            None => true,
        };
        if !glued {
            text.push(' ');
        }
        let from = text.len();
        let mended = statement.mend.as_ref().filter(|(place, _)| *place == at);
        let word = mended.map_or(s.word(at), |(_, form)| form.as_str());
        if last.is_none() {
            capitalise(&mut text, word);
        } else {
            text.push_str(word);
        }
        places.push((at, from..text.len()));
        last = Some(at);
    }
    if !alone::stands_alone(s, &keep, &text, statement) {
        return None;
    }
    let lead = lead(s, &places, statement);
    Some(Point {
        text,
        lead,
        sentence: s.text.to_owned(),
    })
}

/// The brackets around the words of a link, "88 [proposals] merged": a mark of
/// the page, not of the sentence.
fn link_marks(s: &Sentence, keep: &[usize]) -> Vec<usize> {
    let mut res = Vec::new();
    let mut open = None;
    for &at in keep {
        match s.low(at) {
            // "replace it with [name]" means the brackets.
            "[" => open = Some(at).filter(|_| at == 0 || s.low(at - 1) != "with"),
            "]" => res.extend(open.take().into_iter().flat_map(|open| [open, at])),
            _ => {}
        }
    }
    res
}

/// Appends a word with a capital, unless its inner capitals say that the first
/// letter is meant ("iPhone", "eBay").
pub fn capitalise(text: &mut String, word: &str) {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return };
    if chars.clone().any(char::is_uppercase) || word.contains(['.', '/', '_']) {
        text.push_str(word);
        return;
    }
    text.extend(first.to_uppercase());
    text.push_str(chars.as_str());
}

/// "Streamline its compliance efforts": whose is known when the subject is.
fn without_owner(s: &Sentence, statement: &Statement, keep: &[usize]) -> Vec<usize> {
    let subjectless = statement.shape == Shape::Action;
    keep.iter()
        .enumerate()
        .filter(|&(n, &at)| {
            let owner = subjectless && n == 1 && matches!(s.low(at), "its" | "their");
            !owner && !filler(s, keep, n)
        })
        .map(|(_, &at)| at)
        .collect()
}

/// "also", "therefore" point to another sentence and claim nothing.
fn filler(s: &Sentence, keep: &[usize], n: usize) -> bool {
    let low = s.low(keep[n]);
    let before = n.checked_sub(1).map_or("", |n| s.low(keep[n]));
    let behind = keep.get(n + 1).map_or("", |&next| s.low(next));
    match low {
        "also" => !matches!(before, "but" | "," | "and" | "not") && behind != ",",
        "therefore" | "thus" | "however" => before != "," && behind != "," && n > 0,
        "too" => before == "," && n + 1 == keep.len(),
        "," => behind == "too" && n + 2 == keep.len(),
        _ => false,
    }
}

/// How well a point reads, higher is better; 0 is a plain good clause.
fn quality(s: &Sentence, text: &str, statement: &Statement) -> f64 {
    let mut res = -statement.cost;
    let low = text.to_lowercase();
    let first = low.split_whitespace().next().unwrap_or("");
    let all: Vec<&str> = low
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''))
        .collect();
    let any = |list: words::Words| all.iter().any(|word| among(list, word));
    if any("i my me i've i'm mine") {
        res -= 0.5;
    }
    if among("we our us", first) {
        res -= 0.12;
    }
    if any("these this those") {
        res -= 0.3;
    }
    if any("another similar") {
        res -= 0.2;
    }
    if [
        "we plan", "we hope", "you just", "we just", "we will", "we’ll", "we'll", "you will",
        "you’ll", "you'll",
    ]
    .iter()
    .any(|start| low.starts_with(start))
    {
        res -= 0.35;
    }
    res -= out_of_place(s, &low, statement);
    if any("it they them") {
        res -= 0.08;
    }
    if among(
        "to having being after before during some many most for with from when if in on at of",
        first,
    ) {
        res -= 0.15;
    }
    if any("said says told asked thought hope hoped") {
        res -= 0.25;
    }
    if text.contains(['(', '“', '"', ':', '[']) {
        res -= 0.12;
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        res += 0.05;
    }
    let words = low.split_whitespace().count();
    if words < 4 {
        res -= 0.15 * (4 - words) as f64;
    }
    // What something is, and what a reader can do, is what people put on slides.
    if any("is are") {
        res += 0.06;
    }
    if any("you your") {
        res += 0.15;
    }
    if s.tag(statement.keep[0]) == Tag::Gerund && statement.shape == Shape::Clause {
        res += 0.04;
    }
    res
}

/// What a point loses that leans on a time, an example or a story around it.
fn out_of_place(s: &Sentence, low: &str, statement: &Statement) -> f64 {
    let first = low.split_whitespace().next().unwrap_or("");
    let mut res = 0.0;
    let example = ["for example", "for instance", "as an example"]
        .iter()
        .any(|start| low.contains(start));
    if example || low.contains(" then ") {
        res += 0.25;
    }
    if first == "now" || low.starts_with("once ") && low.contains(" start ") {
        res += 0.25;
    }
    if announces(low) || counts_on(low) {
        res += 0.4;
    }
    if claim::of_its_day(low) || plans(low) {
        res += 0.45;
    }
    // "We organised a day", "you made a call": a story told from its middle.
    let past = |at: usize| {
        let forms = s.forms(at);
        among("was were had did didn't got went made", s.low(at))
            || (s.tag(at) == Tag::Verb && forms.past.is_some() && forms.base.is_none())
    };
    if among("we you our", first) && statement.keep.iter().take(4).any(|&at| past(at)) {
        res += if first == "you" { 0.3 } else { 0.15 };
    }
    // "Once we had a plan, we split it", "our alarm had worked": one moment of it.
    let moment =
        among("once as when after before", first) && statement.keep.iter().any(|&at| past(at));
    let keep = &statement.keep;
    let before = keep
        .first()
        .zip(keep.last())
        .is_some_and(|(&first, &last)| {
            main_verb(s, first, last + 1).is_some_and(|at| {
                s.low(at) == "had" && matches!(s.tag(at + 1), Tag::Participle | Tag::Verb)
            })
        });
    if moment || before || begins_step(low) {
        res += 0.3;
    }
    if among("there it it's there's it’s there’s", first) {
        res += 0.1;
    }
    res
}

/// "There are two paths to consider": what they are is said elsewhere.
fn announces(low: &str) -> bool {
    const COUNTS: words::Words = "two three four five six seven several many some few various \
        different multiple other";
    ["there are ", "there’s ", "there's ", "there is "]
        .iter()
        .filter_map(|start| low.find(start).map(|at| &low[at + start.len()..]))
        .any(|rest| among(COUNTS, rest.split(' ').next().unwrap_or("")))
}

/// "The second reason is for you": one of a row that is told elsewhere.
fn counts_on(low: &str) -> bool {
    const NTH: words::Words = "first second third fourth fifth final last next other";
    let mut words = low.split(' ');
    let nth = words.next() == Some("the") && words.next().is_some_and(|word| among(NTH, word));
    let thing = words
        .next()
        .is_some_and(|word| among(words::VAGUE_NOUNS, word));
    nth && thing && matches!(words.next(), Some("is" | "was"))
}

/// "The team plans to explore": what has not come about is no claim.
fn plans(low: &str) -> bool {
    [
        " plans to ",
        " plan to ",
        " hopes to ",
        " hope to ",
        " intends to ",
    ]
    .iter()
    .any(|plan| low.contains(plan))
        && !low.starts_with("you ")
        && !low.starts_with("if ")
}

/// "We started by digging", "we then met": a step of what was done, not what
/// came of it.
fn begins_step(low: &str) -> bool {
    const STEPS: &[&str] = &[
        "we started ",
        "we set about ",
        "we began ",
        "we then ",
        "we ended up ",
        "we went ",
        "we decided ",
        "we first ",
        "we next ",
        "we met ",
        "we sat ",
        "we asked ",
    ];
    let dated = low.contains(|c: char| c.is_ascii_digit());
    !dated && STEPS.iter().any(|start| low.starts_with(start))
}

/// The key phrase at the start of a text whose words are `keep`: how many bytes
/// of the sentence it takes.
pub fn key_phrase(s: &Sentence, keep: &[usize]) -> usize {
    let statement = Statement {
        keep: keep.to_vec(),
        mend: None,
        shape: Shape::Whole,
        cost: 0.0,
    };
    let places: Vec<(usize, Range<usize>)> = keep
        .iter()
        .map(|&at| (at, s.tokens[at].start..s.tokens[at].end))
        .collect();
    lead(s, &places, &statement).end
}

/// The key phrase: a verb with its object, or the first noun phrase.
fn lead(s: &Sentence, places: &[(usize, Range<usize>)], statement: &Statement) -> Range<usize> {
    const MOST: usize = 5;
    let tag = |n: usize| places.get(n).map_or(Tag::Punct, |(at, _)| s.tag(*at));
    let low = |n: usize| places.get(n).map_or("", |(at, _)| s.low(*at));
    let mut n = 0;
    let verb =
        statement.mend.is_some() || matches!(tag(0), Tag::Verb) || matches!(tag(0), Tag::Gerund);
    while matches!(tag(n), Tag::Adv) && n < 2 {
        n += 1;
    }
    if verb || matches!(tag(n), Tag::Verb) {
        n += 1;
        if matches!(tag(n), Tag::Adv | Tag::Prep)
            && matches!(tag(n + 1), Tag::Det | Tag::Poss | Tag::Adj | Tag::Noun)
        {
            n += 1;
        }
    } else if matches!(low(0), "we" | "you") {
        n = 1;
        while matches!(tag(n), Tag::Adv | Tag::Modal | Tag::Have | Tag::Do) {
            n += 1;
        }
        if !matches!(tag(n), Tag::Verb | Tag::Participle) {
            return 0..0;
        }
        n += 1;
    } else if matches!(
        tag(0),
        Tag::Prep | Tag::Sub | Tag::To | Tag::Pron | Tag::Rel
    ) {
        return 0..0;
    }
    let end = noun_phrase(&tag, n, n + MOST);
    match end {
        Some(end) if end <= MOST + 2 => {
            let single = end == 1;
            let weak = single
                && (tag(1) == Tag::Number
                    || places[0].1.len() < 5
                    || among(words::VAGUE_NOUNS, low(0)));
            if weak { 0..0 } else { 0..places[end - 1].1.end }
        }
        _ => 0..0,
    }
}

/// Where the noun phrase from `n` ends, not counting what hangs on it. A pair
/// joined by "and" counts as one phrase if it ends before `most`.
fn noun_phrase(tag: &dyn Fn(usize) -> Tag, n: usize, most: usize) -> Option<usize> {
    let mut end = None;
    let mut joined = None;
    let mut at = n;
    loop {
        match tag(at) {
            Tag::Det | Tag::Poss if at == n => {}
            // What describes stands before the noun; behind it, it begins something new.
            Tag::Adj | Tag::Number => {}
            Tag::Participle | Tag::Adv if end.is_none() || joined.is_some() => {}
            Tag::Gerund if matches!(tag(at + 1), Tag::Noun | Tag::Adj) => {}
            Tag::Gerund if at > n && end.is_some() => end = Some(at + 1),
            Tag::Noun => end = Some(at + 1),
            Tag::Conj if matches!(tag(at + 1), Tag::Noun | Tag::Adj | Tag::Participle) => {
                joined = joined.or(end);
            }
            _ => break,
        }
        at += 1;
    }
    match (end, joined) {
        (Some(end), Some(first)) if end > most => Some(first),
        _ => end,
    }
}
