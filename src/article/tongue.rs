//! What the reading of an article knows of languages: one file for each, data
//! alone. A new language is a new file and a line in [`ALL`].
//!
//! What an article is written in is not known before its page has been taken
//! off, so headings, bylines and leftovers are looked up in all of them. Every
//! entry is in small letters, and long enough to mean nothing else elsewhere.

use super::words::{Words, among};

mod de;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod nl;
mod pt;
mod zh;

/// One language. Lists may be empty.
pub struct Tongue {
    /// Its tag as in `lang`.
    pub tag: &'static str,
    /// Its commonest words, by which it is told from others.
    pub common: Words,
    /// Words that carry no content. English has its own list in `words`.
    pub silent: Words,
    /// Words that a title must not end on.
    pub last: Words,
    /// Headings of an introduction.
    pub openings: &'static [&'static str],
    /// Headings of a conclusion.
    pub closings: &'static [&'static str],
    /// Openings of a paragraph that looks back on the article.
    pub looks_back: &'static [&'static str],
    /// Words that stand with a number in front of a heading: "Step 3: ...".
    pub labels: Words,
    /// What marks a question of an interview, in front of a colon: "Q".
    pub question: Words,
    /// The same for its answer.
    pub answer: Words,
    /// Beginnings of a sentence that leans on the one before: "they", "but".
    /// English has rules of its own.
    pub leaning: &'static [&'static str],
    /// What stands in front of an author's name.
    pub bylines: &'static [&'static str],
    /// Names of the months, short ones too.
    pub months: Words,
    /// Other words of a date, such as the days of the week.
    pub date_words: Words,
    /// Whole lines of the page, without marks at their end.
    pub page_lines: &'static [&'static str],
    /// Beginnings of lines of the page of at most a dozen words.
    pub page_starts: &'static [&'static str],
    /// Headings over text about the page: the author's life, the comments.
    pub page_heads: &'static [&'static str],
}

/// All that are known. English stands first and wins where nothing decides.
pub const ALL: [&Tongue; 9] = [
    &en::EN,
    &de::DE,
    &fr::FR,
    &es::ES,
    &it::IT,
    &pt::PT,
    &nl::NL,
    &zh::ZH,
    &ja::JA,
];

/// The language of a text by its script and its commonest words; English if
/// nothing speaks for another.
pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> &'static Tongue {
    const LOOKED_AT: usize = 20_000;
    let mut scores = [0_usize; ALL.len()];
    let (mut letters, mut wide, mut kana) = (0, 0, 0);
    for text in texts {
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            wide += usize::from(is_wide(c));
            kana += usize::from(('\u{3040}'..='\u{30ff}').contains(&c));
        }
        for word in text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
        {
            let low = word.to_lowercase();
            for (score, tongue) in scores.iter_mut().zip(ALL) {
                *score += usize::from(among(tongue.common, &low));
            }
        }
        if letters > LOOKED_AT {
            break;
        }
    }
    if wide * 4 > letters {
        return if kana * 10 > wide { &ja::JA } else { &zh::ZH };
    }
    let mut best = (0, ALL[0]);
    for (score, tongue) in scores.into_iter().zip(ALL) {
        if score > best.0 {
            best = (score, tongue);
        }
    }
    best.1
}

/// Letters of scripts that put no spaces between words.
pub fn is_wide(c: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&c) || ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// How long a text is in words: four letters of a script without spaces count as
/// two words, which is about what a translation has.
pub fn n_words(text: &str) -> usize {
    let wide = text.chars().filter(|c| is_wide(*c)).count();
    if wide == 0 {
        return text.split_whitespace().count();
    }
    let spaced = text
        .split(|c: char| c.is_whitespace() || is_wide(c))
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .count();
    wide.div_ceil(2) + spaced
}

/// Whether some language has `text` in a list.
pub fn any(list: impl Fn(&Tongue) -> &'static [&'static str], text: &str) -> bool {
    ALL.iter().any(|tongue| list(tongue).contains(&text))
}

/// Whether some language has a beginning of `text` in a list.
pub fn begins(list: impl Fn(&Tongue) -> &'static [&'static str], text: &str) -> bool {
    ALL.iter()
        .any(|tongue| list(tongue).iter().any(|start| text.starts_with(start)))
}

/// Whether a sentence begins with one of `starts`, as whole words where words are
/// spaced.
pub fn opens_with(starts: &[&str], sentence: &str) -> bool {
    let low = sentence.to_lowercase().replace('’', "'");
    starts.iter().any(|start| {
        low.strip_prefix(start).is_some_and(|rest| {
            start.chars().any(is_wide) || !rest.starts_with(char::is_alphanumeric)
        })
    })
}

/// Whether some language has `word` among its words.
pub fn word(list: impl Fn(&Tongue) -> Words, word: &str) -> bool {
    ALL.iter().any(|tongue| among(list(tongue), word))
}
