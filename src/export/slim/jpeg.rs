//! Photographs without what the camera and the editor wrote beside them.

use crate::layout::exif;

/// The same photograph in fewer bytes.
pub fn lighter(bytes: &[u8]) -> Option<Vec<u8>> {
    Some(Parts::of(bytes)?.joined())
}

/// A file taken apart: what says how to show it, and how it is turned.
struct Parts<'a> {
    /// Segments that are kept, and the data behind them.
    kept: Vec<&'a [u8]>,
    /// As Exif counts: 1 is upright.
    turn: u16,
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Option<Parts<'a>> {
        const PROFILE: &[u8] = b"ICC_PROFILE\0";
        let mut res = Parts {
            kept: Vec::new(),
            turn: exif::orientation(bytes).unwrap_or(1),
        };
        let mut at = 2;
        loop {
            let [0xff, marker, ..] = *bytes.get(at..)? else {
                return None;
            };
            if marker == 0xff {
                at += 1;
                continue;
            }
            let length = usize::from(u16::from_be_bytes([
                *bytes.get(at + 2)?,
                *bytes.get(at + 3)?,
            ]));
            let segment = bytes.get(at..at + 2 + length)?;
            let said = segment.get(4..)?;
            let is_kept = match marker {
                // Words for JFIF, for colours, and of Adobe for which colours.
                0xe0 => said.starts_with(b"JFIF\0"),
                0xe2 => said.starts_with(PROFILE),
                0xee => said.starts_with(b"Adobe"),
                0xe1..=0xef | 0xfe => false,
                _ => true,
            };
            if is_kept {
                res.kept.push(segment);
            }
            at += segment.len();
            if marker == 0xda {
                res.kept.push(&bytes[at..end_of_data(bytes, at)?]);
                return Some(res);
            }
        }
    }

    fn joined(&self) -> Vec<u8> {
        let mut res = vec![0xff, 0xd8];
        let mut turn = self.exif();
        for part in &self.kept {
            // Behind the words of JFIF, which want to be the first.
            let is_jfif = part.starts_with(&[0xff, 0xe0]);
            if let Some(exif) = turn.take_if(|_| !is_jfif) {
                res.extend([0xff, 0xe1]);
                res.extend((exif.len() as u16 + 2).to_be_bytes());
                res.extend(exif);
            }
            res.extend(*part);
        }
        res
    }

    /// An Exif part that says how the photograph is turned, and nothing else.
    fn exif(&self) -> Option<Vec<u8>> {
        Some([&b"Exif\0\0"[..], &exif::saying(self.turn)?].concat())
    }
}

/// Where a picture ends: what some cameras put behind it, such as a film, is not
/// shown.
fn end_of_data(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0xd9 => return Some(at + 2),
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            // Tables, or the next of several passes.
            _ => {
                let length = [*bytes.get(at + 2)?, *bytes.get(at + 3)?];
                at += 2 + usize::from(u16::from_be_bytes(length));
            }
        }
    }
}
