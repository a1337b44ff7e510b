//! A talk as text: Markdown and plain text, whole or its notes alone. The decks
//! lie in `tests/texts`, what becomes of them beside them.

use std::path::Path;

use deckle::export::{Form, Notes};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};

use super::{deckle, folder_with, root};

/// Exports a deck of `tests/texts` by the real program, and holds that against
/// the file beside it.
#[track_caller]
fn check(deck: &str, expected: &str, args: &[&str]) {
    let texts = root().join("tests/texts");
    let ran = deckle(&texts, &[&["export", deck, "-o", "-"], args].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    let expected = Data::read_from(&texts.join(expected), Some(DataFormat::Text));
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(ran.stdout, expected.raw());
}

#[test]
fn a_talk_is_an_article() {
    check("talk", "talk.article.md", &["--to", "md"]);
    check("talk", "talk.article.txt", &["--to", "txt"]);
}

#[test]
fn notes_stand_alone_or_not_at_all() {
    check(
        "talk",
        "talk.notes.txt",
        &["--to", "txt", "--notes", "only"],
    );
    check("talk", "talk.slides.md", &["--to", "md", "--notes", "off"]);
}

#[test]
fn what_was_continued_is_whole_again() {
    check("continued.md", "continued.article.md", &["--to", "md"]);
    // Whatever size its slides have.
    let deck = std::fs::read_to_string(root().join("tests/texts/continued.md")).unwrap();
    let narrow = deck.replacen("title:", "size: '4:3'\ntitle:", 1);
    let strict = deck.replacen("title:", "fit: strict\ntitle:", 1);
    let folder = folder_with(&[
        ("continued.md", deck.as_bytes()),
        ("narrow.md", narrow.as_bytes()),
        ("strict.md", strict.as_bytes()),
    ]);
    let of = |name: &str| deckle(folder.path(), &["export", name, "--to", "md", "-o", "-"]).stdout;
    let whole = of("continued.md");
    assert!(whole.contains("30. Thing number 30"), "{whole}");
    assert_eq!(of("narrow.md"), whole);
    assert_eq!(of("strict.md"), whole);
}

/// The words of a text in Markdown; footnotes stand at the foot of their slide,
/// and what we wrote is read as fewer slides.
fn words(markdown: &str) -> Vec<String> {
    let lines = markdown.lines().filter(|line| !line.starts_with("[^"));
    let mut text: String = lines.flat_map(|line| [line, "\n"]).collect();
    // What Markdown has no marks for is written as tags, which are no words.
    for tag in ["strong", "sub", "sup", "kbd"] {
        text = text
            .replace(&format!("<{tag}>"), "")
            .replace(&format!("</{tag}>"), "");
    }
    let bare = text.replace(|c: char| !c.is_alphanumeric(), " ");
    bare.split_whitespace().map(String::from).collect()
}

/// Our Markdown is read as what it was written from: written again, it says the
/// same in the same order.
#[test]
fn the_markdown_is_read_again_as_the_same_text() {
    let folder = folder_with(&[]);
    for deck in ["slides/xiaomi-in-china", "tests/texts/talk", "slides/tour"] {
        let deck = root().join(deck);
        let write = |deck: &str, target: &str| {
            let args = ["export", deck, "-o", target, "--notes", "off", "--force"];
            let ran = deckle(folder.path(), &args);
            assert!(ran.code < 2, "{}", ran.stderr);
            words(&std::fs::read_to_string(folder.path().join(target)).unwrap())
        };
        let once = write(deck.to_str().unwrap(), "once.md");
        let again = write("once.md", "again.md");
        assert!(once.len() > 50);
        let around = |words: &[String], at: usize| {
            let from = at.saturating_sub(8);
            words[from..(at + 8).min(words.len())].join(" ")
        };
        if let Some(at) = once.iter().zip(&again).position(|(a, b)| a != b) {
            let (once, again) = (around(&once, at), around(&again, at));
            panic!("{}:\n{once}\nis read as\n{again}", deck.display());
        }
        assert_eq!(once.len(), again.len(), "{}", deck.display());
    }
}

#[test]
fn pictures_are_named_from_where_the_text_lies() {
    let deck = "# A\n\n---\n\n## B\n\nWords.\n\n![Hills](img/hills.svg)\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"><rect width=\"4\" height=\"3\"/></svg>";
    let folder = folder_with(&[
        ("talks/one/deck.md", deck.as_bytes()),
        ("talks/one/img/hills.svg", svg.as_bytes()),
        ("out/.keep", b""),
    ]);
    for (target, place) in [
        ("talks/one/a.md", "img/hills.svg"),
        ("a.md", "talks/one/img/hills.svg"),
        ("out/a.md", "../talks/one/img/hills.svg"),
    ] {
        let ran = deckle(
            folder.path(),
            &["export", "talks/one/deck.md", "-o", target],
        );
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let text = std::fs::read_to_string(folder.path().join(target)).unwrap();
        assert!(
            text.contains(&format!("![Hills]({place})")),
            "{target}: {text}"
        );
    }
}

#[test]
fn an_article_of_ours_is_renewed_and_a_text_of_the_authors_is_not() {
    let folder = folder_with(&[("talk.md", b"# One\n\n---\n\n## Two\n\nWords.\n")]);
    let export = |args: &[&str]| deckle(folder.path(), &[&["export", "talk.md"], args].concat());
    assert_eq!(export(&["-o", "article.md"]).code, 0);
    assert_eq!(export(&["-o", "article.md"]).code, 0);
    assert_eq!(export(&["--to", "txt"]).code, 0);
    // Plain text cannot say who wrote it.
    let refused = export(&["--to", "txt"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("`talk.txt` is there already"),
        "{}",
        refused.stderr
    );
    assert_eq!(export(&["--to", "txt", "--force"]).code, 0);
    // The deck is never the place for what is made of it.
    let itself = export(&["--to", "md"]);
    assert_eq!(itself.code, 2);
    assert!(
        itself.stderr.contains("is what the deck is made of"),
        "{}",
        itself.stderr
    );
}

#[test]
fn what_a_text_does_not_carry_is_said() {
    let deck = "# A\n\n---\n\n## B\n\n![A film](a.mp4)\n\n---\n\n## C\n\n![A film](a.mp4)\n\n---\n\n## D\n\n```poll\n- Yes\n- No\n```\n";
    let folder = folder_with(&[
        ("talk.md", deck.as_bytes()),
        ("a.mp4", b"\0\0\0\x18ftypmp42"),
    ]);
    let ran = deckle(folder.path(), &["export", "talk.md", "--to", "txt"]);
    let expected = "It does not carry:\n  films and sounds: only their names (slides 2, 3)\n  \
                    polls: to be answered by hand (slide 4)\n";
    assert!(
        ran.stdout.ends_with(expected),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
}

#[test]
fn options_of_another_form_are_refused() {
    let folder = folder_with(&[("talk.md", b"# One\n\n---\n\n## Two\n\nWords.\n")]);
    for (args, word) in [
        (
            &["--to", "md", "--handout", "3"][..],
            "`--handout` is not for `--to md`",
        ),
        (&["--pick", "2"], "`--pick` is not for `--to html`"),
        (
            &["--notes", "only"],
            "`--to html` does not write notes alone",
        ),
        (
            &["--to", "pdf", "--notes", "only"],
            "`--to pdf` does not write notes alone",
        ),
        (
            &["--to", "pdf", "--pick", "3"],
            "`3` names no slides of this deck, which has 2",
        ),
        (&["--to", "pdf", "--pick", "2-1"], "`2-1` names no slides"),
        (
            &["--to", "pdf", "--paper", "a4"],
            "a page is as large as its slide",
        ),
        (
            &["--to", "pdf", "--browser", "/nowhere/chrome"],
            "cannot start the browser `/nowhere/chrome`",
        ),
    ] {
        let ran = deckle(folder.path(), &[&["export", "talk.md"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains(word), "{args:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is written"
    );
}

/// Each of the words is one of the list that `--to` and an ending know.
#[test]
fn forms_are_known_by_name_and_by_ending() {
    for form in Form::ALL {
        assert_eq!(Form::named(form.name()), Some(form));
        assert_eq!(
            Form::of(Path::new(&format!("a.b.{}", form.name().to_uppercase()))),
            Some(form)
        );
    }
    assert_eq!(Form::of(Path::new("talk")), None);
    assert_ne!(Notes::On, Notes::Off);
}
