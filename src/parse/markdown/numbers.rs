//! Whether a column of a table holds numbers, which stand below each other at
//! the right where no alignment is written.

use crate::deck::{Inline, plain_text};

/// Letters that a unit may have: `499 kr`, `12 km²`.
const MAX_UNIT: usize = 4;

/// Whether each cell of a column that says something says a number, and one does.
pub fn are_all(rows: &[Vec<Vec<Inline>>], column: usize) -> bool {
    let cells = rows.iter().filter_map(|row| row.get(column));
    let mut texts = cells.map(|cell| plain_text(cell)).peekable();
    let mut n_numbers = 0;
    texts.peek().is_some()
        && texts.all(|text| {
            let is_number = is_number(&text);
            n_numbers += usize::from(is_number);
            is_number || is_nothing(&text)
        })
        && n_numbers > 0
}

/// What stands in a cell of which nothing is known.
fn is_nothing(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '-' | '–' | '—' | '…' | '.' | '?' | ' '))
        || matches!(text, "n/a" | "N/A" | "n. a.")
}

/// Digits with signs between and around them, and a short unit or currency.
fn is_number(text: &str) -> bool {
    let is_sign = |c: char| c.is_whitespace() || "+-−–±~≈<>≤≥.,:'’/()%‰€$£¥₹×°²³".contains(c);
    let unit: Vec<&str> = text
        .split(|c: char| is_sign(c) || c.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .collect();
    let is_short =
        |word: &str| word.chars().count() <= MAX_UNIT && word.chars().all(char::is_alphabetic);
    let starts = text.starts_with(|c: char| is_sign(c) || c.is_ascii_digit());
    let ends = text.ends_with(|c: char| is_sign(c) || c.is_ascii_digit());
    text.contains(|c: char| c.is_ascii_digit())
        && (starts || ends)
        && match unit.as_slice() {
            [] => true,
            [word] => is_short(word),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::{is_nothing, is_number};

    #[test]
    fn numbers_are_told_from_words_with_digits() {
        for number in [
            "12",
            "1,204",
            "12 000",
            "−14 %",
            "+7 %",
            "499 kr",
            "€ 19",
            "CHF 5.20",
            "6:32",
            "~3.5",
            "12 km²",
            "3–5",
            "(12)",
            "2023-05-01",
        ] {
            assert!(is_number(number), "{number}");
        }
        for words in [
            "",
            "yes",
            "Line 4 to Oslo",
            "A4b",
            "Oslo",
            "3 of the 7",
            "Q3 Report",
        ] {
            assert!(!is_number(words), "{words}");
        }
        assert!(is_nothing("–") && is_nothing("") && !is_nothing("no"));
    }
}
