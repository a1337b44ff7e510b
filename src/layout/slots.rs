//! Blocks into the places of a layout.

use super::room::is_drawing;
use super::{choose, dates};
use crate::deck::settings::GROUPS;
use crate::deck::{Attrs, Block, BlockKind, Image, Inline, Layout, Medium, Slots, plain_text};
use crate::diag::Diagnostics;

/// A slide's title, without its heading mark.
#[derive(Debug, Clone, Default)]
pub struct Title {
    /// The level it had, 0 for none.
    pub level: u8,
    /// What it says.
    pub body: Vec<Inline>,
    /// The id the author gave it; may be empty.
    pub id: String,
    /// Classes behind it in braces, meant for its slide.
    pub classes: Vec<String>,
}

/// Says which `:::` groups nobody knows.
pub fn report_unknown_groups(diags: &mut Diagnostics, blocks: &[Block]) {
    for block in blocks {
        if let BlockKind::Group { name, body } = &block.kind {
            if !GROUPS.contains(&name.as_str()) && !name.is_empty() {
                diags.unknown_group(block.span, name, &GROUPS);
            }
            report_unknown_groups(diags, body);
        }
    }
}

/// Takes the title out of a slide: its first heading, if it comes first or is
/// of one of the two highest levels.
pub fn take_title(blocks: &mut Vec<Block>) -> Option<Title> {
    let at = blocks
        .iter()
        .position(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
    let BlockKind::Heading { level, .. } = blocks[at].kind else {
        return None;
    };
    if at > 0 && level > 2 {
        return None;
    }
    let block = blocks.remove(at);
    match block.kind {
        BlockKind::Heading { level, body } => {
            let braced = block.attrs.into_braced();
            Some(Title {
                level,
                body,
                id: braced.id.unwrap_or_default(),
                classes: braced.classes,
            })
        }
        _ => None,
    }
}

/// Whether there is a list among the blocks.
pub fn has_list(blocks: &[Block]) -> bool {
    blocks
        .iter()
        .any(|block| matches!(block.kind, BlockKind::List(_)))
}

/// The picture of a paragraph that holds nothing else.
pub fn lone_picture(block: &Block) -> Option<&Image> {
    let BlockKind::Paragraph(body) = &block.kind else {
        return None;
    };
    let mut pictures = body.iter().filter(|inline| !is_blank(inline));
    match (pictures.next(), pictures.next()) {
        (Some(Inline::Image(image)), None) => Some(image),
        _ => None,
    }
}

/// Whether a block is a picture or film alone; a sound has nothing to show.
pub fn is_shown_alone(block: &Block) -> bool {
    lone_picture(block).is_some_and(|image| image.medium() != Some(Medium::Sound))
}

/// Where the author wants the picture of a slide to stand, if anywhere.
pub fn is_placed(block: &Block) -> bool {
    let is_asked = ["left", "right", "full"]
        .iter()
        .any(|word| block.attrs.has(word));
    is_asked && is_shown_alone(block)
}

/// Takes that word off the picture and gives the slide classes for it.
pub fn place_of(image: &mut Image) -> Vec<String> {
    let classes: &[&str] = if image.attrs.has("full") {
        &["picture-full"]
    } else if image.attrs.has("left") {
        &["picture-side", "picture-left"]
    } else if image.attrs.has("right") {
        &["picture-side"]
    } else {
        &[]
    };
    let words = ["left", "right", "full"];
    image
        .attrs
        .classes
        .retain(|class| !words.contains(&class.as_str()));
    classes.iter().map(|class| class.to_string()).collect()
}

fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) if text.trim().is_empty())
}

/// Puts columns that stand side by side without `::: columns` around them
/// into one.
pub fn gather_columns(blocks: &mut Vec<Block>) {
    let mut res: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut is_open = false;
    for mut block in blocks.drain(..) {
        let is_column = is_column(&block);
        if let BlockKind::Group { name, body } = &mut block.kind {
            if name == "columns" {
                for column in body {
                    if let BlockKind::Group { body, .. } = &mut column.kind {
                        gather_columns(body);
                    }
                }
            } else {
                gather_columns(body);
            }
        }
        match res.last_mut() {
            Some(Block {
                kind: BlockKind::Group { body, .. },
                span,
                ..
            }) if is_column && is_open => {
                *span = span.to(block.span);
                body.push(block);
            }
            _ if is_column => res.push(Block {
                span: block.span,
                attrs: Attrs::default(),
                step: 0,
                kind: BlockKind::Group {
                    name: "columns".into(),
                    body: vec![block],
                },
            }),
            _ => res.push(block),
        }
        is_open = is_column;
    }
    *blocks = res;
}

fn is_column(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Group { name, .. } if matches!(name.as_str(), "column" | "left" | "right"))
}

/// The columns of a group of columns.
fn columns_of(block: &Block) -> Option<&[Block]> {
    match &block.kind {
        BlockKind::Group { name, body } if name == "columns" => Some(body),
        _ => None,
    }
}

/// Whether blocks end in a group of two columns and hold no other.
pub fn end_in_two_columns(blocks: &[Block]) -> bool {
    let groups: Vec<&[Block]> = blocks.iter().filter_map(columns_of).collect();
    let [columns] = groups.as_slice() else {
        return false;
    };
    let is_last = blocks
        .last()
        .is_some_and(|block| columns_of(block).is_some());
    is_last && columns.len() == 2 && columns.iter().all(is_column)
}

/// Says which ratios are none.
pub fn report_ratios(diags: &mut Diagnostics, blocks: &[Block]) {
    for block in blocks {
        if let BlockKind::Group { body, .. } = &block.kind {
            let n_columns = body.iter().filter(|block| is_column(block)).count();
            if let Some(ratio) = block.attrs.get("ratio")
                && columns_of(block).is_some()
                && block.attrs.ratio(n_columns).is_none()
            {
                diags.bad_ratio(block.span, ratio, n_columns);
            }
            report_ratios(diags, body);
        }
    }
}

/// The column of twelve at which the right one of two columns begins, if the
/// author says so.
pub fn split_at(blocks: &[Block]) -> Option<u8> {
    let group = blocks.iter().find(|block| columns_of(block).is_some())?;
    let ratio = group.attrs.ratio(2)?;
    let (left, right) = (f64::from(ratio[0]), f64::from(ratio[1]));
    // At least two of twelve columns are left for either side.
    Some((12.0 * left / (left + right)).round().clamp(2.0, 10.0) as u8 + 1)
}

/// Puts title and blocks into the places of a layout.
pub fn fill(layout: Layout, title: Option<Title>, blocks: Vec<Block>) -> (Title, Slots) {
    let title = title.unwrap_or_default();
    let mut slots = Slots::default();
    match layout {
        Layout::TwoColumns => columns(&mut slots, choose::under_headings(blocks)),
        Layout::Quote => quote(&mut slots, blocks),
        Layout::BigFigure => return big_figure(title, blocks),
        Layout::Picture => {
            let at = blocks.iter().position(is_placed);
            let at = at.or_else(|| blocks.iter().position(is_shown_alone));
            slots.body = blocks;
            if let Some(at) = at {
                let block = slots.body.remove(at);
                slots.picture = lone_picture(&block).cloned().map(|image| Image {
                    attrs: block.attrs,
                    step: block.step,
                    ..image
                });
            }
        }
        Layout::Chart => {
            let at = blocks.iter().position(is_drawing);
            slots.body = blocks;
            slots.drawing = at.map(|at| slots.body.remove(at));
        }
        Layout::Timeline => {
            slots.body = blocks;
            dates::set(&mut slots.body);
        }
        Layout::Title
        | Layout::Agenda
        | Layout::Section
        | Layout::Factor
        | Layout::Statement
        | Layout::Bullets
        | Layout::Code
        | Layout::Table
        | Layout::Closing => slots.body = blocks,
    }
    (title, slots)
}

/// Left and right by `::: left` and `::: right`, by `::: columns`, or by two
/// sub-headings; what stands in front of them is the body.
fn columns(slots: &mut Slots, blocks: Vec<Block>) {
    let sides = split_sides(blocks);
    slots.body = sides.front;
    slots.left = sides.left;
    slots.right = sides.right;
}

/// Blocks told apart by the column they belong to.
#[derive(Debug, Default)]
pub struct Sides {
    front: Vec<Block>,
    left: Vec<Block>,
    right: Vec<Block>,
}

impl Sides {
    /// Whether both columns hold something.
    pub fn are_both(&self) -> bool {
        !self.left.is_empty() && !self.right.is_empty()
    }

    /// Whether nothing stands in front of the columns.
    pub fn are_alone(&self) -> bool {
        self.front.is_empty()
    }
}

/// Tells apart what belongs left and right.
pub fn split_sides(blocks: Vec<Block>) -> Sides {
    let mut sides = Sides::default();
    let mut sub_headings = 0;
    for block in blocks {
        match block.kind {
            BlockKind::Group { ref name, .. }
                if matches!(name.as_str(), "left" | "right" | "column") =>
            {
                let is_left = name == "left" || name == "column" && sides.left.is_empty();
                let side = if is_left {
                    &mut sides.left
                } else {
                    &mut sides.right
                };
                side.extend(inside_of(block));
            }
            BlockKind::Group { name, body } if name == "columns" => {
                let inner = split_sides(body);
                sides.left.extend(inner.left);
                sides.right.extend(inner.right);
                sides.front.extend(inner.front);
            }
            BlockKind::Heading { level, .. } if level > 2 => {
                sub_headings += 1;
                let side = if sub_headings == 1 {
                    &mut sides.left
                } else {
                    &mut sides.right
                };
                side.push(block);
            }
            _ => match sub_headings {
                0 => sides.front.push(block),
                1 => sides.left.push(block),
                _ => sides.right.push(block),
            },
        }
    }
    sides
}

/// What stands in a column; its own box, if it has classes.
fn inside_of(block: Block) -> Vec<Block> {
    match block.kind {
        BlockKind::Group { body, .. } if block.attrs.classes.is_empty() => body,
        BlockKind::Group { body, .. } => vec![Block {
            kind: BlockKind::Group {
                name: String::new(),
                body,
            },
            ..block
        }],
        _ => vec![block],
    }
}

/// A line that names a source begins with a dash.
fn source_of(block: &Block) -> Option<Vec<Inline>> {
    let BlockKind::Paragraph(body) = &block.kind else {
        return None;
    };
    let Some(Inline::Text(text)) = body.first() else {
        return None;
    };
    let rest = ["— ", "– ", "-- ", "—", "― "]
        .iter()
        .find_map(|dash| text.trim_start().strip_prefix(dash))?;
    let mut source = body.clone();
    source[0] = Inline::Text(rest.to_string());
    Some(source)
}

fn quote(slots: &mut Slots, blocks: Vec<Block>) {
    for block in blocks {
        match block.kind {
            BlockKind::Quote(body) => slots
                .body
                .extend(body.into_iter().flat_map(split_source_line)),
            _ => slots.body.push(block),
        }
    }
    if slots.body.len() > 1
        && let Some(source) = slots.body.last().and_then(source_of)
    {
        slots.body.pop();
        slots.source = source;
    }
}

/// `> text` and, on the line below, `> — source` are one paragraph to Markdown.
fn split_source_line(block: Block) -> Vec<Block> {
    let BlockKind::Paragraph(body) = &block.kind else {
        return vec![block];
    };
    let Some(Inline::Text(last)) = body.last() else {
        return vec![block];
    };
    let Some((front, source)) = last.rsplit_once('\n').filter(|(_, line)| {
        ["— ", "– ", "-- "]
            .iter()
            .any(|dash| line.trim_start().starts_with(dash))
    }) else {
        return vec![block];
    };
    let mut text = body.clone();
    text.pop();
    text.push(Inline::Text(front.to_string()));
    let at = |kind| Block {
        kind,
        span: block.span,
        attrs: Attrs::default(),
        step: block.step,
    };
    vec![
        at(BlockKind::Paragraph(text)),
        at(BlockKind::Paragraph(vec![Inline::Text(source.to_string())])),
    ]
}

/// Characters beyond which a line is a sentence, and not to be set as a figure.
const FIGURE: usize = 40;

/// The figure is the title if that is one, else the first line below it, unless
/// that is running text.
fn big_figure(title: Title, mut blocks: Vec<Block>) -> (Title, Slots) {
    let mut slots = Slots::default();
    let is_short = |body: &[Inline]| plain_text(body).chars().count() <= FIGURE;
    let is_below = matches!(
        blocks.first().map(|block| &block.kind),
        Some(BlockKind::Paragraph(body)) if is_short(body)
    );
    let text = plain_text(&title.body);
    if is_figure(&text) || blocks.is_empty() || !is_below && is_short(&title.body) {
        slots.figure = title.body.clone();
        slots.body = blocks;
        return (
            Title {
                body: Vec::new(),
                ..title
            },
            slots,
        );
    }
    if is_below && let BlockKind::Paragraph(body) = blocks.remove(0).kind {
        slots.figure = body;
    }
    slots.body = blocks;
    (title, slots)
}

/// A number as it stands large on a slide: digits with a sign, a unit, a
/// currency; at most twelve characters.
pub fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    let n_letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || "+-−–±~≈<>≤≥€$£¥₹×#".contains(c));
    starts
        && n_digits > 0
        && text.chars().count() <= 12
        && n_letters <= 4
        && !text.ends_with(['.', ':'])
}
