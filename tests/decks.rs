//! Runs the decks in `tests/decks`: each is one test, its expectation beside it.
//!
//! `check` holds decks with a fault and what the author reads about it,
//! `render` decks and the sections they become. See `tests/README.md`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use deckle::check::Speller;
use deckle::diag::{machine, show};
use deckle::import;
use deckle::pipeline::{self, Build, Wishes};
use deckle::prove::Against;
use deckle::render::Cache;
use deckle::source::Disk;
use snapbox::assert::{Action, DEFAULT_ACTION_ENV};
use snapbox::{Assert, Data};

datatest_stable::harness! {
    { test = check, root = "tests/decks/check", pattern = CASES },
    { test = pass, root = "tests/decks/pass", pattern = CASES },
    { test = render, root = "tests/decks/render", pattern = CASES },
}

/// A Markdown file is a case, and so is a folder with a `README.md`, which is
/// no slide file and says what the case is about.
const CASES: &str = r"^([^/]+\.md|[^/]+/README\.md)$";

/// The diagnostics of a deck as a terminal without colour shows them.
fn check(path: &Path) -> datatest_stable::Result<()> {
    let case = case_of(path);
    let build = inspected(&case);
    let drawn: Vec<String> = build
        .diagnostics
        .iter()
        .map(|diagnostic| show::terminal(diagnostic, &build.sources, false))
        .collect();
    let name = case.file_stem().unwrap_or_default().to_string_lossy();
    let codes: Vec<&str> = build.diagnostics.iter().map(|d| d.code).collect();
    if !codes.contains(&&*name) {
        return Err(format!("the case is named after a code that is not among {codes:?}").into());
    }
    compare(drawn.join("\n\n") + "\n", &case.with_extension("diag"))
}

/// A deck that does what a finding asks for: nothing at all is found in it.
fn pass(path: &Path) -> datatest_stable::Result<()> {
    let build = inspected(&case_of(path));
    let drawn = machine::short(&build.diagnostics, &build.sources);
    if drawn.is_empty() {
        return Ok(());
    }
    Err(format!("this was found:\n{drawn}").into())
}

/// The sections of a deck, without the page around them, and in front of them
/// what was complained about.
fn render(path: &Path) -> datatest_stable::Result<()> {
    let case = case_of(path);
    let build = build(&case);
    let faults = build.diagnostics.iter().map(|diagnostic| {
        let severity = diagnostic.severity.word();
        let place = diagnostic.place(&build.sources).unwrap_or_default();
        let place = place.rsplit('/').next().unwrap_or_default();
        format!(
            "<!-- {severity}[{}] {place}: {} -->",
            diagnostic.code, diagnostic.message
        )
    });
    let pages = &build.pages;
    let sections = pages
        .order
        .iter()
        .map(|key| pages.sections[key].trim_end().to_string());
    let html: Vec<String> = faults.chain(sections).collect();
    compare(html.join("\n\n") + "\n", &case.with_extension("html"))
}

fn case_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if path.ends_with("README.md") => folder.to_path_buf(),
        _ => path.to_path_buf(),
    }
}

/// Makes a file too long to lie in the tree of each that ends in `.start`: that
/// and zeros.
fn lengthen(case: &Path) {
    let entries = std::fs::read_dir(case).into_iter().flatten().flatten();
    for start in entries.map(|entry| entry.path()) {
        if start.extension().is_some_and(|ending| ending == "start") {
            let long = start.with_extension("");
            std::fs::copy(&start, &long).expect("a copy of the start");
            let file = std::fs::File::options().append(true).open(&long);
            let file = file.expect("the copy");
            file.set_len(17_000_000).expect("zeros behind it");
        }
    }
}

/// A case that is a folder with an `article.txt` is held against it.
fn build(case: &Path) -> Build {
    lengthen(case);
    let article = case.join("article.txt");
    let against = std::fs::read(&article).ok().map(|bytes| Against {
        record: Arc::new(import::record(&article, &bytes)),
        name: "article.txt".into(),
        all: false,
    });
    let wishes = Wishes {
        against,
        ..Wishes::default()
    };
    pipeline::build(&Disk::default(), case, &wishes, &mut Cache::default())
}

/// The same with all that `deckle check` looks for; spelling, where a dictionary
/// lies in the case's folder.
fn inspected(case: &Path) -> Build {
    let mut build = build(case);
    let mut rules = build.take_rules();
    let read = |name: &str| std::fs::read(case.join(name));
    if let (Ok(aff), Ok(dic)) = (read("dictionary.aff"), read("dictionary.dic")) {
        let words = build.text_within(&Disk::default(), build.spelling().1);
        rules.speller = Speller::new(&aff, &dic, &words).ok();
    }
    build.inspect(&Disk::default(), case, &rules, None);
    build
}

/// Compares to the letter, or writes the expectation anew on
/// `SNAPSHOTS=overwrite`.
fn compare(actual: String, expected: &Path) -> datatest_stable::Result<()> {
    let overwrite = Action::with_env_var(DEFAULT_ACTION_ENV) == Some(Action::Overwrite);
    if !expected.exists() && !overwrite {
        let hint = "run once with SNAPSHOTS=overwrite and read what it wrote";
        return Err(format!("there is no {}: {hint}\n\n{actual}", expected.display()).into());
    }
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .try_eq(
            Some(&expected.display()),
            Data::text(actual).raw(),
            Data::read_from(expected, None).raw(),
        )
        .map_err(|difference| difference.to_string().into())
}
