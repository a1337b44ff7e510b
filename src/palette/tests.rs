#![expect(clippy::unwrap_used, reason = "a test may stop at the first fault")]
use std::collections::BTreeMap;

use super::*;

const PAIRS: [(&str, &str); 20] = [
    ("ink", "paper"),
    ("ink-soft", "paper"),
    ("accent-ink", "paper"),
    ("on-accent", "accent"),
    ("on-accent-soft", "accent"),
    ("on-tint", "tint"),
    ("accent-on-tint", "tint"),
    ("on-night", "night"),
    ("on-night-soft", "night"),
    ("accent-on-night", "night"),
    ("on-panel", "panel"),
    ("hl-keyword", "panel"),
    ("hl-string", "panel"),
    ("hl-comment", "panel"),
    ("hl-number", "panel"),
    ("hl-function", "panel"),
    ("hl-type", "panel"),
    ("hl-constant", "panel"),
    ("ink", "tint"),
    ("on-night", "night"),
];

fn grounds(accent: &str, paper: &str, ink: &str, night: &str, panel: &str) -> Grounds {
    let rgb = |text| Rgb::parse(text).unwrap();
    Grounds {
        accent: rgb(accent),
        paper: rgb(paper),
        ink: rgb(ink),
        night: rgb(night),
        panel: rgb(panel),
        least: 45,
    }
}

#[track_caller]
fn check(grounds: &Grounds) {
    let tokens: BTreeMap<&str, Rgb> = tokens(grounds).into_iter().collect();
    for (text, ground) in PAIRS {
        let contrast = tokens[text].contrast(tokens[ground]);
        assert!(
            contrast >= grounds.text(),
            "{text} on {ground}: {contrast} with {grounds:?}"
        );
    }
    for (mark, ground) in [("accent-large", "paper"), ("accent-large-on-tint", "tint")] {
        let contrast = tokens[mark].contrast(tokens[ground]);
        assert!(
            contrast >= LARGE,
            "{mark} on {ground}: {contrast} with {grounds:?}"
        );
    }
}

#[test]
fn every_text_passes_aa_for_a_whole_wheel_of_accents() {
    for step in 0..12 {
        for lightness in [5, 35, 50, 65, 80, 97] {
            let accent = format!("oklch({lightness}% 0.2 {})", step * 30);
            check(&grounds(
                &accent, "#ffffff", "#101114", "#101114", "#f4f5f7",
            ));
            check(&grounds(
                &accent, "#f6f1e7", "#1e1a16", "#1e1a16", "#fffdf8",
            ));
            check(&grounds(
                &accent, "#101114", "#f4f4f4", "#000000", "#1c1e22",
            ));
            for (paper, ink) in [("#ffffff", "#000000"), ("#000000", "#ffffff")] {
                let more = grounds(&accent, paper, ink, "#000000", paper);
                check(&Grounds { least: 70, ..more });
            }
        }
    }
}

#[test]
fn a_slide_on_its_own_ground_is_readable_too() {
    for ground in ["#777777", "#000", "white", "#c0392b", "#2c3e50", "yellow"] {
        let others = grounds("#ff6a00", "white", "black", "black", "white");
        let css = on_ground(Rgb::parse(ground).unwrap(), &others);
        let tokens: BTreeMap<&str, Rgb> = css
            .split_terminator(';')
            .map(|pair| pair.trim_start_matches("--").split_once(':').unwrap())
            .map(|(name, colour)| (name, Rgb::parse(colour).unwrap()))
            .collect();
        for (text, ground) in [
            ("ink", "paper"),
            ("ink-soft", "paper"),
            ("accent-ink", "paper"),
        ] {
            assert!(
                tokens[text].contrast(tokens[ground]) >= 4.2,
                "{text} on {css}"
            );
        }
    }
}

#[test]
fn series_stand_out_from_their_ground_and_differ_in_lightness() {
    for step in 0..12 {
        for lightness in [30, 50, 70] {
            let accent = format!("oklch({lightness}% 0.2 {})", step * 30);
            for (paper, ink) in [
                ("#ffffff", "#101114"),
                ("#f6f1e7", "#1e1a16"),
                ("#101114", "#f4f4f4"),
            ] {
                let grounds = grounds(&accent, paper, ink, "#000000", paper);
                let tokens: BTreeMap<String, Rgb> = series_tokens(&grounds).into_iter().collect();
                let more = Grounds {
                    least: 70,
                    ..grounds
                };
                let most: BTreeMap<String, Rgb> = series_tokens(&more).into_iter().collect();
                for n in 1..=6 {
                    let colour = most[&format!("series-{n}")];
                    let ink = most[&format!("on-series-{n}")];
                    assert!(
                        colour.contrast(grounds.paper) >= 7.0,
                        "{n} of {accent} on {paper}"
                    );
                    assert!(ink.contrast(colour) >= 7.0, "on {n} of {accent} on {paper}");
                    let colour = tokens[&format!("series-{n}")];
                    let contrast = colour.contrast(grounds.paper);
                    assert!(
                        contrast >= LARGE,
                        "series {n} of {accent} on {paper}: {contrast}"
                    );
                    let ink = tokens[&format!("on-series-{n}")].contrast(colour);
                    assert!(ink >= TEXT, "on series {n} of {accent}: {ink}");
                }
                let lightness = |n: u8| tokens[&format!("series-{n}")].lch()[0];
                for (a, b) in [(1, 2), (2, 3), (1, 3)] {
                    let apart = (lightness(a) - lightness(b)).abs();
                    assert!(
                        apart >= 0.05,
                        "series {a} and {b} of {accent} on {paper}: {apart}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_not_a_colour_is_said_to_be_none() {
    assert_eq!(Rgb::parse("no-colour"), None);
    assert_eq!(Rgb::parse("#ff6a00").unwrap().css(), "#ff6a00");
    assert_eq!(Rgb::parse("rgb(0 0 0 / 50%)").unwrap().css(), "#808080");
}
