//! How a slide follows the one before, and whether it may be left out: as
//! classes, which the script of the page reads.

use crate::deck::settings::{DeckSettings, SlideSettings, TRANSITIONS};
use crate::diag::Diagnostics;

/// Classes of a slide for what it or its deck says of `transition` and
/// `optional`. Without either there are none: a slide fades.
pub fn classes(diags: &mut Diagnostics, slide: &SlideSettings, deck: &DeckSettings) -> Vec<String> {
    let mut res = Vec::new();
    let said = slide.transition.as_ref().or(deck.transition.as_ref());
    if let Some(said) = said.filter(|said| !said.value.is_empty()) {
        match said.value.trim() {
            "fade" => {}
            word if TRANSITIONS.contains(&word) => res.push(format!("transition-{word}")),
            word => diags.unknown_transition(said.span, word, &TRANSITIONS),
        }
    }
    if let Some(said) = &slide.optional {
        match said.value.as_str() {
            "true" => res.push("optional".into()),
            "false" | "" => {}
            word => diags.unknown_optional(said.span, word),
        }
    }
    res
}
