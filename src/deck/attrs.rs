//! Attributes in braces, as Pandoc spells them: `{.class #id key=value}`.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// Attributes of a thing. A deck has ten thousand things and nearly all have none, so
/// that what is written stands elsewhere.
#[derive(Clone, Default)]
pub struct Attrs(Option<Box<Braced>>);

/// What stands in braces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Braced {
    /// `#id`.
    pub id: Option<String>,
    /// `.class`, in order.
    pub classes: Vec<String>,
    /// `key=value`, in order.
    pub pairs: Vec<(String, String)>,
}

impl Braced {
    fn add(&mut self, word: &str) -> Option<()> {
        if let Some(class) = word.strip_prefix('.') {
            self.classes.push(is_name(class).then(|| class.into())?);
        } else if let Some(id) = word.strip_prefix('#') {
            self.id = Some(is_name(id).then(|| id.into())?);
        } else {
            let (key, value) = word.split_once('=')?;
            is_name(key).then(|| self.pairs.push((key.into(), value.into())))?;
        }
        Some(())
    }

    fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty()
    }
}

impl From<Braced> for Attrs {
    fn from(braced: Braced) -> Attrs {
        Attrs((!braced.is_empty()).then(|| Box::new(braced)))
    }
}

impl Deref for Attrs {
    type Target = Braced;
    fn deref(&self) -> &Braced {
        static NONE: Braced = Braced {
            id: None,
            classes: Vec::new(),
            pairs: Vec::new(),
        };
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Attrs {
    fn deref_mut(&mut self) -> &mut Braced {
        self.0.get_or_insert_default()
    }
}

// None and nothing are the same.
impl PartialEq for Attrs {
    fn eq(&self, other: &Attrs) -> bool {
        **self == **other
    }
}

impl Eq for Attrs {}

impl Hash for Attrs {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Attrs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Attrs {
    /// One class.
    pub fn of_class(class: &str) -> Attrs {
        let classes = vec![class.into()];
        Attrs::from(Braced {
            classes,
            ..Braced::default()
        })
    }

    /// What stands in the braces, to be taken apart.
    pub fn into_braced(self) -> Braced {
        self.0.map_or_else(Braced::default, |braced| *braced)
    }

    /// Reads what stands between the braces; `None` if a word of it is neither
    /// `.class`, `#id` nor `key=value`.
    pub fn parse(inner: &str) -> Option<Attrs> {
        let mut braced = Braced::default();
        for word in words(inner)? {
            braced.add(&word)?;
        }
        Some(braced.into())
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        (**self).is_empty()
    }

    /// Leaves out the id.
    pub fn forget_id(&mut self) {
        if let Some(braced) = &mut self.0 {
            braced.id = None;
        }
    }

    /// Leaves out the other classes.
    pub fn keep_classes(&mut self, is_kept: impl Fn(&str) -> bool) {
        if let Some(braced) = &mut self.0 {
            braced.classes.retain(|class| is_kept(class));
        }
    }

    /// Leaves out the pairs with other keys.
    pub fn keep_keys(&mut self, is_kept: impl Fn(&str) -> bool) {
        if let Some(braced) = &mut self.0 {
            braced.pairs.retain(|(key, _)| is_kept(key));
        }
    }

    /// Whether a class is among them.
    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }

    /// The value of a key; the last one counts.
    pub fn get(&self, key: &str) -> Option<&str> {
        let pair = self.pairs.iter().rev().find(|(own, _)| own == key);
        pair.map(|(_, value)| value.as_str())
    }

    /// Adds what is said elsewhere about the same thing.
    pub fn merge(&mut self, more: Attrs) {
        let Some(more) = more.0 else { return };
        self.id = more.id.or(self.id.take());
        self.classes.extend(more.classes);
        self.pairs.extend(more.pairs);
    }

    /// The steps that `step=3` or `step=2-3` names: the first and, if it
    /// leaves, the last one at which a thing is seen. `Err` is what cannot be
    /// read.
    pub fn steps(&self) -> Result<Option<(u16, Option<u16>)>, &str> {
        let Some(value) = self.get("step") else {
            return Ok(None);
        };
        let number = |text: &str| {
            let number = text.trim().parse::<u16>().ok();
            number.filter(|number| (1..=MAX_STEP).contains(number))
        };
        let read = match value.split_once('-') {
            None => number(value).map(|from| (from, None)),
            Some((from, until)) => number(from)
                .zip(number(until))
                .filter(|(from, until)| from <= until)
                .map(|(from, until)| (from, Some(until))),
        };
        read.map(Some).ok_or(value)
    }

    /// The widths of columns as they stand in `ratio=2:1`, if they are right
    /// for so many.
    pub fn ratio(&self, n_columns: usize) -> Option<Vec<u8>> {
        let parts: Option<Vec<u8>> = self
            .get("ratio")?
            .split(':')
            .map(|part| part.trim().parse().ok().filter(|n| (1..=12).contains(n)))
            .collect();
        parts.filter(|parts| parts.len() == n_columns)
    }
}

/// The last step an author may name: nobody presses a key more often on a slide.
const MAX_STEP: u16 = 99;

/// Words with their quotes taken away: `key="two words"` is one.
fn words(text: &str) -> Option<Vec<String>> {
    let mut res = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.push(c),
            None if matches!(c, '"' | '\'') && word.ends_with('=') => quote = Some(c),
            None if c.is_whitespace() => {
                if !word.is_empty() {
                    res.push(std::mem::take(&mut word));
                }
            }
            None => word.push(c),
        }
    }
    if !word.is_empty() {
        res.push(word);
    }
    quote.is_none().then_some(res)
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}
