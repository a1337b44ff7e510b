//! What a browser leaves out of a PDF: who wrote it, what its links are for,
//! which of its tags are of the newest kind.
//!
//! It is added at the end of the file, as the format provides for changes: what
//! the browser wrote stays as it is, and objects that are written anew count. A
//! file that is not built as expected is left alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::deck::{Head, Plan, plain_text};

/// Who makes the files, by which they are known.
pub const MARK: &str = "/Creator (Deckle ";

/// Tags of PDF 2.0 in a file of an older version, and what they are there.
const ROLES: &str = "/RoleMap <</Strong /Span /Em /Span /Sub /Span /Title /P /Aside /Note /FENote /Note \
                     /DocumentFragment /Div>>";

/// The file with what is known of the deck.
pub fn finished(pdf: Vec<u8>, plan: &Plan) -> Vec<u8> {
    let titles = plan
        .frames
        .iter()
        .map(|frame| (frame.id.as_str(), plain_text(&frame.title)));
    let titles: BTreeMap<&str, String> = titles.collect();
    let added = Objects::of(&pdf).map(|objects| objects.added(&plan.head, &titles));
    let mut pdf = pdf;
    pdf.extend(added.unwrap_or_default());
    pdf
}

/// The objects of a file.
struct Objects<'p> {
    pdf: &'p [u8],
    /// Where its table of objects is.
    table: usize,
    /// Where each object is, by its number.
    places: BTreeMap<u32, usize>,
    /// The same places in their order.
    starts: BTreeSet<usize>,
    /// The numbers of how many there are, of the catalogue and of the facts.
    size: u32,
    root: u32,
    info: u32,
}

impl<'p> Objects<'p> {
    fn of(pdf: &'p [u8]) -> Option<Objects<'p>> {
        let tail = &pdf[pdf.len().saturating_sub(1_024)..];
        let tail = String::from_utf8_lossy(tail);
        let table: usize = words(tail.rsplit_once("startxref")?.1)
            .next()?
            .parse()
            .ok()?;
        let end = text(pdf.get(table..)?);
        let (entries, trailer) = end.strip_prefix("xref")?.split_once("trailer")?;
        let mut places = BTreeMap::new();
        let mut lines = entries
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        while let Some(head) = lines.next() {
            let mut numbers = head.split(' ').map_while(|word| word.parse::<u32>().ok());
            let (first, n) = (numbers.next()?, numbers.next()?);
            for (line, number) in lines.by_ref().take(n as usize).zip(first..) {
                if line.ends_with('n') {
                    places.insert(number, line.get(..10)?.parse().ok()?);
                }
            }
        }
        let number = |key: &str| words(trailer.split_once(key)?.1).next()?.parse().ok();
        Some(Objects {
            pdf,
            table,
            starts: places.values().copied().chain([table]).collect(),
            places,
            size: number("/Size")?,
            root: number("/Root")?,
            info: number("/Info")?,
        })
    }

    /// The text of an object without its number, from `<<` to its last `>>`;
    /// `None` if there is a stream in it.
    fn object(&self, number: u32) -> Option<&'p str> {
        let start = *self.places.get(&number)?;
        let end = *self.starts.range(start + 1..).next()?;
        let own = text(self.pdf.get(start..end)?);
        let body = own.split_once("endobj")?.0.split_once(" obj")?.1.trim();
        let is_whole = body.starts_with("<<") && body.ends_with(">>");
        is_whole.then_some(body)
    }

    fn added(&self, head: &Head, titles: &BTreeMap<&str, String>) -> Vec<u8> {
        let mut new: BTreeMap<u32, String> = BTreeMap::new();
        for number in self.places.keys() {
            let Some(object) = self.object(*number) else {
                continue;
            };
            let is = |kind: &str| object.contains(kind);
            if is("/Subtype /Link") && !is("/Contents ") {
                new.extend(purpose(object, titles).map(|about| (*number, with(object, &about))));
            } else if is("/Type /StructTreeRoot") && !is("/RoleMap") {
                new.insert(*number, with(object, ROLES));
            }
        }
        new.insert(self.info, self.facts(head));
        self.written(&new)
    }

    /// Title and author, and when it was made as the browser says.
    fn facts(&self, head: &Head) -> String {
        let old = self.object(self.info).unwrap_or_default();
        let kept = ["/Producer (", "/CreationDate (", "/ModDate ("]
            .iter()
            .filter_map(|key| {
                let value = old.split_once(key)?.1.split_once(')')?.0;
                Some(format!("\n{key}{value})"))
            });
        let said = [
            ("/Title", &head.title),
            ("/Author", &head.author),
            ("/Subject", &head.description),
        ];
        let said = said.into_iter().filter(|(_, text)| !text.is_empty());
        let said = said.map(|(key, text)| format!("\n{key} {}", string(text)));
        let kept: String = kept.collect();
        let said: String = said.collect();
        format!("<<{said}\n{MARK}{}){kept}>>", env!("CARGO_PKG_VERSION"))
    }

    /// The objects and a table of them that leads on to the one before.
    fn written(&self, new: &BTreeMap<u32, String>) -> Vec<u8> {
        let mut res = String::from("\n");
        let mut table = String::from("xref\n");
        for (number, object) in new {
            let place = self.pdf.len() + res.len();
            res += &format!("{number} 0 obj\n{object}\nendobj\n");
            table += &format!("{number} 1\n{place:010} 00000 n \n");
        }
        let place = self.pdf.len() + res.len();
        let trailer = format!(
            "trailer\n<</Size {}\n/Root {} 0 R\n/Info {} 0 R\n/Prev {}>>\nstartxref\n{place}\n%%EOF\n",
            self.size, self.root, self.info, self.table
        );
        (res + &table + &trailer).into_bytes()
    }
}

/// What a link is for, as it is read out.
fn purpose(link: &str, titles: &BTreeMap<&str, String>) -> Option<String> {
    if let Some((_, rest)) = link.split_once("/URI (") {
        // The end of the string: the browser writes `\(` inside of it.
        let end = rest
            .match_indices(')')
            .find(|(at, _)| !rest[..*at].ends_with('\\'))?
            .0;
        return Some(format!("/Contents ({})", &rest[..end]));
    }
    let name = link.split_once("/Dest /")?.1;
    let name = decoded(
        name.split(|c: char| c.is_whitespace() || "/<>[]()".contains(c))
            .next()?,
    );
    let title = titles.get(name.as_str()).filter(|title| !title.is_empty());
    Some(format!("/Contents {}", string(title.unwrap_or(&name))))
}

/// A name without its `#20`.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((&first, more)) = rest.split_first() {
        let code = std::str::from_utf8(more.get(..2).unwrap_or_default());
        let byte = code.ok().and_then(|code| u8::from_str_radix(code, 16).ok());
        match byte.filter(|_| first == b'#') {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A dictionary with one more entry.
fn with(object: &str, entry: &str) -> String {
    let inner = object.strip_suffix(">>").unwrap_or(object);
    format!("{inner}\n{entry}>>")
}

/// A text as the format writes it.
fn string(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        let text = text
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        return format!("({text})");
    }
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    format!("<FEFF{}>", units.collect::<String>())
}

/// Bytes as text, up to the first that are none.
fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_end_matches(['>', '/']))
}

#[cfg(test)]
mod tests;
