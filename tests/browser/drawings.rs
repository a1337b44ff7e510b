//! Charts and diagrams as the browser draws them: no label is cut off, none
//! lies on another, and all can be read from the last row.

use crate::cdp::browser;
use crate::deckle::Folder;
use crate::page::{PHONE, Page, WIDE};

/// Faults of the drawings of all slides, in slide units. `LEAST` is the least
/// size of type.
pub const DRAWINGS: &str = r#"
(async () => {
  const faults = [], frames = [...document.querySelectorAll('#deck > .frame')];
  const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const column = matchMedia('(max-width: 640px) and (orientation: portrait)').matches;
  await document.fonts.ready;
  for (const [at, frame] of frames.entries()) {
    location.hash = `#${at + 1}`;
    await painted();
    const slide = frame.querySelector('.slide'), title = slide.querySelector('.title')?.textContent;
    const unit = slide.getBoundingClientRect().width / (column ? 640 : parseFloat(getComputedStyle(document.getElementById('deck')).getPropertyValue('--w')));
    const drawings = [...slide.querySelectorAll('figure > svg')].filter(svg => svg.checkVisibility());
    if (!drawings.length) faults.push(`${title}: no drawing is shown`);
    // Every series is named in the drawing, if only by how its name begins.
    for (const head of slide.querySelectorAll('.chart:not(.chart-pie, .chart-donut) .unseen th[scope=col] ~ th[scope=col]')) {
      const heads = head.parentElement.querySelectorAll('th[scope=col]').length, start = head.textContent.slice(0, 4).trim();
      if (heads > 2 && ![...drawings[0]?.querySelectorAll('text') ?? []].some(text => text.textContent.startsWith(start))) faults.push(`${title}: the series ${head.textContent} is not named`);
    }
    for (const svg of drawings) {
      const area = svg.getBoundingClientRect(), scale = svg.getScreenCTM().a;
      const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
      if (!texts.length) faults.push(`${title}: the drawing says nothing`);
      if (!svg.getAttribute('aria-label') && !svg.querySelector('title')) faults.push(`${title}: no text alternative`);
      const boxes = texts.map(text => {
        // The line box of a face is higher than its letters.
        const box = text.getBoundingClientRect(), trim = text.childElementCount ? 0 : box.height * 0.13;
        return { text: text.textContent, left: box.left, right: box.right, top: box.top + trim, bottom: box.bottom - trim, size: parseFloat(getComputedStyle(text).fontSize) * scale / unit };
      });
      const slack = 1.5 * unit, hole = slide.getBoundingClientRect();
      for (const box of boxes) {
        if (box.size < LEAST - 0.05) faults.push(`${title}: type of ${box.size.toFixed(1)} units: ${box.text}`);
        const frame = getComputedStyle(svg).overflow === 'visible' ? hole : area;
        for (const limit of [area, frame]) {
          if (box.left < limit.left - slack || box.right > limit.right + slack || box.top < limit.top - slack || box.bottom > limit.bottom + slack) { faults.push(`${title}: cut off: ${box.text}`); break; }
        }
      }
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack) faults.push(`${title}: "${a.text}" lies on "${b.text}"`);
      }));
    }
  }
  return faults;
})()
"#;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }
}

const NAMES: [&str; 16] = [
    "North",
    "Supply chain and logistics",
    "Q3",
    "Überlandverkehr",
    "Customer support in the evening",
    "IT",
    "Donaudampfschifffahrtsgesellschaft",
    "研究与开发",
    "South-east Asia",
    "R&D",
    "Marketing <b>",
    "Zero-emission vehicles",
    "a",
    "Others",
    "Sales",
    "Human resources",
];

/// A slide with a chart of random shape and data.
fn chart(dice: &mut Dice, number: usize) -> String {
    let kind = dice.pick(&[
        "bar", "bar", "column", "stacked", "line", "area", "scatter", "pie", "donut",
    ]);
    let n_series = match kind {
        "pie" | "donut" => 1,
        _ => 1 + dice.below(4),
    };
    let n_rows = match kind {
        "line" | "area" => 2 + dice.below(24),
        "scatter" => 3 + dice.below(30),
        _ => 1 + dice.below(9),
    };
    let size = [1, 30, 4_000, 2_000_000][dice.below(4) as usize];
    let has_years = matches!(kind, "line" | "area") || dice.below(4) == 0;
    let below_zero = matches!(kind, "bar" | "column" | "line") && dice.below(3) == 0;
    let value = |dice: &mut Dice| {
        if dice.below(14) == 0 && kind != "scatter" {
            return "-".to_string();
        }
        let value = dice.below(size * 100 + 1) as f64 / 100.0;
        let value = if below_zero && dice.below(3) == 0 {
            -value
        } else {
            value
        };
        if size > 1_000 {
            format!("{value:.0}")
        } else {
            format!("{value:.1}")
        }
    };
    let unit = dice.pick(&["", " unit=\"%\"", " unit=\"ms\"", " unit=\"€\""]);
    let title = dice.pick(&["", "", " title=\"Measured at the end of each month\""]);
    let mut rows = String::from("Name");
    let columns = if kind == "scatter" { 2 } else { n_series };
    for series in 0..columns {
        rows += &format!("; {}", NAMES[(series * 5 + dice.below(5)) as usize % 16]);
    }
    for row in 0..n_rows {
        let name = if has_years {
            (2026 - n_rows + row).to_string()
        } else {
            NAMES[row as usize % 16].to_string()
        };
        rows += &format!("\n{name}");
        for _ in 0..columns {
            rows += &format!("; {}", value(dice));
        }
        if kind == "scatter" && n_series > 1 {
            rows += &format!("; Group {}", dice.below(n_series));
        }
    }
    // A row that always holds a number, so that there is something to draw.
    rows += &format!(
        "\n{}{}",
        if has_years { "2026" } else { "Last" },
        "; 1".repeat(columns as usize)
    );
    let beside = dice.pick(&[
        "",
        "",
        "",
        "- First point\n- Second point, a little longer\n\n",
    ]);
    format!("## {number} {kind}\n\n{beside}```chart {{type={kind}{unit}{title}}}\n{rows}\n```\n")
}

fn deck_of_charts(settings: &str) -> String {
    let mut dice = Dice(20_261_123);
    let slides: Vec<String> = (1..=60).map(|number| chart(&mut dice, number)).collect();
    format!("---\n{settings}\n---\n\n{}", slides.join("\n---\n\n"))
}

#[track_caller]
fn are_right(name: &str, text: &str, least: &str) {
    let Some(browser) = browser() else { return };
    let url = Folder::new(name).export_text(text);
    let page = Page::new(&browser, WIDE);
    page.calm();
    page.go(&url);
    page.wait("document.documentElement.classList.contains('js')");
    let faults = page.list(&DRAWINGS.replace("LEAST", least));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn charts_of_any_data_can_be_read() {
    are_right("drawings-swiss", &deck_of_charts("theme: swiss"), "20");
    are_right("drawings-paper", &deck_of_charts("theme: paper"), "20");
    are_right("drawings-right-to-left", &deck_of_charts("lang: ar"), "20");
    are_right("drawings-4-3", &deck_of_charts("size: '4:3'"), "20");
}

#[test]
fn on_a_phone_charts_have_a_drawing_of_their_own() {
    let Some(browser) = browser() else { return };
    let url = Folder::new("drawings-phone").export_text(&deck_of_charts("theme: swiss"));
    let page = Page::new(&browser, PHONE);
    page.calm();
    page.go(&url);
    page.wait("document.documentElement.classList.contains('js')");
    let faults = page.list(&DRAWINGS.replace("LEAST", "20"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
