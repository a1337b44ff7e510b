//! Exports generated decks by the real program, cold, and times an edit on its
//! way through a running `watch` up to the patch.
//!
//! `cargo bench` prints CPU seconds, peak memory and bytes for decks of 11, 100
//! and 1,000 slides, and each as a ratio to the smallest. Figures are printed,
//! never asserted: machines differ.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

const RUNS: usize = 7;
const EDITS: usize = 15;

fn main() {
    // `cargo test --benches` asks for a list of tests; there are none here.
    if std::env::args().any(|arg| arg == "--list" || arg == "--test") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the decks");
    if std::env::args().any(|arg| arg == "articles") {
        return articles(folder.path());
    }
    println!("deck     slides    CPU s   ratio   peak MiB      bytes   edit to patch ms");
    let mut base = 1.0;
    // Mixed content, and then slides of which each has code, a formula, a table or
    // a chart that no other one has.
    let cases: [(&str, usize, Body); 6] = [
        ("W1", 11, body),
        ("W2", 100, body),
        ("W3", 1_000, body),
        ("T1", 11, technical),
        ("T2", 100, technical),
        ("T3", 1_000, technical),
    ];
    for (name, n_slides, body) in cases {
        let deck = write_deck(folder.path(), name, n_slides, body);
        let (cpu, peak, bytes) = export(&deck);
        if n_slides == 11 {
            base = cpu;
        }
        let patch = edit_to_patch(&deck);
        println!(
            "{name:<8} {n_slides:>6} {cpu:>8.3} {:>7.1} {peak:>10.1} {bytes:>10} {:>10.1} median {:>6.1} first",
            cpu / base,
            median(&patch),
            patch[0]
        );
    }
    let deck = write_deck(folder.path(), "edits", 11, body);
    if let Some((few, many)) = memory_of_edits(&deck) {
        println!(
            "watch holds {few:.1} MiB after 50 edits, {many:.1} after 5,000: {:.2} times as much",
            many / few
        );
    }
}

/// CPU seconds of an import, each as a ratio to that of plain text.
fn articles(folder: &Path) {
    println!("article           CPU s   ratio");
    let mut first = None;
    for (name, start, part) in ARTICLES {
        let mut words = Words(42);
        let mut text = start.to_string();
        for n in 1.. {
            if text.len() > 1_000_000 {
                break;
            }
            text += &part
                .replace("NUMBER", &n.to_string())
                .replace("WORDS", &format!("{} is {}", words.some(3), words.some(9)));
        }
        let path = folder.join(name);
        std::fs::write(&path, text).expect("an article");
        let before = children_cpu();
        let status = program()
            .args(["import", "--force", "-o"])
            .arg(path.with_extension(""))
            .arg(&path)
            .stdout(Stdio::null())
            .status();
        assert!(status.expect("the program runs").success(), "{name}");
        let cpu = children_cpu() - before;
        let base = *first.get_or_insert(cpu);
        println!("{name:<16} {cpu:>6.3} {:>7.1}", cpu / base);
    }
}

/// Names of articles, how they begin, and what they repeat.
const ARTICLES: [(&str, &str, &str); 18] = [
    (
        "plain.txt",
        "Many words\n\n",
        "The WORDS. A WORDS. One WORDS.\n\n",
    ),
    (
        "sections.md",
        "# Many words\n\n",
        "## Part NUMBER\n\nThe WORDS. A WORDS. One WORDS. No WORDS.\n\nThe WORDS. A WORDS. One WORDS.\n\nThe WORDS. A WORDS. One WORDS.\n\nThe WORDS. A WORDS. One WORDS. No WORDS. But a WORDS. All the WORDS.\n\n",
    ),
    (
        "headings.md",
        "# Many words\n\n",
        "## Heading NUMBER\n\nThe WORDS.\n\n",
    ),
    (
        "reasons.txt",
        "Many words\n\nThere are many.\n\n",
        "NUMBER. Reason that counts\n\nThe words say why.\n\n",
    ),
    ("items.md", "# Many words\n\n", "- item NUMBER\n"),
    (
        "links.md",
        "# Many words\n\n",
        "[link NUMBER](https://example.com/NUMBER) ",
    ),
    ("signs.html", "<h1>Words</h1><p>", "&"),
    ("cells.html", "<h1>Words</h1><table><tr>", "<td>NUMBER"),
    ("open.html", "<h1>Words</h1>", "<p>word NUMBER"),
    (
        "bold.html",
        "<h1>Words</h1>",
        "<p><b>Bold line NUMBER</b></p>",
    ),
    ("heads.html", "<h1>Words</h1>", "<h2>Heading NUMBER"),
    ("rules.html", "<h1>Words</h1>", "<hr>"),
    ("buttons.html", "<h1>Words</h1>", "<button>b</button>"),
    ("code.html", "<h1>Words</h1>", "<pre>code NUMBER</pre>"),
    ("terms.html", "<h1>Words</h1>", "<dl><dt>a<dd>b</dl>"),
    ("pictures.html", "<h1>Words</h1>", "<img src=NUMBER.png>"),
    (
        "fonts.html",
        "<h1>Words</h1>",
        "<font size=5>Big NUMBER</font><br>",
    ),
    ("boxes.html", "<h1>Words</h1>", "<div>text NUMBER</div>"),
];

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_deckle"))
}

/// Median CPU seconds of cold runs, the largest memory of any, the file's size.
fn export(deck: &Path) -> (f64, f64, u64) {
    let target = deck.with_extension("html");
    let mut seconds = Vec::new();
    for _ in 0..RUNS {
        let before = children_cpu();
        let status = program()
            .arg("export")
            .arg(deck)
            .arg("-o")
            .arg(&target)
            .stdout(Stdio::null())
            .status();
        assert!(
            status.expect("the program runs").success(),
            "{} is a clean deck",
            deck.display()
        );
        seconds.push(children_cpu() - before);
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    // Linux counts kibibytes, macOS bytes; the decks grow, so the last one is the largest.
    let unit = if cfg!(target_os = "macos") {
        1024.0 * 1024.0
    } else {
        1024.0
    };
    let bytes = std::fs::metadata(&target).expect("it was written").len();
    (median(&seconds), usage.max_rss() as f64 / unit, bytes)
}

fn children_cpu() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// Milliseconds from writing the file to the last byte of the patch, as a
/// client on a socket sees them.
fn edit_to_patch(deck: &Path) -> Vec<f64> {
    let mut server = Server::start(deck);
    let text = std::fs::read_to_string(deck).expect("the deck was written");
    let mut events = server.events();
    let mut res = Vec::new();
    for n in 0..EDITS {
        let edited = text.replace("EDITMARK0000", &format!("EDITMARK{:04}", n + 1));
        let began = Instant::now();
        std::fs::write(deck, edited).expect("the deck can be written");
        wait_for(&mut events, &format!("EDITMARK{:04}", n + 1));
        res.push(began.elapsed().as_secs_f64() * 1e3);
        // An author pauses between two edits.
        std::thread::sleep(Duration::from_millis(120));
    }
    std::fs::write(deck, text).expect("the deck can be written");
    server.child.kill().expect("the server can be ended");
    res
}

/// MiB that a watching program holds after a few edits and after many. Only
/// Linux tells.
fn memory_of_edits(deck: &Path) -> Option<(f64, f64)> {
    const FEW: usize = 50;
    const MANY: usize = 5_000;
    let mut server = Server::start(deck);
    let text = std::fs::read_to_string(deck).expect("the deck was written");
    let mut events = server.events();
    let status = format!("/proc/{}/status", server.child.id());
    let held = || {
        let status = std::fs::read_to_string(&status).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib / 1024.0)
    };
    let mut few = None;
    for n in 1..=MANY {
        let mark = format!("EDITMARK{n:04}");
        let edited = text.replace("EDITMARK0000", &mark);
        std::fs::write(deck, edited).expect("the deck can be written");
        wait_for(&mut events, &mark);
        if n == FEW {
            few = held();
        }
    }
    let many = held();
    std::fs::write(deck, text).expect("the deck can be written");
    server.child.kill().expect("the server can be ended");
    few.zip(many)
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(deck: &Path) -> Server {
        let mut child = program()
            .args(["watch", "--no-open"])
            .arg(deck)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("it was piped")).lines();
        let line = lines
            .next()
            .expect("it says where it listens")
            .expect("as text");
        let url = line
            .rsplit("http://")
            .next()
            .expect("an address")
            .trim_end_matches('/')
            .to_string();
        // What else it says must be read, or it would wait for room to say it.
        std::thread::spawn(move || lines.for_each(drop));
        Server {
            child,
            address: url,
        }
    }

    fn events(&mut self) -> BufReader<TcpStream> {
        let mut socket = TcpStream::connect(&self.address).expect("the server listens");
        let request = format!("GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        socket
            .write_all(request.as_bytes())
            .expect("the server reads");
        let mut events = BufReader::new(socket);
        wait_for(&mut events, "EDITMARK0000");
        events
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.wait();
    }
}

fn wait_for(events: &mut impl BufRead, word: &str) {
    let mut seen: Vec<u8> = Vec::new();
    let word = word.as_bytes();
    while !seen.windows(word.len()).any(|window| window == word) {
        let buffer = events.fill_buf().expect("the stream goes on");
        assert!(!buffer.is_empty(), "the stream ended");
        seen.drain(..seen.len().saturating_sub(word.len()));
        seen.extend_from_slice(buffer);
        let n = buffer.len();
        events.consume(n);
    }
}

// ---- the decks

/// Mixed content: lists, code in three languages, tables, pictures, quotes,
/// formulas; a mark to edit in the middle.
/// What stands on the slide of a number, below its title.
type Body = fn(&mut Words, usize) -> String;

fn write_deck(folder: &Path, name: &str, n_slides: usize, body: Body) -> PathBuf {
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder).expect("a folder for the deck");
    std::fs::write(folder.join("img.png"), noise_png(300, 220)).expect("a picture");
    let mut words = Words(42);
    let mut text = format!(
        "---\ntitle: Deck {name}\n---\n\n# Deck {name}\n\n{n_slides} slides of mixed content\n"
    );
    for n in 1..n_slides {
        let _ = write!(
            text,
            "\n---\n\n## Slide {}: {}\n\n{}\n",
            n + 1,
            words.some(3),
            body(&mut words, n)
        );
        if n % 10 == 9 {
            text += "\n$$\\sum_{k=1}^{n} k^2 = \\frac{n(n+1)(2n+1)}{6}$$\n";
        }
        if n == n_slides / 2 {
            text += "\nEDITMARK0000 in the middle\n";
        }
        let _ = write!(text, "\n<!--\nNote {}: {}.\n-->\n", n + 1, words.some(12));
    }
    let path = folder.join("deck.md");
    std::fs::write(&path, text).expect("the deck can be written");
    path
}

fn technical(words: &mut Words, n: usize) -> String {
    match n % 4 {
        0 => {
            let (lang, code) = CODE[n / 4 % 3];
            let code = code.replace("NUMBER", &n.to_string());
            format!("```{lang} {{1|2-3|all .numbers}}\n{code}\n{code}\n{code}\n```")
        }
        1 => format!(
            "{} $x_{{{n}}} = \\sqrt{{{n} + y^2}}$:\n\n$$\\int_0^{{{n}}} \\frac{{x^{{{n}}}}}{{1 + e^{{-{n} x}}}}\\,dx = \\sum_{{k=1}}^{{\\infty}} \\binom{{{n}}}{{k}}$$",
            words.some(6)
        ),
        2 => {
            let rows: String = (0..8)
                .map(|row| {
                    let cells: String = (0..5)
                        .map(|cell| format!(" {} |", n * 31 + row * 7 + cell))
                        .collect();
                    format!("| {} |{cells}\n", words.one())
                })
                .collect();
            format!(
                "| Name | 2021 | 2022 | 2023 | 2024 | 2025 |\n|---|---|---|---|---|---|\n{rows}"
            )
        }
        _ => {
            let kind = ["bar", "line", "stacked", "area", "scatter", "donut"][n / 4 % 6];
            let rows: String = (0..6)
                .map(|row| format!("{}, {}, {}\n", 2015 + row, n + row * 3, n % 17 + row))
                .collect();
            format!("```chart {{type={kind}}}\nYear, Here, There\n{rows}```")
        }
    }
}

fn body(words: &mut Words, n: usize) -> String {
    match n % 5 {
        0 => (0..4)
            .map(|_| {
                format!(
                    "- {} with **{}** and *{}*\n",
                    words.some(6),
                    words.one(),
                    words.one()
                )
            })
            .collect(),
        1 => {
            let (lang, code) = CODE[n / 5 % 3];
            format!(
                "{}:\n\n```{lang}\n{}\n```",
                words.some(6),
                code.replace("NUMBER", &n.to_string())
            )
        }
        2 => {
            let rows: String = (0..5)
                .map(|row| format!("| {} | {} | 0.{row} |\n", words.one(), n * 7 + row))
                .collect();
            format!("| Name | Count | Share |\n|:-----|------:|:-----:|\n{rows}")
        }
        3 => format!(
            "{}.\n\n![A generated picture]({})",
            words.some(8),
            "./img.png"
        ),
        _ => format!(
            "{}. See [the page](https://example.com/{n}) for `{}_{n}`.\n\n> {}.\n\n1. {}\n2. {}\n3. {}",
            words.some(14),
            words.one(),
            words.some(10),
            words.some(5),
            words.some(5),
            words.some(5)
        ),
    }
}

const CODE: [(&str, &str); 3] = [
    (
        "rust",
        "/// Adds up. (NUMBER)\nfn total(list: &[u32]) -> u32 {\n    let mut sum = 0;\n    for item in list {\n        sum += item;\n    }\n    sum\n}",
    ),
    (
        "python",
        "class Slide:\n    \"\"\"One slide. (NUMBER)\"\"\"\n    def __init__(self, title):\n        self.title = title\n\n    def words(self):\n        return len(self.title.split())",
    ),
    (
        "js",
        "// later (NUMBER)\nexport function later(work, ms = 100) {\n  let timer = null;\n  return (...args) => {\n    clearTimeout(timer);\n    timer = setTimeout(() => work(...args), ms);\n  };\n}",
    ),
];

/// A small generator of words, the same in every run.
struct Words(u64);

impl Words {
    fn one(&mut self) -> &'static str {
        const LIST: [&str; 16] = [
            "market", "system", "frame", "signal", "kernel", "vector", "region", "supply",
            "growth", "layout", "thread", "buffer", "policy", "window", "device", "theme",
        ];
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        LIST[(self.0 >> 20) as usize % LIST.len()]
    }

    fn some(&mut self, n: usize) -> String {
        (0..n).map(|_| self.one()).collect::<Vec<_>>().join(" ")
    }
}

/// A picture of about 200 KB that no format can make smaller.
fn noise_png(width: u32, height: u32) -> Vec<u8> {
    let mut state = 7_u32;
    let mut rows = Vec::new();
    for _ in 0..height {
        // The filter of a row stands before its pixels.
        rows.extend(std::iter::once(0).chain((0..width * 3).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })));
    }
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&rows).expect("memory holds it");
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    let mut res = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    for (kind, data) in [
        (b"IHDR", head),
        (b"IDAT", packer.finish().expect("memory holds it")),
        (b"IEND", vec![]),
    ] {
        res.extend((data.len() as u32).to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(&data);
        res.extend(kind);
        res.extend(&data);
        res.extend(sum.sum().to_be_bytes());
    }
    res
}
