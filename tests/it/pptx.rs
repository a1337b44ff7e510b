//! Decks as presentations: what is in them, and that their parts hold together
//! as the standard (ECMA-376) asks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::{deckle, folder_with, root};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a presentation by path.
type Parts = BTreeMap<String, Vec<u8>>;

/// Runs the export of a deck and gives what was written and what was said.
#[track_caller]
fn export(deck: &Path, args: &[&str]) -> (Vec<u8>, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("talk.pptx");
    let (deck, out) = (deck.to_str().unwrap(), out.to_str().unwrap());
    let ran = deckle(
        folder.path(),
        &[&["export", deck, "-o", out], args].concat(),
    );
    assert!(ran.code < 2, "{}{}", ran.stdout, ran.stderr);
    (std::fs::read(out).unwrap(), ran.stdout + &ran.stderr)
}

#[track_caller]
fn export_text(text: &str) -> (Parts, String) {
    let folder = folder_with(&[("deck.md", text.as_bytes())]);
    let (bytes, said) = export(&folder.path().join("deck.md"), &[]);
    (parts(&bytes), said)
}

#[track_caller]
fn parts(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let n = zip.len();
    let mut res = Parts::new();
    for at in 0..n {
        let mut file = zip.by_index(at).unwrap();
        let time = file.last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1));
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().to_string();
        assert!(res.insert(name.clone(), bytes).is_none(), "{name} twice");
    }
    res
}

fn text<'p>(parts: &'p Parts, path: &str) -> &'p str {
    let bytes = parts.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

/// The parts that a part refers to, by the name it uses.
fn relations(parts: &Parts, of: &str) -> BTreeMap<String, (String, String)> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}/_rels/{name}.rels");
    let Some(bytes) = parts.get(path.trim_start_matches('/')) else {
        return BTreeMap::new();
    };
    let document = Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap();
    let mut res = BTreeMap::new();
    for relation in document.root_element().children() {
        let said = |name: &str| relation.attribute(name).unwrap_or_default().to_string();
        let target = match relation.attribute("TargetMode") {
            Some("External") => said("Target"),
            _ => {
                let mut at: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
                let target = said("Target");
                for part in target.split('/') {
                    match part {
                        ".." => drop(at.pop()),
                        part => at.push(part),
                    }
                }
                let path = at.join("/");
                assert!(parts.contains_key(&path), "{of} refers to {path}");
                path
            }
        };
        let kind = said("Type").rsplit('/').next().unwrap().to_string();
        let before = res.insert(said("Id"), (kind, target));
        assert!(before.is_none(), "{of} names two parts {}", said("Id"));
    }
    res
}

fn elements<'a, 'i>(document: &'a Document<'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let all = document.descendants();
    all.filter(|node| node.is_element() && node.tag_name().name() == name)
        .collect()
}

/// The places that can be filled: what they take, and their numbers.
fn holders(document: &Document) -> BTreeSet<(String, String)> {
    let of = |node: &Node| {
        let said = |name: &str| node.attribute(name).unwrap_or_default().to_string();
        (said("type"), said("idx"))
    };
    elements(document, "ph").iter().map(of).collect()
}

/// Everything that has to hold so that no program has to mend the file.
#[track_caller]
fn holds_together(parts: &Parts) {
    let types = Document::parse(text(parts, "[Content_Types].xml")).unwrap();
    let endings: BTreeSet<&str> = elements(&types, "Default")
        .iter()
        .map(|node| node.attribute("Extension").unwrap())
        .collect();
    let named: BTreeSet<&str> = elements(&types, "Override")
        .iter()
        .map(|node| node.attribute("PartName").unwrap().trim_start_matches('/'))
        .collect();
    for path in &named {
        assert!(parts.contains_key(*path), "a type for {path}");
    }
    for (path, bytes) in parts {
        let ending = path.rsplit('.').next().unwrap();
        let known = path == "[Content_Types].xml"
            || named.contains(path.as_str())
            || endings.contains(ending) && ending != "xml";
        assert!(known, "{path} has no type");
        if matches!(ending, "xml" | "rels") {
            let xml = std::str::from_utf8(bytes).unwrap();
            Document::parse(xml).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
    for path in parts.keys().filter(|path| path.ends_with(".xml")) {
        if path.starts_with('[') {
            continue;
        }
        part_holds(parts, path);
    }
    let mut numbers = BTreeSet::new();
    for path in ["ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml"] {
        let document = Document::parse(text(parts, path)).unwrap();
        for name in ["sldMasterId", "sldLayoutId"] {
            for node in elements(&document, name) {
                assert!(numbers.insert(node.attribute("id").unwrap().to_string()));
            }
        }
    }
    let presentation = Document::parse(text(parts, "ppt/presentation.xml")).unwrap();
    let in_list = |space: &str| -> Vec<String> {
        let ids = elements(&presentation, "sldId").into_iter();
        ids.filter(|node| node.tag_name().namespace().unwrap().contains(space))
            .map(|node| node.attribute("id").unwrap().to_string())
            .collect()
    };
    let (slides, sectioned) = (in_list("presentationml"), in_list("powerpoint/2010"));
    assert_eq!(slides.iter().collect::<BTreeSet<_>>().len(), slides.len());
    assert!(
        sectioned.is_empty() || sectioned == slides,
        "sections hold every slide once"
    );
}

fn part_holds(parts: &Parts, path: &str) {
    let document = Document::parse(text(parts, path)).unwrap();
    let known = relations(parts, path);
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            if attribute.namespace() == Some(RELATIONS) {
                assert!(
                    known.contains_key(attribute.value()),
                    "{path}: {}",
                    attribute.value()
                );
            }
        }
    }
    // The two branches of an alternative are one shape.
    let is_seen = |node: &Node| {
        !node
            .ancestors()
            .any(|up| up.tag_name().name() == "Fallback")
    };
    let shapes = elements(&document, "cNvPr").into_iter().filter(is_seen);
    let ids: Vec<&str> = shapes.map(|node| node.attribute("id").unwrap()).collect();
    let different: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(
        different.len(),
        ids.len(),
        "{path}: a number of a shape twice"
    );
    for target in elements(&document, "spTgt") {
        let id = target.attribute("spid").unwrap();
        assert!(
            ids.contains(&id),
            "{path}: nothing to appear with number {id}"
        );
    }
    let mut levels = document.descendants();
    let is_deep = |node: Node| {
        let level = node
            .attribute("lvl")
            .and_then(|level| level.parse::<u8>().ok());
        node.tag_name().name() == "pPr" && level.is_some_and(|level| level > 8)
    };
    assert!(!levels.any(is_deep), "{path}: more levels than there are");
    if path.starts_with("ppt/slides/") {
        let layout = known
            .values()
            .find(|(kind, _)| kind == "slideLayout")
            .unwrap();
        let offered = holders(&Document::parse(text(parts, &layout.1)).unwrap());
        for holder in holders(&document) {
            assert!(
                offered.contains(&holder),
                "{path}: {} has no {holder:?}",
                layout.1
            );
        }
    }
}

/// The paths of the slides in order.
fn slides(parts: &Parts) -> Vec<String> {
    let path = "ppt/presentation.xml";
    let known = relations(parts, path);
    let document = Document::parse(text(parts, path)).unwrap();
    let ids = elements(&document, "sldId").into_iter();
    ids.filter_map(|node| node.attribute((RELATIONS, "id")))
        .map(|id| known[id].1.clone())
        .collect()
}

/// What is read on a slide: a line for each paragraph, with its level, and for
/// each thing with an alternative text.
fn read(parts: &Parts, path: &str) -> Vec<String> {
    let document = Document::parse(text(parts, path)).unwrap();
    let mut res = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "cNvPr" => {
                let alt = node.attribute("descr").map(|alt| format!("[{alt}]"));
                res.extend(alt);
            }
            "p" if node.tag_name().namespace().unwrap().contains("drawingml") => {
                let level = node.children().find(|child| {
                    child.has_tag_name((node.tag_name().namespace().unwrap(), "pPr"))
                });
                let level = level.and_then(|look| look.attribute("lvl")).unwrap_or("0");
                let words: String = node
                    .descendants()
                    .filter(|inner| inner.is_element())
                    .filter_map(|inner| match inner.tag_name().name() {
                        "t" => inner.text(),
                        "br" => Some("/"),
                        _ => None,
                    })
                    .collect();
                res.push(format!("{level} {words}"));
            }
            _ => {}
        }
    }
    res
}

// ---- cases

#[test]
fn the_shipped_decks_hold_together_in_every_theme() {
    for deck in ["slides/xiaomi-in-china", "slides/tour"] {
        for theme in deckle::theme::names() {
            let (bytes, _) = export(&root().join(deck), &["--theme", theme]);
            let parts = parts(&bytes);
            holds_together(&parts);
            let layouts = parts
                .keys()
                .filter(|path| path.starts_with("ppt/slideLayouts/slide"));
            assert!(layouts.count() >= 15, "{theme}");
        }
    }
}

#[test]
fn a_long_deck_with_everything_holds_together() {
    let mut deck = String::from("---\ntitle: Long\nsize: 4:3\n---\n\n# Long\n");
    for n in 1..=40 {
        deck += &match n % 8 {
            0 => format!("\n---\n\n# Part {n}\n"),
            1 => format!("\n---\n\n## Code {n}\n\n```rust {{.numbers}}\nlet x = {n};\n```\n"),
            2 => format!("\n---\n\n## Table {n}\n\n| a | b |\n|---|--:|\n| x | {n} |\n"),
            3 => format!("\n---\n\n## Sum {n}\n\n$$\\sum_{{i=0}}^{{{n}}} i^2$$\n\nbehind it\n"),
            4 => format!("\n---\n\n## Bars {n}\n\n```chart\na,b\nx,{n}\ny,2\n```\n"),
            5 => format!("\n---\n\n## Way {n}\n\n```mermaid\nflowchart LR\n A --> B{n}\n```\n"),
            6 => {
                format!("\n---\n\n## Steps {n}\n\n- one {{.step}}\n- two {{.step}}\n  - [in](#2)\n")
            }
            _ => format!("\n---\n\n> Said {n}\n>\n> — Somebody\n"),
        };
    }
    let (parts, _) = export_text(&deck);
    holds_together(&parts);
    assert_eq!(slides(&parts).len(), 41);
    let charts = parts
        .keys()
        .filter(|path| path.starts_with("ppt/charts/chart"));
    assert_eq!(charts.count(), 5);
}

#[test]
fn what_is_written_is_what_is_read() {
    let deck = "\
---
title: Tides
author: Kim
---

# Tides

---

## What moves the *sea*

- **Moon** and `sun`
  - twice a day
    - for ever
- [more](https://example.org/?a=1&b=2)

<!-- Say: nobody waits < nor does the sea. -->

---

## Order

1. first
2. second

---

## By harbour

| Harbour | Range |
|---|--:|
| Büsum | 3.4 |

---

## Range

```chart {type=bar alt=\"Büsum leads\"}
Harbour,Range
Büsum,3.4
Venice,0.7
```
";
    let (parts, said) = export_text(deck);
    holds_together(&parts);
    assert!(!said.contains("It does not carry"), "{said}");
    let slides = slides(&parts);
    assert_eq!(read(&parts, &slides[0])[..1], ["0 Tides"]);
    assert_eq!(
        read(&parts, &slides[1])[..5],
        [
            "0 What moves the sea",
            "0 Moon and sun",
            "1 twice a day",
            "2 for ever",
            "0 more"
        ]
    );
    let second = text(&parts, &slides[1]);
    assert!(second.contains("type=\"title\""), "{second}");
    let known = relations(&parts, &slides[1]);
    let link = ("hyperlink".into(), "https://example.org/?a=1&b=2".into());
    assert!(
        known.values().any(|relation| *relation == link),
        "{known:?}"
    );
    let notes = known
        .values()
        .find(|(kind, _)| kind == "notesSlide")
        .unwrap();
    let notes = read(&parts, &notes.1);
    assert_eq!(notes, ["0 Say: nobody waits < nor does the sea."]);
    assert!(text(&parts, &slides[2]).contains("<a:buAutoNum type=\"arabicPlain\"/>"));
    let table = text(&parts, &slides[3]);
    assert!(
        table.contains("<a:tbl>") && table.contains("idx=\"1\""),
        "{table}"
    );
    assert_eq!(
        read(&parts, &slides[3])[1..5],
        ["0 Harbour", "0 Range", "0 Büsum", "0 3.4"]
    );
    assert!(read(&parts, &slides[4]).contains(&"[Büsum leads]".to_string()));
    let book = &parts["ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"];
    let sheet = self::parts(book);
    let sheet = text(&sheet, "xl/worksheets/sheet1.xml");
    for cell in ["<t>Büsum</t>", "<v>3.4</v>", "<v>0.7</v>"] {
        assert!(sheet.contains(cell), "{cell} in {sheet}");
    }
    let core = text(&parts, "docProps/core.xml");
    assert!(core.contains("<dc:creator>Kim</dc:creator>"), "{core}");
}

/// The words of a line of Markdown as they are read, and how deep it stands.
fn item(line: &str) -> Option<(usize, String)> {
    let inner = line.trim_start();
    let words = inner.strip_prefix("- ").or_else(|| {
        let (number, words) = inner.split_once(". ")?;
        number.parse::<u32>().is_ok().then_some(words)
    })?;
    let depth = usize::from(inner.len() < line.len());
    let mut words = words.replace(['*', '`', '_', '\\'], "");
    while let (Some(open), Some(middle)) = (words.find('['), words.find("](")) {
        let end = words[middle..].find(')')? + middle;
        words = format!(
            "{}{}{}",
            &words[..open],
            &words[open + 1..middle],
            &words[end + 1..]
        );
    }
    Some((depth, words))
}

#[test]
fn what_an_article_says_of_a_deck_its_presentation_says() {
    let deck = root().join("slides/xiaomi-in-china");
    let parts = parts(&export(&deck, &[]).0);
    let folder = tempfile::tempdir().unwrap();
    let args = ["export", deck.to_str().unwrap(), "--to", "md", "-o", "-"];
    let article = deckle(folder.path(), &args).stdout;
    let (mut said, mut notes) = (Vec::new(), Vec::new());
    for path in slides(&parts) {
        said.extend(read(&parts, &path));
        for (kind, path) in relations(&parts, &path).into_values() {
            if kind == "notesSlide" {
                notes.extend(read(&parts, &path));
            }
        }
    }
    let mut n_items = 0;
    for line in article.lines() {
        if line.is_empty() || line.starts_with("<!--") {
            continue;
        }
        let (wanted, among) = if let Some(title) = line.strip_prefix('#') {
            let title = title.trim_start_matches('#').trim();
            let words = item(title).map_or(title.to_string(), |(_, words)| words);
            (format!("0 {words}"), &said)
        } else if let Some((depth, words)) = item(line) {
            (format!("{depth} {words}"), &said)
        } else {
            (format!("0 {line}"), &notes)
        };
        n_items += 1;
        assert!(among.contains(&wanted), "{wanted}\n{among:#?}");
    }
    assert!(n_items > 40, "{n_items}\n{article}");
}

#[test]
fn a_drawing_is_a_picture_for_those_who_show_none() {
    let svg =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"20\" \
                height=\"20\" fill=\"#f00\"/><text>a</text></svg>";
    let deck = b"# A\n\n![A flag](flag.svg)\n";
    let folder = folder_with(&[("deck.md", deck), ("flag.svg", svg)]);
    let (bytes, said) = export(&folder.path().join("deck.md"), &[]);
    let parts = parts(&bytes);
    holds_together(&parts);
    assert!(parts.contains_key("ppt/media/picture1.svg"));
    let picture = std::io::Cursor::new(&parts["ppt/media/picture1.png"][..]);
    let mut decoder = png::Decoder::new(picture);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut points = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut points).unwrap();
    assert_eq!((info.width, info.height), (1280, 640));
    assert_eq!(points[..4], [255, 0, 0, 255]);
    assert_eq!(points[1279 * 4 + 3], 0, "nothing is painted there");
    assert!(
        said.contains("words and effects of drawings in SVG"),
        "{said}"
    );
}

#[test]
fn pictures_in_webp_are_carried_in_forms_that_powerpoint_reads() {
    let deck =
        b"# A\n\n---\n\n![A photograph](photo.webp)\n\n---\n\n![Half red](half.webp)\n\n---\n\n\
                ![It moves](moving.webp)\n";
    let folder = folder_with(&[
        ("deck.md", deck),
        (
            "photo.webp",
            include_bytes!("../decks/render/pictures/photo.webp"),
        ),
        (
            "half.webp",
            include_bytes!("../decks/render/pictures/half.webp"),
        ),
        (
            "moving.webp",
            include_bytes!("../decks/render/pictures/moving.webp"),
        ),
    ]);
    let (bytes, said) = export(&folder.path().join("deck.md"), &[]);
    let parts = parts(&bytes);
    holds_together(&parts);
    let media = parts.iter().filter(|(path, _)| path.contains("/media/"));
    let sizes: Vec<(&str, (usize, usize))> = media
        .map(|(path, bytes)| {
            let size = imagesize::blob_size(bytes).unwrap();
            let ending = path.rsplit('.').next().unwrap();
            (ending, (size.width, size.height))
        })
        .collect();
    assert_eq!(sizes.len(), 2, "{sizes:?}");
    assert!(sizes.contains(&("jpeg", (48, 32))), "{sizes:?}");
    assert!(sizes.contains(&("png", (40, 20))), "{sizes:?}");
    assert!(
        said.contains("moving ones in WebP, which PowerPoint does not read (slide 4)"),
        "{said}"
    );
}

#[test]
fn the_same_deck_gives_the_same_bytes() {
    let deck = root().join("slides/xiaomi-in-china");
    assert!(export(&deck, &[]).0 == export(&deck, &[]).0);
}

#[test]
fn what_could_not_be_carried_is_said_with_its_slides() {
    let deck = "\
# Films

---

## One

![It runs](run.mp4)

---

## Two

<details><summary>Why</summary>Because</details>

---

## Three

![It runs again](run.mp4)
";
    let folder = folder_with(&[
        ("deck.md", deck.as_bytes()),
        ("run.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0"),
    ]);
    let (bytes, said) = export(&folder.path().join("deck.md"), &[]);
    holds_together(&parts(&bytes));
    assert!(said.contains("  films (slides 2, 4)\n"), "{said}");
    assert!(said.contains("  raw HTML (slide 3)\n"), "{said}");
    let parts = parts(&bytes);
    let third = read(&parts, &slides(&parts)[2]);
    assert!(third.iter().any(|line| line.contains("Why")), "{third:?}");
}

#[test]
fn characters_that_xml_does_not_know_are_left_out() {
    let (parts, _) = export_text("# A\u{7}B\u{b}C\u{fffe}D & <b>\n\n---\n\n## x\n\n`\u{2}y`\n");
    holds_together(&parts);
    let first = read(&parts, &slides(&parts)[0]);
    assert!(first[0].starts_with("0 ABCD & "), "{first:?}");
}

#[test]
fn steps_parts_and_transitions_are_carried() {
    let deck = "\
---
transition: push
---

# Start

---

# Part one

---

## List

- one {.step}
- two {.step}

---
transition: morph
---

## Rest
";
    let (parts, _) = export_text(deck);
    holds_together(&parts);
    let slides = slides(&parts);
    let list = text(&parts, &slides[2]);
    assert_eq!(
        list.matches("nodeType=\"clickEffect\"").count(),
        2,
        "{list}"
    );
    assert!(list.contains("<p:pRg st=\"1\" end=\"1\"/>"), "{list}");
    assert!(list.contains("<p:push dir=\"l\"/>"), "{list}");
    assert!(text(&parts, &slides[3]).contains("p159:morph"));
    let whole = text(&parts, "ppt/presentation.xml");
    assert!(whole.contains("<p14:section name=\"Part one\""), "{whole}");
}

#[test]
fn only_our_own_presentation_is_replaced() {
    let folder = folder_with(&[("deck.md", b"# A\n"), ("foreign.pptx", b"PK not ours")]);
    let run = |name: &str| deckle(folder.path(), &["export", "deck.md", "-o", name]);
    assert_eq!(run("own.pptx").code, 0);
    assert_eq!(run("own.pptx").code, 0, "again");
    let ran = run("foreign.pptx");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is not an export"), "{}", ran.stderr);
}

#[test]
fn text_from_right_to_left_stands_at_the_right() {
    let (parts, _) =
        export_text("---\nlang: he\n---\n\n# שלום\n\n---\n\n## כותרת\n\n- אחת\n- שתיים\n");
    holds_together(&parts);
    let list = text(&parts, &slides(&parts)[1]);
    assert!(
        list.contains("rtl=\"1\"") || list.contains("rtlCol=\"1\""),
        "{list}"
    );
}

#[test]
fn a_template_keeps_all_it_has_but_its_slides() {
    let house =
        b"---\ntheme: paper\naccent: navy\n---\n\n# Old words\n\n---\n\n## Older\n\n- gone\n";
    let deck = b"# New\n\n---\n\n## List\n\n- one\n- two\n\n<!-- Say it. -->\n\n---\n\n## Table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    let folder = folder_with(&[("house.md", house), ("deck.md", deck)]);
    let run = |args: &[&str]| deckle(folder.path(), &[&["export"], args].concat());
    assert_eq!(run(&["house.md", "-o", "house.pptx"]).code, 0);
    let ran = run(&["deck.md", "-o", "deck.pptx", "--template", "house.pptx"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let read_parts = |name: &str| parts(&std::fs::read(folder.path().join(name)).unwrap());
    let (house, parts) = (read_parts("house.pptx"), read_parts("deck.pptx"));
    holds_together(&parts);
    for (path, bytes) in &house {
        let stays = ["ppt/theme", "ppt/slideMasters", "ppt/slideLayouts"]
            .iter()
            .any(|start| path.starts_with(start));
        assert!(!stays || parts.get(path) == Some(bytes), "{path}");
    }
    let slides = slides(&parts);
    assert_eq!(slides.len(), 3);
    let all: String = slides.iter().map(|path| text(&parts, path)).collect();
    assert!(!all.contains("Old"), "{all}");
    let list = text(&parts, &slides[1]);
    let known = relations(&parts, &slides[1]);
    let layout = known
        .values()
        .find(|(kind, _)| kind == "slideLayout")
        .unwrap();
    assert!(text(&parts, &layout.1).contains("name=\"Title and text\""));
    assert_eq!(read(&parts, &slides[1])[..3], ["0 List", "0 one", "0 two"]);
    // How text is set that fills a place is the template's business.
    let title = &list[list.find("type=\"title\"").unwrap()..list.find(">List<").unwrap()];
    assert!(
        !title.contains("a:xfrm") && !title.contains("lvl1pPr"),
        "{title}"
    );
}

#[test]
fn a_template_that_is_none_is_said() {
    let folder = folder_with(&[("deck.md", b"# A\n"), ("house.potx", b"no archive")]);
    let run = |args: &[&str]| deckle(folder.path(), &[&["export", "deck.md"], args].concat());
    for (args, wanted) in [
        (
            &["--to", "pptx", "--template", "house.potx"][..],
            "is no presentation",
        ),
        (
            &["--to", "pptx", "--template", "missing.potx"],
            "cannot be read",
        ),
        (&["--template", "house.potx"], "is for presentations"),
    ] {
        let ran = run(args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains(wanted), "{args:?}: {}", ran.stderr);
    }
}
