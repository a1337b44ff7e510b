//! What stands on a slide: shapes in slide units, not yet XML.

use kurbo::{Affine, BezPath, Shape as _};

use super::paint::Colour;
use crate::theme::places::Anchor;

/// A place on a slide.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// Its lower part, from so far below its top.
    pub fn below(self, y: f64) -> Rect {
        Rect {
            y: self.y + y,
            h: (self.h - y).max(0.0),
            ..self
        }
    }

    /// The same so much larger, with the slide it is on.
    pub fn scaled(self, by: f64) -> Rect {
        Rect {
            x: self.x * by,
            y: self.y * by,
            w: self.w * by,
            h: self.h * by,
        }
    }

    /// Whether it is the same place but for what nobody sees.
    pub fn is_like(&self, other: &Rect) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 0.6;
        near(self.x, other.x)
            && near(self.y, other.y)
            && near(self.w, other.w)
            && near(self.h, other.h)
    }
}

/// A thing on a slide.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Where.
    pub at: Rect,
    /// What.
    pub what: What,
    /// Its name in the list of the slide's objects.
    pub name: String,
    /// What it shows, for those who cannot see it; empty for text and for what
    /// only decorates.
    pub alt: String,
    /// The place of the layout that it fills.
    pub holder: Option<Holder>,
    /// The step at which it appears; 0 is from the start.
    pub step: u16,
}

/// A place of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// What may stand there: `title`, `body`, `pic`, `sldNum`, `ftr`; empty for
    /// anything.
    pub kind: &'static str,
    /// Its number within the layout.
    pub idx: u32,
}

/// What a thing is.
#[derive(Debug, Clone)]
pub enum What {
    /// Text, with or without a box around it.
    Text(Box<Text>),
    /// A drawing in slide units.
    Path(Path),
    /// A picture.
    Picture(Picture),
    /// A table.
    Table(Box<Table>),
    /// A chart, by its place among those of the presentation.
    Chart(usize),
    /// Things that belong together.
    Group(Vec<Shape>),
    /// A formula: Office's own markup, and text for programs that know none.
    Formula(String, Box<Text>),
}

/// A line around or along something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// How thick it is.
    pub width: f64,
    /// Whether it is made of dashes or of dots.
    pub dash: Dash,
    /// Whether its ends are round.
    pub round: bool,
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// It is not.
    Solid,
    /// Into dashes.
    Dashes,
    /// Into dots.
    Dots,
}

impl Stroke {
    /// An unbroken line.
    pub fn solid(colour: Colour, width: f64) -> Stroke {
        Stroke {
            colour,
            width,
            dash: Dash::Solid,
            round: false,
        }
    }
}

/// A drawing.
#[derive(Debug, Clone)]
pub struct Path {
    /// Its outline in slide units.
    pub outline: BezPath,
    /// What it is filled with.
    pub fill: Option<Colour>,
    /// Its line.
    pub stroke: Option<Stroke>,
}

impl Path {
    /// Where it lies.
    pub fn bounds(&self) -> Rect {
        let b = self.outline.bounding_box();
        Rect {
            x: b.x0,
            y: b.y0,
            w: b.width(),
            h: b.height(),
        }
    }
}

/// Text with what all of it has in common.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its paragraphs.
    pub paras: Vec<Para>,
    /// How it is set.
    pub style: Style,
    /// Where it is held in its place.
    pub anchor: Anchor,
    /// Room between the edges of its place and the text: above, right, below, left.
    pub inset: [f64; 4],
    /// What is behind it.
    pub fill: Option<Colour>,
    /// The line around it.
    pub stroke: Option<Stroke>,
    /// Whether its first level is a list.
    pub is_list: bool,
    /// How far marks stand out of it, if that is not as usual.
    pub out: Option<f64>,
    /// Columns it stands in.
    pub columns: u8,
    /// Whether it may go on in the next line.
    pub wraps: bool,
}

/// A face of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Titles.
    Display,
    /// Text.
    Text,
    /// Code.
    Mono,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size of type.
    pub size: f64,
    /// Its colour.
    pub colour: Colour,
    /// That of the marks in front of items.
    pub mark: Colour,
    /// The face.
    pub face: Face,
    /// Whether it is bold.
    pub bold: bool,
    /// Distance of lines in sizes of type.
    pub line: f64,
    /// Distance of letters in sizes of type.
    pub track: f64,
    /// The gap above an item, in sizes of type.
    pub gap: f64,
    /// Where lines begin or end.
    pub align: Align,
}

/// Where lines begin or end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// As the text runs.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub struct Para {
    /// What it says.
    pub runs: Vec<Run>,
    /// Its level in a list, from 0.
    pub level: u8,
    /// What stands in front of it.
    pub mark: Mark,
    /// Room above it, if it is not the usual.
    pub before: Option<f64>,
    /// Size of its type, if it is not the usual.
    pub size: Option<f64>,
    /// Distance of its lines, if it is not the usual.
    pub line: Option<f64>,
    /// Where its lines begin or end, if it is not the usual.
    pub align: Option<Align>,
    /// Whether it goes on below an item of its level.
    pub hangs: bool,
    /// The step at which it appears.
    pub step: u16,
}

/// What stands in front of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// The theme's mark.
    Bullet,
    /// A number, counted from here.
    Number(u32),
    /// The same without a point: the number of a line of code.
    Line(u32),
    /// A letter.
    Letter,
    /// A box, ticked or not.
    Task(bool),
}

/// Text that is set in one way.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    /// What it says; `\n` alone is a line break, and `#` alone with `is_number`
    /// the number of the slide.
    pub text: String,
    /// Whether a link looks like the text around it.
    pub bare: bool,
    /// Bold, if it is not as all of the text.
    pub bold: Option<bool>,
    /// Italic.
    pub italic: bool,
    /// Struck out.
    pub strike: bool,
    /// A face of its own.
    pub face: Option<Face>,
    /// Factor of the size of type.
    pub scale: Option<f64>,
    /// A colour of its own.
    pub colour: Option<Colour>,
    /// What is behind it.
    pub behind: Option<Colour>,
    /// How far it is raised, in percent; lowered if negative.
    pub raised: i32,
    /// Where it leads.
    pub link: Option<Link>,
    /// Whether it is the number of the slide.
    pub is_number: bool,
}

/// Where something leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To an address.
    Out(String),
    /// To a slide, counted from 0.
    Slide(usize),
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its key among the deck's assets.
    pub key: String,
    /// What is cut off, in thousandths of a percent: left, top, right, bottom.
    pub crop: [i64; 4],
    /// In grey.
    pub grey: bool,
    /// Turned so far, in degrees, and mirrored.
    pub turn: (u16, bool),
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Widths of its columns.
    pub columns: Vec<f64>,
    /// Heights and cells of its rows.
    pub rows: Vec<(f64, Vec<Cell>)>,
    /// Whether the first row is a head.
    pub has_head: bool,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text.
    pub text: Text,
    /// The line below it.
    pub below: Option<Stroke>,
    /// The line above it.
    pub above: Option<Stroke>,
}

impl Shape {
    /// Text at a place.
    pub fn text(name: &str, at: Rect, text: Text) -> Shape {
        Shape {
            at,
            what: What::Text(Box::new(text)),
            name: name.into(),
            alt: String::new(),
            holder: None,
            step: 0,
        }
    }

    /// A drawing.
    pub fn path(name: &str, path: Path) -> Shape {
        Shape {
            at: path.bounds(),
            what: What::Path(path),
            name: name.into(),
            alt: String::new(),
            holder: None,
            step: 0,
        }
    }

    /// A filled area.
    pub fn area(name: &str, at: Rect, fill: Colour) -> Shape {
        let corners = kurbo::Rect::new(at.x, at.y, at.right(), at.bottom());
        let outline = corners.to_path(0.1);
        let path = Path {
            outline,
            fill: Some(fill),
            stroke: None,
        };
        Shape {
            at,
            ..Shape::path(name, path)
        }
    }

    /// Things that belong together, with what they show.
    pub fn group(name: &str, alt: String, shapes: Vec<Shape>) -> Shape {
        let first = shapes.first().map_or_else(Rect::default, |shape| shape.at);
        let at = shapes.iter().fold(first, |all, shape| {
            let (x, y) = (all.x.min(shape.at.x), all.y.min(shape.at.y));
            Rect {
                x,
                y,
                w: all.right().max(shape.at.right()) - x,
                h: all.bottom().max(shape.at.bottom()) - y,
            }
        });
        Shape {
            at,
            what: What::Group(shapes),
            name: name.into(),
            alt,
            holder: None,
            step: 0,
        }
    }

    /// The same so much smaller and at another place.
    pub fn moved(mut self, scale: f64, dx: f64, dy: f64) -> Shape {
        let at = self.at;
        self.at = Rect {
            x: at.x * scale + dx,
            y: at.y * scale + dy,
            w: at.w * scale,
            h: at.h * scale,
        };
        self.what = match self.what {
            What::Text(text) => What::Text(Box::new(text.scaled(scale))),
            What::Path(path) => What::Path(Path {
                outline: Affine::new([scale, 0.0, 0.0, scale, dx, dy]) * path.outline,
                stroke: path.stroke.map(|stroke| stroke.scaled(scale)),
                ..path
            }),
            What::Table(mut table) => {
                table.columns.iter_mut().for_each(|width| *width *= scale);
                for (height, cells) in &mut table.rows {
                    *height *= scale;
                    for cell in cells {
                        cell.text = cell.text.clone().scaled(scale);
                    }
                }
                What::Table(table)
            }
            What::Group(shapes) => What::Group(
                shapes
                    .into_iter()
                    .map(|shape| shape.moved(scale, dx, dy))
                    .collect(),
            ),
            What::Formula(xml, text) => What::Formula(xml, Box::new(text.scaled(scale))),
            What::Picture(_) | What::Chart(_) => self.what,
        };
        self
    }
}

impl Stroke {
    fn scaled(self, scale: f64) -> Stroke {
        Stroke {
            width: self.width * scale,
            ..self
        }
    }
}

impl Text {
    /// Paragraphs in a style, held at the top and without room around them.
    pub fn new(style: Style, paras: Vec<Para>) -> Text {
        Text {
            paras,
            style,
            anchor: Anchor::Top,
            inset: [0.0; 4],
            fill: None,
            stroke: None,
            is_list: false,
            columns: 1,
            out: None,
            wraps: true,
        }
    }

    fn scaled(mut self, scale: f64) -> Text {
        self.style.size *= scale;
        self.inset.iter_mut().for_each(|inset| *inset *= scale);
        self.stroke = self.stroke.map(|stroke| stroke.scaled(scale));
        for para in &mut self.paras {
            para.before = para.before.map(|before| before * scale);
            para.size = para.size.map(|size| size * scale);
        }
        self
    }
}

impl Para {
    /// A paragraph of plain words.
    pub fn plain(text: &str) -> Para {
        Para {
            runs: vec![Run::plain(text)],
            ..Para::default()
        }
    }
}

impl Run {
    /// Plain words.
    pub fn plain(text: &str) -> Run {
        Run {
            text: text.into(),
            ..Run::default()
        }
    }

    /// A line break.
    pub fn line_break() -> Run {
        Run::plain("\n")
    }
}
