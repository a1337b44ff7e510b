//! Which links may be followed.

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
