//! Diagrams as the browser draws them: every label whole, in its box, large
//! enough and in the theme's colours.

use crate::cdp::browser;
use crate::deckle::Folder;
use crate::drawings::DRAWINGS;
use crate::page::{Page, WIDE};

/// Diagrams of the kinds that talks have, by name, with short labels and long.
const KINDS: [(&str, &str); 16] = [
    (
        "flowchart",
        "flowchart LR\n  A[Order] --> B{In stock?}\n  B -- yes --> C[Ship]\n  B -- no --> D[Order from the supplier]\n  D --> C\n  subgraph Warehouse\n    C\n    D\n  end",
    ),
    (
        "flowchart, long",
        "flowchart LR\n  A[A customer orders on the web site] --> B[(Every order of the year)]\n  B -- once a day --> C([Somebody reads all of them])",
    ),
    (
        "sequence",
        "sequenceDiagram\n  autonumber\n  participant B as Browser\n  participant S as Server\n  B->>+S: GET /deck\n  S-->>-B: 200 and HTML\n  Note over B,S: one file, no other request",
    ),
    (
        "sequence, long",
        "sequenceDiagram\n  participant C as Customer of the shop\n  participant S as Server of the shop in Oslo\n  C->>S: asks for a list of all orders of the last year\n  S-->>C: a page with a table",
    ),
    (
        "class",
        "classDiagram\n  class Deck {\n    +String title\n    +build() Plan\n  }\n  class Slide {\n    +steps() int\n  }\n  Deck *-- Slide : holds",
    ),
    (
        "class, long",
        "classDiagram\n  Animal <|-- Duck\n  Animal <|-- Fish\n  Animal : +String scientificName\n  Animal : +isMammal() bool\n  class Duck {\n    +String colourOfItsBeak\n    +swimAcrossTheLake() void\n  }",
    ),
    (
        "state",
        "stateDiagram-v2\n  [*] --> Draft\n  Draft --> Review : submit\n  Review --> Draft : changes asked\n  Review --> Published : approve",
    ),
    (
        "state, long",
        "stateDiagram-v2\n  s1 : Waiting for somebody to come\n  s2 : Reading what was written\n  [*] --> s1\n  s1 --> s2 : when all have come",
    ),
    (
        "er",
        "erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER ||--|{ LINE-ITEM : contains\n  CUSTOMER {\n    string name\n    int id PK\n  }",
    ),
    (
        "er, long",
        "erDiagram\n  CUSTOMER ||--o{ ORDER : \"places one or more\"\n  ORDER {\n    string delivery_instructions \"free text\"\n    date placed_on\n  }",
    ),
    (
        "gantt",
        "gantt\n  dateFormat YYYY-MM-DD\n  axisFormat %b %d\n  section Plan\n  Ask the team :done, a1, 2026-01-05, 10d\n  Choose :active, a2, after a1, 12d\n  section Do\n  First trips :crit, b1, after a2, 15d",
    ),
    (
        "gantt, long",
        "gantt\n  dateFormat YYYY-MM-DD\n  section Preparation of the move\n  Ask all members of the team what they want :done, a1, 2026-01-05, 4d\n  Choose :active, a2, after a1, 3d\n  section Move\n  Pack, carry and unpack everything :crit, b1, after a2, 25d",
    ),
    (
        "pie",
        "pie showData\n  \"Rail\" : 62\n  \"Road\" : 28\n  \"Air\" : 10",
    ),
    (
        "pie, long",
        "pie\n  \"By rail, over night\" : 62\n  \"By road with the family\" : 28\n  \"Not at all\" : 10",
    ),
    (
        "mindmap",
        "mindmap\n  root((Talk))\n    Story\n      Question\n      Answer\n    Slides\n      Large type\n    Voice\n      Pause",
    ),
    (
        "mindmap, long",
        "mindmap\n  root((What makes a talk))\n    A story that people tell again\n    Slides that all can read\n    A calm voice",
    ),
];

/// Labels that leave the box they stand in, and colours that no theme gave.
const BOXES: &str = r#"
(() => {
  const faults = [];
  for (const slide of document.querySelectorAll('.slide')) {
    const title = slide.querySelector('.title').textContent;
    for (const node of slide.querySelectorAll('.diagram .m-node')) {
      const shapes = [...node.querySelectorAll('rect, path, polygon, circle, ellipse')].map(shape => shape.getBoundingClientRect());
      if (!shapes.length) continue;
      const hull = { left: Math.min(...shapes.map(s => s.left)), right: Math.max(...shapes.map(s => s.right)), top: Math.min(...shapes.map(s => s.top)), bottom: Math.max(...shapes.map(s => s.bottom)) };
      for (const text of node.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        if (box.left < hull.left - 1 || box.right > hull.right + 1 || box.top < hull.top - 4 || box.bottom > hull.bottom + 4) faults.push(`${title}: outside of its box: ${text.textContent}`);
      }
    }
    for (const part of slide.querySelectorAll('.diagram svg *')) {
      const { fill, stroke, fontFamily } = getComputedStyle(part);
      // A theme may set black words on its accent.
      const onSeries = part.matches('text') && [1, 2, 3, 4, 5, 6].some(n => getComputedStyle(slide).getPropertyValue(`--o${n}`) === '#000000');
      if (fill === 'rgb(0, 0, 0)' && !onSeries && part.closest('text, path, rect, circle') || stroke === 'rgb(0, 0, 0)') faults.push(`${title}: black: ${part.outerHTML.slice(0, 90)}`);
      if (part.matches('text') && !fontFamily.startsWith('Inter') && !fontFamily.startsWith('"Inter"')) faults.push(`${title}: set in ${fontFamily}`);
      if (part.matches('script, style, foreignObject, a, image, use, [href]') || [...part.attributes].some(a => a.name.startsWith('on'))) faults.push(`${title}: <${part.tagName}>`);
    }
  }
  return faults;
})()
"#;

fn deck(settings: &str) -> String {
    let slides = KINDS.map(|(name, text)| format!("## {name}\n\n```mermaid\n{text}\n```\n"));
    format!("---\n{settings}\n---\n\n{}", slides.join("\n---\n\n"))
}

#[track_caller]
fn are_right(name: &str, text: &str) {
    let Some(browser) = browser() else { return };
    let url = Folder::new(name).export_text(text);
    let page = Page::new(&browser, WIDE);
    page.calm();
    page.go(&url);
    page.wait("document.documentElement.classList.contains('js')");
    let mut faults = page.list(&DRAWINGS.replace("LEAST", "20"));
    faults.extend(page.list(BOXES));
    let wanted = text.matches("```mermaid").count() as f64;
    let drawn = "document.querySelectorAll('.slide :is(.diagram, .chart-pie) > svg[role=img]:not(.narrow)').length";
    assert_eq!(page.number(drawn), wanted);
    let ids = "[...document.querySelectorAll('[id]')].map(part => part.id).filter((id, at, all) => all.indexOf(id) !== at)";
    faults.extend(page.list(ids));
    faults.extend(page.complaints());
    assert_eq!(page.requests().len(), 1, "the page alone");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_label_of_a_diagram_can_be_read() {
    are_right("diagrams-swiss", &deck("theme: swiss"));
    are_right("diagrams-paper", &deck("theme: paper"));
}

#[test]
fn the_same_diagram_on_two_slides_has_arrow_heads_of_its_own() {
    let (name, text) = KINDS[0];
    let slide = format!("## {name}\n\n```mermaid\n{text}\n```\n");
    are_right(
        "diagrams-twice",
        &format!("---\ntheme: swiss\n---\n\n{slide}\n---\n\n{slide}"),
    );
}
