//! Statements to points: shortened to slide length, put together as text,
//! checked, and given their key phrase.

use std::ops::Range;

use super::Point;
use super::shorten;
use super::statement::{Shape, Statement, main_verb};
use super::token::{Sentence, Tag};
use super::words::{self, among};

/// Words a point should have at most, and may have at most.
pub const WANTED: usize = 12;
pub const ALLOWED: usize = 18;

/// A point that could be shown, with what speaks for and against its form.
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
    let mut lengths = vec![statement.keep.len()];
    lengths.extend(shorten::cuts(s, statement));
    let mut fits = false;
    for (n, length) in lengths.into_iter().enumerate() {
        let keep = &statement.keep[..length];
        let words = count(s, keep);
        // A cut is only worth its loss when the whole is long.
        if words > ALLOWED || (n > 0 && fits) {
            continue;
        }
        fits = fits || words <= WANTED;
        let cut = match (n, words) {
            (0, _) => 0.0,
            // What is left of a long sentence in a few words is a label.
            (_, 0..=5) => 0.3,
            _ => 0.12,
        };
        let long = words.saturating_sub(WANTED) as f64 * 0.04;
        if let Some(point) = word(s, statement, keep) {
            let form = quality(s, &point.text, statement) - cut - long;
            res.push(Candidate {
                point,
                order,
                shape: statement.shape,
                form,
                promise: 0.0,
            });
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
    for &at in &keep {
        let token = &s.tokens[at];
        let glued = match last {
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
    if !stands_alone(s, &keep, &text, statement) {
        return None;
    }
    let lead = lead(s, &places, statement);
    Some(Point {
        text,
        lead,
        sentence: s.text.to_owned(),
    })
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
        _ => false,
    }
}

fn stands_alone(s: &Sentence, keep: &[usize], text: &str, statement: &Statement) -> bool {
    let words: Vec<usize> = keep
        .iter()
        .copied()
        .filter(|&at| s.tag(at) != Tag::Punct)
        .collect();
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
        return false;
    };
    let whole = matches!(statement.shape, Shape::Whole | Shape::Clause);
    let minimum = if whole { 3 } else { 2 };
    let pair = s.low(first) == "both" && words.iter().take(6).any(|&at| s.low(at) == "and");
    let bad_start = among(words::BAD_STARTS, s.low(first)) && !granted(s, keep) && !pair;
    if words.len() < minimum || bad_start || open_end(s, last) {
        return false;
    }
    if halved(s, keep) {
        return false;
    }
    // "Many will use it" counts people the sentence before spoke of.
    let counting = among("some many most all few several both any more", s.low(first))
        && words.get(1).is_some_and(|&at| {
            matches!(
                s.tag(at),
                Tag::Verb | Tag::Modal | Tag::Be | Tag::Have | Tag::Do
            ) || s.tag(at) == Tag::Adv
        });
    let unfinished = words.windows(2).any(|pair| {
        matches!(
            (s.low(pair[0]), s.low(pair[1])),
            ("not", "just" | "only" | "merely" | "simply")
        )
    }) && !words.iter().any(|&at| matches!(s.low(at), "but"));
    if counting || unfinished {
        return false;
    }
    let pronouns = words
        .iter()
        .enumerate()
        .any(|(n, &at)| dangling(s, &words, n, at));
    let odd = text.contains(['{', '}', '<', '>', '|', '=', '\\', '`', '•', '@'])
        || text.contains("://")
        || text.contains("$ ")
        || text.contains("www.");
    if pronouns || odd || run_together(s, &words) || !balanced(text) || pointing(text) {
        return false;
    }
    super::weigh::content(text).len() >= 2
}

/// "If you look for a tool": a clause that waits for its main clause.
fn halved(s: &Sentence, keep: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (keep.first(), keep.last()) else {
        return false;
    };
    let begins = s.tag(first) == Tag::Sub && among("if when unless once whenever", s.low(first));
    let main = || {
        let comma = keep.iter().copied().find(|&at| s.low(at) == ",");
        comma.is_some_and(|comma| main_verb(s, comma + 1, last + 1).is_some())
    };
    begins && !main()
}

/// "As a team grows, more people decide": a clause in front of its main clause.
fn granted(s: &Sentence, keep: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (keep.first(), keep.last()) else {
        return false;
    };
    let begins = s.tag(first) == Tag::Sub
        && among("as while although though because since until", s.low(first));
    let comma = keep.iter().copied().find(|&at| s.low(at) == ",");
    begins
        && comma.is_some_and(|comma| {
            main_verb(s, first + 1, comma).is_some()
                && main_verb(s, comma + 1, last + 1).is_some_and(|verb| verb > comma + 1)
                && !among("it this these they he she that those", s.low(first + 1))
        })
}

/// A word in the middle that points out of the point: "this" and what it
/// means stood in another sentence, or the part of this one that was dropped.
fn dangling(s: &Sentence, words: &[usize], n: usize, at: usize) -> bool {
    let low = s.low(at);
    match low {
        "he" | "she" | "him" | "her" | "his" => {
            // Someone named before, in the same point.
            !words[..n].iter().any(|&k| s.tokens[k].capital && k > 0)
        }
        "this" | "these" | "those" => {
            let open = low == "those" && matches!(s.low(at + 1), "who" | "that" | "of" | "in");
            // Behind its verb, the section's title and first points may say what.
            let object = low != "this"
                && s.tag(at + 1) == Tag::Noun
                && words[..n]
                    .iter()
                    .any(|&k| matches!(s.tag(k), Tag::Verb | Tag::Modal | Tag::Be | Tag::Have));
            !open && !object && !repeated(s, &words[..n], at + 1)
        }
        "it" | "them" | "they" => {
            let expletive = s.tag(at + 1) == Tag::Be && n > 0;
            !expletive && !named_before(s, words, n)
        }
        "that" if s.tag(at) == Tag::Det => !matches!(s.tag(at + 1), Tag::Punct),
        "yours" | "mine" | "ours" | "theirs" | "hers" | "latter" | "former" | "aforementioned"
        | "above-mentioned" => true,
        _ => false,
    }
}

/// "When a team grows, this team": the noun behind "this" was named before.
fn repeated(s: &Sentence, before: &[usize], noun: usize) -> bool {
    let noun = (noun..noun + 3).find(|&at| s.tag(at) == Tag::Noun);
    noun.is_some_and(|noun| {
        let stem = super::weigh::stem(s.low(noun));
        before
            .iter()
            .any(|&at| s.tag(at) == Tag::Noun && super::weigh::stem(s.low(at)) == stem)
    })
}

/// "Keep an eye on analytics Once it ships": two lines that lost their break.
fn run_together(s: &Sentence, words: &[usize]) -> bool {
    words.iter().skip(1).any(|&at| {
        let small = matches!(
            s.tag(at),
            Tag::Sub | Tag::Det | Tag::Prep | Tag::Pron | Tag::Poss
        );
        let before = at.checked_sub(1).map(|before| &s.tokens[before]);
        small
            && s.tokens[at].capital
            && !matches!(s.low(at), "i")
            && before.is_some_and(|token| token.tag != Tag::Punct && !token.capital)
    })
}

/// Whether a pronoun can mean a noun of the same point: "the office figures it
/// out" cannot mean the office.
fn named_before(s: &Sentence, words: &[usize], n: usize) -> bool {
    let object = n > 0 && matches!(s.tag(words[n - 1]), Tag::Verb | Tag::Prep | Tag::Gerund);
    let verbal = |k: usize| matches!(s.tag(k), Tag::Verb | Tag::Be | Tag::Have | Tag::Modal);
    words[..n].iter().enumerate().any(|(m, &k)| {
        let apart = words[..m].iter().any(|&j| verbal(j))
            || (k..words[n]).any(|j| s.low(j) == "," || matches!(s.tag(j), Tag::Sub | Tag::Conj));
        s.tag(k) == Tag::Noun && (!object || apart)
    })
}

/// Talk about the text itself.
fn pointing(text: &str) -> bool {
    const PHRASES: &[&str] = &[
        "this article",
        "this post",
        "this section",
        "this blog",
        "this lesson",
        "this episode",
        "this chapter",
        "this page",
        "this guide",
        "this tutorial",
        "the following",
        "as mentioned",
        "see below",
        "see above",
        "listed below",
        "described below",
        "shown below",
        "in this series",
        "the previous",
        "the next section",
        "click ",
        "i’m ",
        "i'm ",
        "let's ",
        "let’s ",
        "the above",
        "as discussed",
        "as follows",
        "mentioned above",
        "discussed above",
    ];
    let low = format!("{} ", text.to_lowercase());
    PHRASES.iter().any(|phrase| low.contains(phrase))
}

fn balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')')
        && count('[') == count(']')
        && count('“') == count('”')
        && count('"').is_multiple_of(2)
}

/// Whether the last word wants something after it.
fn open_end(s: &Sentence, last: usize) -> bool {
    let low = s.low(last);
    if among(words::OPEN_ENDS, low) {
        // "where to start", "switch it on": a particle after its verb closes.
        let ends = last + 1 >= s.tokens.len().saturating_sub(1);
        let complete = among(
            "more less own other both enough several from for with to about in on",
            low,
        );
        if !(ends && (s.tag(last) == Tag::Adv || complete)) {
            return true;
        }
    }
    // "build an active" waits for its noun.
    let described =
        last > 0 && s.tag(last) == Tag::Adj && matches!(s.low(last - 1), "a" | "an" | "the");
    if described {
        return true;
    }
    let at_sentence_end = (last + 1..s.tokens.len()).all(|at| s.tag(at) == Tag::Punct);
    let at_clause_end = matches!(s.low(last + 1), "," | ";" | "." | "—" | "–");
    if at_sentence_end || at_clause_end {
        return false;
    }
    let complement = matches!(s.tag(last + 1), Tag::Prep | Tag::To | Tag::Sub | Tag::Rel);
    (complement && among(words::OPEN_NOUNS, low)) || among(words::OPEN_WORDS, low)
}

/// How well a point reads, higher is better; 0 is a plain good clause.
fn quality(s: &Sentence, text: &str, statement: &Statement) -> f64 {
    let mut res = -statement.cost;
    let low = text.to_lowercase();
    let first = low.split_whitespace().next().unwrap_or("");
    let any = |list: &str| low.split_whitespace().any(|word| among_dyn(list, word));
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
        res -= 0.1 * (4 - words) as f64;
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

fn among_dyn(list: &str, word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    list.split(' ').any(|each| each == word)
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
