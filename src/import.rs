//! An article becomes a deck's Markdown, nothing else, so that `parse` stays
//! the only way into the model.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::article::{self, Kind};
use crate::layout::slug;
use crate::source::Memory;

mod charset;
mod lang;
mod page;
pub mod plan;
mod read;
mod shape;
mod write;

use plan::{Block, Plan};

/// A deck made of an article, not yet written anywhere.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What is on the slides and where in the article it comes from.
    pub plan: Plan,
    /// Name and Markdown of each file, in the order of the talk.
    pub files: Vec<(String, String)>,
    /// Pictures the slides show, as paths below the article's folder.
    pub pictures: Vec<String>,
    /// How many factors were found.
    pub n_factors: usize,
    /// Titles that the article does not have and that were found in its words.
    pub inferred: Vec<String>,
    /// What was left out as part of the page and not of the article.
    pub leftovers: Vec<String>,
}

impl Imported {
    /// The files as if they lay in `folder`.
    pub fn in_memory(&self, folder: &Path) -> Memory {
        let mut memory = Memory::default();
        for (name, text) in &self.files {
            memory.insert(folder.join(name), text.as_bytes());
        }
        memory
    }
}

/// Whether a path names an article by its ending.
pub fn is_article_name(path: &Path) -> bool {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    matches!(ending.as_str(), "txt" | "text" | "html" | "htm" | "xhtml")
}

/// Whether a Markdown text reads as an article: it has headings and running
/// text, and neither front matter nor slide breaks.
pub fn is_article(text: &str) -> bool {
    read::is_article(text)
}

/// Reads an article and makes its deck. `path` tells the kind of text by its
/// ending; without a known one the text itself does.
pub fn import(path: &Path, bytes: &[u8]) -> Imported {
    let read::Read {
        passages,
        title,
        author,
        lang,
        left_out,
    } = read::read(path, bytes);
    let headings: Vec<(u32, String)> = passages
        .iter()
        .filter(|passage| matches!(passage.kind, Kind::Heading(_)))
        .map(|passage| (passage.line, passage.text.clone()))
        .collect();
    let mut article = article::understand(passages);
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        article.title = title;
    }
    let author = author.or_else(|| article.byline.clone());
    let inferred = article.sections.iter().filter(|section| section.inferred);
    let inferred = inferred.map(|section| section.title.clone()).collect();
    let leftovers = std::mem::take(&mut article.leftovers);
    let n_factors = article.sections.len();
    let settings = shape::settings(&article, author, lang);
    let plan = shape::plan(article, settings, &headings);
    Imported {
        files: write::files(&plan),
        pictures: pictures(&plan),
        n_factors,
        inferred,
        leftovers: leftovers
            .into_iter()
            .map(|passage| passage.text)
            .chain(left_out)
            .collect(),
        plan,
    }
}

/// The folder an import is written to when none is named.
pub fn folder_name(path: &Path, imported: &Imported) -> PathBuf {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = if stem.is_empty() || stem == "-" {
        let first = imported
            .files
            .first()
            .map(|(_, text)| text.as_str())
            .unwrap_or_default();
        let heading = first
            .lines()
            .find_map(|line| line.strip_prefix("# "))
            .unwrap_or("deck");
        slug(heading)
    } else {
        slug(&stem)
    };
    PathBuf::from(if name.is_empty() { "deck".into() } else { name })
}

/// The pictures that slides and notes show, as paths.
fn pictures(plan: &Plan) -> Vec<String> {
    let slides = plan.files.iter().flat_map(|file| &file.slides);
    let mut res: Vec<String> = Vec::new();
    for slide in slides {
        // The notes show every picture, those within a line too.
        let shown = slide.blocks.iter().filter_map(|block| match block {
            Block::Passage(passage, _) => Some(passage),
            Block::Points(_) => None,
        });
        for passage in slide.notes.iter().chain(shown) {
            res.extend(picture_paths(&passage.markdown));
        }
    }
    let mut seen = BTreeSet::new();
    res.retain(|path| seen.insert(path.clone()));
    res
}

/// The paths of the pictures in a Markdown text that name local files.
fn picture_paths(markdown: &str) -> Vec<String> {
    let addresses = markdown.split("![").skip(1).filter_map(|rest| {
        let rest = rest.split_once("](")?.1;
        match rest.strip_prefix('<') {
            Some(rest) => rest.split('>').next(),
            None => rest.split([')', ' ']).next(),
        }
    });
    addresses
        .filter(|href| !href.contains(':') && !href.starts_with('/'))
        .map(unescaped)
        .collect()
}

/// `%20` and its like become characters, as where the picture is shown.
fn unescaped(href: &str) -> String {
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
