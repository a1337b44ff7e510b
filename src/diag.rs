//! What is wrong with what the author wrote: collected, never thrown.
//!
//! Every stage adds to a [`Diagnostics`]; `diag::catalog` has one method for
//! each fault and holds every sentence the author may read; [`show`] draws
//! them for a terminal or as HTML.

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

/// Where the stages put what they find.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// All of them, in order of source and place, duplicates dropped once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.list
            .sort_by(|a, b| (a.span, &a.path).cmp(&(b.span, &b.path)));
        self.list.dedup();
        self.list
    }

    /// Adds what was found elsewhere.
    pub fn append(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
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
        self.list.push(Diagnostic {
            code,
            severity,
            message,
            span,
            path: None,
            help: None,
        });
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
        Diagnostics { list }
    }
}

impl Diagnostic {
    fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
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
