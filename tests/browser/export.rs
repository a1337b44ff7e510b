//! An exported file: it asks for nothing, works without script and on a phone.

use std::time::Instant;

use serde_json::json;

use crate::cdp::{LOOK, PATIENCE, browser};
use crate::deckle::{Folder, Server, TALK, of_project, themes};
use crate::page::{PHONE, Page, WIDE};
use crate::speaker;

const TOUR: &str = "tests/decks/tour";

/// All slides of the shipped deck, every window and sheet of it, offline.
fn asks_for_nothing(name: &str, deck: &str, args: &[&str]) {
    let Some(browser) = browser() else { return };
    let url = Folder::new(name).export(of_project(deck), args);
    let page = Page::new(&browser, WIDE);
    let offline =
        json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.send("Network.emulateNetworkConditions", offline);
    page.go(&url);
    page.stands_at_first();
    let n_slides = page.number("document.querySelectorAll('#deck > .frame').length");
    for n in 1..=n_slides as usize {
        page.keys(
            &n.to_string()
                .chars()
                .map(|c| c.to_string())
                .collect::<Vec<_>>()
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        );
        page.key("Enter");
        page.wait(&format!(
            "document.querySelector('.frame.current').id === '{n}'"
        ));
    }
    page.keys(&["o", "Escape", "?", "Escape"]);
    page.wait("document.fonts.status === 'loaded' && [...document.images].every(i => i.complete && i.naturalWidth)");
    page.key("s");
    let speaker = page.popup();
    speaker.wait("document.documentElement.classList.contains('speaker') && document.fonts.status === 'loaded'");
    assert_eq!(
        page.requests(),
        [url.as_str()],
        "only the file itself is asked for"
    );
    let others: Vec<String> = speaker
        .requests()
        .into_iter()
        .filter(|other| !other.starts_with(&url))
        .collect();
    assert_eq!(others, [""; 0]);
    assert_eq!(page.complaints(), [""; 0]);
    assert_eq!(speaker.complaints(), [""; 0]);
    // Nor does it wish to: every address in it is inside the file, or a link to click.
    let wishes = page.list(
        "[...document.querySelectorAll('[src], [srcset], link[href], image[href], use[href]')]\
         .map(e => e.getAttribute('src') ?? e.getAttribute('srcset') ?? e.getAttribute('href')).filter(u => !/^(data:|#)/.test(u))",
    );
    assert_eq!(wishes, [""; 0]);
}

#[test]
fn the_shipped_deck_asks_for_nothing() {
    asks_for_nothing("quiet-xiaomi", "slides/xiaomi-in-china", &[]);
}

#[test]
fn the_tour_asks_for_nothing() {
    asks_for_nothing("quiet-tour", TOUR, &["--theme", "paper"]);
}

#[test]
fn the_shipped_deck_is_small() {
    let folder = Folder::new("small");
    for theme in themes() {
        folder.export(of_project("slides/xiaomi-in-china"), &["--theme", &theme]);
        let name = format!("export--theme{theme}.html");
        let file = std::fs::metadata(folder.path(&name)).expect("the export");
        assert!(file.len() <= 100_000, "{theme}: {} bytes", file.len());
    }
}

/// Letters, digits and signs of western languages, in every face.
const LETTERS: &str = "\
---
title: \u{dc}ber Stra\u{df}en
author: \u{c5}sa \u{d8}stergaard
---

# \u{dc}ber Stra\u{df}en \u{2013} \u{201e}gro\u{df}\u{201c}

---

## D\u{e9}j\u{e0} vu: \u{ab}\u{a0}No\u{eb}l\u{a0}\u{bb}, 100 %

- A *w\u{f6}rd* and **\u{e7}a**, `a_b = {x: 1}` and ~tilde~ [#3] @x ^ | \\\\ $
- \u{2192} arrows \u{2265} signs, \u{20ac} 5 & more
- \u{394}\u{3b1} \u{416}\u{44f} \u{141}\u{f3}d\u{17a}

---

> \u{bf}Qu\u{e9}?

Ana
";

/// What stands on slides in a font of the machine.
fn in_foreign_fonts(page: &Page) -> Vec<String> {
    for domain in ["DOM.enable", "CSS.enable"] {
        page.send(domain, json!({}));
    }
    // On paper everything is laid out at once.
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    // Fonts are asked for by a layout, so there must have been one.
    page.wait("document.body.offsetHeight > 0 && document.fonts.status === 'loaded'");
    let document = page.send("DOM.getDocument", json!({ "depth": 0 }));
    let found = page.send(
        "DOM.querySelectorAll",
        json!({ "nodeId": document["root"]["nodeId"], "selector": "#deck .slide, #deck .slide *" }),
    );
    let mut res = Vec::new();
    let mut n_ours = 0;
    for node in found["nodeIds"].as_array().expect("a list of nodes") {
        let fonts = page.send("CSS.getPlatformFontsForNode", json!({ "nodeId": node }));
        for font in fonts["fonts"].as_array().expect("a list of fonts") {
            if font["isCustomFont"] == true {
                n_ours += 1;
            } else {
                res.push(format!("{} in {node}", font["familyName"]));
            }
        }
    }
    assert!(n_ours > 10, "the deck is set in its own fonts");
    res
}

#[test]
fn every_letter_has_its_font() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("letters");
    let written = folder.write("deck.md", LETTERS);
    for theme in ["swiss", "paper"] {
        for deck in [of_project("slides/xiaomi-in-china"), written.clone()] {
            let page = Page::at(&browser, &folder.export(&deck, &["--theme", theme]));
            let foreign = in_foreign_fonts(&page);
            assert_eq!(foreign, [""; 0], "{theme}: {}", deck.display());
        }
    }
}

#[test]
fn right_to_left() {
    let Some(browser) = browser() else { return };
    let deck = "---\nlang: ar\n---\n\n# \u{643}\u{64a}\u{641}\n\n---\nlayout: factor\n---\n\n## \u{645}\u{627}\u{621}\n\n- \u{645}\u{627}\u{621}\n- \u{628}\u{64a}\u{62a}\n";
    for theme in &themes() {
        let folder = Folder::new(&format!("right-to-left-{theme}"));
        let written = folder.write("deck.md", deck);
        let page = Page::at(
            &browser,
            &format!("{}#2", folder.export(&written, &["--theme", theme])),
        );
        page.stands_at("#2");
        assert_eq!(page.text("document.documentElement.dir"), "rtl");
        // The numeral stands right of the text, the text begins at its right edge.
        let left = |of: &str| {
            format!("document.querySelector('.frame.current {of}').getBoundingClientRect().left")
        };
        assert!(page.is(&format!("{} > {}", left(".marker"), left(".body"))));
        assert!(page.is(
            "getComputedStyle(document.querySelector('.frame.current .title')).direction === 'rtl'"
        ));
        // The program's own words are English.
        let speaker = speaker::open(&page);
        assert!(speaker.is("document.querySelector('.desk').dir === 'ltr' && document.querySelector('.told').dir === 'rtl'"));
        assert_eq!(speaker.complaints(), [""; 0]);
    }
}

#[test]
fn the_file_says_what_it_is() {
    let Some(browser) = browser() else { return };
    let page = Page::at(
        &browser,
        &Folder::new("meta").export_text(&TALK.replace("author:", "lang: de-AT\nauthor:")),
    );
    let meta = |name: &str| {
        page.text(&format!(
            "document.querySelector('meta[name={name}]')?.content ?? ''"
        ))
    };
    assert_eq!(meta("description"), "A deck for trying things out.");
    assert_eq!(meta("author"), "Ada Miller");
    assert_eq!(page.text("document.documentElement.lang"), "de-AT");
    assert_eq!(page.text("document.characterSet"), "UTF-8");
    assert!(page.is("document.title.includes('The short talk')"));
    assert!(page.is("document.querySelector('link[rel=icon]').href.startsWith('data:image/')"));
    let policy =
        page.text("document.querySelector('meta[http-equiv=Content-Security-Policy]').content");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'sha256-"),
        "{policy}"
    );
    assert!(
        !policy
            .split(';')
            .any(|part| part.contains("script-src") && part.contains("unsafe")),
        "{policy}"
    );
}

/// Opens a file with script switched off.
fn without_script(url: &str, size: (u32, u32)) -> Option<Page> {
    let page = Page::new(&browser()?, size);
    page.send(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
    page.go(url);
    assert!(
        page.is("!document.documentElement.classList.contains('js')"),
        "the script ran"
    );
    Some(page)
}

/// Every slide can be read, in order, none over another.
fn is_a_column(page: &Page, n_slides: usize) {
    let faults = page.list(
        "(() => { const faults = [], frames = [...document.querySelectorAll('#deck > .frame')]; let below = -1; \
         frames.forEach((f, i) => { f.scrollIntoView(); const r = f.getBoundingClientRect(), top = r.top + scrollY; \
           const where = `slide ${i + 1}: `; \
           if (f.id !== String(i + 1)) faults.push(where + 'out of order'); \
           if (r.width < innerWidth * .9 || r.height < 100) faults.push(where + `${r.width} by ${r.height}`); \
           if (top < below - 1) faults.push(where + 'stands over the one before'); \
           below = top + r.height; \
           for (const e of f.querySelectorAll('.slide :is(h1, h2, h3, p, li, td, th, pre, figcaption)')) { \
             if (e.closest('.notes') || !e.textContent.trim()) continue; \
             const b = e.getBoundingClientRect(); \
             if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !b.width || !b.height) faults.push(where + 'cannot see ' + e.textContent.trim().slice(0, 40)); \
             if (b.bottom > r.bottom + 1 || b.right > r.right + 1 || b.left < r.left - 1 || b.top < r.top - 1) faults.push(where + 'outside: ' + e.textContent.trim().slice(0, 40)); } }); \
         const { scrollWidth, clientWidth } = document.documentElement; \
         if (scrollWidth > clientWidth) faults.push(`${scrollWidth} wide in ${clientWidth}`); \
         return faults })()",
    );
    assert_eq!(faults, [""; 0]);
    assert_eq!(
        page.number("document.querySelectorAll('#deck > .frame').length"),
        n_slides as f64
    );
}

#[test]
fn readable_without_script() {
    let url = Folder::new("no-script").export(of_project("slides/xiaomi-in-china"), &[]);
    for size in [WIDE, (1024, 768), (800, 1000)] {
        let Some(page) = without_script(&url, size) else {
            return;
        };
        is_a_column(&page, 12);
        // All steps and all words are there; notes are not.
        assert!(page.shows("Vast and loyal customer base"));
        assert!(!page.shows("captivated consumers"));
    }
}

#[test]
fn the_tour_is_readable_without_script() {
    let folder = Folder::new("no-script-tour");
    for theme in &themes() {
        let url = folder.export(of_project(TOUR), &["--theme", theme]);
        let Some(page) = without_script(&url, WIDE) else {
            return;
        };
        let n_slides = page.number("document.querySelectorAll('#deck > .frame').length");
        is_a_column(&page, n_slides as usize);
    }
}

#[test]
fn steps_are_shown_without_script() {
    let url = Folder::new("no-script-steps").export_text(TALK);
    let Some(page) = without_script(&url, WIDE) else {
        return;
    };
    is_a_column(&page, 6);
    assert!(["one", "two", "three"].iter().all(|word| page.shows(word)));
    assert!(!page.shows("slowly"));
}

#[test]
fn a_phone_held_upright() {
    let folder = Folder::new("phone");
    for theme in &themes() {
        let url = folder.export(of_project("slides/xiaomi-in-china"), &["--theme", theme]);
        let Some(page) = without_script(&url, PHONE) else {
            return;
        };
        is_a_column(&page, 12);
        let with_script = page.another(PHONE);
        with_script.go(&url);
        with_script.wait("document.documentElement.classList.contains('js')");
        is_a_column(&with_script, 12);
        // Type that is read at arm's length.
        let smallest = "Math.min(...[...document.querySelectorAll('.slide :is(p, li)')].filter(e => e.checkVisibility() && !e.closest('.notes')).map(e => parseFloat(getComputedStyle(e).fontSize)))";
        let size = with_script.number(smallest);
        assert!(
            size >= 15.0,
            "{size} pixels are too small to read on a phone"
        );
    }
}

#[test]
fn a_phone_is_scrolled_and_turned() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("phone-turn").export_text(TALK);
    let page = Page::new(&browser, PHONE);
    page.go(&url);
    page.wait("document.documentElement.classList.contains('js')");
    // A tap does not move: one scrolls.
    page.click(350.0, 200.0);
    page.eval("document.getElementById('4').scrollIntoView()");
    page.becomes("location.hash", "#4");
    page.resize((844, 390));
    page.stands_at("#4");
    page.key("ArrowRight");
    page.stands_at("#5");
    page.resize(PHONE);
    page.wait("document.getElementById('5').getBoundingClientRect().top < innerHeight / 2 && document.getElementById('5').getBoundingClientRect().bottom > 0");
}

#[test]
fn notes_are_not_for_the_audience() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("notes").export_text(TALK);
    let secret = ["Remember to smile", "words slowly"];
    let hidden = |page: &Page, how: &str| {
        for words in secret {
            assert!(
                page.is(&format!("document.body.textContent.includes({words:?})")),
                "the notes are in the file"
            );
            assert!(!page.shows(words), "{how}: {words:?} can be seen");
        }
        let tree = page
            .send("Accessibility.getFullAXTree", json!({}))
            .to_string();
        for words in secret {
            assert!(
                !tree.contains(words),
                "{how}: a screen reader reads {words:?}"
            );
        }
    };
    let page = Page::at(&browser, &url);
    for place in ["#2", "#3.3"] {
        page.eval(&format!("location.hash = {place:?}"));
        page.stands_at(place);
        hidden(&page, "stage");
    }
    page.key("o");
    page.wait("document.documentElement.classList.contains('overview')");
    hidden(&page, "overview");
    page.key("Escape");
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    hidden(&page, "print");
    page.send("Emulation.setEmulatedMedia", json!({ "media": "" }));
    page.resize(PHONE);
    hidden(&page, "phone");
    if let Some(page) = without_script(&url, WIDE) {
        hidden(&page, "without script");
    }
}

#[test]
fn the_same_picture_several_times() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("picture-twice");
    let deck = folder.write("deck.md", "# Two\n\n---\n\n## One\n\nWords.\n\n![Hills](hills.png)\n\n---\n\n## Two\n\nMore.\n\n![Hills again](hills.png)\n");
    std::fs::copy(
        of_project("tests/decks/tour/img/hills.png"),
        folder.path("hills.png"),
    )
    .expect("a picture");
    let url = folder.export(deck, &[]);
    let bytes = std::fs::read_to_string(folder.path("export.html")).expect("the export");
    assert_eq!(
        bytes.matches("data:image/png").count(),
        1,
        "the picture is in the file once"
    );
    let page = Page::at(&browser, &url);
    for (n, name) in [(2, "Hills"), (3, "Hills again")] {
        page.keys(&[&n.to_string(), "Enter"]);
        page.stands_at(&format!("#{n}"));
        let seen = page.list("[...document.querySelectorAll('.frame.current :is(img, svg.picture)')].map(e => `${e.alt ?? e.ariaLabel} ${e.getBoundingClientRect().width > 100}`)");
        assert_eq!(seen, [format!("{name} true")]);
    }
    assert_eq!(page.complaints(), [""; 0]);
}

/// How every element of a page is drawn, as one line each.
const DRAWN: &str = "[...document.querySelectorAll('body, #deck, #deck *')]
  // A picture shown twice is written once in a file.
  .filter(el => el.tagName !== 'IMG' && !el.closest('svg:has(> use)')).map((el, i) => {
    const of = look => [...look].filter(name => !name.startsWith('--')).map(name => [name, look.getPropertyValue(name)])
      // Pictures lie elsewhere in a file than on a server, and a pointer that rests is hidden.
      .filter(([name, value]) => name !== 'cursor' && !value.includes('url(')).join(' ');
    const all = of(getComputedStyle(el)) + ['::before', '::after'].map(part => {
      const look = getComputedStyle(el, part);
      return look.content === 'none' ? '' : of(look);
    }).join(' ');
    let sum = 0;
    for (let at = 0; at < all.length; at++) sum = (Math.imul(sum, 31) + all.charCodeAt(at)) | 0;
    return `${i} ${el.tagName} ${el.getAttribute('class')} ${sum}`;
  })";

/// An export leaves out the rules that match nothing. If one of them did match
/// something, the page of the server, which has them all, would look different.
fn looks_as_on_a_server(name: &str, theme: &str) {
    let Some(browser) = browser() else { return };
    let args = ["--theme", theme];
    let file = Page::new(&browser, WIDE);
    file.go(&Folder::new(name).export(of_project(TOUR), &args));
    let server = Server::present_with(of_project(TOUR), &args);
    let served = Page::new(&browser, WIDE);
    served.go(&server.url);
    let pages = [&file, &served];
    let compare = |what: &str| {
        let until = Instant::now() + PATIENCE;
        loop {
            let [mut one, mut other] = pages.map(|page| {
                page.wait("document.fonts.status === 'loaded'");
                page.list(DRAWN)
            });
            assert!(one.len() > 500, "{what}: {}", one.len());
            assert_eq!(one.len(), other.len(), "{what}");
            let differ = |n: &usize| one[*n] != other[*n];
            match (0..one.len()).find(differ) {
                None => return,
                // One of them may still be on its way.
                Some(_) if Instant::now() < until => std::thread::sleep(LOOK),
                Some(n) => panic!("{what}: {} is {}", one.swap_remove(n), other.swap_remove(n)),
            }
        }
    };
    let both = |act: &dyn Fn(&Page)| pages.into_iter().for_each(act);
    both(&Page::stands_at_first);
    compare("the stage");
    both(&|page| page.key("o"));
    compare("the overview");
    both(&|page| page.key("Escape"));
    for media in ["print", ""] {
        both(&|page| {
            page.send("Emulation.setEmulatedMedia", json!({ "media": media }));
        });
        if media == "print" {
            compare("print");
        }
    }
    both(&|page| page.resize(PHONE));
    compare("the column of a phone");
}

#[test]
fn what_swiss_leaves_out_no_slide_misses() {
    looks_as_on_a_server("pruned-swiss", "swiss");
}

#[test]
fn what_paper_leaves_out_no_slide_misses() {
    looks_as_on_a_server("pruned-paper", "paper");
}
