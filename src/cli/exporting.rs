//! `export`: a deck becomes one file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Export;
use super::{Outcome, counted, report, say};
use crate::export;
use crate::open::Trouble;
use crate::pipeline::folder_of;
use crate::render::Cache;
use crate::source::Disk;

pub fn run(args: Export) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open()?;
    let build = entry.build(&Disk::default(), &wishes, &mut Cache::default());
    let outcome = report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    let path = args
        .output
        .unwrap_or_else(|| PathBuf::from(format!("{}.html", entry.name())));
    let html = export::html_for(&build.pages, Some(&folder_of(&path)));
    if path.as_os_str() == "-" {
        std::io::stdout()
            .write_all(html.as_bytes())
            .context("cannot write to standard output")?;
        return Ok(outcome);
    }
    let real = path.canonicalize().ok();
    let is_target = |source: &Path| real.is_some() && source.canonicalize().ok() == real;
    if is_target(entry.path()) || build.sources.iter().any(|source| is_target(&source.path)) {
        return Err(Trouble {
            what: format!("`{}` is what the deck is made of", path.display()),
            help: "name another file with `-o`".into(),
        }
        .into());
    }
    if !args.force && !export::may_replace(&path) {
        return Err(Trouble {
            what: format!("`{}` is there already and is not an export", path.display()),
            help: "name another file with `-o`, or replace it with `--force`".into(),
        }
        .into());
    }
    export::write(&path, html.as_bytes())?;
    let slides = counted(build.pages.order.len(), "slide", "slides");
    say(&format!(
        "{}: {slides}, {} KB",
        path.display(),
        html.len().div_ceil(1000)
    ));
    // The system takes all memory at once; taking a deck of a thousand slides
    // apart takes as long as checking it.
    std::mem::forget(build);
    Ok(outcome)
}
