//! Whether a point can stand alone: whole, closed at its end, and without a word
//! that points out of it.

use super::statement::{Shape, Statement, main_verb};
use super::token::{Sentence, Tag};
use super::words::{self, among};

/// Whether the words `keep`, put together as `text`, need nothing around them.
pub fn stands_alone(s: &Sentence, keep: &[usize], text: &str, statement: &Statement) -> bool {
    let words: Vec<usize> = keep
        .iter()
        .copied()
        .filter(|&at| s.tag(at) != Tag::Punct)
        .collect();
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
        return false;
    };
    let whole = matches!(statement.shape, Shape::Whole | Shape::Clause);
    let minimum = if whole { 3 } else { 2 };
    let pair = s.low(first) == "both" && words.iter().take(6).any(|&at| s.low(at) == "and");
    let bad_start = among(words::BAD_STARTS, s.low(first))
        && !granted(s, keep)
        && !pair
        && !expletive(s, first)
        && !exists(s, first)
        && !counted(s, first);
    if words.len() < minimum || bad_start || open_end(s, last) {
        return false;
    }
    if halved(s, keep) || unmatched(s, keep) {
        return false;
    }
    // "Many will use it" counts people the sentence before spoke of.
    let counting = among("some many most all few several both any more", s.low(first))
        && words.get(1).is_some_and(|&at| {
            matches!(
                s.tag(at),
                Tag::Verb | Tag::Modal | Tag::Be | Tag::Have | Tag::Do
            ) || s.tag(at) == Tag::Adv
        });
    let unfinished = words.windows(2).any(|pair| {
        matches!(
            (s.low(pair[0]), s.low(pair[1])),
            ("not", "just" | "only" | "merely" | "simply")
        )
    }) && !words.iter().any(|&at| matches!(s.low(at), "but"));
    if counting || unfinished {
        return false;
    }
    let pronouns = words
        .iter()
        .enumerate()
        .any(|(n, &at)| dangling(s, &words, n, at));
    let odd = text.contains(['{', '}', '<', '>', '|', '=', '\\', '`', '•', '@'])
        || text.contains("://")
        || text.contains("$ ")
        || text.contains("##")
        || text.contains(" * ")
        || text.ends_with([';', ':'])
        || text.contains("www.");
    if pronouns || odd || run_together(s, &words) || !balanced(text) || pointing(text) {
        return false;
    }
    super::weigh::content(text).len() >= 2
}

/// "If you look for a tool": a clause that waits for its main clause.
fn halved(s: &Sentence, keep: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (keep.first(), keep.last()) else {
        return false;
    };
    let begins = s.tag(first) == Tag::Sub && among("if when unless once whenever", s.low(first));
    let main = || {
        let comma = keep.iter().copied().find(|&at| s.low(at) == ",");
        comma.is_some_and(|comma| main_verb(s, comma + 1, last + 1).is_some())
    };
    begins && !main()
}

/// "The longer it was in use" waits for ", the more it can do".
fn unmatched(s: &Sentence, keep: &[usize]) -> bool {
    let more = |at: usize| {
        let low = s.low(at);
        s.low(at.wrapping_sub(1)) == "the"
            && (matches!(low, "more" | "less" | "better" | "worse")
                || low.ends_with("er") && matches!(s.tag(at), Tag::Adj | Tag::Adv))
    };
    let Some(&first) = keep.first() else {
        return false;
    };
    let all = || (1..s.tokens.len()).filter(|&at| more(at));
    more(first + 1)
        && all().count() >= 2
        && all().filter(|at| keep.contains(at)).count() < all().count()
}

/// "As a team grows, more people decide": a clause in front of its main clause.
fn granted(s: &Sentence, keep: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (keep.first(), keep.last()) else {
        return false;
    };
    let begins = s.tag(first) == Tag::Sub
        && among("as while although though because since until", s.low(first));
    let comma = keep.iter().copied().find(|&at| s.low(at) == ",");
    begins
        && comma.is_some_and(|comma| {
            main_verb(s, first + 1, comma).is_some()
                && main_verb(s, comma + 1, last + 1).is_some_and(|verb| verb > comma + 1)
                && !among("it this these they he she that those", s.low(first + 1))
        })
}

/// A word in the middle that points out of the point: "this" and what it
/// means stood in another sentence, or the part of this one that was dropped.
fn dangling(s: &Sentence, words: &[usize], n: usize, at: usize) -> bool {
    let low = s.low(at);
    match low {
        "he" | "she" | "him" | "her" | "his" => {
            // Someone named before, in the same point.
            !words[..n].iter().any(|&k| s.tokens[k].capital && k > 0)
        }
        "this" | "these" | "those" => {
            let open = low == "those"
                && matches!(
                    s.low(at + 1),
                    "who" | "that" | "of" | "in" | "involved" | "affected" | "concerned"
                );
            // Behind its verb, the section's title and first points may say what.
            let object = low != "this"
                && s.tag(at + 1) == Tag::Noun
                && words[..n]
                    .iter()
                    .any(|&k| matches!(s.tag(k), Tag::Verb | Tag::Modal | Tag::Be | Tag::Have));
            !open && !object && !repeated(s, &words[..n], at + 1)
        }
        "it" | "them" | "they" => {
            let is = s.tag(at + 1) == Tag::Be && n > 0;
            !is && !expletive(s, at) && !named_before(s, words, n)
        }
        "that" if s.tag(at) == Tag::Det => !matches!(s.tag(at + 1), Tag::Punct),
        // "has to track that result": no clause begins here.
        "that" if s.tag(at) == Tag::Sub => {
            let end = (at + 1..s.tokens.len()).find(|&k| s.tag(k) == Tag::Punct);
            let verb = |k: usize| {
                matches!(
                    s.tag(k),
                    Tag::Verb | Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Participle
                ) || s.forms(k).any()
            };
            s.tag(at.wrapping_sub(1)) == Tag::Verb
                && s.tag(at + 1) == Tag::Noun
                && !(at + 1..end.unwrap_or(s.tokens.len())).any(verb)
        }
        // "The feedback below shows", "as stated above": on the page.
        "below" | "above" => !matches!(
            s.tag(at + 1),
            Tag::Det | Tag::Poss | Tag::Number | Tag::Noun | Tag::Adj
        ),
        "yours" | "mine" | "ours" | "theirs" | "hers" | "latter" | "former" | "aforementioned"
        | "above-mentioned" => true,
        _ => false,
    }
}

/// "It is common to err", "makes it easier to learn": an "it" that means nobody.
fn expletive(s: &Sentence, at: usize) -> bool {
    if s.low(at) != "it" {
        return false;
    }
    let mut next = at + 1;
    while matches!(s.tag(next), Tag::Modal | Tag::Be | Tag::Adv) {
        next += 1;
    }
    if matches!(s.low(next), "more" | "less") {
        next += 1;
    }
    // "It takes time to learn."
    let takes = matches!(s.low(next), "takes" | "pays" | "helps" | "costs")
        && (next + 1..next + 4).any(|at| s.tag(at) == Tag::To);
    let is = next > at + 1 || s.tag(next) == Tag::Adj;
    let present = !matches!(s.low(at + 1), "was" | "were");
    let quality = matches!(s.tag(next), Tag::Adj | Tag::Participle | Tag::Noun);
    let open = s.tag(next + 1) == Tag::To
        || matches!(s.low(next + 1), "that" | "for") && s.tag(next + 2) != Tag::Pron;
    takes || is && present && quality && open && !s.tokens[next].capital
}

/// "There are many kinds of data".
fn exists(s: &Sentence, at: usize) -> bool {
    const LEANING: words::Words = "another others more further certain other easier similar better \
        such nothing something two three no one thing things way ways";
    let be = at + 1 + usize::from(s.tag(at + 1) == Tag::Modal);
    s.low(at) == "there"
        && matches!(s.low(be), "is" | "are" | "be" | "'s")
        && !matches!(s.tag(be + 1), Tag::Punct)
        && !(be + 1..be + 4).any(|at| among(LEANING, s.low(at)))
}

/// "One study suggests", "each objective names": one or each of what is named.
fn counted(s: &Sentence, at: usize) -> bool {
    among("one each", s.low(at)) && matches!(s.tag(at + 1), Tag::Noun | Tag::Adj)
}

/// "When a team grows, this team": the noun behind "this" was named before.
fn repeated(s: &Sentence, before: &[usize], noun: usize) -> bool {
    let noun = (noun..noun + 3).find(|&at| s.tag(at) == Tag::Noun);
    noun.is_some_and(|noun| {
        let stem = super::weigh::stem(s.low(noun));
        before
            .iter()
            .any(|&at| s.tag(at) == Tag::Noun && super::weigh::stem(s.low(at)) == stem)
    })
}

/// "Keep an eye on analytics Once it ships": two lines that lost their break.
fn run_together(s: &Sentence, words: &[usize]) -> bool {
    words.iter().skip(1).any(|&at| {
        let small = matches!(
            s.tag(at),
            Tag::Sub | Tag::Det | Tag::Prep | Tag::Pron | Tag::Poss
        );
        let before = at.checked_sub(1).map(|before| &s.tokens[before]);
        // "bodies such as The Wellcome Trust"
        let name = s.tokens.get(at + 1).is_some_and(|next| next.capital);
        // "Resources The BioRDM team has": a heading in front of its text.
        let headed = at == 1 && s.tag(0) == Tag::Noun && matches!(s.tag(1), Tag::Det | Tag::Pron);
        small
            && (!name || headed)
            && s.tokens[at].capital
            && !matches!(s.low(at), "i")
            && before.is_some_and(|token| {
                token.tag != Tag::Punct && (!token.capital || headed && token.low.ends_with('s'))
            })
    })
}

/// Whether a pronoun can mean a noun of the same point: "the office figures it
/// out" cannot mean the office.
fn named_before(s: &Sentence, words: &[usize], n: usize) -> bool {
    let object = n > 0 && matches!(s.tag(words[n - 1]), Tag::Verb | Tag::Prep | Tag::Gerund);
    let verbal = |k: usize| matches!(s.tag(k), Tag::Verb | Tag::Be | Tag::Have | Tag::Modal);
    words[..n].iter().enumerate().any(|(m, &k)| {
        let apart = words[..m].iter().any(|&j| verbal(j))
            || (k..words[n]).any(|j| s.low(j) == "," || matches!(s.tag(j), Tag::Sub | Tag::Conj));
        s.tag(k) == Tag::Noun && (!object || apart)
    })
}

/// Talk about the text itself.
fn pointing(text: &str) -> bool {
    const PHRASES: &[&str] = &[
        "this article",
        "this post",
        "this section",
        "this blog",
        "this lesson",
        "this episode",
        "this chapter",
        "this page",
        "this guide",
        "this tutorial",
        "the following",
        "as mentioned",
        "see below",
        "see above",
        "listed below",
        "described below",
        "shown below",
        "in this series",
        "the previous",
        "the next section",
        "click ",
        "i’m ",
        "i'm ",
        "let's ",
        "let’s ",
        "the above",
        "as discussed",
        "as follows",
        "the opposite happened",
        "the opposite is true",
        "the reverse is true",
        "the same is true",
        "the same goes",
        "the same applies",
        "on the left are ",
        "on the left is ",
        "on the right are ",
        "on the right is ",
        "mentioned above",
        "described above",
        "shown above",
        "listed above",
        "discussed above",
    ];
    let low = format!("{} ", text.to_lowercase());
    PHRASES.iter().any(|phrase| low.contains(phrase))
}

fn balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')')
        && count('[') == count(']')
        && count('“') == count('”')
        && count('"').is_multiple_of(2)
}

/// Whether the last word wants something after it.
fn open_end(s: &Sentence, last: usize) -> bool {
    let low = s.low(last);
    if among(words::OPEN_ENDS, low) {
        // "where to start", "switch it on": a particle after its verb closes.
        let ends = last + 1 >= s.tokens.len().saturating_sub(1) && s.low(last + 1) != ":"
            || matches!(s.low(last + 1), "," | ";" | "—" | "–");
        let complete = among(
            "more less own other both enough several all from for with to about in on yet",
            low,
        );
        if !(ends && (s.tag(last) == Tag::Adv || complete)) {
            return true;
        }
    }
    // "build an active" waits for its noun.
    let described =
        last > 0 && s.tag(last) == Tag::Adj && matches!(s.low(last - 1), "a" | "an" | "the");
    if described {
        return true;
    }
    let at_sentence_end = (last + 1..s.tokens.len()).all(|at| s.tag(at) == Tag::Punct);
    let at_clause_end = matches!(s.low(last + 1), "," | ";" | "." | "—" | "–" | "(");
    if at_sentence_end || at_clause_end {
        return false;
    }
    let complement = matches!(s.tag(last + 1), Tag::Prep | Tag::To | Tag::Sub | Tag::Rel);
    (complement && among(words::OPEN_NOUNS, low)) || among(words::OPEN_WORDS, low)
}
