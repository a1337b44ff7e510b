//! Numbers as people write them: read, rounded to ticks, and written again.

use crate::deck::chart::NumberStyle;

/// What stands between thousands and in front of tenths, by language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Between thousands.
    pub group: char,
    /// In front of tenths.
    pub decimal: char,
}

/// The marks of a language, by its tag. What is not listed writes as English does.
pub fn marks(lang: &str) -> Marks {
    let (group, decimal) = match lang.split('-').next().unwrap_or_default() {
        "de" | "es" | "it" | "nl" | "pt" | "id" | "tr" | "da" | "el" | "hr" | "sl" | "ro"
        | "vi" => ('.', ','),
        "fr" | "cs" | "sk" | "pl" | "ru" | "uk" | "bg" | "sv" | "nb" | "no" | "nn" | "fi"
        | "hu" | "et" | "lv" | "lt" => ('\u{a0}', ','),
        _ => (',', '.'),
    };
    Marks { group, decimal }
}

/// A cell that holds a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The number.
    pub value: f64,
    /// Digits behind the decimal mark.
    pub digits: u8,
    /// A currency sign in front.
    pub before: String,
    /// The unit behind.
    pub behind: String,
}

/// Whether a cell says that its number is not known.
pub fn is_missing(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "" | "-" | "–" | "—" | "." | "?" | "n/a" | "na" | "n. a." | "null" | "nan"
    )
}

/// Reads `1,234.5`, `−3 %`, `€ 2.5`, `80 ms`.
pub fn read(text: &str, marks: Marks) -> Option<Read> {
    let text = text.trim();
    let is_of_number = |c: char| c.is_ascii_digit() || ".,'’ \u{a0}\u{202f}\u{2009}".contains(c);
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (mut before, rest) = text.split_at(start);
    let mut digits = rest;
    if let Some(end) = rest.find(|c: char| !is_of_number(c)) {
        digits = &rest[..end];
    }
    let mut behind = rest[digits.len()..].trim();
    // `1e6` and `2.5E-3`, as programs write.
    let mut power = 0_i32;
    if let Some(exponent) = behind.strip_prefix(['e', 'E'])
        && let Ok(found) = exponent.parse::<i32>()
        && found.abs() <= 15
    {
        (power, behind) = (found, "");
    }
    let mut sign = 1.0;
    before = before.trim();
    for minus in ['-', '−', '–'] {
        if let Some(rest) = before
            .strip_prefix(minus)
            .or_else(|| before.strip_suffix(minus))
        {
            sign = -1.0;
            before = rest.trim();
        }
    }
    before = before.trim_start_matches('+').trim();
    let is_word = |c: char| c.is_alphanumeric();
    if before.chars().count() > 3
        || before.contains(is_word)
        || behind.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let (whole, part) = split(digits.trim(), marks)?;
    let value: f64 = format!("{whole}.{part}e{power}").parse().ok()?;
    Some(Read {
        value: sign * value,
        digits: u8::try_from(part.trim_end_matches('0').len())
            .unwrap_or(9)
            .min(6),
        before: before.to_string(),
        behind: behind.to_string(),
    })
}

/// Digits in front of the decimal mark and behind it.
fn split(text: &str, marks: Marks) -> Option<(String, String)> {
    let only = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let Some(at) = text.rfind(['.', ',']) else {
        return Some((only(text), String::new()));
    };
    let mark = text[at..].chars().next()?;
    let behind = &text[at + 1..];
    let is_alone = text.matches(mark).count() == 1;
    // Three digits behind a mark are thousands if the language writes them so.
    let is_group = behind.len() == 3 && (mark == marks.group || mark != marks.decimal) || !is_alone;
    if behind.is_empty() || !behind.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    // A mark that comes again stands between thousands: what is between is no
    // other number of digits (two in India), else this is a version or a date.
    let mut between = text.split(mark).skip(1);
    if !is_alone && (behind.len() != 3 || !between.all(|part| matches!(part.len(), 2 | 3))) {
        return None;
    }
    if is_group {
        Some((only(text), String::new()))
    } else {
        Some((only(&text[..at]), behind.to_string()))
    }
}

/// A number as it is written in front of an audience, unit and all.
pub fn written(value: f64, digits: u8, style: &NumberStyle) -> String {
    let plain = format!("{:.*}", usize::from(digits.min(9)), value.abs());
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut grouped = String::new();
    for (at, c) in whole.chars().enumerate() {
        let left = whole.len() - at;
        // Four digits are read without a mark, as years are.
        if at > 0 && left % 3 == 0 && whole.len() > 4 {
            grouped += &style.group;
        }
        grouped.push(c);
    }
    let is_zero = plain.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let mark = if part.is_empty() {
        ""
    } else {
        style.decimal.as_str()
    };
    format!(
        "{sign}{}{grouped}{mark}{part}{}",
        style.before, style.behind
    )
}

/// Round numbers between which an axis runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// From the lowest to the highest.
    pub at: Vec<f64>,
    /// Digits that tell them apart.
    pub digits: u8,
}

impl Ticks {
    /// The lowest.
    pub fn low(&self) -> f64 {
        self.at.first().copied().unwrap_or(0.0)
    }

    /// The highest.
    pub fn high(&self) -> f64 {
        self.at.last().copied().unwrap_or(1.0)
    }
}

/// Ticks from at most `low` to at least `high`, about `n` steps of 1, 2, 2.5 or
/// 5 times a power of ten.
pub fn ticks(low: f64, high: f64, n: usize) -> Ticks {
    let n = n.max(1) as f64;
    let (low, high) = if high > low {
        (low, high)
    } else {
        (low, low + low.abs().max(1.0))
    };
    let rough = (high - low) / n;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let first = (low / step + 1e-9).floor();
    let last = (high / step - 1e-9).ceil().min(first + 60.0);
    let mut at = Vec::new();
    let mut index = first;
    while index <= last {
        at.push(index * step);
        index += 1.0;
    }
    Ticks {
        at,
        digits: digits_of(step),
    }
}

/// Digits behind the decimal mark that a step needs.
fn digits_of(step: f64) -> u8 {
    (0..=9)
        .find(|digits| {
            let scaled = step * 10_f64.powi(i32::from(*digits));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0)
        })
        .unwrap_or(9)
}
