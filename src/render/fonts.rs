//! The font files a deck needs: only faces it uses, only slices whose
//! characters stand on it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::math;
use crate::theme::{self, Slice, Use};

/// Characters that are in every page: numbers of slides, the keys of the help.
const ALWAYS: &str = "0123456789 /";

/// The `@font-face` rules for the given sections.
pub fn faces<'a>(slices: &[Slice], sections: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut used = Used::default();
    used.add(ALWAYS);
    for section in sections.clone() {
        if math::is_in(section) {
            used.add(&math::without_formulas(section));
        } else {
            used.add(section);
        }
    }
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
    for face in math::faces(sections) {
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

/// What stands on the slides.
#[derive(Default)]
struct Used {
    ascii: bool,
    others: std::collections::BTreeSet<u32>,
    emphasis: bool,
    code: bool,
}

impl Used {
    fn add(&mut self, html: &str) {
        self.ascii |= !html.is_empty();
        self.emphasis |= html.contains("<em");
        self.code |= html.contains("<code") || html.contains("<kbd");
        // Almost all text is ASCII and needs no look; its bytes are below 0x80.
        if html.bytes().any(|byte| byte >= 0x80) {
            self.others
                .extend(html.chars().map(u32::from).filter(|c| *c >= 0x80));
        }
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
