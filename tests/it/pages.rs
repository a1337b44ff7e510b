//! Saved web pages in, decks out: each page of `tests/pages` goes through the
//! real program, and what a reader wrote beside it must hold. So do the e-books
//! and documents of `tests/books`, which lie there unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use deckle::diag::Severity;
use deckle::open::Entry;
use deckle::render::Cache;
use deckle::source::Disk;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{deck_below, deckle, files_below, folder_with, root};

const PAGES: &str = "tests/pages";
const BOOKS: &str = "tests/books";

/// What a deck must be, as `NAME.expected` says it: a sentence, then lines of
/// `key: value`, any number of each.
struct Expected(Vec<(String, String)>);

impl Expected {
    fn read(text: &str) -> Expected {
        let mut lines = text.lines();
        let first = lines.next().unwrap();
        assert!(first.starts_with("We "), "the first line says what we do");
        let pairs = lines.filter(|line| !line.is_empty()).map(|line| {
            let (key, value) = line.split_once(": ").unwrap();
            (key.to_string(), value.to_string())
        });
        Expected(pairs.collect())
    }

    fn all(&self, key: &str) -> Vec<&str> {
        let of_key = self.0.iter().filter(|(other, _)| other == key);
        of_key.map(|(_, value)| value.as_str()).collect()
    }
}

/// An imported deck, taken apart.
#[derive(Default)]
struct Deck {
    /// The Markdown of all files.
    raw: String,
    /// The first slide's front matter.
    settings: BTreeMap<String, String>,
    /// The titles of the factors in their order.
    sections: Vec<String>,
    /// The Markdown of each slide, without its notes.
    slides: Vec<String>,
    /// The words of all notes.
    notes: String,
}

impl Deck {
    fn read(files: &BTreeMap<std::path::PathBuf, Vec<u8>>) -> Deck {
        let mut deck = Deck::default();
        for (path, bytes) in files {
            if path.extension().is_some_and(|ending| ending == "md") {
                deck.add(&String::from_utf8(bytes.clone()).unwrap());
            }
        }
        deck
    }

    fn add(&mut self, text: &str) {
        let front = text.split("\n---\n").next().unwrap();
        if self.settings.is_empty() {
            let pairs = front.lines().filter_map(|line| line.split_once(": "));
            self.settings = pairs
                .map(|(key, value)| (key.into(), unquoted(value)))
                .collect();
        }
        let (first, notes, rest) = parts(text);
        if front.contains("layout: factor") {
            let title = first.lines().find_map(|line| line.strip_prefix("## "));
            self.sections.push(plain(title.unwrap()));
        }
        self.raw += text;
        self.notes += &format!(" {}", plain(notes));
        self.slides.push(first.to_string());
        let more = rest.split("\n---\n").map(str::trim);
        self.slides
            .extend(more.filter(|slide| !slide.is_empty()).map(String::from));
    }

    /// Whether a slide has a line that begins with `start` and holds each part,
    /// in order, of a value such as `cell | cell`.
    fn shows(&self, start: &str, value: &str) -> bool {
        self.slides.iter().any(|slide| {
            slide.lines().any(|line| {
                let mut rest = line;
                line.starts_with(start)
                    && value.split(" | ").all(|part| match rest.split_once(part) {
                        Some((_, behind)) => {
                            rest = behind;
                            true
                        }
                        None => false,
                    })
            })
        })
    }

    /// Whether a slide has code of a language with a line in it.
    fn shows_code(&self, value: &str) -> bool {
        let (language, line) = value.split_once(" | ").unwrap();
        self.slides.iter().any(|slide| {
            slide
                .split_once(&format!("```{language}\n"))
                .is_some_and(|(_, code)| code.contains(line))
        })
    }
}

/// A file's first slide, the notes of it, and the slides behind it.
fn parts(text: &str) -> (&str, &str, &str) {
    let fence = text
        .lines()
        .find(|line| line.ends_with(" notes") && line.starts_with(":::"));
    let Some(fence) = fence else {
        return (text, "", "");
    };
    let closing = fence.trim_end_matches(" notes");
    let (first, behind) = text.split_once(&format!("\n{fence}\n")).unwrap();
    let (notes, rest) = behind.split_once(&format!("\n{closing}\n")).unwrap();
    (first, notes, rest)
}

/// A value of the front matter as the importer may quote it.
fn unquoted(value: &str) -> String {
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    let inner: Option<&str> = inner('"').or_else(|| inner('\''));
    inner.unwrap_or(value).replace("''", "'")
}

/// The words of a Markdown text: no escapes, no strong marks, no addresses.
fn plain(text: &str) -> String {
    let mut res = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                res.extend(chars.next())
            }
            ']' if chars.peek() == Some(&'(') => while chars.next().is_some_and(|c| c != ')') {},
            '*' | '`' | '[' => {}
            _ => res.push(c),
        }
    }
    res.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page and the folder that the browser saved with it, alone in a new one.
fn saved(name: &str) -> tempfile::TempDir {
    let beside = files_below(&root().join(PAGES));
    let belongs = |path: &Path| {
        path == Path::new(&format!("{name}.html")) || path.starts_with(format!("{name}_files"))
    };
    let files: Vec<(&str, &[u8])> = beside
        .iter()
        .filter(|(path, _)| belongs(path))
        .map(|(path, bytes)| (path.to_str().unwrap(), bytes.as_slice()))
        .collect();
    folder_with(&files)
}

/// What the text of a deck says that it must not, or does not say that it must.
fn faults_of_text(deck: &Deck, expected: &Expected) -> Vec<String> {
    let mut faults = Vec::new();
    for key in ["title", "author", "lang"] {
        let found = deck.settings.get(key).map(String::as_str);
        if found != expected.all(key).first().copied() {
            faults.push(format!("{key} is {found:?}"));
        }
    }
    if deck.sections != expected.all("section") {
        faults.push(format!("sections are {:#?}", deck.sections));
    }
    let words = plain(&deck.raw);
    for never in expected.all("never") {
        if deck.raw.contains(never) || words.contains(never) {
            faults.push(format!("`{never}` is still there"));
        }
    }
    for once in expected.all("once") {
        let n = deck.notes.matches(once).count();
        if n != 1 {
            faults.push(format!("`{once}` stands {n} times in the notes"));
        }
    }
    for notes in expected.all("notes") {
        if !deck.notes.contains(notes) {
            faults.push(format!("the notes lack `{notes}`"));
        }
    }
    let shown = deck.slides.iter().flat_map(|slide| slide.lines());
    for line in shown.filter(|line| line.starts_with(['#', '-'])) {
        if line.contains("](") || line.contains("http") {
            faults.push(format!("an address is shown: {line}"));
        }
    }
    faults
}

/// Tables, code and pictures that are on no slide, pictures that were not copied.
fn faults_of_slides(deck: &Deck, expected: &Expected, folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for table in expected.all("table") {
        if !deck.shows("|", table) {
            faults.push(format!("no slide has the row `{table}`"));
        }
    }
    for code in expected.all("code") {
        if !deck.shows_code(code) {
            faults.push(format!("no slide has the code `{code}`"));
        }
    }
    for picture in expected.all("picture") {
        if !deck.shows("![", picture) {
            faults.push(format!("no slide has the picture `{picture}`"));
        }
        let path = picture.split(" | ").next().unwrap().replace("%20", " ");
        if !folder.join(&path).exists() {
            faults.push(format!("`{path}` was not copied"));
        }
    }
    let n_pictures = deck
        .slides
        .iter()
        .filter(|slide| slide.contains("!["))
        .count();
    if n_pictures != expected.all("picture").len() {
        faults.push(format!("{n_pictures} slides have a picture"));
    }
    faults
}

/// Errors of the deck, and whether the article alone shows the same.
fn faults_of_build(folder: &Path, article: &str) -> Vec<String> {
    let entry = Entry::find(&Disk::default(), Some(&folder.join("deck"))).unwrap();
    let build = entry.build(&Disk::default(), &Default::default(), &mut Cache::default());
    let mut faults: Vec<String> = build
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect();
    let alone = deckle(folder, &["export", article, "-o", "-"]);
    let deck = deckle(folder, &["export", "deck", "-o", "-"]);
    if alone.stdout.is_empty() || alone.stdout != deck.stdout {
        faults.push("the article shows something else than its import".into());
    }
    faults
}

/// Imports an article by the real program and says what does not hold.
fn faults(folder: &Path, article: &str, expected: &Path) -> String {
    let expected = Expected::read(&std::fs::read_to_string(expected).unwrap());
    let ran = deckle(folder, &["import", article, "-o", "deck"]);
    if ran.code != 0 {
        return format!("\n{article}: {}", ran.stderr);
    }
    let target = folder.join("deck");
    let deck = Deck::read(&deck_below(&target));
    let mut faults = faults_of_text(&deck, &expected);
    faults.extend(faults_of_slides(&deck, &expected, &target));
    faults.extend(faults_of_build(folder, article));
    let lines = faults.iter().map(|fault| format!("\n{article}: {fault}"));
    lines.collect()
}

/// The entries of a folder with one of these endings.
fn entries(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let has_ending = |path: &PathBuf| {
        let ending = path.extension().unwrap_or_default();
        endings.iter().any(|one| ending == *one)
    };
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut res: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    res.retain(has_ending);
    res.sort();
    res
}

/// The archive of what lies below a folder.
fn packed(folder: &Path) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files_below(folder) {
        let name = path.to_str().unwrap().replace('\\', "/");
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn of_a_saved_page_only_the_article_arrives() {
    let pages = entries(PAGES, &["html"]);
    assert!(pages.len() >= 20, "the pages were not found");
    let mut report = String::new();
    for path in pages {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let folder = saved(name);
        let page = format!("{name}.html");
        report += &faults(folder.path(), &page, &path.with_extension("expected"));
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn books_and_documents_are_articles_too() {
    let books = entries(BOOKS, &["docx", "epub"]);
    assert!(books.len() > 1, "the books were not found");
    let mut report = String::new();
    for path in books {
        let name = path.file_name().unwrap().to_str().unwrap();
        let folder = folder_with(&[(name, &packed(&path))]);
        report += &faults(folder.path(), name, &path.with_extension("expected"));
    }
    assert!(report.is_empty(), "{report}");
}
