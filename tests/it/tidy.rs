//! The house rules that a machine can hold. `ARCHITECTURE.md` says why.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use deckle::deck::Layout;
use serde_json::Value;

use super::{files_below, root};

/// Files that may be longer than the rest, and why.
const LONG_FILES: [(&str, &str); 1] = [("icon/choice.rs", "mostly one table of words")];

const MAX_LINES: usize = 600;

/// Crates that one file knows, so that changing one is an afternoon.
const LONE_CRATES: [&str; 18] = [
    "comrak",
    "askama",
    "serde_yaml",
    "clap",
    "notify",
    "annotate_snippets",
    "axum",
    "syntect",
    "ammonia",
    "dom_smoothie",
    "htmd",
    "imagesize",
    "include_dir",
    "webbrowser",
    "katex",
    "similar",
    "spellbook",
    "merman",
];

/// Licences that let us give the program to everyone.
const LICENCES: [&str; 15] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "MPL-2.0",
    "CC0-1.0",
    "Unlicense",
    "0BSD",
    "BSL-1.0",
    // Of the Independent JPEG Group: as free as the others, if the documentation names the group.
    "IJG",
];

/// A source file: its path below `src`, its text, and the same without
/// comments and without the tests at its end.
struct Source {
    path: PathBuf,
    text: String,
    code: String,
}

impl Source {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// The module of `lib.rs` that the file belongs to.
    fn module(&self) -> String {
        let first = self.path.components().next().unwrap();
        Path::new(first.as_os_str())
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    }

    /// Line and text of every line of code with one of the words in it.
    fn lines_with(&self, words: &[&str]) -> Vec<String> {
        let has_one = |line: &str| words.iter().any(|word| line.contains(word));
        let lines = self.code.lines().zip(1..).filter(|(line, _)| has_one(line));
        lines
            .map(|(line, number)| format!("src/{}:{number}: {}", self.name(), line.trim()))
            .collect()
    }
}

fn sources() -> Vec<Source> {
    let res: Vec<Source> = files_below(&root().join("src"))
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let code = if path.ends_with("tests.rs") {
                String::new()
            } else {
                code_of(&text)
            };
            Source { path, text, code }
        })
        .collect();
    assert!(res.len() > 20, "the sources were not found");
    res
}

/// A text without comments, lines kept, up to the tests at its end.
fn code_of(text: &str) -> String {
    let mut res = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_end = line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.ends_with('{'));
        if is_end {
            break;
        }
        // An address in a string has two slashes too, but a colon before them.
        let comment = line
            .match_indices("//")
            .find(|(at, _)| !line[..*at].ends_with(':'));
        res += comment.map_or(line, |(at, _)| &line[..at]);
        res.push('\n');
    }
    res
}

#[track_caller]
fn nothing_in(list: Vec<String>, rule: &str) {
    assert!(list.is_empty(), "{rule}:\n{}", list.join("\n"));
}

// ---- the order of modules

/// The modules of `lib.rs` in their order.
fn modules(lib: &str) -> Vec<String> {
    lib.lines()
        .filter_map(|line| {
            line.trim()
                .trim_start_matches("pub ")
                .strip_prefix("mod ")?
                .strip_suffix(';')
        })
        .map(String::from)
        .collect()
}

/// Line and module of everything that code names by `crate::`, groups included.
fn used_modules(code: &str) -> Vec<(usize, String)> {
    let mut res = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let line = code[..at].lines().count().max(1) + usize::from(code[..at].ends_with('\n'));
        let rest = &code[at + found.len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => group_names(group),
            None => vec![rest],
        };
        for name in names {
            let end = name
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            if !name[..end].is_empty() && &name[..end] != "self" {
                res.push((line, name[..end].to_string()));
            }
        }
    }
    res
}

/// What stands between the commas of a group, not of the groups in it.
fn group_names(group: &str) -> Vec<&str> {
    let mut res = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                res.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                res.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    res
}

/// What a module uses that does not stand above it.
fn out_of_order(modules: &[String], module: &str, code: &str) -> Vec<(usize, String)> {
    let place = |name: &str| modules.iter().position(|module| module == name);
    used_modules(code)
        .into_iter()
        .filter(|(_, used)| used != module && place(used).is_some() && place(used) > place(module))
        .collect()
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules = modules(&lib);
    assert!(modules.len() > 15, "{modules:?}");
    assert_eq!(
        (
            modules.first().unwrap().as_str(),
            modules.last().unwrap().as_str()
        ),
        ("source", "cli")
    );
    let mut faults = Vec::new();
    for source in sources() {
        let module = source.module();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        assert!(
            modules.contains(&module),
            "{} is in no module of lib.rs",
            source.name()
        );
        for (line, used) in out_of_order(&modules, &module, &source.code) {
            faults.push(format!(
                "src/{}:{line}: {module} uses {used}",
                source.name()
            ));
        }
    }
    nothing_in(faults, "these modules stand below the one that uses them");
}

#[test]
fn a_planted_fault_in_the_order_is_found() {
    let modules: Vec<String> = ["source", "deck", "render", "cli"]
        .map(String::from)
        .to_vec();
    let found = |code: &str| out_of_order(&modules, "deck", code);
    assert_eq!(
        found("use crate::source::Span;\nuse crate::deck::settings;\n"),
        []
    );
    assert_eq!(
        found("use crate::source::Span;\nuse crate::render::Cache;\n"),
        [(2, "render".to_string())]
    );
    assert_eq!(
        found(
            "\n\nuse crate::{\n    cli::{self, run},\n    source::{Span, Spanned},\n    render,\n};\n"
        ),
        [(3, "cli".to_string()), (3, "render".to_string())]
    );
    assert_eq!(
        found("fn f() { let x = crate::render::render(1); }"),
        [(1, "render".to_string())]
    );
    assert_eq!(found("use other_crate::render;"), []);
    assert_eq!(
        found(&code_of(
            "// crate::render is below\nfn f() {} // crate::cli\n"
        )),
        []
    );
}

// ---- who may do what

#[test]
fn a_crate_is_known_to_one_file() {
    let sources = sources();
    for name in LONE_CRATES {
        let knows = |source: &&Source| {
            source
                .code
                .match_indices(&format!("{name}::"))
                .any(|(at, _)| {
                    !source.code[..at]
                        .ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
        };
        let files: Vec<String> = sources.iter().filter(knows).map(Source::name).collect();
        assert_eq!(files.len(), 1, "{name} is named in {files:?}");
    }
}

#[test]
fn files_are_read_in_source_and_written_in_export() {
    let words = ["fs::", "File::", "OpenOptions", "remove_file", "create_dir"];
    let rest = sources()
        .into_iter()
        .filter(|source| !matches!(source.name().as_str(), "source.rs" | "export.rs"));
    nothing_in(
        rest.flat_map(|source| source.lines_with(&words)).collect(),
        "files are touched elsewhere",
    );
    let writes = [
        "fs::write",
        "File::create",
        "fs::remove",
        "fs::rename",
        "create_dir",
    ];
    let reads = sources()
        .into_iter()
        .filter(|source| source.name() == "source.rs");
    nothing_in(
        reads
            .flat_map(|source| source.lines_with(&writes))
            .collect(),
        "source.rs writes",
    );
}

#[test]
fn only_the_face_speaks_and_ends() {
    let words = [
        "print!(",
        "println!(",
        "dbg!(",
        "process::exit",
        "process::abort",
        "io::stdout",
        "io::stderr",
        "io::stdin",
    ];
    let rest = sources().into_iter().filter(|source| {
        let name = source.name();
        !matches!(name.as_str(), "cli.rs" | "main.rs") && !name.starts_with("cli/")
    });
    nothing_in(
        rest.flat_map(|source| source.lines_with(&words)).collect(),
        "printed outside of cli and main.rs",
    );
}

#[test]
fn nothing_gives_up_or_is_put_off() {
    let all = sources();
    let found = |words: &[&str]| {
        all.iter()
            .flat_map(|source| source.lines_with(words))
            .collect::<Vec<_>>()
    };
    nothing_in(
        found(&[".unwrap()", "todo!(", "unimplemented!(", "panic!("]),
        "say with `expect` what always holds",
    );
    nothing_in(
        found(&["static mut", "unsafe ", "lazy_static", "#[allow("]),
        "these are not used",
    );
    // A comment may promise as little as code may.
    let promised = all.iter().filter(|source| {
        source.text.contains(concat!("TO", "DO")) || source.text.contains("FIXME")
    });
    nothing_in(
        promised.map(Source::name).collect(),
        "something is left to do",
    );
}

#[test]
fn no_test_is_set_aside() {
    let word = concat!("#[", "ignore");
    let tests = files_below(&root().join("tests"));
    let mut found: Vec<String> = sources()
        .iter()
        .filter(|source| source.text.contains(word))
        .map(Source::name)
        .collect();
    let texts = tests
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"));
    found.extend(
        texts
            .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word))
            .map(|(path, _)| path.display().to_string()),
    );
    nothing_in(found, "a test that never runs");
}

#[test]
fn a_file_fits_in_a_head() {
    for source in sources() {
        let n_lines = source.text.lines().count();
        let reason = LONG_FILES.iter().find(|(name, _)| *name == source.name());
        match reason {
            None => assert!(
                n_lines <= MAX_LINES,
                "src/{} has {n_lines} lines",
                source.name()
            ),
            Some((name, _)) => assert!(
                n_lines > MAX_LINES,
                "src/{name} is short again: take it off the list"
            ),
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    let silent = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//!") && !source.path.ends_with("tests.rs"));
    nothing_in(
        silent.map(|source| source.name()).collect(),
        "no `//!` at the top",
    );
}

// ---- cases

/// Names of the entries of a folder without their endings.
fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    std::fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(ending).map(String::from))
        .collect()
}

/// The codes of the catalog: strings in kebab-case that stand first in a call.
fn codes() -> BTreeSet<String> {
    let mut catalog = std::fs::read_to_string(root().join("src/diag/catalog.rs")).unwrap();
    for part in std::fs::read_dir(root().join("src/diag/catalog")).unwrap() {
        catalog += &std::fs::read_to_string(part.unwrap().path()).unwrap();
    }
    let calls = ["self.add(", "self.error(", "self.warn(", "self.note("];
    let is_code = |text: &&str| {
        text.contains('-')
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let behind = calls.iter().flat_map(|call| catalog.split(call).skip(1));
    behind
        .map(|rest| {
            let first = rest
                .trim_start()
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next());
            first
                .filter(|text| is_code(text) || *text == "unreadable")
                .unwrap_or_else(|| panic!("no code in {}", &rest[..40]))
        })
        .map(String::from)
        .collect()
}

#[test]
fn every_code_has_a_case_and_every_case_a_code() {
    let codes = codes();
    assert!(codes.len() > 20, "{codes:?}");
    assert_eq!(codes, stems("tests/decks/check", ".diag"));
    let passing = std::fs::read_dir(root().join("tests/decks/pass")).unwrap();
    let passing: BTreeSet<String> = passing
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        codes, passing,
        "a deck of this name in which nothing is found"
    );
}

#[test]
fn every_layout_has_a_template_and_a_case() {
    let mut wanted: BTreeSet<String> = Layout::ALL
        .iter()
        .map(|layout| layout.name().to_string())
        .collect();
    let cases: String = files_below(&root().join("tests/decks/render"))
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    for name in &wanted {
        let class = format!("class=\"slide layout-{name} ");
        assert!(
            cases.matches(&class).count() > 1,
            "{name} is in no case but that of all names"
        );
    }
    wanted.insert("slide".into());
    assert_eq!(
        wanted,
        stems("templates/layouts", ".html"),
        "`slide` is what they all extend"
    );
}

#[test]
fn every_case_says_what_we_do_and_has_its_expectation() {
    for (folder, ending) in [
        ("tests/decks/check", ".diag"),
        ("tests/decks/render", ".html"),
    ] {
        let mut names = BTreeSet::new();
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let readme = path.join("README.md");
            let text = match path.extension() {
                _ if readme.exists() => std::fs::read(&readme).unwrap(),
                Some(found) if found == "md" => std::fs::read(&path).unwrap(),
                _ => continue,
            };
            names.insert(path.file_stem().unwrap().to_string_lossy().into_owned());
            let text = String::from_utf8_lossy(&text);
            let says = text.lines().take(4).any(|line| {
                let line = line
                    .trim_start_matches(['\u{feff}', '#', '<', '!', '-', ' '])
                    .trim_start_matches("notes: ");
                line.starts_with("We ")
            });
            assert!(
                says,
                "{}: its first line is a sentence that says what we do",
                path.display()
            );
        }
        assert_eq!(names, stems(folder, ending), "{folder}");
    }
}

// ---- the project

#[test]
fn the_sources_are_formatted() {
    let cargo = || Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if !cargo()
        .args(["fmt", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
    {
        eprintln!("no rustfmt, nothing tested");
        return;
    }
    let output = cargo()
        .args(["fmt", "--check"])
        .current_dir(root())
        .output()
        .unwrap();
    let differences = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let start: String = differences
        .lines()
        .take(40)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(output.status.success(), "run `cargo fmt`:\n{start}");
}

#[test]
fn licences_lie_beside_what_they_cover() {
    let mut wanted: Vec<PathBuf> = ["LICENSE-MIT", "LICENSE-APACHE", "themes/icons/LICENSE"]
        .map(PathBuf::from)
        .to_vec();
    for entry in std::fs::read_dir(root().join("themes/fonts")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            wanted.push(path.join("LICENSE"));
        }
    }
    assert!(wanted.len() > 5, "{wanted:?}");
    for path in wanted {
        let text = std::fs::read_to_string(root().join(&path)).unwrap_or_default();
        assert!(text.len() > 500, "{} is missing", path.display());
    }
}

#[test]
fn every_dependency_says_what_it_saves() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut section = "";
    let mut before = "";
    let mut n_dependencies = 0;
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if section.ends_with("dependencies")
            && line.contains(" = ")
            && !line.starts_with(['#', ' '])
        {
            n_dependencies += 1;
            assert!(
                before.starts_with("# ") && before.ends_with('.'),
                "no sentence above `{line}`"
            );
        }
        before = line;
    }
    assert!(n_dependencies > 20);
}

/// Whether a licence expression can be met by the licences we accept.
fn is_accepted(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let res = either(&tokens, &mut at);
    res && at == tokens.len()
}

fn either(tokens: &[&str], at: &mut usize) -> bool {
    let mut res = both(tokens, at);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        res |= both(tokens, at);
    }
    res
}

fn both(tokens: &[&str], at: &mut usize) -> bool {
    let mut res = one(tokens, at);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        res &= one(tokens, at);
    }
    res
}

fn one(tokens: &[&str], at: &mut usize) -> bool {
    let Some(token) = tokens.get(*at) else {
        return false;
    };
    *at += 1;
    if *token == "(" {
        let res = either(tokens, at);
        *at += 1;
        return res;
    }
    // An exception only ever allows more.
    if tokens.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    LICENCES.contains(token)
}

#[test]
fn licence_expressions_are_understood() {
    for good in [
        "MIT",
        "MIT OR Apache-2.0",
        "MIT/Apache-2.0",
        "(GPL-3.0 OR MIT) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR MIT",
    ] {
        assert!(is_accepted(good), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT",
        "Proprietary OR GPL-3.0",
        "MIT AND (GPL-3.0 OR AGPL-3.0)",
    ] {
        assert!(!is_accepted(bad), "{bad}");
    }
}

#[test]
fn every_crate_comes_from_the_registry_under_an_accepted_licence() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    // Other platforms' crates need not be on this machine, and nothing is fetched.
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--locked",
            "--offline",
            "--format-version",
            "1",
            "--filter-platform",
            host,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    let mut faults = Vec::new();
    for package in packages {
        let name = format!(
            "{} {}",
            package["name"].as_str().unwrap(),
            package["version"].as_str().unwrap()
        );
        match package["source"].as_str() {
            None => assert_eq!(package["name"], "deckle"),
            Some(source) if !source.starts_with("registry+") => {
                faults.push(format!("{name} comes from {source}"))
            }
            Some(_) => {}
        }
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_accepted(licence) {
            faults.push(format!("{name} is under `{licence}`"));
        }
    }
    nothing_in(faults, "crates that must not be used");
}
