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
    assert!(ran.stderr.contains("--to txt"), "{}", ran.stderr);
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

// ---- pictures

/// The file of the one picture of a deck, as it is in the export.
fn exported(name: &str, bytes: &[u8]) -> Vec<u8> {
    let deck = format!("# A\n\n![A picture]({name})\n");
    let folder = folder_with(&[("deck.md", deck.as_bytes()), (name, bytes)]);
    let ran = deckle(folder.path(), &["export", "deck.md", "-o", "-"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let picture = ran.stdout.split(" src=\"data:image/").nth(1).unwrap();
    let (_, picture) = picture.split_once(";base64,").unwrap();
    STANDARD.decode(picture.split('"').next().unwrap()).unwrap()
}

/// A page with one picture, exported with some options: the picture as it is in it,
/// and what was said.
fn shown(name: &str, bytes: &[u8], args: &[&str]) -> (Vec<u8>, String) {
    let deck = format!("# A\n\n---\n\n## B\n\nSee\n\n![A picture]({name})\n");
    let folder = folder_with(&[("deck.md", deck.as_bytes()), (name, bytes)]);
    let args = [&["export", "deck.md", "-o", "out.html"], args].concat();
    let ran = deckle(folder.path(), &args);
    assert!(ran.code < 2, "{}", ran.stderr);
    let html = std::fs::read_to_string(folder.path().join("out.html")).unwrap();
    let picture = html.split(" src=\"data:image/").nth(1).unwrap_or_default();
    let picture = picture.split_once(";base64,").map_or("", |(_, rest)| rest);
    let bytes = STANDARD.decode(picture.split('"').next().unwrap()).unwrap();
    (bytes, ran.stdout + &ran.stderr)
}

/// A PNG with points of some colours as chance has it, the same each time.
fn points(width: u32, height: u32, colours: &[[u8; 4]]) -> Vec<u8> {
    let mut chance = 1_u32;
    let mut next = || {
        chance ^= chance << 13;
        chance ^= chance >> 17;
        chance ^= chance << 5;
        colours[chance as usize % colours.len()]
    };
    let points: Vec<u8> = (0..width * height).flat_map(|_| next()).collect();
    let mut res = Vec::new();
    let mut encoder = png::Encoder::new(&mut res, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&points).unwrap();
    writer.finish().unwrap();
    res
}

fn size(bytes: &[u8]) -> (usize, usize) {
    let size = imagesize::blob_size(bytes).unwrap();
    (size.width, size.height)
}

#[test]
fn a_photograph_has_the_points_that_a_screen_shows() {
    let (width, height) = (9_000_u16, 200_u16);
    let n = usize::from(width) * usize::from(height);
    let points: Vec<u8> = (0..n * 3).map(|at| (at * at / 900 % 251) as u8).collect();
    let mut photo = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut photo, 90);
    let said = [&b"Exif\0\0"[..], EXIF].concat();
    encoder.add_app_segment(1, said).unwrap();
    encoder.add_icc_profile(b"a profile").unwrap();
    let kind = jpeg_encoder::ColorType::Rgb;
    encoder.encode(&points, width, height, kind).unwrap();
    let (small, said) = shown("wide.jpg", &photo, &["--report"]);
    // It is turned on its side: 9000 high, on a slide of 720 units with 3 points each.
    assert_eq!(size(&small), (2160, 48));
    assert!(small.len() * 4 < photo.len());
    assert!(said.contains("wide.jpg (the file: "), "{said}");
    let holds = |wanted: &[u8]| small.windows(wanted.len()).any(|bytes| bytes == wanted);
    assert!(holds(TURNED) && holds(b"a profile") && !holds(b"whispered"));
    let (same, _) = shown("wide.jpg", &photo, &["--pictures", "original"]);
    assert_eq!(size(&same), (9_000, 200));
    let (again, _) = shown("wide.jpg", &small, &[]);
    assert!(again == small, "what is small enough stays as it is");
}

#[test]
fn a_screenshot_is_made_smaller_without_loss() {
    // What is sharp in every point is lighter with a third of them.
    let of = |n: u8| {
        [
            n,
            n.wrapping_mul(7),
            255 - n,
            if n.is_multiple_of(3) { 0 } else { 255 },
        ]
    };
    let colours: Vec<[u8; 4]> = (0..251).map(of).collect();
    let large = points(9_000, 60, &colours);
    let (small, _) = shown("wide.png", &large, &[]);
    assert_eq!(size(&small), (3840, 26));
    assert!(small.starts_with(b"\x89PNG") && small.len() < large.len());
    let one = points(4_300, 60, &[[10, 200, 30, 255]]);
    let (plain, _) = shown("one.png", &one, &[]);
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&plain));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut read = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut read).unwrap();
    let (point, n) = ([10, 200, 30, 255], info.color_type.samples());
    assert!(read.chunks_exact(n).all(|found| *found == point[..n]));
}

#[test]
fn what_moves_or_would_be_no_lighter_stays_as_it_is() {
    let large = points(9_000, 20, &[[1, 2, 3, 255]]);
    let at = 8 + 25;
    let moving = [
        &large[..at],
        &chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]),
        &large[at..],
    ]
    .concat();
    assert!(shown("film.png", &moving, &[]).0 == moving);
    let mut gif = b"GIF89a\x28\x23\x14\0\0\0\0".to_vec();
    gif.extend(b",\0\0\0\0\x28\x23\x14\0\0\x02\0;");
    assert!(shown("film.gif", &gif, &[]).0 == gif);
    let cut = &large[..large.len() / 2];
    assert!(shown("cut.png", cut, &[]).0 == cut);
}

#[test]
fn a_picture_that_says_it_is_enormous_is_not_read() {
    let head = [30_000_u32.to_be_bytes(), 30_000_u32.to_be_bytes()].concat();
    let bomb = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[&head[..], b"\x08\x06\0\0\0"].concat()),
        chunk(b"IDAT", b"\x78\x01\x63\x60\x00\x00\x00\x02\x00\x01"),
        chunk(b"IEND", b""),
    ]
    .concat();
    let (shown, said) = shown("bomb.png", &bomb, &[]);
    assert!(shown.is_empty() && said.contains("huge-picture"), "{said}");
}

#[test]
fn pictures_are_asked_about_where_there_are_some() {
    let folder = folder_with(&[("deck.md", b"# A\n")]);
    for form in ["md", "txt", "pdf", "png"] {
        let args = ["export", "deck.md", "--to", form, "--pictures", "fit"];
        let ran = deckle(folder.path(), &args);
        assert_eq!(ran.code, 2, "{form}");
        assert!(
            ran.stderr.contains("`--pictures`"),
            "{form}: {}",
            ran.stderr
        );
    }
}

/// A part of a PNG: its length, name, data and checksum.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], name, data, &sum.sum().to_be_bytes()].concat()
}

/// A part of a JPEG: its marker, length and data.
fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker][..], &length, data].concat()
}

/// What a camera says: turned by 6, and where.
const EXIF: &[u8] =
    b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0whispered-place";

/// The turn and nothing else.
const TURNED: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

#[test]
fn a_screenshot_says_nothing_but_what_it_shows() {
    let start = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
        chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]),
    ];
    let data = [
        chunk(b"IDAT", b"\x78\x01\x63\x60\x00\x00\x00\x02\x00\x01"),
        chunk(b"IEND", b""),
    ];
    let said = [
        chunk(b"tEXt", b"Author\0whispered-author"),
        chunk(b"tIME", &[0; 7]),
        chunk(b"prVW", b"whispered-preview"),
    ];
    let whole = [&start[..], &said, &[chunk(b"eXIf", EXIF)], &data]
        .concat()
        .concat();
    let behind = [&whole[..], b"whispered-behind"].concat();
    let wanted = [&start[..], &[chunk(b"eXIf", TURNED)], &data]
        .concat()
        .concat();
    assert!(exported("window.png", &behind) == wanted);
    assert!(exported("window.png", &wanted) == wanted);
    let cut = &whole[..whole.len() - 2];
    assert!(
        exported("window.png", cut) == cut,
        "what is not whole stays as it is"
    );
}

#[test]
fn a_photograph_says_how_it_is_turned_and_nothing_else() {
    let jfif = segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01a profile");
    let data = [
        segment(0xc0, b"\x08\0\x01\0\x02\x01\x01\x11\0"),
        segment(0xda, b"\x01\x01\0\0\x3f\0"),
        b"\x12\xff\0\x34\xff\xd0\x56".to_vec(),
        // Tables between two passes may hold what looks like an end.
        segment(0xc4, b"\xff\xd9"),
        segment(0xda, b"\x01\x01\0\0\x3f\0"),
        b"\x78\xff\xd9".to_vec(),
    ]
    .concat();
    let start = [0xff, 0xd8];
    let exif = segment(0xe1, &[&b"Exif\0\0"[..], EXIF].concat());
    let said = [
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0whispered-xmp"),
        segment(0xe2, b"MPF\0whispered-other"),
        segment(0xed, b"Photoshop 3.0\0whispered-caption"),
        segment(0xfe, b"whispered-comment"),
    ]
    .concat();
    let photo = [
        &start[..],
        &jfif,
        &exif,
        &said,
        &profile,
        &data,
        b"whispered-film",
    ]
    .concat();
    let turned = segment(0xe1, &[&b"Exif\0\0"[..], TURNED].concat());
    let wanted = [&start[..], &jfif, &turned, &profile, &data].concat();
    assert!(exported("photo.jpg", &photo) == wanted);
    assert!(exported("photo.jpg", &wanted) == wanted);
    let cut = &photo[..photo.len() - b"\x78\xff\xd9whispered-film".len()];
    assert!(
        exported("photo.jpg", cut) == cut,
        "what is not whole stays as it is"
    );
}
