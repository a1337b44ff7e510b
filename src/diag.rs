//! What is wrong with what the author wrote: collected, never thrown.
//!
//! Every stage adds to a [`Diagnostics`]; `diag::catalog` has one method for
//! each fault and holds every sentence the author may read; [`show`] draws
//! them for a terminal or as HTML.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::source::{Sources, Span};

mod catalog;
pub mod nearest;
pub mod show;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The deck cannot be read as it was meant; `watch` keeps the last good one.
    Error,
    /// The deck can be shown, but something on it will disappoint.
    Warning,
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
}

/// Faults of one code beyond which no more are kept: nobody reads them, and a
/// short text can have a million.
const MOST: usize = 100;

/// Where the stages put what they find.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// How many of each code were added.
    counts: BTreeMap<&'static str, usize>,
    /// The last one that was too many.
    spare: Option<Diagnostic>,
}

impl Diagnostics {
    /// All of them, in order of source and place, duplicates dropped once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for (code, n) in std::mem::take(&mut self.counts) {
            if n > MOST {
                self.too_many_faults(code, n - MOST);
            }
        }
        // What is about no place stands behind the rest.
        let place = |found: &Diagnostic| (found.place_is_unknown(), found.span, found.path.clone());
        self.list.sort_by_cached_key(place);
        self.list.dedup();
        self.list
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
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(list: Vec<Diagnostic>) -> Self {
        Diagnostics {
            list,
            ..Diagnostics::default()
        }
    }
}

impl Diagnostic {
    fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    fn place_is_unknown(&self) -> bool {
        self.span.is_none() && self.path.is_none()
    }

    fn about(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.path = Some(path.into());
        self
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
