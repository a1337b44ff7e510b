//! What a browser leaves out of a PDF: who wrote it, what its links are for,
//! which of its tags are of the newest kind, what is only decoration.
//!
//! Objects of the file are written anew, all others stay as they are. A file that
//! is not built as expected is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::deck::{Head, Plan, plain_text};
use crate::escape;

mod artifacts;

/// Who makes the files, by which they are known.
pub const MARK: &str = "/Creator (Deckle ";

/// Tags of PDF 2.0 in a file of an older version, and what they are there.
const ROLES: &str = "/RoleMap <</Strong /Span /Em /Span /Sub /Span /Title /P /Aside /Note /FENote /Note \
                     /DocumentFragment /Div>>";

/// Bytes of instructions of a page beyond which they are left alone.
const MAX_CONTENT: u64 = 64_000_000;

/// The file with what is known of the deck.
pub fn finished(pdf: Vec<u8>, plan: &Plan) -> Vec<u8> {
    let titles = plan
        .frames
        .iter()
        .map(|frame| (frame.id.as_str(), plain_text(&frame.title)));
    let titles: BTreeMap<&str, String> = titles.collect();
    let whole = Objects::of(&pdf).and_then(|objects| objects.finished(&plan.head, &titles));
    whole.unwrap_or(pdf)
}

/// The objects of a file.
struct Objects<'p> {
    pdf: &'p [u8],
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
        let own = text(self.bytes(number)?);
        let body = own.split_once("endobj")?.0.split_once(" obj")?.1.trim();
        let is_whole = body.starts_with("<<") && body.ends_with(">>");
        is_whole.then_some(body)
    }

    /// The whole file, with what is known of the deck.
    fn finished(&self, head: &Head, titles: &BTreeMap<&str, String>) -> Option<Vec<u8>> {
        let mut new: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
        for number in self.places.keys() {
            let Some(object) = self.object(*number) else {
                continue;
            };
            let is = |kind: &str| object.contains(kind);
            if is("/Subtype /Link") && !is("/Contents ") {
                let about = purpose(object, titles);
                new.extend(about.map(|about| (*number, with(object, &about).into_bytes())));
            } else if is("/Type /StructTreeRoot") && !is("/RoleMap") {
                new.insert(*number, with(object, ROLES).into_bytes());
            } else if is("/Type /OBJR") && is("/S /NonStruct") {
                // A link to a note, which the browser takes for nothing.
                let link = object.replacen("/S /NonStruct", "/S /Link", 1);
                new.insert(*number, link.into_bytes());
            } else if is("/Type /Page\n") {
                let content = self.content(object);
                new.extend(content.and_then(|number| Some((number, self.decorated(number)?))));
            }
        }
        new.insert(self.info, self.facts(head).into_bytes());
        let catalogue = self.object(self.root)?;
        if !catalogue.contains("/Metadata") {
            let about = format!("/Metadata {} 0 R", self.size);
            new.insert(self.root, with(catalogue, &about).into_bytes());
            new.insert(self.size, metadata(head));
        }
        self.written(&new)
    }

    /// The number of the object in which the instructions of a page stand.
    fn content(&self, page: &str) -> Option<u32> {
        let mut words = page.split_once("/Contents ")?.1.split_whitespace();
        let number = words.next()?.parse().ok()?;
        (words.next() == Some("0")).then_some(number)
    }

    /// The instructions of a page, with its decoration marked as such.
    fn decorated(&self, number: u32) -> Option<Vec<u8>> {
        const OPEN: &[u8] = b" stream\n";
        let own = self.bytes(number)?;
        let at = own.windows(OPEN.len()).position(|bytes| bytes == OPEN)?;
        let (dictionary, data) = (text(&own[..at]), &own[at + OPEN.len()..]);
        let length: usize = words(dictionary.split_once("/Length ")?.1)
            .next()?
            .parse()
            .ok()?;
        let is_packed = dictionary.contains("/Filter /FlateDecode");
        if !is_packed || dictionary.contains("/DecodeParms") {
            return None;
        }
        let mut content = Vec::new();
        // What a page is painted with is some hundred kilobytes.
        let mut unpacked = ZlibDecoder::new(data.get(..length)?).take(MAX_CONTENT);
        unpacked.read_to_end(&mut content).ok()?;
        if unpacked.limit() == 0 {
            return None;
        }
        let content = artifacts::marked(&content)?;
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&content).ok()?;
        let packed = packed.finish().ok()?;
        let head = format!(
            "<</Filter /FlateDecode\n/Length {}>> stream\n",
            packed.len()
        );
        Some([head.as_bytes(), &packed, b"\nendstream"].concat())
    }

    /// An object as it stands in the file, its number and end included.
    fn bytes(&self, number: u32) -> Option<&'p [u8]> {
        let start = *self.places.get(&number)?;
        let end = *self.starts.range(start + 1..).next()?;
        self.pdf.get(start..end)
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

    /// The file with objects in the place of others, or more of them.
    fn written(&self, new: &BTreeMap<u32, Vec<u8>>) -> Option<Vec<u8>> {
        let mut res = self.pdf.get(..*self.starts.first()?)?.to_vec();
        let last = new.keys().chain(self.places.keys()).max()?;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", last + 1);
        for number in 1..=*last {
            let place = res.len();
            if let Some(body) = new.get(&number) {
                res.extend(format!("{number} 0 obj\n").bytes());
                res.extend(body);
                res.extend(b"\nendobj\n");
            } else if let Some(bytes) = self.bytes(number) {
                res.extend(bytes);
            } else {
                table += "0000000000 00000 f \n";
                continue;
            }
            table += &format!("{place:010} 00000 n \n");
        }
        let place = res.len();
        let trailer = format!(
            "trailer\n<</Size {}\n/Root {} 0 R\n/Info {} 0 R>>\nstartxref\n{place}\n%%EOF\n",
            last + 1,
            self.root,
            self.info
        );
        res.extend(table.bytes());
        res.extend(trailer.bytes());
        Some(res)
    }
}

/// What is known of the deck, as programs read it that look for nothing else.
fn metadata(head: &Head) -> Vec<u8> {
    let mut said = String::new();
    let mut say = |name: &str, open: &str, value: &str, close: &str| {
        if !value.is_empty() {
            said += &format!("<dc:{name}>{open}");
            escape::xml(&mut said, value);
            said += &format!("{close}</dc:{name}>");
        }
    };
    let lang = "<rdf:Alt><rdf:li xml:lang=\"x-default\">";
    say("title", lang, &head.title, "</rdf:li></rdf:Alt>");
    say(
        "description",
        lang,
        &head.description,
        "</rdf:li></rdf:Alt>",
    );
    say(
        "creator",
        "<rdf:Seq><rdf:li>",
        &head.author,
        "</rdf:li></rdf:Seq>",
    );
    say(
        "language",
        "<rdf:Bag><rdf:li>",
        &head.lang,
        "</rdf:li></rdf:Bag>",
    );
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{said}</rdf:Description>\
         </rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    );
    let length = packet.len();
    format!("<</Type /Metadata\n/Subtype /XML\n/Length {length}>> stream\n{packet}\nendstream")
        .into_bytes()
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
    // A footnote and what refers to it are called by their number.
    let number = name
        .rsplit_once("-note-")
        .map(|(_, number)| number)
        .or_else(|| name.rsplit_once("-mark-")?.1.split('-').next())
        .filter(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    let about = title.map_or(number.unwrap_or(&name), String::as_str);
    Some(format!("/Contents {}", string(about)))
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
