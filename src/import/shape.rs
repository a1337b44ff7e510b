//! An understood article becomes planned slides.

use super::plan::{Block, File, Line, Origin, Plan, Settings, Slide};
use crate::article::{self, Article, Conclusion, Kind, Passage, Point, Section};
use crate::deck::Layout;
use crate::icon;
use crate::layout::{shortened, slug};

/// Factors below which an agenda says nothing.
const MIN_AGENDA: usize = 3;

/// Lines of code beyond which a block stays in the notes.
const MAX_CODE_LINES: usize = 24;

/// Plans the deck of an article. `headings` are its headings as they were read,
/// each with its line.
pub fn plan(article: Article, settings: Settings, headings: &[(u32, String)]) -> Plan {
    let mut files = Vec::new();
    let n_factors = article.sections.len();
    let is_blank = article.title.trim().is_empty() && article.intro.is_empty() && n_factors == 0;
    let title = heading(&article.title, headings.iter());
    let agenda = agenda(&article, headings);
    let icons = icons(&article.sections);
    if !is_blank {
        files.push(file("00-1-title".into(), opening(&title, article.intro)));
    }
    files.extend(agenda);
    let width = (n_factors + 2).to_string().len().max(2);
    for ((section, icon), number) in article.sections.into_iter().zip(icons).zip(1..) {
        let name = slug(&section.title);
        let stem = match name.is_empty() {
            true => format!("{number:0width$}"),
            false => format!("{number:0width$}-{name}"),
        };
        files.push(file(stem, factor(section, icon, headings)));
    }
    let next = n_factors + 1;
    if let Some(conclusion) = article.conclusion {
        let number = next + 1;
        let last = closing(&title, Some(&conclusion));
        let summary = summary(conclusion, headings);
        files.push(file(format!("{next:0width$}-summary"), summary));
        files.push(file(format!("{number:0width$}-closing"), vec![last]));
    } else if n_factors > 0 {
        let last = closing(&title, None);
        files.push(file(format!("{next:0width$}-closing"), vec![last]));
    }
    Plan { settings, files }
}

/// What the deck says of itself.
pub fn settings(article: &Article, author: Option<String>, lang: String) -> Settings {
    let intro = article
        .intro
        .iter()
        .find(|passage| passage.kind == Kind::Paragraph);
    Settings {
        title: article.title.clone(),
        author,
        lang,
        description: intro.map(|passage| shortened(&one_line(&passage.text))),
    }
}

fn file(stem: String, slides: Vec<Slide>) -> File {
    File { stem, slides }
}

fn icons(sections: &[Section]) -> Vec<Option<String>> {
    let texts: Vec<String> = sections
        .iter()
        .map(|section| joined(&section.passages))
        .collect();
    let named: Vec<(&str, &str)> = sections
        .iter()
        .zip(&texts)
        .map(|(section, text)| (section.title.as_str(), text.as_str()))
        .collect();
    icon::choose_all(&named)
}

fn joined(passages: &[Passage]) -> String {
    let texts: Vec<&str> = passages
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    texts.join(" ")
}

// ---- slides

fn opening(title: &Line, intro: Vec<Passage>) -> Vec<Slide> {
    let first = Slide {
        layout: Some(Layout::Title),
        title: Some(title.clone()),
        ..Slide::default()
    };
    with_extras(first, intro)
}

fn agenda(article: &Article, headings: &[(u32, String)]) -> Option<File> {
    if article.sections.len() < MIN_AGENDA {
        return None;
    }
    let closing = article.conclusion.iter().flat_map(|part| &part.passages);
    let spoken = article.intro.iter().chain(closing);
    let mut title = heading(&article.agenda_title, headings.iter());
    if title.from.line == 0
        && let Some(from) = phrase(&article.agenda_title, spoken)
    {
        title.from = from;
    }
    let slide = Slide {
        layout: Some(Layout::Agenda),
        title: Some(title),
        ..Slide::default()
    };
    Some(file("00-2-agenda".into(), vec![slide]))
}

fn factor(section: Section, icon: Option<String>, headings: &[(u32, String)]) -> Vec<Slide> {
    let title = Line {
        text: section.title,
        lead: 0..0,
        from: Origin {
            article: 0,
            line: section.line,
            sentence: headings
                .iter()
                .find(|(line, _)| *line == section.line && !section.inferred)
                .map(|(_, text)| text.clone())
                .unwrap_or_default(),
        },
    };
    let first = Slide {
        layout: Some(Layout::Factor),
        icon,
        title: Some(title),
        blocks: vec![Block::Points(lines(&section.points, &section.passages))],
        notes: Vec::new(),
    };
    with_extras(first, section.passages)
}

fn summary(conclusion: Conclusion, headings: &[(u32, String)]) -> Vec<Slide> {
    let mut title = heading(&conclusion.title, headings.iter().rev());
    if title.from.line == 0
        && let Some(from) = phrase(&conclusion.title, &conclusion.passages)
    {
        title.from = from;
    }
    let first = Slide {
        layout: Some(Layout::Bullets),
        title: Some(title),
        blocks: vec![Block::Points(lines(
            &conclusion.points,
            &conclusion.passages,
        ))],
        ..Slide::default()
    };
    with_extras(first, conclusion.passages)
}

fn closing(title: &Line, conclusion: Option<&Conclusion>) -> Slide {
    let said = conclusion.and_then(|conclusion| {
        let text = conclusion.statement.clone()?;
        let from = phrase(&text, &conclusion.passages).unwrap_or_default();
        Some(Line {
            text,
            lead: 0..0,
            from,
        })
    });
    Slide {
        layout: Some(Layout::Closing),
        title: Some(said.unwrap_or_else(|| title.clone())),
        ..Slide::default()
    }
}

/// A slide, and one more for each table, picture and code sample of its text.
fn with_extras(mut first: Slide, passages: Vec<Passage>) -> Vec<Slide> {
    let shown: Vec<Slide> = passages
        .iter()
        .filter(|passage| is_shown_alone(passage))
        .map(|passage| Slide {
            title: first.title.clone(),
            blocks: vec![Block::Passage(passage.clone(), whole(passage))],
            ..Slide::default()
        })
        .collect();
    first.notes = passages;
    let mut res = vec![first];
    res.extend(shown);
    res
}

fn is_shown_alone(passage: &Passage) -> bool {
    match passage.kind {
        Kind::Code => passage.markdown.lines().count() <= MAX_CODE_LINES,
        Kind::Table | Kind::Picture => true,
        Kind::Heading(_) | Kind::Paragraph | Kind::Item | Kind::Quote | Kind::Other => false,
    }
}

// ---- where texts come from

fn whole(passage: &Passage) -> Origin {
    Origin {
        article: 0,
        line: passage.line,
        sentence: passage.text.clone(),
    }
}

/// A heading with its line, if one of `headings` is written so.
fn heading<'a>(text: &str, headings: impl IntoIterator<Item = &'a (u32, String)>) -> Line {
    let wanted = one_line(text);
    let found = headings
        .into_iter()
        .find(|(_, heading)| one_line(heading) == wanted);
    Line {
        text: text.to_string(),
        lead: 0..0,
        from: Origin {
            article: 0,
            line: found.map_or(0, |(line, _)| *line),
            sentence: found.map_or(wanted, |(_, heading)| heading.clone()),
        },
    }
}

fn lines(points: &[Point], passages: &[Passage]) -> Vec<Line> {
    let line = |point: &Point| {
        let holder = passages
            .iter()
            .find(|passage| passage.text.contains(&point.sentence));
        Line {
            text: point.text.clone(),
            lead: point.lead.clone(),
            from: Origin {
                article: 0,
                line: holder.map_or(0, |passage| passage.line),
                sentence: point.sentence.clone(),
            },
        }
    };
    points.iter().map(line).collect()
}

/// The sentence that has all words of a text made of it, at its start or
/// within.
fn phrase<'a>(text: &str, passages: impl IntoIterator<Item = &'a Passage>) -> Option<Origin> {
    let wanted = bare(text);
    for passage in passages {
        for sentence in article::sentences(&passage.text) {
            let words = bare(sentence);
            let mut rest = words.iter();
            if wanted
                .iter()
                .all(|word| rest.any(|other| alike(word, other)))
            {
                return Some(Origin {
                    article: 0,
                    line: passage.line,
                    sentence: sentence.to_string(),
                });
            }
        }
    }
    None
}

/// The words of a text, without marks and capitals.
fn bare(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether two words are the same but for an ending that was repaired.
fn alike(word: &str, other: &str) -> bool {
    let length = word.chars().count().min(other.chars().count());
    let common = word
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    word == other || (length > 3 && common + 1 >= length)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
