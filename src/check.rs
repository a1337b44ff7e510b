//! Rules over a laid-out deck, one function each: [`check`] holds what every
//! build says, [`inspect`] what `deckle check` asks beyond it.

use serde::{Deserialize, Serialize};

use crate::deck::code::codes;
use crate::deck::diagram::diagrams;
use crate::deck::look::Look;
use crate::deck::media::Play;
use crate::deck::poll::{MAX_OPTIONS, options, question};
use crate::deck::{
    Attrs, Block, BlockKind, Frame, Inline, Medium, Past, Plan, Sign, formulas, formulas_in_line,
    lines, pictures, qr_text, raw_html, raw_html_in_line,
};
use crate::diag::Diagnostics;
use crate::diag::nearest::nearest;
use crate::diagram::{Diagrams, READABLE};
use crate::escape::{MAX_OPEN, open_elements, open_tag};
use crate::highlight::Colours;
use crate::math::Formulas;
use crate::source::{Sources, Span};
use crate::{icon, links, qr};

mod class;
mod contrast;
mod glyph;
mod heading;
mod inspect;
mod lang;
mod link;
mod picture;
mod room;
mod speech;
mod spelling;
mod split;
mod text;

pub use inspect::{Rules, Seen, inspect, rules};
pub use link::remote as remote_links;
pub use room::Room;
pub use spelling::Speller;

/// Languages whose blocks are meant to be drawn elsewhere.
const DIAGRAMS: [&str; 4] = ["mermaid", "dot", "graphviz", "plantuml"];

/// Columns of a table beyond which a slide cannot hold it.
const MAX_COLUMNS: usize = 16;

/// How a browser had to set a slide so that all of it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Overflow {
    /// Key of the slide.
    pub key: String,
    /// Size of its type in hundredths of the smallest that the build would
    /// choose; 100 or more if it fits, 0 if nothing makes it fit.
    pub scale: u16,
    /// Texts that do not stand out from what is behind them, if that was measured.
    #[serde(default)]
    pub pale: Option<Vec<Pale>>,
}

/// A text that does not stand out, with contrasts in hundredths.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Pale {
    /// How it begins.
    pub text: String,
    /// To what is behind it.
    pub contrast: u16,
    /// What it should be.
    pub wanted: u16,
}

/// Faults that only a browser sees. `keys` name the slides in order.
pub fn measured(
    diags: &mut Diagnostics,
    plan: &Plan,
    sources: &Sources,
    keys: &[String],
    found: &[Overflow],
) {
    for (frame, key) in plan.frames.iter().zip(keys) {
        let Some(slide) = found.iter().find(|each| each.key == *key) else {
            continue;
        };
        if slide.scale < 100 && !frame.crowded {
            diags.does_not_fit(frame.span, slide.scale);
        }
        pale(
            diags,
            frame,
            sources,
            slide.pale.as_deref().unwrap_or_default(),
        );
    }
}

/// The text of a slide that is hardest to read, and how many there are.
fn pale(diags: &mut Diagnostics, frame: &Frame, sources: &Sources, texts: &[Pale]) {
    let lacks = |text: &&Pale| u32::from(text.wanted) * 1000 / u32::from(text.contrast.max(1));
    let Some(worst) = texts.iter().max_by_key(lacks) else {
        return;
    };
    let place = text::place(sources, frame.span, &worst.text);
    let what = match texts.len() - 1 {
        0 => "this text".to_string(),
        n => format!("this text, and {n} more on this slide,"),
    };
    let of = |hundredths: u16| f32::from(hundredths) / 100.0;
    diags.low_contrast(place, of(worst.contrast), of(worst.wanted), &what);
}

/// Runs every rule over every slide.
pub fn check(
    diags: &mut Diagnostics,
    plan: &Plan,
    colours: &mut Colours,
    formulas: &mut Formulas,
    drawings: &mut Diagrams,
) {
    // Nothing was found with what the build before has left.
    let is_new = |past: &Past| past.known.is_none();
    let frames = plan.frames.iter().zip(&plan.pasts);
    for (frame, _) in frames.filter(|(_, past)| is_new(past)) {
        missing_alt(diags, frame);
        active_content(diags, frame);
        pictures_and_signs(diags, frame);
        unknown_languages(diags, frame, colours);
        bad_formulas(diags, frame, formulas);
        small_diagrams(diags, frame, drawings);
    }
}

fn small_diagrams(diags: &mut Diagnostics, frame: &Frame, drawings: &mut Diagrams) {
    let slots = &frame.slots;
    let blocks = [
        slots.drawing.as_slice(),
        &slots.body,
        &slots.left,
        &slots.right,
    ];
    for (span, diagram) in blocks.into_iter().flat_map(|blocks| diagrams(blocks)) {
        let size = drawings.least(diagram);
        if size < READABLE {
            let better = drawings.better_direction(diagram);
            diags.small_diagram(span, size as u32, better);
        }
    }
}

fn unknown_languages(diags: &mut Diagnostics, frame: &Frame, colours: &mut Colours) {
    let slots = &frame.slots;
    let blocks = [&slots.body, &slots.left, &slots.right];
    for code in blocks.into_iter().flat_map(|blocks| codes(blocks)) {
        if DIAGRAMS.contains(&code.lang.as_str()) {
            diags.undrawn_diagram(code.info, &code.lang);
        } else if !code.lang.is_empty() && !colours.knows(&code.lang) {
            let names = colours.names();
            let near = nearest(&code.lang, names.iter().map(String::as_str));
            diags.unknown_language(code.info, &code.lang, near);
        }
    }
}

fn bad_formulas(diags: &mut Diagnostics, frame: &Frame, set: &mut Formulas) {
    let slots = &frame.slots;
    let blocks = [&slots.body, &slots.left, &slots.right, &frame.notes];
    let own_lines = [&frame.title[..], &slots.source, &slots.figure];
    let in_blocks = blocks.into_iter().flat_map(|blocks| formulas(blocks));
    for math in in_blocks.chain(own_lines.into_iter().flat_map(formulas_in_line)) {
        if let Err(fault) = set.html(&math.tex, math.display) {
            // Where line breaks or marks of quotations stand in between, a place
            // in the formula is none in the text.
            let is_exact = (math.span.end - math.span.start) as usize == math.tex.len();
            let at = if is_exact { fault.at } else { 0..0 };
            diags.bad_formula(math.span.part(at), &fault.words);
        }
    }
}

fn missing_alt(diags: &mut Diagnostics, frame: &Frame) {
    let blocks = [&frame.slots.body, &frame.slots.left, &frame.slots.right];
    let in_text = blocks.into_iter().flat_map(|blocks| pictures(blocks));
    for image in frame.slots.picture.iter().chain(in_text) {
        let is_named = image.medium().is_some() && !image.title.trim().is_empty();
        if image.alt.trim().is_empty() && !is_named {
            let what = image.medium().map_or("picture", Medium::name);
            diags.missing_alt(image.span, what);
        }
    }
}

fn active_content(diags: &mut Diagnostics, frame: &Frame) {
    let slots = &frame.slots;
    let blocks = [&slots.body, &slots.left, &slots.right, &frame.notes];
    let own_lines = [&frame.title[..], &slots.source, &slots.figure];
    let in_blocks = blocks.into_iter().flat_map(|blocks| raw_html(blocks));
    let own_html = own_lines.into_iter().flat_map(raw_html_in_line);
    let mut open = 0;
    for (html, span) in in_blocks.chain(own_html).filter(|_| !frame.trusted) {
        report_active(diags, span, html);
        let (still_open, most) = open_elements(html, open);
        if most > MAX_OPEN {
            diags.html_cleaned(span, "an element within 500 others");
        } else {
            open = still_open;
        }
    }
    let in_blocks = blocks.into_iter().flat_map(|blocks| lines(blocks));
    let notes = frame.footnotes.iter().map(Vec::as_slice);
    for line in in_blocks.chain(own_lines).chain(notes) {
        unsafe_links(diags, line);
    }
}

/// Whether a poll asks something and gives a choice.
fn polled(diags: &mut Diagnostics, frame: &Frame, body: &[Block], block: &Block) {
    let span = block.span;
    let n_options = options(body).len();
    if n_options < 2 {
        diags.empty_poll(span, n_options);
    } else if n_options > MAX_OPTIONS {
        diags.crowded_poll(span, n_options, MAX_OPTIONS);
    }
    if frame.title.is_empty() && question(body, &block.attrs).is_empty() {
        diags.poll_without_question(span);
    }
}

/// Attributes of pictures, names of icons, addresses for codes.
fn pictures_and_signs(diags: &mut Diagnostics, frame: &Frame) {
    let slots = &frame.slots;
    let sides = [&slots.body, &slots.left, &slots.right, &frame.notes];
    for image in slots.picture.iter() {
        picture_values(diags, &image.attrs, image.span);
    }
    for block in sides.into_iter().flat_map(|blocks| all_blocks(blocks)) {
        match &block.kind {
            BlockKind::Group { name, body } if name == "qr" => {
                let text = qr_text(body);
                if qr::svg(&text, "").is_none() {
                    diags.qr_too_long(block.span);
                }
            }
            BlockKind::Group { name, body } if name == "poll" => {
                polled(diags, frame, body, block);
            }
            BlockKind::Paragraph(_) => picture_values(diags, &block.attrs, block.span),
            BlockKind::Table(table) if table.head.len() > MAX_COLUMNS => {
                diags.wide_table(block.span, table.head.len());
            }
            _ => {}
        }
    }
    for image in sides.into_iter().flat_map(|blocks| pictures(blocks)) {
        picture_values(diags, &image.attrs, image.span);
    }
    let own_lines = [&frame.title[..], &slots.source, &slots.figure];
    let in_blocks = sides.into_iter().flat_map(|blocks| lines(blocks));
    for line in in_blocks
        .chain(own_lines)
        .chain(frame.footnotes.iter().map(Vec::as_slice))
    {
        unknown_icons(diags, line);
    }
}

fn picture_values(diags: &mut Diagnostics, attrs: &Attrs, span: Span) {
    for (key, value) in Look::of(attrs).1.into_iter().chain(Play::of(attrs).1) {
        diags.bad_picture_value(span, key, value);
    }
}

fn unknown_icons(diags: &mut Diagnostics, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Sign(Sign::Icon { name, span }) if !icon::exists(name) => {
                diags.unknown_icon(*span, name, nearest(name, icon::names()));
            }
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. }
            | Inline::Span { body, .. } => unknown_icons(diags, body),
            _ => {}
        }
    }
}

/// Blocks and those in them.
fn all_blocks(blocks: &[Block]) -> Vec<&Block> {
    let mut res = Vec::new();
    for block in blocks {
        res.push(block);
        match &block.kind {
            BlockKind::Group { body, .. } | BlockKind::Quote(body) => res.extend(all_blocks(body)),
            BlockKind::List(list) => {
                let items = list.items.iter();
                res.extend(items.flat_map(|item| all_blocks(&item.blocks)));
            }
            _ => {}
        }
    }
    res
}

fn unsafe_links(diags: &mut Diagnostics, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Link { body, to } => {
                if !links::is_safe(&to.href) {
                    diags.unsafe_link(to.span, &to.href);
                }
                unsafe_links(diags, body);
            }
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. } => unsafe_links(diags, body),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Html { .. }
            | Inline::Sign(_)
            | Inline::Break => {}
        }
    }
}

/// Elements that are taken out of raw HTML, with or without what is in them.
const TAKEN_OUT: [&str; 22] = [
    "script", "style", "iframe", "frame", "object", "embed", "applet", "form", "button",
    "textarea", "select", "svg", "math", "canvas", "link", "meta", "base", "video", "audio",
    "source", "template", "dialog",
];

/// Names the first thing in raw HTML that is taken out. What goes is decided by
/// the sanitiser alone; this only tells the author.
fn report_active(diags: &mut Diagnostics, span: Span, html: &str) {
    let lower = html.to_ascii_lowercase();
    let is_open = |name: &&str| {
        lower.match_indices(&format!("<{name}")).any(|(at, open)| {
            !lower[at + open.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    if let Some(name) = TAKEN_OUT.into_iter().find(is_open) {
        return diags.html_cleaned(span, &format!("`<{name}>`"));
    }
    if lower.contains("javascript:") {
        return diags.html_cleaned(span, "`javascript:`");
    }
    let words = lower
        .split([' ', '\t', '\n', '/', '"', '\''])
        .filter_map(|word| word.split_once('='));
    if let Some((name, _)) = words
        .into_iter()
        .find(|(name, _)| name.starts_with("on") || *name == "style")
    {
        return diags.html_cleaned(span, &format!("the attribute `{name}`"));
    }
    if open_tag(html).is_some() {
        diags.html_cleaned(span, "a tag that does not end");
    }
}
