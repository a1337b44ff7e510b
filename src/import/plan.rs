//! A deck as planned, before any Markdown: what each slide shows, and from
//! which line and sentence of which article each of its texts comes.

use std::ops::Range;

use crate::article::Passage;
use crate::deck::Layout;

/// A deck, planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What its front matter says.
    pub settings: Settings,
    /// Its files in the order of the talk.
    pub files: Vec<File>,
}

/// What the deck says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Its title.
    pub title: String,
    /// Who wrote the article.
    pub author: Option<String>,
    /// Language tag.
    pub lang: String,
    /// Its first sentences, shortened.
    pub description: Option<String>,
}

/// One file of the deck: a factor with the slides that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name without the ending.
    pub stem: String,
    /// At least one.
    pub slides: Vec<Slide>,
}

/// One slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slide {
    /// `None` leaves the choice to what the slide holds.
    pub layout: Option<Layout>,
    /// A name of the icon set.
    pub icon: Option<String>,
    /// Its title.
    pub title: Option<Line>,
    /// What stands below the title.
    pub blocks: Vec<Block>,
    /// The full text it stands for.
    pub notes: Vec<Passage>,
}

/// A part of a slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A list.
    Points(Vec<Line>),
    /// A block of the article as it stands there.
    Passage(Passage, Origin),
}

/// A text of a slide and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text, without any markup.
    pub text: String,
    /// Bytes of `text` that are its key phrase; empty if it has none.
    pub lead: Range<usize>,
    /// Where it comes from.
    pub from: Origin,
}

/// A place in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Which of the articles, counted from 0.
    pub article: usize,
    /// Where its passage starts, from 1; 0 if the text has no line of its own,
    /// as the title that a web page says in its head.
    pub line: u32,
    /// The sentence it is made of; a heading as it is written. Empty for a
    /// title that is inferred from all of its section.
    pub sentence: String,
}
