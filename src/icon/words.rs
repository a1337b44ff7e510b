//! Titles to words, and words to their base forms.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap as HashMap;

/// A word of a title as the choice sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case, without the possessive `'s`.
    pub text: String,
    /// A sign before it ends a phrase: comma, colon, bracket, dash.
    pub after_break: bool,
}

/// The words of a text, at most `limit`.
pub fn split(text: &str, limit: usize) -> Vec<Word> {
    let mut res = Vec::new();
    let mut word = String::new();
    let mut after_break = false;
    let mut chars = text.chars().peekable();
    while let Some(sign) = chars.next() {
        let inside = matches!(sign, '\'' | '’') && !word.is_empty();
        if sign.is_alphanumeric() || inside && chars.peek().is_some_and(|c| c.is_alphanumeric()) {
            word.extend(sign.to_lowercase());
            continue;
        }
        finish(&mut res, &mut word, &mut after_break);
        if res.len() >= limit {
            return res;
        }
        if sign == '&' {
            word.push_str("and");
            finish(&mut res, &mut word, &mut after_break);
        }
        after_break |= matches!(
            sign,
            ',' | ':'
                | ';'
                | '('
                | ')'
                | '['
                | ']'
                | '–'
                | '—'
                | '.'
                | '!'
                | '?'
                | '…'
                | '|'
                | '•'
                | '"'
                | '“'
                | '”'
        );
    }
    finish(&mut res, &mut word, &mut after_break);
    res.truncate(limit);
    res
}

fn finish(res: &mut Vec<Word>, word: &mut String, after_break: &mut bool) {
    if word.is_empty() {
        return;
    }
    // Both apostrophes count; what's, let's and Xiaomi's lose the same ending,
    // which is why the table has `what next` reached from `what's next`.
    let text = word.replace('’', "'");
    let text = text.strip_suffix("'s").unwrap_or(&text).to_owned();
    res.push(Word {
        text,
        after_break: *after_break,
    });
    word.clear();
    *after_break = false;
}

/// What a word may stand for: its forms, and those in which it is a name.
#[derive(Debug)]
pub struct Forms {
    /// As [`forms`] finds them.
    pub all: Vec<String>,
    /// As [`plain_forms`] does.
    pub plain: Vec<String>,
}

/// Words whose forms are kept.
const MOST_KNOWN: usize = 100_000;

thread_local! {
    /// The forms of words that were asked for: texts say the same ones.
    static KNOWN: RefCell<HashMap<String, Rc<Forms>>> = RefCell::default();
}

/// The forms of a word, found once.
pub fn forms_of(word: &str) -> Rc<Forms> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(found) = known.get(word) {
            return found.clone();
        }
        let made = Rc::new(Forms {
            all: forms(word),
            plain: plain_forms(word),
        });
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(word.to_owned(), made.clone());
        made
    })
}

/// The word and what it may be a form of, the surest first. They are guesses:
/// only those that the table knows count.
pub fn forms(word: &str) -> Vec<String> {
    let mut res = vec![word.to_owned()];
    if word.len() < 4 || !word.is_ascii() {
        return res;
    }
    singular(word, &mut res);
    american(&mut res);
    verb(word, &mut res);
    derived(word, &mut res);
    let mut seen = Vec::with_capacity(res.len());
    for form in res {
        if form.len() >= 3 && !seen.contains(&form) {
            seen.push(form);
        }
    }
    seen
}

/// The word and its singular, for names and tags of icons, where a wider net
/// would catch `train` for `training`.
pub fn plain_forms(word: &str) -> Vec<String> {
    let mut res = vec![word.to_owned()];
    if word.len() >= 4 && word.is_ascii() {
        singular(word, &mut res);
    }
    res
}

fn singular(word: &str, res: &mut Vec<String>) {
    if !word.ends_with('s') || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        res.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("ves") {
        res.push(format!("{stem}f"));
        res.push(format!("{stem}fe"));
    }
    res.push(word[..word.len() - 1].to_owned());
    if ["sses", "shes", "ches", "xes", "zes", "oes", "uses"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        res.push(word[..word.len() - 2].to_owned());
    }
}

/// Adds the American spelling of British forms, in which the table is written.
fn american(res: &mut Vec<String>) {
    for idx in 0..res.len() {
        let word = res[idx].clone();
        for (british, us) in [
            ("isation", "ization"),
            ("ising", "izing"),
            ("ised", "ized"),
            ("ise", "ize"),
            ("yse", "yze"),
        ] {
            if let Some(stem) = word.strip_suffix(british) {
                res.push(format!("{stem}{us}"));
            }
        }
        if word.contains("our") && word.len() > 5 {
            res.push(word.replacen("our", "or", 1));
        }
        if let Some(stem) = word.strip_suffix("tre") {
            res.push(format!("{stem}ter"));
        }
    }
}

fn verb(word: &str, res: &mut Vec<String>) {
    let mut cut = |stem: &str| {
        if stem.len() < 3 {
            return;
        }
        let mut signs = stem.chars().rev();
        let (last, before) = (signs.next(), signs.next());
        res.push(stem.to_owned());
        res.push(format!("{stem}e"));
        if last == before {
            res.push(stem[..stem.len() - 1].to_owned());
        }
        if let Some(root) = stem.strip_suffix("is") {
            res.push(format!("{root}ize"));
        }
    };
    if let Some(stem) = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("ings"))
    {
        cut(stem);
    }
    if let Some(stem) = word.strip_suffix("ied") {
        res.push(format!("{stem}y"));
        return;
    }
    if let Some(stem) = word.strip_suffix("ed") {
        cut(stem);
    }
}

/// Nouns and adverbs made of longer words: `scalable` from `scalability`. Five
/// letters must stay, or `portion` would become a port.
fn derived(word: &str, res: &mut Vec<String>) {
    const RULES: &[(&str, &[&str])] = &[
        ("ability", &["able"]),
        ("ibility", &["ible"]),
        ("ization", &["ize", "e", ""]),
        ("isation", &["ize"]),
        ("ation", &["ate", "e", ""]),
        ("ition", &["ite", "e"]),
        ("ically", &["ic", "ical"]),
        ("ally", &["al", "ic"]),
        ("ly", &["", "e"]),
        ("able", &["ability", "e", ""]),
        ("ible", &["ibility"]),
        ("ness", &[""]),
        ("ment", &[""]),
        ("ive", &["e", "ion"]),
        ("ity", &["", "e"]),
        ("ical", &["ics", "y"]),
        ("al", &["", "e"]),
        ("er", &["", "e"]),
        ("or", &["e", ""]),
        ("ion", &["", "e"]),
        ("ist", &["y", "ics"]),
    ];
    let base = word
        .strip_suffix('s')
        .filter(|stem| !stem.ends_with('s'))
        .unwrap_or(word);
    for (suffix, endings) in RULES {
        if let Some(stem) = base.strip_suffix(suffix)
            && stem.len() >= 5
        {
            res.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
        }
    }
}
