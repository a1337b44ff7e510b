//! An e-book's chapters in the order of reading, one behind the other.

use std::collections::BTreeMap;

use dom_query::NodeRef;

use super::{Archive, Book, MAX_PAGE, attribute, below, resolved, value, with_xml};
use crate::import::page;

/// Parts that name themselves and are no part of a talk.
const NO_TEXT: [&str; 22] = [
    "acknowledgments",
    "bibliography",
    "backlink",
    "colophon",
    "copyright-page",
    "cover",
    "endnote",
    "endnotes",
    "footnote",
    "footnotes",
    "halftitlepage",
    "imprint",
    "index",
    "landmarks",
    "loi",
    "lot",
    "noteref",
    "page-list",
    "pagebreak",
    "rearnotes",
    "titlepage",
    "toc",
];

/// Says where the rest is.
pub const CONTAINER: &str = "META-INF/container.xml";

/// What the book says of itself and where its chapters lie.
struct Package {
    book: Book,
    /// Names of the chapters' files.
    chapters: Vec<String>,
}

pub fn read(archive: &mut Archive) -> Option<Book> {
    let container = archive.text(CONTAINER)?;
    let name = with_xml(&container, |xml| {
        let file = below(xml.root(), "rootfile").next()?;
        attribute(file, "full-path").map(String::from)
    })?;
    let text = archive.text(&name)?;
    let Package { mut book, chapters } = package(&text, &name)?;
    for chapter in chapters {
        if book.html.len() > MAX_PAGE {
            break;
        }
        if let Some(text) = archive.text(&chapter) {
            book.html += &body(archive, &text, &chapter);
        }
    }
    Some(book)
}

fn package(text: &str, name: &str) -> Option<Package> {
    with_xml(text, |xml| {
        let root = xml.root();
        let files: BTreeMap<&str, &str> = below(root, "item")
            .filter(|item| {
                // The table of contents has its place in the order too.
                let is_contents = attribute(*item, "properties")
                    .is_some_and(|words| words.split(' ').any(|word| word == "nav"));
                let is_page =
                    attribute(*item, "media-type").is_some_and(|kind| kind.contains("html"));
                is_page && !is_contents
            })
            .filter_map(|item| Some((attribute(item, "id")?, attribute(item, "href")?)))
            .collect();
        let chapters = below(root, "itemref")
            .filter(|item| attribute(*item, "linear") != Some("no"))
            .filter_map(|item| files.get(attribute(item, "idref")?))
            .map(|href| resolved(name, href))
            .collect();
        let book = Book {
            title: value(root, "title"),
            author: value(root, "creator"),
            lang: value(root, "language"),
            ..Book::default()
        };
        Some(Package { book, chapters })
    })
}

/// The inside of a chapter's body with the deck's own addresses.
fn body(archive: &mut Archive, text: &str, chapter: &str) -> String {
    let Some(doc) = page::tree(&page::with_ends(text)) else {
        return String::new();
    };
    let Some(body) = doc.body() else {
        return String::new();
    };
    let parts: Vec<NodeRef> = body.descendants().into_iter().chain([body]).collect();
    for part in parts {
        let kinds = part.attr_or("epub:type", "");
        let role = part.attr_or("role", "");
        let kinds = kinds.split(' ').chain(role.strip_prefix("doc-"));
        if kinds.into_iter().any(|kind| NO_TEXT.contains(&kind)) {
            match part.id == body.id {
                true => return String::new(),
                false => part.remove_from_parent(),
            }
        }
        if part.has_name("img") {
            let address = archive.picture(&resolved(chapter, &part.attr_or("src", "")));
            part.set_attr("src", &address);
        }
    }
    format!("<section>{}</section>\n", body.inner_html())
}
