//! `import --report`: each text of a deck beside the sentence it is made of.

use std::collections::BTreeSet;

use super::say;
use crate::article::record::Record;
use crate::article::{Kind, Passage};
use crate::columns::{columns, wrap};
use crate::deck::origin::{Origin, Place};
use crate::import::Imported;
use crate::import::origin::{self, Text};
use crate::import::plan::Slide;

/// Columns of the table: place, text of the slide, sentence. With the gaps
/// between them they fill 100.
const WIDTHS: [usize; 3] = [8, 44, 44];

/// Prints the table.
pub fn print(imported: &Imported) {
    row(["from", "on the slide", "in the article"]);
    let rules = WIDTHS.map(|width| "-".repeat(width));
    row([&rules[0], &rules[1], &rules[2]]);
    for file in &imported.plan.files {
        for (slide, number) in file.slides.iter().zip(1..) {
            say("");
            let part = match number {
                1 => String::new(),
                n => format!(", slide {n} of the file"),
            };
            let layout = slide
                .layout
                .map_or(String::new(), |layout| format!(", {}", layout.name()));
            say(&format!("{}.md{part}{layout}", file.stem));
            print_slide(slide, imported);
        }
    }
    say("");
    for text in &imported.leftovers {
        row([
            "-",
            "(left out: part of the page, not of the article)",
            text,
        ]);
    }
}

fn print_slide(slide: &Slide, imported: &Imported) {
    let Some(origin) = imported.origin(slide) else {
        return;
    };
    let Some(record) = imported.record_of(&origin) else {
        return;
    };
    for (text, place) in shown(slide).into_iter().zip(&origin.places) {
        let place_text = place.to_string();
        match place {
            Place::Inferred(line) => {
                let why = format!(
                    "(inferred: the section on line {line} has lost its heading; these are words of the article)"
                );
                row([&place_text, &text, &why]);
            }
            Place::Own => row([
                &place_text,
                &text,
                "(said outside of the article\u{2019}s text)",
            ]),
            Place::Line(_) | Place::Sentence(..) => {
                row([&place_text, &text, record.text(*place).unwrap_or_default()]);
            }
        }
    }
    for (place, sentence) in in_notes_only(slide, &origin, record) {
        row([&place.to_string(), "(in the notes only)", sentence]);
    }
}

/// The texts of a slide in the order of its places.
fn shown(slide: &Slide) -> Vec<String> {
    let title = slide.title.as_ref();
    let title = title.map_or("(no title)", |title| &title.text);
    let texts = origin::texts(slide);
    let texts = texts.into_iter().map(|text| match text {
        Text::Line(line) => line.text.clone(),
        Text::Passage(passage, _) => format!("({})", what(passage)),
    });
    std::iter::once(title.to_string()).chain(texts).collect()
}

fn what(passage: &Passage) -> &'static str {
    match passage.kind {
        Kind::Heading(_) => "the heading",
        Kind::Paragraph => "the paragraph",
        Kind::Item => "the item",
        Kind::Quote => "the quotation",
        Kind::Code => "the code",
        Kind::Table => "the table",
        Kind::Picture => "the picture",
        Kind::Other => "the passage",
    }
}

/// Sentences of the notes that no text of the slide is made of.
fn in_notes_only<'r>(slide: &Slide, origin: &Origin, record: &'r Record) -> Vec<(Place, &'r str)> {
    let used: BTreeSet<Place> = origin.places.iter().copied().collect();
    let lines: BTreeSet<u32> = slide.notes.iter().map(|passage| passage.line).collect();
    lines
        .into_iter()
        .flat_map(|line| record.on_line(line))
        .filter(|(place, _)| matches!(place, Place::Sentence(..)) && !used.contains(place))
        .collect()
}

// ---- columns

fn row(cells: [&str; 3]) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(WIDTHS)
        .map(|(cell, width)| wrap(cell, width))
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        for (column, width) in wrapped.iter().zip(WIDTHS) {
            let text = column.get(at).map_or("", String::as_str);
            line += text;
            line += &" ".repeat(width.saturating_sub(columns(text)) + 2);
        }
        say(line.trim_end());
    }
}
