//! `export`: a deck becomes one file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::{self, Export, PageArgs};
use super::{Outcome, counted, report, say, tell};
use crate::export::{self, Form, Notes, Weight};
use crate::open::{Entry, Trouble};
use crate::pipeline::{Build, folder_of};
use crate::render::{Cache, Pages, without_notes};
use crate::source::Disk;

pub fn run(args: Export) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open()?;
    let mut cache = Cache::default();
    let build = entry.build(&Disk::default(), &wishes, &mut cache);
    let outcome = report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    let by_ending = args.output.as_deref().and_then(Form::of);
    let form = args.to.or(by_ending).unwrap_or(Form::Html);
    let path = args
        .output
        .unwrap_or_else(|| PathBuf::from(format!("{}.{}", entry.name(), form.name())));
    let notes = args.notes.map(args::Notes::wanted);
    let (bytes, weights) = match form {
        Form::Html => {
            let pages = page(&build, &mut cache, notes, &args.page)?;
            let html = export::html_for(&pages, Some(&folder_of(&path)));
            let weigh = || export::weigh(&html, &pages, &build.plan.frames);
            let weights = args.page.report.then(weigh).unwrap_or_default();
            (html.into_bytes(), weights)
        }
    };
    if path.as_os_str() == "-" {
        std::io::stdout()
            .write_all(&bytes)
            .context("cannot write to standard output")?;
    } else {
        put(&path, &bytes, &entry, &build, args.force)?;
        let slides = counted(build.pages.order.len(), "slide", "slides");
        let kilobytes = bytes.len().div_ceil(1000);
        say(&format!("{}: {slides}, {kilobytes} KB", path.display()));
    }
    // Standard output may be the file itself.
    for line in table(&weights) {
        tell(&line);
    }
    Ok(within(outcome, bytes.len(), args.page.budget))
}

/// The deck as it is wanted in HTML.
fn page(
    build: &Build,
    cache: &mut Cache,
    notes: Option<Notes>,
    args: &PageArgs,
) -> anyhow::Result<Pages> {
    let mut pages = match notes {
        None | Some(Notes::On) => Pages::clone(&build.pages),
        Some(Notes::Off) => without_notes(&build.plan, &build.pages, cache),
        Some(Notes::Only) => {
            return Err(Trouble {
                what: "HTML holds slides, with notes or without".into(),
                help: "say `--notes off`, or write another format with `--to`".into(),
            }
            .into());
        }
    };
    export::slim(&mut pages);
    if let Some(url) = &args.url {
        pages.head.url.clone_from(url);
    }
    Ok(pages)
}

/// The parts of a file and what they weigh, one a line.
fn table(weights: &[Weight]) -> Vec<String> {
    let all: usize = weights.iter().map(|weight| weight.bytes).sum();
    let line = |what: &str, bytes: usize| {
        let percent = 100.0 * bytes as f64 / all as f64;
        format!("{:>9.1} KB {percent:>4.0} %  {what}", bytes as f64 / 1000.0)
    };
    let mut res: Vec<String> = weights
        .iter()
        .map(|weight| line(&weight.what, weight.bytes))
        .collect();
    if !res.is_empty() {
        res.push(line("in all", all));
    }
    res
}

/// How an export counts that may weigh no more than so much.
fn within(outcome: Outcome, bytes: usize, budget: Option<u64>) -> Outcome {
    let Some(budget) = budget.filter(|budget| bytes as u64 > *budget) else {
        return outcome;
    };
    let kilobytes = |bytes: u64| bytes.div_ceil(1000);
    tell(&format!(
        "warning: the file has {} KB, {} more than its budget of {} KB\nhelp: `--report` says what \
         of it weighs what",
        kilobytes(bytes as u64),
        kilobytes(bytes as u64 - budget),
        kilobytes(budget)
    ));
    match outcome {
        Outcome::Clean => Outcome::Findings,
        Outcome::Findings | Outcome::Failed => outcome,
    }
}

/// Writes an export, unless that would cost the author something.
fn put(path: &Path, bytes: &[u8], entry: &Entry, build: &Build, force: bool) -> anyhow::Result<()> {
    let real = path.canonicalize().ok();
    let is_target = |source: &Path| real.is_some() && source.canonicalize().ok() == real;
    if is_target(entry.path()) || build.sources.iter().any(|source| is_target(&source.path)) {
        return Err(Trouble {
            what: format!("`{}` is what the deck is made of", path.display()),
            help: "name another file with `-o`".into(),
        }
        .into());
    }
    if !force && !export::may_replace(path) {
        return Err(Trouble {
            what: format!("`{}` is there already and is not an export", path.display()),
            help: "name another file with `-o`, or replace it with `--force`".into(),
        }
        .into());
    }
    export::write(path, bytes)
}
