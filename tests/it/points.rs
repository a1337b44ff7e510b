//! Points in, their sentences out: over every article that lies in the tests,
//! no point says what its sentence does not.

use std::path::{Path, PathBuf};

use deckle::import::import;
use deckle::import::plan::{Block, Line};

use super::{files_below, root};

/// A word of a sentence, in lower case, with what a reader must not miss.
struct Word {
    low: String,
    /// A number, a negation, or a name: it counts.
    counts: bool,
    /// It stands in brackets, as an aside.
    aside: bool,
    /// Punctuation stands in front of it.
    apart: bool,
    /// Where it begins, in bytes.
    at: usize,
}

fn words(text: &str) -> Vec<Word> {
    let mut res: Vec<Word> = Vec::new();
    let (mut depth, mut apart) = (0_u32, true);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        if !c.is_alphanumeric() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            apart |= !c.is_whitespace();
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let end = rest.find(|c: char| !inner(c)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches(['\'', '’', '-']);
        let low = word.to_lowercase().replace('’', "'");
        let named = word.starts_with(char::is_uppercase) && !res.is_empty() && low != "i";
        res.push(Word {
            counts: named || is_negation(&low) || low.contains(|c: char| c.is_ascii_digit()),
            low,
            aside: depth > 0,
            apart,
            at: text.len() - rest.len(),
        });
        apart = false;
        rest = &rest[word.len()..];
    }
    res
}

fn is_negation(low: &str) -> bool {
    const NEGATIONS: [&str; 9] = [
        "not", "no", "never", "cannot", "without", "nobody", "none", "neither", "nor",
    ];
    NEGATIONS.contains(&low) || low.ends_with("n't")
}

/// The repair that is allowed besides a capital: "creating" without its subject
/// becomes "creates" or "create".
fn mended(shown: &str, written: &str) -> bool {
    let Some(stem) = written.strip_suffix("ing") else {
        return false;
    };
    let mut bases = vec![stem.to_owned(), format!("{stem}e")];
    if let Some(last) = stem.chars().last() {
        bases.extend(
            stem.strip_suffix(&format!("{last}{last}"))
                .map(|front| format!("{front}{last}")),
        );
        bases.extend(stem.strip_suffix('y').map(|front| format!("{front}ie")));
    }
    bases
        .iter()
        .any(|base| [base.clone(), format!("{base}s"), format!("{base}es")].contains(&shown.into()))
}

/// The places of the point's words in its sentence, in their order and as near
/// to each other as they stand.
fn aligned(shown: &[Word], written: &[Word]) -> Option<Vec<usize>> {
    let from = |start: usize| {
        let mut places: Vec<usize> = Vec::with_capacity(shown.len());
        for word in shown {
            let next = places.last().map_or(start, |last| last + 1);
            let fits = |at: &usize| {
                let other = &written[*at].low;
                word.low == *other || places.is_empty() && mended(&word.low, other)
            };
            places.push((next..written.len()).find(fits)?);
        }
        Some(places)
    };
    (0..written.len())
        .filter_map(from)
        .min_by_key(|places| places.last().zip(places.first()).map(|(b, a)| b - a))
}

/// What is wrong with a point; `None` if it is honest. Whom the article's title
/// names may go: "provide Acme with a base" is "provide a base".
fn fault(line: &Line, title: &str) -> Option<String> {
    let titled: Vec<String> = words(title).into_iter().map(|word| word.low).collect();
    let (shown, written) = (words(&line.text), words(&line.from.sentence));
    let Some(places) = aligned(&shown, &written) else {
        return Some("is not of its sentence".to_string());
    };
    let known = |word: &Word| !is_negation(&word.low) && titled.contains(&word.low);
    let (first, last) = (*places.first()?, *places.last()?);
    let lost = (first..last)
        .filter(|at| !places.contains(at))
        .map(|at| &written[at])
        .find(|word| word.counts && !word.aside && !known(word));
    if let Some(lost) = lost {
        return Some(format!("has lost {:?}", lost.low));
    }
    // "Never merge on Fridays" must not become "Merge on Fridays".
    let before = first.checked_sub(1).map(|at| &written[at]);
    let torn = before.filter(|word| is_negation(&word.low) && !written[first].apart);
    torn.map(|word| format!("was torn from {:?}", word.low))
}

fn is_condition(low: &str) -> bool {
    ["if", "unless", "until", "when", "whenever", "once"].contains(&low)
}

/// What is torn out of a point's sentence, in front, inside or behind: a
/// negation or a condition may only go with the whole clause it stands in, and
/// a condition in front of a clause not at all.
fn torn(line: &Line) -> Option<String> {
    const OPENS: &str = "because so which who whose where although though since and but or by to \
        in as such including before after using that especially instead rather";
    const CLOSES: &str = "that to and but is was are can should must you have has we";
    let among = |list: &str, low: &str| list.split_ascii_whitespace().any(|word| word == low);
    let (shown, written) = (words(&line.text), words(&line.from.sentence));
    let places = aligned(&shown, &written)?;
    let first = *places.first()?;
    let mut from = 0;
    while from < written.len() {
        if places.contains(&from) {
            from += 1;
            continue;
        }
        let to = (from..written.len())
            .find(|at| places.contains(at))
            .unwrap_or(written.len());
        let lost = || written[from..to].iter().filter(|word| !word.aside);
        let held = lost().find(|word| is_negation(&word.low) || is_condition(&word.low));
        if let Some(held) = held {
            let opens = from == 0 || written[from].apart || among(OPENS, &written[from].low);
            let closes =
                to == written.len() || written[to].apart || among(CLOSES, &written[to - 1].low);
            let waits = from < first && lost().any(|word| is_condition(&word.low)) && {
                let front = &line.from.sentence[written[from].at..written[first].at];
                let joined = ["and ", "but ", "that ", "so "];
                !front.contains([';', '.', '—', '–', ':', '?', '!'])
                    && !joined.iter().any(|end| front.ends_with(end))
            };
            if !opens || !closes || waits {
                return Some(format!("has lost {:?}", held.low));
            }
        }
        from = to;
    }
    None
}

fn articles() -> Vec<PathBuf> {
    let mut res = Vec::new();
    for folder in ["tests/articles", "tests/shapes", "tests/pages", "slides"] {
        let folder = root().join(folder);
        for name in files_below(&folder).into_keys() {
            let ending = name.extension().and_then(|ending| ending.to_str());
            let is_slide = folder.ends_with("slides") && ending != Some("txt");
            if !is_slide && matches!(ending, Some("txt" | "md" | "html")) {
                res.push(folder.join(name));
            }
        }
    }
    res.sort();
    res
}

/// The title of an article's deck, and its points.
fn points(path: &Path) -> (String, Vec<Line>) {
    let plan = import(path, &std::fs::read(path).unwrap()).plan;
    let files = plan.files.into_iter();
    let lines = files
        .flat_map(|file| file.slides)
        .flat_map(|slide| slide.blocks)
        .flat_map(|block| match block {
            Block::Points(lines) | Block::Events(lines) => lines,
            _ => Vec::new(),
        })
        .filter(|line| !line.from.sentence.is_empty())
        .collect();
    (plan.settings.title, lines)
}

#[test]
fn a_point_says_what_its_sentence_says() {
    let (mut report, mut n_points) = (String::new(), 0);
    for path in articles() {
        let (title, lines) = points(&path);
        for line in lines {
            n_points += 1;
            if let Some(fault) = fault(&line, &title).or_else(|| torn(&line)) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                report += &format!(
                    "{name}: {:?} {fault}\n  of {:?}\n",
                    line.text, line.from.sentence
                );
            }
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(n_points > 150, "only {n_points} points were looked at");
}

#[test]
fn what_is_lost_is_noticed() {
    let held = |text: &str, sentence: &str| {
        let mut line = Line {
            text: text.to_string(),
            ..Line::default()
        };
        line.from.sentence = sentence.to_string();
        fault(&line, "Our yard")
    };
    let sentence = "We do not merge 3 changes in Berlin, creating a queue.";
    let sentence_of_berlin = sentence;
    assert_eq!(held("Creates a queue", sentence), None);
    assert_eq!(
        held("We merge 3 changes in Berlin", sentence).as_deref(),
        Some("has lost \"not\"")
    );
    assert_eq!(
        held("Merge 3 changes", sentence).as_deref(),
        Some("was torn from \"not\"")
    );
    for made_up in [
        "We merge 4 changes",
        "In Bonn",
        "Create 3 queues",
        "Queue a",
    ] {
        assert_eq!(
            held(made_up, sentence).as_deref(),
            Some("is not of its sentence"),
            "{made_up}"
        );
    }
    let cut = |text: &str, sentence: &str| {
        let mut line = Line {
            text: text.to_string(),
            ..Line::default()
        };
        line.from.sentence = sentence.to_string();
        torn(&line)
    };
    let sentence = "If the oven is cold, bread rises late, which does not help when it rains.";
    assert_eq!(cut("If the oven is cold, bread rises late", sentence), None);
    assert!(cut("Bread rises late", sentence).is_some());
    assert!(
        cut(
            "If the oven is cold, bread rises late, which does not help",
            sentence
        )
        .is_some()
    );
    assert!(held("We do not merge changes in Berlin", sentence_of_berlin).is_some());
    assert!(held("We do not merge 3 changes in a queue", sentence_of_berlin).is_some());
}
