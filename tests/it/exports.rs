//! An export that is cut off, or that has no room: what was there stays whole.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{deckle, folder_with, program};

/// A deck of many slides, so that writing it takes a while.
fn deck(word: &str) -> String {
    let mut res = format!("# {word}\n");
    for n in 0..300 {
        res += &format!("\n---\n\n## Slide {n}\n\n- One {word}\n- Two\n\n::: notes\n{word}\n:::\n");
    }
    res
}

/// What stands beside a file while it is written.
fn neighbours(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().ends_with(".tmp"))
        .count()
}

#[test]
fn a_killed_export_leaves_the_old_file_or_the_new_one() {
    let folder = folder_with(&[
        ("old.md", deck("old").as_bytes()),
        ("new.md", deck("new").as_bytes()),
    ]);
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let target = out.join("talk.html");
    let export = |deck: &str| {
        let mut command = program(folder.path(), &["export", deck, "-o", "out/talk.html"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert_eq!(export("new.md").status().unwrap().code(), Some(0));
    let new = std::fs::read(&target).unwrap();
    assert_eq!(export("old.md").status().unwrap().code(), Some(0));
    let old = std::fs::read(&target).unwrap();
    assert!(old != new && old.len() > 100_000);
    let mut n_cut_off = 0;
    for nth in 0..100_usize {
        let mut child = export("new.md").spawn().unwrap();
        let own = out.join(format!(".talk.html.{}.tmp", child.id()));
        // Every second time while the file is being written, else anywhere before.
        let mut n_looks = 0;
        while child.try_wait().unwrap().is_none() {
            n_looks += 1;
            if own.exists() || nth % 2 == 1 && n_looks > nth * nth / 4 {
                break;
            }
            // Else the export has to share its processor with whoever looks at it.
            std::thread::sleep(std::time::Duration::from_micros(100));
        }
        let _ = child.kill();
        n_cut_off += usize::from(!child.wait().unwrap().success());
        let left = std::fs::read(&target).unwrap();
        assert!(
            left == old || left == new,
            "after kill {nth}: {} bytes",
            left.len()
        );
    }
    assert!(n_cut_off > 50, "only {n_cut_off} of the runs were cut off");
    // What they left beside it goes with the next run, and nothing else does.
    let others = [".talk.html.tmp", ".talk.html.0x1.tmp", ".other.html.1.tmp"];
    let alive = format!(".talk.html.{}.tmp", std::process::id());
    for name in others.iter().chain([&alive.as_str()]) {
        std::fs::write(out.join(name), "somebody's").unwrap();
    }
    std::fs::write(out.join(".talk.html.4194999.tmp"), "nobody's").unwrap();
    assert_eq!(export("new.md").status().unwrap().code(), Some(0));
    assert_eq!(std::fs::read(&target).unwrap(), new);
    if cfg!(target_os = "linux") {
        assert_eq!(neighbours(&out), 4);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = folder_with(&[("talk.md", deck("word").as_bytes())]);
    let full = deckle(folder.path(), &["export", "talk.md", "-o", "/dev/full"]);
    assert_eq!(full.code, 2);
    assert!(
        full.stderr
            .contains("cannot write `/dev/full`: No space left on device"),
        "{}",
        full.stderr
    );
    assert_eq!(full.stdout, "");
}

/// No file of this process may be longer than some blocks, as if there were no more room.
#[cfg(unix)]
#[test]
fn a_file_that_finds_no_room_leaves_the_old_one() {
    let old = b"<meta name=\"generator\" content=\"Deckle 0\">old";
    let folder = folder_with(&[("talk.md", deck("word").as_bytes()), ("talk.html", old)]);
    let line = format!(
        "trap '' XFSZ; ulimit -f 16; exec '{}' export talk.md",
        env!("CARGO_BIN_EXE_deckle")
    );
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]).current_dir(folder.path());
    let ran = shell.output().unwrap();
    let stderr = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{stderr}");
    assert!(
        stderr.contains("cannot write `") && stderr.contains("talk.html`: "),
        "{stderr}"
    );
    assert_eq!(std::fs::read(folder.path().join("talk.html")).unwrap(), old);
    assert_eq!(neighbours(folder.path()), 0, "nothing is left beside it");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = folder_with(&[("talk.md", b"# One\n"), ("shut/.keep", b"")]);
    let below_a_file = deckle(
        folder.path(),
        &["export", "talk.md", "-o", "talk.md/talk.html"],
    );
    assert_eq!(below_a_file.code, 2);
    let said = &below_a_file.stderr;
    assert!(
        said.contains("cannot write `talk.md/talk.html`: "),
        "{said}"
    );

    let shut = folder.path().join("shut");
    let mut mode = std::fs::metadata(&shut).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&shut, mode).unwrap();
    let place = match std::fs::write(shut.join("probe"), "") {
        Err(_) => "shut/talk.html",
        // Whoever may do everything meets a folder that the system keeps shut.
        Ok(())
            if std::fs::write("/sys/deckle-probe", "").is_err() && Path::new("/sys").is_dir() =>
        {
            "/sys/talk.html"
        }
        Ok(()) => {
            eprintln!("every folder of this machine can be written: nothing tested");
            return;
        }
    };
    let refused = deckle(folder.path(), &["export", "talk.md", "-o", place]);
    assert_eq!(refused.code, 2);
    let said = &refused.stderr;
    assert!(
        said.contains(&format!("cannot write `{place}`: ")),
        "{said}"
    );
    assert!(
        said.contains("denied") || said.contains("permitted"),
        "{said}"
    );
}

#[test]
fn without_a_browser_it_is_said_what_to_do() {
    let folder = folder_with(&[("talk.md", b"# One\n"), ("home/.keep", b"")]);
    for (form, what) in [("pdf", "print"), ("png", "take pictures")] {
        let ran = program(folder.path(), &["export", "talk.md", "--to", form])
            .env("PATH", "")
            .env("HOME", folder.path().join("home"))
            .env_remove("DECKLE_BROWSER")
            .output()
            .unwrap();
        if ran.status.success() {
            eprintln!("a browser lies where systems put it: nothing tested");
            return;
        }
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2));
        assert!(
            said.contains(&format!("there is no browser to {what} with")),
            "{said}"
        );
        assert!(
            said.contains("install Chromium, Chrome, Edge or Brave"),
            "{said}"
        );
        assert!(said.contains("--browser=/path/to/chrome"), "{said}");
    }
}
