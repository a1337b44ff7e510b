//! `import`: an article becomes a folder of slides.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::args::{Amount, Import};
use super::{Outcome, counted, reporting, say, updating};
use crate::export;
use crate::import::{self, Imported, Text};
use crate::open::Trouble;
use crate::source::{Content, Disk, FileError, Files};

/// Where a deck keeps what an import wrote: hidden, so that it is no slide.
pub const BASE: &str = ".deckle/base";

/// Where it keeps how much of the article was wished for, if anything was said.
pub const AMOUNT: &str = ".deckle/import.json";

pub fn run(args: &Import) -> anyhow::Result<Outcome> {
    let texts = read_all(&args.articles)?;
    let given: Vec<Text> = args
        .articles
        .iter()
        .zip(&texts)
        .map(|(path, bytes)| Text { path, bytes })
        .collect();
    for text in &given {
        if let Some((what, help)) = import::unreadable(text.bytes) {
            return Err(Trouble {
                what: format!("`{}` is {what}, which cannot be read", text.path.display()),
                help: help.into(),
            }
            .into());
        }
    }
    let imported_as =
        |amount: &Amount| import::import_all(&given, &amount.wishes()).map_err(Trouble::from);
    let mut amount = args.amount.clone();
    let mut imported = imported_as(&amount)?;
    let first = &args.articles[0];
    if imported.files.is_empty() {
        return Err(Trouble {
            what: format!("there is no text in `{}`", first.display()),
            help: "give an article as plain text, Markdown, HTML, EPUB or DOCX".into(),
        }
        .into());
    }
    let folder = args
        .output
        .clone()
        .unwrap_or_else(|| import::folder_name(first, &imported));
    if args.update {
        // Who says nothing means as much as the last time.
        if amount == Amount::default() {
            amount = updating::last_amount(&folder)?;
            imported = imported_as(&amount)?;
        }
        return updating::run(args, &amount, &folder, &imported);
    }
    if !args.force && !args.dry_run {
        refuse_to_overwrite(&args.articles, &folder, &imported)?;
    }
    if !args.dry_run {
        export::make_folder(&folder)?;
        export::write_all(&folder, &slides(&imported).collect::<Vec<_>>())?;
        for (path, bytes) in &imported.embedded {
            write_picture(&folder.join(path), bytes)?;
        }
        copy_pictures(&args.articles, &folder, &imported)?;
        write_base(args, &amount, &folder, &imported)?;
    }
    if args.report {
        reporting::print(&imported);
    }
    let factors = counted(imported.n_factors, "factor", "factors");
    let files = counted(imported.files.len(), "file", "files");
    say(&format!("{}: {files}, {factors}", folder.display()));
    if imported.n_beyond > 0 {
        let more = counted(imported.n_beyond, "more factor has", "more factors have");
        say(&format!(
            "  {more} no slide: no talk has so many; the text is in the notes of the last one before"
        ));
    }
    if let Some(n_slides) = imported.shared {
        let slides = counted(n_slides, "slide", "slides");
        say(&format!(
            "  there was no room for one slide each: {slides} for {factors}"
        ));
    }
    if !args.report {
        summarise(&imported);
    }
    for path in other_slides(&folder, &imported) {
        say(&format!(
            "  was there before and is part of the deck: {}",
            path.display()
        ));
    }
    match args.dry_run {
        true => say("Nothing was written."),
        false => say(&format!(
            "Show it with: deckle present {}",
            folder.display()
        )),
    }
    Ok(Outcome::Clean)
}

/// What was found and what was left out, in a few lines.
fn summarise(imported: &Imported) {
    for title in &imported.inferred {
        say(&format!("  a heading was missing; from the text: {title}"));
    }
    for text in &imported.leftovers {
        say(&format!(
            "  left out: {}",
            text.chars().take(70).collect::<String>()
        ));
    }
}

/// Names and bytes of the slides that were made.
fn slides(imported: &Imported) -> impl Iterator<Item = (&str, &[u8])> {
    let files = imported.files.iter();
    files.map(|(name, text)| (name.as_str(), text.as_bytes()))
}

/// Whether a path has one of some names.
fn is_among(path: &Path, names: &HashSet<&str>) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| names.contains(name))
}

/// Slides in the folder that this import did not write.
fn other_slides(folder: &Path, imported: &Imported) -> Vec<PathBuf> {
    let names: HashSet<&str> = slides(imported).map(|(name, _)| name).collect();
    let is_other = |path: &PathBuf| crate::pipeline::is_slide_file(path) && !is_among(path, &names);
    Disk::default()
        .list(folder)
        .unwrap_or_default()
        .into_iter()
        .filter(is_other)
        .collect()
}

/// A deck may have been edited since: what is there stays, all of it. Slides
/// under other names would also turn up in the new deck.
fn refuse_to_overwrite(
    articles: &[PathBuf],
    folder: &Path,
    imported: &Imported,
) -> Result<(), Trouble> {
    let Some(names) = Disk::default().list(folder) else {
        if folder.exists() {
            return Err(Trouble {
                what: format!("`{}` is a file", folder.display()),
                help: "name a folder with `-o`".into(),
            });
        }
        return Ok(());
    };
    let files: HashSet<&str> = slides(imported).map(|(name, _)| name).collect();
    let is_named = |path: &&PathBuf| {
        let is_copy = imported.copies.iter().any(|(name, _)| path.ends_with(name));
        is_among(path, &files) || is_copy && !is_itself(articles, path)
    };
    let has_base = Disk::default().list(&folder.join(BASE)).is_some();
    match names.iter().find(is_named).or_else(|| {
        names
            .iter()
            .find(|path| crate::pipeline::is_slide_file(path))
    }) {
        Some(path) => Err(Trouble {
            what: format!(
                "`{}` is there already, and nothing was written",
                path.display()
            ),
            help: match has_base {
                true => {
                    "bring it in step with the article by `--update`, name another folder with \
                         `-o`, or replace the slides with `--force`"
                }
                false => "name another folder with `-o`, or replace the slides with `--force`",
            }
            .into(),
        }),
        None => Ok(()),
    }
}

/// Whether a path is one of the articles, by whatever name.
pub fn is_itself(articles: &[PathBuf], path: &Path) -> bool {
    let Ok(real) = path.canonicalize() else {
        return false;
    };
    let mut articles = articles.iter();
    articles.any(|article| article.canonicalize().is_ok_and(|article| article == real))
}

/// Copies the article beside its slides, and writes down what was imported, so
/// that an update can tell the author's edits from the article's. Files of an
/// older import are taken away first.
pub fn write_base(
    args: &Import,
    amount: &Amount,
    folder: &Path,
    imported: &Imported,
) -> anyhow::Result<()> {
    let base = folder.join(BASE);
    let copies = imported
        .copies
        .iter()
        .map(|(name, bytes)| (name.as_str(), &bytes[..]));
    let all: Vec<(&str, &[u8])> = slides(imported).chain(copies.clone()).collect();
    let names: HashSet<&str> = all.iter().map(|(name, _)| *name).collect();
    export::make_folder(&base)?;
    for path in Disk::default().list(&base).unwrap_or_default() {
        if !is_among(&path, &names) {
            export::remove(&path)?;
        }
    }
    export::write_all(&base, &all)?;
    if *amount == Amount::default() {
        export::remove(&folder.join(AMOUNT))?;
    } else {
        let json = serde_json::to_string_pretty(amount)?;
        export::write(&folder.join(AMOUNT), (json + "\n").as_bytes())?;
    }
    for (name, bytes) in copies {
        let copy = folder.join(name);
        if !is_itself(&args.articles, &copy) {
            export::write(&copy, bytes)?;
        }
    }
    Ok(())
}

/// Copies the pictures of articles into their deck; one that is not there is
/// reported when the deck is shown.
pub fn copy_pictures(
    articles: &[PathBuf],
    folder: &Path,
    imported: &Imported,
) -> anyhow::Result<()> {
    let disk = Disk::default();
    for picture in &imported.pictures {
        let article = &articles[picture.article];
        if article.as_os_str() == "-" {
            continue;
        }
        let root = crate::pipeline::folder_of(article);
        let target = crate::source::within(folder, &picture.to);
        if let (Ok(bytes), Ok(target)) = (disk.read_within(&root, &picture.from), target) {
            write_picture(&target, &bytes)?;
        }
    }
    Ok(())
}

/// The bytes of all articles. A longer one than an import takes is refused
/// before it is in memory, whether it comes from a file or a pipe.
fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<Content>> {
    let disk = Disk::default();
    let is_stdin = |path: &&PathBuf| path.as_os_str() == "-";
    if paths.iter().filter(is_stdin).count() > 1 {
        return Err(Trouble {
            what: "standard input can be read only once".into(),
            help: "write `-` once".into(),
        }
        .into());
    }
    let mut res = Vec::with_capacity(paths.len());
    for path in paths {
        let read = if path.as_os_str() == "-" {
            crate::source::bounded(std::io::stdin(), 0, crate::source::MAX_BYTES)
        } else {
            disk.read(path)
        };
        let read = read.and_then(|bytes| match import::max_bytes(&bytes) {
            most if bytes.len() > most => Err(FileError::TooLong(most)),
            _ => Ok(bytes),
        });
        res.push(read.map_err(|error| unreadable(path, &error))?);
    }
    Ok(res)
}

fn unreadable(path: &Path, error: &FileError) -> Trouble {
    let help = match error {
        FileError::TooLong(_) => "give the part of it that the talk is about; no talk needs more",
        _ => "give the path of an article, or `-` for standard input",
    };
    let name = match path.as_os_str() == "-" {
        true => "standard input".into(),
        false => format!("`{}`", path.display()),
    };
    Trouble {
        what: format!("cannot read {name}: {error}"),
        help: help.into(),
    }
}

/// Writes a picture into a deck; one that is there stays.
fn write_picture(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if target.exists() {
        return Ok(());
    }
    export::make_folder(&crate::pipeline::folder_of(target))?;
    export::write(target, bytes)
}
