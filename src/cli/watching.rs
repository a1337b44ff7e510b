//! `watch`: a deck in the browser that follows every edit.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context;

use super::args::WatchArgs;
use super::showing::{Mode, open_browser, shown};
use super::{Outcome, complain, counted, keys, publishing, report, say, wants_colour};
use crate::check::Overflow;
use crate::diag::show;
use crate::editor;
use crate::export;
use crate::layout::Wishes;
use crate::open::Entry;
use crate::pipeline::Build;
use crate::place;
use crate::render::{Cache, Pages};
use crate::serve::{Answer, Ask, Ending, Show, Shown, Stage};
use crate::source::{Disk, Files};
use crate::watch::{Caller, Watch, Woken};

/// What the pages ask about: the deck as it was last built.
struct Latest {
    entry: Entry,
    build: Mutex<Arc<Build>>,
    stage: Stage,
    caller: Caller<Vec<Overflow>>,
}

pub fn run(args: WatchArgs) -> anyhow::Result<Outcome> {
    let (entry, wishes) = args.deck.open(&Disk::default())?;
    let path = entry.path().to_path_buf();
    let (sender, first) = std::sync::mpsc::channel();
    let (announced, announcement) = std::sync::mpsc::channel();
    let poll = args.poll;
    // The cache holds states of the C regex engine, which stay in their thread.
    std::thread::spawn(move || {
        let (mut building, latest) = Building::start(entry, wishes, poll);
        // The receiver waits for just this.
        let _ = sender.send(latest);
        building.go_on(announcement);
    });
    let latest = first.recv().context("the deck cannot be watched")?;
    let server = args.serving.bind(Mode::Watch {
        follow: !args.no_follow,
    })?;
    let shown = latest.stage.subscribe();
    let n_slides = shown.borrow().pages.order.len();
    args.serving.announce(&server, &path, n_slides);
    // The other thread may have ended, and then has nothing to say.
    let _ = announced.send(());
    let ending = Ending::default();
    let url = server.url();
    let keys = keys::listen({
        let (latest, ending) = (latest.clone(), ending.clone());
        move |key| pressed(key, &latest, &url, &ending)
    });
    say(match keys {
        Some(_) => "Here: o opens the browser, e exports now, q ends.",
        None => "Ctrl-C ends.",
    });
    let show = Show {
        shown,
        desk: Some(Arc::new(move |ask| latest.answer(ask))),
        rehearsal: None,
        sharing: None,
    };
    server.run(show, ending)?;
    Ok(Outcome::Clean)
}

/// What a key in the terminal does; `false` if it was the last one.
fn pressed(key: char, latest: &Latest, url: &str, ending: &Ending) -> bool {
    match key {
        'q' => {
            ending.now();
            return false;
        }
        'o' => open_browser(url),
        'e' => match latest.export() {
            Ok(path) => say(&format!("exported {}", path.display())),
            Err(error) => complain(&error),
        },
        _ => {}
    }
    true
}

// ---- building

/// Builds after every change, for ever.
struct Building {
    disk: Disk,
    wishes: Wishes,
    cache: Cache,
    watch: Watch<Vec<Overflow>>,
    latest: Arc<Latest>,
    /// What a browser measured of the slides as they are, by key.
    found: HashMap<String, u16>,
}

impl Building {
    fn start(entry: Entry, wishes: Wishes, poll: bool) -> (Building, Arc<Latest>) {
        let disk = Disk::default();
        let mut cache = Cache::default();
        let watch = Watch::new(poll);
        let build = Arc::new(entry.build(&disk, &wishes, &mut cache));
        report(&build);
        let (stage, _) = tokio::sync::watch::channel(Arc::new(shown(&build, None)));
        let latest = Arc::new(Latest {
            entry,
            build: Mutex::new(build),
            stage,
            caller: watch.caller(),
        });
        let building = Building {
            disk,
            wishes,
            cache,
            watch,
            latest: latest.clone(),
            found: HashMap::new(),
        };
        (building, latest)
    }

    /// Follows the deck; what is to be said once is said behind the announcement.
    fn go_on(&mut self, announcement: Receiver<()>) {
        // What changed before the watch began is seen by building once more.
        if self.watch.set(&self.disk.take_touched()) {
            self.rebuild();
        }
        if let Some(why) = self.watch.looks_because()
            && announcement.recv().is_ok()
        {
            say(&format!(
                "Looking at the files five times a second, because {why}."
            ));
        }
        loop {
            match self.watch.wait() {
                Woken::Changed => self.rebuild(),
                Woken::Called(slides) => self.measured(slides),
            }
        }
    }

    fn rebuild(&mut self) {
        loop {
            let began = Instant::now();
            let entry = &self.latest.entry;
            let build = entry.build(&self.disk, &self.wishes, &mut self.cache);
            let keys = &build.pages.sections;
            self.found.retain(|key, _| keys.contains_key(key));
            self.publish(build, began);
            // A folder that was not watched until now may have changed meanwhile.
            if !self.watch.set(&self.disk.take_touched()) {
                return;
            }
        }
    }

    /// A browser laid slides out.
    fn measured(&mut self, slides: Vec<Overflow>) {
        let began = Instant::now();
        let last = self.latest.build();
        let mut is_new = false;
        for Overflow { key, scale, .. } in slides {
            if last.pages.sections.contains_key(&key) {
                is_new |= self.found.insert(key, scale) != Some(scale);
            }
        }
        if is_new {
            // The same deck, so all comes out of the cache.
            let entry = &self.latest.entry;
            let build = entry.build(&self.disk, &self.wishes, &mut self.cache);
            self.publish(build, began);
        }
    }

    fn publish(&mut self, mut build: Build, began: Instant) {
        let found: Vec<Overflow> = self
            .found
            .iter()
            .map(|(key, scale)| Overflow {
                key: key.clone(),
                scale: *scale,
                pale: None,
            })
            .collect();
        build.add_measured(&found);
        let stage = &self.latest.stage;
        let last = stage.borrow().clone();
        let next = shown(&build, Some(&last));
        let build = Arc::new(build);
        // Taking a large deck apart takes a while: after the new one is sent.
        let _old = std::mem::replace(
            &mut *self
                .latest
                .build
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
            build.clone(),
        );
        if is_same(&next, &last) {
            return;
        }
        let took = began.elapsed();
        let faults_changed = next.faults != last.faults || next.warnings != last.warnings;
        let had_faults = !last.faults.is_empty() || !last.warnings.is_empty();
        stage.send_replace(Arc::new(next));
        if faults_changed && !build.diagnostics.is_empty() {
            report_again(&build);
        } else if had_faults && build.diagnostics.is_empty() {
            say(&format!("mended · {} ms", took.as_millis()));
        } else {
            let slides = counted(build.pages.n_fresh, "slide", "slides");
            say(&format!("{slides} changed · {} ms", took.as_millis()));
        }
    }
}

fn is_same(next: &Shown, last: &Shown) -> bool {
    next.pages.order == last.pages.order
        && next.pages.styles == last.pages.styles
        && next.pages.head == last.pages.head
        && next.faults == last.faults
        && next.warnings == last.warnings
}

fn report_again(build: &Build) {
    if keys::is_lent() {
        return;
    }
    let drawn: Vec<String> = build
        .diagnostics
        .iter()
        .map(|diagnostic| show::terminal(diagnostic, &build.sources, wants_colour()))
        .collect();
    let _ = writeln!(std::io::stderr(), "{}\n", drawn.join("\n\n"));
}

// ---- what the pages ask

impl Latest {
    fn build(&self) -> Arc<Build> {
        self.build
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn answer(&self, ask: Ask) -> Answer {
        match ask {
            Ask::Edit { key, text, nth } => self.edit(&key, &text, nth),
            Ask::Goto { file, line } => self.goto(&file, line),
            Ask::Overflow { slides } => {
                self.caller.call(slides);
                Ok(String::new())
            }
        }
    }

    fn edit(&self, key: &str, text: &str, nth: usize) -> Answer {
        let build = self.build();
        let index = build.pages.order.iter().position(|each| each == key);
        let frame = index
            .and_then(|index| build.plan.frames.get(index))
            .ok_or("This slide is not in the deck any more.")?;
        let place = place::written(&build.sources, frame, text, nth);
        let (path, line) = match &self.entry {
            Entry::Deck(_) => (place.path.to_path_buf(), place.line),
            // The slides exist in memory only.
            Entry::Article(path, _) => {
                let bytes = Disk::default()
                    .read(path)
                    .map_err(|error| error.to_string())?;
                let words = String::from_utf8_lossy(&bytes);
                (path.clone(), place::in_text(&words, text, nth))
            }
        };
        open_at(&path, line)
    }

    fn goto(&self, file: &Path, line: usize) -> Answer {
        let build = self.build();
        let index = place::slide_of(&build.sources, &build.plan, file, line)
            .ok_or_else(|| format!("`{}` is no file of this deck", file.display()))?;
        let Some(key) = build.pages.order.get(index) else {
            return Err("The deck is being built.".into());
        };
        self.stage.send_modify(|shown| {
            let shown = Arc::make_mut(shown);
            shown.wanted = (shown.wanted.0 + 1, key.clone());
        });
        Ok(format!("slide {}", index + 1))
    }

    fn export(&self) -> anyhow::Result<PathBuf> {
        let path = PathBuf::from(format!("{}.html", self.entry.name()));
        anyhow::ensure!(
            export::may_replace(&path),
            "`{}` is there already and is not an export",
            path.display()
        );
        let build = self.build();
        let shown = self.stage.borrow().pages.clone();
        let mut pages = Pages::clone(&shown);
        pages.assets = publishing::pictures(&build.plan, &pages.assets, None);
        export::write(&path, export::html(&pages).as_bytes())?;
        Ok(path)
    }
}

/// Opens the author's editor. The answer is shown in the browser.
fn open_at(path: &Path, line: usize) -> Answer {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let place = format!("{}:{line}", path.display());
    let Some(command) = editor::chosen() else {
        let names = editor::VARIABLES.join(", $");
        return Err(format!("{place} (set ${names} to open your editor there)"));
    };
    let call = editor::call(&command, &path, line)
        .ok_or_else(|| format!("`{command}` has an open quote; {place}"))?;
    if !call.in_terminal {
        let started = call.start();
        return match started {
            Ok(()) => Ok(place),
            Err(error) => Err(format!("`{command}` cannot be started: {error}; {place}")),
        };
    }
    if !super::is_at_terminal() || keys::is_lent() {
        return Err(format!("`{command}` needs a terminal of its own; {place}"));
    }
    // The page is answered now; the terminal is the editor's until it ends.
    std::thread::spawn(move || {
        if let Err(error) = keys::lend(|| call.start()) {
            say(&format!("`{command}` cannot be started: {error}"));
        }
    });
    Ok(place)
}
