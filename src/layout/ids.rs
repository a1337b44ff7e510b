//! A name for each slide that no other has.

use std::collections::HashMap;

use crate::deck::{Frame, plain_text};

/// Ids the page uses itself; a slide's must not be among them.
const PAGE_IDS: [&str; 3] = ["deck", "deck-style", "deck-script"];

/// The ids that are taken, each with the number to try next.
pub struct Ids(HashMap<String, u32>);

impl Ids {
    /// Only those of the page are taken.
    pub fn new() -> Ids {
        Ids(PAGE_IDS.iter().map(|id| (id.to_string(), 2)).collect())
    }

    /// An id that no slide has yet, made of a base.
    pub fn unique(&mut self, base: &str) -> String {
        let mut id = base.to_string();
        if let Some(&next) = self.0.get(base) {
            let numbers = next..=u32::MAX;
            let free = numbers
                .map(|n| (n, format!("{base}-{n}")))
                .find(|(_, id)| !self.0.contains_key(id));
            let (n, free) = free.expect("a deck holds fewer slides than there are numbers");
            self.0.insert(id, n + 1);
            id = free;
        }
        self.0.insert(id.clone(), 2);
        id
    }
}

/// What the id of a slide is made of: the one its author gave it, or its title.
pub fn base(frame: &Frame) -> String {
    let mut base = match frame.id.as_str() {
        "" => slug(&plain_text(&frame.title)),
        id => slug(id),
    };
    if base.is_empty() {
        base = frame.layout.name().to_string();
    }
    if base.starts_with(|c: char| c.is_ascii_digit()) {
        // `#5` is the fifth slide.
        base.insert_str(0, "s-");
    }
    base
}

/// Letters and digits of a text in lower case, joined by single hyphens.
pub fn slug(text: &str) -> String {
    let mut res = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            res.push(c);
        } else if !res.is_empty() && !res.ends_with('-') && !matches!(c, '\'' | '’') {
            res.push('-');
        }
        if res.len() >= 60 {
            break;
        }
    }
    res.trim_end_matches('-').to_string()
}
