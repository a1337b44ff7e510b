//! Where a slide that is shown as several could be split in its source.

use super::inspect::Seen;
use crate::deck::fit::{Continued, Cut};
use crate::deck::settings::DECK_KEYS;
use crate::diag::Diagnostics;
use crate::source::Span;

/// Settings that each part of a slide may have as the whole had them. Not among
/// them are those that say something of the slide as a whole, such as `minutes`.
const SHARED: [&str; 7] = [
    "layout",
    "class",
    "background",
    "footer",
    "fit",
    "steps",
    "transition",
];

/// Says again which slides are shown as several, with the text that would make
/// them several in the source.
pub fn continued(diags: &mut Diagnostics, seen: &Seen) {
    diags.forget("fit-split");
    for slide in &seen.plan.continued {
        let breaks = breaks(seen, slide).unwrap_or_default();
        diags.fit_split(slide.slide, slide.cuts.len() + 1, &breaks);
    }
}

/// What to write and where; `None` where more than a break and the title would
/// be needed: within a table, code, a group or a paragraph, or where notes would
/// be left behind.
fn breaks(seen: &Seen, slide: &Continued) -> Option<Vec<(Span, String)>> {
    let source = seen.sources.get(slide.slide.source);
    let (text, own) = (source.text(), source.slice(slide.slide));
    let start = slide.slide.start as usize;
    let is_it = |span: Span| span.source == slide.slide.source && span.start as usize == start;
    let first = seen.plan.frames.iter().find(|frame| is_it(frame.span))?;
    let has_group = own.lines().any(|line| line.trim_start().starts_with(":::"));
    if has_group || !first.notes.is_empty() {
        return None;
    }
    let line = own.lines().next().unwrap_or_default();
    let title = match (first.title.is_empty(), line.starts_with('#')) {
        (true, _) => String::new(),
        // A name may stand for one place alone.
        (false, true) if !line.contains("{#") => format!("{line}\n\n"),
        (false, _) => return None,
    };
    let settings = settings(text, start)?;
    let place = |cut: &Cut| {
        let Cut::Before(span) = cut else { return None };
        let at = span.start as usize;
        let is_line = text.get(..at)?.ends_with('\n') && at > start;
        // A list that is numbered from 1 throughout would begin anew.
        let is_first = text.get(at..)?.starts_with("1.") || text[at..].starts_with("1)");
        let gap = if text[..at].ends_with("\n\n") {
            ""
        } else {
            "\n"
        };
        (is_line && !is_first)
            .then(|| (source.at(at, at), format!("{gap}---\n{settings}\n{title}")))
    };
    slide.cuts.iter().map(place).collect()
}

/// The settings in front of a slide as each part needs them, with the line that
/// ends them; `None` if they cannot be had twice.
fn settings(text: &str, start: usize) -> Option<String> {
    let before = text[..start].trim_end();
    if before.is_empty() {
        return Some(String::new());
    }
    let above = before.strip_suffix("\n---")?;
    let block = above
        .rsplit("---\n")
        .next()
        .filter(|_| above.contains("---\n"));
    let Some(block) = block.filter(|block| !block.is_empty() && !block.contains("\n\n")) else {
        return Some(String::new());
    };
    if block.starts_with('\n') {
        return Some(String::new());
    }
    let keys = || {
        block
            .lines()
            .map(|line| line.split(':').next().unwrap_or(line))
    };
    if above.len() == "---\n".len() + block.len() {
        // The deck's own hold for every slide.
        return keys().all(|key| DECK_KEYS.contains(&key)).then(String::new);
    }
    keys()
        .all(|key| SHARED.contains(&key))
        .then(|| format!("{block}\n---\n"))
}
