//! Text into HTML and XML, and where a tag ends.

/// Writes text so that HTML shows it as it is, in elements and in attributes.
pub fn escape(res: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *res += "&amp;",
            '<' => *res += "&lt;",
            '>' => *res += "&gt;",
            '"' => *res += "&quot;",
            '\'' => *res += "&#39;",
            // HTML may not hold control characters.
            '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                res.push(char::REPLACEMENT_CHARACTER);
            }
            _ => res.push(c),
        }
    }
}

/// The same for XML, which does not know all characters. Line breaks and tabs in
/// attributes would be read as blanks, so they are written as numbers.
pub fn xml(res: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *res += "&amp;",
            '<' => *res += "&lt;",
            '>' => *res += "&gt;",
            '"' => *res += "&quot;",
            '\t' => *res += "&#9;",
            '\n' => *res += "&#10;",
            '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => res.push(c),
            _ => {}
        }
    }
}

/// The length of the tag that `html` begins with, its `>` included; a `>` in
/// quotes does not end it.
pub fn tag_length(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None | Some(_), _) => {}
        }
    }
    None
}

/// Elements open at once beyond which HTML is taken as text: those who read it
/// take time with the square of that.
pub const MAX_OPEN: usize = 500;

/// How many more elements begin than end, behind `open` of them: a rough count,
/// and the most there were.
pub fn open_elements(html: &str, open: usize) -> (usize, usize) {
    const EMPTY: [&str; 9] = [
        "br", "hr", "img", "wbr", "input", "col", "area", "source", "track",
    ];
    let (mut open, mut most) = (open, open);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        if rest.starts_with('/') {
            open = open.saturating_sub(1);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic())
            && !EMPTY.contains(&name.as_str())
        {
            open += 1;
            most = most.max(open);
        }
    }
    (open, most)
}

#[cfg(test)]
mod tests {
    use super::{open_elements, tag_length};

    #[test]
    fn a_tag_ends_outside_of_quotes() {
        assert_eq!(tag_length("<img alt=\"a > b\" src='x'>tail"), Some(25));
        assert_eq!(tag_length("<img alt=\"a > b"), None);
    }

    #[test]
    fn elements_that_are_open_are_counted() {
        assert_eq!(open_elements("<b><br>a < b<i></i>", 2), (3, 4));
        assert_eq!(open_elements("</b></b>", 1), (0, 1));
    }
}
