//! Takes comments and indentation out of our own CSS and JavaScript.
//!
//! No parser: it relies on how those files are written (a JavaScript comment
//! begins its line; no string runs over several lines).

/// CSS without comments and line breaks.
pub fn css(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("/*") {
        res += &rest[..open];
        rest = rest[open + 2..]
            .find("*/")
            .map_or("", |close| &rest[open + close + 4..]);
    }
    res += rest;
    res.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |mut res, line| {
            // A selector may go on in the next line; elsewhere a blank costs little.
            if !res.is_empty() && !res.ends_with(['{', '}', ';', ',']) {
                res.push(' ');
            }
            res += line;
            res
        })
}

/// JavaScript without comment lines and indentation.
pub fn js(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        res += line;
        res.push('\n');
    }
    res
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            super::css("/* a */\n.a,\n.b {\n  color: red; /* b */\n}\n"),
            ".a,.b {color: red;}"
        );
        assert_eq!(
            super::js("/** a\n * b */\n// c\nif (a) {\n  b(); // d\n}\n"),
            "if (a) {\nb(); // d\n}\n"
        );
    }
}
