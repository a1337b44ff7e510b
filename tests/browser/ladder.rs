//! The fit ladder: of slides of every layout, in every script, with far too
//! much on them, nothing is lost, nothing is set too small, and what was
//! decided stays decided.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cdp::browser;
use crate::deckle::{Folder, themes};
use crate::fit::ALL_AT_ONCE;
use crate::page::{Page, Size, WIDE};

/// What stands on each slide, and how it is set. Runs inside the page.
const SEEN: &str = include_str!("ladder.js");

/// Slides in an ordinary run; `LADDER=500` for all of them.
const SLIDES: usize = 60;
/// Slides in one deck.
const DECK: usize = 40;

const SIZES: [Size; 2] = [WIDE, (1024, 768)];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.roll(high - low + 1)
    }

    fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.roll(all.len())]
    }
}

const LATIN: &str = "trains arrive late when single tracks share signals with freight and the \
    drivers who know the route best are ill so passengers wait on cold platforms while \
    information boards show nothing useful at all about connections Regierungsbezirk \
    Donaudampfschifffahrt naïve café coöperation largely understand 2024 percent";
const HAN: &str = "列车晚点的原因很多信号老旧司机不足轨道维护需要更多资金乘客希望得到及时准确的信息我们从数据开始分析每一个车站";
const ARABIC: &str = "تتأخر القطارات عندما تكون الإشارات قديمة والسائقون قليلون والمسافرون ينتظرون \
    طويلا على الأرصفة الباردة ولا أحد يخبرهم بما يحدث في المحطة";

#[derive(Clone, Copy)]
enum Script {
    Latin,
    Han,
    Arabic,
    Mixed,
}

fn words(dice: &mut Dice, script: Script, n: usize) -> String {
    let script = match script {
        Script::Mixed => [Script::Latin, Script::Han, Script::Arabic][dice.roll(3)],
        one => one,
    };
    let list: Vec<&str> = match script {
        Script::Arabic => ARABIC.split_whitespace().collect(),
        _ => LATIN.split_whitespace().collect(),
    };
    if matches!(script, Script::Han) {
        let all: Vec<char> = HAN.chars().collect();
        return (0..n * 2).map(|_| all[dice.roll(all.len())]).collect();
    }
    let text: Vec<&str> = (0..n).map(|_| dice.pick(&list)).collect();
    text.join(" ")
}

fn sentences(dice: &mut Dice, script: Script, n: usize) -> String {
    let mut res = String::new();
    for _ in 0..n {
        let length = dice.between(4, 18);
        let text = words(dice, script, length);
        let first: String = text.chars().take(1).flat_map(char::to_uppercase).collect();
        let rest: String = text.chars().skip(1).collect();
        let end = if text.contains(|c: char| c > '\u{2e80}') {
            "。"
        } else {
            ". "
        };
        let _ = write!(res, "{first}{rest}{end}");
    }
    res.trim_end().to_string()
}

fn bullets(dice: &mut Dice, script: Script, n: usize) -> String {
    let kind = dice.roll(5);
    let length = dice.between(2, 14);
    let mut res = String::new();
    for at in 0..n {
        let n_words = dice.between(1, length);
        let text = words(dice, script, n_words);
        let mark = match kind {
            0 => format!("{}.", at + 1),
            1 => "- [ ]".into(),
            _ => "-".into(),
        };
        let _ = writeln!(res, "{mark} {text}");
        if kind == 2 && dice.roll(3) == 0 {
            for _ in 0..dice.between(1, 4) {
                let n_words = dice.between(1, 8);
                let _ = writeln!(res, "  - {}", words(dice, script, n_words));
            }
        }
    }
    res
}

fn table(dice: &mut Dice, script: Script, n_rows: usize) -> String {
    let n_columns = dice.between(2, 6);
    let length = dice.between(1, 9);
    let mut res = String::new();
    for row in 0..=n_rows {
        for _ in 0..n_columns {
            let n_words = if row == 0 { 1 } else { dice.between(1, length) };
            let _ = write!(res, "| {} ", words(dice, script, n_words));
        }
        res += "|\n";
        if row == 0 {
            res += &"|---".repeat(n_columns);
            res += "|\n";
        }
    }
    res
}

fn code(dice: &mut Dice, n_lines: usize) -> String {
    let braces = [
        "",
        " {.numbers}",
        " {2|1,3-4|all .numbers}",
        " {.numbers numbers=40}",
    ];
    let mut res = format!("```rust{}\n", dice.pick(&braces));
    for at in 0..n_lines.max(4) {
        let indent = "    ".repeat(dice.roll(3));
        let n_words = dice.between(1, 9);
        let text = words(dice, Script::Latin, n_words).replace(' ', "_");
        let _ = match dice.roll(6) {
            0 if at > 4 => writeln!(res),
            1 => writeln!(res, "{indent}fn {text}() {{"),
            _ => writeln!(res, "{indent}let {text} = {at};"),
        };
    }
    res + "```\n"
}

/// One slide, and the words that must be seen of it.
fn slide(dice: &mut Dice, number: usize) -> String {
    const KINDS: usize = 29;
    let script = match dice.roll(6) {
        0 => Script::Han,
        1 => Script::Arabic,
        2 => Script::Mixed,
        _ => Script::Latin,
    };
    let mut front = format!("class: g{number}\n");
    let n_title = *dice.pick::<usize>(&[&2, &4, &6, &9, &16, &40]);
    let mut title = format!("## {}\n\n", words(dice, script, n_title));
    let kind = if number < KINDS {
        number
    } else {
        dice.roll(KINDS)
    };
    let n = *dice.pick::<usize>(&[&1, &3, &5, &7, &9, &12, &16, &22, &30, &45, &60, &80]);
    let text = match kind {
        0 => {
            front += "layout: title\n";
            let n = dice.between(1, 12);
            sentences(dice, script, n)
        }
        1 => {
            front += "layout: agenda\n";
            bullets(dice, script, n.min(40))
        }
        2 => {
            front += "layout: section\n";
            let n = dice.between(0, 9);
            sentences(dice, script, n)
        }
        3 => {
            front += "icon: truck\n";
            bullets(dice, script, n.min(30))
        }
        4 => {
            front += "icon: scale\n";
            let n = dice.between(1, 30);
            sentences(dice, script, n)
        }
        5 => {
            title = String::new();
            front += "layout: statement\n";
            let n = dice.between(1, 20);
            sentences(dice, script, n)
        }
        6 => {
            front += "layout: statement\n";
            let n = dice.between(0, 12);
            sentences(dice, script, n)
        }
        7 | 8 => bullets(dice, script, n),
        9 => format!("steps: lists\n\u{0}{}", bullets(dice, script, n)),
        10 => {
            let (left, right) = (
                bullets(dice, script, n.min(25)),
                bullets(dice, script, n.min(12)),
            );
            format!("::: left\n{left}:::\n\n::: right\n{right}:::\n")
        }
        11 => {
            let (left, right) = (words(dice, script, 2), words(dice, script, 3));
            let a = sentences(dice, script, n.min(14));
            let b = bullets(dice, script, n.min(9));
            format!("### {left}\n\n{a}\n\n### {right}\n\n{b}")
        }
        12 => {
            let n = dice.between(1, 16);
            format!(
                "> {}\n\n— {}",
                sentences(dice, script, n),
                words(dice, script, 3)
            )
        }
        13 => {
            title = "## 42 %\n\n".into();
            front += "layout: big-figure\n";
            let n = dice.between(1, 14);
            sentences(dice, script, n)
        }
        14 => {
            front += "layout: picture\n";
            format!(
                "![A field](field.svg){{.cover}}\n\n{}",
                bullets(dice, script, n.min(20))
            )
        }
        15 | 16 => {
            let n = dice.between(1, 120);
            code(dice, n)
        }
        17 | 18 => {
            let n = dice.between(1, 40);
            table(dice, script, n)
        }
        19 => {
            let n = dice.between(1, 12);
            let text = sentences(dice, script, n);
            format!("{text}\n\n```chart\nWay, Share\nRail, 62\nRoad, 38\n```\n")
        }
        20 => {
            let n = dice.between(1, 60);
            sentences(dice, script, n)
        }
        21 => {
            let n = dice.between(2, 10);
            let options: String = (0..n)
                .map(|_| {
                    let n_words = dice.between(1, 12);
                    format!("- {}\n", words(dice, script, n_words))
                })
                .collect();
            format!("```poll\n{options}```\n")
        }
        22 => {
            let list = bullets(dice, script, n.min(9));
            let n_notes = dice.between(1, 14);
            let mut marks = String::new();
            let mut notes = String::new();
            for at in 0..n_notes {
                let _ = write!(marks, "{} [^{at}] ", words(dice, script, 3));
                let n_words = dice.between(2, 24);
                let _ = writeln!(notes, "[^{at}]: {}", words(dice, script, n_words));
            }
            format!("{list}\n{marks}\n\n{notes}")
        }
        23 => {
            let n_columns = dice.between(2, 4);
            let columns: String = (0..n_columns)
                .map(|_| format!("::: column\n{}:::\n", bullets(dice, script, 5)))
                .collect();
            format!("::: columns\n{columns}:::\n")
        }
        24 => {
            let n = dice.between(1, 4);
            let text = sentences(dice, script, n);
            format!("{text}\n\n```qr\nhttps://example.org/a/long/address/of/something\n```\n")
        }
        25 => {
            front += "layout: big-figure\n";
            let n = dice.between(1, 9);
            sentences(dice, script, n)
        }
        26 => {
            front += "layout: timeline\n";
            let n = dice.between(3, 8);
            let most = *dice.pick::<usize>(&[&3, &30]);
            (0..n)
                .map(|at| {
                    let n_words = dice.between(1, most);
                    format!("- **{}** {}\n", 1980 + at, words(dice, script, n_words))
                })
                .collect()
        }
        27 => {
            let n = dice.between(1, 4);
            let text = sentences(dice, script, n);
            let formula = "$$\n\\sum_{k=1}^{n} \\frac{k^2}{\\sqrt{k}} = \\int_0^1 x\n$$\n\n";
            format!("{}{text}", formula.repeat(n))
        }
        _ => {
            let n = dice.between(1, 8);
            let first = sentences(dice, script, n);
            let rows = dice.between(1, 6);
            let second = table(dice, script, rows);
            let third = bullets(dice, script, 7);
            let n = dice.between(1, 9);
            let note = sentences(dice, script, n);
            let lines = dice.between(1, 12);
            let fourth = code(dice, lines);
            format!(
                "{first}\n\n{second}\n{third}\n> [!TIP]\n> {note}\n\n{fourth}\nTerm\n: {first}\n"
            )
        }
    };
    let (more, text) = text.split_once('\u{0}').unwrap_or(("", &text));
    format!("---\n{front}{more}---\n\n{title}{text}\n")
}

/// Words of a slide as they are written, without what is no word.
fn written(slide: &str) -> Vec<String> {
    let mut parts = slide.splitn(3, "---\n");
    let body = parts.nth(2).unwrap_or_default();
    let is_kept = |line: &&str| {
        !line.starts_with("```")
            && !line.starts_with(":::")
            && !line.contains("field.svg")
            && !line.contains("[!TIP]")
    };
    let mut res = Vec::new();
    let mut is_chart = false;
    let mut is_formula = false;
    for line in body.lines() {
        if line == "$$" {
            is_formula = !is_formula;
        }
        if line.starts_with("```") {
            is_chart = line.starts_with("```chart");
        }
        if is_kept(&line) && !is_chart && !is_formula {
            res.extend(tokens(line));
        }
    }
    res
}

/// Words; of Chinese each character is one.
fn tokens(text: &str) -> Vec<String> {
    let mut res = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
        let mut run = String::new();
        for c in word.chars() {
            if c > '\u{2e80}' {
                res.push(c.to_string());
            } else {
                run.push(c);
            }
        }
        let is_number = run.chars().all(|c| c.is_ascii_digit());
        if !run.is_empty() && !is_number {
            res.push(run);
        }
    }
    res
}

fn counted(words: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut res = BTreeMap::new();
    for word in words {
        *res.entry(word).or_default() += 1;
    }
    res
}

/// What is wrong with what is seen of slides `first` to `last`.
fn lost(slides: &[String], seen: &[Value]) -> Vec<String> {
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for frame in seen {
        let text = shown
            .entry(frame["group"].as_str().unwrap_or_default().into())
            .or_default();
        *text += frame["text"].as_str().unwrap_or_default();
        text.push(' ');
    }
    let mut faults = Vec::new();
    for slide in slides {
        let group = slide
            .split("class: ")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        let there = counted(tokens(shown.get(group).map_or("", String::as_str)));
        for (word, n) in counted(written(slide)) {
            let n_shown = there.get(&word).copied().unwrap_or(0);
            if n_shown < n {
                faults.push(format!(
                    "{group}: `{word}` is written {n} times and shown {n_shown} times"
                ));
                break;
            }
        }
    }
    faults
}

fn all_is_seen(theme: &str) {
    let Some(browser) = browser() else { return };
    let total = std::env::var("LADDER")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(SLIDES);
    let mut dice = Dice(7);
    let slides: Vec<String> = (0..total).map(|number| slide(&mut dice, number)).collect();
    let mut faults = Vec::new();
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    for (at, part) in slides.chunks(DECK).enumerate() {
        let folder = Folder::new(&format!("ladder-{theme}-{at}"));
        folder.write("field.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1600' height='900'><rect width='1600' height='900' fill='#386'/></svg>");
        let deck = folder.write(
            "deck.md",
            format!("---\ntitle: Ladder\n---\n\n{}", part.concat()),
        );
        let url = folder.export(&deck, &["--theme", theme]);
        let mut decided = Value::Null;
        for size in SIZES {
            let page = Page::new(&browser, size);
            page.calm();
            page.go(&url);
            page.wait("document.documentElement.classList.contains('js')");
            let (width, height) = size;
            let place = format!("{theme} {at} {width}x{height}");
            faults.extend(
                page.list(ALL_AT_ONCE)
                    .iter()
                    .map(|fault| format!("{place}: {fault}")),
            );
            let seen = page.eval(SEEN);
            let list = seen.as_array().cloned().unwrap_or_default();
            faults.extend(
                lost(part, &list)
                    .iter()
                    .map(|fault| format!("{place}: {fault}")),
            );
            for frame in &list {
                for fault in frame["faults"].as_array().into_iter().flatten() {
                    faults.push(format!("{place}: {}: {fault}", frame["group"]));
                }
                *tally
                    .entry(format!(
                        "{width} {}",
                        frame["set"].as_str().unwrap_or_default()
                    ))
                    .or_default() += 1;
            }
            page.reload();
            page.wait("document.documentElement.classList.contains('js')");
            page.eval("window.goesOnly = true");
            page.list(ALL_AT_ONCE);
            if page.eval(SEEN) != seen {
                faults.push(format!("{place}: another choice after reloading"));
            }
            if size == WIDE {
                decided = seen;
            } else if decided.as_array().map(Vec::len) != Some(list.len()) {
                faults.push(format!("{place}: another number of slides"));
            }
        }
    }
    println!("{theme}: {tally:#?}");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn nothing_is_lost_in_any_theme() {
    for theme in &themes() {
        all_is_seen(theme);
    }
}

fn long_list(n: usize) -> String {
    (1..=n)
        .map(|at| format!("- Thing {at} among so many that nobody counts them any more\n"))
        .collect()
}

#[test]
fn what_is_scrolled_is_reached_by_keyboard_and_printed_in_full() {
    let Some(browser) = browser() else { return };
    let deck = format!(
        "---\ntitle: Talk\n---\n\n---\nfit: scroll\n---\n\n## Scrolled\n\n{}\n---\n\n## Next\n\nText.\n",
        long_list(40)
    );
    let page = Page::at(&browser, &Folder::new("ladder-scroll").export_text(&deck));
    page.wait("document.querySelector('.frame.current .scroller')");
    let region = "document.querySelector('.frame.current .scroller')";
    assert_eq!(
        page.text(&format!("{region}.getAttribute('role')")),
        "region"
    );
    assert_eq!(
        page.text(&format!("{region}.getAttribute('aria-label')")),
        "Scrolled"
    );
    page.eval(&format!("{region}.focus()"));
    page.key("End");
    page.wait(&format!("{region}.scrollTop > 100"));
    page.stands_at_first();
    page.key("ArrowRight");
    page.stands_at("#2");
    page.send("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let hidden = "(() => { const s = document.querySelector('.scroller'); return s.scrollHeight - s.clientHeight })()";
    assert!(page.number(hidden) < 2.0);
    let inside = "(() => { const [a, b] = ['.scroller', '#deck > .frame'].map(q => document.querySelector(q).getBoundingClientRect()); return b.bottom - a.bottom })()";
    assert!(page.number(inside) >= 0.0, "the page ends before the text");
}

#[test]
fn what_may_only_shrink_and_what_may_not_change() {
    let Some(browser) = browser() else { return };
    let deck = format!(
        "---\ntitle: Talk\n---\n\n---\nfit: shrink\n---\n\n## Small\n\n{0}\n---\nfit: split\n---\n\n## Parts\n\n{0}",
        long_list(30)
    );
    let page = Page::at(&browser, &Folder::new("ladder-shrink").export_text(&deck));
    page.wait(
        "document.querySelector('.frame.current .slide')?.style.getPropertyValue('--squeeze')",
    );
    assert!(
        page.list(ALL_AT_ONCE)
            .iter()
            .all(|fault| fault.contains("last row"))
    );
    let sizes = "[...new Set([...document.querySelectorAll('#deck > .frame ~ .frame')].map(f => { f.classList.add('probe'); return getComputedStyle(f.querySelector('.body')).fontSize }))]";
    assert_eq!(page.list(sizes), ["30px"]);
}

#[test]
fn ten_long_options_and_a_long_list_of_html_are_seen_at_once() {
    let Some(browser) = browser() else { return };
    const OPTIONS: [&str; 10] = [
        "A second track between the harbour and the northern station for goods trains",
        "New signals on the whole of the old line, so that trains may follow closely",
        "A night bus every twenty minutes, also on the nights before working days",
        "Roofs and benches on all platforms that have neither of them until today",
        "Boards that say when the next train comes and not when it should have come",
        "More drivers, and a school for drivers that does not take three whole years",
        "A bridge for bicycles across the tracks near the university and the library",
        "Tickets that are valid in the three neighbouring counties as well as here",
        "A workshop of our own, so that trains need not travel to be repaired at all",
        "Nothing of all this, but lower fares for whoever is younger than eighteen",
    ];
    let options: String = OPTIONS.map(|option| format!("- {option}\n")).concat();
    let deck = format!(
        "---\ntitle: Talk\n---\n\n---\nclass: g1\n---\n\n## Build\n\n```poll {{question=\"Which of these ten should the city build first?\"}}\n{options}```\n\n\
         ---\nclass: g2\n---\n\n## List\n\n<ul>{}</ul>\n",
        "<li>A thing among many others</li>".repeat(14)
    );
    for theme in ["swiss", "contrast"] {
        let folder = Folder::new(&format!("ladder-options-{theme}"));
        let deck = folder.write("deck.md", &deck);
        let url = folder.export(&deck, &["--theme", theme]);
        for size in SIZES {
            let page = Page::new(&browser, size);
            page.calm();
            page.go(&url);
            page.wait("document.documentElement.classList.contains('js')");
            let faults = page.list(ALL_AT_ONCE);
            assert!(faults.is_empty(), "{theme} {size:?}: {faults:?}");
            for frame in page.eval(SEEN).as_array().into_iter().flatten() {
                assert_eq!(frame["faults"], json!([]), "{theme} {size:?}: {frame}");
            }
            let small = "!!document.querySelector('.scroller, #deck .slide[style*=\"--squeeze\"]')";
            assert!(!page.is(small), "{theme} {size:?}: scrolled or squeezed");
        }
    }
}

#[test]
fn a_picture_gives_way_to_a_drawing() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new("ladder-drawing");
    folder.write("field.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1600' height='900'><rect width='1600' height='900' fill='#386'/></svg>");
    const BOTH: &str = "## Both\n\n![A field](field.svg)\n\n```chart {type=line}\nYear, Rail, Road\n2020, 3, 5\n2021, 4, 6\n2022, 6, 5\n```\n";
    let deck = folder.write(
        "deck.md",
        format!("# Talk\n\n---\n\n{BOTH}\n---\nlayout: bullets\n---\n\n{BOTH}"),
    );
    let page = Page::at(&browser, &folder.export(&deck, &[]));
    for layout in ["chart", "bullets"] {
        page.key("ArrowRight");
        page.wait(&format!(
            "document.querySelector('.frame.current > .layout-{layout} .chart')"
        ));
        let least = "(() => { const s = document.querySelector('.frame.current .slide'), u = s.getBoundingClientRect().width / 1280; \
            return Math.min(...[...s.querySelectorAll('.chart .wide text')].map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a / u)) })()";
        let least = page.number(least);
        assert!(least >= 20.0, "{layout}: the chart's type is {least} units");
        let height = page.number(
            "document.querySelector('.frame.current .picture').getBoundingClientRect().height",
        );
        assert!(height >= 150.0, "{layout}: the picture is {height} high");
    }
}
