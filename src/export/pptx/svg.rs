//! SVG read: outlines, transformations, and the style sheet of diagrams.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};
use kurbo::{Affine, BezPath, Circle, Ellipse, PathEl, Point, RoundedRect, Shape as _};

use crate::diagram;

/// How exact curves are that stand for circles.
const EXACT: f64 = 0.05;

/// Declarations by element, those that weigh more behind.
pub type Styles = HashMap<NodeId, Vec<(String, String)>>;

/// The declarations of the diagrams' style sheet for each element, in the order
/// in which they outweigh each other.
pub fn styles(document: &Document) -> Styles {
    let mut rules: Vec<(usize, &str, &str)> = Vec::new();
    let css = diagram::CSS;
    let mut rest = css
        .split_once("@layer base {")
        .map_or(css, |(_, rest)| rest);
    while let Some(open) = rest.find('{') {
        let selector = rest[..open].trim();
        let selector = selector.rsplit("*/").next().unwrap_or_default().trim();
        let Some(end) = rest[open..].find('}') else {
            break;
        };
        let body = &rest[open + 1..open + end];
        rest = &rest[open + end + 1..];
        if selector.starts_with('@') {
            continue;
        }
        rules.push((weight(selector), selector, body));
    }
    rules.sort_by_key(|(weight, _, _)| *weight);
    let mut res = Styles::new();
    for (_, selector, body) in rules {
        for node in document.select(selector).nodes() {
            let own = res.entry(node.id).or_default();
            for declaration in body.split(';') {
                if let Some((name, value)) = declaration.split_once(':') {
                    own.push((name.trim().to_string(), value.trim().to_string()));
                }
            }
        }
    }
    res
}

/// The outline of an element that is a shape.
pub fn geometry(node: &NodeRef<'_>) -> Option<BezPath> {
    let number = |name: &str| {
        let value = node.attr(name)?;
        value.parse::<f64>().ok().filter(|n| n.is_finite())
    };
    let or_0 = |name: &str| number(name).unwrap_or(0.0);
    let name = node.node_name()?;
    match &*name {
        "path" => BezPath::from_svg(&node.attr("d")?).ok(),
        "rect" => {
            let (x, y) = (or_0("x"), or_0("y"));
            let (w, h) = (number("width")?, number("height")?);
            let round = number("rx").or(number("ry")).unwrap_or(0.0);
            let rect = RoundedRect::new(x, y, x + w, y + h, round.min(w / 2.0).min(h / 2.0));
            Some(match round > 0.0 {
                true => rect.to_path(EXACT),
                false => kurbo::Rect::new(x, y, x + w, y + h).to_path(EXACT),
            })
        }
        "circle" => Some(Circle::new((or_0("cx"), or_0("cy")), number("r")?).to_path(EXACT)),
        "ellipse" => {
            let radii = (number("rx")?, number("ry")?);
            Some(Ellipse::new((or_0("cx"), or_0("cy")), radii, 0.0).to_path(EXACT))
        }
        "line" => {
            let mut path = BezPath::new();
            path.move_to((or_0("x1"), or_0("y1")));
            path.line_to((or_0("x2"), or_0("y2")));
            Some(path)
        }
        "polyline" | "polygon" => {
            let all = numbers(&node.attr("points")?);
            let mut path = BezPath::new();
            for (pair, nth) in all.chunks_exact(2).zip(0..) {
                let to = (pair[0], pair[1]);
                match nth {
                    0 => path.move_to(to),
                    _ => path.line_to(to),
                }
            }
            if &*name == "polygon" && all.len() > 3 {
                path.close_path();
            }
            Some(path)
        }
        _ => None,
    }
}

pub fn transform(text: &str) -> Affine {
    let mut res = Affine::IDENTITY;
    for call in text.split(')') {
        let Some((name, inner)) = call.split_once('(') else {
            continue;
        };
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == ',');
        let own = match (name, numbers(inner).as_slice()) {
            ("translate", [x]) => Affine::translate((*x, 0.0)),
            ("translate", [x, y]) => Affine::translate((*x, *y)),
            ("scale", [both]) => Affine::scale(*both),
            ("scale", [x, y]) => Affine::scale_non_uniform(*x, *y),
            ("rotate", [angle]) => Affine::rotate(angle.to_radians()),
            ("rotate", [angle, x, y]) => {
                Affine::rotate_about(angle.to_radians(), Point::new(*x, *y))
            }
            ("matrix", [a, b, c, d, e, f]) => Affine::new([*a, *b, *c, *d, *e, *f]),
            _ => Affine::IDENTITY,
        };
        res *= own;
    }
    res
}

/// Where a line ends or begins, and the direction it has there.
pub fn end_of(path: &BezPath, at_start: bool) -> Option<(Point, f64)> {
    let mut points: Vec<Point> = Vec::new();
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) | PathEl::LineTo(p) => points.push(p),
            PathEl::QuadTo(a, p) => points.extend([a, p]),
            PathEl::CurveTo(a, b, p) => points.extend([a, b, p]),
            PathEl::ClosePath => {}
        }
    }
    if at_start {
        points.reverse();
    }
    let end = *points.last()?;
    let before = points.iter().rev().find(|p| p.distance(end) > 1e-3)?;
    let way = if at_start {
        *before - end
    } else {
        end - *before
    };
    Some((end, way.atan2()))
}

pub fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    words
        .filter_map(|word| word.parse().ok())
        .filter(|number: &f64| number.is_finite())
        .collect()
}

/// What stands in the brackets behind a word, if they end the value.
pub fn inside<'v>(value: &'v str, word: &str) -> Option<&'v str> {
    value.strip_prefix(word)?.strip_suffix(')')
}

/// Cut at the commas that stand in no brackets.
pub fn apart(text: &str) -> Vec<String> {
    let mut res = vec![String::new()];
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        match (c, depth, res.last_mut()) {
            (',', 0, _) => res.push(String::new()),
            (_, _, Some(last)) => last.push(c),
            _ => {}
        }
    }
    res.iter().map(|part| part.trim().to_string()).collect()
}

/// How much a selector weighs: its classes, then its elements. What stands in
/// `:is()` weighs as its first word, of which our style sheet has equal ones.
fn weight(selector: &str) -> usize {
    let mut bare = String::new();
    let mut in_list = false;
    for c in selector.chars() {
        match c {
            '(' => in_list = false,
            ',' => in_list = true,
            ')' => in_list = false,
            _ if in_list => {}
            _ => bare.push(c),
        }
    }
    let classes = bare.matches(['.', '[']).count();
    let words = bare.split([' ', '>', ':']).map(str::trim);
    let elements = words
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter(|word| !matches!(*word, "is" | "not"))
        .count();
    classes * 100 + elements
}
