//! Spelling, by one of Hunspell's dictionaries and a list of the project's own
//! words. The only file that knows spellbook.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use encoding_rs::Encoding;
use spellbook::Dictionary;

use super::inspect::Seen;
use super::text;
use crate::diag::Diagnostics;
use crate::diag::nearest::nearest;
use crate::source::Span;

/// A word that the deck uses so often is meant.
const MEANT: usize = 3;

/// Letters from which a word with a capital is held to be misspelled, if the
/// dictionary has one that is nearly the same: shorter ones are names.
const LONG: usize = 7;

/// Words for which another one is looked for: that takes long.
const MOST_SUGGESTED: usize = 25;

/// A dictionary with the project's own words.
pub struct Speller {
    dictionary: Dictionary,
    own: BTreeSet<String>,
}

impl fmt::Debug for Speller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a dictionary and {} words", self.own.len())
    }
}

impl Speller {
    /// Reads the two files of a dictionary, in the encoding that the first of
    /// them names; `words` has one word on each line.
    ///
    /// # Errors
    /// If they are no dictionary.
    pub fn new(aff: &[u8], dic: &[u8], words: &str) -> Result<Speller, String> {
        let encoding = encoding(aff);
        let (aff, _, _) = encoding.decode(aff);
        let (dic, _, _) = encoding.decode(dic);
        let dictionary = Dictionary::new(&aff, &dic).map_err(|error| error.to_string())?;
        let own = words
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        Ok(Speller { dictionary, own })
    }

    fn knows(&self, word: &str) -> bool {
        self.own.contains(&word.to_lowercase()) || self.dictionary.check(word)
    }

    /// The word that was meant, if it is nearly the same.
    fn near(&self, word: &str) -> Option<String> {
        let mut found = Vec::new();
        self.dictionary.suggest(word, &mut found);
        nearest(word, found.iter().map(String::as_str)).map(String::from)
    }
}

/// `SET ISO8859-1`; UTF-8 if nothing is said.
fn encoding(aff: &[u8]) -> &'static Encoding {
    let start = String::from_utf8_lossy(&aff[..aff.len().min(4_000)]).into_owned();
    let name = start
        .lines()
        .find_map(|line| line.trim_start_matches('\u{feff}').strip_prefix("SET "));
    let name = name.unwrap_or("UTF-8").trim();
    let label = name
        .replace("ISO8859", "ISO-8859")
        .replace("microsoft-cp", "windows-");
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8)
}

/// Words that the dictionary does not have, each once.
pub fn unknown_words(diags: &mut Diagnostics, seen: &Seen, speller: &Speller) {
    let mut unknown: Vec<(String, Span)> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for frame in &seen.plan.frames {
        for (line, span) in text::lines(frame) {
            for word in words(&text::prose(line)) {
                match counts.get_mut(&word) {
                    Some(count) => *count += usize::from(*count > 0),
                    None => {
                        let is_known = speller.knows(&word);
                        counts.insert(word.clone(), usize::from(!is_known));
                        if !is_known {
                            unknown.push((word, span));
                        }
                    }
                }
            }
        }
    }
    let mut n_suggested = 0;
    for (word, span) in unknown {
        if counts[&word] >= MEANT {
            continue;
        }
        n_suggested += 1;
        let near = (n_suggested <= MOST_SUGGESTED)
            .then(|| speller.near(&word))
            .flatten();
        let is_name = word.starts_with(char::is_uppercase);
        if is_name && (near.is_none() || word.chars().count() < LONG) {
            continue;
        }
        let place = text::place(seen.sources, span, &word);
        diags.unknown_word(place, &word, near.as_deref());
    }
}

/// The words of a text that a dictionary can know: no addresses, no names of
/// files or functions, no abbreviations.
fn words(prose: &str) -> Vec<String> {
    let is_odd = |part: &str| {
        let inner = part.trim_matches(|c: char| !c.is_alphanumeric());
        inner.contains(|c: char| c.is_ascii_digit() || "/@_\\.:=<>&#$%+*|~^{}[]".contains(c))
    };
    let mut res = Vec::new();
    for part in prose.split_whitespace().filter(|part| !is_odd(part)) {
        for word in part.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '\u{2019}') {
            let word = word.replace('\u{2019}', "'");
            let word = word.trim_matches('\'');
            let word = word.strip_suffix("'s").unwrap_or(word);
            let n_letters = word.chars().count();
            let has_inner_capital = word.chars().skip(1).any(char::is_uppercase);
            let is_dense = word.chars().any(|c| c >= '\u{2e80}');
            if n_letters >= 3 && !has_inner_capital && !is_dense {
                res.push(word.to_string());
            }
        }
    }
    res
}
