//! What each word does in its sentence. The tagger looks at a word's own form
//! first and at its neighbours second; it is right often enough for rules that
//! drop nothing they do not understand.

use super::token::{Tag, Token};
use super::verbs::{self, Forms};
use super::words::{self, among};

/// Gives every word its tag, closed classes first.
pub fn tag(tokens: &mut [Token]) {
    let all: Vec<Forms> = tokens.iter().map(|token| token.forms).collect();
    for at in 0..tokens.len() {
        tokens[at].tag = closed(tokens, at, &all);
    }
    for at in 0..tokens.len() {
        if tokens[at].tag == Tag::Open {
            tokens[at].tag = open(tokens, at, &all);
        }
    }
}

/// The tag of a word of a closed class, whatever stands around it.
fn closed(tokens: &[Token], at: usize, all: &[Forms]) -> Tag {
    let word = tokens[at].low.as_str();
    let previous = if at > 0 {
        tokens[at - 1].low.as_str()
    } else {
        ""
    };
    if !word.contains(char::is_alphanumeric) && word != "&" {
        return Tag::Punct;
    }
    if number(word) {
        return Tag::Number;
    }
    match word {
        "to" => {
            let next = all.get(at + 1).copied().unwrap_or_default();
            let adverb = tokens
                .get(at + 1)
                .is_some_and(|next| next.low.ends_with("ly"));
            let infinitive = tokens.get(at + 1).is_some_and(|next| {
                next.low == "be" || next.low == "not" || next.low == "have" || next.low == "do"
            });
            let verb = next.base.is_some() || infinitive || adverb || {
                tokens
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.low.as_str(), "better" | "further"))
            };
            return if verb { Tag::To } else { Tag::Prep };
        }
        "being" | "having" | "doing" => return Tag::Gerund,
        "been" | "done" => return Tag::Participle,
        "'s" | "'re" | "'m" => return Tag::Be,
        "that" => {
            // "that team" against "the team that" and "says that".
            let after_noun = at > 0 && !among(words::PREPOSITIONS, previous);
            return if after_noun && !matches!(previous, "," | "and" | "all") {
                Tag::Sub
            } else {
                Tag::Det
            };
        }
        "so" if previous != "," => return Tag::Adv,
        "like" if previous == "to" => return Tag::Verb,
        "own" if among(words::POSSESSIVES, previous) => return Tag::Adj,
        _ => {}
    }
    // Most words are of no closed class; one look says so.
    let closed_class = words::listed(words::EMPTY, word).is_some();
    for (list, tag) in [
        (words::MODALS, Tag::Modal),
        (words::BE, Tag::Be),
        (words::HAVE, Tag::Have),
        (words::DO, Tag::Do),
        (words::POSSESSIVES, Tag::Poss),
        (words::CONJUNCTIONS, Tag::Conj),
        (words::PREPOSITIONS, Tag::Prep),
        (words::PRONOUNS, Tag::Pron),
        (words::RELATIVES, Tag::Rel),
        (words::SUBORDINATORS, Tag::Sub),
        (words::DETERMINERS, Tag::Det),
    ] {
        if closed_class && among(list, word) {
            return tag;
        }
    }
    let after_article = matches!(
        previous,
        "a" | "an" | "the" | "its" | "their" | "our" | "your"
    );
    if after_article && words::listed(words::ADJECTIVES, word).is_some() {
        return Tag::Adj;
    }
    let adverb = word.ends_with("ly") && word.len() > 4 && !among(words::NOT_ADVERBS, word);
    if adverb || among(words::ADVERBS, word) {
        return Tag::Adv;
    }
    let verb_slot = previous == "to" || among(words::MODALS, previous);
    if words::listed(words::ADJECTIVES, word).is_some() && !(verb_slot && all[at].base.is_some()) {
        return Tag::Adj;
    }
    Tag::Open
}

fn number(word: &str) -> bool {
    const NAMES: words::Words = "two three four five six seven eight nine ten eleven twelve twenty \
        thirty fifty hundred thousand million billion";
    let digits = word.trim_start_matches(['$', '€', '£', '#', '~']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().filter(|c| c.is_alphabetic()).count() <= 2
        || among(NAMES, word)
}

/// What stands around an undecided word, adverbs skipped on the left.
struct Around<'t> {
    before: Option<&'t Token>,
    next: Option<&'t Token>,
    next_forms: Forms,
}

impl Around<'_> {
    fn before_is(&self, tags: &[Tag]) -> bool {
        self.before.is_some_and(|token| tags.contains(&token.tag))
    }

    fn plural_before(&self) -> bool {
        self.before.is_some_and(|token| {
            token.tag == Tag::Noun && token.low.ends_with('s') && !token.low.ends_with("ss")
        })
    }

    /// Whether the next word can begin an object.
    fn object_follows(&self) -> bool {
        self.next.is_some_and(|token| match token.tag {
            Tag::Det | Tag::Poss | Tag::Pron | Tag::Number | Tag::Adj => true,
            Tag::Open => token.capital || nominal(&token.low, false) == Tag::Adj,
            _ => false,
        })
    }

    fn follows(&self, tags: &[Tag]) -> bool {
        self.next.is_some_and(|token| tags.contains(&token.tag))
    }

    fn at_end(&self) -> bool {
        self.next.is_none_or(|token| token.tag == Tag::Punct)
    }
}

fn open(tokens: &[Token], at: usize, all: &[Forms]) -> Tag {
    let before = tokens[..at]
        .iter()
        .rev()
        .find(|token| token.tag != Tag::Adv && !matches!(token.low.as_str(), "\"" | "”" | ")"));
    let around = Around {
        before,
        next: tokens.get(at + 1),
        next_forms: all.get(at + 1).copied().unwrap_or_default(),
    };
    let word = tokens[at].low.as_str();
    let forms = all[at];
    let name = tokens[at].capital && at > 0 && tokens[at - 1].tag != Tag::Punct;
    if name && !around.before_is(&[Tag::Pron]) {
        return nominal(word, false);
    }
    if forms.gerund.is_some() || (word.ends_with("ing") && word.len() > 5) {
        let noun = around.before_is(&[Tag::Det, Tag::Poss, Tag::Adj]) && !around.object_follows();
        return if noun { Tag::Noun } else { Tag::Gerund };
    }
    if around.before_is(&[Tag::Modal, Tag::Do, Tag::To]) && forms.base.is_some() {
        return Tag::Verb;
    }
    let genitive =
        before.is_some_and(|token| token.low.ends_with("'s") || token.low.ends_with("s'"));
    if genitive || around.before_is(&[Tag::Det, Tag::Poss, Tag::Adj, Tag::Number, Tag::Prep]) {
        let verb_after_number = around.before_is(&[Tag::Number]) && around.object_follows();
        let past = forms.past.or(forms.participle).is_some();
        let after_that = before
            .is_some_and(|token| matches!(token.low.as_str(), "that" | "this" | "all"))
            && forms.third.is_some();
        if after_that && (around.object_follows() || around.follows(&[Tag::Adv])) {
            return Tag::Verb;
        }
        if !(verb_after_number && forms.base.is_some()) {
            return nominal(word, past);
        }
    }
    verbal(tokens, at, all, &around)
}

fn verbal(tokens: &[Token], at: usize, all: &[Forms], around: &Around) -> Tag {
    let word = tokens[at].low.as_str();
    let forms = all[at];
    if (forms.past.is_some() || forms.participle.is_some()) && forms.base.is_none() {
        return past(tokens, at, all, around);
    }
    if let Some(base) = forms.third {
        let subject = around.before_is(&[
            Tag::Noun,
            Tag::Pron,
            Tag::Number,
            Tag::Gerund,
            Tag::Rel,
            Tag::Sub,
        ]);
        if !subject {
            let clear = !verbs::noun_first(base) && !around.at_end();
            let apart = around.before_is(&[Tag::Conj, Tag::Punct]);
            let coordinated = apart
                && (around.object_follows()
                    || around.follows(&[Tag::Adv])
                    || clear && around.follows(&[Tag::Prep, Tag::To, Tag::Open, Tag::Noun]))
                && tokens[..at].iter().any(|token| token.tag == Tag::Verb);
            // "Working in pairs, or alone, encourages": the subject is complete.
            let late = clear && around.before_is(&[Tag::Punct]) && wants_verb(tokens, at, all);
            return if coordinated || late {
                Tag::Verb
            } else {
                nominal(word, false)
            };
        }
        let pronoun = around.before_is(&[Tag::Pron, Tag::Rel, Tag::Sub]);
        // Nobody speaks of two helps.
        if pronoun || !verbs::noun_first(base) || base == "help" {
            return Tag::Verb;
        }
        // "product features": a noun if a finite verb follows soon, or no object does.
        let later = (at + 1..tokens.len().min(at + 6))
            .take_while(|&later| !begins_aside(tokens, later))
            .any(|later| {
                matches!(
                    tokens[later].tag,
                    Tag::Modal | Tag::Be | Tag::Have | Tag::Do
                ) || all[later]
                    .third
                    .is_some_and(|base| !verbs::noun_first(base))
            });
        let clear = around.object_follows() || around.follows(&[Tag::To, Tag::Sub]);
        if around.at_end() {
            return Tag::Noun;
        }
        let verb = !later && (clear || wants_verb(tokens, at, all));
        return if verb { Tag::Verb } else { Tag::Noun };
    }
    // "control decouples the": an unknown word where a verb is missing.
    let unknown = forms.base.is_none()
        && word.ends_with('s')
        && !word.ends_with("ss")
        && around.before_is(&[Tag::Noun])
        && (around.follows(&[Tag::Det, Tag::Poss])
            || word.ends_with("ates") && around.follows(&[Tag::Open]))
        && !around.plural_before()
        && wants_verb(tokens, at, all);
    if unknown {
        return Tag::Verb;
    }
    match forms.base {
        Some(base) => base_form(tokens, at, base, all, around),
        None => nominal(word, false),
    }
}

/// A word in "-ed" or an irregular past: finite, or a participle?
fn past(tokens: &[Token], at: usize, all: &[Forms], around: &Around) -> Tag {
    if around.before_is(&[Tag::Be, Tag::Have]) {
        return Tag::Participle;
    }
    if !around.before_is(&[Tag::Noun, Tag::Pron, Tag::Number, Tag::Rel, Tag::Sub]) {
        let coordinated = around.before_is(&[Tag::Conj])
            && tokens[..at].iter().any(|token| token.tag == Tag::Verb)
            && (around.object_follows() || around.follows(&[Tag::Prep]));
        let past_before = tokens[..at]
            .iter()
            .zip(all)
            .any(|(token, forms)| token.tag == Tag::Verb && forms.past.is_some());
        return if coordinated && past_before {
            Tag::Verb
        } else {
            Tag::Participle
        };
    }
    // "when performed often": nobody stands between.
    let reduced = at > 0
        && tokens[at - 1].tag == Tag::Sub
        && among(
            "when if once unless until although though than as",
            &tokens[at - 1].low,
        );
    if reduced
        || all[at].past.is_none()
        || matches!(tokens[at].low.as_str(), "based" | "called" | "named")
    {
        return Tag::Participle;
    }
    let tail = around.next.is_some_and(|token| {
        matches!(token.tag, Tag::Prep | Tag::Sub | Tag::Adv | Tag::To)
            && matches!(
                token.low.as_str(),
                "by" | "upon"
                    | "through"
                    | "under"
                    | "within"
                    | "in"
                    | "with"
                    | "to"
                    | "on"
                    | "for"
                    | "from"
                    | "at"
                    | "as"
                    | "into"
            )
    });
    let later = (at + 1..tokens.len().min(at + 16)).any(|later| {
        matches!(
            tokens[later].tag,
            Tag::Modal | Tag::Be | Tag::Have | Tag::Do
        ) || all[later].third.is_some()
    });
    match tail && later && !around.before_is(&[Tag::Pron, Tag::Rel, Tag::Sub]) {
        true => Tag::Participle,
        false => Tag::Verb,
    }
}

/// A base form: an imperative, a plural's verb, an infinitive's partner, or a noun.
fn base_form(tokens: &[Token], at: usize, base: &str, all: &[Forms], around: &Around) -> Tag {
    let word = tokens[at].low.as_str();
    let noun_first = verbs::noun_first(base);
    if around.before_is(&[Tag::Pron, Tag::Rel]) {
        let object = around.before.is_some_and(|token| {
            matches!(
                token.low.as_str(),
                "them" | "us" | "me" | "him" | "there" | "it"
            )
        });
        return if object && noun_first {
            Tag::Noun
        } else {
            Tag::Verb
        };
    }
    let boundary = around.before.is_none()
        || (around.before_is(&[Tag::Punct])
            && around
                .before
                .is_some_and(|token| matches!(token.low.as_str(), ":" | ";" | "—" | "–")));
    if boundary {
        // "Plan the work" and "Review carefully" order; "Plan B" does not.
        let orders = around.object_follows()
            || around.follows(&[Tag::To, Tag::Adv])
            || around.next.is_some_and(|token| token.low == "that")
            || (!noun_first && !around.at_end())
            || (around.next.is_some_and(|token| token.tag == Tag::Open)
                && lacks_verb(tokens, at, all));
        return if orders {
            Tag::Verb
        } else {
            nominal(word, false)
        };
    }
    if around.before_is(&[Tag::Conj, Tag::Punct]) {
        // "consistent and secure practices"
        let pair =
            at > 1 && tokens[at - 2].tag == Tag::Adj && !around.follows(&[Tag::Det, Tag::Poss]);
        if pair {
            return nominal(word, false);
        }
        let verb_before = tokens[..at].iter().any(|token| token.tag == Tag::Verb);
        let orders = around.object_follows()
            || (!noun_first && (verb_before || around.next_forms.any() || !around.at_end()));
        return if verb_before && orders {
            Tag::Verb
        } else {
            nominal(word, false)
        };
    }
    if around.before_is(&[Tag::Sub]) {
        return if noun_first {
            nominal(word, false)
        } else {
            Tag::Verb
        };
    }
    let objectish = around.object_follows()
        || around.follows(&[Tag::To, Tag::Adv, Tag::Sub, Tag::Prep])
        || around.next.is_some_and(|token| token.tag == Tag::Open);
    let that = around.next.is_some_and(|token| token.low == "that");
    if around.plural_before() && that {
        return Tag::Verb;
    }
    // "learners often rate": an adverb stands before a verb.
    let qualified = at > 0 && tokens[at - 1].tag == Tag::Adv;
    if around.plural_before() && objectish && (!noun_first || qualified || around.object_follows())
    {
        return Tag::Verb;
    }
    if around.before_is(&[Tag::Noun]) && (!noun_first || around.plural_before()) {
        let verb = around.object_follows() || (objectish && wants_verb(tokens, at, all));
        return if verb {
            Tag::Verb
        } else {
            nominal(word, false)
        };
    }
    nominal(word, false)
}

/// Whether no finite verb follows but those of nested clauses: "Schedule
/// meetings that are short" orders.
fn lacks_verb(tokens: &[Token], at: usize, all: &[Forms]) -> bool {
    let mut owed = 0;
    for later in at + 1..tokens.len().min(at + 40) {
        let token = &tokens[later];
        let forms = all[later];
        let verb = matches!(token.tag, Tag::Modal | Tag::Be | Tag::Have | Tag::Do)
            || (token.tag == Tag::Open && (forms.third.or(forms.past)).is_some());
        match token.tag {
            Tag::Sub | Tag::Rel => owed += 1,
            _ if verb && owed == 0 => return false,
            _ if verb => owed -= 1,
            _ => {}
        }
    }
    true
}

/// Whether the clause around has no other word that can be its finite verb.
fn wants_verb(tokens: &[Token], at: usize, all: &[Forms]) -> bool {
    let finite = |tag: Tag| matches!(tag, Tag::Verb | Tag::Modal | Tag::Be | Tag::Have | Tag::Do);
    let ends = |token: &Token| matches!(token.low.as_str(), ";" | ":" | "—" | "–");
    let before = tokens[..at]
        .iter()
        .rev()
        .take_while(|token| !ends(token))
        .take(30);
    let nested = tokens[..at]
        .iter()
        .any(|token| matches!(token.tag, Tag::Sub | Tag::Rel | Tag::To));
    let none_before = before.into_iter().all(|token| !finite(token.tag));
    let none_behind = (at + 1..tokens.len().min(at + 30))
        .take_while(|&later| !ends(&tokens[later]) && !begins_aside(tokens, later))
        .all(|later| {
            let forms = all[later];
            let clear = forms.third.is_some_and(|base| !verbs::noun_first(base));
            !(finite(tokens[later].tag) || (tokens[later].tag == Tag::Open && clear))
        });
    !nested && none_before && none_behind
}

/// A comma behind which another clause begins: ", which means".
fn begins_aside(tokens: &[Token], at: usize) -> bool {
    let next = tokens.get(at + 1).map(|next| next.tag);
    tokens[at].low == "," && matches!(next, Some(Tag::Rel | Tag::Sub))
}

fn nominal(word: &str, past: bool) -> Tag {
    const SUFFIXES: &[&str] = &[
        "ous", "ful", "ive", "able", "ible", "al", "ic", "ish", "less", "ary", "ant", "ent", "ian",
        "ese",
    ];
    let unknown_past = word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed");
    if past || unknown_past {
        return Tag::Adj;
    }
    let adjective = word.len() > 5
        && SUFFIXES.iter().any(|suffix| word.ends_with(suffix))
        && !word.ends_with("ment")
        && !among(words::NOT_ADJECTIVES, word);
    if adjective { Tag::Adj } else { Tag::Noun }
}
