//! HTML of our own, kept aside while the author's is sanitised.
//!
//! A mark of two characters that stand for nothing in Unicode holds its place.
//! An author who writes such a mark can at most move what is kept, because each
//! comes back once and only as text: a mark that ended up inside a tag (somebody
//! may leave a quote open) is dropped.

use crate::escape::tag_length;

/// Before and behind the number of what is kept.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// What is kept, in order.
#[derive(Debug, Default)]
pub struct Aside {
    kept: Vec<String>,
}

impl Aside {
    /// Keeps HTML and gives the mark that holds its place.
    pub fn keep(&mut self, html: String) -> String {
        self.kept.push(html);
        format!("{OPEN}{}{CLOSE}", self.kept.len() - 1)
    }

    /// Puts what is kept in the place of its marks, and forgets it.
    pub fn put_back(&mut self, html: &str) -> String {
        let mut kept: Vec<Option<String>> = self.kept.drain(..).map(Some).collect();
        let mut res = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find(['<', OPEN]) {
            res += &rest[..at];
            rest = &rest[at..];
            if rest.starts_with('<') {
                let length = tag_length(rest).unwrap_or(rest.len());
                res += &rest[..length].replace([OPEN, CLOSE], "");
                rest = &rest[length..];
                continue;
            }
            // Nothing but digits: a mark over the end of a tag would make text of what
            // stands in an attribute, where `<` is not escaped.
            rest = &rest[OPEN.len_utf8()..];
            let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let number: Option<usize> = rest[..rest.len() - behind.len()].parse().ok();
            let Some(behind) = behind.strip_prefix(CLOSE) else {
                continue;
            };
            if let Some(html) = number.and_then(|n| kept.get_mut(n)?.take()) {
                res += &html;
            }
            rest = behind;
        }
        res + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_once_and_only_as_text() {
        let mut aside = Aside::default();
        let mark = aside.keep("<b x=\"1\">kept</b>".into());
        let html = format!("<p title=\"{mark}\">{mark} and {mark}</p>");
        let res = aside.put_back(&html);
        assert_eq!(res.matches("<b x=\"1\">kept</b>").count(), 1);
        assert!(res.ends_with("</b> and </p>"), "{res}");
    }

    #[test]
    fn a_forged_mark_takes_nothing_away() {
        let mut aside = Aside::default();
        let mark = aside.keep("<b>kept</b>".into());
        let html = format!("<p>a{OPEN}b</p><p title=\"{CLOSE}<img onerror=x>\">{mark}</p>");
        let expected = "<p>ab</p><p title=\"<img onerror=x>\"><b>kept</b></p>";
        assert_eq!(aside.put_back(&html), expected);
    }
}
