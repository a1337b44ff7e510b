//! Diagrams: a fence of Mermaid becomes a [`Diagram`], and a diagram becomes SVG.
//!
//! A crate lays them out; what is ours is how they look: in the theme's colours
//! and faces, as large as their room allows, and safe. A pie becomes a chart of
//! our own, because that is what it is.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::chart::{self, in_fence};
use crate::deck::chart::Room;
use crate::deck::diagram::Diagram;
use crate::deck::{Attrs, Block, BlockKind, Deck};
use crate::diag::Diagnostics;
use crate::source::{Sources, Span};

#[cfg(feature = "mermaid")]
mod clean;
#[cfg(feature = "mermaid")]
mod draw;
mod figure;

pub use figure::{CSS, alternative, figure};

/// The word of a diagram's fence.
pub const NAME: &str = "mermaid";

/// A diagram longer than this, in bytes, is refused: no slide shows it.
const MAX_BYTES: usize = 20_000;

/// Drawings kept at once.
const MAX_KEPT: usize = 500;

/// Size of type in a drawing's own units.
const BASE: u32 = 16;

/// Type on a slide that can be read from the last row, in slide units; a
/// drawing that comes smaller is tried with less room between its parts.
pub const READABLE: f64 = 20.0;

/// Type so small, in slide units, that no other shape makes it readable; trying
/// them would only take time.
const HOPELESS: f64 = 6.0;

/// Type on a slide is no larger than this: that of the text around it.
const LARGEST: f64 = 26.0;

/// Colours that stand for those of series until the style sheet gives them.
#[cfg(feature = "mermaid")]
const SERIES: [&str; 6] = [
    "#a10001", "#a10002", "#a10003", "#a10004", "#a10005", "#a10006",
];

/// Holds the place of the part of an `id` that only the slide knows. It stands
/// for nothing in Unicode.
const PREFIX: char = '\u{fdd4}';

/// Keys in the braces behind the fence.
pub const KEYS: [&str; 3] = ["title", "alt", "width"];

/// Why a diagram cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the text that are meant; empty if all of it is.
    pub at: Range<usize>,
    /// What is wrong: one sentence in lower case, without a full stop.
    pub words: String,
}

impl Fault {
    fn whole(words: impl Into<String>) -> Self {
        Fault {
            at: 0..0,
            words: words.into(),
        }
    }
}

/// The kinds of diagrams that are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Boxes and arrows.
    Flowchart,
    /// Who says what to whom, from top to bottom.
    Sequence,
    /// Classes and how they are related.
    Class,
    /// States and what leads from one to the next.
    State,
    /// Entities of a data model.
    Entity,
    /// Tasks over time.
    Gantt,
    /// Words around a word.
    Mindmap,
    /// What happened when.
    Timeline,
    /// Commits and branches.
    Git,
    /// Things by two measures.
    Quadrant,
    /// Bars and lines over two axes.
    Xy,
}

impl Kind {
    /// By the word with which the drawing says what it is.
    #[cfg(feature = "mermaid")]
    fn of(role: &str) -> Option<Kind> {
        Some(match role {
            "flowchart" | "flowchart-v2" | "graph" => Kind::Flowchart,
            "sequence" => Kind::Sequence,
            "class" | "classDiagram" => Kind::Class,
            "state" | "stateDiagram" => Kind::State,
            "er" | "erDiagram" => Kind::Entity,
            "gantt" => Kind::Gantt,
            "mindmap" => Kind::Mindmap,
            "timeline" => Kind::Timeline,
            "gitGraph" => Kind::Git,
            "quadrantChart" => Kind::Quadrant,
            "xychart" | "xychart-beta" => Kind::Xy,
            _ => return None,
        })
    }

    /// The class that a theme selects by.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Flowchart => "flowchart",
            Kind::Sequence => "sequence",
            Kind::Class => "class",
            Kind::State => "state",
            Kind::Entity => "er",
            Kind::Gantt => "gantt",
            Kind::Mindmap => "mindmap",
            Kind::Timeline => "timeline",
            Kind::Git => "git",
            Kind::Quadrant => "quadrant",
            Kind::Xy => "xy",
        }
    }

    /// What it is called in a text alternative.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Flowchart => "Flowchart",
            Kind::Sequence => "Sequence diagram",
            Kind::Class => "Class diagram",
            Kind::State => "State diagram",
            Kind::Entity => "Entity relationship diagram",
            Kind::Gantt => "Gantt chart",
            Kind::Mindmap => "Mind map",
            Kind::Timeline => "Timeline",
            Kind::Git => "Git graph",
            Kind::Quadrant => "Quadrant chart",
            Kind::Xy => "Chart",
        }
    }

    /// Whether an author can give colours to its parts.
    #[cfg(feature = "mermaid")]
    fn has_styles(self) -> bool {
        matches!(
            self,
            Kind::Flowchart | Kind::Class | Kind::State | Kind::Entity
        )
    }

    /// Whether it is drawn for the size of its room, and not only scaled to it.
    fn fills_room(self) -> bool {
        matches!(self, Kind::Gantt | Kind::Quadrant | Kind::Xy)
    }
}

/// How the crate is asked to lay a diagram out; sizes in the drawing's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shape {
    /// How much less room there is between the parts, from 0 to 2.
    pub close: u32,
    /// The width at which words of a box go on in the next line.
    pub wrap: u32,
    /// A mind map around its middle, not from top to bottom.
    pub radial: bool,
    /// From left to right, if the author left that open.
    pub lying: bool,
    /// Size of type.
    pub size: u32,
    /// Width of the room.
    pub width: u32,
    /// Height of the room.
    pub height: u32,
}

impl Default for Shape {
    fn default() -> Self {
        Shape {
            close: 0,
            wrap: 200,
            radial: true,
            lying: false,
            size: BASE,
            width: 800,
            height: 340,
        }
    }
}

/// A diagram drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// What it is.
    pub kind: Kind,
    /// Left edge, in its own units as all that follows.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// The smallest type in it.
    pub least: f64,
    /// Its title for those who cannot see it, if its author gave one.
    pub title: String,
    /// What its author says it shows.
    pub about: String,
    /// The texts in it, in the order in which they are drawn.
    pub words: Vec<String>,
    /// Its elements.
    pub body: String,
}

impl Drawing {
    /// Slide units for each of the drawing's in a room.
    pub fn scale(&self, room: Room) -> f64 {
        let wide = f64::from(room.width) / self.width;
        let high = f64::from(room.height) / self.height;
        wide.min(high)
            .min(LARGEST / self.least.max(f64::from(BASE)))
    }

    /// The smallest type on the slide, in slide units.
    pub fn least_on_slide(&self, room: Room) -> f64 {
        self.least * self.scale(room)
    }
}

/// The numbers of a pie.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// A line above it; may be empty.
    pub title: String,
    /// What its author says it shows; may be empty.
    pub alt: String,
    /// Names and numbers.
    pub parts: Vec<(String, f64)>,
}

type Drawn = Result<Rc<Drawing>, Fault>;

/// Diagrams already drawn, by their text and shape.
#[derive(Default)]
pub struct Diagrams {
    known: HashMap<(String, Shape), Drawn>,
    pies: HashMap<String, Result<Numbers, Fault>>,
}

impl Diagrams {
    /// The drawing that is largest in the diagram's room.
    pub fn drawing(&mut self, diagram: &Diagram) -> Drawn {
        let room = diagram.room;
        let mut best = self.drawn(&diagram.source, Shape::default())?;
        let is_hopeless = best.least_on_slide(room) < HOPELESS;
        for shape in shapes(best.kind, room) {
            let is_fine = !best.kind.fills_room() && best.least_on_slide(room) >= READABLE;
            if is_fine || is_hopeless {
                break;
            }
            // Whether a diagram can be drawn at all does not hang on the room.
            if let Ok(other) = self.drawn(&diagram.source, shape)
                && (best.kind.fills_room()
                    || other.least_on_slide(room) > best.least_on_slide(room) * 1.02)
            {
                best = other;
            }
        }
        Ok(best)
    }

    /// The smallest type of a diagram on its slide, in slide units.
    pub fn least(&mut self, diagram: &Diagram) -> f64 {
        match self.drawing(diagram) {
            Ok(drawing) => drawing.least_on_slide(diagram.room),
            Err(_) => READABLE,
        }
    }

    /// The direction in which a flowchart would be readable, if it is not the
    /// one that it has.
    pub fn better_direction(&mut self, diagram: &Diagram) -> Option<&'static str> {
        let (head, rest) = diagram.source.trim_start().split_once(['\n', ';'])?;
        let mut words = head.split_whitespace();
        let (kind, direction) = (words.next()?, words.next().unwrap_or("TB"));
        let better = match direction {
            "LR" | "RL" => "TB",
            _ => "LR",
        };
        let is_hopeless = self.least(diagram) < HOPELESS;
        if is_hopeless || !matches!(kind, "flowchart" | "graph") || words.next().is_some() {
            return None;
        }
        let turned = Diagram {
            source: format!("{kind} {better}\n{rest}"),
            ..diagram.clone()
        };
        (self.least(&turned) >= READABLE).then_some(better)
    }

    /// The numbers of a pie.
    fn pie(&mut self, text: &str) -> Result<Numbers, Fault> {
        match self.pies.get(text) {
            Some(known) => known.clone(),
            None => {
                let read = pie(text);
                self.pies.insert(text.to_string(), read.clone());
                read
            }
        }
    }

    fn drawn(&mut self, text: &str, shape: Shape) -> Drawn {
        let key = (text.to_string(), shape);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        if self.known.len() >= MAX_KEPT {
            self.known.clear();
            self.pies.clear();
        }
        let drawn = draw(text, &shape).map(Rc::new);
        self.known.insert(key, drawn.clone());
        drawn
    }
}

/// Other shapes that a diagram may have if the first one is too small for its
/// room, the nicest first.
fn shapes(kind: Kind, room: Room) -> Vec<Shape> {
    let usual = Shape::default();
    // At this scale type comes out a little larger than it must.
    let own = |units: u32| (f64::from(units * BASE) / (READABLE + 1.0)) as u32;
    match kind {
        Kind::Gantt | Kind::Quadrant | Kind::Xy => vec![Shape {
            width: own(room.width),
            height: own(room.height),
            ..usual
        }],
        Kind::Mindmap => vec![
            Shape {
                radial: false,
                ..usual
            },
            Shape {
                close: 2,
                wrap: 140,
                ..usual
            },
            Shape {
                close: 2,
                wrap: 140,
                radial: false,
                ..usual
            },
        ],
        // Its boxes are of one width, whatever stands in them.
        Kind::Timeline => vec![Shape { size: 20, ..usual }, Shape { size: 24, ..usual }],
        Kind::Sequence => vec![
            Shape { close: 1, ..usual },
            Shape { close: 2, ..usual },
            Shape {
                close: 2,
                wrap: 120,
                ..usual
            },
        ],
        Kind::Git => Vec::new(),
        Kind::Flowchart | Kind::Class | Kind::State | Kind::Entity => {
            let close = Shape { close: 2, ..usual };
            vec![
                Shape {
                    lying: true,
                    ..usual
                },
                Shape { wrap: 120, ..usual },
                close,
                Shape {
                    lying: true,
                    ..close
                },
                Shape { wrap: 110, ..close },
                Shape {
                    wrap: 110,
                    lying: true,
                    ..close
                },
            ]
        }
    }
}

fn too_long() -> Fault {
    Fault::whole(format!("it is longer than {MAX_BYTES} characters"))
}

#[cfg(feature = "mermaid")]
fn draw(text: &str, shape: &Shape) -> Result<Drawing, Fault> {
    if text.len() > MAX_BYTES {
        return Err(too_long());
    }
    let svg = draw::draw(text, shape)?;
    clean::clean(&svg, shape.size).ok_or_else(|| Fault::whole("there is nothing to draw in it"))
}

#[cfg(feature = "mermaid")]
fn pie(text: &str) -> Result<Numbers, Fault> {
    if text.len() > MAX_BYTES {
        return Err(too_long());
    }
    draw::pie(text)
}

/// Without the feature `mermaid` diagrams stay as they are written.
#[cfg(not(feature = "mermaid"))]
fn draw(_: &str, _: &Shape) -> Result<Drawing, Fault> {
    Err(too_long())
}

#[cfg(not(feature = "mermaid"))]
fn pie(_: &str) -> Result<Numbers, Fault> {
    Err(too_long())
}

/// Makes diagrams of all blocks of a deck that ask for it and can be drawn.
pub fn fill(diags: &mut Diagnostics, sources: &Sources, deck: &mut Deck, known: &mut Diagrams) {
    // Without the drawing crate a fence stays what it is, and `check` says so.
    if !cfg!(feature = "mermaid") {
        return;
    }
    let mut reader = Reader {
        diags,
        sources,
        known,
    };
    for slide in &mut deck.slides {
        reader.blocks(&mut slide.blocks);
    }
}

struct Reader<'a> {
    diags: &'a mut Diagnostics,
    sources: &'a Sources,
    known: &'a mut Diagrams,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Code(code) if code.lang == NAME => self.fence(block),
                BlockKind::Group { body, .. } | BlockKind::Quote(body) => self.blocks(body),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks);
                    }
                }
                _ => {}
            }
        }
    }

    /// A fence becomes a diagram or a chart. What cannot be drawn is shown as it
    /// is written, and has been told of.
    fn fence(&mut self, block: &mut Block) {
        let BlockKind::Code(code) = &mut block.kind else {
            return;
        };
        let text = std::mem::take(&mut code.text);
        let fault = if first_word(&text) == "pie" {
            match self.known.pie(&text) {
                Ok(numbers) => {
                    code.lang = chart::NAME.into();
                    code.text = table_of(&numbers);
                    for (key, value) in [("title", &numbers.title), ("alt", &numbers.alt)] {
                        if !value.is_empty() && block.attrs.get(key).is_none() {
                            block.attrs.pairs.push((key.into(), value.clone()));
                        }
                    }
                    block.attrs.keep_keys(|key| key != "type");
                    block.attrs.pairs.push(("type".into(), "pie".into()));
                    return;
                }
                Err(fault) => fault,
            }
        } else {
            match self.known.drawn(&text, Shape::default()) {
                Ok(_) => {
                    let diagram = self.diagram(text, block.span, &mut block.attrs);
                    block.kind = BlockKind::Diagram(Box::new(diagram));
                    return;
                }
                Err(fault) => fault,
            }
        };
        let at = self.place(block.span, &text, &fault.at);
        self.diags.bad_diagram(at, &fault.words);
        code.text = text;
        code.lang.clear();
    }

    fn diagram(&mut self, source: String, span: Span, attrs: &mut Attrs) -> Diagram {
        let mut res = Diagram {
            source,
            title: String::new(),
            alt: String::new(),
            percent: 100,
            room: Room::default(),
        };
        for (key, value) in std::mem::take(&mut attrs.pairs) {
            match key.as_str() {
                "title" => res.title = value,
                "alt" => res.alt = value,
                "width" => match percent(&value) {
                    Some(percent) => res.percent = percent,
                    None => self.diags.unknown_diagram_word(span, &value),
                },
                _ => self.diags.unknown_diagram_key(span, &key, &KEYS),
            }
        }
        res
    }

    /// Where some bytes of a fence's text stand in its source: one line of them.
    fn place(&self, fence: Span, text: &str, at: &Range<usize>) -> Span {
        let Some(before) = text.get(..at.start).filter(|_| !at.is_empty()) else {
            return fence;
        };
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let rest = text.get(at.start..at.end).unwrap_or_default();
        let length = rest.find('\n').unwrap_or(rest.len()).max(1);
        in_fence(self.sources.get(fence.source), fence, text)(line, column, length)
    }
}

/// `60%`, a tenth of the room at least.
fn percent(text: &str) -> Option<u8> {
    let number: u8 = text.strip_suffix('%')?.trim().parse().ok()?;
    (10..=100).contains(&number).then_some(number)
}

/// The word that names the kind of a diagram, behind comments and settings.
fn first_word(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim).peekable();
    if lines.next_if_eq(&"---").is_some() {
        lines.find(|line| *line == "---");
    }
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with("%%"));
    let first = lines.next().unwrap_or_default();
    first.split_whitespace().next().unwrap_or_default()
}

/// The text of a chart with the same numbers.
fn table_of(numbers: &Numbers) -> String {
    let mut res = String::new();
    for (name, value) in &numbers.parts {
        let mut value = value.to_string();
        // Three digits behind a point are thousands in many languages.
        if value
            .split_once('.')
            .is_some_and(|(_, part)| part.len() == 3)
        {
            value.push('0');
        }
        res += &format!("\"{}\",{value}\n", name.replace('"', "\"\""));
    }
    res
}

#[cfg(all(test, feature = "mermaid"))]
mod tests;
