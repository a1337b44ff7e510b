//! Which icon the words of a title call for.
//!
//! Every word that the concept table knows speaks for its icons, as loud as its
//! weight and its place in the title: the head of the first phrase most, what
//! follows a preposition less. Names and search tags of the pack speak only
//! where the table is silent. Below a threshold nobody is heard.

use std::rc::Rc;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::words::{Forms, Word, forms_of, plain_forms, split};

/// The concept table; its format is in its first lines.
const CONCEPTS: &str = include_str!("concepts.txt");
/// Less than this is no reason to draw anything.
const THRESHOLD: f32 = 0.95;
/// A text's words are read as far as this; a factor is made in its first lines.
const TEXT_WORDS: usize = 300;
const TITLE_WORDS: usize = 40;
/// Another icon of the same row counts this much of the row's first.
const SECOND_ICON: f32 = 0.6;

/// An icon and how much speaks for it.
#[derive(Clone, Debug)]
struct Candidate {
    icon: &'static str,
    score: f32,
}

/// An icon for each title and text, different ones where enough fit.
pub fn choose_all(factors: &[(&str, &str)]) -> Vec<Option<String>> {
    let candidates: Vec<Vec<Candidate>> = factors
        .iter()
        .map(|(title, text)| rank(title, text))
        .collect();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let best = |index: usize| {
        candidates[index]
            .first()
            .map_or(0.0, |candidate| candidate.score)
    };
    // Who has most to say for an icon takes it; the sort keeps the deck's order among equals.
    order.sort_by(|&a, &b| best(b).total_cmp(&best(a)));
    let mut taken: HashSet<&str> = HashSet::default();
    let mut res = vec![None; factors.len()];
    for index in order {
        let free = candidates[index]
            .iter()
            .find(|candidate| !taken.contains(candidate.icon));
        if let Some(candidate) = free.or(candidates[index].first()) {
            taken.insert(candidate.icon);
            res[index] = Some(candidate.icon.to_owned());
        }
    }
    res
}

/// Icons that fit a title, the best first; empty if none does well enough.
fn rank(title: &str, text: &str) -> Vec<Candidate> {
    let words = split(title, TITLE_WORDS);
    let words = without_numbering(&words);
    let mut votes = Votes::default();
    let parts = read(words);
    let loudness = places(words, &parts);
    for (part, loudness) in parts.iter().zip(&loudness) {
        match part.kind {
            Kind::Row(row) => votes.add_row(row, part.words, *loudness),
            Kind::Named(icon) => votes.add(icon, part.words, 2.5 * loudness),
            Kind::Unknown | Kind::Filler | Kind::Joint => {}
        }
    }
    if votes.scores.is_empty() {
        by_tags(words, &parts, &mut votes);
    }
    votes.dilute(&parts);
    if votes.scores.is_empty() {
        return Vec::new();
    }
    votes.hear(text);
    votes.finish()
}

/// What the words of a title or text say together.
#[derive(Default)]
struct Votes {
    scores: Vec<(Candidate, f32)>,
}

impl Votes {
    fn add(&mut self, icon: &'static str, n_words: usize, score: f32) {
        // A phrase is surer than a word.
        let score = if n_words > 1 { score * 1.15 } else { score };
        match self
            .scores
            .iter_mut()
            .find(|(candidate, _)| candidate.icon == icon)
        {
            Some((candidate, _)) => candidate.score += score,
            None => self.scores.push((Candidate { icon, score }, 0.0)),
        }
    }

    fn add_row(&mut self, row: &'static TableRow, n_words: usize, loudness: f32) {
        for (rank, icon) in row.icons.iter().enumerate() {
            self.add(
                icon,
                n_words,
                row.weight * loudness * SECOND_ICON.powi(rank.min(3) as i32),
            );
        }
    }

    /// A long title of which only a word is understood is not understood.
    fn dilute(&mut self, parts: &[Part]) {
        let known = parts
            .iter()
            .filter(|part| matches!(part.kind, Kind::Row(_) | Kind::Named(_)))
            .count();
        let unknown = parts
            .iter()
            .filter(|part| matches!(part.kind, Kind::Unknown))
            .count();
        if unknown > known {
            let share = (known + 1) as f32 / (unknown + 1) as f32;
            for (candidate, _) in &mut self.scores {
                candidate.score *= share.max(0.4);
            }
        }
    }

    /// The text may decide between the icons of the title, and no more.
    fn hear(&mut self, text: &str) {
        for part in read(&split(text, TEXT_WORDS)) {
            let Kind::Row(row) = part.kind else { continue };
            for (candidate, heard) in &mut self.scores {
                if row.icons.contains(&candidate.icon) {
                    *heard += 0.05 * row.weight;
                }
            }
        }
    }

    fn finish(self) -> Vec<Candidate> {
        let best = self
            .scores
            .iter()
            .map(|(candidate, _)| candidate.score)
            .fold(0.0, f32::max);
        if best < THRESHOLD {
            return Vec::new();
        }
        let mut res: Vec<Candidate> = self
            .scores
            .into_iter()
            .filter(|(candidate, _)| candidate.score >= best * 0.3)
            .map(|(candidate, heard)| Candidate {
                score: candidate.score + heard.min(1.0),
                ..candidate
            })
            .collect();
        res.sort_by(|a, b| b.score.total_cmp(&a.score));
        res
    }
}

/// A stretch of a title's words.
#[derive(Debug)]
struct Part {
    kind: Kind,
    /// Place of its first word.
    start: usize,
    words: usize,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A row of the concept table has it.
    Row(&'static TableRow),
    /// It is an icon's name.
    Named(&'static str),
    /// A word with a meaning that nobody knows.
    Unknown,
    /// A word that says nothing: `factors`, `important`, an idiom.
    Filler,
    /// A word that ends a phrase: a preposition, `and`, an auxiliary verb.
    Joint,
}

fn read(words: &[Word]) -> Vec<Part> {
    let table = table();
    let all_forms: Vec<Rc<Forms>> = words.iter().map(|word| forms_of(&word.text)).collect();
    let mut res = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let (kind, n_words) = table
            .longest(words, &all_forms, start)
            .unwrap_or_else(|| (plain_kind(&words[start].text), 1));
        res.push(Part {
            kind,
            start,
            words: n_words,
        });
        start += n_words;
    }
    res
}

fn plain_kind(word: &str) -> Kind {
    let table = table();
    if table.joints.contains(word) {
        return Kind::Joint;
    }
    if word.len() < 3 || table.fillers.contains(word) || word.bytes().all(|b| b.is_ascii_digit()) {
        return Kind::Filler;
    }
    Kind::Unknown
}

/// How loud each part may speak.
fn places(words: &[Word], parts: &[Part]) -> Vec<f32> {
    let mut res = vec![0.0; parts.len()];
    let mut equals = 1.0;
    let mut depth = 1.0;
    let mut phrase: Vec<usize> = Vec::new();
    let speaks = |kind: Kind| matches!(kind, Kind::Row(_) | Kind::Named(_) | Kind::Unknown);
    let settle = |phrase: &mut Vec<usize>, loudness: f32, res: &mut Vec<f32>| {
        // The head of an English noun phrase is its last word; if nobody
        // knows what it is, the words before it say little about the whole.
        let head = phrase.last().copied();
        let head_known = head.is_some_and(|head| !matches!(parts[head].kind, Kind::Unknown));
        for place in phrase.drain(..) {
            let share = if Some(place) == head { 1.0 } else { 0.7 };
            res[place] = loudness * if head_known { share } else { 0.6 };
        }
    };
    for (place, part) in parts.iter().enumerate() {
        let breaks = words[part.start].after_break && part.start > 0;
        let joint = matches!(part.kind, Kind::Joint);
        if (breaks || joint) && !phrase.is_empty() {
            settle(&mut phrase, equals * depth, &mut res);
            let equal = breaks || matches!(words[part.start].text.as_str(), "and" | "or");
            if equal {
                equals *= 0.85;
            } else {
                depth = 0.65;
            }
            if breaks {
                depth = 1.0;
            }
        }
        if speaks(part.kind) {
            phrase.push(place);
        }
    }
    settle(&mut phrase, equals * depth, &mut res);
    res
}

/// `Step 2: Know your audience` is about the audience.
fn without_numbering(words: &[Word]) -> &[Word] {
    const PARTS: &[&str] = &[
        "step", "part", "chapter", "section", "lesson", "phase", "tip", "day", "reason", "rule",
        "week",
    ];
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let number = |word: &Word| {
        word.text.bytes().all(|b| b.is_ascii_digit()) || NUMBERS.contains(&word.text.as_str())
    };
    match words {
        [part, digit, rest @ ..]
            if PARTS.contains(&part.text.as_str()) && number(digit) && !rest.is_empty() =>
        {
            rest
        }
        _ => words,
    }
}

/// A row of the concept table, its icons apart.
#[derive(Debug)]
struct TableRow {
    weight: f32,
    icons: Vec<&'static str>,
}

#[derive(Default)]
struct Table {
    joints: HashSet<&'static str>,
    fillers: HashSet<&'static str>,
    /// Phrases by their first word, the rest of the words with each.
    phrases: HashMap<String, Vec<(Vec<String>, &'static TableRow)>>,
    /// Names of icons by their first word.
    names: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

impl Table {
    fn add(
        &mut self,
        weight: f32,
        icons: Vec<&'static str>,
        phrases: impl Iterator<Item = &'static str>,
    ) {
        // The table lives as long as the program.
        let row: &'static TableRow = Box::leak(Box::new(TableRow { weight, icons }));
        for phrase in phrases {
            let mut words = split(phrase, TITLE_WORDS).into_iter().map(|word| word.text);
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            let entries = self.phrases.entry(first).or_default();
            if entries.iter().all(|(other, _)| *other != rest) {
                entries.push((rest, row));
            }
        }
    }

    /// The longest phrase or name that begins at a word.
    fn longest(
        &self,
        words: &[Word],
        all_forms: &[Rc<Forms>],
        start: usize,
    ) -> Option<(Kind, usize)> {
        let mut best: Option<(Kind, usize)> = None;
        let mut offer = |kind: Kind, n_words: usize| {
            if best.as_ref().is_none_or(|(_, longest)| n_words > *longest) {
                best = Some((kind, n_words));
            }
        };
        let follows = |place: usize, wanted: &str| {
            words.get(place).is_some_and(|word| !word.after_break)
                && all_forms[place].all.iter().any(|form| form == wanted)
        };
        // `working` says as little as `work` says much.
        let filler = self.fillers.contains(words[start].text.as_str());
        for (nearness, form) in all_forms[start].all.iter().enumerate() {
            for (rest, row) in self.phrases.get(form.as_str()).into_iter().flatten() {
                if filler && nearness > 0 && rest.is_empty() {
                    continue;
                }
                if (1..)
                    .zip(rest)
                    .all(|(place, wanted)| follows(start + place, wanted))
                {
                    let kind = if row.icons.is_empty() {
                        Kind::Filler
                    } else {
                        Kind::Row(row)
                    };
                    offer(kind, rest.len() + 1);
                }
            }
        }
        for form in &all_forms[start].plain {
            for (rest, name) in self.names.get(form.as_str()).into_iter().flatten() {
                if (1..)
                    .zip(rest)
                    .all(|(place, wanted)| follows(start + place, wanted))
                {
                    offer(Kind::Named(name), rest.len() + 1);
                }
            }
        }
        best
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut res = Table::default();
        let mut own: Vec<&str> = Vec::new();
        for (head, phrases) in rows() {
            let mut icons = head.split_whitespace();
            let weight = match icons.next() {
                Some("clear") => 3.0,
                Some("plain") => 2.0,
                Some("faint") => 1.0,
                Some("itself") => {
                    own.extend(phrases);
                    continue;
                }
                Some("joint") => {
                    res.joints.extend(phrases);
                    continue;
                }
                Some(_) | None => {
                    res.fillers
                        .extend(phrases.iter().filter(|phrase| !phrase.contains(' ')));
                    res.add(
                        0.0,
                        Vec::new(),
                        phrases.into_iter().filter(|phrase| phrase.contains(' ')),
                    );
                    continue;
                }
            };
            res.add(weight, icons.collect(), phrases.into_iter());
        }
        for name in super::names() {
            let mut words = name.split('-');
            let first = words.next().unwrap_or_default();
            let rest: Vec<&str> = words.collect();
            let thing = if rest.is_empty() {
                own.contains(&name)
            } else {
                draws_a_thing(name)
            };
            if thing {
                res.names.entry(first).or_default().push((rest, name));
            }
        }
        res
    })
}

/// The rows of the concept table: what stands before the colon, and the phrases.
pub fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut res: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in CONCEPTS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let phrases = match line.split_once(':') {
            Some((head, phrases)) if !line.starts_with(' ') => {
                res.push((head, Vec::new()));
                phrases
            }
            Some(_) | None => line,
        };
        if let Some((_, row)) = res.last_mut() {
            row.extend(
                phrases
                    .split(',')
                    .map(str::trim)
                    .filter(|phrase| !phrase.is_empty()),
            );
        }
    }
    res
}

/// Whether an icon shows a thing, not a sign of user interfaces or a variant of another icon.
fn draws_a_thing(name: &str) -> bool {
    const SIGNS: &[&str] = &[
        "a",
        "align",
        "arrow",
        "arrows",
        "badge",
        "between",
        "case",
        "chevron",
        "chevrons",
        "circle",
        "clock",
        "corner",
        "decimals",
        "dice",
        "ellipsis",
        "equal",
        "flip",
        "fold",
        "form",
        "gap",
        "grip",
        "handle",
        "heading",
        "key",
        "layer",
        "layout",
        "letter",
        "line",
        "list",
        "log",
        "mouse",
        "move",
        "panel",
        "panels",
        "person",
        "rectangle",
        "remove",
        "rows",
        "columns",
        "screen",
        "separator",
        "sliders",
        "square",
        "squares",
        "step",
        "stretch",
        "switch",
        "table",
        "tally",
        "text",
        "toggle",
        "triangles",
        "type",
        "unfold",
        "view",
        "whole",
        "x",
        "zodiac",
        "zoom",
        "wind",
        "trending",
        "skip",
        "save",
        "rotate",
        "send",
        "share",
        "scan",
        "bring",
        "disc",
        "search",
        "refresh",
        "redo",
        "undo",
        "repeat",
        "star",
        "hand",
        "non",
        "flag",
        "mic",
        "pen",
        "pin",
        "playing",
        "tags",
        "ticket",
        "user",
        "users",
        "spell",
        "land",
    ];
    const VARIANTS: &[&str] = &[
        "off", "x", "minus", "plus", "check", "up", "down", "left", "right", "dot", "cog", "open",
        "closed", "alert", "round", "2", "3", "4", "half", "search", "pen", "clock", "question",
        "code", "info", "heart", "key", "lock", "user", "full",
    ];
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default();
    !SIGNS.contains(&first) && !words.any(|word| VARIANTS.contains(&word))
}

/// The icons of things that have a word in their name or among their tags. An
/// article may have a thousand headings; the icons are gone through once.
fn tagged(word: &str) -> &'static [&'static str] {
    static TAGGED: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let tagged = TAGGED.get_or_init(|| {
        let mut res: HashMap<&'static str, Vec<&'static str>> = HashMap::default();
        let entries = super::index().entries.iter();
        for entry in entries.filter(|entry| draws_a_thing(entry.name)) {
            for tag in entry.tags.split(',').chain(entry.name.split('-')) {
                let icons = res.entry(tag).or_default();
                // A tag may also be a part of the name.
                if icons.last() != Some(&entry.name) {
                    icons.push(entry.name);
                }
            }
        }
        res
    });
    tagged.get(word).map_or(&[], Vec::as_slice)
}

/// Where neither table nor names know a word: an icon that two words of the
/// title are tags of. One alone would bring a bucket for `fill`.
fn by_tags(words: &[Word], parts: &[Part], votes: &mut Votes) {
    let unknown: Vec<Vec<String>> = parts
        .iter()
        .filter(|part| matches!(part.kind, Kind::Unknown))
        .map(|part| plain_forms(&words[part.start].text))
        .fold(Vec::new(), |mut res, forms| {
            if !res.contains(&forms) {
                res.push(forms);
            }
            res
        });
    if unknown.len() < 2 {
        return;
    }
    let mut heard: Vec<(&'static str, usize, f32)> = Vec::new();
    for word in &unknown {
        let Some(icons) = word
            .iter()
            .map(|form| tagged(form))
            .find(|icons| !icons.is_empty())
        else {
            continue;
        };
        // A tag of three icons says more than one of thirty.
        let rarity = 1.0 / (1.0 + icons.len() as f32 / 4.0);
        for &icon in icons {
            match heard.iter_mut().find(|(name, ..)| *name == icon) {
                Some((_, times, score)) => (*times, *score) = (*times + 1, *score + rarity),
                None => heard.push((icon, 1, rarity)),
            }
        }
    }
    heard.retain(|(_, times, _)| *times >= 2);
    // The plainest of equal icons: the shortest name.
    heard.sort_by(|a, b| {
        b.2.total_cmp(&a.2)
            .then(a.0.len().cmp(&b.0.len()))
            .then(a.0.cmp(b.0))
    });
    for (icon, _, score) in heard.into_iter().take(3) {
        votes.add(icon, 1, 1.5 * score);
    }
}
