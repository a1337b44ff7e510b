//! Keys, clicks, swipes and the address, over `file://`.

use crate::cdp::browser;
use crate::deckle::{Folder, Server, TALK};
use crate::page::Page;

#[test]
fn keys_that_go_on() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("on").export_text(TALK));
    for key in ["ArrowRight", "ArrowDown", "Space", "PageDown", "Enter"] {
        page.key("Home");
        page.stands_at("#1");
        page.key(key);
        page.stands_at("#2");
    }
}

#[test]
fn keys_that_go_back() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("back").export_text(TALK));
    for key in ["ArrowLeft", "ArrowUp", "Shift+Space", "PageUp", "Backspace"] {
        page.keys(&["5", "Enter"]);
        page.stands_at("#5");
        page.key(key);
        page.stands_at("#4");
    }
}

#[test]
fn home_and_end() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("home-end").export_text(TALK));
    page.key("End");
    page.stands_at("#6");
    // There is nothing behind the last slide and nothing in front of the first.
    page.keys(&["ArrowRight", "ArrowRight", "ArrowLeft"]);
    page.stands_at("#5");
    page.key("Home");
    page.stands_at("#1");
    page.keys(&["ArrowLeft", "ArrowLeft", "ArrowRight"]);
    page.stands_at("#2");
}

#[test]
fn digits_then_enter() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("digits").export_text(TALK));
    page.keys(&["4", "Enter"]);
    page.stands_at("#4");
    page.keys(&["0", "2", "Enter"]);
    page.stands_at("#2");
    page.keys(&["9", "9", "Enter"]);
    page.stands_at("#6");
    // Escape forgets what was typed; Enter alone is then no jump.
    page.keys(&["2", "Escape", "Enter", "ArrowLeft"]);
    page.stands_at("#5");
}

#[test]
fn steps_forward_and_back() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("steps").export_text(TALK));
    let seen = "[...document.querySelectorAll('[id=\"3\"] li')]\
        .filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.textContent.trim()).join()";
    page.keys(&["2", "Enter", "ArrowRight"]);
    page.stands_at("#3");
    page.becomes(seen, "");
    let height = page.number("document.querySelector('[id=\"3\"] ul').offsetHeight");
    for (place, words) in [
        ("#3.1", "one"),
        ("#3.2", "one,two"),
        ("#3.3", "one,two,three"),
    ] {
        page.key("Space");
        page.stands_at(place);
        page.becomes(seen, words);
    }
    let same = page.number("document.querySelector('[id=\"3\"] ul').offsetHeight");
    assert_eq!(height, same, "a step must not move what is there");
    page.key("Space");
    page.stands_at("#4");
    // Back means: the slide as it was left.
    page.key("ArrowLeft");
    page.stands_at("#3.3");
    page.becomes(seen, "one,two,three");
    page.keys(&["ArrowLeft", "ArrowLeft"]);
    page.stands_at("#3.1");
    page.becomes(seen, "one");
    page.keys(&["ArrowLeft", "ArrowLeft"]);
    page.stands_at("#2");
}

#[test]
fn full_screen() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("full-screen").export_text(TALK));
    page.key("f");
    page.wait("document.fullscreenElement");
    page.key("ArrowRight");
    page.stands_at("#2");
    page.key("f");
    page.wait("!document.fullscreenElement");
    page.stands_at("#2");
}

#[test]
fn help_lists_the_keys_and_closes() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("help").export_text(TALK));
    page.key("?");
    page.wait("document.querySelector('dialog')?.open");
    let sheet = page
        .text("document.querySelector('dialog').innerText")
        .to_lowercase();
    for word in [
        "next",
        "back",
        "first",
        "last",
        "overview",
        "full screen",
        "speaker",
        "enter",
    ] {
        assert!(
            sheet.contains(word),
            "{word:?} is not among the keys:\n{sheet}"
        );
    }
    page.key("Escape");
    page.wait("!document.querySelector('dialog').open");
    page.keys(&["?", "?", "ArrowRight"]);
    page.stands_at("#2");
}

#[test]
fn keys_of_the_browser_stay_with_the_browser() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("modifiers").export_text(TALK));
    let press = |modifier: &str| {
        page.text(&format!(
            "(() => {{ const e = new KeyboardEvent('keydown', {{ key: 'ArrowRight', {modifier}: true, bubbles: true, cancelable: true }}); \
             document.body.dispatchEvent(e); return location.hash + e.defaultPrevented }})()"
        ))
    };
    page.keys(&["4", "Enter"]);
    page.stands_at("#4");
    for modifier in ["ctrlKey", "altKey", "metaKey"] {
        assert_eq!(press(modifier), "#4false", "{modifier}");
    }
}

#[test]
fn click_on_the_two_sides() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("click").export_text(TALK));
    page.click(1200.0, 360.0);
    page.stands_at("#2");
    page.click(700.0, 360.0);
    page.stands_at("#3");
    page.click(1200.0, 360.0);
    page.stands_at("#3.1");
    page.click(60.0, 360.0);
    page.stands_at("#3");
    page.click(60.0, 360.0);
    page.stands_at("#2");
}

#[test]
fn a_link_is_no_click_on_the_slide() {
    let Some(browser) = browser() else { return };
    let text = "# One\n\n---\n\n## Two\n\n[to the last](#4)\n\n---\n\n## Three\n\n---\n\n## Four\n\n- by [name](#two)\n";
    let page = Page::at(&browser, &Folder::new("link").export_text(text));
    page.key("ArrowRight");
    page.stands_at("#2");
    page.click_on("[id='2'] a");
    page.stands_at("#4");
    page.click_on("[id='4'] a");
    page.stands_at("#2");
}

#[test]
fn selecting_words_does_not_move() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("select").export_text(TALK);
    let page = Page::at(&browser, &format!("{url}#4"));
    page.stands_at("#4");
    let drag = |kind: &str, by: f64| {
        let at = page.eval(
            "(() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('[id=\"4\"] .body p')); \
             const b = r.getClientRects()[0]; return [b.left, b.top + b.height / 2] })()",
        );
        let x = at[0].as_f64().expect("a place") + by;
        let event = serde_json::json!({ "type": kind, "x": x, "y": at[1], "button": "left", "buttons": 1, "clickCount": 1 });
        page.send("Input.dispatchMouseEvent", event);
    };
    drag("mousePressed", 2.0);
    drag("mouseMoved", 180.0);
    drag("mouseReleased", 180.0);
    page.wait("getSelection().toString().length > 3");
    // The click that only drops the selection does not move either; the next one does.
    page.click(1200.0, 80.0);
    page.wait("getSelection().isCollapsed");
    page.click(1200.0, 80.0);
    page.stands_at("#5");
}

#[test]
fn swipe() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("swipe").export_text(TALK));
    page.resize((844, 390));
    page.swipe((600.0, 200.0), (250.0, 210.0));
    page.stands_at("#2");
    page.swipe((600.0, 200.0), (250.0, 190.0));
    page.stands_at("#3");
    page.swipe((200.0, 200.0), (600.0, 210.0));
    page.stands_at("#2");
    // Up, down and hardly at all is no swipe.
    page.swipe((400.0, 60.0), (430.0, 350.0));
    page.swipe((400.0, 200.0), (415.0, 200.0));
    page.key("ArrowRight");
    page.stands_at("#3");
}

#[test]
fn the_address_says_where_to_begin() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("address").export_text(TALK);
    let page = Page::at(&browser, &format!("{url}#5"));
    page.stands_at("#5");
    let page = Page::at(&browser, &format!("{url}#3.2"));
    page.stands_at("#3.2");
    page.becomes("document.querySelectorAll('[id=\"3\"] .shown').length", 2);
    let page = Page::at(&browser, &format!("{url}#fourth-slide"));
    page.stands_at("#4");
    let page = Page::at(&browser, &format!("{url}#99"));
    page.stands_at("#6");
}

#[test]
fn reload_keeps_slide_and_step() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("reload").export_text(TALK));
    page.keys(&["3", "Enter", "ArrowRight", "ArrowRight"]);
    page.stands_at("#3.2");
    page.reload();
    page.stands_at("#3.2");
    page.becomes("document.querySelectorAll('[id=\"3\"] .shown').length", 2);
    page.key("End");
    page.stands_at("#6");
    page.reload();
    page.stands_at("#6");
}

#[test]
fn the_user_edits_the_address() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("hash").export_text(TALK));
    for (typed, place) in [
        ("#4", "#4"),
        ("#3.1", "#3.1"),
        ("#3.9", "#3.3"),
        ("#second-slide", "#2"),
        ("#77", "#6"),
        ("#nowhere", "#6"),
        ("#%E0%A4%A", "#6"),
    ] {
        page.eval(&format!("location.hash = {typed:?}"));
        page.stands_at(place);
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_title_is_in_the_tab() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("title").export_text(TALK));
    page.wait("document.title.includes('The short talk')");
    page.keys(&["4", "Enter"]);
    page.wait("document.title.includes('Fourth slide') && document.title.includes('The short talk') && /^4\\b/.test(document.title)");
    page.key("ArrowRight");
    page.wait("document.title.includes('Fifth slide') && !document.title.includes('Fourth')");
}

#[test]
fn a_screen_reader_hears_the_new_slide() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("announce").export_text(TALK));
    page.keys(&["4", "Enter"]);
    page.wait("[...document.querySelectorAll('[aria-live=polite]')].some(e => e.textContent.includes('4 / 6') && e.textContent.includes('Fourth slide'))");
}

#[test]
fn keys_work_over_http_too() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("keys-http");
    let server = Server::present(folder.write("deck.md", TALK));
    let page = Page::at(&browser, &server.url);
    page.stands_at_first();
    page.keys(&["3", "Enter", "Space", "Space"]);
    page.stands_at("#3.2");
    page.reload();
    page.stands_at("#3.2");
    page.key("End");
    page.stands_at("#6");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn nothing_moves_for_those_who_ask_for_calm() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("calm").export_text(TALK));
    page.calm();
    for _ in 0..4 {
        page.key("ArrowRight");
        assert_eq!(page.number("document.getAnimations().length"), 0.0);
        assert_eq!(
            page.number("document.querySelectorAll('.leaving').length"),
            0.0
        );
    }
}

/// What the sheet names is taken, in the place it names, and nothing else is: it
/// is printed from the table in which keys are looked up.
#[test]
fn every_key_of_the_sheet_is_taken_and_no_other() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("keys-table");
    let file = folder.export_text(TALK);
    let server = Server::present(folder.path("deck.md"));
    for url in [file, server.url.clone()] {
        let page = Page::at(&browser, &url);
        page.stands_at_first();
        page.eval(PRESS);
        let faults = page.list(
            "(() => {
            const faults = [], sections = told();
            if (sections.length < 4) faults.push('only ' + sections.map(s => s.where));
            for (const { where, keys } of sections) {
                const enter = { 'In the overview': 'o', 'While drawing': 'd' }[where];
                for (const key of keys) {
                    calm();
                    if (enter) press(enter);
                    // Escape is the browser's too, and only heard.
                    if (key !== 'Escape' && !press(key)) faults.push(`${where}: ${key} is on the sheet and does nothing`);
                }
            }
            calm();
            const known = new Set(sections.filter(s => /Slides|Everywhere/.test(s.where)).flatMap(s => s.keys).map(k => k.toLowerCase()));
            for (const key of [...'abcdefghijklmnopqrstuvwxyz;#', 'Insert', 'Delete', 'F1', 'F3', 'Tab', 'Shift+Home', 'ContextMenu']) {
                calm();
                if (!known.has(key.toLowerCase()) && press(key)) faults.push(`${key} does something and is not on the sheet`);
            }
            calm();
            return faults;
        })()",
        );
        assert_eq!(faults, [""; 0], "{url}");
    }
}

/// `press` presses a key and says whether it was taken; `told` is what the sheet
/// says; `calm` closes whatever a key has opened.
const PRESS: &str = "
    window.open = () => null;
    window.press = key => {
        const [, shift, name] = /^(Shift\\+)?(.+)$/.exec(key);
        const event = new KeyboardEvent('keydown', { key: name === 'Space' ? ' ' : name, shiftKey: !!shift, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
    };
    window.calm = () => {
        document.querySelector('dialog').close();
        document.activeElement.blur();
        press('Escape');
        press('Escape');
        press('Escape');
    };
    window.told = () => {
        const names = { '→': 'ArrowRight', '←': 'ArrowLeft', '↓': 'ArrowDown', '↑': 'ArrowUp', 'Page down': 'PageDown', 'Page up': 'PageUp', Esc: 'Escape' };
        press('?');
        return [...document.querySelectorAll('dialog section')].map(section => ({
            where: section.querySelector('h3').textContent,
            keys: [...section.querySelectorAll('kbd')].flatMap(kbd => {
                if (kbd.textContent === '0–9') return [...'0123456789'];
                const [, shift, sign] = /^(Shift )?(.+)$/.exec(kbd.textContent);
                return [(shift ? 'Shift+' : '') + (names[sign] ?? sign)];
            }),
        }));
    };
    0";
