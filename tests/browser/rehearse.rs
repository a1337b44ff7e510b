//! `deckle rehearse`: the page records, the program keeps.

use crate::cdp::browser;
use crate::deckle::{Folder, Server, TALK};
use crate::page::Page;

#[test]
fn what_each_slide_took_is_kept() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("rehearse");
    let deck = folder.write("talk.md", TALK);
    let server = Server::rehearse(&deck);
    let page = Page::at(&browser, &server.url);
    page.stands_at_first();
    page.keys(&["ArrowRight", "ArrowRight", "ArrowRight"]);
    page.stands_at("#3.1");
    let read = || std::fs::read_to_string(folder.path("talk.rehearsal.json")).unwrap_or_default();
    let until = std::time::Instant::now() + crate::cdp::PATIENCE;
    // Some tenths of a second have to pass before there is anything to tell.
    while !read().contains("\"title\": \"Three steps\"") || !read().contains("\"steps\": [\n") {
        assert!(std::time::Instant::now() < until, "{}", read());
        std::thread::sleep(crate::cdp::LOOK);
    }
    // A reload goes on with the same run.
    page.reload();
    page.key("ArrowLeft");
    page.stands_at("#3");
    #[cfg(unix)]
    assert_eq!(server.interrupt(), Some(0));
    assert_eq!(read().matches("\"begun\"").count(), 1, "{}", read());
}
