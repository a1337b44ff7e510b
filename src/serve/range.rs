//! Which bytes of a file a request wants, as RFC 9110 (14.1.2) says it.

use std::io;
use std::ops::Range;

use futures_util::stream::{self, Stream};

use crate::source::{Part, part_within};

/// What the `Range` header of a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Everything.
    All,
    /// These bytes, at least one.
    Bytes(Range<u64>),
    /// Bytes that are not there.
    Nothing,
}

/// Reads the header of a request for a file of so many bytes. What is not
/// understood, and several ranges at once, may be answered with everything.
pub fn wanted(range: Option<&str>, length: u64) -> Wanted {
    let Some((first, last)) = range
        .and_then(|range| range.trim().strip_prefix("bytes="))
        .and_then(|bytes| bytes.split_once('-'))
    else {
        return Wanted::All;
    };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let bytes = match (number(first.trim()), last.trim()) {
        (Some(first), "") => first..length,
        (Some(first), last) => match number(last) {
            Some(last) if first <= last => first..last.saturating_add(1).min(length),
            Some(_) | None => return Wanted::All,
        },
        (None, last) if first.trim().is_empty() => match number(last) {
            Some(n) => length.saturating_sub(n)..length,
            None => return Wanted::All,
        },
        (None, _) => return Wanted::All,
    };
    match bytes.start < bytes.end {
        true => Wanted::Bytes(bytes),
        false => Wanted::Nothing,
    }
}

/// Bytes of a long file that are read at once.
const PIECE: u64 = 256 * 1024;

/// Some bytes of a file, read as they are sent.
pub fn pieces(part: Part, bytes: Range<u64>) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::unfold(bytes, move |bytes| {
        let part = part.clone();
        async move {
            let most = (bytes.end - bytes.start).min(PIECE) as usize;
            if most == 0 {
                return None;
            }
            let read = part_within(&part.root, &part.relative, bytes.start, most)
                .map_err(|error| io::Error::other(error.to_string()));
            let next = match &read {
                Ok(piece) if !piece.is_empty() => bytes.start + piece.len() as u64,
                Ok(_) | Err(_) => bytes.end,
            };
            Some((read, next..bytes.end))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Wanted, wanted};

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        let bytes = |range, expected| assert_eq!(wanted(Some(range), 100), expected, "{range}");
        bytes("bytes=0-9", Wanted::Bytes(0..10));
        bytes("bytes=90-", Wanted::Bytes(90..100));
        bytes("bytes=-5", Wanted::Bytes(95..100));
        bytes("bytes=-500", Wanted::Bytes(0..100));
        bytes("bytes=50-99999999999999999999999", Wanted::Bytes(50..100));
        bytes("bytes=100-", Wanted::Nothing);
        bytes("bytes=-0", Wanted::Nothing);
        for all in [
            "bytes=9-1",
            "bytes=0-1,5-6",
            "bytes=a-",
            "lines=1-2",
            "bytes=-",
            "",
        ] {
            bytes(all, Wanted::All);
        }
        assert_eq!(wanted(None, 100), Wanted::All);
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Nothing);
    }
}
