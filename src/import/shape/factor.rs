//! The slides of one factor: its points, more of them if it is long, and
//! slides for passages that are more than a point.

use super::origin::{self, Headings};
use super::{contrast, dates, figure, speech};
use crate::article::{self, Kind, Passage, Point, Section, Stretch};
use crate::deck::Layout;
use crate::import::plan::{Block, Line, Origin, Role, Slide};
use crate::import::wishes::Detail;

/// Lines of code beyond which a block stays in the notes.
const MAX_CODE_LINES: usize = 24;

/// Words of a quotation that can be read from a slide.
const MAX_QUOTE_WORDS: usize = 60;

/// Words of a sentence that stands for a factor without points.
const MAX_SENTENCE_WORDS: usize = 32;

/// Words under a sub-heading below which it is a point and no slide.
const SHORT_STRETCH: usize = 40;

/// Marks of items that were not read as a list.
const BULLETS: [char; 6] = ['•', '·', '▪', '‣', '–', ' '];

/// Points below which a factor gives none away to another slide.
const MIN_POINTS: usize = 2;

/// Words of a section from which on it goes on over further slides, half as
/// many if sub-headings divide it: two to four minutes of speech.
pub fn long(detail: Detail) -> usize {
    match detail {
        Detail::Brief => usize::MAX,
        Detail::Normal => 600,
        Detail::Full => 300,
    }
}

/// A slide and the passage it stands at.
type Placed = (usize, Slide);

/// The slides of a section, the factor itself first.
pub fn slides(
    section: Section,
    icon: Option<String>,
    headings: &Headings,
    detail: Detail,
) -> Vec<Slide> {
    let title = title(&section, headings);
    let mut points = own_points(&section.points, &section.passages);
    let mut rest = highlights(&title, &section, &mut points, detail);
    let has_columns = rest
        .iter()
        .any(|(_, slide)| slide.layout == Some(Layout::TwoColumns));
    let more = if has_columns {
        Vec::new()
    } else {
        more(&title, &section, &mut points, detail)
    };
    for (at, slide) in &mut rest {
        let under = more.iter().rev().find(|(from, _)| from <= at);
        if let Some((_, above)) = under {
            slide.title = above.title.clone();
        }
    }
    let first = Slide {
        role: Role::Factor,
        layout: Some(Layout::Factor),
        icon,
        title: Some(title),
        blocks: said(points, &section.passages),
        ..Slide::default()
    };
    let mut passages = section.passages;
    let mut placed: Vec<Placed> = vec![(0, first)];
    placed.extend(more);
    placed.extend(rest);
    placed.sort_by_key(|(at, slide)| (slide.role != Role::Factor, *at));
    // Each slide that goes on with the text has its part of it in the notes.
    for (at, slide) in placed.iter_mut().rev() {
        match slide.role {
            Role::More => slide.notes = passages.split_off((*at).min(passages.len())),
            Role::Factor => slide.notes = std::mem::take(&mut passages),
            _ => {}
        }
    }
    placed.into_iter().map(|(_, slide)| slide).collect()
}

/// Points that the article makes itself: what somebody is quoted with would
/// read as its own claim without the name of who said it.
fn own_points(points: &[Point], passages: &[Passage]) -> Vec<Line> {
    let mut res = origin::points(points, passages);
    res.retain(|point| {
        let sentence = &point.from.sentence;
        let holder = passages.iter().find(|one| one.text.contains(sentence));
        holder.is_none_or(|one| one.kind != Kind::Quote && !is_speech(&one.text, sentence))
    });
    res
}

/// The title of a section with the line of its heading.
pub fn title(section: &Section, headings: &Headings) -> Line {
    let written = headings
        .iter()
        .find(|(line, _)| *line == section.line && !section.inferred);
    Line {
        text: origin::as_title(&section.title),
        lead: 0..0,
        from: Origin {
            article: 0,
            line: section.line,
            sentence: written.map(|(_, text)| text.clone()).unwrap_or_default(),
        },
    }
}

/// Points; without any, a whole sentence rather than nothing. A single point
/// is no list.
pub fn said(mut points: Vec<Line>, passages: &[Passage]) -> Vec<Block> {
    if points.len() > 1 {
        return vec![Block::Points(points)];
    }
    if let Some(only) = points.pop() {
        return vec![Block::Text(only)];
    }
    let readable = |passage: &&Passage| matches!(passage.kind, Kind::Paragraph | Kind::Item);
    let sentences = || {
        passages.iter().filter(readable).flat_map(|passage| {
            let each = article::sentences(&passage.text).into_iter();
            each.map(move |sentence| (passage, sentence.trim_start_matches(BULLETS)))
        })
    };
    let fits = |(_, sentence): &(&Passage, &str)| {
        let n_words = sentence.split_whitespace().count();
        n_words <= MAX_SENTENCE_WORDS
            && sentence.chars().count() <= MAX_SENTENCE_WORDS * 7
            && !sentence.ends_with([':', '：'])
            && sentence.starts_with(char::is_alphanumeric)
    };
    let is_clear = |(passage, sentence): &(&Passage, &str)| {
        fits(&(passage, sentence)) && article::stands_alone(sentence)
    };
    let found = sentences()
        .find(is_clear)
        .or_else(|| sentences().find(fits));
    found
        .map(|(passage, sentence)| Block::Text(origin::line(sentence, sentence, passage)))
        .into_iter()
        .collect()
}

/// A slide for each table, picture and code sample.
pub fn exhibits(title: &Line, passages: &[Passage], from: usize) -> Vec<Placed> {
    let shown = passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| is_shown_alone(passage));
    shown
        .map(|(at, passage)| {
            let slide = Slide {
                role: Role::Exhibit,
                title: Some(title.clone()),
                blocks: vec![whole(passage)],
                ..Slide::default()
            };
            (from + at, slide)
        })
        .collect()
}

fn is_shown_alone(passage: &Passage) -> bool {
    match passage.kind {
        Kind::Code => passage.markdown.lines().count() <= MAX_CODE_LINES,
        Kind::Table | Kind::Picture => true,
        Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::Quote | Kind::Other => false,
    }
}

fn whole(passage: &Passage) -> Block {
    let from = origin::line("", &passage.text, passage).from;
    Block::Passage(passage.clone(), from)
}

fn n_words(passages: &[Passage]) -> usize {
    let spoken = passages
        .iter()
        .filter(|passage| matches!(passage.kind, Kind::Paragraph | Kind::Item | Kind::Quote));
    spoken
        .map(|passage| passage.text.split_whitespace().count())
        .sum()
}

// ---- more of a long factor

/// Slides that go on where the factor's own stops. A sub-heading is the title
/// of its slide; without one the factor's title stands over it again.
fn more(title: &Line, section: &Section, points: &mut Vec<Line>, detail: Detail) -> Vec<Placed> {
    let passages = &section.passages;
    let has_headings = section
        .stretches
        .iter()
        .any(|stretch| stretch.heading.is_some());
    // Two sub-headings are told of a short section as well.
    if detail == Detail::Brief || n_words(passages) < long(detail) / 2 {
        return Vec::new();
    }
    let of = |stretch: &Stretch| own_points(&stretch.points, &passages[stretch.passages.clone()]);
    let mut stretches = section.stretches.as_slice();
    if !has_headings && let Some((first, rest)) = stretches.split_first() {
        if first.points.len() < 2 || rest.iter().all(|stretch| stretch.points.len() < 2) {
            return Vec::new();
        }
        *points = of(first);
        stretches = rest;
    }
    let is_slide = |stretch: &&Stretch| {
        let is_long = n_words(&passages[stretch.passages.clone()]) >= SHORT_STRETCH;
        stretch.points.len() >= 2 && is_long
    };
    let slide = |stretch: &Stretch| {
        let head = &passages[stretch.passages.start];
        let title = match &stretch.heading {
            Some(heading) => origin::line(&origin::as_title(heading), &head.text, head),
            None => title.clone(),
        };
        let slide = Slide {
            role: Role::More,
            layout: Some(Layout::Bullets),
            title: Some(title),
            blocks: vec![Block::Points(of(stretch))],
            ..Slide::default()
        };
        (stretch.passages.start, slide)
    };
    stretches.iter().filter(is_slide).map(slide).collect()
}

// ---- passages that are more than a point

/// Slides for what a section shows besides its points. In an ordinary deck it
/// is one passage of each kind at most, and of comparison, course of events and
/// figure only the first that is there.
fn highlights(
    title: &Line,
    section: &Section,
    points: &mut Vec<Line>,
    detail: Detail,
) -> Vec<Placed> {
    let passages = &section.passages;
    let mut res = Vec::new();
    if detail == Detail::Brief {
        return res;
    }
    let highlight = |layout: Layout, blocks: Vec<Block>| Slide {
        role: Role::Highlight,
        layout: Some(layout),
        title: Some(title.clone()),
        blocks,
        ..Slide::default()
    };
    if let Some((columns, at)) = contrast::of_section(&section.title, passages, &section.stretches)
    {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.text.as_str()).collect();
        // The names alone say nothing; the sentence above them may.
        if points
            .iter()
            .all(|point| names.contains(&point.text.as_str()))
        {
            points.clear();
        }
        let slide = highlight(Layout::TwoColumns, vec![Block::Columns(columns)]);
        res.push((at, slide));
    }
    let is_one_enough = |res: &Vec<Placed>| detail == Detail::Normal && !res.is_empty();
    if !is_one_enough(&res) {
        res.extend(
            course(passages, points)
                .map(|(at, events)| (at, highlight(Layout::Bullets, vec![Block::Events(events)]))),
        );
    }
    if !is_one_enough(&res) {
        let found = big_figure(passages, &title.text);
        if let Some((_, blocks)) = &found
            && points.len() > MIN_POINTS
        {
            // What is said large need not be said small.
            points.retain(|point| !blocks.iter().any(|block| is_made_of(block, point)));
        }
        res.extend(found.map(|(at, blocks)| (at, highlight(Layout::BigFigure, blocks))));
    }
    let quotes = passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.kind == Kind::Quote && is_quotable(passage));
    let most = if detail == Detail::Full {
        usize::MAX
    } else {
        1
    };
    let quotes = quotes.take(most);
    res.extend(quotes.map(|(at, passage)| (at, highlight(Layout::Quote, vec![whole(passage)]))));
    if (detail == Detail::Full || res.is_empty())
        && let Some((text, source)) = speech::saying(passages)
    {
        let at = place(passages, &text);
        if points.len() > MIN_POINTS {
            points.retain(|point| !point.from.sentence.contains(&text.text));
        }
        res.push((
            at,
            highlight(Layout::Quote, vec![Block::Quote(text, source)]),
        ));
    }
    for (at, slide) in exhibits(title, passages, 0) {
        res.push(match contrast::of_table(&passages[at]) {
            Some(columns) => (
                at,
                Slide {
                    role: Role::Exhibit,
                    ..highlight(Layout::TwoColumns, vec![Block::Columns(columns)])
                },
            ),
            None => (at, slide),
        });
    }
    res.sort_by_key(|(at, _)| *at);
    res
}

/// A quotation of one or two paragraphs of words.
fn is_quotable(passage: &Passage) -> bool {
    let n_words = passage.text.split_whitespace().count();
    let lines = passage.markdown.lines();
    let is_plain = lines.clone().all(|line| {
        let inner = line.trim_start().trim_start_matches('>').trim_start();
        !inner.starts_with(['-', '#', '>', '|', '`', '*', '+', '!'])
            && !inner.starts_with(|c: char| c.is_ascii_digit())
            || inner.starts_with("-- ")
            || inner.starts_with("**")
    });
    (4..=MAX_QUOTE_WORDS).contains(&n_words) && is_plain && lines.count() <= 12
}

/// A course of events. Dated points leave the factor, if that keeps others; a
/// short course that is all a section says stays on the factor itself.
fn course(passages: &[Passage], points: &mut Vec<Line>) -> Option<(usize, Vec<Line>)> {
    const FIT_A_FACTOR: usize = 6;
    let events = dates::events(passages);
    let first = events.first()?;
    let at = place(passages, first);
    let is_event = |point: &Line| {
        events.iter().any(|event| {
            event.from.line == point.from.line && event.from.sentence.contains(&point.from.sentence)
        })
    };
    let others: Vec<Line> = points
        .iter()
        .filter(|point| !is_event(point))
        .cloned()
        .collect();
    if others.len() < 2 && events.len() <= FIT_A_FACTOR {
        *points = events;
        return None;
    }
    *points = others;
    Some((at, events))
}

fn big_figure(passages: &[Passage], title: &str) -> Option<(usize, Vec<Block>)> {
    // A figure in the title would be taken for the figure of the slide.
    if title.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation()) {
        return None;
    }
    let paragraphs = passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.kind == Kind::Paragraph && has_digit(&passage.text));
    let mut sentences = paragraphs.flat_map(|(at, passage)| {
        let each = article::sentences(&passage.text).into_iter();
        each.map(move |sentence| (at, passage, sentence))
    });
    // Few sentences have a figure, and whose it is takes a look at all before it.
    sentences.find_map(|(at, passage, sentence)| {
        let figure = capital(&sentence[figure::salient(sentence)?]);
        if is_speech(&passage.text, sentence) {
            return None;
        }
        let blocks = vec![
            Block::Figure(origin::line(&figure, sentence, passage)),
            Block::Text(origin::line(sentence, sentence, passage)),
        ];
        Some((at, blocks))
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars).collect()
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_made_of(block: &Block, point: &Line) -> bool {
    matches!(block, Block::Figure(line) if line.from == point.from)
}

/// Whether a sentence stands within a quotation that began before it: a number
/// in it is that of whoever speaks.
fn is_speech(text: &str, sentence: &str) -> bool {
    let before = text.split(sentence).next().unwrap_or_default();
    let count = |mark: char| before.matches(mark).count();
    count('“') > count('”') || count('«') > count('»') || count('"') % 2 == 1
}

/// Which of the passages a line comes from.
fn place(passages: &[Passage], line: &Line) -> usize {
    let found = passages
        .iter()
        .position(|passage| passage.line == line.from.line);
    found.unwrap_or_default()
}
