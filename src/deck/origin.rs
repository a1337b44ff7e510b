//! Where the texts of a slide come from: `from: article.txt 7, 9.1, 9.2`.
//!
//! First the file, then a place for the title and one for each other text in
//! the order of the slide: `9` is the passage that starts on line 9 of the
//! file, `9.2` the second sentence of that passage, `~9` says that the title
//! was inferred from the section that starts there, and `-` that a text does
//! not come from the article. The places say where to look first, the words
//! decide: so a point that an author adds, moves or takes away shifts nothing.

use std::fmt;

/// The article of a slide and the places of its texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The article, as a path from the deck's folder.
    pub file: String,
    /// The place of the title, then of each other text in order.
    pub places: Vec<Place>,
}

/// Where one text comes from. Lines and sentences count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// It is the author's own.
    Own,
    /// The passage that starts on a line.
    Line(u32),
    /// A sentence of the passage that starts on a line.
    Sentence(u32, u32),
    /// Made of the words of the section that starts on a line.
    Inferred(u32),
}

impl Origin {
    /// Reads what stands behind `from:`; `None` if it names no place.
    pub fn parse(text: &str) -> Option<Origin> {
        // From the end: the name of a file may hold commas and blanks.
        let mut places = Vec::new();
        let mut rest = text.trim();
        while let Some((front, last)) = rest.rsplit_once(',')
            && let Some(place) = Place::parse(last.trim())
        {
            places.push(place);
            rest = front;
        }
        let (file, first) = rest.rsplit_once(char::is_whitespace)?;
        places.push(Place::parse(first)?);
        places.reverse();
        let file = file.trim().to_string();
        (!file.is_empty()).then_some(Origin { file, places })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places: Vec<String> = self.places.iter().map(ToString::to_string).collect();
        write!(f, "{} {}", self.file, places.join(", "))
    }
}

impl Place {
    fn parse(text: &str) -> Option<Place> {
        // `u32::from_str` takes a sign, which is no part of a place.
        let number = |digits: &str| match digits.bytes().all(|byte| byte.is_ascii_digit()) {
            true => digits.parse().ok(),
            false => None,
        };
        if text == "-" {
            return Some(Place::Own);
        }
        if let Some(line) = text.strip_prefix('~') {
            return number(line).map(Place::Inferred);
        }
        match text.split_once('.') {
            Some((line, sentence)) => Some(Place::Sentence(number(line)?, number(sentence)?)),
            None => number(text).map(Place::Line),
        }
    }

    /// The line that the passage starts on.
    pub fn line(self) -> Option<u32> {
        match self {
            Place::Own => None,
            Place::Line(line) | Place::Sentence(line, _) | Place::Inferred(line) => Some(line),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Own => f.write_str("-"),
            Place::Line(line) => write!(f, "{line}"),
            Place::Sentence(line, sentence) => write!(f, "{line}.{sentence}"),
            Place::Inferred(line) => write!(f, "~{line}"),
        }
    }
}

#[cfg(test)]
mod tests;
