//! Everything that is tested without a browser and is not a deck with an
//! expectation: the program, the import, the server, random input, and the
//! house rules.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

mod articles;
mod checks;
mod cli;
mod commonmark;
mod exports;
mod fuzz;
mod hostile;
mod import;
mod kept;
mod language;
mod live;
mod mending;
mod online;
mod pages;
mod points;
mod pptx;
mod rehearse;
mod shape;
mod share;
mod texts;
mod tidy;
mod update;

/// How a run of the program ended.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// The program, about to be run in a folder.
fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deckle"));
    command
        .current_dir(folder)
        .args(args)
        .env_remove("NO_COLOR")
        // The dictionaries of this machine are not those of the next.
        .env("DICPATH", "")
        .env("COLUMNS", "100");
    command
}

/// Runs the program in a folder, without input.
#[track_caller]
fn deckle(folder: &Path, args: &[&str]) -> Ran {
    deckle_with(folder, args, b"")
}

/// Runs the program in a folder with something on its standard input.
#[track_caller]
fn deckle_with(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = program(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that does not read must not stop the test.
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    let ran = Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    assert!(
        !ran.stderr.contains("panicked"),
        "deckle {args:?} panicked:\n{}",
        ran.stderr
    );
    ran
}

/// Every file below a folder with its bytes.
fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut res = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                res.insert(path.strip_prefix(folder).unwrap().to_path_buf(), bytes);
            }
        }
    }
    res
}

/// The slides and pictures below a deck's folder: without the copy of its
/// article and what an import keeps for updates.
fn deck_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut res = files_below(folder);
    res.retain(|path, _| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_copy = name.starts_with('_') || name == "article.txt";
        !is_copy && path.components().all(|part| part.as_os_str() != ".deckle")
    });
    res
}

/// Writes files into a new folder.
fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

/// The root of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
