//! English verbs: what the tagger knows about them, and how they are inflected.
//!
//! The tables are in `verblist`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::verblist::{DOUBLING, IRREGULAR, NOUN_FIRST, VERBS};
use super::words::listed;

/// Which forms of a verb a word can be, each with the base form.
#[derive(Debug, Default, Clone, Copy)]
pub struct Forms {
    /// The base form itself.
    pub base: Option<&'static str>,
    /// Third person: "works".
    pub third: Option<&'static str>,
    /// "-ing": "working".
    pub gerund: Option<&'static str>,
    /// Past tense: "worked", "wrote".
    pub past: Option<&'static str>,
    /// Participle: "worked", "written".
    pub participle: Option<&'static str>,
}

impl Forms {
    /// Whether the word is any form of a verb we know.
    pub fn any(&self) -> bool {
        self.base
            .or(self.third)
            .or(self.gerund)
            .or(self.past)
            .or(self.participle)
            .is_some()
    }
}

/// Words whose forms are kept.
const MOST_KNOWN: usize = 100_000;

thread_local! {
    /// The forms of words that were asked for: an article says the same ones.
    static KNOWN: RefCell<FxHashMap<Box<str>, Forms>> = RefCell::default();
}

/// Looks a lower-case word up.
pub fn forms(word: &str) -> Forms {
    KNOWN.with_borrow_mut(|known| {
        if let Some(forms) = known.get(word) {
            return *forms;
        }
        let forms = found(word);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(word.into(), forms);
        forms
    })
}

fn found(word: &str) -> Forms {
    let mut res = Forms {
        base: known(word),
        ..Forms::default()
    };
    if !word.is_ascii() {
        return res;
    }
    match word {
        "has" => res.third = Some("have"),
        "does" => res.third = Some("do"),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("ies") {
        res.third = res.third.or_else(|| known(&format!("{stem}y")));
    }
    if let Some(stem) = word.strip_suffix('s') {
        let short = stem
            .strip_suffix('e')
            .and_then(known)
            .filter(|base| *third(base) == *word);
        res.third = res
            .third
            .or(short)
            .or_else(|| known(stem))
            .filter(|base| *third(base) == *word);
    }
    if let Some(stem) = word.strip_suffix("ing") {
        res.gerund = unsuffixed(stem);
    }
    if let Some(stem) = word.strip_suffix("ied") {
        res.past = known(&format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix("ed") {
        res.past = unsuffixed(stem);
    }
    res.participle = res.past;
    // "showed" is regular in form but listed, and "builded" is not a word.
    if let Some((past, participle)) = irregular().get(word) {
        res.past = past.or(res.past);
        res.participle = participle.or(res.participle);
    }
    res
}

/// What an irregular form is the past tense of, and the participle.
type Bases = (Option<&'static str>, Option<&'static str>);

fn irregular() -> &'static HashMap<&'static str, Bases> {
    static FORMS: OnceLock<HashMap<&str, Bases>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let mut res: HashMap<&str, Bases> = HashMap::new();
        for (base, past, participle) in IRREGULAR {
            res.entry(past).or_default().0 = Some(base);
            res.entry(participle).or_default().1 = Some(base);
        }
        res
    })
}

/// The third person of a base form.
pub fn third(base: &str) -> String {
    match base {
        "have" => return String::from("has"),
        "be" => return String::from("is"),
        _ => {}
    }
    if ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| base.ends_with(end))
    {
        return format!("{base}es");
    }
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        Some(_) | None => format!("{base}s"),
    }
}

/// Whether a base form is a noun first and a verb second, as "market" is.
pub fn noun_first(base: &str) -> bool {
    NOUN_FIRST.binary_search(&base).is_ok()
}

fn known(word: &str) -> Option<&'static str> {
    listed(VERBS, word)
}

/// The base form behind what is left when "-ed" or "-ing" is taken away.
fn unsuffixed(stem: &str) -> Option<&'static str> {
    if stem.len() < 2 {
        return None;
    }
    let mut chars = stem.chars().rev();
    let (last, before) = (chars.next(), chars.next());
    if last == before {
        let single =
            known(&stem[..stem.len() - 1]).filter(|base| DOUBLING.binary_search(base).is_ok());
        if single.is_some() {
            return single;
        }
    }
    let with_e = known(&format!("{stem}e"));
    known(stem)
        .filter(|base| DOUBLING.binary_search(base).is_err())
        .or(with_e)
}
