//! Links that lead nowhere.

use std::collections::BTreeSet;

use super::inspect::Seen;
use super::{all_blocks, text};
use crate::deck::{Inline, lines};
use crate::diag::Diagnostics;
use crate::links;
use crate::source::{Span, within};

/// Links to files and places of the deck that are not there.
pub fn dead_links(diags: &mut Diagnostics, seen: &Seen) {
    let ids = ids(seen);
    for frame in &seen.plan.frames {
        let own = text::lines(frame).into_iter().map(|(line, _)| line);
        for line in own.chain(lines(&frame.notes)) {
            in_line(diags, seen, &ids, line);
        }
    }
}

fn in_line(diags: &mut Diagnostics, seen: &Seen, ids: &BTreeSet<&str>, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Link {
                href, body, span, ..
            } => {
                one(diags, seen, ids, href, *span);
                in_line(diags, seen, ids, body);
            }
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. } => in_line(diags, seen, ids, body),
            _ => {}
        }
    }
}

fn one(diags: &mut Diagnostics, seen: &Seen, ids: &BTreeSet<&str>, href: &str, span: Span) {
    if links::leaves_deck(href) || href.starts_with("//") || href.is_empty() {
        return;
    }
    if let Some(place) = href.strip_prefix('#') {
        let slide = place.split('.').next().unwrap_or_default();
        let n_slides = seen.plan.frames.len();
        let is_slide = slide
            .parse()
            .is_ok_and(|n: usize| (1..=n_slides).contains(&n));
        let name = links::path_of(place);
        if !place.is_empty() && !is_slide && !ids.contains(name.as_str()) {
            diags.dead_link(span, href, None);
        }
        return;
    }
    let name = links::path_of(href);
    // What lies outside of the deck's folder is not ours to look at.
    let Ok(path) = within(seen.root, &name) else {
        return;
    };
    let in_folder = path.parent().and_then(|folder| seen.files.list(folder));
    let is_there = in_folder.is_some_and(|names| names.contains(&path));
    if !name.is_empty() && !is_there && seen.files.list(&path).is_none() {
        let near = links::other_case(seen.files, seen.root, href);
        let near = near
            .as_ref()
            .map(|(wrong, near)| (wrong.as_str(), near.as_str()));
        diags.dead_link(span, href, near);
    }
}

/// The names that links within the deck may lead to.
fn ids<'a>(seen: &Seen<'a>) -> BTreeSet<&'a str> {
    let mut res = BTreeSet::new();
    for frame in &seen.plan.frames {
        res.insert(frame.id.as_str());
        let named = text::attributes(frame).into_iter();
        res.extend(named.filter_map(|(attrs, _)| attrs.id.as_deref()));
        let notes = all_blocks(&frame.notes).into_iter();
        res.extend(notes.filter_map(|block| block.attrs.id.as_deref()));
    }
    res
}
