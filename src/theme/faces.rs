//! The faces of a theme by name, for those who set type without its style sheet.

use super::{RawFace, RawFont, RawFonts};

/// The faces of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Faces {
    /// Titles.
    pub display: Face,
    /// Text.
    pub text: Face,
    /// Code.
    pub mono: Face,
}

/// A face by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The family, as documents name it.
    pub family: String,
    /// The families to take if it is not there, the nearest first.
    pub fallback: Vec<String>,
    /// Its weight.
    pub weight: u16,
    /// Whether it has an italic.
    pub italic: bool,
    /// Distance of its lines by itself, in sizes of type.
    pub line: f64,
    /// How wide it runs, in widths of Inter.
    pub wide: f64,
}

/// What faces for code are like, as [`Face::likeness`] says it.
pub const LIKE_CODE: (&str, u8) = ("020B0609020202020204", 49);

/// Distance of lines of most faces by themselves.
const LINE: f64 = 1.2;

impl Faces {
    /// Those that a `theme.yaml` names.
    pub(super) fn of(fonts: Option<&RawFonts>) -> Faces {
        Faces {
            display: Face::of(fonts.map(|fonts| &fonts.display), 700),
            text: Face::of(fonts.map(|fonts| &fonts.text), 400),
            mono: Face::of(fonts.map(|fonts| &fonts.mono), 400),
        }
    }
}

impl Face {
    fn of(font: Option<&RawFont>, usual: u16) -> Face {
        let families = font.map_or("", |font| font.fallback.as_str()).split(',');
        let families = families.map(|family| family.trim().trim_matches(['\'', '"']).to_string());
        Face {
            family: font.map_or_else(
                || "Arial".into(),
                |font| font.office.clone().unwrap_or_else(|| font.family.clone()),
            ),
            fallback: families.filter(|family| !family.is_empty()).collect(),
            weight: font.and_then(|font| font.weight).unwrap_or(usual),
            italic: font.is_some_and(|font| font.italic),
            line: font
                .and_then(|font| font.line)
                .unwrap_or(LINE)
                .clamp(0.8, 2.0),
            wide: font
                .and_then(|font| font.wide)
                .unwrap_or(1.0)
                .clamp(0.5, 2.0),
        }
    }

    /// What it is like, as PANOSE and as the pitch and family of Windows say it: Office
    /// looks by these for another, where it has none of the name.
    pub fn likeness(&self) -> (&'static str, u8) {
        if self.is_like("serif") {
            ("02040503050406030204", 18)
        } else if self.is_like("monospace") {
            LIKE_CODE
        } else {
            ("020B0604020202020204", 34)
        }
    }

    /// Whether the last of its fallbacks, which every system has, is this word.
    fn is_like(&self, generic: &str) -> bool {
        self.fallback.last().is_some_and(|last| last == generic)
    }
}

/// Whether a file has a script that a font lacks, and is of a family that the
/// font names to stand in for it.
pub(super) fn stands_in(face: &RawFace, font: &RawFont, own: &[(u32, u32)]) -> bool {
    let mut families = font.fallback.split(',');
    let mut is_named = || families.any(|name| name.trim().trim_matches(['\'', '"']) == face.family);
    let is_had = || {
        ranges(&face.range)
            .iter()
            .any(|(first, last)| own.iter().any(|(from, to)| first <= to && from <= last))
    };
    !face.extract && is_named() && !is_had()
}

/// `U+20-7E,U+A0` as pairs of first and last.
pub(super) fn ranges(text: &str) -> Vec<(u32, u32)> {
    text.split(',')
        .filter_map(|part| {
            let part = part.trim().strip_prefix("U+")?;
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some((
                u32::from_str_radix(first, 16).ok()?,
                u32::from_str_radix(last, 16).ok()?,
            ))
        })
        .collect()
}
