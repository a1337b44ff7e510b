//! The font files a deck needs: only faces it uses, of each face the smallest
//! files that have the characters which stand on it.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustc_hash::FxHashMap;

use crate::escape::tags;
use crate::math;
use crate::theme::{self, Slice, Use};

/// Characters that are in every page: numbers of slides, what style sheets and
/// browsers put around and between words.
const ALWAYS: &str = "0123456789 /-.\u{2026}";

/// The `@font-face` rules for what is used.
pub fn faces(slices: &[Slice], used: &Used) -> String {
    let mut res = String::new();
    for slice in used.needed(slices) {
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
    for face in used.formulas.each() {
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

/// The tags that sections were seen to have, without those that end something: a page
/// repeats a few hundred of them ten thousand times.
#[derive(Debug, Default)]
pub struct Tags(FxHashMap<Box<str>, Meaning>);

/// What a tag says of the fonts that what it begins needs.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    emphasis: bool,
    code: bool,
    quoted: bool,
    /// If it stands in a formula.
    formula: math::Faces,
}

impl Tags {
    /// Each of them, in no order.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|tag| &**tag)
    }

    /// Forgets them if they are many: an author who types makes ever new ones.
    pub fn bound(&mut self) {
        const MOST: usize = 10_000;
        if self.0.len() > MOST {
            self.0.clear();
        }
    }

    fn meaning(&mut self, tag: &str) -> Meaning {
        if let Some(meaning) = self.0.get(tag) {
            return *meaning;
        }
        let begins = |name: &str| tag[1..].starts_with(name);
        let meaning = Meaning {
            emphasis: begins("em"),
            code: begins("code") || begins("kbd"),
            quoted: begins("q"),
            formula: math::Faces::of_tag(tag),
        };
        self.0.insert(tag.into(), meaning);
        meaning
    }
}

/// What stands on slides, as far as it decides which fonts they need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// A bit for each character of ASCII.
    ascii: u128,
    others: BTreeSet<u32>,
    emphasis: bool,
    code: bool,
    formulas: math::Faces,
}

impl Used {
    /// What every page uses.
    pub fn always() -> Used {
        let mut res = Used::default();
        res.add_words(ALWAYS);
        res
    }

    /// What a section uses: the characters of its text, those in tags and formulas
    /// left out, and the faces they are shown in.
    pub fn of(html: &str, known: &mut Tags) -> Used {
        let mut res = Used::default();
        let mut formulas = math::Reader::default();
        let mut is_quoted = false;
        for (text, tag) in tags(html) {
            if !formulas.is_inside() {
                res.add_words(text);
            }
            let is_formula = formulas.read(tag);
            // Behind the last text there is no tag; what ends has begun.
            if matches!(tag.as_bytes(), [] | [_, b'/', ..]) {
                continue;
            }
            let meaning = known.meaning(tag);
            if is_formula {
                res.formulas.add(meaning.formula);
            } else {
                res.emphasis |= meaning.emphasis;
                res.code |= meaning.code;
                is_quoted |= meaning.quoted;
            }
        }
        if is_quoted {
            // The browser writes the quotation marks of the language.
            res.add_words(
                "\u{201c}\u{201d}\u{2018}\u{2019}\u{201e}\u{201a}\u{ab}\u{bb}\u{2039}\u{203a}",
            );
        }
        res
    }

    fn add_words(&mut self, text: &str) {
        // One byte after the other of every slide: nothing but shifts.
        let (mut low, mut high, mut is_ascii) = (0_u64, 0_u64, true);
        for byte in text.bytes() {
            let bit = 1 << (byte & 63);
            low |= if byte < 64 { bit } else { 0 };
            high |= if (64..128).contains(&byte) { bit } else { 0 };
            is_ascii &= byte < 128;
        }
        self.ascii |= u128::from(high) << 64 | u128::from(low);
        if !is_ascii {
            let others = text.chars().map(u32::from).filter(|c| *c >= 0x80);
            self.others.extend(others);
        }
        if low >> b'&' & 1 == 0 {
            return;
        }
        for (at, _) in text.match_indices('&') {
            match text[at..].split(';').next().unwrap_or_default() {
                "&amp" | "&quot" | "&#39" | "&#x27" => self.ascii |= 1 << b'"' | 1 << b'\'',
                "&nbsp" => drop(self.others.insert(0xa0)),
                _ => self.ascii = u128::MAX,
            }
        }
    }

    /// Adds what the rules of a style sheet write: the strings in `content`.
    pub fn add_style(&mut self, css: &str) {
        for declared in css.split("content:").skip(1) {
            let declared = &declared[..declared.find([';', '}']).unwrap_or(declared.len())];
            for written in declared.split(['"', '\'']).skip(1).step_by(2) {
                self.add_words(&unescaped(written));
            }
        }
    }

    /// Adds what another uses.
    pub fn add(&mut self, other: &Used) {
        self.ascii |= other.ascii;
        self.emphasis |= other.emphasis;
        self.code |= other.code;
        self.others.extend(&other.others);
        self.formulas.add(other.formulas);
    }

    /// The same with all letters, digits and signs of ASCII: no key that an
    /// author presses asks for another file.
    pub fn roomy(&self) -> Used {
        Used {
            ascii: u128::MAX,
            ..self.clone()
        }
    }

    /// Whether there are formulas.
    pub fn has_formulas(&self) -> bool {
        self.formulas.is_any()
    }

    /// Of each face the files that have all characters and are the smallest
    /// together, in the order of the slices.
    fn needed<'s>(&self, slices: &'s [Slice]) -> Vec<&'s Slice> {
        let mut faces: BTreeMap<(&str, u16, bool), Vec<usize>> = BTreeMap::new();
        for (i, slice) in slices.iter().enumerate() {
            let is_used = match slice.usage {
                Use::Always => true,
                Use::Italic => self.emphasis,
                Use::Mono => self.code,
            };
            if is_used {
                let face = (slice.family.as_str(), slice.weight, slice.italic);
                faces.entry(face).or_default().push(i);
            }
        }
        let mut res: Vec<usize> = Vec::new();
        for face in faces.values() {
            res.extend(self.smallest(slices, face));
        }
        res.sort_unstable();
        res.into_iter().map(|i| &slices[i]).collect()
    }

    /// The files of one face without any of its extracts, or one of them and
    /// what it lacks.
    fn smallest(&self, slices: &[Slice], face: &[usize]) -> Vec<usize> {
        let without = |extract: Option<usize>| -> Vec<usize> {
            let is_needed = |i: &usize| {
                let slice = &slices[*i];
                !slice.extract && self.stands_in(slice, extract.map(|extract| &slices[extract]))
            };
            let others = face.iter().copied().filter(is_needed);
            extract.into_iter().chain(others).collect()
        };
        let extracts = face.iter().filter(|i| slices[**i].extract);
        let is_shown = |i: &&usize| self.stands_in(&slices[**i], None);
        let choices = extracts.filter(is_shown).map(|i| without(Some(*i)));
        let weight =
            |files: &Vec<usize>| files.iter().map(|i| slices[*i].bytes.len()).sum::<usize>();
        std::iter::once(without(None))
            .chain(choices)
            .min_by_key(weight)
            .unwrap_or_default()
    }

    /// Whether a character is used that a file has and another has not.
    fn stands_in(&self, slice: &Slice, other: Option<&Slice>) -> bool {
        let lacks = |c: u32| !other.is_some_and(|other| other.has(c));
        slice.chars.iter().any(|(first, last)| {
            let mut ascii = (*first..=(*last).min(0x7f)).filter(|c| self.ascii >> c & 1 == 1);
            ascii.any(lacks)
                || self
                    .others
                    .range(first..=last.max(first))
                    .copied()
                    .any(lacks)
        })
    }
}

/// A string of a style sheet, in which `\201C` is a character.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut res = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let end = part
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(part.len());
        let code = u32::from_str_radix(&part[..end], 16);
        res.extend(code.ok().and_then(char::from_u32));
        res += &part[end..];
    }
    res
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Use;

    fn slice(range: &[(u32, u32)], extract: bool, bytes: usize) -> Slice {
        Slice {
            family: "A".into(),
            weight: 400,
            italic: false,
            usage: Use::Always,
            range: String::new(),
            chars: range.to_vec(),
            extract,
            shipped: true,
            bytes: vec![0; bytes].into(),
        }
    }

    /// The files, by their sizes, that a text needs.
    fn needed(html: &str) -> Vec<usize> {
        let slices = [
            slice(&[(0x61, 0x7a)], true, 3),
            slice(&[(0x20, 0x7a)], true, 5),
            slice(&[(0x61, 0x7a), (0xe4, 0xe4)], true, 6),
            slice(&[(0x20, 0x7e)], false, 10),
            slice(&[(0xa0, 0xff)], false, 8),
        ];
        let used = Used::of(html, &mut Tags::default());
        let files = used.needed(&slices);
        files.iter().map(|slice| slice.bytes.len()).collect()
    }

    #[test]
    fn the_smallest_files_that_have_all_letters() {
        for (html, wanted) in [
            ("abc", &[3][..]),
            ("<p title=\"Z ~\">abc", &[3]),
            ("a b", &[5]),
            ("a~", &[10]),
            ("\u{e4}", &[6]),
            ("\u{e4} b", &[5, 8]),
            ("\u{e5}", &[8]),
            ("\u{e5}a", &[3, 8]),
            ("a &amp; b", &[5]),
            ("a&lt;b", &[10]),
            ("", &[]),
        ] {
            assert_eq!(needed(html), wanted, "{html}");
        }
    }

    #[test]
    fn what_style_sheets_write_is_used() {
        let mut used = Used::default();
        used.add_style(
            "a{content:\"\\201C\";quotes:none}b{content:var(--n,\"\") \" / ~\" counter(x)}",
        );
        let wanted = Used::of("\u{201c} / ~", &mut Tags::default());
        assert_eq!(used, wanted);
    }
}
