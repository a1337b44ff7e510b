//! The real program, and decks for it to show.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::cdp::PATIENCE;

/// A folder of one test. It is emptied when the test begins and stays when it
/// ends, so that one can look at what a failed test saw.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder of this name.
    pub fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("browser")
            .join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("an empty folder");
        Folder(path)
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, as an editor does that writes in place.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        let parent = path.parent().expect("a file in the folder");
        std::fs::create_dir_all(parent).expect("the file's folder");
        std::fs::write(&path, bytes).expect("a written file");
        path
    }

    /// Writes a file as many editors do: beside it, then renamed over it.
    pub fn write_by_rename(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let beside = self.write(&format!(".{name}.swp"), bytes);
        std::fs::rename(beside, self.path(name)).expect("a renamed file");
    }

    /// Writes a file with one piece of its text replaced.
    #[track_caller]
    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(name)).expect("a file to edit");
        assert!(text.contains(old), "{name} does not hold {old:?}");
        self.write(name, text.replacen(old, new, 1));
    }

    /// Exports a deck into this folder and returns the address of the file.
    #[track_caller]
    pub fn export(&self, deck: impl AsRef<Path>, args: &[&str]) -> String {
        let file = self.path(&format!("export{}.html", args.join("")));
        let output = program("export")
            .arg(deck.as_ref())
            .arg("-o")
            .arg(&file)
            .args(args)
            .output()
            .expect("the program runs");
        assert!(file.exists(), "{}", both(&output));
        address(&file)
    }

    /// Writes a deck of one file and exports it.
    #[track_caller]
    pub fn export_text(&self, text: &str) -> String {
        let deck = self.write("deck.md", text);
        self.export(deck, &[])
    }
}

/// The address of a local file.
pub fn address(path: &Path) -> String {
    let path = path.to_str().expect("a path in UTF-8");
    format!("file://{}", path.replace('%', "%25").replace(' ', "%20"))
}

/// A file or folder of the project.
pub fn of_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of all themes that come with the program.
pub fn themes() -> Vec<String> {
    let folders = std::fs::read_dir(of_project("themes")).expect("the themes");
    let folders = folders.map(|entry| entry.expect("a theme").path());
    let mut res: Vec<String> = folders
        .filter(|path| path.join("theme.yaml").exists())
        .map(|path| {
            path.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    res.sort();
    assert!(res.len() >= 5, "{res:?}");
    res
}

fn program(command: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_deckle"));
    program.arg(command);
    program
}

/// What `check` prints.
#[track_caller]
pub fn checked(deck: &Path, args: &[&str]) -> String {
    let output = program("check").arg(deck).args(args).output();
    let output = output.expect("the program runs");
    assert_ne!(output.status.code(), Some(2), "{}", both(&output));
    String::from_utf8(output.stdout).expect("text")
}

fn both(output: &Output) -> String {
    let lossy = String::from_utf8_lossy;
    format!("{}\n{}", lossy(&output.stdout), lossy(&output.stderr))
}

/// A running `present` or `watch`. It ends when it is dropped.
pub struct Server {
    child: Child,
    /// Where it serves, such as `http://localhost:4400/`.
    pub url: String,
    lines: Receiver<String>,
}

impl Server {
    /// Starts `present`.
    #[track_caller]
    pub fn present(deck: impl AsRef<OsStr>) -> Server {
        Server::start("present", deck.as_ref(), &[])
    }

    /// Starts `present` with more arguments.
    #[track_caller]
    pub fn present_with(deck: impl AsRef<OsStr>, args: &[&str]) -> Server {
        Server::start("present", deck.as_ref(), args)
    }

    /// Starts `present --share` on this machine only.
    #[track_caller]
    pub fn share(deck: impl AsRef<OsStr>) -> Server {
        let args = ["--share", "--host", "127.0.0.1", "--port", "0"];
        Server::start("present", deck.as_ref(), &args)
    }

    /// Starts `rehearse`.
    #[track_caller]
    pub fn rehearse(deck: impl AsRef<OsStr>) -> Server {
        Server::start("rehearse", deck.as_ref(), &["--port", "0"])
    }

    /// The link that a shared talk has for somebody: `Audience`. They are
    /// asked for in the order in which they are printed.
    #[track_caller]
    pub fn link(&self, name: &str) -> String {
        let line = self.says(name);
        line.rsplit(' ').next().expect("an address").to_string()
    }

    /// Starts `watch` with more arguments.
    #[track_caller]
    pub fn watch(deck: impl AsRef<OsStr>, args: &[&str]) -> Server {
        Server::start("watch", deck.as_ref(), args)
    }

    /// Starts `watch` for an author who has set this editor.
    #[track_caller]
    pub fn watch_with_editor(deck: impl AsRef<OsStr>, editor: &str) -> Server {
        let mut watch = program("watch");
        watch.env("DECKLE_EDITOR", editor);
        Server::run(watch, deck.as_ref(), &[])
    }

    #[track_caller]
    fn start(command: &str, deck: &OsStr, args: &[&str]) -> Server {
        Server::run(program(command), deck, args)
    }

    #[track_caller]
    fn run(mut program: Command, deck: &OsStr, args: &[&str]) -> Server {
        let mut child = program
            .arg(deck)
            .arg("--no-open")
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        let stderr = BufReader::new(child.stderr.take().expect("its complaints"));
        let errors = sender.clone();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = errors.send(line);
            }
        });
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut server = Server {
            child,
            url: String::new(),
            lines,
        };
        let line = server.says("http://");
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        server.url = url.expect("an address").to_string();
        server
    }

    /// Waits for a line of output that holds these words.
    #[track_caller]
    pub fn says(&self, words: &str) -> String {
        let mut heard = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => heard.push(line),
                Err(_) => panic!("never said {words:?}, but:\n{}", heard.join("\n")),
            }
        }
    }

    /// Its port.
    pub fn port(&self) -> String {
        let port = self.url.trim_end_matches('/').rsplit(':').next();
        port.expect("a port in the address").to_string()
    }

    /// Interrupts it as Ctrl-C does and returns its exit code.
    #[cfg(unix)]
    pub fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.is_ok_and(|status| status.success()), "no signal sent");
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Six slides with what the keys need: steps on the third, notes on two.
pub const TALK: &str = "\
---
title: The short talk
author: Ada Miller
description: A deck for trying things out.
---

# The short talk

A deck to try things on

---

## Second slide

- first
- second

<!-- Remember to smile. -->

---
steps: lists
---

## Three steps

- one
- two
- three

::: notes
Say these words slowly.
:::

---

## Fourth slide

Some words that can be read aloud.

And some more of them.

---

## Fifth slide

| Fruit | Price |
|-------|------:|
| Apple |  1.20 |
| Pear  |  1.50 |

---

# The end
";
