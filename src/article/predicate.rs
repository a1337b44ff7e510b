//! What a clause says of its subject: whether the subject can go, and into
//! which statements the predicate falls.

use super::statement::{Cast, Shape, Statement};
use super::statement::{condition, negative, push};
use super::token::{Sentence, Tag};
use super::verbs;
use super::words::{self, among};

/// What a clause says of its subject.
pub fn read(s: &Sentence, core: &[usize], verb: usize, cast: &Cast, res: &mut Vec<Statement>) {
    let mut subject: Vec<usize> = core.iter().copied().filter(|&at| at < verb).collect();
    let predicate: Vec<usize> = core.iter().copied().filter(|&at| at >= verb).collect();
    let mut adverbs = Vec::new();
    while subject.last().is_some_and(|&at| s.tag(at) == Tag::Adv) {
        adverbs.extend(subject.pop());
    }
    let guarded = core.iter().any(|&at| negative(s, at) || condition(s, at))
        || adverbs.iter().any(|&at| among(words::HEDGES, s.low(at)));
    // An adverb in front of the verb qualifies it and must not be lost.
    let qualified = adverbs
        .iter()
        .any(|&at| !matches!(s.low(at), "also" | "then" | "now"));
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
        order(s, core, verb, guarded, res);
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
        if !guarded && !qualified && without_subject(s, &predicate, you, res) {
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
    push(res, shown, Shape::Clause, 0.0);
}

/// An order: "Review early", "Do not merge". Its adverbs stay, or "never merge"
/// would become its opposite.
fn order(s: &Sentence, core: &[usize], verb: usize, guarded: bool, res: &mut Vec<Statement>) {
    let base = s.low(verb) == "be" || s.tag(verb) == Tag::Verb && s.forms(verb).base.is_some();
    let forbids = matches!(s.low(verb), "do" | "don't")
        && core.iter().any(|&at| at > verb && s.tag(at) == Tag::Verb)
        && core.iter().any(|&at| negative(s, at));
    if base {
        coordinated(s, core, guarded, 0.0, res);
    } else if forbids {
        push(res, core.to_vec(), Shape::Whole, 0.0);
    }
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
    // "This poses a risk and": no plural stands behind "this", so it is a verb.
    let verbal = subject
        .get(1)
        .is_some_and(|&at| s.forms(at).third.is_some());
    if s.low(subject[0]) != "this" || verbal {
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
        s.forms(at)
            .third
            .or(s.forms(at).base)
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
    if s.forms(after[order]).base.is_none() {
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
    // "you can pay, or you can ask": one without its "you" limps.
    let again = predicate
        .windows(2)
        .any(|pair| s.tag(pair[0]) == Tag::Conj && s.tag(pair[1]) == Tag::Pron);
    if again {
        return false;
    }
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
        Tag::Modal
            if matches!(s.low(first), "can" | "should" | "must") && s.tag(next) == Tag::Verb =>
        {
            coordinated(s, tail, false, 0.0, res);
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
        // "you launched" is a story; "Acme launches" is a fact; "plans to grow"
        // reads as a noun without its subject.
        Tag::Verb if !you && s.tag(next) == Tag::To && ambiguous(s, first) => {}
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

fn ambiguous(s: &Sentence, at: usize) -> bool {
    let forms = s.forms(at);
    forms.third.is_some_and(verbs::noun_first)
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
                || (s.forms(k).base.is_some()
                    && s.low(phrase[at]) == ","
                    && objectish
                    && s.tag(k) != Tag::Adj)
        });
        let long_enough = items.last().is_some_and(|item| {
            // "Ask someone to own the data and report": the second verb is theirs.
            item.len() >= 2
                && item.iter().all(|&k| {
                    !(matches!(s.tag(k), Tag::Sub | Tag::Rel)
                        || s.tag(k) == Tag::To && s.tag(k + 1) == Tag::Verb)
                })
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
pub fn doing(
    s: &Sentence,
    core: &[usize],
    verb: usize,
    (from, to): (usize, usize),
    cast: &Cast,
    res: &mut Vec<Statement>,
) {
    let Some(base) = s.forms(from).gerund else {
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
    let present = s.tag(verb) == Tag::Verb && s.forms(verb).third.is_some();
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
