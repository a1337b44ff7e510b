//! Bytes to text: the encodings in which articles lie about.

use super::read::MAX_BYTES;

/// How far into a page its encoding may be declared, as the HTML standard has it.
const DECLARED_WITHIN: usize = 1024;

/// UTF-8; UTF-16 by its byte-order mark; what is neither is Latin-1, which
/// every sequence of bytes is.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, ..] => utf16(bytes, u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(bytes, u16::from_be_bytes),
        _ => utf8(bytes).unwrap_or_else(|| bytes.iter().copied().map(latin1).collect()),
    }
}

/// As [`decode`], with a word for what a web page declares in its head.
///
/// Bytes that are UTF-8 are read as such whatever is declared: editors and
/// browsers write UTF-8 and leave the declaration of old, while text of another
/// encoding is UTF-8 by accident as good as never.
pub fn decode_page(bytes: &[u8]) -> String {
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return decode(bytes);
    }
    if let Some(text) = utf8(bytes) {
        return text;
    }
    match declared(bytes).as_deref() {
        None | Some("windows-1252" | "iso-8859-1" | "latin1" | "us-ascii" | "x-cp1252") => {
            bytes.iter().copied().map(latin1).collect()
        }
        Some("iso-8859-15" | "latin9") => bytes.iter().copied().map(latin9).collect(),
        // UTF-8 with a broken byte, or an encoding that is not known here.
        Some(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The name behind `charset=` near the start, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(DECLARED_WITHIN)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let name = head.split("charset=").nth(1)?;
    let name: String = name
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

fn utf16(bytes: &[u8], from: fn([u8; 2]) -> u16) -> String {
    let units = bytes[2..]
        .chunks_exact(2)
        .map(|pair| from([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn utf8(bytes: &[u8]) -> Option<String> {
    // A cut in the middle of a character is not a fault of the text.
    let valid = std::str::from_utf8(bytes).map_or_else(|fault| fault.valid_up_to(), str::len);
    let is_cut = bytes.len() - valid < 4 && bytes.len() >= MAX_BYTES;
    if valid < bytes.len() && !is_cut {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes[..valid]);
    Some(text.trim_start_matches('\u{feff}').to_string())
}

/// Windows' reading of Latin-1, which is what such files are in practice: the
/// quotes and dashes people type lie where Latin-1 has control characters.
fn latin1(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Latin-1 with the euro and the letters that French lacked.
fn latin9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        _ => latin1(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::decode_page;

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
        check(b"no word of it: \xfcber", "über");
        check(
            b"<meta charset=\"utf-8\">one \xfc is broken: \xc3\xbc",
            "one \u{fffd} is broken: ü",
        );
        check(
            b"<meta charset=iso-8859-1>written anew: \xc3\xbc",
            "written anew: ü",
        );
        check(b"<meta charset=koi8-r>\xc1", "\u{fffd}");
    }
}
