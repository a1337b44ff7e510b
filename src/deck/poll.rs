//! Polls: a question to the audience with what it may choose from.

use super::{Attrs, Block, BlockKind, Frame, Slots, lines, plain_text};

/// Options that a slide can show and a hand can choose from.
pub const MAX_OPTIONS: usize = 10;

/// A poll of a slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// Unique within the deck, made of the slide's id.
    pub id: String,
    /// What is asked; empty if neither the poll nor its slide says it.
    pub question: String,
    /// What there is to choose from, as plain text.
    pub options: Vec<String>,
}

/// The id of the `nth` poll of a slide, from 1.
pub fn poll_id(slide: &str, nth: usize) -> String {
    format!("poll-{slide}-{nth}")
}

/// What a poll's block asks by itself, by `question=` or by what stands in
/// front of its options; empty if that is the slide's heading.
pub fn question(body: &[Block], attrs: &Attrs) -> String {
    let said = attrs.get("question").map(str::to_string);
    let own = body.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(line) | BlockKind::Heading { body: line, .. } => {
            Some(plain_text(line))
        }
        _ => None,
    });
    said.into_iter().chain(own).collect::<Vec<_>>().join(" ")
}

/// The options of a poll's block, as plain text.
pub fn options(body: &[Block]) -> Vec<String> {
    body.iter()
        .filter_map(|block| match &block.kind {
            BlockKind::List(list) => Some(list),
            _ => None,
        })
        .flat_map(|list| &list.items)
        .map(|item| {
            let texts: Vec<String> = lines(&item.blocks).into_iter().map(plain_text).collect();
            texts.join(" ")
        })
        .collect()
}

/// The polls of a slide, in the order in which its slots are rendered.
pub fn polls(frame: &Frame) -> Vec<Poll> {
    let Slots {
        body, left, right, ..
    } = &frame.slots;
    let mut found = Vec::new();
    for slot in [body, left, right] {
        push(slot, &mut found);
    }
    let title = plain_text(&frame.title);
    found
        .into_iter()
        .zip(1..)
        .map(|((body, attrs), nth)| Poll {
            id: poll_id(&frame.id, nth),
            question: Some(question(body, attrs))
                .filter(|own| !own.is_empty())
                .unwrap_or_else(|| title.clone()),
            options: options(body),
        })
        .collect()
}

fn push<'b>(blocks: &'b [Block], res: &mut Vec<(&'b [Block], &'b Attrs)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Group { name, body } if name == "poll" => {
                res.push((body, &block.attrs));
            }
            BlockKind::Group { body, .. } | BlockKind::Quote(body) => push(body, res),
            BlockKind::List(list) => list.items.iter().for_each(|item| push(&item.blocks, res)),
            _ => {}
        }
    }
}
