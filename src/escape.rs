//! Text into HTML and XML, and where a tag ends.

/// Bytes with which something begins that [`escape`] may have to write otherwise.
const MARKS: [bool; 256] = {
    let mut res = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        res[byte] = !matches!(byte as u8, b'\t' | b'\n' | 0x0c | b'\r');
        byte += 1;
    }
    res[b'&' as usize] = true;
    res[b'<' as usize] = true;
    res[b'>' as usize] = true;
    res[b'"' as usize] = true;
    res[b'\'' as usize] = true;
    res[0x7f] = true;
    // Of U+0080 to U+00BF.
    res[0xc2] = true;
    res
};

/// Writes text so that HTML shows it as it is, in elements and in attributes.
pub fn escape(res: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| MARKS[usize::from(byte)]) {
        let (front, behind) = rest.split_at(at);
        *res += front;
        let mut chars = behind.chars();
        match chars.next() {
            Some('&') => *res += "&amp;",
            Some('<') => *res += "&lt;",
            Some('>') => *res += "&gt;",
            Some('"') => *res += "&quot;",
            Some('\'') => *res += "&#39;",
            Some(c @ '\u{a0}'..) => res.push(c),
            // HTML may not hold control characters.
            Some(_) => res.push(char::REPLACEMENT_CHARACTER),
            None => {}
        }
        rest = chars.as_str();
    }
    *res += rest;
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
    let bytes = html.as_bytes();
    // Nearly all tags are a name, or a name and classes: shorter than three searches
    // are worth.
    let mut at = 1 + usize::from(bytes.get(1) == Some(&b'/'));
    let name = bytes.get(at..)?.iter();
    at += name.take_while(|byte| byte.is_ascii_alphanumeric()).count();
    const CLASS: &[u8] = b" class=\"";
    if bytes[at..].starts_with(CLASS) {
        at += CLASS.len();
        at += memchr::memchr(b'"', &bytes[at..])? + 1;
    }
    if bytes.get(at) == Some(&b'>') {
        return Some(at + 1);
    }
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])? + 1;
        match bytes[at - 1] {
            b'>' => return Some(at),
            quote => at += memchr::memchr(quote, &bytes[at..])? + 1,
        }
    }
}

/// The tags of HTML, each with the text in front of it; behind the last one is
/// text without a tag.
pub fn tags(html: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let (text, behind) = rest.split_at(start);
        let (tag, behind) = behind.split_at(tag_length(behind).unwrap_or(behind.len()));
        rest = behind;
        Some((text, tag))
    })
}

/// Where a tag begins that does not end: all behind it would be taken for its attributes.
pub fn open_tag(html: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        let is_tag = rest[1..]
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic());
        at = if rest.starts_with("<!--") {
            start + rest.find("-->")? + 3
        } else if is_tag {
            match tag_length(rest) {
                Some(length) => start + length,
                None => return Some(start),
            }
        } else {
            start + 1
        };
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
    use super::{escape, open_elements, open_tag, tag_length, tags};

    #[test]
    fn a_tag_that_does_not_end_is_found() {
        for (html, at) in [
            ("<p>a</p> < b <!-- it's --> <1", None),
            ("<p title='>'>a<b class=\"x>y", Some(14)),
            ("<i>a</i></div", Some(8)),
            ("<!-- <b", None),
        ] {
            assert_eq!(open_tag(html), at, "{html}");
        }
    }

    #[test]
    fn html_shows_a_text_as_it_is() {
        for (text, wanted) in [
            ("", ""),
            (
                "a<b> & \"c\" 'd'",
                "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;",
            ),
            (
                "\u{e9}\u{a0}\u{ab}\t\n\u{c}\r",
                "\u{e9}\u{a0}\u{ab}\t\n\u{c}\r",
            ),
            (
                "\0a\u{b}\u{7f}\u{80}\u{9f}",
                "\u{fffd}a\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
        ] {
            let mut res = String::new();
            escape(&mut res, text);
            assert_eq!(res, wanted);
        }
    }

    #[test]
    fn a_tag_ends_outside_of_quotes() {
        assert_eq!(tag_length("<img alt=\"a > b\" src='x'>tail"), Some(25));
        assert_eq!(tag_length("<img alt=\"a > b"), None);
        assert_eq!(tag_length("<img alt='\">' a=\"'>\">"), Some(21));
    }

    #[test]
    fn tags_come_with_the_text_before_them() {
        let all = |html| tags(html).collect::<Vec<_>>();
        assert_eq!(
            all("a<b c='>'>d</b>e"),
            [("a", "<b c='>'>"), ("d", "</b>"), ("e", "")]
        );
        assert_eq!(all("<b><i"), [("", "<b>"), ("", "<i")]);
        assert_eq!(all(""), []);
    }

    #[test]
    fn elements_that_are_open_are_counted() {
        assert_eq!(open_elements("<b><br>a < b<i></i>", 2), (3, 4));
        assert_eq!(open_elements("</b></b>", 1), (0, 1));
    }
}
