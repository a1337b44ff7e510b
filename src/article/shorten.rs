//! What may be left out at the end of a statement that is too long for a slide.

use super::parts;
use super::statement::{Shape, Statement, condition, main_verb, negative};
use super::token::{Sentence, Tag};
use super::trim;
use super::words::{self, among};

/// What is left of a statement, and what it lost in that.
pub struct Shorter {
    pub keep: Vec<usize>,
    /// Whether it says less exactly what the sentence says.
    pub is_bare: bool,
}

/// What can be left of a statement without becoming untrue, longest first:
/// without an aside in its middle, one of the two things it says, and each of
/// them without its end.
pub fn shorter<'s>(
    s: &'s Sentence,
    statement: &'s Statement,
) -> impl Iterator<Item = Shorter> + 's {
    // Of several clauses, each has been tried by itself.
    let all = match statement.shape {
        Shape::Whole => Vec::new(),
        _ => left(s, statement),
    };
    let is_short = |keep: &&Vec<usize>| keep.len() < statement.keep.len();
    let less = all.iter().filter(is_short).cloned().collect();
    // Found only where nothing else is short enough.
    let bare = move || {
        let whole = (!all.is_empty()).then_some(&statement.keep);
        let ends = all.iter().chain(whole).flat_map(|keep| {
            let ends = trim::ends(s, keep).into_iter();
            ends.map(|end| keep[..end].to_vec())
        });
        sorted(ends.collect(), true)
    };
    sorted(less, false).chain(std::iter::once_with(bare).flatten())
}

/// The same without an order, and some that are as long as it.
fn left(s: &Sentence, statement: &Statement) -> Vec<Vec<usize>> {
    let mut res: Vec<Vec<usize>> = Vec::new();
    let mut begun = vec![statement.keep.clone()];
    begun.extend(parts::without_aside(s, &statement.keep));
    begun.extend(plainer(s, &statement.keep));
    for keep in begun.clone() {
        begun.extend(parts::each_of_two(s, &keep));
    }
    for keep in begun {
        let cuts = cuts(s, statement.shape, &keep);
        res.extend(cuts.into_iter().map(|end| keep[..end].to_vec()));
        res.push(keep);
    }
    res
}

fn sorted(mut all: Vec<Vec<usize>>, is_bare: bool) -> impl Iterator<Item = Shorter> {
    all.sort_by_key(|keep| std::cmp::Reverse(keep.len()));
    all.dedup();
    all.into_iter().map(move |keep| Shorter { keep, is_bare })
}

/// Without the words that only stress: "very", "really".
fn plainer(s: &Sentence, keep: &[usize]) -> Option<Vec<usize>> {
    const STRESS: words::Words = "very really quite actually basically simply particularly \
        extremely incredibly highly truly certainly essentially";
    let stresses = |n: usize| {
        let next = keep.get(n + 1).map_or(Tag::Punct, |&k| s.tag(k));
        among(STRESS, s.low(keep[n]))
            && s.tag(keep[n]) == Tag::Adv
            && matches!(next, Tag::Adj | Tag::Adv | Tag::Verb | Tag::Participle)
    };
    let guarded = keep.iter().any(|&k| negative(s, k) || condition(s, k));
    let plain: Vec<usize> = (0..keep.len())
        .filter(|&n| !stresses(n))
        .map(|n| keep[n])
        .collect();
    (!guarded && plain.len() < keep.len()).then_some(plain)
}

/// Lengths to which a statement can be cut without becoming untrue, longest
/// first: before a reason, a result, a means, an example.
fn cuts(s: &Sentence, shape: Shape, keep: &[usize]) -> Vec<usize> {
    let mut res = Vec::new();
    for at in (4..keep.len()).rev() {
        let waiting = matches!(s.tag(keep[0]), Tag::Sub | Tag::Prep | Tag::To)
            && !keep[..at].iter().any(|&k| s.low(k) == ",");
        if waiting {
            continue;
        }
        let denied = || {
            keep[at..]
                .iter()
                .any(|&k| negative(s, k) || condition(s, k))
        };
        // What is left must still say something of its subject.
        let claims = || {
            matches!(shape, Shape::Action | Shape::Phrase)
                || main_verb(s, keep[0], keep[at - 1] + 1).is_some()
        };
        let loose = || adjunct(s, keep, at) || beside(s, keep, at) || parts::repeats(s, keep, at);
        let may_go = clause_behind(s, keep, at)
            || parts::caused(s, keep, at)
            || parts::conjoined(s, keep, at)
            || parts::done_too(s, keep, at)
            || parts::classed(s, keep, at)
            || parts::renamed_at_end(s, keep, at)
            || adds(s, keep, at)
            || granted(s, keep, at)
            || (defining(s, keep, at) && !denied())
            || parts::contrasts(s, keep, at)
            || (loose() && !denied());
        if may_go && claims() {
            res.push(if s.low(keep[at - 1]) == "," {
                at - 1
            } else {
                at
            });
        }
    }
    res.dedup();
    res
}

/// Whether a whole clause that only adds begins at `at` and lasts to the end:
/// its numbers and negations are about something else.
fn clause_behind(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let low = s.low(keep[at]);
    let comma = s.low(keep[at - 1]) == ",";
    let begins = match low {
        "because" => true,
        "although" | "though" | "since" => comma,
        "as" => {
            comma
                && keep
                    .get(at + 1)
                    .is_some_and(|&next| matches!(s.tag(next), Tag::Det | Tag::Pron | Tag::Poss))
        }
        "before" => comma,
        "so" => comma || keep.get(at + 1).is_some_and(|&next| s.low(next) == "that"),
        "which" | "who" | "whose" | "where" => {
            let defines = keep.get(at + 1).is_some_and(|&next| s.tag(next) == Tag::Be)
                && keep
                    .get(at + 2)
                    .is_some_and(|&next| matches!(s.tag(next), Tag::Det | Tag::Noun));
            comma && !defines && !keep[at..].iter().any(|&k| s.low(k) == ",")
        }
        _ => false,
    };
    let verb = || {
        keep.get(at + 1).is_some_and(|&from| {
            keep.last()
                .is_some_and(|&last| main_verb(s, from, last + 1).is_some())
        })
    };
    // "only because", "not because": the clause is what is said.
    let stressed = keep[..at]
        .iter()
        .any(|&k| negative(s, k) || s.low(k) == "only")
        && !comma;
    let scoped = matches!(
        s.low(keep[at - 1]),
        "just" | "simply" | "precisely" | "is" | "are" | "was"
    );
    begins && !stressed && !scoped && verb()
}

/// Whether a clause begins at `at` that tells which of some things are meant:
/// "scripts that automate the work". What is done with some of them is done
/// with scripts, as long as the verb says that it is done, and names them by
/// more than one word. "A law that" says nothing without, nor "the scripts that".
fn defining(s: &Sentence, keep: &[usize], at: usize) -> bool {
    const SOME: words::Words = "some several many various";
    let starts = matches!(s.low(keep[at]), "that" | "which" | "who")
        && matches!(s.tag(keep[at]), Tag::Sub | Tag::Rel)
        && s.low(keep[at - 1]) != ","
        && keep.get(at + 1).is_some_and(|&next| {
            matches!(
                s.tag(next),
                Tag::Verb | Tag::Be | Tag::Have | Tag::Modal | Tag::Adv | Tag::Noun
            )
        });
    if !starts || at < 6 || !matches!(s.tag(keep[at - 1]), Tag::Noun) {
        return false;
    }
    let begins = keep[..at]
        .iter()
        .rposition(|&k| {
            !matches!(
                s.tag(k),
                Tag::Noun | Tag::Adj | Tag::Participle | Tag::Gerund
            )
        })
        .unwrap_or(0);
    let (opener, head) = (keep[begins], keep[at - 1]);
    // "of identifying people who lie": a doing, not a quality.
    let doing = s.tag(keep[begins + 1]) == Tag::Gerund
        && matches!(s.tag(keep[begins]), Tag::Prep | Tag::Sub | Tag::Verb);
    let described = at - begins > 2 && !doing;
    let some = among(SOME, s.low(opener))
        || (s.low(head).ends_with('s')
            && matches!(s.tag(opener), Tag::Verb | Tag::Prep | Tag::Conj | Tag::To));
    // "is a tool that" says what something is by its clause.
    let named = main_verb(s, keep[0], opener + 1).is_some_and(|verb| {
        s.tag(verb) == Tag::Be && !matches!(s.tag(verb + 1), Tag::Participle | Tag::Gerund)
    });
    let acts = main_verb(s, keep[0], opener + 1).is_some();
    // "Choose tasks that fit": which ones is what is said.
    let picks = |k: usize| {
        let forms = s.forms(k);
        forms
            .base
            .or(forms.gerund)
            .or(forms.third)
            .is_some_and(|base| {
                among(
                    "choose select pick prefer favor favour seek want need",
                    base,
                )
            })
    };
    let guarded = keep[..at].iter().any(|&k| {
        negative(s, k)
            || condition(s, k)
            || picks(k)
            || matches!(s.low(k), "all" | "any" | "every" | "each")
    });
    described && some && acts && !named && !guarded && !among(words::VAGUE_NOUNS, s.low(head))
}

/// Whether a phrase that only adds begins at `at`: a means, a purpose, examples.
fn adjunct(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let place = keep[at];
    let next = keep.get(at + 1).copied();
    let follows = |tag: Tag| next.is_some_and(|next| s.tag(next) == tag);
    let adding = |low: &str| {
        matches!(
            low,
            "including" | "such" | "especially" | "particularly" | "with"
        )
    };
    let described = at > 1
        && s.tag(keep[at - 1]) == Tag::Noun
        && matches!(s.tag(keep[at - 2]), Tag::Adj | Tag::Noun | Tag::Gerund);
    let vague = !described
        && (among(words::OPEN_NOUNS, s.low(keep[at - 1]))
            || among(words::VAGUE_NOUNS, s.low(keep[at - 1])));
    if vague && matches!(s.low(place), "such" | ",") {
        return false;
    }
    match s.low(place) {
        "in" => next.is_some_and(|next| s.low(next) == "order"),
        "by" => follows(Tag::Gerund) && s.tag(keep[at - 1]) != Tag::Participle,
        "to" => purpose(s, &keep[..at], place),
        "before" => follows(Tag::Gerund),
        "using" => {
            s.tag(keep[at - 1]) == Tag::Noun
                && follows(Tag::Det) | follows(Tag::Adj) | follows(Tag::Noun)
        }
        "as" => next.is_some_and(|next| s.low(next) == "well"),
        "such" => next.is_some_and(|next| s.low(next) == "as") && s.tag(keep[at - 1]) == Tag::Noun,
        "like" => {
            let plural = s.low(keep[at - 1]).ends_with('s') && s.tag(keep[at - 1]) == Tag::Noun;
            plural && (follows(Tag::Gerund) || follows(Tag::Det) || follows(Tag::Noun))
        }
        "," => next.is_some_and(|next| adding(s.low(next))),
        _ => false,
    }
}

/// ", even if it is small": what does not matter holds nothing back.
fn granted(s: &Sentence, keep: &[usize], at: usize) -> bool {
    let low = |n: usize| keep.get(at + n).map_or("", |&k| s.low(k));
    low(0) == ","
        && low(1) == "even"
        && matches!(low(2), "if" | "when" | "though" | "for")
        && keep[at + 1..].iter().all(|&k| s.low(k) != ",")
}

/// ", especially for those who are not used to it": a case in which all the more
/// is so, whatever it denies; ", through open talks": a means.
fn adds(s: &Sentence, keep: &[usize], at: usize) -> bool {
    if s.low(keep[at]) != "," {
        return false;
    }
    let low = |n: usize| keep.get(at + n).map_or("", |&k| s.low(k));
    let next = keep.get(at + 2).map_or(Tag::Punct, |&k| s.tag(k));
    let comma = low(0) == ",";
    let most = low(1) == "most" && matches!(low(2), "commonly" | "notably" | "often");
    let case = comma
        && (most
            || among(
                "especially particularly including mainly mostly primarily",
                low(1),
            ));
    let means = comma
        && matches!(low(1), "through" | "by" | "using")
        && matches!(next, Tag::Gerund | Tag::Adj | Tag::Noun | Tag::Det)
        && keep[at + 1..]
            .iter()
            .all(|&k| !negative(s, k) && s.low(k) != ",");
    let denied = keep[..at].iter().any(|&k| negative(s, k));
    let plain = keep[at..]
        .iter()
        .all(|&k| s.tag(k) != Tag::Number && !s.tokens[k].capital);
    (case || means) && !denied && plain
}

/// Where, how and for whom something is done may go when the verb has its
/// object, if it counts and names nothing, and the object is not the one that
/// is only there, only for them.
fn beside(s: &Sentence, keep: &[usize], at: usize) -> bool {
    const PLACES: words::Words = "in at for from through throughout across during within via by \
        after before among over under around alongside inside outside toward towards";
    const PICKING: words::Words = "the any all every each most no those that this these only same";
    let (place, before) = (keep[at], keep[at - 1]);
    // "When we read the data through ..." has not come to its claim yet.
    let waiting = matches!(s.tag(keep[0]), Tag::Sub | Tag::Prep | Tag::To | Tag::Rel);
    if s.tag(place) != Tag::Prep || !among(PLACES, s.low(place)) || at < 5 || waiting {
        return false;
    }
    let verb = keep[..at - 1].iter().position(|&k| {
        (matches!(s.tag(k), Tag::Verb | Tag::Have) && s.tag(k.wrapping_sub(1)) != Tag::Be)
            || (s.tag(k) == Tag::Participle && s.tag(k.wrapping_sub(1)) == Tag::Be)
    });
    let owns = verb.is_some_and(|verb| {
        keep[verb + 1..at].iter().any(|&k| s.tag(k) == Tag::Noun)
            && (verb + 1..at).all(|n| {
                // "believes that all can learn", "rate it as good"
                let complement = s.low(keep[n]) == "that" && s.tag(keep[n - 1]) == Tag::Verb;
                !matches!(s.tag(keep[n]), Tag::Sub | Tag::Rel)
                    || complement
                    || s.low(keep[n]) == "as"
            })
    });
    let bound = verb.is_some_and(|verb| {
        let forms = s.forms(keep[verb]);
        forms
            .base
            .or(forms.third)
            .or(forms.past)
            .is_some_and(|base| among(words::PLACING, base))
    });
    let phrase = keep[..at]
        .iter()
        .rev()
        .take_while(|&&k| matches!(s.tag(k), Tag::Noun | Tag::Adj | Tag::Det | Tag::Number));
    let phrase: Vec<usize> = phrase.copied().collect();
    // "the people in your team" are those in it; "the sample report" is known.
    let described = phrase.len() > 2;
    let picked = phrase
        .iter()
        .any(|&k| among(PICKING, s.low(k)) && !(described && s.low(k) == "the"));
    let plain = keep[at..].iter().all(|&k| {
        let counts = s.tag(k) == Tag::Number || s.tokens[k].capital;
        !counts && !matches!(s.tag(k), Tag::Sub | Tag::Rel)
    });
    owns && plain
        && !bound
        && !picked
        && s.tag(before) == Tag::Noun
        && !among(words::OPEN_NOUNS, s.low(before))
}

/// "build a solid foundation to market products": what it is for may go, but
/// not what an opportunity or an ability is for, nor what someone is asked.
fn purpose(s: &Sentence, before: &[usize], place: usize) -> bool {
    let Some(&head) = before.last() else {
        return false;
    };
    // "ask people to stay", "the first to know", "enough to eat"
    let governed = before.iter().any(|&at| {
        let forms = s.forms(at);
        forms
            .base
            .or(forms.third)
            .or(forms.past)
            .or(forms.gerund)
            .is_some_and(|base| among(words::GOVERNING, base))
            || matches!(
                s.low(at),
                "too"
                    | "enough"
                    | "first"
                    | "last"
                    | "only"
                    | "how"
                    | "it"
                    | "opportunity"
                    | "opportunities"
                    | "chance"
                    | "ability"
                    | "power"
            )
    });
    // "time for people to speak": the phrase behind "for" is who speaks.
    let speaker = before
        .iter()
        .rev()
        .take(4)
        .any(|&at| matches!(s.low(at), "for" | "on" | "upon"));
    let acting = before
        .iter()
        .any(|&at| s.tag(at) == Tag::Verb && !among(words::OPEN_WORDS, s.low(at)));
    acting
        && !governed
        && !speaker
        && s.tag(place) == Tag::To
        && matches!(s.tag(head), Tag::Noun)
        && !among(words::OPEN_NOUNS, s.low(head))
        && before.len() >= 5
}
