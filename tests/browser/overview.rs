//! The overview of all slides.

use crate::cdp::browser;
use crate::deckle::{Folder, TALK};
use crate::page::Page;

const OPEN: &str = "document.documentElement.classList.contains('overview')";
const CHOSEN: &str = "document.activeElement?.closest('#deck > .frame')?.id";

#[test]
fn overview_shows_all_slides_and_escape_goes_back() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("overview-all").export_text(TALK);
    let page = Page::at(&browser, &format!("{url}#3.2"));
    page.stands_at("#3.2");
    page.key("o");
    page.wait(OPEN);
    page.becomes(
        "[...document.querySelectorAll('#deck > .frame')].filter(f => f.checkVisibility({ visibilityProperty: true }) && f.getBoundingClientRect().width > 60).length",
        6,
    );
    page.becomes(CHOSEN, "3");
    page.keys(&["ArrowRight", "Escape"]);
    page.wait(&format!("!{OPEN}"));
    page.stands_at("#3.2");
    page.keys(&["o", "o"]);
    page.wait(&format!("!{OPEN}"));
    page.stands_at("#3.2");
}

#[test]
fn overview_by_keys() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("overview-keys").export_text(TALK));
    page.resize((600, 500));
    page.key("o");
    page.becomes(CHOSEN, "1");
    page.keys(&["ArrowRight", "ArrowRight", "ArrowLeft"]);
    page.becomes(CHOSEN, "2");
    let across = page.number(
        "(() => { const tops = [...document.querySelectorAll('#deck > .frame')].map(f => Math.round(f.getBoundingClientRect().top)); \
         return tops.filter(t => t === tops[0]).length })()",
    );
    assert!((2.0..=3.0).contains(&across), "{across} slides in a row");
    page.key("ArrowDown");
    page.becomes(CHOSEN, format!("{}", 2.0 + across));
    page.key("ArrowUp");
    page.becomes(CHOSEN, "2");
    page.key("End");
    page.becomes(CHOSEN, "6");
    page.key("Home");
    page.becomes(CHOSEN, "1");
    page.keys(&["ArrowDown", "Enter"]);
    page.wait(&format!("!{OPEN}"));
    page.stands_at(&format!("#{}", 1.0 + across));
    page.keys(&["o", "5", "Enter"]);
    page.stands_at("#5");
}

#[test]
fn overview_by_mouse() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("overview-mouse").export_text(TALK));
    page.key("o");
    page.wait(OPEN);
    page.click_on("[id='4']");
    page.wait(&format!("!{OPEN}"));
    page.stands_at("#4");
    page.key("ArrowRight");
    page.stands_at("#5");
}

#[test]
fn overview_tells_each_slide_by_name() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("overview-names").export_text(TALK));
    page.key("o");
    page.wait(OPEN);
    let names =
        page.list("[...document.querySelectorAll('#deck > .frame button')].map(b => b.ariaLabel)");
    assert_eq!(names.len(), 6);
    assert_eq!(names[3], "4 / 6: Fourth slide");
    page.key("Escape");
    page.wait(&format!("!{OPEN}"));
    let leftovers =
        page.number("document.querySelectorAll('#deck [inert], #deck > .frame > button').length");
    assert_eq!(leftovers, 0.0, "the slides are slides again");
}
