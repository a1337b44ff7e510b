//! A long deck in parts, each read by a core of its own.

use std::ops::Range;

use crate::cores;

use super::super::lines::{Outside, is_break, lines};

/// Bytes that are worth a thread.
const MIN_PART: usize = 48 * 1024;

/// What may hold a line `---` that is no break, or be of use in another part:
/// raw HTML that does not end at a blank line, and definitions of links.
const WHOLE: [&str; 8] = [
    "<pre",
    "<script",
    "<style",
    "<textarea",
    "<?",
    "<![",
    "<!d",
    "]:",
];

/// Where a text can be cut so that its parts are read as they are in the whole.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    parts_of(text, MIN_PART, cores::count())
}

fn parts_of(text: &str, min: usize, most: usize) -> Vec<Range<usize>> {
    let wanted = (text.len() / min.max(1)).min(most);
    if wanted < 2 || has_whole(text) {
        return vec![Range {
            start: 0,
            end: text.len(),
        }];
    }
    let length = text.len() / wanted;
    let mut res: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut outside = Outside::default();
    let mut is_blank = true;
    for (at, line) in lines(text) {
        let is_outside = outside.is_next(line);
        if is_outside && is_blank && is_break(line) && at >= start + length {
            res.push(start..at);
            start = at;
        }
        is_blank = line.trim().is_empty();
    }
    res.push(start..text.len());
    res
}

fn has_whole(text: &str) -> bool {
    text.match_indices(['<', ']']).any(|(at, _)| {
        let rest = &text.as_bytes()[at..];
        let is = |mark: &&str| {
            rest.get(..mark.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
        };
        WHOLE.iter().any(|mark| is(&mark))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{Kind, Piece, pieces_in, pieces_of};
    use super::*;
    use crate::source::Sources;

    fn starts(text: &str) -> Vec<&str> {
        let parts = parts_of(text, 1, 100);
        parts
            .into_iter()
            .map(|part| text[part].lines().nth(2).unwrap_or_default())
            .collect()
    }

    #[test]
    fn a_text_is_cut_at_its_breaks_only() {
        let text = "# a\n\n1\n\n---\n\n2\n\n```\n\n---\n\n```\n\n---\n\n3\n---\n<!--\n\n---\n\n-->\n\n---\n\n4\n";
        assert_eq!(starts(text), ["1", "2", "3", "4"]);
        for whole in ["<PRE>", "[a]: b", "<?x"] {
            assert_eq!(parts_of(&format!("{text}\n{whole}"), 1, 100).len(), 1);
        }
        assert_eq!(parts_of(text, 1, 2).len(), 2);
        assert_eq!(parts_of("", 1, 2).len(), 1);
    }

    /// Every deck of the tests, in as many parts as it has slides, and all of
    /// them as one long deck.
    #[test]
    fn the_parts_are_read_as_the_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decks/render");
        let mut texts: Vec<String> = std::fs::read_dir(folder)
            .expect("the decks")
            .filter_map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).ok())
            .filter(|text| text.starts_with('#') || text.starts_with("<!--"))
            .collect();
        assert!(texts.len() > 20);
        texts.push(texts.join("\n\n---\n\n"));
        let mut n_parts = 0;
        for text in texts {
            let mut sources = Sources::default();
            let id = sources.add("deck.md".into(), text);
            let source = sources.get(id);
            let text = source.text();
            let parts = parts_of(text, 1, 1000);
            n_parts += parts.len();
            let whole = pieces_of(source, text, 0, Kind::Deck);
            let in_parts = pieces_in(source, text, 0, &parts)
                .unwrap_or_else(|| pieces_of(source, text, 0, Kind::Deck));
            let without_faults = |list: Vec<Piece>| -> Vec<Piece> {
                let is_fault = |piece: &Piece| matches!(piece, Piece::BadFence(..));
                list.into_iter().filter(|piece| !is_fault(piece)).collect()
            };
            assert_eq!(without_faults(in_parts), without_faults(whole), "{text}");
        }
        assert!(n_parts > 50, "{n_parts}");
    }
}
