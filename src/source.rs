//! Where text comes from: files, their lines, and places in them.
//!
//! The pipeline reads files only through [`Files`], so that tests hand it a
//! map and `watch` learns from [`Disk`] what a build depended on.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

mod content;
mod long;
mod plain;

pub use content::{Content, text_of};
pub use long::{Long, Part};
pub use plain::{control_characters, plain};

/// Index of a source in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A text file as it was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its index in [`Sources`].
    pub id: SourceId,
    /// The path as the author would write it.
    pub path: PathBuf,
    text: String,
    lines: Vec<u32>,
}

/// Where something was written: bytes of one source. Says where, never what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The source it lies in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// Byte behind the last one.
    pub end: u32,
}

// Moving a text does not change it: a fingerprint must not see positions.
impl Hash for Span {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Span {
    /// Some bytes of it, counted from its start; all of it if that is nothing.
    pub fn part(self, at: std::ops::Range<usize>) -> Span {
        if at.is_empty() {
            return self;
        }
        let place = |byte: usize| self.start.saturating_add(byte as u32).min(self.end);
        Span {
            start: place(at.start),
            end: place(at.end),
            ..self
        }
    }

    /// The span from the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl Source {
    /// The whole text, always UTF-8, without a byte-order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the whole source.
    pub fn span(&self) -> Span {
        self.at(0, self.text.len())
    }

    /// A span of this source; ends beyond the text, or within a character, are
    /// pulled in.
    pub fn at(&self, start: usize, end: usize) -> Span {
        let start = self.floor_char(start);
        Span {
            source: self.id,
            start: start as u32,
            end: self.floor_char(end).max(start) as u32,
        }
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub fn line_column(&self, byte: u32) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= byte).max(1);
        let start = self.lines[line - 1] as usize;
        let end = (byte as usize).min(self.text.len());
        let column = self.text.as_bytes()[start..end.max(start)]
            .iter()
            .filter(|byte| (**byte & 0xC0) != 0x80)
            .count();
        (line, column + 1)
    }

    /// Byte offset of a line (from 1) and byte column (from 1); clamped to the text.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let Some(&start) = self.lines.get(line.saturating_sub(1)) else {
            return self.text.len();
        };
        self.floor_char(start as usize + column.saturating_sub(1))
    }

    /// The text of a span, empty if the span does not lie on character borders.
    pub fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    fn floor_char(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// All sources of one build.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a text as [`plain`] makes it.
    pub fn add(&mut self, path: PathBuf, text: String) -> SourceId {
        let id = SourceId(self.list.len() as u32);
        let text = plain(text);
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        self.list.push(Source {
            id,
            path,
            text,
            lines,
        });
        id
    }

    /// The source behind an id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    /// All sources in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.list.iter()
    }
}

/// Longer files are not read: one page with a hundred of them in it would open
/// nowhere.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Bytes from the start of a longer file, enough to tell what it is.
const START: usize = 4096;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// Nothing is there.
    Missing,
    /// The path, or what it links to, lies outside the folder it must stay in.
    Outside,
    /// It is longer than what is read, so many bytes.
    TooLong(usize),
    /// Any other fault, in the system's words.
    Other(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::Missing => f.write_str("no such file"),
            FileError::Outside => f.write_str("it lies outside the deck's folder"),
            FileError::TooLong(most) => {
                write!(f, "it is longer than {} MB", most / (1024 * 1024))
            }
            FileError::Other(words) => f.write_str(words),
        }
    }
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FileError::Missing,
            _ => FileError::Other(error.to_string()),
        }
    }
}

/// The one door to files. A build reads through it and through nothing else.
pub trait Files {
    /// The bytes of a file.
    fn read(&self, path: &Path) -> Result<Content, FileError>;

    /// The names in a folder, sorted; `None` if it is no folder.
    fn list(&self, folder: &Path) -> Option<Vec<PathBuf>>;

    /// The bytes of a file named inside a deck; never leaves `root`, not by
    /// `..`, not by an absolute path, not by a symbolic link.
    fn read_within(&self, root: &Path, relative: &str) -> Result<Content, FileError> {
        self.read(&within(root, relative)?)
    }

    /// The same of a file that may be too long to be read whole: of one that has
    /// more than `most` bytes only the start.
    fn read_long_within(&self, root: &Path, relative: &str, _most: u64) -> Result<Long, FileError> {
        self.read_within(root, relative).map(Long::Whole)
    }
}

/// Some bytes of a file below `root`, from byte `at` on; fewer where it ends.
/// The path is looked at anew: what lies there may have become a link.
pub fn part_within(
    root: &Path,
    relative: &str,
    at: u64,
    most: usize,
) -> Result<Vec<u8>, FileError> {
    let real = real_within(root, &within(root, relative)?)?;
    let mut file = std::fs::File::open(real)?;
    io::Seek::seek(&mut file, io::SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(file, most as u64), &mut bytes)?;
    Ok(bytes)
}

/// Where a path leads, links followed, if that is below `root`.
fn real_within(root: &Path, path: &Path) -> Result<PathBuf, FileError> {
    let real = path.canonicalize()?;
    match real.starts_with(root.canonicalize()?) {
        true => Ok(real),
        false => Err(FileError::Outside),
    }
}

/// What a stream holds, probably the `expected` number of bytes, if that is no
/// more than `most`.
pub fn bounded(stream: impl io::Read, expected: usize, most: usize) -> Result<Content, FileError> {
    // To grow step by step touches twice the memory; one byte more shows the end.
    let mut bytes = Vec::with_capacity(expected.min(most) + 1);
    // One byte more tells the end from the limit.
    let mut stream = io::Read::take(stream, most as u64 + 1);
    io::Read::read_to_end(&mut stream, &mut bytes)?;
    if bytes.len() > most {
        return Err(FileError::TooLong(most));
    }
    Ok(bytes.into())
}

/// `root` joined with a relative path that must not leave it (a matter of
/// spelling only: links are the file system's and checked by [`Disk`]).
pub fn within(root: &Path, relative: &str) -> Result<PathBuf, FileError> {
    let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
    for component in Path::new(relative).components() {
        match component {
            Component::Normal(part) => parts.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop().ok_or(FileError::Outside)?;
            }
            Component::RootDir | Component::Prefix(_) => return Err(FileError::Outside),
        }
    }
    let mut path = root.to_path_buf();
    path.extend(parts);
    Ok(path)
}

/// A file that was written less long ago may change again within one tick of
/// the file system's clock, and look the same.
const RACY: Duration = Duration::from_secs(2);

/// The file system, remembering what it was asked for and what it answered.
///
/// A file is read again only if it may have changed: another length, time or
/// node than before, or a time too young to be trusted.
#[derive(Debug, Default)]
pub struct Disk {
    memory: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    touched: BTreeSet<PathBuf>,
    contents: BTreeMap<PathBuf, (Stamp, Content)>,
}

/// What tells a changed file from an unchanged one without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Stamp {
    len: u64,
    modified: SystemTime,
    node: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let data = std::fs::metadata(path).ok()?;
        #[cfg(unix)]
        let node = std::os::unix::fs::MetadataExt::ino(&data);
        #[cfg(not(unix))]
        let node = 0;
        Some(Stamp {
            len: data.len(),
            modified: data.modified().ok()?,
            node,
        })
    }

    fn is_settled(&self) -> bool {
        SystemTime::now()
            .duration_since(self.modified)
            .is_ok_and(|age| age > RACY)
    }
}

/// How some files look from outside, to see that one changed where the system
/// does not tell. A file too young to be trusted looks different once it is
/// older, so that it is read once more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look(Vec<Option<(Stamp, bool)>>);

impl Look {
    /// Looks at files and folders; those that are not there count too.
    pub fn at<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Look {
        let look = |path: &PathBuf| Stamp::of(path).map(|stamp| (stamp, stamp.is_settled()));
        Look(paths.into_iter().map(look).collect())
    }
}

/// Whether a path lies on a drive that other machines write to: their changes
/// are not told here. Known on Linux only.
pub fn is_remote(path: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        // From linux/magic.h: NFS, SMB, CIFS, SMB2, 9P (drives of Windows under
        // WSL), FUSE (sshfs), Ceph, AFS, the shared folders of VirtualBox.
        const REMOTE: [u32; 9] = [
            0x6969,
            0x517b,
            0xff53_4d42,
            0xfe53_4d42,
            0x0102_1997,
            0x6573_5546,
            0x00c3_6400,
            0x5346_414f,
            0x786f_4256,
        ];
        rustix::fs::statfs(path).is_ok_and(|found| REMOTE.contains(&(found.f_type as u32)))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        false
    }
}

impl Disk {
    /// Every path asked for since the last call, missing ones too. What was
    /// not asked for is forgotten.
    pub fn take_touched(&self) -> BTreeSet<PathBuf> {
        let mut memory = self.memory();
        let touched = std::mem::take(&mut memory.touched);
        memory.contents.retain(|path, _| touched.contains(path));
        touched
    }

    fn memory(&self) -> MutexGuard<'_, Remembered> {
        self.memory
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn touch(&self, path: &Path) {
        self.memory().touched.insert(path.to_path_buf());
    }

    /// Reads `real` under the name it was asked by.
    fn content(&self, path: &Path, real: &Path) -> Result<Content, FileError> {
        // Before the bytes: what is written in between then looks changed.
        let stamp = Stamp::of(real).filter(Stamp::is_settled);
        if let Some(stamp) = stamp
            && let Some((known, content)) = self.memory().contents.get(path)
            && *known == stamp
        {
            return Ok(content.clone());
        }
        let content = read_short(real, MAX_BYTES)?;
        if let Some(stamp) = stamp {
            let entry = (stamp, content.clone());
            self.memory().contents.insert(path.to_path_buf(), entry);
        }
        Ok(content)
    }
}

/// A file that says it is longer is not even opened for reading; a device that
/// says nothing is left at the limit.
fn read_short(path: &Path, most: usize) -> Result<Content, FileError> {
    let file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length > most as u64 {
        return Err(FileError::TooLong(most));
    }
    bounded(file, length as usize, most)
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Content, FileError> {
        self.touch(path);
        self.content(path, path)
    }

    fn list(&self, folder: &Path) -> Option<Vec<PathBuf>> {
        self.touch(folder);
        let mut names: Vec<PathBuf> = std::fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        names.sort();
        Some(names)
    }

    fn read_within(&self, root: &Path, relative: &str) -> Result<Content, FileError> {
        let path = within(root, relative)?;
        self.touch(&path);
        self.content(&path, &real_within(root, &path)?)
    }

    fn read_long_within(&self, root: &Path, relative: &str, most: u64) -> Result<Long, FileError> {
        let path = within(root, relative)?;
        self.touch(&path);
        let real = real_within(root, &path)?;
        let stamp = Stamp::of(&real).ok_or(FileError::Missing)?;
        if stamp.len <= most || !real.is_file() {
            return self.content(&path, &real).map(Long::Whole);
        }
        let mut print = DefaultHasher::new();
        stamp.hash(&mut print);
        Ok(Long::Part(Part {
            root: root.to_path_buf(),
            relative: relative.to_string(),
            length: stamp.len,
            start: part_within(root, relative, 0, START)?.into(),
            print: print.finish(),
        }))
    }
}

/// Files that exist only in memory: tests, and articles imported on the fly.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Content>,
}

impl Memory {
    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Content>) {
        self.files.insert(path.into(), bytes.into());
    }
}

impl Files for Memory {
    fn read(&self, path: &Path) -> Result<Content, FileError> {
        self.files.get(path).cloned().ok_or(FileError::Missing)
    }

    fn list(&self, folder: &Path) -> Option<Vec<PathBuf>> {
        let names: Vec<PathBuf> = self
            .files
            .keys()
            .filter(|path| path.parent() == Some(folder))
            .cloned()
            .collect();
        (!names.is_empty()).then_some(names)
    }
}

/// Files in memory in front of files on disk: an article imported on the fly
/// whose pictures lie beside it.
pub struct Overlay<'a> {
    /// Looked at first.
    pub front: &'a Memory,
    /// Asked for all that `front` does not have.
    pub back: &'a dyn Files,
}

impl Files for Overlay<'_> {
    fn read(&self, path: &Path) -> Result<Content, FileError> {
        self.front.read(path).or_else(|_| self.back.read(path))
    }

    /// The front's alone: what else lies in an article's folder is no part of it.
    fn list(&self, folder: &Path) -> Option<Vec<PathBuf>> {
        self.front.list(folder)
    }

    fn read_within(&self, root: &Path, relative: &str) -> Result<Content, FileError> {
        self.front
            .read_within(root, relative)
            .or_else(|_| self.back.read_within(root, relative))
    }

    fn read_long_within(&self, root: &Path, relative: &str, most: u64) -> Result<Long, FileError> {
        self.front
            .read_long_within(root, relative, most)
            .or_else(|_| self.back.read_long_within(root, relative, most))
    }
}

#[cfg(test)]
mod tests;
