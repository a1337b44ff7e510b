//! What in an article is no claim of the article's own: speech, calls to the
//! reader of the page, lists of what is wrong or only supposed, references.

use super::sentence::sentences;
use super::words::{self, among};
use super::{Kind, Passage};

/// Whether the item at a place is one of a list that its lead-in denies or only
/// supposes: "This may be because:", "Common mistakes:".
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
    // A list longer than this has forgotten its lead-in, and so has its reader.
    let before = passages[..at].iter().rev().take(24);
    let Some(lead) = before
        .into_iter()
        .find(|passage| passage.kind != Kind::Item)
    else {
        return false;
    };
    let last = sentences(&lead.text).pop().unwrap_or("");
    let low = last.to_lowercase().replace('’', "'");
    lead.kind == Kind::Paragraph
        && last.ends_with([':', '?'])
        && low
            .split(|c: char| !(c.is_alphanumeric() || c == '\''))
            .any(|word| among(DOUBTS, word))
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
        .rsplit(' ')
        .next()
        .and_then(|last| last.split_once('.'))
        .is_some_and(|(name, end)| !name.is_empty() && end.len() >= 2);
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
    (said && quoted) || greeting || thanks || called(&low) || text.split_whitespace().count() > 60
}

/// A call to the reader of a page says nothing to the audience of a talk.
pub fn called(low: &str) -> bool {
    const CALLS: &[&str] = &[
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
}
