//! What a slide stands on: the ground of its layout or its own, and the places of
//! a template.

use super::compose::{Back, Composer};
use super::grid::Rects;
use super::paint::{Colour, Ground};
use super::parts;
use super::scene::{Face, Rect, Shape, What};
use crate::deck::{AssetRef, Image};
use crate::theme::places;

impl<'a> Composer<'a> {
    pub fn ground_name_of(&self, layout: &places::Layout) -> String {
        let said = self
            .frame
            .classes
            .iter()
            .find_map(|class| class.strip_prefix("ground-"));
        let own = self.frame.classes.iter().any(|class| class == "own-ground");
        match said {
            _ if own => "paper".into(),
            Some(name) => name.into(),
            None => parts::ground_of(layout).into(),
        }
    }

    pub fn ground_of(&self, layout: &places::Layout) -> Ground {
        if self.backdrop().is_some() {
            return Ground::dark(&self.paints);
        }
        let name = self.ground_name_of(layout);
        let grounds = &self.wide.theme.places().grounds;
        match grounds.get(&name).or_else(|| grounds.get("paper")) {
            Some(names) => self.paints.ground(names),
            None => Ground::dark(&self.paints),
        }
    }

    /// The picture behind everything, if it was found.
    pub fn backdrop(&self) -> Option<&'a Image> {
        let image = self.frame.backdrop.as_ref()?;
        let is_found = |asset: &&AssetRef| asset.href == image.href;
        let asset = self.frame.assets.iter().find(is_found)?;
        asset.key.as_ref().map(|_| image)
    }

    /// Whether its author gave the slide a ground of its own.
    pub fn ground_is_own(&self) -> bool {
        let is_own = |class: &String| class == "own-ground" || class.starts_with("ground-");
        self.frame.classes.iter().any(is_own)
    }

    /// What the slide stands on.
    pub fn back(&mut self, layout: &places::Layout) -> Back {
        let has = |class: &str| self.frame.classes.iter().any(|own| own == class);
        if let Some(image) = self.backdrop() {
            if image.medium().is_some() {
                self.lost.add("films behind a slide");
                return Back::Colour(self.ground.bg);
            }
            let (w, h) = self.size();
            let all = Rect {
                w,
                h,
                ..Rect::default()
            };
            return match self.picture(image, all, true) {
                Some(picture) => Back::Picture(picture),
                None => Back::Colour(self.ground.bg),
            };
        }
        if has("own-gradient")
            && let Some((angle, stops)) = gradient(&self.frame.style)
        {
            return Back::Gradient(angle, stops);
        }
        if self.ground_name == parts::ground_of(layout) && !has("own-ground") {
            return Back::Layout;
        }
        Back::Colour(self.ground.bg)
    }

    /// The places of parts in a template, where they are held there; what only our
    /// layouts have room for goes.
    pub fn in_template(&self, rects: &mut Rects) {
        let Some(slots) = &self.wide.slots else {
            return;
        };
        let own = slots.get(&self.layout_id);
        rects.retain(|part, at| match own.and_then(|own| own.get(part)) {
            Some(slot) => {
                *at = slot.at;
                true
            }
            None => !matches!(part.as_str(), "numeral" | "icon" | "number" | "footer"),
        });
    }

    /// Leaves to a template how text is set that fills its places.
    pub fn as_the_template(&self, shapes: &mut [Shape]) {
        if self.wide.slots.is_none() {
            return;
        }
        for shape in shapes.iter_mut().filter(|shape| shape.holder.is_some()) {
            let What::Text(text) = &mut shape.what else {
                continue;
            };
            for para in &mut text.paras {
                (para.before, para.size, para.line) = (None, None, None);
                for run in &mut para.runs {
                    run.colour = None;
                    run.face = run.face.filter(|face| *face == Face::Mono);
                }
            }
        }
    }
}

/// The gradient of a slide, as `layout` wrote it: its angle as Office counts
/// them, clockwise from the left edge, and its stops.
fn gradient(style: &str) -> Option<(f64, Vec<(f64, Colour)>)> {
    let css = style.split("--gradient:linear-gradient(").nth(1)?;
    let mut parts: Vec<&str> = css.split(')').next()?.split(',').collect();
    let mut angle: f64 = 180.0;
    let first = *parts.first()?;
    if let Some(degrees) = first.strip_suffix("deg") {
        angle = degrees.parse().ok()?;
        parts.remove(0);
    } else if let Some(sides) = first.strip_prefix("to ") {
        angle = match sides {
            "top" => 0.0,
            "right" => 90.0,
            "left" => 270.0,
            "top right" | "right top" => 45.0,
            "bottom right" | "right bottom" => 135.0,
            "bottom left" | "left bottom" => 225.0,
            "top left" | "left top" => 315.0,
            _ => 180.0,
        };
        parts.remove(0);
    }
    let n = parts.len().saturating_sub(1).max(1) as f64;
    let stops = parts.iter().zip(0..).map(|(part, nth)| {
        let (colour, place) = part.split_once(' ').unwrap_or((part, ""));
        let place = place.trim().trim_end_matches('%').parse::<f64>().ok();
        let colour = Colour::fixed(crate::palette::Rgb::parse(colour)?);
        Some((place.unwrap_or(f64::from(nth) * 100.0 / n), colour))
    });
    let stops: Option<Vec<(f64, Colour)>> = stops.collect();
    Some(((angle + 270.0) % 360.0, stops?))
}
