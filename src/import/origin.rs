//! The places of a planned slide's texts, as its front matter says them.

use std::path::Path;

use super::plan::{Block, Line, Origin as Source, Slide};
use super::read::Read;
use crate::article::Passage;
use crate::article::record::Record;
use crate::deck::origin::{Origin, Place};

/// An article of the deck: the file its places count in, and what they mean.
#[derive(Debug, Clone)]
pub struct Told {
    /// Name of the file in the deck's folder.
    pub name: String,
    /// What that file says.
    pub record: Record,
}

/// Takes an article down. Its copy gets a name that none of `others` has.
pub fn told(path: &Path, read: &Read, others: &[Told]) -> Told {
    let name = copy_name(path, read.is_markdown);
    let numbered = (2..).map(|n| match name.strip_prefix('_') {
        Some(rest) => format!("_{n}-{rest}"),
        None => format!("{n}-{name}"),
    });
    let mut names = std::iter::once(name.clone()).chain(numbered);
    let is_free = |name: &String| others.iter().all(|other| other.name != *name);
    Told {
        name: names.find(is_free).unwrap_or_default(),
        record: Record::new(&read.passages, read.title.as_deref()),
    }
}

/// The name of an article's copy in its deck's folder. Markdown is set aside
/// by `_`, so that the article is no slide of its deck.
fn copy_name(path: &Path, is_markdown: bool) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match (is_markdown, stem.trim_matches('-').is_empty()) {
        (true, true) => "_article.md".into(),
        (false, true) => "article.txt".into(),
        (true, false) if stem.starts_with('_') => format!("{stem}.md"),
        (true, false) => format!("_{stem}.md"),
        (false, false) => name.into_owned(),
    }
}

/// A text of a planned slide.
pub enum Text<'a> {
    /// A line made for the slide.
    Line(&'a Line),
    /// A block of the article as it stands there.
    Passage(&'a Passage, &'a Source),
}

impl Text<'_> {
    fn from(&self) -> &Source {
        match self {
            Text::Line(line) => &line.from,
            Text::Passage(_, from) => from,
        }
    }
}

/// The texts of a slide below its title, in the order they are read.
pub fn texts(slide: &Slide) -> Vec<Text<'_>> {
    let mut res = Vec::new();
    for block in &slide.blocks {
        match block {
            Block::Points(lines) | Block::Events(lines) => {
                res.extend(lines.iter().map(Text::Line));
            }
            Block::Text(line) | Block::Figure(line) => res.push(Text::Line(line)),
            Block::Quote(line, who) => res.extend([line, who].map(Text::Line)),
            Block::Columns(columns) => {
                for (name, lines) in columns {
                    res.push(Text::Line(name));
                    res.extend(lines.iter().map(Text::Line));
                }
            }
            Block::Passage(passage, from) => res.push(Text::Passage(passage, from)),
        }
    }
    res
}

/// Where the texts of a slide come from; `None` if it has none. A slide names
/// one article, that of its first text.
pub fn of(slide: &Slide, articles: &[Told]) -> Option<Origin> {
    let texts = texts(slide);
    let title = slide.title.as_ref();
    let first = title
        .map(|title| &title.from)
        .or(texts.first().map(Text::from))?;
    let told = articles.get(first.article)?;
    let in_it = |from: &Source| from.article == first.article;
    let line = |line: &Line| match in_it(&line.from) {
        true => place(line, &told.record),
        false => Place::Own,
    };
    let places = texts.iter().map(|text| match text {
        Text::Line(text) => line(text),
        Text::Passage(passage, from) if in_it(from) => Place::Line(passage.line),
        Text::Passage(..) => Place::Own,
    });
    Some(Origin {
        file: told.name.clone(),
        places: std::iter::once(title.map_or(Place::Own, line))
            .chain(places)
            .collect(),
    })
}

fn place(line: &Line, record: &Record) -> Place {
    let from = &line.from;
    let heading = Place::Line(from.line);
    if from.sentence.is_empty() && from.line > 0 {
        return match record.prove(&line.text, &[heading]) {
            Ok(place) if place == heading => heading,
            Ok(_) | Err(_) => Place::Inferred(from.line),
        };
    }
    let said = record.place(from.line, &from.sentence).unwrap_or(heading);
    match record.prove(&line.text, &[said]) {
        Ok(place) => place,
        Err(_) if from.line > 0 => Place::Inferred(from.line),
        Err(_) => Place::Own,
    }
}
