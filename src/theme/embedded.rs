//! The themes and fonts that come with the program.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use rustc_hash::FxHashMap;

use super::DEFAULT;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The files by their paths: the tree compares each of a hundred fonts with
/// every other one.
static FILES: LazyLock<FxHashMap<&str, &[u8]>> = LazyLock::new(|| {
    let mut res = FxHashMap::default();
    let mut folders = vec![&EMBEDDED];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        let files = folder.files();
        res.extend(files.filter_map(|file| Some((file.path().to_str()?, file.contents()))));
    }
    res
});

/// A file by its path below `themes`.
pub fn file(path: &str) -> Option<&'static [u8]> {
    FILES.get(path).copied()
}

/// The same as text.
pub fn text(path: &str) -> Option<&'static str> {
    std::str::from_utf8(file(path)?).ok()
}

/// The names of the themes, the usual one first.
pub fn names() -> Vec<&'static str> {
    let is_theme = |dir: &&Dir| dir.get_file(dir.path().join("theme.yaml")).is_some();
    let themes = EMBEDDED.dirs().filter(is_theme);
    let mut res: Vec<&str> = themes.filter_map(|dir| dir.path().to_str()).collect();
    res.sort_unstable_by_key(|name| (*name != DEFAULT, *name));
    res
}

/// A font, by its path below `themes/fonts`.
pub fn font(path: &str) -> Option<&'static [u8]> {
    file(&format!("fonts/{path}"))
}
