//! The date a text begins with, as people write dates in front of what
//! happened: `1987`, `March 2020`, `4 May 2021`, `Q3 2024`, `09:30`, `Week 2`.

use std::ops::Range;

/// A date at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the date, without the word that leads to it and the mark
    /// behind it.
    pub at: Range<usize>,
    /// Where what happened begins.
    pub rest: usize,
    /// Something to put dates of one kind in order by; `None` for a month or a
    /// day that says no year.
    pub order: Option<i32>,
}

/// Words that lead to a date, in lower case.
const OPENINGS: [&str; 16] = [
    "in ", "on ", "by ", "since ", "from ", "at ", "around ", "about ", "c. ", "ca. ", "im jahr ",
    "im ", "am ", "seit ", "en ", "le ",
];

/// Months in the order of the year, one language after the other: the place
/// of a name by twelve is its month.
const MONTHS: [&str; 60] = [
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
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "sept",
    "oktober",
    "november",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

const WEEKDAYS: [&str; 28] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// Spans of time that are counted: `Week 2`.
const COUNTED: [&str; 12] = [
    "day", "week", "month", "year", "tag", "woche", "monat", "jahr", "jour", "semaine", "día",
    "semana",
];

/// Seasons, winter first, one language after the other.
const SEASONS: [&str; 16] = [
    "winter",
    "spring",
    "summer",
    "autumn",
    "winter",
    "frühling",
    "sommer",
    "herbst",
    "winter",
    "frühjahr",
    "summer",
    "fall",
    "hiver",
    "printemps",
    "été",
    "automne",
];

/// Words that are a date on their own.
const NOW: [&str; 8] = [
    "today",
    "now",
    "tomorrow",
    "yesterday",
    "heute",
    "morgen",
    "jetzt",
    "aujourd'hui",
];

/// Marks between a date and what happened.
const MARKS: [char; 5] = [':', ',', '–', '—', '-'];

/// What a word can be in a date.
enum Part {
    Year(i32),
    /// A number that is a year only in front of `BC` or `AD`.
    Number(i32),
    /// A number up to 31.
    Day(i32),
    Month(i32),
    /// The month before it begins, 0 for winter.
    Season(i32),
    Weekday,
    /// Minutes since midnight.
    Time(i32),
    /// Written in figures, with its order.
    Figures(i32),
    Quarter(i32),
    Counted,
    Now,
    /// Of years before our era.
    Before,
    /// `AD`.
    After,
    /// A dash between two dates.
    Joint,
}

/// The date that a text is, and nothing else.
pub fn whole(text: &str) -> Option<Found> {
    let bare = text.trim_end().trim_end_matches([':', ',', '–', '—', '.']);
    let found = read(bare)?;
    bare[found.at.end..].trim().is_empty().then_some(Found {
        rest: text.len(),
        ..found
    })
}

/// The date that a text begins with, if a mark or a word that leads to it says
/// that it is one: "2000 people came" begins with none.
pub fn leading(text: &str) -> Option<Found> {
    let found = read(text)?;
    let behind = &text[found.at.end..];
    let marked = behind.trim_start();
    let is_led = found.at.start > 0;
    let is_clear = text[found.at.clone()].contains(':') && !behind.is_empty();
    if !is_led && !is_clear && !marked.starts_with(MARKS) {
        return None;
    }
    let rest = marked.trim_start_matches(MARKS).trim_start();
    (!rest.is_empty()).then_some(Found {
        rest: text.len() - rest.len(),
        ..found
    })
}

/// As many words from the start as make a date.
fn read(text: &str) -> Option<Found> {
    let opening = OPENINGS.iter().find(|opening| {
        let head = text.get(..opening.len());
        head.is_some_and(|head| head.to_lowercase() == **opening)
    });
    let start = opening.map_or(0, |opening| opening.len());
    let mut parts = Vec::new();
    let mut end = start;
    let mut from = start;
    for word in text[start..].split_inclusive(char::is_whitespace).take(8) {
        let bare = word.trim_end().trim_end_matches([',', ':', '.', ';']);
        let Some(part) = part(bare, parts.last()) else {
            break;
        };
        let is_joint = matches!(part, Part::Joint);
        parts.push(part);
        // A dash belongs to a date only if another one follows.
        if !is_joint || bare.chars().any(char::is_alphabetic) {
            end = from + bare.len();
        }
        from += word.len();
        if word.trim_end().ends_with([':', ';']) {
            break;
        }
    }
    let order = order(&parts)?;
    Some(Found {
        at: start..end,
        rest: end,
        order,
    })
}

/// What dates are put in order by; `None` if the parts are no date.
fn order(parts: &[Part]) -> Option<Option<i32>> {
    let mut year = None;
    let (mut month, mut day, mut time, mut is_date) = (0, 0, None, false);
    let (mut number, mut is_before, mut is_of_era) = (None, false, false);
    for part in parts {
        match part {
            Part::Year(n) => year = year.or(Some(*n)),
            Part::Day(n) if day == 0 => day = *n,
            Part::Month(n) if month == 0 => month = *n,
            Part::Time(n) => time = time.or(Some(*n)),
            Part::Figures(n) => return Some(Some(*n)),
            Part::Quarter(n) => month = n * 3,
            Part::Season(n) => month = *n,
            Part::Number(n) => number = number.or(Some(*n)),
            Part::Before => is_before = true,
            Part::After => is_of_era = true,
            Part::Weekday | Part::Now => is_date = true,
            Part::Counted => is_date |= parts.iter().any(|part| matches!(part, Part::Day(_))),
            Part::Day(_) | Part::Month(_) | Part::Joint => {}
        }
    }
    let is_era = is_before || is_of_era;
    let year = year.or(number.filter(|_| is_era));
    let found = match (year, time) {
        // Years before our era run backwards.
        (Some(year), _) if is_before => Some(-year * 12 * 32),
        (Some(year), _) => Some((year * 12 + month) * 32 + day),
        (None, Some(time)) => Some(time),
        (None, None) => None,
    };
    let is_any = year.is_some() || time.is_some() || month > 0 || is_date;
    is_any.then_some(found)
}

fn part(word: &str, before: Option<&Part>) -> Option<Part> {
    let lower = word.to_lowercase();
    let place = |names: &[&str]| names.iter().position(|name| *name == lower);
    if let Some(at) = place(&MONTHS) {
        return Some(Part::Month(at as i32 % 12 + 1));
    }
    if place(&WEEKDAYS).is_some() {
        return Some(Part::Weekday);
    }
    if place(&NOW).is_some() {
        return Some(Part::Now);
    }
    if place(&COUNTED).is_some() {
        return Some(Part::Counted);
    }
    if before.is_some() && ["bc", "bce"].contains(&lower.as_str()) {
        return Some(Part::Before);
    }
    if before.is_some() && ["ad", "ce"].contains(&lower.as_str()) {
        return Some(Part::After);
    }
    if before.is_some() && ["–", "—", "-"].contains(&lower.as_str()) {
        return Some(Part::Joint);
    }
    if let Some(at) = place(&SEASONS) {
        return Some(Part::Season(at as i32 % 4 * 3));
    }
    figures(&lower)
}

/// A word of figures.
fn figures(word: &str) -> Option<Part> {
    let number = |text: &str| text.parse::<i32>().ok();
    if let Some(quarter) = word.strip_prefix(['q', 'h']).and_then(number) {
        return (1..=4).contains(&quarter).then_some(Part::Quarter(quarter));
    }
    // "1914–18", "09:30–10:00": the first one counts.
    if let Some((first, last)) = word.split_once(['–', '—'])
        && number(
            last.trim_end_matches(|c: char| !c.is_ascii_digit())
                .trim_start_matches(':'),
        )
        .or(clock(last))
        .is_some()
    {
        return figures(first);
    }
    if let Some(minutes) = clock(word) {
        return Some(Part::Time(minutes));
    }
    let of: Option<Vec<i32>> = word.split(['-', '.', '/']).map(number).collect();
    if let Some([a, b, c]) = of.as_deref().and_then(|of| <[i32; 3]>::try_from(of).ok()) {
        let (year, month, day) = if a > 31 { (a, b, c) } else { (c, b, a) };
        let is_date = month <= 31 && day <= 31 && year < 2_200;
        return is_date.then_some(Part::Figures((year * 12 + month) * 32 + day));
    }
    if let Some([year, month]) = of.as_deref().and_then(|of| <[i32; 2]>::try_from(of).ok()) {
        let is_month = (1000..2200).contains(&year) && (1..=12).contains(&month);
        return is_month.then_some(Part::Figures((year * 12 + month) * 32));
    }
    let ordinals = ["st", "nd", "rd", "th", "er", "s", "."];
    let bare = ordinals
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let n = number(bare).filter(|_| bare.bytes().all(|byte| byte.is_ascii_digit()))?;
    match bare.len() {
        1 | 2 if (1..=31).contains(&n) => Some(Part::Day(n)),
        // A year of three figures is rare, a number of three is not.
        4 if (1000..2200).contains(&n) => Some(Part::Year(n)),
        1..=4 => Some(Part::Number(n)),
        _ => None,
    }
}

/// Minutes since midnight of `9:30`.
fn clock(word: &str) -> Option<i32> {
    let bare = word.trim_end_matches(['a', 'p', 'm']);
    let (hours, minutes) = bare.split_once(':')?;
    let hour: i32 = hours.parse().ok()?;
    let minute: i32 = minutes.parse().ok()?;
    let is_time = hour < 25 && minute < 60 && minutes.len() == 2;
    let after_noon = if word.ends_with("pm") && hour < 12 {
        720
    } else {
        0
    };
    is_time.then_some(hour * 60 + minute + after_noon)
}

#[cfg(test)]
mod tests {
    use super::{leading, whole};

    #[test]
    fn a_date_opens_a_text_or_does_not() {
        let shown =
            |text: &'static str| leading(text).map(|found| (&text[found.at], &text[found.rest..]));
        for (text, date, rest) in [
            ("2019: the first shop opens", "2019", "the first shop opens"),
            (
                "In 1987 the bridge was built",
                "1987",
                "the bridge was built",
            ),
            ("March 4, 2020 – all closed", "March 4, 2020", "all closed"),
            ("On 4 May 2021, it rained.", "4 May 2021", "it rained."),
            ("1914–18: the war", "1914–18", "the war"),
            ("Q3 2024 — beta", "Q3 2024", "beta"),
            ("09:30 Doors open", "09:30", "Doors open"),
            ("Week 2: build", "Week 2", "build"),
            ("2021-05-04: signed", "2021-05-04", "signed"),
            ("1960s: the boom", "1960s", "the boom"),
            ("Today: we are here", "Today", "we are here"),
            ("4. Mai 2021: Regen", "4. Mai 2021", "Regen"),
        ] {
            assert_eq!(shown(text), Some((date, rest)), "{text}");
        }
        for text in [
            "2000 people came to see it",
            "In the summer of 1987 it rained",
            "Then 1987 came",
            "May we come in?",
            "2019:",
            "12: a dozen",
            "3,000: a lot",
            "",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn dates_stand_in_an_order() {
        let order = |text| whole(text).and_then(|found| found.order);
        assert!(order("March 2020") < order("4 May 2020"));
        assert!(order("1999") < order("2000-01-01"));
        assert!(order("9:05") < order("1:30pm"));
        assert_eq!(order("Monday"), None);
        assert!(whole("Monday").is_some());
        assert!(whole("2019 in review").is_none());
        assert!(order("325 BC") < order("44 BC") && order("44 BC") < order("79 AD"));
        assert!(whole("325 ships").is_none() && whole("325").is_none());
        assert!(order("Spring 2020") < order("Summer 2020"));
    }
}
