//! What `deckle check` asks beyond what every build says.

use std::collections::BTreeMap;
use std::path::Path;

use super::room::Room;
use super::spelling::Speller;
use super::{class, contrast, glyph, heading, lang, link, picture, room, speech, spelling, split};
use crate::deck::Plan;
use crate::deck::settings::DeckSettings;
use crate::diag::levels::WORDS;
use crate::diag::nearest::nearest;
use crate::diag::{Diagnostics, Levels, explain};
use crate::source::{Files, Sources};
use crate::theme::Theme;

/// Codes of what only a browser measures.
const MEASURED: [&str; 2] = ["too-much-text", "low-contrast"];

/// What is looked for, and how much it counts.
#[derive(Default)]
pub struct Rules {
    /// Where the talk is given.
    pub room: Option<Room>,
    /// Levels that are not the usual ones.
    pub levels: Levels,
    /// A dictionary of the deck's language, if there is one.
    pub speller: Option<Speller>,
    /// Whether a browser measures the slides too.
    pub with_browser: bool,
    /// Links to the web that lead nowhere, and who says so.
    pub gone: BTreeMap<String, String>,
}

/// A deck as a rule sees it.
pub struct Seen<'a> {
    /// As it is shown.
    pub plan: &'a Plan,
    /// What its front matter says.
    pub settings: &'a DeckSettings,
    /// Its texts.
    pub sources: &'a Sources,
    /// Its files.
    pub files: &'a dyn Files,
    /// The folder they lie in.
    pub root: &'a Path,
    /// What was named: a file, or the folder.
    pub entry: &'a Path,
    /// How it looks.
    pub theme: &'a Theme,
}

/// What the deck's front matter says below `check`, with faults reported.
pub fn rules(diags: &mut Diagnostics, settings: &DeckSettings) -> Rules {
    let mut res = Rules::default();
    for (key, value) in &settings.check {
        let name = key.value.as_str();
        match name {
            "room" => match Room::named(value) {
                Some(room) => res.room = Some(room),
                None => diags.bad_check(key.span, name, "write `room: small` or `room: hall`"),
            },
            "words" => {}
            code if explain::is_code(code) => match Levels::read(value) {
                Some(level) => res.levels.set(code, level),
                None => {
                    let wanted = format!("write one of {}", WORDS.join(", "));
                    diags.bad_check(key.span, name, &wanted);
                }
            },
            _ => {
                let known = explain::all().iter().map(|entry| entry.code);
                let near = nearest(name, known.chain(["room", "words"]));
                diags.unknown_code(key.span, name, near);
            }
        }
    }
    res
}

/// Runs every rule of care and taste.
pub fn inspect(diags: &mut Diagnostics, seen: &Seen, rules: &Rules) {
    lang::bad_lang(diags, seen);
    split::continued(diags, seen);
    room::small_type(diags, seen, rules.room);
    room::too_many_words(diags, seen, rules.room);
    room::time(diags, seen);
    speech::missing_notes(diags, seen);
    speech::unreached_notes(diags, seen);
    speech::hidden_steps(diags, seen);
    heading::missing_titles(diags, seen);
    heading::repeated_titles(diags, seen);
    heading::order(diags, seen);
    link::dead_links(diags, seen, &rules.gone);
    picture::sizes(diags, seen);
    picture::unused(diags, seen);
    class::unknown(diags, seen);
    glyph::missing(diags, seen);
    if !rules.with_browser {
        contrast::over_pictures(diags, seen);
    }
    contrast::colour_only(diags, seen);
    if let Some(speller) = &rules.speller {
        spelling::unknown_words(diags, seen, speller);
    }
    let mut unchecked = vec![
        "unused-allow",
        "not-in-article",
        "number-differs",
        "name-differs",
    ];
    if rules.speller.is_none() {
        unchecked.push("unknown-word");
    }
    if !rules.with_browser {
        unchecked.extend(MEASURED);
    }
    diags.report_unused(&unchecked);
}
