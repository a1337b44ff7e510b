//! Code to coloured lines. The only file that knows syntect.
//!
//! Colours are classes, so that a theme decides them. A line is tokenised once
//! for each state it can begin in: decks repeat code with small changes.
//! What a line looks like in HTML is the renderer's business.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

mod deck;

pub use deck::NAME as DECK;

/// Code longer than this is shown without colours: nobody reads it on a slide,
/// and some grammars take quadratic time.
const MAX_BYTES: usize = 64 * 1024;

/// Lines longer than this are not tokenised, for the same reason.
const MAX_LINE: usize = 1_000;

/// Lines kept at once: an author who edits all day must not fill the memory.
const MAX_KEPT: usize = 20_000;

/// Words for text that has no grammar, and is not a mistake.
const PLAIN: [&str; 8] = [
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "output",
    "ascii",
    "log",
];

/// A piece of a line in one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// `keyword`, `string` and so on; empty for none.
    pub class: &'static str,
    /// What stands there.
    pub text: String,
}

/// The runs of a line, which many blocks may share.
pub type Runs = Rc<[Run]>;

/// The grammars, loaded when the first block of code is met, and the lines
/// already coloured.
#[derive(Default)]
pub struct Colours {
    grammars: Option<Grammars>,
    /// By the number of their grammar and what they say.
    lines: FxHashMap<usize, FxHashMap<String, Vec<Rc<Line>>>>,
    n_lines: usize,
}

struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
    /// The grammars of names that were asked for, and the states they begin in.
    found: FxHashMap<String, Option<(usize, Rc<State>)>>,
}

/// A line as it was coloured, with the states before and after it.
struct Line {
    before: Rc<State>,
    after: Rc<State>,
    runs: Runs,
}

#[derive(Clone, PartialEq)]
struct State {
    parser: ParseState,
    scopes: ScopeStack,
}

impl Colours {
    /// The lines of a code block. A language nobody knows leaves them without colour.
    pub fn lines(&mut self, lang: &str, text: &str) -> Vec<Runs> {
        let Colours {
            grammars,
            lines,
            n_lines,
        } = self;
        if *n_lines > MAX_KEPT {
            lines.clear();
            *n_lines = 0;
        }
        let is_short = text.len() <= MAX_BYTES && text.lines().all(|line| line.len() <= MAX_LINE);
        if lang.is_empty() || !is_short {
            return plain(text);
        }
        if lang == DECK {
            return deck::lines(text).into_iter().map(Rc::from).collect();
        }
        let grammars = grammars.get_or_insert_with(Grammars::load);
        let Some((syntax, mut state)) = grammars.find(lang) else {
            return plain(text);
        };
        let lines = lines.entry(syntax).or_default();
        let mut res = Vec::new();
        for text in text.split('\n') {
            let begins_so = |line: &&Rc<Line>| line.before == state;
            let known = lines.get(text).and_then(|all| all.iter().find(begins_so));
            let line = match known {
                Some(line) => line.clone(),
                None => {
                    let line = Rc::new(grammars.line(state, text));
                    lines
                        .entry(text.to_string())
                        .or_default()
                        .push(line.clone());
                    *n_lines += 1;
                    line
                }
            };
            res.push(line.runs.clone());
            state = line.after.clone();
        }
        res
    }

    /// Whether code in this language is coloured, or is meant to be plain.
    pub fn knows(&mut self, lang: &str) -> bool {
        let grammars = self.grammars.get_or_insert_with(Grammars::load);
        lang == DECK
            || grammars.find(lang).is_some()
            || PLAIN.contains(&lang.to_ascii_lowercase().as_str())
    }

    /// The names of all languages in lower case, as the grammars give them,
    /// and the endings of their files.
    pub fn names(&mut self) -> Vec<String> {
        let grammars = self.grammars.get_or_insert_with(Grammars::load);
        let shown = grammars.set.syntaxes().iter().filter(|it| !it.hidden);
        let names = shown.flat_map(|syntax| {
            std::iter::once(syntax.name.to_lowercase()).chain(syntax.file_extensions.clone())
        });
        names.collect()
    }
}

fn plain(text: &str) -> Vec<Runs> {
    let line = |line: &str| {
        let run = Run {
            class: "",
            text: line.to_string(),
        };
        Rc::from([run])
    };
    text.split('\n').map(line).collect()
}

impl Grammars {
    fn load() -> Self {
        // The innermost scope that has a class decides, so the order only
        // matters between a scope and its own prefix.
        let table = [
            ("comment", "comment"),
            ("punctuation.definition.comment", "comment"),
            ("string", "string"),
            ("punctuation.definition.string", "string"),
            ("constant.character", "string"),
            ("constant.numeric", "number"),
            ("constant", "constant"),
            ("variable.language", "constant"),
            ("keyword.operator", ""),
            ("keyword", "keyword"),
            ("storage", "keyword"),
            ("entity.name.function", "function"),
            ("support.function", "function"),
            ("support.macro", "function"),
            ("variable.function", "function"),
            ("entity.name.tag", "keyword"),
            ("entity.other.attribute-name", "type"),
            ("entity.name", "type"),
            ("support.type", "type"),
            ("support.class", "type"),
            ("support.constant", "constant"),
            ("markup.heading", "keyword"),
            ("markup.inserted", "string"),
            ("markup.deleted", "constant"),
        ];
        let classes = table
            .into_iter()
            .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class)))
            .collect();
        Grammars {
            set: two_face::syntax::extra_newlines(),
            classes,
            found: FxHashMap::default(),
        }
    }

    /// The number of a language's grammar, and the state its code begins in.
    fn find(&mut self, lang: &str) -> Option<(usize, Rc<State>)> {
        if let Some(found) = self.found.get(lang) {
            return found.clone();
        }
        let found = self.syntax(lang).map(|syntax| {
            let is_it = |own: &SyntaxReference| std::ptr::eq(own, syntax);
            let state = State {
                parser: ParseState::new(syntax),
                scopes: ScopeStack::new(),
            };
            let number = self.set.syntaxes().iter().position(is_it);
            (number.unwrap_or_default(), Rc::new(state))
        });
        self.found.insert(lang.to_string(), found.clone());
        found
    }

    fn syntax(&self, lang: &str) -> Option<&SyntaxReference> {
        // Names that people write and the grammars do not know.
        let lang = match lang.to_ascii_lowercase().as_str() {
            "shell" | "console" | "shell-session" => "bash".to_string(),
            "jsonc" | "json5" => "json".to_string(),
            "golang" => "go".to_string(),
            "fsharp" => "f#".to_string(),
            "csharp" => "cs".to_string(),
            "objective-c" | "objc" => "m".to_string(),
            "protobuf" => "proto".to_string(),
            "hcl" => "tf".to_string(),
            other => other.to_string(),
        };
        self.set
            .find_syntax_by_token(&lang)
            .filter(|syntax| syntax.name != "Plain Text")
    }

    fn class(&self, scopes: &ScopeStack) -> &'static str {
        let of = |scope: &Scope| {
            self.classes
                .iter()
                .find(|(prefix, _)| prefix.is_prefix_of(*scope))
        };
        scopes
            .scopes
            .iter()
            .rev()
            .find_map(of)
            .map_or("", |(_, class)| class)
    }

    fn line(&self, before: Rc<State>, text: &str) -> Line {
        let mut after = State::clone(&before);
        let mut runs = Vec::new();
        let with_break = format!("{text}\n");
        let ops = after
            .parser
            .parse_line(&with_break, &self.set)
            .unwrap_or_default();
        let mut at = 0;
        let (mut open, mut run) = ("", String::new());
        for (next, op) in ops
            .iter()
            .map(|(next, op)| (*next, Some(op)))
            .chain([(with_break.len(), None)])
        {
            let piece = with_break
                .get(at..next)
                .unwrap_or_default()
                .trim_end_matches('\n');
            if !piece.is_empty() {
                let class = self.class(&after.scopes);
                if class != open && !piece.trim().is_empty() {
                    flush(&mut runs, open, &mut run);
                    open = class;
                }
                run += piece;
            }
            at = next.max(at);
            if let Some(op) = op {
                // A grammar that pops more than it pushed colours wrongly, no more.
                let _ = after.scopes.apply(op);
            }
        }
        flush(&mut runs, open, &mut run);
        Line {
            before,
            after: Rc::new(after),
            runs: Rc::from(runs),
        }
    }
}

fn flush(runs: &mut Vec<Run>, class: &'static str, run: &mut String) {
    if !run.is_empty() {
        let text = std::mem::take(run);
        runs.push(Run { class, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_a_hundred_and_fifty_languages() {
        let mut colours = Colours::default();
        let grammars = colours.grammars.get_or_insert_with(Grammars::load);
        let coloured = grammars.set.syntaxes().iter().filter(|syntax| {
            !syntax.hidden && syntax.name != "Plain Text" && grammars.syntax(&syntax.name).is_some()
        });
        let n = coloured.count();
        assert!(n >= 150, "{n} languages");
        for name in [
            "rust",
            "python",
            "js",
            "ts",
            "tsx",
            "go",
            "java",
            "kotlin",
            "swift",
            "c",
            "cpp",
            "cs",
            "ruby",
            "php",
            "sql",
            "bash",
            "powershell",
            "html",
            "css",
            "scss",
            "json",
            "yaml",
            "toml",
            "xml",
            "haskell",
            "elixir",
            "erlang",
            "scala",
            "clojure",
            "lua",
            "perl",
            "r",
            "julia",
            "dart",
            "zig",
            "nix",
            "dockerfile",
            "makefile",
            "cmake",
            "graphql",
            "proto",
            "terraform",
            "vue",
            "svelte",
            "latex",
            "diff",
            "markdown",
            "ocaml",
            "fsharp",
            "golang",
            "shell",
            "jsonc",
        ] {
            assert!(colours.knows(name), "{name}");
        }
        assert!(colours.knows("text") && !colours.knows("ruts"));
        assert!(colours.names().iter().any(|name| name == "rust"));
    }

    #[test]
    fn runs_together_are_the_code() {
        let mut colours = Colours::default();
        let code = "fn main() {\n    println!(\"hi\"); // so\n\n}";
        let lines = colours.lines("rust", code);
        let text: Vec<String> = lines
            .iter()
            .map(|runs| runs.iter().map(|run| run.text.as_str()).collect())
            .collect();
        assert_eq!(text.join("\n"), code);
        assert!(lines[0].iter().any(|run| run.class == "keyword"));
    }
}
