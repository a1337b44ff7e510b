//! The speaker view: a second window in step with the first, both ways.

use std::sync::Arc;

use crate::cdp::{Browser, browser};
use crate::deckle::{Folder, Server, TALK};
use crate::page::Page;

/// Opens the speaker view from the slide where the page stands.
#[track_caller]
pub fn open(page: &Page) -> Page {
    page.key("s");
    let speaker = page.popup();
    speaker.wait("document.documentElement.classList.contains('speaker')");
    // The two have found each other.
    speaker.becomes("location.hash", page.text("location.hash"));
    speaker
}

/// What must hold wherever the deck comes from.
fn is_in_step(browser: &Arc<Browser>, url: &str) {
    let page = Page::at(browser, &format!("{url}#2"));
    page.stands_at("#2");
    let speaker = open(&page);

    page.key("ArrowRight");
    page.stands_at("#3");
    speaker.becomes("location.hash", "#3");
    speaker.key("ArrowRight");
    speaker.becomes("location.hash", "#3.1");
    page.stands_at("#3.1");
    page.becomes("document.querySelectorAll('[id=\"3\"] .shown').length", 1);
    page.keys(&["Space", "Space", "Space"]);
    speaker.becomes("location.hash", "#4");
    speaker.key("ArrowLeft");
    page.stands_at("#3.3");
    speaker.keys(&["5", "Enter"]);
    page.stands_at("#5");
    page.key("Home");
    speaker.becomes("location.hash", "#1");
    speaker.key("End");
    page.stands_at("#6");

    assert_eq!(page.complaints(), [""; 0]);
    assert_eq!(speaker.complaints(), [""; 0]);
}

#[test]
fn in_step_over_file() {
    let Some(browser) = browser() else { return };
    is_in_step(&browser, &Folder::new("speaker-file").export_text(TALK));
}

#[test]
fn in_step_over_http() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("speaker-http");
    let server = Server::present(folder.write("deck.md", TALK));
    is_in_step(&browser, &server.url);
}

#[test]
fn shows_current_next_and_notes() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("speaker-notes").export_text(TALK);
    let page = Page::at(&browser, &format!("{url}#2"));
    let speaker = open(&page);
    let slides = "[...document.querySelectorAll('.slide')].filter(s => s.checkVisibility()).map(s => s.querySelector('h1, h2').textContent).join(' | ')";
    speaker.becomes(slides, "Second slide | Three steps");
    speaker.wait("document.body.innerText.includes('Remember to smile.')");
    speaker.key("ArrowRight");
    speaker.wait("document.body.innerText.includes('Say these words slowly.')");
    assert!(speaker.is("!document.body.innerText.includes('Remember to smile.')"));
    // Next is the next step as long as there is one.
    speaker.becomes(slides, "Three steps | Three steps");
    let shown = "[...document.querySelectorAll('.slide')].filter(s => s.checkVisibility()).map(s => s.querySelectorAll('.shown').length).join()";
    speaker.becomes(shown, "0,1");
    speaker.key("ArrowRight");
    speaker.becomes(shown, "1,2");
    speaker.key("End");
    speaker.becomes(slides, "The end");
    // What the speaker reads is not for the audience.
    assert!(page.is("!document.body.innerText.includes('slowly')"));
}

#[test]
fn clock_and_timer() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("speaker-timer").export_text(TALK));
    page.stands_at_first();
    page.key("s");
    let speaker = page.popup();
    let timer = "document.querySelector('.timer').textContent";
    speaker.becomes(timer, "00:00");
    speaker.wait("/\\d?\\d:\\d\\d/.test(document.querySelector('.clock').textContent)");
    // The first move starts it, in whichever window it is made.
    page.key("ArrowRight");
    speaker.wait(&format!("{timer} !== '00:00'"));
    speaker.key("p");
    speaker.wait("document.querySelector('.timer').classList.contains('paused')");
    speaker.key("z");
    speaker.becomes(timer, "00:00");
}

#[test]
fn either_window_may_be_reloaded() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("speaker-reload").export_text(TALK);
    let page = Page::at(&browser, &format!("{url}#3.1"));
    let speaker = open(&page);
    speaker.reload();
    speaker.becomes("location.hash", "#3.1");
    page.key("ArrowRight");
    speaker.becomes("location.hash", "#3.2");
    speaker.key("ArrowRight");
    page.stands_at("#3.3");
    page.reload();
    page.stands_at("#3.3");
    // The speaker view finds the reloaded page, and then leads it again.
    page.key("ArrowRight");
    page.stands_at("#4");
    speaker.becomes("location.hash", "#4");
    speaker.key("ArrowRight");
    page.stands_at("#5");
}

#[test]
fn loaded_at_different_slides_the_view_shows_what_the_audience_sees() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("speaker-apart");
    let file = folder.export_text(TALK);
    let server = Server::present(folder.path("deck.md"));
    for url in [file, server.url.clone()] {
        let page = Page::at(&browser, &format!("{url}#3.1"));
        let speaker = open(&page);
        page.reload();
        speaker.eval("history.replaceState(null, '', location.pathname + location.search + '#2')");
        speaker.reload();
        speaker.becomes("location.hash", "#3.1");
        page.stands_at("#3.1");
    }
}

#[test]
fn closed_and_opened_again() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("speaker-again").export_text(TALK));
    page.key("ArrowRight");
    page.stands_at("#2");
    open(&page).close();
    page.key("ArrowRight");
    page.stands_at("#3");
    let speaker = open(&page);
    speaker.key("ArrowRight");
    page.stands_at("#3.1");
}

#[test]
fn two_decks_do_not_drive_each_other() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("speaker-two");
    let server = Server::present(folder.write("deck.md", TALK));
    let page = Page::at(&browser, &format!("{}#2", server.url));
    page.stands_at("#2");
    let other = page.another((1280, 720));
    other.go(&format!("{}#5", server.url));
    other.stands_at("#5");
    let speaker = open(&page);
    speaker.key("ArrowRight");
    page.stands_at("#3");
    speaker.key("Home");
    page.stands_at("#1");
    assert_eq!(other.text("location.hash"), "#5");
}

#[test]
fn marks_what_the_slide_is_made_of() {
    let Some(browser) = browser() else { return };
    let deck = "---\nfrom: article.txt 1, 3.2\n---\n\n## Old signals\n\n- Fail in the cold\n\n\
        ::: notes\n\nThey are old. They *often* fail in the cold.\n\n:::\n";
    let page = Page::at(&browser, &Folder::new("speaker-marks").export_text(deck));
    page.key("s");
    let speaker = page.popup();
    let marked = "[...document.querySelectorAll('.told mark')].map(m => m.textContent).join('|')";
    speaker.becomes(marked, "They often fail in the cold.");
    // Quiet: they are in the desk's own ink and on its own ground; the rest of the notes steps back.
    let color = |of: &str| {
        speaker.text(&format!(
            "getComputedStyle(document.querySelector('{of}')).color"
        ))
    };
    assert_eq!(color(".told mark"), color(".desk"));
    assert_ne!(color(".told mark"), color(".told"));
    assert_eq!(
        speaker.text("getComputedStyle(document.querySelector('.told mark')).backgroundColor"),
        "rgba(0, 0, 0, 0)"
    );
    // The audience sees neither notes nor marks.
    assert!(page.is("![...document.querySelectorAll('mark')].some(m => m.checkVisibility())"));
}

#[test]
fn notes_have_the_size_the_speaker_chose() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("speaker-size");
    let file = folder.export_text(TALK);
    let server = Server::present(folder.path("deck.md"));
    for url in [file, server.url.clone()] {
        let page = Page::at(&browser, &format!("{url}#2"));
        let view = open(&page);
        let size = "parseFloat(getComputedStyle(document.querySelector('.told p')).fontSize)";
        view.becomes(size, 24);
        view.keys(&["+", "+", "+"]);
        view.becomes(size, 30);
        view.click_on(".notes-pane button");
        view.becomes(size, 28);
        view.reload();
        view.becomes(size, 28);
        view.key("-");
        view.becomes(size, 26);
    }
}
