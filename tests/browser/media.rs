//! Films and sounds: what plays, where, and for whom.

use serde_json::json;

use crate::accessibility::{Eyes, axe};
use crate::cdp::browser;
use crate::deckle::{Folder, Server, of_project, themes};
use crate::page::Page;

const DECK: &str = "# First\n\n---\n\n## Plays\n\n![Numbers](clip.webm){.autoplay .loop captions=words.vtt}\n\n\
    ---\n\n## Waits\n\nText\n\n![Later](clip.webm){.autoplay .step start=1 end=2 .loop width=50%}\n\n![Sound](tone.wav)\n\n\
    ---\nbackground: clip.webm\n---\n\n## Behind\n\n---\n\n![Over](clip.webm){.full controls=no}\n\n## Over\n";

/// Where the films of the tests lie, and the deck among them.
pub fn with_films(name: &str) -> (Folder, std::path::PathBuf) {
    let folder = Folder::new(name);
    for file in ["clip.webm", "tone.wav", "words.vtt"] {
        let bytes = std::fs::read(of_project("tests/decks/render/films").join(file));
        folder.write(file, bytes.expect("a film of the tests"));
    }
    let deck = folder.write("deck.md", DECK);
    (folder, deck)
}

/// How many films and sounds play in a window.
const PLAYING: &str =
    "[...document.querySelectorAll('video, audio')].filter(e => !e.paused).length";
/// How many of them do so on the slide that is shown.
const SHOWN: &str = "[...document.querySelectorAll('.frame.current :is(video, audio)')].filter(e => !e.paused).length";

fn plays_as_it_should(page: &Page) {
    page.stands_at_first();
    page.becomes(PLAYING, 0);
    page.key("ArrowRight");
    page.stands_at("#2");
    page.becomes(SHOWN, 1);
    page.wait("document.querySelector('.frame.current video').currentTime > 0");
    assert!(page.is("document.querySelector('.frame.current video').muted"));
    page.wait("document.querySelector('.frame.current video').textTracks[0].cues?.length === 1");
    // Whoever pauses it has it paused, until the slide is shown anew.
    page.key("k");
    page.becomes(PLAYING, 0);
    page.key("k");
    page.becomes(PLAYING, 1);
    page.key("o");
    page.becomes(PLAYING, 0);
    page.key("o");
    page.becomes(SHOWN, 1);
    page.key("ArrowRight");
    page.stands_at("#3");
    page.becomes(PLAYING, 0);
    page.key("ArrowRight");
    page.stands_at("#3.1");
    page.becomes(SHOWN, 1);
    page.wait("document.querySelector('.frame.current video').currentTime >= 1");
    page.keys(&["ArrowRight"]);
    page.stands_at("#4");
    page.becomes(SHOWN, 1);
    page.wait("document.querySelector('.frame.current .backdrop').currentTime > 0");
    page.key("ArrowRight");
    page.stands_at("#5");
    page.becomes(PLAYING, 0);
    assert!(page.is("!document.querySelector('.frame.current video').controls"));
    page.key("k");
    page.becomes(SHOWN, 1);
    page.key("Home");
    page.becomes(PLAYING, 0);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_film_plays_while_its_slide_is_shown_in_an_export() {
    let Some(browser) = browser() else { return };
    let (folder, deck) = with_films("films");
    plays_as_it_should(&Page::at(&browser, &folder.export(deck, &[])));
}

#[test]
fn a_film_plays_while_its_slide_is_shown_when_presented() {
    let Some(browser) = browser() else { return };
    let (_folder, deck) = with_films("films-http");
    let server = Server::present(deck);
    plays_as_it_should(&Page::at(&browser, &server.url));
}

#[test]
fn one_moves_about_in_a_film_that_is_served_and_in_one_that_lies_beside() {
    let Some(browser) = browser() else { return };
    let (folder, _) = with_films("film-long");
    // A sound of an hour and a half, too long to be held by an export.
    let mut sound =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data"
            .to_vec();
    sound.extend(43_200_000_u32.to_le_bytes());
    sound.resize(sound.len() + 43_200_000, 128);
    let all = (sound.len() as u32 - 8).to_le_bytes();
    sound[4..8].copy_from_slice(&all);
    folder.write("long.wav", &sound);
    let deck = folder.write("deck.md", "## Long\n\nText\n\n![Long](long.wav)\n");
    let server = Server::present(&deck);
    for url in [server.url.clone(), folder.export(&deck, &[])] {
        let page = Page::at(&browser, &url);
        page.stands_at_first();
        page.becomes("Math.round(document.querySelector('audio').duration)", 5400);
        page.eval("document.querySelector('audio').currentTime = 5000; 0");
        page.wait("!document.querySelector('audio').seeking && document.querySelector('audio').readyState > 2");
        assert!(page.is("document.querySelector('audio').currentTime === 5000"));
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn nothing_plays_by_itself_for_those_who_ask_for_calm() {
    let Some(browser) = browser() else { return };
    let (folder, deck) = with_films("films-calm");
    let page = Page::at(&browser, &folder.export(deck, &[]));
    page.calm();
    for n in ["2", "4"] {
        page.keys(&[n, "Enter"]);
        page.stands_at(&format!("#{n}"));
        page.wait("document.querySelector('.frame.current video').readyState > 0");
        page.becomes(PLAYING, 0);
    }
    // But they may ask for it.
    page.key("k");
    page.becomes(SHOWN, 1);
}

#[test]
fn copies_in_the_speaker_view_stand_still_and_paper_says_what_cannot_be() {
    let Some(browser) = browser() else { return };
    let (folder, deck) = with_films("films-copies");
    let page = Page::at(&browser, &folder.export(deck, &[]));
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.becomes(SHOWN, 1);
    page.key("s");
    let speaker = page.popup();
    speaker.wait("document.querySelector('.desk .here video') !== null");
    speaker.keys(&["ArrowRight", "ArrowRight"]);
    speaker.becomes("location.hash", "#3.1");
    page.becomes(SHOWN, 1);
    speaker.becomes(PLAYING, 0);
    let note = "getComputedStyle(document.querySelector('.frame.current .played')).display";
    page.becomes(note, "none");
    page.eval("dispatchEvent(new Event('beforeprint')); 0");
    page.becomes(PLAYING, 0);
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.becomes(note, "block");
    page.becomes(
        "getComputedStyle(document.querySelector('audio')).display",
        "none",
    );
}

#[test]
fn a_player_takes_the_keys_only_of_those_who_reach_it_by_keys() {
    let Some(browser) = browser() else { return };
    let (folder, deck) = with_films("films-keys");
    let page = Page::at(&browser, &folder.export(deck, &[]));
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.becomes(SHOWN, 1);
    page.click_on(".frame.current video");
    page.becomes(PLAYING, 0);
    page.key("ArrowRight");
    page.stands_at("#3");
    // On the bar that shows how far it is, too.
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    let bar = page.eval("(() => { const r = document.querySelector('.frame.current video').getBoundingClientRect(); return [r.left + r.width / 3, r.bottom - 22] })()");
    page.click(
        bar[0].as_f64().expect("a place"),
        bar[1].as_f64().expect("a place"),
    );
    page.becomes("document.activeElement.tagName", "DIV");
    page.key("ArrowRight");
    page.stands_at("#3");
    page.keys(&["2", "Enter"]);
    page.stands_at("#2");
    page.key("Tab");
    page.becomes("document.activeElement.tagName", "VIDEO");
    page.key("ArrowRight");
    page.stands_at("#2");
    page.key("PageDown");
    page.stands_at("#3");
}

#[test]
fn films_are_accessible_in_every_theme() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else {
        return;
    };
    let (folder, deck) = with_films("axe-films");
    for theme in &themes() {
        let page = Page::at(&browser, &folder.export(&deck, &["--theme", theme]));
        page.stands_at_first();
        let mut eyes = Eyes::new(page, &axe);
        eyes.look_at_all_slides();
        eyes.found_nothing();
    }
}
