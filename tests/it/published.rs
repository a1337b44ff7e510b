//! The page that `export` writes: that it keeps to itself what it is told to,
//! what it weighs, and what it says to those who show a link to it.

use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;

use super::{deckle, folder_with, root};

/// A picture of one point, of a colour that says which.
const DOT: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>whispered-dot</title></svg>";

/// Every way to say something to the speaker alone; each says `whispered`.
const SECRETS: &str = "\
---
title: Open
author: Ada
minutes: 5
---

# Open

<!-- whispered-comment -->

---
notes: whispered-setting
from: article.txt 1
---

## Shown

- said aloud

::: notes
whispered-group with **whispered-strong**, `whispered-code` and [whispered-link](https://whispered.example/)

![whispered-alternative](dot.svg \"whispered-caption\")

$whispered_{formula}$

> whispered-quote[^1]

| whispered-head |
|---|
| whispered-cell |

[click] whispered-click <b title=\"whispered-title\">whispered-raw</b>
:::

[^1]: whispered-footnote

---

## Code

```rust
fn shown() {}
```

::: notes
```rust
fn whispered_block() {}
```
:::
";

/// Everything that a file says: as it is, what is in its addresses, and its
/// packed scripts.
fn said_in(html: &str) -> Vec<String> {
    let mut res = vec![html.to_string()];
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    for run in html.split(|c| !is_base64(c)).filter(|run| run.len() >= 8) {
        // Words of the text are no base64, and decode to nothing that means something.
        let Ok(bytes) = STANDARD.decode(run) else {
            continue;
        };
        let mut inflated = Vec::new();
        if DeflateDecoder::new(&bytes[..])
            .read_to_end(&mut inflated)
            .is_ok()
        {
            res.push(String::from_utf8_lossy(&inflated).into_owned());
        }
        res.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    res
}

/// The words of the secrets that a file says somewhere.
fn whispers(folder: &Path, args: &[&str]) -> Vec<String> {
    let ran = deckle(
        folder,
        &[&["export", "deck.md", "-o", "out.html", "--force"], args].concat(),
    );
    assert!(ran.code < 2, "{}", ran.stderr);
    let html = std::fs::read_to_string(folder.join("out.html")).unwrap();
    assert!(html.contains("said aloud"), "{html}");
    let said = said_in(&html);
    assert!(
        said.iter().any(|text| text.contains("querySelector")),
        "the scripts are looked through too"
    );
    let mut res: Vec<String> = Vec::new();
    for text in said {
        for (at, _) in text.match_indices("whispered") {
            let rest = &text[at..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
            res.push(rest[..end.unwrap_or(rest.len())].to_string());
        }
    }
    res.sort();
    res.dedup();
    res
}

#[test]
fn without_notes_nothing_of_them_is_in_the_file() {
    let folder = folder_with(&[
        ("deck.md", SECRETS.as_bytes()),
        ("dot.svg", DOT),
        ("article.txt", b"Shown\n"),
    ]);
    // What can be found if it is there: so the search is worth something.
    let with = whispers(folder.path(), &[]);
    for word in [
        "whispered-comment",
        "whispered-setting",
        "whispered-group",
        "whispered-strong",
        "whispered-code",
        "whispered-link",
        "whispered-alternative",
        "whispered-caption",
        "whispered-dot",
        "whispered-quote",
        "whispered-head",
        "whispered-cell",
        "whispered-click",
        "whispered-title",
        "whispered-raw",
    ] {
        assert!(with.iter().any(|found| found == word), "{word}: {with:?}");
    }
    assert_eq!(whispers(folder.path(), &["--notes", "on"]), with);
    for theme in ["swiss", "paper"] {
        let without = whispers(folder.path(), &["--notes", "off", "--theme", theme]);
        assert_eq!(without, [""; 0]);
    }
}

#[test]
fn a_page_of_notes_alone_is_refused() {
    let folder = folder_with(&[("deck.md", b"# A\n")]);
    let ran = deckle(folder.path(), &["export", "deck.md", "--notes", "only"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--notes off"), "{}", ran.stderr);
    assert!(!folder.path().join("deck.html").exists());
}

#[test]
fn the_parts_of_a_page_are_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let tour = root().join("slides/tour");
    let out = folder.path().join("tour.html");
    let (tour, out) = (tour.to_str().unwrap(), out.to_str().unwrap());
    let ran = deckle(folder.path(), &["export", tour, "-o", out, "--report"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows: Vec<(f64, &str)> = ran
        .stderr
        .lines()
        .map(|line| {
            let (number, rest) = line.trim().split_once(" KB").unwrap();
            (number.parse().unwrap(), rest.rsplit("%  ").next().unwrap())
        })
        .collect();
    let of = |name: &str| rows.iter().find(|(_, what)| *what == name).map(|(n, _)| *n);
    for part in [
        "fonts",
        "styles",
        "script",
        "slides",
        "notes",
        "img/tide.webm",
    ] {
        assert!(of(part).is_some_and(|n| n > 0.1), "{part}: {}", ran.stderr);
    }
    let length = std::fs::metadata(out).unwrap().len() as f64 / 1000.0;
    let all = of("in all").unwrap();
    assert!((all - length).abs() < 0.1, "{all} of {length}");
    let parts: f64 = rows.iter().map(|(n, _)| n).sum::<f64>() - all;
    assert!(
        (parts - all).abs() < 0.1 * rows.len() as f64,
        "{parts} of {all}"
    );
}

#[test]
fn a_file_above_its_budget_is_a_finding() {
    let folder = folder_with(&[("deck.md", b"# A talk\n")]);
    let export = |args: &[&str]| deckle(folder.path(), &[&["export", "deck.md"], args].concat());
    let fits = export(&["--budget", "0.2MB"]);
    assert_eq!((fits.code, fits.stderr.as_str()), (0, ""));
    let heavy = export(&["--budget", "10kB"]);
    assert_eq!(heavy.code, 1);
    assert!(
        heavy.stderr.contains("its budget of 10 KB"),
        "{}",
        heavy.stderr
    );
    assert!(folder.path().join("deck.html").exists());
    for wrong in ["10", "ten KB", "-1KB", "1.2.3MB", "5GB"] {
        let ran = export(&[&format!("--budget={wrong}")]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(ran.stderr.contains("200KB"), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn the_same_deck_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let tour = root().join("slides/tour");
    let export = |name: &str| {
        let out = folder.path().join(name);
        let ran = deckle(
            folder.path(),
            &[
                "export",
                tour.to_str().unwrap(),
                "-o",
                out.to_str().unwrap(),
            ],
        );
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        std::fs::read(out).unwrap()
    };
    assert!(export("a.html") == export("b.html"));
}

#[test]
fn a_page_with_an_address_says_what_a_link_to_it_shows() {
    let deck = b"---\ntitle: \"A <talk> & more\"\ndescription: Two \"things\".\n---\n\n# A\n";
    let folder = folder_with(&[("deck.md", deck)]);
    let page = |args: &[&str]| {
        let ran = deckle(
            folder.path(),
            &[&["export", "deck.md", "-o", "-"], args].concat(),
        );
        (ran.code, ran.stdout, ran.stderr)
    };
    let (code, html, _) = page(&["--url", "https://example.org/talks/a?b=1&c=2"]);
    assert_eq!(code, 0);
    for line in [
        "<link rel=\"canonical\" href=\"https://example.org/talks/a?b=1&#38;c=2\">",
        "<meta property=\"og:url\" content=\"https://example.org/talks/a?b=1&#38;c=2\">",
        "<meta property=\"og:title\" content=\"A &#60;talk&#62; &#38; more\">",
        "<meta property=\"og:description\" content=\"Two &#34;things&#34;.\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<meta name=\"twitter:card\" content=\"summary\">",
    ] {
        assert!(html.contains(line), "{line}\n{}", &html[..3000]);
    }
    let (_, html, _) = page(&[]);
    assert!(!html.contains("og:") && !html.contains("canonical"));
    for wrong in [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://a b/",
    ] {
        let (code, _, stderr) = page(&["--url", wrong]);
        assert_eq!(code, 2, "{wrong}");
        assert!(stderr.contains("https://"), "{wrong}: {stderr}");
    }
}
