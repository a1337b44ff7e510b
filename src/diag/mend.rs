//! What mends a finding: a few bytes of the source, and nothing else.
//!
//! A place is one of the text as the pipeline reads it, without a byte-order
//! mark and with plain line ends. [`applied`] makes the edits in the author's
//! bytes, so that every byte that was not mended stays.

use std::ops::Range;

use super::Diagnostic;
use crate::source::{self, SourceId, Sources, Span};

/// A text to put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    span: Span,
    /// The one word of the span that goes; all of the span if not given.
    word: Option<String>,
    text: String,
}

impl Edit {
    /// Puts a text in the place of a whole span, which may be empty.
    pub fn whole(span: Span, text: impl Into<String>) -> Edit {
        Edit {
            span,
            word: None,
            text: text.into(),
        }
    }

    /// Puts a text in the place of the first such word of a span.
    pub fn word(span: Span, word: &str, text: &str) -> Edit {
        Edit {
            span,
            word: Some(word.to_string()),
            text: text.to_string(),
        }
    }

    /// The bytes of its source that go, and what comes; `None` if the word is
    /// not there, because the text came from elsewhere.
    pub fn at(&self, sources: &Sources) -> Option<(Span, &str)> {
        let source = sources.get(self.span.source);
        let Some(word) = &self.word else {
            return Some((self.span, &self.text));
        };
        let text = source.slice(self.span);
        let is_edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let at = text.match_indices(word.as_str()).find(|(at, word)| {
            is_edge(text[..*at].chars().next_back())
                && is_edge(text[at + word.len()..].chars().next())
        });
        let start = self.span.start as usize + at?.0;
        Some((source.at(start, start + word.len()), &self.text))
    }
}

/// A diagnostic's edits; `None` if it has none, or one of them has lost its place.
pub fn edits<'d>(found: &'d Diagnostic, sources: &Sources) -> Option<Vec<(Span, &'d str)>> {
    let edits: Option<Vec<_>> = found.fix.iter().map(|edit| edit.at(sources)).collect();
    edits.filter(|edits| !edits.is_empty())
}

/// The edits of all findings in one source, in order, and how many findings
/// they mend. Of findings whose edits touch, the first is mended.
pub fn plan<'d>(
    found: &'d [Diagnostic],
    sources: &Sources,
    id: SourceId,
) -> (Vec<(Range<usize>, &'d str)>, usize) {
    let mut made: Vec<(Range<usize>, &str)> = Vec::new();
    let mut n_mended = 0;
    for edits in found.iter().filter_map(|found| edits(found, sources)) {
        let ranges: Vec<(Range<usize>, &str)> = edits
            .into_iter()
            .filter(|(span, _)| span.source == id)
            .map(|(span, text)| (span.start as usize..span.end as usize, text))
            .collect();
        let touches = |(range, _): &(Range<usize>, &str)| {
            made.iter()
                .any(|(other, _)| range.start <= other.end && other.start <= range.end)
        };
        if ranges.is_empty() || ranges.iter().any(touches) {
            continue;
        }
        made.extend(ranges);
        n_mended += 1;
    }
    made.sort_by_key(|(range, _)| (range.start, range.end));
    (made, n_mended)
}

/// An author's bytes with edits of their text made; `None` if they are no longer
/// those of the text, or not UTF-8, whose places cannot be told.
pub fn applied(text: &str, bytes: &[u8], edits: &[(Range<usize>, &str)]) -> Option<Vec<u8>> {
    let raw = std::str::from_utf8(bytes).ok()?;
    if source::plain(raw.to_string()) != text {
        return None;
    }
    let line_end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
    let mut res = String::with_capacity(raw.len() + 64);
    let mut rest = 0;
    for (range, text) in edits {
        let (start, end) = (raw_place(raw, range.start), raw_place(raw, range.end));
        res += raw.get(rest..start)?;
        res += &text.replace('\n', line_end);
        rest = end;
    }
    res += raw.get(rest..)?;
    Some(res.into_bytes())
}

/// Where a byte of the text lies in the bytes it was read from: the text has no
/// byte-order mark, and one byte for each end of a line.
fn raw_place(raw: &str, byte: usize) -> usize {
    let mark = raw.len() - raw.trim_start_matches('\u{feff}').len();
    let mark = mark.min('\u{feff}'.len_utf8());
    let mut at = mark;
    let mut left = byte;
    for line in raw[mark..].split_inclusive("\r\n") {
        let plain = line.len() - usize::from(line.ends_with("\r\n"));
        if left < plain || !line.ends_with("\r\n") {
            return at + left;
        }
        left -= plain;
        at += line.len();
    }
    at + left
}

#[cfg(test)]
mod tests {
    use super::applied;
    use crate::source::plain;

    #[track_caller]
    fn check(raw: &str, edits: &[(std::ops::Range<usize>, &str)], expected: &str) {
        let bytes = applied(&plain(raw.to_string()), raw.as_bytes(), edits).expect("its own text");
        assert_eq!(String::from_utf8(bytes).expect("UTF-8"), expected);
    }

    #[test]
    fn every_other_byte_stays() {
        check("ab\ncd\n", &[(3..4, "X")], "ab\nXd\n");
        check(
            "\u{feff}ab\r\ncd\r\n",
            &[(3..4, "X")],
            "\u{feff}ab\r\nXd\r\n",
        );
        check("ab\r\ncd", &[(2..2, "\n:::")], "ab\r\n:::\r\ncd");
        check("ab\r\n\r\ncd", &[(6..6, "!")], "ab\r\n\r\ncd!");
        check("a\nb\r\nc\rd", &[(0..1, "A"), (6..7, "D")], "A\nb\r\nc\rD");
        check(
            "a\u{1}b\u{10ffff}c",
            &[(1..2, ""), (7..8, "C")],
            "ab\u{10ffff}C",
        );
        assert_eq!(applied("", b"\xff", &[]), None);
        assert_eq!(applied("old", b"new", &[]), None);
    }
}
