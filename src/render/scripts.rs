//! The scripts of pages, and how they become one. `build.rs` reads this file
//! too: it packs those of an export, which took half the time of a small deck.

use super::script;

/// The order in which rules win: ours, the theme's, the author's.
pub const LAYERS: &str = "@layer base,theme,deck;";

const FIT: &str = include_str!("../../templates/fit.js");
const WINGS: &str = include_str!("../../templates/wings.js");
const SHOW: &str = include_str!("../../templates/stage.js");

/// Those without which no slide is shown, in their order.
pub const STAGE: [&str; 3] = [FIT, WINGS, SHOW];

/// Those of every page but the ones that look on, in their order.
pub const OWN: [&str; 11] = [
    FIT,
    WINGS,
    SHOW,
    include_str!("../../templates/ahead.js"),
    include_str!("../../templates/pair.js"),
    include_str!("../../templates/find.js"),
    include_str!("../../templates/scene.js"),
    include_str!("../../templates/draw.js"),
    include_str!("../../templates/read.js"),
    include_str!("../../templates/rehearse.js"),
    include_str!("../../templates/speaker.js"),
];

/// That of a page with films or sounds, behind [`OWN`].
pub const MEDIA: &str = include_str!("../../templates/media.js");

/// One closed function out of scripts.
pub fn closed(scripts: &str) -> String {
    let parts = script::small(scripts);
    format!("(()=>{{'use strict';\n{parts}}})();").replace("</script", "<\\/script")
}

/// The words of a script that may name what a style sheet selects: custom
/// properties, and words as they are and apart at their hyphens. What stands
/// behind a point is one of its selectors, or a property, and no name that it sets.
pub fn names(script: &str) -> impl Iterator<Item = &str> {
    words(script)
        .filter(|word| {
            let at = word.as_ptr() as usize - script.as_ptr() as usize;
            word.starts_with("--") || !script[..at].ends_with('.')
        })
        .flat_map(|word| {
            let parts = word.split('-').filter(|part| !part.is_empty());
            std::iter::once(word).chain(parts)
        })
}

/// The words of code, hyphens and lines below among their letters.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_in_word(c))
        .filter(|word| !word.is_empty())
}

/// Whether a character is one of a word.
pub fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}
