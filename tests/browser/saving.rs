//! `watch` against the ways in which files change: every editor saves in its
//! own, and folders come and go.

use std::fs;

use crate::cdp::browser;
use crate::deckle::{Folder, Server, TALK};
use crate::page::Page;
use crate::patches::Watched;

#[test]
fn save_by_rename() {
    let folder = Folder::new("save-rename");
    folder.write("deck.md", TALK);
    let server = Server::watch(folder.path("deck.md"), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    // More than once: the first rename ends a watch on the file itself.
    for word in ["twenty", "thirty", "forty"] {
        folder.write_by_rename("deck.md", TALK.replace("- two", &format!("- {word}")));
        watched.gets(word);
        watched.page.stands_at("#3.2");
    }
    watched.was_never_reloaded();
}

#[test]
fn save_with_a_backup() {
    let folder = Folder::new("save-backup");
    folder.write("deck.md", TALK);
    let server = Server::watch(folder.path("deck.md"), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    for word in ["twenty", "thirty"] {
        // The old file is moved away, the new one written under its name.
        fs::rename(folder.path("deck.md"), folder.path("deck.md~")).expect("moved away");
        folder.write("deck.md", TALK.replace("- two", &format!("- {word}")));
        watched.gets(word);
        watched.page.stands_at("#3.2");
    }
    watched.was_never_reloaded();
}

#[test]
fn a_file_is_deleted_and_returns() {
    let folder = Folder::new("save-delete");
    folder.write("deck.md", TALK);
    let server = Server::watch(folder.path("deck.md"), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    let overlay = "document.querySelector('.ui.fault')";
    fs::remove_file(folder.path("deck.md")).expect("deleted");
    watched.page.wait(&format!(
        "{overlay}.checkVisibility() && {overlay}.innerText.includes('deck.md')"
    ));
    // The audience keeps the last good deck.
    watched.page.stands_at("#3.2");
    folder.write("deck.md", TALK.replace("- two", "- twenty"));
    watched.gets("twenty");
    watched.page.wait(&format!("!{overlay}.checkVisibility()"));
    watched.page.stands_at("#3.2");
    watched.was_never_reloaded();
}

#[test]
fn a_slide_file_appears_and_vanishes() {
    let folder = Folder::new("save-appear");
    folder.write("deck/1.md", "# One\n");
    folder.write("deck/3.md", "## Three\n\n- words\n");
    let server = Server::watch(folder.path("deck"), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    folder.write("deck/2.md", "## Two\n\n- words\n");
    watched.headings("One | Two | Three");
    watched.page.stands_at("#3");
    fs::remove_file(folder.path("deck/2.md")).expect("deleted");
    watched.headings("One | Three");
    watched.page.stands_at("#2");
    // The only words of an edit are in a file that was empty.
    folder.write("deck/4.md", "");
    folder.write("deck/4.md", "## Four\n");
    watched.headings("One | Three | Four");
    watched.was_never_reloaded();
}

#[test]
fn the_folder_is_moved_away_and_back() {
    let folder = Folder::new("save-folder");
    folder.write("deck/1.md", "# One\n");
    folder.write("deck/2.md", "## Two\n\n- words\n");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let overlay = "document.querySelector('.ui.fault')";
    fs::rename(folder.path("deck"), folder.path("away")).expect("moved away");
    watched.page.wait(&format!("{overlay}.checkVisibility()"));
    watched.page.stands_at("#2");
    fs::rename(folder.path("away"), folder.path("deck")).expect("moved back");
    watched.page.wait(&format!("!{overlay}.checkVisibility()"));
    // It is watched again.
    folder.edit("deck/2.md", "words", "many words");
    watched.gets("many words");
    watched.page.stands_at("#2");
    watched.was_never_reloaded();
}

#[test]
fn the_folder_is_replaced() {
    let folder = Folder::new("save-replace");
    let fill = |name: &str, words: &str| {
        folder.write(&format!("{name}/1.md"), "# One\n");
        folder.write(&format!("{name}/2.md"), format!("## Two\n\n- {words}\n"));
    };
    fill("deck", "first words");
    fill("next", "second words");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    fs::rename(folder.path("deck"), folder.path("old")).expect("moved away");
    fs::rename(folder.path("next"), folder.path("deck")).expect("moved in");
    watched.gets("second words");
    watched.page.stands_at("#2");
    folder.edit("deck/2.md", "second", "third");
    watched.gets("third words");
    // What happens to the old folder is nobody's business any more.
    folder.edit("old/2.md", "first", "stale");
    folder.edit("deck/2.md", "third", "fourth");
    watched.gets("fourth words");
    watched.loses("stale");
    watched.was_never_reloaded();
}

#[test]
fn a_deck_that_is_removed_and_made_again() {
    let folder = Folder::new("save-remade");
    let fill = |words: &str| {
        folder.write("deck/1.md", "# One\n");
        folder.write("deck/2.md", format!("## Two\n\n- {words}\n"));
    };
    fill("first words");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    fs::remove_dir_all(folder.path("deck")).expect("removed");
    watched
        .page
        .wait("document.querySelector('.ui.fault').checkVisibility()");
    fill("second words");
    watched.gets("second words");
    watched
        .page
        .wait("!document.querySelector('.ui.fault').checkVisibility()");
    folder.edit("deck/2.md", "second", "third");
    watched.gets("third words");
    watched.was_never_reloaded();
}

#[cfg(unix)]
#[test]
fn a_deck_behind_a_link() {
    let folder = Folder::new("save-link");
    folder.write("real/talk.md", TALK);
    std::os::unix::fs::symlink(folder.path("real/talk.md"), folder.path("deck.md"))
        .expect("a link");
    let server = Server::watch(folder.path("deck.md"), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    folder.edit("real/talk.md", "- two", "- twenty");
    watched.gets("twenty");
    watched.page.stands_at("#3.2");
    watched.was_never_reloaded();
}

#[test]
fn an_article_is_edited() {
    let folder = Folder::new("save-article");
    let text = fs::read_to_string(crate::deckle::of_project(
        "slides/xiaomi-in-china/article.txt",
    ))
    .expect("the article");
    folder.write("article.txt", text);
    let server = Server::watch(folder.path("article.txt"), &[]);
    let Some(watched) = Watched::open(&server, "#4") else {
        return;
    };
    let n_slides = watched
        .page
        .number("document.querySelectorAll('#deck > .frame').length");
    folder.edit(
        "article.txt",
        "Cultural and Language Factors",
        "Culture, Language and Taste",
    );
    watched.gets("Culture, Language and Taste");
    assert_eq!(
        watched
            .page
            .number("document.querySelectorAll('#deck > .frame').length"),
        n_slides
    );
    // The agenda names it as well.
    watched.page.wait("document.querySelector('.layout-agenda').textContent.includes('Culture, Language and Taste')");
    watched.was_never_reloaded();
}

#[test]
fn the_program_ends_and_starts_again() {
    let folder = Folder::new("save-restart");
    folder.write("deck.md", TALK);
    let server = Server::watch(folder.path("deck.md"), &[]);
    let Some(watched) = Watched::open(&server, "#3.2") else {
        return;
    };
    let port = server.port();
    drop(server);
    watched
        .page
        .wait("document.querySelector('.ui.lost').checkVisibility()");
    folder.edit("deck.md", "- two", "- twenty");
    let _server = Server::watch(folder.path("deck.md"), &["--port", &port]);
    watched.gets("twenty");
    watched
        .page
        .wait("!document.querySelector('.ui.lost').checkVisibility()");
    watched.page.stands_at("#3.2");
    assert!(watched.page.is("window.isSame"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_though_a_page_listens() {
    let folder = Folder::new("save-interrupt");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &server.url);
    page.stands_at_first();
    assert_eq!(server.interrupt(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_switched() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("save-switch");
    for (name, words) in [("one", "first words"), ("two", "second words")] {
        folder.write(&format!("{name}/1.md"), "# One\n");
        folder.write(&format!("{name}/2.md"), format!("## Two\n\n- {words}\n"));
    }
    symlink("one", folder.path("deck")).expect("a link");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    watched.gets("first words");
    symlink("two", folder.path("next")).expect("a link");
    fs::rename(folder.path("next"), folder.path("deck")).expect("switched");
    watched.gets("second words");
    folder.edit("two/2.md", "second", "third");
    watched.gets("third words");
    watched.page.stands_at("#2");
    watched.was_never_reloaded();
}

#[test]
fn the_folder_above_is_moved_away_and_back() {
    let folder = Folder::new("save-above");
    folder.write("above/deck/1.md", "# One\n");
    folder.write("above/deck/2.md", "## Two\n\n- words\n");
    let server = Server::watch(folder.path("above/deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let overlay = "document.querySelector('.ui.fault')";
    fs::rename(folder.path("above"), folder.path("away")).expect("moved away");
    watched.page.wait(&format!("{overlay}.checkVisibility()"));
    fs::rename(folder.path("away"), folder.path("above")).expect("moved back");
    watched.page.wait(&format!("!{overlay}.checkVisibility()"));
    folder.edit("above/deck/2.md", "words", "many words");
    watched.gets("many words");
    watched.page.stands_at("#2");
    watched.was_never_reloaded();
}

#[test]
fn an_empty_folder_is_filled() {
    let folder = Folder::new("save-empty");
    folder.write("deck/README.txt", "No slides yet.\n");
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &server.url);
    let overlay = "document.querySelector('.ui.fault')";
    page.wait(&format!("{overlay}.checkVisibility()"));
    folder.write("deck/1.md", "# One\n");
    page.stands_at_first();
    page.wait(&format!("!{overlay}.checkVisibility()"));
    folder.write("deck/2.md", "## Two\n");
    page.wait("document.querySelectorAll('#deck > .frame').length === 2");
    page.key("End");
    page.stands_at("#2");
}
