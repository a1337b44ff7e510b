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
