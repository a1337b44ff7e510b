//! The font files a deck needs: only faces it uses, only slices whose
//! characters stand on it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::math;
use crate::theme::{self, Slice, Use};

/// Characters that are in every page: numbers of slides, the keys of the help.
const ALWAYS: &str = "0123456789 /";

/// The `@font-face` rules for what is used.
pub fn faces(slices: &[Slice], used: &Used) -> String {
    let mut res = String::new();
    for slice in slices.iter().filter(|slice| used.needs(slice)) {
        let style = if slice.italic { "italic" } else { "normal" };
        res += &format!(
            "@font-face{{font-family:\"{}\";font-style:{style};font-weight:{};font-display:block;\
             src:url(data:font/woff2;base64,{}) format(\"woff2\");unicode-range:{}}}\n",
            slice.family.replace(['"', '\\'], ""),
            slice.weight,
            STANDARD.encode(&slice.bytes),
            slice.range,
        );
    }
    for face in &used.formulas {
        if let Some(bytes) = theme::font(&face.file) {
            res += &format!(
                "@font-face{{font-family:{};font-style:{};font-weight:{};font-display:block;\
                 src:url(data:font/woff2;base64,{}) format(\"woff2\")}}\n",
                face.family,
                face.style,
                face.weight,
                STANDARD.encode(bytes),
            );
        }
    }
    res
}

/// What stands on slides, as far as it decides which fonts they need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    ascii: bool,
    others: BTreeSet<u32>,
    emphasis: bool,
    code: bool,
    formulas: BTreeSet<math::Face>,
}

/// Whether a tag in HTML begins with one of these words.
fn has_tag(html: &str, words: &[&str]) -> bool {
    html.match_indices('<').any(|(at, _)| {
        let rest = &html.as_bytes()[at + 1..];
        words.iter().any(|word| rest.starts_with(word.as_bytes()))
    })
}

impl Used {
    /// What every page uses.
    pub fn always() -> Used {
        Used::of(ALWAYS)
    }

    /// What a section uses.
    pub fn of(html: &str) -> Used {
        let formulas: BTreeSet<math::Face> = math::faces(html).into_iter().collect();
        let words = match formulas.is_empty() {
            true => Cow::Borrowed(html),
            false => Cow::Owned(math::without_formulas(html)),
        };
        // Almost all text is ASCII and needs no look; its bytes are below 0x80.
        let others = match words.is_ascii() {
            true => BTreeSet::new(),
            false => words
                .chars()
                .map(u32::from)
                .filter(|c| *c >= 0x80)
                .collect(),
        };
        Used {
            ascii: !words.is_empty(),
            others,
            emphasis: has_tag(&words, &["em"]),
            code: has_tag(&words, &["code", "kbd"]),
            formulas,
        }
    }

    /// Adds what another uses.
    pub fn add(&mut self, other: &Used) {
        self.ascii |= other.ascii;
        self.emphasis |= other.emphasis;
        self.code |= other.code;
        self.others.extend(&other.others);
        self.formulas.extend(other.formulas.iter().cloned());
    }

    /// Whether there are formulas.
    pub fn has_formulas(&self) -> bool {
        !self.formulas.is_empty()
    }

    fn needs(&self, slice: &Slice) -> bool {
        let is_used = match slice.usage {
            Use::Always => true,
            Use::Italic => self.emphasis,
            Use::Mono => self.code,
        };
        let holds = |first: u32, last: u32| {
            self.ascii && first < 0x80
                || self.others.range(first..=last.max(first)).next().is_some()
        };
        is_used && slice.chars.iter().any(|(first, last)| holds(*first, *last))
    }
}
