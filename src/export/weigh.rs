//! What of an exported page weighs what.

use std::collections::BTreeMap;

use super::html::data_url;
use crate::deck::Plan;
use crate::render::Pages;

/// One thing that a file is made of, and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// As the author knows it: `fonts`, `img/port.jpg`.
    pub what: String,
    /// How much of the file it is.
    pub bytes: usize,
}

/// What a page that we wrote weighs, part by part, the heaviest first; together
/// all of it. Pictures have the names that the author gave them, and are said to
/// have been heavier if they were in the plan.
pub fn weigh(html: &str, pages: &Pages, plan: &Plan) -> Vec<Weight> {
    let names = names(pages, plan);
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut slides = html.to_string();
    for (what, open, close) in [
        ("script", "<script id=\"deck-script\">", "</script>"),
        ("styles", "<style id=\"deck-style\">", "</style>"),
    ] {
        let found = take(&mut slides, open, close);
        let fonts: usize = pieces(&found, "@font-face{", "}").map(str::len).sum();
        *parts.entry("fonts").or_default() += fonts;
        *parts.entry(what).or_default() += found.len() - fonts;
    }
    let mut plain = String::with_capacity(slides.len());
    let mut rest = slides.as_str();
    while let Some(at) = rest.find("\"data:") {
        let (front, address) = rest.split_at(at + 1);
        let (address, behind) = address.split_at(address.find('"').unwrap_or(address.len()));
        plain += front;
        rest = behind;
        match names.get(address.split('#').next().unwrap_or_default()) {
            Some(name) => *parts.entry(name).or_default() += address.len(),
            None => plain += address,
        }
    }
    plain += rest;
    let notes = pieces(&plain, "<aside class=\"notes\"", "</aside>");
    let notes: usize = notes.map(str::len).sum();
    *parts.entry("notes").or_default() += notes;
    *parts.entry("slides").or_default() += plain.len() - notes;
    let mut res: Vec<Weight> = parts
        .into_iter()
        .filter(|(_, bytes)| *bytes > 0)
        .map(|(what, bytes)| Weight {
            what: what.to_string(),
            bytes,
        })
        .collect();
    res.sort_by_key(|weight| std::cmp::Reverse(weight.bytes));
    res
}

/// What the author calls a picture, film or sound, by its address in the page.
fn names(pages: &Pages, plan: &Plan) -> BTreeMap<String, String> {
    let mut res = BTreeMap::new();
    for named in plan.frames.iter().flat_map(|frame| &frame.assets) {
        let key = named.key.as_ref();
        let asset = key.and_then(|key| pages.assets.get(key));
        let old = key.and_then(|key| plan.assets.get(key));
        if let Some(asset) = asset.filter(|asset| asset.linked.is_none()) {
            let name = match named.href.starts_with("data:") {
                true => "data:",
                false => &named.href,
            };
            // What was only notes of an editor is not worth a word.
            let was = old.map_or(0, |old| old.bytes.len());
            let name = match was * 9 > asset.bytes.len() * 10 {
                true => format!("{name} (the file: {} KB)", was.div_ceil(1000)),
                false => name.to_string(),
            };
            res.insert(data_url(asset), name);
        }
    }
    res
}

/// Takes the inside of an element out of a page.
fn take(html: &mut String, open: &str, close: &str) -> String {
    let Some(start) = html.find(open).map(|at| at + open.len()) else {
        return String::new();
    };
    let end = html[start..]
        .find(close)
        .map_or(html.len(), |at| start + at);
    html.drain(start..end).collect()
}

/// All pieces of a text from a word to another, both included.
fn pieces<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(open).map(move |(at, _)| {
        let piece = &text[at..];
        &piece[..piece
            .find(close)
            .map_or(piece.len(), |end| end + close.len())]
    })
}
