//! No slide overflows: not its slide, not the window, not its own boxes, in
//! both themes and in every size that decks are looked at.

use std::path::Path;

use crate::cdp::browser;
use crate::deckle::{Folder, of_project};
use crate::page::{PHONE, Page, Size, WIDE};

/// Walks through all slides of a page and says what is wrong.
pub const ALL_AT_ONCE: &str = include_str!("measure.js");

const SIZES: [Size; 4] = [WIDE, (1024, 768), (1920, 1080), PHONE];

fn nothing_overflows(name: &str, deck: &Path, theme: &str) {
    let Some(browser) = browser() else { return };
    let url = Folder::new(name).export(deck, &["--theme", theme]);
    let mut faults = Vec::new();
    for size in SIZES {
        let page = Page::new(&browser, size);
        page.calm();
        page.go(&url);
        page.wait("document.documentElement.classList.contains('js')");
        let (width, height) = size;
        let found = page.list(ALL_AT_ONCE);
        faults.extend(
            found
                .iter()
                .map(|fault| format!("{width}x{height} {fault}")),
        );
    }
    assert!(faults.is_empty(), "{theme}:\n{}", faults.join("\n"));
}

/// The tour as a deck of another shape.
fn tour_in(size: &str, name: &str) -> Folder {
    let folder = Folder::new(name);
    let tour = of_project("tests/decks/tour");
    for entry in std::fs::read_dir(&tour).expect("the tour") {
        let path = entry.expect("a file of the tour").path();
        let to = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_file() {
            folder.write(&to, std::fs::read(&path).expect("a file of the tour"));
        }
    }
    for picture in std::fs::read_dir(tour.join("img")).expect("its pictures") {
        let path = picture.expect("a picture").path();
        let to = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        folder.write(
            &format!("img/{to}"),
            std::fs::read(&path).expect("a picture"),
        );
    }
    folder.edit("01-title.md", "title:", &format!("size: '{size}'\ntitle:"));
    folder
}

#[test]
fn the_shipped_deck_in_swiss() {
    nothing_overflows(
        "fit-xiaomi-swiss",
        &of_project("slides/xiaomi-in-china"),
        "swiss",
    );
}

#[test]
fn the_shipped_deck_in_paper() {
    nothing_overflows(
        "fit-xiaomi-paper",
        &of_project("slides/xiaomi-in-china"),
        "paper",
    );
}

#[test]
fn the_tour_in_swiss() {
    nothing_overflows("fit-tour-swiss", &of_project("tests/decks/tour"), "swiss");
}

#[test]
fn the_tour_in_paper() {
    nothing_overflows("fit-tour-paper", &of_project("tests/decks/tour"), "paper");
}

#[test]
fn the_tour_in_four_to_three() {
    let folder = tour_in("4:3", "tour-4-3");
    nothing_overflows("fit-4-3-swiss", &folder.path(""), "swiss");
    nothing_overflows("fit-4-3-paper", &folder.path(""), "paper");
}

#[test]
fn the_shipped_tour_in_swiss() {
    nothing_overflows(
        "fit-shipped-tour-swiss",
        &of_project("slides/tour"),
        "swiss",
    );
}

#[test]
fn the_shipped_tour_in_paper() {
    nothing_overflows(
        "fit-shipped-tour-paper",
        &of_project("slides/tour"),
        "paper",
    );
}

#[test]
fn the_shipped_tour_shows_every_layout() {
    let Some(browser) = browser() else { return };
    let page = Page::at(
        &browser,
        &Folder::new("tour-layouts").export(of_project("slides/tour"), &[]),
    );
    let mut layouts = page.list("[...new Set([...document.querySelectorAll('.slide[class*=layout-]')].map(s => [...s.classList].find(c => c.startsWith('layout-')).slice(7)))]");
    layouts.sort();
    let all = [
        "agenda",
        "big-figure",
        "bullets",
        "chart",
        "closing",
        "code",
        "factor",
        "picture",
        "quote",
        "section",
        "statement",
        "table",
        "timeline",
        "title",
        "two-columns",
    ];
    assert_eq!(layouts, all);
}
