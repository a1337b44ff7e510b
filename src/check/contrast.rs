//! What is seen: text on pictures, and what only its colour says.

use super::inspect::Seen;
use super::room::has_chart;
use super::text;
use crate::diag::Diagnostics;
use crate::palette::{self, Rgb};

/// Contrast that WCAG 2.2 level AA asks of text.
const TEXT: f32 = 4.5;

/// The brightest that a picture behind text can be: `templates/slide.css` shows
/// it at two fifths of its brightness.
const BRIGHTEST: &str = "#666666";

/// Text on a picture. All other pairs of text and ground are made to be read:
/// see `palette`. White on the brightest picture can be; whether a theme's ink
/// for dark grounds can does not hang on what the picture shows.
pub fn over_pictures(diags: &mut Diagnostics, seen: &Seen) {
    let tokens = palette::tokens(&seen.theme.grounds);
    let ink = tokens.iter().find(|(name, _)| *name == "on-night");
    let (Some((_, ink)), Some(brightest)) = (ink, Rgb::parse(BRIGHTEST)) else {
        return;
    };
    let contrast = ink.contrast(brightest);
    if contrast >= TEXT {
        return;
    }
    let behind = seen
        .plan
        .frames
        .iter()
        .filter_map(|frame| frame.backdrop.as_ref());
    for image in behind {
        diags.low_contrast(image.span, contrast, TEXT, "text on this picture");
    }
}

const COLOURS: [&str; 22] = [
    "red", "green", "blue", "yellow", "orange", "purple", "violet", "grey", "gray", "black",
    "pink", "brown", "rot", "grün", "blau", "gelb", "lila", "violett", "grau", "schwarz", "rosa",
    "braun",
];

/// What is drawn in a chart, in the beginnings of words.
const DRAWN: [&str; 16] = [
    "bar", "line", "area", "slice", "segment", "column", "point", "dot", "curve", "balken",
    "linie", "fläche", "säule", "punkt", "kurve", "segment",
];

/// Beside a chart: "the red bars".
pub fn colour_only(diags: &mut Diagnostics, seen: &Seen) {
    for frame in seen.plan.frames.iter().filter(|frame| has_chart(frame)) {
        for (line, span) in text::lines(frame) {
            let prose = text::prose(line);
            let words: Vec<&str> = prose.split_whitespace().collect();
            let coloured = words.windows(2).find(|pair| {
                let first = folded(pair[0]);
                let second = folded(pair[1]);
                let is_colour = COLOURS.iter().any(|colour| is_form(&first, colour));
                is_colour && DRAWN.iter().any(|drawn| second.starts_with(drawn))
            });
            if let Some([colour, drawn]) = coloured {
                let drawn = drawn.trim_end_matches(|c: char| !c.is_alphanumeric());
                let words = format!("{colour} {drawn}");
                let place = text::place(seen.sources, span, &words);
                diags.colour_only(place, &words);
            }
        }
    }
}

fn folded(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// A colour as it is written, with a German ending at most.
fn is_form(word: &str, colour: &str) -> bool {
    word.strip_prefix(colour)
        .is_some_and(|ending| ["", "e", "en", "er", "es", "em"].contains(&ending))
}
