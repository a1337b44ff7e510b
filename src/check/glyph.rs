//! Letters that no font of the deck has.

use std::collections::BTreeSet;

use super::inspect::Seen;
use super::text;
use crate::deck::{BlockKind, Frame};
use crate::diag::Diagnostics;
use crate::source::Span;

/// Letters that the machine must set in a font of its own, once for each
/// script.
pub fn missing(diags: &mut Diagnostics, seen: &Seen) {
    let fonts = Fonts::of(seen);
    let mut said: BTreeSet<String> = BTreeSet::new();
    for frame in &seen.plan.frames {
        for (words, span) in texts(frame) {
            for glyph in words.chars().filter(|c| !fonts.have(*c)) {
                let script = script(glyph);
                if said.insert(script.clone()) {
                    let place = text::place(seen.sources, span, glyph.encode_utf8(&mut [0; 4]));
                    diags.missing_glyph(place, glyph, &script);
                }
            }
        }
    }
}

fn texts(frame: &Frame) -> Vec<(String, Span)> {
    let mut res: Vec<(String, Span)> = text::lines(frame)
        .into_iter()
        .map(|(line, span)| (text::prose(line), span))
        .collect();
    for block in text::blocks(frame) {
        match &block.kind {
            BlockKind::Code(code) => res.push((code.text.clone(), block.span)),
            BlockKind::Chart(chart) => res.push((chart.names.join(" "), block.span)),
            _ => {}
        }
    }
    res
}

/// The characters that the theme's fonts have.
struct Fonts(Vec<(u32, u32)>);

impl Fonts {
    fn of(seen: &Seen) -> Fonts {
        let slices = seen.theme.slices.iter();
        let mut ranges: Vec<(u32, u32)> = slices.flat_map(|slice| slice.chars.clone()).collect();
        ranges.sort_unstable();
        ranges.dedup();
        Fonts(ranges)
    }

    fn have(&self, c: char) -> bool {
        if c.is_ascii() || is_unseen(c) || is_emoji(c) {
            return true;
        }
        let code = u32::from(c);
        self.0
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&code))
    }
}

/// Marks that join, hide or choose, blanks, and signs for private use.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}'
            | '\u{e0000}'..='\u{10ffff}')
}

/// Every system has a font for these.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{231a}' | '\u{231b}' | '\u{23e9}'..='\u{23fa}' | '\u{20e3}' | '\u{3030}' | '\u{303d}')
}

fn script(c: char) -> String {
    let name = match u32::from(c) {
        0x370..=0x3ff | 0x1f00..=0x1fff => "Greek",
        0x400..=0x52f => "Cyrillic",
        0x530..=0x58f => "Armenian",
        0x590..=0x5ff | 0xfb1d..=0xfb4f => "Hebrew",
        0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => {
            "Arabic"
        }
        0x900..=0x97f => "Devanagari",
        0x980..=0x9ff => "Bengali",
        0xb80..=0xbff => "Tamil",
        0xe00..=0xe7f => "Thai",
        0x10a0..=0x10ff => "Georgian",
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7af => "Hangul",
        0x2190..=0x21ff | 0x27f0..=0x27ff | 0x2900..=0x297f => "an arrow",
        0x2200..=0x22ff | 0x2a00..=0x2aff => "a sign of mathematics",
        0x2500..=0x25ff => "a line or shape",
        // Chinese and Japanese are set in one font.
        0x2e80..=0x312f
        | 0x31a0..=0x9fff
        | 0xf900..=0xfaff
        | 0xff00..=0xffef
        | 0x20000..=0x3ffff => "Chinese or Japanese",
        code => return format!("U+{code:04X}"),
    };
    name.to_string()
}
