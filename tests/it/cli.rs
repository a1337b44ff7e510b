//! The real program: arguments, exit codes, printed text, and what becomes of
//! the author's files.

use std::process::Stdio;

use super::{deckle, files_below, folder_with, program, root};

const TALK: &[u8] = b"# My talk\n\n---\n\n## Plan\n\n- one\n- two\n";

#[test]
fn help_and_version_are_answers() {
    let folder = folder_with(&[]);
    for args in [
        &["--help"][..],
        &["import", "--help"],
        &["present", "--help"],
        &["watch", "--help"],
        &["export", "--help"],
    ] {
        let ran = deckle(folder.path(), args);
        assert_eq!(ran.code, 0, "{args:?}");
        assert!(
            ran.stdout.contains("Examples:\n  "),
            "{args:?}: {}",
            ran.stdout
        );
        assert!(ran.stdout.contains("deckle "), "{args:?}: {}", ran.stdout);
        assert_eq!(ran.stderr, "", "{args:?}");
    }
    let help = deckle(folder.path(), &["--help"]).stdout;
    for word in ["import", "present", "watch", "export", "Exit codes: 0"] {
        assert!(help.contains(word), "{word} is missing in\n{help}");
    }
    let version = deckle(folder.path(), &["--version"]);
    assert_eq!(
        (version.code, version.stdout.as_str()),
        (0, concat!("deckle ", env!("CARGO_PKG_VERSION"), "\n"))
    );
}

#[test]
fn wrong_arguments_are_said_on_stderr() {
    let folder = folder_with(&[]);
    for (args, wanted) in [
        (&[][..], "Usage: deckle"),
        (&["exprot"], "'export'"),
        (&["export", "--them", "paper"], "'--theme'"),
        (&["present", "--port", "many"], "'many'"),
        (&["present", "--host", "nowhere"], "'nowhere'"),
        (&["import"], "<ARTICLE>"),
    ] {
        let ran = deckle(folder.path(), args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert_eq!(ran.stdout, "", "{args:?}");
        assert!(ran.stderr.contains(wanted), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_clean_deck_ends_with_0_and_findings_with_1() {
    let folder = folder_with(&[
        ("talk.md", TALK),
        ("faulty.md", b"# My talk\n\n![](no.png)\n"),
    ]);
    let clean = deckle(folder.path(), &["export", "talk.md"]);
    assert_eq!((clean.code, clean.stderr.as_str()), (0, ""));
    assert!(
        clean.stdout.starts_with("talk.html: 2 slides, "),
        "{}",
        clean.stdout
    );

    let faulty = deckle(folder.path(), &["export", "faulty.md"]);
    assert_eq!(faulty.code, 1);
    assert!(
        faulty.stderr.contains("warning[missing-picture]"),
        "{}",
        faulty.stderr
    );
    assert!(
        faulty.stderr.contains("--> faulty.md:3:1"),
        "{}",
        faulty.stderr
    );
    assert!(
        folder.path().join("faulty.html").exists(),
        "a faulty deck is written all the same"
    );
}

#[test]
fn nothing_but_a_terminal_gets_colours() {
    let folder = folder_with(&[("faulty.md", b"# My talk\n\n![](no.png)\n")]);
    for args in [
        &["export", "faulty.md"][..],
        &["export", "nowhere"],
        &["--help"],
        &["exprot"],
    ] {
        let ran = deckle(folder.path(), args);
        let printed = ran.stdout + &ran.stderr;
        assert!(!printed.contains('\x1b'), "{args:?}: {printed:?}");
    }
}

/// `script` gives a program a terminal; where there is none, nothing is tested.
#[test]
fn no_color_is_respected_on_a_terminal() {
    if !cfg!(target_os = "linux")
        || std::process::Command::new("script")
            .arg("--version")
            .output()
            .is_err()
    {
        eprintln!("no `script`, nothing tested");
        return;
    }
    let folder = folder_with(&[("faulty.md", b"# My talk\n\n![](no.png)\n")]);
    let on_terminal = |name: &str, value: &str| {
        let line = format!("'{}' export faulty.md", env!("CARGO_BIN_EXE_deckle"));
        let output = std::process::Command::new("script")
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .current_dir(folder.path())
            .env_remove("NO_COLOR")
            .env("TERM", "xterm")
            .env(name, value)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stdout).contains('\x1b')
    };
    assert!(on_terminal("LANG", "C"), "colours on a terminal");
    assert!(!on_terminal("NO_COLOR", "1"), "none with NO_COLOR");
    assert!(!on_terminal("TERM", "dumb"), "none on a dumb terminal");
}

/// An input that is wrong in some way, and what must be said of it.
struct Wrong {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    deck: &'static str,
    code: i32,
    said: &'static [&'static str],
}

/// The inputs that a deck can be wrong by, one for each way.
fn wrong_inputs() -> Vec<Wrong> {
    let file = |name: &'static str, text: &[u8], code, said| Wrong {
        name,
        files: vec![("talk.md", text.to_vec())],
        deck: "talk.md",
        code,
        said,
    };
    let mut long_line = b"# My talk\n\n".to_vec();
    long_line.extend(b"word ".iter().cycle().take(10_000_000));
    vec![
        file(
            "broken front matter",
            b"---\ntitle: [a\n---\n\n# My talk\n",
            1,
            &["error[bad-front-matter]", "talk.md:2:", "help:"],
        ),
        file(
            "endless front matter",
            b"---\ntitle: a\n\n# My talk\n",
            1,
            &["error[front-matter-not-closed]", "talk.md:1:1"],
        ),
        file(
            "a missing picture",
            b"# My talk\n\n![Sales](img/no.png)\n",
            1,
            &[
                "warning[missing-picture]",
                "`img/no.png`",
                "talk.md:3:1",
                "no such file",
            ],
        ),
        file(
            "invalid UTF-8",
            b"# My talk\n\nCaf\xe9\n",
            1,
            &["error[not-utf8]", "talk.md"],
        ),
        file(
            "an empty file",
            b"",
            2,
            &["error[empty-deck]", "talk.md", "help:"],
        ),
        file("a blank file", b"\n \n\t\n", 2, &["error[empty-deck]"]),
        file(
            "a 10 MB line",
            &long_line,
            1,
            &["warning[too-much-text]", "talk.md:"],
        ),
        file(
            "a raw script",
            b"# My talk\n\n<script>alert(1)</script>\n",
            1,
            &["warning[html-cleaned]", "`<script>`", "talk.md:3:1"],
        ),
        file(
            "zero bytes",
            b"# My \0 talk\n\n- \0\n",
            1,
            &["warning[control-character]", "U+0000", "talk.md:1:6"],
        ),
        Wrong {
            name: "an empty folder",
            files: vec![("talk/notes.txt", b"no slide".to_vec())],
            deck: "talk",
            code: 2,
            said: &["error[empty-deck]", "talk", "no `.md` file"],
        },
        Wrong {
            name: "a missing path",
            files: vec![("talk.md", TALK.to_vec())],
            deck: "tlak.md",
            code: 2,
            said: &["error: cannot read `tlak.md`: no such file", "help:"],
        },
    ]
}

#[test]
fn a_wrong_input_is_said_clearly_and_nothing_is_lost() {
    for wrong in wrong_inputs() {
        let files: Vec<(&str, &[u8])> = wrong
            .files
            .iter()
            .map(|(name, bytes)| (*name, &bytes[..]))
            .collect();
        let folder = folder_with(&files);
        let before = files_below(folder.path());
        let ran = deckle(folder.path(), &["export", wrong.deck, "-o", "out.html"]);
        assert_eq!(ran.code, wrong.code, "{}: {}", wrong.name, ran.stderr);
        for said in wrong.said {
            assert!(
                ran.stderr.contains(said),
                "{}: no {said:?} in\n{}",
                wrong.name,
                ran.stderr
            );
        }
        assert!(
            ran.stderr.len() < 4_000,
            "{}: {} bytes of messages",
            wrong.name,
            ran.stderr.len()
        );

        let mut after = files_below(folder.path());
        let written = after.remove(std::path::Path::new("out.html"));
        assert_eq!(written.is_some(), wrong.code < 2, "{}", wrong.name);
        assert!(
            after == before,
            "{}: the author's files were touched",
            wrong.name
        );
        if let Some(html) = written {
            assert!(
                !String::from_utf8_lossy(&html).contains("<script>alert"),
                "{}",
                wrong.name
            );
        }
    }
}

#[test]
fn present_and_watch_refuse_what_has_no_slide() {
    for (deck, wanted) in [
        ("empty.md", "error[empty-deck]"),
        ("nowhere.md", "cannot read `nowhere.md`"),
    ] {
        let folder = folder_with(&[("empty.md", b"")]);
        let ran = deckle(folder.path(), &["present", "--no-open", deck]);
        assert_eq!(ran.code, 2, "{deck}");
        assert!(ran.stderr.contains(wanted), "{}", ran.stderr);
    }
    let folder = folder_with(&[]);
    let ran = deckle(folder.path(), &["watch", "--no-open", "nowhere.md"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn export_replaces_only_what_it_wrote_itself() {
    let folder = folder_with(&[("talk.md", TALK), ("talk.html", b"<p>Mine.</p>\n")]);
    let target = folder.path().join("talk.html");

    let refused = deckle(folder.path(), &["export", "talk.md"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("`talk.html` is there already"),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&target).unwrap(), b"<p>Mine.</p>\n");

    assert_eq!(
        deckle(folder.path(), &["export", "talk.md", "--force"]).code,
        0
    );
    let first = std::fs::read(&target).unwrap();
    assert!(first.starts_with(b"<!doctype html>"));

    std::fs::write(folder.path().join("talk.md"), "# Another talk\n").unwrap();
    assert_eq!(
        deckle(folder.path(), &["export", "talk.md"]).code,
        0,
        "an export may be replaced"
    );
    assert!(std::fs::read(&target).unwrap() != first);
}

#[test]
fn export_never_writes_over_the_deck_itself() {
    let folder = folder_with(&[("talk.md", TALK), ("deck/01.md", TALK)]);
    for (deck, target) in [
        ("talk.md", "talk.md"),
        ("deck", "deck/01.md"),
        ("talk.md", "./deck/../talk.md"),
        ("deck", "deck"),
    ] {
        for force in [&[][..], &["--force"]] {
            let before = files_below(folder.path());
            let args = [&["export", deck, "-o", target], force].concat();
            assert_eq!(deckle(folder.path(), &args).code, 2, "{args:?}");
            assert!(files_below(folder.path()) == before, "{args:?}");
        }
    }
}

#[test]
fn writing_is_whole_or_not_at_all() {
    let folder = folder_with(&[("talk.md", TALK), ("taken/file.txt", b"mine")]);
    let before = files_below(folder.path());
    for target in ["missing/talk.html", "taken", "talk.md/talk.html"] {
        let ran = deckle(
            folder.path(),
            &["export", "talk.md", "--force", "-o", target],
        );
        assert_eq!(ran.code, 2, "{target}");
        let wanted = format!("error: cannot write `{target}`");
        assert!(ran.stderr.contains(&wanted), "{}", ran.stderr);
        assert!(
            files_below(folder.path()) == before,
            "{target}: something was left behind"
        );
    }
    assert_eq!(deckle(folder.path(), &["export", "talk.md"]).code, 0);
    let after: Vec<_> = files_below(folder.path()).into_keys().collect();
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let deck: &[(&str, &[u8])] = &[
        ("deck/01.md", b"---\ntitle: A\nauthor: B\n---\n\n# A\n"),
        (
            "deck/02.md",
            b"---\nicon: truck\n---\n\n## C\n\n- d *e* `f`\n\n```rust\nfn g() {}\n```\n",
        ),
    ];
    let (one, two) = (folder_with(deck), folder_with(deck));
    let export = |folder: &tempfile::TempDir| {
        assert_eq!(deckle(folder.path(), &["export", "deck"]).code, 0);
        std::fs::read(folder.path().join("deck.html")).unwrap()
    };
    let first = export(&one);
    assert!(first == export(&one), "twice in one folder");
    assert!(first == export(&two), "in another folder");
}

#[test]
fn an_export_asks_for_nothing_and_names_itself() {
    let folder = folder_with(&[(
        "talk.md",
        b"---\ntitle: A <b> talk\ndescription: It is \"short\".\nauthor: Ann\nlang: de\n---\n\n# A talk\n\n[site](https://example.org)\n",
    )]);
    assert_eq!(deckle(folder.path(), &["export", "talk.md"]).code, 0);
    let html = std::fs::read_to_string(folder.path().join("talk.html")).unwrap();
    for wanted in [
        "<html lang=\"de\"",
        "<title>A &#60;b&#62; talk</title>",
        "<meta name=\"description\" content=\"It is &#34;short&#34;.\">",
        "<meta name=\"author\" content=\"Ann\">",
        "http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; script-src &#39;sha256-",
        "<link rel=\"icon\" href=\"data:image/svg+xml",
    ] {
        assert!(html.contains(wanted), "no {wanted}");
    }
    // What a page loads by itself is named by these; links are not among them.
    for (at, _) in html
        .match_indices(" src=")
        .chain(html.match_indices("url("))
    {
        let rest = html[at..]
            .trim_start_matches(" src=")
            .trim_start_matches("url(");
        let rest = rest.trim_start_matches(['"', '\'']);
        let is_own = rest.starts_with("data:") || rest.starts_with('#');
        assert!(
            is_own,
            "{}",
            html[at..].chars().take(80).collect::<String>()
        );
    }
    assert!(!html.contains("deckle-asset:") && !html.contains("@import"));
    assert_eq!(html.matches("<script").count(), 1);
}

#[test]
fn a_picture_stands_in_an_export_once() {
    let picture =
        std::fs::read(super::root().join("tests/decks/render/pictures/orange.png")).unwrap();
    let deck = "# A\n\n![One](a.png)\n\n---\n\n![Two](a.png)\n\n---\n\n![Three](a.png)\n\n---\nbackground: a.png\n---\n\n# B\n";
    let folder = folder_with(&[("talk.md", deck.as_bytes()), ("a.png", &picture)]);
    assert_eq!(deckle(folder.path(), &["export", "talk.md"]).code, 0);
    let html = std::fs::read_to_string(folder.path().join("talk.html")).unwrap();
    assert_eq!(html.matches("data:image/png").count(), 1);
    for name in ["One", "Two", "Three"] {
        assert!(
            html.contains(&format!("\"{name}\"")),
            "{name} lost its text"
        );
    }
}

#[test]
fn an_export_holds_short_films_once_and_links_to_long_ones() {
    let film = std::fs::read(super::root().join("tests/decks/render/films/clip.webm")).unwrap();
    let mut long = film.clone();
    long.resize(16_000_001, 0);
    let deck = "# A\n\n![One](a.webm)\n\n---\n\n![Two](a.webm){start=1}\n\n---\nbackground: a.webm\n---\n\n# B\n\n---\n\n![Long](my films/l\u{f6}ng.webm){poster=a.svg}\n"
        .replace("(my films/l\u{f6}ng.webm)", "(<my films/l\u{f6}ng.webm>)");
    let folder = folder_with(&[
        ("deck/talk.md", deck.as_bytes()),
        ("deck/a.webm", &film),
        ("deck/my films/l\u{f6}ng.webm", &long),
        (
            "deck/a.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
        ),
        ("out/.keep", b""),
    ]);
    let export = |to: &str| {
        let ran = deckle(folder.path(), &["export", "deck/talk.md", "-o", to]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(
            ran.stderr.contains("[linked-film]") && ran.stderr.contains("has 17 MB"),
            "{}",
            ran.stderr
        );
        ran.stdout
    };
    for (to, link) in [
        ("deck/talk.html", "my%20films/l%C3%B6ng.webm"),
        ("out/talk.html", "../deck/my%20films/l%C3%B6ng.webm"),
    ] {
        export(to);
        let html = std::fs::read_to_string(folder.path().join(to)).unwrap();
        assert_eq!(html.matches("data:video/webm").count(), 1);
        assert_eq!(html.matches(" data-same=\"").count(), 2);
        assert!(html.contains("data-part=\"#t=1\""));
        assert!(html.contains("poster=\"data:image/svg+xml"));
        assert!(html.contains(&format!(" src=\"{link}\"")), "no {link}");
        assert!(html.contains("media-src data: &#39;self&#39;;"));
        assert!(html.len() < 1_000_000 && !html.contains("deckle-asset:"));
    }
    assert!(export("-").contains(" src=\"deck/my%20films/l%C3%B6ng.webm\""));
    let without = folder_with(&[("talk.md", b"# A\n")]);
    let plain = deckle(without.path(), &["export", "talk.md", "-o", "-"]).stdout;
    assert!(plain.contains("media-src &#39;none&#39;;") && !plain.contains("timeupdate"));
}

#[test]
fn a_hyphen_is_standard_output() {
    let folder = folder_with(&[("talk.md", TALK)]);
    let ran = deckle(folder.path(), &["export", "talk.md", "-o", "-"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.starts_with("<!doctype html>") && ran.stdout.ends_with("</html>"),
        "{}",
        ran.stdout.len()
    );
    assert_eq!(files_below(folder.path()).len(), 1);
    deckle(folder.path(), &["export", "talk.md"]);
    assert!(ran.stdout.as_bytes() == std::fs::read(folder.path().join("talk.html")).unwrap());
}

#[test]
fn a_closed_pipe_is_no_crash() {
    let folder = folder_with(&[("talk.md", TALK)]);
    let mut child = program(folder.path(), &["export", "talk.md", "-o", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
}

#[test]
fn an_export_is_named_after_its_deck() {
    let folder = folder_with(&[
        ("my.talk.md", TALK),
        ("spring/01.md", TALK),
        ("notes.txt", b"A title\n\nA text of a few words.\n"),
    ]);
    for (deck, name) in [
        ("my.talk.md", "my.talk.html"),
        ("spring", "spring.html"),
        ("spring/", "spring.html"),
        ("notes.txt", "notes.html"),
    ] {
        let ran = deckle(folder.path(), &["export", deck]);
        assert_eq!(ran.code, 0, "{deck}: {}", ran.stderr);
        let path = folder.path().join(name);
        assert!(path.exists(), "{deck} is not {name}: {}", ran.stdout);
        std::fs::remove_file(path).unwrap();
    }
    let ran = deckle(&folder.path().join("spring"), &["export", "."]);
    assert_eq!(ran.code, 0);
    assert!(
        folder.path().join("spring/spring.html").exists(),
        "{}",
        ran.stdout
    );
}

#[test]
fn without_a_name_the_usual_deck_is_found() {
    let cases: [(&[&str], Option<&str>); 7] = [
        (&["deck.md", "slides.md", "slides/01.md"], Some("deck.html")),
        (&["slides.md", "slides/01.md"], Some("slides.html")),
        (&["slides/01.md"], Some("slides.html")),
        (
            &["slides/talk/01.md", "slides/img/a.txt"],
            Some("talk.html"),
        ),
        (&["slides/one/01.md", "slides/two/01.md"], None),
        (&["talk.md"], None),
        (&["slides/README.md"], None),
    ];
    for (names, wanted) in cases {
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, TALK)).collect();
        let folder = folder_with(&files);
        let ran = deckle(folder.path(), &["export"]);
        match wanted {
            Some(name) => {
                assert_eq!(ran.code, 0, "{names:?}: {}", ran.stderr);
                assert!(
                    folder.path().join(name).exists(),
                    "{names:?}: {}",
                    ran.stdout
                );
            }
            None => {
                assert_eq!(ran.code, 2, "{names:?}: {}", ran.stdout);
                assert!(
                    ran.stderr.contains("error: ") && ran.stderr.contains("help: "),
                    "{names:?}: {}",
                    ran.stderr
                );
            }
        }
    }
}

#[test]
fn a_theme_can_be_named_over_the_deck_s_own() {
    let folder = folder_with(&[("talk.md", b"---\ntheme: swiss\n---\n\n# My talk\n")]);
    let with = |theme: &str| {
        deckle(
            folder.path(),
            &["export", "talk.md", "-o", "-", "--theme", theme],
        )
    };
    assert!(with("paper").stdout.contains("class=\"theme-paper\""));
    assert!(with("swiss").stdout.contains("class=\"theme-swiss\""));
    let unknown = with("papre");
    assert_eq!(unknown.code, 1);
    assert!(
        unknown.stderr.contains("did you mean `paper`?"),
        "{}",
        unknown.stderr
    );
    assert!(unknown.stdout.contains("class=\"theme-swiss\""));
}

#[test]
fn endless_openings_end_in_no_crash() {
    let pieces = [
        "> ",
        "- ",
        "*",
        "[",
        "![",
        "<div>",
        "<b>",
        "::: a\n",
        "`",
        "$",
        "{",
        "|",
        "<!--",
        "<!-- a\n\n",
    ];
    let files: Vec<(String, Vec<u8>)> = pieces
        .iter()
        .enumerate()
        .map(|(number, piece)| (format!("{number}.md"), piece.repeat(4_000).into_bytes()))
        .collect();
    let named: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), &bytes[..]))
        .collect();
    let folder = folder_with(&named);
    let mut crashed = Vec::new();
    for ((name, _), piece) in files.iter().zip(pieces) {
        let ran = deckle(folder.path(), &["export", name, "-o", "-"]);
        if !(0..=2).contains(&ran.code) {
            crashed.push(piece);
        }
    }
    assert!(crashed.is_empty(), "4000 times each of {crashed:?}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_stays_a_link() {
    let folder = folder_with(&[("deck.md", b"# A deck\n"), ("real/old.html", b"")]);
    let (link, real) = (
        folder.path().join("talk.html"),
        folder.path().join("real/old.html"),
    );
    std::fs::remove_file(&real).unwrap();
    let first = deckle(folder.path(), &["export", "deck.md", "-o", "real/old.html"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    std::fs::write(folder.path().join("deck.md"), "# Another deck\n").unwrap();
    std::os::unix::fs::symlink("real/old.html", &link).unwrap();
    let ran = deckle(folder.path(), &["export", "deck.md", "-o", "talk.html"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(
        std::fs::read_to_string(real)
            .unwrap()
            .contains("Another deck")
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_never_replaced() {
    use std::os::unix::fs::FileTypeExt;

    let folder = folder_with(&[("deck.md", b"# A deck\n")]);
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("nothing was tested: there is no mkfifo here");
        return;
    }
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap())
    };
    let ran = deckle(folder.path(), &["export", "deck.md", "-o", "pipe"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(reader.join().unwrap().contains("A deck"));
    assert!(pipe.metadata().unwrap().file_type().is_fifo());
}

/// The first thing that anyone who comes to the project types.
#[test]
fn the_first_command_of_the_readme_finds_its_deck() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let line = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run --release -- present"))
        .expect("the command");
    let words = line.split('#').next().unwrap_or_default();
    let mut args = vec!["check"];
    args.extend(words.split_whitespace());
    let ran = deckle(root(), &args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
