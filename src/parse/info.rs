//! What stands behind a code fence: `rust {2|4-6|all .numbers} file=main.rs`.

use crate::deck::Attrs;

/// The words of an info string.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// The first word; empty if there is none.
    pub lang: String,
    /// Which lines, as written.
    pub marks: String,
    /// Classes, id and `key=value`, inside of braces or out.
    pub attrs: Attrs,
}

/// Reads an info string. Nothing in it is a fault: what is no attribute and no
/// line is a word for somebody else.
pub fn read(text: &str) -> Info {
    let mut info = Info::default();
    let lang_end = text
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '['))
        .unwrap_or(text.len());
    let (lang, rest) = match text.split_at(lang_end) {
        // There may be no language at all: `src=main.rs lines=3-5`.
        (first, _) if first.contains('=') => ("", text),
        split => split,
    };
    for (in_braces, word) in words(rest) {
        if let Some((key, value)) = pair(&word) {
            info.attrs.pairs.push((key.to_string(), value.to_string()));
        } else if let Some(class) = word.strip_prefix('.') {
            info.attrs.classes.push(class.to_string());
        } else if let Some(id) = word.strip_prefix('#') {
            info.attrs.id = Some(id.to_string());
        } else if in_braces {
            info.marks += &word;
        }
    }
    // `{.rust .numbers}`, as Pandoc has it: the class that stands first.
    let braced = rest.trim_start().strip_prefix('{').map(str::trim_start);
    let is_first = braced.is_some_and(|rest| rest.starts_with('.'));
    info.lang = if lang.is_empty() && is_first && !info.attrs.classes.is_empty() {
        info.attrs.classes.remove(0)
    } else {
        lang.to_string()
    };
    info
}

fn pair(word: &str) -> Option<(&str, &str)> {
    let (key, value) = word.split_once('=')?;
    let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic());
    is_name.then_some((key, value.trim_matches('"')))
}

/// Words with whether they stand in braces or brackets. Quotes keep blanks.
fn words(text: &str) -> Vec<(bool, String)> {
    let mut res = Vec::new();
    let (mut depth, mut is_quoted) = (0_usize, false);
    let mut word = String::new();
    for c in text.chars() {
        if c == '"' {
            is_quoted = !is_quoted;
        }
        let is_border = c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']');
        if is_quoted || !is_border {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            res.push((depth > 0, std::mem::take(&mut word)));
        }
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if !word.is_empty() {
        res.push((depth > 0, word));
    }
    res
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn words_behind_a_fence() {
        let info = read("rust {2|4-6, 8|all .numbers} file=\"src/my main.rs\"");
        assert_eq!(
            (info.lang.as_str(), info.marks.as_str()),
            ("rust", "2|4-6,8|all")
        );
        assert_eq!(info.attrs.classes, ["numbers"]);
        assert_eq!(
            info.attrs.pairs,
            [("file".to_string(), "src/my main.rs".to_string())]
        );
        assert_eq!(read("js [1|3-6]").marks, "1|3-6");
        assert_eq!(read("{.python .numbers}").lang, "python");
        assert_eq!(read("rust,ignore").lang, "rust");
        assert_eq!(read("js title").marks, "");
        assert_eq!(read("src=a.rs lines=3-5").attrs.get("lines"), Some("3-5"));
        assert_eq!(read("{src=a.rs .numbers}").lang, "");
        assert_eq!(read(" ").lang, "");
    }
}
