//! An article becomes a deck's Markdown, nothing else, so that `parse` stays
//! the only way into the model.

use std::path::{Path, PathBuf};

use crate::article::{self, Article, Conclusion, Kind, Passage, Point, Section};
use crate::icon;
use crate::layout::{shortened, slug};
use crate::source::Memory;
use crate::yaml;

mod archive;
mod charset;
mod lang;
mod page;
mod read;

/// Factors below which an agenda says nothing.
const MIN_AGENDA: usize = 3;

/// Lines of code beyond which a block stays in the notes.
const MAX_CODE_LINES: usize = 24;

/// A deck made of an article, not yet written anywhere.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Name and Markdown of each file, in the order of the talk.
    pub files: Vec<(String, String)>,
    /// Pictures the slides show, as paths below the article's folder.
    pub pictures: Vec<String>,
    /// Pictures the slides show that came in the article itself: paths in the
    /// deck's folder, and their bytes.
    pub embedded: Vec<(String, Vec<u8>)>,
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

/// Reads an article and makes its deck. `path` tells the kind of text by its
/// ending; without a known one the text itself does.
pub fn import(path: &Path, bytes: &[u8]) -> Imported {
    let read::Read {
        passages,
        title,
        author,
        lang,
        left_out,
        pictures,
    } = read::read(path, bytes);
    let mut article = article::understand(passages);
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        article.title = title;
    }
    let author = author.or_else(|| article.byline.clone());
    let mut imported = deck(&article, author.as_deref(), &lang);
    imported.leftovers.extend(left_out);
    for picture in pictures {
        let n_before = imported.pictures.len();
        imported.pictures.retain(|path| *path != picture.0);
        if imported.pictures.len() < n_before {
            imported.embedded.push(picture);
        }
    }
    imported
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

// ---- the deck's Markdown

fn deck(article: &Article, author: Option<&str>, lang: &str) -> Imported {
    let mut writer = Writer::default();
    let sections = &article.sections;
    let is_blank =
        article.title.trim().is_empty() && article.intro.is_empty() && sections.is_empty();
    if !is_blank {
        writer.title(article, author, lang);
    }
    if sections.len() >= MIN_AGENDA {
        let slide = front("agenda", None) + &heading(2, &article.agenda_title);
        writer.file("00-2-agenda".into(), slide);
    }
    let texts: Vec<String> = sections
        .iter()
        .map(|section| joined(&section.passages))
        .collect();
    let named: Vec<(&str, &str)> = sections
        .iter()
        .zip(&texts)
        .map(|(section, text)| (section.title.as_str(), text.as_str()))
        .collect();
    let icons = icon::choose_all(&named);
    let width = sections.len().saturating_add(2).to_string().len().max(2);
    for ((section, icon), number) in sections.iter().zip(&icons).zip(1..) {
        writer.factor(section, icon.as_deref(), &format!("{number:0width$}"));
    }
    let next = sections.len() + 1;
    if let Some(conclusion) = &article.conclusion {
        writer.summary(conclusion, &format!("{next:0width$}-summary"));
        let number = next + 1;
        writer.closing(
            article,
            conclusion.statement.as_deref(),
            &format!("{number:0width$}-closing"),
        );
    } else if !sections.is_empty() {
        writer.closing(article, None, &format!("{next:0width$}-closing"));
    }
    Imported {
        files: writer.files,
        pictures: writer.pictures,
        embedded: Vec::new(),
        n_factors: sections.len(),
        inferred: sections
            .iter()
            .filter(|section| section.inferred)
            .map(|section| section.title.clone())
            .collect(),
        leftovers: article
            .leftovers
            .iter()
            .map(|passage| passage.text.clone())
            .collect(),
    }
}

#[derive(Default)]
struct Writer {
    files: Vec<(String, String)>,
    pictures: Vec<String>,
}

impl Writer {
    fn file(&mut self, name: String, text: String) {
        self.files.push((format!("{name}.md"), text));
    }

    fn title(&mut self, article: &Article, author: Option<&str>, lang: &str) {
        let mut text = format!("---\ntitle: {}\n", yaml::quote(&article.title));
        if let Some(author) = author {
            text += &format!("author: {}\n", yaml::quote(author));
        }
        text += &format!("lang: {lang}\n");
        let intro = article
            .intro
            .iter()
            .find(|passage| passage.kind == Kind::Paragraph);
        if let Some(passage) = intro {
            let description = shortened(&one_line(&passage.text));
            text += &format!("description: {}\n", yaml::quote(&description));
        }
        text += "layout: title\n---\n\n";
        text += &heading(1, &article.title);
        text += &notes(&article.intro);
        text += &self.alone(&article.title, &article.intro);
        self.file("00-1-title".into(), text);
    }

    fn factor(&mut self, section: &Section, icon: Option<&str>, number: &str) {
        let mut text = front("factor", icon) + &heading(2, &section.title);
        text += &points(&section.points);
        text += &notes(&section.passages);
        text += &self.alone(&section.title, &section.passages);
        let name = slug(&section.title);
        let name = if name.is_empty() {
            number.to_string()
        } else {
            format!("{number}-{name}")
        };
        self.file(name, text);
    }

    /// A slide for each table, picture and code sample.
    fn alone(&mut self, title: &str, passages: &[Passage]) -> String {
        let mut text = String::new();
        for passage in passages {
            // The notes show every picture, those within a line too.
            self.pictures.extend(picture_paths(&passage.markdown));
            if is_shown_alone(passage) {
                text += "\n---\n\n";
                text += &heading(2, title);
                text += &format!("\n{}\n", passage.markdown.trim_end());
            }
        }
        text
    }

    fn summary(&mut self, conclusion: &Conclusion, name: &str) {
        let text = front("bullets", None)
            + &heading(2, &conclusion.title)
            + &points(&conclusion.points)
            + &notes(&conclusion.passages)
            + &self.alone(&conclusion.title, &conclusion.passages);
        self.file(name.into(), text);
    }

    fn closing(&mut self, article: &Article, statement: Option<&str>, name: &str) {
        self.file(
            name.into(),
            front("closing", None) + &heading(2, statement.unwrap_or(&article.title)),
        );
    }
}

fn is_shown_alone(passage: &Passage) -> bool {
    match passage.kind {
        Kind::Code => passage.markdown.lines().count() <= MAX_CODE_LINES,
        Kind::Table | Kind::Picture => true,
        Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::Quote | Kind::Other => false,
    }
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

fn front(layout: &str, icon: Option<&str>) -> String {
    let icon = icon
        .map(|icon| format!("icon: {icon}\n"))
        .unwrap_or_default();
    format!("---\nlayout: {layout}\n{icon}---\n\n")
}

fn heading(level: usize, text: &str) -> String {
    format!(
        "{} {}\n",
        "#".repeat(level),
        article::escape_markdown(&one_line(text))
    )
}

fn points(points: &[Point]) -> String {
    let mut res = String::new();
    for point in points {
        let lead = point.text.get(point.lead.clone()).unwrap_or_default();
        let before = point.text.get(..point.lead.start).unwrap_or_default();
        let behind = point.text.get(point.lead.end..).unwrap_or_default();
        let escaped = |text: &str| article::escape_markdown(text);
        let text = if lead.trim().is_empty() {
            escaped(&point.text)
        } else {
            format!(
                "{}**{}**{}",
                escaped(before),
                escaped(lead),
                escaped(behind)
            )
        };
        res += &format!("- {}\n", one_line(&text));
    }
    if res.is_empty() {
        res
    } else {
        format!("\n{res}")
    }
}

/// The full text, behind a fence longer than any in it.
fn notes(passages: &[Passage]) -> String {
    let blocks: Vec<&str> = passages
        .iter()
        .map(|passage| passage.markdown.trim_end())
        .collect();
    if blocks.iter().all(|block| block.trim().is_empty()) {
        return String::new();
    }
    let text = blocks.join("\n\n");
    let longest = text
        .lines()
        .map(|line| line.trim_start())
        .map(|line| line.len() - line.trim_start_matches(':').len())
        .max()
        .unwrap_or(0);
    let fence = ":".repeat(longest.max(2) + 1);
    format!("\n{fence} notes\n\n{text}\n\n{fence}\n")
}

fn joined(passages: &[Passage]) -> String {
    passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
