//! The language of a text, by its script and its commonest words.

const WORDS: [(&str, &[&str]); 7] = [
    (
        "en",
        &[
            "the", "and", "of", "to", "is", "that", "with", "for", "are", "this",
        ],
    ),
    (
        "de",
        &[
            "der", "die", "und", "das", "ist", "nicht", "mit", "ein", "eine", "von",
        ],
    ),
    (
        "fr",
        &[
            "le", "les", "des", "et", "est", "une", "dans", "pour", "que", "du",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "que", "una", "por", "con", "para", "del", "es",
        ],
    ),
    (
        "it",
        &[
            "il", "che", "di", "della", "sono", "per", "una", "gli", "nel", "non",
        ],
    ),
    (
        "pt",
        &[
            "não", "uma", "os", "das", "dos", "para", "com", "que", "em", "são",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "niet", "zijn", "voor", "met", "dat", "ook", "wordt",
        ],
    ),
];

/// Characters looked at: enough to be sure, few enough to cost nothing.
const LOOKED_AT: usize = 20_000;

/// A language tag; `en` where nothing speaks for another.
pub fn guess(text: &str) -> &'static str {
    let head: String = text.chars().take(LOOKED_AT).collect();
    let count =
        |range: std::ops::RangeInclusive<char>| head.chars().filter(|c| range.contains(c)).count();
    let letters = head.chars().filter(|c| c.is_alphabetic()).count().max(1);
    let scripts = [
        ("ja", count('\u{3040}'..='\u{30ff}') * 4),
        ("ko", count('\u{ac00}'..='\u{d7a3}')),
        ("zh", count('\u{4e00}'..='\u{9fff}')),
        ("ru", count('\u{0400}'..='\u{04ff}')),
        ("el", count('\u{0370}'..='\u{03ff}')),
        ("ar", count('\u{0600}'..='\u{06ff}')),
        ("he", count('\u{0590}'..='\u{05ff}')),
    ];
    if let Some((lang, _)) = scripts.into_iter().find(|(_, n)| n * 3 > letters) {
        return lang;
    }
    let lower = head.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    let score = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    // The first of equals wins, and English stands first.
    let mut best = ("en", 0);
    for (lang, list) in WORDS {
        let n = score(list);
        if n > best.1 {
            best = (lang, n);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn script_and_common_words_tell() {
        assert_eq!(
            super::guess("The cat is on the mat and that is that."),
            "en"
        );
        assert_eq!(
            super::guess("Die Katze ist nicht auf der Matte und das ist gut."),
            "de"
        );
        assert_eq!(
            super::guess("Le chat est dans la maison et les souris dansent."),
            "fr"
        );
        assert_eq!(super::guess("小米为什么把生态链产品留在中国"), "zh");
        assert_eq!(super::guess("これは日本語の文章です。"), "ja");
        assert_eq!(super::guess(""), "en");
    }
}
