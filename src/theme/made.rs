//! Embedded themes that were made before: making one takes longer than an edit.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{Folder, Part, Theme, find};
use crate::palette::Rgb;
use crate::source::Files;

/// How many are remembered.
const MAX_MADE: usize = 4;

/// An embedded theme, made of nothing else but an accent.
struct Made {
    /// Its name and those of its parents.
    names: Vec<String>,
    accent: Option<Rgb>,
    theme: Theme,
}

/// The last one first.
static MADE: Mutex<Vec<Made>> = Mutex::new(Vec::new());

/// A theme that was made before, unless the deck's folder has one of its name.
pub fn before(files: &dyn Files, root: &Path, name: &str, accent: Option<Rgb>) -> Option<Theme> {
    let all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let is_it = |made: &&Made| made.names[0] == name && made.accent == accent;
    let made = all.iter().find(is_it)?;
    let is_embedded =
        |name: &String| matches!(find(files, root, name), Some((Folder::Embedded(_), _)));
    made.names
        .iter()
        .all(is_embedded)
        .then(|| made.theme.clone())
}

/// Remembers a theme if all its parts are embedded.
pub fn keep(parts: &[Part], accent: Option<Rgb>, theme: &Theme) {
    let name = |part: &Part| match &part.folder {
        Folder::Embedded(name) => Some(name.clone()),
        Folder::Deck(_) => None,
    };
    let names: Option<Vec<String>> = parts.iter().map(name).collect();
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        return;
    };
    let mut all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    all.truncate(MAX_MADE - 1);
    all.insert(
        0,
        Made {
            names,
            accent,
            theme: theme.clone(),
        },
    );
}
