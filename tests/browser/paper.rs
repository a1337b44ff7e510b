//! What is printed and taken pictures of, by the real program and the browser
//! that it finds.

use std::path::Path;

use crate::cdp::browser;
use crate::deckle::{Folder, TALK, of_project, run};
use crate::print::sizes;

const SLIDE: &str = "0 0 960 540";

/// Exports a deck and returns the file's bytes, and what the program said.
#[track_caller]
fn export(folder: &Folder, deck: &Path, target: &str, args: &[&str]) -> (Vec<u8>, String) {
    let target = folder.path(target);
    let said = run(
        "export",
        deck,
        &[&["-o", target.to_str().expect("UTF-8")], args].concat(),
    );
    (
        std::fs::read(&target).unwrap_or_else(|_| panic!("{said}")),
        said,
    )
}

/// The titles of the bookmarks, each with a blank for every one that it is below.
fn bookmarks(pdf: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let object = |number: &str| {
        let place = text.rfind(&format!("\n{number} 0 obj")).expect("an object");
        text[place..]
            .split("endobj")
            .next()
            .expect("its end")
            .to_string()
    };
    let link = |object: &str, key: &str| {
        let rest = object.split_once(&format!("/{key} "))?.1;
        Some(rest.split(' ').next()?.to_string())
    };
    let root = text.rsplit_once("/Root ").expect("a catalogue").1;
    let outlines = link(
        &object(root.split(' ').next().expect("a number")),
        "Outlines",
    );
    let mut res = Vec::new();
    let mut open = vec![(
        outlines.and_then(|number| link(&object(&number), "First")),
        0,
    )];
    while let Some((number, depth)) = open.pop() {
        let Some(number) = number else { continue };
        let item = object(&number);
        let title = item.split_once("/Title ").expect("a title").1;
        let title = match title.strip_prefix("<FEFF") {
            Some(hex) => {
                let hex = hex.split('>').next().expect("its end").as_bytes();
                let units = hex.chunks(4).map(|unit| {
                    u16::from_str_radix(std::str::from_utf8(unit).expect("digits"), 16)
                        .expect("hex")
                });
                String::from_utf16(&units.collect::<Vec<_>>()).expect("a text")
            }
            None => title[1..].split(")\n").next().expect("its end").to_string(),
        };
        res.push(format!("{}{title}", " ".repeat(depth)));
        open.push((link(&item, "Next"), depth));
        open.push((link(&item, "First"), depth + 1));
    }
    res
}

fn holds(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len()).any(|own| own == words.as_bytes())
}

#[test]
fn a_page_for_each_slide_with_bookmarks_links_and_tags() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("pdf");
    let deck = of_project("slides/xiaomi-in-china");
    let (pdf, said) = export(&folder, &deck, "talk.pdf", &[]);
    assert!(said.contains("12 slides"), "{said}");
    assert_eq!(sizes(&pdf), [SLIDE; 12]);
    // One line of a title goes on in the next with its blank.
    let marks = bookmarks(&pdf);
    assert_eq!(
        marks[0],
        "Why does Xiaomi usually keep its ecosystem products in China?"
    );
    assert_eq!(marks[1], " Reasons behind Xiaomi’s strategy");
    assert_eq!(marks.len(), 12, "{marks:?}");
    for words in [
        "/Creator (Deckle ",
        "/Lang (en",
        "/Marked true",
        "/DisplayDocTitle true",
        "/Dest /scalability",
        "/Contents (Scalability)",
        "/RoleMap <</Strong /Span",
    ] {
        assert!(holds(&pdf, words), "{words}");
    }
    // It is ours, and may be renewed.
    export(&folder, &deck, "talk.pdf", &["--theme", "paper"]);
}

const SECTIONS: &str = "---\ntitle: T\nauthor: Zoë\nlang: de\n---\n\n# T\n\n---\n\n# Eins\n\n---\n\n## Drinnen\n\n### Tiefer\n\n- a\n- b\n\n[Seite](https://example.org/x)\n\n---\n\n## Bild\n\nWorte.\n\n![Hügel](hills.png)\n\n---\n\n# Zwei\n\n---\nlayout: closing\n---\n\n## Ende\n";

#[test]
fn slides_stand_below_their_section() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("pdf-sections");
    let deck = folder.write("deck.md", SECTIONS);
    std::fs::copy(
        of_project("tests/decks/tour/img/hills.png"),
        folder.path("hills.png"),
    )
    .expect("a picture");
    let (pdf, _) = export(&folder, &deck, "talk.pdf", &[]);
    assert_eq!(
        bookmarks(&pdf),
        [
            "T",
            " Eins",
            "  Drinnen",
            "   Tiefer",
            "  Bild",
            " Zwei",
            " Ende"
        ]
    );
    for words in [
        "/Author <FEFF005A006F00EB>",
        "/Lang (de)",
        "/URI (https://example.org/x)",
        "/Contents (https://example.org/x)",
        "/Alt <FEFF004800FC00670065006C>",
    ] {
        assert!(holds(&pdf, words), "{words}");
    }
    let (some, _) = export(&folder, &deck, "some.pdf", &["--pick", "3-4,6"]);
    assert_eq!(sizes(&some).len(), 3);
}

#[test]
fn a_page_for_each_step() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("pdf-steps");
    let deck = folder.write("deck.md", TALK);
    let (pdf, said) = export(&folder, &deck, "talk.pdf", &["--steps"]);
    assert_eq!(sizes(&pdf), [SLIDE; 9], "three steps on one of six slides");
    assert!(!said.contains("steps:"), "{said}");
    let titles = [
        "The short talk",
        " Second slide",
        " Three steps",
        " Fourth slide",
        " Fifth slide",
        " The end",
    ];
    assert_eq!(bookmarks(&pdf), titles, "a bookmark on the first step only");
    let (_, said) = export(&folder, &deck, "ends.pdf", &[]);
    assert!(
        said.contains("steps: all at once; `--steps` shows each (slide 3)"),
        "{said}"
    );
}

#[test]
fn sheets_for_a_desk() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("handout");
    let long = "We walk along the shore and talk about the tide and the wind.\n\n".repeat(120);
    let text = TALK.replace("Say these words slowly.", &long);
    let deck = folder.write("deck.md", text);
    let short = folder.write("short.md", TALK);
    for (each, n_pages) in [("1", 6), ("2", 3), ("3", 2), ("6", 1)] {
        let (pdf, _) = export(
            &folder,
            &short,
            &format!("{each}.pdf"),
            &["--handout", each],
        );
        let found = sizes(&pdf);
        assert_eq!(found.len(), n_pages, "{each}");
        assert!(
            found[0].starts_with("0 0 594.9") || found[0].starts_with("0 0 595"),
            "{found:?}"
        );
        // What is said does not fit beside its slide, and flows on.
        let (flown, _) = export(
            &folder,
            &deck,
            &format!("{each}-long.pdf"),
            &["--handout", each],
        );
        assert!(sizes(&flown).len() > n_pages, "{each}");
        let titles = bookmarks(&flown);
        assert_eq!(titles.len(), 6, "{titles:?}");
    }
    let (notes, _) = export(
        &folder,
        &short,
        "notes.pdf",
        &["--notes", "--paper", "letter"],
    );
    assert_eq!(sizes(&notes), ["0 0 612 792"; 6]);
}

#[test]
fn a_film_is_a_picture_and_holds_nobody_up() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("pdf-film");
    std::fs::copy(
        of_project("slides/tour/img/tide.webm"),
        folder.path("tide.webm"),
    )
    .expect("a film");
    let text = "# A\n\n---\n\n## B\n\n![The tide](tide.webm){.autoplay .loop}\n\n---\n\n## C\n\n![Again](tide.webm)\n";
    let deck = folder.write("deck.md", text);
    let (pdf, said) = export(&folder, &deck, "talk.pdf", &[]);
    assert_eq!(sizes(&pdf).len(), 3);
    assert!(holds(&pdf, "/Alt (The tide)") && holds(&pdf, "/Alt (Again)"));
    assert!(
        said.contains("films: one picture of each (slides 2, 3)"),
        "{said}"
    );
}

/// Width and height that a PNG says.
fn size_of(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

#[test]
fn a_picture_of_each_slide() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("pictures");
    let deck = folder.write("deck.md", TALK);
    let out = folder.path("out");
    let to = |args: &[&str]| {
        let out = out.to_str().expect("UTF-8");
        run(
            "export",
            &deck,
            &[&["--to", "png", "-o", out], args].concat(),
        )
    };
    let said = to(&["--steps"]);
    assert!(said.contains("9 pictures"), "{said}");
    let expected = [
        "001", "002", "003-00", "003-01", "003-02", "003-03", "004", "005", "006",
    ];
    assert_eq!(names(&out), expected.map(|name| format!("{name}.png")));
    let read = |name: &str| std::fs::read(out.join(name)).expect("a picture");
    assert_eq!(size_of(&read("001.png")), (1280, 720));
    // Each is another one: nothing was cut at a wrong place.
    let steps = ["003-00.png", "003-01.png", "003-02.png", "003-03.png"].map(read);
    assert!(steps.windows(2).all(|pair| pair[0] != pair[1]));
    // Those of the run before are renewed, and what is no more goes.
    std::fs::write(out.join("mine.txt"), "mine").expect("a file");
    to(&["--pick", "2,4", "--scale", "2"]);
    assert_eq!(names(&out), ["002.png", "004.png", "mine.txt"]);
    assert_eq!(size_of(&read("002.png")), (2560, 1440));
    // A picture of the author's is in the way.
    std::fs::write(out.join("003.png"), "mine").expect("a file");
    let refused = to(&[]);
    assert!(refused.contains("003.png` is there already"), "{refused}");
    assert_eq!(read("003.png"), b"mine");
    assert_eq!(names(&out).len(), 4);
    to(&["--force"]);
    assert_eq!(names(&out).len(), 7);
}

#[test]
fn all_slides_on_one_picture_and_other_formats() {
    let Some(_) = browser() else { return };
    let folder = Folder::new("sheet");
    let deck = folder.write("deck.md", TALK);
    let (sheet, _) = export(&folder, &deck, "sheet.png", &["--sheet"]);
    // Six in rows of three.
    assert_eq!(
        size_of(&sheet),
        (3 * (352 + 24) + 24, 2 * (198 + 26 + 24) + 24)
    );
    export(&folder, &deck, "sheet.png", &["--sheet"]);
    let (jpeg, _) = export(&folder, &deck, "one.jpg", &["--pick", "1"]);
    assert!(jpeg.starts_with(b"\xff\xd8\xff\xfe"), "with our mark");
    let (webp, _) = export(&folder, &deck, "one.webp", &["--pick", "1"]);
    assert!(webp.starts_with(b"RIFF") && &webp[8..12] == b"WEBP");
}

#[test]
fn a_picture_for_those_who_link_to_a_page() {
    if browser().is_none() {
        return;
    }
    let folder = Folder::new("card");
    let deck = folder.write("deck.md", "# \"Tides\" & more\n\n---\n\n## Two\n");
    let url = "https://example.org/talks/tides?x=1";
    let (html, said) = export(&folder, &deck, "my talk.html", &["--url", url, "--card"]);
    let html = String::from_utf8_lossy(&html).into_owned();
    let image = "<meta property=\"og:image\" content=\"https://example.org/talks/my%20talk.png\">";
    assert!(html.contains(image), "{}", &html[..2_000]);
    assert!(html.contains("content=\"summary_large_image\""));
    assert!(said.contains("my talk.png"), "{said}");
    let picture = std::fs::read(folder.path("my talk.png")).expect("the picture");
    assert_eq!(size_of(&picture), (1280, 720));
}
