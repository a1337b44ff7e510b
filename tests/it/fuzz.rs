//! Random input from fixed seeds: nothing panics, nothing active gets through,
//! every section is whole.
//!
//! The number of rounds bounds the time, about ten seconds in a debug build.
//! A failure prints the input that caused it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use deckle::diag::Severity;
use deckle::export;
use deckle::import::import;
use deckle::pipeline::{self, Build};
use deckle::render::Cache;
use deckle::source::Memory;

mod holds;
mod random;

use holds::{holds, whole_and_harmless};
pub use random::Random;
use random::{BLOCKS, CHARTS, FRONT, INLINES, ODD, PROSE, RAW, TEX};

// ---- what must hold

/// Runs a check and says which input it failed for.
fn for_input(name: &str, input: &str, check: impl FnOnce()) {
    if let Err(fault) = catch_unwind(AssertUnwindSafe(check)) {
        eprintln!("---- {name}, input:\n{input:?}\n----");
        resume_unwind(fault);
    }
}

fn build(text: &str, cache: &mut Cache) -> Build {
    let mut files = Memory::default();
    files.insert("deck/deck.md", text.as_bytes());
    files.insert("deck/a.png", &b"\x89PNG\r\n\x1a\n"[..]);
    files.insert("deck/data.csv", text.as_bytes());
    pipeline::build(
        &files,
        Path::new("deck/deck.md"),
        &Default::default(),
        cache,
    )
}

#[test]
fn the_reader_of_this_test_sees_what_is_active() {
    let section = |inner: &str| {
        format!("<section class=\"slide\" id=\"a\" data-steps=\"0\">{inner}</section>")
    };
    whole_and_harmless(&section(
        "<p>a &lt;script&gt; onclick=x javascript:x <br><img alt=\"a\" src=\"deckle-asset:x\"></p>",
    ));
    for inner in [
        "<script>x</script>",
        "<p onclick=\"x\">x</p>",
        "<a href=\"java\nscript:x\">x</a>",
        "<a href=\"&#34;\" ONCLICK=\"x\">x</a>",
        "<p style=\"color:red\">x</p>",
        "<img src=\"https://example.org\">",
        "<p>",
        "</section><section>",
        "<p></b>",
        "<p id=\"deck\">x</p>",
    ] {
        let is_seen = catch_unwind(|| whole_and_harmless(&section(inner))).is_err();
        assert!(is_seen, "{inner}");
    }
}

// ---- the rounds

/// Builds `rounds` texts, shares the cache among them, exports one in fifty.
fn decks(seed: u64, rounds: usize, mut text: impl FnMut(&mut Random) -> String) {
    let mut random = Random::new(seed);
    let mut cache = Cache::default();
    for round in 0..rounds {
        let text = text(&mut random);
        for_input(&format!("seed {seed}, round {round}"), &text, || {
            let build = build(&text, &mut cache);
            holds(&build);
            if round % 50 == 0 {
                let html = export::html(&build.pages);
                assert_eq!(
                    html.matches("<script").count(),
                    1,
                    "our own script and no other"
                );
                let mut pictures = html
                    .split("<img")
                    .skip(1)
                    .filter_map(|rest| rest.split('>').next());
                assert!(pictures.all(|picture| !picture.contains("deckle-asset:")));
            }
        });
    }
}

#[test]
fn random_decks() {
    decks(1, 700, |random| {
        let text = random.pieces(14, &[BLOCKS, BLOCKS, INLINES]);
        random.mutated(&text)
    });
}

#[test]
fn random_front_matter() {
    decks(2, 700, |random| {
        let mut text = String::from("---\n");
        for part in 0..1 + random.below(3) {
            for _ in 0..random.below(6) {
                text += random.pick(FRONT);
                text += random.pick(&["\n", "\n", "\n", "\r\n", " "]);
            }
            text += random.pick(&["---\n", "---\n", "...\n", ""]);
            text += random.pick(&["# Title\n", "## Slide\n\n- a\n", "\n", "Text\n"]);
            text += if part == 0 {
                random.pick(&["\n---\n", "---\n"])
            } else {
                ""
            };
        }
        random.mutated(&text)
    });
}

#[test]
fn random_html() {
    decks(3, 900, |random| {
        let text = random.pieces(12, &[RAW, RAW, RAW, INLINES, BLOCKS]);
        random.mutated(&text)
    });
}

#[test]
fn random_charts() {
    decks(9, 300, |random| {
        let text = random.pieces(8, &[CHARTS]);
        random.mutated(&format!("# A\n\n```chart{text}\n```\n"))
    });
}

#[test]
fn random_formulas() {
    decks(10, 300, |random| {
        let text = random.pieces(8, &[TEX]);
        random.mutated(&format!("# A\n\n$$\n{text}\n$$\n"))
    });
}

#[test]
fn random_characters() {
    decks(4, 300, |random| {
        (0..random.below(200)).map(|_| random.pick(ODD)).collect()
    });
}

/// A stack that runs over ends the whole process, so the program is asked for
/// more of it in `cli.rs`.
#[test]
fn what_is_deeply_nested_is_shown_flat() {
    let mut cache = Cache::default();
    for piece in [
        "> ",
        "- ",
        "1. ",
        "*",
        "_a ",
        "[",
        "![",
        "<div>",
        "<b>",
        "::: a\n",
        "::: columns\n",
        "> ::: a\n",
        ":::\n",
        "- a {.x}\n",
        "[a ",
        "[a]{.x} ",
        "]{.x}",
        "]{",
        "{{",
        "{{a}} ",
        ". . .\n\n",
        "`",
        "$",
        "~",
        "(",
        "{",
        "|",
        "# ",
        "&",
        "\\",
        "```\n",
        "---\na: b\n",
    ] {
        for n in [50, 400, 3000] {
            let text = piece.repeat(n) + "end";
            for_input(&format!("{n} times {piece:?}"), piece, || {
                holds(&build(&text, &mut cache))
            });
        }
    }
}

/// Imports and builds what was imported: no word of it may be taken for a
/// setting, a fence or a script.
fn articles(seed: u64, name: &str, rounds: usize, mut text: impl FnMut(&mut Random) -> String) {
    let mut random = Random::new(seed);
    let mut cache = Cache::default();
    for round in 0..rounds {
        let text = text(&mut random);
        for_input(
            &format!("{name}, seed {seed}, round {round}"),
            &text,
            || {
                let imported = import(Path::new(name), text.as_bytes());
                assert_eq!(
                    imported.files,
                    import(Path::new(name), text.as_bytes()).files,
                    "twice the same"
                );
                if imported.files.is_empty() {
                    return;
                }
                let files = imported.in_memory(Path::new("deck"));
                let build =
                    pipeline::build(&files, Path::new("deck"), &Default::default(), &mut cache);
                holds(&build);
                let errors: Vec<_> = build
                    .diagnostics
                    .iter()
                    .filter(|found| found.severity == Severity::Error)
                    .collect();
                assert!(errors.is_empty(), "{errors:?}");
                let names: BTreeSet<&String> =
                    imported.files.iter().map(|(name, _)| name).collect();
                assert_eq!(names.len(), imported.files.len(), "two files of one name");
                let order: Vec<&String> = imported.files.iter().map(|(name, _)| name).collect();
                assert!(
                    order.is_sorted(),
                    "the names are not in the order of the talk: {order:?}"
                );
            },
        );
    }
}

#[test]
fn random_plain_articles() {
    articles(5, "a.txt", 250, |random| {
        let mut text = String::new();
        for _ in 0..1 + random.below(20) {
            text += random.pick(PROSE);
            text += random.pick(&["\n\n", "\n\n", "\n", " ", "\n\n\n"]);
        }
        random.mutated(&text)
    });
}

#[test]
fn random_markdown_articles() {
    articles(6, "a.md", 250, |random| {
        let text = random.pieces(20, &[PROSE, PROSE, BLOCKS, INLINES, RAW]);
        random.mutated(&text)
    });
}

#[test]
fn random_web_pages() {
    articles(7, "a.html", 150, |random| {
        let mut text =
            String::from("<!doctype html><html><body><article><h1>Why trains are late</h1>");
        for _ in 0..1 + random.below(12) {
            let tag = random.pick(&[
                "p",
                "p",
                "p",
                "h2",
                "li",
                "pre",
                "blockquote",
                "nav",
                "div",
                "td",
            ]);
            let inner = random.pieces(3, &[PROSE, RAW]);
            text += &format!("<{tag}>{inner}</{tag}>");
        }
        random.mutated(&text)
    });
}

#[test]
fn random_bytes_are_an_article_too() {
    let mut random = Random::new(8);
    for _ in 0..200 {
        let n = random.below(300);
        let mut bytes: Vec<u8> = (0..n).map(|_| random.below(256) as u8).collect();
        if random.below(3) == 0 {
            bytes.splice(0..0, [0xff, 0xfe]);
        }
        let imported = import(Path::new("-"), &bytes);
        for_input("bytes", &format!("{bytes:?}"), || {
            let files = imported.in_memory(Path::new("deck"));
            holds(&pipeline::build(
                &files,
                Path::new("deck"),
                &Default::default(),
                &mut Cache::default(),
            ));
        });
    }
}

/// Inputs that long runs of `benches/fuzz.rs` have found, made small.
#[test]
fn what_was_found_stays_mended() {
    // A mark behind a definition of a link ended within a letter.
    for text in ["[s]:rg\n链产品<i on=x>", "[s]: x\n — Ann<img src=x>\n"] {
        for_input("a deck", text, || {
            holds(&build(text, &mut Cache::default()))
        });
    }
    for text in [
        // A mark of ours, forged, took tags of ours away.
        "## A\n\n$a$ <b>\u{fdd0}</b>\n\n<p title=\"\u{fdd1}<img src=x onerror=x>\">x</p>\n\n$a$",
        // What a footnote left open took the others with it.
        "a[^1] b[^2]\n\n[^1]: <script>\n[^2]: x\n",
        "# A\n\n$$\\char\"110000110000$$\n\n$$110000$$",
    ] {
        for_input("a deck", text, || {
            holds(&build(text, &mut Cache::default()))
        });
    }
    // As many tags as elements that nothing ends.
    for piece in ["<div>", "<p>word ", "<b>x", "<td>x", "<dd>x", "<"] {
        let text = format!("<!doctype html><h1>Title</h1>{}", piece.repeat(60_000));
        for_input("a page", piece, || {
            assert!(
                !import(Path::new("a.html"), text.as_bytes())
                    .files
                    .is_empty()
            );
        });
    }
}
