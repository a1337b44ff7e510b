//! Which file is which, by what it says and where that comes from. Names come
//! last: numbers change when a section is inserted, and authors rename.

use std::collections::{BTreeMap, BTreeSet};

use super::File;

/// Share of common words from which two files are one that was edited.
const ALIKE: f64 = 0.5;

/// For files of the base the file in the folder that each has become.
pub fn by_identity(base: &[File], own: &[File]) -> BTreeMap<usize, usize> {
    let mut pairs = Pairs::new(base, own);
    pairs.join(|old, mine| old == mine);
    pairs.join(|old, mine| old.1 == mine.1);
    pairs.join(|old, mine| old.0 == mine.0 && same(from(old), from(mine)));
    pairs.join(|old, mine| same(from(old), from(mine)));
    pairs.join(|old, mine| old.0 == mine.0 && same(title(old), title(mine)));
    pairs.join(|old, mine| old.0 == mine.0);
    pairs.join(|old, mine| same(title(old), title(mine)));
    pairs.join_alike();
    pairs.found
}

/// For files that an import writes now the file of the base that each was.
pub fn by_article(base: &[File], new: &[File]) -> BTreeMap<usize, usize> {
    let mut pairs = Pairs::new(new, base);
    pairs.join(|new, old| new == old);
    pairs.join(|new, old| named(new) == named(old));
    pairs.join_alike();
    pairs.found
}

struct Pairs<'a> {
    left: &'a [File],
    right: &'a [File],
    found: BTreeMap<usize, usize>,
    taken: BTreeSet<usize>,
}

impl<'a> Pairs<'a> {
    fn new(left: &'a [File], right: &'a [File]) -> Self {
        Pairs {
            left,
            right,
            found: BTreeMap::new(),
            taken: BTreeSet::new(),
        }
    }

    /// Joins what is left over on both sides and fits, in order.
    fn join(&mut self, fits: impl Fn(&File, &File) -> bool) {
        for (at, left) in self.left.iter().enumerate() {
            if self.found.contains_key(&at) {
                continue;
            }
            let mut free = self.right.iter().enumerate();
            let partner = free.find(|(at, right)| !self.taken.contains(at) && fits(left, right));
            if let Some((partner, _)) = partner {
                self.found.insert(at, partner);
                self.taken.insert(partner);
            }
        }
    }

    /// Joins the most similar of what is left over, the most similar first.
    fn join_alike(&mut self) {
        let bags =
            |files: &[File], skipped: &dyn Fn(&usize) -> bool| -> Vec<(usize, Vec<String>)> {
                files
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| !skipped(at))
                    .map(|(at, file)| (at, bag(file)))
                    .collect()
            };
        let left = bags(self.left, &|at| self.found.contains_key(at));
        let right = bags(self.right, &|at| self.taken.contains(at));
        let mut near: Vec<(f64, usize, usize)> = Vec::new();
        for (one, words) in &left {
            for (other, others) in &right {
                let share = common(words, others);
                if share >= ALIKE {
                    near.push((share, *one, *other));
                }
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, one, other) in near {
            if !self.found.contains_key(&one) && self.taken.insert(other) {
                self.found.insert(one, other);
            }
        }
    }
}

fn same(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_some() && one == other
}

/// The line of the front matter that says where the first slide comes from.
fn from(file: &File) -> Option<&str> {
    file.1
        .lines()
        .find(|line| line.starts_with("from:"))
        .map(str::trim_end)
}

fn title(file: &File) -> Option<&str> {
    file.1
        .lines()
        .find(|line| line.starts_with("# ") || line.starts_with("## "))
        .map(str::trim_end)
}

/// A name without its number.
fn named(file: &File) -> &str {
    file.0
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
}

/// The words of a file, without its front matter, in the order of the alphabet.
fn bag(file: &File) -> Vec<String> {
    let is_setting = |line: &&str| {
        ["from:", "layout:", "icon:", "---"]
            .iter()
            .any(|key| line.starts_with(key))
    };
    let mut res: Vec<String> = file
        .1
        .lines()
        .filter(|line| !is_setting(line))
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    res.sort();
    res
}

/// The share of words that two sorted lists have in common, 0 to 1.
fn common(one: &[String], other: &[String]) -> f64 {
    let (mut at, mut n_common) = (0, 0);
    for word in one {
        while other.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if other.get(at) == Some(word) {
            n_common += 1;
            at += 1;
        }
    }
    let total = one.len() + other.len();
    if total == 0 {
        return 0.0;
    }
    2.0 * n_common as f64 / total as f64
}
