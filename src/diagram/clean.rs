//! From a drawing as merman writes it to one of ours: shapes, words, places and
//! the names our style sheet knows, and nothing else.
//!
//! This is a list of what is let through, so that no script, address, style
//! sheet or foreign element can come along, whatever a diagram holds. All
//! colours go, but for those that an author gave to a node or line by name;
//! the theme's come from the style sheet.

use roxmltree::{Document, Node};

use super::{BASE, Drawing, Kind, PREFIX, SERIES};
use crate::escape::escape;
use crate::measure::{self, Weight};
use crate::palette::Rgb;

mod part;

use part::{
    PLACES, anchor_of, classes, has_class, is_bold, is_made_up, is_nowhere, is_plain, is_seen,
    moved_to, number_of, plain, rounded, size_of, style_of,
};

/// Our drawing of merman's, whose usual type has this size; `None` if it is none.
pub fn clean(svg: &str, size: u32) -> Option<Drawing> {
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    let numbers: Vec<f64> = root
        .attribute("viewBox")?
        .split([' ', ','])
        .filter_map(|number| number.parse().ok())
        .filter(|number: &f64| number.is_finite() && number.abs() < 1e6)
        .collect();
    let [x, y, width, height] = numbers.as_slice() else {
        return None;
    };
    let kind = Kind::of(root.attribute("aria-roledescription")?)?;
    let mut writer = Writer {
        kind,
        size,
        out: String::new(),
        words: Vec::new(),
        least: f64::INFINITY,
        markers: Vec::new(),
        depth: 0,
        width: *width,
        axis_end: f64::NEG_INFINITY,
        axis_word: String::new(),
    };
    writer.children(root, Inherited::default());
    let defs = writer.defs(root);
    let said = |name: &str| {
        let found = root.children().find(|node| node.has_tag_name(name));
        found
            .and_then(|node| node.text())
            .unwrap_or_default()
            .trim()
            .to_string()
    };
    (*width > 0.0 && *height > 0.0).then(|| Drawing {
        kind,
        x: *x,
        y: *y,
        width: *width,
        height: *height,
        least: if writer.least.is_finite() {
            writer.least
        } else {
            f64::from(BASE)
        },
        title: said("title"),
        about: said("desc"),
        body: defs + &writer.out,
        words: writer.words,
    })
}

struct Writer {
    kind: Kind,
    size: u32,
    out: String,
    words: Vec<String>,
    /// The smallest type.
    least: f64,
    /// Names of the arrow heads that are used, in the order of their first use.
    markers: Vec<String>,
    /// Labels within labels.
    depth: usize,
    /// The width of the whole drawing.
    width: f64,
    /// Up to where the words of a time axis reach.
    axis_end: f64,
    /// What is written there: a week says no month that the one before has said.
    axis_word: String,
}

/// What an element takes over from those around it.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    size: Option<f64>,
    anchor: Option<&'a str>,
    is_bold: bool,
}

impl Writer {
    fn children<'a>(&mut self, node: Node<'a, '_>, inherited: Inherited<'a>) {
        for child in node.children().filter(Node::is_element) {
            self.element(child, inherited);
        }
    }

    fn element<'a>(&mut self, node: Node<'a, '_>, inherited: Inherited<'a>) {
        let name = node.tag_name().name();
        match name {
            // The line of today would stand at the day of the build; words on a line
            // have a rim in the colour of the ground, which fits them better than a box.
            _ if has_class(node, "today") || has_class(node, "background") => {}
            "g" | "a" | "svg" => self.group(node, inherited),
            "text" if has_class(node, "sequenceNumber") => self.number(node),
            "text" => self.text(node, inherited),
            // Words that once stood in a foreign element are kept in a list of
            // their own. Icons are no text, and no slide is clearer for them.
            "use" => {
                let id = node
                    .attribute("href")
                    .and_then(|href| href.strip_prefix('#'));
                let labels = node.document().descendants().filter(|other| {
                    other.attribute("id") == id
                        && other.descendants().any(|inner| inner.has_tag_name("text"))
                });
                if id.is_some()
                    && let Some(label) = labels.into_iter().next()
                    && self.depth < 2
                {
                    self.depth += 1;
                    self.element(label, inherited);
                    self.depth -= 1;
                }
            }
            "rect" if has_class(node, "milestone") => self.diamond(node),
            "path" | "rect" | "circle" | "ellipse" | "line" | "polygon" | "polyline"
                if is_seen(node) =>
            {
                let attributes = self.attributes(node);
                self.out += &format!("<{name}{attributes}/>");
            }
            _ => {}
        }
    }

    /// A group, unless it is empty; without its tags if these say nothing.
    fn group<'a>(&mut self, node: Node<'a, '_>, inherited: Inherited<'a>) {
        let is_nameless = |text: Node| is_made_up(text.text().unwrap_or_default());
        let mut labels = node
            .children()
            .filter(|child| has_class(*child, "commit-label"));
        if self.kind == Kind::Git && labels.any(is_nameless) {
            return;
        }
        if has_class(node, "tick") {
            return self.tick(node);
        }
        let inherited = Inherited {
            size: size_of(node).or(inherited.size),
            anchor: anchor_of(node).or(inherited.anchor),
            is_bold: inherited.is_bold || is_bold(node),
        };
        let mut attributes = self.attributes(node);
        let is_on_line = has_class(node, "label")
            && node
                .parent()
                .is_some_and(|parent| has_class(parent, "edgeLabel"));
        let inherited = match self.kind {
            // The crate moves these labels to the left and centres them as well.
            Kind::Class if is_on_line => Inherited {
                anchor: Some("start"),
                ..inherited
            },
            Kind::Entity if is_on_line => {
                attributes = " transform=\"translate(0, -8.5)\"".into();
                inherited
            }
            _ => inherited,
        };
        if let Some(ink) = self.ink_on(node) {
            attributes += &format!(" style=\"--fg:{ink}\"");
        }
        let start = self.out.len();
        if !attributes.is_empty() {
            self.out += &format!("<g{attributes}>");
        }
        let inside = self.out.len();
        self.children(node, inherited);
        if self.out.len() == inside {
            self.out.truncate(start);
        } else if !attributes.is_empty() {
            self.out += "</g>";
        }
    }

    fn text<'a>(&mut self, node: Node<'a, '_>, inherited: Inherited<'a>) {
        let mut rows = Vec::new();
        let inner = self.rows(node, &mut rows);
        let rows = rows.iter().flat_map(|row| row.split_whitespace());
        let said = rows.collect::<Vec<_>>().join(" ");
        if said.is_empty() || self.kind == Kind::Git && is_made_up(&said) {
            return;
        }
        let tspan = node.descendants().find(|inner| inner.has_tag_name("tspan"));
        let size = size_of(node).or(tspan.and_then(size_of)).or(inherited.size);
        let size = size.unwrap_or(f64::from(self.size));
        self.least = self.least.min(size);
        let mut attributes = self.attributes(node);
        let is_moved = self.kind == Kind::Class && inherited.anchor == Some("start");
        let anchor = anchor_of(node).filter(|_| !is_moved).or(inherited.anchor);
        if let Some(anchor) = anchor.filter(|anchor| *anchor != "start") {
            attributes += &format!(" text-anchor=\"{anchor}\"");
        }
        if let Some(line @ ("central" | "middle" | "hanging" | "text-before-edge")) = node
            .attribute("dominant-baseline")
            .or_else(|| style_of(node, "dominant-baseline"))
        {
            attributes += &format!(" dominant-baseline=\"{line}\"");
        }
        if (size - f64::from(BASE)).abs() > 0.01 {
            attributes += &format!(" font-size=\"{}\"", rounded(&size.to_string()));
        }
        if inherited.is_bold || is_bold(node) {
            attributes += " font-weight=\"600\"";
        }
        self.out += &format!("<text{attributes}>{inner}</text>");
        self.words.push(said);
    }

    /// What stands in a text: words, and lines with a place of their own.
    fn rows(&mut self, node: Node, said: &mut Vec<String>) -> String {
        let mut res = String::new();
        for child in node.children() {
            if child.is_text() {
                let plain = plain(child.text().unwrap_or_default());
                escape(&mut res, &plain);
                match said.last_mut() {
                    Some(row) => row.push_str(&plain),
                    None => said.push(plain),
                }
            } else if child.has_tag_name("tspan") {
                let mut attributes = self.attributes(child);
                let is_row = !attributes.is_empty();
                if is_row {
                    said.push(String::new());
                }
                if is_bold(child) {
                    attributes += " font-weight=\"600\"";
                }
                if child.attribute("alignment-baseline") == Some("central") {
                    attributes += " dominant-baseline=\"central\"";
                }
                if child.attribute("font-style") == Some("italic") {
                    attributes += " font-style=\"italic\"";
                }
                let inner = self.rows(child, said);
                match (inner.is_empty(), attributes.is_empty()) {
                    (true, _) => {}
                    (false, true) => res += &inner,
                    (false, false) => res += &format!("<tspan{attributes}>{inner}</tspan>"),
                }
            }
        }
        res
    }

    /// A line of a time axis. The crate's words are small; in our size some of
    /// them are left out, so that none lies on another.
    fn tick(&mut self, node: Node) {
        let x = moved_to(node);
        let start = node.parent().map_or(0.0, moved_to);
        let words = node.children().find(|child| child.has_tag_name("text"));
        let words = plain(words.and_then(|words| words.text()).unwrap_or_default());
        let half = measure::width(&words, f64::from(BASE), Weight::Regular) / 2.0;
        let place = self.attributes(node);
        self.out += &format!("<g{place}>");
        for line in node.children().filter(|child| child.has_tag_name("line")) {
            self.element(line, Inherited::default());
        }
        let is_inside = start + x - half >= 0.0 && start + x + half <= self.width;
        if is_inside && x - half > self.axis_end && words != self.axis_word {
            self.axis_end = x + half + f64::from(BASE) * 0.6;
            self.axis_word.clone_from(&words);
            self.out += "<text y=\"8\" dy=\"1em\" text-anchor=\"middle\">";
            escape(&mut self.out, &words);
            self.out += "</text>";
        }
        self.out += "</g>";
    }

    /// The number of a message. The crate's circle has room for one small figure.
    fn number(&mut self, node: Node) {
        let (x, y) = (number_of(node, "x"), number_of(node, "y") - 4.0);
        let text = plain(node.text().unwrap_or_default());
        let at = rounded(&format!("{x} {y}"));
        let (x, y) = at.split_once(' ').unwrap_or_default();
        self.out += &format!(
            "<circle class=\"m-count\" cx=\"{x}\" cy=\"{y}\" r=\"10\"/><text class=\"m-count\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" dominant-baseline=\"central\">"
        );
        escape(&mut self.out, text.trim());
        self.out += "</text>";
    }

    /// A milestone: a square that merman's style sheet would turn.
    fn diamond(&mut self, node: Node) {
        let number = |name: &str| number_of(node, name);
        let half = number("height") * 0.54;
        let (x, y) = (
            number("x") + number("width") / 2.0,
            number("y") + number("height") / 2.0,
        );
        let class = classes(node);
        let points = format!(
            "{},{y} {x},{} {},{y} {x},{}",
            x - half,
            y - half,
            x + half,
            y + half
        );
        self.out += &format!(
            "<polygon class=\"{class}\" points=\"{}\"/>",
            rounded(&points)
        );
    }

    /// What of an element's attributes is kept.
    fn attributes(&mut self, node: Node) -> String {
        let mut res = String::new();
        let class = classes(node);
        if !class.is_empty() {
            res += &format!(" class=\"{class}\"");
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value().trim());
            if PLACES.contains(&name) && is_plain(value) && !is_nowhere(name, value) {
                res += &format!(" {name}=\"{}\"", rounded(value));
            } else if matches!(name, "marker-start" | "marker-end")
                // The ground of a message's number is drawn with it.
                && !value.contains("sequencenumber")
                && let Some(number) = self.marker(value)
            {
                res += &format!(" {name}=\"url(#{PREFIX}{number})\"");
            }
        }
        let paint = self.paint(node);
        if !paint.is_empty() {
            res += &format!(" style=\"{paint}\"");
        }
        res
    }

    /// The number of the arrow head that `url(#name)` means.
    fn marker(&mut self, value: &str) -> Option<usize> {
        let name = value.strip_prefix("url(#")?.strip_suffix(')')?;
        let known = self.markers.iter().position(|known| known == name);
        Some(known.unwrap_or_else(|| {
            self.markers.push(name.to_string());
            self.markers.len() - 1
        }))
    }

    /// Arrow heads that are used.
    fn defs(&mut self, root: Node) -> String {
        let names = std::mem::take(&mut self.markers);
        if names.is_empty() {
            return String::new();
        }
        let before = std::mem::take(&mut self.out);
        let markers = root
            .descendants()
            .filter(|node| node.has_tag_name("marker"));
        for node in markers {
            let id = node.attribute("id").unwrap_or_default();
            if let Some(number) = names.iter().position(|name| name == id) {
                let mut attributes = self.attributes(node);
                if !attributes.contains("class=") {
                    attributes += " class=\"m-marker\"";
                }
                if let Some(area) = node.attribute("viewBox").filter(|area| is_plain(area)) {
                    attributes += &format!(" viewBox=\"{area}\"");
                }
                // These grow with their line, and ours is twice as thick.
                if self.kind == Kind::Entity && !attributes.contains("markerUnits") {
                    attributes += " markerUnits=\"userSpaceOnUse\"";
                }
                self.out += &format!("<marker id=\"{PREFIX}{number}\"{attributes}>");
                self.children(node, Inherited::default());
                self.out += "</marker>";
            }
        }
        let res = format!("<defs>{}</defs>", self.out);
        self.out = before;
        res
    }

    /// Colours that stay: none at all, those of series, and an author's own.
    fn paint(&self, node: Node) -> String {
        let mut res = Vec::new();
        let is_text = matches!(node.tag_name().name(), "text" | "tspan");
        // Lines say `none` and leave it to the style sheet; of a sketched box the
        // outline and the ground are two paths.
        let is_path = node.has_tag_name("path");
        let is_line = node.has_tag_name("line");
        for name in ["fill", "stroke"] {
            let own = style_of(node, name);
            let value = own.or_else(|| node.attribute(name)).unwrap_or_default();
            let series = SERIES
                .iter()
                .position(|colour| colour.eq_ignore_ascii_case(value));
            if let Some(number) = series {
                res.push(format!("{name}:var(--s{})", number % 6 + 1));
            } else if value == "none"
                && !is_text
                && !is_line
                && (own.is_some() || name == "fill" || is_path)
            {
                res.push(format!("{name}:none"));
            } else if let Some(colour) = own.and_then(Rgb::parse).filter(|_| self.is_own(node)) {
                res.push(format!("{name}:{}", colour.css()));
            }
        }
        if is_text
            && self.kind.has_styles()
            && let Some(colour) = style_of(node, "color").and_then(Rgb::parse)
        {
            res.push(format!("fill:{}", colour.css()));
        }
        res.join(";")
    }

    /// Whether a colour in an element's `style` is an author's: the crate writes
    /// its own for kinds of diagrams that have no styles.
    fn is_own(&self, node: Node) -> bool {
        self.kind.has_styles() && !node.ancestors().any(|node| node.has_tag_name("marker"))
    }

    /// The colour of words on a node that its author filled.
    fn ink_on(&self, node: Node) -> Option<&'static str> {
        let is_box = has_class(node, "node") || has_class(node, "cluster");
        if !is_box || !self.kind.has_styles() {
            return None;
        }
        let ground = node
            .descendants()
            .filter(|inner| !matches!(inner.tag_name().name(), "text" | "tspan" | "g"))
            .find_map(|inner| Rgb::parse(style_of(inner, "fill")?))?;
        let [dark, light] = ["#111111", "#ffffff"];
        let contrast = |ink: &str| Rgb::parse(ink).map_or(0.0, |ink| ink.contrast(ground));
        Some(if contrast(dark) >= contrast(light) {
            dark
        } else {
            light
        })
    }
}
