//! What an author wants of an import: how much, and which sections.

use std::fmt;

use crate::article::{Article, Kind, Passage};
use crate::diag::nearest::nearest;

/// Headings that a message lists.
const MOST_NAMED: usize = 12;

/// How much of an article is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// Title, agenda, a slide with two points for each factor, closing.
    Brief,
    /// What an ordinary talk shows.
    #[default]
    Normal,
    /// Every passage that can be a slide.
    Full,
}

/// What an author wants of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// At most so many slides.
    pub slides: Option<usize>,
    /// About so many minutes of talk: see [`super::budget`].
    pub minutes: Option<usize>,
    /// How much of it.
    pub detail: Detail,
    /// The level of the headings that begin a factor.
    pub split_at: Option<u8>,
    /// Headings of sections that stay, whatever speaks against them.
    pub keep: Vec<String>,
    /// Headings of sections that go.
    pub drop: Vec<String>,
}

/// Why an article was not imported: what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Refusal {}

/// The one of `headings` that is meant by `wanted`: the same but for capitals,
/// else one that begins so, else one with all its words.
///
/// # Errors
/// If none is meant, or several are.
pub fn named<'a>(wanted: &str, option: &str, headings: &[&'a str]) -> Result<&'a str, Refusal> {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let asked = words(wanted);
    let is_same = |heading: &&&str| words(heading) == asked;
    let begins = |heading: &&&str| words(heading).starts_with(&asked);
    let has_all = |heading: &&&str| {
        let own = words(heading);
        asked.iter().all(|word| own.contains(word))
    };
    let tests: [&dyn Fn(&&&str) -> bool; 3] = [&is_same, &begins, &has_all];
    for test in tests {
        let mut found: Vec<&str> = headings.iter().filter(test).copied().collect();
        found.dedup();
        match found.as_slice() {
            [] => {}
            _ if asked.is_empty() => {}
            [one] => return Ok(one),
            several => {
                let names: Vec<String> = several.iter().take(4).map(|n| format!("`{n}`")).collect();
                return Err(Refusal {
                    what: format!(
                        "`{option} \"{wanted}\"` may mean {} headings",
                        several.len()
                    ),
                    help: format!("write more of the one you mean: {}", names.join(", ")),
                });
            }
        }
    }
    let help = match nearest(wanted, headings.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if headings.is_empty() => "the article has no headings".into(),
        None => {
            let names: Vec<String> = headings.iter().map(|name| format!("`{name}`")).collect();
            let shown = names.get(..MOST_NAMED).unwrap_or(&names);
            let rest = names.len() - shown.len();
            let more = if rest > 0 {
                format!(" and {rest} more")
            } else {
                String::new()
            };
            format!("its headings are {}{more}", shown.join(", "))
        }
    };
    Err(Refusal {
        what: format!("the article has no heading `{wanted}`, as `{option}` asks"),
        help,
    })
}

/// The headings a user may name: those of the sections, and below them.
pub fn headings(article: &Article) -> Vec<&str> {
    let mut res = Vec::new();
    for section in &article.sections {
        res.push(section.title.as_str());
        res.extend(inner(&section.passages));
    }
    if let Some(conclusion) = &article.conclusion {
        res.extend(conclusion.heading.as_deref());
        res.extend(inner(&conclusion.passages));
    }
    res
}

fn inner(passages: &[Passage]) -> impl Iterator<Item = &str> {
    passages
        .iter()
        .filter(|passage| matches!(passage.kind, Kind::Heading(_)))
        .map(|passage| passage.text.as_str())
}

/// Takes out the section or sub-section with a heading of [`headings`].
pub fn drop(article: &mut Article, heading: &str) {
    if article
        .sections
        .iter()
        .any(|section| section.title == heading)
    {
        article.sections.retain(|section| section.title != heading);
        return;
    }
    let is_conclusion = |heading_of: &Option<String>| heading_of.as_deref() == Some(heading);
    if article
        .conclusion
        .as_ref()
        .is_some_and(|part| is_conclusion(&part.heading))
    {
        article.conclusion = None;
        return;
    }
    for section in &mut article.sections {
        if without(&mut section.passages, heading) {
            let text = &section.passages;
            let holds = |sentence: &str| text.iter().any(|p| p.text.contains(sentence));
            section.points.retain(|point| holds(&point.sentence));
            section.stretches.clear();
        }
    }
    if let Some(conclusion) = &mut article.conclusion {
        without(&mut conclusion.passages, heading);
    }
}

/// Takes a heading and what stands under it out; whether it was there.
fn without(passages: &mut Vec<Passage>, heading: &str) -> bool {
    let level = |passage: &Passage| match passage.kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    let Some(from) = passages
        .iter()
        .position(|passage| level(passage).is_some() && passage.text == heading)
    else {
        return false;
    };
    let own = level(&passages[from]);
    let rest = &passages[from + 1..];
    let length = rest
        .iter()
        .position(|passage| level(passage).is_some_and(|other| Some(other) <= own))
        .unwrap_or(rest.len());
    passages.drain(from..=from + length);
    true
}
