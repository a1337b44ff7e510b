//! What a browser paints without a tag: grounds, rules, the marks of lists. A
//! reader that speaks has to know that it is decoration, or it stops there.

use std::ops::Range;

/// Instructions that make a path.
const PATH: [&[u8]; 7] = [b"m", b"l", b"c", b"v", b"y", b"h", b"re"];
/// Instructions that paint the path made so far.
const PAINTED: [&[u8]; 9] = [b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"];
/// Instructions that paint by themselves.
const SHOWN: [&[u8]; 6] = [b"Tj", b"TJ", b"'", b"\"", b"Do", b"sh"];

const OPEN: &[u8] = b"/Artifact BMC\n";
const CLOSE: &[u8] = b"\nEMC";

/// The instructions of a page, with all that is painted outside of tags marked as
/// decoration; `None` if there is nothing to mark, or they are not understood.
pub fn marked(content: &[u8]) -> Option<Vec<u8>> {
    let mut res = Vec::with_capacity(content.len() + content.len() / 8);
    let mut written = 0;
    let mut depth = 0_usize;
    // Where the operands of the next instruction begin, and the path being made.
    let mut operands = None;
    let mut path = None;
    let mut at = 0;
    while let Some(token) = next(content, at)? {
        at = token.end;
        let word = &content[token.clone()];
        if !is_operator(word) {
            operands.get_or_insert(token.start);
            continue;
        }
        let start = operands.take().unwrap_or(token.start);
        let mut decorate = |from: usize| {
            res.extend_from_slice(&content[written..from]);
            res.extend_from_slice(OPEN);
            res.extend_from_slice(&content[from..token.end]);
            res.extend_from_slice(CLOSE);
            written = token.end;
        };
        match word {
            b"BMC" | b"BDC" => depth += 1,
            b"EMC" => depth = depth.checked_sub(1)?,
            // The bytes of a picture among the instructions are none.
            b"BI" => return None,
            b"n" => path = None,
            _ if PATH.contains(&word) => {
                path.get_or_insert(start);
            }
            _ if PAINTED.contains(&word) => {
                let from = path.take().unwrap_or(start);
                if depth == 0 {
                    decorate(from);
                }
            }
            _ if SHOWN.contains(&word) && depth == 0 => decorate(start),
            _ => {}
        }
    }
    if written == 0 || depth > 0 {
        return None;
    }
    res.extend_from_slice(&content[written..]);
    Some(res)
}

fn is_operator(word: &[u8]) -> bool {
    word.first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'\'' | b'"'))
        && !matches!(word, b"true" | b"false" | b"null")
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn ends(byte: u8) -> bool {
    is_blank(byte) || b"()<>[]{}/%".contains(&byte)
}

/// The next number, name, string, bracket or instruction; `None` within for the
/// end, and without for a string that does not end.
#[expect(
    clippy::option_option,
    reason = "the end of a page is no fault, a broken one is"
)]
fn next(content: &[u8], mut at: usize) -> Option<Option<Range<usize>>> {
    loop {
        match content.get(at) {
            None => return Some(None),
            Some(b'%') => at = behind_line(content, at),
            Some(byte) if is_blank(*byte) => at += 1,
            Some(_) => break,
        }
    }
    let start = at;
    let rest = &content[at..];
    let length = match rest {
        [b'(', ..] => string(rest)?,
        [b'<', b'<', ..] | [b'>', b'>', ..] => 2,
        [b'<', ..] => rest.iter().position(|byte| *byte == b'>')? + 1,
        [b'[' | b']' | b'{' | b'}' | b'>' | b')', ..] => 1,
        [_, more @ ..] => {
            let end = more.iter().position(|byte| ends(*byte));
            end.unwrap_or(more.len()) + 1
        }
        [] => 0,
    };
    Some(Some(start..start + length))
}

fn behind_line(content: &[u8], at: usize) -> usize {
    let rest = &content[at..];
    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    at + end.unwrap_or(rest.len())
}

/// The length of a string in brackets, those in it included.
fn string(rest: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[track_caller]
    fn check(content: &str, expected: Option<&str>) {
        let found = marked(content.as_bytes());
        let found = found.map(|bytes| String::from_utf8(bytes).expect("text"));
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn what_is_painted_outside_of_tags_is_decoration() {
        check(
            "q\n1 0 0 rg\n0 0 4 4 re\nf\nQ\n/P <</MCID 0 >>BDC\nBT (a \\) b) Tj ET\n0 0 1 1 re f\nEMC\n",
            Some(
                "q\n1 0 0 rg\n/Artifact BMC\n0 0 4 4 re\nf\nEMC\nQ\n/P <</MCID 0 >>BDC\nBT (a \\) b) Tj ET\n\
                 0 0 1 1 re f\nEMC\n",
            ),
        );
        check(
            "BT /F1 9 Tf <0041> Tj [(x) -3 (y)] TJ ET /X1 Do",
            Some(
                "BT /F1 9 Tf /Artifact BMC\n<0041> Tj\nEMC /Artifact BMC\n[(x) -3 (y)] TJ\nEMC ET \
                 /Artifact BMC\n/X1 Do\nEMC",
            ),
        );
    }

    #[test]
    fn what_cuts_off_and_paints_nothing_is_none() {
        check("0 0 4 4 re\nW* n\n/P BMC 0 0 m 1 1 l S EMC", None);
        check(
            "0 0 4 4 re W n 1 1 m 2 2 l S",
            Some("0 0 4 4 re W n /Artifact BMC\n1 1 m 2 2 l S\nEMC"),
        );
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        check("EMC 0 0 1 1 re f", None);
        check("/P BMC (a", None);
        check("0 0 1 1 re f BI /W 1 ID x EI", None);
        check("0 0 1 1 re f /P BMC", None);
    }
}
