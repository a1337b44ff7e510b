//! What changes a page into the next one.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::Shown;
use crate::render::with_served_pictures;

/// The field names are the client's. What is not said stays as it was.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Patch<'a> {
    generation: String,
    /// The keys from the first to the last that changed.
    order: Option<Splice<'a>>,
    sections: BTreeMap<&'a str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Head<'a>>,
    focus: Option<&'a str>,
    wanted: Option<&'a str>,
    fault: Option<&'a str>,
    warnings: Option<&'a str>,
}

/// `keys` stand where the `gone` ones behind the first `at` stood.
#[derive(Serialize)]
struct Splice<'a> {
    at: usize,
    gone: usize,
    keys: &'a [String],
    /// How many there are then.
    total: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    title: &'a str,
    lang: &'a str,
    dir: &'static str,
    w: u32,
    h: u32,
    html_class: String,
}

/// The patch for a page that has `has`, or nothing that we know of.
pub fn patch(generation: String, has: Option<&Shown>, next: &Shown) -> String {
    let pages = &next.pages;
    let before = has.map(|has| &has.pages);
    let (at, gone, keys) = match before {
        Some(before) => splice(&before.order, &pages.order),
        // More than any page has: all of it goes.
        None => (0, u32::MAX as usize, &pages.order[..]),
    };
    let known: HashSet<&str> = match before {
        // Slides that moved are among those that went.
        Some(before) => before.order[at..at + gone]
            .iter()
            .map(String::as_str)
            .collect(),
        None => HashSet::new(),
    };
    let sections = keys
        .iter()
        .filter(|key| !known.contains(key.as_str()))
        .filter_map(|key| Some((key.as_str(), with_served_pictures(pages.sections.get(key)?))))
        .collect();
    let is_same_head =
        before.is_some_and(|before| before.head == pages.head && before.theme == pages.theme);
    let is_same_style = before.is_some_and(|before| before.styles == pages.styles);
    let patch = Patch {
        generation,
        order: (gone > 0 || !keys.is_empty()).then_some(Splice {
            at,
            gone,
            keys,
            total: pages.order.len(),
        }),
        sections,
        style: (!is_same_style).then(|| pages.style()),
        head: (!is_same_head).then(|| Head {
            title: &pages.head.title,
            lang: &pages.head.lang,
            dir: match pages.head.is_right_to_left() {
                true => "rtl",
                false => "",
            },
            w: pages.head.size.0,
            h: pages.head.size.1,
            html_class: format!("theme-{}", pages.theme),
        }),
        focus: next.focus.as_deref(),
        wanted: has
            .is_some_and(|has| has.wanted.0 != next.wanted.0)
            .then_some(&next.wanted.1),
        fault: Some(next.faults.as_str()).filter(|html| !html.is_empty()),
        warnings: Some(next.warnings.as_str()).filter(|html| !html.is_empty()),
    };
    serde_json::to_string(&patch).unwrap_or_default()
}

/// What is left of both lists when what they begin and end with alike is taken
/// away: where, how many of the old ones, and the new ones.
fn splice<'a>(old: &[String], new: &'a [String]) -> (usize, usize, &'a [String]) {
    let same = |(a, b): &(&String, &String)| a == b;
    let front = old.iter().zip(new).take_while(same).count();
    let shorter = old.len().min(new.len()) - front;
    let back = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(shorter)
        .take_while(same)
        .count();
    (
        front,
        old.len() - back - front,
        &new[front..new.len() - back],
    )
}
