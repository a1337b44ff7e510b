//! A browser that is installed here, asked how slides come out: measured, on
//! paper, as a picture.
//!
//! All that is needed of it: it opens a file, lets the page's own script run, and
//! then prints what the page holds (`--dump-dom`), prints the page
//! (`--print-to-pdf`) or takes its picture (`--screenshot`). Every browser made
//! of Chromium does, on every system, without a port or a driver. What the
//! pages do by themselves is in `templates/measure.js` and `templates/paper.js`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::check::Overflow;
use crate::export;
use crate::open::Trouble;

/// How long a browser may take: longer, and it hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks whether it has ended.
const LOOK: Duration = Duration::from_millis(20);

/// Names under which such browsers are found by the shell.
const NAMES: [&str; 10] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome",
    "brave-browser",
    "brave",
];

/// Where they lie otherwise on macOS, below `/Applications` or the user's own.
const APPLICATIONS: [&str; 4] = [
    "Google Chrome",
    "Chromium",
    "Microsoft Edge",
    "Brave Browser",
];

/// Where they lie on Windows, below a folder that one of [`PROGRAM_FOLDERS`] names.
const PROGRAMS: [&str; 4] = [
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
];

const PROGRAM_FOLDERS: [&str; 3] = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];

const FLAGS: [&str; 8] = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    // Time in the page runs as fast as it has nothing to do.
    "--virtual-time-budget=60000",
];

/// A browser, and whether it shows scripts that are not ours.
pub struct Browser {
    program: PathBuf,
    trusted: bool,
}

impl Browser {
    /// The program that is named, or the one that is installed. `trusted` says
    /// that a page may hold scripts of others.
    ///
    /// # Errors
    /// If there is none; `what` says what it was needed for.
    pub fn find(program: Option<&Path>, trusted: bool, what: &str) -> Result<Browser, Trouble> {
        let program = match program {
            Some(program) => program.to_path_buf(),
            None => installed().ok_or_else(|| Trouble {
                what: format!("there is no browser to {what} with"),
                help: "install Chromium, Chrome, Edge or Brave, or name one: \
                       `--browser=/path/to/chrome`"
                    .into(),
            })?,
        };
        Ok(Browser { program, trusted })
    }

    /// How each slide of a page made for measuring comes out.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub fn measure(&self, html: &str) -> anyhow::Result<Vec<Overflow>> {
        let args = ["--window-size=1280,720".into(), "--dump-dom".into()];
        self.ask(html, &args, "has measured nothing", |answer, _| {
            read(answer)
        })
    }

    /// A page made for it as PDF.
    ///
    /// # Errors
    /// If the browser prints nothing.
    pub fn print(&self, html: &str) -> anyhow::Result<Vec<u8>> {
        let args = [
            "--no-pdf-header-footer".into(),
            "--generate-pdf-document-outline".into(),
            "--print-to-pdf=OUT.pdf".into(),
        ];
        self.ask(html, &args, "has printed nothing", |_, folder| {
            let bytes = export::take(&folder.join("out.pdf"))?;
            bytes.starts_with(b"%PDF-").then_some(bytes)
        })
    }

    /// The picture of a page made for it as PNG, so many pixels of its style
    /// sheet wide and high, each drawn as `scale` by `scale`.
    ///
    /// # Errors
    /// If the browser takes no picture.
    pub fn picture(&self, html: &str, size: (u32, u32), scale: f64) -> anyhow::Result<Vec<u8>> {
        let args = [
            format!("--window-size={},{}", size.0, size.1),
            format!("--force-device-scale-factor={scale}"),
            "--hide-scrollbars".into(),
            "--screenshot=OUT.png".into(),
        ];
        self.ask(html, &args, "has taken no picture", |_, folder| {
            let bytes = export::take(&folder.join("out.png"))?;
            bytes.starts_with(b"\x89PNG").then_some(bytes)
        })
    }

    /// Lets the browser open a page, and reads what it prints or leaves in its
    /// folder. `OUT` in an argument stands for `out` in that.
    fn ask<T>(
        &self,
        html: &str,
        args: &[String],
        fault: &str,
        read: impl Fn(&str, &Path) -> Option<T>,
    ) -> anyhow::Result<T> {
        let folder = export::private_folder(&self.room(), "deckle-browser")?;
        let res = self.ask_in(&folder, html, args, read);
        export::remove_folder(&folder);
        res?.ok_or_else(|| {
            Trouble {
                what: format!("`{}` {fault}", self.program.display()),
                help: "name another browser made of Chromium: `--browser=/path/to/chrome`".into(),
            }
            .into()
        })
    }

    fn ask_in<T>(
        &self,
        folder: &Path,
        html: &str,
        args: &[String],
        read: impl Fn(&str, &Path) -> Option<T>,
    ) -> anyhow::Result<Option<T>> {
        let page = folder.join("deck.html");
        export::write(&page, html.as_bytes())?;
        let out = folder.join("out").display().to_string();
        let args: Vec<String> = args.iter().map(|arg| arg.replace("OUT", &out)).collect();
        let answer = self.run(folder, &page, &args)?;
        let found = read(&answer, folder);
        if found.is_some() || self.trusted {
            return Ok(found);
        }
        // As root, and in most containers, it refuses to begin with its sandbox.
        // Our own page needs none; one with scripts of others does.
        let bare = ["--no-sandbox", "--disable-dev-shm-usage"].map(String::from);
        let answer = self.run(folder, &page, &[args.as_slice(), &bare].concat())?;
        Ok(read(&answer, folder))
    }

    /// Where its folder is made. A browser that is a snap sees the user's own
    /// files, but not the system's folder for such things.
    fn room(&self) -> PathBuf {
        let home = std::env::var_os("HOME").filter(|_| self.program.starts_with("/snap"));
        home.map_or_else(std::env::temp_dir, PathBuf::from)
    }

    /// Runs it once, and takes what it prints.
    fn run(&self, folder: &Path, page: &Path, args: &[String]) -> anyhow::Result<String> {
        let mut child = Command::new(&self.program)
            .args(FLAGS)
            .args(args)
            .arg(format!(
                "--user-data-dir={}",
                folder.join("profile").display()
            ))
            .arg(page)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start the browser `{}`", self.program.display()))?;
        let stdout = child.stdout.take();
        // Its pipe is emptied beside, or a long answer would stop it.
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            if let Some(mut stdout) = stdout {
                let _ = std::io::Read::read_to_string(&mut stdout, &mut text);
            }
            text
        });
        let until = Instant::now() + PATIENCE;
        while child.try_wait()?.is_none() {
            if Instant::now() > until {
                let _ = child.kill();
                let _ = child.wait();
                break;
            }
            std::thread::sleep(LOOK);
        }
        Ok(reader.join().unwrap_or_default())
    }
}

/// What the script left: everything of the page in one attribute.
fn read(answer: &str) -> Option<Vec<Overflow>> {
    let value = answer.split("data-measured=\"").nth(1)?.split('"').next()?;
    let bytes = STANDARD.decode(value).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The browser that is named by `DECKLE_BROWSER`, or else found.
fn installed() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(program) = of("DECKLE_BROWSER") {
        return Some(program.into());
    }
    let path = of("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let ending = std::env::consts::EXE_SUFFIX;
    let on_path = NAMES.iter().flat_map(|name| {
        let file = format!("{name}{ending}");
        folders.iter().map(move |folder| folder.join(&file))
    });
    let home = of("HOME").map(PathBuf::from).unwrap_or_default();
    let applications = [PathBuf::from("/Applications"), home.join("Applications")];
    let on_mac = applications.iter().flat_map(|folder| {
        APPLICATIONS
            .iter()
            .map(move |name| folder.join(format!("{name}.app/Contents/MacOS/{name}")))
    });
    let program_folders = PROGRAM_FOLDERS.iter().filter_map(|name| of(name));
    let on_windows = program_folders.flat_map(|folder| {
        PROGRAMS
            .iter()
            .map(move |program| Path::new(&folder).join(program))
    });
    on_path
        .chain(on_mac)
        .chain(on_windows)
        .find(|program| program.is_file())
}
