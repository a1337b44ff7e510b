//! Files of letters of one face made one font, under the name that documents call it by.
//!
//! A theme's face lies in several files, each of some letters. A document holds one, named
//! as Office asks for it: a family has four styles there, so that a semibold is the bold.
//! The tables are those of the OpenType specification 1.9.1 (ISO/IEC 14496-22).

use std::collections::BTreeMap;

mod cmap;

/// The version of a file whose outlines are TrueType's.
const TRUE_TYPE: u32 = 0x0001_0000;

/// Parts of parts of a letter: more are no letter.
const MOST_NESTED: usize = 8;

/// What reads letters by their numbers, which those of the first file keep.
const BY_NUMBER: [&[u8; 4]; 3] = [b"GDEF", b"GPOS", b"GSUB"];

/// Of which style a font of a family is, as Office tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Upright, of the common weight.
    Regular,
    /// What is strong in a text.
    Bold,
    /// What is slanted.
    Italic,
}

impl Style {
    /// As fonts name it.
    pub fn name(self) -> &'static str {
        match self {
            Style::Regular => "Regular",
            Style::Bold => "Bold",
            Style::Italic => "Italic",
        }
    }

    /// The weight that goes by this name.
    pub fn weight(self) -> u16 {
        match self {
            Style::Bold => 700,
            _ => 400,
        }
    }
}

/// One font of all letters that the first file has, and of those among `more` that only
/// the others have; `None` for files that are no such fonts.
pub fn merged(files: &[Vec<u8>], more: &[u32], family: &str, style: Style) -> Option<Vec<u8>> {
    let fonts: Option<Vec<Font<'_>>> = files.iter().map(|file| Font::read(file)).collect();
    let fonts = fonts?;
    let (base, others) = fonts.split_first()?;
    let mut letters = Letters::of(base)?;
    for other in others.iter().filter(|font| font.scale == base.scale) {
        for (letter, number) in &other.map {
            if more.contains(letter) && !letters.map.contains_key(letter) {
                let number = letters.take(other, *number, &mut BTreeMap::new(), 0)?;
                letters.map.insert(*letter, number);
            }
        }
    }
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    let kept = BY_NUMBER.into_iter().chain([b"gasp"]);
    for tag in kept {
        if let Some(table) = base.tables.get(tag) {
            tables.insert(*tag, table.to_vec());
        }
    }
    let (glyf, loca) = letters.outlines();
    tables.insert(*b"glyf", glyf);
    tables.insert(*b"loca", loca);
    tables.insert(*b"hmtx", letters.advances());
    tables.insert(*b"cmap", cmap::written(&letters.map));
    tables.insert(*b"name", names(family, style, base));
    tables.insert(*b"head", head(&fonts, style)?);
    tables.insert(*b"hhea", hhea(&letters, base)?);
    tables.insert(*b"maxp", maxp(&letters, &fonts)?);
    tables.insert(*b"OS/2", os2(&letters, &fonts, style)?);
    // Version 3: letters without names.
    let mut post = base.tables.get(b"post")?.get(..32)?.to_vec();
    put(&mut post, 0, &0x0003_0000_u32.to_be_bytes())?;
    tables.insert(*b"post", post);
    Some(assembled(&tables))
}

/// The tables of a file by their names.
fn directory(file: &[u8]) -> Option<BTreeMap<[u8; 4], &[u8]>> {
    if long(file, 0)? != TRUE_TYPE {
        return None;
    }
    let mut tables = BTreeMap::new();
    for at in 0..usize::from(short(file, 4)?) {
        let record = file.get(12 + 16 * at..28 + 16 * at)?;
        let tag: [u8; 4] = record.get(..4)?.try_into().ok()?;
        let from = long(record, 8)? as usize;
        let length = long(record, 12)? as usize;
        tables.insert(tag, file.get(from..from.checked_add(length)?)?);
    }
    Some(tables)
}

/// A file of letters.
struct Font<'f> {
    tables: BTreeMap<[u8; 4], &'f [u8]>,
    /// Units in the size of type.
    scale: u16,
    /// Where the outline of each letter begins, and where the last ends.
    places: Vec<usize>,
    /// Letters by their code points.
    map: Vec<(u32, u16)>,
}

impl<'f> Font<'f> {
    fn read(file: &'f [u8]) -> Option<Font<'f>> {
        let tables = directory(file)?;
        // Instructions that letters share, and axes that they stand on, cannot be merged.
        if tables.contains_key(b"fpgm") || tables.contains_key(b"fvar") {
            return None;
        }
        let head = *tables.get(b"head")?;
        let n = usize::from(short(tables.get(b"maxp")?, 4)?);
        let loca = *tables.get(b"loca")?;
        let place = |at: usize| match short(head, 50)? {
            0 => Some(2 * usize::from(short(loca, 2 * at)?)),
            _ => Some(long(loca, 4 * at)? as usize),
        };
        Some(Font {
            scale: short(head, 18)?,
            places: (0..=n).map(place).collect::<Option<_>>()?,
            map: cmap::read(tables.get(b"cmap")?)?,
            tables,
        })
    }

    fn count(&self) -> usize {
        self.places.len() - 1
    }

    /// The outline of a letter.
    fn outline(&self, number: u16) -> Option<&'f [u8]> {
        let at = usize::from(number);
        let glyf = *self.tables.get(b"glyf")?;
        glyf.get(*self.places.get(at)?..*self.places.get(at + 1)?)
    }

    /// How far the next letter stands from this one, and where its own outline begins.
    fn advance(&self, number: u16) -> Option<(u16, u16)> {
        let n_full = usize::from(short(self.tables.get(b"hhea")?, 34)?);
        let hmtx = *self.tables.get(b"hmtx")?;
        let at = usize::from(number);
        if at < n_full {
            return Some((short(hmtx, 4 * at)?, short(hmtx, 4 * at + 2)?));
        }
        let last = short(hmtx, 4 * n_full.checked_sub(1)?)?;
        Some((last, short(hmtx, 4 * n_full + 2 * (at - n_full))?))
    }
}

/// The letters of a font that is being made.
struct Letters {
    outlines: Vec<Vec<u8>>,
    advances: Vec<(u16, u16)>,
    map: BTreeMap<u32, u16>,
}

impl Letters {
    fn of(font: &Font<'_>) -> Option<Letters> {
        let numbers = 0..u16::try_from(font.count()).ok()?;
        let outlines = numbers.clone().map(|at| Some(font.outline(at)?.to_vec()));
        Some(Letters {
            outlines: outlines.collect::<Option<_>>()?,
            advances: numbers.map(|at| font.advance(at)).collect::<Option<_>>()?,
            map: font.map.iter().copied().collect(),
        })
    }

    /// Takes a letter over with those it is put together from, and gives its number here.
    fn take(
        &mut self,
        font: &Font<'_>,
        number: u16,
        taken: &mut BTreeMap<u16, u16>,
        nested: usize,
    ) -> Option<u16> {
        if let Some(own) = taken.get(&number) {
            return Some(*own);
        }
        let own = u16::try_from(self.outlines.len()).ok()?;
        if nested > MOST_NESTED || own == u16::MAX {
            return None;
        }
        taken.insert(number, own);
        let mut outline = font.outline(number)?.to_vec();
        self.outlines.push(Vec::new());
        self.advances.push(font.advance(number)?);
        for at in composed_of(&outline)? {
            let part = self.take(font, short(&outline, at)?, taken, nested + 1)?;
            put(&mut outline, at, &part.to_be_bytes())?;
        }
        self.outlines[usize::from(own)] = outline;
        Some(own)
    }

    fn outlines(&self) -> (Vec<u8>, Vec<u8>) {
        let mut glyf = Vec::new();
        let mut loca = Vec::new();
        for outline in &self.outlines {
            loca.extend((glyf.len() as u32).to_be_bytes());
            glyf.extend(outline);
            pad(&mut glyf);
        }
        loca.extend((glyf.len() as u32).to_be_bytes());
        (glyf, loca)
    }

    fn advances(&self) -> Vec<u8> {
        let each = self.advances.iter();
        each.flat_map(|(advance, begins)| [advance.to_be_bytes(), begins.to_be_bytes()].concat())
            .collect()
    }
}

/// Where an outline names the letters it is put together from.
fn composed_of(outline: &[u8]) -> Option<Vec<usize>> {
    const WORDS: u16 = 0x01;
    const SCALE: u16 = 0x08;
    const MORE: u16 = 0x20;
    const TWO_SCALES: u16 = 0x40;
    const MATRIX: u16 = 0x80;
    let mut res = Vec::new();
    if outline.is_empty() || short(outline, 0)? & 0x8000 == 0 {
        return Some(res);
    }
    let mut at = 10;
    loop {
        let flags = short(outline, at)?;
        res.push(at + 2);
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            return Some(res);
        }
    }
}

/// What the font is called, and what the first file says of who made it.
fn names(family: &str, style: Style, base: &Font<'_>) -> Vec<u8> {
    let (full, bare) = (
        format!("{family} {}", style.name()),
        family.replace(' ', ""),
    );
    let own = [
        (0, said(base, 0)),
        (1, Some(family.to_string())),
        (2, Some(style.name().to_string())),
        (3, Some(format!("{full} of a slide deck"))),
        (4, Some(full)),
        (5, Some(VERSION.to_string())),
        (6, Some(format!("{bare}-{}", style.name()))),
        (13, said(base, 13)),
        (14, said(base, 14)),
    ];
    let own: Vec<(u16, Vec<u8>)> = own
        .into_iter()
        .filter_map(|(id, text)| Some((id, text?)))
        .map(|(id, text)| (id, words(&text.encode_utf16().collect::<Vec<u16>>())))
        .collect();
    let n = own.len() as u16;
    let mut res = words(&[0, n, 6 + 12 * n]);
    let mut at = 0;
    for (id, text) in &own {
        // Windows, Unicode, English.
        res.extend(words(&[3, 1, 0x409, *id, text.len() as u16, at]));
        at += text.len() as u16;
    }
    res.extend(own.into_iter().flat_map(|(_, text)| text));
    res
}

/// Every font says of which version it is.
pub const VERSION: &str = "Version 1.000";

/// A text of the first file's own table of names, in Windows' form.
fn said(base: &Font<'_>, id: u16) -> Option<String> {
    let table = *base.tables.get(b"name")?;
    let texts = usize::from(short(table, 4)?);
    for at in 0..usize::from(short(table, 2)?) {
        let record = table.get(6 + 12 * at..18 + 12 * at)?;
        if short(record, 0)? == 3 && short(record, 6)? == id {
            let from = texts + usize::from(short(record, 10)?);
            let text = table.get(from..from + usize::from(short(record, 8)?))?;
            let units: Vec<u16> = text
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            return String::from_utf16(&units).ok();
        }
    }
    None
}

fn head(fonts: &[Font<'_>], style: Style) -> Option<Vec<u8>> {
    let mut res = fonts.first()?.tables.get(b"head")?.get(..54)?.to_vec();
    for font in fonts {
        let other = *font.tables.get(b"head")?;
        for (at, is_least) in [(36, true), (38, true), (40, false), (42, false)] {
            let (a, b) = (short(&res, at)? as i16, short(other, at)? as i16);
            let edge = if is_least { a.min(b) } else { a.max(b) };
            put(&mut res, at, &edge.to_be_bytes())?;
        }
    }
    put(&mut res, 8, &[0; 4])?;
    let mark: u16 = match style {
        Style::Regular => 0,
        Style::Bold => 1,
        Style::Italic => 2,
    };
    put(&mut res, 44, &mark.to_be_bytes())?;
    put(&mut res, 50, &1_u16.to_be_bytes())?;
    Some(res)
}

fn hhea(letters: &Letters, base: &Font<'_>) -> Option<Vec<u8>> {
    let mut res = base.tables.get(b"hhea")?.get(..36)?.to_vec();
    let widest = letters.advances.iter().map(|(advance, _)| *advance).max()?;
    put(&mut res, 10, &widest.to_be_bytes())?;
    put(&mut res, 34, &(letters.advances.len() as u16).to_be_bytes())?;
    Some(res)
}

fn maxp(letters: &Letters, fonts: &[Font<'_>]) -> Option<Vec<u8>> {
    let mut res = fonts.first()?.tables.get(b"maxp")?.get(..32)?.to_vec();
    for font in fonts {
        let other = *font.tables.get(b"maxp")?;
        for at in (6..32).step_by(2) {
            let most = short(&res, at)?.max(short(other, at)?);
            put(&mut res, at, &most.to_be_bytes())?;
        }
    }
    put(&mut res, 4, &(letters.outlines.len() as u16).to_be_bytes())?;
    Some(res)
}

fn os2(letters: &Letters, fonts: &[Font<'_>], style: Style) -> Option<Vec<u8>> {
    let mut res = fonts.first()?.tables.get(b"OS/2")?.to_vec();
    put(&mut res, 4, &style.weight().to_be_bytes())?;
    // Anybody may embed it: the fonts that come with us are under the Open Font License.
    put(&mut res, 8, &[0; 2])?;
    let mark: u16 = match style {
        Style::Regular => 0x40,
        Style::Bold => 0x20,
        Style::Italic => 0x01,
    };
    let kept = short(&res, 62)? & 0x80;
    put(&mut res, 62, &(kept | mark).to_be_bytes())?;
    let end = |letter: Option<&u32>| letter.map(|letter| (*letter).min(0xffff) as u16);
    let (first, last) = (
        end(letters.map.keys().next())?,
        end(letters.map.keys().next_back())?,
    );
    put(
        &mut res,
        64,
        &[first.to_be_bytes(), last.to_be_bytes()].concat(),
    )?;
    // Which scripts, and which code pages, it is for.
    for at in [42, 46, 50, 54, 78, 82] {
        let mut all = 0;
        for font in fonts {
            all |= long(font.tables.get(b"OS/2")?, at)?;
        }
        put(&mut res, at, &all.to_be_bytes())?;
    }
    Some(res)
}

/// The file, its tables in their order, each with the sum of its words.
fn assembled(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let n = tables.len() as u16;
    let power = n.ilog2() as u16;
    let found = 16 << power;
    let mut res = TRUE_TYPE.to_be_bytes().to_vec();
    res.extend(words(&[n, found, power, 16 * n - found]));
    let mut at = 12 + 16 * tables.len();
    let mut head_at = 0;
    let mut body = Vec::new();
    for (tag, table) in tables {
        if tag == b"head" {
            head_at = at;
        }
        res.extend(tag);
        let mut padded = table.clone();
        pad(&mut padded);
        for number in [sum(&padded), at as u32, table.len() as u32] {
            res.extend(number.to_be_bytes());
        }
        at += padded.len();
        body.extend(padded);
    }
    res.extend(body);
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(sum(&res));
    let _ = put(&mut res, head_at + 8, &adjustment.to_be_bytes());
    res
}

fn sum(bytes: &[u8]) -> u32 {
    let words = bytes.chunks_exact(4);
    words.fold(0, |sum: u32, word| {
        sum.wrapping_add(u32::from_be_bytes([word[0], word[1], word[2], word[3]]))
    })
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_be_bytes())
        .collect()
}

/// The number at a place of a table.
pub fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(two.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) -> Option<()> {
    bytes.get_mut(at..at + what.len())?.copy_from_slice(what);
    Some(())
}

/// A table of a font as it stands in its file.
pub fn table<'f>(font: &'f [u8], tag: &[u8; 4]) -> Option<&'f [u8]> {
    directory(font)?.get(tag).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme;

    fn file(path: &str) -> Vec<u8> {
        wuff::decompress_woff2(theme::font(path).unwrap_or_default()).unwrap_or_default()
    }

    #[test]
    fn letters_of_other_files_come_with_their_parts() {
        let files = [file("inter/400-west.woff2"), file("inter/400-greek.woff2")];
        let wanted = [u32::from('Ω'), u32::from('ώ')];
        let font = merged(&files, &wanted, "Inter", Style::Regular);
        let font = font.unwrap_or_default();
        let read = Font::read(&font).map(|font| {
            let of = |letter: char| {
                let at = font
                    .map
                    .binary_search_by_key(&u32::from(letter), |(c, _)| *c);
                at.ok().and_then(|at| font.outline(font.map[at].1))
            };
            (
                of('Ω').is_some(),
                of('ώ').is_some(),
                of('ω').is_some(),
                of('é').is_some(),
            )
        });
        assert_eq!(read, Some((true, true, false, true)));
        assert_eq!(sum(&font), 0xb1b0_afba, "the sum of a whole font");
    }

    #[test]
    fn files_cut_short_are_no_fonts() {
        let whole = file("inter/400-plain.woff2");
        assert!(merged(std::slice::from_ref(&whole), &[], "Inter", Style::Bold).is_some());
        for length in (0..whole.len()).step_by(101) {
            let cut = whole[..length].to_vec();
            assert!(
                merged(&[cut], &[], "Inter", Style::Bold).is_none(),
                "{length}"
            );
        }
    }
}
