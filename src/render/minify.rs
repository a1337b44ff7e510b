//! Takes comments, line breaks and what no slide needs out of our own CSS.
//!
//! No parser: it relies on how those files are written.

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

#[cfg(test)]
mod tests {
    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            super::css("/* a */\n.a,\n.b {\n  color: red; /* b */\n}\n"),
            ".a,.b {color: red;}"
        );
    }
}
