//! Passages to the shape of the article: title, introduction, sections,
//! conclusion, and what belongs to the page around it.

use std::collections::BTreeMap;

use super::headless;
use super::leftover;
use super::points::strip_number;
use super::tongue::{self, Tongue};
use super::weigh::{self, Stems};
use super::{Beyond, Kind, Passage, Wanted, level};

/// A section whose title and points are not decided yet.
pub struct Part {
    /// `None` where the heading is lost.
    pub heading: Option<String>,
    pub passages: Vec<Passage>,
    pub line: u32,
    /// The heading above it that heads several sections.
    pub parent: Option<String>,
}

/// The shape of an article.
#[derive(Default)]
pub struct Outline {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub intro: Vec<Passage>,
    pub parts: Vec<Part>,
    pub conclusion: Option<(Option<String>, Vec<Passage>)>,
    /// A heading above the sections that says what they are.
    pub banner: Option<String>,
    pub leftovers: Vec<Passage>,
    pub beyond: Beyond,
}

/// Sections beyond which no talk has a slide for each: what costs nothing in an
/// article takes a file in a deck.
const MOST_PARTS: usize = 1_000;

/// Finds the shape.
pub fn outline(passages: Vec<Passage>, wanted: &Wanted) -> Outline {
    let mut res = Outline::default();
    let mut passages = without_page(passages, wanted, &mut res);
    headless::free(&mut passages);
    let passages = take_title(passages, &mut res);
    let passages = without_tail(passages, &mut res);
    split(passages, wanted.split_at, &mut res);
    if res.parts.is_empty() {
        headless::group(&mut res);
    } else if heads_little(&res) {
        // What has lost its headings stands before the few that are left.
        let known = std::mem::take(&mut res.parts);
        headless::group(&mut res);
        res.parts.extend(known);
    }
    let opening = res
        .parts
        .first()
        .and_then(|part| part.heading.clone())
        .unwrap_or_default();
    if res.parts.len() > 2 && named(&opening, |tongue| tongue.openings) {
        let part = res.parts.remove(0);
        res.intro.extend(part.passages);
    }
    conclude(&mut res);
    bound(&mut res);
    res
}

/// Sets aside what is too much, with its headings.
fn bound(outline: &mut Outline) {
    let gone = outline.parts.drain(MOST_PARTS.min(outline.parts.len())..);
    for part in gone {
        outline.beyond.n_sections += 1;
        let heading = part.heading.map(|text| Passage {
            kind: Kind::Heading(2),
            markdown: format!("## {}", super::escape_markdown(&text)),
            text,
            gap: 1,
            line: part.line,
        });
        outline.beyond.passages.extend(heading);
        outline.beyond.passages.extend(part.passages);
    }
}

fn named(heading: &str, names: impl Fn(&Tongue) -> &'static [&'static str]) -> bool {
    let low = strip_number(heading).to_lowercase().replace('’', "'");
    let bare = low.trim_matches(|c: char| !c.is_alphanumeric());
    let start = bare
        .split([':', '：', '—', '–'])
        .next()
        .unwrap_or(bare)
        .trim();
    tongue::any(names, start)
}

pub fn n_words(passage: &Passage) -> usize {
    tongue::n_words(&passage.text)
}

/// Words that the title of another article may have, about.
const TEASER: usize = 14;

/// Takes out lines of the page wherever they stand, and the byline and date
/// near the top.
fn without_page(passages: Vec<Passage>, wanted: &Wanted, outline: &mut Outline) -> Vec<Passage> {
    let mut res: Vec<Passage> = Vec::with_capacity(passages.len());
    // Under a dropped heading such as "Related Articles" the teasers go too.
    let mut dropping = false;
    // Under "About the Author" near the end, all of it.
    let mut closing = false;
    let late = passages.len() * 2 / 3;
    // Behind the last line of some length, there are no sections any more.
    let tail = passages
        .iter()
        .rposition(|passage| n_words(passage) > TEASER)
        .map_or(0, |at| at + 1);
    let bodies: Vec<bool> = (0..passages.len())
        .map(|at| {
            passages
                .get(at + 1)
                .is_some_and(|next| level(next).is_none() && n_words(next) >= 12)
        })
        .collect();
    let mut seen = 0;
    let mut body = false;
    let mut kept = false;
    for (at, (passage, has_body)) in passages.into_iter().zip(bodies).enumerate() {
        let heading = level(&passage).is_some();
        if heading {
            kept = wanted.kept.contains(&passage.text);
        }
        if kept {
            (dropping, closing) = (false, false);
            seen += 1;
            res.push(passage);
            continue;
        }
        if heading {
            closing = body && at >= late && leftover::heads_page_text(&passage.text);
        }
        if closing {
            outline.leftovers.push(passage);
            continue;
        }
        let text = !matches!(
            passage.kind,
            Kind::Code | Kind::Table | Kind::Picture | Kind::Quote
        );
        let behind = body && at >= tail;
        let teaser = dropping
            && n_words(&passage) <= TEASER
            && (behind || !heading && !passage.text.ends_with('.'));
        let line = text
            && (leftover::is_leftover(&passage.text) && !(heading && has_body)
                || behind && leftover::is_site(&passage.text));
        if line || teaser {
            dropping = body && (teaser || heading);
            outline.leftovers.push(passage);
            continue;
        }
        dropping = false;
        if seen < 5 && !heading && text && leftover::is_date(&passage.text) {
            outline.leftovers.push(passage);
            continue;
        }
        if seen < 5
            && !heading
            && text
            && outline.byline.is_none()
            && let Some(name) = leftover::byline(&passage.text)
        {
            outline.byline = Some(name.to_owned());
            outline.leftovers.push(passage);
            continue;
        }
        seen += 1;
        body = body || n_words(&passage) >= 12;
        res.push(passage);
    }
    res
}

/// The title: the first heading, if it stands first or above all others.
fn take_title(mut passages: Vec<Passage>, outline: &mut Outline) -> Vec<Passage> {
    let Some(first) = passages.iter().position(|passage| level(passage).is_some()) else {
        // A line over a text without headings names it.
        let names = passages.len() > 1
            && passages[0].kind == Kind::Paragraph
            && n_words(&passages[0]) <= 14
            && passages[0]
                .text
                .ends_with(|c: char| c.is_alphanumeric() || c == '?');
        if names {
            outline.title = Some(passages.remove(0).text);
        }
        return passages;
    };
    let top = level(&passages[first]);
    let above = passages[first + 1..]
        .iter()
        .filter_map(level)
        .all(|other| Some(other) > top);
    if (first == 0 && !heads_first_part(&passages)) || (above && first <= 4) {
        let title = passages.remove(first);
        outline.title = Some(title.text);
    }
    passages
}

/// Whether an article begins with its first section, because no heading stands
/// above the others and the text of the other sections never takes up a word of
/// the first one, as it would of a title.
fn heads_first_part(passages: &[Passage]) -> bool {
    let heads: Vec<usize> = (0..passages.len())
        .filter(|&at| level(&passages[at]).is_some())
        .collect();
    let top = level(&passages[0]);
    let alike = heads.iter().all(|&at| level(&passages[at]) == top);
    if heads.len() < 3 || !alike || heads[1] == 1 {
        return false;
    }
    let own = weigh::stems(&passages[0].text);
    let others = passages[heads[1]..]
        .iter()
        .map(|passage| weigh::stems(&passage.text));
    others
        .flatten()
        .all(|stem| !own.iter().any(|word| weigh::kin(word, &stem)))
}

/// Headings with nothing under them at the end are links to other pages.
fn without_tail(mut passages: Vec<Passage>, outline: &mut Outline) -> Vec<Passage> {
    let mut tail = Vec::new();
    while let Some(last) = passages.pop_if(|last| level(last).is_some()) {
        tail.push(last);
    }
    tail.reverse();
    // Nothing but headings is an outline, not a page with links at its end.
    if passages.is_empty() {
        return tail;
    }
    outline.leftovers.append(&mut tail);
    passages
}

/// Which headings begin a section: (level, first, last) places of headings.
struct Cut {
    level: u8,
    /// The heading above the group, which is no section itself.
    banner: Option<usize>,
    /// Headings of `level` count only in here.
    from: usize,
    to: usize,
}

/// The level with the most siblings. An upper level wins unless it has few
/// headings and one of them holds clearly more.
fn cut(passages: &[Passage], split_at: Option<u8>) -> Option<Cut> {
    let headings: Vec<(usize, u8)> = passages
        .iter()
        .enumerate()
        .filter_map(|(at, passage)| Some((at, level(passage)?)))
        .collect();
    let top = headings.iter().map(|(_, level)| *level).min()?;
    let count = headings.iter().filter(|(_, level)| *level == top).count();
    let plain = Cut {
        level: top,
        banner: None,
        from: 0,
        to: passages.len(),
    };
    if let Some(level) = split_at {
        return Some(Cut { level, ..plain });
    }
    if count > 3 {
        return Some(plain);
    }
    let mut best: Option<(usize, Cut)> = None;
    for (n, (parent, upper)) in headings.iter().enumerate() {
        let inside: Vec<&(usize, u8)> = headings[n + 1..]
            .iter()
            .take_while(|(_, level)| level > upper)
            .collect();
        let Some(lower) = inside.iter().map(|(_, level)| *level).min() else {
            continue;
        };
        let siblings = inside.iter().filter(|(_, level)| *level == lower).count();
        let to = inside.last().map_or(*parent, |(at, _)| *at) + 1;
        if best.as_ref().is_none_or(|(most, _)| siblings > *most) {
            best = Some((
                siblings,
                Cut {
                    level: lower,
                    banner: Some(*parent),
                    from: *parent,
                    to,
                },
            ));
        }
    }
    match best {
        Some((siblings, cut)) if siblings >= 4 || (count == 1 && siblings >= 2) => Some(cut),
        Some(_) | None => Some(plain),
    }
}

/// Headings of a lower level that stand over text before the first section: the
/// author began with "###" and went on with "##". One of them right behind the
/// title may be a second line of it.
fn early(passages: &[Passage], cut: &Cut) -> Option<Vec<usize>> {
    const TOLD: usize = 12;
    let begins = |at: &usize| {
        level(&passages[*at]).is_some_and(|level| level <= cut.level) || cut.banner == Some(*at)
    };
    let first = (0..passages.len()).find(begins)?;
    let lower = passages[..first].iter().filter_map(level).min()?;
    let heads: Vec<usize> = (0..first)
        .filter(|&at| level(&passages[at]) == Some(lower))
        .collect();
    let told = |n: usize| -> usize {
        let end = heads.get(n + 1).copied().unwrap_or(first);
        passages[heads[n] + 1..end].iter().map(n_words).sum()
    };
    let alone = heads.len() == 1 && (heads[0] == 0 || told(0) < 4 * TOLD);
    let empty = (0..heads.len()).all(|n| told(n) < TOLD);
    (!alone && !empty).then_some(heads)
}

fn split(passages: Vec<Passage>, split_at: Option<u8>, outline: &mut Outline) {
    let cut = cut(&passages, split_at);
    let early = cut.as_ref().and_then(|cut| early(&passages, cut));
    let base = usual_gap(&passages);
    let mut in_banner = false;
    let mut current: Option<Part> = None;
    for (at, passage) in passages.into_iter().enumerate() {
        let begins = match (level(&passage), &cut) {
            (Some(level), Some(cut)) => {
                level < cut.level
                    || (level == cut.level && (cut.from..=cut.to).contains(&at))
                    || early.as_ref().is_some_and(|early| early.contains(&at))
            }
            (Some(_) | None, _) => false,
        };
        if cut.as_ref().is_some_and(|cut| cut.banner == Some(at)) {
            outline.parts.extend(current.take());
            outline.banner = Some(passage.text);
            in_banner = true;
            continue;
        }
        if begins {
            in_banner = false;
            outline.parts.extend(current.take());
            let inside = cut
                .as_ref()
                .is_some_and(|cut| (cut.from..cut.to).contains(&at));
            current = Some(Part {
                heading: Some(passage.text),
                passages: Vec::new(),
                line: passage.line,
                parent: outline.banner.clone().filter(|_| inside),
            });
            continue;
        }
        let filled = current
            .as_ref()
            .map_or(!outline.intro.is_empty(), |part| !part.passages.is_empty());
        // "You have three choices:" opens a section as well as a long paragraph does.
        let leads = passage.text.ends_with([':', '：']) && n_words(&passage) >= 4;
        let lost = passage.kind == Kind::Paragraph
            && passage.gap > base
            && (n_words(&passage) >= 12 || leads)
            && filled;
        if lost && !in_banner {
            outline.parts.extend(current.take());
            current = Some(Part {
                heading: None,
                line: passage.line,
                passages: vec![passage],
                parent: None,
            });
            continue;
        }
        match &mut current {
            Some(part) => part.passages.push(passage),
            None => outline.intro.push(passage),
        }
    }
    outline.parts.extend(current);
}

fn usual_gap(passages: &[Passage]) -> u32 {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for passage in passages.iter().skip(1) {
        *counts.entry(passage.gap.max(1)).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(gap, count)| (*count, std::cmp::Reverse(*gap)))
        .map_or(1, |(gap, _)| gap)
}

/// Whether the text before the first of a few headings is most of the article.
fn heads_little(outline: &Outline) -> bool {
    let words = |passages: &[Passage]| -> usize { passages.iter().map(n_words).sum() };
    let n_long = outline
        .intro
        .iter()
        .filter(|passage| passage.kind == Kind::Paragraph && n_words(passage) >= 25)
        .count();
    let told: usize = outline.parts.iter().map(|part| words(&part.passages)).sum();
    outline.parts.len() <= 2 && n_long >= 4 && words(&outline.intro) > told * 2
}

/// Finds the conclusion: a section named so near the end, or last paragraphs
/// that look back.
fn conclude(outline: &mut Outline) {
    let n = outline.parts.len();
    let late = (n.saturating_sub(3)..n).rev().find(|&at| {
        at > 0
            && outline.parts[at]
                .heading
                .as_deref()
                .is_some_and(|heading| named(heading, |tongue| tongue.closings))
    });
    if let Some(at) = late {
        let part = outline.parts.remove(at);
        outline.conclusion = Some((part.heading, part.passages));
        return;
    }
    if n < 2 {
        return;
    }
    let title = weigh::stems(outline.title.as_deref().unwrap_or(""));
    let heads: Vec<Stems> = outline
        .parts
        .iter()
        .filter_map(|part| part.heading.as_deref())
        .map(weigh::stems)
        .filter(|stems| !stems.is_empty())
        .collect();
    let mut usual: Vec<usize> = outline.parts[..n - 1]
        .iter()
        .map(|part| part.passages.len())
        .collect();
    usual.sort_unstable();
    let usual = usual[usual.len() / 2];
    let Some(last) = outline.parts.last_mut() else {
        return;
    };
    let alone = last.heading.is_none() && last.passages.len() == 1;
    let Some(passage) = last.passages.last() else {
        return;
    };
    // What a sub-heading heads belongs to it.
    let headed = last
        .passages
        .iter()
        .nth_back(1)
        .is_some_and(|before| level(before).is_some());
    if passage.kind != Kind::Paragraph
        || headed
        || (last.passages.len() < 2 && !alone)
        || n_words(passage) < 12
    {
        return;
    }
    let own = weigh::stems(&passage.text);
    let told = heads
        .iter()
        .filter(|head| {
            let common = head
                .iter()
                .filter(|stem| own.iter().any(|other| weigh::kin(stem, other)))
                .count();
            common * 2 >= head.len() && common > 0
        })
        .count();
    let repeats =
        heads.len() >= 3 && told >= 2.max(heads.len() / 3) && (told >= 3 || heads.len() <= 6);
    let odd_one = usual == 1
        && n >= 4
        && last.passages.len() == 2
        && own.intersection(&title).next().is_some();
    if !(repeats || looks_back(&passage.text) || odd_one) {
        return;
    }
    let conclusion = last.passages.pop();
    if last.passages.is_empty() {
        outline.parts.pop();
    }
    outline.conclusion = Some((None, conclusion.into_iter().collect()));
}

/// "In conclusion, ..." and its like at the start of a paragraph.
fn looks_back(text: &str) -> bool {
    tongue::ALL
        .iter()
        .any(|tongue| tongue::opens_with(tongue.looks_back, text))
}
