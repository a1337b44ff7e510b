//! Climbs down the fit ladder with each slide, as far as its author lets us.

use std::sync::Arc;

use super::fit::{self, MEANT, Rung, Sheet};
use super::{Laid, notes, parts, room};
use crate::cores;
use crate::deck::code::codes;
use crate::deck::fit::{Continued, Fitting};
use crate::deck::{Frame, Inline, lines};
use crate::diag::Diagnostics;
use crate::source::Spanned;

/// What an author lets be done with a slide.
pub fn wanted(
    diags: &mut Diagnostics,
    slide: Option<&Spanned<String>>,
    deck: Option<&Spanned<String>>,
) -> Fitting {
    slide
        .into_iter()
        .chain(deck)
        .find_map(|word| {
            let fitting = Fitting::named(&word.value);
            if fitting.is_none() {
                diags.unknown_fit(word.span, &word.value, &Fitting::WORDS);
            }
            fitting
        })
        .unwrap_or_default()
}

/// Decides how each slide is set, and continues on further ones what does not
/// fit. `id_of` gives a slide an id that no other has.
pub fn climb(
    diags: &mut Diagnostics,
    laid: Vec<Laid>,
    sheet: &Sheet,
    id_of: &mut dyn FnMut(&Frame) -> String,
) -> (Vec<Laid>, Vec<Continued>) {
    let n_new = laid.iter().filter(|laid| !laid.is_done()).count();
    let share = match cores::share(n_new) {
        share if share >= n_new => laid.len().max(1),
        share => share,
    };
    let mut shares = Vec::new();
    let mut laid = laid.into_iter().peekable();
    while laid.peek().is_some() {
        shares.push(laid.by_ref().take(share).collect::<Vec<_>>());
    }
    let mut res: Vec<Laid> = Vec::new();
    let mut continued = Vec::new();
    for done in cores::each(shares, |laid| climb_some(laid, sheet)) {
        diags.append(done.0);
        res.extend(done.1);
        continued.extend(done.2);
    }
    for Laid { frame, .. } in &mut res {
        if frame.part.is_some_and(|part| part.number > 1) {
            let id = id_of(frame);
            Arc::make_mut(frame).id = id;
        }
    }
    (res, continued)
}

fn climb_some(all: Vec<Laid>, sheet: &Sheet) -> (Diagnostics, Vec<Laid>, Vec<Continued>) {
    let mut diags = Diagnostics::default();
    let mut res = Vec::with_capacity(all.len());
    let mut continued = Vec::new();
    for mut laid in all {
        if laid.is_done() {
            res.push(laid);
            continue;
        }
        let frame = Arc::make_mut(&mut laid.frame);
        notes::place(frame, sheet);
        let rungs: &[Rung] = match frame.fitting {
            Fitting::Ladder | Fitting::Shrink => fit::ladder(frame),
            Fitting::Strict | Fitting::Split | Fitting::Scroll => &[MEANT],
        };
        let is_endless = is_endless(frame);
        let found = rungs
            .iter()
            .find(|rung| !is_endless && fit::fits(frame, sheet, **rung));
        // Beside its source a slide is one.
        let may_split = matches!(frame.fitting, Fitting::Ladder | Fitting::Split)
            && !is_endless
            && frame.example.is_none();
        if found.is_none()
            && may_split
            && let Some((parts, places)) = parts::split(frame, sheet, rungs)
        {
            diags.fit_split(frame.span, parts.len(), &[]);
            for mut part in parts {
                if part.crowded {
                    diags.too_much_text(part.span);
                }
                room::give(&mut part, sheet);
                let frame = Arc::new(part);
                let past = laid.past.clone();
                res.push(Laid { frame, past });
            }
            continued.push(places);
            continue;
        }
        let rung = *found.or(rungs.last()).unwrap_or(&MEANT);
        frame.fit = rung.step as u8;
        frame.dense = rung.dense;
        frame.two = rung.two;
        frame.crowded = found.is_none() && frame.fitting != Fitting::Scroll;
        report(&mut diags, frame, sheet, rung);
        room::give(frame, sheet);
        res.push(laid);
    }
    (diags, res, continued)
}

/// Bytes of text beyond which a slide is a mistake and is not cut into hundreds.
const ENDLESS: usize = 60_000;
/// What a picture counts there: each may stand on a slide of its own.
const PICTURE: usize = 1_000;

fn is_endless(frame: &Frame) -> bool {
    let slots = &frame.slots;
    let sides = [&slots.body, &slots.left, &slots.right];
    let in_blocks = sides.into_iter().flat_map(|blocks| lines(blocks));
    let n_text: usize = in_blocks.flatten().map(bytes).sum();
    let sides = [&slots.body, &slots.left, &slots.right];
    let in_code = sides.into_iter().flat_map(|blocks| codes(blocks));
    let n_code: usize = in_code.map(|code| code.text.len()).sum();
    let n_title: usize = frame.title.iter().map(bytes).sum();
    n_text + n_code + n_title > ENDLESS
}

fn bytes(inline: &Inline) -> usize {
    match inline {
        Inline::Text(text) | Inline::Code(text) => text.len(),
        Inline::Emph(body)
        | Inline::Strong(body)
        | Inline::Strike(body)
        | Inline::Mark(body)
        | Inline::Span { body, .. }
        | Inline::Link { body, .. } => body.iter().map(bytes).sum(),
        Inline::Image(_) => PICTURE,
        Inline::Math(_) | Inline::Html { .. } | Inline::Sign(_) | Inline::Break => 0,
    }
}

fn report(diags: &mut Diagnostics, frame: &Frame, sheet: &Sheet, rung: Rung) {
    if frame.crowded && frame.fitting == Fitting::Strict {
        diags.fit_overflow(frame.span);
    } else if frame.crowded {
        diags.too_much_text(frame.span);
    } else if rung.step == 3 || rung.two {
        let size = sheet.setting(rung.step).size.round() as u32;
        diags.fit_shrunk(frame.span, size, rung.two);
    }
}
