//! Our own scripts, made small: without comments and blanks, with short names.
//!
//! No parser, and no scopes: a name that our code declares gets one new name
//! wherever it stands for a variable, which keeps every binding what it was.
//! That holds for scripts written as ours are, and the tests in the browser run
//! what comes out:
//!
//! * every statement ends in a semicolon;
//! * no name that is declared is also used as one of the browser's own
//!   (`window.name` is fine, `name` is not); [`GLOBALS`] are left alone;
//! * a pattern in braces has no default values; no `with`, `eval` or labels.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// Names the browser gives that our scripts both use and might declare, and
/// words that mean something in some places.
const GLOBALS: [&str; 24] = [
    "get",
    "set",
    "of",
    "async",
    "static",
    "name",
    "open",
    "close",
    "screen",
    "history",
    "location",
    "document",
    "window",
    "self",
    "top",
    "parent",
    "event",
    "status",
    "length",
    "navigator",
    "fetch",
    "scrollTo",
    "undefined",
    "arguments",
];

/// Words of the language; they are never names.
const KEYWORDS: &str = "await break case catch class const continue default delete do else export extends false finally for \
    function if import in instanceof let new null return super switch this throw true try typeof var void while yield";

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

/// What a bracket is, as far as names in it are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    /// Statements, or values in round or square brackets.
    Plain,
    /// An object, or a pattern that takes one apart.
    Object,
}

/// How a word is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Variable,
    /// `{ word }`, which is a variable and a property.
    Both,
    Property,
}

/// One script out of several, as small as it gets without looking into it.
pub fn small(scripts: &str) -> String {
    let tokens = tokens(scripts);
    let roles = roles(&tokens);
    let names = names(&tokens, &roles);
    let mut res = String::with_capacity(scripts.len() / 2);
    let mut last = Token {
        kind: Kind::Sign,
        text: "",
    };
    for (token, role) in tokens.iter().zip(roles) {
        let new = match token.kind {
            Kind::Word => names.get(token.text),
            Kind::Number | Kind::Text | Kind::Sign => None,
        };
        let text = match (role, new) {
            (Role::Variable, Some(new)) => new.as_str(),
            _ => token.text,
        };
        let is_word = |token: Token<'_>| matches!(token.kind, Kind::Word | Kind::Number);
        let is_sum = last.text.ends_with(['+', '-']) && last.text.ends_with(&text[..1]);
        if is_word(last) && is_word(*token) || last.kind == Kind::Sign && is_sum {
            res.push(' ');
        }
        res += text;
        if let (Role::Both, Some(new)) = (role, new) {
            res.push(':');
            res += new;
        }
        last = *token;
    }
    res
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

/// How each token is used; of signs and texts it means nothing.
fn roles(tokens: &[Token<'_>]) -> Vec<Role> {
    let mut open = Vec::new();
    let at = |i: usize| tokens.get(i).map_or("", |token| token.text);
    let mut res = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let (before, behind) = (i.checked_sub(1).map_or("", at), at(i + 1));
        if token.kind == Kind::Sign {
            match token.text {
                "{" => open.push(brace(before)),
                "(" | "[" => open.push(Bracket::Plain),
                "}" | ")" | "]" => drop(open.pop()),
                _ => {}
            }
        }
        let is_entry = open.last() == Some(&Bracket::Object) && matches!(before, "{" | ",");
        let is_accessor = open.last() == Some(&Bracket::Object) && matches!(before, "get" | "set");
        res.push(match behind {
            _ if matches!(before, "." | "?.") => Role::Property,
            ":" | "(" if is_entry || is_accessor => Role::Property,
            "," | "}" if is_entry => Role::Both,
            _ => Role::Variable,
        });
    }
    res
}

fn brace(before: &str) -> Bracket {
    match before {
        "" | ")" | "=>" | ";" | "{" | "}" | "else" | "try" | "finally" | "catch" | "do" => {
            Bracket::Plain
        }
        _ => Bracket::Object,
    }
}

/// A new name for each name that is declared, the shortest for what saves most.
fn names<'t>(tokens: &[Token<'t>], roles: &[Role]) -> FxHashMap<&'t str, String> {
    let declared = declared(tokens, roles);
    let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
    for (token, role) in tokens.iter().zip(roles) {
        if token.kind == Kind::Word && *role != Role::Property {
            *uses.entry(token.text).or_default() += 1;
        }
    }
    let mut order: Vec<(&str, usize)> = uses
        .iter()
        .filter(|(name, _)| declared.contains(*name))
        .map(|(name, n_uses)| (*name, *n_uses))
        .collect();
    order.sort_by_key(|(name, n_uses)| (std::cmp::Reverse(*n_uses), *name));
    // Names of texts and properties do not matter; what is kept does.
    let kept: BTreeSet<&str> = uses
        .into_keys()
        .filter(|name| !declared.contains(name))
        .collect();
    let mut fresh = (0..).map(short).filter(|name| {
        !kept.contains(name.as_str()) && !is_keyword(name) && !GLOBALS.contains(&name.as_str())
    });
    order
        .into_iter()
        .filter_map(|(name, _)| Some((name, fresh.next()?)))
        .collect()
}

/// The n-th of all names, short ones first.
fn short(mut n: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut res = String::new();
    loop {
        res.push(char::from(LETTERS[n % LETTERS.len()]));
        n /= LETTERS.len();
        if n == 0 {
            return res;
        }
        n -= 1;
    }
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.split_whitespace().any(|keyword| keyword == word)
}

/// The names that the scripts declare as variables, functions or parameters.
fn declared<'t>(tokens: &[Token<'t>], roles: &[Role]) -> BTreeSet<&'t str> {
    let mut res = BTreeSet::new();
    let ends = ends(tokens);
    for (i, token) in tokens.iter().enumerate() {
        match token.text {
            "const" | "let" if token.kind == Kind::Word => {
                declarators((tokens, &ends), roles, i + 1, &mut res)
            }
            "function" | "class" if token.kind == Kind::Word => {
                res.extend(tokens.get(i + 1).map(|token| token.text));
                pattern(tokens, roles, i + 2, &mut res);
            }
            "catch" if tokens.get(i + 1).is_some_and(|next| next.text == "(") => {
                pattern(tokens, roles, i + 1, &mut res);
            }
            "=>" => match tokens.get(i.wrapping_sub(1)) {
                Some(Token { text: ")", .. }) => {
                    pattern(tokens, roles, opening(tokens, i - 1), &mut res);
                }
                Some(before) => drop(res.insert(before.text)),
                None => {}
            },
            // A method: `name(…) {` in an object.
            "(" if roles.get(i.wrapping_sub(1)) == Some(&Role::Property) => {
                let behind = tokens.get(ends[i] + 1);
                if behind.is_some_and(|token| token.text == "{") {
                    pattern(tokens, roles, i, &mut res);
                }
            }
            _ => {}
        }
    }
    res.retain(|name| {
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'));
        is_name && !is_keyword(name) && !GLOBALS.contains(name)
    });
    res
}

/// For each bracket that opens, the one that closes it; the end for all else.
fn ends(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut res = vec![tokens.len(); tokens.len()];
    let mut open = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match (token.kind, token.text) {
            (Kind::Sign, "(" | "[" | "{") => open.push(i),
            (Kind::Sign, ")" | "]" | "}") => {
                if let Some(start) = open.pop() {
                    res[start] = i;
                }
            }
            _ => {}
        }
    }
    res
}

/// The bracket that the one at `end` closes.
fn opening(tokens: &[Token<'_>], end: usize) -> usize {
    let mut depth = 0;
    for i in (0..=end).rev() {
        match tokens[i] {
            Token {
                kind: Kind::Sign,
                text: ")" | "]" | "}",
            } => depth += 1,
            Token {
                kind: Kind::Sign,
                text: "(" | "[" | "{",
            } => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i;
        }
    }
    0
}

/// The names between `const` and the end of its statement.
fn declarators<'t>(
    (tokens, ends): (&[Token<'t>], &[usize]),
    roles: &[Role],
    start: usize,
    res: &mut BTreeSet<&'t str>,
) {
    let (mut i, mut is_name) = (start, true);
    while let Some(token) = tokens.get(i) {
        match (token.kind, token.text) {
            (Kind::Sign, "{" | "[") if is_name => {
                i = pattern(tokens, roles, i, res);
                is_name = false;
                continue;
            }
            (Kind::Word, name) if is_name => {
                res.insert(name);
            }
            // What is declared in there is met by itself.
            (Kind::Sign, "(" | "[" | "{") => i = ends[i],
            (Kind::Sign, ")" | "]" | "}" | ";") | (Kind::Word, "of" | "in") => return,
            _ => {}
        }
        is_name = token.kind == Kind::Sign && token.text == ",";
        i += 1;
    }
}

/// The names in a list of parameters or a pattern that opens at `start`.
/// Returns where it ends.
fn pattern<'t>(
    tokens: &[Token<'t>],
    roles: &[Role],
    start: usize,
    res: &mut BTreeSet<&'t str>,
) -> usize {
    let mut depth = 0;
    for i in start..tokens.len() {
        let before = i.checked_sub(1).map_or("", |before| tokens[before].text);
        match (tokens[i].kind, tokens[i].text) {
            (Kind::Sign, "(" | "[" | "{") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") => depth -= 1,
            (Kind::Word, name)
                if roles[i] != Role::Property
                    && matches!(before, "(" | "[" | "{" | "," | "..." | ":") =>
            {
                res.insert(name);
            }
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn comments_and_blanks_go_and_names_get_short() {
        let text = "/** a\n * b */\n// c\nif (open) {\n  const line = a + +b; // d\n  f(line, `${ line } // `);\n}\n";
        assert_eq!(small(text), "if(open){const c=a+ +b;f(c,`${c} // `);}");
    }

    #[test]
    fn properties_keep_their_names() {
        let text = "const frame = { frame: 1, step, get last() { return frame.frame; }, go(n) { return n; } };\n\
                    const { step, at: place } = frame; const f = x => (x ? step : place);";
        assert_eq!(
            small(text),
            "const a={frame:1,step:b,get last(){return a.frame;},go(c){return c;}};const{step:b,at:d}=a;const f=e=>(e?b:d);"
        );
    }

    #[test]
    fn patterns_are_no_divisions() {
        let text = "const half = all / 2 / rest; const is = /[/'\"]\\/x/u.test(half);";
        assert_eq!(
            small(text),
            "const a=all/2/rest;const b=/[/'\"]\\/x/u.test(a);"
        );
    }
}
