//! The page of all findings, `docs/checks.md`, is made of the catalog's own
//! comments, so that the program, the page and the code say the same.

use std::collections::BTreeSet;

use snapbox::assert::{Action, DEFAULT_ACTION_ENV};

use super::{deckle, folder_with, root};

/// The files of the catalog in the order of the page, each with its heading:
/// the first sentence that it says about itself.
fn parts() -> Vec<(String, String)> {
    let folder = root().join("src/diag/catalog");
    let mut parts: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    parts.sort();
    let main = root().join("src/diag/catalog.rs");
    let read = |path| std::fs::read_to_string(path).unwrap();
    let heading = |text: &str| {
        let words = text.trim_start_matches("//! ").split(['.', ':']).next();
        words.unwrap().replace("\n//!", "")
    };
    let rest = parts
        .into_iter()
        .map(read)
        .map(|text| (heading(&text), text));
    std::iter::once((
        "What is wrong with text and settings".to_string(),
        read(main),
    ))
    .chain(rest)
    .collect()
}

/// What the page says in front of the findings, up to this line.
const MARK: &str = "<!-- Below, each finding as the catalog in src/diag describes it. -->";

/// A finding as the catalog has it.
pub struct Finding {
    /// Its code.
    pub code: String,
    kind: String,
    text: String,
    /// What the method is told.
    parameters: Vec<String>,
}

/// All findings of one file of the catalog, in order; a code that two methods
/// have is described by the first.
pub fn findings(source: &str) -> Vec<Finding> {
    let mut res: Vec<Finding> = Vec::new();
    let mut comment = String::new();
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(text) = line.trim_start().strip_prefix("///") {
            comment += text.strip_prefix(' ').unwrap_or(text);
            comment.push('\n');
            continue;
        }
        let is_method = line.starts_with("    pub fn ");
        let text = std::mem::take(&mut comment);
        if !is_method {
            continue;
        }
        let mut body = format!("{line}\n");
        for line in lines.by_ref() {
            if line == "    }" {
                break;
            }
            body += line;
            body.push('\n');
        }
        if let Some(finding) = finding(&body, &text)
            && !res.iter().any(|known| known.code == finding.code)
        {
            res.push(finding);
        }
    }
    res
}

fn finding(body: &str, text: &str) -> Option<Finding> {
    let calls = [
        ("self.error(", "error"),
        ("self.warn(", "warning"),
        ("self.note(", "note"),
        ("self.add(", ""),
    ];
    let (at, call, level) = calls
        .iter()
        .filter_map(|(call, level)| Some((body.find(call)?, call, level)))
        .min()?;
    let rest = &body[at + call.len()..];
    let code = rest.split('"').nth(1)?.to_string();
    let level = match *level {
        "" => rest
            .split("Severity::")
            .nth(1)?
            .split([',', ')'])
            .next()?
            .to_lowercase(),
        level => level.to_string(),
    };
    let is_fixable = [".put(", ".swap(", ".meant("]
        .iter()
        .any(|call| body.contains(call));
    let (signature, _) = body.split_once('{').unwrap_or((body, ""));
    let parameters = signature.split(['(', ',']).filter_map(|part| {
        let (name, _) = part.split_once(": ")?;
        Some(name.trim().to_string())
    });
    let kind = match is_fixable {
        true => format!("{level}, can be mended"),
        false => level,
    };
    Some(Finding {
        code,
        kind,
        text: text.trim().to_string(),
        parameters: parameters.collect(),
    })
}

fn page(intro: &str) -> String {
    let mut res = format!("{}\n{MARK}\n", intro.trim_end());
    let mut known = BTreeSet::new();
    for (heading, source) in parts() {
        res += &format!("\n## {heading}\n");
        for Finding {
            code, kind, text, ..
        } in findings(&source)
        {
            assert!(known.insert(code.clone()), "{code} is described twice");
            res += &format!("\n### `{code}` ({kind})\n\n{text}\n");
        }
    }
    res
}

#[test]
fn the_page_of_findings_is_made_of_the_catalog() {
    let path = root().join("docs/checks.md");
    let written = std::fs::read_to_string(&path).unwrap();
    let (intro, _) = written
        .split_once(MARK)
        .expect("the line that ends the intro");
    let expected = page(&format!("{}\n", intro.trim_end()));
    if Action::with_env_var(DEFAULT_ACTION_ENV) == Some(Action::Overwrite) {
        std::fs::write(&path, &expected).unwrap();
        return;
    }
    assert!(
        written == expected,
        "docs/checks.md differs from the catalog: run with SNAPSHOTS=overwrite"
    );
}

#[test]
fn a_finding_says_what_it_means() {
    for (_, source) in parts() {
        for Finding {
            code,
            text,
            parameters,
            ..
        } in findings(&source)
        {
            let first = text.split("\n\n").next().unwrap();
            assert!(
                first.ends_with('.'),
                "{code}: its first paragraph is a sentence"
            );
            assert!(
                text.contains("\n\n"),
                "{code}: behind what it is stands what follows from it, or what to do"
            );
            // What only a caller of the method understands is no explanation.
            for parameter in &parameters {
                let word = format!("`{parameter}`");
                assert!(
                    !text.contains(&word),
                    "{code} explains its parameter {word}"
                );
            }
            assert!(!text.contains("as above"), "{code} is read alone");
        }
    }
}

/// What is left out counts as what is said of it: a hundred opinions and one
/// more are still no fault, and what nobody wants to hear is not counted either.
#[test]
fn more_of_one_kind_than_anybody_reads_is_as_bad_as_one_of_them() {
    let words = "word ".repeat(90);
    let slides: Vec<_> = (0..120)
        .map(|n| format!("## Slide {n}\n\n{words}\n"))
        .collect();
    let deck = slides.join("\n---\n\n");
    let ends = |front: &str, code: i32, says: &str| {
        let folder = folder_with(&[("deck.md", format!("{front}{deck}").as_bytes())]);
        let ran = deckle(folder.path(), &["check", "deck.md", "--format", "short"]);
        let counted = ran.stdout.lines().find(|line| line.contains("more of"));
        assert_eq!(counted.unwrap_or_default(), says, "{front}");
        assert_eq!(ran.code, code, "{front}");
    };
    let more = "20 more of `too-many-words` are left out";
    ends("", 0, &format!("note[too-many-faults]: {more}"));
    let levels = |level: &str| format!("---\ncheck:\n  too-many-words: {level}\n---\n\n");
    let says = format!("warning[too-many-faults]: {more}");
    ends(&levels("warning"), 1, &says);
    ends(&levels("off"), 0, "");
}
