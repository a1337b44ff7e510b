//! The grammars of some 200 languages. The only file that knows syntect.
//!
//! `build.rs` has taken their set apart: code in one language needs two or three
//! of them, and to read all would take longer than making a short deck. Of each
//! there are two, the other one for lines in ASCII, which is ready four times as
//! fast and finds the same in them.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use syntect::dumps::from_uncompressed_data;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::{Run, Runs};

/// Their names, and where the bytes of each stand.
const LIST: &str = include_str!(concat!(env!("OUT_DIR"), "/grammars.txt"));
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/grammars.bin"));

/// Scopes and the classes of what stands in them. The innermost scope that has a
/// class decides, so the order only matters between a scope and its own prefix.
const CLASSES: [(&str, &str); 24] = [
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

/// Where a line begins: what is open there.
#[derive(Clone, PartialEq)]
pub struct State {
    parser: ParseState,
    scopes: ScopeStack,
}

/// All grammars, each read when code asks for it.
pub struct Grammars {
    all: Vec<Grammar>,
    /// The bytes of one that does nothing.
    nothing: Range<usize>,
    classes: Vec<(Scope, &'static str)>,
    /// By number, and whether it is for ASCII.
    read: FxHashMap<(usize, bool), Option<SyntaxSet>>,
    /// The numbers of names that were asked for.
    found: FxHashMap<String, Option<usize>>,
}

/// One line of the list.
struct Grammar {
    name: &'static str,
    hidden: bool,
    extensions: &'static str,
    any: Range<usize>,
    ascii: Range<usize>,
    needs: &'static str,
}

impl Grammar {
    fn read(line: &'static str) -> Option<Grammar> {
        let mut fields = line.split('\t');
        Some(Grammar {
            name: fields.next()?,
            hidden: !fields.next()?.is_empty(),
            extensions: fields.next()?,
            any: range(fields.next()?)?,
            ascii: range(fields.next()?)?,
            needs: fields.next()?,
        })
    }

    fn has_extension(&self, extension: &str) -> bool {
        let mut all = self.extensions.split(' ');
        !extension.is_empty() && all.any(|own| own.eq_ignore_ascii_case(extension))
    }
}

fn range(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once("..")?;
    Some(start.parse().ok()?..end.parse().ok()?)
}

impl Default for Grammars {
    fn default() -> Self {
        let (nothing, list) = LIST.split_once('\n').unwrap_or_default();
        let classes = CLASSES
            .into_iter()
            .filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class)))
            .collect();
        Grammars {
            all: list.lines().filter_map(Grammar::read).collect(),
            nothing: range(nothing).unwrap_or_default(),
            classes,
            read: FxHashMap::default(),
            found: FxHashMap::default(),
        }
    }
}

impl Grammars {
    /// The number of a language's grammar.
    pub fn find(&mut self, lang: &str) -> Option<usize> {
        if let Some(found) = self.found.get(lang) {
            return *found;
        }
        let found = self.named(lang);
        self.found.insert(lang.to_string(), found);
        found
    }

    /// The same and the state in which its code begins.
    pub fn begin(&mut self, lang: &str) -> Option<(usize, Rc<State>)> {
        let number = self.find(lang)?;
        let set = self.set(number, true)?;
        let state = State {
            parser: ParseState::new(set.syntaxes().get(number)?),
            scopes: ScopeStack::new(),
        };
        Some((number, Rc::new(state)))
    }

    /// The names of all languages in lower case, as the grammars give them,
    /// and the endings of their files.
    pub fn names(&self) -> Vec<String> {
        let shown = self.all.iter().filter(|grammar| !grammar.hidden);
        let names = shown.flat_map(|grammar| {
            let extensions = grammar.extensions.split(' ').filter(|it| !it.is_empty());
            std::iter::once(grammar.name.to_lowercase()).chain(extensions.map(str::to_string))
        });
        names.collect()
    }

    /// As syntect looks for one: the last that has it for an ending, else for a name.
    fn named(&self, lang: &str) -> Option<usize> {
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
        let last = |is_it: &dyn Fn(&Grammar) -> bool| self.all.iter().rposition(is_it);
        last(&|grammar| grammar.has_extension(&lang))
            .or_else(|| last(&|grammar| grammar.name.eq_ignore_ascii_case(&lang)))
            .filter(|number| self.all[*number].name != "Plain Text")
    }

    /// The set of a grammar and those it needs, each at its number.
    fn set(&mut self, number: usize, is_ascii: bool) -> Option<&SyntaxSet> {
        if !self.read.contains_key(&(number, is_ascii)) {
            let bytes = self.bytes(number, is_ascii);
            let set = from_uncompressed_data(&bytes).ok();
            self.read.insert((number, is_ascii), set);
        }
        self.read.get(&(number, is_ascii))?.as_ref()
    }

    /// What syntect would have written for that set: the number of grammars, each
    /// of them, and the number of files that they were read from.
    fn bytes(&self, number: usize, is_ascii: bool) -> Vec<u8> {
        let needed = self.needed(number);
        let mut res = (self.all.len() as u64).to_le_bytes().to_vec();
        for (grammar, is_needed) in self.all.iter().zip(needed) {
            let range = match (is_needed, is_ascii) {
                (false, _) => &self.nothing,
                (true, true) => &grammar.ascii,
                (true, false) => &grammar.any,
            };
            res.extend(BYTES.get(range.clone()).unwrap_or_default());
        }
        res.extend(0_u64.to_le_bytes());
        res
    }

    /// Which grammars one refers to, itself among them.
    fn needed(&self, number: usize) -> Vec<bool> {
        let mut res = vec![false; self.all.len()];
        let mut open = vec![number];
        while let Some(number) = open.pop() {
            let Some(grammar) = self.all.get(number) else {
                continue;
            };
            if !std::mem::replace(&mut res[number], true) {
                let needs = grammar.needs.split(' ');
                open.extend(needs.filter_map(|number| number.parse::<usize>().ok()));
            }
        }
        res
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

    /// The runs of a line, and the state behind it.
    pub fn line(&mut self, number: usize, before: &State, text: &str) -> (Runs, State) {
        let mut after = before.clone();
        let mut runs = Vec::new();
        let with_break = format!("{text}\n");
        let ops = self
            .set(number, text.is_ascii())
            .and_then(|set| after.parser.parse_line(&with_break, set).ok())
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
        (Rc::from(runs), after)
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
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    /// Files of the project that have a grammar, by their ending.
    fn files() -> BTreeMap<String, Vec<String>> {
        let mut res: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut open: Vec<_> = ["src", "templates", "tests", "themes", "benches"]
            .map(|name| root.join(name))
            .into();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let inside = std::fs::read_dir(&path).expect("a folder");
                let mut inside: Vec<_> =
                    inside.map(|entry| entry.expect("a file").path()).collect();
                inside.sort();
                open.extend(inside);
            } else if let Some(ending) = path.extension()
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let ending = ending.to_string_lossy().into_owned();
                res.entry(ending).or_default().push(text);
            }
        }
        res
    }

    #[test]
    fn a_grammar_by_itself_finds_what_it_finds_among_all_others() {
        const LINES: usize = 150;
        let all = two_face::syntax::extra_newlines();
        let mut own = Grammars::default();
        let mut compared = BTreeMap::new();
        for (ending, texts) in files() {
            let Some((number, begin)) = own.begin(&ending) else {
                continue;
            };
            let syntax = all.find_syntax_by_token(&ending).expect("a grammar");
            assert_eq!(syntax.name, own.all[number].name);
            for text in texts {
                let n: &mut usize = compared.entry(ending.clone()).or_default();
                let mut parser = ParseState::new(syntax);
                let mut state = (*begin).clone();
                for line in text.lines().filter(|line| line.len() < 300) {
                    *n += 1;
                    if *n > LINES {
                        break;
                    }
                    let expected = parser
                        .parse_line(&format!("{line}\n"), &all)
                        .expect("a grammar");
                    let set = own.set(number, line.is_ascii()).expect("a grammar");
                    let found = state
                        .parser
                        .parse_line(&format!("{line}\n"), set)
                        .expect("a grammar");
                    assert_eq!(found, expected, "{ending}: {line}");
                }
            }
        }
        for ending in ["rs", "js", "css", "md", "html", "yaml", "csv"] {
            assert!(compared.contains_key(ending), "{ending}: {compared:?}");
        }
    }

    #[test]
    fn code_that_is_not_ascii_looks_the_same() {
        let mut own = Grammars::default();
        let mut coloured = |lang: &str, text: &str| -> Vec<(String, &'static str)> {
            let (number, state) = own.begin(lang).expect("a grammar");
            let (runs, _) = own.line(number, &state, text);
            let runs = runs.iter().map(|run| (run.text.clone(), run.class));
            runs.collect()
        };
        // Letters of any script make one word, in which no keyword is seen.
        let line = "for αin in größen: pass  # für alle";
        let classes = coloured("python", line);
        let keywords: Vec<&str> = classes
            .iter()
            .filter(|(_, class)| *class == "keyword")
            .map(|(text, _)| text.trim())
            .collect();
        assert_eq!(keywords, ["for", "in", "pass"], "{classes:?}");
        assert!(
            classes
                .iter()
                .any(|(text, class)| text.contains("für alle") && *class == "comment")
        );
    }

    #[test]
    fn every_grammar_can_be_read() {
        let mut own = Grammars::default();
        assert!(own.all.len() >= 200);
        for number in 0..own.all.len() {
            for is_ascii in [true, false] {
                let name = own.all[number].name;
                let set = own.set(number, is_ascii).expect("a grammar");
                assert_eq!(set.syntaxes()[number].name, name);
                if name != "Plain Text" {
                    let _ = ParseState::new(&set.syntaxes()[number]);
                }
            }
        }
    }
}
