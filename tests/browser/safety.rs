//! What an author, or somebody in between, writes does not run.

use std::sync::Arc;

use crate::cdp::{Browser, browser};
use crate::deckle::{Folder, Server, TALK};
use crate::page::Page;

/// Each piece would set `window.ran` if it were let.
const WICKED: &str = "\
---
title: '</title><script>window.ran = 1</script>'
author: '\"><img src=x onerror=\"window.ran = 2\">'
footer: '<script>window.ran = 3</script>'
---

# Wicked <script>window.ran = 4</script>

---

## Raw

<script>window.ran = 5</script>

<img src=\"x\" onerror=\"window.ran = 6\" alt=\"x\">

<svg onload=\"window.ran = 7\"><script>window.ran = 8</script></svg>

<iframe srcdoc=\"<script>parent.ran = 9</script>\"></iframe>

<details ontoggle=\"window.ran = 10\" open>more</details>

<a id=\"raw\" href=\"javascript:window.ran = 11\">a raw link</a>

---

## Links

[a link](javascript:window.ran=12) and [another](JaVaScRiPt:window.ran=13) and [data](data:text/html,<script>opener.ran=14</script>)

![x](x\" onerror=\"window.ran=15)

---

## Code

```html
</code></pre></section></main></script><script>window.ran = 16</script>
```

::: notes
<script>window.ran = 17</script> <img src=x onerror=\"window.ran = 18\">
:::

---

## Style

</style><script>window.ran = 19</script>

<style>body { display: none }</style>

<form action=\"https://example.org/\"><input name=\"a\"><button id=\"send\">send</button></form>

<meta http-equiv=\"refresh\" content=\"0;url=https://example.org/\">

<base href=\"https://example.org/\">
";

fn nothing_runs(browser: &Arc<Browser>, url: &str) {
    let page = Page::at(browser, url);
    page.stands_at_first();
    let n_slides = page.number("document.querySelectorAll('#deck > .frame').length");
    assert_eq!(n_slides, 5.0, "no text of an author breaks the page");
    for n in 1..=5 {
        page.keys(&[&n.to_string(), "Enter"]);
        page.stands_at(&format!("#{n}"));
        assert!(page.is("document.body.checkVisibility()"));
        // Every link and button of the slide is tried.
        page.eval("for (const e of document.querySelectorAll('.frame.current .slide :is(a, button, summary)')) e.click()");
        page.keys(&[&n.to_string(), "Enter"]);
        page.stands_at(&format!("#{n}"));
    }
    page.key("s");
    let speaker = page.popup();
    speaker.wait("document.documentElement.classList.contains('speaker')");
    speaker.keys(&["Home", "ArrowRight", "ArrowRight", "ArrowRight"]);
    speaker.becomes("location.hash", "#4");
    assert!(speaker.is("window.ran === undefined"));
    assert_eq!(page.eval("window.ran ?? 'nothing'"), "nothing");
    let active = page.list(
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => /^on/i.test(a.name) || /^\\s*(javascript|vbscript|data:text)/i.test(a.value)).map(a => e.tagName + ' ' + a.name))",
    );
    assert_eq!(active, [""; 0], "nothing active is even in the page");
    assert_eq!(page.number("document.scripts.length"), 1.0);
    assert_eq!(page.number("document.querySelectorAll('iframe, object, embed, base, meta[http-equiv=refresh]').length"), 0.0);
    let foreign: Vec<String> = page
        .requests()
        .into_iter()
        .filter(|request| request.contains("example.org"))
        .collect();
    assert_eq!(foreign, [""; 0]);
}

#[test]
fn raw_html_does_not_run_in_an_export() {
    let Some(browser) = browser() else { return };
    nothing_runs(&browser, &Folder::new("wicked").export_text(WICKED));
}

#[test]
fn raw_html_does_not_run_when_presented() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("wicked-http");
    let server = Server::present(folder.write("deck.md", WICKED));
    nothing_runs(&browser, &server.url);
}

#[test]
fn faults_are_text() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("wicked-fault");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let page = Page::at(&browser, &server.url);
    page.stands_at_first();
    folder.edit(
        "deck.md",
        "steps: lists",
        "steps: ['<img src=x onerror=window.ran=1>",
    );
    page.wait("document.querySelector('.ui.fault').innerText.includes('onerror')");
    folder.edit(
        "deck.md",
        "steps: ['<img src=x onerror=window.ran=1>",
        "layout: '<img src=x onerror=window.ran=2>'",
    );
    page.wait("document.querySelector('.ui.warnings').textContent.includes('onerror')");
    assert_eq!(page.eval("window.ran ?? 'nothing'"), "nothing");
    assert_eq!(
        page.number("document.querySelectorAll('.ui img').length"),
        0.0
    );
}

/// Whatever got into the page all the same would still meet the policy.
fn policy_holds(browser: &Arc<Browser>, url: &str) {
    let page = Page::at(browser, url);
    page.stands_at_first();
    page.eval(
        "window.refused = []; addEventListener('securitypolicyviolation', e => refused.push(e.effectiveDirective)); \
         const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script); \
         document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.ran = 2\" id=planted>x</b>'); document.getElementById('planted').click(); \
         const image = new Image(); image.src = 'https://example.org/spy.png'; document.body.append(image); \
         const frame = document.createElement('iframe'); frame.src = 'https://example.org/'; document.body.append(frame); \
         try { new Function('window.ran = 3')() } catch {} \
         fetch('https://example.org/').catch(() => {}); 0",
    );
    for directive in [
        "script-src-elem",
        "script-src-attr",
        "img-src",
        "frame-src",
        "connect-src",
    ] {
        page.wait(&format!("refused.includes({directive:?})"));
    }
    assert_eq!(page.eval("window.ran ?? 'nothing'"), "nothing");
}

#[test]
fn the_policy_of_an_export_refuses_other_scripts() {
    let Some(browser) = browser() else { return };
    policy_holds(&browser, &Folder::new("policy").export_text(TALK));
}

#[test]
fn the_policy_of_a_served_deck_refuses_other_scripts() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("policy-http");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    policy_holds(&browser, &server.url);
}

#[test]
fn another_site_cannot_read_the_deck() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("foreign");
    let server = Server::watch(folder.write("deck.md", TALK), &[]);
    let stranger = Folder::new("stranger");
    let file = stranger.write("page.html", "<!doctype html><title>Stranger</title>");
    let page = Page::at(&browser, &crate::deckle::address(&file));
    let read = page.text(&format!(
        "fetch({:?}).then(r => r.text(), e => 'refused').then(t => t.includes('short talk') ? 'read' : 'refused')",
        server.url
    ));
    assert_eq!(read, "refused");
    let heard = page.text(&format!(
        "new Promise(done => {{ const s = new EventSource({:?}); s.onerror = () => done('refused'); s.addEventListener('patch', () => done('heard')) }})",
        format!("{}events", server.url)
    ));
    assert_eq!(heard, "refused");
}
