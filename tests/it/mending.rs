//! `check` for programs, and what `--fix` does to the author's files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use snapbox::assert::{Action, DEFAULT_ACTION_ENV};

use super::{Ran, deckle, files_below, folder_with, root};

/// A deck with every fault that can be mended.
fn before() -> BTreeMap<PathBuf, Vec<u8>> {
    files_below(&root().join("tests/mending/before"))
        .into_iter()
        .collect()
}

fn copied() -> tempfile::TempDir {
    let files = before();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, bytes)| (path.to_str().unwrap(), bytes.as_slice()))
        .collect();
    folder_with(&files)
}

fn found(folder: &Path, more: &[&str]) -> (Ran, Vec<Value>) {
    let ran = deckle(
        folder,
        &[&["check", ".", "--format", "json"], more].concat(),
    );
    let list: Value = serde_json::from_str(&ran.stdout).unwrap();
    (ran, list.as_array().unwrap().clone())
}

#[test]
fn what_can_be_mended_is_and_no_other_byte() {
    let folder = copied();
    let (_, list) = found(folder.path(), &[]);
    let fixable = list.iter().filter(|found| found["fixable"] == true);
    let mut codes: Vec<&str> = fixable
        .map(|found| found["code"].as_str().unwrap())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let page = std::fs::read_to_string(root().join("docs/checks.md")).unwrap();
    let mut promised: Vec<&str> = page
        .split("\n### `")
        .skip(1)
        .filter(|part| part.lines().next().unwrap().contains("can be mended"))
        .map(|part| part.split('`').next().unwrap())
        .collect();
    promised.sort_unstable();
    assert_eq!(
        codes, promised,
        "the deck has one of each fault that can be mended"
    );

    let ran = deckle(folder.path(), &["check", ".", "--fix", "--yes"]);
    assert!(
        ran.stdout.contains(" mended in 10 files."),
        "{}",
        ran.stdout
    );
    let (_, list) = found(folder.path(), &[]);
    let left: Vec<&Value> = list
        .iter()
        .filter(|found| found["fixable"] == true)
        .collect();
    assert!(left.is_empty(), "{left:#?}");

    let expected = root().join("tests/mending/after");
    if Action::with_env_var(DEFAULT_ACTION_ENV) == Some(Action::Overwrite) {
        for (path, bytes) in files_below(folder.path()) {
            std::fs::create_dir_all(expected.join(&path).parent().unwrap()).unwrap();
            std::fs::write(expected.join(&path), bytes).unwrap();
        }
    }
    let expected: BTreeMap<_, _> = files_below(&expected).into_iter().collect();
    let after: BTreeMap<_, _> = files_below(folder.path()).into_iter().collect();
    for (path, bytes) in &after {
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(shown(bytes), shown(&expected[path]), "{}", path.display());
        assert_eq!(bytes, &expected[path], "{}", path.display());
    }

    let again = deckle(folder.path(), &["check", ".", "--fix", "--yes"]);
    assert!(
        again.stdout.contains("nothing that can be mended"),
        "{}",
        again.stdout
    );
    assert_eq!(after, files_below(folder.path()).into_iter().collect());
}

#[test]
fn a_difference_is_shown_and_nothing_written_unasked() {
    for args in [&["--fix", "--dry-run"][..], &["--fix"]] {
        let folder = copied();
        let ran = deckle(folder.path(), &[&["check", "."], args].concat());
        assert!(ran.stdout.contains("\n+theme: swiss\n"), "{}", ran.stdout);
        assert!(ran.stdout.contains("othing was written"), "{}", ran.stdout);
        assert_eq!(ran.code, 1);
        let after: BTreeMap<_, _> = files_below(folder.path()).into_iter().collect();
        assert_eq!(after, before());
    }
    let folder = folder_with(&[("article.txt", b"Trains\n\nThey are late.\n")]);
    let ran = deckle(folder.path(), &["check", "article.txt", "--fix"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("only a deck is mended"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_a_program_reads_is_not_mixed_with_what_is_mended() {
    let folder = copied();
    let (ran, list) = found(folder.path(), &["--fix", "--yes"]);
    assert!(ran.stderr.contains("+theme: swiss"), "{}", ran.stderr);
    assert!(list.iter().all(|found| found["fixable"] == false));
}

const FAULTS: &[u8] =
    b"---\nlayuot: quote\n---\n\n## 100 %, and: more\n\n- a\n\n---\n\n- b\n\n![](x,y.png){width=50%}\n";

#[test]
fn each_format_says_the_same() {
    let folder = folder_with(&[("talk.md", FAULTS)]);
    let of = |format: &str| deckle(folder.path(), &["check", "talk.md", "--format", format]);
    let short = of("short");
    assert_eq!(short.code, 1);
    assert_eq!(short.stderr, "");
    assert_eq!(
        short.stdout,
        "talk.md:2:1: warning[unknown-key]: unknown setting `layuot`\n\
         talk.md:11:1: note[missing-title]: this slide has no title\n\
         talk.md:13:1: warning[missing-picture]: picture `x,y.png` cannot be shown: no such file\n\
         talk.md:13:1: warning[missing-alt]: picture has no alternative text\n"
    );
    let list: Value = serde_json::from_str(&of("json").stdout).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 4);
    assert_eq!(
        list[0],
        serde_json::json!({
            "code": "unknown-key", "level": "warning", "message": "unknown setting `layuot`",
            "help": "did you mean `layout`?", "path": "talk.md", "line": 2, "column": 1,
            "endLine": 2, "endColumn": 7, "fixable": true,
        })
    );
    let github = of("github").stdout;
    let lines: Vec<&str> = github.lines().collect();
    assert_eq!(
        lines[0],
        "::warning file=talk.md,line=2,endLine=2,col=1,endColumn=7,title=unknown-key::\
         unknown setting `layuot`%0Ahelp: did you mean `layout`?"
    );
    assert!(lines[1].starts_with("::notice file=talk.md,line=11,endLine=13,title=missing-title::"));
    assert_eq!(lines.len(), 4);
    let odd = folder_with(&[("a,b: 100%.md", b"## A\n\n![](x.png)\n")]);
    let ran = deckle(odd.path(), &["check", "a,b: 100%.md", "--format", "github"]);
    let place = "::warning file=a%2Cb%3A 100%25.md,line=3,";
    assert!(ran.stdout.starts_with(place), "{}", ran.stdout);
}

/// The whole form was held against the published schema once, by hand; here is
/// what its readers need.
#[test]
fn sarif_names_rules_places_and_fixes() {
    let folder = folder_with(&[("a b.md", FAULTS)]);
    let ran = deckle(folder.path(), &["check", "a b.md", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        for text in [&rule["shortDescription"]["text"], &rule["help"]["text"]] {
            assert!(!text.as_str().unwrap().is_empty(), "{rule}");
        }
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b.md");
        let number = |key: &str| place["region"][key].as_u64().unwrap();
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        let (start, end) = (
            (number("startLine"), number("startColumn")),
            (number("endLine"), number("endColumn")),
        );
        assert!(start <= end, "{place}");
    }
    let change = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(
        change["replacements"][0]["insertedContent"]["text"],
        "layout"
    );
    assert_eq!(change["replacements"][0]["deletedRegion"]["endColumn"], 7);
}

#[test]
fn notes_do_not_count_unless_they_are_denied() {
    let deck = b"## One\n\n- a\n\n---\n\n- b\n- c\n";
    let folder = folder_with(&[("talk.md", deck)]);
    let ran = |more: &[&str]| deckle(folder.path(), &[&["check", "talk.md"], more].concat());
    let plain = ran(&[]);
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert!(
        plain.stderr.contains("note[missing-title]"),
        "{}",
        plain.stderr
    );
    assert!(
        plain.stdout.contains("nothing found, 1 note"),
        "{}",
        plain.stdout
    );
    assert_eq!(ran(&["--warn", "missing-title"]).code, 1);
    let denied = ran(&["--deny", "missing-title"]);
    assert!(
        denied.stderr.contains("error[missing-title]"),
        "{}",
        denied.stderr
    );
    assert_eq!(denied.code, 1);
    assert_eq!(ran(&["--allow", "missing-title"]).stderr, "");
    let unknown = ran(&["--deny", "mising-title"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.stderr.contains("did you mean `missing-title`?"),
        "{}",
        unknown.stderr
    );

    let said = b"---\ncheck:\n  missing-title: error\n---\n\n## One\n\n- a\n\n---\n\n- b\n- c\n";
    let folder = folder_with(&[("talk.md", said)]);
    assert_eq!(deckle(folder.path(), &["check", "talk.md"]).code, 1);
}

#[test]
fn a_finding_is_explained() {
    let folder = folder_with(&[]);
    let ran = deckle(folder.path(), &["check", "--explain", "heading-order"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout
            .starts_with("heading-order (note, can be mended by `--fix`)\n\nA heading")
    );
    let ran = deckle(folder.path(), &["check", "--explain", "heading-ordr"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean `heading-order`?"),
        "{}",
        ran.stderr
    );
}

#[test]
fn spelling_needs_a_dictionary_and_says_so() {
    let deck = b"---\nlang: en-GB\n---\n\n## The markt grows\n\n- Words\n";
    let aff = b"SET ISO8859-1\n";
    let dic = b"5\nthe\nmarket\ngrows\nwords\ncaf\xe9\n";
    let folder = folder_with(&[
        ("talk.md", deck),
        ("dic/en_GB.aff", aff),
        ("dic/en_GB.dic", dic),
        ("none/de_DE.dic", b"0\n"),
    ]);
    let with = |dictionaries: &str| {
        let mut command = super::program(folder.path(), &["check", "talk.md"]);
        let output = command.env("DICPATH", dictionaries).output().unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (stdout, stderr) = with("dic");
    assert!(stderr.contains("did you mean `market`?"), "{stderr}");
    assert!(!stdout.contains("spelling"), "{stdout}");
    let (stdout, stderr) = with("none");
    assert!(!stderr.contains("unknown-word"), "{stderr}");
    assert!(
        stdout.contains("no dictionary for `en-GB` here"),
        "{stdout}"
    );
    let args = ["check", "talk.md", "--dictionary", "dic/en_GB.dic"];
    assert!(deckle(folder.path(), &args).stderr.contains("unknown-word"));
    let args = ["check", "talk.md", "--dictionary", "nowhere.dic"];
    assert_eq!(deckle(folder.path(), &args).code, 2);
}
