//! Drawings in SVG as pictures in points, for programs that show no drawings.
//!
//! Shapes, their colours and gradients are painted; words are not, for they would
//! want a font, and neither is what cuts out or blurs. What is left out is said.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use kurbo::{Affine, BezPath, Cap, Join, Shape as _, StrokeOpts};

use super::raster::{Paint, Raster};
use super::svg::{geometry, numbers, transform};
use crate::export::scale::png;
use crate::palette::Rgb;

/// Points of the longer side.
const LONG: f64 = 1280.0;
/// Elements within elements, or standing for others, beyond which nothing is drawn.
const MAX_DEPTH: usize = 20;
/// Elements beyond which a drawing is no simple one.
const MAX_ELEMENTS: usize = 20_000;

/// A drawing in points.
pub struct Preview {
    /// As a file.
    pub png: Vec<u8>,
    /// Whether all of the drawing is in it.
    pub is_whole: bool,
}

/// What an element hands on to those in it.
#[derive(Clone)]
struct Look {
    fill: String,
    stroke: String,
    width: f64,
    seen: f32,
    fill_seen: f32,
    stroke_seen: f32,
    colour: String,
    round: bool,
    dashes: Vec<f64>,
}

struct Painter<'d> {
    raster: Raster,
    /// Elements by id.
    named: HashMap<String, NodeRef<'d>>,
    n_elements: usize,
    is_whole: bool,
}

/// Paints a drawing of this size; `None` if nothing of it is understood.
pub fn preview(svg: &[u8], (width, height): (u32, u32)) -> Option<Preview> {
    let text = std::str::from_utf8(svg).ok()?;
    let document = Document::fragment(text.get(text.find("<svg")?..)?);
    let root = document.select("svg").nodes().first().cloned()?;
    let scale = LONG / f64::from(width.max(height).max(1));
    let part = |length: u32| ((f64::from(length) * scale).round() as usize).clamp(1, LONG as usize);
    let (wide, high) = (part(width), part(height));
    let mut painter = Painter {
        raster: Raster::new(wide, high),
        named: HashMap::new(),
        n_elements: 0,
        is_whole: document.select("style").nodes().is_empty(),
    };
    for node in root.descendants() {
        if let Some(id) = node.attr("id") {
            painter.named.insert(id.to_string(), node);
        }
    }
    let view = numbers(&root.attr("viewBox").unwrap_or_default());
    let to = match view.as_slice() {
        [x, y, w, h] if *w > 0.0 && *h > 0.0 => {
            let fit = (wide as f64 / w).min(high as f64 / h);
            let (dx, dy) = ((wide as f64 - w * fit) / 2.0, (high as f64 - h * fit) / 2.0);
            Affine::translate((dx, dy)) * Affine::scale(fit) * Affine::translate((-x, -y))
        }
        _ => Affine::scale(scale),
    };
    let look = Look {
        fill: "#000".into(),
        stroke: "none".into(),
        width: 1.0,
        seen: 1.0,
        fill_seen: 1.0,
        stroke_seen: 1.0,
        colour: "#000".into(),
        round: false,
        dashes: Vec::new(),
    };
    let look = look.of(&root);
    for child in root.element_children() {
        painter.element(&child, to, &look, 0);
    }
    let bytes = painter.raster.bytes();
    if bytes.chunks_exact(4).all(|point| point[3] == 0) {
        return None;
    }
    Some(Preview {
        png: png(&bytes, wide, high)?,
        is_whole: painter.is_whole,
    })
}

impl<'d> Painter<'d> {
    fn element(&mut self, node: &NodeRef<'d>, to: Affine, above: &Look, depth: usize) {
        self.n_elements += 1;
        if depth > MAX_DEPTH || self.n_elements > MAX_ELEMENTS {
            self.is_whole = false;
            return;
        }
        let name = node.node_name().unwrap_or_default().to_lowercase();
        let to = to * transform(&node.attr("transform").unwrap_or_default());
        if ["filter", "mask", "clip-path", "marker-end", "marker-start"]
            .iter()
            .any(|name| said(node, name).is_some())
        {
            self.is_whole = false;
        }
        let look = above.of(node);
        let is_hidden = said(node, "display").as_deref() == Some("none");
        match name.as_str() {
            "defs" | "symbol" | "title" | "desc" | "metadata" | "style" | "lineargradient"
            | "radialgradient" => {}
            _ if is_hidden => {}
            "g" | "a" | "svg" => {
                for child in node.element_children() {
                    self.element(&child, to, &look, depth + 1);
                }
            }
            "use" => self.other(node, to, &look, depth),
            _ => match geometry(node) {
                Some(path) => self.shape(&path, to, &look),
                None => self.is_whole = false,
            },
        }
    }

    /// An element in the place of another.
    fn other(&mut self, node: &NodeRef<'d>, to: Affine, look: &Look, depth: usize) {
        let href = node.attr("href").or_else(|| node.attr("xlink:href"));
        let found = href.and_then(|href| self.named.get(href.strip_prefix('#')?).copied());
        let Some(other) = found else {
            self.is_whole = false;
            return;
        };
        let at = |name: &str| node.attr(name).and_then(|value| value.parse::<f64>().ok());
        let to = to * Affine::translate((at("x").unwrap_or(0.0), at("y").unwrap_or(0.0)));
        match other.node_name().as_deref() {
            Some("symbol") => {
                let look = look.of(&other);
                for child in other.element_children() {
                    self.element(&child, to, &look, depth + 1);
                }
            }
            _ => self.element(&other, to, look, depth + 1),
        }
    }

    fn shape(&mut self, path: &BezPath, to: Affine, look: &Look) {
        if let Some(paint) = self.paint(&look.fill, path, to, look) {
            let seen = look.seen * look.fill_seen;
            self.raster.fill(&(to * path.clone()), &paint, seen);
        }
        if look.width <= 0.0 {
            return;
        }
        if let Some(paint) = self.paint(&look.stroke, path, to, look) {
            let (cap, join) = match look.round {
                true => (Cap::Round, Join::Round),
                false => (Cap::Butt, Join::Miter),
            };
            let mut style = kurbo::Stroke::new(look.width)
                .with_caps(cap)
                .with_join(join);
            if look.dashes.iter().any(|length| *length > 0.5) {
                style = style.with_dashes(0.0, look.dashes.iter().copied());
            }
            let exact = 0.1 / to.determinant().abs().sqrt().max(1e-3);
            let line = kurbo::stroke(path.iter(), &style, &StrokeOpts::default(), exact);
            let seen = look.seen * look.stroke_seen;
            self.raster.fill(&(to * line), &paint, seen);
        }
    }

    /// What a value of `fill` or `stroke` paints with.
    fn paint(&mut self, value: &str, path: &BezPath, to: Affine, look: &Look) -> Option<Paint> {
        let value = match value.trim() {
            "none" | "transparent" | "" => return None,
            "currentColor" => look.colour.as_str(),
            other => other,
        };
        let Some(id) = value
            .strip_prefix("url(#")
            .and_then(|rest| rest.split(')').next())
        else {
            let colour = Rgb::parse(value);
            self.is_whole &= colour.is_some();
            return colour.map(Paint::Plain);
        };
        let found = self.named.get(id).copied();
        let paint = found.and_then(|node| self.gradient(&node, path, to));
        self.is_whole &= paint.is_some();
        paint
    }

    fn gradient(&self, node: &NodeRef<'d>, path: &BezPath, to: Affine) -> Option<Paint> {
        let is_round = match &*node.node_name()?.to_lowercase() {
            "lineargradient" => false,
            "radialgradient" => true,
            _ => return None,
        };
        // Colours may be those of another gradient.
        let href = node.attr("href").or_else(|| node.attr("xlink:href"));
        let other = href.and_then(|href| self.named.get(href.strip_prefix('#')?).copied());
        let own = stops(node);
        let stops = match (own.is_empty(), other) {
            (true, Some(other)) => stops(&other),
            _ => own,
        };
        if stops.is_empty() {
            return None;
        }
        let number = |name: &str, usual: f64| {
            let Some(value) = node.attr(name) else {
                return usual;
            };
            match value.strip_suffix('%') {
                Some(part) => part.parse().map_or(usual, |part: f64| part / 100.0),
                None => value.parse().unwrap_or(usual),
            }
        };
        let is_own = node.attr("gradientUnits").as_deref() == Some("userSpaceOnUse");
        let bounds = path.bounding_box();
        let within = match is_own {
            true => Affine::IDENTITY,
            false => Affine::new([
                bounds.width().max(1e-6),
                0.0,
                0.0,
                bounds.height().max(1e-6),
                bounds.x0,
                bounds.y0,
            ]),
        };
        let turned = transform(&node.attr("gradientTransform").unwrap_or_default());
        // From the line or circle of one to where it lies.
        let unit = match is_round {
            true => {
                let (x, y, r) = (number("cx", 0.5), number("cy", 0.5), number("r", 0.5));
                Affine::new([r, 0.0, 0.0, r, x, y])
            }
            false => {
                let (x1, y1) = (number("x1", 0.0), number("y1", 0.0));
                let (dx, dy) = (number("x2", 1.0) - x1, number("y2", 0.0) - y1);
                Affine::new([dx, dy, -dy, dx, x1, y1])
            }
        };
        let whole = to * within * turned * unit;
        (whole.determinant().abs() > 1e-9)
            .then(|| Paint::Gradient(whole.inverse(), is_round, stops))
    }
}

fn stops(node: &NodeRef<'_>) -> Vec<(f32, Rgb, f32)> {
    let part = |text: &str| match text.trim().strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok().map(|percent| percent / 100.0),
        None => text.trim().parse().ok(),
    };
    let of = |stop: NodeRef<'_>| {
        let at = stop.attr("offset").and_then(|at| part(&at)).unwrap_or(0.0);
        let colour = said(&stop, "stop-color").unwrap_or_else(|| "#000".into());
        let seen = said(&stop, "stop-opacity").and_then(|seen| part(&seen));
        Some((at, Rgb::parse(&colour)?, seen.unwrap_or(1.0)))
    };
    node.element_children().into_iter().filter_map(of).collect()
}

/// What an element says of itself, by its style or else by an attribute.
fn said(node: &NodeRef<'_>, name: &str) -> Option<String> {
    let style = node.attr("style").unwrap_or_default();
    let own = style.split(';').find_map(|declaration| {
        let (own, value) = declaration.split_once(':')?;
        (own.trim() == name).then(|| value.trim().to_string())
    });
    own.or_else(|| node.attr(name).map(|value| value.trim().to_string()))
}

impl Look {
    /// That of an element in one with this look.
    fn of(&self, node: &NodeRef<'_>) -> Look {
        let number = |name: &str| {
            let value = said(node, name)?;
            value.trim_end_matches("px").parse::<f64>().ok()
        };
        let seen = |name: &str| number(name).map(|seen| seen.clamp(0.0, 1.0) as f32);
        let or = |name: &str, old: &String| said(node, name).unwrap_or_else(|| old.clone());
        Look {
            fill: or("fill", &self.fill),
            stroke: or("stroke", &self.stroke),
            width: number("stroke-width").unwrap_or(self.width),
            seen: self.seen * seen("opacity").unwrap_or(1.0),
            fill_seen: seen("fill-opacity").unwrap_or(self.fill_seen),
            stroke_seen: seen("stroke-opacity").unwrap_or(self.stroke_seen),
            colour: or("color", &self.colour),
            round: said(node, "stroke-linecap").map_or(self.round, |cap| cap == "round"),
            dashes: said(node, "stroke-dasharray")
                .map_or_else(|| self.dashes.clone(), |dashes| numbers(&dashes)),
        }
    }
}
