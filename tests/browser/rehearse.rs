//! Rehearsing, what the clock and the budgets say, and `deckle rehearse`, which keeps it.

use crate::cdp::browser;
use crate::deckle::{Folder, Server, TALK};
use crate::page::Page;
use crate::speaker;

const PLANNED: &str = "---\ntitle: Planned\nminutes: 4\n---\n\n# Planned\n\n---\nminutes: 1\n---\n\n## First\n\n- a {.step}\n\n---\nminutes: 1\noptional: true\n---\n\n## May go\n\n---\nminutes: 1\n---\n\n## Last\n";

/// Sets the clocks of a window on, as time would.
fn wait_out(view: &Page, seconds: u32) {
    view.eval(&format!(
        "(() => {{ window.late = (window.late ?? 0) + {seconds} * 1000; window.real ??= Date.now; Date.now = () => real() + late; }})()"
    ));
}

#[test]
fn a_rehearsal_says_where_it_ends_and_writes_a_log() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("rehearse");
    let file = folder.export_text(PLANNED);
    let server = Server::present(folder.path("deck.md"));
    for url in [file, server.url.clone()] {
        let page = Page::at(&browser, &url);
        page.stands_at_first();
        let view = speaker::open(&page);
        let ends = "document.querySelectorAll('.plan')[1].textContent.replace(/:\\d\\d/g, '')";
        view.becomes(ends, "");
        view.key("r");
        view.becomes(ends, "Ends at 04 · 00 early");
        // Twice as slow as planned.
        wait_out(&view, 121);
        view.key("ArrowRight");
        view.wait("document.querySelectorAll('.plan')[1].textContent.includes('leave out 3')");
        view.wait("document.querySelectorAll('.plan')[1].textContent.includes('late')");
        wait_out(&view, 30);
        view.key("ArrowRight");
        wait_out(&view, 20);
        // A question: the clock stands.
        view.key("p");
        wait_out(&view, 45);
        view.key("p");
        view.keys(&["4", "Enter"]);
        wait_out(&view, 10);
        // A reload of either window loses nothing of it.
        page.reload();
        page.stands_at("#4");
        view.eval("window.kept = 0; const make = URL.createObjectURL; URL.createObjectURL = b => { b.text().then(t => (window.kept = JSON.parse(t))); return make(b); }; 0");
        view.key("r");
        view.wait("document.querySelector('dialog').open && window.kept");
        let near = |js: &str, wanted: f64| {
            let found = view.number(js);
            assert!(
                found >= wanted && found < wanted + 30.0,
                "{js}: {found}, wanted {wanted}"
            );
        };
        assert_eq!(view.text("kept.deckle + kept.version"), "rehearsal1");
        near("kept.seconds", 181.0);
        near("kept.questions", 45.0);
        near("kept.slides[0].seconds", 121.0);
        near("kept.slides[1].steps[0]", 30.0);
        near("kept.slides[1].steps[1]", 20.0);
        assert_eq!(view.number("kept.slides[2].seconds"), 0.0);
        assert!(
            view.is(
                "kept.slides[2].optional && kept.slides[1].minutes === 1 && kept.minutes === 4"
            )
        );
        assert!(view.is("document.querySelector('dialog a').download === 'rehearsal.json'"));
        view.key("Escape");
        // The next run compares.
        view.keys(&["Home", "r"]);
        view.wait("document.querySelectorAll('.plan')[1].textContent.includes('last time 02:')");
        view.key("r");
        assert_eq!(view.complaints(), [""; 0]);
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn budgets_and_progress_survive_reloads() {
    let Some(browser) = browser() else { return };
    let page = Page::at(
        &browser,
        &Folder::new("rehearse-budget").export_text(PLANNED),
    );
    page.stands_at_first();
    let view = speaker::open(&page);
    let progress = "[...document.querySelectorAll('.desk progress')].map(p => `${p.ariaLabel} ${p.max}`).join()";
    view.becomes(progress, "Slides shown 4,Time used 240");
    page.key("ArrowRight");
    let lap = "document.querySelector('.plan').textContent.includes('of 01:00 on this slide')";
    view.becomes(lap, true);
    view.becomes("document.querySelector('.desk progress').value", 2);
    view.eval("new Promise(f => setTimeout(f, 1200))");
    let seconds = "(t => +t.split(':')[0] * 60 + +t.split(':')[1])(document.querySelector('.timer').textContent)";
    let before = view.number(seconds);
    view.reload();
    view.becomes(lap, true);
    assert!(view.number(seconds) >= before);
    page.reload();
    page.stands_at("#2");
    view.wait(&format!("{seconds} >= {before}"));
    view.key("ArrowRight");
    view.key("ArrowRight");
    view.wait("document.querySelector('.here h2').textContent.includes('May go')");
    view.key("ArrowLeft");
    page.stands_at("#2.1");
    view.becomes(
        "document.querySelector('.coming h2').firstChild.data",
        "Next, optional",
    );
}

#[test]
fn what_each_slide_took_is_kept() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("rehearse-kept");
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
