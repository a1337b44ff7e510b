//! A talk as an article to read: Markdown or plain text, no browser needed.
//!
//! Each slide is a section: its title, what stands on it, then what is said.
//! What was continued on further slides is whole again, and a title that was
//! shown twice stands once. Steps, places and looks are nothing to a reader.

use std::path::Path;

use crate::deck::{
    Attrs, Block, BlockKind, Frame, Image, Inline, Item, Layout, List, Plan, Sign, lines,
    plain_text,
};
use crate::source::Span;

use super::Notes;

mod markdown;
mod plain;

/// What a Markdown file of ours begins with.
pub const MARK: &str = "<!-- Deckle ";

/// What an article is made of, in order.
enum Piece {
    /// The title of the talk (level 1), of a section or of a slide.
    Title {
        /// From 1.
        level: u8,
        /// The number of a factor or section.
        number: Option<u16>,
        /// What it says.
        body: Vec<Inline>,
    },
    /// What stands below a title of that level.
    Blocks(u8, Vec<Block>),
    /// What stands at the foot of a slide, by the number of its marks.
    Footnotes(Vec<Vec<Inline>>),
}

/// The talk as Markdown, as GitHub reads it. `place` says where a picture lies,
/// as seen from where the text will.
pub fn markdown(plan: &Plan, notes: Notes, place: &dyn Fn(&str) -> String) -> String {
    let mark = format!("{MARK}{} -->\n\n", env!("CARGO_PKG_VERSION"));
    mark + &markdown::write(&pieces(plan, notes), &plan.head.lang, place)
}

/// The talk as plain text, a paragraph on a line.
pub fn plain(plan: &Plan, notes: Notes) -> String {
    plain::write(&pieces(plan, notes))
}

/// Where what a deck in one folder names lies, as seen from another.
pub fn seen_from(folder: &Path, deck: &Path, href: &str) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let is_elsewhere =
        href.contains("://") || href.starts_with(['/', '#']) || href.starts_with("data:");
    let (from, to) = (absolute(folder), absolute(deck));
    if is_elsewhere || from == to {
        return href.to_string();
    }
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".to_string());
    let down = to.map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).chain([href.to_string()]).collect();
    parts.join("/")
}

/// The slides as they were before some were continued on others.
fn whole(plan: &Plan) -> Vec<&Frame> {
    let mut continued = plan.continued.iter();
    let shown = plan
        .frames
        .iter()
        .map(|frame| &**frame)
        .filter_map(|frame| match frame.part {
            None => Some(frame),
            Some(part) if part.number == 1 => {
                Some(continued.next().map_or(frame, |all| &*all.whole))
            }
            Some(_) => None,
        });
    shown.collect()
}

fn pieces(plan: &Plan, notes: Notes) -> Vec<Piece> {
    let frames = whole(plan);
    let mut res = Vec::new();
    let is_title = |frame: &&Frame| {
        let title = plain_text(&frame.title);
        title == plain_text(&[Inline::Text(plan.head.title.clone())])
            || frame.layout == Layout::Title && !title.is_empty()
    };
    let has_title = frames.first().is_some_and(is_title);
    if !has_title {
        res.push(Piece::Title {
            level: 1,
            number: None,
            body: vec![Inline::Text(plan.head.title.clone())],
        });
    }
    let mut level = 2;
    let mut last = String::new();
    for (frame, number) in frames.into_iter().zip(1..) {
        let own = match frame.layout {
            _ if number == 1 && has_title => 1,
            Layout::Title | Layout::Section => {
                level = 3;
                2
            }
            Layout::Closing => 2,
            _ => level,
        };
        let is_said = notes != Notes::Off && !frame.notes.is_empty();
        let leads = own < 2 || matches!(frame.layout, Layout::Title | Layout::Section);
        if notes == Notes::Only && !is_said && !leads {
            continue;
        }
        let mut heading = heading(frame);
        if heading.is_empty() && notes == Notes::Only {
            // Whose notes these are, all the same.
            heading = vec![Inline::Text(number.to_string())];
        }
        let title = plain_text(&heading);
        if !title.is_empty() && (title != last || own < level) {
            res.push(Piece::Title {
                level: own,
                number: frame.number,
                body: heading,
            });
            last = title;
        }
        if notes != Notes::Only {
            res.push(Piece::Blocks(own, shown(frame)));
        }
        if is_said {
            res.push(Piece::Blocks(own, frame.notes.clone()));
        }
        if !frame.footnotes.is_empty() && (notes != Notes::Only || has_mark(&frame.notes)) {
            res.push(Piece::Footnotes(frame.footnotes.clone()));
        }
    }
    res
}

/// What a slide is called: beside its source it has a line above both.
fn heading(frame: &Frame) -> Vec<Inline> {
    match &frame.example {
        Some((line, _)) if !line.is_empty() => vec![Inline::Text(line.clone())],
        Some(_) | None => frame.title.clone(),
    }
}

/// Whether the mark of a footnote stands in the blocks.
fn has_mark(blocks: &[Block]) -> bool {
    let is_mark = |inline: &Inline| matches!(inline, Inline::Sign(Sign::Note { .. }));
    lines(blocks).into_iter().flatten().any(is_mark)
}

/// What stands on a slide, in the order in which it is read.
fn shown(frame: &Frame) -> Vec<Block> {
    let slots = &frame.slots;
    let at = |kind| block(kind, frame.span);
    let mut res = Vec::new();
    if let Some((line, code)) = &frame.example {
        res.push(code.clone());
        if !line.is_empty() && !frame.title.is_empty() {
            res.push(at(BlockKind::Heading {
                level: 3,
                body: frame.title.clone(),
            }));
        }
    }
    let mut body = slots.body.clone();
    if !slots.figure.is_empty() {
        // A figure begins the sentence that says what it means.
        let mut line = vec![Inline::Strong(slots.figure.clone())];
        if let Some(BlockKind::Paragraph(rest)) = body.first().map(|block| &block.kind) {
            line.push(Inline::Text(" ".into()));
            line.extend(rest.iter().cloned());
            body.remove(0);
        }
        body.insert(0, at(BlockKind::Paragraph(line)));
    }
    if frame.layout == Layout::Quote {
        if !slots.source.is_empty() {
            let mut line = vec![Inline::Text("— ".into())];
            line.extend(slots.source.iter().cloned());
            body.push(at(BlockKind::Paragraph(line)));
        }
        body = vec![at(BlockKind::Quote(body))];
    }
    // A picture or drawing taken out of the text goes back to where it was written.
    let picture = slots
        .picture
        .clone()
        .map(|image| picture(image, frame.span));
    for apart in picture.into_iter().chain(slots.drawing.clone()) {
        let place = body
            .iter()
            .position(|block| block.span.start > apart.span.start);
        body.insert(place.unwrap_or(body.len()), apart);
    }
    res.extend(body);
    res.extend(slots.left.iter().chain(&slots.right).cloned());
    if !frame.agenda.is_empty() {
        res.push(at(BlockKind::List(agenda(frame))));
    }
    if !frame.meta.is_empty() {
        let line = frame.meta.join(" · ");
        res.push(at(BlockKind::Paragraph(vec![Inline::Text(line)])));
    }
    res
}

fn picture(image: Image, slide: Span) -> Block {
    let span = if image.span.start < slide.start {
        slide
    } else {
        image.span
    };
    block(
        BlockKind::Paragraph(vec![Inline::Image(image.into())]),
        span,
    )
}

fn agenda(frame: &Frame) -> List {
    let item = |title: &Vec<Inline>| Item {
        blocks: vec![block(BlockKind::Paragraph(title.clone()), frame.span)],
        task: None,
        attrs: Attrs::default(),
        step: 0,
        span: frame.span,
    };
    List {
        start: frame.agenda.first().map(|entry| entry.number.into()),
        tight: true,
        terms: false,
        items: frame
            .agenda
            .iter()
            .map(|entry| item(&entry.title))
            .collect(),
    }
}

fn block(kind: BlockKind, span: Span) -> Block {
    Block {
        kind,
        span,
        attrs: Attrs::default(),
        step: 0,
    }
}

/// The level of a sub-heading on a slide whose title has this one.
fn level_below(title: u8, level: u8) -> u8 {
    (title + level.saturating_sub(2).max(1)).min(6)
}

/// The words in raw HTML, without tags, comments, scripts and drawings.
fn words_of(html: &str) -> String {
    const MUTE: [&str; 3] = ["script", "style", "svg"];
    let mut res = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        res += &rest[..at];
        rest = &rest[at..];
        let muted = MUTE.iter().find(|name| {
            rest.get(1..=name.len())
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
        });
        let length = match muted {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|end| end + 3),
            Some(name) => rest
                .to_ascii_lowercase()
                .find(&format!("</{name}>"))
                .map(|end| end + name.len() + 3),
            None => crate::escape::tag_length(rest),
        };
        rest = &rest[length.unwrap_or(rest.len())..];
        res.push(' ');
    }
    res += rest;
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    let plain = signs
        .iter()
        .fold(res, |text, (name, sign)| text.replace(name, sign));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
