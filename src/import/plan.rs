//! A deck as planned, before any Markdown: what each slide shows, and from
//! which line and sentence of which article each of its texts comes.

use std::ops::Range;

use crate::article::Passage;
use crate::deck::Layout;

/// A deck, planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// What it is about, in words.
    pub name: String,
    /// Its file name without the ending: a number and the words.
    pub stem: String,
    /// At least one.
    pub slides: Vec<Slide>,
}

/// What a slide is there for, which says how soon it may be left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// The deck's title.
    #[default]
    Opening,
    /// What is to come.
    Agenda,
    /// The title of a further article.
    Part,
    /// A factor, or several that had to share a slide.
    Factor,
    /// More of a long factor.
    More,
    /// A passage that deserves a slide of its own: a figure, a quotation.
    Highlight,
    /// A table, a picture or code, which no other slide can say.
    Exhibit,
    /// The conclusion in points.
    Summary,
    /// The last slide.
    Closing,
}

/// One slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slide {
    /// What it is there for.
    pub role: Role,
    /// Whether the author asked to keep it.
    pub kept: bool,
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
    /// What happened when: the key phrase of each line is its date.
    Events(Vec<Line>),
    /// A paragraph.
    Text(Line),
    /// A number with its unit, shown large.
    Figure(Line),
    /// Somebody's words, and who it was.
    Quote(Line, Line),
    /// Two things side by side, each with its name and what is said of it.
    Columns([(Line, Vec<Line>); 2]),
    /// A block of the article as it stands there.
    Passage(Passage, Origin),
}

/// A text of a slide and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The text, without any markup.
    pub text: String,
    /// Bytes of `text` that are its key phrase; empty if it has none.
    pub lead: Range<usize>,
    /// Where it comes from.
    pub from: Origin,
}

impl Slide {
    /// Where each of its texts comes from.
    pub fn origins_mut(&mut self) -> Vec<&mut Origin> {
        let mut res: Vec<&mut Origin> = self.title.iter_mut().map(|line| &mut line.from).collect();
        for block in &mut self.blocks {
            match block {
                Block::Points(lines) | Block::Events(lines) => {
                    res.extend(lines.iter_mut().map(|line| &mut line.from));
                }
                Block::Text(line) | Block::Figure(line) => res.push(&mut line.from),
                Block::Quote(text, source) => res.extend([&mut text.from, &mut source.from]),
                Block::Columns(columns) => {
                    for (name, lines) in columns {
                        res.push(&mut name.from);
                        res.extend(lines.iter_mut().map(|line| &mut line.from));
                    }
                }
                Block::Passage(_, from) => res.push(from),
            }
        }
        res
    }
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
