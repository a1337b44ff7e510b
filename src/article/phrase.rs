//! The phrase that names a section best: one of its first sentences, made of
//! words that the section keeps coming back to.

use super::points::Scene;
use super::rank::Words as Worth;
use super::sentence::sentences;
use super::statement::{main_verb, negative};
use super::title::Titles;
use super::token::{Sentence, Tag};
use super::verbs;
use super::weigh::{self, Stems};
use super::wording::Candidate;
use super::words::{self, among};

/// Sentences of a section in which its title is sought.
const MOST_SENTENCES: usize = 30;
const MOST_WORDS: usize = 6;

/// Sentences of a section that claim something, before one of them may be its title.
const FEWEST_CLAIMS: usize = 3;

/// What a phrase is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// "loyal regulars"
    Thing,
    /// "value of the system", "needs and preferences"
    Joined,
    /// "risks, limitations and constraints"
    List,
    /// "choosing the right metrics"
    Gerund,
    /// "set valuable metrics"
    Order,
    /// "Designing a survey is hard work"
    Clause,
}

/// The words between two places of a sentence, as a title.
struct Phrase {
    from: usize,
    to: usize,
    form: Form,
}

/// A title that a section could have.
struct Offer {
    text: String,
    /// Number of words.
    words: usize,
    stems: Stems,
    score: f64,
    /// What its form costs besides its length.
    flaw: f64,
    /// Where it stands: sentence and word.
    place: (usize, usize),
    /// A thing that may stand beside another one.
    pairs: bool,
}

/// What a form takes from a phrase's chance. Set by hand, by reading: the
/// headings that the words were fitted on say nothing about them.
mod cost {
    /// For each word beyond the second.
    pub const LENGTH: f64 = 0.01;
    pub const ONE_WORD: f64 = 0.15;
    /// "users and different methods": the section's own words, but put together.
    pub const PAIR: f64 = 0.015;
    /// "users, discrete tasks and tools": three of them.
    pub const LIST: f64 = 0.04;
    /// "learn in the form" leans on what it was cut from.
    pub const LOOSE: f64 = 0.04;
    pub const VAGUE: f64 = 0.04;
    /// A verb that was taken for a noun: "site contain information".
    pub const VERB: f64 = 0.15;
    /// "Bread keeps for a week": what is said of the thing, not its name.
    pub const CLAIM: f64 = 0.05;
    /// A title that another section has already tells them not apart.
    pub const TAKEN: f64 = 0.3;
}

/// The best phrase of a section's texts, or the best short claim of its first
/// sentences, if one can be found that no other section is called by.
pub fn best(texts: &[&str], claims: &[Candidate], used: &Titles, scene: &Scene) -> Option<String> {
    let worth = Worth::new(texts, used, scene);
    let hero = weigh::stem(&scene.cast.hero);
    let mut offers: Vec<Offer> = Vec::new();
    let firsts = texts.iter().flat_map(|text| sentences(text));
    for (n, text) in firsts.take(MOST_SENTENCES).enumerate() {
        let s = Sentence::new(text);
        if s.tokens.len() > 80 {
            continue;
        }
        let verb = main_verb(&s, 0, s.tokens.len()).unwrap_or(0);
        for phrase in phrases(&s, verb) {
            let offer = offer(&s, n, &phrase, &worth, used);
            let named = offer.stems.iter().any(|stem| **stem != *hero);
            if named && offer.words <= MOST_WORDS {
                offers.push(offer);
            }
        }
    }
    // The sort is stable, so the first of equals wins.
    offers.sort_by(|a, b| b.score.total_cmp(&a.score));
    let several = several(&offers, &worth, used);
    offers.retain(|offer| !is_tiny(offer, &worth));
    // A claim over a text that claims little else would stand there twice.
    let mut told: Vec<usize> = claims.iter().map(|claim| claim.order.0).collect();
    told.dedup();
    if told.len() >= FEWEST_CLAIMS {
        offers.extend(claims.iter().filter_map(|claim| said(claim, &worth, used)));
    }
    offers.sort_by(|a, b| b.score.total_cmp(&a.score));
    let single = offers.into_iter().next();
    match (single, several) {
        (Some(single), Some(list)) if list.score > single.score + 1e-9 => Some(list.text),
        (single, _) => single.map(|offer| offer.text),
    }
}

/// "Ls", "Git": one word of a few letters names no slide, nor does one that the
/// section says once.
fn is_tiny(offer: &Offer, worth: &Worth) -> bool {
    const LETTERS: usize = 5;
    let again = |stem: &weigh::Stem| worth.is_repeated(stem);
    offer.words == 1 && (offer.text.chars().count() < LETTERS || !offer.stems.iter().all(again))
}

/// A short point as a title.
fn said(claim: &Candidate, worth: &Worth, used: &Titles) -> Option<Offer> {
    const LONGEST: usize = 8;
    const WELL: f64 = -0.12;
    let text = claim.point.text.as_str();
    let words = text.split_whitespace().count();
    let stems = weigh::stems(text);
    let plain = !text.contains(['(', '“', '"', ':', ';', ',']);
    let fits = (3..=LONGEST).contains(&words) && claim.form > WELL && plain;
    fits.then(|| Offer {
        score: rated(text, words, &stems, worth, used) - cost::CLAIM + claim.form.min(0.0) / 2.0,
        flaw: cost::CLAIM,
        text: text.to_owned(),
        words,
        stems,
        place: claim.order,
        pairs: false,
    })
}

fn offer(s: &Sentence, n: usize, phrase: &Phrase, worth: &Worth, used: &Titles) -> Offer {
    let (from, to) = (phrase.from, phrase.to);
    let text = &s.text[s.tokens[from].start..s.tokens[to - 1].end];
    let words = text.split_whitespace().count();
    let stems = weigh::stems(text);
    let mut flaw = 0.0;
    if words == 1 && !stands_alone(s, from) {
        flaw += cost::ONE_WORD;
    }
    if among(words::VAGUE_NOUNS, s.low(to - 1)) {
        flaw += cost::VAGUE;
    }
    let loose = (from..to).any(|at| s.tag(at) == Tag::Prep && !among("of for and", s.low(at)));
    // "in the form" waits for what it is the form of.
    if loose || s.low(to) == "of" {
        flaw += cost::LOOSE;
    }
    let acts = |at: usize| s.tag(at) == Tag::Noun && clear_verb(s.low(at));
    if phrase.form != Form::Clause && (from + 1..to).any(acts) {
        flaw += cost::VERB;
    }
    let score = rated(text, words, &stems, worth, used) - flaw;
    let whole = words > 1 || stands_alone(s, from);
    Offer {
        pairs: phrase.form == Form::Thing && words <= 3 && whole,
        text: uncapitalised(s, from, text, worth),
        words,
        stems,
        score,
        flaw,
        place: (n, from),
    }
}

/// The chance that a word of the title stands in the author's own, less what
/// its length and likeness to other titles cost.
fn rated(text: &str, words: usize, stems: &Stems, worth: &Worth, used: &Titles) -> f64 {
    let miss: f64 = stems.iter().map(|stem| 1.0 - worth.of(stem)).product();
    let taken = if used.is_fresh(text) {
        0.0
    } else {
        cost::TAKEN
    };
    1.0 - miss - cost::LENGTH * words.saturating_sub(2) as f64 - taken
}

/// Without the capital that the first word has from its sentence alone.
fn uncapitalised(s: &Sentence, from: usize, text: &str, worth: &Worth) -> String {
    let mut letters = text.chars();
    let first = letters.next().unwrap_or(' ');
    let named = s
        .tokens
        .get(from + 1)
        .is_some_and(|next| next.capital && from + 1 < s.tokens.len());
    let mixed = s
        .word(from)
        .chars()
        .skip(1)
        .any(|c| !c.is_lowercase() && c != '-');
    if from > 0 || named || mixed || worth.is_name(s.low(from)) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// Whether a word is in the first place a verb.
fn clear_verb(low: &str) -> bool {
    let forms = verbs::forms(low);
    forms
        .base
        .or(forms.third)
        .is_some_and(|base| !verbs::noun_first(base))
}

/// Whether one word makes a title: a name, a plural, an abstract noun. "Look"
/// and "end" do not.
fn stands_alone(s: &Sentence, at: usize) -> bool {
    const ENDINGS: &[&str] = &[
        "ity", "tion", "sion", "ment", "ness", "ance", "ence", "ship", "ics",
    ];
    let low = s.low(at);
    let plural = low.ends_with('s') && !low.ends_with("ss") && !only_third(low);
    let name = s.tokens[at].capital && at > 0;
    let vague = among(words::VAGUE_NOUNS, low);
    !vague && (name || plural || ENDINGS.iter().any(|ending| low.ends_with(ending)))
}

/// "Loyal regulars and fresh bread", "users, tasks and tools": two or three of
/// the best things, in their order.
fn several(offers: &[Offer], worth: &Worth, used: &Titles) -> Option<Offer> {
    const MOST: usize = 20;
    let things: Vec<&Offer> = offers
        .iter()
        .filter(|offer| offer.pairs)
        .take(MOST)
        .collect();
    let mut best: Option<Offer> = None;
    let mut offer = |parts: &mut [&Offer]| {
        parts.sort_by_key(|part| part.place);
        let Some(together) = together(parts, worth, used) else {
            return;
        };
        if best
            .as_ref()
            .is_none_or(|best| together.score > best.score + 1e-9)
        {
            best = Some(together);
        }
    };
    for (n, one) in things.iter().enumerate() {
        for (m, two) in things.iter().enumerate().skip(n + 1) {
            offer(&mut [one, two]);
            for three in &things[m + 1..] {
                offer(&mut [one, two, three]);
            }
        }
    }
    best
}

/// Things as one title, if it is short and they are not of the same words.
fn together(parts: &[&Offer], worth: &Worth, used: &Titles) -> Option<Offer> {
    let is_list = parts.len() > 2;
    let words = parts.iter().map(|part| part.words).sum::<usize>() + 1;
    let meant = parts.iter().any(|part| part.words > 1);
    let short = !is_list || parts.iter().all(|part| part.words <= 2);
    let apart = (1..parts.len()).all(|n| {
        parts[..n]
            .iter()
            .all(|other| other.stems.is_disjoint(&parts[n].stems))
    });
    let (last, front) = parts.split_last()?;
    if words > MOST_WORDS + usize::from(is_list) || !short || !apart || !(meant || is_list) {
        return None;
    }
    let front: Vec<&str> = front.iter().map(|part| part.text.as_str()).collect();
    let text = format!("{} and {}", front.join(", "), last.text);
    let stems: Stems = parts
        .iter()
        .flat_map(|part| part.stems.iter().cloned())
        .collect();
    let joined = if is_list { cost::LIST } else { cost::PAIR };
    let flaw = parts.iter().map(|part| part.flaw).fold(0.0, f64::max);
    Some(Offer {
        score: rated(&text, words, &stems, worth, used) - joined - flaw,
        flaw,
        text,
        words,
        stems,
        place: parts.first()?.place,
        pairs: false,
    })
}

/// Noun phrases, two or three of them joined by "of" or "and", each with the
/// "-ing" word or the order in front of it, and short clauses.
fn phrases(s: &Sentence, verb: usize) -> Vec<Phrase> {
    let plain = noun_phrases(s);
    let mut res = Vec::new();
    let mut add = |from: usize, to: usize, form: Form| res.push(Phrase { from, to, form });
    for (n, &(a, b)) in plain.iter().enumerate() {
        add(a, b, Form::Thing);
        let mut end = b;
        for &(next, far) in plain.iter().skip(n + 1).take(2) {
            if !joined(s, end, next) {
                break;
            }
            add(a, far, Form::Joined);
            end = far;
        }
        if let Some(end) = listed(s, &plain[n..]) {
            add(a, end, Form::List);
        }
    }
    if let Some((a, b)) = clause(s, verb) {
        add(a, b, Form::Clause);
    }
    res.extend(doings(s, &plain));
    res.retain(|phrase| {
        phrase.to - phrase.from <= MOST_WORDS + 3 && s.tag(phrase.from) != Tag::Punct
    });
    res
}

/// The end of "A, B and C".
fn listed(s: &Sentence, things: &[(usize, usize)]) -> Option<usize> {
    for (count, pair) in (1..).zip(things.windows(2)) {
        let (end, next) = (pair[0].1, pair[1].0);
        let comma = s.low(end) == ",";
        let and = s.low(next - 1) == "and";
        match next - end {
            1 if comma => {}
            1 | 2 if and && (comma || next - end == 1) => {
                return (count >= 2).then_some(pair[1].1);
            }
            _ => return None,
        }
    }
    None
}

/// A short sentence that says of a thing what it is or does.
fn clause(s: &Sentence, verb: usize) -> Option<(usize, usize)> {
    const REFERRING: words::Words = "it its this these those that they them their he she his her \
        here there i we you my our your me us such so also then";
    let end = (0..s.tokens.len()).find(|&at| s.tag(at) == Tag::Punct)?;
    let closes = end + 1 == s.tokens.len() && s.low(end) == ".";
    let refers = (0..end).any(|at| among(REFERRING, s.low(at)));
    let opens = matches!(s.tag(0), Tag::Noun | Tag::Adj | Tag::Gerund | Tag::Det);
    (closes && opens && !refers && verb > 0 && verb + 1 < end && end <= 7).then_some((0, end))
}

/// "ensure your team" waits for what the team does.
fn closes(s: &Sentence, b: usize) -> bool {
    matches!(s.tag(b), Tag::Punct | Tag::Prep | Tag::Conj | Tag::Adv)
}

/// "choosing the right metrics", "set goals for the team", "learn from users":
/// what is done, up to the end of its first or second thing.
fn doings(s: &Sentence, things: &[(usize, usize)]) -> Vec<Phrase> {
    let mut res = Vec::new();
    for at in 0..s.tokens.len() {
        // "Do not ignore the users" is no order to ignore them.
        let Some(form) = doing(s, at).filter(|_| !(0..at).any(|k| negative(s, k))) else {
            continue;
        };
        let mut open = at + 1;
        if matches!(s.tag(open), Tag::Prep) {
            open += 1;
        }
        while matches!(s.tag(open), Tag::Poss | Tag::Det) {
            if among("this that these those any no some its their", s.low(open)) {
                break;
            }
            open += 1;
        }
        let Some(n) = things
            .iter()
            .position(|&(a, b)| a >= at && a <= open && b > open)
        else {
            continue;
        };
        let mut end = things[n].1;
        let mut next = n + 1;
        loop {
            if closes(s, end) {
                res.push(Phrase {
                    from: at,
                    to: end,
                    form,
                });
            }
            match things.get(next) {
                Some(&(a, b)) if joined(s, end, a) && next < n + 2 => end = b,
                Some(_) | None => break,
            }
            next += 1;
        }
    }
    res
}

/// What a verb begins: an order behind "to" or "should" or at the start, or a
/// free word in -ing.
fn doing(s: &Sentence, at: usize) -> Option<Form> {
    let forms = s.forms(at);
    let before = at.checked_sub(1).map(|at| s.tag(at));
    let low = s.low(at);
    match s.tag(at) {
        Tag::Gerund => {
            let free = matches!(
                before,
                None | Some(Tag::Prep | Tag::Punct | Tag::Sub | Tag::Conj)
            );
            let known = forms.gerund.is_some()
                && !among(
                    "being having doing including regarding according using",
                    low,
                );
            (free && known).then_some(Form::Gerund)
        }
        Tag::Verb if forms.base.is_some() && !weigh::empty(low) => {
            let told = matches!(before, None | Some(Tag::To))
                || at
                    .checked_sub(1)
                    .is_some_and(|at| among("can should must", s.low(at)));
            told.then_some(Form::Order)
        }
        _ => None,
    }
}

/// Whether only "of the" or "and" stands between two places.
fn joined(s: &Sentence, b: usize, next: usize) -> bool {
    let link = among(
        "of and for in with between on from to about across into through",
        s.low(b),
    );
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
    let forms = s.forms(at);
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
