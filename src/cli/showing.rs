//! `present`: a deck in the browser.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;

use super::args::{PORT, Present, Serving};
use super::{Outcome, counted, report, say, sharing};
use crate::diag::Severity;
use crate::diag::show;
use crate::open::Trouble;
use crate::pipeline::Build;
use crate::render::Cache;
use crate::serve::{Ending, Options, Server, Show, Shown};
use crate::source::Disk;

/// What is served, and to whom.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    /// To this machine.
    Show,
    /// To this machine, patched; pages may go to what was edited.
    Watch {
        /// Whether they do.
        follow: bool,
    },
    /// To others too, at this address if the user names none.
    Share(IpAddr),
}

impl Serving {
    pub fn bind(&self, mode: Mode) -> anyhow::Result<Server> {
        let options = Options {
            host: match (self.host, mode) {
                (Some(host), _) => host,
                (None, Mode::Share(host)) => host,
                (None, _) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            },
            port: self.port.unwrap_or(PORT),
            any_port: self.port.is_none(),
            watch: matches!(mode, Mode::Watch { .. }),
            follow: matches!(mode, Mode::Watch { follow: true }),
            share: matches!(mode, Mode::Share(_)),
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

    pub fn announce(&self, server: &Server, path: &Path, n_slides: usize) {
        let url = server.url();
        let slides = counted(n_slides, "slide", "slides");
        say(&format!("{} ({slides}) at {url}", path.display()));
        say("In the browser: arrows move, S speaker view, O overview, F full screen, ? all keys.");
        if self.no_open {
            return;
        }
        open_browser(&url);
    }
}

/// Opens the user's browser, or says what to do instead.
pub fn open_browser(url: &str) {
    if let Err(error) = webbrowser::open(url) {
        say(&format!(
            "No browser could be opened ({error}). Open this address yourself: {url}"
        ));
    }
}

/// What the server shows of a build: its pages, or those of the last good one.
pub fn shown(build: &Build, last: Option<&Shown>) -> Shown {
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
        _ => build.pages.clone(),
    };
    let focus = last.and_then(|last| {
        let is_new = |key: &&String| !last.pages.sections.contains_key(*key);
        pages.order.iter().find(is_new).cloned()
    });
    Shown {
        number: last.map_or(1, |last| last.number + 1),
        wanted: last.map(|last| last.wanted.clone()).unwrap_or_default(),
        pages,
        faults,
        warnings,
        focus,
    }
}

pub fn present(args: Present) -> anyhow::Result<Outcome> {
    let disk = Disk::default();
    let (entry, wishes) = args.deck.open(&disk)?;
    let mut cache = Cache::default();
    let build = entry.build(&disk, &wishes, &mut cache);
    report(&build);
    if build.pages.order.is_empty() {
        return Ok(Outcome::Failed);
    }
    if args.share {
        return sharing::share(&args.serving, &entry, &build, &mut cache);
    }
    let server = args.serving.bind(Mode::Show)?;
    args.serving
        .announce(&server, entry.path(), build.pages.order.len());
    say("Ctrl-C ends.");
    server.run(still(&build), Ending::default())?;
    Ok(Outcome::Clean)
}

/// A deck that stays as it is while it is shown.
pub fn still(build: &Build) -> Show {
    let (_, shown) = watch::channel(Arc::new(shown(build, None)));
    Show {
        shown,
        desk: None,
        rehearsal: None,
        sharing: None,
    }
}
