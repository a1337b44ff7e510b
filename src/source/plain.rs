//! Texts as the pipeline reads them.

/// Characters with which the pipeline marks places in a text, and what stands
/// for them in an author's: another that means nothing, of as many bytes.
const OURS: [(char, &str); 8] = [
    ('\u{1}', "\u{1a}"),
    ('\u{fdd0}', "\u{fffd}"),
    ('\u{fdd1}', "\u{fffd}"),
    ('\u{fdd2}', "\u{fffd}"),
    ('\u{fdd3}', "\u{fffd}"),
    ('\u{fdd4}', "\u{fffd}"),
    ('\u{10fffe}', "\u{10fffd}"),
    ('\u{10ffff}', "\u{10fffd}"),
];

/// A text as the pipeline reads it: without a byte-order mark at its start, with
/// line ends as everywhere but on Windows, and with none of the pipeline's own
/// marks.
pub fn plain(text: String) -> String {
    let mut res = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_string(),
        None => text,
    };
    if !is_rare(&res) {
        return res;
    }
    if res.contains('\r') {
        res = res.replace("\r\n", "\n").replace('\r', "\n");
    }
    for (mark, stand_in) in OURS {
        if res.contains(mark) {
            res = res.replace(mark, stand_in);
        }
    }
    res
}

/// Where a text has control characters, which no browser and no office program
/// shows; tabs, line ends and form feeds are none here.
pub fn control_characters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let text = if is_rare(text) { text } else { "" };
    text.char_indices()
        .filter(|(_, c)| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
}

/// Whether a text may hold a control character, a carriage return or a mark of
/// ours: one look at each byte, as most texts hold none and are read on every edit.
fn is_rare(text: &str) -> bool {
    // The bytes they begin with: of U+80 to U+9F, of U+FDD0 and of U+10FFFE.
    const RARE: [bool; 256] = {
        let mut res = [false; 256];
        let mut byte = 0;
        while byte < 0x20 {
            res[byte] = !matches!(byte as u8, b'\t' | b'\n' | 0xc);
            byte += 1;
        }
        res[0x7f] = true;
        res[0xc2] = true;
        res[0xef] = true;
        res[0xf4] = true;
        res
    };
    text.bytes()
        .fold(false, |found, byte| found | RARE[byte as usize])
}
