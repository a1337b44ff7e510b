//! Blocks into those that have room and the rest, at a sensible place: between
//! items, rows, lines of code, sentences; never behind a heading.

use std::collections::VecDeque;

use super::dates;
use super::height::{self, Setting, TableHeights, is_in_two};
use super::slots::lone_picture;
use super::walk;
use super::words;
use crate::deck::code::{Lines, Stage, codes};
use crate::deck::fit::Cut;
use crate::deck::{Block, BlockKind, Code, Inline, Item, List, Table, plain_text};
use crate::measure::Weight;

/// The class of an item that began on the slide before.
pub const GOES_ON: &str = "continued";

/// Where room ends, and that of a whole slide.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// What is left here.
    pub left: f64,
    /// What a further slide has.
    pub page: f64,
}

/// Blocks that have room, those that have not, and where these begin.
#[derive(Debug, Default)]
pub struct Halves {
    /// What stays.
    pub head: Vec<Block>,
    /// What goes on elsewhere.
    pub tail: Vec<Block>,
    /// Where the tail begins; `None` if there is none.
    pub cut: Option<Cut>,
}

/// Cuts blocks. Something stays even if nothing fits, or a slide would never end.
pub fn cut(blocks: Vec<Block>, at: Setting, room: Room) -> Halves {
    let at = Setting {
        rows: at.rows && height::is_all_list(&blocks),
        ..at
    };
    let mut res = Halves::default();
    let mut rest = glued(blocks);
    let mut used = 0.0;
    while let Some(lump) = rest.pop_front() {
        let gap = if res.head.is_empty() { 0.0 } else { at.gap() };
        let own = height::blocks(&lump, Setting { rows: false, ..at });
        let own = match lump.as_slice() {
            [only] => height::block(only, at),
            _ => own,
        };
        if used + gap + own <= room.left {
            used += gap + own;
            res.head.extend(lump);
            continue;
        }
        let left = Room {
            left: room.left - used - gap,
            ..room
        };
        let is_first = res.head.iter().all(leads);
        let own_place = own > room.page && left.left > 0.3 * room.page;
        let in_parts = is_in_parts(&lump) && left.left > 0.25 * room.page;
        let mut lump = lump;
        if let [only] = lump.as_slice()
            && (is_first || own_place || in_parts)
            && let Some((head, tail, cut)) = halve(only, at, left, is_first)
        {
            res.head.push(head);
            res.tail.push(tail);
            res.tail.extend(rest.into_iter().flatten());
            res.cut = Some(cut);
            return res;
        }
        if is_first && lump.len() == 1 && walk::is_row(&lump[0]) && own > room.page {
            // In one place they have no room: they follow each other.
            if let BlockKind::Group { body, .. } = lump.remove(0).kind {
                for block in body.into_iter().rev() {
                    rest.push_front(vec![block]);
                }
            }
            continue;
        }
        if is_first {
            res.head.extend(lump);
        } else {
            rest.push_front(lump);
        }
        break;
    }
    res.tail = rest.into_iter().flatten().collect();
    if !res.tail.is_empty() {
        while res.head.len() > 1 && res.head.last().is_some_and(leads) {
            if let Some(lead) = res.head.pop() {
                res.tail.insert(0, lead);
            }
        }
    }
    res.cut = res.tail.first().map(|first| Cut::Before(first.span));
    res
}

/// Whether a block announces what stands behind it.
fn leads(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading { .. } => true,
        BlockKind::Paragraph(body) => plain_text(body).ends_with([':', '：']),
        _ => false,
    }
}

fn is_in_parts(lump: &[Block]) -> bool {
    let [only] = lump else { return false };
    match &only.kind {
        BlockKind::List(list) => list.items.len() > 3,
        BlockKind::Table(table) => table.rows.len() > 5,
        _ => false,
    }
}

/// Blocks that raw HTML around them holds together.
fn glued(blocks: Vec<Block>) -> VecDeque<Vec<Block>> {
    const ALONE: [&str; 6] = ["<br", "<img", "<hr", "<input", "<wbr", "<!--"];
    let mut res: VecDeque<Vec<Block>> = VecDeque::new();
    let mut depth = 0_isize;
    for block in blocks {
        let is_inside = depth > 0;
        if let BlockKind::Html(html) = &block.kind {
            let lower = html.to_lowercase();
            let ends = lower.matches("</").count();
            let alone: usize = ALONE.iter().map(|tag| lower.matches(tag).count()).sum();
            let starts = lower.matches('<').count().saturating_sub(ends + alone);
            depth = (depth + starts as isize - ends as isize).max(0);
        }
        match res.back_mut() {
            Some(lump) if is_inside => lump.push(block),
            _ => res.push_back(vec![block]),
        }
    }
    res
}

/// A block cut in two, if it can be. With `must` even a small part is one.
fn halve(block: &Block, at: Setting, room: Room, must: bool) -> Option<(Block, Block, Cut)> {
    let again = |kind: BlockKind| {
        let mut attrs = block.attrs.clone();
        attrs.forget_id();
        Block {
            kind,
            attrs,
            ..block.clone()
        }
    };
    let with = |kind: BlockKind| Block {
        kind,
        ..block.clone()
    };
    let sized = at.sized(at.size * height::scale_of(&block.attrs));
    match &block.kind {
        BlockKind::Paragraph(_) if lone_picture(block).is_some() => None,
        BlockKind::Paragraph(body) => {
            let (head, tail, byte) = sentences(body, sized, room.left, must)?;
            Some((
                with(BlockKind::Paragraph(head)),
                again(BlockKind::Paragraph(tail)),
                Cut::Text(block.span, byte),
            ))
        }
        BlockKind::Heading { level, body } if must => {
            let own = Setting {
                line: 1.2,
                ..sized.sized(sized.size * 1.2)
            };
            let (head, tail, byte) = sentences(body, own, room.left, must)?;
            let level = *level;
            Some((
                with(BlockKind::Heading { level, body: head }),
                again(BlockKind::Heading { level, body: tail }),
                Cut::Text(block.span, byte),
            ))
        }
        BlockKind::List(list) => {
            let (head, tail, cut) = if block.attrs.has(dates::TIMELINE) {
                dates::halves(list, &block.attrs, sized, room.left, must)?
            } else {
                list_halves(list, sized, room, must)?
            };
            Some((
                with(BlockKind::List(head)),
                again(BlockKind::List(tail)),
                cut,
            ))
        }
        BlockKind::Code(code) => {
            let (head, tail, line) = code_halves(block, code, at, room.left, must)?;
            let mut tail = again(BlockKind::Code(tail));
            tail.attrs.keep_classes(|class| class != "step");
            Some((
                with(BlockKind::Code(head)),
                tail,
                Cut::Line(block.span, line),
            ))
        }
        BlockKind::Table(table) => {
            let (head, tail, row) = table_halves(table, at, room.left, must)?;
            Some((
                with(BlockKind::Table(head)),
                again(BlockKind::Table(tail)),
                Cut::Row(block.span, row),
            ))
        }
        BlockKind::Quote(body) => {
            let inner = sized.wide(at.width - sized.size);
            let halves = cut(
                body.clone(),
                Setting {
                    rows: false,
                    ..inner
                },
                room,
            );
            let place = halves.cut?;
            Some((
                with(BlockKind::Quote(halves.head)),
                again(BlockKind::Quote(halves.tail)),
                place,
            ))
        }
        BlockKind::Group { name, body } if name == "columns" => {
            let settings = height::column_settings(body, &block.attrs, at);
            let mut place = None;
            let (heads, tails) = body
                .iter()
                .zip(settings)
                .map(|(column, setting)| {
                    let room = Room {
                        left: room.left - height::rule(at),
                        page: room.page - height::rule(at),
                    };
                    let (head, tail, cut) = column_halves(column, setting, room);
                    place = place.or(cut);
                    (head, tail)
                })
                .unzip();
            let group = |body| BlockKind::Group {
                name: name.clone(),
                body,
            };
            Some((with(group(heads)), again(group(tails)), place?))
        }
        BlockKind::Group { name, .. } if name == "qr" || name == "poll" || walk::is_row(block) => {
            None
        }
        BlockKind::Group { name, body } => {
            let bare = height::blocks(body, at);
            let around = (height::block(block, at) - bare).max(0.0);
            let room = Room {
                left: room.left - around,
                page: room.page - around,
            };
            let inner = at.wide(at.width - 2.0 * at.size);
            let halves = cut(
                body.clone(),
                Setting {
                    rows: false,
                    ..inner
                },
                room,
            );
            let place = halves.cut?;
            let group = |body| BlockKind::Group {
                name: name.clone(),
                body,
            };
            Some((with(group(halves.head)), again(group(halves.tail)), place))
        }
        BlockKind::Heading { .. }
        | BlockKind::Math(_)
        | BlockKind::Rule
        | BlockKind::Html(_)
        | BlockKind::Chart(_)
        | BlockKind::Diagram(_) => None,
    }
}

/// A column keeps its place on both slides, and its sub-heading.
fn column_halves(column: &Block, at: Setting, room: Room) -> (Block, Block, Option<Cut>) {
    let BlockKind::Group { name, body } = &column.kind else {
        return (column.clone(), column.clone(), None);
    };
    let halves = with_heading(body.clone(), at, room);
    let of = |body: Vec<Block>| Block {
        kind: BlockKind::Group {
            name: name.clone(),
            body,
        },
        ..column.clone()
    };
    (of(halves.head), of(halves.tail), halves.cut)
}

/// Cuts what stands in a column; its sub-heading stands above the rest again.
pub fn with_heading(blocks: Vec<Block>, at: Setting, room: Room) -> Halves {
    let heading = blocks
        .first()
        .filter(|first| matches!(first.kind, BlockKind::Heading { .. }))
        .cloned();
    let mut halves = cut(blocks, at, room);
    let starts_anew = halves
        .tail
        .first()
        .is_none_or(|first| matches!(first.kind, BlockKind::Heading { .. }));
    if let Some(heading) = heading.filter(|_| !starts_anew) {
        halves.tail.insert(0, heading);
    }
    halves
}

// ---- lists

fn list_halves(list: &List, at: Setting, room: Room, must: bool) -> Option<(List, List, Cut)> {
    let heights = first_heights(list, at, room);
    let n_items = list.items.len();
    let fits = |n: &usize| height::stacked(&heights[..*n], list, at) <= room.left;
    let n = (1..=heights.len()).take_while(fits).last().unwrap_or(0);
    if n == n_items {
        return None;
    }
    let used = if n == 0 {
        0.0
    } else {
        height::stacked(&heights[..n], list, at) + height::item_gap(list, at)
    };
    let next = &list.items[n];
    // An item that no slide can hold is cut itself, and so is the first one.
    if (n == 0 && must || heights[n] > room.page) && !is_in_two(list, at) {
        let left = Room {
            left: room.left - used,
            ..room
        };
        if let Some((head, tail, cut)) = item_halves(list, next, at, left) {
            let heads = list.items[..n].iter().cloned().chain([head]);
            let tails = std::iter::once(tail).chain(list.items[n + 1..].iter().cloned());
            return Some((
                List {
                    items: heads.collect(),
                    ..list.clone()
                },
                List {
                    start: list.start.map(|start| start.saturating_add(n as u32 + 1)),
                    items: tails.collect(),
                    ..list.clone()
                },
                cut,
            ));
        }
    }
    let n = if n == 0 && must { 1 } else { n };
    if n == 0 || n == n_items {
        return None;
    }
    let (head, tail) = list.items.split_at(n);
    // What goes on of an item of the slide before has no number of its own.
    let n_new = head.iter().filter(|item| !item.attrs.has(GOES_ON)).count();
    Some((
        List {
            items: head.to_vec(),
            ..list.clone()
        },
        List {
            start: list.start.map(|start| start.saturating_add(n_new as u32)),
            items: tail.to_vec(),
            ..list.clone()
        },
        Cut::Before(tail[0].span),
    ))
}

/// Heights of the items that may have room, and of the next one.
fn first_heights(list: &List, at: Setting, room: Room) -> Vec<f64> {
    const MORE: usize = 40;
    let columns = if is_in_two(list, at) { 2.0 } else { 1.0 };
    let mut res = Vec::new();
    for some in list.items.chunks(MORE) {
        res.extend(height::items(list, some, at));
        if res.iter().sum::<f64>() > room.left * columns + room.page {
            break;
        }
    }
    res
}

fn item_halves(list: &List, item: &Item, at: Setting, room: Room) -> Option<(Item, Item, Cut)> {
    let mut blocks = item.blocks.clone();
    let mut inner = Setting {
        rows: false,
        two: false,
        ..height::of_items(list, at)
    };
    let mut term = None;
    if list.terms {
        inner = inner.wide(height::term_widths(at).1);
        term = (!blocks.is_empty()).then(|| blocks.remove(0));
    }
    let room = Room {
        left: room.left - at.size * at.tight,
        page: room.page - at.size * at.tight,
    };
    let halves = cut(blocks, inner, room);
    let place = halves.cut?;
    let goes_on = item.attrs.has(GOES_ON);
    let of = |blocks: Vec<Block>, is_tail: bool| {
        let mut attrs = item.attrs.clone();
        if is_tail {
            attrs.forget_id();
            if !goes_on {
                attrs.classes.push(GOES_ON.into());
            }
        }
        Item {
            blocks: term.iter().cloned().chain(blocks).collect(),
            attrs,
            ..item.clone()
        }
    };
    Some((of(halves.head, false), of(halves.tail, true), place))
}

// ---- tables

fn table_halves(
    table: &Table,
    at: Setting,
    room: f64,
    must: bool,
) -> Option<(Table, Table, usize)> {
    let heights = TableHeights::of(table, at);
    let mut used = heights.head;
    let mut n = 0;
    for row in &heights.rows {
        used += row;
        if used > room {
            break;
        }
        n += 1;
    }
    let of = |rows: &[Vec<Vec<Inline>>]| Table {
        rows: rows.to_vec(),
        ..table.clone()
    };
    if n == 0 && must && !table.rows.is_empty() {
        // A row that no slide can hold: each of its cells goes on.
        let n_lines = ((room - heights.head) / at.cells - 2.0 * at.pad) / 1.25;
        if n_lines >= 2.0
            && let Some((head, tail)) = row_halves(&table.rows[0], &heights, n_lines)
        {
            let rest = std::iter::once(tail).chain(table.rows[1..].iter().cloned());
            return Some((of(&[head]), of(&rest.collect::<Vec<_>>()), 0));
        }
        n = 1;
    }
    if n == 0 || n >= table.rows.len() || n < 2 && !must {
        return None;
    }
    Some((of(&table.rows[..n]), of(&table.rows[n..]), n))
}

type Row = Vec<Vec<Inline>>;

fn row_halves(row: &Row, heights: &TableHeights, n_lines: f64) -> Option<(Row, Row)> {
    let mut is_cut = false;
    let halves = row.iter().zip(&heights.widths).map(|(cell, width)| {
        let fits = |body: &[Inline]| {
            height::text(body, heights.size, Weight::Regular, width * 0.985) <= n_lines.floor()
        };
        match words::cut(cell, fits) {
            Some((head, tail, _)) => {
                is_cut = true;
                (head, tail)
            }
            None => (cell.clone(), Vec::new()),
        }
    });
    let halves: (Row, Row) = halves.unzip();
    is_cut.then_some(halves)
}

// ---- paragraphs

fn sentences(
    body: &[Inline],
    at: Setting,
    room: f64,
    must: bool,
) -> Option<(Vec<Inline>, Vec<Inline>, usize)> {
    // A line or two left alone at the foot of a slide look forgotten.
    let least = if must { 1.0 } else { 3.0 };
    if room < least * at.size * at.line {
        return None;
    }
    words::cut(body, |part| height::paragraph(part, at) <= room)
}

// ---- code

fn code_halves(
    block: &Block,
    code: &Code,
    at: Setting,
    room: f64,
    must: bool,
) -> Option<(Code, Code, usize)> {
    let width = at.width - at.code_frame.0;
    let size = height::code_size(codes(std::slice::from_ref(block)).into_iter(), width, at);
    let name = if code.look.name.is_empty() { 0.0 } else { 2.0 };
    let room = (room - at.code_frame.1) / (size * 1.42) - name;
    let counts = height::line_counts(code, size, width);
    let mut used = 0.0;
    let fits = |count: &&f64| {
        used += **count;
        used <= room
    };
    let mut n = counts.iter().take_while(fits).count();
    if n < 3 && !must || counts.len() < 2 {
        return None;
    }
    n = n.clamp(1, counts.len() - 1);
    let lines: Vec<&str> = code.text.split('\n').collect();
    let n = good_line(&lines, n);
    let cut = n as u32;
    let part = |lines: &[&str]| lines.join("\n");
    let mut head = Code {
        text: part(&lines[..n]),
        ..code.clone()
    };
    head.look.stages = stages(&code.look.stages, 0, cut);
    let mut tail = Code {
        text: part(&lines[n..]),
        ..code.clone()
    };
    tail.look.stages = stages(&code.look.stages, cut, u32::MAX);
    tail.look.numbers = code.look.numbers.map(|first| first.saturating_add(cut));
    Some((head, tail, n))
}

/// The best line to go on with on another slide, not far in front of line `n`:
/// behind a blank one, else one that stands far left and closes nothing.
fn good_line(lines: &[&str], n: usize) -> usize {
    let least = (n * 2 / 3).max(1);
    let is_blank = |at: usize| lines[at].trim().is_empty();
    if let Some(at) = (least..=n)
        .rev()
        .find(|&at| is_blank(at - 1) && !is_blank(at))
    {
        return at;
    }
    let indent = |at: usize| lines[at].len() - lines[at].trim_start().len();
    let closes = |at: usize| {
        let line = lines[at].trim_start();
        line.starts_with(['}', ')', ']', '<'])
            || line.starts_with("end")
            || line.starts_with("else")
    };
    (least..=n)
        .rev()
        .filter(|&at| !is_blank(at) && !closes(at))
        .min_by_key(|&at| indent(at))
        .unwrap_or(n)
}

/// The stages of a walk that light lines from `from` up to `to`, counted anew.
/// All lines at once are lit where those before them are.
fn stages(all: &[Stage], from: u32, to: u32) -> Vec<Stage> {
    let mut res = Vec::new();
    let mut is_here = true;
    for stage in all {
        let lines = match &stage.lines {
            Lines::All => Lines::All,
            Lines::Ranges(ranges) => {
                let inside = ranges.iter().filter_map(|(first, last)| {
                    let (first, last) = ((*first).max(from + 1), (*last).min(to));
                    (first <= last).then(|| (first - from, last - from))
                });
                let inside: Vec<(u32, u32)> = inside.collect();
                is_here = !inside.is_empty() || ranges.is_empty() && from == 0;
                Lines::Ranges(inside)
            }
        };
        if is_here {
            res.push(Stage {
                lines,
                step: stage.step,
            });
        }
    }
    res
}
