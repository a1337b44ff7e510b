//! A page that is too large or too deep for a tree, read as it stands: its
//! blocks become paragraphs, its headings stay, everything else is words.
//!
//! The parser of HTML and the questions to its tree take time with the square
//! of the depth, and with that of the number of equal neighbours.

use crate::article::escape_markdown;

/// Elements beyond which no tree is made.
const MAX_ELEMENTS: usize = 20_000;

/// Elements open at the same time beyond which no tree is made.
const MAX_OPEN: usize = 1_000;

/// What ends of itself where the next one begins, or has no end.
const NO_END: [&str; 28] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
];

/// Elements within a line.
const IN_LINE: [&str; 22] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// Elements whose text is not the article's.
const UNSEEN: [&str; 8] = [
    "head", "script", "style", "template", "noscript", "nav", "svg", "select",
];

/// Whether a page is too large for a tree. Asked of the text, because making
/// the tree is what takes long.
pub fn is_too_much(html: &str) -> bool {
    let (mut n_elements, mut n_open) = (0_usize, 0_usize);
    for (name, is_end) in tags(html).map(|(_, name, is_end)| (name, is_end)) {
        n_elements += 1;
        if NO_END.contains(&name.as_str()) {
            continue;
        }
        n_open = if is_end {
            n_open.saturating_sub(1)
        } else {
            n_open + 1
        };
        if n_open > MAX_OPEN || n_elements > 2 * MAX_ELEMENTS {
            return true;
        }
    }
    false
}

/// Where each tag begins, its name in small letters, and whether it ends an element.
fn tags(html: &str) -> impl Iterator<Item = (usize, String, bool)> {
    html.match_indices('<').filter_map(|(at, _)| {
        let rest = &html[at + 1..];
        let is_end = rest.starts_with('/');
        let name: String = rest[usize::from(is_end)..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .flat_map(char::to_lowercase)
            .collect();
        (!name.is_empty()).then_some((at, name, is_end))
    })
}

/// The words of a page as Markdown.
pub fn markdown(html: &str) -> String {
    let mut res = String::new();
    let mut unseen: Option<String> = None;
    let mut from = 0;
    for (at, name, is_end) in tags(html) {
        // Within the tag before, such as in the value of an attribute.
        if at < from {
            continue;
        }
        if unseen.is_none() {
            res += &words(&html[from..at]);
        }
        from = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
        match &unseen {
            Some(open) if is_end && *open == name => unseen = None,
            Some(_) => continue,
            None if !is_end && UNSEEN.contains(&name.as_str()) => unseen = Some(name.clone()),
            None => {}
        }
        if IN_LINE.contains(&name.as_str()) {
            continue;
        }
        res += match name.as_bytes() {
            [b'h', b'1'] if !is_end => "\n\n# ",
            [b'h', b'2'..=b'6'] if !is_end => "\n\n## ",
            [b'l', b'i'] if !is_end => "\n\n- ",
            _ => "\n\n",
        };
    }
    if unseen.is_none() {
        res += &words(&html[from.min(html.len())..]);
    }
    res
}

fn words(html: &str) -> String {
    const NAMED: [(&str, &str); 6] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let text = NAMED
        .iter()
        .fold(html.to_string(), |text, (from, to)| text.replace(from, to));
    escape_markdown(&text.replace(['\n', '\r'], " "))
}
