//! The model of a chart: numbers by name, and how they are to be shown.

use std::hash::{Hash, Hasher};

/// A chart as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chart {
    /// How the numbers are drawn.
    pub kind: ChartKind,
    /// Whether bars run from left to right; `None`: as their names need it.
    pub lying: Option<bool>,
    /// Whether series stand on each other.
    pub stacked: bool,
    /// What the first column is called.
    pub names_title: String,
    /// The names in the first column.
    pub names: Vec<String>,
    /// The other columns, each as long as `names`.
    pub series: Vec<Series>,
    /// The group of each name, of points only; may be empty.
    pub groups: Vec<String>,
    /// The name of what carries the accent, while the rest steps back.
    pub highlight: Option<String>,
    /// How its numbers are written.
    pub numbers: NumberStyle,
    /// A line above the chart; may be empty.
    pub title: String,
    /// What it says, for those who cannot see it; made from the data if empty.
    pub alt: String,
    /// The room it is drawn for.
    pub room: Room,
}

/// The kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Bars, side by side or stacked.
    Bar,
    /// Lines over names or time.
    Line,
    /// Areas under lines, stacked if there are several.
    Area,
    /// Points by two numbers.
    Scatter,
    /// Parts of a whole.
    Pie,
    /// The same with a hole for a number.
    Donut,
}

impl ChartKind {
    /// What it is called in a text alternative.
    pub fn words(self) -> &'static str {
        match self {
            ChartKind::Bar => "Bar chart",
            ChartKind::Line => "Line chart",
            ChartKind::Area => "Area chart",
            ChartKind::Scatter => "Scatter plot",
            ChartKind::Pie => "Pie chart",
            ChartKind::Donut => "Donut chart",
        }
    }

    /// The class that a theme selects by.
    pub fn class(self) -> &'static str {
        match self {
            ChartKind::Bar => "bar",
            ChartKind::Line => "line",
            ChartKind::Area => "area",
            ChartKind::Scatter => "scatter",
            ChartKind::Pie => "pie",
            ChartKind::Donut => "donut",
        }
    }
}

/// A column of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Series {
    /// The column's head; may be empty.
    pub name: String,
    /// A number for each name; `None` where none is known.
    pub values: Vec<Option<Amount>>,
}

/// A finite number that can be hashed.
#[derive(Debug, Clone, Copy)]
pub struct Amount(f64);

impl Amount {
    /// `None` for what is no number or beyond what a chart can show.
    pub fn new(value: f64) -> Option<Amount> {
        // Adding zero makes one zero of the two that floats have.
        (value.abs() <= 1e15).then_some(Amount(value + 0.0))
    }

    /// The number itself.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Amount {}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// How numbers are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct NumberStyle {
    /// Between thousands.
    pub group: String,
    /// In front of tenths.
    pub decimal: String,
    /// In front of the number: `€`.
    pub before: String,
    /// Behind it, with its space: ` ms`, `%`.
    pub behind: String,
    /// The most digits behind the decimal mark that the author wrote.
    pub digits: u8,
}

/// The room a drawing has on its slide, in slide units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Room {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            width: 1120,
            height: 470,
        }
    }
}
