//! What appears, leaves, dims and moves.

use serde_json::json;

use crate::cdp::browser;
use crate::deckle::Folder;
use crate::page::Page;
use crate::speaker;

const STEPS: &str = "---
title: Steps
---

# Steps

---

## Plan

First {step=1-1 #first}

Second {step=2 #second}

::: steps {.dim}
- one
- two
:::

[part]{.step #part} of a line
";

/// The text of what one sees of some words on the current slide.
const SEEN: &str = "[...document.querySelectorAll('.current :is(p, li, span)')].filter(e => e.dataset.step && e.checkVisibility({ visibilityProperty: true })).map(e => e.textContent).join(' | ')";

#[test]
fn things_appear_leave_and_dim() {
    let Some(browser) = browser() else { return };
    let page = Page::at(&browser, &(Folder::new("steps").export_text(STEPS) + "#2"));
    page.stands_at("#2");
    page.becomes(SEEN, "");
    page.key("ArrowRight");
    page.becomes(SEEN, "First");
    page.key("ArrowRight");
    page.becomes(SEEN, "Second");
    page.keys(&["ArrowRight", "ArrowRight"]);
    page.becomes(SEEN, "Second | one | two");
    let past = "[...document.querySelectorAll('.current .past')].map(e => e.textContent).join()";
    page.becomes(past, "one");
    assert!(
        page.is("getComputedStyle(document.querySelector('.current .past')).color !== getComputedStyle(document.querySelector('.current li:not(.past)')).color"),
        "what was said is set back"
    );
    page.key("ArrowRight");
    page.becomes(SEEN, "Second | one | two | part");
    page.key("ArrowLeft");
    page.becomes(SEEN, "Second | one | two");
    // The name in an address leads to the slide that bears it.
    page.key("Home");
    page.stands_at("#1");
    page.eval("location.hash = '#part'");
    page.stands_at("#2");
}

#[test]
fn without_script_all_of_it_is_there() {
    let Some(browser) = browser() else { return };
    let page = Page::new(&browser, (1280, 720));
    page.send(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
    page.go(&Folder::new("steps-plain").export_text(STEPS));
    let hidden = "[...document.querySelectorAll('[data-step]')].filter(e => !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })).length";
    assert_eq!(page.number(hidden), 0.0);
}

const MORPH: &str = "---
title: Moves
---

## Small

A [word]{#word .small} here

---

## Large

Here stands

the [word]{#word .large}

---

## None

Nothing.

---

## Back

[word]{#word}
";

/// Opens a deck and counts how often the browser is asked for a transition.
fn counted(page: Page, url: &str) -> Page {
    page.go(url);
    page.stands_at_first();
    page.eval("window.asked = 0; const own = document.startViewTransition.bind(document); document.startViewTransition = f => { asked++; return own(f); }");
    page
}

const ALONE: &str = "document.querySelectorAll('.frame.current').length";
const NAMED: &str =
    "[...document.querySelectorAll('*')].filter(e => e.style.viewTransitionName).length";

#[test]
fn what_bears_the_same_name_moves() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("morph").export_text(MORPH);
    let page = counted(Page::new(&browser, (1280, 720)), &url);
    page.key("ArrowRight");
    page.stands_at("#2");
    page.becomes("document.querySelector('.frame.current').id", "2");
    assert_eq!(page.number("asked"), 1.0);
    page.becomes(NAMED, 0);
    // Slides without a common name change as ever.
    page.key("ArrowRight");
    page.stands_at("#3");
    page.becomes("document.querySelector('.frame.current').id", "3");
    page.key("ArrowRight");
    page.stands_at("#4");
    assert_eq!(page.number("asked"), 1.0);
    // Whoever hurries through ends where the address says.
    page.eval("for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight']) dispatchEvent(new KeyboardEvent('keydown', { key }))");
    page.stands_at("#2");
    page.becomes("document.querySelector('.frame.current').id", "2");
    page.becomes(ALONE, 1);
    page.becomes(NAMED, 0);
    page.eval("dispatchEvent(new KeyboardEvent('keydown', { key: 'Home' }))");
    page.becomes("document.querySelector('.frame.current').id", "1");
    page.becomes(ALONE, 1);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn nothing_moves_for_those_who_want_calm() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("morph-calm").export_text(MORPH);
    let page = Page::new(&browser, (1280, 720));
    page.calm();
    let page = counted(page, &url);
    page.key("ArrowRight");
    page.stands_at("#2");
    page.becomes("document.querySelector('.frame.current').id", "2");
    assert_eq!(page.number("asked"), 0.0);
}

const PLANNED: &str = "---
title: Planned
minutes: 20
---

# Planned

---
layout: section
minutes: 5
---

# Part

---

## Two steps

- a {.step}
- b {.step}

<!-- Before.

[click] Say a.

[click] Say b. -->

---
layout: section
---

# Without a time
";

#[test]
fn the_speaker_sees_the_part_of_the_notes_and_the_time_left() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("planned").export_text(PLANNED);
    let page = Page::at(&browser, &format!("{url}#3"));
    page.stands_at("#3");
    let view = speaker::open(&page);
    let plan = "document.querySelector('.plan').textContent";
    view.becomes(plan, "05:00 left here · 20:00 left in all");
    let now = "[...document.querySelectorAll('.told .now')].map(e => e.textContent).join()";
    view.becomes(now, "");
    view.key("p");
    view.key("z");
    page.key("ArrowRight");
    view.becomes(now, "Say a.");
    let colour = |words: &str| {
        view.text(&format!("getComputedStyle([...document.querySelectorAll('.told p')].find(e => e.textContent === '{words}')).color"))
    };
    assert_ne!(colour("Say a."), colour("Say b."));
    page.key("ArrowRight");
    view.becomes(now, "Say b.");
    view.key("End");
    view.wait(&format!("/^\\d\\d:\\d\\d left in all$/.test({plan})"));
    assert_eq!(view.complaints(), [""; 0]);
}

#[test]
fn columns_have_their_widths() {
    let Some(browser) = browser() else { return };
    let text = "## A\n\n::: columns 2:1:1\n::: column\na\n:::\n::: column\nb\n:::\n::: column\nc\n:::\n:::\n\n---\n\n## B\n\n::: columns 3:1\n::: left\na\n:::\n::: right\nb\n:::\n:::\n";
    let page = Page::at(&browser, &Folder::new("columns").export_text(text));
    page.stands_at_first();
    let widths = |query: &str| {
        page.list(&format!("[...document.querySelectorAll('.current {query}')].map(e => String(Math.round(e.getBoundingClientRect().width)))"))
            .iter()
            .map(|width| width.parse::<i32>().expect("a width"))
            .collect::<Vec<_>>()
    };
    let three = widths(".column");
    assert_eq!(three.len(), 3);
    assert!(
        (three[0] - 2 * three[1]).abs() < 4 && three[1] == three[2],
        "{three:?}"
    );
    page.key("ArrowRight");
    page.stands_at("#2");
    let two = widths(".slot");
    assert!(two[0] > 5 * two[1] / 2, "{two:?}");
}
