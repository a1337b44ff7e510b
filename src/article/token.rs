//! A sentence to tagged words.

use super::statement;
use super::tagger;
use super::verbs::{self, Forms};
use super::words::{self, among};

/// What a word does in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tag {
    Det,
    Poss,
    Pron,
    Prep,
    To,
    Conj,
    Sub,
    Rel,
    Modal,
    Be,
    Have,
    Do,
    /// Finite verb or base form.
    Verb,
    Gerund,
    Participle,
    Adj,
    Adv,
    Noun,
    Number,
    Punct,
    /// Not decided yet; none is left when `tag` is done.
    Open,
}

/// One word or mark of a sentence, with its place in it.
#[derive(Clone, Debug)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    /// Lower case, with plain apostrophes.
    pub low: String,
    pub tag: Tag,
    pub capital: bool,
    /// Which forms of a verb it can be.
    pub forms: Forms,
    /// Whether it denies something.
    pub denies: bool,
}

/// A sentence cut into tagged words.
pub struct Sentence<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
}

impl<'a> Sentence<'a> {
    /// Cuts and tags. Of a text too long to be a sentence only the start is read.
    pub fn new(text: &'a str) -> Self {
        const LONGEST: usize = 1600;
        let end = (0..=LONGEST.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at));
        let text = &text[..end.unwrap_or(0)];
        let mut tokens = cut(text);
        tagger::tag(&mut tokens);
        let mut res = Sentence { text, tokens };
        statement::find_verb(&mut res);
        res
    }

    /// The word as it is written.
    pub fn word(&self, at: usize) -> &'a str {
        &self.text[self.tokens[at].start..self.tokens[at].end]
    }

    /// The tag at `at`, a mark if there is no word.
    pub fn tag(&self, at: usize) -> Tag {
        self.tokens.get(at).map_or(Tag::Punct, |token| token.tag)
    }

    /// Which forms of a verb the word can be.
    pub fn forms(&self, at: usize) -> Forms {
        self.tokens
            .get(at)
            .map_or_else(Forms::default, |token| token.forms)
    }

    /// The word in lower case, empty if there is none.
    pub fn low(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.low.as_str())
    }
}

fn inner(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '-' | '.' | '/' | '&' | '+' | '_' | '@' | '#' | ',' | ':' | '‑'
    )
}

fn outer(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '#' | '@' | '~')
}

/// Words are runs of letters and digits, with marks inside them.
fn cut(text: &str) -> Vec<Token> {
    let mut res: Vec<Token> = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let is_word = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_alphanumeric());
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i].1;
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let first = i;
        if c.is_alphanumeric() || (outer(c) && is_word(i + 1)) {
            i += 1;
            while i < chars.len() {
                let c = chars[i].1;
                let digits = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_ascii_digit());
                let joins = match c {
                    ',' | ':' => digits(i + 1) && i > 0 && digits(i - 1),
                    _ => inner(c) && is_word(i + 1),
                };
                if !(c.is_alphanumeric() || joins) {
                    break;
                }
                i += 1;
            }
            // "C++" and "40%" carry their marks.
            while chars.get(i).is_some_and(|(_, c)| matches!(c, '%' | '+')) {
                i += 1;
            }
        } else {
            i += 1;
        }
        contraction(&mut res, text, at(first), at(i));
    }
    res
}

/// Pushes a word, cut in two where it is a pronoun with a verb: "it's".
fn contraction(res: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    const HEADS: words::Words = "it that there here what he she they we you i who let";
    let mut low = text[start..end].to_lowercase();
    if low.contains('’') {
        low = low.replace('’', "'");
    }
    let capital = text[start..end].starts_with(char::is_uppercase);
    let make = |start, end, low: String, capital| Token {
        start,
        end,
        tag: Tag::Open,
        capital,
        // Asked of a word again and again, so they are looked up once.
        forms: verbs::forms(&low),
        denies: among(words::NEGATIONS, &low) || low.ends_with("n't"),
        low,
    };
    if let Some((head, tail)) = low.split_once('\'')
        && among(HEADS, head)
        && matches!(tail, "s" | "re" | "m" | "ve" | "ll" | "d")
        && text.is_char_boundary(start + head.len())
    {
        let middle = start + head.len();
        res.push(make(start, middle, head.to_owned(), capital));
        res.push(make(middle, end, format!("'{tail}"), false));
        return;
    }
    res.push(make(start, end, low, capital));
}
