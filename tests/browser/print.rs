//! Printing: one slide a page, of the slide's size, everything shown.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::cdp::{browser, text};
use crate::deckle::{Folder, TALK, of_project, themes};
use crate::page::{PHONE, Page};

/// The pages of a printed document as the sizes of their paper in points.
fn print(page: &Page) -> Vec<String> {
    let options = json!({ "preferCSSPageSize": true, "printBackground": true });
    let reply = page.send("Page.printToPDF", options);
    let bytes = STANDARD
        .decode(text(&reply["data"]))
        .expect("a PDF in base64");
    // The browser writes page objects in plain text; only their content is packed.
    let pdf = String::from_utf8_lossy(&bytes);
    pdf.split(" obj")
        .filter_map(|object| {
            let object = object.split("endobj").next()?;
            let is_page = object
                .match_indices("/Type")
                .any(|(at, _)| is_page_type(&object[at + 5..]));
            let size = object.split("/MediaBox").nth(1)?.split_once('[')?.1;
            is_page.then(|| {
                size.split(']')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_string()
            })
        })
        .collect()
}

fn is_page_type(rest: &str) -> bool {
    rest.trim_start()
        .strip_prefix("/Page")
        .is_some_and(|rest| !rest.starts_with('s'))
}

const SLIDE: &str = "0 0 960 540";

#[test]
fn one_slide_a_page() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("print").export(of_project("slides/xiaomi-in-china"), &[]);
    let page = Page::at(&browser, &url);
    page.stands_at_first();
    assert_eq!(print(&page), [SLIDE; 12]);
    // Wherever one stands, and in the overview too.
    page.key("End");
    page.stands_at("#12");
    assert_eq!(print(&page), [SLIDE; 12]);
    page.key("o");
    page.wait("document.documentElement.classList.contains('overview')");
    assert_eq!(print(&page), [SLIDE; 12]);
}

#[test]
fn one_slide_a_page_without_script_and_from_a_phone() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("print-plain")
        .export(of_project("slides/xiaomi-in-china"), &["--theme", "paper"]);
    let page = Page::new(&browser, PHONE);
    page.go(&url);
    page.wait("document.documentElement.classList.contains('js')");
    assert_eq!(print(&page), [SLIDE; 12]);
    let page = Page::new(&browser, (800, 600));
    page.send(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
    page.go(&url);
    assert_eq!(print(&page), [SLIDE; 12]);
}

#[test]
fn the_paper_has_the_decks_size() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("print-size");
    for (size, paper) in [("4:3", "0 0 720 540"), ("16:10", "0 0 960 600")] {
        let text = TALK.replace("author:", &format!("size: '{size}'\nauthor:"));
        let page = Page::at(&browser, &folder.export_text(&text));
        page.stands_at_first();
        assert_eq!(print(&page), [paper; 6], "{size}");
    }
}

#[test]
fn a_print_shows_all_steps_and_all_colours() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("print-steps").export_text(TALK));
    page.stands_at_first();
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let seen = "[...document.querySelectorAll('.slide li')].filter(e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })).length";
    page.becomes(seen, 5);
    let kept = page.list(
        "[...document.querySelectorAll('.slide')].map(s => getComputedStyle(s).printColorAdjust)",
    );
    assert_eq!(kept, ["exact"; 6]);
    assert!(
        page.is("[...document.querySelectorAll('.ui')].every(e => !e.checkVisibility())"),
        "no furniture on paper"
    );
}

#[test]
fn no_slide_overflows_its_paper() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("print-fit");
    for theme in &themes() {
        let page = Page::at(
            &browser,
            &folder.export(of_project("tests/decks/tour"), &["--theme", theme]),
        );
        page.stands_at_first();
        // The paper is as wide as the slide; the window has a scroll bar besides.
        page.resize((1300, 720));
        page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        let faults = page.list(crate::fit::ALL_AT_ONCE);
        assert_eq!(faults, [""; 0], "{theme}");
        page.send("Emulation.setEmulatedMedia", json!({ "media": "" }));
        let n_slides = page.number("document.querySelectorAll('#deck > .frame').length");
        assert_eq!(print(&page), vec![SLIDE; n_slides as usize], "{theme}");
    }
}

#[test]
fn a_page_for_each_step_if_the_deck_wants_it() {
    let Some(browser) = browser() else { return };
    let text = TALK.replace("author:", "print: steps\nauthor:");
    let page = Page::at(&browser, &Folder::new("print-each").export_text(&text));
    page.stands_at_first();
    assert_eq!(print(&page), [SLIDE; 9], "three steps on one of six slides");
    // The page is as it was.
    assert_eq!(
        page.number("document.querySelectorAll('#deck > .frame').length"),
        6.0
    );
    assert_eq!(
        page.number("document.querySelectorAll('.printed').length"),
        0.0
    );
}
