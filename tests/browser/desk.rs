//! From the slide back to its source, and what the browser tells the author.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::deckle::{Folder, Server, TALK};
use crate::patches::Watched;

/// An editor that writes down what it is told.
fn editor(folder: &Folder) -> (String, PathBuf) {
    let told = folder.path("told");
    let script = format!(
        "#!/bin/sh\nprintf '%s ' \"$@\" > '{0}.part'; mv '{0}.part' '{0}'\n",
        told.display()
    );
    let path = folder.write("bin/code", script);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
    }
    (format!("'{}' --wait", path.display()), told)
}

/// What the editor was told, as soon as it was.
#[track_caller]
fn told(watched: &Watched, path: &PathBuf) -> String {
    // The page says where it opened the editor; the editor is started before.
    watched
        .page
        .wait("document.querySelector('.ui.word').textContent.includes('deck.md:')");
    let begun = std::time::Instant::now();
    loop {
        if let Ok(words) = fs::read_to_string(path) {
            fs::remove_file(path).expect("removed");
            watched
                .page
                .eval("document.querySelector('.ui.word').textContent = ''");
            return words.trim().to_string();
        }
        assert!(
            begun.elapsed() < crate::cdp::PATIENCE,
            "no editor was started"
        );
        std::thread::yield_now();
    }
}

fn line_of(text: &str) -> usize {
    1 + TALK.lines().position(|line| line == text).expect("a line")
}

#[test]
fn alt_click_and_e_open_the_source() {
    let folder = Folder::new("desk-editor");
    let deck = folder.write("deck.md", TALK);
    let (command, note) = editor(&folder);
    let server = Server::watch_with_editor(&deck, &command);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let page = &watched.page;
    let at = |line: &str| format!("--goto {}:{}", deck.display(), line_of(line));

    let place = page.eval(
        "(() => { const r = document.querySelector('.current li:nth-child(2)').getBoundingClientRect(); return [r.x + 40, r.y + r.height / 2]; })()",
    );
    for kind in ["mousePressed", "mouseReleased"] {
        let alt = 1;
        page.send(
            "Input.dispatchMouseEvent",
            json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1, "modifiers": alt }),
        );
    }
    assert_eq!(told(&watched, &note), at("- second"));
    page.stands_at("#2");

    page.send(
        "Input.dispatchMouseEvent",
        json!({ "type": "mouseMoved", "x": 1, "y": 1 }),
    );
    page.key("ArrowRight");
    page.stands_at("#3");
    page.key("e");
    assert_eq!(told(&watched, &note), at("## Three steps"));
    watched.was_never_reloaded();
}

#[test]
fn without_an_editor_the_page_says_where_to_look() {
    let folder = Folder::new("desk-no-editor");
    let deck = folder.write("deck.md", TALK);
    let server = Server::watch_with_editor(&deck, "/nowhere/at-all");
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    watched.page.key("e");
    watched.page.wait(&format!(
        "document.querySelector('.ui.word').textContent.includes('cannot be started') && document.querySelector('.ui.word').textContent.includes('deck.md:{}')",
        line_of("## Second slide")
    ));
}

#[test]
fn a_slide_that_does_not_fit_is_reported_with_its_line() {
    let folder = Folder::new("desk-overflow");
    folder.write("wide/theme.yaml", "name: wide\nextends: swiss\n");
    // The build cannot know what a theme does to a class.
    folder.write(
        "wide/theme.css",
        ".airy li { margin-bottom: calc(170 * var(--u)); }",
    );
    let slides = "# Talk\n\n---\n\n## Fits\n\n- a\n- b\n\n---\nclass: airy\n---\n\n## Does not fit\n\n- a\n- b\n- c\n- d\n- e\n";
    let deck = folder.write("deck.md", format!("---\ntheme: wide\n---\n\n{slides}"));
    let server = Server::watch(&deck, &[]);
    let Some(watched) = Watched::open(&server, "#1") else {
        return;
    };
    let line = server.says("too-much-text");
    assert!(
        line.contains("this slide fits only at") || line.contains("has to be scrolled"),
        "{line}"
    );
    let place = server.says("deck.md:");
    let text = fs::read_to_string(&deck).expect("the deck");
    let wanted = 1 + text
        .lines()
        .position(|line| line == "## Does not fit")
        .expect("a line");
    let found: usize = place
        .split(':')
        .nth(1)
        .and_then(|n| n.parse().ok())
        .expect("a line");
    assert!(
        found <= wanted && found + 5 > wanted,
        "{place}, wanted {wanted}"
    );
    // The one that is seen is not disturbed.
    watched
        .page
        .wait("document.querySelector('.ui.warnings').checkVisibility()");
    assert_eq!(watched.n_fresh(), 0.0);
    watched.page.stands_at_first();

    folder.edit("deck.md", "class: airy\n", "");
    watched
        .page
        .wait("!document.querySelector('.ui.warnings').checkVisibility()");
    server.says("mended");
    watched.was_never_reloaded();
}
