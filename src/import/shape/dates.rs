//! What happened when: passages or sentences that begin with a date.

use std::ops::Range;

use super::origin;
use crate::article::{self, Kind, Passage};
use crate::import::plan::Line;

/// Fewer dates are no course of events.
const LEAST: usize = 3;

/// Events that fit on a slide.
const MOST: usize = 8;

/// Words of an event that is shown whole.
const MAX_WORDS: usize = 22;

const MONTHS: [&str; 36] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "juin",
    "juillet",
    "décembre",
];

/// The dated events of a text, their dates as key phrases; empty if they are
/// no course of events: fewer than three, or not in the order of time.
pub fn events(passages: &[Passage]) -> Vec<Line> {
    let listed = |passage: &&Passage| passage.kind == Kind::Item;
    let items: Vec<&Passage> = passages.iter().filter(listed).collect();
    let of_items = ordered(items.iter().filter_map(|item| whole(item)).collect());
    if of_items.len() >= LEAST && of_items.len() * 5 >= items.len() * 4 {
        return of_items;
    }
    let mut res = Vec::new();
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    for passage in passages
        .iter()
        .filter(|passage| passage.kind == Kind::Paragraph && has_digit(&passage.text))
    {
        for sentence in article::sentences(&passage.text) {
            res.extend(event(sentence, sentence, passage));
        }
    }
    ordered(res)
}

/// An item is shown whole, or by its first sentence.
fn whole(item: &Passage) -> Option<(u32, Line)> {
    let first = article::sentences(&item.text).first().copied()?;
    event(&item.text, &item.text, item).or_else(|| event(first, first, item))
}

fn event(text: &str, sentence: &str, passage: &Passage) -> Option<(u32, Line)> {
    let (year, lead) = date(text)?;
    let n_words = text.split_whitespace().count();
    let shown = text.trim_end_matches(['.', '。']);
    let says_more = shown[lead.end..].split_whitespace().count() >= 2;
    if n_words > MAX_WORDS || !says_more || text.ends_with('?') {
        return None;
    }
    Some((
        year,
        Line {
            lead,
            ..origin::line(shown, sentence, passage)
        },
    ))
}

fn ordered(found: Vec<(u32, Line)>) -> Vec<Line> {
    let years: Vec<u32> = found.iter().map(|(year, _)| *year).collect();
    let differ = years.first() != years.last();
    let is_course = differ && (years.is_sorted() || years.iter().rev().is_sorted());
    if found.len() < LEAST || !is_course || found.len() > MOST {
        return Vec::new();
    }
    found.into_iter().map(|(_, line)| line).collect()
}

/// The date that a text begins with: its year, and where it stands.
fn date(text: &str) -> Option<(u32, Range<usize>)> {
    let openings = [
        "In ", "On ", "By ", "Since ", "Im Jahr ", "Am ", "Im ", "En ",
    ];
    let opening = openings.iter().find(|opening| text.starts_with(**opening));
    let from = opening.map_or(0, |opening| opening.len());
    let mut end = from;
    // "4 March 2020", "March 4, 2020", "March 2020", "2020".
    for word in text[from..].split_whitespace().take(4) {
        let at = end + text[end..].find(word)?;
        let bare = word.trim_end_matches([',', ':', '.', ';', '–', '—']);
        end = at + bare.len();
        let is_month = MONTHS.contains(&bare.to_lowercase().as_str());
        let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
        if is_number && bare.len() == 4 {
            let year: u32 = bare.parse().ok()?;
            let is_year = (1000..2200).contains(&year);
            let behind = text[end..].trim_start();
            // "2000 people came" is no date, "2000 opened the hall" neither.
            let is_closed = opening.is_some()
                || behind.starts_with([',', ':', '–', '—', '-', '.'])
                || at > from;
            return (is_year && is_closed).then_some((year, from..end));
        }
        let is_day = is_number && bare.len() <= 2;
        if !is_month && !is_day {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn a_date_opens_a_text_or_does_not() {
        let shown = |text: &'static str| date(text).map(|(year, at)| (year, &text[at]));
        assert_eq!(shown("2019: the first shop opens"), Some((2019, "2019")));
        assert_eq!(shown("In 1987 the bridge was built."), Some((1987, "1987")));
        assert_eq!(
            shown("March 4, 2020 – all closed"),
            Some((2020, "March 4, 2020"))
        );
        assert_eq!(
            shown("On 4 May 2021, it rained."),
            Some((2021, "4 May 2021"))
        );
        assert_eq!(shown("2000 people came to see it"), None);
        assert_eq!(shown("In the summer of 1987 it rained"), None);
        assert_eq!(shown("Then 1987 came"), None);
    }
}
