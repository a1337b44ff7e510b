//! From a place on a slide to the line it was written on, and back.
//!
//! A section holds no places of the source, or every slide behind an edit
//! would have to be rendered again. So what was clicked on is found by its
//! words among the lines of its slide.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;

use crate::deck::{Frame, Plan};
use crate::source::{Source, Sources};

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file as the deck names it.
    pub path: &'a Path,
    /// Counted from 1.
    pub line: usize,
}

/// Words at the start of a text that are enough to know its line by.
const ENOUGH: usize = 12;

/// Where the `nth` (from 0) of what says `text` on a slide is written; the
/// slide's first line if none of its lines has these words.
pub fn written<'a>(sources: &'a Sources, frame: &Frame, text: &str, nth: usize) -> Place<'a> {
    let source = sources.get(frame.span.source);
    let (first, _) = source.line_column(frame.span.start);
    Place {
        path: &source.path,
        line: first - 1 + in_text(source.slice(frame.span), text, nth),
    }
}

/// The line of a text, from 1, that says what was clicked on.
pub fn in_text(text: &str, clicked: &str, nth: usize) -> usize {
    let lines: Vec<Vec<String>> = text.lines().map(words).collect();
    let wanted: Vec<String> = words(clicked).into_iter().take(ENOUGH).collect();
    1 + best(&lines, &wanted, nth)
}

/// The slide that a line belongs to, counted from 0; lines in front of the
/// first slide of a file belong to it.
pub fn slide_of(sources: &Sources, plan: &Plan, file: &Path, line: usize) -> Option<usize> {
    let file = file.canonicalize().ok()?;
    let is_it = |source: &&Source| source.path.canonicalize().is_ok_and(|path| path == file);
    let source = sources.iter().find(is_it)?;
    let of_file = || {
        plan.frames
            .iter()
            .enumerate()
            .filter(|(_, frame)| frame.span.source == source.id)
    };
    let starts_before =
        |(_, frame): &(usize, &Arc<Frame>)| source.line_column(frame.span.start).0 <= line;
    of_file()
        .rfind(starts_before)
        .or_else(|| of_file().next())
        .map(|(index, _)| index)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The line that has most of the words, in their order, and fewest others; of
/// lines that are equal in that, the `nth`.
fn best(lines: &[Vec<String>], wanted: &[String], nth: usize) -> usize {
    let score = |line: &Vec<String>| {
        let mut rest = line.iter();
        let found = wanted.iter().filter(|word| rest.any(|each| each == *word));
        let n_found = found.count();
        (n_found, Reverse(line.len().saturating_sub(n_found)))
    };
    let scores: Vec<_> = lines.iter().map(score).collect();
    match scores.iter().max() {
        Some(most) if most.0 > 0 => {
            let mut equal = (0..lines.len()).filter(|&at| scores[at] == *most);
            equal.clone().nth(nth).or_else(|| equal.next()).unwrap_or(0)
        }
        Some(_) | None => lines.iter().position(|line| !line.is_empty()).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, wanted: &str, nth: usize) -> usize {
        let lines: Vec<Vec<String>> = text.lines().map(words).collect();
        best(&lines, &words(wanted), nth)
    }

    #[test]
    fn a_line_is_found_by_its_words() {
        let slide = "## Costs\n\n- **Less** from the first day\n- Less to pay\n- Less to pay\n";
        assert_eq!(line(slide, "Costs", 0), 0);
        assert_eq!(line(slide, "Less from the first day", 0), 2);
        assert_eq!(line(slide, "Less to pay", 0), 3);
        assert_eq!(line(slide, "Less to pay", 1), 4);
        assert_eq!(line(slide, "less", 0), 3, "the shorter line");
        assert_eq!(line(slide, "nothing of it", 0), 0);
        assert_eq!(line("\n\n## Costs", "", 0), 2);
        assert_eq!(line("", "word", 3), 0);
    }
}
