//! The entries of an agenda that lists none itself.

use std::sync::Arc;

use super::{Laid, slots};
use crate::deck::{Entry, Frame, Inline, Layout, Sign};

/// Entries of an agenda beyond which it is no longer an overview.
const MAX_AGENDA: usize = 14;

/// An agenda without a list of its own names the factors, else the sections,
/// else every slide with a title.
pub fn fill(laid: &mut [Laid]) {
    let frames: Vec<&Frame> = laid.iter().map(|laid| &*laid.frame).collect();
    let empty: Vec<usize> = (0..frames.len())
        .filter(|&at| {
            frames[at].layout == Layout::Agenda && !slots::has_list(&frames[at].slots.body)
        })
        .collect();
    if empty.is_empty() {
        return;
    }
    let of = |layout: Layout| {
        frames
            .iter()
            .copied()
            .filter(move |frame| frame.layout == layout && frame.example.is_none())
            .collect::<Vec<_>>()
    };
    let mut named = of(Layout::Factor);
    if named.is_empty() {
        named = of(Layout::Section);
    }
    if named.is_empty() {
        let rest = |frame: &&Frame| {
            !frame.title.is_empty()
                && !matches!(
                    frame.layout,
                    Layout::Title | Layout::Agenda | Layout::Closing
                )
        };
        named = frames.iter().copied().filter(rest).collect();
    }
    let mut entries: Vec<Entry> = named
        .into_iter()
        .take(MAX_AGENDA)
        .zip(1..)
        .map(|(frame, number)| Entry {
            number: frame.number.unwrap_or(number),
            title: without_links(&frame.title),
            icon: frame.icon.clone(),
            target: frame.id.clone(),
        })
        .collect();
    // An icon here and there looks like a fault in the list.
    let n_icons = entries.iter().filter(|entry| entry.icon.is_some()).count();
    if 2 * n_icons < entries.len() {
        for entry in &mut entries {
            entry.icon = None;
        }
    }
    for at in empty {
        Arc::make_mut(&mut laid[at].frame).agenda = entries.clone();
    }
}

/// The entry is a link itself, and links do not nest.
fn without_links(inlines: &[Inline]) -> Vec<Inline> {
    let mut res = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Link { body, .. } => res.extend(without_links(body)),
            Inline::Emph(body) => res.push(Inline::Emph(without_links(body))),
            Inline::Strong(body) => res.push(Inline::Strong(without_links(body))),
            Inline::Strike(body) => res.push(Inline::Strike(without_links(body))),
            Inline::Span { body, attrs, .. } => res.push(Inline::Span {
                body: without_links(body),
                attrs: attrs.clone(),
                step: 0,
            }),
            Inline::Html { .. } | Inline::Sign(Sign::Note { .. }) => {}
            Inline::Mark(body) => res.push(Inline::Mark(without_links(body))),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Sign(Sign::Icon { .. })
            | Inline::Break => {
                res.push(inline.clone());
            }
        }
    }
    res
}
