//! A long run of random articles and decks, for minutes where `tests/it/fuzz.rs`
//! has seconds: known ones with parts lost, moved, doubled, or from another.
//!
//! ```sh
//! cargo bench --profile fuzz --bench fuzz -- html 600 1    # kind, seconds, seed
//! ```
//!
//! Kinds of articles are `html`, `markdown`, `plain`, `docx` and `epub`; of decks
//! `deck`, `front` (their front matter), `chart`, `math` and `diagram`. An input that
//! panics, breaks a law or takes too long is written to `target/fuzz`; make a
//! case of it. Every input is written there before it is tried, because a stack
//! that runs over ends the process.

use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use deckle::diag::Severity;
use deckle::export;
use deckle::import::import;
use deckle::pipeline::{self, Build};
use deckle::render::Cache;
use deckle::source::Memory;
use nix::sys::resource::{UsageWho, getrusage};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

#[path = "../tests/it/fuzz/holds.rs"]
mod holds;
#[path = "../tests/it/fuzz/random.rs"]
mod random;

use random::{BLOCKS, CHARTS, FRONT, INLINES, ODD, PROSE, RAW, Random, TEX};

/// An input that keeps the processor busy for longer hangs. Other programs that
/// run at the same time do not count.
const LIMIT: Duration = Duration::from_secs(20);

/// An input of a few kilobytes that takes longer is worth a look.
const SLOW: Duration = Duration::from_millis(1_500);

const FOLDER: &str = "target/fuzz";

/// Name of what is no article.
const DECK: &str = "deck.md";

/// Elements and attributes that the readers of pages and documents know.
const HTML: &[&str] = &[
    "<div class=\"related posts\">",
    "<p class=wp-caption-text>",
    "<pre><code class=\"language-x\">",
    "<table><tr><td colspan=99 rowspan=99>",
    "<table role=presentation><tr><td>",
    "<figure><img src=a.png><figcaption>",
    "<noscript><img src=b.png></noscript>",
    "<img data-src='c.png' srcset='d.png 1x, e.png 2x'>",
    "<dl><dt>a<dd>b</dl>",
    "<sup><a href=#n>[1]</a></sup>",
    "<h1>",
    "<h2 id=a>",
    "<h6>",
    "<font size=+4>",
    "<blockquote><footer>",
    "<article>",
    "<main>",
    "<aside class=note>",
    "<section hidden>",
    "<svg><p>",
    "<math><mi>",
    "<select><option>",
    "<template>",
    "<a href=x>",
    "</a>",
    "</div>",
    "<script type=application/ld+json>{\"author\":[{\"name\":1}]}</script>",
    "<meta charset=utf-16>",
    "<base href='javascript:x'>",
    "<!--",
    "<br><br>",
    "&shy;&#0;&#x10ffff;&notit;",
];

/// The name of the kind that tries diagrams.
const DIAGRAM: &str = "diagram";

/// Pieces of diagrams, of all kinds.
const MERMAID: &[&str] = &[
    "flowchart TD",
    "subgraph s [title]",
    "end",
    "A[label] --> B{label}",
    "A@{ shape: cyl, label: \"x\" }",
    "A -- text --> B & C & D",
    "style A fill:#f00,stroke:url(x)",
    "classDef x fill:expression(1)",
    "class A,B x",
    "click A \"javascript:alert(1)\"",
    "linkStyle default stroke:red",
    "sequenceDiagram",
    "autonumber 9999999999",
    "A->>+B: message",
    "B--xA: message",
    "loop forever",
    "alt one",
    "else two",
    "rect rgb(0, 0, 0)",
    "Note over A,B: words<br/>words",
    "participant X as <b>X</b>",
    "classDiagram",
    "class X~T~ {",
    "+method(a, b)* List~int~",
    "}",
    "A \"1\" o-- \"*\" B : has",
    "stateDiagram-v2",
    "state X {",
    "state f <<fork>>",
    "[*] --> X",
    "note left of X",
    "end note",
    "erDiagram",
    "A ||--o{ B : \"has\"",
    "gantt",
    "dateFormat YYYY-MM-DD",
    "dateFormat X",
    "tickInterval 1millisecond",
    "excludes weekends",
    "task :crit, id, 0001-01-01, 9999d",
    "section s",
    "mindmap",
    "      deep((x))",
    "pie showData",
    "\"x\" : 1e308",
    "timeline",
    "gitGraph TB:",
    "commit id: \"x\" tag: \"y\"",
    "branch b",
    "merge main",
    "cherry-pick id: \"x\"",
    "quadrantChart",
    "x: [0.5, 0.5] radius: 99999",
    "xychart-beta horizontal",
    "bar [1, -2e300, 3]",
    "x-axis 0 --> 1e300",
    "%%{init: {\"flowchart\": {\"nodeSpacing\": 1e9}}}%%",
    "---\nconfig:\n  theme: dark\n  sequence: {width: -1}\n---",
    "---\na: &a [*a, *a]\n---",
    "accTitle: x",
    "accDescr { y }",
    "direction RL",
    "$$\\frac{a}{b}$$",
    "`**markdown** _text_`",
    "::icon(fa fa-book)",
];

const XML: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r><w:t>words</w:t></w:r>",
    "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>",
    "<w:pPr><w:outlineLvl w:val=\"99\"/></w:pPr>",
    "<w:pPr><w:numPr><w:ilvl w:val=\"200\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
    "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4294967296\"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:br/>",
    "<w:del>",
    "</w:del>",
    "<itemref idref=\"c0\"/>",
    "<section epub:type=\"footnote\">",
    "</section>",
    "<a id=\"x\"/>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "&a;",
    "<![CDATA[",
    "]]>",
    "../",
];

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    // `cargo bench` and `cargo test --benches` run it without a word; nothing to do then.
    let [kind, seconds, rest @ ..] = args.as_slice() else {
        return;
    };
    let seconds = seconds.parse().expect("seconds");
    let seed = rest.first().map_or(1, |seed| seed.parse().expect("a seed"));
    std::fs::create_dir_all(FOLDER).expect("a folder for what is found");
    let corpus = Corpus::load(kind);
    run(kind, &corpus, Duration::from_secs(seconds), seed);
}

/// Tries inputs until the time is over, and says what it found.
fn run(kind: &str, corpus: &Corpus, time: Duration, seed: u64) {
    let mut random = Random::new(seed);
    let started = Instant::now();
    let last = PathBuf::from(format!("{FOLDER}/{kind}-{seed}-last"));
    let since = watchdog(&last);
    let (mut n_inputs, mut n_faults, mut n_bytes, mut slowest) = (0, 0, 0, Duration::ZERO);
    let mut cache = Cache::default();
    while started.elapsed() < time {
        let input = corpus.input(&mut random);
        std::fs::write(&last, &input).expect("the input is kept");
        let begun = busy();
        *since.lock().expect("the watchdog lives") = Some(begun);
        let try_it = || match corpus.name {
            DECK => check_deck(&input, &mut cache),
            DIAGRAM => check_diagram(&input),
            name => check(name, &input),
        };
        let fault = catch_unwind(AssertUnwindSafe(try_it)).is_err();
        let took = busy() - begun;
        *since.lock().expect("the watchdog lives") = None;
        n_inputs += 1;
        n_bytes += input.len();
        slowest = slowest.max(took);
        if fault || took > SLOW {
            n_faults += 1;
            let kept = format!("{FOLDER}/{kind}-{seed}-{n_inputs}");
            std::fs::write(&kept, &input).expect("the input is kept");
            println!(
                "{kept}: {} bytes, {took:?}, {}",
                input.len(),
                if fault { "FAULT" } else { "slow" }
            );
        }
    }
    println!(
        "{kind}, seed {seed}: {n_inputs} inputs, {} KB each, {n_faults} found, slowest {slowest:?}",
        n_bytes / n_inputs.max(1) / 1_000
    );
}

/// The processor's time that this process has had.
fn busy() -> Duration {
    let used = getrusage(UsageWho::RUSAGE_SELF).expect("the system counts");
    let time = [used.user_time(), used.system_time()];
    time.iter()
        .map(|time| Duration::new(time.tv_sec() as u64, time.tv_usec() as u32 * 1_000))
        .sum()
}

/// Ends the process when an input takes too long.
fn watchdog(last: &Path) -> Arc<Mutex<Option<Duration>>> {
    let since: Arc<Mutex<Option<Duration>>> = Arc::default();
    let (seen, last) = (Arc::clone(&since), last.to_path_buf());
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(200));
            let begun = *seen.lock().expect("the run lives");
            if begun.is_some_and(|begun| busy() - begun > LIMIT) {
                println!("{}: hangs", last.display());
                std::process::exit(1);
            }
        }
    });
    since
}

/// The laws of an import: a deck of whole slides without a fault of ours.
fn check(name: &str, input: &[u8]) {
    let imported = import(Path::new(name), input);
    let again = import(Path::new(name), input);
    assert_eq!(imported.files, again.files, "twice the same");
    if imported.files.is_empty() {
        return;
    }
    let names: Vec<&String> = imported.files.iter().map(|(name, _)| name).collect();
    assert!(names.is_sorted(), "the order of the talk");
    let files = imported.in_memory(Path::new("deck"));
    let build = pipeline::build(
        &files,
        Path::new("deck"),
        &Default::default(),
        &mut Cache::default(),
    );
    holds::holds(&build);
    let errors = build
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error);
    let errors: Vec<_> = errors.collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// The laws of a deck: whole sections, nothing active, and what a watching page
/// was sent piece by piece is what a new one gets.
fn check_deck(input: &[u8], cache: &mut Cache) {
    let mut files = Memory::default();
    files.insert("deck/deck.md", input);
    files.insert("deck/a.png", &b"\x89PNG\r\n\x1a\n"[..]);
    files.insert("deck/data.csv", input);
    let build = |cache: &mut Cache| -> Build {
        let path = Path::new("deck/deck.md");
        pipeline::build(&files, path, &Default::default(), cache)
    };
    let fresh = build(&mut Cache::default());
    holds::holds(&fresh);
    let watched = build(cache);
    assert_eq!(fresh.pages.order, watched.pages.order, "the same slides");
    assert_eq!(
        fresh.pages.sections, watched.pages.sections,
        "to the letter"
    );
    assert_eq!(fresh.diagnostics, watched.diagnostics);
    let html = export::html(&fresh.pages);
    assert_eq!(html.matches("<script").count(), 1, "our own script alone");
}

/// The laws of a diagram: drawn or not, the deck is whole and nothing in it is
/// active, and it comes out the same again.
fn check_diagram(text: &[u8]) {
    let text = String::from_utf8_lossy(text).replace("````", "");
    let deck = format!("# A deck\n\n---\n\n## A diagram\n\n````mermaid\n{text}\n````\n");
    let build = || {
        let mut files = Memory::default();
        files.insert("deck.md", deck.clone().into_bytes());
        pipeline::build(
            &files,
            Path::new("deck.md"),
            &Default::default(),
            &mut Cache::default(),
        )
    };
    let once = build();
    holds::holds(&once);
    assert_eq!(
        once.pages.sections,
        build().pages.sections,
        "twice the same"
    );
}

/// What inputs are made of.
struct Corpus {
    /// Tells the importer the kind.
    name: &'static str,
    /// Whole articles, or the parts of an archive with their names.
    articles: Vec<Vec<(String, String)>>,
    pieces: Vec<&'static [&'static str]>,
    is_archive: bool,
}

impl Corpus {
    fn load(kind: &str) -> Corpus {
        let (name, folder, ending, pieces): (_, _, _, Vec<&[&str]>) = match kind {
            "html" => (
                "a.html",
                "tests/pages",
                "html",
                vec![HTML, HTML, RAW, PROSE],
            ),
            "markdown" => (
                "a.md",
                "tests/decks/render",
                "md",
                vec![BLOCKS, INLINES, PROSE, FRONT, RAW],
            ),
            "plain" => (
                "a.txt",
                "tests/decks/render",
                "md",
                vec![PROSE, INLINES, ODD],
            ),
            "deck" => (
                DECK,
                "tests/decks/render",
                "md",
                vec![BLOCKS, BLOCKS, INLINES, RAW, CHARTS, TEX],
            ),
            "front" => (DECK, "tests/decks/check", "md", vec![FRONT, FRONT, ODD]),
            "chart" => (DECK, "tests/decks/render", "md", vec![CHARTS]),
            "math" => (DECK, "tests/decks/render", "md", vec![TEX]),
            "docx" => ("a.docx", "tests/books", "docx", vec![XML, PROSE]),
            "epub" => ("a.epub", "tests/books", "epub", vec![XML, HTML, PROSE]),
            DIAGRAM => (
                DIAGRAM,
                "tests/decks/render",
                "md",
                vec![MERMAID, MERMAID, ODD, RAW],
            ),
            _ => panic!("no kind {kind}"),
        };
        let is_archive = matches!(kind, "docx" | "epub");
        let mut articles = Vec::new();
        for path in entries(Path::new(folder)) {
            if path.extension().is_none_or(|found| found != ending) {
                continue;
            }
            if is_archive {
                articles.push(parts(&path, &path));
            } else if kind == DIAGRAM {
                articles.extend(text_of(&path).into_iter().flat_map(|text| fences(&text)));
            } else {
                articles.extend(text_of(&path).map(|text| vec![(String::new(), text)]));
            }
        }
        // Half of the inputs begin with nothing but what the kind is about.
        if let "front" | "chart" | "math" = kind {
            let (open, close) = match kind {
                "front" => ("---\n", "\n---\n\n# A\n\n---\nlayout: quote\n---\n\n> B\n"),
                "chart" => ("# A\n\n```chart {type=line}\n", "\n```\n"),
                _ => ("# A\n\n$$\n", "\n$$\n"),
            };
            for piece in pieces.iter().flat_map(|list| list.iter()) {
                articles.push(vec![(String::new(), format!("{open}{piece}{close}"))]);
            }
        }
        if matches!(kind, "plain" | "markdown") {
            let seed = text_of(Path::new("slides/xiaomi-in-china/article.txt"));
            let seed = seed.expect("the shipped article");
            for _ in 0..1 + articles.len() / 2 {
                articles.push(vec![(String::new(), seed.clone())]);
            }
        }
        assert!(!articles.is_empty(), "nothing to begin with in {folder}");
        Corpus {
            name,
            articles,
            pieces,
            is_archive,
        }
    }

    fn input(&self, random: &mut Random) -> Vec<u8> {
        let article = &self.articles[random.below(self.articles.len())];
        if !self.is_archive {
            return bytes(&self.changed(random, &article[0].1), random);
        }
        let changed = random.below(article.len());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (at, (name, text)) in article.iter().enumerate() {
            if random.below(60) == 0 {
                continue;
            }
            let is_changed = at == changed || random.below(4) == 0;
            let text = if is_changed {
                self.changed(random, text)
            } else {
                text.clone()
            };
            zip.start_file(name, options).expect("a name");
            zip.write_all(text.as_bytes()).expect("memory");
        }
        let bytes = zip.finish().expect("memory").into_inner();
        if random.below(3) > 0 {
            return bytes;
        }
        scratched(bytes, random)
    }

    /// Some rounds of changes, few more often than many.
    fn changed(&self, random: &mut Random, text: &str) -> String {
        let mut text = text.to_string();
        let most = 1 + random.below(12);
        for _ in 0..1 + random.below(most) {
            text = match random.below(8) {
                0..=2 => random.mutated(&text),
                3 => inserted(&text, &random.pieces(6, &self.pieces), random),
                4 => {
                    let piece = random.pieces(2, &self.pieces);
                    inserted(&text, &piece.repeat(1 + random.below(300)), random)
                }
                5 => {
                    let other = &self.articles[random.below(self.articles.len())];
                    let other = &other[random.below(other.len())].1;
                    inserted(&text, &slice(other, random), random)
                }
                6 => text.replacen(&slice_of(&text, 200, random), "", 1),
                _ => {
                    let part = slice_of(&text, 400, random);
                    inserted(&text, &part.repeat(random.below(8)), random)
                }
            };
            if text.len() > 60_000 {
                break;
            }
        }
        text
    }
}

/// The diagrams of a deck.
fn fences(deck: &str) -> Vec<Vec<(String, String)>> {
    let parts = deck.split("```mermaid").skip(1);
    let bodies = parts.filter_map(|part| part.split_once('\n')?.1.split("```").next());
    bodies
        .map(|body| vec![(String::new(), body.to_string())])
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut res: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    res.sort();
    res
}

fn text_of(path: &Path) -> Option<String> {
    Some(String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned())
}

/// The files below a folder with their names in an archive.
fn parts(root: &Path, folder: &Path) -> Vec<(String, String)> {
    let mut res = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            res.extend(parts(root, &path));
        } else if let (Some(text), Ok(name)) = (text_of(&path), path.strip_prefix(root)) {
            res.push((name.to_string_lossy().into_owned(), text));
        }
    }
    res
}

fn place(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn inserted(text: &str, piece: &str, random: &mut Random) -> String {
    let (before, behind) = text.split_at(place(text, random));
    format!("{before}{piece}{behind}")
}

fn slice(text: &str, random: &mut Random) -> String {
    slice_of(text, 4_000, random)
}

fn slice_of(text: &str, most: usize, random: &mut Random) -> String {
    let rest = &text[place(text, random)..];
    rest.chars().take(1 + random.below(most)).collect()
}

/// A text in one of the encodings that articles have.
fn bytes(text: &str, random: &mut Random) -> Vec<u8> {
    let wide = |from: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(from).collect();
    match random.below(12) {
        0 => wide(u16::to_le_bytes),
        1 => wide(u16::to_be_bytes),
        2 => scratched(text.as_bytes().to_vec(), random),
        3 => text.replace('\n', "\r").into_bytes(),
        4 => text.replace('\n', "\r\n").into_bytes(),
        _ => text.as_bytes().to_vec(),
    }
}

/// Some bytes become others.
fn scratched(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    for _ in 0..1 + random.below(6) {
        if !bytes.is_empty() {
            let at = random.below(bytes.len());
            bytes[at] = random.below(256) as u8;
        }
    }
    bytes
}
