//! Pulling the plug: whatever goes, the talk goes on where it was.
//!
//! `DECKLE_PULLS=200` pulls that often; without it a few times are enough.

use crate::cdp::{Browser, browser};
use crate::deckle::{Folder, Server, TALK};
use crate::page::{Page, WIDE};

/// Xorshift: the same accidents for the same seed on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// Where the talk began by the page's own memory: constant while the clock runs.
const BEGAN: &str = "(t => t.since - t.past)(JSON.parse(localStorage.getItem(Object.keys(localStorage).find(k => k.endsWith(' last')))).timer)";

struct Talk {
    page: Page,
    view: Page,
    url: String,
}

impl Talk {
    #[track_caller]
    fn open(page: Page, url: &str) -> Talk {
        // A browser learns a little later that the window before is closed.
        let view = loop {
            page.key("s");
            page.eval("new Promise(f => setTimeout(f, 200))");
            if let Some(view) = page.find_popup() {
                break view;
            }
        };
        view.wait("document.documentElement.classList.contains('speaker')");
        view.becomes("location.hash", page.text("location.hash"));
        Talk {
            page,
            view,
            url: url.to_string(),
        }
    }

    /// Both windows stand at the place, and the clock has not moved.
    #[track_caller]
    fn is_at(&self, place: &str, began: f64, what: &str) {
        self.page.becomes("location.hash", place);
        self.view.becomes("location.hash", place);
        for window in [&self.page, &self.view] {
            let off = (window.number(BEGAN) - began).abs();
            assert!(off <= 1000.0, "{what}: the timer is off by {off} ms");
        }
        let seconds = "(t => t.split(':').reduce((s, p) => s * 60 + +p, 0))(document.querySelector('.timer').textContent)";
        self.view.wait(&format!(
            "Math.abs({seconds} - (Date.now() - {began}) / 1000) <= 1.5"
        ));
    }
}

fn asleep(window: &Page, state: &str) {
    window.send(
        "Page.setWebLifecycleState",
        serde_json::json!({ "state": state }),
    );
}

fn pull(browser: &std::sync::Arc<Browser>, seed: u64, over_http: bool) {
    let n_pulls: usize = std::env::var("DECKLE_PULLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(12);
    let folder = Folder::new(&format!("plug-{seed}"));
    let deck = folder.write("deck.md", TALK);
    let mut server = over_http.then(|| Server::watch(&deck, &[]));
    let url = match &server {
        Some(server) => server.url.clone(),
        None => folder.export(&deck, &[]),
    };
    let page = Page::at(browser, &url);
    page.stands_at_first();
    page.key("ArrowRight");
    page.stands_at("#2");
    let began = page.number(BEGAN);
    let mut talk = Talk::open(page, &url);
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for n in 0..n_pulls {
        let kind = random.below(if over_http { 7 } else { 6 });
        let what = format!("pull {n} of kind {kind}");
        // Something happens, in one window or the other.
        for _ in 0..=random.below(3) {
            let window = if random.below(2) == 0 {
                &talk.page
            } else {
                &talk.view
            };
            let key = ["ArrowRight", "ArrowRight", "ArrowLeft"][random.below(3) as usize];
            window.key(key);
            let here = window.text("location.hash");
            talk.page.becomes("location.hash", here.as_str());
            talk.view.becomes("location.hash", here.as_str());
        }
        if talk.page.is("location.hash === '#6'") {
            talk.page.key("Home");
            talk.view.becomes("location.hash", "#1");
        }
        let place = talk.page.text("location.hash");
        match kind {
            0 => talk.page.reload(),
            1 => talk.view.reload(),
            2 => {
                talk.page.reload();
                talk.view.reload();
            }
            3 => {
                let Talk { page, view, url } = talk;
                view.close();
                talk = Talk::open(page, &url);
            }
            4 => {
                // All windows are gone; a new one is offered what was.
                let Talk { page, view, url } = talk;
                let fresh = page.another(WIDE);
                view.close();
                page.close();
                fresh.go(&url);
                fresh.stands_at_first();
                fresh.wait(
                    "document.querySelector('.word button')?.textContent.startsWith('Go on')",
                );
                fresh.key("g");
                fresh.becomes("location.hash", place.as_str());
                talk = Talk::open(fresh, &url);
            }
            5 => {
                for window in [&talk.page, &talk.view] {
                    asleep(window, "frozen");
                }
                std::thread::sleep(std::time::Duration::from_millis(random.below(1500)));
                for window in [&talk.view, &talk.page] {
                    asleep(window, "active");
                }
            }
            _ => {
                // The server dies and comes back on its port; the pages do not mind.
                let port = server.as_ref().map_or_else(String::new, Server::port);
                drop(server.take());
                talk.view.key("ArrowRight");
                talk.page
                    .becomes("location.hash", talk.view.text("location.hash"));
                talk.view.key("ArrowLeft");
                talk.page.becomes("location.hash", place.as_str());
                server = Some(Server::watch(&deck, &["--port", &port]));
            }
        }
        talk.is_at(&place, began, &what);
    }
    let _ = &talk.url;
}

#[test]
fn nothing_is_lost_over_file() {
    let Some(browser) = browser() else { return };
    pull(&browser, 1, false);
}

#[test]
fn nothing_is_lost_over_http() {
    let Some(browser) = browser() else { return };
    pull(&browser, 2, true);
}
