//! Draws diagnostics: with marked source lines for a terminal, as HTML for the
//! browser. The only file that knows annotate-snippets.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::escape::escape;
use crate::source::Sources;

/// Lines longer than this are not quoted: a ten-megabyte line would flood the
/// terminal and hide the message.
const QUOTED_LINE_MAX: usize = 2_000;

/// Draws one diagnostic for a terminal, with colour or without.
pub fn terminal(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = match (&diagnostic.path, diagnostic.span) {
        (Some(path), None) => format!("{}: {}", path.display(), diagnostic.message),
        _ => diagnostic.message.clone(),
    };
    let title = level.primary_title(message.as_str()).id(diagnostic.code);
    let excerpt = Excerpt::of(diagnostic, sources);
    let group = match &excerpt {
        Some(excerpt) => title.element(
            Snippet::source(excerpt.text.as_str())
                .path(excerpt.path.as_str())
                .line_start(excerpt.first_line)
                .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end)),
        ),
        None => Group::with_title(title),
    };
    let group = match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    };
    let place = match &excerpt {
        None => diagnostic
            .span
            .and_then(|_| diagnostic.place(sources))
            .map(|place| format!("\n --> {place}")),
        Some(_) => None,
    };
    renderer.render(&[group]) + place.as_deref().unwrap_or_default()
}

/// Draws diagnostics as HTML: one `<article>` each, everything escaped.
pub fn html(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut res = String::new();
    for diagnostic in diagnostics {
        let severity = diagnostic.severity.word();
        res += &format!("<article class=\"fault fault-{severity}\"><p class=\"fault-message\">");
        escape(&mut res, &diagnostic.message);
        res += "</p>";
        if let Some(place) = diagnostic.place(sources) {
            res += "<p class=\"fault-place\">";
            escape(&mut res, &place);
            res += "</p>";
        }
        if let Some(excerpt) = Excerpt::of(diagnostic, sources) {
            res += "<pre class=\"fault-excerpt\">";
            escape(&mut res, &excerpt.text[..excerpt.start]);
            res += "<mark>";
            escape(&mut res, &excerpt.text[excerpt.start..excerpt.end]);
            res += "</mark>";
            escape(&mut res, excerpt.text[excerpt.end..].trim_end());
            res += "</pre>";
        }
        if let Some(help) = &diagnostic.help {
            res += "<p class=\"fault-help\">";
            escape(&mut res, help);
            res += "</p>";
        }
        res += "</article>";
    }
    res
}

/// The marked lines of a diagnostic with one line around them.
struct Excerpt {
    path: String,
    text: String,
    first_line: usize,
    start: usize,
    end: usize,
}

impl Excerpt {
    fn of(diagnostic: &Diagnostic, sources: &Sources) -> Option<Excerpt> {
        let span = diagnostic.span?;
        let source = sources.get(span.source);
        let text = source.text();
        let (line, _) = source.line_column(span.start);
        let first_line = line.saturating_sub(1).max(1);
        let from = source.offset(first_line, 1);
        // A mark over many lines says less than its first line does.
        let line_end = text[span.start as usize..]
            .find('\n')
            .map_or(text.len(), |at| at + span.start as usize);
        let until = source.offset(line + 2, 1).max(line_end);
        let window = text.get(from..until)?;
        if window.lines().any(|line| line.len() > QUOTED_LINE_MAX) {
            return None;
        }
        let start = span.start as usize - from;
        let end = (span.end as usize)
            .min(line_end)
            .saturating_sub(from)
            .max(start);
        Some(Excerpt {
            path: source.path.display().to_string(),
            text: window.to_string(),
            first_line,
            start,
            end,
        })
    }
}
