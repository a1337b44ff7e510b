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
    regular: Table,
    bold: Table,
}

/// Advance widths; those of ASCII are looked up most.
struct Table {
    ascii: [f64; 128],
    rest: HashMap<char, f64>,
}

impl Table {
    #[inline]
    fn get(&self, c: char) -> f64 {
        match self.ascii.get(c as usize) {
            Some(width) => *width,
            None => self.rest.get(&c).map_or_else(|| unknown(c), |width| *width),
        }
    }
}

static WIDTHS: LazyLock<Widths> = LazyLock::new(|| {
    let (regular, bold) = TABLE.split_once("= 600").unwrap_or((TABLE, ""));
    Widths {
        regular: read(regular),
        bold: read(bold),
    }
});

fn read(table: &str) -> Table {
    let mut res = Table {
        ascii: std::array::from_fn(|code| unknown(code as u8 as char)),
        rest: HashMap::new(),
    };
    for line in table.lines() {
        let mut words = line.split(' ');
        let Some(first) = words
            .next()
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        else {
            continue;
        };
        for (code, width) in (first..).zip(words) {
            let width = width.parse::<u16>().ok().filter(|width| *width > 0);
            if let (Some(c), Some(width)) = (char::from_u32(code), width) {
                let width = f64::from(width);
                match res.ascii.get_mut(c as usize) {
                    Some(place) => *place = width,
                    None => {
                        res.rest.insert(c, width);
                    }
                }
            }
        }
    }
    res
}

/// Width of a text set in `size` units, in the same units.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let table = table(weight);
    text.chars().map(|c| table.get(c)).sum::<f64>() * size * SLACK / 1000.0
}

fn table(weight: Weight) -> &'static Table {
    match weight {
        Weight::Regular => &WIDTHS.regular,
        Weight::Bold => &WIDTHS.bold,
    }
}

/// Fills lines with text of several sizes and faces as a browser does, and
/// counts them: words go to the next line, what is wider than a line is broken,
/// Chinese and Japanese may break behind any character.
#[derive(Debug, Clone, Copy)]
pub struct Lines {
    most: f64,
    full: u32,
    line: f64,
    space: f64,
    word: f64,
    longest: f64,
    widest: f64,
}

impl Lines {
    /// Lines no wider than `most`.
    pub fn new(most: f64) -> Lines {
        Lines {
            most: most.max(1.0),
            full: 0,
            line: 0.0,
            space: 0.0,
            word: 0.0,
            longest: 0.0,
            widest: 0.0,
        }
    }

    /// Adds text in Inter; `size` is that of its type.
    pub fn text(&mut self, text: &str, size: f64, weight: Weight) {
        let table = table(weight);
        let scale = size * SLACK / 1000.0;
        self.each(text, |c| table.get(c) * scale);
    }

    /// Adds code, all of whose characters are of one width.
    pub fn mono(&mut self, text: &str, size: f64) {
        self.each(text, |c| {
            size * if unknown(c) == 1000.0 { 1.0 } else { 0.603 }
        });
    }

    /// Adds something that does not break and is `width` wide.
    pub fn piece(&mut self, width: f64) {
        self.word += width;
    }

    /// Begins a line.
    pub fn end_line(&mut self) {
        self.place_word();
        self.full += 1;
        self.widest = self.widest.max(self.line);
        self.line = 0.0;
        self.space = 0.0;
    }

    /// How many lines there are.
    pub fn count(mut self) -> u32 {
        self.place_word();
        self.full + u32::from(self.line > 0.0)
    }

    /// Width of the widest word so far.
    pub fn longest_word(mut self) -> f64 {
        self.place_word();
        self.longest
    }

    /// Width of the widest line so far.
    pub fn longest_line(mut self) -> f64 {
        self.place_word();
        self.widest.max(self.line)
    }

    fn each(&mut self, text: &str, width: impl Fn(char) -> f64) {
        for c in text.chars() {
            // Nearly all there is, on every build of every slide.
            if c.is_ascii_graphic() && c != '-' {
                self.word += width(c);
                continue;
            }
            if c.is_whitespace() && c != '\u{a0}' {
                self.place_word();
                // One is left of any number of them.
                self.space = width(' ');
                continue;
            }
            let breaks = ('\u{2e80}'..'\u{ffe0}').contains(&c);
            if breaks {
                self.place_word();
            }
            self.word += width(c);
            if breaks || c == '-' {
                self.place_word();
            }
        }
    }

    fn place_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word <= 0.0 {
            return;
        }
        self.longest = self.longest.max(word);
        let space = if self.line > 0.0 { self.space } else { 0.0 };
        self.space = 0.0;
        if self.line > 0.0 && self.line + space + word > self.most {
            self.full += 1;
            self.line = word;
        } else {
            self.line += space + word;
        }
        let over = (self.line / self.most).floor();
        if over >= 1.0 && self.line > self.most {
            self.full = self.full.saturating_add(over as u32);
            self.line -= over * self.most;
        }
    }
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

/// Columns that a line of code takes; what fills a square takes nearly two.
pub fn columns(line: &str) -> f64 {
    let wide = |c: char| !c.is_ascii() && unknown(c) == 1000.0;
    line.chars()
        .map(|c| match c {
            '\t' => 4.0,
            c if wide(c) => 1.67,
            _ => 1.0,
        })
        .sum()
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
    use super::{Lines, Weight, shortened, width, wrap};

    #[test]
    fn digits_are_all_of_one_width_and_bold_is_wider() {
        let one = width("1", 100.0, Weight::Regular);
        assert_eq!(one, width("8", 100.0, Weight::Regular));
        assert!((60.0..75.0).contains(&one), "{one}");
        assert!(width("Market", 20.0, Weight::Bold) > width("Market", 20.0, Weight::Regular));
        assert_eq!(width("", 20.0, Weight::Bold), 0.0);
    }

    #[test]
    fn lines_are_counted_as_they_break() {
        let count = |text: &str, most: f64| {
            let mut lines = Lines::new(most);
            lines.text(text, 20.0, Weight::Regular);
            lines.count()
        };
        assert_eq!(count("", 140.0), 0);
        assert_eq!(count("Cultural and language factors", 140.0), 3);
        assert_eq!(count("Supply-chain", 90.0), 2);
        assert_eq!(count("供应链与物流", 65.0), 2);
        assert_eq!(count("Donaudampfschifffahrtsgesellschaft", 90.0), 4);
        assert_eq!(count("two   spaces\n and  more", 2000.0), 1);
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
