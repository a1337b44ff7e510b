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
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::pipeline::is_slide_file;
use crate::source::{Look, is_remote};

/// Pause after a write that was not (yet) closed.
const SETTLE: Duration = Duration::from_millis(25);

/// Pause after a file vanished: editors take the old one away first.
const VANISHED: Duration = Duration::from_millis(60);

/// Nobody waits longer than this, however long the events go on.
const LONGEST: Duration = Duration::from_millis(250);

/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_millis(200);

/// How often they are looked at where it does: a queue may run over, a drive
/// may be mounted anew, and what is shown must still end as the file says.
const DOUBT: Duration = Duration::from_secs(2);

/// Watches what the last build read, and hears calls of type `C` meanwhile.
pub struct Watch<C> {
    way: Way,
    last: Look,
    sender: Sender<Heard<C>>,
    heard: Receiver<Heard<C>>,
    folders: BTreeSet<PathBuf>,
    touched: BTreeSet<PathBuf>,
}

enum Way {
    /// The system tells.
    Told(RecommendedWatcher),
    /// We look ourselves, and why.
    Looking(String),
}

enum Heard<C> {
    Event(notify::Result<Event>),
    Call(C),
}

/// What ended the waiting.
#[derive(Debug, PartialEq, Eq)]
pub enum Woken<C> {
    /// Something of the deck changed.
    Changed,
    /// Somebody called.
    Called(C),
}

/// Calls whoever waits for changes.
pub struct Caller<C>(Sender<Heard<C>>);

impl<C> Caller<C> {
    /// Leaves a call; heard at the next waiting.
    pub fn call(&self, call: C) {
        // Nobody listens any more when the program ends.
        let _ = self.0.send(Heard::Call(call));
    }
}

/// What an event asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    Nothing,
    Now,
    Settle,
    Vanished,
}

impl<C: Send + 'static> Watch<C> {
    /// A watch on nothing yet. `poll` looks at the files instead of waiting to
    /// be told; where the system does not tell, that happens by itself.
    pub fn new(poll: bool) -> Watch<C> {
        let (sender, heard) = channel();
        let way = if poll {
            Way::Looking("you asked for it".into())
        } else {
            match start(sender.clone()) {
                Ok(watcher) => Way::Told(watcher),
                Err(error) => Way::Looking(error.to_string()),
            }
        };
        Watch {
            way,
            last: Look::default(),
            sender,
            heard,
            folders: BTreeSet::new(),
            touched: BTreeSet::new(),
        }
    }

    /// What calls this watch.
    pub fn caller(&self) -> Caller<C> {
        Caller(self.sender.clone())
    }

    /// Why the files are looked at again and again; `None` if the system tells.
    pub fn looks_because(&self) -> Option<&str> {
        match &self.way {
            Way::Told(_) => None,
            Way::Looking(why) => Some(why),
        }
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
        let wanted = self.wanted();
        let Way::Told(watcher) = &mut self.way else {
            return self.look();
        };
        for gone in self.folders.difference(&wanted) {
            // A folder that is no more has no watch to end.
            let _ = watcher.unwatch(gone);
        }
        let mut is_new = false;
        let mut watched = BTreeSet::new();
        let mut refusal = None;
        for folder in wanted {
            if self.folders.contains(&folder) {
                watched.insert(folder);
                continue;
            }
            if is_remote(&folder) {
                refusal = Some("this drive does not tell of changes".to_string());
            }
            match watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    is_new = true;
                    watched.insert(folder);
                }
                // A folder that has just gone is no reason to give up being told.
                Err(error) if folder.is_dir() => refusal = Some(error.to_string()),
                Err(_) => {}
            }
        }
        self.folders = watched;
        if let Some(why) = refusal {
            self.way = Way::Looking(why);
            return self.look();
        }
        is_new
    }

    /// The folders whose events concern us.
    fn wanted(&self) -> BTreeSet<PathBuf> {
        let mut wanted = BTreeSet::new();
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
        wanted
    }

    /// Looks at the files. True if they look different than before.
    fn look(&mut self) -> bool {
        let look = Look::at(&self.touched);
        let differs = look != self.last;
        self.last = look;
        differs
    }

    /// Waits until something of the deck changed and the change is complete,
    /// or somebody calls.
    pub fn wait(&mut self) -> Woken<C> {
        let mut first: Option<Instant> = None;
        let mut due: Option<Instant> = None;
        loop {
            let longest = match (due, &self.way) {
                (Some(due), _) => due.saturating_duration_since(Instant::now()),
                (None, Way::Looking(_)) => POLL,
                (None, Way::Told(_)) => DOUBT,
            };
            let heard = self.hear(longest);
            let event = match heard {
                None if due.is_some() || self.look() => return Woken::Changed,
                None => continue,
                // The files first: a call is about what they say.
                Some(Heard::Call(call)) if due.is_some() => {
                    self.caller().call(call);
                    return Woken::Changed;
                }
                Some(Heard::Call(call)) => return Woken::Called(call),
                Some(Heard::Event(event)) => event,
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

    fn hear(&self, longest: Duration) -> Option<Heard<C>> {
        self.heard.recv_timeout(longest).ok()
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
            let folders = std::mem::take(&mut self.folders);
            if let Way::Told(watcher) = &mut self.way {
                for folder in folders {
                    let _ = watcher.unwatch(&folder);
                }
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

fn start<C: Send + 'static>(sender: Sender<Heard<C>>) -> notify::Result<RecommendedWatcher> {
    notify::recommended_watcher(move |event| {
        // The receiver is gone only when the program ends.
        let _ = sender.send(Heard::Event(event));
    })
}
