//! Links that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::inspect::Seen;
use super::{all_blocks, text};
use crate::deck::{Inline, Plan, lines};
use crate::diag::Diagnostics;
use crate::links;
use crate::source::{Span, within};

/// Links to files and places of the deck that are not there, and to the web that
/// are known to be `gone`.
pub fn dead_links(diags: &mut Diagnostics, seen: &Seen, gone: &BTreeMap<String, String>) {
    let ids = ids(seen);
    for (href, span) in all(seen.plan) {
        match gone.get(&address(href)) {
            Some(who) => diags.dead_link(span, href, None, Some(who)),
            None => one(diags, seen, &ids, href, span),
        }
    }
}

/// The addresses on the web that links lead to, each once.
pub fn remote(plan: &Plan) -> Vec<String> {
    let all = all(plan).into_iter();
    let web: BTreeSet<String> = all
        .filter(|(href, _)| links::is_web(href))
        .map(|(href, _)| address(href))
        .collect();
    web.into_iter().collect()
}

/// What of a link a server is asked for: a place within its page is not.
fn address(href: &str) -> String {
    href.split('#').next().unwrap_or_default().to_string()
}

/// All links of a deck, those in notes too.
fn all(plan: &Plan) -> Vec<(&str, Span)> {
    let mut res = Vec::new();
    for frame in &plan.frames {
        let own = text::lines(frame).into_iter().map(|(line, _)| line);
        for line in own.chain(lines(&frame.notes)) {
            in_line(line, &mut res);
        }
    }
    res
}

fn in_line<'b>(line: &'b [Inline], res: &mut Vec<(&'b str, Span)>) {
    for inline in line {
        match inline {
            Inline::Link { body, to } => {
                res.push((&to.href, to.span));
                in_line(body, res);
            }
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. } => in_line(body, res),
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
            diags.dead_link(span, href, None, None);
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
        diags.dead_link(span, href, near, None);
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
