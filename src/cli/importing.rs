//! `import`: an article becomes a folder of slides.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use super::args::Import;
use super::{Outcome, counted, say};
use crate::export;
use crate::import::{self, Imported};
use crate::open::Trouble;
use crate::source::{Disk, Files};

/// Bytes that are read of standard input, which may never end.
const MAX_INPUT: u64 = 256 * 1024 * 1024;

pub fn run(args: &Import) -> anyhow::Result<Outcome> {
    let from_stdin = args.article.as_os_str() == "-";
    let bytes = if from_stdin {
        let mut bytes = Vec::new();
        std::io::stdin()
            .take(MAX_INPUT)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        Arc::from(bytes)
    } else {
        Disk::default()
            .read(&args.article)
            .map_err(|error| Trouble {
                what: format!("cannot read `{}`: {error}", args.article.display()),
                help: "give the path of an article, or `-` for standard input".into(),
            })?
    };
    if let Some((what, help)) = import::unreadable(&bytes) {
        return Err(Trouble {
            what: format!(
                "`{}` is {what}, which cannot be read",
                args.article.display()
            ),
            help: help.into(),
        }
        .into());
    }
    let imported = import::import(&args.article, &bytes);
    if imported.files.is_empty() {
        return Err(Trouble {
            what: format!("there is no text in `{}`", args.article.display()),
            help: "give an article as plain text, Markdown, HTML, EPUB or DOCX".into(),
        }
        .into());
    }
    let folder = args
        .output
        .clone()
        .unwrap_or_else(|| import::folder_name(&args.article, &imported));
    if !args.force {
        refuse_to_overwrite(&folder, &imported)?;
    }
    export::make_folder(&folder)?;
    for (name, text) in &imported.files {
        export::write(&folder.join(name), text.as_bytes())?;
    }
    for (path, bytes) in &imported.embedded {
        write_picture(&folder.join(path), bytes)?;
    }
    if !from_stdin {
        copy_pictures(&args.article, &folder, &imported)?;
    }
    let factors = counted(imported.n_factors, "factor", "factors");
    say(&format!(
        "{}: {} files, {factors}",
        folder.display(),
        imported.files.len()
    ));
    for title in &imported.inferred {
        say(&format!("  a heading was missing; from the text: {title}"));
    }
    for text in &imported.leftovers {
        say(&format!(
            "  left out: {}",
            text.chars().take(70).collect::<String>()
        ));
    }
    for path in other_slides(&folder, &imported) {
        say(&format!(
            "  was there before and is part of the deck: {}",
            path.display()
        ));
    }
    say(&format!(
        "Show it with: deckle present {}",
        folder.display()
    ));
    Ok(Outcome::Clean)
}

/// Slides in the folder that this import did not write.
fn other_slides(folder: &Path, imported: &Imported) -> Vec<PathBuf> {
    let is_other = |path: &PathBuf| {
        crate::pipeline::is_slide_file(path)
            && !imported.files.iter().any(|(name, _)| path.ends_with(name))
    };
    Disk::default()
        .list(folder)
        .unwrap_or_default()
        .into_iter()
        .filter(is_other)
        .collect()
}

/// A deck may have been edited since: what is there stays, all of it. Slides
/// under other names would also turn up in the new deck.
fn refuse_to_overwrite(folder: &Path, imported: &Imported) -> Result<(), Trouble> {
    let Some(names) = Disk::default().list(folder) else {
        if folder.exists() {
            return Err(Trouble {
                what: format!("`{}` is a file", folder.display()),
                help: "name a folder with `-o`".into(),
            });
        }
        return Ok(());
    };
    let is_named = |path: &&PathBuf| imported.files.iter().any(|(name, _)| path.ends_with(name));
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
            help: "name another folder with `-o`, or replace the slides with `--force`".into(),
        }),
        None => Ok(()),
    }
}

/// Copies the pictures of an article into its deck; one that is not there is
/// reported when the deck is shown.
fn copy_pictures(article: &Path, folder: &Path, imported: &Imported) -> anyhow::Result<()> {
    let disk = Disk::default();
    let root = crate::pipeline::folder_of(article);
    for href in &imported.pictures {
        let target = crate::source::within(folder, href);
        if let (Ok(bytes), Ok(target)) = (disk.read_within(&root, href), target) {
            write_picture(&target, &bytes)?;
        }
    }
    Ok(())
}

/// Writes a picture into a deck; one that is there stays.
fn write_picture(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if target.exists() {
        return Ok(());
    }
    export::make_folder(&crate::pipeline::folder_of(target))?;
    export::write(target, bytes)
}
