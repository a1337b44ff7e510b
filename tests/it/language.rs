//! The language of decks: its documentation is held to the program, and the
//! tour to its documentation.

use std::collections::BTreeSet;

use deckle::deck::settings::{DECK_KEYS, SLIDE_KEYS};
use deckle::pipeline::{self, Wishes};
use deckle::reference::{self, Words};
use deckle::render::Cache;
use deckle::source::Disk;

use super::{deckle, files_below, root};

const DOCS: &str = "docs/language.md";
const TOUR: &str = "slides/tour";

fn docs() -> String {
    std::fs::read_to_string(root().join(DOCS)).unwrap()
}

/// The files of the tour, one after the other.
fn tour() -> String {
    let files = files_below(&root().join(TOUR));
    let texts = files
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "md"));
    texts
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect()
}

/// The lines between the comment with a name and the one that ends it.
fn between<'t>(text: &'t str, name: &str) -> &'t str {
    let open = format!("<!-- {name} -->\n");
    let start = text.find(&open).unwrap_or_else(|| panic!("no {open}")) + open.len();
    let end = text[start..].find("<!-- end -->").unwrap();
    &text[start..start + end]
}

#[test]
fn the_tables_are_those_of_the_program() {
    let text = docs();
    let mut new = text.clone();
    for (name, table) in reference::tables() {
        let old = between(&new, name).to_string();
        let (open, end) = (format!("<!-- {name} -->\n"), "<!-- end -->");
        new = new.replace(&format!("{open}{old}{end}"), &format!("{open}{table}{end}"));
    }
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        std::fs::write(root().join(DOCS), new).unwrap();
        return;
    }
    assert!(
        text == new,
        "{DOCS}: a table is not the program's; SNAPSHOTS=overwrite writes it"
    );
}

/// Names and words in a text: what stands between other characters than
/// letters, digits and hyphens.
/// What stands in backticks between two places of the README.
fn named_in_readme(from: &str, to: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let rest = text.split_once(from).expect(from).1;
    let part = rest.split_once(to).expect(to).0;
    part.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_string)
        .collect()
}

#[test]
fn the_readme_names_the_themes_that_there_are() {
    let mut named = named_in_readme("`theme` (", ", or a folder");
    named.sort();
    let folders = std::fs::read_dir(root().join("themes")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    let mut there: Vec<String> = folders
        .filter(|path| path.join("theme.yaml").exists())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    there.sort();
    assert_eq!(named, there);
}

fn tokens(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .map(|token| token.trim_matches('-'))
        .filter(|token| !token.is_empty())
        .collect()
}

#[test]
fn every_word_is_told_outside_of_the_table() {
    let text = docs();
    let told = text.replace(between(&text, "words"), "");
    let told = tokens(&told);
    for Words { place, words } in reference::words() {
        for word in words {
            assert!(
                told.contains(word),
                "{DOCS} does not tell of `{word}` ({place})"
            );
        }
    }
}

/// Braces in a text that hold classes and keys: their words.
fn braces(text: &str) -> Vec<&str> {
    let parts = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    parts
        .filter(|inner| !inner.contains(['\n', '|', '$']))
        .flat_map(str::split_whitespace)
        .collect()
}

fn all_of(places: &[&str]) -> BTreeSet<&'static str> {
    let words = reference::words();
    let wanted = words
        .iter()
        .filter(|list| places.iter().any(|place| list.place.starts_with(place)));
    wanted.flat_map(|list| list.words.iter().copied()).collect()
}

/// Words that stand for any class or key where the documentation says how they
/// are spelt.
const ANY: [&str; 2] = ["class", "key"];

#[test]
fn no_word_is_told_that_nobody_knows() {
    let text = docs() + &tour();
    let classes = all_of(&["classes", "kinds"]);
    let keys = all_of(&["keys"]);
    for word in braces(&text) {
        if let Some(class) = word.strip_prefix('.') {
            let is_known = classes.contains(class) || ANY.contains(&class);
            assert!(is_known, "nothing knows the class `{word}`");
        } else if let Some((key, _)) = word.split_once('=') {
            let is_word = key.bytes().all(|byte| byte.is_ascii_lowercase());
            let is_known = keys.contains(key) || ANY.contains(&key) || !is_word;
            assert!(is_known, "nothing knows the key `{word}`");
        }
    }
    let groups = all_of(&["groups"]);
    let fences = all_of(&["fences"]);
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix(":::") {
            let name = rest.trim_start_matches(':').split_whitespace().next();
            let name = name.filter(|name| name.starts_with(char::is_alphabetic));
            assert!(
                name.is_none_or(|name| groups.contains(name)),
                "no group: {line}"
            );
        }
        if let Some(rest) = line.strip_prefix("```") {
            let name = rest
                .trim_start_matches('`')
                .split([' ', '{'])
                .next()
                .unwrap();
            let languages = ["", "markdown", "rust", "python", "bash"];
            let is_known = fences.contains(name) || languages.contains(&name);
            assert!(is_known || name.contains('='), "no fence: {line}");
        }
    }
}

/// The words in front matter of examples, except names of variables.
#[test]
fn no_setting_is_told_that_nobody_knows() {
    let text = docs();
    let mut in_front = false;
    for line in text.lines() {
        if line == "---" {
            in_front = !in_front;
        }
        if line.starts_with("```") {
            in_front = false;
        }
        let key = line.split_once(':').map(|(key, _)| key);
        let Some(key) = key.filter(|_| in_front && !line.starts_with(' ')) else {
            continue;
        };
        assert!(
            DECK_KEYS.contains(&key) || SLIDE_KEYS.contains(&key),
            "nothing knows the setting `{key}`"
        );
    }
}

#[test]
fn what_the_program_asks_for_is_among_the_words() {
    let known = all_of(&["classes", "keys", "kinds"]);
    // What `layout` says to the style sheet, and no author.
    let own = [
        "along",
        "down",
        "dates-medium",
        "dates-long",
        "timeline",
        "date",
        "event",
        "kbd",
        "sub",
        "sup",
        "mark",
        "continued",
        "keys",
    ];
    for (path, bytes) in files_below(&root().join("src")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if !text.contains("attrs") {
            continue;
        }
        for call in ["attrs.has(\"", "attrs.get(\""] {
            for rest in text.split(call).skip(1) {
                let word = rest.split('"').next().unwrap();
                let is_known = known.contains(word) || own.contains(&word);
                assert!(
                    is_known,
                    "src/{}: `{word}` is not in deck/words.rs",
                    path.display()
                );
            }
        }
    }
}

// ---- the tour

#[test]
fn the_tour_shows_every_word() {
    let text = tour();
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    for Words { place, words } in reference::words() {
        // A layout is shown by a slide that has it; see below.
        if place == "`layout`" {
            continue;
        }
        for word in words {
            assert!(
                tokens.contains(word),
                "the tour does not show `{word}` ({place})"
            );
        }
    }
    let signs = [
        "++Ctrl",
        "==",
        "~2~",
        "^2^",
        "~~",
        ":rocket:",
        ":icon-",
        "[^1]",
        "[^1]:",
        "> [!NOTE]",
        "\n: ",
        "- [x]",
        "- [ ]",
        "\n. . .\n",
        "[click]",
        "{{",
        "\\{{",
        "$$",
        " $",
        "::: columns 2:1",
        "include: ",
        "![",
        "{#",
        "](#",
        "<details",
        "\n***\n",
        "|:-",
        "{1|2-3|all}",
        "{2,4 ",
        "linear-gradient(",
        "- **1687**",
        "::: {.",
    ];
    for sign in signs {
        assert!(text.contains(sign), "the tour does not show {sign:?}");
    }
}

#[test]
fn the_tour_builds_clean_and_has_every_layout_and_rule() {
    let mut cache = Cache::default();
    let mut build = |explain: Option<usize>| {
        let wishes = Wishes {
            explain,
            ..Wishes::default()
        };
        let path = root().join(TOUR);
        pipeline::build(&Disk::default(), &path, &wishes, &mut cache)
    };
    let whole = build(None);
    let codes: Vec<&str> = whole.diagnostics.iter().map(|found| found.code).collect();
    assert!(codes.is_empty(), "{codes:?}");
    let layouts: BTreeSet<&str> = whole
        .plan
        .frames
        .iter()
        .map(|frame| frame.layout.name())
        .collect();
    assert_eq!(layouts, all_of(&["`layout`"]));
    let mut rules = BTreeSet::new();
    for number in 1..=whole.plan.frames.len() {
        let choice = build(Some(number)).plan.choice.unwrap();
        if !choice.is_named {
            rules.insert(choice.failed.len());
        }
    }
    let (_, table) = &reference::tables()[0];
    let n_rules = table.lines().count() - 2;
    let missing: Vec<usize> = (0..n_rules).filter(|rule| !rules.contains(rule)).collect();
    assert!(
        missing.is_empty(),
        "no slide for the rules {missing:?}, from 0"
    );
}

#[test]
fn an_example_shows_what_it_is_made_of() {
    let path = root().join(TOUR);
    let build = pipeline::build(
        &Disk::default(),
        &path,
        &Wishes::default(),
        &mut Cache::default(),
    );
    let text = tour();
    let mut n_sources = 0;
    for frame in &build.plan.frames {
        let own = frame.example.iter().map(|(_, block)| block);
        let blocks: Vec<_> = own.chain(&frame.slots.left).collect();
        for block in blocks {
            let deckle::deck::BlockKind::Code(code) = &block.kind else {
                continue;
            };
            if code.lang == "deckle" {
                n_sources += 1;
                // The setting that asks for it is left out, so front matter has a gap.
                let last = code.text.lines().last().unwrap();
                assert!(text.contains(last), "{last}");
                let body = code.text.rsplit("---\n").next().unwrap().trim();
                assert!(text.contains(body), "{body}");
            }
        }
    }
    assert!(n_sources > 40, "{n_sources}");
}

// ---- help

#[test]
fn help_prints_the_language_and_its_parts() {
    let all = deckle(root(), &["help", "language"]);
    assert_eq!(all.code, 0);
    assert!(all.stdout.starts_with("THE LANGUAGE OF A DECK"));
    for topic in reference::topics() {
        assert!(all.stdout.contains(&topic.to_uppercase()), "{topic}");
    }
    let steps = deckle(root(), &["help", "language", "steps"]);
    assert!(steps.stdout.starts_with("STEPS\n"), "{}", steps.stdout);
    assert!(
        steps
            .stdout
            .contains("    - appears at the first step {.step}")
    );
    assert!(steps.stdout.lines().all(|line| line.chars().count() <= 100));
    let layouts = deckle(root(), &["help", "layouts"]);
    assert!(layouts.stdout.contains("two lists"), "{}", layouts.stdout);
    let import = deckle(root(), &["help", "import"]);
    assert!(import.stdout.contains("--dry-run"), "{}", import.stdout);
    let own = deckle(root(), &["help"]);
    assert!(own.stdout.contains("Exit codes"), "{}", own.stdout);
    let none = deckle(root(), &["help", "language", "stpes"]);
    assert_eq!(none.code, 2);
    assert!(
        none.stderr.contains("did you mean `steps`?"),
        "{}",
        none.stderr
    );
}

#[test]
fn check_explains_a_layout() {
    let deck = "tests/decks/render/columns-of-two-lists.md";
    let found = deckle(root(), &["check", deck, "--explain-layout", "1"]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    for words in [
        "layout: two-columns",
        "Chosen by rule 13, two lists",
        "it does not end in two columns",
        "layout: NAME",
    ] {
        assert!(found.stdout.contains(words), "{words}: {}", found.stdout);
    }
    let named = deckle(
        root(),
        &[
            "check",
            "tests/decks/render/timeline-down.md",
            "--explain-layout",
            "4",
        ],
    );
    assert!(
        named.stdout.contains("The author named it."),
        "{}",
        named.stdout
    );
    assert!(
        named.stdout.contains("Otherwise it would be bullets"),
        "{}",
        named.stdout
    );
    let none = deckle(root(), &["check", deck, "--explain-layout", "99"]);
    assert_eq!(none.code, 2);
    assert!(
        none.stderr.contains("there is no slide 99"),
        "{}",
        none.stderr
    );
}
