//! A text line by line: what is a break, and what is neither code nor comment.

use memchr::memmem;

/// The lines of a text with the byte each starts at; line ends are kept.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let start = at;
        at += end;
        Some((start, &rest[..end]))
    })
}

/// Whether a line ends a slide: three hyphens or more and nothing else.
pub fn is_break(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// Where the break behind `n` of them starts, and how many there are from there
/// on; at the end of a text that has no more.
pub fn behind_breaks(text: &str, n: usize) -> (usize, usize) {
    // Few decks come near, and all of them are read on every edit.
    let mut marks = memmem::find_iter(text.as_bytes(), "\n---");
    if marks.nth(n.saturating_sub(1)).is_none() {
        return (text.len(), 0);
    }
    let mut outside = Outside::default();
    let breaks = lines(text).filter(|(_, line)| outside.is_next(line) && is_break(line));
    let mut further = breaks.map(|(at, _)| at).skip(n);
    match further.next() {
        Some(at) => (at, 1 + further.count()),
        None => (text.len(), 0),
    }
}

/// Follows code fences and comments from line to line.
#[derive(Default)]
pub struct Outside<'t> {
    fence: Option<&'t str>,
    in_comment: bool,
}

impl<'t> Outside<'t> {
    /// Whether the next line is neither code nor comment, and opens neither.
    pub fn is_next(&mut self, line: &'t str) -> bool {
        let trimmed = line.trim_start();
        // Most lines are neither, and every one is looked at on each edit.
        let is_fence = trimmed.starts_with(['`', '~']);
        if self.fence.is_none()
            && !self.in_comment
            && !is_fence
            && memchr::memchr(b'<', line.as_bytes()).is_none()
        {
            return true;
        }
        let marks = fence_marks(trimmed);
        if let Some(open) = self.fence {
            let closes = marks.is_some_and(|marks| marks.starts_with(open))
                && trimmed.trim_end() == marks.unwrap_or_default();
            if closes {
                self.fence = None;
            }
            return false;
        }
        if self.in_comment {
            self.in_comment = !line.contains("-->");
            return false;
        }
        if let Some(marks) = marks {
            self.fence = Some(marks);
            return false;
        }
        if let Some(open) = line.find("<!--") {
            self.in_comment = !line[open..].contains("-->");
            return false;
        }
        true
    }
}

/// The marks a code fence opens with. Backticks with another one behind them
/// are code in a line.
fn fence_marks(line: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|mark| {
        let rest = line.trim_start_matches(mark);
        let length = line.len() - rest.len();
        let is_fence = length >= 3 && !(mark == '`' && rest.contains('`'));
        is_fence.then(|| &line[..length])
    })
}
