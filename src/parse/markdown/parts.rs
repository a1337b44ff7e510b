//! A deck in parts: a long one is read by several cores, each a part, and what the
//! build before has read is not read again.

use std::ops::Range;
use std::sync::Arc;

use crate::cores;

use super::super::lines::{Outside, is_break, lines};
use super::{Kind, Piece, pieces_of};
use crate::deck::Known;
use crate::kept::EDGE;
use crate::source::Source;

/// Bytes that are worth a thread: with less, what the cores take from each other's
/// caches and allocators eats what they save.
const MIN_PART: usize = 256 * 1024;

/// New bytes beyond which the whole is read: it is hardly the deck it was.
const MOST_NEW: usize = 48 * 1024;

/// Bytes that are read at once. A tree takes fifty times the memory of its text:
/// that of a whole deck is not in the processor's cache, and new to the system.
const AT_ONCE: usize = 16 * 1024;

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

/// Parses the text of `source` into its pieces, part by part; what `known` knows is not read.
/// Also says where the text can be cut into slides.
pub fn pieces(
    source: &Source,
    text: &str,
    known: &Lookup<'_>,
) -> (Vec<Vec<Piece>>, Vec<Range<usize>>) {
    let slides = slides(text);
    let read = pieces_but(source, text, &slides, known)
        .map(|pieces| vec![pieces])
        .or_else(|| pieces_in(source, text, &joined_to(&slides, AT_ONCE)));
    match read {
        Some(pieces) => (pieces, slides),
        None => (vec![pieces_of(source, text, 0, Kind::Deck)], Vec::new()),
    }
}

/// The slide of a part of the text, if the build before has read it.
pub type Lookup<'a> = dyn Fn(&Range<usize>) -> Option<Arc<Known>> + 'a;

/// The pieces of what is not known; `None` if that is nearly all, or cannot be
/// read without the rest.
fn pieces_but(
    source: &Source,
    text: &str,
    slides: &[Range<usize>],
    known: &Lookup<'_>,
) -> Option<Vec<Piece>> {
    let mut res = Vec::new();
    let (mut n_known, mut open) = (0, 0);
    let middle = EDGE..slides.len().saturating_sub(EDGE);
    for (index, slide) in slides.iter().enumerate() {
        let found = middle.contains(&index).then(|| known(slide)).flatten();
        let Some(found) = found else { continue };
        res.extend(whole_pieces(source, text, open..slide.start)?);
        res.push(Piece::Known(source.at(slide.start, slide.end), found));
        n_known += slide.len();
        open = slide.end;
    }
    if text.len() - n_known > MOST_NEW {
        return None;
    }
    res.extend(pieces_of(source, &text[open..], open, Kind::Deck));
    Some(res)
}

/// The pieces of a part; `None` if it ends within code.
fn whole_pieces(source: &Source, text: &str, part: Range<usize>) -> Option<Vec<Piece>> {
    if part.is_empty() {
        return Some(Vec::new());
    }
    let pieces = pieces_of(source, &text[part.clone()], part.start, Kind::Deck);
    let is_cut = |piece: &Piece| matches!(piece, Piece::UnclosedCode(_));
    (!pieces.iter().any(is_cut)).then_some(pieces)
}

/// The pieces of the parts; `None` if one of them was cut within code.
fn pieces_in(source: &Source, text: &str, parts: &[Range<usize>]) -> Option<Vec<Vec<Piece>>> {
    let of = |part: &Range<usize>| pieces_of(source, &text[part.clone()], part.start, Kind::Deck);
    let n_cores = (text.len() / MIN_PART).clamp(1, cores::count());
    let shares = parts.chunks(parts.len().div_ceil(n_cores).max(1)).collect();
    let of_share = |share: &[Range<usize>]| share.iter().map(of).collect();
    let lists: Vec<Vec<Vec<Piece>>> = cores::each(shares, of_share);
    let lists: Vec<Vec<Piece>> = lists.into_iter().flatten().collect();
    let is_cut = |list: &Vec<Piece>| {
        list.iter()
            .any(|piece| matches!(piece, Piece::UnclosedCode(_)))
    };
    let (_, but_last) = lists.split_last()?;
    if but_last.iter().any(is_cut) {
        return None;
    }
    Some(lists)
}

/// Where a text can be cut at its breaks so that its parts are read as they are
/// in the whole; nowhere, if it holds what reaches from one into another.
fn slides(text: &str) -> Vec<Range<usize>> {
    if has_whole(text) {
        let whole = 0..text.len();
        return std::iter::once(whole).collect();
    }
    let mut res: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut outside = Outside::default();
    let mut is_blank = true;
    for (at, line) in lines(text) {
        let is_outside = outside.is_next(line);
        if is_outside && is_blank && is_break(line) && at > 0 {
            res.push(start..at);
            start = at;
        }
        is_blank = line.trim_ascii().is_empty();
    }
    res.push(start..text.len());
    res
}

/// The same parts put together so that each has that many bytes or more.
fn joined_to(slides: &[Range<usize>], length: usize) -> Vec<Range<usize>> {
    let end = slides.last().map_or(0, |last| last.end);
    let mut res: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for slide in slides.iter().skip(1) {
        if slide.start >= start + length {
            res.push(start..slide.start);
            start = slide.start;
        }
    }
    res.push(start..end);
    res
}

fn has_whole(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize, mark: &&str| {
        let start = bytes.get(at..at + mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let mut marks = text.match_indices(['<', ']']);
    marks.any(|(at, _)| WHOLE.iter().any(|mark| begins(at, mark)) && !ends_footnote(&bytes[..at]))
}

/// Whether a line that a bracket ends is `[^name`, which is no link's definition:
/// see `footnotes`.
fn ends_footnote(front: &[u8]) -> bool {
    let start = front.iter().rposition(|byte| *byte == b'\n');
    let line = &front[start.map_or(0, |at| at + 1)..];
    let indent = line.iter().take_while(|byte| **byte == b' ').count();
    indent < 4 && line[indent..].starts_with(b"[^") && !line[indent + 2..].contains(&b']')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::Sources;

    fn parts_of(text: &str, length: usize) -> Vec<Range<usize>> {
        joined_to(&slides(text), length)
    }

    fn starts(text: &str) -> Vec<&str> {
        let parts = parts_of(text, 1);
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
            assert_eq!(parts_of(&format!("{text}\n{whole}"), 1).len(), 1);
        }
        assert_eq!(parts_of(text, text.len() / 2).len(), 2);
        assert_eq!(parts_of("", 1).len(), 1);
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
            let parts = parts_of(text, 1);
            n_parts += parts.len();
            let whole = pieces_of(source, text, 0, Kind::Deck);
            let in_parts = match pieces_in(source, text, &parts) {
                Some(lists) => lists.into_iter().flatten().collect(),
                None => pieces_of(source, text, 0, Kind::Deck),
            };
            let without_faults = |list: Vec<Piece>| -> Vec<Piece> {
                let is_fault = |piece: &Piece| matches!(piece, Piece::BadFence(..));
                list.into_iter().filter(|piece| !is_fault(piece)).collect()
            };
            assert_eq!(without_faults(in_parts), without_faults(whole), "{text}");
        }
        assert!(n_parts > 50, "{n_parts}");
    }
}
