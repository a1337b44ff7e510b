//! A browser that is installed here, asked how slides come out.
//!
//! All that is needed of it: it opens a file, lets the page's own script
//! measure, and prints what the page holds then (`--dump-dom`). Every browser
//! made of Chromium does, on every system, without a port or a driver. The
//! script is `templates/measure.js`; another way of measuring needs another
//! [`measure`] and nothing else.

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
const NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "brave-browser",
];

/// Where they lie otherwise, on macOS and Windows.
const PLACES: [&str; 6] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
];

const FLAGS: [&str; 9] = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--window-size=1280,720",
    "--dump-dom",
];

/// How each slide of a page made for measuring comes out in a browser: the
/// program, or the one that is installed.
///
/// # Errors
/// If there is no browser, or it does not answer.
pub fn measure(html: &str, program: Option<&Path>, trusted: bool) -> anyhow::Result<Vec<Overflow>> {
    let program = match program {
        Some(program) => program.to_path_buf(),
        None => find().ok_or_else(|| Trouble {
            what: "there is no browser to measure with".into(),
            help: "install Chromium, Chrome or Edge, or name one: `--browser=/path/to/chrome`"
                .into(),
        })?,
    };
    let folder = std::env::temp_dir().join(format!("deckle-measure-{}", std::process::id()));
    export::make_folder(&folder)?;
    let res = measure_in(&folder, &program, html, trusted);
    export::remove_folder(&folder);
    res
}

fn measure_in(
    folder: &Path,
    program: &Path,
    html: &str,
    trusted: bool,
) -> anyhow::Result<Vec<Overflow>> {
    let page = folder.join("deck.html");
    export::write(&page, html.as_bytes())?;
    let mut answer = ask(folder, program, &page, &[])?;
    // As root, and in most containers, it refuses to begin with its sandbox.
    // Our own page needs none; one with scripts of others does.
    if read(&answer).is_none() && !trusted {
        answer = ask(
            folder,
            program,
            &page,
            &["--no-sandbox", "--disable-dev-shm-usage"],
        )?;
    }
    read(&answer).ok_or_else(|| {
        Trouble {
            what: format!("`{}` has measured nothing", program.display()),
            help: "name another browser made of Chromium: `--browser=/path/to/chrome`".into(),
        }
        .into()
    })
}

/// Lets the browser open the page, and takes what it prints.
fn ask(folder: &Path, program: &Path, page: &Path, more: &[&str]) -> anyhow::Result<String> {
    let mut child = Command::new(program)
        .args(FLAGS)
        .args(more)
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        // Time in the page runs as fast as it has nothing to do.
        .arg("--virtual-time-budget=60000")
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start the browser `{}`", program.display()))?;
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

/// What the script left: everything of the page in one attribute.
fn read(answer: &str) -> Option<Vec<Overflow>> {
    let value = answer.split("data-measured=\"").nth(1)?.split('"').next()?;
    let bytes = STANDARD.decode(value).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The browser that is named by `DECKLE_BROWSER`, or else found.
fn find() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("DECKLE_BROWSER").filter(|value| !value.is_empty()) {
        return Some(program.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let on_path = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    on_path
        .chain(PLACES.iter().map(PathBuf::from))
        .find(|program| program.is_file())
}
