//! One English sentence to the statements in it. A statement keeps words of
//! its sentence in their order; it drops only what this file understands, and
//! gives up where it does not.
//!
//! The repairs, all of them: a capital at the start (made when the text is put
//! together), and the ending of a verb whose subject was dropped ("creating a
//! place" behind "Acme runs a shop" becomes "creates a place").

use super::opening::{known_fact, opening, shows};
use super::predicate;
use super::statement::{Cast, Shape, Statement};
use super::statement::{condition, main_verb, negative, opens_subject, push};
use super::token::{Sentence, Tag};
use super::words::{self, among};

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
    // "It is important to note that": what is to be noted.
    let from = urgent(s, from, to)
        .map(|at| known_fact(s, at, to).unwrap_or(at))
        .unwrap_or(from);
    let parts = clauses(s, from, to);
    let single = parts.len() == 1 && parts[0] == (from, to);
    for (a, b) in parts {
        if !resumes(s, from, a) {
            clause(s, a, b, cast, &mut res);
        }
    }
    if !single {
        push(&mut res, (from..to).collect(), Shape::Whole, 0.2);
    }
    res
}

/// "We keep the list of all feasts, and the list is long": which list it is, the
/// clause before says.
fn resumes(s: &Sentence, from: usize, at: usize) -> bool {
    let noun = at + 1;
    at > from
        && s.low(at) == "the"
        && s.tag(noun) == Tag::Noun
        && (from..at).any(|before| s.low(before) == s.low(noun))
}

/// The sentence without its opening words and its full stop; `None` for a
/// sentence that states nothing by itself.
fn body(s: &Sentence) -> Option<(usize, usize)> {
    let mut to = s.tokens.len();
    while to > 0 && matches!(s.low(to - 1), "." | "!" | "…") {
        to -= 1;
    }
    if to > 1 && s.low(to - 1) == ":" && shows(s, to - 1) {
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
    let starts_question = (matches!(s.tag(from), Tag::Modal | Tag::Be | Tag::Have)
        && s.low(from) != "be")
        || (s.tag(from) == Tag::Do && s.low(from) != "do" && s.low(from) != "don't");
    (to > from + 1 && !starts_question).then_some((from, to))
}

/// "One of the key reasons for X is its Y": the Y.
fn reason(s: &Sentence, from: usize, to: usize) -> Option<Statement> {
    let starts = matches!(s.low(from), "one" | "another" | "the" | "a");
    let noun = (from + 1..(from + 8).min(to)).find(|&at| {
        // "The Community of Practice" is a name.
        !s.tokens[at].capital
            && (among(words::PROMISES, s.low(at))
                || among(words::PROMISES, &format!("{}s", s.low(at))))
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
    // "Leveraging a network" names what could be done and does not say so.
    let cost = if s.tag(start) == Tag::Gerund {
        0.35
    } else {
        0.0
    };
    (nominal && to > start + 1).then(|| Statement {
        keep: (start..to).collect(),
        mend: None,
        shape: Shape::Phrase,
        cost,
    })
}

/// "It is essential to VERB", "Be sure to VERB": the order itself.
fn urgent(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    let verb_at = |at: usize| (s.tag(at) == Tag::Verb && at < to).then_some(at);
    let pair = (s.low(from), s.low(from + 1));
    if matches!(pair, ("be", "sure") | ("make", "sure") | ("remember", "to")) {
        let at = from + 1 + usize::from(pair.1 == "sure");
        return match s.low(at) {
            "to" => verb_at(at + 1),
            "you" => verb_at(at + 1),
            "that" if s.low(at + 1) == "you" => verb_at(at + 2),
            _ => None,
        };
    }
    let it_is = s.low(from) == "it" && s.tag(from + 1) == Tag::Be && s.low(from + 1) != "was";
    let adjective = (from + 2..(from + 5).min(to)).find(|&at| among(words::URGENT, s.low(at)))?;
    let clear = (from + 2..adjective)
        .all(|at| matches!(s.tag(at), Tag::Adv | Tag::Det | Tag::Adj) && !negative(s, at));
    let asked = s.low(adjective + 1) == "that" && s.low(adjective + 2) == "you";
    if !it_is || !clear {
        return None;
    }
    match s.tag(adjective + 1) {
        Tag::To => verb_at(adjective + 2),
        _ if asked => verb_at(adjective + 3),
        _ => None,
    }
}

/// Cuts a sentence at `;`, at a spaced dash, and at ", and" where a new
/// subject with its own verb begins.
fn clauses(s: &Sentence, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut res = Vec::new();
    let mut start = from;
    let mut settled = 0;
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
        if low == ";" && !negative(s, at + 1) {
            res.push((start, at));
            settled = res.len();
            start = at + 1;
            continue;
        }
        let spaced = at + 1 < to
            && s.tokens[at - 1].end < s.tokens[at].start
            && s.tokens[at].end < s.tokens[at + 1].start;
        let breaks = low == ":" || spaced && matches!(low, "–" | "—" | "-");
        if breaks && explains(s, (start, at), to) {
            res.push((start, at));
            settled = res.len();
            start = at + 1;
            continue;
        }
        let joins = matches!(low, "and" | "but") && s.tag(at) == Tag::Conj
            || low == "so" && s.low(at - 1) == "," && s.low(at + 1) != "that";
        let comma = s.low(at - 1) == ",";
        let bound =
            matches!(s.tag(start), Tag::Sub | Tag::Rel) || matches!(s.low(start), "to" | "whether");
        if !joins || bound || !opens_subject(s, at + 1) || !(comma || s.tag(at + 1) == Tag::Pron) {
            continue;
        }
        let end = (at + 1..to).find(|&k| s.low(k) == ";").unwrap_or(to);
        // "It has a name, a date, and the note it came with" goes on.
        let listing = main_verb(s, start, at).is_some_and(|verb| {
            (verb + 1..at - 1).any(|k| s.low(k) == "," && opens_subject(s, k + 1))
        });
        let right = main_verb(s, at + 1, end).filter(|&verb| {
            verb > at + 1 && verb - at <= 9 && (at + 1..verb).all(|k| s.low(k) != ",")
        });
        if right.is_some()
            && !(listing && comma && low == "and")
            && main_verb(s, start, at).is_some()
        {
            // What stands before "but" is granted, not claimed.
            if low != "but" {
                res.push((start, if comma { at - 1 } else { at }));
            } else {
                res.truncate(settled);
            }
            start = at + 1;
        }
    }
    res.push((start, to));
    res.retain(|(a, b)| b > &(a + 1));
    res
}

/// Whether both sides of a colon are clauses that could be sentences.
fn explains(s: &Sentence, (start, colon): (usize, usize), to: usize) -> bool {
    const ANNOUNCING: words::Words = "following this that these question questions example examples \
        rule rules things ways steps reasons points goals";
    let last = s.low(colon - 1);
    let right =
        main_verb(s, colon + 1, to).is_some_and(|verb| verb > colon + 1 && verb < colon + 9);
    let open = (colon + 1..to).all(|at| !matches!(s.low(at), ":" | "–" | "—" | "-"));
    colon > start + 3
        && open
        && right
        && opens_subject(s, colon + 1)
        && main_verb(s, start, colon).is_some()
        && !among(ANNOUNCING, last)
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
        reason_in_front(s, a, lead, res);
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
            shorter(s, a, b, res);
        }
        return;
    }
    let Some(verb) = main_verb(s, start, b) else {
        return;
    };
    let before = res.len();
    let (mut core, tails) = core(s, start, verb, b);
    without_relative(s, start, verb, &mut core);
    predicate::read(s, &core, verb, cast, res);
    for tail in tails {
        match tail {
            Tail::Doing(from, to) => predicate::doing(s, &core, verb, (from, to), cast, res),
            Tail::Other => {}
        }
    }
    // Without its means a claim is true and bare.
    if start > a && matches!(s.low(a), "by" | "using" | "instead" | "rather" | "through") {
        for statement in &mut res[before..] {
            statement.cost += 0.1;
        }
    }
}

/// "Because memory is short, we repeat": that memory is short is claimed.
fn reason_in_front(s: &Sentence, a: usize, comma: usize, res: &mut Vec<Statement>) {
    let claims = s.low(a) == "because"
        && opens_subject(s, a + 1)
        && main_verb(s, a + 1, comma).is_some_and(|verb| verb > a + 1)
        && (a + 1..comma).all(|at| s.low(at) != ",");
    if claims {
        push(res, (a + 1..comma).collect(), Shape::Clause, 0.1);
    }
}

/// "When it opens, you see a prompt, showing that it waits": without the tail.
fn shorter(s: &Sentence, a: usize, b: usize, res: &mut Vec<Statement>) {
    let Some(comma) = lead(s, a, b) else { return };
    let Some(verb) = main_verb(s, comma + 1, b) else {
        return;
    };
    let (core, _) = core(s, comma + 1, verb, b);
    if core.len() < b - comma - 1 {
        let mut keep: Vec<usize> = (a..=comma).collect();
        keep.extend(core);
        push(res, keep, Shape::Clause, 0.15);
    }
}

/// The comma behind an adverbial at the front: "By doing this, we win."
fn lead(s: &Sentence, a: usize, b: usize) -> Option<usize> {
    let begins = matches!(
        s.tag(a),
        Tag::Prep | Tag::Sub | Tag::Gerund | Tag::Participle | Tag::To | Tag::Adv
    ) || matches!(
        s.low(a),
        "being" | "having" | "rather" | "instead" | "regardless" | "whether" | "just"
    );
    if !begins {
        return None;
    }
    (a + 1..b.saturating_sub(2).min(a + 24)).find(|&comma| {
        // "Using an authentic, yet simple, dataset": a comma among qualities.
        let quality = comma > a + 1
            && s.tag(comma - 1) == Tag::Adj
            && matches!(s.low(comma - 2), "yet" | "but" | "and" | "or" | ",");
        s.low(comma) == ","
            && !quality
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
    // What is granted, or does not matter, holds nothing back.
    let granted = match s.low(a) {
        "despite" | "regardless" => true,
        "whether" => (a + 1..comma).any(|at| s.low(at) == "or"),
        _ => false,
    };
    let counting = (a..comma).any(|at| s.tag(at) == Tag::Number);
    if granted {
        return !counting && (a + 1..comma).all(|at| !s.tokens[at].capital);
    }
    if counting || (a..comma).any(|at| negative(s, at) || condition(s, at)) {
        return false;
    }
    match s.low(a) {
        "by" => s.tag(a + 1) == Tag::Gerund || s.tag(a + 1) == Tag::Adv,
        "using" => true,
        "given" => s.tag(a + 1) != Tag::Noun,
        "being" | "because" | "while" | "although" | "though" | "since" => true,
        "as" => main_verb(s, a + 1, comma).is_none() || comments(s, a, comma),
        // "Just like the story, the data is made up."
        "like" => true,
        "just" => s.low(a + 1) == "like",
        "with" | "through" | "beyond" => matches!(s.low(a + 1), "this" | "these" | "that"),
        "in" => (a + 1..comma).any(|at| s.low(at) == "addition"),
        _ => s.tag(a) == Tag::Adv && comma == a + 1 && s.low(a).ends_with("ly"),
    }
}

/// "As you might guess": what the speaker says of his own sentence.
fn comments(s: &Sentence, a: usize, comma: usize) -> bool {
    const SAYING: words::Words = "guess know see seen expect imagine recall remember mention \
        mentioned discuss discussed note noted said learned learnt";
    matches!(s.low(a + 1), "you" | "we")
        && (a + 2..comma.min(a + 6)).any(|at| among(SAYING, s.low(at)))
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
        let explains = s.low(at) == ":"
            && at > verb + 2
            && s.tag(at - 1) == Tag::Noun
            && !matches!(s.low(at - 1), "example" | "instance");
        // Two of them stand around an aside.
        let dash = s.low(at) == "-"
            && (verb + 1..b).all(|k| k == at || s.low(k) != "-")
            && at + 1 < b
            && s.tokens[at - 1].end < s.tokens[at].start
            && s.tokens[at].end < s.tokens[at + 1].start;
        if (matches!(s.low(at), "—" | "–") || dash || explains) && at > verb + 1 {
            end = at;
            tails.push(Tail::Other);
            break;
        }
        if s.low(at) != "," {
            continue;
        }
        let next = at + 1 + usize::from(s.tag(at + 1) == Tag::Adv && !negative(s, at + 1));
        // "an active, growing project" lists qualities.
        let listed = (s.tag(at - 1) == Tag::Adj && s.tag(at - 2) != Tag::Be)
            || (at + 1..b).any(|k| s.low(k) == "," && s.tag(k + 1) == Tag::Conj)
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
        // "examples, like interviews" and "a tool, which is a list" are empty without.
        let essence = among(words::OPEN_NOUNS, s.low(at - 1))
            || among(words::VAGUE_NOUNS, s.low(at - 1))
            || (s.tag(next) == Tag::Rel
                && s.tag(next + 1) == Tag::Be
                && matches!(s.tag(next + 2), Tag::Det | Tag::Noun));
        let relative = (relative || described) && !essence;
        let adding = adding && (!essence || s.low(next) == "because");
        let to_end = !(next..b).any(|k| s.low(k) == ",") || adding;
        if (relative || adding) && to_end && !denies {
            tails.push(Tail::Other);
            end = at;
            break;
        }
    }
    (without_asides(s, start, end), tails)
}

/// "Metrics, which form the core, can be grouped": the aside behind the subject
/// may go.
fn without_relative(s: &Sentence, start: usize, verb: usize, core: &mut Vec<usize>) {
    let Some(open) = (start + 1..verb).find(|&at| s.low(at) == ",") else {
        return;
    };
    let adds = among(
        "which who whose including with like especially particularly",
        s.low(open + 1),
    ) || (s.low(open + 1), s.low(open + 2)) == ("such", "as");
    let aside = adds
        && s.low(verb - 1) == ","
        && (open..verb).all(|at| !negative(s, at) && !condition(s, at) && s.tag(at) != Tag::Number);
    if aside {
        core.retain(|at| !(open..verb).contains(at));
    }
}

/// `[2]`, `[^4]`: a note. `[Bridge]` is a word in the brackets of a link.
fn note(s: &Sentence, open: usize, close: usize) -> bool {
    (open + 1..close).all(|at| matches!(s.tag(at), Tag::Number | Tag::Punct))
}

/// "(e.g. M30)", "(like 25)": an example, whose numbers are its own.
fn exemplifies(s: &Sentence, at: usize) -> bool {
    matches!(s.low(at), "e.g" | "eg" | "like")
        || matches!(
            (s.low(at), s.low(at + 1)),
            ("for", "example" | "instance") | ("such", "as")
        )
}

/// Drops short brackets that deny nothing and count nothing.
fn without_asides(s: &Sentence, start: usize, end: usize) -> Vec<usize> {
    let mut res = Vec::new();
    let mut at = start;
    while at < end {
        // "objective(s)" is one word.
        let glued = at > start && s.tokens[at - 1].end == s.tokens[at].start;
        if !glued && s.low(at) == "(" || s.low(at) == "[" {
            let close = (at + 1..end).find(|&k| matches!(s.low(k), ")" | "]"));
            if let Some(close) = close
                && (s.low(at) == "[" && note(s, at, close)
                    || s.low(at) == "(" && exemplifies(s, at + 1)
                    || s.low(at) == "("
                        && (at..close).all(|k| {
                            !negative(s, k) && !condition(s, k) && s.tag(k) != Tag::Number
                        }))
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
