//! Sources to a [`Deck`]: front matter, slide breaks, notes, includes, variables.
//!
//! Front matter is found by looking at lines, slide breaks by comrak. So that
//! both agree on places, front matter is blanked out in the text comrak sees,
//! byte for byte.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::deck::settings::{DeckSettings, SlideSettings};
use crate::deck::{Block, BlockKind, Deck, Slide};
use crate::diag::Diagnostics;
use crate::kept::{EDGE, Kept, stands_alone};
use crate::source::{self, FileError, Files, Source, SourceId, Sources, Span};
use crate::yaml;
use front::{Front, Head, blank, find_head, find_slide_fronts, read_front};
use groups::Fault;
use lines::{behind_breaks, is_break, lines};
use markdown::Piece;

mod allow;
mod braces;
mod example;
mod footnotes;
mod front;
mod groups;
mod include;
mod info;
mod lines;
mod markdown;
mod signs;
mod vars;

/// What a comment begins with that `import --update` wrote: neither shown nor
/// a note.
pub const UPDATE_MARK: &str = "update:";

/// A text longer than this is no deck: it is that of 20,000 slides, and takes more than a
/// gigabyte of memory while it is read.
const MAX_SOURCE: usize = 12_000_000;

/// Slides that one deck may have: at a minute each, a week by day and night.
const MAX_SLIDES: usize = 10_000;

/// Reads the sources, in order, as one deck whose pictures lie below `root`;
/// what they include is read from `files` and added to the sources. Slides in
/// `kept` are not read again.
pub fn parse(
    diags: &mut Diagnostics,
    files: &dyn Files,
    sources: &mut Sources,
    (ids, root): (&[SourceId], PathBuf),
    kept: &Kept,
) -> Deck {
    let mut settings = DeckSettings::default();
    let mut written: Vec<(PathBuf, Vec<Slide>)> = Vec::new();
    let mut split = Split {
        level: None,
        is_alone: ids.len() == 1,
    };
    let mut n_unread = 0;
    for (index, id) in ids.iter().enumerate() {
        let source = sources.get(*id);
        let head = (index == 0).then_some(&mut settings);
        let (slides, unread) = file(diags, source, head, (split, kept));
        n_unread += unread;
        if index == 0 {
            split.level = split_level(&settings);
        }
        written.push((source.path.clone(), slides));
    }
    let mut includer = include::Includer::new(diags, files, sources, &root);
    let mut slides = Vec::new();
    for (path, written) in written {
        let written = includer.expand_file(&path, written);
        match slides.is_empty() {
            true => slides = written,
            false => slides.extend(written),
        }
    }
    if let Some(first) = slides.get(MAX_SLIDES) {
        let n_more = slides.len() - MAX_SLIDES + n_unread;
        diags.too_many_slides(first.span, MAX_SLIDES, n_more);
        slides.truncate(MAX_SLIDES);
    }
    let mut deck = Deck {
        root,
        settings,
        slides,
    };
    footnotes::gather(diags, sources, &mut deck);
    vars::fill(diags, sources, &mut deck);
    deck
}

/// Whether a file in a deck's folder holds slides: a Markdown file that is not
/// hidden, not set aside with `_`, and no README.
pub fn is_slide_file(path: &Path) -> bool {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    name.ends_with(".md") && !name.starts_with(['.', '_', '#']) && name != "readme.md"
}

/// Adds a file's text to the sources, if it is one; bytes that are not UTF-8
/// are reported and replaced.
pub fn add_source(
    diags: &mut Diagnostics,
    sources: &mut Sources,
    path: &Path,
    bytes: &[u8],
) -> Option<SourceId> {
    if bytes.len() > MAX_SOURCE {
        let words = format!("it is larger than {} MB", MAX_SOURCE / 1_000_000);
        diags.unreadable(path, &FileError::Other(words));
        return None;
    }
    let text = source::text_of(bytes);
    let is_utf8 = matches!(text, Cow::Borrowed(_));
    let text = text.into_owned();
    // Said of the text as it was written: one may be a mark of ours in what is read.
    let written = source::control_characters(&text)
        .map(|(_, c)| c)
        .collect::<Vec<_>>();
    let id = sources.add(path.to_path_buf(), text);
    let source = sources.get(id);
    let read = source::control_characters(source.text());
    for ((at, _), c) in read.zip(written) {
        diags.control_character(source.at(at, at + c.len_utf8()), c);
    }
    if !is_utf8 && let Some(at) = source.text().find(char::REPLACEMENT_CHARACTER) {
        diags.not_utf8(source.at(at, at + char::REPLACEMENT_CHARACTER.len_utf8()));
    }
    Some(id)
}

/// The text of a source as blocks, without slides: for articles.
pub fn blocks(source: &Source) -> Vec<Block> {
    let mut res = Vec::new();
    let text = match find_head(source.text()) {
        Head::Found(front) => blank(source.text(), std::iter::once(front.whole)),
        Head::None | Head::Unclosed => source.text().to_string(),
    };
    for piece in markdown::article_pieces(source, &text) {
        match piece {
            Piece::Block(block) => res.push(block),
            Piece::Break(span) => {
                res.push(Block {
                    kind: BlockKind::Rule,
                    span,
                    attrs: Default::default(),
                    step: 0,
                });
            }
            Piece::Note(_)
            | Piece::BadFence(..)
            | Piece::Change(_)
            | Piece::Allow(_)
            | Piece::UnclosedCode(_)
            | Piece::TooDeep(_)
            | Piece::Known(..) => {}
        }
    }
    res
}

/// A text of the front matter, for articles that say their title there.
pub fn front_value(source: &Source, key: &str) -> Option<String> {
    let Head::Found(front) = find_head(source.text()) else {
        return None;
    };
    let entries = yaml::entries(&source.text()[front.yaml]).ok()?;
    entries.into_iter().find_map(|entry| match entry.value {
        yaml::Value::Text(text) if entry.key == key && !text.is_empty() => Some(text),
        _ => None,
    })
}

/// Whether a text has front matter or slide breaks, as decks have and articles have not.
pub fn is_deck(text: &str) -> bool {
    !matches!(find_head(text), Head::None) || lines(text).any(|(_, line)| is_break(line))
}

/// Which headings begin a slide.
#[derive(Debug, Clone, Copy)]
struct Split {
    /// Those up to this level, 0 for none; decided by the text if not said.
    level: Option<u8>,
    /// Whether the file is all of the deck. Without any break it is then split
    /// before its headings of the two highest levels, as an outline is meant.
    is_alone: bool,
}

impl Split {
    fn of_file_alone() -> Split {
        Split {
            level: None,
            is_alone: true,
        }
    }

    /// The level at which slides begin in a file, if they do so by headings.
    fn level_of(self, pieces: &[Vec<Piece>]) -> Option<u8> {
        let is_break = |piece: &Piece| matches!(piece, Piece::Break(_) | Piece::Known(..));
        let is_outline = self.is_alone && !pieces.iter().flatten().any(is_break);
        self.level.or(is_outline.then_some(2)).filter(|&n| n > 0)
    }
}

fn split_level(settings: &DeckSettings) -> Option<u8> {
    match settings.split.as_ref()?.value.trim() {
        "none" => Some(0),
        digits => digits.parse().ok().filter(|level| *level <= 6),
    }
}

fn file(
    diags: &mut Diagnostics,
    source: &Source,
    mut deck: Option<&mut DeckSettings>,
    (mut split, kept): (Split, &Kept),
) -> (Vec<Slide>, usize) {
    // What would not be shown is not read either: it may be half a million slides.
    let whole = source.text();
    // Settings of a slide stand between two breaks.
    let (end, n_breaks) = behind_breaks(whole, 2 * MAX_SLIDES);
    let text = &whole[..end];
    let n_unread = n_breaks.saturating_sub(find_slide_fronts(whole, end).len());
    let head = match find_head(text) {
        Head::Found(front) => Some(front),
        Head::Unclosed => {
            let end = front::missing_end(text);
            diags.front_matter_not_closed(source.at(0, 3), source.at(end, end));
            None
        }
        Head::None => None,
    };
    let from = head.as_ref().map_or(0, |head| head.whole.end);
    let fronts = find_slide_fronts(text, from);
    let mut first = SlideSettings::default();
    if let Some(head) = &head {
        read_front(diags, source, head, deck.as_deref_mut(), &mut first);
    }
    if let Some(said) = deck.as_ref().and_then(|deck| deck.split.as_ref()) {
        split.level = deck.as_ref().and_then(|deck| split_level(deck));
        if split.level.is_none() && !said.value.is_empty() {
            diags.unknown_split(said.span, &said.value);
        }
    }
    let blanked = blank(
        text,
        head.iter().chain(&fronts).map(|front| front.whole.clone()),
    );

    let known = |part: &Range<usize>| kept.get(&text[part.clone()]).cloned();
    let (pieces, parts) = markdown::pieces(source, &blanked, &known);
    let level = split.level_of(&pieces);
    // A slide is large: a list of a thousand is not to be moved as it grows.
    let mut slides = Vec::with_capacity(parts.len() + 1);
    slides.push(slide_at(source, from, first));
    // Where each slide begins and the one before it ends, front matter included.
    let mut borders = vec![(0, 0)];
    let mut is_first = true;
    let all_fronts = &fronts;
    let mut allows = allow::Allows::default();
    let mut fronts = fronts.iter().peekable();
    for piece in pieces.into_iter().flatten() {
        let mut slide = slides.last_mut().expect("there is always the first slide");
        match piece {
            Piece::Block(mut block) => {
                report_attrs(diags, source, &block);
                if starts_slide(&block, level) && !slide.blocks.is_empty() {
                    let start = block.span.start as usize;
                    borders.push((start, start));
                    allows.slide_at(block.span.start, slide.blocks.len(), false);
                    slides.push(slide_at(
                        source,
                        block.span.start as usize,
                        SlideSettings::default(),
                    ));
                    slide = slides.last_mut().expect("one was pushed in the line above");
                }
                set_rank(&mut block, split.level, std::mem::take(&mut is_first));
                slide.span = if slide.blocks.is_empty() {
                    block.span
                } else {
                    slide.span.to(block.span)
                };
                allows.block(block.span);
                slide.blocks.push(block);
            }
            Piece::Note(blocks) => slide.notes.extend(blocks),
            Piece::BadFence(span, fault) => match fault {
                Fault::Open { name, end, length } => {
                    let fence = format!("\n{}", ":".repeat(length));
                    diags.group_not_closed(span, &name, source.at(end, end), &fence);
                }
                Fault::Stray => diags.group_not_opened(span, whole_line(source, span)),
                Fault::Deep => diags.group_too_deep(span),
            },
            Piece::Change(span) => diags.article_changed(first_line(source, span)),
            Piece::TooDeep(span) => diags.nested_too_deep(first_line(source, span)),
            Piece::Allow(span) => allows.comment(span, slide.blocks.len()),
            Piece::UnclosedCode(span) => {
                diags.code_not_closed(first_line(source, span), code_end(source, span));
            }
            Piece::Known(span, known) => {
                let start = span.start as usize;
                let line = text[start..].lines().next().unwrap_or_default();
                let behind = start + line.trim_end().len();
                borders.push((start, behind));
                allows.slide_at(behind as u32, slide.blocks.len(), true);
                let is_in = |front: &&Front| front.whole.start < span.end as usize;
                while fronts.next_if(is_in).is_some() {}
                let mut own = slide_at(source, behind, SlideSettings::default());
                own.text = Some(span);
                own.known = Some(known);
                slides.push(own);
            }
            Piece::Break(span) => {
                let behind = span.end as usize;
                borders.push((span.start as usize, behind));
                allows.slide_at(span.end, slide.blocks.len(), true);
                let mut settings = SlideSettings::default();
                while fronts
                    .next_if(|front| front.whole.start < span.start as usize)
                    .is_some()
                {}
                if let Some(front) = fronts.next_if(|front| front.whole.start <= behind + 2) {
                    read_front(diags, source, front, None, &mut settings);
                }
                slides.push(slide_at(source, behind, settings));
            }
        }
    }
    let ends = borders.iter().skip(1).map(|(end, _)| *end);
    let ends = ends.chain([text.len()]);
    for ((slide, (_, start)), end) in slides.iter_mut().zip(&borders).zip(ends) {
        if slide.settings.example.is_some() {
            slide.source = example::source(text, *start..end, all_fronts);
        }
    }
    allows.report(diags, source);
    for part in middle(&parts).filter(|part| stands_alone(&text[(*part).clone()])) {
        let Ok(at) = borders.binary_search_by_key(&part.start, |(start, _)| *start) else {
            continue;
        };
        // A heading may begin a slide where no part does.
        if borders.get(at + 1).is_none_or(|next| next.0 >= part.end) {
            slides[at].text = Some(source.at(part.start, part.end));
        }
    }
    trim_empty(&mut slides);
    (slides, n_unread)
}

/// The parts of a file that may be kept for the next build.
fn middle(parts: &[Range<usize>]) -> impl Iterator<Item = &Range<usize>> {
    let end = parts.len().saturating_sub(EDGE);
    parts.iter().take(end).skip(EDGE)
}

/// A break before the first or behind the last slide makes no slide.
fn trim_empty(slides: &mut Vec<Slide>) {
    let is_empty = |slide: &Slide| {
        slide.known.is_none()
            && slide.blocks.is_empty()
            && slide.notes.is_empty()
            && slide.settings == SlideSettings::default()
    };
    if slides.first().is_some_and(is_empty) {
        slides.remove(0);
    }
    if slides.last().is_some_and(is_empty) {
        slides.pop();
    }
}

fn starts_slide(block: &Block, split: Option<u8>) -> bool {
    let BlockKind::Heading { level, .. } = block.kind else {
        return false;
    };
    split.is_some_and(|split| level <= split)
}

/// Later stages know slides by a heading of level 2, and parts and titles by
/// one of level 1. Where slides begin at another level all headings move along.
fn set_rank(block: &mut Block, split: Option<u8>, is_first: bool) {
    let BlockKind::Heading { level, .. } = &mut block.kind else {
        return;
    };
    let Some(split) = split.filter(|&split| split > 0) else {
        return;
    };
    if !(is_first && *level == 1) {
        *level = (*level + 2).saturating_sub(split).clamp(1, 6);
    }
}

/// Keys in braces that nobody knows.
fn report_attrs(diags: &mut Diagnostics, source: &Source, block: &Block) {
    for (key, known) in braces::unknown_keys(block) {
        let words = format!("{key}=");
        let span = match source.slice(block.span).rfind(&words) {
            Some(at) => {
                let start = block.span.start as usize + at;
                source.at(start, start + key.len())
            }
            None => first_line(source, block.span),
        };
        diags.unknown_attribute(span, &key, known);
    }
}

fn slide_at(source: &Source, at: usize, settings: SlideSettings) -> Slide {
    Slide {
        span: source.at(at, at),
        settings,
        blocks: vec![],
        notes: vec![],
        footnotes: vec![],
        source: String::new(),
        text: None,
        known: None,
    }
}

/// Where the fence of a code block is missing, and the fence: in front of the
/// next break. Code in which such a line is common is left to the author.
fn code_end(source: &Source, span: Span) -> Option<(Span, String)> {
    const WITH_BREAKS: [&str; 7] = ["yaml", "yml", "md", "markdown", "diff", "patch", "toml"];
    let text = source.slice(span);
    let (first, _) = text.split_once('\n')?;
    let info = first.trim().trim_start_matches(['`', '~']);
    let fence = &first.trim()[..first.trim().len() - info.len()];
    let lang = info.split([' ', '{']).next().unwrap_or_default();
    if WITH_BREAKS.contains(&lang) {
        return None;
    }
    let mut code = lines(text).skip(1);
    let next = code
        .find(|(_, line)| is_break(line))
        .map_or(text.len(), |(at, _)| at);
    let end = span.start as usize + text[..next].trim_end().len();
    Some((source.at(end, end), format!("\n{fence}")))
}

/// A span with the rest of its line, its end included.
fn whole_line(source: &Source, span: Span) -> Span {
    let text = source.text();
    let start = text[..span.start as usize]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let end = text[span.end as usize..]
        .find('\n')
        .map_or(text.len(), |at| at + span.end as usize + 1);
    source.at(start, end)
}

fn first_line(source: &Source, span: Span) -> Span {
    let length = source
        .slice(span)
        .lines()
        .next()
        .map_or(0, |line| line.trim_end().len());
    source.at(span.start as usize, span.start as usize + length)
}
