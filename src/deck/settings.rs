//! What an author may set in front matter: of a deck, and of a slide.

use crate::diag::Diagnostics;
use crate::source::{Source, Span, Spanned};
use crate::yaml::{Entry, Value};

/// Settings of the whole deck, from the front matter of its first file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct DeckSettings {
    /// Shown in the tab and at the foot of every slide.
    pub title: Option<Spanned<String>>,
    /// Who speaks.
    pub author: Option<Spanned<String>>,
    /// Shown as it is written.
    pub date: Option<Spanned<String>>,
    /// Language tag; `en` if not said.
    pub lang: Option<Spanned<String>>,
    /// Name of a theme, or a folder beside the deck.
    pub theme: Option<Spanned<String>>,
    /// A CSS colour that the palette is made of.
    pub accent: Option<Spanned<String>>,
    /// `16:9`, `16:10` or `4:3`.
    pub size: Option<Spanned<String>>,
    /// Text at the foot; the title if not said, nothing if empty.
    pub footer: Option<Spanned<String>>,
    /// One sentence for search engines and previews.
    pub description: Option<Spanned<String>>,
    /// `lists`: the items of lists appear one by one.
    pub steps: Option<Spanned<String>>,
    /// Headings up to this level begin a slide; `none`: only breaks do.
    pub split: Option<Spanned<String>>,
    /// Minutes the talk may take.
    pub minutes: Option<Spanned<String>>,
    /// `final` or `steps`: a page for each slide, or for each step.
    pub print: Option<Spanned<String>>,
    /// What is done with slides that hold too much, as [`super::fit::Fitting`] reads it.
    pub fit: Option<Spanned<String>>,
    /// How one slide follows the other: a word of [`TRANSITIONS`].
    pub transition: Option<Spanned<String>>,
    /// Names and what they stand for in `{{name}}`.
    pub vars: Vec<(String, String)>,
    /// What `deckle check` is to look for, and how much it counts.
    pub check: Vec<(Spanned<String>, String)>,
}

/// Settings of one slide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlideSettings {
    /// Name of a layout; chosen by content if not said.
    pub layout: Option<Spanned<String>>,
    /// Classes for the deck's own CSS.
    pub class: Option<Spanned<String>>,
    /// A CSS colour, or a picture's path.
    pub background: Option<Spanned<String>>,
    /// Speaker notes, before those in the text.
    pub notes: Option<Spanned<String>>,
    /// Name of an icon.
    pub icon: Option<Spanned<String>>,
    /// `lists` or `none`, over what the deck says.
    pub steps: Option<Spanned<String>>,
    /// Where its texts come from, as [`super::origin::Origin`] reads it.
    pub from: Option<Spanned<String>>,
    /// Text at the foot, over what the deck says.
    pub footer: Option<Spanned<String>>,
    /// A file whose slides stand here: `part.md`, `part.md#2-5`.
    pub include: Option<Spanned<String>>,
    /// Minutes it may take; a section: up to the next one.
    pub minutes: Option<Spanned<String>>,
    /// What is done if it holds too much, over what the deck says.
    pub fit: Option<Spanned<String>>,
    /// How it follows the slide before, over what the deck says.
    pub transition: Option<Spanned<String>>,
    /// `true`: it may be left out when time is short.
    pub optional: Option<Spanned<String>>,
    /// A line below which the slide is shown beside its source.
    pub example: Option<Spanned<String>>,
}

/// Keys of [`DeckSettings`].
pub const DECK_KEYS: [&str; 17] = [
    "title",
    "author",
    "date",
    "lang",
    "theme",
    "accent",
    "size",
    "footer",
    "description",
    "steps",
    "split",
    "minutes",
    "print",
    "fit",
    "transition",
    "vars",
    "check",
];

/// Keys of [`SlideSettings`]; the last four are also keys of the deck.
pub const SLIDE_KEYS: [&str; 14] = [
    "example",
    "layout",
    "class",
    "background",
    "notes",
    "icon",
    "include",
    "optional",
    "from",
    "steps",
    "footer",
    "minutes",
    "fit",
    "transition",
];

/// Words for `transition`.
pub const TRANSITIONS: [&str; 5] = ["none", "fade", "slide", "push", "morph"];

/// Names of groups: `::: name`.
pub const GROUPS: [&str; 12] = [
    "notes", "steps", "columns", "column", "left", "right", "morph", "chart", "alert", "qr",
    "poll", "example",
];

impl DeckSettings {
    fn place(&mut self, key: &str) -> Option<&mut Option<Spanned<String>>> {
        Some(match key {
            "title" => &mut self.title,
            "author" => &mut self.author,
            "date" => &mut self.date,
            "lang" => &mut self.lang,
            "theme" => &mut self.theme,
            "accent" => &mut self.accent,
            "size" => &mut self.size,
            "footer" => &mut self.footer,
            "description" => &mut self.description,
            "steps" => &mut self.steps,
            "split" => &mut self.split,
            "minutes" => &mut self.minutes,
            "print" => &mut self.print,
            "fit" => &mut self.fit,
            "transition" => &mut self.transition,
            _ => return None,
        })
    }
}

impl SlideSettings {
    fn place(&mut self, key: &str) -> Option<&mut Option<Spanned<String>>> {
        Some(match key {
            "layout" => &mut self.layout,
            "class" => &mut self.class,
            "background" => &mut self.background,
            "notes" => &mut self.notes,
            "icon" => &mut self.icon,
            "from" => &mut self.from,
            "steps" => &mut self.steps,
            "footer" => &mut self.footer,
            "include" => &mut self.include,
            "minutes" => &mut self.minutes,
            "fit" => &mut self.fit,
            "transition" => &mut self.transition,
            "optional" => &mut self.optional,
            "example" => &mut self.example,
            _ => return None,
        })
    }
}

/// Fills the settings from the entries of a front matter that starts at byte
/// `base` of the source. In the first file (`deck` is given) a key that both
/// know (`footer`, `steps`, `minutes`, `transition`, `fit`) is the deck's.
pub fn fill(
    diags: &mut Diagnostics,
    source: &Source,
    base: usize,
    entries: Vec<Entry>,
    mut deck: Option<&mut DeckSettings>,
    slide: &mut SlideSettings,
) {
    for Entry { key, value, at } in entries {
        let span = source.at(base + at.0, base + at.1);
        let known = if deck.is_some() {
            [&DECK_KEYS[..], &SLIDE_KEYS[..8]].concat()
        } else {
            SLIDE_KEYS.to_vec()
        };
        if key == "vars"
            && let Some(deck) = deck.as_deref_mut()
        {
            match texts_of(&value) {
                Some(vars) => deck.vars = vars,
                None => diags.bad_vars(span),
            }
            continue;
        }
        if key == "check"
            && let Some(deck) = deck.as_deref_mut()
        {
            match texts_of(&value) {
                Some(said) => deck.check = placed(source, span, said),
                None => diags.bad_check(
                    span,
                    "check",
                    "write each code below it, indented: `  missing-notes: off`",
                ),
            }
            continue;
        }
        let place = deck
            .as_deref_mut()
            .and_then(|deck| deck.place(&key))
            .or_else(|| slide.place(&key));
        let Some(place) = place else {
            if DECK_KEYS.contains(&key.as_str()) {
                diags.deck_key_on_slide(span, &key);
            } else {
                diags.unknown_key(span, &key, &known);
            }
            continue;
        };
        match text_of(&value, &key) {
            Some(text) => {
                *place = Some(Spanned {
                    value: text,
                    span: value_span(source, span),
                })
            }
            None => diags.wrong_value(span, &key),
        }
    }
}

fn text_of(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Text(text) => Some(text.clone()),
        // `footer: false` is what people write for "none", `steps: true` for "the usual".
        Value::Bool(false) if matches!(key, "footer" | "steps") => Some(String::new()),
        Value::Bool(false) if matches!(key, "split" | "transition") => Some("none".into()),
        Value::Bool(true) if key == "steps" => Some("lists".into()),
        Value::Bool(value) => Some(value.to_string()),
        Value::List(list) if matches!(key, "class" | "author") => {
            let separator = if key == "class" { " " } else { ", " };
            let words: Option<Vec<String>> = list.iter().map(|value| text_of(value, "")).collect();
            words.map(|words| words.join(separator))
        }
        Value::List(_) | Value::Map(_) => None,
    }
}

/// Names with a text each.
fn texts_of(value: &Value) -> Option<Vec<(String, String)>> {
    match value {
        Value::Map(entries) => entries
            .iter()
            .map(|(name, value)| Some((name.clone(), text_of(value, "")?)))
            .collect(),
        Value::Null => Some(Vec::new()),
        Value::Bool(_) | Value::Text(_) | Value::List(_) => None,
    }
}

/// Names with their places in the lines below a key.
fn placed(
    source: &Source,
    key: Span,
    said: Vec<(String, String)>,
) -> Vec<(Spanned<String>, String)> {
    let text = &source.text()[key.end as usize..];
    let find = |name: &str| {
        let at = text.match_indices(name).find(|(at, _)| {
            let line = text[..*at].rsplit('\n').next().unwrap_or_default();
            line.trim_matches([' ', '\t', '"', '\'', '{', ':'])
                .is_empty()
        });
        at.map_or(key, |(at, _)| {
            let start = key.end as usize + at;
            source.at(start, start + name.len())
        })
    };
    said.into_iter()
        .map(|(name, text)| {
            let span = find(&name);
            (Spanned { value: name, span }, text)
        })
        .collect()
}

/// From behind `key:` to the end of its line: what an author would change.
fn value_span(source: &Source, key: Span) -> Span {
    let text = source.text();
    let end_of_line = text[key.end as usize..]
        .find('\n')
        .map_or(text.len(), |at| at + key.end as usize);
    let behind = &text[key.end as usize..end_of_line];
    let value = behind
        .trim_start_matches(['"', '\''])
        .trim_start_matches([':', ' ', '\t']);
    let trimmed = value.trim_end();
    let start = end_of_line - value.len();
    if trimmed.is_empty() {
        key
    } else {
        source.at(start, start + trimmed.len())
    }
}
