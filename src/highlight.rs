//! Code to coloured lines.
//!
//! Colours are classes, so that a theme decides them. A line is tokenised once
//! for each state it can begin in: decks repeat code with small changes.
//! What a line looks like in HTML is the renderer's business.

use std::rc::Rc;

use rustc_hash::FxHashMap;

mod deck;
mod grammar;

pub use deck::NAME as DECK;

use grammar::{Grammars, State};

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

/// The grammars that code has asked for, and the lines already coloured.
#[derive(Default)]
pub struct Colours {
    grammars: Grammars,
    /// By the number of their grammar and what they say.
    lines: FxHashMap<usize, FxHashMap<String, Vec<Rc<Line>>>>,
    n_lines: usize,
}

/// A line as it was coloured, with the states before and after it.
struct Line {
    before: Rc<State>,
    after: Rc<State>,
    runs: Runs,
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
        let Some((grammar, mut state)) = grammars.begin(lang) else {
            return plain(text);
        };
        let lines = lines.entry(grammar).or_default();
        let mut res = Vec::new();
        for text in text.split('\n') {
            let begins_so = |line: &&Rc<Line>| line.before == state;
            let known = lines.get(text).and_then(|all| all.iter().find(begins_so));
            let line = match known {
                Some(line) => line.clone(),
                None => {
                    let (runs, after) = grammars.line(grammar, &state, text);
                    let line = Rc::new(Line {
                        before: state,
                        after: Rc::new(after),
                        runs,
                    });
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
        lang == DECK
            || self.grammars.find(lang).is_some()
            || PLAIN.contains(&lang.to_ascii_lowercase().as_str())
    }

    /// The names of all languages in lower case, as the grammars give them,
    /// and the endings of their files.
    pub fn names(&mut self) -> Vec<String> {
        self.grammars.names()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_a_hundred_and_fifty_languages() {
        let mut colours = Colours::default();
        let names = colours.names();
        let n = names.iter().filter(|name| colours.knows(name)).count();
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
