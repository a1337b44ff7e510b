//! `export`: a deck becomes one file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Export;
use super::{Outcome, counted, report, say};
use crate::export::{self, Form, Left, Template};
use crate::open::{Entry, Trouble};
use crate::pipeline::{Build, folder_of};
use crate::render::Cache;
use crate::source::{Disk, Files};

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
    if args.template.is_some() && form != Form::Pptx {
        return Err(Trouble {
            what: "`--template` is for presentations".into(),
            help: "add `--to pptx`".into(),
        }
        .into());
    }
    let path = args
        .output
        .unwrap_or_else(|| PathBuf::from(format!("{}.{}", entry.name(), form.name())));
    let (bytes, left) = match form {
        Form::Html => {
            let html = export::html_for(&build.pages, Some(&folder_of(&path)));
            (html.into_bytes(), Vec::new())
        }
        Form::Pptx => {
            let template = args.template.as_deref().map(template).transpose()?;
            export::pptx(&build.plan, build.theme(), template.as_ref(), &mut cache)?
        }
    };
    if path.as_os_str() == "-" {
        std::io::stdout()
            .write_all(&bytes)
            .context("cannot write to standard output")?;
        return Ok(outcome);
    }
    put(&path, &bytes, &entry, &build, args.force)?;
    let slides = counted(build.pages.order.len(), "slide", "slides");
    say(&format!(
        "{}: {slides}, {} KB",
        path.display(),
        bytes.len().div_ceil(1000)
    ));
    tell(&left);
    Ok(outcome)
}

/// The template that the user names.
fn template(path: &Path) -> anyhow::Result<Template> {
    let name = path.display().to_string();
    let bytes = Disk::default().read(path).map_err(|error| Trouble {
        what: format!("`{name}` cannot be read: {error}"),
        help: "name a `.potx` or `.pptx` file".into(),
    })?;
    Ok(Template::read(&bytes, &name)?)
}

/// Says what the form could not carry, and on which slides.
fn tell(left: &[Left]) {
    let mut list: Vec<(&str, Vec<String>)> = Vec::new();
    for Left { slide, what } in left {
        let known = list.iter_mut().find(|(own, _)| *own == what.as_str());
        match known {
            Some((_, slides)) => slides.push(slide.to_string()),
            None => list.push((what, vec![slide.to_string()])),
        }
    }
    if list.is_empty() {
        return;
    }
    say("Not carried, or not as it was:");
    for (what, slides) in list {
        let word = if slides.len() == 1 { "slide" } else { "slides" };
        say(&format!("  {what}: {word} {}", slides.join(", ")));
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
