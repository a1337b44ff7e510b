//! What an audience asked and answered, as it is saved beside the deck.

use serde::{Deserialize, Serialize};

use crate::deck::poll::Poll;

/// What the file says of itself; a file without it is not ours and is kept.
const KIND: &str = "answers";

/// Talks in a file; the oldest go first.
const MAX_TALKS: usize = 50;

/// The file beside the deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Book {
    deckle: String,
    talks: Vec<Answers>,
}

/// The answers of one talk. Nobody's name is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// The name of the talk's run.
    pub run: String,
    /// The polls that were shown.
    pub polls: Vec<Counted>,
    /// The questions in the order they came.
    pub questions: Vec<Asked>,
}

/// A poll with its answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// Its id.
    pub poll: String,
    /// What was asked.
    pub question: String,
    /// What there was to choose from, and how many did.
    pub options: Vec<(String, u32)>,
}

/// A question from the audience.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// When, in milliseconds since 1970.
    pub at: f64,
    /// The slide that was shown, from 1.
    pub slide: usize,
    /// What was asked.
    pub text: String,
}

impl Counted {
    /// A poll with the counts of its options.
    pub fn new(poll: &Poll, counts: &[u32]) -> Counted {
        Counted {
            poll: poll.id.clone(),
            question: poll.question.clone(),
            options: poll
                .options
                .iter()
                .cloned()
                .zip(counts.iter().copied())
                .collect(),
        }
    }
}

impl Default for Book {
    fn default() -> Book {
        Book {
            deckle: KIND.into(),
            talks: Vec::new(),
        }
    }
}

impl Book {
    /// Reads a file; `None` if the text is something else.
    pub fn parse(text: &str) -> Option<Book> {
        let book: Book = serde_json::from_str(text).ok()?;
        (book.deckle == KIND).then_some(book)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Adds a talk, or puts it in the place of the one of its name.
    pub fn put(&mut self, talk: Answers) {
        match self.talks.iter_mut().find(|known| known.run == talk.run) {
            Some(known) => *known = talk,
            None => self.talks.push(talk),
        }
        let surplus = self.talks.len().saturating_sub(MAX_TALKS);
        self.talks.drain(..surplus);
    }
}
