//! `present` and `watch`: a deck in the browser.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;

use super::args::{Present, Serving, WatchArgs};
use super::{Outcome, complain, counted, report, say, wants_colour};
use crate::diag::Severity;
use crate::diag::show;
use crate::layout::Wishes;
use crate::open::{Entry, Trouble};
use crate::pipeline::Build;
use crate::render::Cache;
use crate::serve::{Options, Server, Shown, Stage};
use crate::source::Disk;
use crate::watch::Watch;

/// The port that is tried first.
const PORT: u16 = 4400;

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

pub fn present(args: Present) -> anyhow::Result<Outcome> {
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

pub fn watch(args: WatchArgs) -> anyhow::Result<Outcome> {
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
