//! Icons: a name becomes an inline drawing, a title becomes a name.
//!
//! The icons are Lucide's, packed by `themes/icons/make.py`. The pack is two
//! compressed streams: names with search words, and drawings. A deck without
//! icons opens neither. The decoder writes only the seven elements it knows,
//! with the letters and numbers of the pack, so a drawing cannot carry a script.

mod choice;
mod words;

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;

const PACK: &[u8] = include_bytes!("../themes/icons/lucide.bin");

/// The icon as inline SVG, coloured like the text around it; `None` if there is
/// no such icon. Older names of an icon are understood.
pub fn svg(name: &str) -> Option<String> {
    let index = find(name)?;
    let mut res = String::from(
        "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" fill=\"none\" stroke=\"currentColor\" \
         stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
    );
    for shape in shapes()[index].split('|') {
        draw(&mut res, shape);
    }
    res.push_str("</svg>");
    Some(res)
}

/// Whether there is an icon of this name, older names included.
pub fn exists(name: &str) -> bool {
    find(name).is_some()
}

/// The names of all icons, sorted; older names are not among them.
pub fn names() -> impl Iterator<Item = &'static str> {
    index().entries.iter().map(|entry| entry.name)
}

/// The icon that the words of a title call for, and weaker those of its text;
/// `None` rather than a silly one. English words only.
#[cfg(test)]
fn choose(title: &str, text: &str) -> Option<String> {
    choose_all(&[(title, text)]).pop().flatten()
}

/// An icon for each title and text of a deck: different ones where there are
/// enough that fit, the same one twice rather than one that does not.
pub fn choose_all(factors: &[(&str, &str)]) -> Vec<Option<String>> {
    choice::choose_all(factors)
}

/// What the pack says about an icon besides its drawing.
struct Entry {
    name: &'static str,
    tags: &'static str,
}

struct Index {
    /// In byte order of the names, the order of the drawings.
    entries: Vec<Entry>,
    /// Older names with the place of their icon, in byte order.
    older: Vec<(&'static str, usize)>,
}

fn find(name: &str) -> Option<usize> {
    let index = index();
    let current = index
        .entries
        .binary_search_by(|entry| entry.name.cmp(name))
        .ok();
    let older = || {
        index
            .older
            .binary_search_by(|(older, _)| (*older).cmp(name))
            .ok()
    };
    current.or_else(|| older().map(|place| index.older[place].1))
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let text: &'static str = open(streams().0).leak();
        let mut res = Index {
            entries: Vec::with_capacity(2048),
            older: Vec::new(),
        };
        for line in text.split('\n') {
            let mut fields = line.split('\t');
            let name = fields.next().unwrap_or_default();
            let older = fields.next().unwrap_or_default();
            let place = res.entries.len();
            res.older.extend(
                older
                    .split(',')
                    .filter(|older| !older.is_empty())
                    .map(|older| (older, place)),
            );
            res.entries.push(Entry {
                name,
                tags: fields.next().unwrap_or_default(),
            });
        }
        res.older.sort_unstable();
        res
    })
}

fn shapes() -> &'static [&'static str] {
    static SHAPES: OnceLock<Vec<&'static str>> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let text: &'static str = open(streams().1).leak();
        text.split('\n').collect()
    })
}

/// The two compressed streams: names and drawings.
fn streams() -> (&'static [u8], &'static [u8]) {
    let (length, rest) = PACK
        .split_first_chunk()
        .expect("the pack begins with a length");
    rest.split_at(u32::from_le_bytes(*length) as usize)
}

fn open(stream: &[u8]) -> String {
    let mut res = String::new();
    ZlibDecoder::new(stream)
        .read_to_string(&mut res)
        .expect("the embedded pack is zlib and UTF-8");
    res
}

fn draw(res: &mut String, shape: &str) {
    let (element, keys): (&str, &[&str]) = match shape.as_bytes().first() {
        Some(b'p') => ("path", &["d"]),
        Some(b'c' | b'd') => ("circle", &["cx", "cy", "r"]),
        Some(b'e') => ("ellipse", &["cx", "cy", "rx", "ry"]),
        Some(b'r') => ("rect", &["x", "y", "width", "height", "rx", "ry"]),
        Some(b'l') => ("line", &["x1", "y1", "x2", "y2"]),
        Some(b'o') => ("polyline", &["points"]),
        Some(b'g') => ("polygon", &["points"]),
        Some(_) | None => return,
    };
    res.push('<');
    res.push_str(element);
    // A path and a list of points are one value, though they have spaces.
    for (key, value) in keys.iter().zip(shape[1..].splitn(keys.len(), ' ')) {
        if value == "-" {
            continue;
        }
        for part in [" ", key, "=\"", value, "\""] {
            res.push_str(part);
        }
    }
    if shape.starts_with('d') {
        res.push_str(" fill=\"currentColor\"");
    }
    res.push_str("/>");
}

#[cfg(test)]
mod tests;
