//! An article becomes a deck's Markdown, nothing else, so that `parse` stays
//! the only way into the model.

use std::path::{Path, PathBuf};

use crate::article::record::Record;
use crate::article::{self, Kind, Passage, Wanted};
use crate::deck::origin::Origin;
use crate::layout::slug;
use crate::pipeline::folder_of;
use crate::source::Memory;

mod archive;
mod budget;
mod charset;
mod lang;
pub mod origin;
mod page;
mod pictures;
pub mod plan;
mod read;
mod shape;
pub mod update;
mod wishes;
mod write;

use origin::Told;
use plan::Plan;
use read::Read;
use shape::Understood;

pub use pictures::Picture;
pub use read::max_bytes;
pub use wishes::{Detail, Refusal, Wishes};

/// A deck made of an article, not yet written anywhere.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// What is on the slides and where in the article it comes from.
    pub plan: Plan,
    /// Name and Markdown of each file, in the order of the talk.
    pub files: Vec<(String, String)>,
    /// Name and bytes of each article as it lies beside its slides: what their
    /// places count in. Of a web page that is its article in Markdown.
    pub copies: Vec<(String, Vec<u8>)>,
    /// The articles as records, in the same order.
    articles: Vec<Told>,
    /// Pictures the slides show.
    pub pictures: Vec<Picture>,
    /// Pictures the slides show that came in an article itself: paths in the
    /// deck's folder, and their bytes.
    pub embedded: Vec<(String, Vec<u8>)>,
    /// How many factors were found.
    pub n_factors: usize,
    /// On how many slides they stand, if there was no room for one each.
    pub shared: Option<usize>,
    /// How many more factors there are that have no slide: their text stands in
    /// the notes of the factor before them.
    pub n_beyond: usize,
    /// Titles that the article does not have and that were found in its words.
    pub inferred: Vec<String>,
    /// What was left out as part of the page and not of the article.
    pub leftovers: Vec<String>,
}

impl Imported {
    /// Where the texts of a slide come from.
    pub fn origin(&self, slide: &plan::Slide) -> Option<Origin> {
        origin::of(slide, &self.articles)
    }

    /// The record of the article that an origin names.
    pub fn record_of(&self, origin: &Origin) -> Option<&Record> {
        let told = self.articles.iter().find(|told| told.name == origin.file);
        told.map(|told| &told.record)
    }

    /// The files as if they lay in `folder`.
    pub fn in_memory(&self, folder: &Path) -> Memory {
        let mut memory = Memory::default();
        for (name, text) in &self.files {
            memory.insert(folder.join(name), text.as_bytes());
        }
        for (path, bytes) in &self.embedded {
            memory.insert(folder.join(path), bytes.as_slice());
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
    matches!(
        ending.as_str(),
        "txt" | "text" | "html" | "htm" | "xhtml" | "epub" | "docx"
    )
}

/// What a file is that holds no article, and what to do, each as words of a
/// sentence; `None` for all that may be one.
pub fn unreadable(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    read::unreadable(bytes)
}

/// Whether a Markdown text reads as an article: it has headings and running
/// text, and neither front matter nor slide breaks.
pub fn is_article(text: &str) -> bool {
    read::is_article(text)
}

/// An article as it was given.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Tells the kind of text by its ending; without a known one the text
    /// itself does.
    pub path: &'a Path,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// Reads an article and makes its deck.
pub fn import(path: &Path, bytes: &[u8]) -> Imported {
    // Only wishes for headings can be refused.
    import_all(&[Text { path, bytes }], &Wishes::default()).unwrap_or_default()
}

/// Reads articles and makes one deck of them, as wished.
///
/// # Errors
/// If a heading that the wishes name is in none of the articles.
pub fn import_all(texts: &[Text], wishes: &Wishes) -> Result<Imported, Refusal> {
    let mut res = Imported::default();
    let mut reads: Vec<Read> = texts
        .iter()
        .map(|text| read::read(text.path, text.bytes))
        .collect();
    // Pictures that come in an article lie in a folder of their own.
    let root = |(text, read): (&Text, &Read)| match read.pictures.is_empty() {
        true => folder_of(text.path),
        false => text.path.to_path_buf(),
    };
    let roots: Vec<PathBuf> = texts.iter().zip(&reads).map(root).collect();
    let album = pictures::album(&mut reads, &roots);
    let wishes = keep(&reads, wishes)?;
    for (text, read) in texts.iter().zip(&mut reads) {
        let told = origin::told(text.path, read, &res.articles);
        let copy = read.copy.take().unwrap_or_else(|| text.bytes.to_vec());
        res.copies.push((told.name.clone(), copy));
        res.articles.push(told);
    }
    let mut settings = None;
    let mut articles = Vec::with_capacity(reads.len());
    let mut brought = Vec::with_capacity(articles.capacity());
    for mut read in reads {
        let headings = headings(&read);
        brought.push(std::mem::take(&mut read.pictures));
        let wanted = Wanted {
            long: shape::long(wishes.detail),
            split_at: wishes.split_at,
            kept: wishes.keep.clone(),
        };
        let mut article = article::understand_as(read.passages, &wanted);
        if let Some(title) = read.title.filter(|title| !title.is_empty()) {
            article.title = title;
        }
        let author = read.author.or_else(|| article.byline.clone());
        settings.get_or_insert_with(|| shape::settings(&article, author, read.lang));
        let leftovers = std::mem::take(&mut article.leftovers);
        res.leftovers
            .extend(leftovers.into_iter().map(|passage| passage.text));
        res.leftovers.extend(read.left_out);
        res.n_beyond += article.beyond.n_sections;
        articles.push(Understood { article, headings });
    }
    drop_sections(&mut articles, &wishes)?;
    let sections = articles.iter().flat_map(|one| &one.article.sections);
    let inferred = sections.filter(|section| section.inferred);
    res.inferred = inferred.map(|section| section.title.clone()).collect();
    let planned = shape::plan(articles, settings.unwrap_or_default(), &wishes);
    res.n_factors = planned.n_factors;
    res.shared = planned.shared;
    res.files = write::files(&planned.plan, &res.articles);
    (res.embedded, res.pictures) = pictures::shown(&planned.plan, &album, brought);
    res.plan = planned.plan;
    Ok(res)
}

fn headings(read: &Read) -> Vec<(u32, String)> {
    let is_heading = |passage: &&Passage| matches!(passage.kind, Kind::Heading(_));
    let headings = read.passages.iter().filter(is_heading);
    headings
        .map(|passage| (passage.line, passage.text.clone()))
        .collect()
}

/// The wishes with the headings to keep as they are written.
fn keep(reads: &[Read], wishes: &Wishes) -> Result<Wishes, Refusal> {
    let all: Vec<(u32, String)> = reads.iter().flat_map(headings).collect();
    let names: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
    let kept = wishes.keep.iter().map(|wanted| {
        let found = wishes::named(wanted, "--keep", &names)?;
        Ok(found.to_string())
    });
    Ok(Wishes {
        keep: kept.collect::<Result<_, _>>()?,
        ..wishes.clone()
    })
}

fn drop_sections(articles: &mut [Understood], wishes: &Wishes) -> Result<(), Refusal> {
    for wanted in &wishes.drop {
        let names = articles
            .iter()
            .flat_map(|one| wishes::headings(&one.article));
        let names: Vec<&str> = names.collect();
        let found = wishes::named(wanted, "--drop", &names)?.to_string();
        for one in &mut *articles {
            wishes::drop(&mut one.article, &found);
        }
    }
    Ok(())
}

/// The record of an article, to hold a deck against.
pub fn record(path: &Path, bytes: &[u8]) -> Record {
    let read = read::read(path, bytes);
    Record::new(&read.passages, read.title.as_deref())
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
