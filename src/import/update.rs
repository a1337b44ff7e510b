//! An article that has changed meets a deck that has been edited: which file
//! is which (`pair`), what each becomes (`merge`), and how it is called.
//!
//! Three sets of files: what the last import wrote (the base), what lies in
//! the folder now (the author's own), what an import writes now. **Nothing an
//! author wrote is ever lost**: a file that was touched keeps each of its
//! lines, one that is the author's alone keeps all, and only a file that is as
//! it was imported may be replaced or taken away.

use std::collections::{BTreeMap, BTreeSet};

mod merge;
mod pair;
#[cfg(test)]
mod tests;

/// Name and text of a file.
pub type File = (String, String);

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It says what it said.
    Same,
    /// Nobody had touched it, and only its places in the article are others.
    Moved,
    /// Nobody had touched it, and it is as an import writes it now.
    Refreshed,
    /// The author's, with the article's changes merged in; so many of them
    /// stand beside the author's text as comments.
    Merged(usize),
    /// The article has it now and had it not.
    Added,
    /// The article has it no more, and nobody had touched it.
    Removed,
    /// The article has it no more, but it was touched: it stays as it is.
    Orphaned,
    /// The author took it away; so it stays away, though the article changed it.
    Dropped,
}

/// What happens to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub fate: Fate,
    /// Its name until now, if it was in the folder.
    pub before: Option<String>,
    /// Its name from now on, if it is.
    pub name: Option<String>,
    /// Its text from now on.
    pub text: String,
}

/// What becomes of each file that an import wrote or writes. Files of the
/// author's own are in it only if they get another name.
pub fn update(base: &[File], own: &[File], new: &[File]) -> Vec<Change> {
    let own_of = pair::by_identity(base, own);
    let base_of = pair::by_article(base, new);
    let mut names = Names::new(base, own, new, &own_of, &base_of);
    let mut res = Vec::new();
    for (at, (name, text)) in new.iter().enumerate() {
        let old = base_of.get(&at).copied();
        let mine = old
            .and_then(|old| own_of.get(&old))
            .and_then(|at| own.get(*at));
        let change = match (old.and_then(|old| base.get(old)), mine) {
            (Some(old), Some(mine)) => {
                let wanted = match mine.0 == old.0 {
                    true => name,
                    // A name that the author gave stays.
                    false => &mine.0,
                };
                let (fate, text) = met(&old.1, &mine.1, text);
                Change {
                    fate,
                    before: Some(mine.0.clone()),
                    name: Some(names.take(wanted)),
                    text,
                }
            }
            (Some(old), None) if merge::differs_in_places_only(&old.1, text) => continue,
            (Some(_), None) => Change {
                fate: Fate::Dropped,
                before: None,
                name: None,
                text: text.clone(),
            },
            (None, _) => Change {
                fate: Fate::Added,
                before: None,
                name: Some(names.take(name)),
                text: text.clone(),
            },
        };
        res.push(change);
    }
    res.extend(vanished(base, own, &own_of, &base_of));
    res.extend(names.moved(own));
    res
}

/// Texts that are not in their place yet, and names that are no more.
pub fn steps(changes: &[Change]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut files = Vec::new();
    let mut kept = BTreeSet::new();
    for change in changes {
        let Some(name) = &change.name else { continue };
        kept.insert(name.as_str());
        let stays = matches!(change.fate, Fate::Same | Fate::Orphaned);
        if !stays || change.before.as_ref() != Some(name) {
            files.push((name.clone(), change.text.as_bytes().to_vec()));
        }
    }
    let before = changes.iter().filter_map(|change| change.before.as_deref());
    let gone = before.filter(|name| !kept.contains(name));
    let gone = gone.map(str::to_string).collect();
    (files, gone)
}

/// What an untouched or a touched file becomes.
fn met(base: &str, own: &str, new: &str) -> (Fate, String) {
    if merge::is_same(base, own) {
        let fate = match (own == new, merge::differs_in_places_only(own, new)) {
            (true, _) => Fate::Same,
            (false, true) => Fate::Moved,
            (false, false) => Fate::Refreshed,
        };
        return (fate, new.to_string());
    }
    let (text, n_open) = merge::merge(base, own, new);
    match text == own {
        true => (Fate::Same, text),
        false => (Fate::Merged(n_open), text),
    }
}

/// Files of the base that the article has no more.
fn vanished(
    base: &[File],
    own: &[File],
    own_of: &BTreeMap<usize, usize>,
    base_of: &BTreeMap<usize, usize>,
) -> Vec<Change> {
    let living: BTreeSet<usize> = base_of.values().copied().collect();
    let gone = (0..base.len()).filter(|at| !living.contains(at));
    gone.filter_map(|at| {
        let old = base.get(at)?;
        let mine = own.get(*own_of.get(&at)?)?;
        let is_touched = !merge::is_same(&old.1, &mine.1);
        Some(Change {
            fate: if is_touched {
                Fate::Orphaned
            } else {
                Fate::Removed
            },
            before: Some(mine.0.clone()),
            name: is_touched.then(|| mine.0.clone()),
            text: mine.1.clone(),
        })
    })
    .collect()
}

// ---- names

/// The names of the folder from now on; no two are alike on any system.
struct Names {
    taken: BTreeSet<String>,
    /// Old and new name of files that are the author's alone.
    moved: Vec<(String, String)>,
}

impl Names {
    fn new(
        base: &[File],
        own: &[File],
        new: &[File],
        own_of: &BTreeMap<usize, usize>,
        base_of: &BTreeMap<usize, usize>,
    ) -> Names {
        let new_of: BTreeMap<usize, usize> =
            base_of.iter().map(|(new, old)| (*old, *new)).collect();
        // Old and new number of each file that follows the import's numbers.
        let renumbered: BTreeMap<&str, (&str, &str)> = own_of
            .iter()
            .filter_map(|(old, mine)| {
                let (old_name, _) = base.get(*old)?;
                let (name, _) = own.get(*mine)?;
                let (new_name, _) = new.get(*new_of.get(old)?)?;
                (name == old_name).then(|| (name.as_str(), (number(old_name), number(new_name))))
            })
            .collect();
        let imported: BTreeSet<usize> = own_of.values().copied().collect();
        let mut res = Names {
            taken: BTreeSet::new(),
            moved: Vec::new(),
        };
        let mut wanted = Vec::new();
        for (at, (name, _)) in own.iter().enumerate() {
            let old = own_of
                .iter()
                .find(|(_, mine)| **mine == at)
                .map(|(old, _)| old);
            let follows = renumbered.contains_key(name.as_str());
            let leaves = old.is_some_and(|old| !new_of.contains_key(old));
            if imported.contains(&at) && (follows || !leaves) {
                continue;
            }
            // What an author put behind a slide stays behind it.
            let before = renumbered.range(..name.as_str()).next_back();
            let moved = before.and_then(|(_, (old, new))| {
                let rest = name
                    .strip_prefix(old)
                    .filter(|_| !old.is_empty() && old != new)?;
                Some(format!("{new}{rest}"))
            });
            match moved.filter(|_| !imported.contains(&at)) {
                Some(moved) => wanted.push((name.clone(), moved)),
                None => {
                    res.taken.insert(name.to_lowercase());
                }
            }
        }
        for (old, new) in wanted {
            let name = res.take(&new);
            res.moved.push((old, name));
        }
        res
    }

    /// The name, or the next free one like it.
    fn take(&mut self, name: &str) -> String {
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let numbered = (2..).map(|n| format!("{stem}-{n}.md"));
        let free = std::iter::once(name.to_string())
            .chain(numbered)
            .find(|name| !self.taken.contains(&name.to_lowercase()))
            .unwrap_or_default();
        self.taken.insert(free.to_lowercase());
        free
    }

    fn moved(self, own: &[File]) -> Vec<Change> {
        let text_of = |name: &str| own.iter().find(|(own, _)| own == name);
        self.moved
            .into_iter()
            .filter_map(|(old, new)| {
                let (_, text) = text_of(&old)?;
                Some(Change {
                    fate: Fate::Same,
                    before: Some(old),
                    name: Some(new),
                    text: text.clone(),
                })
            })
            .collect()
    }
}

/// The digits that a name starts with.
fn number(name: &str) -> &str {
    let end = name
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(name.len());
    &name[..end]
}
