//! Which links may be followed, and which files they name.

use std::path::Path;

use crate::source::{Files, within};

/// Whether a link only shows something: the web, mail, telephone, or a place
/// without a scheme (a slide, a file).
pub fn is_safe(href: &str) -> bool {
    match scheme(href) {
        None => true,
        Some(scheme) => matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"),
    }
}

/// Whether a link leads out of the deck.
pub fn leaves_deck(href: &str) -> bool {
    scheme(href).is_some()
}

/// Whether a link leads to the web.
pub fn is_web(href: &str) -> bool {
    matches!(scheme(href).as_deref(), Some("http" | "https"))
}

/// The file a link names: `%20` and its like become characters; a query or
/// fragment is cut off.
pub fn path_of(href: &str) -> String {
    let path = href.split(['?', '#']).next().unwrap_or_default().as_bytes();
    let mut res = Vec::with_capacity(path.len());
    let mut at = 0;
    while at < path.len() {
        let hex = path
            .get(at + 1..at + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match (
            path[at],
            hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()),
        ) {
            (b'%', Some(byte)) => {
                res.push(byte);
                at += 3;
            }
            (byte, _) => {
                res.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&res).into_owned()
}

/// A file that a link means but for the case of its letters: the name in the
/// link, and that of the file.
pub fn other_case(files: &dyn Files, root: &Path, href: &str) -> Option<(String, String)> {
    let path = within(root, &path_of(href)).ok()?;
    let wrong = href.split(['?', '#']).next()?.rsplit('/').next()?;
    let name = path.file_name()?.to_str()?.to_lowercase();
    let names = files.list(path.parent()?)?;
    let mut same = names
        .iter()
        .filter_map(|path| path.file_name()?.to_str())
        .filter(|other| other.to_lowercase() == name);
    match (same.next(), same.next()) {
        (Some(only), None) => Some((wrong.to_string(), only.replace(' ', "%20"))),
        _ => None,
    }
}

/// What stands before the first `:`, if that is no part of a path. Browsers
/// pass over blanks and control characters in it, so they go first.
fn scheme(href: &str) -> Option<String> {
    let clean: String = href
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let (scheme, _) = clean.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{is_safe, leaves_deck};

    #[test]
    fn schemes_that_run_something_are_not_safe() {
        for href in [
            "https://example.org",
            "#5",
            "notes.html",
            "mailto:a@b.c",
            "a/b:c",
            "?q=a:b",
            "foo):",
            ":x",
            "5:x",
        ] {
            assert!(is_safe(href), "{href}");
        }
        for href in [
            "javascript:alert(1)",
            "JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "\u{1}javascript:x",
            "\u{a0}javascript:x",
        ] {
            assert!(!is_safe(href), "{href}");
        }
        assert!(leaves_deck("https://example.org") && !leaves_deck("#5"));
    }
}
