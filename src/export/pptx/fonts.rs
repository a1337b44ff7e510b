//! The theme's fonts in the presentation, so that it looks the same where nobody has
//! installed them: Office takes fonts from the file, and keeps them when it saves.
//!
//! Only fonts that come with Deckle: who has a house font has it on the house's machines,
//! and may not be allowed to hand it on. The form is Embedded OpenType (W3C Member
//! Submission, 5 March 2008), neither packed nor disguised.

use std::collections::{BTreeMap, BTreeSet};

use super::package::{Package, Relations};
use super::sfnt::{self, Style, short, table};
use super::xml::Xml;
use crate::theme::faces::{Face, Faces};
use crate::theme::{Slice, Theme};

/// The weight from which a face is the bold one of its family.
const BOLD: u16 = 600;

/// A family in a presentation.
pub struct Embedded {
    family: String,
    panose: &'static str,
    pitch: u8,
    /// The names of the parts, by style.
    parts: BTreeMap<Style, String>,
}

/// Adds the fonts that the slides need, and those that a new slide may.
pub fn add(theme: &Theme, package: &mut Package, relations: &mut Relations) -> Vec<Embedded> {
    let texts = package.texts();
    let said = texts.iter().flat_map(|xml| xml.chars());
    let others = said.filter(|letter| !letter.is_ascii()).map(u32::from);
    let letters: BTreeSet<u32> = others.chain(0x20..0x7f).collect();
    let says = |what: &str| texts.iter().any(|xml| xml.contains(what));
    let Faces {
        display,
        text,
        mono,
    } = &theme.faces;
    let has_code = says(&format!("typeface=\"{}\"", mono.family));
    let has_italic = says(" i=\"1\"");
    let mut faces = vec![display, text];
    faces.extend(has_code.then_some(mono));
    let files: Vec<(&Face, Style, Vec<u8>)> = styles(theme, &faces, has_italic)
        .into_iter()
        .filter_map(|((family, style), slices)| {
            let face = faces.iter().find(|face| face.family == family)?;
            Some((*face, style, file(family, style, &slices, &letters)?))
        })
        .collect();
    let mut res: Vec<Embedded> = Vec::new();
    for ((face, style, bytes), number) in files.into_iter().zip(1..) {
        let path = format!("ppt/fonts/font{number}.fntdata");
        let part = relations.to("font", &path);
        package.add_file(&path, bytes);
        match res.last_mut().filter(|last| last.family == face.family) {
            Some(last) => drop(last.parts.insert(style, part)),
            None => {
                let (panose, pitch) = face.likeness();
                res.push(Embedded {
                    family: face.family.clone(),
                    panose,
                    pitch,
                    parts: BTreeMap::from([(style, part)]),
                });
            }
        }
    }
    res
}

/// The list of them, as the presentation has it.
pub fn list(xml: &mut Xml, fonts: &[Embedded]) {
    if fonts.is_empty() {
        return;
    }
    xml.open("p:embeddedFontLst");
    for font in fonts {
        xml.open("p:embeddedFont").open("p:font");
        xml.attr("typeface", &font.family)
            .attr("panose", font.panose)
            .attr("pitchFamily", font.pitch)
            .attr("charset", 0)
            .close();
        for (style, part) in &font.parts {
            let tag = match style {
                Style::Regular => "p:regular",
                Style::Bold => "p:bold",
                Style::Italic => "p:italic",
            };
            xml.open(tag).attr("r:id", part).close();
        }
        xml.close();
    }
    xml.close();
}

/// The files of each style of the families.
fn styles<'t>(
    theme: &'t Theme,
    faces: &[&Face],
    has_italic: bool,
) -> BTreeMap<(&'t str, Style), Vec<&'t Slice>> {
    let mut res: BTreeMap<(&str, Style), Vec<&Slice>> = BTreeMap::new();
    for slice in theme.slices.iter().filter(|slice| slice.shipped) {
        let style = match (slice.italic, slice.weight >= BOLD) {
            (false, false) => Style::Regular,
            (false, true) => Style::Bold,
            (true, false) if has_italic => Style::Italic,
            (true, _) => continue,
        };
        if faces.iter().any(|face| face.family == slice.family) {
            let of = res.entry((slice.family.as_str(), style)).or_default();
            of.push(slice);
        }
    }
    for slices in res.values_mut() {
        // Of two bold ones, the one that is so for text.
        let least = slices.iter().map(|slice| slice.weight).min();
        slices.retain(|slice| Some(slice.weight) == least);
    }
    res
}

/// A style as one file: all that people of western Europe write, and what is on the slides.
fn file(family: &str, style: Style, slices: &[&Slice], letters: &BTreeSet<u32>) -> Option<Vec<u8>> {
    let latin = slices.iter().filter(|slice| slice.has(u32::from(b'A')));
    let base = latin.max_by_key(|slice| {
        let sizes = slice.chars.iter().map(|(first, last)| last - first + 1);
        sizes.sum::<u32>()
    })?;
    let lacking: Vec<u32> = letters
        .iter()
        .copied()
        .filter(|letter| !base.has(*letter))
        .collect();
    let others = slices.iter().filter(|slice| {
        !slice.extract
            && !std::ptr::eq(**slice, *base)
            && lacking.iter().any(|letter| slice.has(*letter))
    });
    let files: Vec<Vec<u8>> = [base]
        .into_iter()
        .chain(others)
        .filter_map(|slice| wuff::decompress_woff2(&slice.bytes).ok())
        .collect();
    let font = sfnt::merged(&files, &lacking, family, style)?;
    wrapped(&font, family, style)
}

/// A font in the form in which presentations hold it.
fn wrapped(font: &[u8], family: &str, style: Style) -> Option<Vec<u8>> {
    const MAGIC: u16 = 0x504c;
    let os2 = table(font, b"OS/2")?;
    let head = table(font, b"head")?;
    let mut res = Vec::with_capacity(font.len() + 512);
    // The length of all, and that of the font, come when they are known.
    res.extend([0; 8]);
    res.extend(0x0002_0002_u32.to_le_bytes());
    res.extend(0_u32.to_le_bytes());
    res.extend(os2.get(32..42)?);
    // Of the default character set.
    res.extend([1, u8::from(style == Style::Italic)]);
    res.extend(u32::from(style.weight()).to_le_bytes());
    res.extend(short(os2, 8)?.to_le_bytes());
    res.extend(MAGIC.to_le_bytes());
    for at in [42, 46, 50, 54, 78, 82] {
        res.extend(os2.get(at..at + 4)?.iter().rev());
    }
    res.extend(head.get(8..12)?.iter().rev());
    res.extend([0; 16]);
    let full = format!("{family} {}", style.name());
    for text in [family, style.name(), sfnt::VERSION, &full, ""] {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        res.extend([0; 2]);
        res.extend((units.len() as u16).to_le_bytes());
        res.extend(units);
    }
    // The sum of no addresses, by the form's own key; no letters of a user's own.
    res.extend(0x5047_5342_u32.to_le_bytes());
    res.extend([0; 4 + 2 + 2 + 4 + 4]);
    let all = (res.len() + font.len()) as u32;
    res.extend(font);
    res[..4].copy_from_slice(&all.to_le_bytes());
    res[4..8].copy_from_slice(&(font.len() as u32).to_le_bytes());
    Some(res)
}
