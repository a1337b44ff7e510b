//! Takes comments, line breaks and what no slide needs out of our own CSS.
//!
//! No parser: it relies on how those files are written.

/// CSS without the parts between `/*if NAME*/` and `/*end*/` whose name is not
/// used. They do not stand within each other.
pub fn used(css: &str, is_used: impl Fn(&str) -> bool) -> String {
    let mut parts = css.split("/*if ");
    let mut res = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (name, rest) = part.split_once("*/").unwrap_or((part, ""));
        let (inside, behind) = rest.split_once("/*end*/").unwrap_or((rest, ""));
        if is_used(name) {
            res += inside;
        }
        res += behind;
    }
    res
}

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

    #[test]
    fn what_no_slide_needs_is_left_out() {
        let sheet = "a\n/*if x*/\nb\n/*end*/\nc\n/*if y*/ d /*end*/";
        let only_y = super::used(sheet, |name| name == "y");
        assert_eq!(only_y.split_whitespace().collect::<String>(), "acd");
        assert_eq!(super::used("a", |_| false), "a");
    }
}
