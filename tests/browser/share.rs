//! A shared talk: the speaker's page, the phone in the hand, the audience, a
//! second screen, all in step.

use std::sync::Arc;

use crate::accessibility::{Eyes, axe};
use crate::cdp::{Browser, browser};
use crate::deckle::{Folder, Server, themes};
use crate::page::{PHONE, Page, WIDE};

const TALK: &str = "---\ntitle: A talk to share\nminutes: 10\n---\n\n# A talk to share\n\n<!-- SECRET opening -->\n\n\
    ---\nsteps: lists\n---\n\n## Three steps\n\n- one\n- two\n- three\n\n::: notes\nSECRET words.\n:::\n\n---\n\n\
    ## Which bus?\n\n```poll\n- The 7\n- The night bus\n- I walk\n```\n\n---\n\n# The end\n";

/// A running talk and the links of it.
struct Talk {
    server: Server,
    audience: String,
    driver: String,
    co_presenter: String,
    display: String,
}

impl Talk {
    #[track_caller]
    fn start(name: &str, theme: &str) -> Talk {
        let folder = Folder::new(name);
        let text = TALK.replacen("title:", &format!("theme: {theme}\ntitle:"), 1);
        let server = Server::share(folder.write("talk.md", text));
        Talk {
            audience: server.link("Audience"),
            driver: server.link("Your phone"),
            co_presenter: server.link("Co-presenter"),
            display: server.link("Second screen"),
            server,
        }
    }
}

fn open(browser: &Arc<Browser>, url: &str, size: (u32, u32)) -> Page {
    let page = Page::new(browser, size);
    page.go(url);
    page.wait(
        "document.querySelector('.ui.lost') && document.documentElement.classList.contains('js')",
    );
    page
}

const PLACE: &str = "location.hash";

#[test]
fn the_phone_drives_all() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-drive", "swiss");
    let stage = open(&browser, &talk.server.url, WIDE);
    let remote = open(&browser, &talk.driver, PHONE);
    let follower = open(&browser, &talk.audience, PHONE);
    let display = open(&browser, &talk.display, WIDE);
    let all = [&stage, &remote, &follower, &display];
    remote.click_on(".remote .next");
    for page in all {
        page.becomes(PLACE, "#2");
    }
    remote.click_on(".remote .next");
    for page in all {
        page.becomes(PLACE, "#2.1");
    }
    follower.becomes("document.querySelectorAll('.current .shown').length", 1);
    // The speaker's own keys drive as well.
    stage.key("End");
    for page in all {
        page.becomes(PLACE, "#4");
    }
    remote.click_on(".remote .back");
    for page in all {
        page.becomes(PLACE, "#3");
    }
    // A second screen goes nowhere by itself.
    display.key("Home");
    display.becomes(PLACE, "#3");
    remote.wait("document.querySelector('.remote .timer').textContent !== '00:00'");
    for page in all {
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn the_phone_shows_notes_and_the_audience_does_not_get_them() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-notes", "paper");
    let remote = open(&browser, &talk.driver, PHONE);
    let follower = open(&browser, &talk.audience, PHONE);
    remote.wait("document.querySelector('.told').textContent.includes('SECRET opening')");
    remote.click_on(".remote .next");
    remote.wait("document.querySelector('.told').textContent.includes('SECRET words')");
    let shown = "document.querySelector('.here iframe').contentDocument.querySelector('.slide h2').textContent";
    remote.becomes(shown, "Three steps");
    follower.becomes(PLACE, "#2");
    assert!(follower.is("!document.documentElement.outerHTML.includes('SECRET')"));
}

#[test]
fn a_follower_looks_back_and_returns_with_one_tap() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-back", "swiss");
    let stage = open(&browser, &talk.server.url, WIDE);
    let phone = open(&browser, &talk.audience, PHONE);
    let laptop = open(&browser, &talk.audience, WIDE);
    stage.key("3");
    stage.key("Enter");
    for page in [&phone, &laptop] {
        page.becomes(PLACE, "#3");
    }
    phone.click_on(".follow [aria-label=Back]");
    phone.becomes(PLACE, "#2.3");
    laptop.key("Home");
    laptop.becomes(PLACE, "#1");
    stage.key("ArrowRight");
    stage.becomes(PLACE, "#4");
    phone.wait("document.querySelector('.follow .home').checkVisibility()");
    assert_eq!(phone.text(PLACE), "#2.3");
    phone.click_on(".follow .home");
    phone.becomes(PLACE, "#4");
    laptop.click_on(".follow .home");
    laptop.becomes(PLACE, "#4");
    // What the speaker has not shown yet is not for looking at.
    let other = open(&browser, &talk.audience, WIDE);
    stage.key("Home");
    other.becomes(PLACE, "#1");
    other.key("End");
    other.becomes(PLACE, "#4");
    let talk = Talk::start("share-ahead", "swiss");
    let early = open(&browser, &talk.audience, WIDE);
    open(&browser, &talk.server.url, WIDE);
    early.key("End");
    early.becomes(PLACE, "#1");
}

#[test]
fn polls_and_questions() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-poll", "swiss");
    let stage = open(&browser, &talk.server.url, WIDE);
    let speaker = open(&browser, &format!("{}?speaker=x", talk.server.url), WIDE);
    let remote = open(&browser, &talk.driver, PHONE);
    let phones = [PHONE, PHONE, WIDE].map(|size| open(&browser, &talk.audience, size));
    stage.key("3");
    stage.key("Enter");
    for (phone, option) in phones.iter().zip([1, 2, 2]) {
        phone.becomes(PLACE, "#3");
        phone.wait("document.querySelector('.current .poll-pick:enabled')");
        phone.click_on(&format!(
            ".current [data-option]:nth-child({option}) .poll-pick"
        ));
        phone.wait(&format!(
            "document.querySelectorAll('.current .poll-pick')[{}].ariaPressed === 'true'",
            option - 1
        ));
    }
    let counts =
        "[...document.querySelectorAll('.current .poll-count')].map(c => c.textContent).join()";
    stage.becomes(counts, "33 %,67 %,0 %");
    phones[0].becomes(counts, "33 %,67 %,0 %");
    phones[0].click_on(".current [data-option]:nth-child(2) .poll-pick");
    stage.becomes(counts, "0 %,100 %,0 %");
    stage.wait("document.querySelector('.current [data-option]:nth-child(2)').style.getPropertyValue('--share') === '100%'");

    phones[1].click_on(".follow .ask");
    phones[1].wait("document.activeElement.matches('textarea')");
    phones[1].send(
        "Input.insertText",
        serde_json::json!({ "text": "Is <i>it</i> free?" }),
    );
    phones[1].click_on(".asking .send");
    phones[1].wait("!document.querySelector('.asking').open");
    speaker.wait("document.querySelector('.share-badge').textContent.includes('1 question')");
    remote.click_on(".remote .more");
    remote.wait(
        "document.querySelector('.share-questions span')?.textContent === 'Is <i>it</i> free?'",
    );
    // The wall and the others see nothing of it.
    for page in [&stage, &phones[0]] {
        assert!(!page.shows("free?"));
    }
    remote.click_on(".share-questions button");
    speaker.wait("!document.querySelector('.share-badge').textContent.includes('question')");
}

#[test]
fn the_co_presenter_takes_over() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-hand", "swiss");
    let remote = open(&browser, &talk.driver, PHONE);
    let other = open(&browser, &talk.co_presenter, PHONE);
    let enabled = "!document.querySelector('.remote .next').disabled";
    remote.wait(enabled);
    other.wait("document.querySelector('.remote .next').disabled");
    remote.click_on(".remote .more");
    remote.click_on(".tools button:last-child");
    other.wait(enabled);
    remote.wait("document.querySelector('.remote .next').disabled");
    other.click_on(".remote .next");
    remote.becomes(PLACE, "#2");
}

#[test]
fn who_comes_back_stands_where_the_speaker_is() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-cut", "swiss");
    let stage = open(&browser, &talk.server.url, WIDE);
    let remote = open(&browser, &talk.driver, PHONE);
    let follower = open(&browser, &talk.audience, PHONE);
    let all = [&remote, &follower];
    stage.key("ArrowRight");
    for page in all {
        page.becomes(PLACE, "#2");
    }
    // An open stream is not cut by the browser's own switch, so it is opened anew.
    let network = |page: &Page, offline: bool| {
        let params = serde_json::json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.send("Network.emulateNetworkConditions", params);
    };
    for page in all {
        network(page, true);
        page.eval("dispatchEvent(new Event('online'))");
    }
    stage.key("End");
    stage.becomes(PLACE, "#4");
    for page in all {
        network(page, false);
        page.becomes(PLACE, "#4");
        page.becomes("document.querySelector('.ui.lost').textContent", "");
    }
    // A page that is loaded again stands there too, the speaker's own as well.
    stage.reload();
    stage.becomes(PLACE, "#4");
    follower.reload();
    follower.becomes(PLACE, "#4");
}

#[test]
fn links_and_codes_on_demand() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-links", "swiss");
    let stage = open(&browser, &talk.server.url, WIDE);
    let speaker = open(&browser, &format!("{}?speaker=x", talk.server.url), WIDE);
    let codes = "document.querySelectorAll('.share[open] .share-code svg').length";
    for (page, n) in [(&stage, 1), (&speaker, 4)] {
        page.wait("document.querySelector('.share')");
        page.key("q");
        page.becomes(codes, n);
    }
    let token = |url: &str| url.rsplit('/').next().unwrap_or_default().to_string();
    assert!(stage.shows(&token(&talk.audience)));
    // On the wall nobody reads the way to the remote.
    assert!(!stage.shows(&token(&talk.driver)));
    assert!(speaker.shows(&token(&talk.driver)));
}

#[test]
fn nothing_to_complain_of_for_those_who_cannot_see() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    for theme in &themes() {
        let talk = Talk::start(&format!("share-axe-{theme}"), theme);
        let remote = open(&browser, &talk.driver, PHONE);
        let follower = open(&browser, &talk.audience, PHONE);
        let speaker = open(&browser, &format!("{}?speaker=x", talk.server.url), WIDE);
        for _ in 0..5 {
            remote.click_on(".remote .next");
        }
        follower.becomes(PLACE, "#3");
        follower.wait("document.querySelector('.current .poll-pick:enabled')");
        follower.click_on(".current [data-option]:nth-child(2) .poll-pick");
        let mut eyes = [remote, follower, speaker].map(|page| Eyes::new(page, &axe));
        for (eyes, name) in eyes.iter_mut().zip(["remote", "follower", "speaker"]) {
            eyes.look(name);
        }
        eyes[0].page.click_on(".remote .more");
        eyes[0].look("remote: more");
        eyes[1].page.click_on(".follow .ask");
        eyes[1].look("follower: ask");
        eyes[2].page.click_on(".share-badge");
        eyes[2].look("speaker: links");
        for eyes in eyes {
            eyes.found_nothing();
        }
    }
}

/// At twice the size there is half the room.
#[test]
fn at_twice_the_size_everything_is_reached() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-zoom", "swiss");
    for (url, parts) in [
        (&talk.driver, ".remote .back, .remote .next, .remote .more"),
        (&talk.audience, ".follow [aria-label=Back], .follow .ask"),
    ] {
        for size in [(195, 422), (640, 360)] {
            let page = open(&browser, url, size);
            let cut = format!(
                "[...document.querySelectorAll({parts:?})].filter(e => {{ e.scrollIntoView({{ block: 'nearest' }}); \
                 const r = e.getBoundingClientRect(); return r.left < -1 || r.right > innerWidth + 1 || r.top < -1 \
                 || r.bottom > innerHeight + 1 || r.height < 20; }}).map(e => e.className || e.ariaLabel).join()"
            );
            page.becomes(&cut, "");
            page.becomes("document.documentElement.scrollWidth <= innerWidth", true);
        }
    }
}

#[test]
fn by_keyboard_alone() {
    let Some(browser) = browser() else { return };
    let talk = Talk::start("share-keys", "swiss");
    let remote = open(&browser, &talk.driver, PHONE);
    let follower = open(&browser, &talk.audience, WIDE);
    remote.key("ArrowRight");
    follower.becomes(PLACE, "#2");
    remote.keys(&["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]);
    follower.becomes(PLACE, "#3");
    follower.wait("document.querySelector('.current .poll-pick:enabled')");
    follower.key("Tab");
    for _ in 0..8 {
        if follower.is("document.activeElement.matches('.poll-pick')") {
            break;
        }
        follower.key("Tab");
    }
    follower.key("Enter");
    follower.wait("document.activeElement.ariaPressed === 'true'");
    follower.becomes(PLACE, "#3");
}
