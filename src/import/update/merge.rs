//! The author's text of a slide file and an import's new one become one.
//!
//! Settings are merged key by key, the rest line by line. Where both sides
//! changed the same, the author's lines stay, and what an import writes now
//! stands behind their block in a comment that begins with `update:`. Such a
//! comment is neither shown nor a note.

use std::collections::BTreeMap;

use crate::compare::{self, Region};
use crate::parse::UPDATE_MARK;

/// Whether two texts say the same; ends of lines are the editor's.
pub fn is_same(one: &str, other: &str) -> bool {
    even(one) == even(other)
}

/// Whether two texts are the same but for where they come from: each edit of an
/// article moves the lines below it.
pub fn differs_in_places_only(one: &str, other: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        let rest = text.lines().filter(|line| !line.starts_with("from:"));
        rest.map(str::to_string).collect()
    };
    lines(one) == lines(other)
}

/// Merges what was imported, what the author made of it, and what an import
/// writes now. Returns the text, and how many changes stand in it as comments.
pub fn merge(base: &str, own: &str, new: &str) -> (String, usize) {
    let (base, mine, new) = (even(base), even(own), even(new));
    if base == new {
        return (own.to_string(), 0);
    }
    let (base_front, base_body) = head(&base);
    let (own_front, own_body) = head(&mine);
    let (new_front, new_body) = head(&new);
    let mut n_open = 0;
    let mut text = match own_front {
        Some(own) => settings(
            base_front.unwrap_or_default(),
            own,
            new_front.unwrap_or_default(),
            &mut n_open,
        ),
        None => String::new(),
    };
    text += &body(base_body, own_body, new_body, &mut n_open);
    if !keeps(&base, &mine, &text) {
        // Whatever went wrong, it must not cost the author a line.
        let mut out = Out::default();
        out.lines(&mine);
        out.hold(&new, &base);
        text = out.finish();
        n_open = 1;
    }
    if own.contains("\r\n") {
        text = text.replace('\n', "\r\n");
    }
    (text, n_open)
}

/// A text without byte-order mark, its lines ended by `\n`, the last one too.
fn even(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut res = text.replace("\r\n", "\n").replace('\r', "\n");
    if !res.is_empty() && !res.ends_with('\n') {
        res.push('\n');
    }
    res
}

/// Whether each line that the author added or changed is in the merged text.
fn keeps(base: &str, own: &str, merged: &str) -> bool {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for line in own.lines() {
        *counts.entry(line).or_default() += 1;
    }
    for line in base.lines() {
        *counts.entry(line).or_default() -= 1;
    }
    counts.retain(|line, n| *n > 0 && !line.trim().is_empty());
    for line in merged.lines() {
        if let Some(n) = counts.get_mut(line) {
            *n -= 1;
        }
    }
    counts.values().all(|n| *n <= 0)
}

/// The lines between the fences of the front matter, and what is behind it.
fn head(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = text.strip_prefix("---\n") else {
        return (None, text);
    };
    match rest.find("\n---\n") {
        Some(at) => (Some(&rest[..at + 1]), &rest[at + 5..]),
        None => (None, text),
    }
}

// ---- settings

/// A key with its lines; without a key, a comment or a blank line.
struct Setting<'a> {
    key: Option<&'a str>,
    lines: String,
}

fn settings_of(front: &str) -> Vec<Setting<'_>> {
    let mut res: Vec<Setting<'_>> = Vec::new();
    for line in front.lines() {
        let key = line
            .split_once(':')
            .map(|(key, _)| key)
            .filter(|key| !key.is_empty() && !key.contains([' ', '#', '\t', '"', '\'', '-']));
        let is_loose = line.trim().is_empty() || line.starts_with('#');
        match res.last_mut() {
            Some(last) if key.is_none() && !is_loose && last.key.is_some() => {
                last.lines += &format!("{line}\n");
            }
            Some(_) | None => res.push(Setting {
                key,
                lines: format!("{line}\n"),
            }),
        }
    }
    res
}

fn settings(base: &str, own: &str, new: &str, n_open: &mut usize) -> String {
    let (base, own, new) = (settings_of(base), settings_of(own), settings_of(new));
    let find = |list: &[Setting<'_>], key: &str| {
        let found = list.iter().find(|setting| setting.key == Some(key));
        found.map(|setting| setting.lines.clone())
    };
    let mut res = String::from("---\n");
    let mut open = Vec::new();
    for setting in &own {
        let Some(key) = setting.key else {
            res += &setting.lines;
            continue;
        };
        let (old, now) = (find(&base, key), find(&new, key));
        if old.as_ref() == Some(&setting.lines) {
            res += &now.unwrap_or_default();
            continue;
        }
        res += &setting.lines;
        if now.is_some() && now != old && now.as_ref() != Some(&setting.lines) {
            open.extend(now);
        }
    }
    for setting in &new {
        let key = setting.key.unwrap_or_default();
        if find(&own, key).is_none() {
            match find(&base, key) {
                None => res += &setting.lines,
                Some(old) if old != setting.lines => open.push(setting.lines.clone()),
                Some(_) => {}
            }
        }
    }
    *n_open += open.len();
    for lines in open {
        res += &remark(&lines);
    }
    res + "---\n"
}

/// A change of settings, as comments of YAML.
fn remark(lines: &str) -> String {
    let lines = lines
        .lines()
        .map(|line| format!("# {UPDATE_MARK} {line}\n"));
    lines.collect()
}

// ---- everything else

fn body(base: &str, own: &str, new: &str, n_open: &mut usize) -> String {
    let (base, own) = (placed(base, base, new), placed(own, base, new));
    let mut out = Out::default();
    for region in compare::merge(&base, &own, new) {
        match region {
            Region::Settled(lines) => out.lines(&lines),
            Region::Disputed { base, own, new } => {
                out.lines(&own);
                *n_open += usize::from(out.hold(&new, &base));
            }
        }
    }
    out.finish()
}

/// A text of which each `from:` that is still as in the base says what the new
/// text says in its place: lines move with every edit of an article, and that
/// is no change an author has to hear of.
fn placed(text: &str, base: &str, new: &str) -> String {
    let is_from = |line: &&str| line.starts_with("from:");
    let mut pairs: Vec<(&str, &str)> = base
        .lines()
        .filter(is_from)
        .zip(new.lines().filter(is_from))
        .collect();
    let mut res = String::with_capacity(text.len());
    for line in text.lines() {
        let at = pairs.iter().position(|(old, _)| *old == line);
        res += at.map_or(line, |at| pairs.remove(at).1);
        res.push('\n');
    }
    res
}

/// Text being written, with changes that wait for the end of a block.
#[derive(Default)]
struct Out {
    text: String,
    held: Vec<String>,
    /// The marks of an open code fence.
    fence: Option<String>,
    in_comment: bool,
    in_front: bool,
    after_break: bool,
}

impl Out {
    fn lines(&mut self, text: &str) {
        for line in text.lines() {
            self.line(line);
        }
    }

    fn line(&mut self, line: &str) {
        let is_break = line.len() >= 3 && line.bytes().all(|byte| byte == b'-');
        let is_closing = line.len() >= 3 && line.bytes().all(|byte| byte == b':');
        let is_free = self.fence.is_none() && !self.in_comment;
        if is_free && self.in_front && is_break {
            self.release_as(remark);
        } else if is_free && !self.in_front && (line.trim().is_empty() || is_break || is_closing) {
            self.release();
            if !line.trim().is_empty() && self.text.ends_with("-->\n") {
                self.text.push('\n');
            }
        }
        self.text += line;
        self.text.push('\n');
        self.step(line, is_break);
    }

    /// Keeps track of what the next line stands in.
    fn step(&mut self, line: &str, is_break: bool) {
        let trimmed = line.trim_start();
        let marks = |mark: char| trimmed.len() - trimmed.trim_start_matches(mark).len();
        if let Some(open) = &self.fence {
            if trimmed.trim_end() == open.as_str()
                || trimmed.trim_end().starts_with(open.as_str())
                    && trimmed.trim_end().chars().all(|c| open.starts_with(c))
            {
                self.fence = None;
            }
            return;
        }
        if self.in_comment {
            self.in_comment = !line.contains("-->");
            return;
        }
        if self.in_front {
            self.in_front = !is_break;
            self.after_break = false;
            return;
        }
        let starts_front = self.after_break
            && trimmed
                .split_once(':')
                .is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '));
        self.in_front = starts_front;
        self.after_break = is_break;
        let mark = ['`', '~'].into_iter().find(|mark| marks(*mark) >= 3);
        if let Some(mark) = mark {
            self.fence = Some(trimmed[..marks(mark)].to_string());
        } else if let Some(at) = line.find("<!--") {
            self.in_comment = !line[at..].contains("-->");
        }
    }

    /// Puts a change aside until the block is over. False if it is of blanks only.
    fn hold(&mut self, now: &str, old: &str) -> bool {
        let words = match (now.trim().is_empty(), old.trim().is_empty()) {
            (true, true) => return false,
            (true, false) => format!(
                "an import no longer gives this:\n{}",
                old.trim_matches('\n')
            ),
            (false, _) => format!("an import now gives this:\n{}", now.trim_matches('\n')),
        };
        self.held.push(words);
        true
    }

    fn release(&mut self) {
        for words in std::mem::take(&mut self.held) {
            if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
            self.text += &comment(&words);
        }
    }

    fn release_as(&mut self, write: fn(&str) -> String) {
        for words in std::mem::take(&mut self.held) {
            self.text += &write(&words);
        }
    }

    fn finish(mut self) -> String {
        self.release();
        self.text
    }
}

/// A change as a comment that nothing in it can end.
fn comment(words: &str) -> String {
    let mut res = format!("<!-- {UPDATE_MARK} ");
    for line in words.lines() {
        // A fence would end the group that the comment stands in.
        if line.trim_start().starts_with(":::") {
            res.push('\\');
        }
        res += &line.replace("-->", "-- >").replace("<!--", "< !--");
        res.push('\n');
    }
    res + "-->\n"
}
