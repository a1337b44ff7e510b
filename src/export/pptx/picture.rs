//! Pictures: which part of them is shown, and what programs make of their forms.

use super::compose::Composer;
use super::scene::{Align, Face, Para};
use super::scene::{Picture, Rect, Shape, Style, Text, What};
use crate::deck::look::Look;
use crate::deck::{Asset, Attrs, Image, Medium};
use crate::layout::exif;
use crate::theme::places::Anchor;

/// Forms of pictures that every program shows.
pub const COMMON: [(&str, &str); 3] = [
    ("image/png", "png"),
    ("image/jpeg", "jpeg"),
    ("image/gif", "gif"),
];

/// What PowerPoint does not read.
pub const WEBP: &str = "image/webp";

/// A drawing in SVG, which newer programs show.
pub const DRAWING: &str = "image/svg+xml";

impl Composer<'_> {
    /// The picture of a picture slide, in its place.
    pub fn canvas(&mut self, at: Rect) -> Vec<Shape> {
        let Some(image) = &self.frame.slots.picture else {
            return Vec::new();
        };
        let whole = self.frame.whole_picture;
        let caption = !image.title.is_empty();
        let place = Rect {
            h: if whole && caption { at.h - 30.0 } else { at.h },
            ..at
        };
        let (step, attrs) = (image.step, image.attrs.clone());
        let mut shapes = if whole {
            let natural = self.natural(image);
            let (w, h) = natural.unwrap_or((place.w, place.h));
            let scale = (place.w / w).min(place.h / h);
            let (w, h) = (w * scale, h * scale);
            let inner = Rect {
                x: place.x + (place.w - w) / 2.0,
                y: place.y + (place.h - h) / 2.0,
                w,
                h,
            };
            self.pictured(image, &attrs, inner, false)
        } else {
            self.pictured(image, &attrs, place, true)
        };
        let holder = self.holder("picture");
        if let Some(first) = shapes.first_mut() {
            let fills = matches!(first.what, What::Picture(_));
            first.holder = holder.filter(|_| fills);
            first.step = step;
        }
        if caption {
            let label = self.caption(&image.title, at, whole);
            shapes.push(label);
        }
        shapes
    }

    /// A caption at the foot of a picture, or below one that is shown whole.
    fn caption(&self, title: &str, at: Rect, whole: bool) -> Shape {
        let size = (self.setting.size * 0.7).max(16.0);
        let align = if whole { Align::Center } else { Align::End };
        let style = self.small(size, align);
        let mut text = Text::new(style, vec![Para::plain(title)]);
        text.anchor = Anchor::Middle;
        let wide =
            crate::measure::width(title, size, crate::measure::Weight::Regular) * 1.12 + 1.4 * size;
        let width = wide.min(at.w);
        let height = size * 1.25 * (wide / width).ceil() + 0.6 * size;
        if !whole {
            text.fill = Some(self.ground.bg);
            text.inset = [0.3 * size, 0.7 * size, 0.3 * size, 0.7 * size];
        }
        let has_title = !self.frame.title.is_empty() && self.frame.slots.body.is_empty();
        let place = match whole {
            true => Rect {
                y: at.bottom() - 28.0,
                h: 28.0,
                ..at
            },
            // At the foot a long caption would run below the title.
            false => Rect {
                x: at.right() - width,
                y: if has_title {
                    at.y
                } else {
                    at.bottom() - height
                },
                w: width,
                h: height,
            },
        };
        Shape::text("Caption", place, text)
    }

    /// How words are set that stand for a picture or below one.
    fn small(&self, size: f64, align: Align) -> Style {
        Style {
            size,
            colour: self.ground.soft,
            mark: self.ground.mark,
            face: Face::Text,
            bold: false,
            line: 1.25,
            track: 0.0,
            gap: 0.0,
            align,
        }
    }

    fn natural(&self, image: &Image) -> Option<(f64, f64)> {
        let asset = self
            .frame
            .assets
            .iter()
            .find(|asset| asset.href == image.href)?;
        let (w, h) = asset.size.filter(|(w, h)| *w > 0 && *h > 0)?;
        Some((f64::from(w), f64::from(h)))
    }

    /// A picture at a place, filling it or drawn to its size; what cannot be
    /// shown is a box that names it.
    pub fn pictured(&mut self, image: &Image, attrs: &Attrs, at: Rect, cover: bool) -> Vec<Shape> {
        let looked = Image {
            attrs: attrs.clone(),
            ..image.clone()
        };
        if let Some(medium) = image.medium() {
            self.lost.add(match medium {
                Medium::Film => "films",
                Medium::Sound => "sounds",
            });
            let poster = attrs.get("poster").map(|poster| Image {
                href: poster.into(),
                ..looked.clone()
            });
            if let Some(poster) = poster
                && let Some(picture) = self.picture(&poster, at, true)
            {
                return vec![named("Film", at, picture, &image.alt)];
            }
            return vec![self.stand_in(at, &format!("▶ {}", name_of(image)))];
        }
        match self.picture(&looked, at, cover) {
            Some(picture) => {
                let mut shapes = vec![named("Picture", at, picture, &image.alt)];
                if attrs.has("dark") {
                    let black = super::paint::Colour::fixed(crate::palette::BLACK);
                    shapes.push(Shape::area("Shade", at, black.faint(50)));
                }
                if attrs.has("blur") {
                    self.lost.add("blurred pictures (they are shown sharp)");
                }
                shapes
            }
            None => vec![self.stand_in(at, &name_of(image))],
        }
    }

    /// The part of a picture that a place shows; `None` if there is no such
    /// picture, or none that programs could show.
    pub fn picture(&mut self, image: &Image, at: Rect, cover: bool) -> Option<Picture> {
        let asset = self
            .frame
            .assets
            .iter()
            .find(|asset| asset.href == image.href)?;
        let key = asset.key.clone()?;
        let file = self.wide.plan.assets.get(&key)?;
        let is_shown = |(mime, _): &(&str, &str)| *mime == file.mime;
        if file.mime == DRAWING {
            match self.wide.previews.get(key.as_str()) {
                Some(Some(preview)) if preview.is_whole => {}
                Some(Some(_)) => self
                    .lost
                    .add("words and effects of drawings in SVG (in programs that do not read SVG)"),
                _ => self
                    .lost
                    .add("drawings in SVG (an empty frame in programs that do not read SVG)"),
            }
        } else if !COMMON.iter().any(is_shown) && !self.wide.plain.contains_key(key.as_str()) {
            self.lost
                .add("pictures in AVIF and moving ones in WebP, which PowerPoint does not read");
            return None;
        }
        let natural = asset.size.map(|(w, h)| (f64::from(w), f64::from(h)));
        let crop = match natural.filter(|(w, h)| cover && *w > 0.0 && *h > 0.0) {
            Some((w, h)) => crop((w, h), at, Look::of(&image.attrs).0.focus),
            None => [0; 4],
        };
        Some(Picture {
            key,
            crop,
            grey: image.attrs.has("grey"),
            turn: turn(file),
        })
    }

    /// A box in the place of what cannot be shown.
    fn stand_in(&self, at: Rect, words: &str) -> Shape {
        let style = self.small(20.0, Align::Center);
        let text = Text {
            anchor: Anchor::Middle,
            fill: Some(self.ground.shade(6.0)),
            inset: [8.0; 4],
            ..Text::new(style, vec![Para::plain(words)])
        };
        Shape::text("Picture", at, text)
    }
}

fn name_of(image: &Image) -> String {
    match image.alt.as_str() {
        "" if image.href.starts_with("data:") => "data:".into(),
        "" => image.href.rsplit('/').next().unwrap_or_default().into(),
        alt => alt.into(),
    }
}

fn named(name: &str, at: Rect, picture: Picture, alt: &str) -> Shape {
    Shape {
        at,
        what: What::Picture(picture),
        name: name.into(),
        alt: alt.into(),
        holder: None,
        step: 0,
    }
}

/// What is cut off so that the rest has the shape of its place: left, top, right,
/// bottom, in thousandths of a percent. `focus` says what stays in view.
fn crop((w, h): (f64, f64), at: Rect, focus: Option<(u32, u32)>) -> [i64; 4] {
    let (x, y) = focus.map_or((0.5, 0.5), |(x, y)| {
        (f64::from(x) / 100.0, f64::from(y) / 100.0)
    });
    let scale = (at.w / w).max(at.h / h);
    let over_x = (1.0 - at.w / (w * scale)).clamp(0.0, 0.99);
    let over_y = (1.0 - at.h / (h * scale)).clamp(0.0, 0.99);
    [
        over_x * x,
        over_y * y,
        over_x * (1.0 - x),
        over_y * (1.0 - y),
    ]
    .map(|part| (part * 100_000.0).round() as i64)
}

/// How a photograph is turned and mirrored to be seen upright.
fn turn(file: &Asset) -> (u16, bool) {
    if file.mime != "image/jpeg" {
        return (0, false);
    }
    match exif::orientation(&file.bytes) {
        Some(2) => (0, true),
        Some(3) => (180, false),
        Some(4) => (180, true),
        Some(5) => (270, true),
        Some(6) => (90, false),
        Some(7) => (90, true),
        Some(8) => (270, false),
        _ => (0, false),
    }
}

#[cfg(test)]
mod tests {
    use super::{Rect, crop};

    #[test]
    fn a_picture_that_fills_its_place_loses_what_is_out_of_focus() {
        let at = Rect {
            w: 100.0,
            h: 100.0,
            ..Rect::default()
        };
        assert_eq!(crop((200.0, 100.0), at, None), [25_000, 0, 25_000, 0]);
        let right = crop((200.0, 100.0), at, Some((100, 50)));
        assert_eq!(right, [50_000, 0, 0, 0]);
        assert_eq!(crop((100.0, 400.0), at, Some((50, 0))), [0, 0, 0, 75_000]);
        assert_eq!(crop((50.0, 50.0), at, None), [0; 4]);
    }
}
