//! The parts of a clause that can stand without the others: the clause without
//! an aside, one of two things said of a subject, what is done without what is
//! not.

use super::statement::{condition, main_verb, negative};
use super::token::{Sentence, Tag};
use super::words::{self, among};

/// "Reading errors – as a chance to learn – builds trust": without what stands
/// between the dashes. Also without ", or pair programming," and the like.
pub fn without_aside(s: &Sentence, keep: &[usize]) -> Option<Vec<usize>> {
    let is_dash = |n: usize| matches!(s.low(keep[n]), "–" | "—" | "-");
    let dashes: Vec<usize> = (1..keep.len()).filter(|&n| is_dash(n)).collect();
    let (open, close) = match dashes.as_slice() {
        [open, close] => (*open, *close),
        [] => renamed(s, keep)?,
        _ => return None,
    };
    let plain = keep[open..=close].iter().all(|&at| {
        !negative(s, at)
            && !condition(s, at)
            && s.tag(at) != Tag::Number
            && !s.tokens[at].capital
            && !matches!(s.low(at), "but" | ";")
    });
    // What is left must have its verb behind the aside, or its object.
    let goes_on = main_verb(s, keep[close] + 1, keep.last()? + 1).is_some();
    let front = main_verb(s, keep[0], keep[open]).is_none();
    (plain && goes_on && front && open >= 1).then(|| {
        let mut res = keep[..open].to_vec();
        res.extend(&keep[close + 1..]);
        res
    })
}

/// ", or pair programming,": another name in front of the verb.
fn renamed(s: &Sentence, keep: &[usize]) -> Option<(usize, usize)> {
    let commas: Vec<usize> = (1..keep.len()).filter(|&n| s.low(keep[n]) == ",").collect();
    let &[open, close, ..] = commas.as_slice() else {
        return None;
    };
    let other = s.low(keep[open + 1]) == "or" && close <= open + 5;
    let verb = keep.get(close + 1).is_some_and(|&at| {
        matches!(
            s.tag(at),
            Tag::Verb | Tag::Be | Tag::Have | Tag::Modal | Tag::Do
        )
    });
    (other && verb).then_some((open, close))
}

/// "Reviews catch faults and save time": what the subject does first, and what
/// it does second.
pub fn each_of_two(s: &Sentence, keep: &[usize]) -> Vec<Vec<usize>> {
    let (Some(&first), Some(&last)) = (keep.first(), keep.last()) else {
        return Vec::new();
    };
    let finite = |tag: Tag| matches!(tag, Tag::Verb | Tag::Be | Tag::Have | Tag::Modal | Tag::Do);
    let main = main_verb(s, first, last + 1).and_then(|verb| keep.iter().position(|&k| k == verb));
    let Some(main) = main.filter(|&main| main > 0) else {
        return Vec::new();
    };
    // In "when it rains and pours" the clause is not the main one.
    let free = |n: usize, verb: usize| {
        // "works to find the way, and finds it": no infinitive has such an ending.
        let forms = s.forms(verb);
        let finite = forms.base.is_none() && forms.third.is_some();
        !keep[main..n].iter().any(|&k| {
            matches!(s.tag(k), Tag::Sub | Tag::Rel)
                || s.tag(k) == Tag::To && !finite
                || condition(s, k)
        })
    };
    let joint = (main + 2..keep.len().saturating_sub(2)).find(|&n| {
        let mut head = n + 1;
        while keep.get(head).is_some_and(|&k| s.tag(k) == Tag::Adv) {
            head += 1;
        }
        let Some(&verb) = keep.get(head) else {
            return false;
        };
        let same = match s.tag(verb) {
            Tag::Verb => alike(s, &keep[main..n], verb),
            tag => finite(tag),
        };
        let shared = matches!(
            s.tag(keep[n - 1]),
            Tag::Verb | Tag::Adv | Tag::Modal | Tag::Be
        );
        s.low(keep[n]) == "and" && same && !shared && free(n, verb)
    });
    let Some(joint) = joint else {
        return Vec::new();
    };
    let end = joint - usize::from(s.low(keep[joint - 1]) == ",");
    let denied = |range: &[usize]| !may_go(s, range);
    let mut res = Vec::new();
    if !denied(&keep[joint..]) {
        res.push(keep[..end].to_vec());
    }
    // "they", "their" in the second may mean something of the first.
    let leans = keep[joint..].iter().any(|&k| {
        among(
            "it its they them their this these those such so then",
            s.low(k),
        ) || s.low(k) == "that" && s.tag(k) != Tag::Sub
    });
    let modal = matches!(s.tag(keep[main]), Tag::Modal | Tag::Do);
    if !denied(&keep[main..joint]) && !leans && !modal {
        let mut second = keep[..main].to_vec();
        second.extend(&keep[joint + 1..]);
        res.push(second);
    }
    res
}

/// Whether words deny nothing, depend on nothing and count nothing.
fn may_go(s: &Sentence, range: &[usize]) -> bool {
    range
        .iter()
        .all(|&k| !negative(s, k) && !condition(s, k) && s.tag(k) != Tag::Number)
}

/// Whether the second of two like phrases begins at `at` and lasts to the end:
/// "and how many there are" behind "how they work", "and to keep it", or the
/// rest of a list of doings: ", compare them, and learn".
pub fn repeats(s: &Sentence, keep: &[usize], at: usize) -> bool {
    const LIKE: words::Words = "to how why what by for from with in on that";
    let end = &keep[at..];
    if !may_go(s, &keep[..at]) || !may_go(s, end) {
        return false;
    }
    let front = &keep[..at];
    let next = at + 1;
    let Some(&head) = keep.get(next) else {
        return false;
    };
    let and = s.low(keep[at]) == "and";
    let parallel = and
        && keep.len() > next + 2
        && among(LIKE, s.low(head))
        && front.iter().any(|&k| s.low(k) == s.low(head))
        && !matches!(s.low(keep[at - 1]), "between" | "both");
    let both = front
        .iter()
        .any(|&k| matches!(s.low(k), "both" | "between" | "in-between"));
    let listed = s.low(keep[at]) == ","
        && s.tag(head) == Tag::Verb
        && alike_before(s, front, head)
        && end
            .windows(2)
            .any(|pair| s.low(pair[0]) == "," && matches!(s.low(pair[1]), "and" | "or"));
    // "makes it easy to teach, helps people to learn"
    let third = |k: usize| {
        let forms = s.forms(k);
        s.tag(k) == Tag::Verb && forms.third.is_some() && forms.base.is_none()
    };
    let added = s.low(keep[at]) == ","
        && third(head)
        && front.iter().any(|&k| third(k))
        && front
            .iter()
            .all(|&k| !matches!(s.tag(k), Tag::Rel) && s.low(k) != ",")
        && end.iter().skip(1).all(|&k| s.low(k) != ",");
    (parallel || listed || added) && !both
}

/// "They keep a list of dates and the names": the second of two things may go
/// where the first is claimed by itself.
pub fn conjoined(s: &Sentence, keep: &[usize], at: usize) -> bool {
    const PAIRING: words::Words = "both between in-between either together versus difference differences \
        relationship relation balance gap distinction mix mixture blend link links connection \
        combination trade-off combine combines combining combined compare compares comparing \
        connect connects connecting match matches merge merges mix mixes linking separate \
        separates distinguish balances balancing choose choice alternate pair pairs";
    if s.low(keep[at]) != "and" {
        return false;
    }
    let (front, rest) = (&keep[..at], &keep[at + 1..]);
    let (Some(&last), Some(&next), Some(&first)) = (front.last(), rest.first(), keep.first())
    else {
        return false;
    };
    let Some(verb) = main_verb(s, first, last + 1) else {
        return false;
    };
    let noun = |k: usize| s.tag(k) == Tag::Noun;
    // "user and market research": one word may belong to both.
    let apart = matches!(s.tag(next), Tag::Det | Tag::Poss)
        || rest.len() == 1 && noun(next)
        || rest.len() == 2 && s.tag(next) == Tag::Adj && noun(rest[1])
        || matches!(s.tag(next), Tag::Gerund)
            && rest.len() > 1
            && rest.iter().skip(1).any(|&k| noun(k));
    let plain = rest.iter().all(|&k| {
        !s.tokens[k].capital
            && !matches!(s.tag(k), Tag::Punct | Tag::Number | Tag::Rel)
            && !matches!(s.low(k), "of" | "that" | "all" | "any" | "no")
    });
    let listed = front
        .iter()
        .any(|&k| k > verb && matches!(s.low(k), "," | "and" | "or"));
    let paired = front.iter().any(|&k| among(PAIRING, s.low(k)));
    s.low(keep[at]) == "and"
        && noun(last)
        && last > verb + 1
        && apart
        && plain
        && !listed
        && !paired
        && may_go(s, front)
        && may_go(s, rest)
}

/// "It uses Bash, the shell of many systems": what a thing is besides.
pub fn renamed_at_end(s: &Sentence, keep: &[usize], at: usize) -> bool {
    // "people are bad at self-assessment i.e. at telling how good they are"
    if matches!(s.low(keep[at]), "i.e" | "e.g") {
        return s.tag(keep[at - 1]) == Tag::Noun
            && keep[at..]
                .iter()
                .all(|&k| s.tag(k) != Tag::Number && !negative(s, k));
    }
    if s.low(keep[at]) != "," {
        return false;
    }
    let rest = &keep[at + 1..];
    let (Some(&first), Some(&last)) = (rest.first(), rest.last()) else {
        return false;
    };
    let comma = s.low(keep[at]) == ",";
    let again = comma && matches!(s.low(first), "i.e" | "e.g");
    let listed = keep
        .iter()
        .enumerate()
        .any(|(n, &k)| n != at && s.low(k) == "," && (n < at || goes_on(s, keep, n)));
    let named = comma
        && matches!(s.low(first), "a" | "an" | "the")
        && s.tag(keep[at - 1]) == Tag::Noun
        && rest.len() >= 3
        && !listed
        && main_verb(s, first, last + 1).is_none();
    (again || named)
        && rest
            .iter()
            .all(|&k| s.tag(k) != Tag::Number && !negative(s, k))
}

/// Whether a list goes on behind a comma.
fn goes_on(s: &Sentence, keep: &[usize], comma: usize) -> bool {
    keep.get(comma + 1)
        .is_some_and(|&next| matches!(s.low(next), "and" | "or"))
}

/// "Teaching is a personal journey that changes you": a personal journey it is;
/// "pictures are great tools to explain": great tools they are.
pub fn classed(s: &Sentence, keep: &[usize], at: usize) -> bool {
    if !among("that which to for where used", s.low(keep[at])) {
        return false;
    }
    let (Some(&first), Some(&next)) = (keep.first(), keep.get(at + 1)) else {
        return false;
    };
    let Some(verb) = main_verb(s, first, keep[at - 1] + 1) else {
        return false;
    };
    let noun = keep[at - 1];
    let phrase: Vec<usize> = keep[..at].iter().copied().filter(|&k| k > verb).collect();
    let article = phrase.iter().rposition(|&k| matches!(s.low(k), "a" | "an"));
    // "a form allowing people to": what it allows is not said yet.
    let simple = |n: usize| match s.tag(phrase[n]) {
        Tag::Adj | Tag::Noun => true,
        Tag::Participle => s.tag(phrase[n - 1]) != Tag::Noun,
        Tag::Conj => s.low(phrase[n]) == "or" && n + 1 < phrase.len(),
        _ => false,
    };
    let several = article.is_none()
        && s.low(verb) == "are"
        && phrase.len() >= 2
        && s.tag(phrase[0]) == Tag::Adj
        && s.low(noun).ends_with('s')
        && (1..phrase.len()).all(simple)
        && !among(
            "more most best worst first last only same other",
            s.low(phrase[0]),
        );
    let described = several
        || article.is_some_and(|article| {
            phrase[..article]
                .iter()
                .all(|&k| !matches!(s.tag(k), Tag::Sub | Tag::Rel | Tag::Punct) && s.low(k) != "of")
                && phrase.len() >= article + 3
                && (article + 1..phrase.len()).all(simple)
        });
    matches!(
        s.low(keep[at]),
        "that" | "which" | "to" | "for" | "where" | "used"
    ) && s.tag(noun) == Tag::Noun
        && !among(words::VAGUE_NOUNS, s.low(noun))
        && !among(words::OPEN_NOUNS, s.low(noun))
        && described
        && s.tag(next) != Tag::Punct
        && may_go(s, keep)
        && !keep[at..].iter().any(|&k| s.tokens[k].capital)
}

/// "Tests are slow because of the network", "... as it is hard to wait": a reason
/// that no comma parts.
pub fn caused(s: &Sentence, keep: &[usize], at: usize) -> bool {
    if !among("because thanks due as", s.low(keep[at])) {
        return false;
    }
    let next = |n: usize| keep.get(at + n).map_or(Tag::Punct, |&k| s.tag(k));
    let low = |n: usize| keep.get(at + n).map_or("", |&k| s.low(k));
    let because = matches!(
        (low(0), low(1)),
        ("because" | "thanks" | "due", "of" | "to")
    );
    // "as you go" is a time; "as it is hard" is none.
    let states = keep[..at].iter().any(|&k| s.tag(k) == Tag::Be)
        && matches!(s.tag(keep[at - 1]), Tag::Noun | Tag::Adj);
    let so = |n: usize| matches!(next(n), Tag::Be | Tag::Modal);
    let as_it = low(0) == "as"
        && states
        && (matches!(low(1), "it" | "they") && (so(2) || next(2) == Tag::Verb)
            || next(1) == Tag::Noun && so(2)
            || next(2) == Tag::Noun && so(3));
    let leans = low(0) == "due" && s.tag(keep[at - 1]) == Tag::Be;
    let denies = |k: usize| {
        let low = s.low(k);
        among("not no never cannot only just neither nor", low) || low.ends_with("n't")
    };
    (because || as_it) && !leans && !keep[..at].iter().any(|&k| denies(k))
}

/// "This helps people to learn what they need and plan their day": the second of
/// two things to do.
pub fn done_too(s: &Sentence, keep: &[usize], at: usize) -> bool {
    if s.low(keep[at]) != "and" {
        return false;
    }
    let (front, rest) = (&keep[..at], &keep[at + 1..]);
    let Some((&head, behind)) = rest.split_first() else {
        return false;
    };
    let base = |k: usize| s.tag(k) == Tag::Verb && s.forms(k).base.is_some();
    let asked = front.windows(2).rposition(|pair| {
        base(pair[1]) && (s.tag(pair[0]) == Tag::To || s.tag(pair[0]) == Tag::Modal)
    });
    // Behind a comma, "to find, gather and share" has not come to its object.
    let told = asked.is_some_and(|asked| {
        front.len() > asked + 3 && front[asked..at - 1].iter().all(|&k| s.low(k) != ",")
    });
    let names = rest
        .iter()
        .any(|&k| s.tokens[k].capital || s.tag(k) == Tag::Number);
    let end = front
        .iter()
        .rev()
        .find(|&&k| s.low(k) != ",")
        .map_or(Tag::Punct, |&k| s.tag(k));
    s.low(keep[at]) == "and"
        && base(head)
        && !behind.is_empty()
        && told
        && !names
        && matches!(end, Tag::Noun | Tag::Verb | Tag::Participle | Tag::Adv)
        && front
            .iter()
            .all(|&k| !matches!(s.low(k), "both" | "between" | "in-between"))
        && may_go(s, front)
        && may_go(s, rest)
}

/// "Move together instead of one by one": what is not done may go where the
/// rest is claimed without a condition.
pub fn contrasts(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let next = keep.get(at + 1).map_or("", |&next| s.low(next));
    let begins = matches!(
        (s.low(keep[at]), next),
        ("instead", "of") | ("rather", "than")
    ) || s.low(keep[at]) == "as" && next == "opposed";
    let rest = keep.get(at + 2..).unwrap_or_default();
    begins
        && may_go(s, &keep[..at])
        && rest.len() >= 2
        && rest
            .iter()
            .all(|&k| s.tag(k) != Tag::Number && !matches!(s.low(k), "," | "but"))
}

fn alike_before(s: &Sentence, front: &[usize], verb: usize) -> bool {
    let last = front.iter().rposition(|&k| s.tag(k) == Tag::Verb);
    last.is_some_and(|last| alike(s, &front[last..], verb))
}

/// Whether a verb has the form of the first verb of a predicate.
fn alike(s: &Sentence, predicate: &[usize], verb: usize) -> bool {
    let forms = |at: usize| s.forms(at);
    let Some(&main) = predicate.iter().find(|&&k| s.tag(k) == Tag::Verb) else {
        return false;
    };
    let (one, other) = (forms(main), forms(verb));
    (one.third.is_some() && other.third.is_some())
        || (one.past.is_some() && other.past.is_some())
        || (one.base.is_some() && other.base.is_some())
}
