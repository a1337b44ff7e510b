//! What a speaker has at hand, in both windows, over `file://` and over HTTP.

use serde_json::json;

use crate::cdp::{browser, desktop_browser};
use crate::deckle::{Folder, Server, TALK, of_project};
use crate::page::{PHONE, Page, SEEN};
use crate::speaker;

/// Runs a test with the exported file and with the server's page.
fn everywhere(name: &str, text: &str, test: impl Fn(&Page, &str)) {
    let Some(browser) = browser() else { return };
    let folder = Folder::new(name);
    let file = folder.export_text(text);
    let server = Server::present(folder.path("deck.md"));
    for url in [file, server.url.clone()] {
        let page = Page::at(&browser, &url);
        page.stands_at_first();
        test(&page, &url);
        assert_eq!(page.complaints(), [""; 0], "{url}");
    }
}

fn mouse(page: &Page, kind: &str, (x, y): (f64, f64), is_down: bool) {
    let buttons = i32::from(is_down);
    let button = if kind == "mouseMoved" && !is_down {
        "none"
    } else {
        "left"
    };
    page.send(
        "Input.dispatchMouseEvent",
        json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 }),
    );
}

pub fn stroke(page: &Page, from: (f64, f64), to: (f64, f64)) {
    mouse(page, "mousePressed", from, true);
    for part in [0.3, 0.6, 1.0] {
        let at = (
            from.0 + (to.0 - from.0) * part,
            from.1 + (to.1 - from.1) * part,
        );
        mouse(page, "mouseMoved", at, true);
    }
    mouse(page, "mouseReleased", to, false);
}

const CURTAIN: &str = "document.querySelector('.curtain').checkVisibility() && getComputedStyle(document.querySelector('.curtain')).backgroundColor";
pub const STROKES: &str = "document.querySelectorAll('.current .ink path').length";
const THUMB_STROKES: &str = "document.querySelectorAll('.here .ink path').length";
/// The middle of the slide in the speaker view.
const THUMB: &str = "(() => { const r = document.querySelector('.here .slide').getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2, r.width] })()";

fn thumb(view: &Page) -> (f64, f64, f64) {
    let at = view.eval(THUMB);
    let part = |i: usize| at[i].as_f64().expect("a place");
    (part(0), part(1), part(2))
}

#[test]
fn a_dark_screen_by_key_and_by_clicker() {
    everywhere("curtain", TALK, |page, _| {
        for (key, colour) in [
            ("b", "rgb(0, 0, 0)"),
            (".", "rgb(0, 0, 0)"),
            ("w", "rgb(255, 255, 255)"),
            (",", "rgb(255, 255, 255)"),
        ] {
            page.key(key);
            page.becomes(CURTAIN, colour);
            page.key(key);
            page.becomes(CURTAIN, false);
        }
        // Going on lifts it, so does Escape; the speaker draws it over the slides, not over the notes.
        page.keys(&["b", "PageDown"]);
        page.stands_at("#2");
        page.becomes(CURTAIN, false);
        page.keys(&["w", "Escape"]);
        page.becomes(CURTAIN, false);
        let view = speaker::open(page);
        view.key("b");
        page.becomes(CURTAIN, "rgb(0, 0, 0)");
        view.becomes(CURTAIN, false);
        page.reload();
        page.becomes(CURTAIN, "rgb(0, 0, 0)");
        view.key("b");
        page.becomes(CURTAIN, false);
    });
}

#[test]
fn a_close_look_at_a_point() {
    everywhere("near", TALK, |page, _| {
        let place = "(() => { const r = document.querySelector('.current > .slide').getBoundingClientRect(); return [r.left, r.top, r.width].map(Math.round).join() })()";
        page.calm();
        mouse(page, "mouseMoved", (0.0, 0.0), false);
        page.key("m");
        page.becomes(place, "0,0,3200");
        page.key("m");
        page.becomes(place, "0,0,1280");
        let view = speaker::open(page);
        let (x, y, _) = thumb(&view);
        mouse(&view, "mouseMoved", (x, y), false);
        view.key("m");
        page.becomes(place, "-960,-540,3200");
        page.key("Escape");
        page.becomes(place, "0,0,1280");
        page.keys(&["m", "ArrowRight"]);
        page.stands_at("#2");
        page.becomes(place, "0,0,1280");
    });
}

#[test]
fn colours_for_a_poor_projector_last_for_the_session() {
    everywhere("colours", TALK, |page, _| {
        let filter = "document.documentElement.style.filter";
        page.keys(&["i", "c", "c"]);
        page.becomes(filter, "invert(1) hue-rotate(180deg) contrast(1.5)");
        page.reload();
        page.becomes(filter, "invert(1) hue-rotate(180deg) contrast(1.5)");
        page.keys(&["i", "c", "c", "c"]);
        page.becomes(filter, "");
    });
}

#[test]
fn the_laser_shines_in_both_windows() {
    everywhere("laser", TALK, |page, _| {
        let dot = "(() => { const e = document.querySelector('.laser'), r = e.getBoundingClientRect(); return e.checkVisibility() && [r.left + 9, r.top + 9].map(Math.round).join() })()";
        let view = speaker::open(page);
        page.becomes(dot, false);
        page.key("l");
        mouse(page, "mouseMoved", (640.0, 360.0), false);
        page.becomes(dot, "640,360");
        let (x, y, width) = thumb(&view);
        view.becomes(dot, format!("{},{}", x.round(), y.round()));
        page.key("l");
        page.becomes(dot, false);
        view.becomes(dot, false);
        view.key("l");
        mouse(&view, "mouseMoved", (x + width / 4.0, y), false);
        page.becomes(dot, "960,360");
        view.key("Escape");
        page.becomes(dot, false);
    });
}

#[test]
fn pen_eraser_and_undo_in_both_windows() {
    everywhere("pen", TALK, |page, _| {
        let view = speaker::open(page);
        page.key("d");
        stroke(page, (200.0, 200.0), (500.0, 260.0));
        page.becomes(STROKES, 1);
        view.becomes(THUMB_STROKES, 1);
        stroke(page, (200.0, 500.0), (500.0, 560.0));
        view.becomes(THUMB_STROKES, 2);
        // Drawing is no click on the slide.
        assert!(page.is("location.hash === '' || location.hash === '#1'"));
        let colours = "new Set([...document.querySelectorAll('.current .ink path')].map(p => p.getAttribute('stroke'))).size";
        page.key("c");
        stroke(page, (900.0, 100.0), (900.0, 300.0));
        page.becomes(colours, 2);
        page.key("e");
        stroke(page, (905.0, 180.0), (905.0, 190.0));
        page.becomes(STROKES, 2);
        page.key("u");
        page.becomes(STROKES, 3);
        page.key("Delete");
        view.becomes(THUMB_STROKES, 0);
        page.key("u");
        view.becomes(THUMB_STROKES, 3);
        page.key("Escape");
        // Each slide has its own, and they are there again after a reload.
        page.key("ArrowRight");
        page.stands_at("#2");
        page.becomes(STROKES, 0);
        page.key("ArrowLeft");
        page.stands_at("#1");
        page.becomes(STROKES, 3);
        page.reload();
        page.becomes(STROKES, 3);
        view.reload();
        view.becomes(THUMB_STROKES, 3);
        // The speaker draws on the picture of the slide.
        let (x, y, width) = thumb(&view);
        view.key("d");
        stroke(&view, (x, y), (x + width / 8.0, y));
        page.becomes(STROKES, 4);
        view.key("d");
        // Pens and their buttons are used up: a click moves on again.
        page.click(1200.0, 360.0);
        page.stands_at("#2");
    });
}

#[test]
fn slides_are_found_by_words_and_notes() {
    everywhere("find", TALK, |page, _| {
        let hits = "[...document.querySelectorAll('#deck > .frame')].filter(f => f.checkVisibility()).map(f => f.id).join()";
        let write = |text: &str| page.send("Input.insertText", json!({ "text": text }));
        page.key("/");
        page.wait("document.activeElement.matches('input[type=search]')");
        write("pear");
        page.becomes(hits, "5");
        page.key("Enter");
        page.stands_at("#5");
        // Words of the notes, in any order and in capitals.
        page.key("/");
        write("SMILE remember");
        page.becomes(hits, "2");
        page.wait("document.querySelector('[role=status]').textContent === '1 slide'");
        page.key("Escape");
        page.stands_at("#5");
        page.key("/");
        write("slide");
        page.becomes(hits, "2,4,5");
        page.key("ArrowDown");
        page.becomes("document.activeElement.closest('.frame').id", "2");
        page.keys(&["ArrowRight", "Enter"]);
        page.stands_at("#4");
        page.key("o");
        page.becomes(hits, "1,2,3,4,5,6");
        page.key("o");
    });
}

#[test]
fn the_deck_reads_as_an_article() {
    everywhere("read", TALK, |page, url| {
        let at = "[...document.querySelectorAll('.article > section')].findLast(s => s.getBoundingClientRect().top < 60)?.id";
        page.keys(&["4", "Enter"]);
        page.stands_at("#4");
        page.key("a");
        page.wait("document.querySelector('.article').checkVisibility()");
        page.becomes(SEEN, "");
        page.becomes(
            "document.querySelectorAll('.article h1, .article h2').length",
            6,
        );
        assert!(page.is(
            "document.querySelector('.article').innerText.includes('Say these words slowly.')"
        ));
        assert!(page.is("location.search.includes('read') && location.hash === '#4'"));
        page.reload();
        page.wait("document.querySelector('.article').checkVisibility()");
        page.eval("document.getElementById('read-2').scrollIntoView()");
        page.becomes(at, "read-2");
        page.key("Escape");
        page.stands_at("#2");
        // On a phone, and from another place: the address leads there.
        let phone = page.another(PHONE);
        phone.go(url);
        phone.click_on(".door");
        phone.wait("document.querySelector('.article').checkVisibility()");
        phone.go(&format!("{url}?read"));
        phone.wait("document.querySelector('.article').checkVisibility()");
        assert!(phone.is("document.documentElement.scrollWidth <= innerWidth"));
        phone.close();
    });
}

#[test]
fn the_windows_change_places() {
    everywhere("swap", TALK, |page, _| {
        let is_speaker = "document.documentElement.classList.contains('speaker')";
        page.key("ArrowRight");
        let view = speaker::open(page);
        page.key("x");
        page.becomes(is_speaker, true);
        view.becomes(is_speaker, false);
        view.becomes(SEEN, "2");
        page.wait("document.querySelector('.told').textContent.includes('Remember to smile.')");
        view.key("ArrowRight");
        page.becomes("location.hash", "#3");
        page.key("ArrowRight");
        view.becomes("location.hash", "#3.1");
        // Both keep their places when they are loaded again, and find each other.
        for window in [page, &view] {
            window.reload();
        }
        page.becomes(is_speaker, true);
        view.becomes(is_speaker, false);
        page.key("ArrowRight");
        view.becomes("location.hash", "#3.2");
        view.key("ArrowRight");
        page.becomes("location.hash", "#3.3");
        view.key("x");
        page.becomes(is_speaker, false);
        page.becomes(SEEN, "3");
        view.becomes(is_speaker, true);
        view.close();
        // A browser learns a little later that the other window is gone.
        while !page.is("document.querySelector('.word').textContent.includes('no second window')") {
            page.key("x");
        }
    });
}

#[test]
fn slides_fill_the_other_screen_where_the_browser_allows() {
    let Some(browser) = browser() else { return };
    let page = Page::new(&browser, (1280, 720));
    page.send(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": SCREENS }),
    );
    page.go(&Folder::new("screens").export_text(TALK));
    page.stands_at_first();
    let view = speaker::open(&page);
    assert_eq!(page.number("window.asked"), 1280.0);
    assert_eq!(page.text("window.place"), NEAR);
    view.key("ArrowRight");
    page.stands_at("#2");
}

/// Two screens and the permission, as a browser reports them.
const SCREENS: &str = "const near = { availLeft: 0, availTop: 0, availWidth: 1280, availHeight: 720 }, far = { ...near, availLeft: 1280 };\
        Object.defineProperty(Screen.prototype, 'isExtended', { value: true });\
        window.getScreenDetails = async () => ({ screens: [near, far], currentScreen: near });\
        navigator.permissions.query = async () => ({ state: 'granted' });\
        Element.prototype.requestFullscreen = async function (o) { window.asked = o.screen.availLeft; };\
        const real = window.open; window.open = (u, n, f) => { window.place = f; return real.call(window, u, n, f); };";
/// Where the speaker's window then is.
const NEAR: &str = "popup,left=0,top=0,width=1280,height=720";

#[test]
fn present_opens_both_windows_where_there_are_two_screens() {
    let Some(browser) = desktop_browser() else {
        return;
    };
    let server = Server::present(Folder::new("both").write("deck.md", TALK));
    let at = |script: &str| {
        let page = Page::new(&browser, (1280, 720));
        let script = format!("{SCREENS} {script}");
        page.send(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        );
        page.go(&server.url);
        page
    };
    let word = "document.querySelector('.word').textContent";
    // Most browsers want a press for it.
    let page = at("");
    page.click_on(".word button");
    let view = page.popup();
    view.wait("document.documentElement.classList.contains('speaker')");
    assert_eq!(page.text("window.place"), NEAR);
    page.becomes(word, "");
    view.key("ArrowRight");
    page.stands_at("#2");
    // Whoever has closed the second one does not get it again.
    view.close();
    page.reload();
    page.stands_at("#2");
    page.becomes("String(window.place)", "undefined");
    page.becomes(word, "");

    // One that lets this page open windows.
    let page = at(
        "window.open = (u, n, f) => { window.place = f; return { closed: false, postMessage() {}, focus() {} }; };",
    );
    page.becomes("window.place", NEAR);
    page.becomes(word, "");

    // With one screen there is one window.
    let page = Page::at(&browser, &server.url);
    page.stands_at_first();
    page.key("ArrowRight");
    page.stands_at("#2");
    assert!(page.find_popup().is_none());
}

#[test]
fn the_pointer_rests_and_the_screen_stays_lit() {
    let Some(browser) = browser() else { return };
    let page = Page::new(&browser, (1280, 720));
    let lock = "window.locks = []; Object.defineProperty(navigator, 'wakeLock', { value: { request: async what => { \
        const lock = { released: false, release: async () => { lock.released = true; } }; locks.push(lock); return lock; } } });";
    page.send(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": lock }),
    );
    page.go(&Folder::new("rest").export_text(TALK));
    page.stands_at_first();
    let cursor = "getComputedStyle(document.querySelector('.current .slide')).cursor";
    mouse(&page, "mouseMoved", (400.0, 300.0), false);
    page.becomes(cursor, "none");
    mouse(&page, "mouseMoved", (410.0, 300.0), false);
    page.becomes(cursor, "auto");
    assert_eq!(page.number("locks.length"), 0.0);
    page.key("F5");
    page.wait("document.fullscreenElement");
    page.becomes("locks.filter(l => !l.released).length", 1);
    page.key("F5");
    page.wait("!document.fullscreenElement");
    page.becomes("locks.filter(l => !l.released).length", 0);
    page.key("ArrowRight");
    page.becomes("locks.filter(l => !l.released).length", 1);
}

const TURNS: &str = "---\ntransition: push\n---\n\n# One\n\n---\n\n## Two\n\n---\ntransition: none\n---\n\n## Three\n\n---\ntransition: slide\n---\n\n## Four\n\n---\ntransition: fade\n---\n\n## Five\n";

#[test]
fn slides_follow_each_other_as_the_deck_says() {
    everywhere("turns", TURNS, |page, _| {
        let how = "document.getAnimations().map(a => a.animationName + ' ' + a.effect.getTiming().direction).sort().join()";
        // Held still, so that one can look.
        page.eval("document.addEventListener('animationstart', () => document.getAnimations().forEach(a => a.pause()), true); 0");
        let turn = |key: &str, place: &str, wanted: &str| {
            // A move that follows another at once is shown without motion.
            page.eval("document.getAnimations().forEach(a => a.finish()); new Promise(f => setTimeout(f, 300))");
            page.key(key);
            page.stands_at(place);
            page.becomes(how, wanted);
        };
        turn("ArrowRight", "#2", "arrive normal,depart normal");
        turn("ArrowLeft", "#1", "arrive reverse,depart reverse");
        turn("ArrowRight", "#2", "arrive normal,depart normal");
        turn("ArrowRight", "#3", "");
        turn("ArrowRight", "#4", "arrive normal,stay normal");
        turn("ArrowRight", "#5", "leave normal");
        page.calm();
        turn("ArrowLeft", "#4", "");
    });
}

#[test]
fn the_same_title_moves_where_the_deck_wants_it() {
    let Some(browser) = browser() else { return };
    let text = "---\ntransition: morph\n---\n\n## Same\n\n- a\n\n---\n\n## Same\n\n- a\n- b\n\n---\n\n## Other\n";
    let page = Page::at(&browser, &Folder::new("turn-morph").export_text(text));
    page.stands_at_first();
    page.eval("window.runs = 0; const real = document.startViewTransition; document.startViewTransition = f => { runs++; return real.call(document, f); }; 0");
    page.key("ArrowRight");
    page.stands_at("#2");
    page.becomes("runs", 1);
    page.eval("new Promise(f => setTimeout(f, 300))");
    page.key("ArrowRight");
    page.stands_at("#3");
    page.becomes("runs", 1);
}

#[test]
fn the_help_sheet_and_the_keys_are_one_table() {
    everywhere("table", TALK, |page, _| {
        page.key("?");
        page.wait("document.querySelector('dialog').open");
        let told = page.list("[...document.querySelectorAll('dialog dd')].map(e => e.textContent)");
        for words in [
            "Speaker view",
            "change places",
            "broke off",
            "Search",
            "Black screen",
            "White screen",
            "Magnify",
            "contrast",
            "Invert",
            "Laser",
            "Draw",
            "Eraser",
            "Undo",
            "article",
            "Full screen",
        ] {
            assert!(
                told.iter().any(|line| line.contains(words)),
                "{words}: {told:?}"
            );
        }
        page.key("Escape");
    });
}

/// The one script of an exported file.
fn script_of(url: &str) -> String {
    let html =
        std::fs::read_to_string(url.trim_start_matches("file://")).expect("the exported file");
    let script = html.split("<script id=\"deck-script\">").nth(1);
    let script = script.and_then(|rest| rest.split("</script>").next());
    script.expect("a script").to_string()
}

#[test]
fn a_script_of_thirty_kilobytes_at_most() {
    let folder = Folder::new("small");
    let plain = script_of(&folder.export_text(TALK)).len();
    let films = script_of(&folder.export(of_project("slides/tour"), &[])).len();
    assert!(plain <= 30_000, "{plain} bytes of script");
    assert!(
        films <= 32_000,
        "{films} bytes of script where there are films"
    );
}
