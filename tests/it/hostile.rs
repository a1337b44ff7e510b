//! Decks that mean no good, through the real program: it ends by itself within
//! bounded memory, says what is wrong, and shows a deck all the same.

use super::{Ran, folder_with, program};

/// Kilobytes of address space that the program gets: its own code, its stacks
/// and all it holds.
const MEMORY: &str = "1500000";

/// Runs `export` within the memory and returns what it said and wrote.
#[track_caller]
fn export(folder: &std::path::Path, deck: &str) -> (Ran, String) {
    let args = ["export", deck, "-o", "out.html", "--force"];
    let output = if cfg!(target_os = "linux") {
        let line = format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\"");
        std::process::Command::new("sh")
            .current_dir(folder)
            .args(["-c", &line, env!("CARGO_BIN_EXE_deckle")])
            .args(args)
            .output()
            .unwrap()
    } else {
        program(folder, &args).output().unwrap()
    };
    let ran = Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    assert!(
        (0..=2).contains(&ran.code) && !ran.stderr.contains("panicked"),
        "{deck}: {}\n{}",
        ran.code,
        ran.stderr
    );
    let html = std::fs::read_to_string(folder.join("out.html")).unwrap_or_default();
    (ran, html)
}

/// Exports a text and looks for the faults it must be told of.
#[track_caller]
fn told(text: &str, codes: &[&str]) -> String {
    let folder = folder_with(&[("deck.md", text.as_bytes())]);
    let (ran, html) = export(folder.path(), "deck.md");
    let start: String = text.chars().take(40).collect();
    for code in codes {
        let is_told = ran.stderr.contains(&format!("[{code}]"));
        assert!(is_told, "no {code} for {start:?}:\n{}", ran.stderr);
    }
    // What is said is bounded too.
    assert!(
        ran.stderr.len() < 2_000_000,
        "{} bytes said",
        ran.stderr.len()
    );
    html
}

#[test]
fn ten_thousand_levels_are_told_of_and_shown_flat() {
    for (piece, code) in [
        ("> ", "nested-too-deep"),
        ("- ", "nested-too-deep"),
        ("1. ", "nested-too-deep"),
        ("> - ", "nested-too-deep"),
        ("::: a\n", "group-too-deep"),
        ("::: columns\n", "group-too-deep"),
        ("**a ", "fit-split"),
        ("[", "fit-split"),
        ("![", "fit-split"),
        ("{{", "fit-split"),
        ("<div>", "html-cleaned"),
        ("<b>", "html-cleaned"),
        ("> [!NOTE]\n> ", "too-much-text"),
        ("<!-- a\n\n", "missing-nothing"),
    ] {
        let codes = [code];
        let codes = if code == "missing-nothing" {
            &[][..]
        } else {
            &codes[..]
        };
        let html = told(&format!("# A\n\n{}end\n", piece.repeat(10_000)), codes);
        assert!(html.contains("id=\"deck\""), "{piece:?}");
    }
    let both = format!(
        "# A\n\n{}x{}\n",
        "*a **b ".repeat(5_000),
        "** b* a".repeat(5_000)
    );
    told(&both, &["nested-too-deep"]);
}

#[test]
fn a_text_of_50_mb_is_no_deck() {
    for piece in [
        "word ",
        "- item of a list\n",
        "## Slide\n\nWords\n\n---\n\n",
        "<b>",
    ] {
        let text = format!("# A\n\n{}", piece.repeat(50_000_000 / piece.len()));
        let folder = folder_with(&[("deck.md", text.as_bytes())]);
        let (ran, _) = export(folder.path(), "deck.md");
        assert!(ran.stderr.contains("[unreadable]"), "{}", ran.stderr);
        assert!(ran.stderr.contains("larger than 12 MB"), "{}", ran.stderr);
    }
}

#[test]
fn a_million_slides_are_told_of_and_cut() {
    let html = told(&"---\n\nx\n\n".repeat(1_400_000), &["too-many-slides"]);
    assert_eq!(html.matches("<section").count(), 10_000);
}

#[test]
fn a_slide_of_hundreds_of_pictures_is_not_cut_into_as_many() {
    let groups = "::: column\n".repeat(32);
    let pictures = "![x](data:image/png;base64,AAAA)\n\n".repeat(300);
    let html = told(&format!("---\n# A\n{groups}{pictures}"), &["not-a-picture"]);
    assert_eq!(html.matches("<section").count(), 1);
}

#[test]
fn a_table_of_ten_thousand_columns_is_told_of() {
    let row = |cell: &str| format!("{}|\n", cell.repeat(10_000));
    let text = format!("# A\n\n{}{}{}", row("|a"), row("|-"), row("|1").repeat(3));
    told(&text, &["wide-table"]);
}

#[test]
fn formulas_and_charts_that_are_broken_or_endless_are_told_of() {
    for formula in [
        format!("{}x{}", "\\frac{".repeat(10_000), "}".repeat(10_000)),
        "\\def\\a{\\a\\a}\\a".into(),
        format!("\\begin{{matrix}}{}", "a&".repeat(1_400)),
        "\\begin{matrix} a".into(),
        format!("x{}", "^{".repeat(1_000)),
        "\\char\"FFFFFFFFFFFFFFFF".into(),
    ] {
        told(&format!("# A\n\n$$\n{formula}\n$$\n"), &["bad-formula"]);
    }
    let wide = format!("{}\n{}", "a,".repeat(100_000), "x, 1e999\n".repeat(20_000));
    told(
        &format!("# A\n\n```chart {{type=pie}}\n{wide}\"never closed\n"),
        &["bad-chart-value", "code-not-closed", "too-many-faults"],
    );
}

#[test]
fn includes_in_a_circle_end() {
    let folder = folder_with(&[
        ("deck.md", b"# A\n\n---\ninclude: b.md\n---\n".as_slice()),
        ("b.md", b"## B\n\n---\ninclude: deck.md\n---\n".as_slice()),
    ]);
    let (ran, html) = export(folder.path(), "deck.md");
    assert!(ran.stderr.contains("[include-cycle]"), "{}", ran.stderr);
    assert!(html.contains(">B</h2>"));
}

#[test]
fn a_picture_of_900_million_points_is_not_shown() {
    let picture = super::root().join("tests/decks/check/huge-picture/huge.png");
    let folder = folder_with(&[
        (
            "deck.md",
            b"# A\n\n---\n\n## B\n\n![Huge](a.png)\n".as_slice(),
        ),
        ("a.png", &std::fs::read(picture).unwrap()),
    ]);
    let (ran, html) = export(folder.path(), "deck.md");
    assert!(ran.stderr.contains("[huge-picture]"), "{}", ran.stderr);
    assert!(html.contains("class=\"missing\"") && !html.contains("data:image/png"));
}

/// `tests/browser/safety.rs` sees that none of this runs.
#[test]
fn what_would_run_is_told_of_and_gone() {
    for (text, code) in [
        ("[a](javascript:alert(1))", "unsafe-link"),
        ("[a](JaVa\tScRiPt:alert(1))", ""),
        ("[a](<java\nscript:alert(1)>)", ""),
        ("<p onclick=alert(1)>a</p>", "html-cleaned"),
        ("<img src=x onerror=alert(1)>", "html-cleaned"),
        ("<svg onload=alert(1)>", "html-cleaned"),
        (
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "html-cleaned",
        ),
        ("<style>*{display:none}</style>", "html-cleaned"),
        ("</style><script>alert(1)</script>", "html-cleaned"),
        (
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">",
            "html-cleaned",
        ),
        ("<!--><script>alert(1)</script>-->", ""),
        ("<!-- --!><script>alert(1)</script> -->", ""),
        ("a <!-- > --> <script>alert(1)</script>", "html-cleaned"),
        ("<![CDATA[<script>alert(1)</script>]]>", ""),
        ("<video src=x onerror=alert(1) autoplay>", "html-cleaned"),
        ("![a](a.mp4){poster=javascript:alert(1)}", "missing-picture"),
        ("<a href=\"&#x6a;avascript:alert(1)\">a</a>", ""),
    ] {
        let codes = [code];
        let codes = if code.is_empty() { &[][..] } else { &codes[..] };
        let html = told(&format!("# A\n\n---\n\n## B\n\n{text}\n"), codes);
        let sections = html.split("<script id=").next().unwrap();
        let shown = sections.split("<main").nth(1).unwrap();
        for part in shown.split('<').skip(1) {
            let tag = part.split('>').next().unwrap_or_default().to_lowercase();
            let is_active = tag.starts_with("script")
                || tag.starts_with("style")
                || tag.starts_with("svg") && tag.contains("onload")
                || tag.contains(" on") && tag.contains("alert(")
                || tag.contains("javascript:");
            assert!(!is_active, "<{tag}> of {text}");
        }
    }
}
