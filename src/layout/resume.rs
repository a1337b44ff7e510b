//! What has to be counted anew on the parts of a slide: steps, notes, footnotes,
//! minutes.

use std::collections::{BTreeMap, BTreeSet};

use super::notes;
use crate::deck::code::codes;
use crate::deck::{Attrs, Block, BlockKind, Frame, Inline, Sign};

/// Gives each part the steps, the notes and the footnotes of what stands on it.
pub fn renumber(whole: &Frame, parts: &mut [Frame], slide_width: u32) {
    let minutes = whole.minutes.parse::<f64>().ok().filter(|_| {
        // A section's minutes are for all slides up to the next one.
        whole.layout != crate::deck::Layout::Section
    });
    let n_parts = parts.len() as f64;
    let mut own: Vec<BTreeSet<u16>> = Vec::new();
    // What is lit when a part comes was a step of the slide as it was written.
    let said: Vec<BTreeSet<u16>> = parts.iter().map(lit).collect();
    for (at, part) in parts.iter_mut().enumerate() {
        if at > 0 {
            still(&mut part.title);
            part.minutes = String::new();
        }
        if let Some(minutes) = minutes {
            part.minutes = format!("{}", (minutes / n_parts * 100.0).round() / 100.0);
        }
        own.push(steps(part));
    }
    let all = own.iter().zip(&said).map(|(own, said)| own | said);
    let notes = divided(&whole.notes, &all.collect::<Vec<_>>());
    for ((part, steps), notes) in parts.iter_mut().zip(&own).zip(notes) {
        part.notes = notes;
        count_steps(part, steps);
        count_footnotes(part, slide_width);
    }
}

// ---- steps

/// Calls `f` for whatever may have a step, with its braces.
fn each(blocks: &mut [Block], f: &mut dyn FnMut(&mut u16, &mut Attrs)) {
    for block in blocks {
        f(&mut block.step, &mut block.attrs);
        let own = block.step;
        match &mut block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => line(body, f),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => each(body, f),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    f(&mut item.step, &mut item.attrs);
                    each(&mut item.blocks, f);
                }
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| line(cell, f));
            }
            BlockKind::Code(code) => {
                for (at, stage) in code.look.stages.iter_mut().enumerate() {
                    if at == 0 {
                        stage.step = own;
                    } else {
                        f(&mut stage.step, &mut Attrs::default());
                    }
                }
            }
            BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

fn line(body: &mut [Inline], f: &mut dyn FnMut(&mut u16, &mut Attrs)) {
    for inline in body {
        match inline {
            Inline::Span { body, attrs, step } => {
                f(step, attrs);
                line(body, f);
            }
            Inline::Image(image) => f(&mut image.step, &mut image.attrs),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Link { body, .. } => line(body, f),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Html { .. }
            | Inline::Sign(_)
            | Inline::Break => {}
        }
    }
}

fn everywhere(frame: &mut Frame, f: &mut dyn FnMut(&mut u16, &mut Attrs)) {
    line(&mut frame.title, f);
    let slots = &mut frame.slots;
    for blocks in [&mut slots.body, &mut slots.left, &mut slots.right] {
        each(blocks, f);
    }
    if let Some(image) = &mut slots.picture {
        f(&mut image.step, &mut image.attrs);
    }
    if let Some(block) = &mut slots.drawing {
        each(std::slice::from_mut(block), f);
    }
}

/// A title that was there before is there from the start.
fn still(title: &mut [Inline]) {
    line(title, &mut |step, attrs| {
        *step = 0;
        attrs.keep_keys(|key| key != "step");
        attrs.forget_id();
    });
}

/// The steps at which something happens on a part.
fn steps(part: &mut Frame) -> BTreeSet<u16> {
    let mut res = BTreeSet::new();
    everywhere(part, &mut |step, attrs| {
        res.insert(*step);
        if let Ok(Some((_, Some(until)))) = attrs.steps() {
            res.insert(until.saturating_add(1));
        }
    });
    res.remove(&0);
    res
}

/// Whether something on a slide goes again at a later step, or grows pale.
pub fn fades(frame: &Frame) -> bool {
    let mut res = false;
    if frame.steps > 0 {
        everywhere(&mut frame.clone(), &mut |_, attrs| {
            res |= attrs.has("dim") || matches!(attrs.steps(), Ok(Some((_, Some(_)))));
        });
    }
    res
}

/// The steps at which lines of code are lit on a part.
fn lit(part: &Frame) -> BTreeSet<u16> {
    let slots = &part.slots;
    let sides = [&slots.body, &slots.left, &slots.right];
    let codes = sides.into_iter().flat_map(|blocks| codes(blocks));
    let stages = codes.flat_map(|code| code.look.stages.iter().map(|stage| stage.step));
    stages.filter(|step| *step > 0).collect()
}

/// Counts the steps of a part from 1.
fn count_steps(part: &mut Frame, steps: &BTreeSet<u16>) {
    let new: BTreeMap<u16, u16> = steps.iter().copied().zip(1..).collect();
    let of = |step: u16| new.get(&step).copied().unwrap_or(0);
    let mut has_dim = false;
    everywhere(part, &mut |step, attrs| {
        has_dim |= attrs.has("dim");
        let until = match attrs.steps() {
            Ok(Some((_, Some(until)))) => Some(until),
            _ => None,
        };
        *step = of(*step);
        if let Some(until) = until {
            attrs.keep_keys(|key| key != "step");
            let until = of(until.saturating_add(1)).saturating_sub(1);
            let value = format!("{}-{}", (*step).max(1), until.max(1));
            attrs.pairs.push(("step".into(), value));
        }
    });
    each(&mut part.notes, &mut |step, _| {
        *step = match *step {
            0 => 0,
            said => steps.iter().filter(|own| **own <= said).count() as u16,
        }
    });
    part.steps = (steps.len() as u16).max(u16::from(has_dim));
}

// ---- notes

/// The notes of each part. Those that say when they are said go with what then
/// appears; others stay in front of the speaker on every part.
fn divided(notes: &[Block], own: &[BTreeSet<u16>]) -> Vec<Vec<Block>> {
    let at = |block: &Block| match &block.kind {
        BlockKind::List(list) => {
            let steps = list.items.iter().map(|item| item.step);
            steps.max().unwrap_or(0).max(block.step)
        }
        _ => block.step,
    };
    if notes.iter().all(|block| at(block) == 0) {
        return vec![notes.to_vec(); own.len()];
    }
    let place = |step: u16| {
        let is_there = |steps: &BTreeSet<u16>| steps.contains(&step);
        let behind = |steps: &BTreeSet<u16>| steps.last().is_some_and(|last| *last >= step);
        match step {
            0 => 0,
            _ => own
                .iter()
                .position(is_there)
                .or_else(|| own.iter().position(behind))
                .unwrap_or(own.len().saturating_sub(1)),
        }
    };
    let mut res = vec![Vec::new(); own.len()];
    for block in notes {
        res[place(at(block))].push(block.clone());
    }
    res
}

// ---- footnotes

/// Keeps the footnotes that the part names, and numbers them anew.
fn count_footnotes(part: &mut Frame, slide_width: u32) {
    if part.footnotes.is_empty() {
        return;
    }
    let mut numbers: BTreeMap<u16, (u16, u16)> = BTreeMap::new();
    let mut renumber = |inline: &mut Inline| {
        if let Inline::Sign(Sign::Note { number, nth }) = inline {
            let next = numbers.len() as u16 + 1;
            let (new, n_marks) = numbers.entry(*number).or_insert((next, 0));
            *n_marks += 1;
            (*number, *nth) = (*new, *n_marks);
        }
    };
    each_sign(part, &mut renumber);
    let mut order: Vec<(u16, u16)> = numbers.iter().map(|(old, new)| (new.0, *old)).collect();
    order.sort_unstable();
    let notes = order.iter().filter_map(|(_, old)| {
        part.footnotes
            .get(usize::from(*old).checked_sub(1)?)
            .cloned()
    });
    part.footnotes = notes.collect();
    notes::tell(part, slide_width);
}

/// Calls `f` for every icon and every mark of a footnote on a slide.
pub fn each_sign(frame: &mut Frame, f: &mut dyn FnMut(&mut Inline)) {
    signs(&mut frame.title, f);
    let slots = &mut frame.slots;
    for blocks in [&mut slots.body, &mut slots.left, &mut slots.right] {
        signs_in(blocks, f);
    }
    signs(&mut slots.source, f);
    signs(&mut slots.figure, f);
}

fn signs_in(blocks: &mut [Block], f: &mut dyn FnMut(&mut Inline)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { body, .. } | BlockKind::Paragraph(body) => signs(body, f),
            BlockKind::Quote(body) | BlockKind::Group { body, .. } => signs_in(body, f),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    signs_in(&mut item.blocks, f);
                }
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| signs(cell, f));
            }
            BlockKind::Code(_)
            | BlockKind::Math(_)
            | BlockKind::Rule
            | BlockKind::Html(_)
            | BlockKind::Chart(_)
            | BlockKind::Diagram(_) => {}
        }
    }
}

fn signs(body: &mut [Inline], f: &mut dyn FnMut(&mut Inline)) {
    for inline in body {
        match inline {
            Inline::Sign(_) => f(inline),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body)
            | Inline::Span { body, .. }
            | Inline::Link { body, .. } => signs(body, f),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Html { .. }
            | Inline::Break => {}
        }
    }
}
