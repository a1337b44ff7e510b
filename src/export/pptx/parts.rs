//! The parts of a layout as a presentation has them: which layout a slide takes,
//! how large its type is, and what of a layout can be filled.

use super::paint::{Ground, Paints};
use super::scene::{Align, Face, Holder, Rect, Style};
use crate::deck::{Block, BlockKind, Frame, Layout, plain_text};
use crate::layout::fit::{DISPLAY, QUOTE, Sheet, TITLE, is_wide};
use crate::layout::notes as footnotes;
use crate::layout::room;
use crate::theme::Theme;
use crate::theme::places::{self, Anchor, Part, Row, Size};

/// Parts that can be filled, what they take and their number in a layout.
const HOLDERS: [(&str, &str, u32); 13] = [
    ("title", "title", 0),
    ("body", "", 1),
    ("left", "", 2),
    ("right", "", 3),
    ("picture", "pic", 4),
    ("drawing", "", 5),
    ("quote", "body", 6),
    ("source", "body", 7),
    ("figure", "body", 8),
    ("numeral", "body", 9),
    ("meta", "body", 10),
    ("agenda", "body", 11),
    ("footer", "ftr", 21),
];

/// The number of the slide.
pub const NUMBER: (&str, u32) = ("sldNum", 22);

/// The place of a layout that a part fills.
pub fn holder(part: &str) -> Option<Holder> {
    if part == "number" {
        return Some(Holder {
            kind: NUMBER.0,
            idx: NUMBER.1,
        });
    }
    let (_, kind, idx) = HOLDERS.iter().find(|(name, _, _)| *name == part)?;
    Some(Holder { kind, idx: *idx })
}

/// The layouts a slide may take, the one that fits best first; the last one is
/// always there.
pub fn candidates(frame: &Frame) -> Vec<&'static str> {
    let slots = &frame.slots;
    let has_class = |class: &str| frame.classes.iter().any(|own| own == class);
    match frame.layout {
        Layout::Title if frame.meta.is_empty() && slots.body.is_empty() => {
            vec!["title-bare", "title"]
        }
        Layout::Closing if slots.body.is_empty() => vec!["closing-bare", "closing"],
        Layout::Factor if frame.number.is_some_and(|n| n % 2 == 0) => {
            vec!["factor-even", "factor"]
        }
        Layout::Bullets if frame.dense || frame.two || is_wide(&slots.body) => {
            vec!["bullets-wide", "bullets"]
        }
        Layout::Agenda if frame.agenda.is_empty() => vec!["agenda-own", "agenda"],
        Layout::Agenda => match frame.agenda.len() {
            0..=4 => vec!["agenda"],
            5..=8 => vec!["agenda-two", "agenda"],
            _ => vec!["agenda-two", "agenda-many", "agenda"],
        },
        Layout::Chart if slots.drawing.is_some() && room::is_beside(&slots.body) => {
            vec!["chart-beside", "chart"]
        }
        Layout::Picture => {
            let has_text = !slots.body.is_empty() || has_class("picture-side");
            let whole = frame.whole_picture;
            match (
                has_class("picture-full"),
                has_class("picture-left"),
                has_text,
            ) {
                (true, _, _) => vec!["picture"],
                (_, true, _) if whole => vec!["picture-whole-left", "picture-left", "picture"],
                (_, true, _) => vec!["picture-left", "picture"],
                (_, _, true) if whole => {
                    vec!["picture-whole-beside", "picture-beside", "picture"]
                }
                (_, _, true) => vec!["picture-beside", "picture"],
                _ if whole => vec!["picture-whole", "picture"],
                _ => vec!["picture"],
            }
        }
        layout => vec![layout.name()],
    }
}

/// What the size of type depends on.
#[derive(Debug, Clone, Copy)]
pub struct Sizes<'a> {
    /// The slide's size and the theme's floors.
    pub sheet: &'a Sheet,
    /// How far type steps down.
    pub fit: usize,
    /// Characters of the title.
    pub n_chars: usize,
    /// Characters of a big figure.
    pub n_figure: usize,
    /// Whether there is a title.
    pub has_title: bool,
    /// Whether the number has two digits.
    pub is_wide: bool,
}

impl<'a> Sizes<'a> {
    /// Those of a slide.
    pub fn of(frame: &Frame, sheet: &'a Sheet) -> Sizes<'a> {
        let title = plain_text(&frame.title);
        // A statement without a title is set as large as one.
        let set = match frame.slots.body.first() {
            Some(Block {
                kind: BlockKind::Paragraph(body),
                ..
            }) if title.is_empty() => plain_text(body),
            Some(_) | None => title.clone(),
        };
        Sizes {
            sheet,
            fit: usize::from(frame.fit),
            n_chars: set.chars().count(),
            n_figure: figure(frame).1.chars().count(),
            has_title: !title.is_empty(),
            is_wide: frame.number.is_some_and(|number| number > 9),
        }
    }

    /// Those of a layout, without a slide.
    pub fn usual(sheet: &'a Sheet) -> Sizes<'a> {
        Sizes {
            sheet,
            fit: 0,
            n_chars: 20,
            n_figure: 4,
            has_title: true,
            is_wide: false,
        }
    }

    /// The size of a part's type.
    fn size(&self, name: &str, part: &Part) -> f64 {
        let k = self.sheet.k();
        let scale = part.scale.unwrap_or(1.0);
        let body = self.sheet.setting(self.fit).size;
        let floor = self.sheet.floors.body;
        let word = match &part.size {
            None => "body",
            Some(Size::Units(units)) if name == "numeral" => {
                // A small one has room for two digits as it is.
                let is_narrower = self.is_wide && *units > 200.0;
                return units * k * if is_narrower { 0.69 } else { 1.0 };
            }
            Some(Size::Units(units)) if name == "agenda" => return units.min(body),
            Some(Size::Units(units)) => return *units,
            Some(Size::Word(word)) => word.as_str(),
        };
        match word {
            "head" => {
                let base = match self.n_chars {
                    0..=48 => 54.0,
                    49..=90 => 44.0,
                    _ => 36.0,
                };
                let most = part.most.map_or(f64::MAX, |most| most * k);
                (base * TITLE[self.fit] * k * scale).min(most)
            }
            "display" => {
                let base = match self.n_chars {
                    0..=24 => 128.0,
                    25..=48 => 116.0,
                    49..=90 => 100.0,
                    _ => 76.0,
                };
                (base * scale * DISPLAY[self.fit] * k).max(floor)
            }
            "figure" => {
                let base = match self.n_figure {
                    0..=3 if self.has_title => 370.0,
                    0..=3 => 440.0,
                    4..=6 => 300.0,
                    7..=10 => 190.0,
                    _ => 170.0,
                };
                base * DISPLAY[self.fit] * k
            }
            "quote" => (QUOTE[self.fit] * k).max(floor),
            _ if scale < 1.0 => (body * scale).max(floor),
            _ => body * scale,
        }
    }
}

/// A big figure in two: what stands in front of the number, and the number.
pub fn figure(frame: &Frame) -> (String, String) {
    let text = plain_text(&frame.slots.figure);
    let digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    match text[..digit].rsplit_once([' ', '\u{a0}']) {
        Some((words, _)) => {
            let number = text[words.len()..].trim().to_string();
            (words.to_string(), number)
        }
        None => (String::new(), text),
    }
}

/// How the text of a part is set.
pub fn style(
    name: &str,
    part: &Part,
    sizes: Sizes<'_>,
    theme: &Theme,
    ground: &Ground,
    paints: &Paints,
) -> Style {
    let ground = match part.ground.as_ref() {
        Some(own) => match theme.places().grounds.get(own) {
            Some(names) => paints.ground(names),
            None => *ground,
        },
        None => *ground,
    };
    let is_display = match part.face.as_deref() {
        Some(face) => face == "display",
        None => matches!(name, "title" | "numeral" | "figure"),
    };
    let setting = sizes.sheet.setting(sizes.fit);
    let line = match (name, is_display) {
        ("title", true) => 1.04,
        (_, true) => 0.9,
        _ => setting.line,
    };
    let track = match is_display {
        true => theme.places().track.unwrap_or(0.0),
        false => 0.0,
    };
    Style {
        size: sizes.size(name, part),
        colour: ground.named(part.colour.as_deref().unwrap_or("fg"), paints),
        mark: match name {
            "body" | "left" | "right" => ground.spot,
            _ => ground.mark,
        },
        face: if is_display {
            Face::Display
        } else {
            Face::Text
        },
        bold: part
            .bold
            .unwrap_or(is_display && theme.faces.display.weight >= 600),
        line: part.line.unwrap_or(line),
        track: part.track.unwrap_or(track),
        gap: 0.62 * setting.tight,
        align: match part.align.as_deref() {
            Some("right") => Align::End,
            Some("center") => Align::Center,
            _ => Align::Start,
        },
    }
}

/// A number in one line is set with the lines its face has by itself: programs do
/// not agree where a lower line stands. Its place grows by what those are higher.
pub fn one_line(name: &str, style: &mut Style, at: Rect, theme: &Theme) -> Rect {
    if !matches!(name, "numeral" | "figure") {
        return at;
    }
    let own = theme.faces.display.line;
    let more = (own - style.line) * style.size / 2.0;
    style.line = own;
    Rect {
        y: at.y - more,
        h: at.h + 2.0 * more,
        ..at
    }
}

/// The ground of a layout, by its name.
pub fn ground_of(layout: &places::Layout) -> &str {
    layout.ground.as_deref().unwrap_or("paper")
}

/// Whether the left column is the source of the right one.
pub fn has_source(frame: &Frame) -> bool {
    frame.layout == Layout::TwoColumns
        && frame.slots.left.len() == 1
        && frame.slots.left[0].attrs.has("source")
}

/// A layout as a slide wants it: columns split elsewhere, a source on a ground of
/// its own, a figure without a title at the top.
pub fn adapted(layout: &places::Layout, frame: &Frame, sheet: &Sheet) -> places::Layout {
    let mut res = split(layout, frame);
    if frame.layout == Layout::BigFigure
        && frame.title.is_empty()
        && let Some(figure) = res.parts.get_mut("figure")
    {
        figure.anchor = Some(Anchor::Top);
    }
    if res.id == "picture" {
        if frame.slots.body.is_empty() {
            res.rows = Some(vec![Row::Fill, Row::Auto]);
        }
        // What is over all of a picture takes three fifths of it.
        if frame.classes.iter().any(|class| class == "picture-full") {
            let width = 0.6 * f64::from(sheet.size.0) - 40.0;
            for name in ["title", "body"] {
                if let Some(part) = res.parts.get_mut(name) {
                    part.width = Some(width);
                }
            }
        }
    }
    if !has_source(frame) {
        return res;
    }
    // The gap of the grid in columns.
    let gap = 24.0 / (sheet.columns(1.0) + 24.0);
    let edge = match res.parts.get("left").and_then(|part| part.x) {
        Some([_, edge]) => edge,
        None => 7.0,
    };
    for (name, from) in [("right", edge), ("footer", edge)] {
        if let Some(x) = res.parts.get_mut(name).and_then(|part| part.x.as_mut()) {
            x[0] = from + gap;
        }
    }
    for name in ["left", "right"] {
        if let Some(part) = res.parts.get_mut(name) {
            part.above = Some(30.0);
        }
    }
    if let Some(number) = res.parts.get_mut("number") {
        number.ground = Some("panel".into());
    }
    let below = match footnotes::lines(&frame.footnotes, sheet.size.0).min(footnotes::MOST) {
        0 => 96.0,
        n => f64::from(100 + n * 24),
    };
    res.shapes = Some(vec![places::Shape {
        of: Some("left".into()),
        x: Some([0.0, edge]),
        grow: Some([0.0, 0.0, below, 0.0]),
        fill: "panel".into(),
        ..places::Shape::default()
    }]);
    res
}

/// A layout whose columns are split where a slide wants it.
fn split(layout: &places::Layout, frame: &Frame) -> places::Layout {
    let mut res = layout.clone();
    let said = frame
        .style
        .split_once("--split:")
        .and_then(|(_, rest)| rest.split(';').next()?.trim().parse::<f64>().ok());
    let Some(at) = said.filter(|at| (2.0..=12.0).contains(at)) else {
        return res;
    };
    for (name, side) in [("left", 1), ("right", 0)] {
        if let Some(x) = res.parts.get_mut(name).and_then(|part| part.x.as_mut()) {
            x[side] = at;
        }
    }
    res
}
