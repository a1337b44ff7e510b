//! An article that changes and a deck that is edited: `import --update`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use deckle::import::import;
use deckle::import::update::{Fate, File, steps, update};

use super::fuzz::Random;
use super::{deckle, files_below, folder_with};

// ---- an article that can be edited

#[derive(Clone)]
struct Section {
    heading: String,
    paragraphs: Vec<String>,
}

const NOUNS: [&str; 16] = [
    "signals", "drivers", "tracks", "switches", "stations", "tickets", "bridges", "tunnels",
    "engines", "crews", "budgets", "storms", "strikes", "cranes", "harbours", "markets",
];
const ADJECTIVES: [&str; 10] = [
    "old", "slow", "narrow", "costly", "broken", "crowded", "rusty", "distant", "busy", "quiet",
];
const VERBS: [&str; 8] = [
    "delay", "block", "replace", "improve", "reduce", "carry", "support", "weaken",
];

fn sentence(random: &mut Random) -> String {
    format!(
        "The {} {} {} the {} of {} {} every {} winters.",
        random.pick(&ADJECTIVES),
        random.pick(&NOUNS),
        random.pick(&VERBS),
        random.pick(&NOUNS),
        random.pick(&ADJECTIVES),
        random.pick(&NOUNS),
        2 + random.below(90),
    )
}

fn paragraph(random: &mut Random) -> String {
    let sentences: Vec<String> = (0..2 + random.below(3)).map(|_| sentence(random)).collect();
    sentences.join(" ")
}

fn section(random: &mut Random) -> Section {
    let (adjective, noun) = (random.pick(&ADJECTIVES), random.pick(&NOUNS));
    let paragraphs = 1 + random.below(3);
    Section {
        heading: format!("The {adjective} {noun}"),
        paragraphs: (0..paragraphs).map(|_| paragraph(random)).collect(),
    }
}

fn article(random: &mut Random) -> Vec<Section> {
    (0..3 + random.below(4)).map(|_| section(random)).collect()
}

fn text_of(article: &[Section]) -> String {
    let mut res =
        String::from("# Why trains are late\n\nTrains are late, and there are reasons for it.\n\n");
    for section in article {
        res += &format!(
            "## {}\n\n{}\n\n",
            section.heading,
            section.paragraphs.join("\n\n")
        );
    }
    res
}

/// Paragraphs and sections edited, inserted, deleted, moved.
fn edited(mut article: Vec<Section>, random: &mut Random) -> Vec<Section> {
    for _ in 0..random.below(4) {
        let at = random.below(article.len().max(1));
        let n = article.len();
        let Some(section) = article.get_mut(at) else {
            break;
        };
        let n_paragraphs = section.paragraphs.len();
        match random.below(9) {
            0 => section.paragraphs[random.below(n_paragraphs)] = paragraph(random),
            1 => section.paragraphs[0] = format!("{} {}", section.paragraphs[0], sentence(random)),
            2 => section
                .paragraphs
                .insert(random.below(n_paragraphs + 1), paragraph(random)),
            3 if n_paragraphs > 1 => drop(section.paragraphs.remove(random.below(n_paragraphs))),
            4 => section.paragraphs.rotate_left(1),
            5 => section.heading = self::section(random).heading,
            6 => article.insert(random.below(n + 1), self::section(random)),
            7 if n > 1 => drop(article.remove(at)),
            _ => article.swap(at, random.below(n)),
        }
    }
    article
}

// ---- an author

/// What an author did to a deck.
struct Edits {
    files: Vec<File>,
    /// Names of the files that are still as they were imported, by content.
    untouched: BTreeSet<String>,
}

/// Lines edited, inserted and deleted, files renamed, deleted and added.
fn by_author(files: &[File], random: &mut Random) -> Edits {
    let mut res: BTreeMap<String, String> = files.iter().cloned().collect();
    let mut n = 0;
    for _ in 0..random.below(6) {
        let names: Vec<String> = res.keys().cloned().collect();
        let name = names[random.below(names.len())].clone();
        n += 1;
        let mut lines: Vec<String> = res[&name].lines().map(String::from).collect();
        let at = random.below(lines.len());
        match random.below(8) {
            0 | 1 => lines.insert(at, format!("- author {n} inserts")),
            2 => lines[at] = format!("{} author {n} changes", lines[at]),
            3 if lines.len() > 3 => drop(lines.remove(at)),
            4 if names.len() > 2 => {
                let number = random.below(99);
                let text = res.remove(&name).unwrap();
                res.insert(format!("{number:02}-renamed-{n}.md"), text);
                continue;
            }
            5 if names.len() > 2 => {
                res.remove(&name);
                continue;
            }
            6 => {
                let number = random.below(12);
                let name = format!("{number:02}b-own-{n}.md");
                res.insert(name, format!("# Author {n}\n\n- author {n} adds\n"));
                continue;
            }
            _ => lines.push(format!("<!-- author {n} says -->")),
        }
        let end = random.pick(&["\n", "\n", "\n", "\r\n"]);
        let text: String = lines.iter().map(|line| format!("{line}{end}")).collect();
        res.insert(name, text);
    }
    let imported: BTreeSet<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    let untouched = res
        .iter()
        .filter(|(_, text)| imported.contains(text.as_str()))
        .map(|(name, _)| name.clone())
        .collect();
    Edits {
        files: res.into_iter().collect(),
        untouched,
    }
}

/// The lines of files that say "author": all that an author wrote.
fn authored<'a>(files: impl IntoIterator<Item = &'a File>) -> BTreeSet<&'a str> {
    let lines = files.into_iter().flat_map(|(_, text)| text.lines());
    lines.filter(|line| line.contains("uthor ")).collect()
}

// ---- what must hold

fn applied(own: &[File], written: &[(String, Vec<u8>)], gone: &[String]) -> Vec<File> {
    let mut res: BTreeMap<String, String> = own.iter().cloned().collect();
    for name in gone {
        res.remove(name);
    }
    for (name, bytes) in written {
        res.insert(name.clone(), String::from_utf8(bytes.clone()).unwrap());
    }
    res.into_iter().collect()
}

fn imported(article: &[Section]) -> Vec<File> {
    import(Path::new("late.md"), text_of(article).as_bytes()).files
}

fn holds(seed: u64) {
    let mut random = Random::new(seed);
    let before = article(&mut random);
    let base = imported(&before);
    let own = by_author(&base, &mut random);
    let new = imported(&edited(before, &mut random));
    let changes = update(&base, &own.files, &new);
    let (written, gone) = steps(&changes);
    let after = applied(&own.files, &written, &gone);
    let seen = || format!("seed {seed}\n{own:#?}\n{changes:#?}", own = own.files);

    let kept = authored(&after);
    for line in authored(&own.files) {
        assert!(kept.contains(line), "`{line}` is lost\n{}", seen());
    }
    let n_names: BTreeSet<String> = after.iter().map(|(name, _)| name.to_lowercase()).collect();
    assert_eq!(n_names.len(), after.len(), "{}", seen());

    // Each file of a fresh import is there as it is, unless the author had touched it.
    let fresh: BTreeSet<&str> = new.iter().map(|(_, text)| text.as_str()).collect();
    for change in &changes {
        let is_untouched = change
            .before
            .as_ref()
            .is_none_or(|name| own.untouched.contains(name));
        match change.fate {
            Fate::Merged(_) | Fate::Orphaned => assert!(!is_untouched, "{}", seen()),
            Fate::Removed => assert!(is_untouched && change.name.is_none(), "{}", seen()),
            Fate::Same if !is_untouched => {}
            Fate::Same | Fate::Moved | Fate::Refreshed | Fate::Added => {
                assert!(
                    is_untouched && fresh.contains(change.text.as_str()),
                    "{}",
                    seen()
                );
            }
            Fate::Dropped => assert!(change.before.is_none() && change.name.is_none()),
        }
    }
    let has = |files: &[File], text: &str| files.iter().any(|(_, other)| other == text);
    let n_other = base
        .iter()
        .filter(|(_, text)| !has(&own.files, text))
        .count();
    let missing = new.iter().filter(|(_, text)| !has(&after, text)).count();
    assert!(
        missing <= n_other,
        "{missing} slides are not fresh: {}",
        seen()
    );
    if own.files == base {
        assert_eq!(
            after, new,
            "an untouched deck is a fresh import: seed {seed}"
        );
    }

    // A second update finds nothing to do.
    let (written, gone) = steps(&update(&new, &after, &new));
    assert_eq!(applied(&after, &written, &gone), after, "{}", seen());
    // And one of an article that has not changed leaves the author's deck alone.
    let (written, gone) = steps(&update(&base, &own.files, &base));
    assert_eq!(
        applied(&own.files, &written, &gone),
        own.files,
        "{}",
        seen()
    );
}

#[test]
fn no_edit_is_ever_lost() {
    for seed in 1..=150 {
        holds(seed);
    }
}

#[test]
fn the_program_loses_no_edit_either() {
    for seed in 1..=10 {
        let mut random = Random::new(seed);
        let before = article(&mut random);
        let folder = folder_with(&[("late.md", text_of(&before).as_bytes())]);
        let deck = folder.path().join("late");
        assert_eq!(deckle(folder.path(), &["import", "late.md"]).code, 0);
        let own = by_author(&imported(&before), &mut random);
        for (name, _) in imported(&before) {
            std::fs::remove_file(deck.join(name)).unwrap();
        }
        for (name, text) in &own.files {
            std::fs::write(deck.join(name), text).unwrap();
        }
        let after = edited(before, &mut random);
        std::fs::write(folder.path().join("late.md"), text_of(&after)).unwrap();

        let still = files_below(&deck);
        let ran = deckle(
            folder.path(),
            &["import", "late.md", "--update", "--dry-run"],
        );
        assert_eq!(ran.code, 0, "seed {seed}: {}", ran.stderr);
        assert!(
            files_below(&deck) == still,
            "seed {seed}: a dry run writes nothing"
        );
        let ran = deckle(folder.path(), &["import", "late.md", "--update"]);
        assert_eq!(ran.code, 0, "seed {seed}: {}", ran.stderr);

        let slides: Vec<File> = files_below(&deck)
            .into_iter()
            .filter(|(path, _)| path.components().count() == 1)
            .map(|(path, bytes)| {
                (
                    path.display().to_string(),
                    String::from_utf8(bytes).unwrap(),
                )
            })
            .collect();
        let kept = authored(&slides);
        for line in authored(&own.files) {
            assert!(
                kept.contains(line),
                "seed {seed}: `{line}` is lost\n{}",
                ran.stdout
            );
        }
        let base: BTreeMap<_, _> = files_below(&deck.join(".deckle/base"));
        for (name, text) in imported(&after) {
            assert_eq!(base[Path::new(&name)], text.into_bytes(), "seed {seed}");
        }
        assert!(!deck.join(".deckle/update").exists());
        let built = deckle(folder.path(), &["check", "late"]);
        assert_ne!(built.code, 2, "seed {seed}: {}", built.stderr);
        let still = files_below(&deck);
        assert_eq!(
            deckle(folder.path(), &["import", "late.md", "--update"]).code,
            0
        );
        assert!(
            files_below(&deck) == still,
            "seed {seed}: a second update changes nothing"
        );
    }
}

// ---- by example

const LATE: &str = "\
# Why trains are late

Trains are late for reasons that nobody on the platform can see, and there are three of them.

## Old signals

Many signals are older than the engineers who mend them. They fail in the cold, and a failed signal stops every train \
behind it. New signals cost more than one year's budget.

## Few drivers

A driver is trained for two years. The railway hired too few of them when tickets were cheap. Higher pay brought back \
some of the drivers who had left.

## One track

Half of the lines have a single track. A late train there makes the train that comes towards it late as well.
";

/// A deck of the article above, edited, and the article as it is now.
#[track_caller]
fn updated(edits: &[(&str, &str, &str)], now: &str) -> (tempfile::TempDir, String) {
    let folder = folder_with(&[("late.md", LATE.as_bytes())]);
    assert_eq!(deckle(folder.path(), &["import", "late.md"]).code, 0);
    for (name, old, new) in edits {
        let path = folder.path().join("late").join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text.contains(old), "{name} does not hold {old:?}:\n{text}");
        std::fs::write(path, text.replacen(old, new, 1)).unwrap();
    }
    std::fs::write(folder.path().join("late.md"), now).unwrap();
    let ran = deckle(folder.path(), &["import", "late.md", "--update"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (folder, ran.stdout)
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join("late").join(name)).unwrap_or_default()
}

#[test]
fn a_section_in_front_renumbers_the_rest_with_its_edits() {
    let now = LATE.replace("## Old signals", "## Cold winters\n\nIce covers the switches for two months of the year, and nobody heats them.\n\n## Old signals");
    let edits = [
        (
            "02-few-drivers.md",
            "## Few drivers\n",
            "## Far too few drivers\n",
        ),
        ("02b-mine.md", "", "# Mine\n"),
        ("00-1-title.md", "lang: en\n", "lang: en\ntheme: paper\n"),
    ];
    let (folder, said) = updated(&edits, &now);
    assert!(
        read(&folder, "03-few-drivers.md").contains("## Far too few drivers\n"),
        "{said}"
    );
    assert_eq!(
        read(&folder, "03b-mine.md"),
        "# Mine\n",
        "what stood behind a slide stays there: {said}"
    );
    assert!(read(&folder, "00-1-title.md").contains("theme: paper\n"));
    assert!(read(&folder, "01-cold-winters.md").contains("## Cold winters\n"));
    assert!(read(&folder, "02-old-signals.md").contains("from: _late.md 9, 11.1"));
    assert!(read(&folder, "02-few-drivers.md").is_empty());
    assert!(said.contains("new:       01-cold-winters.md"), "{said}");
    assert!(
        said.contains("03-few-drivers.md (was 02-few-drivers.md)"),
        "{said}"
    );
    assert_eq!(
        read(&folder, "_late.md"),
        now,
        "the article beside the slides is the new one"
    );
}

#[test]
fn a_change_that_meets_an_edit_stands_beside_it_as_a_comment() {
    let now = LATE.replace("one year's budget", "two years' budget");
    let point = "- **New signals** cost more than one year's budget";
    let mine = "- **New ones** are dear";
    let (folder, said) = updated(&[("01-old-signals.md", point, mine)], &now);
    let text = read(&folder, "01-old-signals.md");
    assert!(text.contains(&format!("\n{mine}\n")), "{text}");
    assert!(
        text.contains(
            "<!-- update: an import now gives this:\n- **New signals** cost more than two"
        ),
        "{text}"
    );
    assert!(
        text.contains("New signals cost more than two years' budget."),
        "the notes follow the article: {text}"
    );
    assert!(said.contains("1 change beside your text"), "{said}");
    // The comment is neither shown nor a note, but said.
    let ran = deckle(folder.path(), &["export", "late", "-o", "-"]);
    assert_eq!(ran.code, 1);
    assert!(
        !ran.stdout.contains("an import now gives"),
        "it is on a slide"
    );
    assert!(
        ran.stderr.contains("warning[article-changed]"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_the_article_no_longer_has_goes_or_is_named() {
    let at = LATE.find("## Few drivers").unwrap();
    let now = &LATE[..at];
    let edits = [(
        "02-few-drivers.md",
        "## Few drivers\n",
        "## Far too few drivers\n",
    )];
    let (folder, said) = updated(&edits, now);
    assert!(read(&folder, "02-few-drivers.md").contains("## Far too few drivers\n"));
    assert!(said.contains("kept:      02-few-drivers.md"), "{said}");
    assert!(read(&folder, "03-one-track.md").is_empty());
    assert!(said.contains("removed:   03-one-track.md"), "{said}");
}

#[test]
fn a_slide_that_was_taken_away_stays_away() {
    let folder = folder_with(&[("late.md", LATE.as_bytes())]);
    assert_eq!(deckle(folder.path(), &["import", "late.md"]).code, 0);
    std::fs::remove_file(folder.path().join("late/02-few-drivers.md")).unwrap();
    let now = LATE.replace("trained for two years", "trained for nine years");
    std::fs::write(folder.path().join("late.md"), now).unwrap();
    let ran = deckle(folder.path(), &["import", "late.md", "--update"]);
    assert!(!folder.path().join("late/02-few-drivers.md").exists());
    assert!(
        ran.stdout
            .contains("left away: \u{201c}Few drivers\u{201d}"),
        "{}",
        ran.stdout
    );
}

#[test]
fn without_a_base_or_with_two_new_articles_nothing_is_written() {
    let folder = folder_with(&[
        ("late.md", LATE.as_bytes()),
        ("old/01-slide.md", b"# Mine\n"),
    ]);
    let refused = |args: &[&str], help: &str| {
        let before = files_below(folder.path());
        let ran = deckle(folder.path(), args);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(ran.stderr.contains(help), "{}", ran.stderr);
        assert!(files_below(folder.path()) == before);
    };
    refused(
        &["import", "late.md", "-o", "old", "--update"],
        "does not say what an import wrote",
    );
    assert_eq!(deckle(folder.path(), &["import", "late.md"]).code, 0);
    refused(&["import", "late.md"], "--update");
    std::fs::write(
        folder.path().join("late/_late.md"),
        LATE.replace("cold", "frost"),
    )
    .unwrap();
    std::fs::write(folder.path().join("late.md"), LATE.replace("cold", "heat")).unwrap();
    refused(
        &["import", "late.md", "--update"],
        "import --update late/_late.md -o late",
    );
    let ran = deckle(
        folder.path(),
        &["import", "--update", "late/_late.md", "-o", "late"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        std::fs::read_to_string(folder.path().join("late/01-old-signals.md"))
            .unwrap()
            .contains("in the frost")
    );
    // An update has a report of its own; that of an import would say nothing of the edits.
    refused(
        &[
            "import",
            "--update",
            "--report",
            "late/_late.md",
            "-o",
            "late",
        ],
        "cannot be used with",
    );
    std::fs::create_dir_all(folder.path().join("late/.deckle/update")).unwrap();
    refused(
        &["import", "--update", "late/_late.md", "-o", "late"],
        "was cut off",
    );
    std::fs::remove_dir(folder.path().join("late/.deckle/update")).unwrap();
    std::fs::write(folder.path().join("late/02-few-drivers.md"), b"\xff\xfe").unwrap();
    refused(
        &["import", "--update", "late/_late.md", "-o", "late"],
        "is not UTF-8",
    );
}
