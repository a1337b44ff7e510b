//! Classes that no style knows.

use std::collections::BTreeSet;

use super::inspect::Seen;
use super::text;
use crate::deck::words::MEDIA_CLASSES;
use crate::deck::{Frame, Layout};
use crate::diag::Diagnostics;
use crate::diag::nearest::nearest;
use crate::source::Span;

/// What all themes share.
const SHARED: &str = include_str!("../../templates/slide.css");

/// Words in braces that are no class in the end, but ask for something, what
/// becomes a class only while it is rendered, and what the parser and the layout
/// themselves say.
const ASKING: [&str; 22] = [
    "step",
    "steps",
    "dim",
    "left",
    "right",
    "full",
    "cover",
    "contain",
    "numbers",
    "morph",
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "wide",
    "own-ground",
    "own-gradient",
    "kbd",
    "sub",
    "sup",
    "dates-short",
];

/// What an author may write, for "did you mean".
const USUAL: [&str; 15] = [
    "small", "large", "muted", "accent", "center", "right", "left", "full", "mono", "cover",
    "contain", "grey", "blur", "dark", "step",
];

/// Classes that change nothing.
pub fn unknown(diags: &mut Diagnostics, seen: &Seen) {
    if seen.plan.trusted {
        return;
    }
    let named: Vec<(&str, Span)> = seen
        .plan
        .frames
        .iter()
        .flat_map(|frame| of_frame(frame))
        .collect();
    if named.iter().all(|(name, _)| USUAL.contains(name)) {
        return;
    }
    let mut known: BTreeSet<&str> = [SHARED, &seen.theme.css]
        .into_iter()
        .flat_map(classes)
        .collect();
    known.extend(ASKING);
    known.extend(MEDIA_CLASSES);
    let mut names: Vec<&str> = USUAL.to_vec();
    names.extend(classes(&seen.theme.css).filter(|name| {
        !Layout::ALL
            .iter()
            .any(|layout| name.contains(layout.name()))
    }));
    for (name, span) in named {
        let is_ours = name == "optional" || name.starts_with("transition-");
        if !is_ours && !known.contains(name) {
            diags.unknown_class(span, name, nearest(name, names.iter().copied()));
        }
    }
}

fn of_frame(frame: &Frame) -> Vec<(&str, Span)> {
    let own = frame.classes.iter().map(|name| (name.as_str(), frame.span));
    let within = text::attributes(frame)
        .into_iter()
        .flat_map(|(attrs, span)| attrs.classes.iter().map(move |name| (name.as_str(), span)));
    own.chain(within).collect()
}

/// The names that stand behind a point in a style sheet.
fn classes(css: &str) -> impl Iterator<Item = &str> {
    css.split('.').skip(1).filter_map(|rest| {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(rest.len());
        let name = &rest[..end];
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            .then_some(name)
    })
}
