//! Understood articles become planned slides: a slide for each factor, and one
//! of its own for a passage that asks for it.
//!
//! Rules for those are narrow, so that an ordinary article gets its factors
//! and nothing besides: see the modules below, one for each kind of passage.

use super::budget;
use super::plan::{Block, File, Line, Origin, Plan, Role, Settings, Slide};
use super::wishes::{Detail, Wishes};
use crate::article::{self, Article, Conclusion, Kind, Passage, Section};
use crate::deck::Layout;
use crate::icon;
use crate::layout::{shortened, slug};

mod contrast;
mod dates;
mod factor;
mod figure;
mod origin;
mod speech;

pub use factor::long;
use origin::{Headings, one_line};

/// Factors below which an agenda says nothing.
const MIN_AGENDA: usize = 3;

/// Points of a factor in a brief deck.
const BRIEF_POINTS: usize = 2;

/// An article understood, and what the planning needs besides.
pub struct Understood {
    /// The article.
    pub article: Article,
    /// Its headings as they were read.
    pub headings: Vec<(u32, String)>,
}

/// A deck, and what its author should know of it.
pub struct Planned {
    /// The deck.
    pub plan: Plan,
    /// How many factors the articles have.
    pub n_factors: usize,
    /// How many slides they share, if they do not get one each.
    pub shared: Option<usize>,
}

/// Plans one deck of all articles. The first gives it its title; each other
/// begins with a slide for its own.
pub fn plan(articles: Vec<Understood>, settings: Settings, wishes: &Wishes) -> Planned {
    let mut files: Vec<File> = Vec::new();
    let mut icons = icons(&articles).into_iter();
    let n_sections: usize = articles.iter().map(|one| one.article.sections.len()).sum();
    let n_articles = articles.len();
    let mut deck_title = Line::default();
    let mut agenda_title = Line::default();
    for (
        index,
        Understood {
            mut article,
            headings,
        },
    ) in articles.into_iter().enumerate()
    {
        let from = files.len();
        let title = origin::heading(&article.title, headings.iter());
        if index == 0 {
            agenda_title = match n_articles {
                1 => agenda_name(&article, &headings),
                _ => title.clone(),
            };
            deck_title = title.clone();
        }
        let end = (index + 1 == n_articles && n_sections > 0)
            .then(|| closing(&deck_title, &article, &settings));
        let recap = recap(&article, &headings);
        let intro = std::mem::take(&mut article.intro);
        let is_blank = article.title.trim().is_empty() && intro.is_empty() && n_sections == 0;
        if !is_blank {
            files.push(opening(&title, intro, index));
        }
        if index == 0 && n_sections >= MIN_AGENDA {
            files.push(agenda(&agenda_title));
        }
        let has_texts = article
            .sections
            .iter()
            .any(|part| !part.passages.is_empty());
        for section in article.sections {
            let icon = icons.next().flatten();
            files.push(match section.passages.is_empty() && has_texts {
                true => part(factor::title(&section, &headings)),
                false => one_factor(section, icon, &headings, wishes),
            });
        }
        let last = files.last_mut().and_then(|file| file.slides.last_mut());
        if let Some(slide) = last {
            slide.notes.extend(article.beyond.passages);
        }
        let mut end = end.flatten();
        let mut looks_back = match (article.conclusion, recap) {
            (Some(part), recap) => Some(summary(part, recap, &headings)),
            (None, recap) if recap.is_empty() => None,
            (None, recap) => Some(looking_back(title.clone(), recap, Vec::new())),
        };
        if let (Some(last), Some(summary)) = (&mut end, &looks_back)
            && says_only(summary, &last.slides[0])
        {
            last.slides[0].notes = summary.slides[0].notes.clone();
            looks_back = None;
        }
        files.extend(looks_back);
        files.extend(end);
        let slides = files[from..].iter_mut().flat_map(|file| &mut file.slides);
        for from in slides.flat_map(Slide::origins_mut) {
            from.article = index;
        }
    }
    if wishes.detail == Detail::Brief {
        shorten(&mut files);
    }
    let is_factor = |file: &&File| file.slides[0].role == Role::Factor;
    let n_factors = files.iter().filter(is_factor).count();
    let shared = budget::fit(&mut files, &agenda_title, wishes);
    number(&mut files);
    Planned {
        plan: Plan { settings, files },
        n_factors,
        shared,
    }
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

/// Names the files so that they sort in the order of the talk.
fn number(files: &mut [File]) {
    let is_front = |role: Role| matches!(role, Role::Opening | Role::Agenda);
    let n_front = files
        .iter()
        .filter(|file| is_front(file.slides[0].role))
        .count();
    let width = (files.len() - n_front).to_string().len().max(2);
    let mut number = 0;
    for file in files {
        let name = slug(&file.name);
        let role = file.slides[0].role;
        file.stem = match role {
            Role::Opening => "00-1-title".into(),
            Role::Agenda => "00-2-agenda".into(),
            _ => {
                number += 1;
                let dash = if name.is_empty() { "" } else { "-" };
                format!("{number:0width$}{dash}{name}")
            }
        };
    }
}

fn icons(articles: &[Understood]) -> Vec<Option<String>> {
    let sections: Vec<&Section> = articles
        .iter()
        .flat_map(|one| &one.article.sections)
        .collect();
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

/// Leaves title, agenda, factors with few points, and the closing.
fn shorten(files: &mut Vec<File>) {
    const GOES: [Role; 4] = [Role::Highlight, Role::More, Role::Exhibit, Role::Summary];
    for file in (0..files.len()).rev() {
        for slide in (0..files[file].slides.len()).rev() {
            let planned = &mut files[file].slides[slide];
            if GOES.contains(&planned.role) {
                budget::remove(files, file, slide);
                continue;
            }
            for block in &mut planned.blocks {
                if let Block::Points(points) = block {
                    points.truncate(BRIEF_POINTS);
                }
            }
        }
    }
}

// ---- slides

fn file(name: &str, slides: Vec<Slide>) -> File {
    File {
        name: name.to_string(),
        stem: String::new(),
        slides,
    }
}

/// The title of the deck, or of a further article.
fn opening(title: &Line, intro: Vec<Passage>, index: usize) -> File {
    let mut first = part(title.clone());
    if index == 0 {
        first.slides[0].role = Role::Opening;
        first.slides[0].layout = Some(Layout::Title);
    }
    let exhibits = factor::exhibits(title, &intro, 0);
    first.slides[0].notes = intro;
    first
        .slides
        .extend(exhibits.into_iter().map(|(_, slide)| slide));
    first
}

fn part(title: Line) -> File {
    let name = title.text.clone();
    let slide = Slide {
        role: Role::Part,
        layout: Some(Layout::Section),
        title: Some(title),
        ..Slide::default()
    };
    file(&name, vec![slide])
}

fn agenda(title: &Line) -> File {
    let slide = Slide {
        role: Role::Agenda,
        layout: Some(Layout::Agenda),
        title: Some(title.clone()),
        ..Slide::default()
    };
    file("agenda", vec![slide])
}

fn agenda_name(article: &Article, headings: &Headings) -> Line {
    let closing = article.conclusion.iter().flat_map(|part| &part.passages);
    let spoken = article.intro.iter().chain(closing);
    let mut title = origin::heading(&article.agenda_title, headings);
    if title.from.line == 0
        && let Some(from) = origin::phrase(&article.agenda_title, spoken)
    {
        title.from = from;
    }
    title
}

fn one_factor(
    section: Section,
    icon: Option<String>,
    headings: &Headings,
    wishes: &Wishes,
) -> File {
    let name = section.title.clone();
    let is_kept = wishes.keep.contains(&name);
    let mut slides = factor::slides(section, icon, headings, wishes.detail);
    for slide in &mut slides {
        slide.kept = is_kept && (wishes.detail != Detail::Brief || slide.role == Role::Factor);
    }
    file(&name, slides)
}

/// What the article says above all, with its lines.
fn recap(article: &Article, headings: &Headings) -> Vec<Line> {
    let closing = article.conclusion.iter().flat_map(|part| &part.passages);
    let sections = article.sections.iter().flat_map(|part| &part.passages);
    let all = article.intro.iter().chain(sections).chain(closing);
    let mut res = origin::points(&article.recap, all);
    // One of them may be a heading that claims something.
    for line in res.iter_mut().filter(|line| line.from.line == 0) {
        line.from = origin::heading(&line.from.sentence, headings).from;
    }
    res
}

/// What a conclusion says, or the `recap` of the article under its title.
fn summary(conclusion: Conclusion, recap: Vec<Line>, headings: &Headings) -> File {
    let mut title = origin::heading(&conclusion.title, headings.iter().rev());
    if title.from.line == 0
        && let Some(from) = origin::phrase(&conclusion.title, &conclusion.passages)
    {
        title.from = from;
    }
    let points = match recap.is_empty() {
        true => origin::points(&conclusion.points, &conclusion.passages),
        false => recap,
    };
    looking_back(title, points, conclusion.passages)
}

fn looking_back(title: Line, points: Vec<Line>, passages: Vec<Passage>) -> File {
    let exhibits = factor::exhibits(&title, &passages, 0);
    let first = Slide {
        role: Role::Summary,
        layout: Some(Layout::Bullets),
        title: Some(title),
        blocks: factor::said(points, &passages),
        notes: passages,
        ..Slide::default()
    };
    let rest = exhibits.into_iter().map(|(_, slide)| slide);
    file("summary", [first].into_iter().chain(rest).collect())
}

/// Whether a summary is one line, and the last slide says it.
fn says_only(summary: &File, last: &Slide) -> bool {
    let slide = match summary.slides.as_slice() {
        [slide] => slide,
        _ => return false,
    };
    let said = match slide.blocks.as_slice() {
        [Block::Text(line)] => &line.text,
        _ => return false,
    };
    last.title.as_ref().is_some_and(|title| title.text == *said)
}

/// The last slide: what the conclusion claims, else the article's own last
/// sentence if it is short, else its title with its author, else with what it
/// told. None if there is nothing to say but the title.
fn closing(title: &Line, article: &Article, settings: &Settings) -> Option<File> {
    if title.text.trim().is_empty() {
        return None;
    }
    let (title, blocks) = match (last_words(article), &settings.author) {
        (Some(said), _) => (said, Vec::new()),
        (None, Some(author)) => {
            let author = Line {
                text: author.clone(),
                from: Origin {
                    sentence: author.clone(),
                    ..Origin::default()
                },
                ..Line::default()
            };
            (title.clone(), vec![Block::Text(author)])
        }
        (None, None) => (title.clone(), vec![Block::Text(told(article)?)]),
    };
    let slide = Slide {
        role: Role::Closing,
        layout: Some(Layout::Closing),
        title: Some(title),
        blocks,
        ..Slide::default()
    };
    Some(file("closing", vec![slide]))
}

fn last_words(article: &Article) -> Option<Line> {
    const MAX_WORDS: usize = 16;
    const MAX_CHARS: usize = 110;
    // The last sentence of a factor is about that factor, not about the whole.
    let conclusion = article.conclusion.as_ref()?;
    if let Some(text) = &conclusion.statement
        && !leans(text)
    {
        let from = origin::phrase(text, &conclusion.passages).unwrap_or_default();
        return Some(Line {
            text: text.clone(),
            lead: 0..0,
            from,
        });
    }
    let passages = &conclusion.passages;
    let claim = article::last_claim(passages, &article.title).filter(|claim| !leans(claim))?;
    let is_short = (4..=MAX_WORDS).contains(&claim.split_whitespace().count())
        && claim.chars().count() <= MAX_CHARS;
    let holder = passages.iter().rev().find(|p| p.text.contains(claim))?;
    is_short.then(|| origin::line(claim.trim_end_matches('.'), claim, holder))
}

/// Whether a sentence goes on from one before it, or sends the reader away: no
/// word to end with.
fn leans(sentence: &str) -> bool {
    const BACK: [&str; 5] = ["also", "then", "too", "again", "otherwise"];
    let low = sentence.to_lowercase();
    let mut words = low.split(|c: char| !c.is_alphanumeric());
    words.any(|word| BACK.contains(&word)) || article::leads_away(sentence)
}

/// The names of the factors in one line, if they fit.
fn told(article: &Article) -> Option<Line> {
    const MAX_WORDS: usize = 30;
    let names: Vec<&str> = article
        .sections
        .iter()
        .map(|part| part.title.trim_end_matches(':'))
        .collect();
    // The dot stays at the end of its line.
    let text = names.join("\u{a0}· ");
    let fits = names.len() >= 2 && text.split_whitespace().count() <= MAX_WORDS;
    fits.then(|| Line {
        from: Origin {
            line: article.sections.first().map_or(0, |part| part.line),
            sentence: text.clone(),
            ..Origin::default()
        },
        text,
        lead: 0..0,
    })
}
