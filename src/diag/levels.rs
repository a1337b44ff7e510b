//! How much a finding counts, where the author or the command line says it
//! otherwise than the catalog does.

use std::collections::BTreeMap;

use super::Severity;

/// What may stand behind a code.
pub const WORDS: [&str; 4] = ["off", "note", "warning", "error"];

/// Levels by code; `None` is not reported at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<String, Option<Severity>>);

impl Levels {
    /// The level of a word of [`WORDS`].
    pub fn read(word: &str) -> Option<Option<Severity>> {
        Some(match word {
            "off" => None,
            "note" => Some(Severity::Note),
            "warning" => Some(Severity::Warning),
            "error" => Some(Severity::Error),
            _ => return None,
        })
    }

    /// Says how much a code counts from now on.
    pub fn set(&mut self, code: &str, level: Option<Severity>) {
        self.0.insert(code.to_string(), level);
    }

    /// What counts for less than it is said to, and nothing that counts for
    /// more: a page that is watched must not stop for an opinion.
    pub fn quieter(&self) -> Levels {
        let off = self.0.iter().filter(|(_, level)| level.is_none());
        Levels(off.map(|(code, level)| (code.clone(), *level)).collect())
    }

    /// The level of a finding; `None` if it is not reported. An error stays one.
    pub fn of(&self, code: &str, usual: Severity) -> Option<Severity> {
        match self.0.get(code) {
            Some(level) if usual != Severity::Error => *level,
            _ => Some(usual),
        }
    }
}
