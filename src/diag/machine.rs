//! Diagnostics for other programs: one line each, JSON, GitHub's workflow
//! commands. SARIF has a file of its own.

use serde_json::{Value, json};

use super::{Diagnostic, Severity, mend};
use crate::source::Sources;

pub use super::sarif::sarif;

/// One line for each: `talk.md:14:1: warning[unknown-key]: unknown setting …`.
pub fn short(found: &[Diagnostic], sources: &Sources) -> String {
    let line = |found: &Diagnostic| {
        let place = found.place(sources);
        let place = place.map_or(String::new(), |place| format!("{place}: "));
        let (level, code) = (found.severity.word(), found.code);
        format!("{place}{level}[{code}]: {}\n", found.message)
    };
    found.iter().map(line).collect()
}

/// One array; lines and columns count from 1, columns in characters, and the
/// end is the place behind the last one.
pub fn json(found: &[Diagnostic], sources: &Sources) -> String {
    let list: Vec<Value> = found.iter().map(|found| object(found, sources)).collect();
    let text = serde_json::to_string_pretty(&list);
    text.expect("a list of texts and numbers") + "\n"
}

fn object(found: &Diagnostic, sources: &Sources) -> Value {
    let mut res = json!({
        "code": found.code,
        "level": found.severity.word(),
        "message": found.message,
        "help": found.help,
    });
    if let Some(place) = Place::of(found, sources) {
        res["path"] = place.path.into();
        if let Some([line, column, end_line, end_column]) = place.region {
            res["line"] = line.into();
            res["column"] = column.into();
            res["endLine"] = end_line.into();
            res["endColumn"] = end_column.into();
        }
    }
    res["fixable"] = mend::edits(found, sources).is_some().into();
    res
}

/// Workflow commands: GitHub shows each beside its line.
pub fn github(found: &[Diagnostic], sources: &Sources) -> String {
    found.iter().map(|found| command(found, sources)).collect()
}

fn command(found: &Diagnostic, sources: &Sources) -> String {
    let word = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = Place::of(found, sources) {
        properties.push(format!("file={}", property(&place.path)));
        if let Some([line, column, end_line, end_column]) = place.region {
            properties.push(format!("line={line},endLine={end_line}"));
            // Columns are read only where a finding stands on one line.
            if line == end_line {
                properties.push(format!("col={column},endColumn={end_column}"));
            }
        }
    }
    properties.push(format!("title={}", property(found.code)));
    let help = found.help.as_ref();
    let help = help.map_or(String::new(), |help| format!("\nhelp: {help}"));
    let message = data(&format!("{}{help}", found.message));
    format!("::{word} {}::{message}\n", properties.join(","))
}

/// Escaped as the runner's own toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Where a finding stands, in numbers.
pub struct Place {
    /// The file, with `/` between its parts.
    pub path: String,
    /// Line and column of its start and its end.
    pub region: Option<[usize; 4]>,
}

impl Place {
    /// The place of a finding, if it has one.
    pub fn of(found: &Diagnostic, sources: &Sources) -> Option<Place> {
        let written = |path: &std::path::Path| path.to_string_lossy().replace('\\', "/");
        match (found.span, &found.path) {
            (Some(span), _) => {
                let source = sources.get(span.source);
                let (line, column) = source.line_column(span.start);
                let (end_line, end_column) = source.line_column(span.end);
                Some(Place {
                    path: written(&source.path),
                    region: Some([line, column, end_line, end_column]),
                })
            }
            (None, Some(path)) => Some(Place {
                path: written(path),
                region: None,
            }),
            (None, None) => None,
        }
    }
}
