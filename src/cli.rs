//! The command line: arguments, one short function for each command, and all
//! printing. The only file that knows clap.

use std::io::{IsTerminal, Read, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};

use crate::diag::Severity;
use crate::diag::show;
use crate::export;
use crate::import;
use crate::layout::Wishes;
use crate::open::{Entry, Trouble};
use crate::pipeline::Build;
use crate::render::Cache;
use crate::serve::{Options, Server, Shown, Stage};
use crate::source::{Disk, Files};
use crate::watch::Watch;

/// The port that is tried first.
const PORT: u16 = 4400;

/// Turns an article or Markdown into a slide deck worth presenting.
///
/// One binary, no network: the deck it exports is one HTML file that asks for
/// nothing and opens anywhere.
#[derive(Debug, Parser)]
#[command(name = "deckle", version, max_term_width = 100, after_help = EXAMPLES, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  deckle present article.txt          show an article as slides, at once
  deckle import article.txt           make a deck of it that you can edit: article/*.md
  deckle watch article                show the deck and follow every edit
  deckle export article -o talk.html  write it as one file, to mail or to keep

Exit codes: 0 clean, 1 something was found in the deck, 2 could not run.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a deck of slides out of an article
    #[command(after_help = "\
Examples:
  deckle import article.txt                  writes the folder article/
  deckle import page.html -o talk            writes the folder talk/
  curl -s https://example.org/ | deckle import - -o talk")]
    Import(Import),
    /// Show a deck, or an article as one, in the browser
    #[command(after_help = "\
Examples:
  deckle present                             the deck of this folder
  deckle present talk/                       a folder of Markdown files
  deckle present article.txt --theme paper   an article, imported in memory")]
    Present(Present),
    /// Show a deck and follow every edit without reloading
    #[command(after_help = "\
Examples:
  deckle watch talk.md
  deckle watch article.txt --no-follow")]
    Watch(WatchArgs),
    /// Write a deck as one HTML file that needs nothing else
    #[command(after_help = "\
Examples:
  deckle export talk/                        writes talk.html
  deckle export article.txt -o - | gzip > talk.html.gz")]
    Export(Export),
}

#[derive(Debug, Args)]
struct Import {
    /// Plain text, Markdown or HTML; `-` reads standard input
    article: PathBuf,
    /// Folder to write; named after the article if not given
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct Deck {
    /// A Markdown file, a folder of them, or an article
    /// [default: `deck.md`, `slides.md` or the deck in `slides/`]
    #[arg(value_name = "DECK")]
    deck: Option<PathBuf>,
    /// Theme to use instead of the deck's own: `swiss`, `paper`, or a folder
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
}

#[derive(Debug, Args)]
struct Serving {
    /// Port to listen on [default: 4400, or a free one]
    #[arg(long)]
    port: Option<u16>,
    /// Address to listen on; another than the default lets others read the deck
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
}

#[derive(Debug, Args)]
struct Present {
    #[command(flatten)]
    deck: Deck,
    #[command(flatten)]
    serving: Serving,
}

#[derive(Debug, Args)]
struct WatchArgs {
    #[command(flatten)]
    deck: Deck,
    #[command(flatten)]
    serving: Serving,
    /// Go to the slide that was edited (the default)
    #[arg(long, overrides_with = "no_follow")]
    follow: bool,
    /// Stay on the slide that is shown
    #[arg(long)]
    no_follow: bool,
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    deck: Deck,
    /// File to write; `-` is standard output [default: the deck's name with `.html`]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is not an export
    #[arg(long)]
    force: bool,
}

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to say.
    Clean = 0,
    /// Something was found in the deck, and said.
    Findings = 1,
    /// The command could not do its work.
    Failed = 2,
}

/// Runs the program with the arguments of the process.
pub fn run() -> Outcome {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not faults.
            let outcome = if error.use_stderr() {
                Outcome::Failed
            } else {
                Outcome::Clean
            };
            let _ = error.print();
            return outcome;
        }
    };
    let res = match cli.command {
        Command::Import(args) => run_import(&args),
        Command::Present(args) => run_present(args),
        Command::Watch(args) => run_watch(args),
        Command::Export(args) => run_export(args),
    };
    res.unwrap_or_else(|error| {
        complain(&error);
        Outcome::Failed
    })
}

// ---- printing

/// One line for the user. A closed pipe is no fault of ours.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn complain(error: &anyhow::Error) {
    let mut stderr = std::io::stderr();
    let causes: Vec<String> = error
        .chain()
        .skip(1)
        .map(|cause| format!(": {cause}"))
        .collect();
    let _ = writeln!(stderr, "error: {error}{}", causes.concat());
    if let Some(trouble) = error.downcast_ref::<Trouble>() {
        let _ = writeln!(stderr, "help: {}", trouble.help);
    }
}

fn wants_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal()
        && !is_set("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Prints what was found and says how it counts.
fn report(build: &Build) -> Outcome {
    let mut stderr = std::io::stderr();
    for diagnostic in &build.diagnostics {
        let _ = writeln!(
            stderr,
            "{}\n",
            show::terminal(diagnostic, &build.sources, wants_colour())
        );
    }
    if build.diagnostics.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Findings
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

// ---- the commands

fn run_import(args: &Import) -> anyhow::Result<Outcome> {
    let from_stdin = args.article.as_os_str() == "-";
    let bytes = if from_stdin {
        let mut bytes = Vec::new();
        std::io::stdin()
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
    let imported = import::import(&args.article, &bytes);
    if imported.files.is_empty() {
        return Err(Trouble {
            what: format!("there is no text in `{}`", args.article.display()),
            help: "give an article as plain text, Markdown or HTML".into(),
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
fn other_slides(folder: &Path, imported: &import::Imported) -> Vec<PathBuf> {
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
fn refuse_to_overwrite(folder: &Path, imported: &import::Imported) -> Result<(), Trouble> {
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
fn copy_pictures(article: &Path, folder: &Path, imported: &import::Imported) -> anyhow::Result<()> {
    let disk = Disk::default();
    let root = crate::pipeline::folder_of(article);
    for href in &imported.pictures {
        let target = crate::source::within(folder, href);
        if let (Ok(bytes), Ok(target)) = (disk.read_within(&root, href), target)
            && !target.exists()
        {
            export::make_folder(&crate::pipeline::folder_of(&target))?;
            export::write(&target, &bytes)?;
        }
    }
    Ok(())
}

impl Deck {
    fn open(self) -> Result<(Entry, Wishes), Trouble> {
        let entry = Entry::find(&Disk::default(), self.deck.as_deref())?;
        let name = entry.name();
        Ok((
            entry,
            Wishes {
                theme: self.theme,
                name,
            },
        ))
    }
}

fn run_export(args: Export) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open()?;
    let build = entry.build(&Disk::default(), &wishes, &mut Cache::default());
    let outcome = report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    let html = export::html(&build.pages);
    let path = args
        .output
        .unwrap_or_else(|| PathBuf::from(format!("{}.html", entry.name())));
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
    Ok(outcome)
}

impl Serving {
    fn bind(&self, watch: bool, follow: bool) -> anyhow::Result<Server> {
        let options = Options {
            host: self.host,
            port: self.port.unwrap_or(PORT),
            any_port: self.port.is_none(),
            watch,
            follow,
        };
        Server::bind(options).map_err(|error| {
            let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
            let help = "choose another port with `--port`, or leave it out to get a free one";
            Trouble {
                what: causes.join(": "),
                help: help.into(),
            }
            .into()
        })
    }

    fn announce(&self, server: &Server, path: &Path, n_slides: usize) {
        let url = server.url();
        let slides = counted(n_slides, "slide", "slides");
        say(&format!("{} ({slides}) at {url}", path.display()));
        say(
            "Keys: arrows move, S speaker view, O overview, F full screen, ? all of them. Ctrl-C ends.",
        );
        if self.no_open {
            return;
        }
        if let Err(error) = webbrowser::open(&url) {
            say(&format!(
                "No browser could be opened ({error}). Open this address yourself: {url}"
            ));
        }
    }
}

/// What the server shows of a build: its pages, or those of the last good one.
fn shown(build: Build, last: Option<&Shown>) -> Shown {
    let of = |severity: Severity| {
        let list: Vec<_> = build
            .diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .cloned()
            .collect();
        show::html(&list, &build.sources)
    };
    let (faults, warnings) = (of(Severity::Error), of(Severity::Warning));
    let has_errors = build.has_errors();
    let pages = match last {
        Some(last) if has_errors && !last.pages.order.is_empty() => last.pages.clone(),
        _ => Arc::new(build.pages),
    };
    let focus = last.and_then(|last| {
        let is_new = |key: &&String| !last.pages.sections.contains_key(*key);
        pages.order.iter().find(is_new).cloned()
    });
    Shown {
        number: last.map_or(1, |last| last.number + 1),
        pages,
        faults,
        warnings,
        focus,
    }
}

fn run_present(args: Present) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open()?;
    let build = entry.build(&Disk::default(), &wishes, &mut Cache::default());
    report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    let server = args.serving.bind(false, false)?;
    args.serving
        .announce(&server, entry.path(), build.pages.order.len());
    let (_stage, shown) = tokio::sync::watch::channel(Arc::new(shown(build, None)));
    server.run(shown)?;
    Ok(Outcome::Clean)
}

fn run_watch(args: WatchArgs) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open()?;
    let path = entry.path().to_path_buf();
    let (sender, first) = std::sync::mpsc::channel();
    // The cache holds states of the C regex engine, which stay in their thread.
    std::thread::spawn(move || {
        let res = keep_building(&entry, &wishes, &|shown| {
            // The receiver waits for just this.
            let _ = sender.send(shown);
        });
        if let Err(error) = res {
            complain(&error);
        }
    });
    let shown = first.recv().context("the deck cannot be watched")?;
    let server = args.serving.bind(true, !args.no_follow)?;
    let n_slides = shown.borrow().pages.order.len();
    args.serving.announce(&server, &path, n_slides);
    server.run(shown)?;
    Ok(Outcome::Clean)
}

/// Builds once and hands over where the builds are to be seen, then builds
/// after every change, for ever.
fn keep_building(
    entry: &Entry,
    wishes: &Wishes,
    ready: &dyn Fn(tokio::sync::watch::Receiver<Arc<Shown>>),
) -> anyhow::Result<()> {
    let disk = Disk::default();
    let mut cache = Cache::default();
    let mut watch = Watch::new()?;
    let build = entry.build(&disk, wishes, &mut cache);
    report(&build);
    let (stage, receiver) = tokio::sync::watch::channel(Arc::new(shown(build, None)));
    ready(receiver);
    // What changed before the watch began is seen by building once more.
    while watch.set(&disk.take_touched()) {
        publish(
            &stage,
            entry.build(&disk, wishes, &mut cache),
            Instant::now(),
        );
    }
    loop {
        watch.wait()?;
        loop {
            let began = Instant::now();
            publish(&stage, entry.build(&disk, wishes, &mut cache), began);
            // A folder that was not watched until now may have changed meanwhile.
            if !watch.set(&disk.take_touched()) {
                break;
            }
        }
    }
}

fn publish(stage: &Stage, build: Build, began: Instant) {
    let last = stage.borrow().clone();
    let n_fresh = build.pages.n_fresh;
    let had_faults = !last.faults.is_empty() || !last.warnings.is_empty();
    let report_lines = build.diagnostics.len();
    let drawn = (report_lines > 0).then(|| {
        let list = build.diagnostics.iter();
        list.map(|diagnostic| show::terminal(diagnostic, &build.sources, wants_colour()))
            .collect::<Vec<_>>()
    });
    let next = shown(build, Some(&last));
    let is_same = next.pages.order == last.pages.order
        && next.pages.style == last.pages.style
        && next.pages.head == last.pages.head
        && next.faults == last.faults
        && next.warnings == last.warnings;
    if is_same {
        return;
    }
    let took = began.elapsed().as_millis();
    let faults_changed = next.faults != last.faults || next.warnings != last.warnings;
    stage.send_replace(Arc::new(next));
    match drawn {
        Some(drawn) if faults_changed => {
            let _ = writeln!(std::io::stderr(), "{}\n", drawn.join("\n\n"));
        }
        None if had_faults => say(&format!("mended · {took} ms")),
        _ => say(&format!(
            "{} changed · {took} ms",
            counted(n_fresh, "slide", "slides")
        )),
    }
}
