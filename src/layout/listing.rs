//! What stands beside the lines of a code block: its file, its numbers, its
//! marks; and code that is read from a file in the deck's folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::deck::{Attrs, Block, BlockKind, Code, Lines, Stage};
use crate::diag::Diagnostics;
use crate::source::{FileError, Files};

/// A file longer than this is no code that somebody shows.
const MAX_FILE: usize = 4 * 1024 * 1024;

/// Stages beyond which a walk is cut off.
const MAX_STAGES: usize = 200;

/// Reads each file once, however many blocks show a part of it.
pub struct Listings<'a> {
    files: &'a dyn Files,
    root: &'a Path,
    texts: BTreeMap<String, Result<Arc<str>, FileError>>,
}

impl<'a> Listings<'a> {
    /// Files are looked for below `root` and nowhere else.
    pub fn new(files: &'a dyn Files, root: &'a Path) -> Self {
        Listings {
            files,
            root,
            texts: BTreeMap::new(),
        }
    }

    /// Fills in how every code block is shown.
    pub fn prepare(&mut self, diags: &mut Diagnostics, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Code(code) => self.code(diags, code, &block.attrs),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.prepare(diags, &mut item.blocks);
                    }
                }
                BlockKind::Quote(body) | BlockKind::Group { body, .. } => self.prepare(diags, body),
                BlockKind::Heading { .. }
                | BlockKind::Paragraph(_)
                | BlockKind::Table(_)
                | BlockKind::Math(_)
                | BlockKind::Rule
                | BlockKind::Html(_)
                | BlockKind::Chart(_)
                | BlockKind::Diagram(_) => {}
            }
        }
    }

    fn code(&mut self, diags: &mut Diagnostics, code: &mut Code, attrs: &Attrs) {
        let start = attrs.get("numbers").map(|n| n.parse().unwrap_or(1));
        code.look.numbers = start.or(attrs.has("numbers").then_some(1));
        code.look.diff = attrs.has("diff");
        code.look.name = attrs.get("file").unwrap_or_default().to_string();
        if let Some(path) = attrs.get("src") {
            let from = self.excerpt(diags, code, attrs, path);
            if start.is_none() && code.look.numbers.is_some() {
                code.look.numbers = Some(from);
            }
            if attrs.get("file").is_none() {
                code.look.name = path.to_string();
            }
        }
        stages(diags, code);
    }

    /// Puts a file, or a part of it, in the place of the block's own text, which
    /// stays if there is no such part. Returns the number of its first line.
    fn excerpt(
        &mut self,
        diags: &mut Diagnostics,
        code: &mut Code,
        attrs: &Attrs,
        path: &str,
    ) -> u32 {
        let text = match self.read(path) {
            Ok(text) => text,
            Err(error) => {
                diags.missing_code(code.info, path, &error);
                return 1;
            }
        };
        if code.lang.is_empty() {
            let name = Path::new(path).extension().unwrap_or_default();
            code.lang = name.to_string_lossy().into_owned();
        }
        let lines: Vec<&str> = text.lines().collect();
        let (first, part) = if let Some(name) = attrs.get("region") {
            let Some((first, last)) = region(&lines, name) else {
                let known: Vec<&str> = lines.iter().filter_map(|line| opened(line)).collect();
                diags.unknown_region(code.info, path, name, &known);
                return 1;
            };
            (first, &lines[first..last])
        } else if let Some(range) = attrs.get("lines") {
            let Some((first, last)) = range_of(range, lines.len()) else {
                diags.bad_lines(code.info, range, lines.len());
                return 1;
            };
            (first, &lines[first..last])
        } else {
            (0, &lines[..])
        };
        // With numbers beside them no line may go.
        let is_kept = |line: &&&str| {
            code.look.numbers.is_some() || opened(line).is_none() && closed(line).is_none()
        };
        let kept: Vec<&str> = part.iter().filter(is_kept).copied().collect();
        code.text = without_indent(&kept);
        first as u32 + 1
    }

    fn read(&mut self, path: &str) -> Result<Arc<str>, FileError> {
        if let Some(known) = self.texts.get(path) {
            return known.clone();
        }
        let text = self.files.read_within(self.root, path).and_then(|bytes| {
            if bytes.len() > MAX_FILE {
                return Err(FileError::TooLong(MAX_FILE));
            }
            match std::str::from_utf8(&bytes) {
                Ok(text) => Ok(Arc::from(text.trim_start_matches('\u{feff}'))),
                Err(_) => Err(FileError::Other("it is not text in UTF-8".into())),
            }
        });
        self.texts.insert(path.to_string(), text.clone());
        text
    }
}

/// What is lit, one after the other.
fn stages(diags: &mut Diagnostics, code: &mut Code) {
    if code.marks.is_empty() {
        return;
    }
    let n_lines = code.text.split('\n').count();
    for part in code.marks.split('|').take(MAX_STAGES) {
        let lines = Lines::parse(part).filter(|lines| lines.last() as usize <= n_lines);
        match lines {
            Some(lines) => code.look.stages.push(Stage { lines, step: 0 }),
            None => diags.bad_lines(code.info, part, n_lines),
        }
    }
}

/// First line (from 0) and the line behind the last one of `10-20`, `7` or `30-`.
fn range_of(text: &str, n_lines: usize) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let first: usize = first.trim().parse().ok()?;
    let last = match last.trim() {
        "" => n_lines,
        last => last.parse().ok()?,
    };
    (1 <= first && first <= last && last <= n_lines).then_some((first - 1, last))
}

/// The lines between the two marks of a region, as `range_of` counts them.
fn region(lines: &[&str], name: &str) -> Option<(usize, usize)> {
    let start = lines.iter().position(|line| opened(line) == Some(name))?;
    let mut depth = 0_usize;
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        if opened(line).is_some() {
            depth += 1;
        } else if let Some(closing) = closed(line) {
            if closing == name || depth == 0 {
                return Some((start + 1, at));
            }
            depth -= 1;
        }
    }
    Some((start + 1, lines.len()))
}

/// `name` of a line that is a comment `region: name`, in whatever syntax.
fn opened(line: &str) -> Option<&str> {
    marker(line, "region").filter(|name| !name.is_empty())
}

/// The name, often empty, behind `endregion`.
fn closed(line: &str) -> Option<&str> {
    marker(line, "endregion")
}

fn marker<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let line = line.trim();
    let comment = line.trim_start_matches(|c: char| c.is_ascii_punctuation() || c == ' ');
    // A line of code may begin with the word, too.
    if comment.len() == line.len() {
        return None;
    }
    let rest = comment.strip_prefix(word)?;
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let rest = rest.trim_start_matches(':').trim();
    Some(
        rest.trim_end_matches(['*', '/', '-', '>', ')', '}'])
            .trim_end(),
    )
}

/// Lines without the blanks that all of them begin with.
fn without_indent(lines: &[&str]) -> String {
    let indent = |line: &&&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = written.map(|line| indent(&line)).min().unwrap_or(0);
    let cut = lines.iter().map(|line| line.get(shared..).unwrap_or(""));
    cut.collect::<Vec<_>>().join("\n").trim_end().to_string()
}
