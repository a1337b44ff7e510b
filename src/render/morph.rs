//! What blocks of code have in common, so that one can change into the next.
//!
//! The build finds the pieces that stay and gives them the same number in both
//! blocks; the page moves them by the browser's own view transitions. A piece
//! stands on one line and is the same run of tokens in every block that has
//! it, because a browser takes no name twice.

use crate::compare;
use crate::escape::escape;
use crate::highlight::{Run, Runs};

/// Tokens of a block beyond which nothing is compared: it would be too small to see.
const MAX_TOKENS: usize = 6_000;

/// Pieces beyond which the rest only fades: each is a picture of its own to the browser.
const MAX_PIECES: u32 = 160;

/// A part of a line: runs in one colour each, and where the part comes from and
/// goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    runs: Runs,
    /// Its number in the change from the block before.
    from: Option<u32>,
    /// Its number in the change to the next block.
    to: Option<u32>,
}

impl Part {
    /// Writes the part as HTML.
    pub fn write(&self, out: &mut String) {
        let is_piece = self.from.is_some() || self.to.is_some();
        if is_piece {
            *out += "<span";
            for (name, number) in [("from", self.from), ("to", self.to)] {
                if let Some(number) = number {
                    *out += &format!(" data-{name}=\"{number}\"");
                }
            }
            *out += ">";
        }
        for run in self.runs.iter() {
            if run.class.is_empty() {
                escape(out, &run.text);
            } else {
                out.extend(["<span class=\"hl-", run.class, "\">"]);
                escape(out, &run.text);
                *out += "</span>";
            }
        }
        if is_piece {
            *out += "</span>";
        }
    }
}

/// A line of a block that changes into nothing.
pub fn plain(runs: &Runs) -> Vec<Part> {
    vec![Part {
        runs: runs.clone(),
        from: None,
        to: None,
    }]
}

/// A word, a sign or blanks of a block; a line break is a token without a colour.
struct Token<'r> {
    line: usize,
    class: &'static str,
    text: &'r str,
}

/// A token's place in the blocks before and behind, and whether the token that
/// follows belongs to the same piece.
#[derive(Clone, Default)]
struct Tie {
    before: Option<usize>,
    behind: Option<usize>,
    goes_on: bool,
}

/// The parts of each line of each block.
pub fn parts(blocks: &[Vec<Runs>]) -> Vec<Vec<Vec<Part>>> {
    let tokens: Vec<Vec<Token<'_>>> = blocks.iter().map(|lines| tokens(lines)).collect();
    let mut ties: Vec<Vec<Tie>> = tokens
        .iter()
        .map(|tokens| vec![Tie::default(); tokens.len()])
        .collect();
    for at in 1..blocks.len() {
        for (old, new) in shared(&tokens[at - 1], &tokens[at]) {
            ties[at - 1][old].behind = Some(new);
            ties[at][new].before = Some(old);
        }
    }
    join(&tokens, &mut ties);
    let mut numbers = vec![0; blocks.len()];
    let mut res: Vec<Vec<Vec<Part>>> = Vec::with_capacity(blocks.len());
    // The number a piece got in the block before, by its first token there.
    let mut given: Vec<Option<u32>> = Vec::new();
    for (at, tokens) in tokens.iter().enumerate() {
        let mut next_given = vec![None; tokens.len()];
        let mut lines = vec![Vec::new(); blocks[at].len()];
        let mut start = 0;
        while start < tokens.len() {
            let mut end = start;
            while ties[at][end].goes_on {
                end += 1;
            }
            let piece = &tokens[start..=end];
            let is_blank = piece.iter().all(|token| token.text.trim().is_empty());
            let tie = &ties[at][start];
            let mut to = None;
            if tie.behind.is_some() && !is_blank && numbers[at] < MAX_PIECES {
                to = Some(numbers[at]);
                next_given[start] = to;
                numbers[at] += 1;
            }
            let from = tie.before.and_then(|old| given.get(old).copied().flatten());
            if piece[0].text != "\n" {
                lines[piece[0].line].push(Part {
                    runs: Runs::from(runs(piece)),
                    from,
                    to,
                });
            }
            start = end + 1;
        }
        given = next_given;
        res.push(lines);
    }
    res
}

fn tokens(lines: &[Runs]) -> Vec<Token<'_>> {
    let mut res = Vec::new();
    for (line, runs) in lines.iter().enumerate() {
        for run in runs.iter() {
            let mut rest = run.text.as_str();
            while let Some(first) = rest.chars().next() {
                let kind = |c: char| match c {
                    _ if c.is_alphanumeric() || c == '_' => 0,
                    _ if c.is_whitespace() => 1,
                    _ => 2,
                };
                let end = match kind(first) {
                    2 => first.len_utf8(),
                    same => rest.find(|c| kind(c) != same).unwrap_or(rest.len()),
                };
                let (text, behind) = rest.split_at(end);
                let class = run.class;
                res.push(Token { line, class, text });
                rest = behind;
            }
        }
        let (class, text) = ("", "\n");
        res.push(Token { line, class, text });
    }
    res
}

/// Pairs of places at which two blocks hold the same token.
fn shared<'r>(old: &[Token<'r>], new: &[Token<'r>]) -> Vec<(usize, usize)> {
    if old.len().max(new.len()) > MAX_TOKENS {
        return Vec::new();
    }
    let texts =
        |tokens: &[Token<'r>]| -> Vec<&'r str> { tokens.iter().map(|token| token.text).collect() };
    compare::shared(&texts(old), &texts(new))
}

/// Says which tokens belong to one piece: neighbours on a line whose images in
/// all other blocks are neighbours too.
fn join(tokens: &[Vec<Token<'_>>], ties: &mut [Vec<Tie>]) {
    let next_of = |place: Option<usize>| place.map(|place| place + 1);
    for (block, ties) in tokens.iter().zip(ties.iter_mut()) {
        for at in 0..block.len().saturating_sub(1) {
            let (this, next) = (&ties[at], &ties[at + 1]);
            ties[at].goes_on = block[at].text != "\n"
                && block[at + 1].text != "\n"
                && next_of(this.before) == next.before
                && next_of(this.behind) == next.behind;
        }
    }
    // A border in one block is one in its neighbours: first onward, then back.
    let n = tokens.len();
    let pairs = (1..n).map(|at| (at - 1, at));
    let back = (1..n).rev().map(|at| (at, at - 1));
    for (one, other) in pairs.chain(back) {
        for at in 0..ties[one].len() {
            let tie = &ties[one][at];
            let image = if one < other { tie.behind } else { tie.before };
            if let Some(image) = image
                && !tie.goes_on
            {
                ties[other][image].goes_on = false;
            }
        }
    }
}

/// Tokens as runs, neighbours of one colour together.
fn runs(tokens: &[Token<'_>]) -> Vec<Run> {
    let mut res: Vec<Run> = Vec::new();
    for token in tokens {
        match res.last_mut() {
            Some(run) if run.class == token.class => run.text += token.text,
            _ => res.push(Run {
                class: token.class,
                text: token.text.to_string(),
            }),
        }
    }
    res
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Vec<Runs> {
        let line = |line: &str| {
            let run = Run {
                class: "",
                text: line.to_string(),
            };
            Runs::from([run])
        };
        text.split('\n').map(line).collect()
    }

    fn text(lines: &[Vec<Part>]) -> String {
        let line = |parts: &Vec<Part>| -> String {
            let runs = parts.iter().flat_map(|part| part.runs.iter());
            runs.map(|run| run.text.as_str()).collect()
        };
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What each number of a change stands for, on one side of it.
    fn pieces(lines: &[Vec<Part>], side: fn(&Part) -> Option<u32>) -> Vec<(u32, String)> {
        let mut res: Vec<(u32, String)> = Vec::new();
        for part in lines.iter().flatten() {
            if let Some(number) = side(part) {
                let text = part.runs.iter().map(|run| run.text.as_str()).collect();
                res.push((number, text));
            }
        }
        res.sort();
        res
    }

    #[test]
    fn every_piece_is_the_same_on_both_sides_and_stands_once() {
        let texts = [
            "let a = 1;\nprint(a);",
            "let b = 2;\nlet a = 1 + b;\nprint(a, b);",
            "fn f(b) {\n    let a = 1 + b;\n    print(a);\n}\nlet b = 2;",
            "",
            "print(a);",
        ];
        let blocks: Vec<_> = texts.iter().map(|text| block(text)).collect();
        let parts = parts(&blocks);
        for (lines, wanted) in parts.iter().zip(texts) {
            assert_eq!(text(lines), wanted);
        }
        for pair in parts.windows(2) {
            let old = pieces(&pair[0], |part| part.to);
            let new = pieces(&pair[1], |part| part.from);
            assert_eq!(old, new);
            let mut numbers: Vec<u32> = old.iter().map(|(number, _)| *number).collect();
            numbers.dedup();
            assert_eq!(numbers.len(), old.len());
        }
        assert!(!pieces(&parts[0], |part| part.to).is_empty());
    }
}
