use super::*;
use crate::deck::diagram::Diagram;

fn diagram(source: &str) -> Diagram {
    Diagram {
        source: source.into(),
        title: String::new(),
        alt: String::new(),
        percent: 100,
        room: Room::default(),
    }
}

fn drawn(source: &str) -> Drawn {
    Diagrams::default().drawing(&diagram(source))
}

/// Whole texts, and pieces that are put into each of their lines.
const TEXTS: [&str; 8] = [
    "flowchart LR\nA[one] --> B[two]\nclick A \"x\"",
    "sequenceDiagram\nactor A\nA->>B: one\nNote over A,B: two\nlink A: Board @ x",
    "classDiagram\nclass A {\n+one\n}\nA --> B : two\nlink A \"x\"",
    "stateDiagram-v2\nA --> B : one\nnote right of A : two",
    "erDiagram\nA ||--o{ B : one\nA {\nstring two\n}",
    "gantt\ntitle one\nsection two\nthree :a, 2026-01-01, 3d\nclick a href \"x\"",
    "mindmap\nroot((one))\n  two\n  ::icon(fa fa-book)",
    "timeline\ntitle one\n2026 : two",
];

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onload=\"alert(1)",
    "javascript:alert(1)",
    "</svg><iframe src=//x>",
    "<a href='https://x'>y</a>",
    "&lt;script&gt;]]>",
    "fill:url(https://x)",
    "\u{fdd4}\u{202e}\0",
];

#[test]
fn nothing_active_comes_out_of_a_drawing() {
    let mut n_drawn = 0;
    for (text, piece) in TEXTS
        .iter()
        .flat_map(|text| HOSTILE.map(|piece| (text, piece)))
    {
        for line in 0..text.lines().count() {
            let lines = text.lines().enumerate();
            let hostile: Vec<String> = lines
                .map(|(at, words)| match at == line {
                    true => format!("{words}{piece}"),
                    false => words.to_string(),
                })
                .collect();
            let Ok(drawing) = drawn(&hostile.join("\n")) else {
                continue;
            };
            n_drawn += 1;
            let document = format!("<svg>{}</svg>", drawing.body.replace(PREFIX, "p"));
            let document = roxmltree::Document::parse(&document).expect("a whole drawing");
            for node in document.descendants().filter(roxmltree::Node::is_element) {
                let name = node.tag_name().name();
                let known = [
                    "svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line",
                    "polygon", "polyline", "text", "tspan",
                ];
                assert!(known.contains(&name), "<{name}> of {hostile:?}");
                for attribute in node.attributes() {
                    let (name, value) = (attribute.name(), attribute.value());
                    let is_ours = !name.starts_with("on")
                        && name != "href"
                        && !value.contains(':') | (name == "style")
                        && (!value.contains("url(") || value.starts_with("url(#p"));
                    assert!(is_ours, "{name}={value} of {hostile:?}");
                }
            }
        }
    }
    assert!(n_drawn > 100, "{n_drawn} were drawn");
}

#[test]
fn what_is_too_much_is_refused_with_a_sentence() {
    let long = format!("flowchart LR\n{}", "A --> B\n".repeat(4_000));
    assert!(drawn(&long).is_err_and(|fault| fault.words.contains("longer")));
    let edges: String = (0..900)
        .map(|at| format!("N{} --> N{}\n", at * 7 % 211, at * 13 % 197))
        .collect();
    assert!(drawn(&format!("flowchart TD\n{edges}")).is_err());
    // What is deep may be drawn, but must come back.
    let opened: String = (0..600).map(|at| format!("subgraph s{at}\n")).collect();
    let _ = drawn(&format!("flowchart TD\n{opened}A\n{}", "end\n".repeat(600)));
    assert!(drawn("").is_err() && drawn("nonsense").is_err());
}

#[test]
fn a_diagram_without_a_direction_lies_down_when_it_is_too_high() {
    let classes = |direction: &str| {
        let members = "\n+String one\n+String two\n+String three\n";
        format!(
            "classDiagram\n{direction}class A {{{members}}}\nclass B {{{members}}}\nclass C {{{members}}}\nA --> B\nB --> C"
        )
    };
    let free = drawn(&classes("")).expect("a drawing");
    assert!(free.width > free.height && free.least_on_slide(Room::default()) >= READABLE);
    let fixed = drawn(&classes("direction TB\n")).expect("a drawing");
    assert!(fixed.height > fixed.width);
}

#[test]
fn the_same_text_gives_the_same_drawing() {
    for text in TEXTS {
        assert_eq!(drawn(text), drawn(text), "{text}");
    }
}

#[test]
fn a_pie_is_known_behind_comments_and_settings() {
    assert_eq!(first_word("%% a\n\n  pie showData\n"), "pie");
    assert_eq!(first_word("---\ntitle: x\n---\npie"), "pie");
    assert_eq!(first_word("flowchart LR; pie"), "flowchart");
    assert_eq!(first_word("---\n"), "");
    let numbers = Numbers {
        title: String::new(),
        alt: String::new(),
        parts: vec![("a \"b\", c".into(), 1.125)],
    };
    assert_eq!(table_of(&numbers), "\"a \"\"b\"\", c\",1.1250\n");
}
