//! What may still go at the end of a statement that is longer than a line, when
//! nothing of less weight could: with whom, where and besides what something is.
//! What is left is claimed by the sentence as well, only less exactly, so that
//! nothing goes from a claim that is bounded in any way: by a number, a name, a
//! negation, a condition, a comparison, or a word that says how many.

use super::statement::{condition, main_verb, negative};
use super::token::{Sentence, Tag};
use super::words::{self, among};

/// Places in `keep` at which a claim can end.
pub fn ends(s: &Sentence, keep: &[usize]) -> Vec<usize> {
    const FEWEST: usize = 5;
    if bounded(s, keep) {
        return Vec::new();
    }
    (FEWEST..keep.len().saturating_sub(1))
        .filter(|&at| plain(s, &keep[at + 1..]))
        .filter(|&at| closed(s, &keep[..at]) || eased(s, keep, at))
        .filter(|&at| {
            circumstance(s, keep, at)
                || meanwhile(s, keep, at)
                || made(s, keep, at)
                || of_known(s, keep, at)
                || and_more(s, keep, at)
                || eased(s, keep, at)
        })
        .collect()
}

/// Whether a claim holds only so far, or waits for its main clause.
fn bounded(s: &Sentence, keep: &[usize]) -> bool {
    const BOUNDS: words::Words = "all any every each most no only first last same other another \
        such enough too so more less fewer than best worst least both between either neither few \
        little case cases event in-between that's rarely seldom hardly barely until without except unlike";
    let Some(&first) = keep.first() else {
        return true;
    };
    matches!(s.tag(first), Tag::Sub | Tag::Prep | Tag::To | Tag::Rel)
        || keep.iter().filter(|&&k| s.low(k) == "as").count() > 1
        || keep.iter().any(|&k| {
            let low = s.low(k);
            let most = low.ends_with("est") && s.tag(k) == Tag::Adj;
            negative(s, k) || condition(s, k) || most || among(BOUNDS, low)
        })
}

/// Whether a clause can end here: with its verb, and an object that is told in
/// more than a vague word.
fn closed(s: &Sentence, front: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (front.first(), front.last()) else {
        return false;
    };
    let Some(verb) = main_verb(s, first, last + 1) else {
        return false;
    };
    let behind: Vec<usize> = front.iter().copied().filter(|&k| k > verb).collect();
    let phrase = phrase(s, front);
    let vague = among(words::VAGUE_NOUNS, s.low(last)) && phrase.len() < 2;
    let forms = |at: usize| {
        let forms = s.forms(at);
        forms.base.or(forms.third).or(forms.past).or(forms.gerund)
    };
    let bound = front.iter().any(|&at| {
        matches!(s.tag(at), Tag::Verb | Tag::Gerund | Tag::Participle)
            && forms(at).is_some_and(|base| {
                among(words::PLACING, base)
                    || among(PAIRING, base)
                    || among("spend mean make", base)
            })
    });
    s.tag(last) == Tag::Noun
        && behind.iter().any(|&k| s.tag(k) == Tag::Noun)
        && !vague
        && !bound
        && !among(words::OPEN_NOUNS, s.low(last))
        && !among(LEANING, s.low(last))
}

/// Verbs that want two things.
const PAIRING: words::Words = "provide supply equip replace combine compare associate align fill \
    connect link integrate compete communicate interact conflict agree disagree coincide start \
    begin end deal work cope struggle experiment help go come live map add attach apply assign \
    distinguish derive differ fall consist result depend contribute belong refer lead relate";

/// Nouns that are of something, with something or for something.
const LEANING: words::Words = "relationship relation connection contact experience problem issue \
    concern impact effect influence emphasis understanding knowledge view sense awareness value \
    importance quality purpose goal aim benefit advantage cost risk impression picture version \
    copy name state status order position state term terms line top bottom middle beginning \
    front head heart core source cause author owner member user center centre foundation bit \
    pair couple dozen hundreds thousands plenty majority minority half third quarter percentage \
    share proportion collection mixture mix variety host wealth sample subset piece sum total \
    look care advantage account part interaction agreement familiarity solution answer response \
    reaction approach resistance commitment contribution introduction relevance dependence";

/// The places in `front` of the noun phrase at its end.
fn phrase<'a>(s: &Sentence, front: &'a [usize]) -> Vec<&'a usize> {
    front
        .iter()
        .rev()
        .take_while(|&&k| {
            matches!(
                s.tag(k),
                Tag::Noun | Tag::Adj | Tag::Participle | Tag::Gerund
            )
        })
        .collect()
}

/// Whether words count and name nothing, and hold no clause that would be torn.
fn plain(s: &Sentence, rest: &[usize]) -> bool {
    rest.iter().all(|&k| {
        s.tag(k) != Tag::Number && !s.tokens[k].capital && !matches!(s.low(k), "but" | ";" | ":")
    })
}

/// ", with others", "into a table": whatever it is, it is done.
fn circumstance(s: &Sentence, keep: &[usize], at: usize) -> bool {
    const PLACES: words::Words = "with into onto upon alongside at in for from through throughout \
        across during within via by after before among over under around inside outside toward \
        towards";
    let next = keep.get(at + 1).map_or(Tag::Punct, |&k| s.tag(k));
    let thing = matches!(
        next,
        Tag::Det | Tag::Poss | Tag::Adj | Tag::Noun | Tag::Gerund | Tag::Participle
    );
    // "the members in your team" are those in it.
    let phrase = phrase(s, &keep[..at]).len();
    let opener = at.checked_sub(phrase + 1).map_or("", |n| s.low(keep[n]));
    let known = among("the that those these this", opener) && phrase < 2;
    s.tag(keep[at]) == Tag::Prep && among(PLACES, s.low(keep[at])) && thing && !known
}

/// "as it grows", "while they watch": what goes on at the same time.
fn meanwhile(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let (from, Some(&next)) = (keep[at], keep.get(at + 1)) else {
        return false;
    };
    let subject = matches!(
        s.tag(next),
        Tag::Pron | Tag::Det | Tag::Poss | Tag::Noun | Tag::Adj
    );
    let clause = keep
        .last()
        .is_some_and(|&last| main_verb(s, next, last + 1).is_some_and(|verb| verb > next));
    matches!(s.low(from), "as" | "while" | "whilst") && subject && clause
}

/// "concepts taught in class", "machines running side by side": some of them.
fn made(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let phrase = phrase(s, &keep[..at]);
    let several = phrase.first().is_some_and(|&&k| s.low(k).ends_with('s'));
    let opener = at
        .checked_sub(phrase.len() + 1)
        .map_or(Tag::Punct, |n| s.tag(keep[n]));
    let next = keep.get(at + 1).map_or(Tag::Punct, |&k| s.tag(k));
    let begins = match s.tag(keep[at]) {
        Tag::Participle => next == Tag::Prep,
        Tag::Gerund => matches!(next, Tag::Det | Tag::Poss | Tag::Adj | Tag::Noun),
        _ => false,
    };
    begins && several && phrase.len() >= 2 && !matches!(opener, Tag::Det | Tag::Poss)
}

/// "surface features of the domain": of that which is spoken of anyway.
fn of_known(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let phrase = phrase(s, &keep[..at]);
    let several = phrase.first().is_some_and(|&&k| s.low(k).ends_with('s'));
    let opener = at
        .checked_sub(phrase.len() + 1)
        .map_or("", |n| s.low(keep[n]));
    let next = keep.get(at + 1).map_or("", |&k| s.low(k));
    s.low(keep[at]) == "of"
        && among("the a an your our their its", next)
        && several
        && phrase.len() >= 2
        && opener != "the"
}

/// "a shared language and clear rules": the first of two things is claimed too.
fn and_more(s: &Sentence, keep: &[usize], at: usize) -> bool {
    const PAIRS: words::Words = "both between either together difference differences \
        relationship balance gap mix mixture blend link combination combine combines combining \
        compare compares connect connects match matches merge merges separate separates choose";
    let (front, rest) = (&keep[..at], &keep[at + 1..]);
    let things = rest.len() >= 2
        && rest.iter().all(|&k| {
            matches!(
                s.tag(k),
                Tag::Noun | Tag::Adj | Tag::Det | Tag::Poss | Tag::Prep | Tag::Gerund
            )
        })
        && rest.last().is_some_and(|&k| s.tag(k) == Tag::Noun);
    // "user and market research": one word may belong to both.
    let apart = phrase(s, front).len() >= 2
        || rest
            .first()
            .is_some_and(|&k| matches!(s.tag(k), Tag::Det | Tag::Poss));
    let listed = front
        .iter()
        .any(|&k| matches!(s.low(k), "," | "and" | "or"));
    let paired = front.iter().any(|&k| among(PAIRS, s.low(k)));
    s.low(keep[at]) == "and" && things && apart && !listed && !paired
}

/// "makes life easier for all who read it": it does so for them, and they may be
/// anybody.
fn eased(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let makes = |n: usize| matches!(s.low(keep[n]), "make" | "makes");
    let easier = matches!(
        s.low(keep[at - 1]),
        "easier" | "simpler" | "faster" | "safer" | "better" | "easy" | "simple" | "possible"
    );
    let thing = at > 2 && s.tag(keep[at - 2]) == Tag::Noun && (at.saturating_sub(5)..at).any(makes);
    s.low(keep[at]) == "for" && easier && thing
}
