//! The bytes of an article to passages: plain text, Markdown, a web page, an
//! e-book or a word processor's document.

use std::path::{Path, PathBuf};

use super::{archive, charset, lang, page};
use crate::article::{self, Kind, Passage};
use crate::deck::{Block, BlockKind, Image, Inline, plain_text};
use crate::parse;
use crate::source::{Source, Sources};
use crate::yaml;

/// Longer articles are cut here: no talk needs more, and memory stays bounded.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of the longest article of its kind that is read: an archive brings
/// its pictures along, and is bounded inside.
pub fn max_bytes(bytes: &[u8]) -> usize {
    match archive::is_archive(bytes) {
        true => 4 * MAX_BYTES,
        false => MAX_BYTES,
    }
}

/// An article as it was read.
#[derive(Default)]
pub struct Read {
    /// Its blocks in order.
    pub passages: Vec<Passage>,
    /// The title, if the file says it outside the text.
    pub title: Option<String>,
    /// The author, likewise.
    pub author: Option<String>,
    /// Language tag.
    pub lang: String,
    /// Headings of sections that were left out as no part of a talk.
    pub left_out: Vec<String>,
    /// Paths in the deck's folder and bytes of pictures that came in the article itself.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// The text that lines are counted in, if it is not the file's own.
    pub copy: Option<Vec<u8>>,
    /// Whether that text is Markdown.
    pub is_markdown: bool,
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

/// What some files are that hold no article, and what to do with them.
pub fn unreadable(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "open it and save it as DOCX, EPUB, HTML or text, then import that";
    const TEXT: &str =
        "copy its text into a file, or save it from its program as DOCX, HTML or text";
    const KINDS: [(&[u8], &str, &str); 12] = [
        (b"%PDF-", "a PDF", TEXT),
        (b"%!PS", "a PostScript file", TEXT),
        (b"{\\rtf", "an RTF document", SAVE),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Office document",
            SAVE,
        ),
        (b"\x89PNG", "a picture", PICTURE),
        (b"\xff\xd8\xff", "a picture", PICTURE),
        (b"GIF87a", "a picture", PICTURE),
        (b"GIF89a", "a picture", PICTURE),
        (b"II*\0", "a picture", PICTURE),
        (b"\x1f\x8b", "a compressed file", UNPACK),
        (b"7z\xbc\xaf", "a compressed file", UNPACK),
        (b"\x7fELF", "a program", "give the path of an article"),
    ];
    const PICTURE: &str = "give the text of the article; pictures belong beside it";
    const UNPACK: &str = "unpack it and import the article that is in it";
    let known = KINDS.iter().find(|(start, _, _)| bytes.starts_with(start));
    match known {
        Some((_, what, help)) => Some((what, help)),
        None if archive::is_archive(bytes) && !archive::is_known(bytes) => Some((
            "an archive that is neither an e-book (EPUB) nor a DOCX document",
            SAVE,
        )),
        None => None,
    }
}

/// Reads by what the bytes are, by the path's ending, else by the look of the text.
pub fn read(path: &Path, bytes: &[u8]) -> Read {
    if archive::is_archive(bytes) {
        return archive::read(bytes).map(book).unwrap_or_default();
    }
    if unreadable(bytes).is_some() {
        return Read::default();
    }
    let is_cut = bytes.len() > MAX_BYTES;
    let mut read = text(path, &bytes[..bytes.len().min(MAX_BYTES)]);
    if is_cut {
        read.left_out.push(format!(
            "all behind the first {} MB of the article",
            MAX_BYTES / 1024 / 1024
        ));
    }
    read
}

fn text(path: &Path, bytes: &[u8]) -> Read {
    let text = charset::plain_characters(&charset::decode(bytes));
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => html(&charset::decode_page(bytes)),
        "md" | "markdown" => markdown(&text, path),
        "txt" | "text" => plain(&text),
        _ if looks_like_html(&text) => html(&charset::decode_page(bytes)),
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

fn plain(text: &str) -> Read {
    let passages = article::read_plain(text);
    Read {
        passages,
        title: None,
        author: None,
        lang: lang::guess(text).into(),
        ..Read::default()
    }
}

/// A page is read by way of a Markdown article that holds all of it: what the
/// page says in its head stands in front matter. So its lines can be counted,
/// and that article imports to the same deck.
fn html(text: &str) -> Read {
    match text.trim_start().starts_with("<?xml") {
        true => paged(page::read(&page::with_ends(text))),
        false => paged(page::read(text)),
    }
}

fn book(book: archive::Book) -> Read {
    let title = book.title.as_deref().unwrap_or_default();
    let mut page = page::read_whole(&book.html, title);
    page.author = book.author;
    if let Some(lang) = book.lang.as_deref().and_then(page::tag) {
        page.lang = Some(lang);
    }
    let mut read = paged(page);
    read.pictures = book.pictures;
    read
}

/// A page is read by way of a Markdown article that holds all of it: what the
/// page says in its head stands in front matter. So its lines can be counted,
/// and that article imports to the same deck.
fn paged(page: page::Page) -> Read {
    let plain = |text: String| charset::plain_characters(&text);
    let told = [
        (
            "title",
            Some(plain(page.title)).filter(|title| !title.is_empty()),
        ),
        ("author", page.author.map(plain)),
        ("lang", page.lang),
    ];
    let told: String = told
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key}: {}\n", yaml::quote(&value?))))
        .collect();
    let text = charset::plain_characters(&page.markdown);
    let article = match told.is_empty() {
        true => text,
        false => format!("---\n{told}---\n\n{text}"),
    };
    let mut read = markdown(&article, Path::new("article.md"));
    read.left_out = page.left_out;
    read.copy = Some(article.into_bytes());
    read
}

fn markdown(text: &str, path: &Path) -> Read {
    let mut sources = Sources::default();
    let id = sources.add(PathBuf::from(path), text.to_string());
    let source = sources.get(id);
    let mut passages = Vec::new();
    push(source, &parse::blocks(source), &mut passages);
    raise_bold(&mut passages);
    Read {
        passages,
        title: parse::front_value(source, "title"),
        author: parse::front_value(source, "author"),
        lang: parse::front_value(source, "lang").unwrap_or_else(|| lang::guess(text).into()),
        is_markdown: true,
        ..Read::default()
    }
}

fn push(source: &Source, blocks: &[Block], res: &mut Vec<Passage>) {
    for block in blocks {
        let mut add = |kind: Kind, text: String| {
            res.push(Passage {
                kind,
                text,
                markdown: dedent(source.slice(block.span)),
                gap: 1,
                line: line_of(source, block),
            });
        };
        match &block.kind {
            BlockKind::Heading { level, body } => add(Kind::Heading(*level), plain_text(body)),
            BlockKind::Paragraph(body) => match body.as_slice() {
                [Inline::Image(image)] if is_elsewhere(&image.href) => {
                    res.extend(caption(image, line_of(source, block)));
                }
                [Inline::Image(image)] => add(Kind::Picture, image.alt.clone()),
                _ if is_blank(body) => {}
                _ => add(Kind::Paragraph, plain_text(body)),
            },
            BlockKind::List(list) => {
                for (item, at) in list.items.iter().zip(0..) {
                    let marker = list.start.map(|start| start.saturating_add(at));
                    push_item(source, &item.blocks, marker, res);
                }
            }
            BlockKind::Quote(body) => add(Kind::Quote, text_of(body)),
            BlockKind::Code(code) => add(Kind::Code, code.text.clone()),
            BlockKind::Table(_) => add(Kind::Table, String::new()),
            BlockKind::Math(math) => add(Kind::Other, math.tex.clone()),
            BlockKind::Group { body, .. } => push(source, body, res),
            BlockKind::Rule | BlockKind::Html(_) | BlockKind::Chart(_) | BlockKind::Diagram(_) => {}
        }
    }
}

/// Makes headings of paragraphs that are nothing but bold words over a text, if
/// there are several: that is how many write them.
fn raise_bold(passages: &mut [Passage]) {
    let is_head = |at: usize| {
        let inner = passages[at].markdown.trim();
        let inner = inner
            .strip_prefix("**")
            .and_then(|rest| rest.strip_suffix("**"));
        let n_words = passages[at].text.split_whitespace().count();
        let over_text = passages.get(at + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Paragraph | Kind::Item) && !next.markdown.starts_with("**")
        });
        passages[at].kind == Kind::Paragraph
            && inner.is_some_and(|inner| !inner.contains("**"))
            && (1..=20).contains(&n_words)
            && !passages[at].text.ends_with(['.', ',', ';', '。'])
            && over_text
    };
    let found: Vec<usize> = (0..passages.len()).filter(|&at| is_head(at)).collect();
    let has_level = |level: u8| passages.iter().any(|one| one.kind == Kind::Heading(level));
    let deepest = (1..=6).rev().find(|&level| has_level(level));
    let level = deepest.map_or(2, |level| 6.min(level + 1));
    if found.len() > 1 {
        for at in found {
            passages[at].kind = Kind::Heading(level);
        }
    }
}

fn line_of(source: &Source, block: &Block) -> u32 {
    source.line_column(block.span.start).0 as u32
}

/// A picture that no deck can show, because it needs the network.
fn is_elsewhere(href: &str) -> bool {
    ["http:", "https:", "//"]
        .iter()
        .any(|start| href.starts_with(start))
}

/// What a picture elsewhere leaves: its caption, else what it shows.
fn caption(image: &Image, line: u32) -> Option<Passage> {
    let words = match image.title.trim().is_empty() {
        true => image.alt.trim(),
        false => image.title.trim(),
    };
    (!words.is_empty()).then(|| Passage {
        kind: Kind::Other,
        text: String::new(),
        markdown: article::escape_markdown(words),
        gap: 1,
        line,
    })
}

/// Nothing but blanks that do not break, as editors of web pages leave them.
fn is_blank(body: &[Inline]) -> bool {
    let has_picture = body.iter().any(|inline| matches!(inline, Inline::Image(_)));
    !has_picture && plain_text(body).trim().is_empty()
}

/// An item is its first paragraph; what is nested in it follows on its own.
fn push_item(source: &Source, blocks: &[Block], number: Option<u32>, res: &mut Vec<Passage>) {
    let Some((first, rest)) = blocks.split_first() else {
        return;
    };
    match &first.kind {
        BlockKind::Paragraph(body) => {
            let marker = number.map_or("-".into(), |number| format!("{number}."));
            res.push(Passage {
                kind: Kind::Item,
                text: plain_text(body),
                markdown: format!("{marker} {}", dedent(source.slice(first.span))),
                gap: 1,
                line: line_of(source, first),
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
        | BlockKind::Html(_)
        | BlockKind::Chart(_)
        | BlockKind::Diagram(_) => None,
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
