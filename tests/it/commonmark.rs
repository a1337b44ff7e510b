//! The published examples of CommonMark and GFM, each as a slide, against the
//! HTML that their specifications give (`tests/commonmark/README.md`).
//!
//! Compared is what a reader gets: elements in their order, their text, where
//! links lead, what pictures are called. Not compared are the marks that only a
//! slide has: classes, the spans of coloured code, how far a heading steps down
//! below the slide's title, and the title of a picture, which is its caption.

use std::path::Path;

use deckle::pipeline;
use deckle::render::Cache;
use deckle::source::Memory;
use dom_query::{Document, NodeRef};

use super::root;

/// Why examples differ, and which: no reason holds for one that does not differ.
const COMMONMARK: &[(&str, &[usize])] = &[
    (
        "a line of hyphens ends a slide, and headings are written with `#` alone",
        &[
            43, 51, 53, 54, 59, 80, 81, 82, 83, 84, 85, 86, 88, 89, 90, 91, 92, 94, 95, 96, 98, 99,
            100, 101, 102, 103, 104, 115, 141, 215, 234, 300,
        ],
    ),
    (
        "raw HTML is sanitised: elements that run, load, style or are nobody's go",
        &[
            150, 163, 170, 171, 172, 173, 176, 178, 201, 475, 491, 524, 536, 613, 614, 615, 617,
        ],
    ),
    (
        "links lead to the web, to mail and telephones, and to files and slides",
        &[596, 598, 599, 601],
    ),
    (
        "an address becomes a link without braces too, as on GitHub",
        &[602, 608, 611, 612],
    ),
    (
        "the name of a language is made of letters, digits and hyphens",
        &[34, 144],
    ),
];

/// Likewise, of the extensions by GitHub.
const GFM: &[(&str, &[usize])] = &[
    (
        "links lead to the web, to mail and telephones, and to files and slides",
        &[20],
    ),
    ("raw HTML is sanitised, not only escaped in part", &[24]),
];

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples of a specification, numbered as they are published.
fn examples(file: &str) -> Vec<Example> {
    let text = std::fs::read_to_string(root().join("tests/commonmark").join(file)).unwrap();
    let fence = "`".repeat(32);
    let mut res = Vec::new();
    let mut rest = text.as_str();
    while let Some((_, behind)) = rest.split_once(&format!("\n{fence} example")) {
        let (_, behind) = behind.split_once('\n').unwrap();
        let (example, behind) = behind.split_once(&format!("\n{fence}")).unwrap();
        let example = format!("\n{example}\n");
        let (markdown, html) = example.split_once("\n.\n").unwrap();
        res.push(Example {
            number: res.len() + 1,
            markdown: markdown.trim_start_matches('\n').replace('→', "\t") + "\n",
            html: html.replace('→', "\t"),
        });
        rest = behind;
    }
    res
}

/// What stands on a slide of this text, below a title of its own.
fn rendered(markdown: &str) -> String {
    let mut files = Memory::default();
    let deck = format!("---\nlayout: bullets\nsplit: none\n---\n\n## Title\n\n{markdown}");
    files.insert("deck.md", deck.into_bytes());
    let path = Path::new("deck.md");
    let build = pipeline::build(&files, path, &Default::default(), &mut Cache::default());
    let sections = build
        .pages
        .order
        .iter()
        .map(|key| &build.pages.sections[key]);
    sections.map(|section| section.to_string()).collect()
}

/// The slide's own parts taken away, and one line for each thing that is left.
fn canonical(html: &str, is_slide: bool) -> String {
    let document = Document::fragment(html.trim_end());
    let mut res = String::new();
    if is_slide {
        for body in document.select(".body").nodes() {
            children(body, false, &mut res);
        }
        if document.select("section").length() > 1 {
            res += "\n(several slides)";
        }
    } else {
        for node in document.root().children() {
            write(&node, false, &mut res);
        }
    }
    let lines = res
        .lines()
        .map(|line| line.trim().replace("  ", " ").replace("> </a>", "></a>"));
    let lines = lines.filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn children(node: &NodeRef<'_>, in_code: bool, res: &mut String) {
    for child in node.children() {
        write(&child, in_code, res);
    }
}

fn write(node: &NodeRef<'_>, in_code: bool, res: &mut String) {
    if node.is_text() {
        let text = node.text();
        if in_code {
            *res += &format!("{:?}\n", text.to_string()).replace("\\n", "\n");
            return;
        }
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let edge = |at: bool| if at { " " } else { "" };
        *res += edge(text.starts_with([' ', '\n']));
        *res += &words.join(" ");
        *res += edge(text.ends_with([' ', '\n']));
        return;
    }
    let Some(name) = node.node_name() else {
        return;
    };
    let attribute = |name: &str| {
        node.attr(name)
            .map(|value| value.to_string())
            .unwrap_or_default()
    };
    let class = attribute("class");
    match &*name {
        "html" | "body" | "thead" | "tbody" | "div" | "figure" => children(node, in_code, res),
        "figcaption" => {}
        "img" => *res += &format!("[{}|{}]", attribute("alt"), decoded(&attribute("src"))),
        "span" if class == "missing" => {
            *res += &format!("[{}|{}]", attribute("aria-label"), decoded(&node.text()));
        }
        "span" => children(node, in_code, res),
        // A picture that is all of a paragraph is a figure on a slide.
        "p" if is_picture(node) => {
            res.push('\n');
            children(node, in_code, res);
            res.push('\n');
        }
        "pre" => {
            let code = node.descendants();
            let lang = code
                .iter()
                .find_map(|part| part.attr("class"))
                .map(|class| class.replace("language-", "").replace("lang-", ""));
            let lang = lang
                .filter(|lang| !lang.contains("line"))
                .unwrap_or_default();
            let lines = node.descendants();
            let lines = lines.iter().filter(|part| part.has_class("line"));
            let lines: Vec<String> = lines.map(|line| line.text().to_string()).collect();
            let text = match lines.as_slice() {
                [] => node.text().to_string(),
                lines => lines.join("\n"),
            };
            *res += &format!("\npre {lang} {:?}\n", text.trim_end_matches('\n'));
        }
        "a" => {
            *res += &format!("<a {} {}>", decoded(&attribute("href")), attribute("title"));
            children(node, in_code, res);
            *res += "</a>";
        }
        "br" => *res += "<br>\n",
        "input" => {
            *res += if node.has_attr("checked") {
                "[x]"
            } else {
                "[ ]"
            }
        }
        "em" | "strong" | "del" | "code" => {
            *res += &format!("<{name}>");
            children(node, in_code, res);
            *res += &format!("</{name}>");
        }
        _ => {
            let name = match &*name {
                "h1" | "h2" => "h3",
                "h5" | "h6" => "h4",
                // An empty head cell names nothing.
                "th" => "td",
                name => name,
            };
            let align = attribute("align") + if name == "td" { &class } else { "" };
            let start = attribute("start");
            *res += &format!("\n<{name} {align}{start}>\n");
            children(node, in_code, res);
            *res += &format!("\n</{name}>\n");
        }
    }
}

fn is_picture(node: &NodeRef<'_>) -> bool {
    let mut inside = node.children().into_iter();
    inside.len() == 1 && inside.all(|child| child.node_name().is_some_and(|name| &*name == "img"))
}

/// An address without the ways in which the same one can be written.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[track_caller]
fn agree(file: &str, n_examples: usize, exceptions: &[(&str, &[usize])]) {
    let examples = examples(file);
    assert_eq!(examples.len(), n_examples);
    let mut wrong = Vec::new();
    for Example {
        number,
        markdown,
        html,
    } in &examples
    {
        let expected = canonical(html, false);
        let actual = canonical(&rendered(markdown), true);
        let is_named = exceptions
            .iter()
            .any(|(_, numbers)| numbers.contains(number));
        match (expected == actual, is_named) {
            (true, false) | (false, true) => {}
            (true, true) => wrong.push(format!("{number} agrees: take it off the list")),
            (false, false) => wrong.push(format!(
                "{number}:\n{markdown}---- expected\n{expected}\n---- actual\n{actual}\n"
            )),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        examples.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_examples_of_commonmark_are_read_as_published() {
    agree("spec.txt", 652, COMMONMARK);
}

#[test]
fn the_examples_of_gfm_are_read_as_published() {
    agree("gfm.txt", 24, GFM);
}
