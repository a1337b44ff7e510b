//! Where the parts of each layout stand, for forms that know no style sheet.
//!
//! `themes/places.yaml` says it for all themes; a file of the same name beside a
//! theme's `theme.yaml` says what is otherwise there, field by field.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::yaml;

/// Layouts, grounds and marks of a theme.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Places {
    /// The colours of each ground, by name.
    pub grounds: BTreeMap<String, Ground>,
    /// What stands at the foot of every slide, by name.
    pub feet: BTreeMap<String, Part>,
    /// The layouts in the order in which they are offered.
    pub layouts: Vec<Layout>,
    /// Lines along which a shape may be torn.
    pub edges: BTreeMap<String, Edge>,
    /// Distance of the letters of display type, in sizes of type.
    pub track: Option<f64>,
    /// How a timeline is drawn.
    pub timeline: Option<Timeline>,
    /// What stands in front of the items of a list.
    pub bullet: Option<Bullet>,
}

/// The colours of a ground, as names of the palette.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The ground itself.
    pub bg: String,
    /// Text.
    pub fg: String,
    /// Secondary text.
    pub soft: String,
    /// The accent as text.
    pub mark: String,
    /// The accent as a shape or as large type.
    pub spot: String,
}

/// A layout or a variant of one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// The name of one of ours, with what makes it a variant behind it.
    pub id: String,
    /// What people read.
    pub name: Option<String>,
    /// The layout it is like but for what is said here.
    pub like: Option<String>,
    /// What it stands on: a name of [`Places::grounds`].
    pub ground: Option<String>,
    /// The colour behind everything, if it is not that of the ground.
    pub back: Option<String>,
    /// Its rows from top to bottom.
    pub rows: Option<Vec<Row>>,
    /// Room above the first row.
    pub top: Option<f64>,
    /// Room below the last row.
    pub bottom: Option<f64>,
    /// Room between rows, if it is not the usual one.
    pub gap: Option<f64>,
    /// What stands at its foot.
    pub foot: Option<Foot>,
    /// Its parts by name.
    pub parts: BTreeMap<String, Part>,
    /// What is drawn below the parts.
    pub shapes: Option<Vec<Shape>>,
}

/// How high a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// As high as what stands in it.
    Auto,
    /// What the others leave.
    Fill,
}

/// What stands at the foot of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Foot {
    /// Number and text, or nothing.
    All(bool),
    /// The number alone.
    Number(Number),
}

/// The word `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Number {
    /// The only one.
    Number,
}

/// A size of type.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Size {
    /// In slide units; smaller on a narrower slide.
    Units(f64),
    /// `body`, `head`, `display`, `figure`, `quote`.
    Word(String),
}

/// Where text is held in its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// At the top.
    #[default]
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

/// A part of a layout. What is not said is as usual.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Part {
    /// The first and the last row, from 1.
    pub rows: Option<[usize; 2]>,
    /// From one line of the grid to another.
    pub x: Option<[f64; 2]>,
    /// From top to bottom, instead of rows.
    pub y: Option<[f64; 2]>,
    /// The most it is wide.
    pub width: Option<f64>,
    /// Where its text is held.
    pub anchor: Option<Anchor>,
    /// `right` for text that ends at the right.
    pub align: Option<String>,
    /// Room above its text.
    pub above: Option<f64>,
    /// Room below its text.
    pub below: Option<f64>,
    /// How much nearer it stands to what is above.
    pub lift: Option<f64>,
    /// Size of its type.
    pub size: Option<Size>,
    /// The largest it may be.
    pub most: Option<f64>,
    /// Factor of that size.
    pub scale: Option<f64>,
    /// `display` or `text`.
    pub face: Option<String>,
    /// Whether it is bold.
    pub bold: Option<bool>,
    /// `fg`, `soft`, `mark` or `spot` of its ground.
    pub colour: Option<String>,
    /// The ground it stands on, if it is not that of the layout.
    pub ground: Option<String>,
    /// Distance of lines in sizes of type.
    pub line: Option<f64>,
    /// Distance of letters in sizes of type.
    pub track: Option<f64>,
    /// Columns that its text stands in.
    pub columns: Option<u8>,
    /// The most room that the rows of a list spread over: of one or two items for
    /// a body, of each item for a column.
    pub spread: Option<f64>,
}

/// Something drawn below the parts: an area, a rule or a letter.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shape {
    /// From one line of the grid to another.
    pub x: Option<[f64; 2]>,
    /// From top to bottom.
    pub y: Option<[f64; 2]>,
    /// The part it belongs to; without it nothing is drawn.
    pub of: Option<String>,
    /// Parts it lies around.
    pub around: Vec<String>,
    /// How far it goes beyond: above, right, below, left.
    pub grow: Option<[f64; 4]>,
    /// `top` or `bottom`: only a rule there.
    pub side: Option<String>,
    /// How thick that rule is.
    pub thick: Option<f64>,
    /// A colour of the ground or of the palette.
    pub fill: String,
    /// How much of `fill` is mixed with `over`, in percent.
    pub part: Option<f64>,
    /// What it is mixed with.
    pub over: Option<String>,
    /// The line along which its right side is torn.
    pub edge: Option<String>,
    /// Its left side is, not its right one.
    pub turned: bool,
    /// That line runs from bottom to top.
    pub upside: bool,
    /// A letter instead of an area.
    pub text: Option<String>,
    /// How large that letter is.
    pub size: Option<f64>,
    /// Its line in sizes of type.
    pub line: Option<f64>,
}

/// A line along which a shape is torn, as a path of SVG from top to bottom whose
/// left side is straight.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// Width of the path.
    pub width: f64,
    /// Its height, which becomes that of the shape.
    pub height: f64,
    /// The path.
    pub path: String,
}

/// How a timeline is drawn.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// How thick its line is.
    pub line: f64,
    /// How large the mark of an entry is.
    pub dot: f64,
    /// Whether that mark is round.
    pub round: bool,
    /// The colour of the line.
    pub fill: String,
}

/// What stands in front of the items of a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bullet {
    /// The character.
    pub char: String,
    /// Its size in percent of the text's.
    pub scale: u32,
}

/// The places of one theme, without those of its parents.
#[derive(Debug, Clone)]
pub enum Written {
    /// Of a deck's own theme: read at once, for its author hears of faults.
    Read(Box<Places>),
    /// Of ours: read when they are asked for, which few exports do.
    Embedded(&'static str),
}

impl Written {
    /// What is written.
    pub fn places(&self) -> Places {
        match self {
            Written::Read(places) => Places::clone(places),
            Written::Embedded("") => Places::default(),
            Written::Embedded(text) => {
                read(text).expect("a test reads the places of every embedded theme")
            }
        }
    }
}

/// Reads a file of places.
pub fn read(text: &str) -> Result<Places, yaml::Fault> {
    yaml::from_str(text)
}

impl Places {
    /// Lays over them what a theme says otherwise.
    pub fn overlay(&mut self, other: Places) {
        self.grounds.extend(other.grounds);
        self.edges.extend(other.edges);
        self.track = other.track.or(self.track);
        self.timeline = other.timeline.or(self.timeline.take());
        self.bullet = other.bullet.or(self.bullet.take());
        merge_parts(&mut self.feet, other.feet);
        for layout in other.layouts {
            let known = self.layouts.iter_mut().find(|own| own.id == layout.id);
            match known {
                Some(own) => own.overlay(layout),
                None => {
                    // A variant stands behind the layout it is one of.
                    let stem = layout.like.clone().unwrap_or_default();
                    let at = self.layouts.iter().position(|own| own.id == stem);
                    let at = at.map_or(self.layouts.len(), |at| at + 1);
                    self.layouts.insert(at, layout);
                }
            }
        }
    }

    /// The layout of this name with all that it has from others.
    pub fn layout(&self, id: &str) -> Option<Layout> {
        let mut chain = Vec::new();
        let mut next = Some(id.to_string());
        while let Some(id) = next.take().filter(|_| chain.len() < 4) {
            let found = self.layouts.iter().find(|layout| layout.id == id)?;
            next = found.like.clone();
            chain.push(found.clone());
        }
        let mut res = Layout::default();
        for layout in chain.into_iter().rev() {
            res.overlay(layout);
        }
        let mut feet = match res.foot {
            Some(Foot::All(false)) => BTreeMap::new(),
            _ => self.feet.clone(),
        };
        if matches!(res.foot, Some(Foot::Number(_))) {
            feet.remove("footer");
        }
        let mine = res.parts.clone();
        merge_parts(&mut feet, mine);
        // What a theme says of a foot that is not there is nothing to show.
        feet.retain(|_, part| part.x.is_some());
        res.parts = feet;
        Some(res)
    }
}

impl Layout {
    fn overlay(&mut self, other: Layout) {
        self.id = other.id;
        self.name = other.name.or(self.name.take());
        self.like = other.like.or(self.like.take());
        self.ground = other.ground.or(self.ground.take());
        self.back = other.back.or(self.back.take());
        self.rows = other.rows.or(self.rows.take());
        self.top = other.top.or(self.top);
        self.bottom = other.bottom.or(self.bottom);
        self.gap = other.gap.or(self.gap);
        self.foot = other.foot.or(self.foot);
        self.shapes = other.shapes.or(self.shapes.take());
        merge_parts(&mut self.parts, other.parts);
    }
}

fn merge_parts(own: &mut BTreeMap<String, Part>, other: BTreeMap<String, Part>) {
    for (name, part) in other {
        own.entry(name).or_default().overlay(part);
    }
}

impl Part {
    fn overlay(&mut self, other: Part) {
        // A part stands in rows or at a height, not both.
        if other.y.is_some() {
            self.rows = None;
        } else if other.rows.is_some() {
            self.y = None;
        }
        self.rows = other.rows.or(self.rows);
        self.x = other.x.or(self.x);
        self.y = other.y.or(self.y);
        self.width = other.width.or(self.width);
        self.anchor = other.anchor.or(self.anchor);
        self.align = other.align.or(self.align.take());
        self.above = other.above.or(self.above);
        self.below = other.below.or(self.below);
        self.lift = other.lift.or(self.lift);
        self.size = other.size.or(self.size.take());
        self.most = other.most.or(self.most);
        self.scale = other.scale.or(self.scale);
        self.face = other.face.or(self.face.take());
        self.bold = other.bold.or(self.bold);
        self.colour = other.colour.or(self.colour.take());
        self.ground = other.ground.or(self.ground.take());
        self.line = other.line.or(self.line);
        self.track = other.track.or(self.track);
        self.columns = other.columns.or(self.columns);
        self.spread = other.spread.or(self.spread);
    }
}
