//! A statement: some words of a sentence that can stand as a point. With it,
//! the few things about sentences that all the rules ask.

use super::token::{Sentence, Tag};
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
    /// What the hero is called besides: "bakery" of "Lumen Bakery".
    pub kind: String,
}

impl Cast {
    /// Whether the words name the hero: "Acme", "the company".
    pub fn plays(&self, s: &Sentence, range: &[usize]) -> bool {
        if self.hero.is_empty() {
            return false;
        }
        let names: Vec<&str> = range
            .iter()
            .map(|&at| s.low(at))
            .filter(|low| !matches!(*low, "the" | "also"))
            .collect();
        match names.as_slice() {
            [name] => {
                *name == self.hero
                    || (range.len() == 2 && (among(words::ALIASES, name) || *name == self.kind))
            }
            _ => false,
        }
    }
}

/// Adds a statement of words as they are.
pub fn push(res: &mut Vec<Statement>, keep: Vec<usize>, shape: Shape, cost: f64) {
    if !keep.is_empty() {
        res.push(Statement {
            keep,
            mend: None,
            shape,
            cost,
        });
    }
}

/// Whether the word at `at` denies something.
pub fn negative(s: &Sentence, at: usize) -> bool {
    s.tokens.get(at).is_some_and(|token| token.denies)
}

/// Whether the word at `at` makes its clause depend on something.
pub fn condition(s: &Sentence, at: usize) -> bool {
    let low = s.low(at);
    let as_long_as =
        low == "as" && s.low(at + 2) == "as" && matches!(s.low(at + 1), "long" | "soon" | "far");
    as_long_as
        || matches!(
            low,
            "if" | "unless"
                | "until"
                | "when"
                | "whenever"
                | "once"
                | "whether"
                | "only"
                | "provided"
                | "assuming"
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
        let named = at > a
            && (s.tag(at - 1) == Tag::Noun
                || among("something anything everything nothing those", s.low(at - 1)));
        let nested = opener && named;
        if (matches!(tag, Tag::Sub | Tag::Rel) && at > a && owes(s, at, b)) || nested {
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

/// Makes a noun the verb of a sentence that has none: "Some tools, such as this
/// one, keep a record." It must agree with a noun in front, and something must
/// follow that it can act on.
pub fn find_verb(s: &mut Sentence) {
    let n = s.tokens.len();
    if !(5..=60).contains(&n) || s.low(n - 1) != "." || main_verb(s, 0, n).is_some() {
        return;
    }
    let fits = |at: usize, sure: bool| {
        let forms = s.forms(at);
        // "The sum stood on the wall": no "-ed", which may be part of a name.
        let stood = s.tag(at) == Tag::Participle
            && s.tag(at - 1) == Tag::Noun
            && !s.low(at).ends_with("ed")
            && s.tag(at + 1) == Tag::Prep;
        if stood && !sure {
            return true;
        }
        let Some(base) = forms.base.or(forms.third) else {
            return false;
        };
        let plural = |k: usize| {
            let low = s.low(k);
            low == "people" || low.ends_with('s') && !low.ends_with("ss")
        };
        let head = (0..at).find(|&k| {
            s.tag(k) == Tag::Noun && !matches!(s.tag(k + 1), Tag::Noun | Tag::Gerund | Tag::Adj)
        });
        let joined = (0..at).any(|k| s.low(k) == "and") && s.low(at - 1) != ",";
        let agrees = head.is_some_and(|head| match forms.third {
            Some(_) => !plural(head),
            None => plural(head) || joined,
        });
        let behind = matches!(
            s.tag(at - 1),
            Tag::Noun | Tag::Adv | Tag::Adj | Tag::Participle
        ) || s.low(at - 1) == ",";
        let next = s.tag(at + 1);
        let acts = matches!(next, Tag::Det | Tag::Poss | Tag::Pron)
            || next == Tag::Prep && s.tag(at + 2) == Tag::Number
            || !sure
                && matches!(
                    next,
                    Tag::Adj | Tag::Noun | Tag::Prep | Tag::Number | Tag::Adv
                );
        s.tag(at) == Tag::Noun
            && !s.tokens[at].capital
            && agrees
            && behind
            && acts
            && (sure || !super::verbs::noun_first(base))
    };
    let places = || 1..n - 2;
    let found = places()
        .find(|&at| fits(at, true))
        .or_else(|| places().find(|&at| fits(at, false)));
    if let Some(at) = found {
        s.tokens[at].tag = Tag::Verb;
    }
}

/// Whether a verb of its own belongs to the subordinating word at `at`. "Work as
/// a team", "bodies such as the Trust", "when teaching" and "data, even if
/// tidy," have none.
fn owes(s: &Sentence, at: usize, b: usize) -> bool {
    let finite = |at: usize| {
        matches!(
            s.tag(at),
            Tag::Verb | Tag::Be | Tag::Have | Tag::Do | Tag::Modal
        )
    };
    if matches!(s.low(at), "as" | "than") {
        return s.tag(at + 1) == Tag::Pron;
    }
    if matches!(s.tag(at + 1), Tag::Gerund | Tag::Participle) {
        return false;
    }
    match (at + 1..b).find(|&at| s.low(at) == ",") {
        Some(comma) => (at + 1..comma).any(finite),
        None => true,
    }
}

/// Whether a subject can begin at `at`.
pub fn opens_subject(s: &Sentence, at: usize) -> bool {
    match s.tag(at) {
        Tag::Det | Tag::Poss | Tag::Pron | Tag::Noun | Tag::Number | Tag::Adj | Tag::Gerund => true,
        Tag::Participle => matches!(s.tag(at + 1), Tag::Noun | Tag::Adj),
        _ => false,
    }
}
