//! Articles in, deck folders out: by the program, and by the library where
//! only the files matter.

use std::collections::BTreeSet;
use std::path::Path;

use deckle::import::{Imported, import};
use deckle::open::Entry;
use deckle::render::Cache;
use deckle::source::Disk;

use super::{deck_below, deckle, deckle_with, files_below, folder_with, program, root};

const ARTICLE: &str = "slides/xiaomi-in-china/article.txt";

fn article() -> String {
    std::fs::read_to_string(root().join(ARTICLE)).unwrap()
}

fn imported(name: &str, text: impl AsRef<[u8]>) -> Imported {
    import(Path::new(name), text.as_ref())
}

/// A slide file taken apart.
struct Slide {
    name: String,
    title: String,
    points: Vec<String>,
    /// What the audience sees, and what only the speaker does.
    shown: String,
    notes: String,
}

/// Reads the first slide of a file as an import writes it: notes come last.
fn slide(name: &str, text: &str) -> Slide {
    let fence = text
        .lines()
        .find(|line| line.ends_with(" notes") && line.starts_with(":::"));
    let (shown, notes) = match fence.and_then(|fence| text.split_once(&format!("\n{fence}\n"))) {
        Some((shown, rest)) => {
            let closing = fence.unwrap().trim_end_matches(" notes");
            (shown, rest.split_once(&format!("\n{closing}\n")).unwrap().0)
        }
        None => (text, ""),
    };
    let title = shown
        .lines()
        .find_map(|line| line.strip_prefix("# ").or(line.strip_prefix("## ")));
    Slide {
        name: name.into(),
        title: plain(title.unwrap_or_default()),
        points: shown
            .lines()
            .filter_map(|line| line.strip_prefix("- "))
            .map(plain)
            .collect(),
        shown: plain(shown),
        notes: plain(notes),
    }
}

fn slides(imported: &Imported) -> Vec<Slide> {
    imported
        .files
        .iter()
        .map(|(name, text)| slide(name, text))
        .collect()
}

/// Text without Markdown's escapes and strong marks, blanks evened out.
fn plain(text: &str) -> String {
    let mut res = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                res.extend(chars.next())
            }
            '*' => {}
            _ => res.push(c),
        }
    }
    res.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// A word without the endings that a verb without its subject gives up.
fn stem(word: &str) -> &str {
    ["ing", "es", "ed", "e", "s"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word)
}

// ---- the article the project began with

#[test]
fn the_article_becomes_eight_factors_in_its_order() {
    let slides = slides(&imported(ARTICLE, article()));
    let names: Vec<&str> = slides.iter().map(|slide| slide.name.as_str()).collect();
    let factors: Vec<&Slide> = slides
        .iter()
        .filter(|slide| {
            !slide.name.starts_with("00-")
                && slide.points.len() > 1
                && !slide.name.contains("summary")
        })
        .collect();
    assert_eq!(factors.len(), 8, "{names:?}");
    assert_eq!(names[..2], ["00-1-title.md", "00-2-agenda.md"]);
    assert_eq!(names[10..], ["09-summary.md", "10-closing.md"]);
    assert!(
        names.contains(&"03-regulatory-and-legal-considerations.md"),
        "{names:?}"
    );
    for (slide, number) in factors.iter().zip(1..) {
        let title: Vec<String> = words(&slide.title)
            .map(|word| word.replace(['’', '\''], ""))
            .collect();
        assert_eq!(slide.name, format!("{number:02}-{}.md", title.join("-")));
    }

    let text = article();
    let headings: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.len() < 60 && !line.is_empty())
        .collect();
    let kept: Vec<&str> = factors
        .iter()
        .map(|slide| slide.title.as_str())
        .filter(|title| headings.contains(title))
        .collect();
    assert_eq!(
        kept,
        [
            "Established Market Presence",
            "Cultural and Language Factors",
            "Regulatory and Legal Considerations",
            "Supply Chain and Logistics",
            "Market Testing and Feedback",
            "Ecosystem Integration",
        ]
    );
    let positions: Vec<usize> = factors
        .iter()
        .map(|slide| text.find(slide.notes.split(". ").next().unwrap()).unwrap())
        .collect();
    assert!(positions.is_sorted(), "{positions:?}");
}

#[test]
fn each_factor_of_the_article_has_few_short_points_of_its_words() {
    let text = article();
    let known: BTreeSet<String> = words(&text).collect();
    let stems: BTreeSet<&str> = known.iter().map(|word| stem(word)).collect();
    for slide in slides(&imported(ARTICLE, &text)) {
        let is_factor = slide.name.starts_with(|c: char| c.is_ascii_digit())
            && ![
                "00-1-title.md",
                "00-2-agenda.md",
                "09-summary.md",
                "10-closing.md",
            ]
            .contains(&slide.name.as_str());
        if is_factor {
            assert!(
                (2..=4).contains(&slide.points.len()),
                "{}: {:?}",
                slide.name,
                slide.points
            );
        }
        for line in slide.points.iter().chain([&slide.title]) {
            assert!(words(line).count() <= 18, "{}: {line}", slide.name);
            for word in words(line) {
                // The name of the last factor is in its text only as a verb, `scale`.
                let is_known =
                    known.contains(&word) || stems.contains(stem(&word)) || word == "scalability";
                assert!(
                    is_known,
                    "{}: `{word}` of `{line}` is not in the article",
                    slide.name
                );
            }
        }
    }
}

#[test]
fn all_of_the_article_is_in_the_notes_and_nothing_left_over() {
    let slides = slides(&imported(ARTICLE, article()));
    let titles: Vec<&str> = slides.iter().map(|slide| slide.title.as_str()).collect();
    let mut n_paragraphs = 0;
    for line in article()
        .lines()
        .map(plain)
        .filter(|line| !line.is_empty() && line != "Related Articles")
    {
        let holders = slides
            .iter()
            .filter(|slide| slide.notes.contains(&line))
            .count();
        if !titles.contains(&line.as_str()) {
            assert_eq!(holders, 1, "{line}");
            n_paragraphs += 1;
        }
    }
    assert_eq!(
        n_paragraphs, 10,
        "an introduction, eight factors, a conclusion"
    );
    for slide in &slides {
        assert!(
            !slide.shown.contains("Related") && !slide.notes.contains("Related Articles"),
            "{}",
            slide.name
        );
    }
}

#[test]
fn what_looks_like_a_sign_of_a_deck_stays_as_the_article_has_it() {
    let said = "The flag ==x== and ++x++ and x^2^ and :rocket: and the note [^1] stay.";
    let text =
        format!("How signs stay\n\n## Signs\n\n{said} Water is H~2~O.\n\n## Notes\n\n{said}\n");
    let markdown = format!(
        "# How signs stay\n\n## Signs\n\n{said}\n\n## Notes\n\n{said}\n\n[^1]: A source.\n"
    );
    let folder = folder_with(&[("a.txt", text.as_bytes()), ("b.md", markdown.as_bytes())]);
    for name in ["a.txt", "b.md"] {
        let ran = deckle(folder.path(), &["import", name, "-o", "deck", "--force"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        let ran = deckle(folder.path(), &["export", "deck", "-o", "deck.html"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let html = std::fs::read_to_string(folder.path().join("deck.html")).unwrap();
        let page = html.split("id=\"deck\"").nth(1).unwrap();
        for words in ["==x==", "++x++", "x^2^", ":rocket:", "[^1]"] {
            assert!(page.matches(words).count() >= 2, "{name}: {words}");
        }
        for sign in ["<mark>x", "<kbd", "<sup", "<sub", "\u{1}"] {
            assert!(!page.contains(sign), "{name}: {sign}");
        }
    }
}

#[test]
fn importing_twice_gives_the_same_bytes() {
    let text = article();
    let folder = folder_with(&[("article.txt", text.as_bytes())]);
    for name in ["one", "two"] {
        let ran = deckle(folder.path(), &["import", "article.txt", "-o", name]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    }
    let one = files_below(&folder.path().join("one"));
    assert_eq!(deck_below(&folder.path().join("one")).len(), 12);
    assert!(one == files_below(&folder.path().join("two")));
    let ran = deckle(
        folder.path(),
        &["import", "article.txt", "-o", "one", "--force"],
    );
    assert_eq!(ran.code, 0);
    assert!(one == files_below(&folder.path().join("one")));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("article.txt")).unwrap(),
        text
    );
}

#[test]
fn the_shipped_slides_are_a_fresh_import() {
    let shipped = deck_below(&root().join("slides/xiaomi-in-china"));
    let shipped: Vec<(String, String)> = shipped
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "md"))
        .map(|(path, bytes)| {
            (
                path.display().to_string(),
                String::from_utf8(bytes).unwrap(),
            )
        })
        .collect();
    let fresh = imported(ARTICLE, article()).files;
    assert_eq!(shipped.len(), fresh.len());
    for (shipped, fresh) in shipped.iter().zip(&fresh) {
        assert_eq!(shipped.0, fresh.0);
        assert!(
            shipped.1 == fresh.1,
            "{} differs; import it again:\n{}",
            fresh.0,
            fresh.1
        );
    }
}

#[test]
fn shipped_decks_build_without_a_finding() {
    for entry in std::fs::read_dir(root().join("slides")).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let entry = Entry::find(&Disk::default(), Some(&path)).unwrap();
        let build = entry.build(&Disk::default(), &Default::default(), &mut Cache::default());
        assert!(build.pages.order.len() > 1, "{}", path.display());
        assert_eq!(build.diagnostics, [], "{}", path.display());
    }
}

#[test]
fn an_article_in_place_of_a_deck_is_its_import() {
    let folder = folder_with(&[("article.txt", article().as_bytes())]);
    assert_eq!(
        deckle(folder.path(), &["import", "article.txt", "-o", "deck"]).code,
        0
    );
    let one = deckle(folder.path(), &["export", "article.txt", "-o", "-"]);
    let two = deckle(folder.path(), &["export", "deck", "-o", "-"]);
    assert_eq!((one.code, two.code), (0, 0));
    assert!(one.stdout == two.stdout, "in memory and by way of files");
    assert!(one.stdout.len() <= 150_000, "{} bytes", one.stdout.len());
    assert_eq!(
        deck_below(folder.path()).len(),
        12,
        "nothing was written besides"
    );
}

// ---- other sources

const MARKDOWN: &str = "\
---
title: Why trains are late
author: Ann Lee
lang: en
---

# Why trains are late

Trains are late for reasons that nobody on the platform can see, and there are three of them.

## Old signals

Many signals are older than the engineers who mend them. They fail in the cold, and a failed signal stops every train \
behind it. New signals cost more than one year's budget, so they are replaced slowly.

![A signal](img/signal.png)

## Few drivers

A driver is trained for two years. The railway hired too few of them when tickets were cheap, and now trains wait for \
someone to drive them. Higher pay brought back some of the drivers who had left.

| Year | Drivers |
|------|--------:|
| 2020 |     900 |

## One track

Half of the lines have a single track. A late train there makes the train that comes towards it late as well. Passing \
places were removed to save money on switches, and nobody has put them back.

## Conclusion

Signals, drivers and tracks all need money. Late trains are the price of a budget that was cut for years.
";

const WEB_PAGE: &str = "\
<!doctype html>
<html lang=\"en\"><head><title>Why trains are late</title><script>track('head')</script></head>
<body>
<nav><ul><li><a href=\"/\">Home of the daily</a></li><li><a href=\"/sport\">Sporting life</a></li></ul></nav>
<article>
<h1>Why trains are late</h1>
<p>Trains are late for reasons that nobody on the platform can see, and there are three of them, as this article shows \
at some length, with commas.</p>
<h2>Old signals</h2>
<p>Many signals are older than the engineers who mend them. They fail in the cold, and a failed signal stops every \
train behind it. New signals cost more than one year's budget, so they are replaced slowly.</p>
<script>track('middle')</script>
<h2>Few drivers</h2>
<p>A driver is trained for two years. The railway hired too few of them when tickets were cheap, and now trains wait \
for someone to drive them. Higher pay brought back some of the drivers who had left.</p>
<h2>One track</h2>
<p>Half of the lines have a single track. A late train there makes the train that comes towards it late as well. \
Passing places were removed to save money on switches, and nobody has put them back.</p>
</article>
<footer><p>Imprint and privacy policy</p></footer>
</body></html>
";

#[track_caller]
fn has_factors(imported: &Imported, wanted: &[&str]) {
    let slides = slides(imported);
    let titles: Vec<&str> = slides.iter().map(|slide| slide.title.as_str()).collect();
    assert_eq!(imported.n_factors, wanted.len(), "{titles:?}");
    let factors: Vec<&str> = imported
        .files
        .iter()
        .zip(&titles)
        .filter(|((_, text), _)| text.starts_with("---\nlayout: factor\n"))
        .map(|(_, title)| *title)
        .collect();
    assert_eq!(factors, wanted);
}

#[test]
fn markdown_keeps_its_settings_pictures_and_tables() {
    let folder = folder_with(&[
        ("late.md", MARKDOWN.as_bytes()),
        ("img/signal.png", b"\x89PNG picture"),
    ]);
    let ran = deckle(folder.path(), &["import", "late.md"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let read = |name: &str| std::fs::read_to_string(folder.path().join("late").join(name)).unwrap();
    assert!(
        read("00-1-title.md")
            .starts_with("---\ntitle: Why trains are late\nauthor: Ann Lee\nlang: en\n")
    );
    let signals = read("01-old-signals.md");
    assert!(
        signals.contains("\n---\n\n## Old signals\n\n![A signal](img/signal.png)\n"),
        "{signals}"
    );
    assert!(read("02-few-drivers.md").contains("| 2020 |     900 |"));
    assert_eq!(
        std::fs::read(folder.path().join("late/img/signal.png")).unwrap(),
        b"\x89PNG picture"
    );
    has_factors(
        &imported("late.md", MARKDOWN),
        &["Old signals", "Few drivers", "One track"],
    );
}

#[test]
fn a_web_page_loses_navigation_footer_and_script() {
    let imported = imported("late.html", WEB_PAGE);
    has_factors(&imported, &["Old signals", "Few drivers", "One track"]);
    for (name, text) in &imported.files {
        for gone in ["Home of the daily", "Sporting life", "Imprint", "track("] {
            assert!(!text.contains(gone), "{name}: {gone}");
        }
    }
    assert!(
        imported.files[0].1.contains("title: Why trains are late\n"),
        "{}",
        imported.files[0].1
    );
}

#[test]
fn the_kind_of_text_is_told_without_an_ending() {
    let wanted = ["Old signals", "Few drivers", "One track"];
    has_factors(&imported("-", WEB_PAGE), &wanted);
    has_factors(&imported("-", MARKDOWN), &wanted);
    assert_eq!(imported("-", article()).n_factors, 8);
}

#[test]
fn standard_input_is_read() {
    let folder = folder_with(&[]);
    let ran = deckle_with(folder.path(), &["import", "-"], article().as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let name = "why-does-xiaomi-usually-keep-its-ecosystem-products-in-china";
    let files = deck_below(&folder.path().join(name));
    assert_eq!(files.len(), 12);
    for (name, text) in imported(ARTICLE, article()).files {
        assert!(files[Path::new(&name)] == text.as_bytes(), "{name}");
    }
    let ran = deckle_with(
        folder.path(),
        &["import", "-", "-o", "talk"],
        article().as_bytes(),
    );
    assert_eq!(ran.code, 0);
    assert!(folder.path().join("talk/00-1-title.md").exists());
}

// ---- what is there already

#[test]
fn an_edited_deck_is_not_overwritten() {
    let folder = folder_with(&[
        ("article.txt", article().as_bytes()),
        ("article/03-regulatory-and-legal-considerations.md", b"mine"),
    ]);
    let before = files_below(folder.path());
    let ran = deckle(folder.path(), &["import", "article.txt"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("03-regulatory") && ran.stderr.contains("--force"),
        "{}",
        ran.stderr
    );
    assert!(
        files_below(folder.path()) == before,
        "not a single file is written"
    );

    let ran = deckle(folder.path(), &["import", "article.txt", "--force"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(deck_below(&folder.path().join("article")).len(), 12);

    std::fs::write(folder.path().join("article/99-old.md"), "# Old\n").unwrap();
    let ran = deckle(folder.path(), &["import", "article.txt", "--force"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("99-old.md"),
        "a slide that stays is named: {}",
        ran.stdout
    );
}

#[test]
fn a_folder_with_other_slides_or_a_file_is_refused() {
    let folder = folder_with(&[
        ("article.txt", article().as_bytes()),
        ("deck/99-mine.md", b"# Mine\n"),
        ("file", b"mine"),
        ("notes/todo.txt", b"mine"),
    ]);
    let before = files_below(folder.path());
    for target in ["deck", "file"] {
        let ran = deckle(folder.path(), &["import", "article.txt", "-o", target]);
        assert_eq!(ran.code, 2, "{target}");
        assert!(ran.stderr.contains(&format!("`{target}")), "{}", ran.stderr);
    }
    assert!(files_below(folder.path()) == before);
    let ran = deckle(folder.path(), &["import", "article.txt", "-o", "notes"]);
    assert_eq!(
        ran.code, 0,
        "a folder without slides may be filled: {}",
        ran.stderr
    );
    assert_eq!(
        std::fs::read(folder.path().join("notes/todo.txt")).unwrap(),
        b"mine"
    );
}

#[test]
fn pictures_that_are_there_stay() {
    let folder = folder_with(&[
        ("late.md", MARKDOWN.as_bytes()),
        ("img/signal.png", b"new"),
        ("late/img/signal.png", b"mine"),
    ]);
    assert_eq!(deckle(folder.path(), &["import", "late.md"]).code, 0);
    assert_eq!(
        std::fs::read(folder.path().join("late/img/signal.png")).unwrap(),
        b"mine"
    );
}

// ---- odd inputs

/// What an import wrote must be a deck that shows all it was given.
#[track_caller]
fn is_a_clean_deck(imported: &Imported) {
    let files: Vec<(&str, &[u8])> = imported
        .files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    let folder = folder_with(&files);
    let entry = Entry::find(&Disk::default(), Some(folder.path())).unwrap();
    let build = entry.build(&Disk::default(), &Default::default(), &mut Cache::default());
    assert!(!build.pages.order.is_empty());
    let errors: Vec<_> = build
        .diagnostics
        .iter()
        .filter(|found| found.code != "too-much-text" && !found.is_note())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn nothing_to_read_is_said() {
    let folder = folder_with(&[
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("tags.html", b"<html><body></body></html>"),
    ]);
    for name in ["empty.txt", "blank.txt", "tags.html"] {
        let ran = deckle(folder.path(), &["import", name, "-o", "deck"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stdout);
        assert!(
            ran.stderr.contains("there is no text"),
            "{name}: {}",
            ran.stderr
        );
        assert!(!folder.path().join("deck").exists(), "{name}");
    }
    let ran = deckle(folder.path(), &["import", "nowhere.txt"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .contains("cannot read `nowhere.txt`: no such file"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_word_is_a_title() {
    let imported = imported("word.txt", "Trains");
    assert_eq!(imported.n_factors, 0);
    assert_eq!(slides(&imported)[0].title, "Trains");
    is_a_clean_deck(&imported);
}

#[test]
fn headings_alone_are_a_deck_or_said_to_be_left_out() {
    for (name, text) in [
        (
            "a.txt",
            "Why Trains Are Late\n\nOld Signals\n\nFew Drivers\n\nOne Track\n",
        ),
        (
            "a.md",
            "# Why trains are late\n\n## Old signals\n\n## Few drivers\n\n## One track\n",
        ),
        (
            "a.html",
            "<html><body><h1>Why trains are late</h1><h2>Old signals</h2><h2>Few drivers</h2></body></html>",
        ),
    ] {
        let imported = imported(name, text);
        let slides = slides(&imported);
        let shown = slides
            .iter()
            .map(|slide| format!("{} {}\n", slide.shown, slide.notes));
        let all: String = shown.chain(imported.leftovers.iter().cloned()).collect();
        for heading in ["late", "signals", "drivers"] {
            assert!(
                all.to_lowercase().contains(heading),
                "{name}: {heading} is lost in\n{all}"
            );
        }
        is_a_clean_deck(&imported);
    }
}

#[test]
fn encodings_of_old_are_read() {
    let text =
        "Größe zählt\n\nDie Brücke über den Fluß ist für Züge „zu schmal“ – und das schon lange.\n";
    let utf16 = |to: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(to))
            .collect()
    };
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '„' => 0x84,
            '“' => 0x93,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let wanted = imported("a.txt", text);
    assert!(
        slides(&wanted)
            .iter()
            .any(|slide| slide.notes.contains("Brücke"))
    );
    for (name, bytes) in [
        (
            "UTF-16, little end first",
            utf16(u16::to_le_bytes, [0xff, 0xfe]),
        ),
        (
            "UTF-16, big end first",
            utf16(u16::to_be_bytes, [0xfe, 0xff]),
        ),
        ("Windows' Latin-1", windows),
        (
            "UTF-8 with a mark",
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ),
        (
            "line ends of Windows",
            text.replace('\n', "\r\n").into_bytes(),
        ),
    ] {
        assert_eq!(imported("a.txt", &bytes).files, wanted.files, "{name}");
    }
}

/// Most of it is code: a debug build would take minutes to weigh so many sentences.
#[test]
fn five_megabytes_are_read() {
    let paragraph = "A late train makes the train behind it late as well, and nobody on the platform knows the reason. ";
    let code = "let train = late(train.behind());\n".repeat(16_000);
    let mut text = String::from("# Why trains are late\n\n");
    for section in 1..=9 {
        text += &format!(
            "## Reason number {section}\n\n{}\n\n```\n{code}```\n\n",
            paragraph.repeat(20)
        );
    }
    assert!(text.len() > 4_900_000);
    let imported = imported("long.md", &text);
    assert_eq!(imported.n_factors, 9);
    let n_bytes: usize = imported.files.iter().map(|(_, text)| text.len()).sum();
    assert!(
        n_bytes > 4_900_000,
        "{n_bytes} of {} bytes are left",
        text.len()
    );
}

#[test]
fn what_markdown_or_yaml_would_read_is_kept_as_text() {
    let text = "\
Title: with # and \"quotes\" and 'more'

1. Costs are < 5 & > 3

The first reason is that *stars* and _lines_ and `ticks` and <b>tags</b> and <script>alert(1)</script> are text in a \
plain article, and so are [brackets](javascript:alert(1)) and {braces}.

::: notes

---

The second paragraph has a line of three colons in front of it and hyphens, and is long enough to be one.
";
    let imported = imported("odd.txt", text);
    is_a_clean_deck(&imported);
    let all: String = slides(&imported)
        .iter()
        .map(|slide| format!("{}\n", slide.notes))
        .collect();
    for kept in [
        "<script>alert(1)</script>",
        "[brackets](javascript:alert(1))",
        "{braces}",
        "<b>tags</b>",
    ] {
        assert!(all.contains(kept), "{kept} is lost in\n{all}");
    }
}

#[test]
fn file_names_are_short_and_safe() {
    let long = "Very long words ".repeat(30);
    let mut text = String::from("# A title\n\n");
    for heading in [
        "../../etc/passwd",
        &long,
        "\u{1F680}",
        "供应链",
        "CON",
        "a\\b",
    ] {
        text += &format!(
            "## {heading}\n\nSome text about {heading} is long enough to be a paragraph of its own, with a stop.\n\n"
        );
    }
    let imported = imported("a.md", &text);
    assert!(imported.n_factors >= 4, "{:?}", imported.files);
    let mut seen = BTreeSet::new();
    for (name, _) in &imported.files {
        assert!(
            name.len() <= 120 && !name.contains(['/', '\\', ' ']) && !name.starts_with('.'),
            "{name}"
        );
        assert!(seen.insert(name), "{name} twice");
    }
}

#[test]
fn place_language_and_hour_of_the_machine_change_nothing() {
    let pages = root().join("tests/pages");
    for name in ["german.html", "japanese.html", "news.html"] {
        let page = std::fs::read(pages.join(name)).unwrap();
        let folder = folder_with(&[(name, &page), (&format!("far/away/{name}"), &page)]);
        let far = folder.path().join("far/away");
        let settings = [("C", "UTC"), ("tr_TR.UTF-8", "Asia/Kathmandu")];
        for (place, (lang, zone)) in [folder.path(), far.as_path()].into_iter().zip(settings) {
            let ran = program(place, &["import", name, "-o", "deck"])
                .envs([("LANG", lang), ("LC_ALL", lang), ("TZ", zone)])
                .output();
            assert!(ran.unwrap().status.success());
        }
        let near = files_below(&folder.path().join("deck"));
        assert!(
            near.len() > 2 && near == files_below(&far.join("deck")),
            "{name}"
        );
    }
}

#[test]
fn what_holds_no_article_is_named_with_what_to_do() {
    for (name, bytes, what) in [
        ("a.pdf", &b"%PDF-1.7\n"[..], "a PDF"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Office document",
        ),
        ("a.png", b"\x89PNG\r\n", "a picture"),
        ("a.docx", b"PK\x03\x04", "an archive"),
    ] {
        let folder = folder_with(&[(name, bytes)]);
        for command in ["import", "export"] {
            let ran = deckle(folder.path(), &[command, name]);
            assert_eq!(ran.code, 2, "{}", ran.stderr);
            assert!(
                ran.stderr.contains(what) && ran.stderr.contains("help"),
                "{}",
                ran.stderr
            );
        }
        assert_eq!(files_below(folder.path()).len(), 1, "nothing is written");
    }
}
