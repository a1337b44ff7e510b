//! Which name stands for a variable, and which short one it gets.
//!
//! Names are told apart as far as that is easy: those of all scripts, those of
//! one script, those inside of one of its statements. One of a statement may be
//! short like any that does not occur in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Token};

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
pub enum Role {
    Variable,
    /// `{ word }`, which is a variable and a property.
    Both,
    Property,
}

/// How each token is used; of signs and texts it means nothing.
pub fn roles(tokens: &[Token<'_>]) -> Vec<Role> {
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

/// Where a token stands: in which script, in which of its statements, and
/// whether outside of all blocks (0), in the script's own (1) or deeper (2).
#[derive(Debug, Clone, Copy)]
struct Place {
    script: usize,
    statement: usize,
    depth: usize,
}

/// Whose name it is. Names of two owners are two, however they are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    All,
    Script(usize),
    Statement(usize),
}

/// The new name of each token that is one of our variables.
pub fn short(tokens: &[Token<'_>], roles: &[Role]) -> Vec<Option<String>> {
    let places = places(tokens);
    let owners = owners(tokens, roles, &places);
    let mut uses: BTreeMap<(Owner, &str), usize> = BTreeMap::new();
    let mut kept: BTreeSet<&str> = GLOBALS.into_iter().collect();
    // Who else occurs in a statement or a script.
    let mut beside: BTreeMap<Owner, BTreeSet<(Owner, &str)>> = BTreeMap::new();
    for ((token, owner), place) in tokens.iter().zip(&owners).zip(&places) {
        match owner {
            Some(owner) => {
                *uses.entry((*owner, token.text)).or_default() += 1;
                for whole in [
                    Owner::Statement(place.statement),
                    Owner::Script(place.script),
                ] {
                    let found = beside.entry(whole).or_default();
                    found.insert((*owner, token.text));
                }
            }
            None => drop(kept.insert(token.text)),
        }
    }
    let mut order: Vec<((Owner, &str), usize)> = uses.into_iter().collect();
    // Those of all first, then of scripts: what stands deeper makes room.
    let rank = |owner: Owner| match owner {
        Owner::All => 0,
        Owner::Script(_) => 1,
        Owner::Statement(_) => 2,
    };
    order.sort_by_key(|((owner, name), n)| (rank(*owner), std::cmp::Reverse(*n), *name));
    // By their place in the list of all short names that nobody else has.
    let mut res: BTreeMap<(Owner, &str), usize> = BTreeMap::new();
    for (own, _) in order {
        let others = beside.get(&own.0).into_iter().flatten();
        let taken: BTreeSet<usize> = match own.0 {
            Owner::All => res.values().copied().collect(),
            _ => others.filter_map(|other| res.get(other).copied()).collect(),
        };
        let free = (0..).find(|n| !taken.contains(n)).unwrap_or_default();
        res.insert(own, free);
    }
    let count = res.values().max().map_or(0, |last| last + 1);
    let is_free = |name: &String| !kept.contains(name.as_str()) && !is_keyword(name);
    let names: Vec<String> = (0..).map(nth).filter(is_free).take(count).collect();
    let named = tokens.iter().zip(owners);
    named
        .map(|(token, owner)| Some(names[*res.get(&(owner?, token.text))?].clone()))
        .collect()
}

/// Whose each name is; nobody's are properties, the browser's own, and whatever
/// is no name.
fn owners(tokens: &[Token<'_>], roles: &[Role], places: &[Place]) -> Vec<Option<Owner>> {
    let owner = |depth: usize, place: Place| match depth {
        0 => Owner::All,
        1 => Owner::Script(place.script),
        _ => Owner::Statement(place.statement),
    };
    let declared: BTreeSet<(Owner, &str)> = declared(tokens, roles, places)
        .into_iter()
        .map(|(i, depth)| (owner(depth, places[i]), tokens[i].text))
        .collect();
    let all = tokens.iter().zip(roles).zip(places);
    all.map(|((token, role), place)| {
        let is_name = token.kind == Kind::Word && *role != Role::Property;
        let of = |depth| Some(owner(depth, *place)).filter(|_| is_name);
        (0..3)
            .filter_map(of)
            .find(|owner| declared.contains(&(*owner, token.text)))
    })
    .collect()
}

/// Statements are told apart where nothing that is declared inside of one can
/// reach into the next: behind the semicolon of a script's own block and behind
/// its functions.
fn places(tokens: &[Token<'_>]) -> Vec<Place> {
    let (mut open, mut begun) = (Vec::new(), [0, 0]);
    let mut is_own = false; // whether the outermost brace is a script's own block
    let (mut script, mut statement) = (0, 0);
    let mut res = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let sign = if token.kind == Kind::Sign {
            token.text
        } else {
            ""
        };
        if matches!(sign, "}" | ")" | "]") {
            open.pop();
        }
        let n_braces = open.iter().filter(|bracket| **bracket == "{").count();
        let depth = match open.last() {
            None => 0,
            Some(&"{") if n_braces == 1 && is_own => 1,
            Some(_) => 2,
        };
        res.push(Place {
            script,
            statement,
            depth,
        });
        if matches!(sign, "{" | "(" | "[") {
            open.push(sign);
            if sign == "{" && n_braces == 0 {
                let before = [3, 2, 1].map(|n| i.checked_sub(n).map_or("", |at| tokens[at].text));
                is_own = matches!(tokens[begun[0]].text, "{" | "if") || before == ["(", ")", "=>"];
                begun[1] = i + 1;
            }
        } else if depth < 2 {
            let first = tokens[begun[depth]].text;
            let is_block = first == "function" || depth == 0 && matches!(first, "{" | "if");
            if sign == ";" || sign == "}" && is_block {
                statement += 1;
                script += usize::from(depth == 0);
                begun[depth] = i + 1;
            }
        }
    }
    res
}

/// The n-th of all names, short ones first.
fn nth(mut n: usize) -> String {
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

/// Whether a word is the language's own, and never a name.
#[rustfmt::skip]
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "await" | "break" | "case" | "catch" | "class" | "const" | "continue" | "default" | "delete" | "do" | "else"
            | "export" | "extends" | "false" | "finally" | "for" | "function" | "if" | "import" | "in" | "instanceof"
            | "let" | "new" | "null" | "return" | "super" | "switch" | "this" | "throw" | "true" | "try" | "typeof"
            | "var" | "void" | "while" | "yield"
    )
}

/// Where the scripts declare variables, functions and parameters, and how deep
/// inside of blocks each of them is known.
fn declared(tokens: &[Token<'_>], roles: &[Role], places: &[Place]) -> Vec<(usize, usize)> {
    let mut res = Vec::new();
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let mut depth = 2;
        match token.text {
            "const" | "let" if token.kind == Kind::Word => {
                depth = places[i].depth;
                declarators(tokens, roles, i + 1, &mut found);
            }
            "function" | "class" if token.kind == Kind::Word => {
                res.push((i + 1, places[i].depth));
                pattern(tokens, roles, i + 2, &mut found);
            }
            "catch" if tokens.get(i + 1).is_some_and(|next| next.text == "(") => {
                pattern(tokens, roles, i + 1, &mut found);
            }
            "=>" => match tokens.get(i.wrapping_sub(1)) {
                Some(Token { text: ")", .. }) => {
                    pattern(tokens, roles, opening(tokens, i - 1), &mut found);
                }
                Some(_) => found.push(i - 1),
                None => {}
            },
            // A method: `name(…) {` in an object.
            "(" if roles.get(i.wrapping_sub(1)) == Some(&Role::Property) => {
                let end = pattern(tokens, roles, i, &mut found);
                if tokens.get(end).is_none_or(|token| token.text != "{") {
                    found.clear();
                }
            }
            _ => {}
        }
        res.extend(found.drain(..).map(|name| (name, depth)));
    }
    res.retain(|(i, _)| {
        let name = tokens.get(*i).map_or("", |token| token.text);
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'));
        is_name && !is_keyword(name) && !GLOBALS.contains(&name)
    });
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
fn declarators(tokens: &[Token<'_>], roles: &[Role], start: usize, res: &mut Vec<usize>) {
    let (mut i, mut is_name) = (start, true);
    let mut depth = 0;
    while let Some(token) = tokens.get(i) {
        match (token.kind, token.text) {
            (Kind::Sign, "{" | "[") if is_name && depth == 0 => {
                i = pattern(tokens, roles, i, res);
                is_name = false;
                continue;
            }
            (Kind::Word, _) if is_name && depth == 0 => res.push(i),
            (Kind::Sign, "(" | "[" | "{") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") => depth -= 1,
            (Kind::Sign, ";") | (Kind::Word, "of" | "in") if depth == 0 => return,
            _ => {}
        }
        if depth < 0 {
            return;
        }
        // Templates open and close braces inside their texts.
        is_name = depth == 0 && token.kind == Kind::Sign && token.text == ",";
        i += 1;
    }
}

/// The names in a list of parameters or a pattern that opens at `start`.
/// Returns where it ends.
fn pattern(tokens: &[Token<'_>], roles: &[Role], start: usize, res: &mut Vec<usize>) -> usize {
    let mut depth = 0;
    for i in start..tokens.len() {
        let before = i.checked_sub(1).map_or("", |before| tokens[before].text);
        match (tokens[i].kind, tokens[i].text) {
            (Kind::Sign, "(" | "[" | "{") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") => depth -= 1,
            (Kind::Word, _)
                if roles[i] != Role::Property
                    && matches!(before, "(" | "[" | "{" | "," | "..." | ":") =>
            {
                res.push(i);
            }
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    tokens.len()
}
