//! Blocks into a place: text that follows each other is one text, everything
//! else stands where the lines above it end.

use super::compose::Composer;
use super::paint::Ground;
use super::scene::{Face, Holder, Para, Rect, Shape, Style, Text, What};
use crate::deck::look::{Length, Look};
use crate::deck::{Attrs, Block, BlockKind};
use crate::layout::dates::TIMELINE;
use crate::layout::height::{self, Setting};
use crate::layout::slots::lone_picture;
use crate::layout::walk;
use crate::theme::places::Anchor;

/// A caption with the gap above it.
pub const CAPTION: f64 = 30.0;

/// A place for blocks.
#[derive(Debug, Clone)]
pub struct Region {
    /// Where.
    pub at: Rect,
    /// What heights are counted by.
    pub setting: Setting,
    /// How text is set.
    pub style: Style,
    /// Where what is lower than the place is held.
    pub anchor: Anchor,
    /// Room around.
    pub inset: [f64; 4],
    /// The place of the layout that is filled.
    pub holder: Option<Holder>,
    /// How far the rows of a list may spread.
    pub spread: Option<f64>,
    /// The colours it stands on.
    pub ground: Ground,
    /// Whether code in it has the ground of the whole slide.
    pub is_code: bool,
    /// Whether only one thing stands in it.
    pub is_alone: bool,
    /// Whether it is a column of two.
    pub is_column: bool,
}

impl Region {
    /// Another place that is set as this one is.
    pub fn within(&self, at: Rect) -> Region {
        Region {
            at,
            setting: self.setting.wide(at.w),
            anchor: Anchor::Top,
            inset: [0.0; 4],
            holder: None,
            spread: None,
            is_code: false,
            is_alone: false,
            is_column: false,
            ..self.clone()
        }
    }
}

/// What stands in a place from top to bottom.
enum Piece<'b> {
    /// Blocks that are one text.
    Text(&'b [Block]),
    /// A block that is none.
    Thing(&'b Block),
}

/// Whether a block is text and nothing else.
fn is_text(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading { .. } | BlockKind::Html(_) => true,
        BlockKind::Paragraph(_) => lone_picture(block).is_none(),
        BlockKind::List(list) => !list.terms && !block.attrs.has(TIMELINE),
        BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Math(_)
        | BlockKind::Rule
        | BlockKind::Group { .. }
        | BlockKind::Chart(_)
        | BlockKind::Diagram(_) => false,
    }
}

/// Boxes that only name or colour what is in them are opened.
pub fn opened(blocks: &[Block]) -> Vec<Block> {
    const KEPT: [&str; 7] = ["columns", "column", "left", "right", "alert", "qr", "poll"];
    let mut res = Vec::with_capacity(blocks.len());
    for block in blocks {
        match &block.kind {
            BlockKind::Group { name, body }
                if !KEPT.contains(&name.as_str()) && !walk::is_row(block) =>
            {
                for mut inner in opened(body) {
                    let mut attrs: Attrs = block.attrs.clone();
                    attrs.merge(inner.attrs);
                    inner.attrs = attrs;
                    inner.step = inner.step.max(block.step);
                    res.push(inner);
                }
            }
            _ => res.push(block.clone()),
        }
    }
    res
}

impl Composer<'_> {
    /// Blocks at their places.
    pub fn flow(&mut self, blocks: &[Block], region: Region) -> Vec<Shape> {
        let blocks = opened(blocks);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut start = 0;
        for (at, block) in blocks.iter().enumerate() {
            if is_text(block) {
                continue;
            }
            if start < at {
                pieces.push(Piece::Text(&blocks[start..at]));
            }
            pieces.push(Piece::Thing(block));
            start = at + 1;
        }
        if start < blocks.len() {
            pieces.push(Piece::Text(&blocks[start..]));
        }
        if let [Piece::Text(text)] = pieces.as_slice() {
            return vec![self.lone_text(text, region)];
        }
        let [above, _, below, _] = region.inset;
        let inner = Rect {
            y: region.at.y + above,
            h: (region.at.h - above - below).max(0.0),
            ..region.at
        };
        let region = Region {
            at: inner,
            inset: [0.0; 4],
            is_alone: pieces.len() == 1,
            ..region
        };
        self.stack(&pieces, region)
    }

    fn stack(&mut self, pieces: &[Piece<'_>], region: Region) -> Vec<Shape> {
        let gap = region.setting.gap();
        let mut heights: Vec<f64> = pieces
            .iter()
            .map(|piece| self.piece_height(piece, &region))
            .collect();
        let gaps = gap * pieces.len().saturating_sub(1) as f64;
        let all: f64 = heights.iter().sum::<f64>() + gaps;
        let over = all - region.at.h;
        // What shrinks is what is drawn; the last one of all takes what is left.
        let drawn: f64 = pieces
            .iter()
            .zip(&heights)
            .filter(|(piece, _)| shrinks(piece))
            .map(|(_, height)| height)
            .sum();
        if over > 0.0 && drawn > 0.0 {
            let keep = ((drawn - over) / drawn).max(0.2);
            for (piece, height) in pieces.iter().zip(&mut heights) {
                if shrinks(piece) {
                    *height *= keep;
                }
            }
        }
        let all: f64 = heights.iter().sum::<f64>() + gaps;
        let has_columns = pieces.iter().any(|piece| {
            matches!(piece, Piece::Thing(block) if matches!(&block.kind, BlockKind::Group { name, .. } if name == "columns"))
        });
        let lone_thing = matches!(pieces, [Piece::Thing(block)] if fills(block));
        let free = (region.at.h - all).max(0.0);
        let mut y = region.at.y
            + match region.anchor {
                Anchor::Bottom if !has_columns && !lone_thing => free,
                Anchor::Middle if lone_thing => 0.0,
                Anchor::Middle => free / 2.0,
                _ => 0.0,
            };
        let mut res = Vec::new();
        let mut holder = region.holder.clone();
        for ((piece, height), nth) in pieces.iter().zip(&heights).zip(0..) {
            let is_last = nth + 1 == pieces.len();
            let grows = lone_thing || is_last && has_columns;
            let at = Rect {
                x: region.at.x,
                y,
                w: region.at.w,
                h: if grows {
                    region.at.bottom() - y
                } else {
                    *height
                },
            };
            y += height + gap;
            let mut shapes = match piece {
                Piece::Text(blocks) => {
                    let mut own = region.within(at);
                    own.is_column = region.is_column;
                    vec![self.text(blocks, &own)]
                }
                Piece::Thing(block) => self.thing(block, at, &region),
            };
            fill_first(&mut shapes, &mut holder);
            res.extend(shapes);
        }
        res
    }

    fn piece_height(&mut self, piece: &Piece<'_>, region: &Region) -> f64 {
        match piece {
            Piece::Text(blocks) => height::blocks(blocks, region.setting),
            Piece::Thing(block) => self.thing_height(block, region),
        }
    }

    fn thing_height(&mut self, block: &Block, region: &Region) -> f64 {
        if let Some(image) = lone_picture(block) {
            let caption = if image.title.is_empty() { 0.0 } else { CAPTION };
            return self.picture_size(image, &block.attrs, region.at).1 + caption;
        }
        match &block.kind {
            // On the ground of the slide it needs no room around.
            BlockKind::Code(_) if region.is_code => {
                (height::block(block, region.setting) - 48.0).max(0.0)
            }
            BlockKind::Chart(chart) => {
                let title = if chart.title.is_empty() { 0.0 } else { 48.0 };
                f64::from(chart.room.height) + title
            }
            BlockKind::Diagram(diagram) => {
                let title = if diagram.title.is_empty() { 0.0 } else { 48.0 };
                let drawn = match self.cache.diagrams.drawing(diagram) {
                    Ok(drawing) => drawing.height * drawing.scale(diagram.room),
                    Err(_) => 0.0,
                };
                drawn + title
            }
            _ => height::block(block, region.setting),
        }
    }

    /// Width and height of a picture in a place, before others take of it.
    pub fn picture_size(
        &self,
        image: &crate::deck::Image,
        attrs: &Attrs,
        place: Rect,
    ) -> (f64, f64) {
        let look = Look::of(attrs).0;
        let (_, slide) = self.size();
        let natural = self
            .frame
            .assets
            .iter()
            .find(|asset| asset.href == image.href)
            .and_then(|asset| asset.size)
            .filter(|(w, h)| *w > 0 && *h > 0);
        let (w, h) = natural.map_or((640.0, 360.0), |(w, h)| (f64::from(w), f64::from(h)));
        let units = |length: Option<Length>, of: f64| {
            length.map(|length| match length {
                Length::Units(n) => f64::from(n),
                Length::Percent(n) => of * f64::from(n) / 100.0,
            })
        };
        let (wide, high) = (units(look.width, place.w), units(look.height, slide));
        let (wide, high) = match (wide, high) {
            (Some(wide), Some(high)) => (wide, high),
            (Some(wide), None) => (wide, wide * h / w),
            (None, Some(high)) if attrs.has("cover") => (place.w, high),
            (None, Some(high)) => ((high * w / h).min(place.w), high),
            (None, None) => {
                let wide = w.min(place.w);
                (wide, wide * h / w)
            }
        };
        (wide.min(place.w), high)
    }

    /// Text that is all of its place.
    fn lone_text(&mut self, blocks: &[Block], region: Region) -> Shape {
        let mut text = self.text_of(blocks, &region);
        text.anchor = region.anchor;
        text.inset = region.inset;
        text.columns = if height::blocks(blocks, region.setting) > 0.0
            && region.setting.two
            && blocks.iter().any(|block| match &block.kind {
                BlockKind::List(list) => height::is_in_two(list, region.setting),
                _ => false,
            }) {
            2
        } else {
            1
        };
        if let Some(most) = region.spread
            && region.setting.rows
            && height::is_all_list(blocks)
        {
            spread(&mut text, blocks, &region, most);
        }
        Shape {
            holder: region.holder.clone(),
            ..Shape::text("Text", region.at, text)
        }
    }

    /// Text among other things.
    fn text(&mut self, blocks: &[Block], region: &Region) -> Shape {
        let text = self.text_of(blocks, region);
        Shape::text("Text", region.at, text)
    }

    fn text_of(&mut self, blocks: &[Block], region: &Region) -> Text {
        let ground = region.ground;
        let size = region.style.size;
        let mut words = self.words(ground, region.style.face);
        words.size = size;
        let mut paras = words.blocks(blocks);
        for para in &mut paras {
            // What stands for a quotation's emphasis is its own face's.
            if region.style.face == Face::Display {
                para.runs.iter_mut().for_each(|run| run.bold = None);
            }
        }
        Text {
            is_list: true,
            ..Text::new(region.style, paras)
        }
    }
}

/// Gives the place of the layout to the first thing that can fill it.
fn fill_first(shapes: &mut [Shape], holder: &mut Option<Holder>) {
    let Some(wanted) = holder.take() else {
        return;
    };
    let takes = |shape: &&mut Shape| {
        let is_free = shape.holder.is_none();
        let is_text = |text: &Text| !text.paras.is_empty() && text.fill.is_none();
        is_free
            && match &shape.what {
                What::Text(text) => is_text(text) && wanted.kind != "pic",
                What::Table(_) | What::Chart(_) => wanted.kind.is_empty(),
                What::Picture(_) => wanted.kind.is_empty() || wanted.kind == "pic",
                What::Path(_) | What::Group(_) | What::Formula(..) => false,
            }
    };
    match shapes.iter_mut().find(takes) {
        Some(shape) => shape.holder = Some(wanted),
        None => *holder = Some(wanted),
    }
}

/// Whether a thing that stands alone takes all of its place; others stand where
/// text would.
fn fills(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List(_) => block.attrs.has(TIMELINE),
        BlockKind::Group { name, .. } => name != "alert" && name != "poll",
        BlockKind::Math(_) | BlockKind::Quote(_) | BlockKind::Rule => false,
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::Html(_)
        | BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Chart(_)
        | BlockKind::Diagram(_) => true,
    }
}

/// Whether a thing is drawn as large as there is room.
fn shrinks(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Text(_) => false,
        Piece::Thing(block) => {
            let sized = Look::of(&block.attrs).0.height.is_some();
            matches!(block.kind, BlockKind::Chart(_) | BlockKind::Diagram(_))
                || lone_picture(block).is_some() && !sized
        }
    }
}

/// Has the items of a list that is all of its place stand evenly in it. They
/// begin where rows would; the rules between rows stay away, because they could
/// not follow the text when it is edited.
fn spread(text: &mut Text, blocks: &[Block], region: &Region, most: f64) {
    let Some(BlockKind::List(list)) = blocks.last().map(|block| &block.kind) else {
        return;
    };
    let n = list.items.len();
    let room = region.at.h - region.inset[0] - region.inset[2];
    let setting = region.setting;
    let head = match blocks.len() {
        2 => height::blocks(&blocks[..1], setting) + setting.gap(),
        _ => 0.0,
    };
    let room = (room - head).max(0.0);
    // In a column the most is that of an item, else of a list of one or two.
    let pitch = match (region.is_column, n) {
        (true, _) => (room / n as f64).min(most),
        (false, 1..=2) => room.min(most) / n as f64,
        _ => room / n as f64,
    };
    let inner = height::of_items(
        list,
        Setting {
            rows: false,
            ..setting
        },
    );
    let heights: Vec<f64> = list
        .items
        .iter()
        .map(|item| height::item(item, inner))
        .collect();
    let all: f64 = heights.iter().sum();
    if pitch * n as f64 <= all {
        return;
    }
    let firsts: Vec<usize> = {
        let paras = text.paras.iter().zip(0..);
        paras
            .filter(|(para, _)| para.level == 0 && para.mark != super::scene::Mark::None)
            .map(|(_, at)| at)
            .collect()
    };
    if firsts.len() != n {
        return;
    }
    let above = |height: f64| match region.is_column {
        true => ((pitch - height) / 2.0).max(0.0),
        false => (0.6 * setting.size * setting.tight).min((pitch - height).max(0.0)),
    };
    for (nth, at) in firsts.iter().enumerate() {
        let own = above(heights[nth]);
        let before = match nth {
            0 => own + if head > 0.0 { setting.gap() } else { 0.0 },
            _ => pitch - heights[nth - 1] - above(heights[nth - 1]) + own,
        };
        let para: &mut Para = &mut text.paras[*at];
        para.before = Some(before.max(0.0));
    }
    if head == 0.0 {
        // The room above the first paragraph is that of the place.
        text.inset[0] += text.paras[firsts[0]].before.take().unwrap_or(0.0);
        text.paras[firsts[0]].before = Some(0.0);
    }
    text.anchor = Anchor::Top;
}
