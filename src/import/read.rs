//! The bytes of an article to passages: plain text, Markdown or a web page.

use std::path::{Path, PathBuf};

use dom_smoothie::Readability;
use htmd::HtmlToMarkdown;

use super::lang;
use crate::article::{self, Kind, Passage};
use crate::deck::{Block, BlockKind, Inline, plain_text};
use crate::parse;
use crate::source::{Source, Sources};

/// Longer articles are cut here: no talk needs more, and memory stays bounded.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// An article as it was read.
pub struct Read {
    /// Its blocks in order.
    pub passages: Vec<Passage>,
    /// The title, if the file says it outside the text.
    pub title: Option<String>,
    /// The author, likewise.
    pub author: Option<String>,
    /// Language tag.
    pub lang: String,
}

/// See [`super::is_article`].
pub fn is_article(text: &str) -> bool {
    if parse::is_deck(text) {
        return false;
    }
    let n_headings = text.lines().filter(|line| line.starts_with('#')).count();
    let words = |line: &str| line.split_whitespace().count();
    let is_prose = |line: &&str| {
        words(line) >= 12
            && !line
                .trim_start()
                .starts_with(['-', '*', '+', '|', '#', '>'])
    };
    let n_prose_words: usize = text.lines().filter(is_prose).map(words).sum();
    let n_words = words(text);
    n_headings >= 2 && n_prose_words >= 120 && n_prose_words * 2 > n_words
}

/// Reads by the path's ending, else by the look of the text.
pub fn read(path: &Path, bytes: &[u8]) -> Read {
    let text = decode(&bytes[..bytes.len().min(MAX_BYTES)]);
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => html(&text),
        "md" | "markdown" => markdown(&text, path),
        "txt" | "text" => plain(&text),
        _ if looks_like_html(&text) => html(&text),
        _ if looks_like_markdown(&text) => markdown(&text, path),
        _ => plain(&text),
    }
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(300)
        .flat_map(char::to_lowercase)
        .collect();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.contains("<body")
}

fn looks_like_markdown(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with("# ") || line.starts_with("## "))
        || text.starts_with("---\n")
}

/// UTF-8; UTF-16 by its byte-order mark; what is neither is Latin-1, which
/// every sequence of bytes is.
fn decode(bytes: &[u8]) -> String {
    let utf16 = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => {
            // A cut in the middle of a character is not a fault of the text.
            let valid =
                std::str::from_utf8(bytes).map_or_else(|fault| fault.valid_up_to(), str::len);
            let text = if bytes.len() - valid < 4 && bytes.len() >= MAX_BYTES {
                String::from_utf8_lossy(&bytes[..valid]).into_owned()
            } else {
                String::from_utf8(bytes.to_vec())
                    .unwrap_or_else(|_| bytes.iter().copied().map(latin1).collect())
            };
            text.trim_start_matches('\u{feff}').to_string()
        }
    }
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

fn plain(text: &str) -> Read {
    let passages = article::read_plain(text);
    Read {
        passages,
        title: None,
        author: None,
        lang: lang::guess(text).into(),
    }
}

fn html(text: &str) -> Read {
    let found = Readability::new(text, None, None)
        .ok()
        .and_then(|mut page| page.parse().ok());
    let Some(page) = found else {
        // Too little text to be sure of: all of it, without the page's machinery.
        let body = to_markdown(text);
        return markdown(&body, Path::new("article.md"));
    };
    let body = to_markdown(&page.content);
    let mut read = markdown(&body, Path::new("article.md"));
    let title = page.title.trim().to_string();
    if !title.is_empty() {
        read.title = Some(title);
    }
    read.author = page
        .byline
        .map(|byline| byline.trim().to_string())
        .filter(|byline| !byline.is_empty());
    if let Some(lang) = page.lang.filter(|lang| !lang.is_empty()) {
        read.lang = lang;
    }
    read
}

fn to_markdown(html: &str) -> String {
    HtmlToMarkdown::builder()
        .skip_tags(vec![
            "script", "style", "nav", "footer", "form", "iframe", "noscript", "svg",
        ])
        .build()
        .convert(html)
        .unwrap_or_default()
}

fn markdown(text: &str, path: &Path) -> Read {
    let mut sources = Sources::default();
    let id = sources.add(PathBuf::from(path), text.replace("\r\n", "\n"));
    let source = sources.get(id);
    let mut passages = Vec::new();
    push(source, &parse::blocks(source), &mut passages);
    Read {
        passages,
        title: parse::front_value(source, "title"),
        author: parse::front_value(source, "author"),
        lang: parse::front_value(source, "lang").unwrap_or_else(|| lang::guess(text).into()),
    }
}

fn push(source: &Source, blocks: &[Block], res: &mut Vec<Passage>) {
    for block in blocks {
        let mut add = |kind: Kind, text: String| {
            let (line, _) = source.line_column(block.span.start);
            let markdown = dedent(source.slice(block.span));
            res.push(Passage {
                kind,
                text,
                markdown,
                gap: 1,
                line: line as u32,
            });
        };
        match &block.kind {
            BlockKind::Heading { level, body } => add(Kind::Heading(*level), plain_text(body)),
            BlockKind::Paragraph(body) => match body.as_slice() {
                [Inline::Image(image)] => add(Kind::Picture, image.alt.clone()),
                _ => add(Kind::Paragraph, plain_text(body)),
            },
            BlockKind::List(list) => {
                for item in &list.items {
                    push_item(source, &item.blocks, res);
                }
            }
            BlockKind::Quote(body) => add(Kind::Quote, text_of(body)),
            BlockKind::Code(code) => add(Kind::Code, code.text.clone()),
            BlockKind::Table(_) => add(Kind::Table, String::new()),
            BlockKind::Math(tex) => add(Kind::Other, tex.clone()),
            BlockKind::Group { body, .. } => push(source, body, res),
            BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

/// An item is its first paragraph; what is nested in it follows on its own.
fn push_item(source: &Source, blocks: &[Block], res: &mut Vec<Passage>) {
    let Some((first, rest)) = blocks.split_first() else {
        return;
    };
    match &first.kind {
        BlockKind::Paragraph(body) => {
            let (line, _) = source.line_column(first.span.start);
            let markdown = format!("- {}", dedent(source.slice(first.span)));
            res.push(Passage {
                kind: Kind::Item,
                text: plain_text(body),
                markdown,
                gap: 1,
                line: line as u32,
            });
        }
        _ => push(source, std::slice::from_ref(first), res),
    }
    push(source, rest, res);
}

fn text_of(blocks: &[Block]) -> String {
    let texts = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph(body) | BlockKind::Heading { body, .. } => Some(plain_text(body)),
        BlockKind::Quote(body) => Some(text_of(body)),
        BlockKind::List(list) => Some(
            list.items
                .iter()
                .map(|item| text_of(&item.blocks))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Math(_)
        | BlockKind::Rule
        | BlockKind::Group { .. }
        | BlockKind::Html(_) => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The lines of a nested block without the indentation of where it stood.
fn dedent(markdown: &str) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let least = markdown
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(&line))
        .min();
    let least = least.unwrap_or(0);
    let mut lines = markdown.lines();
    let first = lines.next().unwrap_or_default().trim_start();
    lines.fold(first.to_string(), |mut res, line| {
        res.push('\n');
        res += line.get(least..).unwrap_or_default();
        res
    })
}
