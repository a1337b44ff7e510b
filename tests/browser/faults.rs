//! `watch` and the author's faults: drawn over the last good deck, and gone
//! when they are mended.

use crate::cdp::browser;
use crate::deckle::{Folder, Server, TALK};
use crate::page::{Page, WIDE};
use crate::patches::Watched;

#[test]
fn an_error_is_drawn_over_the_last_good_deck() {
    let folder = Folder::new("patch-error");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let Some(watched) = Watched::open(&server, "#3.1") else {
        return;
    };
    let page = &watched.page;
    let overlay = "document.querySelector('.ui.fault')";
    assert!(page.is(&format!("!{overlay}?.checkVisibility()")));
    folder.edit("deck.md", "steps: lists", "steps: [lists");
    page.wait(&format!("{overlay}?.checkVisibility()"));
    page.wait(&format!("/deck\\.md:\\d+:\\d+/.test({overlay}.innerText)"));
    let said = page.text(&format!("{overlay}.innerText"));
    assert!(
        said.contains("steps: [lists"),
        "the line is quoted:\n{said}"
    );
    // The deck beneath is the last good one, where it stood.
    watched.headings(
        "The short talk | Second slide | Three steps | Fourth slide | Fifth slide | The end",
    );
    page.stands_at("#3.1");
    folder.edit("deck.md", "steps: [lists", "steps: lists");
    page.wait(&format!("!{overlay}?.checkVisibility()"));
    page.stands_at("#3.1");
    watched.was_never_reloaded();
}

#[test]
fn an_error_names_file_line_and_column() {
    let folder = Folder::new("patch-error-place");
    folder.write("deck/a.md", "# Good\n");
    folder.write(
        "deck/b.md",
        "---\nnotes: fine\nlayout: bullets\n---\n\n## Bad\n\n- x\n",
    );
    let server = Server::watch(folder.path("deck"), &[]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let overlay = "document.querySelector('.ui.fault')";
    folder.edit("deck/b.md", "layout: bullets", "layout: { a: b }");
    watched
        .page
        .wait(&format!("{overlay}.innerText.includes('b.md:3:')"));
    assert!(
        watched
            .page
            .is(&format!("/b\\.md:3:\\d+/.test({overlay}.innerText)"))
    );
    // A page that is opened now says so too.
    let second = watched.page.another(WIDE);
    second.go(&server.url);
    second.wait(&format!("{overlay}.innerText.includes('b.md:3:')"));
    folder.edit("deck/b.md", "layout: { a: b }", "layout: bullets");
    watched.page.wait(&format!("!{overlay}.checkVisibility()"));
    second.wait(&format!("!{overlay}.checkVisibility()"));
    watched.was_never_reloaded();
}

#[test]
fn a_deck_that_is_broken_at_the_start() {
    let folder = Folder::new("patch-broken-start");
    let broken = TALK.replace("title: The short talk", "title: [The short talk");
    let server = Server::watch(folder.write("deck.md", broken), &[]);
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &server.url);
    let overlay = "document.querySelector('.ui.fault')";
    page.wait(&format!("/deck\\.md:\\d+:\\d+/.test({overlay}?.innerText)"));
    folder.write("deck.md", TALK);
    page.wait(&format!("!{overlay}.checkVisibility()"));
    page.wait("document.title.includes('The short talk')");
    page.key("End");
    page.stands_at("#6");
}

#[test]
fn warnings_are_counted_in_a_chip() {
    let folder = Folder::new("patch-warnings");
    let server = Server::watch(folder.write("deck.md", TALK), &["--no-follow"]);
    let Some(watched) = Watched::open(&server, "#2") else {
        return;
    };
    let page = &watched.page;
    let chip = "document.querySelector('.ui.warnings')";
    assert!(page.is(&format!("!{chip}.checkVisibility()")));
    folder.edit("deck.md", "steps: lists", "stepps: lists\nlayuot: bullets");
    page.wait(&format!("{chip}.checkVisibility()"));
    page.becomes(
        &format!("{chip}.querySelector('summary').textContent"),
        "2 warnings",
    );
    page.click_on(".ui.warnings summary");
    page.wait(&format!(
        "{chip}.innerText.includes('stepps') && /deck\\.md:\\d+:\\d+/.test({chip}.innerText)"
    ));
    page.stands_at("#2");
    folder.edit("deck.md", "stepps: lists\nlayuot: bullets", "steps: lists");
    page.wait(&format!("!{chip}.checkVisibility()"));
    page.stands_at("#2");
    watched.was_never_reloaded();
}
