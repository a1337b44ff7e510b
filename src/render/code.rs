//! Code to coloured lines. The only file that knows syntect.
//!
//! Colours are classes, so that a theme decides them. A line is tokenised once
//! for each state it can begin in: decks repeat code with small changes.

use std::collections::HashMap;
use std::rc::Rc;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::escape::escape;

/// Code longer than this is shown without colours: nobody reads it on a slide,
/// and some grammars take quadratic time.
const MAX_BYTES: usize = 64 * 1024;

/// Lines longer than this are not tokenised, for the same reason.
const MAX_LINE: usize = 1_000;

/// Lines kept at once: an author who edits all day must not fill the memory.
const MAX_KEPT: usize = 20_000;

/// The grammars, loaded when the first block of code is met, and the lines
/// already coloured.
#[derive(Default)]
pub struct Colours {
    grammars: Option<Grammars>,
    lines: HashMap<(String, String), Vec<Rc<Line>>>,
}

struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

/// A line as it was coloured, with the states before and after it.
struct Line {
    before: State,
    after: State,
    html: String,
}

#[derive(Clone, PartialEq)]
struct State {
    parser: ParseState,
    scopes: ScopeStack,
}

impl Colours {
    /// Writes the lines of a code block, each in a `<span class="line">`.
    pub fn lines(&mut self, out: &mut String, lang: &str, text: &str) {
        let Colours { grammars, lines } = self;
        if lines.len() > MAX_KEPT {
            lines.clear();
        }
        let is_short = text.len() <= MAX_BYTES && text.lines().all(|line| line.len() <= MAX_LINE);
        if lang.is_empty() || !is_short {
            return plain(out, text);
        }
        let grammars = grammars.get_or_insert_with(Grammars::load);
        let Some(syntax) = grammars.find(lang) else {
            return plain(out, text);
        };
        let mut state = State {
            parser: ParseState::new(syntax),
            scopes: ScopeStack::new(),
        };
        for text in text.split('\n') {
            let known = lines
                .entry((syntax.name.clone(), text.to_string()))
                .or_default();
            let line = match known.iter().find(|line| line.before == state) {
                Some(line) => line.clone(),
                None => {
                    let line = Rc::new(grammars.line(state, text));
                    known.push(line.clone());
                    line
                }
            };
            *out += &line.html;
            state = line.after.clone();
        }
    }
}

fn plain(out: &mut String, text: &str) {
    for line in text.split('\n') {
        *out += "<span class=\"line\">";
        escape(out, line);
        *out += "</span>";
    }
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
        }
    }

    fn find(&self, lang: &str) -> Option<&SyntaxReference> {
        // Names that people write and the grammars do not know.
        let lang = match lang.to_ascii_lowercase().as_str() {
            "shell" | "console" | "shell-session" => "bash".to_string(),
            "jsonc" | "json5" => "json".to_string(),
            "golang" => "go".to_string(),
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

    fn line(&self, before: State, text: &str) -> Line {
        let mut after = before.clone();
        let mut html = String::from("<span class=\"line\">");
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
                    flush(&mut html, open, &mut run);
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
        flush(&mut html, open, &mut run);
        html += "</span>";
        Line {
            before,
            after,
            html,
        }
    }
}

fn flush(html: &mut String, class: &str, run: &mut String) {
    if run.is_empty() {
        return;
    }
    if class.is_empty() {
        escape(html, run);
    } else {
        *html += &format!("<span class=\"hl-{class}\">");
        escape(html, run);
        *html += "</span>";
    }
    run.clear();
}
