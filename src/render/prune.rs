//! Takes rules out of a style sheet that nothing on a page can match. The only
//! file that knows cssparser.
//!
//! A rule stays if every class, id, element and attribute that one of its
//! selectors needs is a word in some tag of the page or in its scripts; an
//! element must be in the page. That keeps more than is used (a word may mean
//! something else) and never less, as long as scripts write the names they set
//! as words, and what they make is styled elsewhere. Of custom properties those
//! stay that something asks for.

use cssparser::{ParseError, Parser, Token};
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::scripts::{is_in_word, words};
use crate::escape::tags;

/// Selectors and rules nested deeper than this are kept as they are.
const MAX_DEPTH: usize = 16;

/// The words in which a page may name what its style sheet selects.
#[derive(Debug, Default)]
pub struct Words<'t> {
    markup: FxHashSet<&'t str>,
    script: FxHashSet<&'t str>,
    /// Custom properties that are asked for outside of the style sheet.
    properties: FxHashSet<&'t str>,
    /// Tags already read: slides repeat a few hundred of them.
    tags: FxHashSet<&'t str>,
}

impl<'t> Words<'t> {
    /// None yet, with room for those of a long deck: to grow step by step costs
    /// more memory than that.
    pub fn new() -> Self {
        const ROOM: usize = 3_000;
        Words {
            markup: FxHashSet::with_capacity_and_hasher(ROOM, FxBuildHasher),
            tags: FxHashSet::with_capacity_and_hasher(ROOM, FxBuildHasher),
            ..Words::default()
        }
    }

    /// Adds the words in the tags of HTML.
    pub fn add_markup(&mut self, html: &'t str) {
        for (_, tag) in tags(html) {
            // What ends has begun.
            if !tag.starts_with("</") && self.tags.insert(tag) {
                self.markup.extend(words(tag));
                // A search for more than a byte takes longer to begin than the tag to read.
                if memchr::memchr(b'(', tag.as_bytes()).is_some() {
                    self.properties.extend(asked_for(tag));
                }
            }
        }
    }

    /// Adds the names that a script may set.
    pub fn add_names(&mut self, names: impl Iterator<Item = &'t str>) {
        for name in names {
            match name.starts_with("--") {
                true => self.properties.insert(name),
                false => self.script.insert(name),
            };
        }
    }

    /// Adds the custom properties that another style sheet asks for.
    pub fn add_style(&mut self, css: &'t str) {
        self.properties.extend(asked_for(css));
    }

    fn has(&self, word: &str) -> bool {
        self.has_element(word) || self.script.contains(word)
    }

    fn has_element(&self, name: &str) -> bool {
        self.markup.contains(name)
    }
}

/// The custom properties in `var(…)`.
fn asked_for(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("var(--").map(|(at, found)| {
        let name = &text[at + found.len() - 2..];
        let end = name.find(|c: char| !is_in_word(c));
        &name[..end.unwrap_or(name.len())]
    })
}

/// The style sheet without the rules that match nothing.
pub fn prune(css: &str, words: &Words<'_>) -> String {
    let mut res = String::with_capacity(css.len() / 2);
    rules(&mut Parser::new(css), words, &mut res, 0);
    without_unasked(res, words)
}

/// Around the declaration of a custom property until it is known whether it stays.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// Takes the marked declarations out that nothing asks for, and those that only
/// they asked for.
fn without_unasked(mut css: String, words: &Words<'_>) -> String {
    loop {
        let asked: FxHashSet<&str> = asked_for(&css).collect();
        let mut res = String::with_capacity(css.len());
        let mut parts = css.split(OPEN);
        res += parts.next().unwrap_or_default();
        for part in parts {
            let (declared, behind) = part.split_once(CLOSE).unwrap_or((part, ""));
            let name = declared.split(':').next().unwrap_or_default();
            if asked.contains(name) || words.properties.contains(name) {
                res.push(OPEN);
                res += declared;
                res.push(CLOSE);
            }
            res += behind;
        }
        if res.len() == css.len() {
            return res.replace([OPEN, CLOSE], "");
        }
        css = res;
    }
}

/// Writes a declaration, or a rule without a block.
fn declare(text: &str, res: &mut String) {
    let text = text.trim_start();
    if text.starts_with("--") {
        res.push(OPEN);
        *res += text;
        res.push(CLOSE);
    } else {
        *res += text;
    }
}

fn rules(input: &mut Parser<'_>, words: &Words<'_>, res: &mut String, depth: usize) {
    let mut start = input.position();
    loop {
        let before = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else {
            return declare(tight(input.slice_from(start)).trim(), res);
        };
        match token {
            Token::Semicolon => declare(&tight(input.slice_from(start)), res),
            Token::CurlyBracketBlock => {
                let prelude = input.slice(start..before).trim();
                rule(input, prelude, words, res, depth);
            }
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                skip(input);
                continue;
            }
            _ => continue,
        }
        start = input.position();
    }
}

/// One rule, whose block comes next.
fn rule(input: &mut Parser<'_>, prelude: &str, words: &Words<'_>, res: &mut String, depth: usize) {
    const OF_RULES: [&str; 4] = ["@media", "@layer", "@supports", "@container"];
    let name = prelude.split([' ', '(']).next().unwrap_or_default();
    let (mut head, mut body) = (tight(prelude), String::new());
    let mut has_rules = OF_RULES.contains(&name) && depth < MAX_DEPTH;
    if !prelude.starts_with('@') && depth < MAX_DEPTH {
        head = living(prelude, words);
        has_rules = !head.is_empty();
    }
    // A block is read to its end in any case, else its rules would be taken for ours.
    let done = input.parse_nested_block(|block| {
        if has_rules {
            rules(block, words, &mut body, depth + 1);
        } else if head.is_empty() {
            while block.next().is_ok() {}
        } else {
            pieces(block, &mut body, 0);
        }
        Ok::<(), ParseError<()>>(())
    });
    let body = body.trim().trim_end_matches(';');
    // Keyframes that change nothing hold an element in its place for their time.
    let is_needed = !body.is_empty() || name == "@keyframes";
    if done.is_ok() && !head.is_empty() && is_needed {
        *res += &format!("{head}{{{body}}}");
    }
}

/// The selectors of a list that may match something.
fn living(list: &str, words: &Words<'_>) -> String {
    let mut kept = Vec::new();
    selectors(&mut Parser::new(list), words, 0, &mut |selector, lives| {
        if lives {
            kept.push(tight(selector).trim().to_string());
        }
    });
    kept.join(",")
}

/// Calls `found` for each selector of a list and whether it may match.
fn selectors(
    input: &mut Parser<'_>,
    words: &Words<'_>,
    depth: usize,
    found: &mut dyn FnMut(&str, bool),
) {
    #[derive(Clone, Copy, PartialEq)]
    enum Behind {
        Nothing,
        Dot,
        Colon,
    }
    let mut start = input.position();
    let mut lives = true;
    let mut behind = Behind::Nothing;
    loop {
        let before = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else {
            return found(input.slice_from(start), lives);
        };
        let mut now = Behind::Nothing;
        match token.clone() {
            Token::Delim('.') => now = Behind::Dot,
            Token::Colon => now = Behind::Colon,
            // What stands behind a colon is the browser's own.
            Token::Ident(name) if behind == Behind::Dot => lives &= words.has(&name),
            Token::Ident(name) if behind == Behind::Nothing => lives &= words.has_element(&name),
            Token::IDHash(name) => lives &= words.has(&name),
            Token::SquareBracketBlock => lives &= attribute(input, words),
            Token::Function(name) => {
                let is_choice = ["is", "where", "has"].contains(&&*name) && depth < MAX_DEPTH;
                match is_choice {
                    true => lives &= any(input, words, depth),
                    false => skip(input),
                }
            }
            Token::Comma => {
                found(input.slice(start..before), lives);
                lives = true;
                start = input.position();
            }
            _ => {}
        }
        behind = now;
    }
}

/// Reads a block to its end. Left alone it would be read with the token behind
/// it, and the place in front of that token lie within the block.
fn skip(input: &mut Parser<'_>) {
    let done = input.parse_nested_block(|block| {
        while block.next().is_ok() {}
        Ok::<(), ParseError<()>>(())
    });
    debug_assert!(done.is_ok(), "all of a block is read");
}

/// Whether one of the selectors in `:is(…)` may match.
fn any(input: &mut Parser<'_>, words: &Words<'_>, depth: usize) -> bool {
    let mut res = false;
    let done = input.parse_nested_block(|inner| {
        selectors(inner, words, depth + 1, &mut |_, lives| res |= lives);
        Ok::<(), ParseError<()>>(())
    });
    res || done.is_err()
}

/// Whether an attribute may be there, with the value that it must have if that
/// is a word; scripts name those of data otherwise.
fn attribute(input: &mut Parser<'_>, words: &Words<'_>) -> bool {
    let found = input.parse_nested_block(|inner| {
        let name = inner.expect_ident_cloned()?;
        let is_equal = inner.try_parse(|inner| inner.expect_delim('=')).is_ok();
        let value = inner.try_parse(|inner| inner.expect_ident_or_string().cloned());
        while inner.next().is_ok() {}
        Ok::<_, ParseError<()>>((name, value.ok().filter(|_| is_equal)))
    });
    found.map_or(true, |(name, value)| {
        let is_word = |value: &str| !value.is_empty() && value.chars().all(is_in_word);
        let has_value = |value: &str| !is_word(value) || words.has(value);
        name.starts_with("data-") || words.has(&name) && value.is_none_or(|value| has_value(&value))
    })
}

/// CSS without the blanks that mean nothing.
fn tight(css: &str) -> String {
    let mut res = String::with_capacity(css.len());
    pieces(&mut Parser::new(css), &mut res, 0);
    res
}

fn pieces(input: &mut Parser<'_>, res: &mut String, depth: usize) {
    loop {
        let start = input.position();
        let Ok(token) = input.next_including_whitespace_and_comments() else {
            return;
        };
        let close = match token {
            Token::Comment(_) => continue,
            Token::WhiteSpace(_) => {
                if !res.is_empty() && !res.ends_with([' ', '{', '}', ';', ',', ':', '(']) {
                    res.push(' ');
                }
                continue;
            }
            Token::Function(_) | Token::ParenthesisBlock => ")",
            Token::SquareBracketBlock => "]",
            Token::CurlyBracketBlock => "}",
            _ => "",
        };
        let text = input.slice_from(start);
        if text.starts_with(['{', '}', ';', ',', ')']) && res.ends_with(' ') {
            res.pop();
        }
        res.push_str(text);
        if close.is_empty() {
            continue;
        }
        let done = input.parse_nested_block(|inner| {
            if depth < MAX_DEPTH {
                pieces(inner, res, depth + 1);
            } else {
                let start = inner.position();
                while inner.next().is_ok() {}
                res.push_str(inner.slice_from(start));
            }
            Ok::<(), ParseError<()>>(())
        });
        debug_assert!(done.is_ok(), "all of a block is read");
        if res.ends_with(' ') {
            res.pop();
        }
        res.push_str(close);
    }
}

#[cfg(test)]
mod tests {
    use super::super::scripts::names;
    use super::*;

    fn pruned(css: &str, html: &str, script: &str) -> String {
        let mut words = Words::default();
        words.add_markup(html);
        words.add_names(names(script));
        prune(css, &words)
    }

    #[test]
    fn rules_that_match_nothing_go() {
        let html = "<p title='>' class=\"a b\" id=x><em>not-this</em>";
        let kept = |css: &str| pruned(css, html, "el.classList.add('on')") == css;
        for css in [
            ".a{x:y}",
            "p.b:hover{x:y}",
            "#x>em::before{x:y}",
            ":root{x:y}",
            "*{x:y}",
            ".a.on{x:y}",
            ".a:not(.other){x:y}",
            ".a:is(.other,.b){x:y}",
            "[title]{x:y}",
            "[data-other]{x:y}",
            "[title='a b']{x:y}",
            "[class=b]{x:y}",
            ".a{.on{x:y}& em{x:y}}",
            ":root{--c:1;x:var(--c,2)}",
            ":root{--d:url(\"data:a;b{c}\");x:var(--d)}",
            "@media print{.a{x:y}}",
            "@layer base{@media print{.a{x:y}}}",
            "@keyframes k{from{x:y}to{x:z}}",
            "@keyframes still{}",
            "@layer base,theme;",
            "@font-face{src:url(data:font/woff2;base64,AA==)}",
        ] {
            assert!(kept(css), "{css}: {}", pruned(css, html, ""));
        }
        for css in [
            ".c{x:y}",
            "p.c{x:y}",
            "h1{x:y}",
            ".a #y{x:y}",
            ".a:is(.c,.d){x:y}",
            ".a:where(:is(.c)){x:y}",
            "[alt]{x:y}",
            ".not-this{x:y}",
            "@media print{.c{x:y}}",
            ".a{}",
            ".a{.c{x:y}& h1{x:y}}",
            "[class=c]{x:y}",
            "add{x:y}",
            ".classList{x:y}",
        ] {
            assert_eq!(pruned(css, html, ""), "", "{css}");
        }
    }

    #[test]
    fn properties_that_nothing_asks_for_go() {
        let css = "p{--a:1;--b:var(--a);--c:2;--d:3;x:var(--c)}";
        let mut words = Words::default();
        words.add_markup("<p style='y:var(--d)'>");
        assert_eq!(prune(css, &words), "p{--c:2;--d:3;x:var(--c)}");
        words.add_names(names("get('--b')"));
        assert_eq!(prune(css, &words), css);
    }

    #[test]
    fn of_a_list_the_living_stay() {
        let css = "h1, .a:not(.c),p:nth-child(2n) ,\n.c > p, p .b { color : red ; margin: 0 auto }\n.d{x:y}";
        let html = "<p class=\"a b\">";
        assert_eq!(
            pruned(css, html, ""),
            ".a:not(.c),p:nth-child(2n),p .b{color :red;margin:0 auto}"
        );
    }

    #[test]
    fn blanks_that_mean_something_stay() {
        let css = "p  em{width:calc(1px + 2px);font:1px / 2 \"a  b\"}\n@media screen and (min-width: 3px){p :hover{--x: a;y:var(--x)}}";
        assert_eq!(
            pruned(css, "<p><em>", ""),
            "p em{width:calc(1px + 2px);font:1px / 2 \"a  b\"}@media screen and (min-width:3px){p :hover{--x:a;y:var(--x)}}"
        );
    }

    #[test]
    fn foreign_style_sheets_do_not_stop_it() {
        let deep = ":is(".repeat(5000) + "{" + &"@media print{".repeat(5000);
        for css in [
            &*deep,
            "a{",
            "}}}",
            "a{b:url(",
            "/*",
            "@",
            "a,{x:y}",
            "\"",
            "<!--",
            "a{x:y}}p{x:y}",
        ] {
            pruned(css, "<a>", "");
        }
    }
}
