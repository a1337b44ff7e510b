//! Small questions to the tree of a page.

use dom_query::{NodeRef, Selection};

use crate::escape::escape;

/// Everything below a node that a CSS selector finds, in the page's order.
pub fn all<'a>(node: &NodeRef<'a>, css: &str) -> Vec<NodeRef<'a>> {
    Selection::from(*node).select(css).nodes().to_vec()
}

/// The first of [`all`].
pub fn first<'a>(node: &NodeRef<'a>, css: &str) -> Option<NodeRef<'a>> {
    Selection::from(*node)
        .select_single(css)
        .nodes()
        .first()
        .copied()
}

/// The name of an element; empty for anything else.
pub fn name(node: &NodeRef) -> String {
    node.node_name()
        .map(|name| name.to_string())
        .unwrap_or_default()
}

/// An attribute; empty if there is none.
pub fn attr(node: &NodeRef, name: &str) -> String {
    node.attr_or(name, "").trim().to_string()
}

/// Its words, one blank between them.
pub fn text(node: &NodeRef) -> String {
    one_line(&node.text())
}

/// Whether it says these words and no others. Most that are asked hold much
/// more, and that is seen at the first word.
pub fn says(node: &NodeRef, words: &str) -> bool {
    let mut wanted = words.chars().filter(|c| !c.is_whitespace());
    for part in node.descendants_it().filter(|part| part.is_text()) {
        let said = part.text();
        let mut said = said.chars().filter(|c| !c.is_whitespace());
        if said.any(|c| wanted.next() != Some(c)) {
            return false;
        }
    }
    wanted.next().is_none()
}

pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits alone, small: two texts that say the same are equal.
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words; of a script that has no blanks between them, two letters count as one.
pub fn n_words(text: &str) -> usize {
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| is_syllable(*c)).count())
        .map(|n_syllables| n_syllables.div_ceil(2).max(1))
        .sum()
}

/// A letter of Chinese or Japanese.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// How many words stand in it and not in links: running text has many, a list
/// of links none.
pub fn n_own_words(node: &NodeRef) -> usize {
    let linked: usize = all(node, "a").iter().map(|a| n_words(&a.text())).sum();
    n_words(&node.text()).saturating_sub(linked)
}

pub fn is_heading(node: &NodeRef) -> bool {
    heading_level(node).is_some()
}

/// 1 to 6 for `h1` to `h6`.
pub fn heading_level(node: &NodeRef) -> Option<u8> {
    match name(node).as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Whether one of its ancestors is one of these elements.
pub fn is_inside(node: &NodeRef, names: &[&str]) -> bool {
    node.ancestors(None)
        .into_iter()
        .any(|ancestor| names.iter().any(|name| ancestor.has_name(name)))
}

/// Puts its children in its place.
pub fn unwrap(node: &NodeRef) {
    match node.first_child() {
        Some(child) => child.unwrap_node(),
        None => node.remove_from_parent(),
    }
}

/// An element with plain text in it.
pub fn element(name: &str, text: &str) -> String {
    let mut res = format!("<{name}>");
    escape(&mut res, text);
    res + "</" + name + ">"
}

/// Class names and id in small words: `storyShare-bar` is `story`, `share`, `bar`.
pub fn marks(value: &str) -> Vec<String> {
    let mut res: Vec<String> = Vec::new();
    let mut was_small = false;
    let mut word = String::new();
    for c in value.chars() {
        let begins = c.is_uppercase() && was_small;
        if (!c.is_alphanumeric() || begins) && !word.is_empty() {
            res.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    if !word.is_empty() {
        res.push(word);
    }
    res
}
