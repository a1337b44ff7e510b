//! What is done with a slide that holds more than fits, and what was done.

use super::Frame;
use crate::source::Span;

/// What may be done so that all of a slide is seen: `fit` in front matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Fitting {
    /// Everything, in this order: closer lines, smaller type down to the theme's
    /// floor, a list in two columns, further slides.
    #[default]
    Ladder,
    /// Nothing; too much is an error.
    Strict,
    /// All but further slides; type goes below the floor instead.
    Shrink,
    /// Further slides, at the full size of type.
    Split,
    /// The text is scrolled, at the full size of type.
    Scroll,
}

impl Fitting {
    /// The words an author may write.
    pub const WORDS: [&str; 4] = ["strict", "shrink", "split", "scroll"];

    /// What a word says; nothing at all is the whole ladder.
    pub fn named(word: &str) -> Option<Fitting> {
        Some(match word.trim() {
            "" => Fitting::Ladder,
            "strict" => Fitting::Strict,
            "shrink" => Fitting::Shrink,
            "split" => Fitting::Split,
            "scroll" => Fitting::Scroll,
            _ => return None,
        })
    }

    /// Our class of the section, by which the page knows what it may do.
    pub fn class(self) -> &'static str {
        match self {
            Fitting::Ladder => "",
            Fitting::Shrink => " fit-shrink",
            Fitting::Strict | Fitting::Split | Fitting::Scroll => " fit-stay",
        }
    }
}

/// Which of the slides this is that one slide was continued on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part {
    /// From 1.
    pub number: u16,
    /// How many there are.
    pub total: u16,
}

/// A slide that is shown as several, and where it was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Continued {
    /// All of it as written.
    pub slide: Span,
    /// Where its second and each further part begin.
    pub cuts: Vec<Cut>,
    /// All that is on it, for those who need no slides.
    pub whole: Box<Frame>,
}

/// Where a part of a slide begins. [`Cut::Before`] is a byte at which a break
/// and the title can be written; the others lie inside of a block that has to be
/// closed and opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// In front of a block or an item of a list.
    Before(Span),
    /// In front of a row of a table, counted from 0 without its head.
    Row(Span, usize),
    /// In front of a line of code, counted from 0.
    Line(Span, usize),
    /// In a paragraph, behind so many bytes of its text without marks.
    Text(Span, usize),
}

impl Cut {
    /// The block, or the item, that is cut or that the part begins with.
    pub fn span(self) -> Span {
        match self {
            Cut::Before(span) | Cut::Row(span, _) | Cut::Line(span, _) | Cut::Text(span, _) => span,
        }
    }
}
