//! An article understood: passages of text become a title, sections with
//! points, and a conclusion. Offline, deterministic, by rules alone.
//!
//! The one thing to know: **every word shown comes from the article.** A point
//! is made of the words of one sentence in their order. The only repairs are
//! a capital at the start and the ending of a verb that lost its subject. Where
//! no honest short point exists there is none.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

mod alone;
mod claim;
mod clause;
mod headless;
mod headline;
mod items;
mod leftover;
mod mark;
mod opening;
mod outline;
mod parts;
mod phrase;
mod plain;
mod points;
mod predicate;
mod rank;
mod recap;
pub mod record;
mod sentence;
mod shorten;
mod statement;
mod stretches;
mod tagger;
#[cfg(test)]
mod tests;
mod title;
mod token;
mod tongue;
mod trim;
mod verblist;
mod verbs;
mod weigh;
mod wording;
mod words;

use outline::Part;
use points::{Language, Scene};
use statement::Cast;
use tongue::Tongue;
use weigh::Spread;

/// One block of an article as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// Its words, without any markup.
    pub text: String,
    /// The same block in Markdown, with its marker ("- ", "## ") in front.
    pub markdown: String,
    /// Blank lines in front of it.
    pub gap: u32,
    /// Where it starts, from 1.
    pub line: u32,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list.
    Item,
    /// A quotation set apart.
    Quote,
    /// Source code.
    Code,
    /// A table.
    Table,
    /// A picture with its caption.
    Picture,
    /// Anything else; kept, never read.
    Other,
}

/// The level of a heading; `None` for everything else.
fn level(passage: &Passage) -> Option<u8> {
    match passage.kind {
        Kind::Heading(level) => Some(level),
        Kind::Paragraph
        | Kind::Item
        | Kind::Quote
        | Kind::Code
        | Kind::Table
        | Kind::Picture
        | Kind::Other => None,
    }
}

/// An article taken apart. Title, introduction, sections and conclusion hold
/// all of its text but the leftovers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its title; the first words if it has none; empty if there are no words.
    pub title: String,
    /// Who wrote it, if a line says so.
    pub byline: Option<String>,
    /// What stands before the first section.
    pub intro: Vec<Passage>,
    /// Its factors: reasons, steps, lessons, parts.
    pub sections: Vec<Section>,
    /// What looks back on them.
    pub conclusion: Option<Conclusion>,
    /// What it says above all, in four points of its sections. Empty where they
    /// have few, and where it ends with a list of its own.
    pub recap: Vec<Point>,
    /// A phrase of the article that names its sections, else the title.
    pub agenda_title: String,
    /// Lines of the page around the article, which are dropped.
    pub leftovers: Vec<Passage>,
    /// What stands behind a thousand sections.
    pub beyond: Beyond,
}

/// Sections that are too many to be told of one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// How many there are.
    pub n_sections: usize,
    /// Their text with their headings.
    pub passages: Vec<Passage>,
}

/// One factor of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The author's heading, without its number; or a title of its own words.
    pub title: String,
    /// Whether the heading was lost and the title is inferred.
    pub inferred: bool,
    /// Its full text.
    pub passages: Vec<Passage>,
    /// What it says, in a few points.
    pub points: Vec<Point>,
    /// Its stretches, if it is long or has sub-headings; else empty.
    pub stretches: Vec<Stretch>,
    /// Where it starts, from 1.
    pub line: u32,
    /// The author's heading over this and other sections, where the factors lie
    /// below one. `sections` stays flat: the factors are on the level with most
    /// siblings, and deeper headings are passages of their section.
    pub parent: Option<String>,
}

/// What stands under a sub-heading of a section, or some paragraphs of a long
/// one that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its sub-heading without its number.
    pub heading: Option<String>,
    /// Its passages among those of the section, a sub-heading included.
    pub passages: Range<usize>,
    /// What it says, in a few points.
    pub points: Vec<Point>,
}

/// How an author wants the sections found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Words of a section from which on it has stretches; half as many where
    /// sub-headings divide it.
    pub long: usize,
    /// The level of the headings that begin a factor.
    pub split_at: Option<u8>,
    /// Headings that are no leftovers of a page, as they are written.
    pub kept: Vec<String>,
}

/// Points that a conclusion may have.
const MOST_CLOSING: usize = 6;

/// One line for a slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The line.
    pub text: String,
    /// Bytes of `text` that are its key phrase; empty if it has none.
    pub lead: Range<usize>,
    /// The sentence whose words these are.
    pub sentence: String,
}

/// How an article ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// Its heading, if it has one.
    pub heading: Option<String>,
    /// Its heading, or a phrase of its own words.
    pub title: String,
    /// Its full text.
    pub passages: Vec<Passage>,
    /// Up to six points; the items it enumerates, if it does.
    pub points: Vec<Point>,
    /// One claim to close with.
    pub statement: Option<String>,
}

impl Default for Wanted {
    /// No wishes, and no stretches.
    fn default() -> Wanted {
        Wanted {
            long: usize::MAX,
            split_at: None,
            kept: Vec::new(),
        }
    }
}

/// Reads plain text: paragraphs, items, and headings by their form. The first
/// heading is the title.
pub fn read_plain(text: &str) -> Vec<Passage> {
    plain::read(text)
}

/// Finds title, sections, points and conclusion.
pub fn understand(passages: Vec<Passage>) -> Article {
    understand_as(passages, &Wanted::default())
}

/// The same, with the sections found as `wanted`.
pub fn understand_as(passages: Vec<Passage>, wanted: &Wanted) -> Article {
    let outline = outline::outline(passages, wanted);
    let (language, tongue) = language(&outline);
    let title = outline
        .title
        .clone()
        .unwrap_or_else(|| first_words(&outline, language, tongue));
    let scene = Scene {
        cast: cast(&outline, &title, language),
        spread: Spread::new(
            outline
                .parts
                .iter()
                .map(|part| &part.passages)
                .chain([&outline.intro])
                .map(|passages| texts(passages))
                .collect::<Vec<_>>()
                .iter()
                .map(String::as_str),
            tongue.silent,
        ),
        topic: weigh::stems(&title),
        frame: frame(&outline),
        language,
        tongue,
        offers: RefCell::default(),
    };
    let (items, list) = title::enumerated(&outline, language);
    let mut sections = sections(outline.parts, (&items, &title), &scene, wanted.long);
    let told = recap::Article {
        intro: &outline.intro,
        closing: outline.conclusion.as_ref(),
    };
    let recap = match told.counts_up(&items) {
        true => Vec::new(),
        false => told.recap(&mut sections, &scene),
    };
    let closing = outline
        .conclusion
        .map(|(heading, passages)| conclusion(heading, passages, (&items, &list), &title, &scene));
    let agenda_title = agenda(
        outline.banner,
        &outline.intro,
        closing.as_ref(),
        &title,
        &scene,
    );
    Article {
        title,
        byline: outline.byline,
        intro: outline.intro,
        sections,
        conclusion: closing,
        recap,
        agenda_title,
        leftovers: outline.leftovers,
        beyond: outline.beyond,
    }
}

/// The words of what stands around the sections.
fn frame(outline: &outline::Outline) -> weigh::Stems {
    let closing = outline.conclusion.iter().flat_map(|(_, passages)| passages);
    outline
        .intro
        .iter()
        .chain(closing)
        .flat_map(|passage| weigh::content(&passage.text))
        .collect()
}

fn texts(passages: &[Passage]) -> String {
    let texts: Vec<&str> = passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    texts.join("\n")
}

fn readable(passages: &[Passage]) -> impl Iterator<Item = &str> {
    passages
        .iter()
        .filter(|passage| matches!(passage.kind, Kind::Paragraph | Kind::Item | Kind::Quote))
        .map(|passage| passage.text.as_str())
}

fn all_texts(outline: &outline::Outline) -> impl Iterator<Item = &str> {
    let closing = outline.conclusion.iter().map(|(_, passages)| passages);
    let parts = outline.parts.iter().map(|part| &part.passages);
    [&outline.intro]
        .into_iter()
        .chain(parts)
        .chain(closing)
        .flat_map(|passages| readable(passages))
}

/// What may be assumed of the language: its words, and whether there are rules
/// for fragments of its sentences.
fn language(outline: &outline::Outline) -> (Language, &'static Tongue) {
    let title = outline.title.as_deref().unwrap_or("");
    let tongue = tongue::of(all_texts(outline).chain([title]));
    if matches!(tongue.tag, "zh" | "ja") {
        return (Language::Unspaced, tongue);
    }
    let texts = all_texts(outline).chain([title]).take(200);
    let words: Vec<String> = texts
        .flat_map(|text| text.split_whitespace().take(800))
        .map(str::to_lowercase)
        .collect();
    let small = words
        .iter()
        .filter(|word| words::among(tongue.common, word))
        .count();
    // One word in four is such a word in English prose; lists have fewer. A text
    // with hardly any is in a language that nobody described.
    let known = small * 14 >= words.len() || words.len() < 12;
    match known && tongue.tag == "en" {
        true => (Language::English, tongue),
        false => (Language::Spaced, tongue),
    }
}

fn first_words(outline: &outline::Outline, language: Language, tongue: &Tongue) -> String {
    let text = all_texts(outline).next().unwrap_or("");
    let first = sentence::sentences(text).into_iter().next().unwrap_or("");
    let heading = outline
        .parts
        .iter()
        .find_map(|part| part.heading.as_deref());
    match first.is_empty() {
        true => heading
            .map(|heading| title::brief(heading, language, tongue))
            .unwrap_or_default(),
        false => title::brief(first, language, tongue),
    }
}

fn cast(outline: &outline::Outline, title: &str, language: Language) -> Cast {
    let hero = hero(outline, title, language);
    let mut words = title.split_whitespace();
    let kind = words
        .find(|word| !hero.is_empty() && word.to_lowercase() == hero)
        .and_then(|_| words.next())
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(|word| own_name(word).to_lowercase())
        .unwrap_or_default();
    Cast { hero, kind }
}

/// The name that the article is about: in its title, and often in its text.
fn hero(outline: &outline::Outline, title: &str, language: Language) -> String {
    if language != Language::English {
        return String::new();
    }
    let titled: Vec<String> = title
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '?'))
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(|word| own_name(word).to_lowercase())
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_sentences = 0;
    for sentence in all_texts(outline).flat_map(sentence::sentences).take(4000) {
        n_sentences += 1;
        for (n, word) in sentence.split_whitespace().enumerate() {
            let name = own_name(word);
            let low = name.to_lowercase();
            let capital = name.starts_with(char::is_uppercase) && name.chars().nth(1).is_some();
            if capital && titled.contains(&low) && (n > 0 || !weigh::empty(&low)) {
                *counts.entry(low).or_default() += 1;
            }
        }
    }
    let small = |word: &str| {
        all_texts(outline).take(400).any(|text| {
            text.split_whitespace()
                .take(2000)
                .any(|other| other == word)
        })
    };
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(name, count)| *count >= 3 && count * 7 >= n_sentences && !small(name))
        .map(|(name, _)| name)
        .unwrap_or_default()
}

fn own_name(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("’s")
        .or_else(|| word.strip_suffix("'s"))
        .unwrap_or(word)
}

fn sections(
    parts: Vec<Part>,
    (items, whole): (&[String], &str),
    scene: &Scene,
    long: usize,
) -> Vec<Section> {
    let headings: Vec<String> = parts
        .iter()
        .filter_map(|part| part.heading.clone())
        .collect();
    let shown: Vec<&str> = headings.iter().map(String::as_str).collect();
    let numbered = shown
        .iter()
        .filter(|heading| points::strip_number(heading) != heading.trim())
        .count();
    let strip = numbered * 3 >= shown.len() * 2;
    let alone = parts.len() == 1;
    let spare = title::unused(items, &shown);
    let mut used = title::Titles::default();
    headings.iter().cloned().for_each(|title| used.push(title));
    let are_capital = title::are_capital(&shown);
    let mut res = Vec::with_capacity(parts.len());
    for part in parts {
        let inferred = part.heading.is_none();
        let title = match part.heading {
            Some(heading) if strip => closed(points::strip_number(&heading)),
            Some(heading) => closed(heading.trim()),
            // One section is about what the article is about.
            None if alone => whole.to_owned(),
            None => {
                let found = title::infer(&part.passages, &spare, &used, scene);
                used.push(found.clone());
                title::styled(&found, are_capital)
            }
        };
        let points = points::points(&part.passages, &title, scene);
        let stretches = stretches::stretches(&part.passages, &title, scene, long);
        res.push(Section {
            title,
            inferred,
            passages: part.passages,
            points,
            stretches,
            line: part.line,
            parent: part.parent,
        });
    }
    res
}

/// A heading without the full stop that some authors set, or the "Q:" of an
/// interview.
fn closed(heading: &str) -> String {
    let heading = heading.strip_prefix("Q: ").unwrap_or(heading);
    match heading.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') && rest.contains(' ') => rest.to_owned(),
        Some(_) | None => heading.to_owned(),
    }
}

fn conclusion(
    heading: Option<String>,
    passages: Vec<Passage>,
    (items, list): (&[String], &str),
    article_title: &str,
    scene: &Scene,
) -> Conclusion {
    let statement = points::statement(&passages, scene);
    let mut points: Vec<Point> = if (3..=MOST_CLOSING).contains(&items.len()) {
        let shown = items.iter().map(|item| title::styled(item, false));
        shown
            .map(|text| Point {
                text,
                lead: 0..0,
                sentence: list.to_owned(),
            })
            .collect()
    } else {
        points::points(&passages, "", scene)
    };
    points.truncate(MOST_CLOSING);
    let text = readable(&passages).next().unwrap_or("").to_owned();
    let title = heading
        .as_deref()
        .map(|heading| points::strip_number(heading).to_owned())
        .or_else(|| title::subject_phrase(&text))
        .unwrap_or_else(|| article_title.to_owned());
    Conclusion {
        heading,
        title,
        passages,
        points,
        statement,
    }
}

fn agenda(
    banner: Option<String>,
    intro: &[Passage],
    closing: Option<&Conclusion>,
    title: &str,
    scene: &Scene,
) -> String {
    if let Some(banner) = banner {
        return banner;
    }
    if scene.language != Language::English {
        return title.to_owned();
    }
    let closing = closing
        .map(|closing| closing.passages.as_slice())
        .unwrap_or_default();
    let texts: Vec<&str> = readable(intro).chain(readable(closing)).collect();
    title::announcement(&texts, &scene.topic, &scene.cast.hero).unwrap_or_else(|| title.to_owned())
}

/// The last sentence of a text, if it looks back on what the title says: in the
/// article's own words, no call to the reader, nothing about what an earlier
/// sentence named.
pub fn last_claim<'a>(passages: &'a [Passage], title: &str) -> Option<&'a str> {
    let last = passages.last().filter(|p| p.kind == Kind::Paragraph)?;
    let text = sentence::sentences(&last.text).pop()?;
    let own = weigh::stems(text);
    let is_of_topic = weigh::stems(title)
        .iter()
        .any(|stem| own.iter().any(|other| weigh::kin(stem, other)));
    (stands_alone(text)
        && text.ends_with(['.', '!', '。', '！'])
        && is_of_topic
        && !leads_away(text))
    .then_some(text)
}

/// Whether a sentence sends its reader somewhere else.
pub fn leads_away(sentence: &str) -> bool {
    const AWAY: words::Words = "visit contact email send join subscribe follow read see learn \
        download register github website page link newsletter email. click";
    let low = sentence.to_lowercase();
    low.contains("://")
        || low.contains('@')
        || low
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words::among(AWAY, word))
}

/// Whether a sentence is understood without those around it, and is the
/// article's own.
pub fn stands_alone(sentence: &str) -> bool {
    const BOUND: words::Words = "it its it's this that these those they their them he she his her \
        such both so then and but or also however therefore thus instead otherwise another \
        here there which who what if as likewise similarly conversely moreover furthermore \
        consequently accordingly";
    let low = sentence.to_lowercase().replace('’', "'");
    let opening = low
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .find(|word| !word.is_empty())
        .unwrap_or("");
    !words::among(BOUND, opening)
        && !claim::told(sentence)
        && !claim::quotes(sentence, false)
        && !sentence.contains(['”', '»'])
        && !sentence.ends_with(['?', '？', ':', '：'])
        && sentence.starts_with(char::is_alphanumeric)
}

pub use plain::{escape as escape_markdown, escape_inside, escape_signs};
pub use points::strip_number;
pub use sentence::sentences;
