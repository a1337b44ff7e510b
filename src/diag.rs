//! What is wrong with what the author wrote: collected, never thrown.
//!
//! Every stage adds to a [`Diagnostics`]; `diag::catalog` has one method for
//! each fault and holds every sentence the author may read; [`show`] draws
//! them for a terminal or as HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::source::{SourceId, Sources, Span};

mod allow;
mod catalog;
pub mod explain;
pub mod levels;
pub mod machine;
pub mod mend;
pub mod nearest;
mod sarif;
pub mod show;

pub use allow::Allowed;
pub use levels::Levels;
use mend::Edit;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The deck cannot be read as it was meant; `watch` keeps the last good one.
    Error,
    /// The deck can be shown, but something on it will disappoint.
    Warning,
    /// An opinion, or something that was done and the author may want to know:
    /// no fault.
    Note,
}

impl Severity {
    /// The word an author reads.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One fault, with its place and the way to mend it. Holds no text of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its name, in kebab-case: `missing-picture`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, one line, understandable alone.
    pub message: String,
    /// Where; `None` if it is about a whole file or run.
    pub span: Option<Span>,
    /// The file it is about when there is no span in a text.
    pub path: Option<PathBuf>,
    /// What to write instead.
    pub help: Option<String>,
    /// What mends it and nothing else; empty if only the author can.
    pub fix: Vec<Edit>,
}

/// Faults of one code beyond which no more are kept: nobody reads them, and a
/// short text can have a million.
const MOST: usize = 100;

/// Where the stages put what they find.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    allowed: Vec<Allowed>,
    /// How many of each code were added.
    counts: BTreeMap<&'static str, usize>,
    /// The last one that was too many.
    spare: Option<Diagnostic>,
}

impl Diagnostics {
    /// All of them but those that are allowed, in order of source and place,
    /// duplicates dropped once.
    pub fn finish(&self, levels: &Levels) -> Vec<Diagnostic> {
        let mut all = self.clone();
        for (code, n) in &self.counts {
            let found = all.list.iter().filter(|found| found.code == *code);
            let worst = found.map(|found| found.severity).min();
            let level = worst.and_then(|severity| levels.of(code, severity));
            if let Some(level) = level.filter(|_| *n > MOST) {
                all.too_many_faults(code, n - MOST, level);
            }
        }
        let wanted = all.list.iter().filter(|found| !self.allows(found));
        let mut res: Vec<Diagnostic> = wanted
            .filter_map(|found| {
                let severity = levels.of(found.code, found.severity)?;
                Some(Diagnostic {
                    severity,
                    ..found.clone()
                })
            })
            .collect();
        // What is about no place stands behind the rest.
        let place = |found: &Diagnostic| (found.place_is_unknown(), found.span, found.path.clone());
        res.sort_by_cached_key(place);
        res.dedup();
        res
    }

    /// Adds what was found elsewhere.
    pub fn append(&mut self, other: Diagnostics) {
        let mut left_out = other.counts;
        for found in other.list {
            if let Some(n) = left_out.get_mut(found.code) {
                *n = n.saturating_sub(1);
            }
            let n = self.counts.entry(found.code).or_default();
            *n += 1;
            if *n <= MOST {
                self.list.push(found);
            }
        }
        for (code, n) in left_out {
            *self.counts.entry(code).or_default() += n;
        }
    }

    /// Where the faults begin that have a place; `None` if there are more than
    /// are remembered.
    pub fn starts(&self) -> Option<BTreeSet<(SourceId, u32)>> {
        if self.counts.values().any(|n| *n > MOST) {
            return None;
        }
        let spans = self.list.iter().filter_map(|found| found.span);
        Some(spans.map(|span| (span.source, span.start)).collect())
    }

    /// Takes back all findings of a code, for one who says them better.
    pub fn forget(&mut self, code: &str) {
        self.list.retain(|found| found.code != code);
        self.counts.remove(code);
    }

    /// Whether nothing was found yet.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn add(
        &mut self,
        code: &'static str,
        severity: Severity,
        span: Option<Span>,
        message: String,
    ) -> &mut Diagnostic {
        let found = Diagnostic {
            code,
            severity,
            message,
            span,
            path: None,
            help: None,
            fix: Vec::new(),
        };
        let n = self.counts.entry(code).or_default();
        *n += 1;
        if *n > MOST {
            return self.spare.insert(found);
        }
        self.list.push(found);
        self.list
            .last_mut()
            .expect("one was pushed in the line above")
    }

    fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(code, Severity::Error, Some(span), message.into())
    }

    fn warn(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(code, Severity::Warning, Some(span), message.into())
    }

    fn note(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(code, Severity::Note, Some(span), message.into())
    }
}

impl Diagnostic {
    fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Has a level of its own where the same code can be more or less bad.
    fn as_bad_as(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Offers to put a text in the place of a span.
    fn put(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix.push(Edit::whole(span, text));
        self
    }

    /// Offers to put a word in the place of one that stands in a span.
    fn swap(&mut self, span: Span, word: &str, instead: &str) -> &mut Self {
        self.fix.push(Edit::word(span, word, instead));
        self
    }

    /// Names the known word that was meant, and offers it in its place; else
    /// lists those that are known.
    fn meant(&mut self, word: &str, known: &[&str]) -> &mut Self {
        if let (Some(span), Some(name)) = (self.span, nearest::nearest(word, known.iter().copied()))
        {
            self.swap(span, word, name);
        }
        self.help(catalog::or_listed(word, known))
    }

    fn place_is_unknown(&self) -> bool {
        self.span.is_none() && self.path.is_none()
    }

    fn about(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.path = Some(path.into());
        self
    }

    /// Whether nothing is wrong, see [`Severity::Note`].
    pub fn is_note(&self) -> bool {
        self.severity == Severity::Note
    }

    /// File, line and column, as far as they are known: `deck.md:3:7`.
    pub fn place(&self, sources: &Sources) -> Option<String> {
        match (self.span, &self.path) {
            (Some(span), _) => {
                let source = sources.get(span.source);
                let (line, column) = source.line_column(span.start);
                Some(format!("{}:{line}:{column}", source.path.display()))
            }
            (None, Some(path)) => Some(path.display().to_string()),
            (None, None) => None,
        }
    }
}
