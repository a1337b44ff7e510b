//! The reference of the language: its text, and the tables in it that are made
//! from the program's own lists. A test holds the text to the tables.

use crate::chart;
use crate::deck::Layout;
use crate::deck::fit::Fitting;
use crate::deck::look::PICTURE_KEYS;
use crate::deck::settings::{DECK_KEYS, GROUPS, SLIDE_KEYS};
use crate::deck::words::{
    ALERT_KEYS, ALERTS, CLASSES, CODE_CLASSES, CODE_KEYS, COLUMN_KEYS, FENCES, GROUNDS, KEYS,
    MEDIA_CLASSES, PICTURE_CLASSES, POLL_KEYS, STEP_CLASSES, TABLE_CLASSES,
};
use crate::diagram;
use crate::layout::choose::RULES;
use crate::theme;

/// The whole reference, in Markdown.
pub const TEXT: &str = include_str!("../docs/language.md");

/// Some words of the language and where they may stand.
pub struct Words {
    /// Where.
    pub place: &'static str,
    /// All of them.
    pub words: Vec<&'static str>,
}

/// All words of the language.
pub fn words() -> Vec<Words> {
    let own = |keys: &[&'static str]| -> Vec<&'static str> {
        keys.iter()
            .copied()
            .filter(|key| !KEYS.contains(key))
            .collect()
    };
    let list = |place: &'static str, words: &[&'static str]| Words {
        place,
        words: words.to_vec(),
    };
    vec![
        list("settings of the deck", &DECK_KEYS),
        list("settings of a slide", &SLIDE_KEYS),
        list("`layout`", &Layout::ALL.map(Layout::name)),
        list("`theme`", &theme::names()),
        list("`fit`", &Fitting::WORDS),
        list("groups, behind `:::`", &GROUPS),
        list("fences, behind ` ``` `", &FENCES),
        list("classes of anything", &CLASSES),
        list("classes of steps", &STEP_CLASSES),
        list("classes of a slide", &GROUNDS),
        list("classes of a picture", &PICTURE_CLASSES),
        list("classes of films and sounds", &MEDIA_CLASSES),
        list("classes of tables", &TABLE_CLASSES),
        list("classes of code", &CODE_CLASSES),
        list("kinds of alert", &ALERTS),
        list("keys of anything", &KEYS),
        list("keys of columns", &own(&COLUMN_KEYS)),
        list("keys of an alert", &own(&ALERT_KEYS)),
        list("keys of a poll", &own(&POLL_KEYS)),
        list("keys of a picture or film", &own(&PICTURE_KEYS)),
        list("keys of code", &own(&CODE_KEYS)),
        list("keys of a chart", &chart::KEYS),
        list("`type` of a chart", &chart::TYPES),
        list("keys of a diagram", &diagram::KEYS),
    ]
}

/// The tables of the reference that are made of lists: the name that stands in
/// a comment before each, and its lines.
pub fn tables() -> [(&'static str, String); 2] {
    [("rules", rules_table()), ("words", words_table())]
}

fn rules_table() -> String {
    let mut res = String::from("| rule | a slide holds | layout |\n|---|---|---|\n");
    for rule in &RULES {
        let (name, holds, layout) = (rule.name, rule.holds, rule.layout.name());
        res += &format!("| {name} | {holds} | `{layout}` |\n");
    }
    res
}

fn words_table() -> String {
    let mut res = String::from("| where | words |\n|---|---|\n");
    for Words { place, words } in words() {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        res += &format!("| {place} | {} |\n", words.join(" "));
    }
    res
}

/// The headings of the reference, in their order.
pub fn topics() -> Vec<&'static str> {
    headings().into_iter().map(|(_, title)| title).collect()
}

/// The part of the reference below the heading that a word names: its own, one
/// that begins with the word, or one that holds it.
pub fn topic(word: &str) -> Option<&'static str> {
    let wanted = word.to_lowercase();
    let headings = headings();
    let by = |is_it: &dyn Fn(&str) -> bool| {
        headings
            .iter()
            .position(|(_, title)| is_it(&title.to_lowercase()))
    };
    let found = by(&|title| title == wanted)
        .or_else(|| by(&|title| title.starts_with(&wanted)))
        .or_else(|| by(&|title| title.contains(&wanted)))?;
    let start = headings[found].0;
    let end = headings.get(found + 1).map_or(TEXT.len(), |next| next.0);
    Some(&TEXT[start..end])
}

/// The headings of level 2 with the bytes they start at; in code there are none.
fn headings() -> Vec<(usize, &'static str)> {
    let mut res = Vec::new();
    let (mut at, mut fence) = (0, "");
    for line in TEXT.split_inclusive('\n') {
        let text = line.trim_end();
        let marks = &text[..text.len() - text.trim_start_matches('`').len()];
        match marks.len() {
            3.. if fence.is_empty() => fence = marks,
            3.. if fence == text => fence = "",
            _ if !fence.is_empty() => {}
            _ => res.extend(text.strip_prefix("## ").map(|title| (at, title))),
        }
        at += line.len();
    }
    res
}

#[cfg(test)]
mod tests {
    use super::{topic, topics};

    #[test]
    fn a_word_finds_its_topic() {
        assert!(topics().len() > 15);
        for name in topics() {
            let text = topic(name).expect("a topic");
            assert!(text.starts_with(&format!("## {name}\n")), "{name}");
        }
        assert!(topic("steps").expect("a topic").starts_with("## Steps\n"));
        assert!(
            topic("columns")
                .expect("a topic")
                .starts_with("## Groups and columns\n")
        );
        assert_eq!(topic("nothing of the kind"), None);
    }
}
