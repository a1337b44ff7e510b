//! Random input from fixed seeds: nothing panics, nothing active gets through,
//! every section is whole.
//!
//! The number of rounds bounds the time, about ten seconds in a debug build.
//! A failure prints the input that caused it.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use deckle::diag::{Severity, show};
use deckle::export;
use deckle::import::import;
use deckle::pipeline::{self, Build};
use deckle::render::Cache;
use deckle::source::Memory;

/// Marsaglia's xorshift: the same numbers everywhere and for ever.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        // Small seeds differ in few bits; the first numbers would be alike.
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        (0..8).for_each(|_| {
            random.below(2);
        });
        random
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Pieces one behind the other, joined in ways that matter to Markdown.
    fn pieces(&mut self, most: usize, lists: &[&[&str]]) -> String {
        let mut res = String::new();
        for _ in 0..1 + self.below(most) {
            let list = lists[self.below(lists.len())];
            res += self.pick(list);
            res += self.pick(&[
                "\n", "\n\n", "\n\n", " ", "", "\n  ", "\r\n", "\n> ", "\n- ",
            ]);
        }
        res
    }

    /// A few characters lost, doubled, moved or replaced.
    fn mutated(&mut self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..self.below(6) {
            if chars.is_empty() {
                break;
            }
            let at = self.below(chars.len());
            let length = (1 + self.below(12)).min(chars.len() - at);
            match self.below(5) {
                0 => drop(chars.drain(at..at + length)),
                1 => {
                    let part = chars[at..at + length].to_vec();
                    chars.splice(at..at, part);
                }
                2 => {
                    let part: Vec<char> = chars.drain(at..at + length).collect();
                    let to = self.below(chars.len() + 1);
                    chars.splice(to..to, part);
                }
                3 => chars.truncate(at),
                _ => chars[at] = self.pick(ODD).chars().next().unwrap_or('x'),
            }
        }
        chars.into_iter().collect()
    }
}

const ODD: &[&str] = &[
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "\t",
    "\r",
    "<",
    ">",
    "\"",
    "'",
    "&",
    "`",
    "*",
    "_",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "|",
    ":",
    "-",
    "#",
    "\\",
    "$",
    "~",
    "é",
    "漢",
    "🚀",
    "ß",
    "İ",
];

const BLOCKS: &[&str] = &[
    "# Title",
    "## Slide {#id .class key=\"value\"}",
    "### Sub",
    "#",
    "---",
    "***",
    "-----",
    "- one\n- two\n  - inner",
    "1. one\n2. two",
    "999999999. many",
    "- [x] done\n- [ ] open",
    "> A quotation\n> — Someone",
    "| a | b |\n|--:|---|\n| 1 | 2 |",
    "|||\n|-|-|\n||",
    "```rust\nfn main() {}\n```",
    "```\n---\n```",
    "~~~yaml {.wide}\na: b\n~~~",
    "```",
    "    indented",
    "::: left",
    "::: right",
    "::: columns",
    "::: steps {.a #b c=d}",
    "::: notes",
    ":::",
    "::::",
    ":::: {",
    "$$\na < b\n$$",
    "62 %",
    "![A](a.png \"Title\")",
    "![](../../b.png)",
    "![x](data:image/png;base64,AAAA)",
    "<!-- a note -->",
    "<!--",
    "-->",
    "Some words of *emphasis* and **strength**.",
    "A long sentence that goes on and on, so that a slide has more to show than a word or two at a time.",
    "[s]: https://example.org",
    "小米为什么把**生态链**产品留在中国？",
];

const INLINES: &[&str] = &[
    "`code`",
    "$x$",
    "*",
    "**",
    "~~gone~~",
    "[link](#2)",
    "[link][s]",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:x)",
    "[x](data:text/html,x)",
    "[x](<java\tscript:x>)",
    "[x](&#106;avascript:x)",
    "<https://example.org>",
    "<javascript:alert(1)>",
    "![a](a.png)",
    "\\\n",
    "&amp;",
    "&#0;",
    "&lt;script&gt;",
    "{.class}",
    "@",
    "www.example.org",
];

const FRONT: &[&str] = &[
    "---\n",
    "---\n",
    "title: A",
    "title: [",
    "title: {a: b}",
    "title: \"A",
    "title:",
    "theme: paper",
    "theme: ../..",
    "theme: \"\"",
    "accent: teal",
    "accent: '#12'",
    "accent: oklch(nan 1e99 -1)",
    "size: 4:3",
    "size: 0:0",
    "layout: quote",
    "layout: big-figure",
    "layout: two-columns",
    "layout: agenda",
    "layout: picture",
    "layout: \"<script>\"",
    "class: a b \"><script>",
    "background: red",
    "background: a.png",
    "background: url(javascript:x)",
    "notes: say it",
    "notes: <script>alert(1)</script>",
    "icon: truck",
    "icon: <svg>",
    "steps: lists",
    "steps: true",
    "footer: false",
    "footer: <b>x</b>",
    "lang: \"en\\\" onload=x\"",
    "description: \"\\\"><script>\"",
    "author: [a, b]",
    "date: 2026-01-01",
    "unknown: x",
    "? a\n: b",
    "&a [*a]",
    "!!binary x",
    "- list",
    "# comment",
    "...",
];

const RAW: &[&str] = &[
    "<script>alert(1)</script>",
    "<script",
    "</script>",
    "<scr<script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='a.png' onload='x'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style>",
    "<math><mi//xlink:href=\"javascript:x\">",
    "<iframe srcdoc='<script>x</script>'>",
    "<a href=javascript:x>",
    "<a href='&#x6A;avascript:x'>",
    "<a href=\"\u{1}javascript:x\">",
    "<body onload=x>",
    "<div style='background:url(javascript:x)'>",
    "</div>",
    "</section>",
    "</main></body></html>",
    "<!--><img src=x onerror=x>-->",
    "<![CDATA[<script>]]>",
    "<?xml ?>",
    "<template><script>x</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=x>'>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "<plaintext>",
    "<xmp>",
    "<base href=//example.org>",
    "<meta http-equiv=refresh content=0>",
    "<form><input><button formaction=javascript:x>",
    "<details ontoggle=x open>",
    "<video><source onerror=x>",
    "<object data=x>",
    "<embed src=x>",
    "<link rel=stylesheet href=//x>",
    "<table><tr><td>",
    "</table>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<li>",
    "<ul>",
    "<h2>",
    "<img src=\"deckle-asset:x\">",
    "<img alt='>' src=\"deckle-asset:x\" onerror=x>",
    "<div\nonclick\n=\nx>",
    "<a/onclick=x>",
    "<b onclick=x//",
    "<x-y onclick=x>",
    "<p id=deck name=body>",
    "<section class=slide>",
    "<pre style=\"--cols:1;--lines:1;x:url(//x)\">",
    "<span class=\"\" data-step=\"9\">",
];

const PROSE: &[&str] = &[
    "Why Trains Are Late",
    "1. Old Signals",
    "Few Drivers",
    "OLD SIGNALS",
    "Related Articles",
    "Share this",
    "By Ann Lee",
    "Conclusion",
    "In conclusion, trains are late because of signals, drivers and tracks.",
    "• One point about trains",
    "- another point",
    "— Ann",
    "Many signals are older than the engineers who mend them, and they fail in the cold.",
    "By hiring drivers early, the railway can avoid delays, which cost more than wages do.",
    "However, Mr. Smith, Ph.D., said: \"Trains e.g. those of 3.5 t are late!\" (He was late, too.)",
    "Is it true? Yes. No! Perhaps… And so on; and so forth: this, that, and the other.",
    "http://example.org/a_b_c?d=e*f*",
    "5 * 3 < 20 & 4 > 1 `tick` _under_ [x](y) {z} #tag",
    ":::",
    "::: notes",
    "---",
    "# no heading",
    "| a | b |",
    "小米公司将其生态链产品主要留在中国市场。这有很多原因。",
    "Это предложение написано по-русски.",
    "これは日本語の文です。",
];

// ---- what must hold

/// Runs a check and says which input it failed for.
fn for_input(name: &str, input: &str, check: impl FnOnce()) {
    if let Err(fault) = catch_unwind(AssertUnwindSafe(check)) {
        eprintln!("---- {name}, input:\n{input:?}\n----");
        resume_unwind(fault);
    }
}

fn build(text: &str, cache: &mut Cache) -> Build {
    let mut files = Memory::default();
    files.insert("deck/deck.md", text.as_bytes());
    files.insert("deck/a.png", &b"\x89PNG\r\n\x1a\n"[..]);
    pipeline::build(
        &files,
        Path::new("deck/deck.md"),
        &Default::default(),
        cache,
    )
}

fn holds(build: &Build) {
    let pages = &build.pages;
    let distinct: BTreeSet<&String> = pages.order.iter().collect();
    assert_eq!(distinct.len(), pages.order.len(), "a key stands twice");
    let mut ids = BTreeSet::new();
    for key in &pages.order {
        let section = &pages.sections[key];
        let id = whole_and_harmless(section);
        assert!(ids.insert(id), "an id stands twice");
    }
    for diagnostic in &build.diagnostics {
        let drawn = show::terminal(diagnostic, &build.sources, false);
        assert!(drawn.contains(diagnostic.code));
    }
    let html = show::html(&build.diagnostics, &build.sources);
    for (name, _) in tags(&html) {
        let is_own =
            ["article", "p", "pre", "mark", "code"].contains(&name.trim_start_matches('/'));
        assert!(is_own, "<{name}> in a message");
    }
}

/// The elements that may stand on a slide.
const ELEMENTS: &str = " a abbr acronym area article aside b bdi bdo blockquote br caption center cite code col \
    colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img \
    input ins kbd li map mark nav ol p picture pre q rp rt rtc ruby s samp section small span strike strong sub \
    summary sup svg path circle rect line polyline polygon ellipse table tbody td tfoot th thead time tr tt u ul var \
    wbr ";

/// What stands in the MathML of a formula and nowhere else.
const IN_FORMULAS: &str = " math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom \
    menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr ";

const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "wbr"];

/// Reads a section as a browser does and returns its id.
fn whole_and_harmless(section: &str) -> String {
    let mut open: Vec<String> = Vec::new();
    let mut id = String::new();
    let mut n_outer = 0;
    // How many elements were open when a formula began.
    let mut formula: Option<usize> = None;
    for (name, attributes) in tags(section) {
        formula = formula.filter(|depth| open.len() > *depth);
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "an element ends that was not open in\n{section}"
            );
            continue;
        }
        let spaced = format!(" {name} ");
        assert!(
            ELEMENTS.contains(&spaced) || formula.is_some() && IN_FORMULAS.contains(&spaced),
            "<{name}> in\n{section}"
        );
        if attributes == [("class".to_string(), "katex".to_string())] {
            formula = formula.or(Some(open.len()));
        }
        if open.is_empty() {
            n_outer += 1;
            assert_eq!(name, "section");
            id = attributes
                .iter()
                .find(|(name, _)| name == "id")
                .map(|(_, value)| value.clone())
                .unwrap_or_default();
        }
        for (attribute, value) in &attributes {
            let is_measure = |c: char| c.is_ascii_alphanumeric() || "-:;.%#".contains(c);
            let sets = attribute == "style" && formula.is_some() && !value.contains("fixed");
            if !(sets && value.chars().all(is_measure)) {
                harmless(&name, attribute, value, open.is_empty(), section);
            }
        }
        let closes_itself = attributes.last().is_some_and(|(name, _)| name == "/");
        if !VOID.contains(&name.as_str()) && !closes_itself {
            open.push(name);
        }
    }
    assert_eq!(
        (open.len(), n_outer),
        (0, 1),
        "not one whole section:\n{section}"
    );
    assert!(
        !id.is_empty() && !id.contains(char::is_whitespace) && id.parse::<u32>().is_err(),
        "id `{id}`"
    );
    id
}

fn harmless(element: &str, attribute: &str, value: &str, is_outer: bool, section: &str) {
    let clean: String = value
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect::<String>()
        .to_lowercase();
    let scheme = clean
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| !scheme.contains(['/', '?', '#']));
    let is_fine = match attribute {
        _ if attribute.starts_with("on") => false,
        "href" | "cite" | "xlink:href" => scheme
            .is_none_or(|scheme| !["javascript", "vbscript", "data", "file"].contains(&scheme)),
        "src" => element == "img" && value.starts_with("deckle-asset:"),
        "style" if is_outer => !clean.contains("url(") && !clean.contains("expression"),
        "style" => {
            ["--cols:", "counter-reset:", "--"]
                .iter()
                .any(|start| clean.starts_with(start))
                && !clean.contains("url(")
        }
        "id" | "name" => is_outer,
        "srcset" | "srcdoc" | "formaction" | "action" | "background" | "poster" | "http-equiv" => {
            false
        }
        _ => true,
    };
    assert!(is_fine, "<{element} {attribute}=\"{value}\"> in\n{section}");
}

/// Names and attributes of all tags, values decoded. Text escapes `<`.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut res = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '>')
            .unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || c == '>' || c == '=')
                .unwrap_or(rest.len());
            let attribute = rest[..end.max(1)].to_lowercase();
            rest = &rest[end.max(1)..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').expect("a value ends");
                value = decoded(&quoted[..end]);
                rest = &quoted[end + 1..];
            } else {
                assert!(
                    !rest.starts_with('='),
                    "a value without quotes: {}",
                    &rest[..rest.len().min(40)]
                );
            }
            attributes.push((attribute, value));
        }
        res.push((name, attributes));
    }
    res
}

fn decoded(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_string(), |res, (from, to)| res.replace(from, to))
}

#[test]
fn the_reader_of_this_test_sees_what_is_active() {
    let section = |inner: &str| {
        format!("<section class=\"slide\" id=\"a\" data-steps=\"0\">{inner}</section>")
    };
    whole_and_harmless(&section(
        "<p>a &lt;script&gt; onclick=x javascript:x <br><img alt=\"a\" src=\"deckle-asset:x\"></p>",
    ));
    for inner in [
        "<script>x</script>",
        "<p onclick=\"x\">x</p>",
        "<a href=\"java\nscript:x\">x</a>",
        "<a href=\"&#34;\" ONCLICK=\"x\">x</a>",
        "<p style=\"color:red\">x</p>",
        "<img src=\"https://example.org\">",
        "<p>",
        "</section><section>",
        "<p></b>",
        "<p id=\"deck\">x</p>",
    ] {
        let is_seen = catch_unwind(|| whole_and_harmless(&section(inner))).is_err();
        assert!(is_seen, "{inner}");
    }
}

// ---- the rounds

/// Builds `rounds` texts, shares the cache among them, exports one in fifty.
fn decks(seed: u64, rounds: usize, mut text: impl FnMut(&mut Random) -> String) {
    let mut random = Random::new(seed);
    let mut cache = Cache::default();
    for round in 0..rounds {
        let text = text(&mut random);
        for_input(&format!("seed {seed}, round {round}"), &text, || {
            let build = build(&text, &mut cache);
            holds(&build);
            if round % 50 == 0 {
                let html = export::html(&build.pages);
                assert_eq!(
                    html.matches("<script").count(),
                    1,
                    "our own script and no other"
                );
                let mut pictures = html
                    .split("<img")
                    .skip(1)
                    .filter_map(|rest| rest.split('>').next());
                assert!(pictures.all(|picture| !picture.contains("deckle-asset:")));
            }
        });
    }
}

#[test]
fn random_decks() {
    decks(1, 700, |random| {
        let text = random.pieces(14, &[BLOCKS, BLOCKS, INLINES]);
        random.mutated(&text)
    });
}

#[test]
fn random_front_matter() {
    decks(2, 700, |random| {
        let mut text = String::from("---\n");
        for part in 0..1 + random.below(3) {
            for _ in 0..random.below(6) {
                text += random.pick(FRONT);
                text += random.pick(&["\n", "\n", "\n", "\r\n", " "]);
            }
            text += random.pick(&["---\n", "---\n", "...\n", ""]);
            text += random.pick(&["# Title\n", "## Slide\n\n- a\n", "\n", "Text\n"]);
            text += if part == 0 {
                random.pick(&["\n---\n", "---\n"])
            } else {
                ""
            };
        }
        random.mutated(&text)
    });
}

#[test]
fn random_html() {
    decks(3, 900, |random| {
        let text = random.pieces(12, &[RAW, RAW, RAW, INLINES, BLOCKS]);
        random.mutated(&text)
    });
}

#[test]
fn random_characters() {
    decks(4, 300, |random| {
        (0..random.below(200)).map(|_| random.pick(ODD)).collect()
    });
}

/// A stack that runs over ends the whole process, so the program is asked for
/// more of it in `cli.rs`.
#[test]
fn what_is_deeply_nested_is_shown_flat() {
    let mut cache = Cache::default();
    for piece in [
        "> ",
        "- ",
        "1. ",
        "*",
        "_a ",
        "[",
        "![",
        "<div>",
        "<b>",
        "::: a\n",
        "`",
        "$",
        "~",
        "(",
        "{",
        "|",
        "# ",
        "&",
        "\\",
        "```\n",
        "---\na: b\n",
    ] {
        for n in [50, 400, 3000] {
            let text = piece.repeat(n) + "end";
            for_input(&format!("{n} times {piece:?}"), piece, || {
                holds(&build(&text, &mut cache))
            });
        }
    }
}

/// Imports and builds what was imported: no word of it may be taken for a
/// setting, a fence or a script.
fn articles(seed: u64, name: &str, rounds: usize, mut text: impl FnMut(&mut Random) -> String) {
    let mut random = Random::new(seed);
    let mut cache = Cache::default();
    for round in 0..rounds {
        let text = text(&mut random);
        for_input(
            &format!("{name}, seed {seed}, round {round}"),
            &text,
            || {
                let imported = import(Path::new(name), text.as_bytes());
                assert_eq!(
                    imported.files,
                    import(Path::new(name), text.as_bytes()).files,
                    "twice the same"
                );
                if imported.files.is_empty() {
                    return;
                }
                let files = imported.in_memory(Path::new("deck"));
                let build =
                    pipeline::build(&files, Path::new("deck"), &Default::default(), &mut cache);
                holds(&build);
                let errors: Vec<_> = build
                    .diagnostics
                    .iter()
                    .filter(|found| found.severity == Severity::Error)
                    .collect();
                assert!(errors.is_empty(), "{errors:?}");
                let names: BTreeSet<&String> =
                    imported.files.iter().map(|(name, _)| name).collect();
                assert_eq!(names.len(), imported.files.len(), "two files of one name");
                let order: Vec<&String> = imported.files.iter().map(|(name, _)| name).collect();
                assert!(
                    order.is_sorted(),
                    "the names are not in the order of the talk: {order:?}"
                );
            },
        );
    }
}

#[test]
fn random_plain_articles() {
    articles(5, "a.txt", 250, |random| {
        let mut text = String::new();
        for _ in 0..1 + random.below(20) {
            text += random.pick(PROSE);
            text += random.pick(&["\n\n", "\n\n", "\n", " ", "\n\n\n"]);
        }
        random.mutated(&text)
    });
}

#[test]
fn random_markdown_articles() {
    articles(6, "a.md", 250, |random| {
        let text = random.pieces(20, &[PROSE, PROSE, BLOCKS, INLINES, RAW]);
        random.mutated(&text)
    });
}

#[test]
fn random_web_pages() {
    articles(7, "a.html", 150, |random| {
        let mut text =
            String::from("<!doctype html><html><body><article><h1>Why trains are late</h1>");
        for _ in 0..1 + random.below(12) {
            let tag = random.pick(&[
                "p",
                "p",
                "p",
                "h2",
                "li",
                "pre",
                "blockquote",
                "nav",
                "div",
                "td",
            ]);
            let inner = random.pieces(3, &[PROSE, RAW]);
            text += &format!("<{tag}>{inner}</{tag}>");
        }
        random.mutated(&text)
    });
}

#[test]
fn random_bytes_are_an_article_too() {
    let mut random = Random::new(8);
    for _ in 0..200 {
        let n = random.below(300);
        let mut bytes: Vec<u8> = (0..n).map(|_| random.below(256) as u8).collect();
        if random.below(3) == 0 {
            bytes.splice(0..0, [0xff, 0xfe]);
        }
        let imported = import(Path::new("-"), &bytes);
        for_input("bytes", &format!("{bytes:?}"), || {
            let files = imported.in_memory(Path::new("deck"));
            holds(&pipeline::build(
                &files,
                Path::new("deck"),
                &Default::default(),
                &mut Cache::default(),
            ));
        });
    }
}
