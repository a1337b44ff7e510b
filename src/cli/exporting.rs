//! `export`: a deck becomes one file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::{Export, Notes};
use super::{Outcome, counted, printing, report, say};
use crate::export::{self, Form, Lost};
use crate::open::{Entry, Trouble};
use crate::pipeline::{Build, folder_of};
use crate::render::{Cache, without_notes};
use crate::source::Disk;

pub fn run(args: Export) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open()?;
    let build = entry.build(&Disk::default(), &wishes, &mut Cache::default());
    let outcome = report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    let by_ending = args.output.as_deref().and_then(Form::of);
    let form = args.to.or(by_ending).unwrap_or(Form::Html);
    let path = args
        .output
        .unwrap_or_else(|| PathBuf::from(format!("{}.{}", entry.name(), form.name())));
    let notes = args.notes.map(Notes::wanted);
    printing::refuse(form, &args.printing, notes)?;
    if path.as_os_str() != "-" {
        guard(&path, &entry, &build, args.force)?;
    }
    let mut slides: Vec<usize> = (0..build.pages.order.len()).collect();
    let mut steps = false;
    let bytes = match form {
        Form::Html => {
            let pages = match notes {
                Some(export::Notes::Off) => {
                    &without_notes(&build.plan, &build.pages, &mut Cache::default())
                }
                Some(_) | None => &*build.pages,
            };
            export::html_for(pages, Some(&folder_of(&path))).into_bytes()
        }
        Form::Pdf => {
            let printed = printing::pdf(&build, &args.printing, notes)?;
            (slides, steps) = (printed.slides, printed.steps);
            printed.bytes
        }
        Form::Md => {
            let folder = folder_of(&path);
            let place = |href: &str| export::seen_from(&folder, build.folder(), href);
            export::markdown(&build.plan, notes.unwrap_or(export::Notes::On), &place).into_bytes()
        }
        Form::Txt => export::plain(&build.plan, notes.unwrap_or(export::Notes::On)).into_bytes(),
    };
    if path.as_os_str() == "-" {
        std::io::stdout()
            .write_all(&bytes)
            .context("cannot write to standard output")?;
        return Ok(outcome);
    }
    export::write(&path, &bytes)?;
    let n_slides = counted(slides.len(), "slide", "slides");
    say(&format!(
        "{}: {n_slides}, {} KB",
        path.display(),
        bytes.len().div_ceil(1000)
    ));
    tell(&export::lost(&build.plan, form, steps, &slides));
    // The system takes all memory at once; taking a deck of a thousand slides
    // apart takes as long as checking it.
    std::mem::forget(build);
    Ok(outcome)
}

/// Says what is not in an export, and on which slides.
fn tell(lost: &[Lost]) {
    if lost.is_empty() {
        return;
    }
    say("It does not carry:");
    for Lost { what, slides } in lost {
        let word = if slides.len() == 1 { "slide" } else { "slides" };
        say(&format!("  {what} ({word} {})", ranges(slides)));
    }
}

/// Numbers in their order as `1, 3-5`.
fn ranges(numbers: &[usize]) -> String {
    let mut res: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match res.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => res.push((*number, *number)),
        }
    }
    let one = |(first, last): (usize, usize)| match last - first {
        0 => format!("{first}"),
        1 => format!("{first}, {last}"),
        _ => format!("{first}-{last}"),
    };
    res.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Refuses to write what would cost the author something.
fn guard(path: &Path, entry: &Entry, build: &Build, force: bool) -> Result<(), Trouble> {
    let real = path.canonicalize().ok();
    let is_target = |source: &Path| real.is_some() && source.canonicalize().ok() == real;
    if is_target(entry.path()) || build.sources.iter().any(|source| is_target(&source.path)) {
        return Err(Trouble {
            what: format!("`{}` is what the deck is made of", path.display()),
            help: "name another file with `-o`".into(),
        });
    }
    if !force && !export::may_replace(path) {
        return Err(Trouble {
            what: format!("`{}` is there already and is not an export", path.display()),
            help: "name another file with `-o`, or replace it with `--force`".into(),
        });
    }
    Ok(())
}
