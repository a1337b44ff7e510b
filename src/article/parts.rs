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
        let forms = super::verbs::forms(s.low(verb));
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
        .any(|&k| matches!(s.low(k), "both" | "between"));
    let listed = s.low(keep[at]) == ","
        && s.tag(head) == Tag::Verb
        && alike_before(s, front, head)
        && end
            .windows(2)
            .any(|pair| s.low(pair[0]) == "," && matches!(s.low(pair[1]), "and" | "or"));
    (parallel || listed) && !both
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
    let forms = |at: usize| super::verbs::forms(s.low(at));
    let Some(&main) = predicate.iter().find(|&&k| s.tag(k) == Tag::Verb) else {
        return false;
    };
    let (one, other) = (forms(main), forms(verb));
    (one.third.is_some() && other.third.is_some())
        || (one.past.is_some() && other.past.is_some())
        || (one.base.is_some() && other.base.is_some())
}
