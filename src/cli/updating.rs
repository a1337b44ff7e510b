//! `import --update`: a deck is brought in step with its article.

use std::path::Path;

use super::args::{Amount, Import};
use super::importing::{AMOUNT, BASE, copy_pictures, is_itself, write_base};
use super::{Outcome, counted, say};
use crate::export;
use crate::import::Imported;
use crate::import::update::{Change, Fate, File, steps, update};
use crate::open::Trouble;
use crate::pipeline::is_slide_file;
use crate::source::{Disk, Files};

/// Where the new texts lie until all of them are written.
const STAGE: &str = ".deckle/update";

/// How much of the article the deck in a folder was made of the last time.
///
/// # Errors
/// If somebody has made the file that says it unreadable.
pub fn last_amount(folder: &Path) -> Result<Amount, Trouble> {
    let path = folder.join(AMOUNT);
    let Ok(bytes) = Disk::default().read(&path) else {
        return Ok(Amount::default());
    };
    serde_json::from_slice(&bytes).map_err(|error| Trouble {
        what: format!("cannot read `{}`: {error}", path.display()),
        help: "remove it, and give the options of the import again".into(),
    })
}

pub fn run(
    args: &Import,
    amount: &Amount,
    folder: &Path,
    imported: &Imported,
) -> anyhow::Result<Outcome> {
    let base_folder = folder.join(BASE);
    if Disk::default().list(&base_folder).is_none() {
        return Err(Trouble {
            what: format!("`{}` does not say what an import wrote", folder.display()),
            help: "import into a new folder with `-o`; from then on `--update` works there".into(),
        }
        .into());
    }
    let stage = folder.join(STAGE);
    if stage.exists() {
        return Err(Trouble {
            what: format!(
                "an update was cut off; its texts lie in `{}`",
                stage.display()
            ),
            help: "compare them with the slides, then remove that folder".into(),
        }
        .into());
    }
    refuse_edited_copies(args, folder, imported)?;
    let base = texts(&base_folder)?;
    let own = texts(folder)?;
    let changes = update(&base, &own, &imported.files);
    report(folder, &changes, own.len());
    if args.dry_run {
        say("Nothing was written.");
        return Ok(Outcome::Clean);
    }
    let (files, gone) = steps(&changes);
    export::replace(folder, &stage, &files, &gone)?;
    copy_pictures(&args.articles, folder, imported)?;
    write_base(args, amount, folder, imported)?;
    Ok(Outcome::Clean)
}

/// The slide files of a folder in their order.
fn texts(folder: &Path) -> Result<Vec<File>, Trouble> {
    let disk = Disk::default();
    let paths = disk.list(folder).unwrap_or_default();
    let slides = paths.into_iter().filter(|path| is_slide_file(path));
    slides
        .map(|path| {
            let trouble = |what: String| Trouble {
                what,
                help: "save it as UTF-8; nothing was written".into(),
            };
            let bytes = disk
                .read(&path)
                .map_err(|error| trouble(format!("cannot read `{}`: {error}", path.display())))?;
            let text = String::from_utf8(bytes.to_vec())
                .map_err(|_| trouble(format!("`{}` is not UTF-8", path.display())))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok((name.into_owned(), text))
        })
        .collect()
}

/// The copy of the article in the deck's folder may have been edited, and the
/// article itself as well: only the author knows which of them holds.
fn refuse_edited_copies(args: &Import, folder: &Path, imported: &Imported) -> Result<(), Trouble> {
    let disk = Disk::default();
    for (name, bytes) in &imported.copies {
        let copy = folder.join(name);
        let (Ok(there), Ok(base)) = (disk.read(&copy), disk.read(&folder.join(BASE).join(name)))
        else {
            continue;
        };
        let is_edited = there != base && *there != bytes[..];
        if is_edited && !is_itself(&args.articles, &copy) && !args.force {
            return Err(Trouble {
                what: format!(
                    "`{}` has been edited in the deck\u{2019}s folder",
                    copy.display()
                ),
                help: format!(
                    "update from it with `deckle import --update {} -o {}`, or replace it with `--force`",
                    copy.display(),
                    folder.display()
                ),
            });
        }
    }
    Ok(())
}

fn report(folder: &Path, changes: &[Change], n_own: usize) {
    let mut n_same = n_own;
    let mut lines = Vec::new();
    for change in changes {
        let before = change.before.as_deref().unwrap_or_default();
        let name = change.name.as_deref().unwrap_or(before);
        let is_renamed = change.before.is_some() && change.name.is_some() && before != name;
        let was = if is_renamed {
            format!(" (was {before})")
        } else {
            String::new()
        };
        let text = match change.fate {
            Fate::Same | Fate::Moved if !is_renamed => continue,
            Fate::Same | Fate::Moved => format!("renamed:   {name}{was}"),
            Fate::Refreshed => format!("refreshed: {name}{was}"),
            Fate::Merged(0) => format!("merged:    {name}{was}"),
            Fate::Merged(n) => {
                let changes = counted(n, "change", "changes");
                format!("merged:    {name}{was}; {changes} beside your text, look for `update:`")
            }
            Fate::Added => format!("new:       {name}"),
            Fate::Removed => format!(
                "removed:   {name}; the article no longer has it, and you had not touched it"
            ),
            Fate::Orphaned => {
                format!("kept:      {name}; the article no longer has it, but you have changed it")
            }
            Fate::Dropped => format!(
                "left away: \u{201c}{}\u{201d}; you removed its slide, and the article has changed it",
                title(&change.text)
            ),
        };
        n_same -= usize::from(change.before.is_some()).min(n_same);
        lines.push(text);
    }
    let same = counted(n_same, "file", "files");
    say(&format!("{}: {same} as before", folder.display()));
    for line in lines {
        say(&format!("  {line}"));
    }
}

/// The first heading of a slide file.
fn title(text: &str) -> &str {
    text.lines()
        .find_map(|line| line.strip_prefix("## ").or(line.strip_prefix("# ")))
        .unwrap_or_default()
}
