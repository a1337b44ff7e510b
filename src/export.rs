//! A deck leaves the house: what it can be written as, and how files are written.
//!
//! Each form is made in a file of its own below `export/`; the only place
//! where files are written is here.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::pipeline::folder_of;

mod html;
mod lost;
mod pdf;
mod scale;
mod slim;
pub mod pictures;
mod pptx;
mod text;
mod weigh;

pub use html::{html, html_for, measuring, on_paper};
pub use lost::{Lost, lost};
pub use pdf::finished as finished_pdf;
pub use pptx::{Template, pptx};
pub use scale::scale;
pub use slim::slim;
pub use text::{markdown, plain, seen_from};
pub use weigh::{Weight, weigh};

/// What a deck can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One file for a browser.
    Html,
    /// A presentation for PowerPoint, LibreOffice and their like.
    Pptx,
    /// Pages to print, or to open where nothing else does.
    Pdf,
    /// Pictures without loss.
    Png,
    /// Pictures for photographs.
    Jpeg,
    /// Pictures, smaller than both.
    Webp,
    /// An article in Markdown.
    Md,
    /// An article in plain text.
    Txt,
}

/// Whether what the speaker says goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notes {
    /// With the slides.
    On,
    /// Not at all.
    Off,
    /// Alone.
    Only,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 8] = [
        Form::Html,
        Form::Pptx,
        Form::Pdf,
        Form::Png,
        Form::Jpeg,
        Form::Webp,
        Form::Md,
        Form::Txt,
    ];

    /// Its name on the command line, which is also the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Form::Html => "html",
            Form::Pptx => "pptx",
            Form::Pdf => "pdf",
            Form::Png => "png",
            Form::Jpeg => "jpeg",
            Form::Webp => "webp",
            Form::Md => "md",
            Form::Txt => "txt",
        }
    }

    /// Whether it is one picture for each slide.
    pub fn is_picture(self) -> bool {
        matches!(self, Form::Png | Form::Jpeg | Form::Webp)
    }

    /// The form of a name.
    pub fn named(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The form that a file's ending tells.
    pub fn of(path: &Path) -> Option<Form> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "htm" => Some(Form::Html),
            "jpg" => Some(Form::Jpeg),
            "markdown" => Some(Form::Md),
            "text" => Some(Form::Txt),
            other => Form::named(other),
        }
    }
}

/// Whether a file may be replaced without asking: it does not exist, or an
/// export of ours wrote it.
pub fn may_replace(path: &Path) -> bool {
    if path.exists() && !path.is_file() && !path.is_dir() {
        return true;
    }
    match std::fs::read(path) {
        Ok(bytes) => {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]);
            let is_pdf = || {
                bytes
                    .windows(pdf::MARK.len())
                    .any(|own| own == pdf::MARK.as_bytes())
            };
            start.contains("content=\"Deckle ")
                || start.contains(pptx::MADE_BY)
                || start.starts_with(text::MARK)
                || start.contains(pictures::MARK)
                || start.starts_with("%PDF") && is_pdf()
        }
        Err(_) => !path.exists(),
    }
}

/// Writes a file whole or not at all: into a neighbour, then renamed.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let sweep = |folder: &Path, name: &str| sweep(folder, |left| left == name);
    match lay(path, bytes, true, &sweep)? {
        Some(laid) => laid.name(),
        None => Ok(()),
    }
}

/// Writes files into a folder, each whole or not at all, and none if there is no
/// room for one of them.
pub fn write_all(folder: &Path, files: &[(&str, &[u8])]) -> anyhow::Result<()> {
    // Once for all of them: a look into a folder is as long as the folder, and to
    // wait for the disk takes longer than to write a slide.
    let names: HashSet<&str> = files.iter().map(|(name, _)| *name).collect();
    sweep(folder, |left| names.contains(left));
    let is_long = files.len() > 16;
    let laid = files
        .iter()
        .map(|(name, bytes)| lay(&folder.join(name), bytes, !is_long, &|_, _| {}));
    let laid: Vec<Option<Laid>> = laid.collect::<Result<_, _>>()?;
    if is_long {
        let all = laid.iter().flatten();
        settle(folder, all.map(|laid| laid.neighbour.as_path()))
            .with_context(|| format!("cannot write into `{}`", folder.display()))?;
    }
    laid.into_iter().flatten().try_for_each(Laid::name)
}

/// A file that is written beside its place; it goes if it does not get there.
struct Laid {
    neighbour: PathBuf,
    path: PathBuf,
    is_named: bool,
}

impl Laid {
    /// Puts the file into its place.
    fn name(mut self) -> anyhow::Result<()> {
        std::fs::rename(&self.neighbour, &self.path)
            .with_context(|| format!("cannot write `{}`", self.path.display()))?;
        self.is_named = true;
        Ok(())
    }
}

impl Drop for Laid {
    fn drop(&mut self) {
        if !self.is_named {
            // Nothing is lost if this fails too: the file was never named.
            let _ = std::fs::remove_file(&self.neighbour);
        }
    }
}

/// Writes a file beside its place, or a device as it is. `sweep` is told the
/// folder of the file and its name.
fn lay(
    path: &Path,
    bytes: &[u8],
    settles: bool,
    sweep: &dyn Fn(&Path, &str),
) -> anyhow::Result<Option<Laid>> {
    let there = path.symlink_metadata();
    // A rename would put a file in the place of a device, or of a link.
    if there.is_ok() && path.exists() && !path.is_file() {
        std::fs::write(path, bytes)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        return Ok(None);
    }
    let is_link = there.is_ok_and(|there| there.is_symlink());
    let real = is_link.then(|| path.canonicalize().ok()).flatten();
    let path = real.as_deref().unwrap_or(path);
    let folder = folder_of(path);
    let Some(name) = path.file_name() else {
        bail!("`{}` names no file", path.display());
    };
    let name = name.to_string_lossy();
    sweep(&folder, &name);
    let laid = Laid {
        neighbour: folder.join(format!(".{name}.{}.tmp", std::process::id())),
        path: path.to_path_buf(),
        is_named: false,
    };
    // What a link leads to may lie on another disk than its folder.
    put(&laid.neighbour, bytes, settles || is_link)
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(Some(laid))
}

/// Writes a file that nobody knows yet.
fn put(path: &Path, bytes: &[u8], settles: bool) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    match settles {
        true => file.sync_all(),
        false => Ok(()),
    }
}

/// Waits until what was written into a folder is on its disk.
#[cfg(target_os = "linux")]
fn settle<'a>(folder: &Path, _: impl Iterator<Item = &'a Path>) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

/// Waits until files are on their disk.
#[cfg(not(target_os = "linux"))]
fn settle<'a>(_: &Path, files: impl Iterator<Item = &'a Path>) -> std::io::Result<()> {
    let mut files = files;
    let open = |path: &Path| std::fs::OpenOptions::new().write(true).open(path);
    files.try_for_each(|path| open(path)?.sync_all())
}

/// Takes away what runs that were killed left beside files that are `ours`: it
/// is named after the file, then comes the number of the run.
fn sweep(folder: &Path, ours: impl Fn(&str) -> bool) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| left_by(name, &ours));
        if number.is_some_and(|number| is_gone(number, &entry)) {
            let path = entry.path();
            // Somebody else may take it away at the same time.
            let _ = match path.is_dir() {
                true => std::fs::remove_dir_all(&path),
                false => std::fs::remove_file(&path),
            };
        }
    }
}

/// The number of the run that left a file or folder of this name.
fn left_by(name: &str, ours: impl Fn(&str) -> bool) -> Option<u32> {
    let behind = name.strip_prefix('.')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (head, rest) = behind.rsplit_once(['.', '-'])?;
    let (own, number) = head.rsplit_once(['.', '-'])?;
    let is_ours = (rest == "tmp" || is_number(rest)) && ours(own);
    number.parse().ok().filter(|_| is_ours)
}

/// Whether the run of this number has ended; where the system does not say so in
/// files, whether what it left is old.
fn is_gone(number: u32, left: &std::fs::DirEntry) -> bool {
    const OLD: std::time::Duration = std::time::Duration::from_secs(3_600);
    if Path::new("/proc/self").exists() {
        return !Path::new(&format!("/proc/{number}")).exists();
    }
    let written = left.metadata().and_then(|facts| facts.modified());
    let age = written.ok().and_then(|written| written.elapsed().ok());
    number != std::process::id() && age.is_some_and(|age| age > OLD)
}

/// Puts pictures into a folder in the place of those that an earlier run of ours
/// put there. Nothing else is replaced unless it is forced: then the name of what
/// is in the way is returned, and nothing is written.
pub fn renew(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    force: bool,
) -> anyhow::Result<Option<String>> {
    let list = std::fs::read_to_string(folder.join(pictures::LIST)).unwrap_or_default();
    // A list that somebody else wrote must not lead out of the folder.
    let is_name = |name: &&str| Path::new(name).file_name() == Some(name.as_ref());
    let ours: Vec<&str> = list.lines().filter(is_name).collect();
    let is_foreign = |name: &&String| {
        !ours.contains(&name.as_str()) && folder.join(name).symlink_metadata().is_ok()
    };
    let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    if let Some(name) = names.iter().copied().find(is_foreign).filter(|_| !force) {
        return Ok(Some(name.clone()));
    }
    let gone = ours
        .iter()
        .filter(|name| !names.iter().any(|own| own == *name));
    let gone: Vec<String> = gone.map(|name| (*name).to_string()).collect();
    let list: String = files.iter().map(|(name, _)| format!("{name}\n")).collect();
    let mut files = files.to_vec();
    files.push((pictures::LIST.into(), list.into_bytes()));
    make_folder(folder)?;
    sweep(folder, |left| left == "deckle-new");
    let stage = private_folder(folder, ".deckle-new")?;
    let res = replace(folder, &stage, &files, &gone);
    if res.is_err() {
        remove_folder(&stage);
    }
    res.map(|()| None)
}

/// Puts files into a folder and takes others away. Everything is written beside
/// the folder's files before the first of them is touched, so that a run that
/// is cut off has lost nothing: the texts then lie in `stage`, a folder that
/// must not be there yet.
pub fn replace(
    folder: &Path,
    stage: &Path,
    files: &[(String, Vec<u8>)],
    gone: &[String],
) -> anyhow::Result<()> {
    if files.is_empty() && gone.is_empty() {
        return Ok(());
    }
    make_folder(stage)?;
    for (name, bytes) in files {
        let path = stage.join(name);
        put(&path, bytes, true).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    for (name, _) in files {
        let path = folder.join(name);
        // A link stays one; what it leads to gets the text.
        let real = path.canonicalize().unwrap_or(path);
        std::fs::rename(stage.join(name), &real)
            .with_context(|| format!("cannot write `{}`", real.display()))?;
    }
    for name in gone {
        remove(&folder.join(name))?;
    }
    std::fs::remove_dir(stage).with_context(|| format!("cannot remove `{}`", stage.display()))
}

/// Takes a file away; one that is not there is no fault.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The bytes of a file that another program was asked to write, if it did.
pub fn take(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// Makes a folder that nobody else may look into, and that was not there.
pub fn private_folder(within: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let mut nth = 0;
    loop {
        let path = within.join(format!("{name}-{}-{nth}", std::process::id()));
        match builder.create(&path) {
            Ok(()) => return Ok(path),
            // Left behind by a run that was killed, or put there by somebody else.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && nth < 1_000 => {
                nth += 1;
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot make the folder `{}`", path.display()));
            }
        }
    }
}

/// Takes a folder of our own away with all that is in it, as far as that goes.
pub fn remove_folder(path: &Path) {
    // What is left lies in the system's folder for such things.
    let _ = std::fs::remove_dir_all(path);
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(path)
        .with_context(|| format!("cannot make the folder `{}`", path.display()))
}
