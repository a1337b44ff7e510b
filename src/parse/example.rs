//! The source of a slide that is shown beside it.

use std::ops::Range;

use super::front::Front;

/// The key of the setting, which is no part of what it shows.
const KEY: &str = "example:";

/// The lines of a slide as its author wrote them, without the setting that
/// asks for them. `fronts` are those of slides behind the first: their opening
/// line ends the slide before.
pub fn source(text: &str, range: Range<usize>, fronts: &[Front]) -> String {
    let is_open = fronts
        .iter()
        .any(|front| range.contains(&front.whole.start));
    let own = text.get(range).unwrap_or_default().trim();
    let opening = is_open.then_some("---");
    let mut in_front = is_open || own.starts_with("---\n");
    let mut res: Vec<&str> = Vec::new();
    for line in opening.into_iter().chain(own.lines()) {
        let is_fence = line.trim_end() == "---";
        if in_front && line.starts_with(KEY) {
            continue;
        }
        in_front &= !is_fence || res.is_empty();
        res.push(line);
    }
    // Nothing else was set.
    if let ["---", "---", rest @ ..] = res.as_slice() {
        return rest.join("\n").trim().to_string();
    }
    res.join("\n")
}
