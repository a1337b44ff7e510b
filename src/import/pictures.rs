//! The pictures of articles: which a deck shows, and where it keeps them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::plan::{Block, Plan};
use super::read::Read;

/// A picture that a deck shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picture {
    /// Which of the articles names it, counted from 0.
    pub article: usize,
    /// Its path below that article's folder.
    pub from: String,
    /// Its path below the deck's folder.
    pub to: String,
}

/// What tells a picture from one of another folder with the same name.
fn renamed(href: &str, number: usize) -> String {
    match href.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{number}-{name}"),
        None => format!("{number}-{href}"),
    }
}

/// The pictures of all articles by their paths in the deck.
pub type Album = BTreeMap<String, Picture>;

/// Gives pictures of different folders different names in the deck.
pub fn album(reads: &mut [Read], roots: &[PathBuf]) -> Album {
    let mut res = Album::new();
    for (article, read) in reads.iter_mut().enumerate() {
        for passage in &mut read.passages {
            let hrefs: BTreeSet<String> = addresses(&passage.markdown).map(String::from).collect();
            for href in hrefs {
                let from = unescaped(&href);
                let is_other = |other: &Picture| roots[other.article] != roots[article];
                let mut to = href.clone();
                if res.get(&from).is_some_and(is_other) {
                    to = renamed(&href, article + 1);
                    passage.markdown = with_address(&passage.markdown, &href, &to);
                }
                let to = unescaped(&to);
                let picture = Picture {
                    article,
                    from,
                    to: to.clone(),
                };
                res.entry(to).or_insert(picture);
            }
        }
    }
    res
}

fn with_address(markdown: &str, href: &str, new: &str) -> String {
    let ends = [("](", ")"), ("](", " "), ("](<", ">")];
    ends.iter()
        .fold(markdown.to_string(), |text, (open, close)| {
            text.replace(
                &format!("{open}{href}{close}"),
                &format!("{open}{new}{close}"),
            )
        })
}

/// Paths in a deck and the bytes that belong there.
pub type Embedded = Vec<(String, Vec<u8>)>;

/// The pictures that slides and notes show: those that came in the articles
/// themselves (`brought`, by article), and those that lie beside them.
pub fn shown(plan: &Plan, album: &Album, brought: Vec<Embedded>) -> (Embedded, Vec<Picture>) {
    let mut res: BTreeSet<Picture> = BTreeSet::new();
    for slide in plan.files.iter().flat_map(|file| &file.slides) {
        // The notes show every picture, those within a line too.
        let blocks = slide.blocks.iter().filter_map(|block| match block {
            Block::Passage(passage, _) => Some(passage),
            _ => None,
        });
        for passage in slide.notes.iter().chain(blocks) {
            let paths = addresses(&passage.markdown).map(unescaped);
            res.extend(paths.filter_map(|path| album.get(&path).cloned()));
        }
    }
    let mut embedded = Embedded::new();
    for (article, pictures) in brought.into_iter().enumerate() {
        for (path, bytes) in pictures {
            let is_it = |one: &&Picture| one.article == article && one.from == path;
            if let Some(picture) = res.iter().find(is_it).cloned() {
                res.remove(&picture);
                embedded.push((picture.to, bytes));
            }
        }
    }
    (embedded, res.into_iter().collect())
}

/// The addresses of the pictures in a Markdown text that name local files.
fn addresses(markdown: &str) -> impl Iterator<Item = &str> {
    let addresses = markdown.split("![").skip(1).filter_map(|rest| {
        let rest = rest.split_once("](")?.1;
        match rest.strip_prefix('<') {
            Some(rest) => rest.split('>').next(),
            None => rest.split([')', ' ']).next(),
        }
    });
    addresses.filter(|href| !href.contains(':') && !href.starts_with('/'))
}

/// `%20` and its like become characters, as where the picture is shown.
pub fn unescaped(href: &str) -> String {
    let mut res = Vec::with_capacity(href.len());
    let mut bytes = href.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let mut rest = bytes.clone();
        let digits: Option<Vec<u32>> = [rest.next(), rest.next()]
            .into_iter()
            .map(|digit| char::from(digit?).to_digit(16))
            .collect();
        match (byte, digits.as_deref()) {
            (b'%', Some([high, low])) => {
                res.push((high * 16 + low) as u8);
                bytes = rest;
            }
            _ => res.push(byte),
        }
    }
    String::from_utf8_lossy(&res).into_owned()
}
