//! Our own scripts, made small: without comments and blanks, with short names.
//!
//! No parser. That holds for scripts written as ours are, and the tests in the
//! browser run what comes out:
//!
//! * every statement ends in a semicolon, and none is empty;
//! * a script is one block or one statement, and shares with others only what
//!   it declares outside of it;
//! * no name that is declared is also used as one of the browser's own in the
//!   same statement (`window.name` is fine, `name` is not);
//! * a pattern in braces has no default values; no `with`, `eval` or labels.

// `build.rs` reads this file too, from another folder.
#[path = "script/names.rs"]
mod names;

use names::Role;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    /// A string, a pattern, or a piece of a template: printed as it is.
    Text,
    Sign,
}

#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    kind: Kind,
    text: &'t str,
}

/// One script out of several, as small as it gets without looking into it.
pub fn small(scripts: &str) -> String {
    let tokens = tokens(scripts);
    let roles = names::roles(&tokens);
    let names = names::short(&tokens, &roles);
    let joined = joined(&tokens);
    let mut res = String::with_capacity(scripts.len() / 2);
    let mut last = Token {
        kind: Kind::Sign,
        text: "",
    };
    for (i, token) in tokens.iter().enumerate() {
        let is_word = token.kind == Kind::Word && roles[i] == Role::Variable;
        let (kind, text) = match (token.text, &names[i]) {
            _ if joined[i] => (token.kind, joined_as(&tokens, i).to_string()),
            ("true", _) if is_word => (Kind::Sign, "!0".to_string()),
            ("false", _) if is_word => (Kind::Sign, "!1".to_string()),
            // Nothing that we write is told apart by it.
            ("const", _) if is_word => (token.kind, "let".to_string()),
            (name, Some(new)) if roles[i] == Role::Both => (token.kind, format!("{name}:{new}")),
            (_, Some(new)) => (token.kind, new.clone()),
            (text, None) => (token.kind, text.to_string()),
        };
        let Some(first) = text.get(..1) else { continue };
        let is_word = |kind| matches!(kind, Kind::Word | Kind::Number);
        let is_sum = last.text.ends_with(['+', '-']) && last.text.ends_with(first);
        if is_word(last.kind) && is_word(kind) || last.kind == Kind::Sign && is_sum {
            res.push(' ');
        }
        res += &text;
        last = Token {
            kind,
            text: token.text,
        };
    }
    res
}

/// Which signs and words say nothing new: the semicolon in front of a closing
/// brace, and `; const` or `; let` behind what also begins so.
fn joined(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut res = vec![false; tokens.len()];
    let at = |i: usize| tokens.get(i).map_or("", |token| token.text);
    // For each bracket that is open, the word its present statement begins with.
    let mut begun = vec![""];
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Sign {
            if let Some(word @ &mut "") = begun.last_mut() {
                *word = token.text;
            }
            continue;
        }
        let word = begun.last().copied().unwrap_or_default();
        match token.text {
            "{" | "(" | "[" => {
                if word.is_empty()
                    && let Some(word) = begun.last_mut()
                {
                    *word = token.text;
                }
                begun.push("");
            }
            "}" | ")" | "]" => {
                begun.pop();
                let is_over = matches!(begun.last(), Some(&("function" | "if" | "for" | "{")));
                if token.text == "}" && is_over && at(i + 1) != "else" {
                    begun.pop();
                    begun.push("");
                }
            }
            ";" => {
                let goes_on = [word, at(i + 1)]
                    .iter()
                    .all(|word| matches!(*word, "const" | "let"));
                res[i] = goes_on || at(i + 1) == "}" && tokens[i + 1].kind == Kind::Sign;
                if goes_on {
                    res[i + 1] = true;
                }
                begun.pop();
                begun.push("");
            }
            _ => {}
        }
    }
    res
}

/// What stands for a token that says nothing new.
fn joined_as(tokens: &[Token<'_>], i: usize) -> &'static str {
    match (tokens[i].text, tokens.get(i + 1).map(|next| next.text)) {
        (";", Some("const" | "let")) => ",",
        _ => "",
    }
}

/// A script in pieces that mean something.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut res: Vec<Token<'_>> = Vec::new();
    // For each brace that is open, whether it is a `${` of a template.
    let mut braces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kind, len) = match first {
            _ if first.is_whitespace() => {
                rest = rest.trim_start();
                continue;
            }
            '/' if rest.starts_with("//") => {
                rest = rest.find('\n').map_or("", |end| &rest[end..]);
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '/' if begins_pattern(res.last()) => (Kind::Text, pattern_len(rest)),
            '\'' | '"' => (Kind::Text, string_len(rest, first)),
            '`' => (Kind::Text, template_len(rest, &mut braces)),
            '}' if braces.pop() == Some(true) => (Kind::Text, template_len(rest, &mut braces)),
            '{' => {
                braces.push(false);
                (Kind::Sign, 1)
            }
            '0'..='9' => (
                Kind::Number,
                run(rest, |c| c.is_ascii_alphanumeric() || c == '.'),
            ),
            '_' | '$' | 'a'..='z' | 'A'..='Z' => (
                Kind::Word,
                run(rest, |c| {
                    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
                }),
            ),
            _ => (Kind::Sign, sign_len(rest)),
        };
        let (token, behind) = rest.split_at(len);
        res.push(Token { kind, text: token });
        rest = behind;
    }
    res
}

fn run(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_in(c)).unwrap_or(text.len())
}

/// Signs of several characters that must not be torn apart; the others do not
/// mind.
fn sign_len(text: &str) -> usize {
    const LONG: [&str; 6] = ["...", "?.", "=>", "++", "--", "??"];
    let first = text.chars().next().map_or(1, char::len_utf8);
    LONG.iter()
        .find(|sign| text.starts_with(**sign))
        .map_or(first, |sign| sign.len())
}

fn begins_pattern(before: Option<&Token<'_>>) -> bool {
    match before {
        Some(token) if token.kind == Kind::Sign => !matches!(token.text, ")" | "]" | "}"),
        Some(token) => matches!(token.text, "return" | "typeof" | "case" | "of" | "in"),
        None => true,
    }
}

fn string_len(text: &str, quote: char) -> usize {
    let mut is_escaped = true; // the opening quote does not end it
    text.find(|c| {
        let is_end = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })
    .map_or(text.len(), |end| end + 1)
}

/// From `/` to the other one, flags included.
fn pattern_len(text: &str) -> usize {
    let (mut is_escaped, mut in_class) = (true, false);
    let end = text.find(|c| {
        let is_end = c == '/' && !is_escaped && !in_class;
        match c {
            _ if is_escaped => {}
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |end| {
        end + 1 + run(&text[end + 1..], |c| c.is_ascii_alphabetic())
    })
}

/// From a backquote, or from the brace that ends an expression, to the next
/// expression or the end of the template.
fn template_len(text: &str, braces: &mut Vec<bool>) -> usize {
    let mut at = 1;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\\' => at += 1,
            '`' => return at + 1,
            '$' if text[at..].starts_with("${") => {
                braces.push(true);
                return at + 2;
            }
            _ => {}
        }
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn comments_and_blanks_go_and_names_get_short() {
        let text = "/** a\n * b */\n// c\nif (open) {\n  const line = a + +b; // d\n  f(line, `${ line } // `);\n}\n";
        assert_eq!(small(text), "if(open){let c=a+ +b;f(c,`${c} // `)}");
    }

    #[test]
    fn properties_keep_their_names() {
        let text = "{ const frame = { frame: 1, step, get last() { return frame.frame; }, go(n) { return n; } };\n\
                    f(); let { step, at: place } = frame; }";
        assert_eq!(
            small(text),
            "{let a={frame:1,step:b,get last(){return a.frame},go(c){return c}};f();let{step:b,at:c}=a}"
        );
    }

    #[test]
    fn patterns_are_no_divisions() {
        let text = "const half = all / 2 / rest; f(); const is = /[/'\"]\\/x/u.test(half);";
        assert_eq!(
            small(text),
            "let a=all/2/rest;f();let b=/[/'\"]\\/x/u.test(a);"
        );
    }

    #[test]
    fn what_goes_on_is_not_said_again() {
        let text = "{ const one = true; const two = false; let three; let { four } = one; while (four) { two(); } const five = 5; }";
        assert_eq!(
            small(text),
            "{let b=!0,c=!1,e,{four:a}=b;while(a){c()}let d=5}"
        );
    }

    /// Each line is what it is and what it must become: no name may hide another
    /// that is meant in its place.
    #[test]
    fn names_are_told_apart_where_nothing_is_confused() {
        for (text, wanted) in [
            // Two scripts, two statements of one, and a name of both statements.
            (
                "{ const a1 = 1; f(a1); } { const b1 = 2; f(b1); }",
                "{let a=1;f(a)}{let a=2;f(a)}",
            ),
            (
                "{ const g1 = x1 => x1; const h1 = y1 => y1; }",
                "{let a=b=>b,b=a=>a}",
            ),
            (
                "{ const g1 = 1; f(x1 => x1 + g1); f(y1 => y1); f(g1); }",
                "{let a=1;f(b=>b+a);f(a=>a);f(a)}",
            ),
            // What is declared outside of all is meant everywhere.
            (
                "const all1 = (() => { const in1 = 1; return in1; })(); { const in2 = all1; f(in2); }",
                "let a=(()=>{let b=1;return b})();{let b=a;f(b)}",
            ),
            // The parameter of a function that is a script reaches through its statements.
            (
                "const g1 = x1 => { const y1 = x1; f(y1); return x1; };",
                "let a=b=>{let c=b;f(c);return b};",
            ),
            (
                "function g1(x1) { const y1 = x1; f(y1); return x1; } g1();",
                "function a(b){let c=b;f(c);return b}a();",
            ),
            (
                "for (const x1 of list) { f(x1); g(x1); } h();",
                "for(let a of list){f(a);g(a)}h();",
            ),
            // One that only its own statement uses is still the block's.
            (
                "{ const g1 = 1, h1 = g1; f(); const i1 = h1; }",
                "{let a=1,b=a;f();let c=b}",
            ),
            (
                "{ function g1(x1) { return x1; } function h1(y1) { return g1(y1); } }",
                "{function a(b){return b}function b(c){return a(c)}}",
            ),
        ] {
            assert_eq!(small(text), wanted, "{text}");
        }
    }
}
