//! No slide overflows: not its slide, not the window, not its own boxes, in
//! any theme and in every size that decks are looked at.

use std::path::Path;

use crate::cdp::browser;
use crate::deckle::{Folder, of_project, themes};
use crate::page::{PHONE, Page, Size, WIDE};

/// Walks through all slides of a page and says what is wrong.
pub const ALL_AT_ONCE: &str = include_str!("measure.js");

const SIZES: [Size; 4] = [WIDE, (1024, 768), (1920, 1080), PHONE];

/// Sizes for each theme but the first of a deck as long as the tour: in the others
/// a slide is only larger, or read as an article, which shorter decks show too.
const FEW: [Size; 2] = [WIDE, (1024, 768)];

fn nothing_overflows(name: &str, deck: &Path) {
    in_sizes(name, deck, &SIZES);
}

/// The same with these sizes for each theme but the first, which has all.
fn in_sizes(name: &str, deck: &Path, others: &[Size]) {
    let Some(browser) = browser() else { return };
    let folder = Folder::new(name);
    let mut faults = Vec::new();
    for (nth, theme) in themes().iter().enumerate() {
        let url = folder.export(deck, &["--theme", theme]);
        for &size in if nth == 0 { &SIZES[..] } else { others } {
            let page = Page::new(&browser, size);
            page.calm();
            page.go(&url);
            page.wait("document.documentElement.classList.contains('js')");
            let (width, height) = size;
            let found = page.list(ALL_AT_ONCE);
            let place = format!("{theme} {width}x{height}");
            faults.extend(found.iter().map(|fault| format!("{place} {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
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
fn the_shipped_deck() {
    nothing_overflows("fit-xiaomi", &of_project("slides/xiaomi-in-china"));
}

#[test]
fn the_tour() {
    nothing_overflows("fit-tour", &of_project("tests/decks/tour"));
}

#[test]
fn the_tour_in_four_to_three() {
    let folder = tour_in("4:3", "tour-4-3");
    nothing_overflows("fit-4-3", &folder.path(""));
}

#[test]
fn the_shipped_tour() {
    in_sizes("fit-shipped-tour", &of_project("slides/tour"), &FEW);
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
