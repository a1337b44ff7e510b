//! What authors set as items: lines of a list and bold openings, as points.

use super::claim;
use super::clause;
use super::points::{Language, Scene, whole};
use super::sentence::sentences;
use super::statement::{Shape, Statement, main_verb};
use super::token::{Sentence, Tag};
use super::verbs;
use super::weigh;
use super::wording::{self, ALLOWED, Candidate};
use super::words::among;
use super::{Kind, Passage, Point};

/// The bold opening of a paragraph: "**Clear goals.** Teams that ...". With
/// what follows, if all of it is a line: "**Air:** cheap, works everywhere."
pub fn bold_lead(passage: &Passage, scene: &Scene) -> Option<Point> {
    if !matches!(passage.kind, Kind::Paragraph | Kind::Item) {
        return None;
    }
    let source = passage.markdown.trim_start_matches(['-', '*', ' ', '+']);
    let opened = &passage.markdown[..passage.markdown.len() - source.len()];
    let strong = opened.ends_with("**") || source.starts_with("__");
    let (bold, rest) = source
        .trim_start_matches('_')
        .split_once(if opened.ends_with("**") { "**" } else { "__" })?;
    let label = bold.trim().trim_end_matches([':', '.', '—', '–']).trim();
    let words = label.split_whitespace().count();
    let stated = rest.trim_start().starts_with(char::is_alphanumeric)
        || rest.trim_start().starts_with([':', '—', '–', '-']);
    let plain =
        !label.contains(['*', '_', '`', '[', ']', '\\', '<']) && passage.text.starts_with(label);
    let fits = (1..=8).contains(&words) && !label.ends_with('?') && stated && strong && plain;
    if !fits {
        return None;
    }
    let colon = passage.text[label.len()..].starts_with([':', '—', '–']);
    let line = whole(&passage.text, ALLOWED, scene.language).filter(|line| {
        colon && line.text.starts_with(label) && sentences(&passage.text).len() == 1
    });
    Some(Point {
        text: line.map_or_else(|| label.to_owned(), |line| line.text),
        lead: 0..label.len(),
        sentence: passage.text.clone(),
    })
}

/// A list item as a point: short ones as they are, long ones by their label,
/// their first sentence, or the best statement in it.
pub fn item_point(item: &Passage, scene: &Scene) -> Option<Point> {
    let text = strip_box(item.text.trim());
    let text = ["; and", "; or", ", and", ", or"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    let opening = text.split_whitespace().next().unwrap_or("").to_lowercase();
    if scene.language == Language::English && claim::called(&text.to_lowercase()) {
        return None;
    }
    if among("it this these they he she that those", &opening) {
        return None;
    }
    if claim::refers(text)
        || claim::introduces(text)
        || of_series(&opening, text)
        || text.ends_with(['?', '？'])
    {
        return None;
    }
    let first = sentences(text).first().copied().unwrap_or(text);
    if first.ends_with(['?', '？']) || (scene.language == Language::English && waits(first)) {
        return None;
    }
    if let Some(mut point) = whole(first, ALLOWED, scene.language).filter(|_| !first.ends_with(':'))
    {
        point.lead = label(&point.text);
        if point.lead.is_empty() && scene.language == Language::English {
            point.lead = first_phrase(first, &point.text);
        }
        return Some(point);
    }
    if let Some(point) = labelled(text, first, scene) {
        return Some(point);
    }
    if scene.language != Language::English {
        return None;
    }
    best_of(first, ALLOWED, scene)
}

/// The best point of at most so many words that a sentence gives.
fn best_of(text: &str, most: usize, scene: &Scene) -> Option<Point> {
    let sentence = Sentence::new(text);
    let mut found: Vec<Candidate> = clause::statements(&sentence, &scene.cast)
        .iter()
        .enumerate()
        .flat_map(|(n, statement)| wording::candidates(&sentence, statement, (0, n)))
        .filter(|candidate| candidate.point.text.split_whitespace().count() <= most)
        .collect();
    found.sort_by(|a, b| b.form.total_cmp(&a.form));
    found.into_iter().next().map(|candidate| candidate.point)
}

/// A label with what its sentence says in short, or alone: "Redirects" says
/// nothing without the rest, "Sharing what you know" does.
fn labelled(text: &str, first: &str, scene: &Scene) -> Option<Point> {
    let end = label(text).end;
    if end == 0 {
        return None;
    }
    let label = &text[..end];
    let n_words = label.split_whitespace().count();
    let rest = first.get(end..).unwrap_or("");
    let open = rest
        .find(char::is_alphanumeric)
        .filter(|_| scene.language == Language::English);
    if let Some(open) = open
        && let Some(said) = best_of(&rest[open..], ALLOWED.saturating_sub(n_words), scene)
            .or_else(|| of_label(&rest[open..]))
        && n_words + said.text.split_whitespace().count() <= ALLOWED
        && !claim::told(&said.sentence)
    {
        let mark = if rest.starts_with(':') { ":" } else { " –" };
        return Some(Point {
            text: format!("{label}{mark} {}", said.text),
            lead: 0..end,
            sentence: first.to_owned(),
        });
    }
    (n_words > 1).then(|| Point {
        text: label.to_owned(),
        lead: 0..end,
        sentence: first.to_owned(),
    })
}

/// "Part 2: How we measured": another article.
fn of_series(opening: &str, text: &str) -> bool {
    let number = text.split_whitespace().nth(1).unwrap_or("");
    matches!(opening, "part" | "episode" | "chapter")
        && number.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a verb is one. "Costs related to" and "upcoming changes and" begin with
/// nouns that could be verbs.
fn acts(s: &Sentence, at: usize) -> bool {
    if s.tag(at) != Tag::Verb {
        return true;
    }
    let forms = s.forms(at);
    // "Information needed by people" is what is needed.
    let undergone = forms.past.is_some() && matches!(s.tag(at + 1), Tag::To | Tag::Prep);
    if undergone && at > 0 && s.tag(at - 1) == Tag::Noun {
        return false;
    }
    let nominal = forms.third.is_some_and(verbs::noun_first);
    let object = matches!(
        s.tag(at + 1),
        Tag::Det | Tag::Poss | Tag::Pron | Tag::Adj | Tag::Noun | Tag::Number | Tag::To | Tag::Adv
    );
    !nominal || at > 0 && object
}

/// "This technique finds themes" behind the label "Topic modeling": what it does.
fn of_label(text: &str) -> Option<Point> {
    let s = Sentence::new(text);
    let n = s.tokens.len();
    let verb = main_verb(&s, 0, n.min(60))?;
    let mut start = verb;
    while start > 1 && s.tag(start - 1) == Tag::Adv {
        start -= 1;
    }
    let referring = match s.low(0) {
        "it" | "they" => start == 1,
        "this" | "these" => {
            start <= 3 && (1..start).all(|at| matches!(s.tag(at), Tag::Noun | Tag::Adj))
        }
        _ => false,
    };
    let end = (0..n).rev().find(|&at| s.tag(at) != Tag::Punct)? + 1;
    if !referring || claim::told(text) {
        return None;
    }
    let statement = Statement {
        keep: (start..end).collect(),
        mend: None,
        shape: Shape::Action,
        cost: 0.0,
    };
    let found = wording::candidates(&s, &statement, (0, 0));
    found
        .into_iter()
        .max_by(|a, b| a.form.total_cmp(&b.form))
        .map(|candidate| candidate.point)
}

/// Whether an item says nothing without the words that lead in to it: "Recent
/// updates" behind "Tell your users of:". The heading may say as much: it names
/// what the list is of, or, for a list that is all of its section (`alone`),
/// shares a word with a lead-in that is complete.
pub fn orphaned(
    passages: &[Passage],
    at: usize,
    heading: &str,
    scene: &Scene,
    alone: bool,
) -> bool {
    if scene.language != Language::English || passages[at].kind != Kind::Item {
        return false;
    }
    let Some(lead) = claim::lead_in(passages, at) else {
        return false;
    };
    let led = Sentence::new(lead);
    let complete = !lead.ends_with(':')
        || led
            .tokens
            .iter()
            .rev()
            .find(|token| token.tag != Tag::Punct)
            .is_some_and(|token| {
                token.tag == Tag::Noun
                    || matches!(token.low.as_str(), "following" | "these" | "below")
            });
    let text = passages[at].text.as_str();
    let first = sentences(text).first().copied().unwrap_or(text);
    let s = Sentence::new(first);
    let says = main_verb(&s, 0, s.tokens.len().min(60)).is_some_and(|at| acts(&s, at))
        // "88 proposals merged" is a fact, "47 % medium" waits for what it is a share of.
        || (0..6).any(|at| s.tag(at) == Tag::Number)
            && (0..8).any(|at| {
                s.tag(at) == Tag::Noun && (s.tokens.len() > 4 || s.low(at).ends_with('s'))
            });
    // The heading must name what the list is of, not only what it is about.
    let head = weigh::stems(heading);
    let told = weigh::content(lead)
        .last()
        .is_some_and(|last| head.contains(last));
    let about = weigh::stems(lead).intersection(&head).next().is_some();
    let stands = says || told || !label(text).is_empty() || (alone && complete && about);
    !stands
}

/// "If you look for a tool" is half a sentence; a list may be of such halves.
fn waits(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("").to_lowercase();
    among(
        "if when unless because while although where whether",
        &first,
    ) && !text.contains(", ")
}

/// A task's box or a number in front of an item.
fn strip_box(text: &str) -> &str {
    // A bullet of a list within it that lost its line end.
    let text = text.strip_prefix("* ").unwrap_or(text);
    text.strip_prefix("[ ] ")
        .or_else(|| text.strip_prefix("[x] "))
        .unwrap_or(text)
}

/// "Speed: nothing waits" has the label "Speed".
fn label(text: &str) -> std::ops::Range<usize> {
    let ends = [": ", " – ", " — ", " - "];
    let end = ends
        .iter()
        .filter_map(|end| text.find(end))
        .min()
        .unwrap_or(0);
    let words = text[..end].split_whitespace().count();
    // "Part 3: what we learned" is not about "Part 3"; "1911: the room opens" is.
    let counts = words > 1 && text[..end].ends_with(|c: char| c.is_ascii_digit());
    let fits =
        (1..=6).contains(&words) && !counts && !text[..end].contains(['.', ',', '(', '“', '"']);
    if fits { 0..end } else { 0..0 }
}

/// The key phrase that the grammar finds at the start of an item.
fn first_phrase(source: &str, shown: &str) -> std::ops::Range<usize> {
    let sentence = Sentence::new(source);
    let keep: Vec<usize> = (0..sentence.tokens.len())
        .filter(|&at| !(at + 1 == sentence.tokens.len() && sentence.tag(at) == Tag::Punct))
        .collect();
    let end = wording::key_phrase(&sentence, &keep);
    let fits = end > 0 && end < source.len() && shown.is_char_boundary(end) && end <= shown.len();
    if fits { 0..end } else { 0..0 }
}
