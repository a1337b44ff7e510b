//! Files of ours beside a deck that grow while it is shown.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::complain;
use crate::export;
use crate::open::{Entry, Trouble};
use crate::pipeline::folder_of;
use crate::rehearsal::{Log, Run};
use crate::serve::{Answers, Book};
use crate::source::{Disk, FileError, Files};

/// What such a file holds.
pub trait Kept: Default + Send + 'static {
    /// What is added to it.
    type Part: Send + 'static;
    /// What its name ends in.
    const ENDING: &'static str;
    /// Reads its text; `None` if it is no such file.
    fn read(text: &str) -> Option<Self>;
    /// Adds a part, or puts it in the place of the one of its name.
    fn add(&mut self, part: Self::Part);
    /// Its text.
    fn text(&self) -> String;
}

impl Kept for Log {
    type Part = Run;
    const ENDING: &'static str = "rehearsal.json";
    fn read(text: &str) -> Option<Log> {
        Log::parse(text)
    }
    fn add(&mut self, run: Run) {
        self.put(run);
    }
    fn text(&self) -> String {
        Log::text(self)
    }
}

impl Kept for Book {
    type Part = Answers;
    const ENDING: &'static str = "answers.json";
    fn read(text: &str) -> Option<Book> {
        Book::parse(text)
    }
    fn add(&mut self, answers: Answers) {
        self.put(answers);
    }
    fn text(&self) -> String {
        Book::text(self)
    }
}

/// The file of a deck: its path, and what it holds so far.
///
/// # Errors
/// If there is a file of that name that we did not write.
pub fn open<T: Kept>(entry: &Entry) -> anyhow::Result<(PathBuf, T)> {
    let name = format!("{}.{}", entry.name(), T::ENDING);
    let path = folder_of(entry.path()).join(name);
    let kept = match Disk::default().read(&path) {
        Ok(bytes) => T::read(&String::from_utf8_lossy(&bytes)),
        Err(FileError::Missing) => Some(T::default()),
        Err(_) => None,
    };
    match kept {
        Some(kept) => Ok((path, kept)),
        None => Err(Trouble {
            what: format!("`{}` is there already and is not ours", path.display()),
            help: "move it away, so that nothing of yours is lost".into(),
        }
        .into()),
    }
}

/// Writes a file on a thread of its own: a disk may be slow, and the audience
/// must not wait for it.
pub struct Keeper<T: Kept> {
    parts: Sender<Option<T::Part>>,
    writer: JoinHandle<T>,
}

impl<T: Kept> Keeper<T> {
    /// Begins to keep.
    pub fn start(path: PathBuf, kept: T) -> Keeper<T> {
        let (parts, received) = channel();
        Keeper {
            parts,
            writer: std::thread::spawn(move || write_all(&path, kept, &received)),
        }
    }

    /// Gives a function that takes parts.
    pub fn taker(&self) -> impl Fn(T::Part) + Send + Sync + use<T> {
        let parts = self.parts.clone();
        // The writer may have ended; then there is nobody left to tell.
        move |part| drop(parts.send(Some(part)))
    }

    /// Waits until all is written and gives what the file holds.
    pub fn finish(self) -> T {
        // What was sent before this is written; what comes after it is lost.
        drop(self.parts.send(None));
        self.writer.join().unwrap_or_default()
    }
}

fn write_all<T: Kept>(path: &Path, mut kept: T, received: &Receiver<Option<T::Part>>) -> T {
    let mut has_failed = false;
    let mut is_over = false;
    while !is_over {
        let Ok(first) = received.recv() else {
            break;
        };
        let mut is_new = false;
        for part in std::iter::once(first).chain(received.try_iter()) {
            is_over |= part.is_none();
            is_new |= part.is_some();
            part.into_iter().for_each(|part| kept.add(part));
        }
        if is_new
            && let Err(error) = export::write(path, kept.text().as_bytes())
            && !std::mem::replace(&mut has_failed, true)
        {
            complain(&error);
        }
    }
    kept
}
