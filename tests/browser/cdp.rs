//! A browser, driven by its DevTools protocol.
//!
//! It talks over a pipe (`--remote-debugging-pipe`), not over a port: no
//! socket library is needed, nobody else can reach the browser, and it ends by
//! itself when the pipe breaks, even if the tests are killed.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before it counts as never coming. It is no
/// measure of speed: a busy machine must not fail a test.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks at something that is awaited.
pub const LOOK: Duration = Duration::from_millis(15);

/// The first is the same engine without a desktop's window around each page, which took
/// two thirds of the time of a test with many short pages.
const NAMES: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "microsoft-edge",
];

const FLAGS: [&str; 15] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--disable-dev-shm-usage",
    // Letters as wide as on a screen of many points, not rounded to whole ones.
    "--font-render-hinting=none",
    // Two tests share the browser: neither may be slowed down as the one in the background.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
];

/// The pipe is on the descriptors 3 and 4, which only a shell can set for a
/// child without unsafe code. It replaces itself, so the child is the browser.
const ON_PIPE: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>/dev/null"#;

/// A message that the browser sent by itself.
#[derive(Debug, Clone)]
pub struct Event {
    /// The session it belongs to; empty for the browser's own.
    pub session: String,
    /// Such as `Page.frameNavigated`.
    pub method: String,
    /// What it says.
    pub params: Value,
}

/// A running browser. It ends when the last test that uses it does.
pub struct Browser {
    child: Mutex<Child>,
    pipe: Mutex<Option<ChildStdin>>,
    heard: Arc<Heard>,
    last_id: AtomicU64,
    profile: PathBuf,
}

#[derive(Default)]
struct Heard {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    replies: HashMap<u64, Value>,
    events: Vec<Event>,
    is_over: bool,
}

/// A failed test must not fail those that run beside it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Shared = Mutex<Weak<Browser>>;

/// The browser of this run, or `None` if there is none on this machine and
/// none is required.
///
/// # Panics
/// If `REQUIRE_BROWSER=1` and there is none.
pub fn browser() -> Option<Arc<Browser>> {
    static SHARED: Shared = Mutex::new(Weak::new());
    started(&SHARED, &NAMES)
}

/// The same with a desktop's windows, which nobody opens without being asked.
pub fn desktop_browser() -> Option<Arc<Browser>> {
    static SHARED: Shared = Mutex::new(Weak::new());
    started(&SHARED, &NAMES[1..])
}

fn started(shared: &Shared, names: &[&str]) -> Option<Arc<Browser>> {
    let Some(program) = find(names) else {
        let what = "no browser, nothing tested";
        let how = "install Chromium, or name a Chromium in DECKLE_BROWSER";
        assert!(!is_required(), "{what}: {how}");
        say_once(what);
        return None;
    };
    let mut shared = lock(shared);
    if let Some(browser) = shared.upgrade()
        && !lock(&browser.heard.state).is_over
    {
        return Some(browser);
    }
    let browser = Arc::new(Browser::start(&program));
    *shared = Arc::downgrade(&browser);
    Some(browser)
}

/// Whether a test that cannot run has failed.
pub fn is_required() -> bool {
    std::env::var_os("REQUIRE_BROWSER").is_some_and(|value| value == "1")
}

/// Says why nothing is tested, once for each reason.
pub fn say_once(what: &'static str) {
    static SAID: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    let mut said = lock(&SAID);
    if !said.contains(&what) {
        said.push(what);
        // Not by a macro: the test harness would keep it to itself.
        let _ = writeln!(std::io::stderr(), "{what}");
    }
}

fn find(names: &[&str]) -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("DECKLE_BROWSER").filter(|value| !value.is_empty()) {
        return Some(program.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

impl Browser {
    fn start(program: &Path) -> Browser {
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let n = STARTED.fetch_add(1, Ordering::Relaxed);
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("browser-profile-{}-{n}", std::process::id()));
        let mut child = Command::new("sh")
            .args(["-c", ON_PIPE])
            .arg(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts the browser");
        let pipe = child.stdin.take();
        let replies = child.stdout.take().expect("the browser's end of the pipe");
        let heard = Arc::new(Heard::default());
        let listener = heard.clone();
        std::thread::spawn(move || listener.listen(BufReader::new(replies)));
        let browser = Browser {
            child: Mutex::new(child),
            pipe: Mutex::new(pipe),
            heard,
            last_id: AtomicU64::new(0),
            profile,
        };
        if let Err(fault) = browser.try_send("", "Browser.getVersion", json!({})) {
            panic!("{} does not start as a browser: {fault}", program.display());
        }
        browser
    }

    /// Sends a command and waits for the answer; `session` may be empty.
    #[track_caller]
    pub fn send(&self, session: &str, method: &str, params: Value) -> Value {
        match self.try_send(session, method, params) {
            Ok(value) => value,
            Err(fault) => panic!("{method}: {fault}"),
        }
    }

    /// As [`Browser::send`]; a refusal is returned.
    pub fn try_send(&self, session: &str, method: &str, params: Value) -> Result<Value, String> {
        let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        match lock(&self.pipe).as_mut() {
            Some(pipe) => pipe
                .write_all(&bytes)
                .map_err(|error| format!("the browser is gone: {error}"))?,
            None => return Err("the browser is gone".into()),
        }
        let reply = self
            .heard
            .wait(|state| state.replies.remove(&id))
            .ok_or("the browser does not answer")?;
        match reply.get("error") {
            Some(error) => Err(error["message"].as_str().unwrap_or_default().to_string()),
            None => Ok(reply["result"].clone()),
        }
    }

    /// The events of a session so far.
    pub fn events(&self, session: &str) -> Vec<Event> {
        let state = lock(&self.heard.state);
        let is_its = |event: &&Event| event.session == session;
        state.events.iter().filter(is_its).cloned().collect()
    }

    /// Forgets the events of a session.
    pub fn forget(&self, session: &str) {
        lock(&self.heard.state)
            .events
            .retain(|event| event.session != session);
    }
}

impl Heard {
    fn listen(&self, mut replies: impl BufRead) {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if !matches!(replies.read_until(0, &mut bytes), Ok(1..)) {
                break;
            }
            let Ok(message) =
                serde_json::from_slice::<Value>(bytes.strip_suffix(&[0]).unwrap_or(&bytes))
            else {
                continue;
            };
            let mut state = lock(&self.state);
            match message["id"].as_u64() {
                Some(id) => {
                    state.replies.insert(id, message);
                }
                None => state.events.push(Event {
                    session: text(&message["sessionId"]),
                    method: text(&message["method"]),
                    params: message["params"].clone(),
                }),
            }
            self.changed.notify_all();
        }
        lock(&self.state).is_over = true;
        self.changed.notify_all();
    }

    fn wait<T>(&self, mut look: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let until = Instant::now() + PATIENCE;
        let mut state = lock(&self.state);
        loop {
            if let Some(found) = look(&mut state) {
                return Some(found);
            }
            let rest = until.saturating_duration_since(Instant::now());
            if state.is_over || rest.is_zero() {
                return None;
            }
            let woken = self.changed.wait_timeout(state, rest);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A JSON text, empty if it is none.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The broken pipe ends it in order, helpers included; it is killed only if it hangs.
        drop(lock(&self.pipe).take());
        let mut child = lock(&self.child);
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until && matches!(child.try_wait(), Ok(None)) {
            std::thread::sleep(LOOK);
        }
        let _ = child.kill();
        let _ = child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
