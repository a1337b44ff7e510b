//! `export`: a deck becomes one file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use super::args::{Export, Notes, Printing};
use super::printing::Printed;
use super::{Outcome, counted, printing, publishing, report, say};
use crate::deck::{Frame, Plan};
use crate::export::{self, Form, Lost, Template};
use crate::open::{Entry, Trouble};
use crate::pipeline::{Build, folder_of};
use crate::render::Cache;
use crate::source::{Disk, Files};

pub fn run(args: Export) -> anyhow::Result<Outcome> {
    let disk = Disk::default();
    let (entry, wishes) = args.deck.open(&disk)?;
    let mut cache = Cache::of_one_build();
    let build = entry.build(&disk, &wishes, &mut cache);
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
    let notes = args.notes.map(Notes::wanted);
    printing::refuse(form, &args.printing, notes, args.page.card)?;
    publishing::refuse(form, &args.page)?;
    if form.is_picture() {
        let put = Put {
            entry: &entry,
            build: &build,
            force: args.force,
        };
        let to_stdout = args.output.as_deref() == Some(Path::new("-"));
        let printed = put.pictures(&args.printing, form, args.output)?;
        if to_stdout {
            return Ok(outcome);
        }
        tell(&export::lost(
            &build.plan,
            form,
            printed.steps,
            &printed.slides,
        ));
        return Ok(outcome);
    }
    let path = args
        .output
        .unwrap_or_else(|| PathBuf::from(format!("{}.{}", entry.name(), form.name())));
    if path.as_os_str() != "-" {
        guard(&path, &entry, &build, args.force)?;
    }
    let mut card = None;
    if args.page.card {
        let beside = publishing::card_beside(&path)?;
        guard(&beside, &entry, &build, args.force)?;
        card = Some((beside, printing::card(&build, &args.printing)?));
    }
    let mut slides: Vec<usize> = (0..build.pages.order.len()).collect();
    let mut steps = false;
    let mut lost = Vec::new();
    let mut weights = Vec::new();
    let bytes = match form {
        Form::Html => {
            let mut pages = publishing::page(&build, &mut cache, notes, &args.page);
            if let Some((beside, _)) = &card {
                pages.head.card = publishing::beside_url(&pages.head.url, beside);
            }
            let html = export::html_for(&pages, Some(&folder_of(&path)));
            if args.page.report {
                weights = export::weigh(&html, &pages, &build.plan);
            }
            html.into_bytes()
        }
        Form::Pptx => {
            let template = args.template.as_deref().map(template).transpose()?;
            let plan = Plan {
                assets: publishing::pictures(&build.plan, &build.plan.assets, args.page.pictures),
                ..match notes {
                    Some(export::Notes::Off) => quiet(&build.plan),
                    Some(_) | None => build.plan.clone(),
                }
            };
            let (bytes, left) = export::pptx(&plan, build.theme(), template.as_ref(), &mut cache)?;
            lost = left;
            bytes
        }
        Form::Pdf | Form::Png | Form::Jpeg | Form::Webp => {
            let printed = printing::pdf(&build, &args.printing, notes)?;
            (slides, steps) = (printed.slides, printed.steps);
            printed
                .files
                .into_iter()
                .flat_map(|(_, bytes)| bytes)
                .collect()
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
    } else {
        export::write(&path, &bytes)?;
        if let Some((beside, picture)) = &card {
            export::write(beside, picture)?;
            say(&format!("{}: for links to it", beside.display()));
        }
        let n_slides = counted(slides.len(), "slide", "slides");
        say(&format!(
            "{}: {n_slides}, {} KB",
            path.display(),
            bytes.len().div_ceil(1000)
        ));
        lost.extend(export::lost(&build.plan, form, steps, &slides));
        tell(&lost);
    }
    publishing::tell(&weights);
    let outcome = publishing::within(outcome, bytes.len(), args.page.budget);
    // The system takes all memory at once; taking a deck of a thousand slides
    // apart takes as long as checking it.
    std::mem::forget(build);
    Ok(outcome)
}

/// Where an export may go.
struct Put<'e> {
    entry: &'e Entry,
    build: &'e Build,
    force: bool,
}

impl Put<'_> {
    /// Writes pictures: a folder of them, or one file if there is only one and
    /// its name is given.
    fn pictures(
        &self,
        args: &Printing,
        form: Form,
        output: Option<PathBuf>,
    ) -> anyhow::Result<Printed> {
        let usual = match args.sheet {
            true => format!("{}.{}", self.entry.name(), form.name()),
            false => format!("{}-{}", self.entry.name(), form.name()),
        };
        let path = output.unwrap_or_else(|| usual.into());
        let to_stdout = path.as_os_str() == "-";
        let is_file = to_stdout || path.extension().is_some() && !path.is_dir();
        if is_file && !to_stdout {
            guard(&path, self.entry, self.build, self.force)?;
        }
        let printed = printing::pictures(self.build, args, form)?;
        let n_files = counted(printed.files.len(), "picture", "pictures");
        match printed.files.as_slice() {
            [(_, bytes)] if to_stdout => {
                return std::io::stdout()
                    .write_all(bytes)
                    .context("cannot write to standard output")
                    .map(|()| printed);
            }
            [(_, bytes)] if is_file => export::write(&path, bytes)?,
            _ if is_file => {
                return Err(Trouble {
                    what: format!("{n_files} do not go into one file"),
                    help: "name a folder with `-o`, pick one slide with `--pick`, or add `--sheet`"
                        .into(),
                }
                .into());
            }
            files => {
                if let Some(name) = export::renew(&path, files, self.force)? {
                    return Err(Trouble {
                        what: format!(
                            "`{}` is there already and is not an export",
                            path.join(name).display()
                        ),
                        help: "name another folder with `-o`, or replace it with `--force`".into(),
                    }
                    .into());
                }
            }
        }
        say(&format!("{}: {n_files}", path.display()));
        Ok(printed)
    }
}

/// The same deck without what only the speaker sees.
fn quiet(plan: &Plan) -> Plan {
    let frames = plan.frames.iter().map(|frame| {
        Arc::new(Frame {
            notes: Vec::new(),
            ..Frame::clone(frame)
        })
    });
    Plan {
        frames: frames.collect(),
        ..plan.clone()
    }
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
