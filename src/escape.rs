//! Text into HTML, and where a tag ends.

/// Writes text so that HTML shows it as it is, in elements and in attributes.
pub fn escape(res: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *res += "&amp;",
            '<' => *res += "&lt;",
            '>' => *res += "&gt;",
            '"' => *res += "&quot;",
            '\'' => *res += "&#39;",
            _ => res.push(c),
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

#[cfg(test)]
mod tests {
    use super::tag_length;

    #[test]
    fn a_tag_ends_outside_of_quotes() {
        assert_eq!(tag_length("<img alt=\"a > b\" src='x'>tail"), Some(25));
        assert_eq!(tag_length("<img alt=\"a > b"), None);
    }
}
