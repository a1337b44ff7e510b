//! What a part of a drawing says of itself, as far as it is let through.

use roxmltree::Node;

use super::super::PREFIX;

/// Classes that `templates/diagram.css` knows. Names that end in a number may
/// have any number.
const CLASSES: &[&str] = &[
    "node",
    "cluster",
    "cluster-label",
    "note-cluster",
    "edgeLabel",
    "edgePaths",
    "edgeTerminals",
    "edge-thickness-thick",
    "edge-thickness-invisible",
    "edge-pattern-dashed",
    "edge-pattern-dotted",
    "note-edge",
    "divider",
    "row-rect-odd",
    "row-rect-even",
    "name",
    "label",
    "label-group",
    "annotation-group",
    "members-group",
    "methods-group",
    "attribute-keys",
    "statediagram-note",
    "statediagram-cluster",
    "state-start",
    "outer",
    "inner",
    "fork-join",
    "marker",
    "aggregation",
    "extension",
    "zeroOrOne",
    "zeroOrMore",
    "lollipop",
    "cross",
    "actor",
    "actor-line",
    "actor-man",
    "note",
    "noteText",
    "loopLine",
    "labelBox",
    "labelText",
    "loopText",
    "sectionTitle",
    "messageLine0",
    "messageLine1",
    "rect",
    "grid",
    "tick",
    "task",
    "milestone",
    "taskText",
    "section-root",
    "titleText",
    "node-bkg",
    "lineWrapper",
    "branch",
    "branchLabel",
    "branchLabelBkg",
    "commit-label",
    "commit-label-bkg",
    "tag-label-bkg",
    "data-point",
    "section",
    "taskTextOutsideLeft",
    "taskTextOutsideRight",
    "onlyOne",
    "oneOrMore",
    "arrow",
    "commit",
    "commit-merge",
    "tag-hole",
    "milestoneText",
    "exclude-range",
    "vert",
    "vertText",
];

/// Classes that say which of several series, branches or sections something is.
const NUMBERED: &[&str] = &[
    "activation",
    "section-",
    "section-edge-",
    "section",
    "commit",
    "arrow",
    "label",
    "branch",
    "branch-label",
    "done",
    "active",
    "crit",
    "doneText",
    "activeText",
];

/// Attributes that say where something stands and how large it is.
pub const PLACES: &[&str] = &[
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "width",
    "height",
    "transform",
    "dx",
    "dy",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "orient",
];

/// A number among its attributes, 0 if there is none.
pub fn number_of(node: Node, name: &str) -> f64 {
    let value = node.attribute(name).and_then(|value| value.parse().ok());
    value.filter(|value: &f64| value.is_finite()).unwrap_or(0.0)
}

/// Whether it has this class.
pub fn has_class(node: Node, name: &str) -> bool {
    let class = node.attribute("class").unwrap_or_default();
    class.split_ascii_whitespace().any(|class| class == name)
}

/// The classes of an element that our style sheet knows.
pub fn classes(node: Node) -> String {
    let mut res: Vec<&str> = Vec::new();
    for class in node
        .attribute("class")
        .unwrap_or_default()
        .split_ascii_whitespace()
    {
        let stem = class.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_known = CLASSES.contains(&class)
            || stem.len() < class.len() && NUMBERED.contains(&stem)
            || class == "section--1";
        if is_known && !res.contains(&class) {
            res.push(class);
        }
    }
    // Other parts of a page have notes, sections and labels too.
    res.iter()
        .map(|class| format!("m-{class}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A declaration of an element's `style`, without `!important`.
pub fn style_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let style = node.attribute("style")?;
    let declarations = style.rsplit(';').filter_map(|part| part.split_once(':'));
    declarations
        .filter(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim().trim_end_matches("!important").trim_end())
        .next()
}

/// The size of its type, if it says one.
pub fn size_of(node: Node) -> Option<f64> {
    let size = style_of(node, "font-size").or_else(|| node.attribute("font-size"))?;
    let size: f64 = size.trim_end_matches("px").parse().ok()?;
    (1.0..=200.0).contains(&size).then_some(size)
}

/// Which part of its words stands at its place, if it says so.
pub fn anchor_of<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let anchor = style_of(node, "text-anchor").or_else(|| node.attribute("text-anchor"));
    anchor.filter(|anchor| matches!(*anchor, "start" | "middle" | "end"))
}

/// Whether its words are bold.
pub fn is_bold(node: Node) -> bool {
    let weight = style_of(node, "font-weight").or_else(|| node.attribute("font-weight"));
    matches!(weight, Some("bold" | "bolder" | "600" | "700"))
}

/// Whether one sees anything of it.
pub fn is_seen(node: Node) -> bool {
    let is = |name: &str, value: &str| style_of(node, name) == Some(value);
    let is_nothing = ["width", "height"].map(|name| node.attribute(name));
    let is_hidden = is("opacity", "0")
        || is("display", "none")
        || is("visibility", "hidden")
        || node.has_tag_name("rect") && is_nothing.contains(&Some("0"))
        || node.has_tag_name("line") && is_point(node);
    !is_hidden
}

/// Whether a line only carries a mark.
fn is_point(node: Node) -> bool {
    let at = |name: &str| node.attribute(name);
    at("x1") == at("x2") && at("y1") == at("y2")
}

/// Numbers, units and the words of transformations and paths.
pub fn is_plain(value: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || " \n\t.,+-()%".contains(c);
    value.chars().all(is_fine) && !value.contains("NaN")
}

/// How far it is moved to the right.
pub fn moved_to(node: Node) -> f64 {
    let at = node.attribute("transform").unwrap_or_default();
    let x = at.trim_start_matches("translate(").split([',', ')']).next();
    let x: Option<f64> = x.and_then(|x| x.trim().parse().ok());
    x.filter(|x| x.is_finite()).unwrap_or(0.0)
}

/// Whether it is moved by nothing.
pub fn is_nowhere(name: &str, value: &str) -> bool {
    name == "transform" && matches!(value, "translate(0,0)" | "translate(0, 0)" | "")
}

/// Whether the name of a commit is one that its author did not give: `3-7037f0b`.
pub fn is_made_up(name: &str) -> bool {
    name.split_once('-').is_some_and(|(number, hash)| {
        number.parse::<u32>().is_ok()
            && hash.len() == 7
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Text in one line.
pub fn plain(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != PREFIX) {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !res.ends_with(' ') {
            res.push(c);
        }
    }
    res
}

/// Numbers with at most two digits behind the point.
pub fn rounded(value: &str) -> String {
    let mut res = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(point) = rest.find('.') {
        let digits = rest[point + 1..]
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len() - point - 1);
        let end = point + 1 + digits;
        let start = rest[..point]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + 1);
        match rest[start..end].parse::<f64>() {
            Ok(number) if digits > 2 => {
                res += &rest[..start];
                let number = format!("{number:.2}");
                res += number.trim_end_matches('0').trim_end_matches('.');
            }
            _ => res += &rest[..end],
        }
        rest = &rest[end..];
    }
    res + rest
}
