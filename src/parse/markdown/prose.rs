//! Text that Markdown takes as it stands. Most notes are a few plain sentences,
//! and the parser takes longer to begin than to read them.

use std::ops::Range;

/// Signs of ASCII that mean nothing between words.
const PLAIN: &str = ",;.?()'\"%/";

/// Where each paragraph of a text stands, if none of it may mean more than it says.
pub fn paragraphs(text: &str) -> Option<Vec<Range<usize>>> {
    let mut res: Vec<Range<usize>> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        if line.is_empty() {
            is_open = false;
            continue;
        }
        if !is_prose(line) {
            return None;
        }
        let end = start + line.len();
        match res.last_mut() {
            Some(last) if is_open => last.end = end,
            _ => res.push(start..end),
        }
        is_open = true;
    }
    Some(res)
}

fn is_prose(line: &str) -> bool {
    // What is indented may be code, and blanks at the end may break a line.
    if !line.starts_with(char::is_alphabetic) || line.ends_with(char::is_whitespace) {
        return false;
    }
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_plain = match c {
            ' ' => true,
            // Neither an address nor the name of a sign.
            ':' => next == ' ' && before.is_alphanumeric(),
            '-' => before.is_alphanumeric() && next.is_alphanumeric(),
            _ if c.is_ascii() => c.is_ascii_alphanumeric() || PLAIN.contains(c),
            // Marks of our own are no characters.
            _ => {
                c.is_alphanumeric()
                    || matches!(c, '\u{2010}'..='\u{2026}' | '\u{3001}'..='\u{301f}')
            }
        };
        if !is_plain {
            return false;
        }
        before = c;
    }
    // An address may begin so.
    !line.contains("www.")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{blocks, parsed_blocks};
    use super::*;
    use crate::source::Sources;

    /// Numbers that look random and are the same in every run.
    struct Dice(u64);

    impl Dice {
        fn pick<'t>(&mut self, all: &[&'t str]) -> &'t str {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            all[(self.0 >> 33) as usize % all.len()]
        }
    }

    #[test]
    fn prose_is_read_as_the_parser_reads_it() {
        const PIECES: &[&str] = &[
            "Words",
            "of",
            "a",
            "note",
            " ",
            " ",
            " ",
            " ",
            "\n",
            "\n",
            "\n\n",
            ", ",
            ". ",
            ": ",
            "-",
            "(so)",
            "10",
            "1.",
            "50 %",
            "it's",
            "\"told\"",
            "and/or",
            "größer",
            "列车",
            "。",
            " – ",
            "…",
            "www.a.org",
            "http://a",
            "a@b.c",
            ":rocket:",
            "*",
            "_",
            "#",
            "\t",
            "  ",
            "=",
            "|",
            "~",
            "^",
            "&amp;",
            "\\",
            "<b>",
            "[a]",
            "{b}",
            "---",
            ":::",
            "$",
            "\u{a0}",
        ];
        let mut dice = Dice(7);
        let (mut n_prose, mut n_others) = (0, 0);
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..dice.pick(&["1", "3", "6", "12"]).parse().unwrap_or(1) {
                // Three times of four what is plain.
                let most = dice.pick(&["25", "25", "25", "49"]).parse().unwrap_or(25);
                text += dice.pick(&PIECES[..most]);
            }
            match paragraphs(&text) {
                Some(found) if !found.is_empty() => n_prose += 1,
                Some(_) => continue,
                None => n_others += 1,
            }
            let mut sources = Sources::default();
            let id = sources.add(PathBuf::from("a.md"), format!("<!--{text}-->"));
            let source = sources.get(id);
            let text = source.text()[4..].trim_end_matches("-->").to_string();
            assert_eq!(
                blocks(source, &text, 4),
                parsed_blocks(source, &text, 4),
                "{text:?}"
            );
        }
        assert!(n_prose > 2_000 && n_others > 2_000, "{n_prose} {n_others}");
    }
}
