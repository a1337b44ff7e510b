//! Articles in, their shape out: each article of `tests/articles` is imported,
//! and what a reader wrote beside it must hold.

use std::path::Path;

use deckle::import::{Imported, import};

use super::root;

/// The value of a line of the first file's front matter.
fn setting<'a>(imported: &'a Imported, key: &str) -> Option<&'a str> {
    let (_, text) = imported.files.first()?;
    let value = text
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{key}: ")))?;
    Some(value.trim_matches(['"', '\'']))
}

/// The titles of the factors in their order.
fn sections(imported: &Imported) -> Vec<&str> {
    let texts = imported.files.iter().map(|(_, text)| text.as_str());
    texts
        .filter(|text| text.starts_with("---\nlayout: factor\n"))
        .filter_map(|text| text.lines().find_map(|line| line.strip_prefix("## ")))
        .collect()
}

/// Where an import differs from what is expected of it.
fn faults(imported: &Imported, expected: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let all: String = imported
        .files
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    let bare = all.replace("**", "");
    let summary = imported
        .files
        .iter()
        .find(|(name, _)| name.contains("summary"));
    let mut wanted = Vec::new();
    for line in expected.lines().skip(1).filter(|line| !line.is_empty()) {
        let (key, value) = line.split_once(": ").unwrap();
        let holds = match key {
            "title" | "author" | "lang" => setting(imported, key) == Some(value),
            "section" => {
                wanted.push(value);
                true
            }
            "closing" => summary.is_some_and(|(_, text)| text.contains(value)),
            "point" => bare.lines().any(|line| line == format!("- {value}")),
            "notes" => all.contains(value),
            "never" => !all.contains(value),
            _ => false,
        };
        if !holds {
            faults.push(format!("not so: {line}"));
        }
    }
    if sections(imported) != wanted {
        faults.push(format!("the sections are {:?}", sections(imported)));
    }
    faults
}

#[test]
fn the_shape_of_an_article_is_understood() {
    let (mut report, mut n_articles) = (String::new(), 0);
    for entry in std::fs::read_dir(root().join("tests/articles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "expected") {
            continue;
        }
        n_articles += 1;
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap();
        assert!(
            expected.starts_with("We "),
            "the first line says what we do"
        );
        let name = Path::new(path.file_name().unwrap());
        let text = std::fs::read_to_string(&path).unwrap();
        // The ends of the lines say nothing.
        for text in [text.replace('\n', "\r\n"), text] {
            for fault in faults(&import(name, text.as_bytes()), &expected) {
                report += &format!("\n{}: {fault}", name.display());
            }
        }
    }
    assert!(n_articles > 15, "the articles were not found");
    assert!(report.is_empty(), "{report}");
}
