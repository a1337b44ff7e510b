//! What a paragraph is: by its style, by the styles that one is made from, and
//! by what the paragraph says of itself.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{attribute, children};
use crate::import::archive::{below, with_xml};

/// Styles made from styles, beyond which there is a circle.
const MAX_PARENTS: usize = 16;

/// Levels of lists in lists.
const MAX_LEVEL: u8 = 8;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    Title,
    /// With its level, 1 to 6.
    Heading(u8),
    /// With its level, from 0.
    Item {
        level: u8,
        is_numbered: bool,
    },
    Quote,
    Code,
    Caption,
    /// A line of the table of contents.
    Contents,
    Table,
    Picture,
    #[default]
    Text,
    /// A paragraph without words.
    Nothing,
}

/// The styles and numberings of a document.
#[derive(Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    /// Whether a level of a numbering counts, by its number and the level.
    counts: BTreeMap<(String, u8), bool>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    role: Option<Role>,
    numbering: Option<String>,
    level: Option<u8>,
}

impl Styles {
    pub fn read(styles: &str, numbering: &str) -> Styles {
        let mut res = Styles::default();
        with_xml(styles, |xml| {
            for node in below(xml.root(), "style") {
                let id = attribute(node, "styleId")?.to_string();
                res.styles.insert(id, Style::read(node));
            }
            Some(())
        });
        with_xml(numbering, |xml| {
            res.read_numberings(xml.root());
            Some(())
        });
        res
    }

    fn read_numberings(&mut self, root: Node) {
        let mut kinds: BTreeMap<&str, Vec<(u8, bool)>> = BTreeMap::new();
        for kind in below(root, "abstractNum") {
            let levels = children(kind, "lvl").filter_map(|level| {
                let format = children(level, "numFmt").next();
                let format = format.and_then(|format| attribute(format, "val"));
                let counts = !matches!(format, Some("bullet" | "none"));
                Some((attribute(level, "ilvl")?.parse().ok()?, counts))
            });
            if let Some(id) = attribute(kind, "abstractNumId") {
                kinds.insert(id, levels.collect());
            }
        }
        for number in below(root, "num") {
            let kind = children(number, "abstractNumId").next();
            let kind = kind.and_then(|kind| attribute(kind, "val"));
            let (Some(id), Some(levels)) = (
                attribute(number, "numId"),
                kind.and_then(|kind| kinds.get(kind)),
            ) else {
                continue;
            };
            for (level, counts) in levels {
                self.counts.insert((id.to_string(), *level), *counts);
            }
        }
    }

    /// What a paragraph is.
    pub fn role(&self, paragraph: Node) -> Role {
        let chain = self.chain(setting(paragraph, "pPr", "pStyle"));
        let own = outline(paragraph, "pPr");
        let role = own.or_else(|| chain.iter().find_map(|style| style.role));
        if let Some(role) = role {
            return role;
        }
        let numbers = below_properties(paragraph, "numPr");
        let value = |name| {
            let node = numbers.and_then(|numbers| children(numbers, name).next());
            node.and_then(|node| attribute(node, "val"))
        };
        let by_style = || chain.iter().find_map(|style| style.numbering.as_deref());
        let Some(id) = value("numId").or_else(by_style).filter(|id| *id != "0") else {
            return Role::Text;
        };
        let level = value("ilvl").and_then(|level| level.parse().ok());
        let level = level.or_else(|| chain.iter().find_map(|style| style.level));
        let level = level.unwrap_or(0).min(MAX_LEVEL);
        let is_numbered = self.counts.get(&(id.to_string(), level)).copied();
        Role::Item {
            level,
            is_numbered: is_numbered.unwrap_or(false),
        }
    }

    /// A style and those it is made from.
    fn chain(&self, id: Option<&str>) -> Vec<&Style> {
        let mut next = id.and_then(|id| self.styles.get(id));
        let mut res = Vec::new();
        while let Some(style) = next.filter(|_| res.len() < MAX_PARENTS) {
            res.push(style);
            next = style.parent.as_ref().and_then(|id| self.styles.get(id));
        }
        res
    }
}

impl Style {
    fn read(node: Node) -> Style {
        let text = |name| {
            let child = children(node, name).next();
            child
                .and_then(|child| attribute(child, "val"))
                .map(String::from)
        };
        let numbers = below_properties(node, "numPr");
        let number = |name| {
            let child = numbers.and_then(|numbers| children(numbers, name).next());
            child.and_then(|child| attribute(child, "val"))
        };
        let name = text("name").unwrap_or_default();
        Style {
            parent: text("basedOn"),
            role: by_name(&name).or_else(|| outline(node, "pPr")),
            numbering: number("numId").map(String::from),
            level: number("ilvl").and_then(|level| level.parse().ok()),
        }
    }
}

/// Built-in styles have these names whatever language the program speaks.
fn by_name(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    let level = || name.strip_prefix("heading ")?.parse().ok();
    if let Some(level) = level() {
        return Some(heading(level));
    }
    match name.as_str() {
        "title" => Some(Role::Title),
        "caption" => Some(Role::Caption),
        "quote" | "intense quote" | "block text" => Some(Role::Quote),
        "html preformatted" | "plain text" | "macro" | "code" | "source code"
        | "preformatted text" => Some(Role::Code),
        "toc heading" | "table of figures" | "index heading" => Some(Role::Contents),
        _ if name.starts_with("toc ") || name.starts_with("index ") => Some(Role::Contents),
        _ => None,
    }
}

fn heading(level: u8) -> Role {
    Role::Heading(level.clamp(1, 6))
}

/// The level in the outline, which makes a heading of any paragraph; 9 is text.
fn outline(node: Node, properties: &'static str) -> Option<Role> {
    let level = number(node, properties, "outlineLvl")?;
    (level < 9).then(|| heading(level as u8 + 1))
}

fn below_properties<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(children(node, "pPr").next()?, name).next()
}

/// The value of a property; that of one without a value is empty.
pub fn setting<'a>(
    node: Node<'a, '_>,
    properties: &'static str,
    name: &'static str,
) -> Option<&'a str> {
    let properties = children(node, properties).next()?;
    let property = children(properties, name).next()?;
    Some(attribute(property, "val").unwrap_or_default())
}

/// Whether a property that is on or off is on.
pub fn has(node: Node, properties: &'static str, name: &'static str) -> bool {
    setting(node, properties, name).is_some_and(|value| !matches!(value, "0" | "false" | "off"))
}

/// A property that is a number.
pub fn number(node: Node, properties: &'static str, name: &'static str) -> Option<usize> {
    setting(node, properties, name)?.parse().ok()
}
