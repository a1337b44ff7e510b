//! What `check --browser` finds: what does not fit, and what cannot be read on
//! what is really behind it.

use std::path::Path;

use serde_json::Value;

use crate::cdp::browser;
use crate::deckle::{Folder, checked, of_project, themes};

/// Codes that a browser measured in a deck, with their lines.
fn measured(deck: &Path, args: &[&str]) -> Vec<(String, u64, String)> {
    let more = ["--browser", "--format", "json", "--allow", "unknown-word"];
    let text = checked(deck, &[&more, args].concat());
    let list: Value = serde_json::from_str(&text).expect("findings as JSON");
    let found = list.as_array().expect("a list").iter();
    found
        .map(|found| {
            let text = |key: &str| found[key].as_str().expect("a text").to_string();
            (
                text("code"),
                found["line"].as_u64().unwrap_or(0),
                text("message"),
            )
        })
        .filter(|(code, ..)| ["too-much-text", "low-contrast"].contains(&code.as_str()))
        .collect()
}

#[test]
fn pale_text_is_found_on_whatever_is_behind_it() {
    if browser().is_none() {
        return;
    }
    let folder = Folder::new("check-pale");
    folder.write("mine/theme.yaml", "name: mine\nextends: swiss\n");
    folder.write(
        "mine/theme.css",
        "@layer theme { .slide .pale { color: #bbb } .slide .field { position: relative; color: #fff } \
         .slide .field::before { content: ''; position: absolute; z-index: -1; inset: 0; background: #103060 } \
         .layout-quote { background: linear-gradient(90deg, #ddd, #ddd); --fg: #888; --fg-soft: #222 } }",
    );
    folder.write(
        "half.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='1280' height='720'><rect width='1280' height='720' fill='#fff'/></svg>",
    );
    let deck = folder.write(
        "deck.md",
        "---\ntitle: Talk\ntheme: mine\n---\n\n# Talk\n\n---\n\n## Grey on white\n\nToo pale to read {.pale}\n\n\
         ---\n\n## White on a field\n\nDrawn behind it {.field}\n\n\
         ---\n\n> Grey on a gradient\n\n\
         ---\nbackground: half.svg\n---\n\n## On a picture\n\nText\n",
    );
    let found = measured(&deck, &[]);
    let found: Vec<(&str, u64, &str)> = found
        .iter()
        .map(|(code, line, message)| (code.as_str(), *line, message.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "low-contrast",
                12,
                "this text has a contrast of 1.9 to 1, and needs 4.5 to 1"
            ),
            (
                "low-contrast",
                22,
                "this text has a contrast of 2.6 to 1, and needs 3 to 1"
            ),
        ]
    );
}

#[test]
fn what_does_not_fit_is_found() {
    if browser().is_none() {
        return;
    }
    let list = "- A thing among so many that nobody counts them any more\n".repeat(30);
    let deck = Folder::new("check-strict").write(
        "deck.md",
        format!("---\ntitle: Talk\n---\n\n---\nfit: shrink\n---\n\n## Small\n\n{list}\n---\n\n## Fine\n\n- Text\n"),
    );
    let found = measured(&deck, &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1), ("too-much-text", 9));
}

#[test]
fn the_tour_can_be_read_in_every_theme() {
    if browser().is_none() {
        return;
    }
    for theme in &themes() {
        let found = measured(&of_project("tests/decks/tour"), &["--theme", theme]);
        assert_eq!(found, [], "{theme}");
    }
}
