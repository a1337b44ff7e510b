//! SARIF 2.1.0, the form in which code hosts and editors take findings.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::machine::Place;
use super::{Diagnostic, Severity, explain, mend};
use crate::source::{Sources, Span};

/// One run of Deckle with all that it found.
pub fn sarif(found: &[Diagnostic], sources: &Sources) -> String {
    let codes: BTreeSet<&str> = found.iter().map(|found| found.code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let results: Vec<Value> = found
        .iter()
        .map(|found| result(found, &codes, sources))
        .collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Deckle",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let text = serde_json::to_string_pretty(&log);
    text.expect("texts, numbers and lists of them") + "\n"
}

fn rule(code: &str) -> Value {
    let entry = explain::find(code);
    let text = entry.map_or("", |entry| entry.text);
    let (first, _) = text.split_once("\n\n").unwrap_or((text, ""));
    let level = match entry.map_or("warning", |entry| entry.level) {
        level @ ("error" | "note") => level,
        _ => "warning",
    };
    let plain = |text: &str| text.replace('\n', " ").replace('`', "'");
    json!({
        "id": code,
        "shortDescription": { "text": plain(first) },
        "fullDescription": { "text": plain(text), "markdown": text },
        "help": { "text": plain(text), "markdown": text },
        "defaultConfiguration": { "level": level },
    })
}

fn result(found: &Diagnostic, codes: &[&str], sources: &Sources) -> Value {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let help = found.help.as_ref();
    let help = help.map_or(String::new(), |help| format!("\n{help}"));
    let mut res = json!({
        "ruleId": found.code,
        "ruleIndex": codes.iter().position(|code| *code == found.code),
        "level": level,
        "message": { "text": format!("{}{help}", found.message) },
    });
    if let Some(place) = Place::of(found, sources) {
        let mut physical = json!({ "artifactLocation": { "uri": uri(&place.path) } });
        if let Some(region) = place.region {
            physical["region"] = region_of(region);
        }
        res["locations"] = json!([{ "physicalLocation": physical }]);
    }
    if let Some(edits) = mend::edits(found, sources) {
        res["fixes"] = json!([fix(found, &edits, sources)]);
    }
    res
}

/// All edits of one finding are in one file.
fn fix(found: &Diagnostic, edits: &[(Span, &str)], sources: &Sources) -> Value {
    let path = |span: &Span| {
        sources
            .get(span.source)
            .path
            .to_string_lossy()
            .replace('\\', "/")
    };
    let changes: Vec<Value> = edits
        .iter()
        .map(|(span, text)| {
            let source = sources.get(span.source);
            let (line, column) = source.line_column(span.start);
            let (end_line, end_column) = source.line_column(span.end);
            json!({
                "artifactLocation": { "uri": uri(&path(span)) },
                "replacements": [{
                    "deletedRegion": region_of([line, column, end_line, end_column]),
                    "insertedContent": { "text": text },
                }],
            })
        })
        .collect();
    let what = found.help.as_ref().unwrap_or(&found.message);
    json!({ "description": { "text": what }, "artifactChanges": changes })
}

fn region_of([line, column, end_line, end_column]: [usize; 4]) -> Value {
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}

/// A path as a relative reference; one that begins with a drive or with `/` is
/// a `file:` address.
fn uri(path: &str) -> String {
    let mut res = String::new();
    let is_absolute = path.starts_with('/') || path.get(1..3) == Some(":/");
    if is_absolute {
        res += "file://";
        if !path.starts_with('/') {
            res.push('/');
        }
    }
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                res.push(char::from(byte));
            }
            b':' if is_absolute => res.push(':'),
            byte => res += &format!("%{byte:02X}"),
        }
    }
    res
}
