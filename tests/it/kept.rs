//! A build that keeps slides of the build before is the same as one that keeps
//! none: for every deck of the tests, whatever is done to it.

use std::fs;
use std::path::Path;

use deckle::pipeline::{self, Build};
use deckle::render::Cache;
use deckle::source::Memory;

use super::fuzz::Random;
use super::{files_below, root};

/// All that a build gives, as far as anybody sees it.
#[track_caller]
fn same(warm: &Build, cold: &Build, done: &str) {
    assert_eq!(warm.pages.order, cold.pages.order, "the slides, {done}");
    assert!(
        warm.pages.sections == cold.pages.sections,
        "the HTML, {done}"
    );
    assert!(
        warm.pages.style() == cold.pages.style(),
        "the style, {done}"
    );
    assert_eq!(warm.pages.head, cold.pages.head, "the head, {done}");
    let keys = |build: &Build| -> Vec<String> { build.pages.assets.keys().cloned().collect() };
    assert_eq!(keys(warm), keys(cold), "the pictures, {done}");
    assert_eq!(warm.diagnostics, cold.diagnostics, "the faults, {done}");
    // Places count here, as an editor is opened at them.
    for (own, other) in warm.plan.frames.iter().zip(&cold.plan.frames) {
        assert_eq!(own, other, "a frame, {done}");
    }
    assert_eq!(warm.plan.continued, cold.plan.continued, "{done}");
}

/// A folder with all files that decks of the tests name, and one deck in it.
struct Deck {
    files: Memory,
    slides: Vec<String>,
    head: String,
    cache: Cache,
}

impl Deck {
    fn new(slides: Vec<String>) -> Deck {
        let mut files = Memory::default();
        for (path, bytes) in files_below(&root().join("tests/decks/render")) {
            if path
                .extension()
                .is_some_and(|ending| ending != "md" && ending != "html")
            {
                files.insert(Path::new("deck").join(path), bytes);
            }
        }
        files.insert(
            "deck/part.md",
            &b"## From elsewhere\n\n- one\n\n---\n\n## More\n\n- two\n"[..],
        );
        files.insert("deck/changing.png", orange());
        Deck {
            files,
            slides,
            head: "title: Talk\n".into(),
            cache: Cache::default(),
        }
    }

    fn write(&mut self) {
        let text = format!("---\n{}---\n\n{}", self.head, self.slides.join("\n---\n\n"));
        self.files.insert("deck/deck.md", text.into_bytes());
    }

    /// Builds both ways, compares, and says how many slides were kept.
    #[track_caller]
    fn compare(&mut self, done: &str) -> usize {
        self.write();
        let entry = Path::new("deck/deck.md");
        let wishes = Default::default();
        let warm = pipeline::build(&self.files, entry, &wishes, &mut self.cache);
        let cold = pipeline::build(&self.files, entry, &wishes, &mut Cache::default());
        same(&warm, &cold, done);
        let is_kept = |past: &&deckle::deck::Past| past.known.is_some();
        warm.plan.pasts.iter().filter(is_kept).count()
    }
}

fn orange() -> Vec<u8> {
    fs::read(root().join("tests/decks/render/pictures/orange.png")).unwrap()
}

/// The slides of all decks of the tests, with the faults of those that have some.
fn all_slides() -> Vec<String> {
    let mut res = Vec::new();
    for folder in [
        "tests/decks/render",
        "tests/decks/check",
        "tests/decks/pass",
    ] {
        for (path, bytes) in files_below(&root().join(folder)) {
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let is_deck = path.extension().is_some_and(|ending| ending == "md");
            // A definition of a link holds for all of a file: then nothing is kept.
            if is_deck && !text.starts_with("---") && !text.contains("]:") && text.len() < 20_000 {
                res.extend(
                    text.split("\n---\n\n")
                        .map(|slide| format!("{}\n", slide.trim())),
                );
            }
        }
    }
    assert!(res.len() > 150, "{}", res.len());
    res
}

fn plain(n: usize) -> Vec<String> {
    (1..=n)
        .map(|n| format!("## Slide {n}\n\n- one of {n}\n- two of {n} with [a link](https://example.org/{n})\n"))
        .collect()
}

const NEW: &[&str] = &[
    "## New\n\n- words\n",
    "## New\n\nSee[^1].\n\n[^1]: A note.\n",
    "## {{title}}\n\n- {{unknown}}\n",
    "## Code\n\n```rust\nfn main() {}\n```\n\n<!-- A note. -->\n",
    "## Open\n\n```rust\nfn main() {}\n",
    "## Picture\n\n![Orange](changing.png)\n",
    "<!-- open\n",
    "::: columns\n\n- a\n",
    "include: part.md\n---\n",
    "layout: section\n---\n\n# A part\n",
    "layout: agenda\n---\n\n## Agenda\n",
    "icon: truck\n---\n\n## A factor\n\n- one\n- two\n",
    "example: Beside its source\n---\n\n## Seen\n\n- one\n",
    "```chart {src=data.csv}\n```\n",
    "```mermaid\nflowchart LR\n  a --> b\n```\n",
    "## Formula\n\n$$x^2$$\n",
    "<!-- allow: missing-alt -->\n\n## Let pass\n\n![](changing.png)\n",
    "# One\n\n## Two\n\n- three\n",
    "",
    "notes: Say it.\nsteps: lists\n---\n\n## Said\n\n- one\n- two\n",
    "> A quotation.\n> — Somebody\n",
];

const HEADS: &[&str] = &[
    "title: Talk\n",
    "title: Another talk\n",
    "title: Talk\nsteps: lists\n",
    "theme: paper\n",
    "title: Talk\nlang: de\nfooter: \"\"\n",
    "title: Talk\nfit: shrink\nsize: 4:3\n",
    "title: Talk\nsplit: 2\n",
    "author: Kim\n",
];

fn edit(random: &mut Random, deck: &mut Deck) -> String {
    let n = deck.slides.len();
    let at = random.below(n);
    match random.below(12) {
        0..3 => {
            let new = random.pick(NEW).to_string();
            let done = format!("{new:?} in front of {at}");
            deck.slides.insert(at, new);
            done
        }
        3 => {
            deck.slides.swap(at, n - 1 - at);
            format!("{at} swapped")
        }
        4 if n > 10 => format!("{:?} removed", deck.slides.remove(at)),
        5 => {
            deck.head = random.pick(HEADS).to_string();
            format!("head {:?}", deck.head)
        }
        6 => {
            let bytes = [&orange()[..], &[random.below(200) as u8]].concat();
            deck.files.insert("deck/changing.png", bytes);
            "a picture changed".to_string()
        }
        7 => {
            let text = deck.slides[at].clone();
            deck.slides.push(text);
            format!("{at} once more at the end")
        }
        8 => {
            deck.slides[at] = random.mutated(&deck.slides[at]);
            format!("{at} mutated to {:?}", deck.slides[at])
        }
        _ => {
            deck.slides[at] += "- a word more\n";
            format!("a word more on {at}")
        }
    }
}

#[test]
fn what_is_kept_is_what_would_be_made() {
    for seed in 1..=4 {
        let mut random = Random::new(seed);
        let mut slides = plain(60);
        for text in NEW.iter().filter(|text| !text.contains("pen\n")) {
            slides.insert(random.below(60), text.to_string());
        }
        let mut deck = Deck::new(slides);
        let mut n_kept = 0;
        for n in 0..30 {
            let done = edit(&mut random, &mut deck);
            n_kept += deck.compare(&format!("seed {seed}, step {n}: {done}"));
            // What takes the rest of the deck with it is mended at once.
            deck.slides
                .retain(|slide| !slide.contains("<!-- open") && !slide.contains("## Open"));
        }
        assert!(n_kept > 500, "{n_kept} slides of 30 builds were kept");
    }
}

#[test]
fn every_deck_of_the_tests_is_kept_rightly() {
    let all = all_slides();
    let mut random = Random::new(7);
    for some in all.chunks(40) {
        let mut slides = plain(8);
        slides.splice(4..4, some.iter().cloned());
        let mut deck = Deck::new(slides);
        for n in 0..2 {
            let at = random.below(deck.slides.len());
            deck.slides
                .insert(at, format!("## Between {n}\n\n- words\n"));
            deck.compare(&format!("a slide in front of {at} of {:?}", deck.slides));
        }
    }
}

/// A build that none follows notes on its way what an export asks for; one of a deck
/// that is watched leaves that to the export.
#[test]
fn what_is_built_once_is_exported_as_what_is_watched() {
    let slides = all_slides();
    let mut n_bytes = 0;
    for some in slides.chunks(10) {
        let mut deck = Deck::new(some.to_vec());
        deck.write();
        let html = |mut cache: Cache| {
            let entry = Path::new("deck/deck.md");
            let build = pipeline::build(&deck.files, entry, &Default::default(), &mut cache);
            deckle::export::html(&build.pages)
        };
        let once = html(Cache::of_one_build());
        assert!(once == html(Cache::default()), "{some:?}");
        n_bytes += once.len();
    }
    assert!(n_bytes > 1_000_000, "{n_bytes}");
}

#[test]
fn an_edit_reads_the_slides_at_the_edges_and_the_edited_one() {
    let mut deck = Deck::new(plain(100));
    assert_eq!(deck.compare("at first"), 0);
    let inner = 100 - 2 * 4;
    assert_eq!(deck.compare("nothing changed"), inner);
    deck.slides[50] += "- three\n";
    assert_eq!(deck.compare("one slide edited"), inner - 1);
    deck.slides.insert(20, "## In front\n\n- one\n".into());
    assert_eq!(deck.compare("a slide in front"), inner);
    deck.slides.swap(30, 60);
    assert_eq!(deck.compare("two slides swapped"), inner + 1);
    deck.head = "title: Another\n".into();
    assert_eq!(deck.compare("what stands at the foot of all"), 0);
    deck.slides[40] += "\n![Orange](changing.png)\n";
    deck.compare("a picture");
    assert_eq!(deck.compare("the same"), inner + 1);
    deck.files
        .insert("deck/changing.png", [&orange()[..], b"more"].concat());
    assert_eq!(deck.compare("a picture's bytes"), 0);
    assert_eq!(deck.compare("the same"), inner + 1);
    deck.slides[10] += "\n{{unknown}}\n";
    deck.compare("a fault");
    assert_eq!(deck.compare("a slide with a fault is made anew"), inner);
}
