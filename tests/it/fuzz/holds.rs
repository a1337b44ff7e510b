//! What must hold of every build: each section is whole, and nothing in it is active.

use std::collections::BTreeSet;

use deckle::diag::show;
use deckle::pipeline::Build;

/// Looks at every section and every message.
pub fn holds(build: &Build) {
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
    text wbr video audio track progress meter center rp ";

/// What stands in the MathML of a formula and nowhere else.
const IN_FORMULAS: &str = " math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom \
    menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr ";

/// What stands in a diagram and nowhere else.
const IN_DIAGRAMS: &str = " g tspan defs marker title desc ";

const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "track", "wbr"];

/// Reads a section as a browser does and returns its id.
pub fn whole_and_harmless(section: &str) -> String {
    let mut open: Vec<String> = Vec::new();
    let mut id = String::new();
    let mut n_outer = 0;
    // How many elements were open when a formula began.
    let mut formula: Option<usize> = None;
    let mut diagram: Option<usize> = None;
    for (name, attributes) in tags(section) {
        formula = formula.filter(|depth| open.len() > *depth);
        diagram = diagram.filter(|depth| open.len() > *depth);
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
            ELEMENTS.contains(&spaced)
                || formula.is_some() && IN_FORMULAS.contains(&spaced)
                || diagram.is_some() && IN_DIAGRAMS.contains(&spaced),
            "<{name}> in\n{section}"
        );
        if attributes == [("class".to_string(), "katex".to_string())] {
            formula = formula.or(Some(open.len()));
        }
        let starts_diagram = |(name, value): &(String, String)| {
            name == "class" && value.starts_with("diagram diagram-")
        };
        if name == "figure" && attributes.iter().any(starts_diagram) {
            diagram = diagram.or(Some(open.len()));
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
            // Footnotes and their marks lead to each other, by names no author gives.
            let of_note = |kind| value.starts_with(&format!("{id}-{kind}-"));
            if attribute == "id"
                && (name == "a" && of_note("mark") || name == "li" && of_note("note"))
            {
                continue;
            }
            let is_measure = |c: char| c.is_ascii_alphanumeric() || "-:;.%#".contains(c);
            let sets = attribute == "style" && formula.is_some() && !value.contains("fixed");
            // Arrow heads are named after their slide; colours are words and numbers.
            let draws = diagram.is_some()
                && match attribute.as_str() {
                    "style" => {
                        value.chars().all(|c| is_measure(c) || "()".contains(c))
                            && !value.contains("url")
                    }
                    "id" => name == "marker" && value.starts_with(&format!("{id}-d")),
                    _ => false,
                };
            if !(draws || sets && value.chars().all(is_measure)) {
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
        "src" => {
            ["img", "video", "audio", "track"].contains(&element)
                && value.starts_with("deckle-asset:")
        }
        "poster" => element == "video" && value.starts_with("deckle-asset:"),
        "autoplay" => false,
        "style" if is_outer => !clean.contains("url(") && !clean.contains("expression"),
        "style" => {
            [
                "--",
                "counter-reset:",
                "width:",
                "height:",
                "object-position:",
            ]
            .iter()
            .any(|start| clean.starts_with(start))
                && !clean.contains("url(")
        }
        "id" | "name" => is_outer,
        "srcset" | "srcdoc" | "formaction" | "action" | "background" | "http-equiv" => false,
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
