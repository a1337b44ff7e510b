//! What the user named: a deck, or an article that becomes one in memory.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::import;
use crate::layout::Wishes;
use crate::pipeline::{self, Build, folder_of, is_slide_file};
use crate::render::Cache;
use crate::source::{FileError, Files, Overlay, text_of};

/// What the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A Markdown file or a folder of them.
    Deck(PathBuf),
    /// A text that is imported in memory, as wished.
    Article(PathBuf, import::Wishes),
}

/// Why nothing can be opened: what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Trouble {}

impl From<import::Refusal> for Trouble {
    fn from(refusal: import::Refusal) -> Trouble {
        trouble(refusal.what, refusal.help)
    }
}

fn trouble(what: impl Into<String>, help: impl Into<String>) -> Trouble {
    Trouble {
        what: what.into(),
        help: help.into(),
    }
}

/// Names of a deck that need not be said.
const USUAL: [&str; 3] = ["deck.md", "slides.md", "slides"];

impl Entry {
    /// Finds what a path means; without one, the deck of the current folder.
    ///
    /// # Errors
    /// If there is nothing, or there are several decks to choose from.
    pub fn find(files: &dyn Files, path: Option<&Path>) -> Result<Entry, Trouble> {
        match path {
            Some(path) => Entry::at(files, path),
            None => Entry::usual(files),
        }
    }

    fn at(files: &dyn Files, path: &Path) -> Result<Entry, Trouble> {
        if files.list(path).is_some() {
            return Ok(Entry::Deck(path.to_path_buf()));
        }
        let bytes = files.read(path).map_err(|error| {
            let help =
                "give the path of a deck (a Markdown file or a folder of them) or of an article";
            trouble(format!("cannot read `{}`: {error}", path.display()), help)
        })?;
        if let Some((what, help)) = import::unreadable(&bytes) {
            return Err(trouble(
                format!("`{}` is {what}, which cannot be read", path.display()),
                help,
            ));
        }
        if import::is_article_name(path) || import::is_article(&text_of(&bytes)) {
            if bytes.len() > import::max_bytes(&bytes) {
                return Err(trouble(
                    format!(
                        "cannot read `{}`: {}",
                        path.display(),
                        FileError::TooLong(import::max_bytes(&bytes))
                    ),
                    "give the part of it that the talk is about; no talk needs more",
                ));
            }
            return Ok(Entry::Article(
                path.to_path_buf(),
                import::Wishes::default(),
            ));
        }
        Ok(Entry::Deck(path.to_path_buf()))
    }

    fn usual(files: &dyn Files) -> Result<Entry, Trouble> {
        for name in USUAL {
            let path = Path::new(name);
            let Some(inside) = files.list(path) else {
                if files.read(path).is_ok() {
                    return Ok(Entry::Deck(path.to_path_buf()));
                }
                continue;
            };
            if inside.iter().any(|file| is_slide_file(file)) {
                return Ok(Entry::Deck(path.to_path_buf()));
            }
            let is_deck = |folder: &&PathBuf| {
                files
                    .list(folder)
                    .is_some_and(|names| names.iter().any(|file| is_slide_file(file)))
            };
            let decks: Vec<&PathBuf> = inside.iter().filter(is_deck).collect();
            match decks.as_slice() {
                [] => {}
                [deck] => return Ok(Entry::Deck(deck.to_path_buf())),
                [first, ..] => {
                    let help = format!("name the one you mean, such as `{}`", first.display());
                    return Err(trouble(
                        format!("there are {} decks in `{name}`", decks.len()),
                        help,
                    ));
                }
            }
        }
        Err(trouble(
            "there is no deck in this folder",
            "name a deck or an article, or write `deck.md`; an article becomes a deck with `deckle import`",
        ))
    }

    /// The same article, imported as wished; a deck stays as it is.
    ///
    /// # Errors
    /// If the wishes cannot be met: they name a heading that is not there, or
    /// are for an article and this is a deck.
    pub fn wishing(self, files: &dyn Files, wishes: import::Wishes) -> Result<Entry, Trouble> {
        if wishes == import::Wishes::default() {
            return Ok(self);
        }
        let Entry::Article(path, _) = self else {
            return Err(trouble(
                format!(
                    "`{}` is a deck, and not made of an article",
                    self.path().display()
                ),
                "leave out the options for articles, or name the article",
            ));
        };
        if let Ok(bytes) = files.read(&path) {
            let text = import::Text {
                path: &path,
                bytes: &bytes,
            };
            import::import_all(&[text], &wishes)?;
        }
        Ok(Entry::Article(path, wishes))
    }

    /// The path the user would recognise.
    pub fn path(&self) -> &Path {
        match self {
            Entry::Deck(path) | Entry::Article(path, _) => path,
        }
    }

    /// The name of the deck when it does not say one: that of its file or folder.
    pub fn name(&self) -> String {
        let path = self.path();
        // `.` has no name of its own.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // A folder `talk-1.2` keeps its whole name; only the endings of texts go.
        let name = match name.rsplit_once('.') {
            Some((stem, ending)) if is_text_ending(ending) && !stem.is_empty() => stem.to_string(),
            Some(_) | None => name,
        };
        if name.is_empty() { "deck".into() } else { name }
    }

    /// Builds it. A deck from memory has its pictures beside the article.
    pub fn build(&self, files: &dyn Files, wishes: &Wishes, cache: &mut Cache) -> Build {
        let (path, wanted) = match self {
            Entry::Deck(path) => return pipeline::build(files, path, wishes, cache),
            Entry::Article(path, wanted) => (path, wanted),
        };
        match files.read(path) {
            Ok(bytes) => {
                let folder = folder_of(path);
                let text = import::Text {
                    path,
                    bytes: &bytes,
                };
                // A heading may vanish while an article is watched: then all is shown.
                let imported = import::import_all(&[text], wanted)
                    .unwrap_or_else(|_| import::import(path, &bytes));
                if imported.files.is_empty() {
                    // The pipeline says that it is empty.
                    return pipeline::build(files, path, wishes, cache);
                }
                let memory = imported.in_memory(&folder);
                pipeline::build(
                    &Overlay {
                        front: &memory,
                        back: files,
                    },
                    &folder,
                    wishes,
                    cache,
                )
            }
            // The pipeline says why it cannot be read.
            Err(_) => pipeline::build(files, path, wishes, cache),
        }
    }
}

fn is_text_ending(ending: &str) -> bool {
    let ending = ending.to_ascii_lowercase();
    matches!(
        ending.as_str(),
        "md" | "markdown" | "txt" | "text" | "html" | "htm" | "xhtml" | "epub" | "docx"
    )
}
