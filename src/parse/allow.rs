//! `<!-- allow: missing-alt -->`: what an author lets pass, and how far.
//!
//! A comment holds for the block below it; in front of a slide's first block,
//! or behind its last one, for the whole slide.

use crate::diag::nearest::nearest;
use crate::diag::{Allowed, Diagnostics, explain};
use crate::source::{Source, Span};

/// What such a comment begins with.
pub const ALLOW_MARK: &str = "allow:";

/// The comments of one file, slide by slide.
#[derive(Default)]
pub struct Allows {
    found: Vec<Comment>,
    /// Where the slide begins that is being read, its front matter included.
    start: u32,
    /// Those of `found` that belong to it begin here.
    first: usize,
}

struct Comment {
    span: Span,
    /// Blocks in front of it on its slide.
    n_before: usize,
    below: Option<Span>,
    slide: (u32, u32),
}

impl Allows {
    /// A comment was met.
    pub fn comment(&mut self, span: Span, n_before: usize) {
        self.found.push(Comment {
            span,
            n_before,
            below: None,
            slide: (0, 0),
        });
    }

    /// A block was met: comments in front of it, if they are not the first on
    /// their slide, hold for it alone.
    pub fn block(&mut self, block: Span) {
        let open = self.found[self.first..].iter_mut().rev();
        open.take_while(|comment| comment.below.is_none())
            .filter(|comment| comment.n_before > 0)
            .for_each(|comment| comment.below = Some(block));
    }

    /// A slide begins at a byte, behind one of `n_blocks`, after a break or with
    /// a heading. What stands right in front of a heading is meant for it.
    pub fn slide_at(&mut self, byte: u32, n_blocks: usize, is_break: bool) {
        let mut start = byte;
        let mut next = self.found.len();
        if !is_break {
            let is_behind = |comment: &&mut Comment| comment.n_before == n_blocks;
            for comment in self.found[self.first..]
                .iter_mut()
                .rev()
                .take_while(is_behind)
            {
                comment.n_before = 0;
                start = start.min(comment.span.start);
                next -= 1;
            }
        }
        self.end(start, next);
        self.start = start;
        self.first = next;
    }

    fn end(&mut self, byte: u32, next: usize) {
        for comment in &mut self.found[self.first..next] {
            comment.slide = (self.start, byte);
        }
    }

    /// Hands all of them over, and says which codes are none.
    pub fn report(mut self, diags: &mut Diagnostics, source: &Source) {
        let end = source.text().len() as u32 + 1;
        self.end(end, self.found.len());
        for comment in self.found {
            for (at, code, whole) in codes(source, comment.span) {
                if !explain::is_code(&code) {
                    let known = explain::all().iter().map(|entry| entry.code);
                    let near = nearest(&code, known);
                    diags.unknown_code(at, &code, near);
                    continue;
                }
                diags.allow(Allowed {
                    code,
                    at,
                    whole,
                    slide: Span {
                        source: source.id,
                        start: comment.slide.0,
                        end: comment.slide.1,
                    },
                    below: comment.below,
                });
            }
        }
    }
}

/// The codes of a comment: where each stands, and what to take away with it. A
/// reason may stand behind them in brackets.
fn codes(source: &Source, comment: Span) -> Vec<(Span, String, Span)> {
    let text = source.slice(comment);
    let Some(mark) = text.find(ALLOW_MARK) else {
        return Vec::new();
    };
    let start = mark + ALLOW_MARK.len();
    let end = text[start..]
        .find(['(', '>'])
        .map_or(text.len(), |at| at + start);
    let base = comment.start as usize;
    let mut words: Vec<(usize, usize)> = Vec::new();
    for part in text[start..end].split([',', ' ', '\t', '\n']) {
        let at = part.as_ptr() as usize - text.as_ptr() as usize;
        let word = part.trim_matches('-');
        if !word.is_empty() {
            let at = at + part.find(word).unwrap_or(0);
            words.push((at, at + word.len()));
        }
    }
    let whole = whole_lines(source, comment);
    let span = |from: usize, to: usize| source.at(base + from, base + to);
    words
        .iter()
        .enumerate()
        .map(|(n, &(from, to))| {
            let gone = match (words.get(n + 1), n.checked_sub(1)) {
                (None, None) => whole,
                (Some(next), _) => span(from, next.0),
                (None, Some(before)) => span(words[before].1, to),
            };
            (span(from, to), text[from..to].to_string(), gone)
        })
        .collect()
}

/// A comment with its line, if it has that for itself.
fn whole_lines(source: &Source, comment: Span) -> Span {
    let text = source.text();
    let (start, end) = (comment.start as usize, comment.end as usize);
    let before = &text[..start];
    let behind = &text[end..];
    let is_alone = before.ends_with('\n') || before.is_empty();
    match behind.split_once('\n') {
        Some((rest, _)) if is_alone && rest.trim().is_empty() => {
            source.at(start, end + rest.len() + 1)
        }
        _ => comment,
    }
}
