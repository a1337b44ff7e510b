//! axe-core finds nothing, on any slide, in any of the views, in any theme.
//!
//! axe-core is named by `AXE_JS`; it is no part of the project.

use std::path::Path;

use crate::cdp::{browser, is_required, say_once};
use crate::deckle::{Folder, Server, TALK, of_project, themes};
use crate::page::{PHONE, Page, WIDE};
use crate::speaker;

/// The source of axe-core, or `None` if it was not given and is not required.
pub fn axe() -> Option<String> {
    if let Some(path) = std::env::var_os("AXE_JS").filter(|path| !path.is_empty()) {
        let source = std::fs::read_to_string(Path::new(&path));
        return Some(source.expect("AXE_JS names the file axe.min.js"));
    }
    let what = "no axe-core, accessibility not tested";
    let how = "name the file axe.min.js of the npm package axe-core in AXE_JS";
    assert!(!is_required(), "{what}: {how}");
    say_once(what);
    None
}

pub struct Eyes {
    pub page: Page,
    /// Whether contrast is held against level AAA.
    enhanced: bool,
    faults: Vec<String>,
}

impl Eyes {
    pub fn new(page: Page, axe: &str) -> Eyes {
        page.calm();
        page.eval(&format!("{axe}; 0"));
        Eyes {
            page,
            enhanced: false,
            faults: Vec::new(),
        }
    }

    /// Looks at what is shown. Slides that are not stand aside meanwhile: nothing in
    /// them is a fault, and to go through them takes fifteen times as long.
    pub fn look(&mut self, what: &str) {
        let rules = format!(
            "{{ 'color-contrast-enhanced': {{ enabled: {} }} }}",
            self.enhanced
        );
        let found = self.page.list(&format!(
            "(async () => {{ await document.fonts.ready; \
             await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
             const hidden = [...document.querySelectorAll('#deck > .frame > .slide')].filter(s => !s.checkVisibility()); \
             const marks = hidden.map(s => {{ const mark = document.createComment(''); s.replaceWith(mark); return mark; }}); \
             const {{ violations }} = await axe.run(document, {{ resultTypes: ['violations'], rules: {rules} }}); \
             marks.forEach((mark, i) => mark.replaceWith(hidden[i])); \
             return violations.flatMap(v => v.nodes.map(n => `${{v.id}} (${{v.impact}}): ${{n.target.join(' ')}} ${{(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}}`)) }})()"
        ));
        self.faults
            .extend(found.iter().map(|fault| format!("{what}: {fault}")));
    }

    pub fn look_at_all_slides(&mut self) {
        let n_slides = self
            .page
            .number("document.querySelectorAll('#deck > .frame').length");
        for n in 1..=n_slides as usize {
            self.page.eval(&format!("location.hash = '#{n}.99'"));
            self.page.wait(&format!(
                "document.querySelector('.frame.current').id === '{n}'"
            ));
            self.look(&format!("slide {n}"));
        }
    }

    #[track_caller]
    pub fn found_nothing(self) {
        assert!(self.faults.is_empty(), "\n{}", self.faults.join("\n"));
    }
}

fn every_slide(name: &str, deck: &str) {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let folder = Folder::new(name);
    for theme in &themes() {
        let url = folder.export(of_project(deck), &["--theme", theme]);
        let mut eyes = Eyes::new(Page::at(&browser, &url), &axe);
        eyes.page.stands_at_first();
        eyes.enhanced = asks_for_more(theme);
        eyes.look_at_all_slides();
        eyes.found_nothing();
    }
}

/// Whether a theme promises the contrast of level AAA.
fn asks_for_more(theme: &str) -> bool {
    let path = of_project(&format!("themes/{theme}/theme.yaml"));
    let yaml = std::fs::read_to_string(path).expect("a theme");
    yaml.lines().any(|line| line == "contrast: 7")
}

#[test]
fn one_theme_promises_more_contrast() {
    let promised = themes().iter().filter(|theme| asks_for_more(theme)).count();
    assert_eq!(promised, 1);
}

#[test]
fn every_slide_of_the_shipped_deck() {
    every_slide("axe-xiaomi", "slides/xiaomi-in-china");
}

#[test]
fn every_slide_of_the_tour() {
    every_slide("axe-tour", "tests/decks/tour");
}

#[test]
fn every_slide_of_the_shipped_tour() {
    every_slide("axe-shipped-tour", "slides/tour");
}

/// Every kind of mark on code, and formulas, in every theme.
#[test]
fn code_and_formulas() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let folder = Folder::new("axe-code");
    let code =
        "fn main() {\n    let a: Vec<u8> = vec![1]; // so\n    println!(\"{}\", a.len());\n}";
    let many = "let x: u32 = 1; // small\n".repeat(14);
    let deck = folder.write(
        "deck.md",
        format!(
            "# Formulas $x^2$\n\n---\n\n## Marked\n\n```rust {{1-4 .numbers}} file=main.rs\n{code}\n```\n\n\
             ---\n\n## Walk\n\n```rust {{1|2-3}}\n{code}\n```\n\n---\n\n## Small\n\nText\n\n- One\n- Two\n\n```rust {{2-9}}\n{many}```\n\n\
             ---\n\n## Difference\n\n```rust {{.diff}}\n-{code}\n+{code}\n```\n\n\
             ---\n\n## Formula\n\n$$\\frac{{a}}{{b}} = \\sqrt{{x}}$$\n\n- With $\\alpha$ in a line\n",
        ),
    );
    for theme in &themes() {
        let url = folder.export(&deck, &["--theme", theme]);
        let mut eyes = Eyes::new(Page::at(&browser, &url), &axe);
        eyes.page.stands_at_first();
        eyes.look_at_all_slides();
        eyes.found_nothing();
    }
}

fn views(name: &str, deck: &str, themes: &[String]) {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let folder = Folder::new(name);
    for theme in themes {
        let url = folder.export(of_project(deck), &["--theme", theme]);
        let mut eyes = Eyes::new(Page::at(&browser, &url), &axe);
        eyes.page.stands_at_first();
        eyes.page.keys(&["o", "ArrowRight"]);
        eyes.page
            .wait("document.documentElement.classList.contains('overview')");
        eyes.look("overview");
        eyes.page.keys(&["Escape", "?"]);
        eyes.page.wait("document.querySelector('dialog').open");
        eyes.look("help");
        eyes.page.key("Escape");
        eyes.page.resize(PHONE);
        eyes.page
            .wait("!document.documentElement.classList.contains('stage')");
        eyes.look("column");
        eyes.page.click_on(".door");
        eyes.page
            .wait("document.querySelector('.article').checkVisibility()");
        eyes.look("read view on a phone");
        eyes.page.resize(WIDE);
        eyes.look("read view");
        eyes.page.keys(&["a", "d"]);
        eyes.page
            .wait("document.querySelector('.tools').checkVisibility()");
        eyes.look("drawing");
        eyes.page.keys(&["d", "/"]);
        eyes.page
            .wait("document.activeElement.matches('input[type=search]')");
        eyes.page
            .send("Input.insertText", serde_json::json!({ "text": "a" }));
        eyes.page
            .wait("document.querySelector('.find span').textContent");
        eyes.look("search");
        eyes.found_nothing();
    }
}

#[test]
fn views_of_the_shipped_deck() {
    views("axe-views-xiaomi", "slides/xiaomi-in-china", &themes());
}

#[test]
fn views_of_the_shipped_tour() {
    // What is around its slides is that of the other decks, and looked at there in every theme.
    views("axe-views-shipped-tour", "slides/tour", &themes()[..1]);
}

#[test]
fn views_of_the_tour() {
    views("axe-views-tour", "tests/decks/tour", &themes());
}

#[test]
fn speaker_view() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let folder = Folder::new("axe-speaker");
    for theme in &themes() {
        let url = folder.export(of_project("slides/xiaomi-in-china"), &["--theme", theme]);
        let page = Page::at(&browser, &format!("{url}#3"));
        page.stands_at("#3");
        let window = speaker::open(&page);
        window.resize(WIDE);
        let mut eyes = Eyes::new(window, &axe);
        eyes.look("speaker view");
        eyes.page.key("End");
        eyes.look("speaker view at the end");
        eyes.page.keys(&["Home", "r", "ArrowRight", "b", "l"]);
        eyes.page
            .wait("document.querySelectorAll('.plan')[1].textContent.includes('Ends')");
        eyes.look("rehearsal");
        eyes.page.key("r");
        eyes.page.wait("document.querySelector('dialog').open");
        eyes.look("log of the rehearsal");
        eyes.found_nothing();
    }
}

#[test]
fn faults_and_warnings() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let folder = Folder::new("axe-faults");
    let text = TALK.replace("author:", "autor: x\nauthor:");
    let server = Server::watch(folder.write("deck.md", text), &[]);
    let mut eyes = Eyes::new(Page::at(&browser, &server.url), &axe);
    eyes.page.stands_at_first();
    eyes.page
        .wait("document.querySelector('.ui.warnings').checkVisibility()");
    eyes.look("chip");
    eyes.page.click_on(".ui.warnings summary");
    eyes.page
        .wait("document.querySelector('.ui.warnings').open");
    eyes.look("warnings");
    folder.edit("deck.md", "steps: lists", "steps: [lists");
    eyes.page
        .wait("document.querySelector('.ui.fault').checkVisibility()");
    eyes.look("fault");
    eyes.found_nothing();
}

/// Half the window's room, as at 200 % zoom, and the colours of the system.
#[test]
fn zoomed_and_in_forced_colours() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("axe-zoom");
    let page = Page::at(&browser, &folder.export_text(TALK));
    page.stands_at_first();
    let features = serde_json::json!([{ "name": "forced-colors", "value": "active" }]);
    page.send(
        "Emulation.setEmulatedMedia",
        serde_json::json!({ "features": features }),
    );
    page.resize((640, 360));
    // Nothing that one needs is out of reach or cut off.
    let reachable = |what: &str, selector: &str| {
        let lost = page.list(&format!(
            "[...document.querySelectorAll({selector:?})].filter(e => {{ e.scrollIntoView({{ block: 'nearest' }}); const r = e.getBoundingClientRect(); \
             return r.width && (r.left < -1 || r.right > innerWidth + 1 || r.top < -1 || r.bottom > innerHeight + 1) }}).map(e => e.className + e.textContent)"
        ));
        assert_eq!(lost, [""; 0], "{what}");
    };
    page.key("?");
    page.wait("document.querySelector('dialog').open");
    reachable("help", "dialog button, dialog dd");
    page.keys(&["Escape", "d"]);
    reachable("drawing", ".tools button");
    page.keys(&["d", "/"]);
    page.wait("document.activeElement.matches('input[type=search]')");
    reachable("search", ".find input");
    page.key("Escape");
    page.key("a");
    page.wait("document.querySelector('.article').checkVisibility()");
    assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    page.key("a");
    let view = speaker::open(&page);
    view.resize((640, 360));
    let lost = view.list(
        "[...document.querySelectorAll('.desk button, .desk header p')].filter(e => { e.scrollIntoView({ block: 'nearest' }); const r = e.getBoundingClientRect(); \
         return r.width && (r.left < -1 || r.right > innerWidth + 1 || r.top < -1 || r.bottom > innerHeight + 1) }).map(e => e.textContent)",
    );
    assert_eq!(lost, [""; 0], "speaker view");
    // Nothing is scrolled sideways, and the notes are there at once.
    assert!(view.is("document.documentElement.scrollWidth <= innerWidth"));
    view.key("ArrowRight");
    view.wait("document.querySelector('.told').textContent.includes('smile')");
    assert!(view.is(
        "(r => r.height > 100 && r.bottom <= innerHeight)(document.querySelector('.told').getBoundingClientRect())"
    ));
}

/// The views in the room that is left at 200 %, each of them by axe-core too.
#[test]
fn views_at_twice_the_size() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let url = Folder::new("axe-twice").export_text(TALK);
    let page = Page::new(&browser, (640, 360));
    page.go(&format!("{url}#3.2"));
    page.wait("document.querySelector('.current .shown')");
    let window = speaker::open(&page);
    window.resize((640, 360));
    let mut eyes = Eyes::new(page, &axe);
    eyes.look("deck");
    for (keys, what) in [
        (&["o"][..], "overview"),
        (&["Escape", "/"], "search"),
        (&["Escape", "a"], "read view"),
        (&["a", "?"], "help"),
    ] {
        eyes.page.keys(keys);
        eyes.look(what);
    }
    eyes.found_nothing();
    let mut eyes = Eyes::new(window, &axe);
    eyes.look("speaker view");
    eyes.found_nothing();
}

/// Whoever moves by keys and by ear is always somewhere: what has the focus is
/// seen, also behind what has closed, and no part asks for all keys.
#[test]
fn the_focus_is_never_lost() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("focus");
    let text = TALK.replace("- first\n", "- [first](https://example.org)\n");
    let file = folder.export_text(&text);
    let server = Server::present(folder.path("deck.md"));
    for url in [file, server.url.clone()] {
        let page = Page::at(&browser, &format!("{url}#2"));
        page.stands_at("#2");
        let holds = |page: &Page, selector: &str, what: &str| {
            let found = format!(
                "(e => (e.matches({selector:?}) && e.checkVisibility({{ visibilityProperty: true }}) && !e.closest('[inert]') ? {what:?} \
                 : {what:?} + ': ' + e.outerHTML.slice(0, 120)))(document.activeElement)"
            );
            page.becomes(&found, what);
            assert!(
                !page.is("document.querySelector('[role=application]')"),
                "{what}"
            );
        };
        page.key("Tab");
        for _ in 0..4 {
            if page.is("document.activeElement.matches('.current a')") {
                break;
            }
            page.key("Tab");
        }
        holds(&page, ".current a", "a link of the slide");
        page.key("ArrowRight");
        page.stands_at("#3");
        holds(&page, ".current", "the slide behind one with a link");
        page.key("o");
        holds(&page, ".current .pick", "the slide in the overview");
        page.keys(&["ArrowRight", "Enter"]);
        page.stands_at("#4");
        holds(&page, ".current", "the slide that was chosen");
        page.key("?");
        holds(&page, "dialog *", "the sheet of keys");
        page.key("Escape");
        holds(&page, ".current", "what had it before the sheet");
        page.key("/");
        holds(&page, ".find input", "the search");
        page.key("Escape");
        holds(&page, ".current", "the slide behind the search");
        page.key("a");
        holds(&page, ".article", "the article");
        page.key("a");
        holds(&page, ".current", "the slide behind the article");
        page.keys(&["b", "b", "m", "m", "d", "d", "l", "l"]);
        holds(
            &page,
            ".current",
            "the slide behind curtain, lens, pen and laser",
        );
        let view = speaker::open(&page);
        view.key("Tab");
        holds(&view, ".desk button", "a button of the desk");
        view.key("Enter");
        holds(&view, ".desk button", "the button that was pressed");
    }
}
