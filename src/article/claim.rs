//! What in an article is no claim of the article's own: speech, calls to the
//! reader of the page, lists of what is wrong or only supposed, references.

use super::sentence::sentences;
use super::words::{self, among};
use super::{Kind, Passage};

/// Whether the item at a place is one of a list that its lead-in denies or only
/// supposes, or that it sends the reader to: "This may be because:", "Common
/// mistakes:", "Attend our webinars:".
pub fn doubted(passages: &[Passage], at: usize) -> bool {
    const DOUBTS: words::Words = "mistake mistakes myth myths misconception misconceptions excuse \
        excuses may might could perhaps maybe isn't aren't don't doesn't not never avoid wrong \
        symptom symptoms";
    if passages[at].kind != Kind::Item {
        return false;
    }
    // "You lack tests, or": one of several things that may be so.
    if passages[at].text.starts_with("You")
        && passages[at.saturating_sub(1)..=at]
            .iter()
            .any(|passage| passage.text.ends_with(" or"))
    {
        return true;
    }
    let Some(last) = lead_in(passages, at) else {
        return false;
    };
    let low = last.to_lowercase().replace('’', "'");
    if last.ends_with(':') && reads_on(&low) {
        return true;
    }
    last.ends_with([':', '?'])
        && low
            .split(|c: char| !(c.is_alphanumeric() || c == '\''))
            .any(|word| among(DOUBTS, word))
}

/// The sentence in front of an item's list.
pub fn lead_in(passages: &[Passage], at: usize) -> Option<&str> {
    // A list longer than this has forgotten its lead-in, and so has its reader.
    let before = passages[..at].iter().rev().take(24);
    // "Use it for:" is an item that leads in to the ones below it.
    let lead = before
        .into_iter()
        .find(|passage| passage.kind != Kind::Item || passage.text.ends_with([':', '：']))
        .filter(|passage| matches!(passage.kind, Kind::Paragraph | Kind::Item))?;
    sentences(&lead.text).pop()
}

/// Whether a paragraph is somebody's speech that lost its marks: the one before
/// says who speaks, and here somebody says "I".
pub fn spoken(passages: &[Passage], at: usize) -> bool {
    const SPEAKING: words::Words = "said says talked spoke explained explains told shared shares \
        describes described adds added noted notes recalls recalled asked interviewed";
    let Some(before) = at.checked_sub(1).map(|before| &passages[before]) else {
        return false;
    };
    let last = sentences(&before.text).pop().unwrap_or("");
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let names = last
        .split_whitespace()
        .collect::<Vec<_>>()
        .windows(2)
        .any(|pair| capital(pair[0]) && capital(pair[1]));
    let speaks = last
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| among(SPEAKING, word));
    let mine = passages[at]
        .text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .any(|word| matches!(word, "I" | "my" | "I’m" | "I'm" | "I’ve" | "I've"));
    before.kind == Kind::Paragraph && names && speaks && mine
}

/// "Do your research — example.com", "Design principles — Web Design System":
/// what stands behind the dash says where to read more.
pub fn refers(text: &str) -> bool {
    let dash = [" — ", " – ", " | ", " - "]
        .iter()
        .filter_map(|dash| text.rfind(dash).map(|at| at + dash.len()))
        .max();
    let Some(place) = dash.map(|at| text[at..].trim_end_matches('.')) else {
        return false;
    };
    let site = place
        .split(' ')
        .filter_map(|word| word.split_once('.'))
        .any(|(name, end)| !name.is_empty() && end.len() >= 2);
    let named = place.split(' ').count() >= 2
        && place.split(' ').all(|word| {
            word.starts_with(char::is_uppercase) || among(words::SMALL, word) || word == "&"
        });
    site || named
}

/// Whether a quotation is open behind a sentence.
pub fn quotes(text: &str, open: bool) -> bool {
    let straight = text.matches('"').count() % 2 == 1;
    match (text.rfind(['“', '«']), text.rfind(['”', '»'])) {
        (Some(opened), Some(closed)) => opened > closed,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => open != straight,
    }
}

/// Speech, greetings and the like state nothing of the article's own.
pub fn told(text: &str) -> bool {
    let low = text.to_lowercase();
    let said = ["said ", "says ", "told ", "asked ", "according to "]
        .iter()
        .any(|word| low.contains(word));
    let quoted = text.contains(['“', '"', '«']);
    let greeting = [
        "thank",
        "special thanks",
        "disclaimer",
        "contact ",
        "please ",
        "email ",
        "welcome",
        "hello",
        "hi ",
        "stay tuned",
        "myth",
        "note:",
        "check out",
        "read ",
        "learn more",
        "visit ",
        "watch ",
        "photo",
        "image",
        "suppose",
        "imagine",
        "good luck",
        "now suppose",
        "now imagine",
        "note that",
        "congratulations",
        "as in other ",
    ]
    .iter()
    .any(|start| low.starts_with(start));
    let thanks = low.contains("thank you") || low.contains("://");
    (said && quoted)
        || greeting
        || thanks
        || called(&low)
        || passing(&low)
        || housekeeping(&low)
        || text.split_whitespace().count() > 60
}

/// What concerns the page and those who keep it: where its files lie, who may
/// join its list, what its links do not promise, what somebody only thinks.
fn housekeeping(low: &str) -> bool {
    const KEPT: &[&str] = &[
        "for informational purposes",
        "for information purposes",
        "views expressed",
        "opinions expressed",
        "does not constitute",
        "do not constitute",
        "all rights reserved",
        "terms of use",
        "privacy policy",
    ];
    const JOINING: words::Words = "join joining subscribe subscribing register registering";
    const LISTS: words::Words = "community communities newsletter newsletters list webinar \
        webinars group channel forum slack meetup";
    const PLACES: words::Words = "repository repo github website site page appendix";
    const THINKING: &[&str] = &[
        "i’d say",
        "i'd say",
        "i think",
        "i believe",
        "i guess",
        "i would say",
        "in my opinion",
        "in my view",
        "i say ",
        "i feel ",
    ];
    let words = || low.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    let has = |list: words::Words| words().any(|word| among(list, word));
    KEPT.iter().any(|kept| low.contains(kept))
        || THINKING.iter().any(|start| low.starts_with(start))
        || has(JOINING) && has(LISTS)
        || low.contains("available ")
            && has(PLACES)
            && (has("our this") || low.contains("be available"))
}

/// What the authors plan or have yet to do concerns them, not their audience.
pub fn planned(low: &str) -> bool {
    const PLANS: &[&str] = &[
        "plan to ",
        "hope ",
        "intend to ",
        "expect ",
        "look forward",
        "will continue",
        "will keep",
        "’ll continue",
        "'ll continue",
        "’ll also continue",
        "'ll also continue",
        "’ll keep",
        "'ll keep",
        "can’t wait",
        "can't wait",
        "invite ",
        "encourage you",
        "welcome ",
        "’re going through",
        "'re going through",
        "are going through",
        "’d love",
        "'d love",
        "would love",
        "’re looking for",
        "'re looking for",
        "are looking for",
        "’re hiring",
        "'re hiring",
        "are hiring",
        "will be back",
        "will look ",
        "will talk ",
        "will discuss ",
        "will cover ",
        "will come back",
        "will return ",
    ];
    let Some(rest) = low.strip_prefix("we") else {
        return false;
    };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("also ").unwrap_or(rest);
    PLANS.iter().any(|plan| rest.starts_with(plan))
}

/// "Explore an introduction to": an order to read on.
fn reads_on(low: &str) -> bool {
    const READING: words::Words = "explore review read browse visit see check watch download \
        subscribe join attend bookmark follow request register";
    const MEDIA: words::Words = "introduction guide resource resources blog post posts article \
        articles page pages site website video videos training webinar webinars newsletter \
        community playbook session sessions recording slides episode podcast documentation event \
        events";
    let mut words = low.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    let orders = words.next().is_some_and(|first| among(READING, first));
    let joins = low.starts_with("you can join ") || low.starts_with("you can also join ");
    (orders || joins) && words.take(9).any(|word| among(MEDIA, word))
}

/// "Ada Stone – editor at a paper": who somebody is.
pub fn introduces(text: &str) -> bool {
    let Some((who, what)) = text.split_once(" – ").or_else(|| text.split_once(" — ")) else {
        return false;
    };
    let name: Vec<&str> = who.rsplit(", ").next().unwrap_or(who).split(' ').collect();
    let named = (2..=4).contains(&name.len())
        && name.iter().all(|word| word.starts_with(char::is_uppercase));
    named && what.starts_with(char::is_lowercase)
}

const UNITS: words::Words = "year month week quarter spring summer autumn fall winter decade \
    night monday tuesday wednesday thursday friday saturday sunday";

/// "Last year": a time that is another one when the slide is shown.
fn passing(low: &str) -> bool {
    let words: Vec<&str> = low
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
        .collect();
    let at = |n: usize| words.get(n).copied().unwrap_or("");
    let here = matches!(at(0), "yesterday" | "tomorrow" | "tonight" | "recently");
    // "Last year", "in the past few weeks", "over the next months"
    let from = match (at(0), at(1)) {
        ("in" | "over" | "during" | "for" | "within" | "earlier" | "later" | "by", "the") => 2,
        ("in" | "over" | "during" | "for" | "within" | "earlier" | "later" | "by", _) => 1,
        ("the", _) => 1,
        _ => 0,
    };
    let counted = usize::from(among(
        "few couple several two three four five six ten",
        at(from + 1),
    ));
    let relative = matches!(at(from), "last" | "this" | "next" | "past" | "coming")
        && among(UNITS, at(from + 1 + counted).trim_end_matches('s'));
    here || relative || at(0) == "later" && at(1) == "this"
}

/// "A few months ago", "last year", "will soon be": a time that counts from the
/// day of writing, wherever a point says it.
pub fn of_its_day(low: &str) -> bool {
    let words: Vec<&str> = low
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_unit = |word: &str| among(UNITS, word.trim_end_matches('s'));
    words.windows(2).any(|pair| match pair {
        [unit, "ago"] => is_unit(unit) || matches!(*unit, "days" | "long" | "ages"),
        ["will" | "ll" | "coming", "soon"] => true,
        ["last" | "past" | "this" | "next" | "coming", unit] => is_unit(unit),
        _ => false,
    }) || words
        .iter()
        .any(|word| matches!(*word, "yesterday" | "tomorrow" | "tonight"))
        || words
            .last()
            .is_some_and(|last| matches!(*last, "soon" | "recently" | "nowadays"))
}

/// A call to the reader of a page says nothing to the audience of a talk.
pub fn called(low: &str) -> bool {
    const CALLS: &[&str] = &[
        "feel free",
        "join us",
        "join the ",
        "join our ",
        "join a ",
        "come talk",
        "come join",
        "come and ",
        "hey",
        "go take a look",
        "take a look at ",
        "have a look",
        "read more",
        "read the ",
        "read our ",
        "you can read",
        "you can also read",
        "you can find ",
        "you can also find ",
        "you can learn more",
        "find out more",
        "learn more",
        "see our ",
        "see the ",
        "sign up",
        "subscribe",
        "follow us",
        "contact us",
        "email us",
        "send us",
        "let us know",
        "get in touch",
        "reach out",
        "next in our",
        "in our next",
        "in the next",
        "more on that",
        "stay tuned",
        "listen to ",
        "head here",
        "we hope you",
        "we look forward",
        "we’re thrilled",
        "we're thrilled",
        "we’re excited",
        "we're excited",
        "we are excited",
        "interested in ",
        "have questions",
        "for more information",
        "for more on",
        "if you’d like to learn",
        "if you'd like to learn",
        "if you want to learn more",
    ];
    CALLS.iter().any(|call| low.starts_with(call))
        || low.contains("please ")
        || low.contains("be found here")
        || planned(low)
        || reads_on(low)
}
