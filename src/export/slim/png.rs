//! Pictures in points without what an editor wrote beside them.

use flate2::Crc;

use crate::layout::exif;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What says how the points are shown, beside what is needed anyway.
const KEPT: [&[u8; 4]; 9] = [
    b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The same picture in fewer bytes.
pub fn lighter(bytes: &[u8]) -> Option<Vec<u8>> {
    Some(joined(&chunks(bytes)?))
}

/// Whether it is one of the kind that moves.
pub fn moves(bytes: &[u8]) -> bool {
    chunks(bytes).is_some_and(|chunks| chunks.iter().any(|(name, _)| name == b"acTL"))
}

/// Points written anew, that mean what those of the old file did: with its colours
/// and turned as it was.
pub fn dressed(new: &[u8], old: &[u8]) -> Option<Vec<u8>> {
    const MEANING: [&[u8; 4]; 6] = [b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"eXIf"];
    let mut chunks = chunks(new)?;
    let all = self::chunks(old)?;
    let kept = all.into_iter().filter(|(name, _)| MEANING.contains(&name));
    chunks.splice(1..1, kept);
    Some(joined(&chunks))
}

/// Name and data of a part of the file.
type Chunk<'a> = ([u8; 4], &'a [u8]);

fn chunks(bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut res = Vec::new();
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let name: [u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let data = rest.get(8..length.checked_add(8)?)?;
        rest = rest.get(length.checked_add(12)?..)?;
        res.push((name, data));
        if name == *b"IEND" {
            // Nothing behind the end is shown.
            return Some(res);
        }
    }
}

/// Whether a part is needed to show the picture; critical ones have a capital.
fn is_kept((name, _): &Chunk<'_>) -> bool {
    name[0].is_ascii_uppercase() || name == b"tRNS" || KEPT.contains(&name)
}

fn joined(chunks: &[Chunk<'_>]) -> Vec<u8> {
    let mut res = SIGNATURE.to_vec();
    for chunk in chunks {
        match turn(chunk) {
            Some(exif) => write(&mut res, (*b"eXIf", &exif)),
            None if is_kept(chunk) => write(&mut res, *chunk),
            None => {}
        }
    }
    res
}

fn write(res: &mut Vec<u8>, (name, data): Chunk<'_>) {
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(data);
    res.extend((data.len() as u32).to_be_bytes());
    res.extend(name);
    res.extend(data);
    res.extend(sum.sum().to_be_bytes());
}

/// An Exif part that says how the picture is turned and nothing else, in place of
/// one that says that.
fn turn((name, data): &Chunk<'_>) -> Option<Vec<u8>> {
    let as_in_jpeg = [&b"Exif\0\0"[..], data].concat();
    let turn = (name == b"eXIf").then(|| exif::orientation(&as_in_jpeg))??;
    exif::saying(turn)
}
