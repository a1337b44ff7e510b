//! How wide and high a film is, as far as its file says so near its start, so
//! that its place on the slide is known before a browser has read it.

/// Boxes or elements that are looked at before a file is given up.
const MOST: usize = 2_000;

/// Width and height of the first moving picture of a film.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => mp4(bytes, &mut 0),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => webm(bytes),
        _ => None,
    };
    size.filter(|(width, height)| (1..=16_384).contains(width) && (1..=16_384).contains(height))
}

/// Boxes in boxes, each with its length and four letters (ISO/IEC 14496-12, 4.2).
/// The header of a track ends in its width and height, as 16.16 fixed point.
fn mp4(mut rest: &[u8], n_seen: &mut usize) -> Option<(u32, u32)> {
    while let Some((head, behind)) = rest.split_first_chunk::<8>() {
        *n_seen += 1;
        let short = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (start, length) = match short {
            0 => (8, rest.len()),
            1 => (
                16,
                u64::from_be_bytes(*behind.first_chunk::<8>()?)
                    .try_into()
                    .ok()?,
            ),
            length => (8, length),
        };
        if length < start || *n_seen > MOST {
            return None;
        }
        let inside = rest.get(start..length.min(rest.len()))?;
        let found = match &head[4..] {
            b"moov" | b"trak" => mp4(inside, n_seen),
            // One that was cut off ends in something else.
            b"tkhd" if length <= rest.len() => {
                inside.split_last_chunk::<8>().and_then(|(_, ends)| {
                    let whole = |at: usize| u32::from(u16::from_be_bytes([ends[at], ends[at + 1]]));
                    // Sound has a track too, without a size.
                    Some((whole(0), whole(4))).filter(|(width, _)| *width > 0)
                })
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        rest = rest.get(length..)?;
    }
    None
}

/// Elements in elements, each with its name and length as numbers of one to
/// eight bytes (RFC 8794); those of a track's picture are named in RFC 9559.
fn webm(bytes: &[u8]) -> Option<(u32, u32)> {
    const SEGMENT: u64 = 0x1853_8067;
    const TRACKS: u64 = 0x1654_ae6b;
    const TRACK: u64 = 0xae;
    const VIDEO: u64 = 0xe0;
    let (mut at, mut width, mut height) = (0, None, None);
    for _ in 0..MOST {
        let (name, name_length) = number(bytes.get(at..)?, true)?;
        at += name_length;
        let (length, length_length) = number(bytes.get(at..)?, false)?;
        at += length_length;
        match name {
            // What holds others is walked into; its end is of no interest.
            SEGMENT | TRACKS | TRACK | VIDEO => continue,
            0xb0 => width = unsigned(bytes.get(at..)?, length),
            0xba => height = unsigned(bytes.get(at..)?, length),
            _ => {}
        }
        if let (Some(width), Some(height)) = (width, height) {
            return Some((width, height));
        }
        at = at.checked_add(usize::try_from(length).ok()?)?;
    }
    None
}

/// A number whose first byte tells its length by its leading zeros; a name
/// keeps the mark of that, a length does not. And how many bytes it has.
fn number(bytes: &[u8], is_name: bool) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let length = first.leading_zeros() as usize + 1;
    let read = bytes.get(..length).filter(|_| length <= 8)?;
    let mark = if is_name { 0 } else { 1 << (8 - length) };
    let start = u64::from(first ^ mark);
    let rest = read[1..].iter();
    Some((
        rest.fold(start, |sum, byte| sum << 8 | u64::from(*byte)),
        length,
    ))
}

fn unsigned(bytes: &[u8], length: u64) -> Option<u32> {
    let own = bytes.get(..usize::try_from(length).ok()?)?;
    let is_short = own.len() <= 4;
    is_short.then(|| own.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::size;

    const CLIPS: [&[u8]; 2] = [
        include_bytes!("../../tests/decks/render/films/clip.mp4"),
        include_bytes!("../../tests/decks/render/films/clip.webm"),
    ];

    #[test]
    fn a_film_says_its_size() {
        for clip in CLIPS {
            assert_eq!(size(clip), Some((160, 90)));
        }
    }

    #[test]
    fn a_broken_film_has_no_size_and_takes_no_time() {
        for clip in CLIPS {
            for length in 0..clip.len().min(700) {
                let cut = &clip[..length];
                assert!(size(cut).is_none_or(|size| size == (160, 90)));
                let mut wrong = clip[..700].to_vec();
                wrong[length] ^= 0xff;
                size(&wrong);
            }
        }
        let endless = [&b"\0\0\0\x08ftyp"[..], &b"\0\0\0\x08moov".repeat(100_000)].concat();
        assert_eq!(size(&endless), None);
        let nested = [
            &b"\0\0\0\x08ftyp"[..],
            &b"\xff\xff\xff\xffmoov".repeat(100_000),
        ]
        .concat();
        assert_eq!(size(&nested), None);
    }
}
