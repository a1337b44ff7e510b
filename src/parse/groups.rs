//! Groups (`::: name` … `:::`) made ready for comrak.
//!
//! comrak wants a longer fence around a group than inside it, lets a group
//! without an end take all that follows, and takes quadratic time for groups
//! in groups. Authors write fences of one length, and colons behind the name.
//! So the fences are rewritten before comrak sees them: only lines that are
//! fences change, and blank lines where a lost end is put; every other line
//! keeps its place and its bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::lines::{Outside, is_break, lines};

/// Groups open at once beyond which they are left out.
const MAX_OPEN: usize = 32;

/// Fences behind a `>` or `-`, which are left as they are, beyond which no
/// group of the text is read: comrak's time is quadratic in them.
const MAX_WILD: usize = 64;

/// Faults beyond which no more are reported.
const MAX_FAULTS: usize = 100;

/// What is wrong with a fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It opens a group that its slide does not close.
    Open {
        /// The group's name.
        name: String,
        /// The byte at which its end is missing, the start of a line or of none.
        end: usize,
        /// The colons of its fence.
        length: usize,
    },
    /// It closes what was never opened.
    Stray,
    /// It opens more groups in groups than are read.
    Deep,
}

impl Fault {
    /// The same in a text that begins so many bytes further on.
    pub fn moved(self, base: usize) -> Fault {
        match self {
            Fault::Open { name, end, length } => Fault::Open {
                name,
                end: end + base,
                length,
            },
            Fault::Stray | Fault::Deep => self,
        }
    }
}

/// A text whose fences comrak understands as they were meant.
pub struct Fenced<'t> {
    /// As many lines as the text has, or a few more at its end.
    pub text: Cow<'t, str>,
    /// The bytes of the fences of the original text that are wrong.
    pub faults: Vec<(Range<usize>, Fault)>,
    /// Whether groups are to be read at all.
    pub has_groups: bool,
}

/// An opening fence and what is known about its group.
struct Group {
    line: usize,
    length: usize,
    close: Option<usize>,
    parent: Option<usize>,
}

/// Rewrites the fences of a text.
pub fn fenced(text: &str) -> Fenced<'_> {
    if memchr::memmem::find(text.as_bytes(), b":::").is_none() {
        return Fenced {
            text: Cow::Borrowed(text),
            faults: Vec::new(),
            has_groups: false,
        };
    }
    let mut scan = Scan {
        lines: lines(text).collect(),
        ..Scan::default()
    };
    scan.run();
    let has_groups = scan.n_wild <= MAX_WILD;
    let mut faults = std::mem::take(&mut scan.faults);
    faults.sort_by_key(|(range, _)| range.start);
    Fenced {
        text: Cow::Owned(scan.written()),
        faults,
        has_groups,
    }
}

#[derive(Default)]
struct Scan<'t> {
    lines: Vec<(usize, &'t str)>,
    groups: Vec<Group>,
    /// Indices of the groups that are open.
    open: Vec<usize>,
    /// Lines that are not shown to comrak.
    blank: Vec<usize>,
    /// Lines at which a lost end is put, with the group it ends.
    ends: Vec<(usize, usize)>,
    /// Groups beyond the limit that are open.
    n_deep: usize,
    n_wild: usize,
    faults: Vec<(Range<usize>, Fault)>,
}

impl<'t> Scan<'t> {
    fn run(&mut self) {
        let mut outside = Outside::default();
        for at in 0..self.lines.len() {
            let line = self.lines[at].1;
            if !outside.is_next(line) {
                continue;
            }
            if is_break(line) {
                self.end_all(at);
                continue;
            }
            let trimmed = line.trim();
            let length = trimmed.len() - trimmed.trim_start_matches(':').len();
            if length < 3 {
                let behind = trimmed.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')' | ' ')
                });
                self.n_wild += usize::from(behind.starts_with(":::"));
            } else if length == trimmed.len() {
                self.close(at, length);
            } else if self.open.len() >= MAX_OPEN {
                self.n_deep += 1;
                self.blank.push(at);
                self.fault(at, Fault::Deep);
            } else {
                let parent = self.open.last().copied();
                self.open.push(self.groups.len());
                self.groups.push(Group {
                    line: at,
                    length,
                    close: None,
                    parent,
                });
            }
        }
        self.end_all(self.lines.len());
    }

    fn fault(&mut self, at: usize, fault: Fault) {
        if self.faults.len() >= MAX_FAULTS {
            return;
        }
        let (start, line) = self.lines[at];
        let start = start + (line.len() - line.trim_start().len());
        self.faults.push((start..start + line.trim().len(), fault));
    }

    /// A fence ends the innermost group of its own length, else the innermost.
    fn close(&mut self, at: usize, length: usize) {
        if self.n_deep > 0 {
            self.n_deep -= 1;
            return self.blank.push(at);
        }
        let same = |group: &usize| self.groups[*group].length == length;
        let Some(place) = self
            .open
            .iter()
            .rposition(same)
            .or(self.open.len().checked_sub(1))
        else {
            self.blank.push(at);
            return self.fault(at, Fault::Stray);
        };
        // What is open inside of it ends with it.
        for lost in self.open.split_off(place + 1) {
            self.not_closed(lost, at);
        }
        if let Some(group) = self.open.pop() {
            self.groups[group].close = Some(at);
        }
    }

    /// A slide ends in front of a line, and so does every group in it.
    fn end_all(&mut self, at: usize) {
        self.n_deep = 0;
        let open = std::mem::take(&mut self.open);
        let Some(&outermost) = open.first() else {
            return;
        };
        for &group in &open {
            self.not_closed(group, at);
        }
        let is_at_end = at == self.lines.len();
        let before = at
            .checked_sub(1)
            .filter(|&before| self.lines[before].1.trim().is_empty());
        match before {
            _ if is_at_end => self.ends.push((at, outermost)),
            Some(before) => self.ends.push((before, outermost)),
            // Without a line for its end a group would swallow the next slide.
            None => {
                let lines = open.iter().map(|&group| self.groups[group].line);
                self.blank.extend(lines);
            }
        }
    }

    /// A group should have ended in front of a line.
    fn not_closed(&mut self, group: usize, at: usize) {
        let line = self.groups[group].line;
        let name = self.lines[line].1.trim().trim_start_matches(':').trim();
        let name = name.split([' ', '{']).next().unwrap_or_default();
        let behind = self.lines[line..at].iter().rev();
        let last = behind.map(|(start, line)| (start, line.trim_end_matches('\n')));
        let mut last = last.skip_while(|(_, line)| line.trim().is_empty());
        let end = last.next().map_or(0, |(start, line)| start + line.len());
        self.fault(
            line,
            Fault::Open {
                name: name.to_string(),
                end,
                length: self.groups[group].length,
            },
        );
    }

    /// The text with fences that are longer around than inside.
    fn written(mut self) -> String {
        let mut needed: Vec<usize> = self.groups.iter().map(|group| group.length).collect();
        for at in (0..self.groups.len()).rev() {
            if let Some(parent) = self.groups[at].parent {
                needed[parent] = needed[parent].max(needed[at] + 1);
            }
        }
        let mut new: Vec<Option<usize>> = vec![None; self.lines.len() + 1];
        let mut opens = vec![false; self.lines.len()];
        for (group, length) in self.groups.iter().zip(&needed) {
            new[group.line] = Some(*length);
            opens[group.line] = true;
            if let Some(close) = group.close {
                new[close] = Some(*length);
            }
        }
        for (line, group) in &self.ends {
            new[*line] = Some(needed[*group]);
        }
        for line in self.blank.drain(..) {
            new[line] = Some(0);
        }
        let mut res = String::new();
        for (((_, line), length), opens) in self.lines.iter().zip(&new).zip(opens) {
            match length {
                None => res += line,
                Some(length) => {
                    let indent = line.len() - line.trim_start().len();
                    res += line[..indent].trim_end_matches('\n');
                    res += &":".repeat(*length);
                    if opens && *length > 0 {
                        // comrak takes no colon behind the name, and needs none.
                        res += " group";
                    }
                    res.push('\n');
                }
            }
        }
        if let Some(Some(length)) = new.last() {
            if !res.ends_with('\n') {
                res.push('\n');
            }
            res += &":".repeat(*length);
            res.push('\n');
        }
        res
    }
}
