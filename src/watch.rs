//! From the file system's events to "something of this deck changed". The only
//! file that knows notify.
//!
//! Folders are watched, never files: a save by rename ends a watch on a file
//! for good. Reading is an event too, and must not start the next build. No
//! fixed waiting: a file that was closed after writing is read at once; only
//! where the system does not say so, or a file just vanished, is there a short
//! pause for the rest of the save.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::pipeline::is_slide_file;

/// Pause after a write that was not (yet) closed.
const SETTLE: Duration = Duration::from_millis(25);

/// Pause after a file vanished: editors take the old one away first.
const VANISHED: Duration = Duration::from_millis(60);

/// Nobody waits longer than this, however long the events go on.
const LONGEST: Duration = Duration::from_millis(250);

/// Watches what the last build read.
pub struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
    touched: BTreeSet<PathBuf>,
}

/// What an event asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    Nothing,
    Now,
    Settle,
    Vanished,
}

impl Watch {
    /// A watch on nothing yet.
    ///
    /// # Errors
    /// If the system gives no notification at all.
    pub fn new() -> anyhow::Result<Watch> {
        let (watcher, events) = start()?;
        Ok(Watch {
            watcher,
            events,
            folders: BTreeSet::new(),
            touched: BTreeSet::new(),
        })
    }

    /// Watches these paths from now on. True if a folder was not watched
    /// before: what changed in it until now went unseen.
    pub fn set(&mut self, touched: &BTreeSet<PathBuf>) -> bool {
        self.touched.clear();
        for path in touched {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            // A linked file changes where it really is.
            self.touched.extend(path.canonicalize());
            self.touched.insert(path);
        }
        let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
        for path in &self.touched {
            if path.is_dir() {
                wanted.insert(path.clone());
            }
            wanted.extend(
                path.ancestors()
                    .skip(1)
                    .find(|folder| folder.is_dir())
                    .map(Path::to_path_buf),
            );
        }
        for gone in self.folders.difference(&wanted) {
            // A folder that is no more has no watch to end.
            let _ = self.watcher.unwatch(gone);
        }
        let mut is_new = false;
        let mut watched = BTreeSet::new();
        for folder in wanted {
            let known = self.folders.contains(&folder);
            if known
                || self
                    .watcher
                    .watch(&folder, RecursiveMode::NonRecursive)
                    .is_ok()
            {
                is_new |= !known;
                watched.insert(folder);
            }
        }
        self.folders = watched;
        is_new
    }

    /// Waits until something of the deck changed and the change is complete.
    ///
    /// # Errors
    /// If the system's notification ends.
    pub fn wait(&mut self) -> anyhow::Result<()> {
        let mut first: Option<Instant> = None;
        let mut due: Option<Instant> = None;
        loop {
            let event = match due {
                None => Some(
                    self.events
                        .recv()
                        .context("the system stopped telling about changes")?,
                ),
                Some(due) => match self
                    .events
                    .recv_timeout(due.saturating_duration_since(Instant::now()))
                {
                    Ok(event) => Some(event),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => {
                        anyhow::bail!("the system stopped telling about changes")
                    }
                },
            };
            let Some(event) = event else {
                return Ok(());
            };
            let now = Instant::now();
            let pause = match self.urgency(event) {
                Urgency::Nothing => continue,
                Urgency::Now => Duration::ZERO,
                Urgency::Settle => SETTLE,
                Urgency::Vanished => VANISHED,
            };
            let latest = *first.get_or_insert(now) + LONGEST;
            // A finished write settles what a write or a removal before it left open.
            due = Some((now + pause).min(latest));
        }
    }

    fn urgency(&mut self, event: notify::Result<Event>) -> Urgency {
        let Ok(event) = event else {
            // The queue ran over: anything may have changed.
            return Urgency::Settle;
        };
        if event.need_rescan() {
            return Urgency::Settle;
        }
        let urgency = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Urgency::Now,
            EventKind::Access(_) => Urgency::Nothing,
            EventKind::Modify(ModifyKind::Metadata(_)) => Urgency::Nothing,
            EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => Urgency::Now,
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => Urgency::Vanished,
            EventKind::Create(CreateKind::Folder) => Urgency::Settle,
            EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => {
                Urgency::Settle
            }
        };
        if urgency == Urgency::Nothing || !event.paths.iter().any(|path| self.concerns(path)) {
            return Urgency::Nothing;
        }
        // A folder that is replaced takes its watch with it.
        let is_folder = |path: &PathBuf| self.folders.iter().any(|folder| folder.starts_with(path));
        if event.paths.iter().any(is_folder) {
            for folder in std::mem::take(&mut self.folders) {
                let _ = self.watcher.unwatch(&folder);
            }
        }
        urgency
    }

    fn concerns(&self, path: &Path) -> bool {
        if self.touched.contains(path) {
            return true;
        }
        let in_deck = path
            .parent()
            .is_some_and(|parent| self.touched.contains(parent));
        if in_deck && is_slide_file(path) {
            return true;
        }
        // A folder on the way to something that was read, or missed.
        self.touched.iter().any(|touched| touched.starts_with(path))
    }
}

fn start() -> anyhow::Result<(RecommendedWatcher, Receiver<notify::Result<Event>>)> {
    let (sender, events) = channel();
    let watcher = notify::recommended_watcher(move |event| {
        // The receiver is gone only when the program ends.
        let _ = sender.send(event);
    });
    Ok((
        watcher.context("cannot watch files on this system")?,
        events,
    ))
}
