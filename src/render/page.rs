//! Frames into templates, templates into a page. The only file that knows
//! askama.

use std::borrow::Cow;
use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use memchr::memmem;

use super::frames::Frames;
use super::html::Writer;
use super::paper::Paper;
use super::part::Part;
use super::policy::{exported_media, policy};
use super::prune::{Words, prune};
use super::scripts::{self, LAYERS};
use super::{Pages, fonts, minify};
use crate::deck::{Block, BlockKind, Frame, Head, Image, Inline, Layout, plain_text};
use crate::diagram;
use crate::icon;
use crate::math;
use crate::theme::Theme;

const STAGE_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/stage.css"));
const SLIDE_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/slide.css"));
/// What only scripts bring up is styled here.
const DESK_CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/desk.css"));
/// The scripts of an export as `build.rs` has made them.
struct Made {
    text: &'static str,
    /// The same with the style sheet they need, as it stands in an export.
    packed: &'static str,
}

/// Those of a deck without films and sounds, and of one with some.
const SILENT: Made = Made {
    text: include_str!(concat!(env!("OUT_DIR"), "/silent.js")),
    packed: include_str!(concat!(env!("OUT_DIR"), "/silent.packed.js")),
};
const PLAYING: Made = Made {
    text: include_str!(concat!(env!("OUT_DIR"), "/playing.js")),
    packed: include_str!(concat!(env!("OUT_DIR"), "/playing.packed.js")),
};
/// The words in the former that may name what a style sheet selects.
const SILENT_NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/silent.names"));
const SCALE_JS: &str = include_str!("../../templates/scale.js");
const LIVE_JS: &str = include_str!("../../templates/live.js");
const PAPER_JS: &str = include_str!("../../templates/paper.js");
const PAPER_CSS: &str = include_str!("../../templates/paper.css");
const MEASURE_JS: &str = concat!(
    include_str!("../../templates/ground.js"),
    include_str!("../../templates/measure.js")
);

/// HTML that is printed as it is. Made only from the output of `render::html`.
#[derive(Debug, Clone, Default)]
struct SafeHtml(String);

impl SafeHtml {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for SafeHtml {}

// ---- a slide

struct Item {
    number: u16,
    title: SafeHtml,
    icon: SafeHtml,
    target: String,
}

macro_rules! layouts {
    ($($name:ident $path:literal),* $(,)?) => {
        $(
            #[derive(Template)]
            #[template(path = $path)]
            struct $name<'a>(&'a View);

            impl std::ops::Deref for $name<'_> {
                type Target = View;
                fn deref(&self) -> &View {
                    self.0
                }
            }
        )*
    };
}

/// What a layout's template may print.
struct View {
    classes: String,
    id: String,
    steps: u16,
    minutes: String,
    style: String,
    title: SafeHtml,
    title_tag: &'static str,
    number: String,
    icon: SafeHtml,
    body: SafeHtml,
    left: SafeHtml,
    right: SafeHtml,
    picture: SafeHtml,
    drawing: SafeHtml,
    source: SafeHtml,
    figure: SafeHtml,
    items: Vec<Item>,
    meta: Vec<String>,
    backdrop: SafeHtml,
    footnotes: SafeHtml,
    footer: String,
    notes: SafeHtml,
    /// Of a slide beside its source: the line above both, and the source.
    example: String,
    code: SafeHtml,
}

layouts! {
    TitleLayout "layouts/title.html",
    AgendaLayout "layouts/agenda.html",
    SectionLayout "layouts/section.html",
    FactorLayout "layouts/factor.html",
    StatementLayout "layouts/statement.html",
    BulletsLayout "layouts/bullets.html",
    TwoColumnsLayout "layouts/two-columns.html",
    QuoteLayout "layouts/quote.html",
    BigFigureLayout "layouts/big-figure.html",
    PictureLayout "layouts/picture.html",
    CodeLayout "layouts/code.html",
    TableLayout "layouts/table.html",
    ChartLayout "layouts/chart.html",
    TimelineLayout "layouts/timeline.html",
    ClosingLayout "layouts/closing.html",
}

/// The `<section>` of a frame.
pub fn section(frame: &Frame, writer: &mut Writer<'_>) -> String {
    let view = view(frame, writer);
    let html = match frame.layout {
        Layout::Title => TitleLayout(&view).render(),
        Layout::Agenda => AgendaLayout(&view).render(),
        Layout::Section => SectionLayout(&view).render(),
        Layout::Factor => FactorLayout(&view).render(),
        Layout::Statement => StatementLayout(&view).render(),
        Layout::Bullets => BulletsLayout(&view).render(),
        Layout::TwoColumns => TwoColumnsLayout(&view).render(),
        Layout::Quote => QuoteLayout(&view).render(),
        Layout::BigFigure => BigFigureLayout(&view).render(),
        Layout::Picture => PictureLayout(&view).render(),
        Layout::Code => CodeLayout(&view).render(),
        Layout::Table => TableLayout(&view).render(),
        Layout::Chart => ChartLayout(&view).render(),
        Layout::Timeline => TimelineLayout(&view).render(),
        Layout::Closing => ClosingLayout(&view).render(),
    };
    html.expect("writing to a string does not fail")
}

fn view(frame: &Frame, writer: &mut Writer<'_>) -> View {
    let drawing =
        |name: &Option<String>| SafeHtml(name.as_deref().and_then(icon::svg).unwrap_or_default());
    let slots = &frame.slots;
    let items = frame
        .agenda
        .iter()
        .map(|entry| Item {
            number: entry.number,
            title: SafeHtml(writer.line(&entry.title)),
            icon: drawing(&entry.icon),
            target: entry.target.clone(),
        })
        .collect();
    View {
        classes: classes(frame),
        id: frame.id.clone(),
        steps: frame.steps,
        minutes: frame.minutes.clone(),
        style: frame.style.clone(),
        title: SafeHtml(title(frame, writer)),
        title_tag: if frame.layout == Layout::Title {
            "h1"
        } else {
            "h2"
        },
        number: frame
            .number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        icon: drawing(&frame.icon),
        body: SafeHtml(writer.slot(&slots.body)),
        left: SafeHtml(writer.slot(&slots.left)),
        right: SafeHtml(writer.slot(&slots.right)),
        picture: SafeHtml(
            slots
                .picture
                .as_ref()
                .map(|image| writer.figure(image, frame.whole_picture))
                .unwrap_or_default(),
        ),
        drawing: SafeHtml(writer.slot(slots.drawing.as_slice())),
        source: SafeHtml(writer.line(&slots.source)),
        figure: SafeHtml(figure(&slots.figure, writer)),
        items,
        meta: frame.meta.clone(),
        backdrop: SafeHtml(
            frame
                .backdrop
                .as_ref()
                .map(|image| writer.backdrop(image))
                .unwrap_or_default(),
        ),
        footnotes: SafeHtml(writer.footnotes(&frame.footnotes)),
        footer: frame.footer.clone(),
        notes: SafeHtml(writer.slot(&frame.notes)),
        example: frame
            .example
            .as_ref()
            .map_or_else(String::new, |(line, _)| line.clone()),
        code: SafeHtml(
            frame
                .example
                .as_ref()
                .map_or_else(String::new, |(_, code)| {
                    writer.slot(std::slice::from_ref(code))
                }),
        ),
    }
}

/// The title, and which one of several slides this is.
fn title(frame: &Frame, writer: &mut Writer<'_>) -> String {
    let mut html = writer.line(&frame.title);
    if let Some(part) = frame.part.filter(|_| !html.is_empty()) {
        let (number, total) = (part.number, part.total);
        html += &format!(" <span class=\"part\">({number}/{total})</span>");
    }
    html
}

fn classes(frame: &Frame) -> String {
    let title = plain_text(&frame.title);
    // A statement without a title is set as large as one.
    let set = match frame.slots.body.first() {
        Some(Block {
            kind: BlockKind::Paragraph(body),
            ..
        }) if title.is_empty() => plain_text(body),
        Some(_) | None => title,
    };
    let length = match set.chars().count() {
        0..=24 => "short",
        25..=48 => "medium",
        49..=90 => "long",
        _ => "huge",
    };
    let mut res = format!(
        "slide layout-{} fit-{} title-{length}",
        frame.layout.name(),
        frame.fit
    );
    if frame.layout == Layout::BigFigure {
        let text = plain_text(&frame.slots.figure);
        let number = qualified(&text).map_or(text.as_str(), |(_, number)| number);
        res += match number.chars().count() {
            0..=3 => " figure-short",
            4..=6 => " figure-medium",
            7..=10 => " figure-long",
            _ => " figure-huge",
        };
    }
    let is_found = |image: &Image| {
        frame
            .assets
            .iter()
            .any(|a| a.href == image.href && a.key.is_some())
    };
    if frame.backdrop.as_ref().is_some_and(is_found) {
        res += " has-backdrop";
    }
    res += frame.fitting.class();
    if frame.dense {
        res += " dense";
    }
    if frame.two {
        res += " in-two";
    }
    if frame.part.is_some_and(|part| part.number > 1) {
        res += " goes-on";
    }
    if frame.whole_picture {
        res += " picture-whole";
    }
    if frame.icon.is_some() {
        res += " has-icon";
    }
    for class in &frame.classes {
        res.push(' ');
        res += class;
    }
    res
}

// ---- the page

#[derive(Template)]
#[template(path = "page.html", escape = "html")]
struct Page<'a> {
    head: &'a Head,
    html_class: String,
    data: SafeHtml,
    policy: String,
    version: &'static str,
    icon: String,
    style: SafeHtml,
    total: usize,
    frames: Written<'a>,
    pictures: SafeHtml,
    script: SafeHtml,
}

/// Frames that are printed as they are.
struct Written<'a>(&'a dyn fmt::Display);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl HtmlSafe for Written<'_> {}

/// What a page is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One file that asks for nothing.
    Export,
    /// The same for a browser that says how the slides come out, and nothing else.
    Measure,
    /// The same for a browser that prints it or takes its picture.
    Paper(Paper),
    /// Served; pictures are fetched from the server.
    Present,
    /// Served to one of those who take part in a shared talk, or to who rehearses.
    Part(Part),
    /// Served and patched in place.
    Watch {
        /// The build it shows.
        generation: String,
        /// Whether it goes to the slide that was edited.
        follow: bool,
        /// Faults drawn over it: errors and warnings, as HTML.
        faults: (String, String),
    },
}

/// A whole style sheet: fonts, what our scripts bring up, what stands on slides.
pub fn style(faces: &str, rules: &str) -> String {
    format!("{LAYERS}\n{faces}\n{}\n{rules}", DESK_CSS)
}

/// The style sheet of slides without their fonts: palette, layers.
pub fn rules(theme: &Theme, size: (u32, u32), used: &fonts::Used) -> String {
    let page = format!("@page{{size:{}px {}px;margin:0}}", size.0, size.1);
    let css = [
        STAGE_CSS.into(),
        SLIDE_CSS.into(),
        minify::css(diagram::CSS),
        if used.has_formulas() {
            minify::css(math::CSS)
        } else {
            String::new()
        },
        page,
        format!("@layer theme{{:root{{{}}}}}", theme.properties),
        minify::css(&theme.css),
    ];
    // `</style` would end the element in the middle of a theme's text.
    css.join("\n").replace("</", "<\\/")
}

/// Whether a section holds a film or sound.
fn has_players(section: &str) -> bool {
    let has = |tag: &str| memmem::find(section.as_bytes(), tag.as_bytes()).is_some();
    has("<video") || has("<audio")
}

/// The scripts of a page as one closed function.
fn script_of(plays: bool, kind: &Kind) -> Cow<'static, str> {
    // What only looks on, or moves the talk from afar, needs no second window.
    let (own, more) = match kind {
        Kind::Export | Kind::Present => return made(plays).text.into(),
        Kind::Watch { .. } => (&scripts::OWN[..], [SCALE_JS, LIVE_JS]),
        Kind::Measure => (&scripts::OWN[..], [SCALE_JS, MEASURE_JS]),
        Kind::Paper(_) => (&scripts::OWN[..], [PAPER_JS, ""]),
        Kind::Part(part) if part.has_desk() => (&scripts::OWN[..], part.scripts()),
        Kind::Part(part) => (&scripts::STAGE[..], part.scripts()),
    };
    // A deck that is being written may get a film at any time.
    let may_play = plays || matches!(kind, Kind::Watch { .. });
    let media = if may_play { scripts::MEDIA } else { "" };
    scripts::closed(&[own, &[media], &more].concat().concat()).into()
}

/// The scripts of an export.
fn made(plays: bool) -> Made {
    match plays {
        true => PLAYING,
        false => SILENT,
    }
}

/// Whether a deck holds a film or sound.
pub fn plays(pages: &Pages) -> bool {
    pages.sections.values().any(|section| has_players(section))
}

/// A figure, with the words before its number in a size of their own.
fn figure(inlines: &[Inline], writer: &mut Writer<'_>) -> String {
    if let [Inline::Text(text)] = inlines
        && let Some((words, number)) = qualified(text)
    {
        let line = |text: &str| vec![Inline::Text(text.to_string())];
        let words = writer.line(&line(words));
        let number = writer.line(&line(number));
        return format!("<span class=\"about\">{words}</span> {number}");
    }
    writer.line(inlines)
}

/// "More than" and "50 percent".
fn qualified(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 24;
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let (words, _) = text[..digit].rsplit_once([' ', '\u{a0}'])?;
    let is_words = words.starts_with(char::is_alphabetic) && words.chars().count() <= LONGEST;
    is_words.then(|| (words, text[words.len()..].trim_start()))
}

/// A whole HTML document of these frames; `pictures` is HTML that defines some
/// pictures once, whose tags the frames know of.
pub fn document(pages: &Pages, kind: &Kind, frames: &Frames<'_>, pictures: String) -> String {
    let plays = plays(pages);
    let own = script_of(plays, kind);
    let is_file = matches!(kind, Kind::Export | Kind::Measure | Kind::Paper(_));
    let data = match kind {
        Kind::Export | Kind::Measure => String::new(),
        Kind::Present => " data-windows".into(),
        Kind::Part(part) => format!(" data-part=\"{}\"", part.name()),
        Kind::Paper(paper) => paper.data(),
        Kind::Watch {
            generation,
            follow,
            faults,
        } => {
            let follow = if *follow { " data-follow" } else { "" };
            let fault = attribute("data-fault", &faults.0) + &attribute("data-warnings", &faults.1);
            format!(" data-generation=\"{generation}\"{follow}{fault}")
        }
    };
    let html_class = format!("theme-{}", pages.theme);
    let mut script = own.clone();
    // What the template puts around the slides.
    let direction = if pages.head.is_right_to_left() {
        "rtl"
    } else {
        ""
    };
    let around =
        format!("<html lang dir={direction} class='{html_class}'><body><main id=deck style>");
    // A served page may get slides that need other rules; an author's own scripts
    // may set classes that no slide has.
    let style = if *kind == Kind::Export && !pages.trusted {
        let mut words = Words::new();
        for markup in frames.markup() {
            words.add_markup(markup);
        }
        words.add_markup(&around);
        match plays {
            true => words.add_names(scripts::names(&own)),
            false => words.add_names(SILENT_NAMES.split(' ')),
        }
        words.add_style(DESK_CSS);
        let rules = prune(&pages.styles.rules, &words);
        let mut used = (*pages.used).clone();
        used.add_style(&rules);
        script = made(plays).packed.into();
        format!(
            "{LAYERS}{}{rules}",
            fonts::faces(&pages.styles.slices, &used)
        )
    } else if let Kind::Part(part) = kind {
        format!("{}\n{}", pages.style(), minify::css(part.style()))
    } else if let Kind::Paper(paper) = kind {
        let rules = paper.rules(&pages.head.title, pages.head.size);
        format!("{}\n{PAPER_CSS}{rules}", pages.style())
    } else {
        pages.style().to_string()
    };
    let page = Page {
        head: &pages.head,
        html_class,
        data: SafeHtml(data),
        policy: if is_file && !pages.trusted {
            policy(
                &[&script, &own],
                "data:",
                exported_media(pages, plays),
                "'none'",
            )
        } else {
            String::new()
        },
        version: env!("CARGO_PKG_VERSION"),
        icon: favicon(pages),
        style: SafeHtml(style),
        total: pages.order.len(),
        frames: Written(frames),
        pictures: SafeHtml(pictures),
        script: SafeHtml(script.into_owned()),
    };
    let around = page.style.0.len() + page.script.0.len() + page.pictures.0.len();
    let mut res = String::with_capacity(frames.length() + around + 4_096);
    page.render_into(&mut res)
        .expect("writing to a string does not fail");
    res
}

fn attribute(name: &str, html: &str) -> String {
    let mut res = String::new();
    if !html.is_empty() {
        res += &format!(" {name}=\"");
        crate::escape::escape(&mut res, html);
        res.push('"');
    }
    res
}

/// The Content-Security-Policy of a served page.
pub fn served_policy(pages: &Pages, kind: &Kind) -> String {
    if pages.trusted {
        // The author's own scripts may do what scripts do, but not frame us elsewhere.
        return "base-uri 'none'; frame-ancestors 'self'".into();
    }
    let plays = plays(pages);
    let media = match kind {
        Kind::Watch { .. } => "'self'",
        _ if plays => "'self'",
        _ => "'none'",
    };
    policy(&[&script_of(plays, kind)], "'self' data:", media, "'self'")
}

/// A small sheet with a torn edge, in the deck's accent.
fn favicon(pages: &Pages) -> String {
    let accent = pages
        .styles
        .rules
        .split("--accent:#")
        .nth(1)
        .and_then(|rest| rest.get(..6))
        .unwrap_or("ff6a00");
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath \
         fill='%23{accent}' d='M1 2h11l1 2-1 2 1 2-1 2 1 2-1 2H1z'/%3E%3C/svg%3E"
    )
}
