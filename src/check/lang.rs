//! The deck's language.

use super::inspect::Seen;
use crate::diag::Diagnostics;

/// What people write for a language, and its tag.
const NAMES: [(&str, &str); 24] = [
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("russian", "ru"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("japanese", "ja"),
    ("日本語", "ja"),
    ("korean", "ko"),
    ("arabic", "ar"),
    ("hebrew", "he"),
];

/// A `lang` that is no tag: BCP 47 wants two or three letters first, and parts
/// of at most eight letters and digits behind hyphens.
pub fn bad_lang(diags: &mut Diagnostics, seen: &Seen) {
    let Some(lang) = &seen.settings.lang else {
        return;
    };
    let word = lang.value.trim();
    let mut parts = word.split('-');
    let first = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if word.is_empty() || is_language && parts.all(is_part) {
        return;
    }
    let folded = word.to_lowercase();
    let named = NAMES.iter().find(|(name, _)| *name == folded);
    let tag = named.map(|(_, tag)| tag.to_string()).or_else(|| {
        // `en_GB` is what operating systems write.
        let hyphened = word.replace('_', "-");
        (hyphened != word && is_language_tag(&hyphened)).then_some(hyphened)
    });
    diags.bad_lang(lang.span, word, tag.as_deref());
}

fn is_language_tag(word: &str) -> bool {
    let mut parts = word.split('-');
    parts
        .next()
        .is_some_and(|first| (2..=3).contains(&first.len()))
        && parts.all(|part| (1..=8).contains(&part.len()))
}
