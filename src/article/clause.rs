//! One English sentence to the statements in it. A statement keeps words of
//! its sentence in their order; it drops only what this file understands, and
//! gives up where it does not.
//!
//! The repairs, all of them: a capital at the start (made when the text is put
//! together), and the ending of a verb whose subject was dropped ("creating a
//! place" behind "Acme runs a shop" becomes "creates a place").

use super::token::{Sentence, Tag};
use super::verbs;
use super::words::{self, among};

/// How much of a sentence a statement is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// The sentence itself, perhaps without its opening word.
    Whole,
    /// A clause with its subject.
    Clause,
    /// What the article's subject does; the subject is known from the title.
    Action,
    /// What something is or has.
    Phrase,
}

/// Words of a sentence, by their places.
#[derive(Clone, Debug)]
pub struct Statement {
    pub keep: Vec<usize>,
    /// A verb in another form than its sentence has it.
    pub mend: Option<(usize, String)>,
    pub shape: Shape,
    /// What was lost or is not nice, from 0.
    pub cost: f64,
}

/// Whom the article is about.
#[derive(Default)]
pub struct Cast {
    /// In lower case; empty if the article is about nobody in particular.
    pub hero: String,
}

impl Cast {
    /// Whether the words name the hero: "Acme", "the company".
    fn plays(&self, s: &Sentence, range: &[usize]) -> bool {
        if self.hero.is_empty() {
            return false;
        }
        let names: Vec<&str> = range
            .iter()
            .map(|&at| s.low(at))
            .filter(|low| !matches!(*low, "the" | "also"))
            .collect();
        match names.as_slice() {
            [name] => *name == self.hero || (range.len() == 2 && among(words::ALIASES, name)),
            _ => false,
        }
    }
}

/// All statements of a sentence, best grammar first.
pub fn statements(s: &Sentence, cast: &Cast) -> Vec<Statement> {
    let mut res = Vec::new();
    let Some((from, to)) = body(s) else {
        return res;
    };
    if let Some(reason) = reason(s, from, to) {
        res.push(reason);
        return res;
    }
    let from = urgent(s, from, to).unwrap_or(from);
    let parts = clauses(s, from, to);
    let single = parts.len() == 1 && parts[0] == (from, to);
    for (a, b) in parts {
        clause(s, a, b, cast, &mut res);
    }
    if !single {
        push(&mut res, (from..to).collect(), Shape::Whole, 0.1);
    }
    res
}

fn push(res: &mut Vec<Statement>, keep: Vec<usize>, shape: Shape, cost: f64) {
    if !keep.is_empty() {
        res.push(Statement {
            keep,
            mend: None,
            shape,
            cost,
        });
    }
}

/// The sentence without its opening words and its full stop; `None` for a
/// sentence that states nothing by itself.
fn body(s: &Sentence) -> Option<(usize, usize)> {
    let mut to = s.tokens.len();
    while to > 0 && matches!(s.low(to - 1), "." | "!" | "…") {
        to -= 1;
    }
    if to == 0 || to > 70 || matches!(s.low(to - 1), "?" | "？" | ":" | "”" | "\"" | "’" | "»")
    {
        return None;
    }
    let mut from = 0;
    while let Some(next) = opening(s, from, to).or_else(|| known_fact(s, from, to)) {
        from = next;
    }
    let starts_question = matches!(s.tag(from), Tag::Modal | Tag::Be | Tag::Have)
        || (s.tag(from) == Tag::Do && s.low(from) != "do" && s.low(from) != "don't");
    (to > from + 1 && !starts_question).then_some((from, to))
}

/// Where the sentence goes on behind "However," or "And".
fn opening(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    if to < from + 5 {
        return None;
    }
    let comma = (from + 1..(from + 6).min(to)).find(|&at| s.low(at) == ",");
    if let Some(comma) = comma {
        let phrase: Vec<&str> = (from..comma).map(|at| s.low(at)).collect();
        if words::OPENERS
            .binary_search(&phrase.join(" ").as_str())
            .is_ok()
        {
            return Some(comma + 1);
        }
    }
    let joins = matches!(s.low(from), "and" | "but" | "so" | "yet");
    (joins && s.low(from + 1) != "that").then_some(from + 1)
}

/// "The truth is that", "We know that": what follows is claimed anyway.
fn known_fact(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    const FACTS: words::Words = "reality truth fact point upshot lesson takeaway news";
    const KNOWING: words::Words = "know found learned learnt discovered realized realised";
    let that = (from + 2..(from + 6).min(to)).find(|&at| s.low(at) == "that")?;
    let is_fact = s.low(from) == "the"
        && s.low(that - 1) == "is"
        && among(FACTS, s.low(that - 2))
        && that <= from + 4;
    let we_know = s.low(from) == "we"
        && among(KNOWING, s.low(that - 1))
        && (from..that).all(|at| !negative(s, at) && s.tag(at) != Tag::Modal);
    (is_fact || we_know)
        .then_some(that + 1)
        .filter(|start| to > start + 3)
}

/// "One of the key reasons for X is its Y": the Y.
fn reason(s: &Sentence, from: usize, to: usize) -> Option<Statement> {
    let starts = matches!(s.low(from), "one" | "another" | "the" | "a");
    let noun = (from + 1..(from + 8).min(to)).find(|&at| {
        among(words::PROMISES, s.low(at)) || among(words::PROMISES, &format!("{}s", s.low(at)))
    })?;
    let be = (noun + 1..(noun + 12).min(to)).find(|&at| s.tag(at) == Tag::Be)?;
    let plain = (from..be).all(|at| {
        let finite =
            matches!(s.tag(at), Tag::Modal | Tag::Verb) && (at == 0 || s.tag(at - 1) != Tag::To);
        !finite && !matches!(s.tag(at), Tag::Punct | Tag::Rel) && !negative(s, at)
    });
    let comparing =
        (from..be).any(|at| among("best worst first second third last final", s.low(at)));
    if !starts || !plain || comparing || !matches!(s.low(be), "is" | "was" | "are") {
        return None;
    }
    let mut start = be + 1;
    if s.low(start) == "that" {
        return Some(Statement {
            keep: (start + 1..to).collect(),
            mend: None,
            shape: Shape::Clause,
            cost: 0.0,
        });
    }
    if matches!(s.tag(start), Tag::Poss) || matches!(s.low(start), "the" | "a" | "an") {
        start += 1;
    }
    let nominal = matches!(s.tag(start), Tag::Adj | Tag::Noun | Tag::Gerund)
        || (s.tag(start) == Tag::Participle && start > be + 1)
        || (s.tag(start) == Tag::To && matches!(s.tag(start + 1), Tag::Verb));
    if s.tag(start) == Tag::To {
        start += 1;
    }
    (nominal && to > start + 1).then(|| Statement {
        keep: (start..to).collect(),
        mend: None,
        shape: Shape::Phrase,
        cost: 0.0,
    })
}

/// "It is essential to VERB": the order itself.
fn urgent(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    let it_is = s.low(from) == "it" && s.tag(from + 1) == Tag::Be;
    let adjective = (from + 2..(from + 5).min(to)).find(|&at| among(words::URGENT, s.low(at)))?;
    let clear = (from + 2..adjective).all(|at| s.tag(at) == Tag::Adv && !negative(s, at));
    let order = s.tag(adjective + 1) == Tag::To && s.tag(adjective + 2) == Tag::Verb;
    (it_is && clear && order).then_some(adjective + 2)
}

/// Whether the word at `at` denies something.
pub fn negative(s: &Sentence, at: usize) -> bool {
    let low = s.low(at);
    among(words::NEGATIONS, low) || low.ends_with("n't")
}

fn condition(s: &Sentence, at: usize) -> bool {
    let low = s.low(at);
    matches!(
        low,
        "if" | "unless" | "until" | "when" | "whenever" | "once" | "whether" | "only" | "provided"
    )
}

/// The main finite verb between two places: not one of a relative or
/// subordinate clause.
pub fn main_verb(s: &Sentence, a: usize, b: usize) -> Option<usize> {
    let mut owed = 0;
    let mut at = a;
    while at < b {
        let tag = s.tag(at);
        let low = s.low(at);
        // "the advantages it offers", "the expectations your users have"
        let opener = match tag {
            Tag::Pron => among("it they we you he she i", low),
            Tag::Poss => true,
            _ => matches!(low, "the" | "a" | "an"),
        };
        let nested = opener && at > a && s.tag(at - 1) == Tag::Noun;
        if (matches!(tag, Tag::Sub | Tag::Rel) && at > a) || nested {
            owed += 1;
        } else if matches!(tag, Tag::Verb | Tag::Be | Tag::Have | Tag::Do | Tag::Modal) {
            let infinitive = at > a && s.tag(at - 1) == Tag::To
                || at > a + 1 && s.tag(at - 1) == Tag::Adv && s.tag(at - 2) == Tag::To;
            if infinitive {
                at += 1;
                continue;
            }
            if owed == 0 {
                return Some(at);
            }
            owed -= 1;
            // The rest of the verb group belongs to the same clause.
            while at + 1 < b
                && matches!(
                    s.tag(at),
                    Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Adv
                )
                && matches!(
                    s.tag(at + 1),
                    Tag::Modal
                        | Tag::Be
                        | Tag::Have
                        | Tag::Do
                        | Tag::Adv
                        | Tag::Verb
                        | Tag::Participle
                )
            {
                at += 1;
            }
        }
        at += 1;
    }
    None
}

fn opens_subject(s: &Sentence, at: usize) -> bool {
    match s.tag(at) {
        Tag::Det | Tag::Poss | Tag::Pron | Tag::Noun | Tag::Number | Tag::Adj | Tag::Gerund => true,
        Tag::Participle => matches!(s.tag(at + 1), Tag::Noun | Tag::Adj),
        _ => false,
    }
}

/// Cuts a sentence at `;`, at a spaced dash, and at ", and" where a new
/// subject with its own verb begins.
fn clauses(s: &Sentence, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut res = Vec::new();
    let mut start = from;
    let mut depth = 0_usize;
    for at in from..to {
        let low = s.low(at);
        match low {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || at < start + 3 {
            continue;
        }
        if low == ";" {
            res.push((start, at));
            start = at + 1;
            continue;
        }
        let joins = s.tag(at) == Tag::Conj && matches!(low, "and" | "but");
        let comma = s.low(at - 1) == ",";
        let bound =
            matches!(s.tag(start), Tag::Sub | Tag::Rel) || matches!(s.low(start), "to" | "whether");
        if !joins || bound || !opens_subject(s, at + 1) || !(comma || s.tag(at + 1) == Tag::Pron) {
            continue;
        }
        let end = (at + 1..to).find(|&k| s.low(k) == ";").unwrap_or(to);
        let right = main_verb(s, at + 1, end).filter(|&verb| {
            verb > at + 1 && verb - at <= 9 && (at + 1..verb).all(|k| s.low(k) != ",")
        });
        if right.is_some() && main_verb(s, start, at).is_some() {
            // What stands before "but" is granted, not claimed.
            if low == "and" {
                res.push((start, if comma { at - 1 } else { at }));
            }
            start = at + 1;
        }
    }
    res.push((start, to));
    res.retain(|(a, b)| b > &(a + 1));
    res
}

/// A piece of a clause that hangs on its end.
enum Tail {
    /// ", creating a place": starts at the gerund.
    Doing(usize, usize),
    /// Anything else that may go.
    Other,
}

fn clause(s: &Sentence, a: usize, b: usize, cast: &Cast, res: &mut Vec<Statement>) {
    let mut start = a;
    let mut bound = false;
    if let Some(lead) = lead(s, a, b) {
        let subject_is_hero = main_verb(s, lead + 1, b)
            .is_some_and(|verb| cast.plays(s, &(lead + 1..verb).collect::<Vec<_>>()));
        if !lead_may_go(s, a, lead) {
            bound = true;
        } else {
            start = lead + 1;
            if subject_is_hero && s.low(a) == "as" && main_verb(s, a, lead).is_none() {
                push(res, (a + 1..lead).collect(), Shape::Phrase, 0.15);
            }
            if subject_is_hero && s.low(a) == "being" && s.tag(a + 1) == Tag::Participle {
                push(res, (a + 1..lead).collect(), Shape::Phrase, 0.2);
            }
        }
    }
    let whole = if start == a {
        Shape::Clause
    } else {
        Shape::Whole
    };
    // "By default, it works": nobody knows what works.
    if bound
        && matches!(s.tag(a), Tag::Prep | Tag::Adv | Tag::To | Tag::Gerund)
        && lead(s, a, b).is_some_and(|comma| {
            among("it they he she this these those that", s.low(comma + 1))
                && !matches!(s.tag(comma + 2), Tag::Noun | Tag::Adj)
        })
    {
        return;
    }
    if bound || matches!(s.tag(start), Tag::Sub | Tag::Prep | Tag::To | Tag::Rel) {
        if s.tag(a) != Tag::Rel && main_verb(s, a, b).is_some() || bound {
            push(res, (a..b).collect(), whole, 0.15);
        }
        return;
    }
    let Some(verb) = main_verb(s, start, b) else {
        return;
    };
    let (core, tails) = core(s, start, verb, b);
    predicate(s, &core, verb, cast, res);
    for tail in tails {
        match tail {
            Tail::Doing(from, to) => doing(s, &core, verb, (from, to), cast, res),
            Tail::Other => {}
        }
    }
}

/// The comma behind an adverbial at the front: "By doing this, we win."
fn lead(s: &Sentence, a: usize, b: usize) -> Option<usize> {
    let begins = matches!(
        s.tag(a),
        Tag::Prep | Tag::Sub | Tag::Gerund | Tag::Participle | Tag::To | Tag::Adv
    ) || matches!(s.low(a), "being" | "having" | "rather" | "instead");
    if !begins {
        return None;
    }
    (a + 1..b.saturating_sub(2).min(a + 24)).find(|&comma| {
        s.low(comma) == ","
            && (opens_subject(s, comma + 1) || s.tag(comma + 1) == Tag::Verb)
            && main_verb(s, comma + 1, b).is_some_and(|verb| {
                verb - comma <= 10 && (comma + 1..verb).all(|k| s.low(k) != ",")
            })
    })
}

/// Whether the statement stays true without its front: means and reasons may
/// go, conditions, places, times and purposes may not.
fn lead_may_go(s: &Sentence, a: usize, comma: usize) -> bool {
    let instead = matches!(
        (s.low(a), s.low(a + 1)),
        ("instead", "of") | ("rather", "than")
    );
    if instead && (a + 2..comma).all(|at| !negative(s, at) && !condition(s, at)) {
        return true;
    }
    if (a..comma).any(|at| negative(s, at) || condition(s, at) || s.tag(at) == Tag::Number) {
        return false;
    }
    match s.low(a) {
        "by" => s.tag(a + 1) == Tag::Gerund || s.tag(a + 1) == Tag::Adv,
        "being" | "because" | "while" | "although" | "though" | "since" => true,
        "as" => main_verb(s, a + 1, comma).is_none(),
        "with" | "through" | "beyond" => matches!(s.low(a + 1), "this" | "these" | "that"),
        "in" => (a + 1..comma).any(|at| s.low(at) == "addition"),
        _ => s.tag(a) == Tag::Adv && comma == a + 1 && s.low(a).ends_with("ly"),
    }
}

/// The clause without the tails behind its verb, without asides, and the tails.
fn core(s: &Sentence, start: usize, verb: usize, b: usize) -> (Vec<usize>, Vec<Tail>) {
    let mut tails = Vec::new();
    let mut end = b;
    let mut depth = 0_usize;
    for at in verb + 1..b.saturating_sub(1) {
        match s.low(at) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        if matches!(s.low(at), "—" | "–") && at > verb + 1 {
            end = at;
            tails.push(Tail::Other);
            break;
        }
        if s.low(at) != "," {
            continue;
        }
        let next = at + 1 + usize::from(s.tag(at + 1) == Tag::Adv && !negative(s, at + 1));
        let listed = (at + 1..b).any(|k| s.low(k) == "," && s.tag(k + 1) == Tag::Conj)
            || (verb..at).any(|k| s.tag(k) == Tag::Gerund && s.low(k - 1) == ",");
        let doing =
            s.tag(next) == Tag::Gerund && !among("including according regarding", s.low(next));
        if doing && !listed && !matches!(s.tag(next + 1), Tag::Conj | Tag::Punct) {
            tails.push(Tail::Doing(next, b));
            end = at;
            break;
        }
        let denies = (at + 1..b).any(|k| negative(s, k) || condition(s, k));
        let relative = matches!(s.low(next), "which" | "who" | "whose" | "where");
        let adding = matches!(
            s.low(next),
            "including" | "such" | "especially" | "particularly" | "like" | "because" | "as"
        );
        let described =
            s.tag(next) == Tag::Participle && s.tag(next + 1) == Tag::Prep && next + 3 < b;
        let relative = relative || described;
        let to_end = !(next..b).any(|k| s.low(k) == ",") || adding;
        if (relative || adding) && to_end && !denies {
            tails.push(Tail::Other);
            end = at;
            break;
        }
    }
    (without_asides(s, start, end), tails)
}

/// Drops short brackets that deny nothing and count nothing.
fn without_asides(s: &Sentence, start: usize, end: usize) -> Vec<usize> {
    let mut res = Vec::new();
    let mut at = start;
    while at < end {
        if s.low(at) == "(" || s.low(at) == "[" {
            let close = (at + 1..end).find(|&k| matches!(s.low(k), ")" | "]"));
            if let Some(close) = close
                && (s.low(at) == "[" && close <= at + 3
                    || (at..close)
                        .all(|k| !negative(s, k) && !condition(s, k) && s.tag(k) != Tag::Number))
            {
                at = close + 1;
                continue;
            }
        }
        res.push(at);
        at += 1;
    }
    res
}

/// What a clause says of its subject.
fn predicate(s: &Sentence, core: &[usize], verb: usize, cast: &Cast, res: &mut Vec<Statement>) {
    let mut subject: Vec<usize> = core.iter().copied().filter(|&at| at < verb).collect();
    let predicate: Vec<usize> = core.iter().copied().filter(|&at| at >= verb).collect();
    let mut adverbs = Vec::new();
    while subject.last().is_some_and(|&at| s.tag(at) == Tag::Adv) {
        adverbs.extend(subject.pop());
    }
    let guarded = core.iter().any(|&at| negative(s, at) || condition(s, at))
        || adverbs.iter().any(|&at| among(words::HEDGES, s.low(at)));
    let hero = cast.plays(s, &subject);
    let topic = subject.len() == 1 && matches!(s.low(subject[0]), "it");
    if !guarded
        && enabling(
            s,
            &predicate,
            hero || topic || this_one(s, &subject),
            cast,
            res,
        )
    {
        return;
    }
    if subject.is_empty() {
        if s.tag(verb) == Tag::Verb && verbs::forms(s.low(verb)).base.is_some() {
            coordinated(s, &predicate, guarded, 0.0, res);
        }
        return;
    }
    if !guarded && let Some(at) = hero_order(s, &predicate, cast, res) {
        let mut shown = core.to_vec();
        shown.retain(|&k| k < at);
        if shown.len() > predicate.len() / 2 && !hero {
            push(res, shown, Shape::Clause, 0.1);
        }
        return;
    }
    let you = subject.len() == 1 && s.low(subject[0]) == "you";
    if hero || you {
        if !guarded && without_subject(s, &predicate, you, res) {
            return;
        }
        push(res, core.to_vec(), Shape::Clause, 0.1);
        return;
    }
    let mut shown = core.to_vec();
    // "its focus remains" in an article about one: whose is known.
    if subject.len() >= 2 && s.low(subject[0]) == "its" && !cast.hero.is_empty() {
        shown.remove(0);
        push(res, shown, Shape::Clause, 0.1);
        return;
    }
    if this_one(s, &subject) && subject.len() >= 2 {
        if !names_itself(s, &subject) {
            return;
        }
        shown.remove(0);
    }
    // "provide Acme with a base": the title says whom.
    let giving = shown.iter().position(|&at| {
        at >= verb
            && matches!(
                s.low(at),
                "provide" | "provides" | "give" | "gives" | "offer" | "offers"
            )
    });
    if let Some(at) = giving
        && shown
            .get(at + 1)
            .is_some_and(|&next| cast.plays(s, &[next]))
    {
        let with = shown.get(at + 2).is_some_and(|&next| s.low(next) == "with");
        shown.drain(at + 1..at + 2 + usize::from(with));
    }
    if !guarded {
        first_of_two(s, &shown, verb, res);
    }
    push(res, shown, Shape::Clause, 0.0);
}

/// "Contracts keep costs low and lift the quality": the first of the two.
fn first_of_two(s: &Sentence, shown: &[usize], verb: usize, res: &mut Vec<Statement>) {
    let main = shown
        .iter()
        .copied()
        .find(|&at| at >= verb && s.tag(at) == Tag::Verb);
    let nested = |n: usize| {
        shown[..n]
            .iter()
            .any(|&at| at > verb && matches!(s.tag(at), Tag::Sub | Tag::Rel | Tag::To))
    };
    let joint = (3..shown.len().saturating_sub(2)).find(|&n| {
        if shown[n] <= verb + 1 || s.low(shown[n]) != "and" || nested(n) {
            return false;
        }
        let mut head = shown[n] + 1;
        while s.tag(head) == Tag::Adv {
            head += 1;
        }
        match s.tag(head) {
            Tag::Be | Tag::Have | Tag::Modal => true,
            Tag::Verb => main.is_none_or(|main| same_form(s, main, head)),
            _ => false,
        }
    });
    if let Some(joint) = joint {
        let end = if s.low(shown[joint - 1]) == "," {
            joint - 1
        } else {
            joint
        };
        push(res, shown[..end].to_vec(), Shape::Clause, 0.06);
    }
}

fn same_form(s: &Sentence, one: usize, other: usize) -> bool {
    let (one, other) = (verbs::forms(s.low(one)), verbs::forms(s.low(other)));
    (one.third.is_some() && other.third.is_some())
        || (one.past.is_some() && other.past.is_some())
        || (one.base.is_some() && other.base.is_some())
}

/// "an opportunity for Acme to A", "gives Acme the chance to A": the A, and
/// where the phrase about the hero begins.
fn hero_order(
    s: &Sentence,
    predicate: &[usize],
    cast: &Cast,
    res: &mut Vec<Statement>,
) -> Option<usize> {
    const CHANCES: words::Words =
        "opportunity opportunities chance freedom flexibility ability means power";
    let n = predicate.len();
    let order = (2..n.saturating_sub(1))
        .find(|&k| s.tag(predicate[k]) == Tag::To && s.tag(predicate[k + 1]) == Tag::Verb)?;
    let direct =
        s.low(predicate[order - 2]) == "for" && cast.plays(s, &predicate[order - 1..order]);
    let given = among(CHANCES, s.low(predicate[order - 1]))
        && predicate[..order].iter().any(|&at| cast.plays(s, &[at]));
    if !direct && !given {
        return None;
    }
    coordinated(s, &predicate[order + 1..], false, 0.05, res);
    Some(if direct {
        predicate[order - 2]
    } else {
        predicate[0]
    })
}

fn this_one(s: &Sentence, subject: &[usize]) -> bool {
    subject
        .first()
        .is_some_and(|&at| matches!(s.low(at), "this" | "these" | "such" | "that"))
}

/// Whether "this localization" is understood as "localization": a noun made of
/// a verb or quality, or one with an adjective of its own.
fn names_itself(s: &Sentence, subject: &[usize]) -> bool {
    const ABSTRACT: &[&str] = &[
        "tion", "sion", "ment", "ity", "ness", "ance", "ence", "ship", "ism", "tance", "ing",
    ];
    if s.low(subject[0]) != "this" {
        return false;
    }
    let Some(&head) = subject.last() else {
        return false;
    };
    let low = s.low(head);
    let plain = subject[1..].iter().all(|&at| {
        matches!(
            s.tag(at),
            Tag::Adj | Tag::Noun | Tag::Participle | Tag::Gerund
        ) || (s.low(at) == "and" && at > subject[0] + 1)
    });
    let abstract_noun =
        ABSTRACT.iter().any(|end| low.ends_with(end)) && !among(words::VAGUE_NOUNS, low);
    plain
        && (abstract_noun
            || (subject.len() >= 3
                && !matches!(s.low(subject[1]), "same" | "new" | "first" | "last")
                && s.tag(subject[1]) != Tag::Noun)
            || subject.len() >= 5)
}

/// "allows the company to A, B and C", "helps Acme A": A, B and C.
fn enabling(
    s: &Sentence,
    predicate: &[usize],
    known: bool,
    cast: &Cast,
    res: &mut Vec<Statement>,
) -> bool {
    let verb_at = predicate.iter().position(|&at| {
        verbs::forms(s.low(at))
            .third
            .or(verbs::forms(s.low(at)).base)
            .is_some_and(|base| among(words::ENABLING, base) && s.tag(at) != Tag::Noun)
    });
    let Some(verb_at) = verb_at.filter(|&at| at <= 2) else {
        return false;
    };
    if predicate[..verb_at]
        .iter()
        .any(|&at| matches!(s.low(at), "may" | "might" | "could" | "would"))
    {
        return false;
    }
    let after = &predicate[verb_at + 1..];
    let Some(order) = after
        .iter()
        .take(6)
        .position(|&at| s.tag(at) == Tag::To || s.tag(at) == Tag::Verb)
    else {
        return bare_help(s, after, cast, res);
    };
    let object = &after[..order];
    let hero = cast.plays(s, object);
    let whom = object.len() == 1 && matches!(s.low(object[0]), "you" | "us" | "them" | "it");
    if !(hero || (known && (object.is_empty() || whom))) {
        return bare_help(s, after, cast, res);
    }
    let from = order + usize::from(s.tag(after[order]) == Tag::To);
    let before = res.len();
    let cost = if hero { 0.05 } else { 0.2 };
    coordinated(s, &after[from..], false, cost, res);
    for statement in &mut res[before..] {
        statement.shape = Shape::Action;
    }
    res.len() > before
}

/// "helps Acme streamline": the verb behind the name, whatever its tag.
fn bare_help(s: &Sentence, after: &[usize], cast: &Cast, res: &mut Vec<Statement>) -> bool {
    let Some(order) = (1..after.len().min(3)).find(|&at| cast.plays(s, &after[..at])) else {
        return false;
    };
    if verbs::forms(s.low(after[order])).base.is_none() {
        return false;
    }
    let before = res.len();
    coordinated(s, &after[order..], false, 0.05, res);
    for statement in &mut res[before..] {
        statement.shape = Shape::Action;
    }
    res.len() > before
}

/// The predicate of a known subject. Hedged ones keep their subject.
fn without_subject(s: &Sentence, predicate: &[usize], you: bool, res: &mut Vec<Statement>) -> bool {
    let mut rest = predicate;
    let before = res.len();
    while let Some((&first, tail)) = rest.split_first()
        && matches!(s.low(first), "also" | "then")
    {
        rest = tail;
    }
    let Some((&first, tail)) = rest.split_first() else {
        return false;
    };
    let next = tail.first().copied().unwrap_or(first);
    match s.tag(first) {
        Tag::Modal => {
            if matches!(s.low(first), "can" | "should" | "must") && s.tag(next) == Tag::Verb {
                coordinated(s, tail, false, 0.0, res);
            }
        }
        Tag::Have if s.tag(next) == Tag::To => {
            coordinated(s, &tail[1..], false, 0.05, res);
        }
        Tag::Have if !you && s.low(first) == "has" => owned(s, tail, res),
        Tag::Be if !you && s.low(first) == "is" => {
            let noun = matches!(s.tag(next), Tag::Participle | Tag::Adj)
                || (s.tag(next) == Tag::Det && matches!(s.low(next), "a" | "an" | "the"));
            if noun {
                push(res, tail.to_vec(), Shape::Phrase, 0.1);
            }
        }
        Tag::Verb if !you && among(words::OWNING, s.low(first)) => owned(s, tail, res),
        Tag::Verb if s.low(first) == "need" && s.tag(next) == Tag::To => {
            coordinated(s, &tail[1..], false, 0.05, res);
        }
        // "you launched" is a story; "Acme launches" is a fact.
        Tag::Verb if !you => coordinated(s, rest, false, 0.0, res),
        _ => {}
    }
    let added = res.len() > before;
    for statement in &mut res[before..] {
        if statement.shape == Shape::Clause {
            statement.shape = Shape::Action;
        }
    }
    added
}

fn owned(s: &Sentence, object: &[usize], res: &mut Vec<Statement>) {
    let Some(&first) = object.first() else { return };
    let article = matches!(s.low(first), "a" | "an" | "the");
    let object = if article { &object[1..] } else { object };
    let noun = object.first().is_some_and(|&at| {
        matches!(s.tag(at), Tag::Adj | Tag::Noun | Tag::Number | Tag::Gerund)
            || (article && s.tag(at) == Tag::Participle)
    });
    if noun {
        push(res, object.to_vec(), Shape::Phrase, 0.0);
    }
}

/// Verb phrases joined by commas and "and", each by itself and all together.
fn coordinated(s: &Sentence, phrase: &[usize], guarded: bool, cost: f64, res: &mut Vec<Statement>) {
    let mut items: Vec<Vec<usize>> = vec![Vec::new()];
    let mut at = 0;
    while at < phrase.len() {
        let joint = s.low(phrase[at]) == "," || matches!(s.low(phrase[at]), "and");
        let mut next = at + 1;
        if s.low(phrase[at]) == "," && phrase.get(next).is_some_and(|&k| s.low(k) == "and") {
            next += 1;
        }
        let mut head = next;
        while phrase.get(head).is_some_and(|&k| s.tag(k) == Tag::Adv) {
            head += 1;
        }
        let verb = phrase.get(head).is_some_and(|&k| {
            let objectish = matches!(
                s.tag(k + 1),
                Tag::Det
                    | Tag::Poss
                    | Tag::Pron
                    | Tag::Adj
                    | Tag::Number
                    | Tag::Noun
                    | Tag::Prep
                    | Tag::Adv
            );
            s.tag(k) == Tag::Verb
                || (verbs::forms(s.low(k)).base.is_some()
                    && s.low(phrase[at]) == ","
                    && objectish
                    && s.tag(k) != Tag::Adj)
        });
        let long_enough = items.last().is_some_and(|item| {
            item.len() >= 2
                && item
                    .iter()
                    .all(|&k| !matches!(s.tag(k), Tag::Sub | Tag::Rel))
        });
        if joint && verb && long_enough && !guarded {
            items.push(Vec::new());
            at = next;
            continue;
        }
        if let Some(item) = items.last_mut() {
            item.push(phrase[at]);
        }
        at += 1;
    }
    if items.len() > 1 {
        for item in &items {
            push(res, item.clone(), Shape::Action, cost);
        }
        if phrase.len() <= super::wording::WANTED {
            push(res, phrase.to_vec(), Shape::Action, cost + 0.05);
        }
        return;
    }
    push(res, phrase.to_vec(), Shape::Action, cost);
}

/// ", creating a place": a statement of its own, its verb like the main one's.
fn doing(
    s: &Sentence,
    core: &[usize],
    verb: usize,
    (from, to): (usize, usize),
    cast: &Cast,
    res: &mut Vec<Statement>,
) {
    let Some(base) = verbs::forms(s.low(from)).gerund else {
        return;
    };
    let several = (from + 1..to).any(|at| s.tag(at) == Tag::Conj && s.tag(at + 1) == Tag::Gerund);
    let clean = !several && (from..to).all(|at| !negative(s, at) && !condition(s, at));
    let hero = core
        .iter()
        .position(|&at| at >= verb)
        .is_some_and(|n| cast.plays(s, &core[..n]));
    let hedged = core
        .iter()
        .any(|&at| among(words::HEDGES, s.low(at)) || negative(s, at));
    let rest: Vec<usize> = (from + 1..to).collect();
    if !clean || hedged || rest.len() < 2 || matches!(s.tag(from + 1), Tag::Pron | Tag::Sub) {
        if base == "make"
            && clean
            && !hedged
            && rest.len() > 3
            && s.low(from + 1) == "it"
            && matches!(s.low(from + 2), "a" | "an")
        {
            push(res, (from + 2..to).collect(), Shape::Phrase, 0.2);
        }
        return;
    }
    if among(words::ENABLING, base) {
        let order = rest.iter().take(6).position(|&at| s.tag(at) == Tag::To);
        if let Some(order) = order
            && (cast.plays(s, &rest[..order])
                || order == 1 && matches!(s.low(rest[0]), "them" | "it" | "you"))
        {
            coordinated(s, &rest[order + 1..], false, 0.05, res);
        }
        return;
    }
    let modal = matches!(s.low(verb), "can" | "should" | "must");
    let present = s.tag(verb) == Tag::Verb && verbs::forms(s.low(verb)).third.is_some();
    if !hero || (!modal && !present) {
        return;
    }
    let form = if modal {
        base.to_owned()
    } else {
        verbs::third(base)
    };
    let mut keep = vec![from];
    keep.extend(rest);
    res.push(Statement {
        keep,
        mend: Some((from, form)),
        shape: Shape::Action,
        cost: 0.05,
    });
}
