//! What a slide lists beside its text: the entries of an agenda, footnotes, an icon.

use super::compose::Composer;
use super::parts;
use super::scene::{Align, Face, Link, Mark, Para, Rect, Run, Shape, Style, Text};
use crate::icon;
use crate::layout::height;
use crate::measure::{Lines, Weight};
use crate::theme::places::{Anchor, Part};

/// How much wider letters may run in a font that stands in for ours: DejaVu Sans does, which
/// most Linux has, by 1.12 and bold by 1.22; the rest is room. An entry that took a second
/// line would push all others off their rules.
const STAND_IN: f64 = 1.15;
/// The same of bold ones.
const STAND_IN_BOLD: f64 = 1.25;

/// How far the number of an entry stands out of its title.
pub fn entry_out(size: f64) -> f64 {
    1.9 * size + 24.0
}

/// A run as its words and the blanks between them: LibreOffice breaks a link of several
/// words within one of them, and takes one of a single word to the next line.
fn by_words(run: &Run) -> Vec<Run> {
    let is_word = |text: &str| text.starts_with(|c: char| !c.is_whitespace());
    let mut res: Vec<Run> = Vec::new();
    for c in run.text.chars() {
        match res.last_mut() {
            Some(last) if is_word(&last.text) != c.is_whitespace() => last.text.push(c),
            _ => res.push(Run {
                text: c.into(),
                ..run.clone()
            }),
        }
    }
    res
}

impl Composer<'_> {
    pub fn icon(&mut self, at: Rect, anchor: Anchor, style: Style) -> Vec<Shape> {
        let svg = self.frame.icon.as_deref().and_then(icon::svg);
        let y = match anchor {
            Anchor::Top => at.y,
            Anchor::Middle => at.y + (at.h - style.size) / 2.0,
            Anchor::Bottom => at.bottom() - style.size,
        };
        let place = Rect {
            x: at.x,
            y,
            w: style.size,
            h: style.size,
        };
        svg.and_then(|svg| super::drawing::icon(&svg, place, style.colour))
            .into_iter()
            .collect()
    }

    /// The entries of an agenda: numbered, each leading to its slide.
    pub fn agenda(&mut self, part: &Part, at: Rect, style: Style) -> Vec<Shape> {
        let entries = &self.frame.agenda;
        let columns = usize::from(part.columns.unwrap_or(1)).max(1);
        let per_column = entries
            .len()
            .div_ceil(columns)
            .max(if columns > 1 { 3 } else { 1 });
        let gap = 48.0;
        let width = (at.w - gap * (columns as f64 - 1.0)) / columns as f64;
        let most = match (columns, entries.len()) {
            (1, 0..=5) => 142.0,
            (1, _) => 104.0,
            _ => 160.0,
        };
        let pitch = (at.h / per_column as f64).min(most);
        let size = match (columns, entries.len()) {
            (1, 0..=5) => style.size * 1.15,
            _ => style.size,
        };
        let bold = part.bold.unwrap_or(true);
        let (weight, wider) = match bold {
            true => (Weight::Bold, STAND_IN_BOLD),
            false => (Weight::Regular, STAND_IN),
        };
        let icon_size = size * 1.1;
        let room = |size: f64| width - icon_size - 24.0 - entry_out(size);
        let lengths = entries.iter().map(|entry| {
            let mut lines = Lines::new(f64::INFINITY);
            height::fill(&mut lines, &entry.title, size, weight);
            lines.longest_line()
        });
        let least = self.wide.theme.floors.body.min(size);
        let fitting = size * (room(size) + 12.0) / wider;
        let in_one_line = lengths.filter(|length| length * least <= fitting);
        let longest = in_one_line.fold(1.0, f64::max);
        let size = (fitting / longest).min(size);
        let style = Style {
            size,
            line: 1.2,
            bold,
            ..style
        };
        let ground = self.ground;
        let mut res = Vec::new();
        for (column, nth) in entries.chunks(per_column).zip(0..) {
            let place = Rect {
                x: at.x + f64::from(nth) * (width + gap),
                y: at.y,
                w: width,
                h: pitch * column.len() as f64,
            };
            let out = entry_out(size);
            let text_width = room(size);
            let mut paras = Vec::new();
            let mut rest = 0.0;
            for (entry, row) in column.iter().zip(0..) {
                let link = self.wide.slides.get(&entry.target).copied();
                let line = self.words(ground, Face::Text).line(&entry.title);
                let runs = line.iter().flat_map(by_words).map(|run| Run {
                    link: link.map(Link::Slide).filter(|_| run.text.trim() != ""),
                    bare: true,
                    colour: None,
                    ..run
                });
                let runs = runs.collect();
                let lines = height::text(&entry.title, size, weight, text_width).max(1.0);
                let own = lines * size * 1.2;
                let above = ((pitch - own) / 2.0).max(0.0);
                paras.push(Para {
                    runs,
                    mark: Mark::Number(u32::from(entry.number)),
                    before: Some(if row == 0 { 0.0 } else { rest + above }),
                    ..Para::default()
                });
                rest = (pitch - own - above).max(0.0);
            }
            let first = height::text(&column[0].title, size, weight, text_width);
            let above = ((pitch - first.max(1.0) * size * 1.2) / 2.0).max(0.0);
            let text = Text {
                inset: [above, icon_size + 12.0, 0.0, 0.0],
                out: Some(out),
                ..Text::new(style, paras)
            };
            res.push(Shape {
                holder: self.holder("agenda").filter(|_| nth == 0),
                ..Shape::text("Agenda", place, text)
            });
            for (entry, row) in column.iter().zip(0..) {
                let y = at.y + f64::from(row) * pitch;
                let rule = Rect { y, h: 1.5, ..place };
                res.push(Shape::area("Rule", rule, ground.rule()));
                let icon = entry.icon.as_deref().and_then(icon::svg);
                let place = Rect {
                    x: place.right() - icon_size,
                    y: y + (pitch - icon_size) / 2.0,
                    w: icon_size,
                    h: icon_size,
                };
                let drawn = icon.and_then(|svg| super::drawing::icon(&svg, place, ground.fg));
                res.extend(drawn);
            }
        }
        res
    }

    /// What stands at the foot of the slide, by its marks.
    pub fn footnotes(&mut self, res: &mut Vec<Shape>) {
        if self.frame.footnotes.is_empty() {
            return;
        }
        let (w, h) = self.size();
        let left = match parts::has_source(self.frame) {
            true => w / 2.0 + 36.0,
            false => w / 16.0 + (w * 7.0 / 8.0 + 24.0) / 3.0,
        };
        let height = self.notes_height() + 6.0;
        let at = Rect {
            x: left,
            y: h - 72.0 - height,
            w: w * 15.0 / 16.0 - left,
            h: height,
        };
        let ground = self.ground;
        let style = Style {
            size: 16.0,
            colour: ground.soft,
            mark: ground.mark,
            face: Face::Text,
            bold: false,
            line: 1.25,
            track: 0.0,
            gap: 0.25,
            align: Align::Start,
        };
        let frame = self.frame;
        let mut paras = Vec::new();
        for (note, number) in frame.footnotes.iter().zip(1..) {
            paras.push(Para {
                runs: self.words(ground, Face::Text).line(note),
                mark: Mark::Number(number),
                before: Some(4.0),
                ..Para::default()
            });
        }
        let text = Text {
            inset: [6.0, 0.0, 0.0, 0.0],
            ..Text::new(style, paras)
        };
        let rule = Rect { h: 1.5, ..at };
        res.push(Shape::area("Rule", rule, ground.rule()));
        res.push(Shape::text("Footnotes", at, text));
    }
}
