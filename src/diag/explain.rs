//! What a code means, for `--explain`: the page `docs/checks.md`, which a test
//! writes from the catalog's own comments.

use std::sync::OnceLock;

const PAGE: &str = include_str!("../../docs/checks.md");

/// A code and what is said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: &'static str,
    /// Its level: `error`, `warning` or `note`.
    pub level: &'static str,
    /// Whether `--fix` may mend it.
    pub is_fixable: bool,
    /// Markdown, its first paragraph one sentence.
    pub text: &'static str,
}

/// All codes, in the order of the page.
pub fn all() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| PAGE.split("\n### `").skip(1).filter_map(entry).collect())
}

fn entry(part: &'static str) -> Option<Entry> {
    let (code, rest) = part.split_once('`')?;
    let (kind, text) = rest.split_once('\n')?;
    let kind = kind.trim().trim_start_matches('(').trim_end_matches(')');
    let (level, more) = kind.split_once(", ").unwrap_or((kind, ""));
    // The heading of the next part is none of this code's.
    let text = text.split("\n## ").next().unwrap_or_default();
    Some(Entry {
        code,
        level,
        is_fixable: !more.is_empty(),
        text: text.trim(),
    })
}

/// What is said about a code.
pub fn find(code: &str) -> Option<&'static Entry> {
    all().iter().find(|entry| entry.code == code)
}

/// Whether there is such a code.
pub fn is_code(code: &str) -> bool {
    find(code).is_some()
}
