//! Text into HTML.

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
