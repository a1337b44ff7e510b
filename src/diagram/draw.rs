//! Mermaid to SVG. The only file that knows merman.
//!
//! Diagrams are not trusted. What is drawn is bounded by the limits below, on a
//! thread of its own, so that neither deep nesting nor a panic of foreign code
//! reaches the build; and what comes out passes through [`super::clean`], which
//! keeps shapes and words and nothing else.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use merman::resources::InputResourceLimitId;
use merman::svg::{
    DeterministicTextMeasurer, LayoutOptions, MeasurementProfileId, RenderResourceLimitId,
    RenderResourcePolicy, RenderResourceProfile, ResourceLimitId, SvgPipeline, SvgRenderOptions,
    TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity, TextMeasurer,
    TextStyle,
};
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderError, RenderOutput,
    RenderRequest, Renderer, SvgEnvironment, SvgRequest,
};
use serde_json::{Value, json};

use super::{BASE, Fault, Numbers, Shape, first_word};
use crate::foreign;
use crate::measure::{self, Weight};

/// Parsers that go down a level for each one of the diagram have room for as
/// many as [`super::MAX_BYTES`] can hold.
const STACK: usize = 64 << 20;

/// Boxes, lines and messages that no slide shows any more.
const MAX_ITEMS: usize = 1_000;

/// What layout may cost, in merman's own units: some 30 times a full slide.
const MAX_WORK: usize = 400_000;

/// A drawing larger than this is no help to anyone.
const MAX_SVG: usize = 4 << 20;

/// For what the counts above miss. So long that no diagram that a slow machine
/// can draw meets it.
const DEADLINE: Duration = Duration::from_secs(8);

/// The SVG of a diagram, as merman writes it.
pub fn draw(text: &str, shape: &Shape) -> Result<String, Fault> {
    let shape = *shape;
    let text = if shape.lying {
        lying(text).ok_or_else(|| Fault::whole("its author chose its direction"))?
    } else {
        text.to_string()
    };
    let text = plainly_spaced(&text);
    aside(move || drawn(&text, &shape))
}

/// The same text, each of its bytes in its place, with nothing but plain blanks in
/// its lines: merman takes any other blank for one byte long, and some come with
/// what is pasted.
fn plainly_spaced(text: &str) -> String {
    let blank = |c: char| !c.is_ascii() && c.is_whitespace();
    let mut res = String::with_capacity(text.len());
    for c in text.chars() {
        match blank(c) {
            true => res.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => res.push(c),
        }
    }
    res
}

/// The numbers of a pie, which is drawn as a chart of our own.
pub fn pie(text: &str) -> Result<Numbers, Fault> {
    let text = plainly_spaced(text);
    aside(move || {
        let parsed =
            engine(&text, &Shape::default()).parse_diagram_sync(&text, ParseOptions::strict());
        let model = match parsed {
            Ok(Some(parsed)) => parsed.model,
            Ok(None) => return Err(no_kind()),
            Err(error) => return Err(fault(RenderError::from(error))),
        };
        let word = |key: &str| model[key].as_str().unwrap_or_default().to_string();
        let sections = model["sections"].as_array().into_iter().flatten();
        Ok(Numbers {
            title: word("title"),
            alt: word("accDescr"),
            parts: sections
                .filter_map(|part| {
                    Some((part["label"].as_str()?.to_string(), part["value"].as_f64()?))
                })
                .collect(),
        })
    })
}

/// Runs foreign code where its end is only its own.
fn aside<T: Send>(work: impl FnOnce() -> Result<T, Fault> + Send) -> Result<T, Fault> {
    let done = foreign::aside(STACK, work);
    done.unwrap_or_else(|| Err(Fault::whole("it cannot be drawn")))
}

fn drawn(text: &str, shape: &Shape) -> Result<String, Fault> {
    let policy = RenderResourcePolicy::for_profile(RenderResourceProfile::Constrained)
        .with_limit(
            ResourceLimitId::Input(InputResourceLimitId::MaxModelItems),
            MAX_ITEMS,
        )
        .and_then(|policy| {
            policy.with_limit(
                ResourceLimitId::Render(RenderResourceLimitId::MaxLayoutWorkUnits),
                MAX_WORK,
            )
        })
        .and_then(|policy| policy.with_limit(ResourceLimitId::MaxSvgBytes, MAX_SVG))
        .map_err(|error| Fault::whole(error.to_string()))?;
    let environment = SvgEnvironment::deterministic()
        .with_text_measurement_policy(METRICS.clone())
        .with_resource_policy(policy);
    let request = SvgRequest {
        environment,
        layout: LayoutOptions::default()
            .with_container_size(f64::from(shape.width), f64::from(shape.height)),
        options: SvgRenderOptions {
            diagram_id: Some("d".into()),
            ..SvgRenderOptions::default()
        },
        pipeline: Some(SvgPipeline::resvg_safe()),
        ..SvgRequest::default()
    };
    let control = OperationControl::new().with_deadline(DEADLINE);
    let renderer = Renderer::new()
        .with_engine(engine(text, shape))
        .with_parse_options(ParseOptions::strict());
    match renderer.render(RenderRequest::svg(text, control, request)) {
        Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.svg().to_string()),
        Ok(_) => Err(no_kind()),
        Err(error) => Err(fault(error)),
    }
}

/// Text as wide as it is in our own face.
static METRICS: LazyLock<TextMeasurementPolicy> = LazyLock::new(|| {
    let width = |text: &str, style: &TextStyle| {
        let weight = match style.font_weight.as_deref() {
            Some("bold" | "bolder" | "600" | "700" | "800" | "900") => Weight::Bold,
            _ => Weight::Regular,
        };
        measure::width(text, style.font_size, weight)
    };
    let measurer: Arc<dyn TextMeasurer + Send + Sync> =
        DeterministicTextMeasurer::default().with_width_callback(width);
    let identity = MeasurementProfileId::new("deckle")
        .and_then(|id| TextMeasurementProfileIdentity::new(id, "1"));
    match identity {
        Ok(identity) => {
            TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer))
        }
        Err(_) => TextMeasurementPolicy::deterministic(),
    }
});

fn engine(text: &str, shape: &Shape) -> Engine {
    Engine::new().with_site_config(MermaidConfig::from_value(config(text, shape)))
}

/// A text whose diagram runs from left to right, if its author left that open.
fn lying(text: &str) -> Option<String> {
    if text
        .lines()
        .any(|line| line.trim_start().starts_with("direction "))
    {
        return None;
    }
    let at = text
        .lines()
        .position(|line| line.trim() == first_word(text))?;
    let mut lines: Vec<&str> = text.lines().collect();
    let direction = match lines[at].trim() {
        "flowchart" | "graph" => "flowchart LR",
        "classDiagram" | "classDiagram-v2" | "stateDiagram" | "stateDiagram-v2" | "erDiagram" => {
            lines.insert(at + 1, "direction LR");
            return Some(lines.join("\n"));
        }
        _ => return None,
    };
    lines[at] = direction;
    Some(lines.join("\n"))
}

/// Room for the names of a Gantt chart's sections, which stand left of it.
fn sections(text: &str) -> u32 {
    let names = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("section "));
    let width = |name: &str| measure::width(name, f64::from(BASE), Weight::Regular) as u32;
    names.map(width).max().map_or(8, |widest| widest + 28)
}

/// What no diagram may set for itself: it is a part of the deck and follows its
/// colours and type, and what it says goes nowhere but into the drawing.
const OURS: &[&str] = &[
    "secure",
    "securityLevel",
    "startOnLoad",
    "maxTextSize",
    "suppressErrorRendering",
    "maxEdges",
    "theme",
    "themeVariables",
    "themeCSS",
    "darkMode",
    "fontFamily",
    "fontSize",
    "htmlLabels",
    "look",
    "layout",
    "useWidth",
    "useMaxWidth",
    "handDrawnSeed",
];

fn config(text: &str, shape: &Shape) -> Value {
    let Shape {
        close,
        wrap,
        radial,
        width,
        height,
        size,
        lying,
    } = *shape;
    // A step is half of the way from roomy to tight.
    let pick = |roomy: u32, tight: u32| roomy - (roomy - tight) * close.min(2) / 2;
    let graph = json!({
        "look": "classic", "layout": "dagre", "htmlLabels": false, "useMaxWidth": true,
        "nodeSpacing": pick(44, 20), "rankSpacing": pick(48, 26), "padding": pick(14, 8),
        "minNodeWidth": 64, "wrappingWidth": wrap, "diagramPadding": 4,
        "titleTopMargin": 28,
    });
    let with = |more: Value| {
        let mut res = graph.clone();
        if let (Value::Object(res), Value::Object(more)) = (&mut res, more) {
            res.extend(more);
        }
        res
    };
    let around = radial && first_word(text) == "mindmap";
    let sequence = json!({
        "look": "classic", "mirrorActors": false, "width": pick(130, 100),
        // A little man with his name below needs more than a box.
        "height": if text.contains("actor") { 66 } else { pick(52, 36) }, "actorMargin": pick(48, 24), "messageMargin": pick(34, 10), "boxTextMargin": pick(5, 3),
        "actorFontSize": BASE, "noteFontSize": BASE, "messageFontSize": BASE,
        "boxMargin": pick(10, 5), "noteMargin": pick(10, 7), "diagramMarginX": 12,
        "diagramMarginY": 6, "wrap": wrap < 200, "bottomMarginAdj": 1, "useMaxWidth": true,
    });
    let axis = json!({"labelFontSize": BASE, "titleFontSize": BASE});
    json!({
        "secure": OURS, "securityLevel": "strict", "layout": if around { "cose-bilkent" } else { "dagre" }, "look": "classic",
        "theme": "base", "htmlLabels": false, "fontFamily": "Inter", "fontSize": size,
        "themeVariables": {
            "fontSize": format!("{size}px"), "fontFamily": "Inter",
            "commitLabelFontSize": format!("{BASE}px"), "tagLabelFontSize": format!("{BASE}px"),
            "xyChart": {"plotColorPalette": super::SERIES.join(",")},
        },
        "flowchart": with(json!({"curve": "basis"})),
        "state": with(json!({"fontSize": BASE, "minNodeWidth": 0})),
        "class": with(json!({"hideEmptyMembersBox": true, "rankSpacing": if lying { pick(110, 90) } else { pick(80, 56) }})),
        "er": with(json!({
            "fontSize": BASE, "nodeSpacing": pick(90, 40), "rankSpacing": if lying { pick(120, 100) } else { pick(80, 70) },
            // Of a table's cells this is the room around their words.
            "diagramPadding": pick(14, 10),
            "entityPadding": pick(12, 8), "minEntityWidth": 90, "minEntityHeight": 44,
        })),
        "sequence": sequence,
        "gantt": {
            "fontSize": BASE, "sectionFontSize": BASE, "barHeight": pick(32, 26),
            "barGap": pick(8, 5), "topPadding": 52, "gridLineStartPadding": 40,
            "leftPadding": sections(text).min(width / 3), "rightPadding": 24, "useWidth": width,
            "titleTopMargin": 20,
        },
        "mindmap": {
            "layoutAlgorithm": if around { "cose-bilkent" } else { "dagre" },
            "padding": pick(10, 6), "maxNodeWidth": wrap,
        },
        "timeline": {"leftMargin": 20, "padding": 4, "disableMulticolor": false},
        "gitGraph": {"rotateCommitLabel": true, "diagramPadding": 6},
        "quadrantChart": {
            "chartWidth": width, "chartHeight": height, "titleFontSize": BASE * 5 / 4,
            "quadrantLabelFontSize": BASE, "pointLabelFontSize": BASE,
            "xAxisLabelFontSize": BASE, "yAxisLabelFontSize": BASE, "pointRadius": 6, "pointTextPadding": 10,
        },
        "xyChart": {
            "width": width, "height": height, "titleFontSize": BASE * 5 / 4,
            "legendFontSize": BASE, "xAxis": axis, "yAxis": axis,
        },
    })
}

fn no_kind() -> Fault {
    Fault::whole("its first line names no kind of diagram that is known here")
}

/// What merman says, in our words and with its place in the text.
fn fault(error: RenderError) -> Fault {
    match error {
        RenderError::Parse(found) => {
            let details = found.terminal_diagnostic_details();
            let words = found.terminal_safe_message();
            // The kind of diagram is told before the fault: `Diagram parse error (er): …`.
            let words = words
                .strip_prefix("Diagram parse error (")
                .and_then(|rest| rest.split_once("): "))
                .map_or(words.as_str(), |(_, rest)| rest);
            if words.starts_with("No Mermaid diagram type") {
                return no_kind();
            }
            let mut letters = words.chars();
            let first = letters.next().map(|c| c.to_ascii_lowercase());
            Fault {
                at: details.span.map_or(0..0, |span| span.start..span.end),
                words: first.into_iter().chain(letters).collect(),
            }
        }
        RenderError::NoDiagram => no_kind(),
        RenderError::ResourceLimitExceeded(_) => Fault::whole("it is too large for a slide"),
        RenderError::Cancelled(_) => Fault::whole("drawing it takes too long"),
        other => Fault::whole(other.to_string()),
    }
}
