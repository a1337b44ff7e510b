//! `help`: of a command, or the reference of the language for a terminal.

use super::args::{self, Help};
use super::{Outcome, say};
use crate::columns::{columns, wrap};
use crate::diag::nearest::nearest;
use crate::open::Trouble;
use crate::reference;

/// Columns that a line takes at most.
const WIDTH: usize = 92;
/// Columns that the first cells of a table take at most.
const FIRST: usize = 26;

pub fn run(help: &Help) -> anyhow::Result<Outcome> {
    let topic = help.topic.join(" ");
    match (help.about.as_deref(), topic.as_str()) {
        (Some("language"), "") => language(),
        (Some("layouts"), "") => print(&part("layouts")?),
        (Some("language"), topic) => print(&part(topic)?),
        (about, "") => match args::help_of(about) {
            Some(text) => say(text.trim_end()),
            None => print(&part(about.unwrap_or_default())?),
        },
        (Some(about), topic) => print(&part(&format!("{about} {topic}"))?),
        (None, _) => language(),
    }
    Ok(Outcome::Clean)
}

fn language() {
    print(reference::TEXT);
    say("\nParts, each to be named behind `deckle help language`:");
    for line in wrap(&reference::topics().join(", "), WIDTH - 2) {
        say(&format!("  {line}"));
    }
}

fn part(topic: &str) -> Result<String, Trouble> {
    reference::topic(topic).map(String::from).ok_or_else(|| {
        let topics = reference::topics();
        let lower: Vec<String> = topics.iter().map(|topic| topic.to_lowercase()).collect();
        let near = nearest(&topic.to_lowercase(), lower.iter().map(String::as_str));
        let all = format!("parts of the language: {}", topics.join(", "));
        Trouble {
            what: format!("nothing is known about `{topic}`"),
            help: near.map_or(all, |near| format!("did you mean `{near}`?")),
        }
    })
}

// ---- Markdown for a terminal

/// Prints Markdown: text in lines of a readable width, code set in, tables as
/// lists of two columns.
fn print(text: &str) {
    let mut paragraph = String::new();
    let mut fence = String::new();
    for line in text.lines() {
        let marks = line.len() - line.trim_start_matches('`').len();
        if !fence.is_empty() {
            if line.starts_with(&fence) && line.len() == marks {
                fence.clear();
            } else {
                say(format!("    {line}").trim_end());
            }
            continue;
        }
        let is_text = !line.is_empty() && marks < 3 && !line.starts_with(['|', '#', '<']);
        if is_text {
            paragraph += line;
            paragraph.push(' ');
            continue;
        }
        say_lines(&std::mem::take(&mut paragraph), "");
        match line {
            "" => say(""),
            _ if marks >= 3 => fence = line[..marks].to_string(),
            _ if line.starts_with('|') => row(line),
            _ if line.starts_with("<!--") => {}
            _ => {
                let title = line.trim_start_matches('#').trim();
                say(&title.to_uppercase());
            }
        }
    }
    say_lines(&paragraph, "");
}

fn say_lines(text: &str, indent: &str) {
    if text.trim().is_empty() {
        return;
    }
    for line in wrap(text, WIDTH - indent.len()) {
        say(&format!("{indent}{line}"));
    }
}

/// A row of a table; one that only rules off the head says nothing.
fn row(line: &str) {
    if line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
        return;
    }
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [first, rest @ ..] = cells.as_slice() else {
        return;
    };
    let rest = rest.join(" · ");
    let width = columns(first);
    if width > FIRST {
        say(&format!("  {first}"));
    }
    for (at, line) in wrap(&rest, WIDTH - FIRST - 4).into_iter().enumerate() {
        let name = if at == 0 && width <= FIRST { first } else { "" };
        let gap = " ".repeat(FIRST - columns(name) + 2);
        say(format!("  {name}{gap}{line}").trim_end());
    }
}
