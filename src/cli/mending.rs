//! `check --fix`: what can be mended safely is shown, and then written.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::Mending;
use super::checking::Desk;
use super::{counted, wants_colour};
use crate::compare::unified;
use crate::diag::mend;
use crate::export;
use crate::open::{Entry, Trouble};
use crate::source::{Content, Disk, FileError, Files, within};

/// A mended text may show another thing to mend; after so many rounds that
/// would be a fault of ours.
const MAX_ROUNDS: usize = 8;

/// Shows what can be mended, asks unless told not to, and writes it.
pub fn run(desk: &Desk, wishes: &Mending) -> anyhow::Result<()> {
    if let Entry::Article(path, _) = desk.entry {
        return Err(Trouble {
            what: format!(
                "`{}` is an article, and only a deck is mended",
                path.display()
            ),
            help: "make a deck of it with `deckle import`".into(),
        }
        .into());
    }
    let disk = Disk::default();
    let mut mended = Mended {
        disk: &disk,
        texts: BTreeMap::new(),
    };
    let mut n_mended = 0;
    for _ in 0..MAX_ROUNDS {
        let n = round(desk, &mut mended)?;
        n_mended += n;
        if n == 0 {
            break;
        }
    }
    if n_mended == 0 {
        desk.tell("There is nothing that can be mended safely.");
        return Ok(());
    }
    for (path, bytes) in &mended.texts {
        let before = disk.read(path).map_err(|error| gone(path, &error))?;
        let (before, after) = (text(&before), text(bytes));
        let name = path.display().to_string();
        desk.tell(unified(&name, &before, &after, wants_colour()).trim_end());
    }
    let what = counted(n_mended, "finding", "findings");
    if wishes.dry_run {
        desk.tell(&format!("{what} can be mended; nothing was written."));
        return Ok(());
    }
    if !wishes.yes && !agreed(&what) {
        desk.tell("Nothing was written; `--yes` writes it without asking.");
        return Ok(());
    }
    for (path, bytes) in &mended.texts {
        export::write(path, bytes)?;
    }
    let files = counted(mended.texts.len(), "file", "files");
    desk.tell(&format!("{what} mended in {files}."));
    Ok(())
}

/// Mends once; returns how many findings that were.
fn round(desk: &Desk, mended: &mut Mended) -> anyhow::Result<usize> {
    let (build, _) = desk.build_unmeasured(mended)?;
    let mut n_mended = 0;
    for source in build.sources.iter() {
        let (edits, n) = mend::plan(&build.diagnostics, &build.sources, source.id);
        if n == 0 {
            continue;
        }
        // A theme that comes with the program has no file.
        let Ok(bytes) = mended.read(&source.path) else {
            continue;
        };
        let Some(bytes) = mend::applied(source.text(), &bytes, &edits) else {
            continue;
        };
        mended.texts.insert(source.path.clone(), bytes.into());
        n_mended += n;
    }
    Ok(n_mended)
}

fn agreed(what: &str) -> bool {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return false;
    }
    let _ = write!(std::io::stdout(), "Mend {what}? [y/N] ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    matches!(answer.trim(), "y" | "Y" | "yes")
}

fn gone(path: &Path, error: &FileError) -> Trouble {
    Trouble {
        what: format!("cannot read `{}`: {error}", path.display()),
        help: "run the command again".into(),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The files of a deck with those that are mended in front of them.
struct Mended<'a> {
    disk: &'a Disk,
    texts: BTreeMap<PathBuf, Content>,
}

impl Files for Mended<'_> {
    fn read(&self, path: &Path) -> Result<Content, FileError> {
        match self.texts.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.disk.read(path),
        }
    }

    fn list(&self, folder: &Path) -> Option<Vec<PathBuf>> {
        self.disk.list(folder)
    }

    fn read_within(&self, root: &Path, relative: &str) -> Result<Content, FileError> {
        match self.texts.get(&within(root, relative)?) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.disk.read_within(root, relative),
        }
    }
}
