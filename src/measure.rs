//! How wide a text is in the face that decks are set in, without a browser.
//!
//! `themes/fonts/widths.txt` holds the advance widths of Inter, written by
//! `make.py` from the very files that are embedded. Kerning is left out: it
//! draws letters together, so a text is never wider than said here. A theme
//! with another face for text gets the room that [`SLACK`] leaves.

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../themes/fonts/widths.txt");

/// Added to every width: a theme's own face may run a little wider.
const SLACK: f64 = 1.03;

/// How heavy a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Bold,
}

struct Widths {
    regular: HashMap<char, u16>,
    bold: HashMap<char, u16>,
}

static WIDTHS: LazyLock<Widths> = LazyLock::new(|| {
    let (regular, bold) = TABLE.split_once("= 600").unwrap_or((TABLE, ""));
    Widths {
        regular: read(regular),
        bold: read(bold),
    }
});

fn read(table: &str) -> HashMap<char, u16> {
    let mut res = HashMap::new();
    for line in table.lines() {
        let mut words = line.split(' ');
        let Some(first) = words
            .next()
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        else {
            continue;
        };
        for (code, width) in (first..).zip(words) {
            if let (Some(c), Ok(width)) = (char::from_u32(code), width.parse()) {
                res.insert(c, width);
            }
        }
    }
    res
}

/// Width of a text set in `size` units, in the same units.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let table = match weight {
        Weight::Regular => &WIDTHS.regular,
        Weight::Bold => &WIDTHS.bold,
    };
    let of = |c: char| match table.get(&c) {
        Some(width) => f64::from(*width),
        None => unknown(c),
    };
    text.chars().map(of).sum::<f64>() * size * SLACK / 1000.0
}

/// A character that none of our faces has, in thousandths: Chinese, Japanese,
/// Korean and pictographs fill a square, marks above letters take nothing.
fn unknown(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffe6}' | '\u{1f000}'..='\u{3ffff}' => 1000.0,
        _ => 700.0,
    }
}

/// Text in lines no wider than `most`, broken at spaces and behind hyphens and
/// slashes. A single word may be wider.
pub fn wrap(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in pieces(text) {
        let longer = format!("{line}{word}");
        if !line.is_empty() && width(longer.trim_end(), size, weight) > most {
            lines.push(line.trim_end().to_string());
            line = word.trim_start().to_string();
        } else {
            line = longer;
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// Parts between which a line may break, each with the space behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut res = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_wide = |c: char| ('\u{2e80}'..'\u{ffe0}').contains(&c);
        let may_break = before == ' ' && c != ' '
            || matches!(before, '-' | '/' | '–') && c.is_alphabetic()
            || is_wide(before) && is_wide(c);
        if may_break && at > start {
            res.push(&text[start..at]);
            start = at;
        }
        before = c;
    }
    if start < text.len() {
        res.push(&text[start..]);
    }
    res
}

/// A text cut so that it is no wider than `most`, with an ellipsis for the rest.
pub fn shortened(text: &str, size: f64, weight: Weight, most: f64) -> String {
    if width(text, size, weight) <= most {
        return text.to_string();
    }
    let mut res = String::new();
    for c in text.chars() {
        let longer = format!("{res}{c}…");
        if width(&longer, size, weight) > most {
            break;
        }
        res.push(c);
    }
    format!("{}…", res.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{Weight, shortened, width, wrap};

    #[test]
    fn digits_are_all_of_one_width_and_bold_is_wider() {
        let one = width("1", 100.0, Weight::Regular);
        assert_eq!(one, width("8", 100.0, Weight::Regular));
        assert!((60.0..75.0).contains(&one), "{one}");
        assert!(width("Market", 20.0, Weight::Bold) > width("Market", 20.0, Weight::Regular));
        assert_eq!(width("", 20.0, Weight::Bold), 0.0);
    }

    #[test]
    fn lines_break_where_a_reader_would() {
        let lines = |text: &str, most: f64| wrap(text, 20.0, Weight::Regular, most).join("|");
        assert_eq!(
            lines("Cultural and language factors", 140.0),
            "Cultural and|language|factors"
        );
        assert_eq!(lines("Supply-chain", 90.0), "Supply-|chain");
        assert_eq!(lines("供应链与物流", 65.0), "供应链|与物流");
        assert_eq!(lines("", 10.0), "");
        let cut = shortened("Unforeseeable", 20.0, Weight::Regular, 80.0);
        assert!(
            cut.ends_with('…') && width(&cut, 20.0, Weight::Regular) <= 80.0,
            "{cut}"
        );
    }
}
