//! Where a sentence begins and ends to claim something: behind "However," and
//! "We know that", in front of the colon that leads to what it shows.

use super::statement::negative;
use super::token::{Sentence, Tag};
use super::words::{self, among};

/// Where the sentence goes on behind "However," or "And".
pub fn opening(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    if to < from + 5 {
        return None;
    }
    // "A: The oven is old.", "Description: The oven is old."
    let about_text = among(
        "a answer description example result results summary note tip remember important",
        s.low(0),
    );
    if from == 0 && about_text && s.low(1) == ":" {
        return Some(2);
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
    let joins = matches!(s.low(from), "and" | "but" | "so" | "yet" | "also");
    (joins && s.low(from + 1) != "that").then_some(from + 1)
}

/// "The truth is that", "We know that": what follows is claimed anyway.
pub fn known_fact(s: &Sentence, from: usize, to: usize) -> Option<usize> {
    const FACTS: words::Words = "reality truth fact point upshot lesson takeaway news insight \
        finding benefit advantage strength beauty thing";
    const KNOWING: words::Words = "know found learned learnt discovered realized realised";
    let that = (from + 1..(from + 14).min(to)).find(|&at| s.low(at) == "that")?;
    // "One key insight from research on memory is that"
    let named = (from + 1..that).find(|&at| among(FACTS, s.low(at)));
    let is_fact = matches!(s.low(from), "the" | "one" | "a" | "another")
        && s.low(that - 1) == "is"
        && named.is_some_and(|at| at <= from + 3)
        && (from..that - 1).all(|at| {
            let told = s.tag(at) == Tag::Verb && s.tag(at - 1) != Tag::To;
            !negative(s, at) && !told && !matches!(s.tag(at), Tag::Be | Tag::Modal | Tag::Have)
        });
    let we_know = s.low(from) == "we"
        && among(KNOWING, s.low(that - 1))
        && (from..that).all(|at| !negative(s, at) && s.tag(at) != Tag::Modal);
    (is_fact || we_know || granted_fact(s, from, that))
        .then_some(that + 1)
        .filter(|start| to > start + 3)
}

/// "This means that", "Keep in mind that", "We can see that".
fn granted_fact(s: &Sentence, from: usize, that: usize) -> bool {
    const OPENINGS: &[&str] = &[
        "bear in mind",
        "it is clear",
        "it is true",
        "it is well known",
        "it means",
        "it turns out",
        "keep in mind",
        "note",
        "remember",
        "that means",
        "there is ample evidence",
        "there is good evidence",
        "there is plenty of evidence",
        "there is strong evidence",
        "this also means",
        "this means",
        "this shows",
        "we can see",
        "we see",
        "you can see",
        "you will find",
        "you will see",
    ];
    let words: Vec<&str> = (from..that).map(|at| s.low(at)).collect();
    OPENINGS.binary_search(&words.join(" ").as_str()).is_ok()
}

/// "We can see the state of the project with a command:" says it all before it
/// shows it; "has three parts:" and "the following:" do not.
pub fn shows(s: &Sentence, colon: usize) -> bool {
    const COUNTING: words::Words = "following these this two three four five six several some many \
        here below few things ways reasons steps options examples questions parts types kinds \
        benefits advantages features include includes including are is as example examples \
        instance instances";
    (0..colon).all(|at| !among(COUNTING, s.low(at)) && s.tag(at) != Tag::Number)
        && matches!(s.tag(colon - 1), Tag::Noun | Tag::Gerund)
        && !among("like such for to with", s.low(colon - 1))
}
