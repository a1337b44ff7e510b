//! Code that is walked through, code that changes into code, and formulas.

use serde_json::json;

use crate::cdp::browser;
use crate::deckle::Folder;
use crate::page::{Page, WIDE};

const WALK: &str = "# First\n\n---\n\n## Walk\n\n```rust {2|1,3|all}\nfn main() {\n    let a = 1;\n}\n```\n\n\
    ---\n\n# Last\n";

/// The numbers of the lines that are lit, or `all` if none is set off.
const LIT: &str = "(() => { const pre = document.querySelector('.frame.current .walk');\
    if (!pre.classList.contains('walking')) return 'all';\
    return [...pre.querySelectorAll('.line')].flatMap((l, i) => l.classList.contains('lit') ? [i + 1] : []).join() })()";

#[test]
fn code_is_walked_through_line_by_line() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("walk").export_text(WALK));
    page.calm();
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.becomes(LIT, "2");
    let colours = "new Set([...document.querySelectorAll('.frame.current .line:not(.lit), .frame.current .line:not(.lit) *')]\
        .map(e => getComputedStyle(e).color)).size";
    page.becomes(colours, 1);
    page.key("Space");
    page.stands_at("#2.1");
    page.becomes(LIT, "1,3");
    page.becomes(
        "document.querySelector('[aria-live]').textContent",
        "Lines 1, 3",
    );
    page.key("Space");
    page.stands_at("#2.2");
    page.becomes(LIT, "all");
    page.key("Space");
    page.stands_at("#3");
    page.key("ArrowLeft");
    page.stands_at("#2.2");
    page.keys(&["ArrowLeft", "ArrowLeft"]);
    page.stands_at("#2");
    page.becomes(LIT, "2");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn on_paper_every_line_has_its_colours() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("walk-print").export_text(WALK));
    page.calm();
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    let colour =
        "getComputedStyle(document.querySelector('.frame.current .line .hl-keyword')).color";
    let dim = page.text(colour);
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let printed = page.text(colour);
    assert_ne!(dim, printed);
    let bars = "[...document.querySelectorAll('.walk .lit')].filter(e => getComputedStyle(e, '::after').display !== 'none').length";
    assert_eq!(page.number(bars), 0.0);
}

const MORPH: &str = "# First\n\n---\n\n## Morph\n\n\
    ```rust {.morph}\nlet a = 1;\nprint(a);\n```\n\n\
    ```rust {.morph}\nlet b = 2;\nlet a = 1;\nprint(a + b);\n```\n\n\
    ```rust {.morph}\nprint(3);\n```\n\n---\n\n# Last\n";

/// The code one sees on the current slide.
const SEEN: &str = "[...document.querySelectorAll('.frame.current pre')]\
    .filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.textContent.length).join()";

#[test]
fn code_changes_into_code() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("code-morph").export_text(MORPH));
    page.eval(
        "window.named = []; const start = document.startViewTransition.bind(document);\
         document.startViewTransition = f => { const run = start(f); run.ready.then(() => named.push(\
         new Set(document.getAnimations().map(a => a.effect.pseudoElement).filter(p => /group\\(piece-0-\\d/.test(p))).size),\
         e => named.push(e.name + e.message)); return run }; 0",
    );
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.becomes(SEEN, "19");
    for (key, place, seen) in [
        ("Space", "#2.1", "33"),
        ("Space", "#2.2", "9"),
        ("ArrowLeft", "#2.1", "33"),
        ("ArrowLeft", "#2", "19"),
    ] {
        page.key(key);
        page.stands_at(place);
        page.becomes(SEEN, seen);
        // No name stays behind.
        page.becomes(
            "document.querySelectorAll('[style*=view-transition-name]').length",
            0,
        );
    }
    let moved = page.list("named.map(String)");
    assert_eq!(moved.len(), 4, "{moved:?}");
    for n in &moved {
        assert!(n.parse::<u32>().is_ok_and(|n| n > 0), "{moved:?}");
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn with_reduced_motion_code_just_changes_and_paper_shows_the_last() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &Folder::new("morph-calm").export_text(MORPH));
    page.calm();
    page.eval("document.startViewTransition = () => { throw new Error('moved') }; 0");
    page.keys(&["2", "Enter", "Space"]);
    page.stands_at("#2.1");
    page.becomes(SEEN, "33");
    assert_eq!(page.complaints(), [""; 0]);
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.becomes(SEEN, "9");
}

#[test]
fn a_page_for_each_step_shows_what_each_step_showed() {
    let Some(browser) = browser() else { return };
    let text = format!("---\nprint: steps\n---\n\n{WALK}\n---\n\n{MORPH}");
    let page = Page::at(&browser, &Folder::new("code-print").export_text(&text));
    page.stands_at_first();
    page.eval("dispatchEvent(new Event('beforeprint')); 0");
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let lit = "[...document.querySelectorAll('.printed .walk')].map(pre => [...pre.querySelectorAll('.line')]\
        .filter(line => getComputedStyle(line).color === getComputedStyle(pre).color).length + '')";
    assert_eq!(page.list(lit), ["1", "2", "3"]);
    let seen = "[...document.querySelectorAll('.printed .morph')].map(row => [...row.children]\
        .filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.textContent.length).join())";
    assert_eq!(page.list(seen), ["19", "33", "9"]);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn code_is_set_back_behind_the_last_of_its_lines() {
    let Some(browser) = browser() else { return };
    let text = "# First\n\n---\n\n## Dim\n\n```rust {1|2 .dim}\nlet a = 1;\nlet b = 2;\n```\n\n. . .\n\nMore.\n";
    let page = Page::at(&browser, &Folder::new("walk-dim").export_text(text));
    page.keys(&["2", "Enter"]);
    for (place, is_past) in [("#2", false), ("#2.1", false), ("#2.2", true)] {
        page.stands_at(place);
        page.becomes(
            "document.querySelector('.frame.current .walk').classList.contains('past')",
            is_past,
        );
        page.key("Space");
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn formulas_are_set_in_their_own_fonts_and_fit() {
    let Some(browser) = browser() else { return };
    let wide = "x_1 + y_1 + ".repeat(30);
    let text = format!(
        "## Energy $E = mc^2$\n\n$$\\sum_{{k}} \\mathbb{{R}} {wide} z$$\n\n---\n\n# Last\n"
    );
    let page = Page::new(&browser, WIDE);
    page.go(&Folder::new("math").export_text(&text));
    page.stands_at_first();
    page.wait("document.fonts.status === 'loaded'");
    let fonts = "[...document.fonts].filter(f => f.status === 'loaded' && f.family.includes('KaTeX')).map(f => f.family.replace(/\"/g, '')).sort()";
    assert_eq!(
        page.list(fonts),
        ["KaTeX_AMS", "KaTeX_Main", "KaTeX_Math", "KaTeX_Size2"]
    );
    // What is read aloud is there once; the title is not said twice.
    assert!(page.text("document.title").starts_with("1 · Energy E=mc2"));
    page.becomes(
        "(() => { const m = document.querySelector('div.math'); return m.scrollWidth <= m.clientWidth + 1 })()",
        true,
    );
    assert!(page.is("document.querySelector('.slide').style.getPropertyValue('--squeeze') === ''"));
    assert_eq!(page.complaints(), [""; 0]);
}
