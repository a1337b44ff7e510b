//! Articles in archives: e-books (EPUB) and documents of word processors
//! (DOCX). Both become one page of plain HTML and the pictures it shows.
//!
//! An archive may claim to unpack to any length, and to anything: all that is
//! read has a bound, names never leave the archive, and XML is read without
//! entities of its own.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

use super::page;

mod epub;
mod word;

/// Bytes of one file, unpacked. Longer ones are as good as missing.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// Bytes that are unpacked of one archive, pictures included.
const MAX_ALL: u64 = 64 * 1024 * 1024;

/// Elements and texts of one XML file.
const MAX_NODES: u32 = 1_000_000;

/// Characters of the page that a book becomes.
const MAX_PAGE: usize = 8 * 1024 * 1024;

/// Where the pictures of an archive lie in a deck's folder.
const FOLDER: &str = "pictures";

/// Pictures that a deck can show, by the endings of their names.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// An archive as its article.
#[derive(Debug, Default)]
pub struct Book {
    /// One page of HTML, all of it the article's.
    pub html: String,
    /// The title, if it is said outside the text.
    pub title: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
    /// Paths in the deck's folder and bytes of the pictures that the page shows.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// Whether bytes begin as every archive does.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether it is an archive of a kind that holds an article.
pub fn is_known(bytes: &[u8]) -> bool {
    let archive = Archive::open(bytes);
    archive.is_some_and(|archive| archive.holds(word::DOCUMENT) || archive.holds(epub::CONTAINER))
}

/// The article in an archive; `None` if it holds none that we can read.
pub fn read(bytes: &[u8]) -> Option<Book> {
    let mut archive = Archive::open(bytes)?;
    let mut book = match archive.holds(word::DOCUMENT) {
        true => word::read(&mut archive)?,
        false => epub::read(&mut archive)?,
    };
    book.pictures = archive.pictures.into_values().collect();
    Some(book)
}

/// An open archive and what was taken out of it.
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
    /// By their names in the archive.
    pictures: BTreeMap<String, (String, Vec<u8>)>,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Option<Archive<'a>> {
        Some(Archive {
            zip: ZipArchive::new(Cursor::new(bytes)).ok()?,
            left: MAX_ALL,
            pictures: BTreeMap::new(),
        })
    }

    fn holds(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A file's bytes, if it is there, whole, and within the bounds.
    fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let most = MAX_FILE.min(self.left);
        let file = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        // What an archive says of its lengths is not to be trusted.
        let n_read = file.take(most + 1).read_to_end(&mut bytes).ok()? as u64;
        self.left -= n_read.min(self.left);
        (n_read <= most).then_some(bytes)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        Some(super::charset::decode_page(&bytes))
    }

    /// The address in a deck of a picture named in the archive; one that is
    /// not there, or that no browser shows, lies elsewhere.
    fn picture(&mut self, name: &str) -> String {
        self.take_picture(name)
            .unwrap_or_else(|| page::ELSEWHERE.to_string())
    }

    fn take_picture(&mut self, name: &str) -> Option<String> {
        if let Some((path, _)) = self.pictures.get(name) {
            return Some(path.clone());
        }
        let (stem, ending) = name.rsplit('/').next()?.rsplit_once('.')?;
        let ending = ending.to_lowercase();
        if !PICTURES.contains(&ending.as_str()) {
            return None;
        }
        let stem: String = stem
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .take(60)
            .collect();
        let is_taken = |path: &String| self.pictures.values().any(|(other, _)| other == path);
        let mut path = format!("{FOLDER}/{stem}.{ending}");
        for number in 2.. {
            if !is_taken(&path) {
                break;
            }
            path = format!("{FOLDER}/{stem}-{number}.{ending}");
        }
        let bytes = self.bytes(name)?;
        self.pictures
            .insert(name.to_string(), (path.clone(), bytes));
        Some(path)
    }
}

/// Hands an XML file's tree to a reader.
fn with_xml<T>(text: &str, read: impl FnOnce(&Document) -> Option<T>) -> Option<T> {
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    read(&Document::parse_with_options(text, options).ok()?)
}

/// Elements below a node by their name, whatever their namespace.
fn below<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants()
        .filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The first of [`below`] that says something, in one line.
fn value(node: Node, name: &'static str) -> Option<String> {
    below(node, name).find_map(|node| {
        let words = node.text()?.split_whitespace();
        let words = words.collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    })
}

/// An attribute by its name, whatever its namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let mut attributes = node.attributes();
    attributes
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// A reference from one file of an archive to another as the other's name.
/// Those that leave the archive name nothing in it.
fn resolved(from: &str, reference: &str) -> String {
    let path = reference.split(['#', '?']).next().unwrap_or_default();
    let path = super::pictures::unescaped(path);
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
