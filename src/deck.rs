//! The model: a deck as it is written ([`Deck`]) and as it is shown ([`Plan`]).
//!
//! Plain data. All of it can be hashed, because a slide is rendered again only
//! when the fingerprint of its [`Frame`] changes; that is why there are no
//! floats and why a [`Span`] hashes to nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::source::Span;

mod asset;
mod attrs;
pub mod chart;
pub mod diagram;
pub mod code;
pub mod fit;
mod known;
pub mod look;
pub mod math;
pub mod media;
mod moved;
pub mod origin;
pub mod poll;
mod raw;
pub mod settings;
mod sign;
mod texts;
pub mod words;

pub use asset::{Asset, AssetRef};
pub use attrs::{Attrs, Braced};
pub use code::{Code, Lines, Stage};
pub use known::{Known, Past};
pub use math::{Math, formulas, formulas_in_line};
pub use media::Medium;
pub use raw::{raw_html, raw_html_in_line};
pub use sign::{Sign, qr_text};
pub use texts::{each_line, lines, pictures, pictures_in_line, plain_text};

use chart::Chart;
use diagram::Diagram;
use fit::{Continued, Fitting, Part};
use settings::{DeckSettings, SlideSettings};

// ---- as written

/// A deck as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// The folder that pictures are looked for in and may not leave.
    pub root: PathBuf,
    /// What the first file's front matter says of the whole deck.
    pub settings: DeckSettings,
    /// The slides in order.
    pub slides: Vec<Slide>,
}

/// One slide as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slide {
    /// From its first to its last line, without the break.
    pub span: Span,
    /// What its own front matter says.
    pub settings: SlideSettings,
    /// What is on it.
    pub blocks: Vec<Block>,
    /// What the speaker says.
    pub notes: Vec<Block>,
    /// What stands at its foot, by the number of its marks.
    pub footnotes: Vec<Vec<Inline>>,
    /// Its lines as written, if it is to be shown beside them.
    pub source: String,
    /// All that it is made of, from the break in front of it to the next one, if
    /// what stands elsewhere in the deck has no part in it.
    pub text: Option<Span>,
    /// The same slide as the build before made it; all but `text` is empty then.
    pub known: Option<Arc<Known>>,
}

/// A block with its place and attributes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// `{.class #id key=value}` behind it.
    pub attrs: Attrs,
    /// The step at which it appears; 0 is from the start.
    pub step: u16,
}

/// What a block can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// As many as there are `#`.
        level: u8,
        /// What it says.
        body: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// A block quotation.
    Quote(Vec<Block>),
    /// A block of code.
    Code(Code),
    /// A table.
    Table(Table),
    /// A formula on lines of its own.
    Math(Math),
    /// A horizontal rule inside a slide.
    Rule,
    /// `::: name` … `:::`.
    Group {
        /// The word behind the fence.
        name: String,
        /// What stands between the fences.
        body: Vec<Block>,
    },
    /// Raw HTML, not yet sanitised.
    Html(String),
    /// A chart. Boxed, because it is larger than all other blocks.
    Chart(Box<Chart>),
    /// A diagram.
    Diagram(Box<Diagram>),
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u32>,
    /// Whether its items stand without blank lines between them.
    pub tight: bool,
    /// Whether it is one of terms: the first block of an item is what the others
    /// explain.
    pub terms: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Whether it is ticked, if it is a task.
    pub task: Option<bool>,
    /// `{.class #id key=value}` at the end of its line.
    pub attrs: Attrs,
    /// The step at which it appears; 0 is from the start.
    pub step: u16,
    /// Where it stands.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table {
    /// One for each column.
    pub align: Vec<Align>,
    /// The cells of the head row.
    pub head: Vec<Vec<Inline>>,
    /// The cells of the other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How a column of a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// As the text runs.
    Start,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// At the right and never broken, because all it holds is numbers.
    Number,
}

/// What a line of text can hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Text as it is read.
    Text(String),
    /// Emphasis.
    Emph(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// In notes, a sentence that the slide is made of.
    Mark(Vec<Inline>),
    /// Code in a line.
    Code(String),
    /// A link. Boxed like a picture: most of a line is text.
    Link {
        /// What is read.
        body: Vec<Inline>,
        /// Where it leads.
        to: Box<Destination>,
    },
    /// `[text]{.class}`.
    Span {
        /// What is read.
        body: Vec<Inline>,
        /// What stands in the braces.
        attrs: Attrs,
        /// The step at which it appears; 0 is from the start.
        step: u16,
    },
    /// A picture.
    Image(Box<Image>),
    /// An icon or the mark of a footnote.
    Sign(Sign),
    /// A formula in a line.
    Math(Math),
    /// Raw HTML, not yet sanitised.
    Html {
        /// One tag or comment.
        html: String,
        /// Where it is written.
        span: Span,
    },
    /// A line break the author asked for.
    Break,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Destination {
    /// Where it leads, as written.
    pub href: String,
    /// What hovering shows.
    pub title: String,
    /// `{.class key=value}` behind the link.
    pub attrs: Attrs,
    /// Where the link is written.
    pub span: Span,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Image {
    /// As written.
    pub href: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Its caption.
    pub title: String,
    /// `{.class #id key=value}` behind it.
    pub attrs: Attrs,
    /// The step at which it appears; 0 is from the start.
    pub step: u16,
    /// Where it is written.
    pub span: Span,
}

// ---- as shown

/// The built-in layouts. Each has a template of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// The deck's first slide.
    Title,
    /// What is to come.
    Agenda,
    /// The start of a part.
    Section,
    /// One factor of an article: number, icon, title, points.
    Factor,
    /// One sentence, large.
    Statement,
    /// A title and what follows it.
    Bullets,
    /// Two things side by side.
    TwoColumns,
    /// A quotation with its source.
    Quote,
    /// A number, as large as it goes, and what it means.
    BigFigure,
    /// A picture with little else.
    Picture,
    /// A block of code with little else.
    Code,
    /// A table with little else.
    Table,
    /// A chart or diagram, with a line above or text beside it.
    Chart,
    /// What happened when.
    Timeline,
    /// The deck's last slide.
    Closing,
}

impl Layout {
    /// All of them, in the order of a talk.
    pub const ALL: [Layout; 15] = [
        Layout::Title,
        Layout::Agenda,
        Layout::Section,
        Layout::Factor,
        Layout::Statement,
        Layout::Bullets,
        Layout::TwoColumns,
        Layout::Quote,
        Layout::BigFigure,
        Layout::Picture,
        Layout::Code,
        Layout::Table,
        Layout::Chart,
        Layout::Timeline,
        Layout::Closing,
    ];

    /// The name an author writes and a theme selects by.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Title => "title",
            Layout::Agenda => "agenda",
            Layout::Section => "section",
            Layout::Factor => "factor",
            Layout::Statement => "statement",
            Layout::Bullets => "bullets",
            Layout::TwoColumns => "two-columns",
            Layout::Quote => "quote",
            Layout::BigFigure => "big-figure",
            Layout::Picture => "picture",
            Layout::Code => "code",
            Layout::Table => "table",
            Layout::Chart => "chart",
            Layout::Timeline => "timeline",
            Layout::Closing => "closing",
        }
    }

    /// The layout of a name.
    pub fn named(name: &str) -> Option<Layout> {
        Layout::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

/// How a slide came to its layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its layout.
    pub layout: Layout,
    /// Whether the author named it.
    pub is_named: bool,
    /// Why each of the rules in front of the one that holds does not, in their
    /// order.
    pub failed: Vec<Cow<'static, str>>,
}

/// A deck ready to be rendered.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What the page says of the deck as a whole.
    pub head: Head,
    /// The slides in order.
    pub frames: Vec<Arc<Frame>>,
    /// Where each of them comes from.
    pub pasts: Vec<Past>,
    /// Whether a slide was taken from the build before that would be made
    /// otherwise now.
    pub is_stale: bool,
    /// Why the slide that was asked for has its layout.
    pub choice: Option<Choice>,
    /// Whether raw HTML is shown as it is.
    pub trusted: bool,
    /// The slides that are shown as several.
    pub continued: Vec<Continued>,
    /// The pictures of all slides by their key.
    pub assets: BTreeMap<String, Asset>,
}

/// What a page says of a deck as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Head {
    /// The deck's title; never empty.
    pub title: String,
    /// One sentence about it, for search engines and previews.
    pub description: String,
    /// Who speaks.
    pub author: String,
    /// Where it is published; empty if not said.
    pub url: String,
    /// Where a picture of its first slide will lie there; empty if there is none.
    pub card: String,
    /// Language tag as in HTML: `en`, `zh-Hans`.
    pub lang: String,
    /// Width and height of a slide in its own units.
    pub size: (u32, u32),
    /// Minutes the talk may take, as digits; empty if not said.
    pub minutes: String,
    /// Whether each step is printed on a page of its own.
    pub prints_steps: bool,
}

impl Head {
    /// Whether the deck's language is written from right to left, as its tag
    /// tells by the script or else by the language.
    pub fn is_right_to_left(&self) -> bool {
        const SCRIPTS: [&str; 8] = [
            "arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "mand",
        ];
        const LANGUAGES: [&str; 13] = [
            "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi",
        ];
        let tag = self.lang.to_lowercase();
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        match parts.find(|part| part.len() == 4) {
            Some(script) => SCRIPTS.contains(&script),
            None => LANGUAGES.contains(&language),
        }
    }
}

/// A slide ready to be rendered: all that its HTML is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Frame {
    /// Where the slide is written.
    pub span: Span,
    /// Its layout.
    pub layout: Layout,
    /// Unique within the deck, made of its title.
    pub id: String,
    /// Classes the author gave it.
    pub classes: Vec<String>,
    /// What may be done so that it fits.
    pub fitting: Fitting,
    /// How far its type and room step down so that it fits, 0 to 3.
    pub fit: u8,
    /// Whether a list gives up its rows and its column for more lines.
    pub dense: bool,
    /// Whether long lists stand in two columns.
    pub two: bool,
    /// Which one it is of several that one slide is shown as.
    pub part: Option<Part>,
    /// Whether it holds more than fits, for all that may be done.
    pub crowded: bool,
    /// Inline style of the section; only made here, never the author's text.
    pub style: String,
    /// The title, without its heading mark.
    pub title: Vec<Inline>,
    /// The number of a factor or section.
    pub number: Option<u16>,
    /// Name of its icon.
    pub icon: Option<String>,
    /// What is on it, by slot.
    pub slots: Slots,
    /// The entries of an agenda.
    pub agenda: Vec<Entry>,
    /// Author and date on a title.
    pub meta: Vec<String>,
    /// Whether the picture of a picture slide is shown whole, because it would
    /// lose too much by filling its place.
    pub whole_picture: bool,
    /// A picture behind everything.
    pub backdrop: Option<Image>,
    /// Text at the foot.
    pub footer: String,
    /// What stands at its foot, by the number of its marks.
    pub footnotes: Vec<Vec<Inline>>,
    /// Whether raw HTML is shown as it is.
    pub trusted: bool,
    /// What the speaker says.
    pub notes: Vec<Block>,
    /// Steps after the first view.
    pub steps: u16,
    /// Minutes it may take (a section: up to the next one), as digits; empty if
    /// not said.
    pub minutes: String,
    /// Its pictures: what is written and what was found.
    pub assets: Vec<AssetRef>,
    /// Its source, if it is shown beside that: a line above, and the code.
    pub example: Option<(String, Block)>,
}

/// The places of a layout.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Slots {
    /// The main place.
    pub body: Vec<Block>,
    /// The left one of two columns.
    pub left: Vec<Block>,
    /// The right one of two columns.
    pub right: Vec<Block>,
    /// The picture of a picture slide.
    pub picture: Option<Image>,
    /// The chart or diagram of a chart slide.
    pub drawing: Option<Block>,
    /// Who said a quotation.
    pub source: Vec<Inline>,
    /// The number of a big figure.
    pub figure: Vec<Inline>,
}

/// One line of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The number of the factor or section.
    pub number: u16,
    /// Its title.
    pub title: Vec<Inline>,
    /// Name of its icon.
    pub icon: Option<String>,
    /// Id of its slide.
    pub target: String,
}
