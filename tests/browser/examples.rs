//! A slide beside its source, and what its own rules must not lose in there.

use crate::cdp::browser;
use crate::deckle::Folder;
use crate::page::Page;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 9\"><path fill=\"#fff\" d=\"M0 0H16V9H0Z\"/></svg>";

const DECK: &str = "# Talk\n\n---\nexample: Steps\nsteps: lists\n---\n\n## In the small one\n\n- one\n- two\n\n\
    ---\nbackground: a.svg\n---\n\n# Light on dark\n\n---\n\n## Columns\n\n\
    ::: example\n- one\n- two\n- three\n- four\n- five\n:::\n";

#[test]
fn an_example_is_a_whole_slide_made_smaller() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("example-slide");
    folder.write("a.svg", PICTURE);
    let url = folder.export(folder.write("deck.md", DECK), &[]);
    let page = Page::at(&browser, &format!("{url}#2"));
    page.stands_at("#2");
    let inner = "document.querySelector('.frame.current .inset > .slide')";
    // Its type is in proportion to its own width, as that of every slide.
    let share = page.number(&format!(
        "{inner}.getBoundingClientRect().width / innerWidth"
    ));
    let size = page.number(&format!("parseFloat(getComputedStyle({inner}).fontSize)"));
    assert!((0.4..0.7).contains(&share), "{share}");
    assert!((size - 30.0 * share).abs() < 0.5, "{size} at {share}");
    let shown = "document.querySelectorAll('.frame.current .inset .shown').length";
    assert_eq!(page.number(shown), 0.0);
    page.key("ArrowRight");
    page.stands_at("#2.1");
    assert_eq!(page.number(shown), 1.0);
}

#[test]
fn a_picture_behind_a_slide_is_dark() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("dark-backdrop");
    folder.write("a.svg", PICTURE);
    let page = Page::at(&browser, &folder.export(folder.write("deck.md", DECK), &[]));
    let filter = page.text("getComputedStyle(document.querySelector('.backdrop')).filter");
    assert!(filter.contains("brightness"), "{filter}");
}

#[test]
fn five_items_in_a_column_need_no_smaller_type() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("five-items");
    folder.write("a.svg", PICTURE);
    let url = folder.export(folder.write("deck.md", DECK), &[]);
    let page = Page::at(&browser, &format!("{url}#4"));
    page.stands_at("#4");
    let slide = "document.querySelector('.frame.current .slide')";
    assert_eq!(
        page.text(&format!("{slide}.style.getPropertyValue('--squeeze')")),
        ""
    );
    assert!(page.number(&format!("parseFloat(getComputedStyle({slide}).fontSize)")) > 25.0);
}
