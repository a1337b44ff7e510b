//! Which way up a photograph is. A camera stores the pixels as its sensor has
//! them and says in the Exif part of the file how to turn them; browsers do so,
//! and the size we give must be that of the turned picture.

/// Bytes in which the Exif part stands, if there is one.
const NEAR: usize = 128 * 1024;

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// Whether width and height of a JPEG change places when it is turned:
/// orientations 5 to 8 of the Exif standard (CIPA DC-008, 4.6.4).
pub fn is_turned(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// The orientation a JPEG is to be seen in, 1 to 8, if it says one.
pub fn orientation(jpeg: &[u8]) -> Option<u16> {
    let near = &jpeg[..jpeg.len().min(NEAR)];
    let marker = memchr::memmem::find(near, b"Exif\0\0")?;
    let tiff = &near[marker + 6..];
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let number = |at: usize, length: usize| {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_little {
            bytes.iter().rev().fold(0, add)
        } else {
            bytes.iter().fold(0, add)
        })
    };
    let table = number(4, 4)?;
    let n_entries = number(table, 2)?;
    for n in 0..n_entries {
        let entry = table + 2 + n * 12;
        if number(entry, 2)? == usize::from(ORIENTATION) {
            return number(entry + 8, 2).map(|value| value as u16);
        }
    }
    None
}

/// An Exif part, without the words in front of it in a JPEG, that says an
/// orientation and nothing else; `None` for what is upright.
pub fn saying(orientation: u16) -> Option<Vec<u8>> {
    let turned = (2..=8).contains(&orientation).then_some(orientation)?;
    let mut res = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    res.extend(turned.to_be_bytes());
    res.extend([0; 6]);
    Some(res)
}

#[cfg(test)]
mod tests {
    use super::is_turned;

    #[test]
    fn the_turn_is_read_in_both_byte_orders_and_bounded() {
        let little =
            b"\xff\xd8\xff\xe1\0\0Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big =
            b"\xff\xd8\xff\xe1\0\0Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0";
        assert!(is_turned(little));
        assert!(!is_turned(big), "upright");
        for length in 0..little.len() {
            is_turned(&little[..length]);
        }
        assert!(!is_turned(b"Exif\0\0II*\0\xff\xff\xff\xff"));
    }

    #[test]
    fn what_is_said_is_read() {
        for turn in 0..10 {
            let said = super::saying(turn).map(|said| [&b"Exif\0\0"[..], &said].concat());
            let read = said.as_deref().and_then(super::orientation);
            assert_eq!(read, (2..=8).contains(&turn).then_some(turn));
        }
    }
}
