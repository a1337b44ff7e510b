//! Printing: one slide a page, of the slide's size, everything shown.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::cdp::{browser, text};
use crate::deckle::{Folder, TALK, of_project, themes};
use crate::page::{PHONE, Page};

/// The pages of a printed document as the sizes of their paper in points.
fn print(page: &Page) -> Vec<String> {
    sizes(&pdf(page))
}

/// The printed document.
fn pdf(page: &Page) -> Vec<u8> {
    let options = json!({ "preferCSSPageSize": true, "printBackground": true });
    let reply = page.send("Page.printToPDF", options);
    STANDARD
        .decode(text(&reply["data"]))
        .expect("a PDF in base64")
}

/// The sizes of a document's pages, in its order of objects.
pub fn sizes(pdf: &[u8]) -> Vec<String> {
    // The browser writes page objects in plain text; only their content is packed.
    let pdf = String::from_utf8_lossy(pdf);
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

/// Most slides of a long deck are set aside while one is shown.
#[test]
fn a_long_deck_has_all_its_slides_wherever_they_are_wanted() {
    let Some(browser) = browser() else { return };
    let slides: Vec<String> = (1..=200)
        .map(|n| format!("## Slide {n}\n\n- Word{n} of this slide\n- More of it {{.step}}\n"))
        .collect();
    let url = Folder::new("print-long").export_text(&slides.join("\n---\n\n"));
    let page = Page::at(&browser, &format!("{url}#120"));
    page.stands_at("#120");
    let is_set_aside = "document.querySelector('[id=\"7\"] .slide').assignedSlot === null && \
         document.querySelector('[id=\"7\"]').shadowRoot !== null";
    assert!(page.is(is_set_aside), "the test is about nothing");
    assert!(page.shows("Word120"));
    page.keys(&["ArrowRight", "ArrowRight", "ArrowRight"]);
    page.stands_at("#121.1");
    assert!(page.shows("Word121") && page.shows("Slide 121"));
    page.keys(&["Home", "End"]);
    page.stands_at("#200");
    assert!(page.shows("Word200"));
    let from_stage = pdf(&page);
    assert_eq!(sizes(&from_stage).len(), 200);
    assert!(page.is(is_set_aside), "not set aside again after printing");
    let plain = Page::new(&browser, (800, 600));
    let off = json!({ "value": true });
    plain.send("Emulation.setScriptExecutionDisabled", off);
    plain.go(&url);
    let ratio = from_stage.len() as f64 / pdf(&plain).len() as f64;
    assert!(
        (0.9..1.1).contains(&ratio),
        "pages without their slides: {ratio}"
    );

    let n_laid_out = "[...document.querySelectorAll('#deck > .frame > .slide')].filter(s => \
         s.checkVisibility({ visibilityProperty: true }) && s.querySelector('li').getBoundingClientRect().width > 20).length";
    page.key("o");
    page.becomes(n_laid_out, 200);
    assert_eq!(print(&page).len(), 200);
    page.key("Escape");
    page.becomes(n_laid_out, 1);
    assert!(page.is(is_set_aside));

    // A tool that shows the page as paper, without a word to the page.
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.becomes(n_laid_out, 200);
    page.send("Emulation.setEmulatedMedia", json!({ "media": "" }));
    page.becomes(n_laid_out, 1);
    // What is written by scripts is made of all slides too.
    page.key("a");
    page.becomes(
        "[...document.querySelectorAll('.article li')].filter(li => li.getBoundingClientRect().width > 20).length",
        400,
    );
    page.key("a");
    page.becomes(n_laid_out, 1);
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
