//! Two things set side by side: a table of two columns that a pair of words
//! heads, or two sub-headings or labels that are such a pair.

use super::origin;
use crate::article::{Kind, Passage, Stretch, strip_number};
use crate::import::plan::Line;

/// Two things with what is said of each.
pub type Columns = [(Line, Vec<Line>); 2];

/// Lines that fit below each name.
const MOST: usize = 4;

/// Words of such a line.
const MAX_WORDS: usize = 16;

/// Words that name the two sides of one thing.
const PAIRS: [(&str, &str); 24] = [
    ("pros", "cons"),
    ("advantages", "disadvantages"),
    ("advantages", "drawbacks"),
    ("benefits", "drawbacks"),
    ("benefits", "risks"),
    ("benefits", "costs"),
    ("benefits", "challenges"),
    ("strengths", "weaknesses"),
    ("opportunities", "threats"),
    ("opportunities", "risks"),
    ("do", "don't"),
    ("dos", "don'ts"),
    ("before", "after"),
    ("myth", "fact"),
    ("myths", "facts"),
    ("then", "now"),
    ("past", "present"),
    ("problem", "solution"),
    ("expectation", "reality"),
    ("vorteile", "nachteile"),
    ("vorher", "nachher"),
    ("avantages", "inconvénients"),
    ("ventajas", "desventajas"),
    ("ventajas", "inconvenientes"),
];

/// The comparison of a section, and the places of its passages.
pub fn of_section(
    title: &str,
    passages: &[Passage],
    stretches: &[Stretch],
) -> Option<(Columns, usize)> {
    by_stretches(title, passages, stretches).or_else(|| by_labels(passages))
}

fn are_pair(one: &str, two: &str, title: &str) -> bool {
    let plain = |text: &str| {
        let low = text.to_lowercase().replace('’', "'");
        low.trim_matches(|c: char| !c.is_alphanumeric()).to_string()
    };
    let (one, two) = (plain(one), plain(two));
    let is_known = PAIRS
        .iter()
        .any(|(a, b)| (one == *a && two == *b) || (one == *b && two == *a));
    let title = plain(title);
    let versus = [" vs ", " vs. ", " versus ", " or "];
    let sides = versus.iter().find_map(|word| title.split_once(word));
    let is_said = sides.is_some_and(|(left, right)| {
        let holds = |side: &str, name: &str| !name.is_empty() && side.contains(name);
        (holds(left, &one) && holds(right, &two)) || (holds(left, &two) && holds(right, &one))
    });
    is_known || is_said
}

fn by_stretches(
    title: &str,
    passages: &[Passage],
    stretches: &[Stretch],
) -> Option<(Columns, usize)> {
    let [one, two] = stretches else {
        return None;
    };
    let (left, right) = (one.heading.as_deref()?, two.heading.as_deref()?);
    if !are_pair(left, right, title) {
        return None;
    }
    let column = |name: &str, stretch: &Stretch| {
        let head = &passages[stretch.passages.start];
        let lines = origin::points(&stretch.points, &passages[stretch.passages.clone()]);
        let fitting: Vec<Line> = lines.into_iter().filter(is_short).take(MOST).collect();
        (origin::line(name, &head.text, head), fitting)
    };
    balanced([column(left, one), column(right, two)], one.passages.start)
}

/// "Pros:" and "Cons:", each above a list.
fn by_labels(passages: &[Passage]) -> Option<(Columns, usize)> {
    let labels: Vec<usize> = (0..passages.len())
        .filter(|&at| {
            let passage = &passages[at];
            let is_label = matches!(passage.kind, Kind::Paragraph | Kind::Heading(_));
            let next = passages.get(at + 1);
            is_label
                && passage.text.split_whitespace().count() <= 3
                && next.is_some_and(|next| next.kind == Kind::Item)
        })
        .collect();
    let [one, two] = labels.as_slice() else {
        return None;
    };
    let name = |at: usize| strip_number(passages[at].text.trim_end_matches(':'));
    if !are_pair(name(*one), name(*two), "") {
        return None;
    }
    let column = |at: usize| {
        let items = passages[at + 1..]
            .iter()
            .take_while(|p| p.kind == Kind::Item);
        let lines: Vec<Line> = items
            .map(|item| origin::line(item.text.trim_end_matches('.'), &item.text, item))
            .collect();
        let fitting = if lines.iter().all(is_short) {
            lines
        } else {
            Vec::new()
        };
        (
            origin::line(name(at), &passages[at].text, &passages[at]),
            fitting,
        )
    };
    balanced([column(*one), column(*two)], *one)
}

/// A table of two columns of words, headed by a pair.
pub fn of_table(passage: &Passage) -> Option<Columns> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        inner
            .split('|')
            .map(|cell| cell.trim().to_string())
            .collect()
    };
    let has_markup = |text: &str| text.contains(['\\', '*', '_', '`', '[', '<', '!']);
    let mut rows = passage.markdown.lines().map(cells);
    let head = rows.next().filter(|cells| cells.len() == 2)?;
    let rows: Vec<Vec<String>> = rows.skip(1).collect();
    let is_plain = |row: &Vec<String>| {
        row.len() == 2 && row.iter().all(|cell| !cell.is_empty() && !has_markup(cell))
    };
    if !are_pair(&head[0], &head[1], "") || !rows.iter().all(is_plain) {
        return None;
    }
    let column = |at: usize| {
        let lines = rows
            .iter()
            .map(|row| origin::line(&row[at], &row[at], passage));
        (origin::line(&head[at], &head[at], passage), lines.collect())
    };
    balanced([column(0), column(1)], 0).map(|(columns, _)| columns)
}

fn is_short(line: &Line) -> bool {
    line.text.split_whitespace().count() <= MAX_WORDS
}

/// Both sides must say something, and no more than fits.
fn balanced(columns: Columns, at: usize) -> Option<(Columns, usize)> {
    let fits = |(_, lines): &(Line, Vec<Line>)| {
        (1..=MOST).contains(&lines.len()) && lines.iter().all(is_short)
    };
    columns.iter().all(fits).then_some((columns, at))
}
