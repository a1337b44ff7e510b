//! Drawings in SVG into shapes that can be edited: icons, codes, diagrams.
//!
//! What this program draws is simple SVG; its style sheet says how it looks, in
//! the browser as here. Anything that is not understood is left out, never
//! guessed.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use kurbo::{Affine, BezPath, Point};

use super::paint::{Colour, Ground, Paints};
use super::scene::{Align, Dash, Face, Para, Path, Rect, Run, Shape, Stroke, Style, Text};
use super::svg::{Styles, apart, end_of, geometry, inside, numbers, styles, transform};
use crate::deck::chart::Room;
use crate::diagram::Drawing;
use crate::measure::{self, Weight};
use crate::palette::Rgb;

/// Elements within elements beyond which nothing is drawn.
const MAX_DEPTH: usize = 40;

/// The colours that a drawing takes.
pub struct Colours<'a> {
    /// Those of its ground.
    pub ground: Ground,
    /// The palette.
    pub paints: &'a Paints,
    /// The name of the ground.
    pub on: &'a str,
}

/// An icon in one colour.
pub fn icon(svg: &str, at: Rect, colour: Colour) -> Option<Shape> {
    let document = Document::fragment(svg);
    let root = document.select("svg").nodes().first().cloned()?;
    let to = Affine::translate((at.x, at.y)) * Affine::scale(at.w / 24.0);
    let mut outline = BezPath::new();
    for node in root.descendants() {
        if let Some(path) = geometry(&node) {
            outline.extend((to * path).elements().iter().copied());
        }
    }
    let path = Path {
        outline,
        fill: None,
        stroke: Some(Stroke {
            round: true,
            ..Stroke::solid(colour, at.w / 24.0 * 1.6)
        }),
    };
    Some(Shape::path("Icon", path))
}

/// A QR code: dark on light, or no telephone reads it.
pub fn code(svg: &str, at: Rect, alt: String) -> Option<Shape> {
    let document = Document::fragment(svg);
    let root = document.select("svg").nodes().first().cloned()?;
    let [_, _, width, _] = numbers(&root.attr("viewBox")?)[..] else {
        return None;
    };
    let to = Affine::translate((at.x, at.y)) * Affine::scale(at.w / width.max(1.0));
    let black = Colour::fixed(crate::palette::BLACK);
    let white = Colour::fixed(crate::palette::WHITE);
    let shapes = root.descendants().into_iter().filter_map(|node| {
        let outline = to * geometry(&node)?;
        let is_ground = node.attr("fill").is_some_and(|fill| &*fill == "#fff");
        let path = Path {
            outline,
            fill: Some(if is_ground { white } else { black }),
            stroke: None,
        };
        Some(Shape::path("Code", path))
    });
    Some(Shape::group("QR code", alt, shapes.collect()))
}

/// A diagram, as large as in the browser, in the middle of its place.
pub fn diagram(
    drawing: &Drawing,
    room: Room,
    at: Rect,
    alt: String,
    colours: &Colours<'_>,
) -> Option<Shape> {
    let html = format!(
        "<div class=\"slide\"><figure class=\"diagram diagram-{}\"><svg>{}</svg></figure></div>",
        drawing.kind.class(),
        drawing.body
    );
    let document = Document::fragment(html);
    let root = document.select("svg").nodes().first().cloned()?;
    let scale = drawing
        .scale(room)
        .min(at.w / drawing.width)
        .min(at.h / drawing.height);
    let x = at.x + (at.w - drawing.width * scale) / 2.0;
    let y = at.y + (at.h - drawing.height * scale) / 2.0;
    let to = Affine::translate((x, y))
        * Affine::scale(scale)
        * Affine::translate((-drawing.x, -drawing.y));
    let mut reader = Reader {
        styles: styles(&document),
        colours,
        markers: HashMap::new(),
        shapes: Vec::new(),
        scale,
    };
    for marker in document.select("marker").nodes() {
        if let Some(id) = marker.attr("id") {
            reader.markers.insert(id.to_string(), *marker);
        }
    }
    let look = reader.look(&root.parent()?, &Look::default());
    let look = reader.look(&root, &look);
    for child in root.element_children() {
        reader.element(&child, to, &look, 0);
    }
    let shapes = reader.shapes;
    (!shapes.is_empty()).then(|| Shape::group("Diagram", alt, shapes))
}

/// What an element looks like, as far as it is handed on.
#[derive(Debug, Clone)]
struct Look {
    /// Properties by name.
    said: HashMap<String, String>,
}

impl Default for Look {
    fn default() -> Self {
        let usual = [("fill", "#000"), ("stroke", "none"), ("stroke-width", "1")];
        Look {
            said: usual
                .into_iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
        }
    }
}

/// Properties that attributes may say too.
const ATTRIBUTES: [&str; 8] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "text-anchor",
    "font-size",
    "font-weight",
];

struct Reader<'a, 'd> {
    styles: Styles,
    colours: &'a Colours<'a>,
    markers: HashMap<String, NodeRef<'d>>,
    shapes: Vec<Shape>,
    scale: f64,
}

impl<'d> Reader<'_, 'd> {
    fn look(&self, node: &NodeRef<'d>, above: &Look) -> Look {
        let mut res = above.clone();
        for name in ATTRIBUTES {
            if let Some(value) = node.attr(name) {
                res.said.insert(name.into(), value.to_string());
            }
        }
        for (name, value) in self.styles.get(&node.id).into_iter().flatten() {
            res.said.insert(name.clone(), value.clone());
        }
        let own = node.attr("style").unwrap_or_default();
        for declaration in own.split(';') {
            if let Some((name, value)) = declaration.split_once(':') {
                let value = value.trim().trim_end_matches("!important").trim();
                res.said.insert(name.trim().into(), value.into());
            }
        }
        res
    }

    fn element(&mut self, node: &NodeRef<'d>, to: Affine, above: &Look, depth: usize) {
        let name = node.node_name().unwrap_or_default().to_string();
        if depth > MAX_DEPTH || matches!(name.as_str(), "defs" | "marker" | "title" | "desc") {
            return;
        }
        let to = to * transform(&node.attr("transform").unwrap_or_default());
        let look = self.look(node, above);
        if name == "text" {
            return self.text(node, to, &look);
        }
        if let Some(path) = geometry(node) {
            let path = to * path;
            self.path(&path, &look);
            if let Some(marker) = node.attr("marker-end") {
                self.marker(&marker, &path, false, to, depth);
            }
            if let Some(marker) = node.attr("marker-start") {
                self.marker(&marker, &path, true, to, depth);
            }
            return;
        }
        for child in node.element_children() {
            self.element(&child, to, &look, depth + 1);
        }
    }

    fn path(&mut self, outline: &BezPath, look: &Look) {
        let fill = self.paint(look, "fill", 0);
        let colour = self.paint(look, "stroke", 0);
        let width = look.number("stroke-width").unwrap_or(1.0) * self.scale;
        let dash = match look.said.get("stroke-dasharray").map(String::as_str) {
            None | Some("none") => Dash::Solid,
            Some(pattern) => match numbers(pattern).first() {
                Some(first) if *first <= 3.0 => Dash::Dots,
                _ => Dash::Dashes,
            },
        };
        let stroke = colour.filter(|_| width > 0.0).map(|colour| Stroke {
            colour,
            width,
            dash,
            round: false,
        });
        if fill.is_none() && stroke.is_none() || outline.elements().is_empty() {
            return;
        }
        let path = Path {
            outline: outline.clone(),
            fill,
            stroke,
        };
        self.shapes.push(Shape::path("Shape", path));
    }

    /// What stands at the end of a line.
    fn marker(&mut self, said: &str, path: &BezPath, at_start: bool, to: Affine, depth: usize) {
        let id = said.trim_start_matches("url(#").trim_end_matches(')');
        let Some(marker) = self.markers.get(id).copied() else {
            return;
        };
        let Some((end, angle)) = end_of(path, at_start) else {
            return;
        };
        let number = |name: &str| {
            let value = marker.attr(name);
            value.and_then(|value| value.parse::<f64>().ok())
        };
        let reversed = at_start && marker.attr("orient").as_deref() == Some("auto-start-reverse");
        let angle = angle + if reversed { std::f64::consts::PI } else { 0.0 };
        let view = numbers(&marker.attr("viewBox").unwrap_or_default());
        let fit = match view.as_slice() {
            [_, _, wide, _] if *wide > 0.0 => number("markerWidth").unwrap_or(3.0) / wide,
            _ => 1.0,
        };
        let scale = to.determinant().abs().sqrt() * fit;
        let (x, y) = (number("refX").unwrap_or(0.0), number("refY").unwrap_or(0.0));
        let to = Affine::translate(end.to_vec2())
            * Affine::rotate(angle)
            * Affine::scale(scale)
            * Affine::translate((-x, -y));
        let figure = marker.ancestors(None).into_iter().find(|node| {
            node.attr("class")
                .is_some_and(|class| class.starts_with("diagram"))
        });
        let base = match &figure {
            Some(figure) => self.look(figure, &Look::default()),
            None => Look::default(),
        };
        let look = self.look(&marker, &base);
        for child in marker.element_children() {
            self.element(&child, to, &look, depth + 1);
        }
    }

    /// Words: each line of them where it stands.
    fn text(&mut self, node: &NodeRef<'d>, to: Affine, look: &Look) {
        let size = look.number("font-size").unwrap_or(16.0);
        let length = |node: &NodeRef<'d>, name: &str| {
            let value = node.attr(name)?;
            match value.strip_suffix("em") {
                Some(number) => number.parse::<f64>().ok().map(|n| n * size),
                None => value.trim_end_matches("px").parse::<f64>().ok(),
            }
        };
        let mut at = Point::new(
            length(node, "x").unwrap_or(0.0),
            length(node, "y").unwrap_or(0.0),
        );
        at.y += length(node, "dy").unwrap_or(0.0);
        at.x += length(node, "dx").unwrap_or(0.0);
        let mut lines: Vec<(Point, String)> = Vec::new();
        let inner = node.element_children();
        if inner.is_empty() {
            lines.push((at, node.text().trim().to_string()));
        }
        for span in &inner {
            let begins = span.attr("x").is_some() || span.attr("y").is_some();
            if let Some(x) = length(span, "x") {
                at.x = x;
            }
            if let Some(y) = length(span, "y") {
                at.y = y;
            }
            at.y += length(span, "dy").unwrap_or(0.0);
            let words = span.text().to_string();
            match lines.last_mut() {
                Some((_, last)) if !begins => *last += &words,
                _ => lines.push((at, words)),
            }
        }
        lines.retain(|(_, words)| !words.trim().is_empty());
        let Some((first, _)) = lines.first().cloned() else {
            return;
        };
        let weight = look.said.get("font-weight").map(String::as_str);
        let bold = matches!(weight, Some("bold" | "bolder" | "600" | "700"));
        let is_middle = |node: &NodeRef<'d>| {
            let said = node.attr("dominant-baseline");
            said.is_some_and(|said| matches!(&*said, "central" | "middle"))
        };
        let pitch = match lines.get(1) {
            Some((second, _)) if second.y > first.y => second.y - first.y,
            _ => size * 1.2,
        };
        // A line's words stand on a base that is this far below its top.
        let base = if is_middle(node) { 0.6 } else { 0.97 } * size;
        let own = if bold { Weight::Bold } else { Weight::Regular };
        let widest = lines
            .iter()
            .map(|(_, words)| measure::width(words.trim(), size, own))
            .fold(0.0, f64::max);
        let align = match look.said.get("text-anchor").map(String::as_str) {
            Some("middle") => Align::Center,
            Some("end") => Align::End,
            _ => Align::Start,
        };
        // Room for a face that runs wider.
        let width = widest * 1.12 + size * 0.4;
        let left = match align {
            Align::Start => first.x,
            Align::Center => first.x - width / 2.0,
            Align::End => first.x - width,
        };
        let top = to * Point::new(left, first.y - base);
        let scale = to.determinant().abs().sqrt();
        let place = Rect {
            x: top.x,
            y: top.y,
            w: width * scale,
            h: pitch * lines.len() as f64 * scale,
        };
        let colour = self
            .paint(look, "fill", 0)
            .unwrap_or(self.colours.ground.fg);
        let style = Style {
            size: size * scale,
            colour,
            mark: colour,
            face: Face::Text,
            bold,
            line: pitch / size,
            track: 0.0,
            gap: 0.0,
            align,
        };
        let paras = lines.iter().map(|(_, words)| Para {
            runs: vec![Run::plain(words.trim())],
            ..Para::default()
        });
        let text = Text {
            wraps: false,
            ..Text::new(style, paras.collect())
        };
        self.shapes.push(Shape::text("Words", place, text));
    }

    /// The colour that a property has; `None` for none.
    fn paint(&self, look: &Look, name: &str, depth: usize) -> Option<Colour> {
        self.colour(look.said.get(name)?, look, depth)
    }

    fn colour(&self, value: &str, look: &Look, depth: usize) -> Option<Colour> {
        let value = value.trim();
        if depth > 8 || matches!(value, "none" | "transparent" | "") {
            return None;
        }
        if let Some(inner) = inside(value, "var(") {
            let (name, other) = inner.split_once(',').unwrap_or((inner, ""));
            let name = name.trim();
            if let Some(own) = look.said.get(name) {
                return self.colour(own, look, depth + 1);
            }
            return self
                .of_ground(name.trim_start_matches("--"))
                .or_else(|| self.colour(other, look, depth + 1));
        }
        if let Some(inner) = inside(value, "color-mix(") {
            let parts = apart(inner);
            let [_, first, second] = parts.as_slice() else {
                return None;
            };
            let (first, percent) = match first.rsplit_once(' ') {
                Some((colour, part)) if part.ends_with('%') => {
                    (colour, part.trim_end_matches('%').parse().unwrap_or(50.0))
                }
                _ => (first.as_str(), 50.0),
            };
            let first = self.colour(first, look, depth + 1)?;
            return Some(match self.colour(second, look, depth + 1) {
                Some(second) => first.mixed(percent, second),
                None => first.faint(percent as u8),
            });
        }
        if value == "currentColor" {
            return Some(self.colours.ground.fg);
        }
        Rgb::parse(value).map(Colour::fixed)
    }

    fn of_ground(&self, name: &str) -> Option<Colour> {
        let ground = &self.colours.ground;
        let series = |n: &str| {
            let number = n.parse::<usize>().ok()?.checked_sub(1)?;
            Some(self.colours.paints.series(number, self.colours.on))
        };
        match name {
            "fg" | "bg" | "mark" | "spot" | "rule" => Some(ground.named(name, self.colours.paints)),
            "fg-soft" => Some(ground.soft),
            _ => match (name.strip_prefix('s'), name.strip_prefix('o')) {
                (Some(n), _) => series(n).map(|(own, _)| own),
                (_, Some(n)) => series(n).map(|(_, on)| on),
                _ => None,
            },
        }
    }
}

impl Look {
    fn number(&self, name: &str) -> Option<f64> {
        self.said.get(name)?.trim_end_matches("px").parse().ok()
    }
}
