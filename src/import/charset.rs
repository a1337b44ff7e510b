//! Bytes to text: the encodings in which articles lie about, and the
//! characters that say nothing.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::read::MAX_BYTES;

/// How far into a page its encoding may be declared, as the HTML standard has it.
const DECLARED_WITHIN: usize = 1024;

/// UTF-8; UTF-16 with its byte-order mark or without; what is neither is
/// Windows' reading of Latin-1, which every sequence of bytes is.
pub fn decode(bytes: &[u8]) -> String {
    decode_as(bytes, WINDOWS_1252)
}

/// As [`decode`], with a word for what a web page declares in its head.
///
/// Bytes that are UTF-8 are read as such whatever is declared: editors and
/// browsers write UTF-8 and leave the declaration of old, while text of another
/// encoding is UTF-8 by accident as good as never.
pub fn decode_page(bytes: &[u8]) -> String {
    let declared = declared(bytes);
    let encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    // A declaration that could be read was not written in two bytes a letter.
    let encoding = encoding.filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE);
    decode_as(bytes, encoding.unwrap_or(WINDOWS_1252))
}

fn decode_as(bytes: &[u8], otherwise: &'static Encoding) -> String {
    if let Some(wide) = wide(bytes) {
        return wide.decode(bytes).0.into_owned();
    }
    if let Some(text) = utf8(bytes) {
        return text;
    }
    // A byte-order mark outweighs a broken byte, and is not shown.
    otherwise.decode(bytes).0.into_owned()
}

/// UTF-16 by its mark, or by what only it has: every other byte is zero
/// wherever it says something in Latin letters, a blank or a line end.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    const ENOUGH: usize = 4_000;
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start = &bytes[..bytes.len().min(ENOUGH)];
    let n_zeros = |first: usize| {
        let places = start.iter().skip(first).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    let (high, low) = (n_zeros(0), n_zeros(1));
    // Stray zeros stand at even and odd places alike, and are few.
    let is_wide = |zeros: usize, others: usize| zeros >= 2 + 8 * others && zeros * 40 > start.len();
    match () {
        () if is_wide(low, high) => Some(UTF_16LE),
        () if is_wide(high, low) => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that a `<meta>` or the XML declaration near the start names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(DECLARED_WITHIN)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let xml = head.strip_prefix("<?xml").map(|rest| (rest, "encoding"));
    let metas = head.split("<meta").skip(1).map(|rest| (rest, "charset"));
    metas.chain(xml).find_map(|(rest, key)| {
        let inside = rest.split('>').next()?;
        let value = inside.split_once(key)?.1.trim_start().strip_prefix('=')?;
        let name: String = value
            .trim_start_matches(['"', '\'', ' '])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
            .collect();
        (!name.is_empty()).then_some(name)
    })
}

fn utf8(bytes: &[u8]) -> Option<String> {
    // A cut in the middle of a character is not a fault of the text.
    let valid = std::str::from_utf8(bytes).map_or_else(|fault| fault.valid_up_to(), str::len);
    let is_cut = bytes.len() - valid < 4 && bytes.len() >= MAX_BYTES;
    (valid == bytes.len() || is_cut).then(|| {
        UTF_8
            .decode_with_bom_removal(&bytes[..valid])
            .0
            .into_owned()
    })
}

/// A text without the characters that nobody sees and that would part words
/// from those they are: soft hyphens, blanks without width, control characters.
/// Lines end in one way; blanks that do not break stay only where they hold two
/// words together.
pub fn plain_characters(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => res.push('\n'),
            // The end of a printed page, which is seldom that of a paragraph.
            '\u{b}' | '\u{c}' if res.ends_with('\n') || chars.peek() == Some(&'\n') => {}
            '\u{b}' | '\u{c}' => res.push('\n'),
            '\n' | '\t' => res.push(c),
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            '\u{a0}' | '\u{202f}' => {
                let holds = res.ends_with(|c: char| !c.is_whitespace())
                    && chars.peek().is_some_and(|next| !next.is_whitespace());
                res.push(if holds { c } else { ' ' });
            }
            _ if c.is_control() => {}
            _ => res.push(c),
        }
    }
    res
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_page, plain_characters};

    #[track_caller]
    fn check(bytes: &[u8], text: &str) {
        assert!(decode_page(bytes).ends_with(text), "{}", decode_page(bytes));
    }

    #[test]
    fn a_page_is_read_as_it_declares() {
        check(b"<meta charset=windows-1252>10 \x80", "10 €");
        check(
            b"<META CONTENT='text/html; charset=ISO-8859-1'>\xfcber",
            "über",
        );
        check(b"<meta charset=\"iso-8859-15\">10 \xa4", "10 €");
        check(b"<meta charset = ' koi8-r '>\xc1", "а");
        check(b"<meta charset=Shift_JIS>\x93\xfa\x96{", "日本");
        check(b"<meta charset=gb2312>\xc4\xe3\xba\xc3", "你好");
        check(b"<meta charset=GB18030>\x81\x30\x84\x36", "¥");
        check(b"<?xml version='1.0' encoding='euc-jp'?>\xc6\xfc", "日");
        check(b"no word of it: \xfcber", "über");
        check(
            b"<meta charset=\"utf-8\">one \xfc is broken: \xc3\xbc",
            "one \u{fffd} is broken: ü",
        );
        check(
            b"<meta charset=iso-8859-1>written anew: \xc3\xbc",
            "written anew: ü",
        );
        check(b"<meta charset=klingon>\xfcber", "über");
        check(b"<meta charset=utf-16>\xfcber", "über");
        check(b"<script charset=shift_jis></script>\xfcber", "über");
    }

    #[test]
    fn two_bytes_a_letter_are_seen_without_a_mark() {
        let wide = |text: &str, mark: &str| -> Vec<u8> {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            units.iter().flat_map(|unit| unit.to_le_bytes()).collect()
        };
        let swapped = |bytes: Vec<u8>| -> Vec<u8> {
            let pairs = bytes.chunks_exact(2);
            pairs.flat_map(|pair| [pair[1], pair[0]]).collect()
        };
        for text in ["Why trains are late", "Поезда опаздывают, и вот почему.\n"]
        {
            for mark in ["", "\u{feff}"] {
                assert_eq!(decode(&wide(text, mark)), text);
                assert_eq!(decode(&swapped(wide(text, mark))), text);
            }
        }
        let stray = "a text with one\0 zero or two\0 or three \0in it";
        assert_eq!(decode(stray.as_bytes()), stray);
    }

    #[test]
    fn characters_that_say_nothing_go() {
        assert_eq!(plain_characters("a\r\nb\rc\n\r\nd"), "a\nb\nc\n\nd");
        assert_eq!(
            plain_characters("Dampf\u{ad}schiff\u{200b}fahrt\0"),
            "Dampfschifffahrt"
        );
        assert_eq!(
            plain_characters("10\u{a0}€\u{a0}\u{a0} \u{a0}x"),
            "10\u{a0}€    x"
        );
        assert_eq!(
            plain_characters("one\u{c}two\n\u{c}three"),
            "one\ntwo\nthree"
        );
        let joined = "می\u{200c}خواهم 👩\u{200d}🚀";
        assert_eq!(
            plain_characters(joined),
            joined,
            "they join letters and faces"
        );
    }
}
