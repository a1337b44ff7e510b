//! A [`Deck`] to a [`Plan`]: layouts chosen, blocks put into slots, steps
//! numbered, pictures found, factors counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cores;
use crate::deck::origin::Origin;
use crate::deck::settings::{DeckSettings, SlideSettings};
use crate::deck::{
    Attrs, Block, BlockKind, Choice, Code, Deck, Frame, Head, Inline, Known, Layout, Past, Plan,
    Slide, plain_text,
};
use crate::diag::Diagnostics;
use crate::diag::nearest::nearest;
use crate::highlight::DECK;
use crate::icon;
use crate::prove::{Against, texts};
use crate::source::{Files, Span, Spanned};
use crate::theme::Theme;

mod agenda;
mod alerts;
mod assets;
mod background;
pub mod choose;
pub mod dates;
pub mod exif;
mod film;
pub mod fit;
pub mod height;
mod ids;
mod ladder;
mod laid;
mod cut;
mod listing;
mod marks;
mod media;
pub mod notes;
mod parts;
pub mod resume;
pub mod room;
pub mod slots;
mod steps;
mod turn;
pub mod walk;
mod words;

pub use alerts::word as alert_word;
use ids::Ids;
pub use ids::slug;
use laid::Laid;

/// What the command line says on top of the deck.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// A theme instead of the deck's own.
    pub theme: Option<String>,
    /// Title of a deck that has none.
    pub name: String,
    /// An article that the deck's texts have to be in.
    pub against: Option<Against>,
    /// Whether the author's raw HTML is shown as it is.
    pub trusted: bool,
    /// A slide, counted from 1, whose layout is to be explained.
    pub explain: Option<usize>,
}

/// Decides how each slide is shown.
pub fn layout(
    diags: &mut Diagnostics,
    files: &dyn Files,
    deck: Deck,
    theme: &Theme,
    wishes: &Wishes,
) -> Plan {
    let mut finder = assets::Finder::new(files, &deck.root);
    let mut listings = listing::Listings::new(files, &deck.root);
    let head = head(diags, &deck, wishes);
    let footer = deck
        .settings
        .footer
        .as_ref()
        .map_or_else(|| head.title.clone(), |footer| footer.value.clone());
    let n_slides = deck.slides.len();
    let mut laid: Vec<Laid> = Vec::with_capacity(n_slides);
    let mut choice = None;
    let mut is_stale = false;
    let mut ids = Ids::new();
    let mut slides = deck.slides;
    for slide in &mut slides {
        listings.prepare(diags, &mut slide.blocks);
        listings.prepare(diags, &mut slide.notes);
    }
    let made = alone(diags, slides, &deck.settings, theme);
    for (made, number) in made.into_iter().zip(1..) {
        let (mut made, why, text) = match made {
            Made::Known(known, now) => {
                let known = laid::taken(diags, &mut finder, &mut ids, known, now);
                is_stale |= known.is_none();
                laid.extend(known);
                continue;
            }
            Made::New(frame, why, text) => (frame, why, text),
        };
        if wishes.explain == Some(number) {
            choice = Some(why);
        }
        let frame = Arc::make_mut(&mut made);
        if frame.footer == INHERIT {
            frame.footer = footer.clone();
        }
        if frame.layout == Layout::Title {
            let said = [&deck.settings.author, &deck.settings.date];
            frame.meta = said
                .into_iter()
                .flatten()
                .map(|text| text.value.clone())
                .filter(|t| !t.is_empty())
                .collect();
        }
        let base = ids::base(frame);
        frame.id = ids.unique(&base);
        frame.trusted = wishes.trusted;
        frame.assets = finder.all_of(diags, frame);
        frame.whole_picture = loses_much(frame, head.size);
        let past = Past {
            text,
            base,
            known: None,
        };
        let frame = made;
        laid.push(Laid { frame, past });
    }
    count_factors(&mut laid);
    agenda::fill(&mut laid);
    let sheet = fit::Sheet::new(&head, theme.floors);
    let mut id_of = |frame: &Frame| ids.unique(&ids::base(frame));
    let (laid, continued) = ladder::climb(diags, laid, &sheet, &mut id_of);
    let (frames, pasts) = laid.into_iter().map(|laid| (laid.frame, laid.past)).unzip();
    Plan {
        head,
        frames,
        pasts,
        is_stale,
        continued,
        choice,
        trusted: wishes.trusted,
        assets: finder.finish(),
    }
}

/// The size of body type on a slide whose type has stepped down so far, in
/// slide units.
pub fn body_size(theme: &Theme, step: u8) -> u32 {
    let sheet = fit::Sheet {
        size: (1280, 720),
        floors: theme.floors,
        tall: false,
    };
    sheet.setting(usize::from(step)).size.round() as u32
}

// A footer that is not set on the slide; no author can type this.
const INHERIT: &str = "\u{0}";

fn head(diags: &mut Diagnostics, deck: &Deck, wishes: &Wishes) -> Head {
    let settings = &deck.settings;
    let said = |text: &Option<Spanned<String>>| {
        text.as_ref()
            .map(|t| t.value.clone())
            .filter(|t| !t.trim().is_empty())
    };
    let first_heading = || {
        deck.slides
            .iter()
            .flat_map(|slide| &slide.blocks)
            .find_map(|block| match &block.kind {
                BlockKind::Heading { body, .. } => {
                    Some(plain_text(body)).filter(|text| !text.is_empty())
                }
                _ => None,
            })
    };
    let title = said(&settings.title)
        .or_else(first_heading)
        .unwrap_or_else(|| wishes.name.clone());
    let size = match settings
        .size
        .as_ref()
        .map(|size| (size.value.trim(), size.span))
    {
        None | Some(("16:9" | "", _)) => (1280, 720),
        Some(("16:10", _)) => (1280, 800),
        Some(("4:3", _)) => (960, 720),
        Some((word, span)) => {
            diags.unknown_size(span, word);
            (1280, 720)
        }
    };
    let lang = said(&settings.lang).unwrap_or_else(|| "en".into());
    let is_tag = lang.len() <= 35 && lang.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    Head {
        title,
        description: said(&settings.description).unwrap_or_else(|| first_text(deck)),
        author: said(&settings.author).unwrap_or_default(),
        url: String::new(),
        card: String::new(),
        lang: if is_tag { lang } else { "en".into() },
        size,
        minutes: minutes(diags, settings.minutes.as_ref()),
        prints_steps: match settings
            .print
            .as_ref()
            .map(|print| (print.value.as_str(), print.span))
        {
            None | Some(("final" | "", _)) => false,
            Some(("steps", _)) => true,
            Some((word, span)) => {
                diags.unknown_print(span, word);
                false
            }
        },
    }
}

/// The first paragraph the audience reads.
fn first_text(deck: &Deck) -> String {
    let blocks = deck.slides.iter().take(3).flat_map(|slide| &slide.blocks);
    let texts = blocks.filter_map(|block| match &block.kind {
        BlockKind::Paragraph(body) => Some(plain_text(body)),
        _ => None,
    });
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .map(|text| shortened(&text))
        .unwrap_or_default()
}

/// A text cut behind a word so that previews show all of it.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST {
        return text.to_string();
    }
    let start: String = text.chars().take(MOST).collect();
    let words = start
        .rsplit_once(char::is_whitespace)
        .map_or(start.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', '.']))
}

/// A slide as far as it does not depend on the others.
enum Made {
    /// Its frame, why it has its layout, and the text that is all it is made of.
    New(Arc<Frame>, Choice, Option<Span>),
    /// One of the build before, and where its text stands now.
    Known(Arc<Known>, Span),
}

/// Each slide as far as it does not depend on the others.
fn alone(
    diags: &mut Diagnostics,
    slides: Vec<Slide>,
    deck: &DeckSettings,
    theme: &Theme,
) -> Vec<Made> {
    let n_slides = slides.len();
    let n_new = slides.iter().filter(|slide| slide.known.is_none()).count();
    // To one core if nearly all is known.
    let share = match cores::share(n_new) {
        share if share >= n_new => n_slides.max(1),
        share => share,
    };
    let mut rest = slides.into_iter().enumerate();
    let one = |diags: &mut Diagnostics, (slide_index, slide): (usize, Slide)| {
        let at = choose::Position {
            slide_index,
            is_last: slide_index + 1 == n_slides,
        };
        match (&slide.known, slide.text) {
            (Some(known), Some(now)) => Made::Known(known.clone(), now),
            (_, text) => {
                let (frame, why) = frame(diags, slide, at, deck, theme);
                Made::New(Arc::new(frame), why, text)
            }
        }
    };
    if share >= n_slides {
        return rest.map(|slide| one(diags, slide)).collect();
    }
    let parts: Vec<Vec<(usize, Slide)>> = (0..n_slides.div_ceil(share))
        .map(|_| rest.by_ref().take(share).collect())
        .collect();
    let done = cores::each(parts, |part| {
        let mut diags = Diagnostics::default();
        let frames = part.into_iter().map(|slide| one(&mut diags, slide));
        let frames: Vec<Made> = frames.collect();
        (frames, diags)
    });
    let mut res = Vec::with_capacity(n_slides);
    for (frames, found) in done {
        res.extend(frames);
        diags.append(found);
    }
    res
}

fn frame(
    diags: &mut Diagnostics,
    slide: Slide,
    at: choose::Position,
    deck: &DeckSettings,
    theme: &Theme,
) -> (Frame, Choice) {
    let Slide {
        span,
        settings,
        mut blocks,
        notes,
        footnotes,
        source,
        ..
    } = slide;
    alerts::name_all(
        &mut blocks,
        deck.lang.as_ref().map_or("en", |lang| &lang.value),
    );
    slots::report_unknown_groups(diags, &blocks);
    slots::gather_columns(&mut blocks);
    slots::report_ratios(diags, &blocks);
    walk::join(diags, &mut blocks);
    let with_lists = steps_wanted(diags, settings.steps.as_ref().or(deck.steps.as_ref()));
    let made_of = made_of(diags, &settings, &blocks);
    let turn = turn::classes(diags, &settings, deck);
    let mut title = slots::take_title(&mut blocks);
    let own_title = title.as_mut().map_or(&mut [][..], |title| &mut title.body);
    let n_steps = steps::Numbering::new(diags).number(span, own_title, &mut blocks, with_lists);

    let named = settings
        .layout
        .as_ref()
        .filter(|name| !name.value.is_empty())
        .and_then(|name| {
            let layout = Layout::named(&name.value);
            if layout.is_none() {
                diags.unknown_layout(name.span, &name.value, &Layout::ALL.map(Layout::name));
            }
            layout
        });
    let icon = settings
        .icon
        .as_ref()
        .filter(|name| !name.value.is_empty())
        .and_then(|name| known_icon(diags, name));
    let seen = choose::Seen {
        title: title.as_ref(),
        blocks: &blocks,
        has_icon: icon.is_some(),
        at,
    };
    let choice = choose::choice(&seen, named);
    let layout = choice.layout;
    let split = slots::split_at(&blocks).filter(|_| layout == Layout::TwoColumns);
    let (title, mut slots) = slots::fill(layout, title, blocks);
    // Without a figure there is nothing large, whatever the author named.
    let layout = match layout {
        Layout::BigFigure if slots.figure.is_empty() => Layout::Bullets,
        layout => layout,
    };
    let placed = slots
        .picture
        .as_mut()
        .map_or_else(Vec::new, slots::place_of);
    let mut notes = all_notes(settings.notes, notes);
    marks::mark(&mut notes, &made_of);
    steps::mark_notes(&mut notes);

    let mut frame = Frame {
        span,
        layout,
        id: title.id,
        classes: [
            title.classes,
            classes(settings.class.as_ref()),
            placed,
            turn,
        ]
        .concat(),
        fitting: ladder::wanted(diags, settings.fit.as_ref(), deck.fit.as_ref()),
        fit: 0,
        dense: false,
        two: false,
        part: None,
        crowded: false,
        style: split.map_or_else(String::new, |column| format!("--split:{column}")),
        title: title.body,
        number: None,
        icon,
        slots,
        agenda: Vec::new(),
        meta: Vec::new(),
        whole_picture: false,
        backdrop: None,
        footer: settings
            .footer
            .map_or_else(|| INHERIT.into(), |footer| footer.value),
        footnotes,
        trusted: false,
        notes,
        steps: n_steps,
        minutes: minutes(diags, settings.minutes.as_ref()),
        assets: Vec::new(),
        example: settings
            .example
            .map(|line| (line.value, as_code(source, span))),
    };
    if let Some(background) = settings
        .background
        .filter(|background| !background.value.is_empty())
    {
        background::set(diags, &mut frame, background, theme);
    }
    (frame, choice)
}

/// The source of a slide as a block on another.
fn as_code(text: String, span: Span) -> Block {
    let kind = BlockKind::Code(Code {
        lang: DECK.into(),
        text,
        marks: String::new(),
        info: span,
        look: Box::default(),
    });
    Block {
        kind,
        span,
        attrs: Attrs::default(),
        step: 0,
    }
}

/// The texts of a slide that were made of its notes, if it says that they come
/// from an article: all but the title, unless there is nothing else.
fn made_of(diags: &mut Diagnostics, settings: &SlideSettings, blocks: &[Block]) -> Vec<String> {
    let Some(from) = settings.from.as_ref().filter(|from| !from.value.is_empty()) else {
        return Vec::new();
    };
    if Origin::parse(&from.value).is_none() {
        diags.bad_from(from.span);
        return Vec::new();
    }
    let (title, rest) = texts(blocks);
    let title = title.filter(|_| rest.is_empty());
    rest.into_iter()
        .chain(title)
        .map(|text| text.words)
        .collect()
}

fn steps_wanted(diags: &mut Diagnostics, steps: Option<&Spanned<String>>) -> bool {
    match steps.map(|steps| (steps.value.as_str(), steps.span)) {
        None | Some(("none" | "", _)) => false,
        Some(("lists", _)) => true,
        Some((word, span)) => {
            diags.unknown_steps(span, word);
            false
        }
    }
}

/// A number of minutes as it is written; empty if there is none.
fn minutes(diags: &mut Diagnostics, said: Option<&Spanned<String>>) -> String {
    let Some(Spanned { value, span }) = said.filter(|said| !said.value.trim().is_empty()) else {
        return String::new();
    };
    let digits = value.trim().trim_end_matches("min").trim_end();
    let is_plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    match digits.parse::<f64>() {
        Ok(number) if is_plain && number <= 600.0 => digits.to_string(),
        _ => {
            diags.bad_minutes(*span, value);
            String::new()
        }
    }
}

fn known_icon(diags: &mut Diagnostics, name: &Spanned<String>) -> Option<String> {
    if icon::exists(&name.value) {
        return Some(name.value.clone());
    }
    diags.unknown_icon(name.span, &name.value, nearest(&name.value, icon::names()));
    None
}

fn classes(class: Option<&Spanned<String>>) -> Vec<String> {
    let is_name = |word: &&str| {
        word.chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    class.map_or_else(Vec::new, |class| {
        class
            .value
            .split_whitespace()
            .filter(is_name)
            .map(String::from)
            .collect()
    })
}

fn all_notes(front: Option<Spanned<String>>, mut notes: Vec<Block>) -> Vec<Block> {
    if let Some(Spanned { value, span }) = front {
        let kind = BlockKind::Paragraph(vec![Inline::Text(value)]);
        notes.insert(
            0,
            Block {
                kind,
                span,
                attrs: Attrs::default(),
                step: 0,
            },
        );
    }
    notes
}

/// Whether a picture slide would cut off a quarter of its picture or, of a
/// drawing, anything: labels stand at the edges of drawings.
fn loses_much(frame: &Frame, size: (u32, u32)) -> bool {
    let Some(image) = frame.slots.picture.as_ref() else {
        return false;
    };
    let has_class = |name: &str| frame.classes.iter().any(|class| class == name);
    if image.attrs.has("cover") || image.attrs.has("contain") {
        return image.attrs.has("contain");
    }
    // What is cut off of a film may be what it shows, and its controls lie at its foot.
    if image.medium().is_some() {
        return !has_class("picture-full");
    }
    let Some(asset) = frame.assets.iter().find(|asset| asset.href == image.href) else {
        return false;
    };
    let (Some((width, height)), Some(key)) = (asset.size, &asset.key) else {
        return false;
    };
    // Beside text a picture has seven of twelve columns and the margin.
    let is_beside = !frame.slots.body.is_empty() || has_class("picture-side");
    let place = if !is_beside || has_class("picture-full") {
        size.0
    } else {
        size.0.saturating_sub(80) * 7 / 12 + 26
    };
    let picture = u64::from(width) * u64::from(size.1);
    let place = u64::from(place) * u64::from(height);
    let kept = picture.min(place) * 100 / picture.max(place).max(1);
    key.ends_with(".svg") && kept < 99 || kept < 74
}

fn count_factors(laid: &mut [Laid]) {
    let mut counts: BTreeMap<Layout, u16> = BTreeMap::new();
    for Laid { frame, .. } in laid {
        if matches!(frame.layout, Layout::Factor | Layout::Section) {
            // One that is shown beside its source is an example and no part of the talk.
            let number = match frame.example {
                Some(_) => 1,
                None => {
                    let count = counts.entry(frame.layout).or_default();
                    *count = count.saturating_add(1);
                    *count
                }
            };
            if frame.number != Some(number) {
                Arc::make_mut(frame).number = Some(number);
            }
        }
    }
}
