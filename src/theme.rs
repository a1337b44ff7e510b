//! How a deck looks: a folder with `theme.yaml` and `theme.css`, embedded or
//! beside the deck, and the fonts it names.
//!
//! A theme is data and CSS, never a template. `theme.yaml` may extend another
//! theme; style sheets are stacked, the nearer one last.

use std::cell::LazyCell;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use crate::diag::Diagnostics;
use crate::palette::{self, Grounds, Rgb};
use crate::source::{Content, Files, Sources, Spanned, text_of};
use crate::yaml;

mod embedded;
pub mod faces;
mod made;
pub mod places;

pub use embedded::{font, names};
use faces::{Faces, ranges};
use places::{Places, Written};

/// The theme of a deck that names none.
pub const DEFAULT: &str = "swiss";

/// How often a theme may extend another: more is a circle.
const MAX_PARENTS: usize = 8;

/// A theme, ready to be used.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name, as a class may carry it.
    pub name: String,
    /// Style sheets, the farthest parent first.
    pub css: String,
    /// Colours from which the palette is made, the deck's accent in it.
    pub grounds: Grounds,
    /// The custom properties for `:root`: colours and fonts.
    pub properties: String,
    /// The font files of all faces the theme uses.
    pub slices: Arc<[Slice]>,
    /// What it sets nothing smaller than.
    pub floors: Floors,
    /// The faces it is set in.
    pub faces: Faces,
    /// Where things stand in forms that know no style sheet, the farthest parent first.
    written: Vec<Written>,
    places: OnceLock<Places>,
    /// Changes when anything of the theme changes.
    pub fingerprint: u64,
}

impl Theme {
    /// Where things stand in forms that know no style sheet.
    pub fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let mut res = Places::default();
            for written in &self.written {
                res.overlay(written.places());
            }
            res
        })
    }
}

/// How far the fit ladder may step down: sizes of type in slide units.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Floors {
    /// Body type.
    pub body: f64,
    /// Code in blocks.
    pub code: f64,
    /// Cells of tables.
    pub table: f64,
    /// How much of the room between things is left, in percent.
    pub spacing: f64,
}

impl Default for Floors {
    fn default() -> Self {
        Floors {
            body: 24.0,
            code: 18.0,
            table: 18.0,
            spacing: 50.0,
        }
    }
}

impl Floors {
    /// No theme may make type unreadable, or larger than it is meant to be.
    fn kept_readable(self) -> Floors {
        Floors {
            body: self.body.clamp(20.0, 30.0),
            code: self.code.clamp(14.0, 26.0),
            table: self.table.clamp(14.0, 30.0),
            spacing: self.spacing.clamp(30.0, 100.0),
        }
    }
}

/// What a face is used for; decides whether a deck needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// Text and titles: every deck.
    Always,
    /// Emphasis.
    Italic,
    /// Code.
    Mono,
}

/// One font file: a face cut down to a range of characters.
#[derive(Debug, Clone)]
pub struct Slice {
    /// As CSS names it.
    pub family: String,
    /// 400, 600 …
    pub weight: u16,
    /// Upright or not.
    pub italic: bool,
    /// When it is needed.
    pub usage: Use,
    /// As CSS writes it.
    pub range: String,
    /// First and last code point of each part of the range.
    pub chars: Vec<(u32, u32)>,
    /// Whether all of it is in other files of its face too: it may stand for
    /// them where it has all that a deck needs.
    pub extract: bool,
    /// Whether it comes with the program.
    pub shipped: bool,
    /// The file, WOFF2.
    pub bytes: Content,
}

impl Slice {
    /// Whether it has a character, by its code point.
    pub fn has(&self, c: u32) -> bool {
        (self.chars.iter()).any(|(first, last)| (*first..=*last).contains(&c))
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTheme {
    name: String,
    extends: Option<String>,
    accent: Option<String>,
    contrast: Option<f32>,
    grounds: Option<RawGrounds>,
    fonts: Option<RawFonts>,
    floors: Option<Floors>,
    #[serde(default)]
    faces: Vec<RawFace>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGrounds {
    paper: String,
    ink: String,
    night: String,
    panel: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFonts {
    display: RawFont,
    text: RawFont,
    mono: RawFont,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFont {
    family: String,
    #[serde(default)]
    weight: Option<u16>,
    #[serde(default)]
    weights: Vec<u16>,
    #[serde(default)]
    italic: bool,
    /// Distance of its lines by itself, in sizes of type.
    #[serde(default)]
    line: Option<f64>,
    /// How wide it runs, in widths of Inter.
    #[serde(default)]
    wide: Option<f64>,
    /// The family that documents name, if it is one that more systems have.
    #[serde(default)]
    office: Option<String>,
    #[serde(default)]
    always: bool,
    fallback: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFace {
    family: String,
    weight: u16,
    style: String,
    #[serde(rename = "slice")]
    _slice: String,
    #[serde(default)]
    extract: bool,
    range: String,
    file: String,
    #[serde(default, rename = "bytes")]
    _bytes: u32,
}

/// Finds a theme: a folder named in the deck, `themes/NAME` beside it, an
/// embedded one. Falls back to the default with a diagnostic.
pub fn load(
    diags: &mut Diagnostics,
    sources: &mut Sources,
    files: &dyn Files,
    root: &Path,
    name: Option<&Spanned<String>>,
    over: Option<&str>,
    accent: Option<&Spanned<String>>,
) -> Theme {
    let wanted = over
        .or(name.map(|name| name.value.as_str()))
        .filter(|name| !name.is_empty())
        .unwrap_or(DEFAULT);
    let colour = accent
        .filter(|accent| !accent.value.is_empty())
        .and_then(|accent| {
            let colour = Rgb::parse(&accent.value);
            if colour.is_none() {
                diags.bad_colour(accent.span, &accent.value);
            }
            colour
        });
    if let Some(theme) = made::before(files, root, wanted, colour) {
        return theme;
    }
    let (mut parts, is_bad) = chain(diags, sources, files, root, wanted);
    if parts.is_empty() && !is_bad {
        let span = if over.is_some() {
            None
        } else {
            name.map(|name| name.span)
        };
        diags.unknown_theme(span, wanted, &names());
    }
    if parts.is_empty() {
        (parts, _) = chain(diags, sources, files, root, DEFAULT);
    }
    let theme = assemble(files, root, &parts, colour);
    made::keep(&parts, colour, &theme);
    theme
}

/// A theme's folder as it was found.
struct Part {
    folder: Folder,
    raw: RawTheme,
    css: String,
    places: Written,
}

enum Folder {
    Embedded(String),
    Deck(String),
}

impl Folder {
    fn read(&self, files: &dyn Files, root: &Path, name: &str) -> Option<Content> {
        match self {
            Folder::Embedded(folder) => {
                embedded::file(&format!("{folder}/{name}")).map(Content::from)
            }
            Folder::Deck(folder) => files.read_within(root, &format!("{folder}/{name}")).ok(),
        }
    }

    fn path(&self, root: &Path, name: &str) -> PathBuf {
        match self {
            Folder::Embedded(folder) => Path::new("themes").join(folder).join(name),
            Folder::Deck(folder) => root.join(folder).join(name),
        }
    }
}

/// A theme and its parents, the theme first, and whether one of them could not
/// be read.
fn chain(
    diags: &mut Diagnostics,
    sources: &mut Sources,
    files: &dyn Files,
    root: &Path,
    name: &str,
) -> (Vec<Part>, bool) {
    let mut res: Vec<Part> = Vec::new();
    let mut is_bad = false;
    let mut next = Some(name.to_string());
    while let Some(name) = next.take().filter(|_| res.len() < MAX_PARENTS) {
        let Some((folder, yaml)) = find(files, root, &name) else {
            break;
        };
        let text = text_of(&yaml).into_owned();
        match yaml::from_str::<RawTheme>(&text) {
            Ok(raw) => {
                report_colours(
                    diags,
                    sources,
                    &folder.path(root, "theme.yaml"),
                    &text,
                    &raw,
                );
                let css = folder.read(files, root, "theme.css");
                let css = css
                    .map(|css| text_of(&css).into_owned())
                    .unwrap_or_default();
                let places = places_of(&folder, diags, sources, files, root);
                next = raw.extends.clone();
                res.push(Part {
                    folder,
                    raw,
                    css,
                    places,
                });
            }
            Err(fault) => {
                is_bad = true;
                let path = folder.path(root, "theme.yaml");
                report_fault(diags, sources, path, text, &fault);
            }
        }
    }
    (res, is_bad)
}

fn places_of(
    folder: &Folder,
    diags: &mut Diagnostics,
    sources: &mut Sources,
    files: &dyn Files,
    root: &Path,
) -> Written {
    if let Folder::Embedded(name) = folder {
        let text = embedded::text(&format!("{name}/places.yaml"));
        return Written::Embedded(text.unwrap_or_default());
    }
    let Some(bytes) = folder.read(files, root, "places.yaml") else {
        return Written::Embedded("");
    };
    let text = text_of(&bytes).into_owned();
    let places = places::read(&text).unwrap_or_else(|fault| {
        let path = folder.path(root, "places.yaml");
        report_fault(diags, sources, path, text, &fault);
        Places::default()
    });
    Written::Read(Box::new(places))
}

fn report_fault(
    diags: &mut Diagnostics,
    sources: &mut Sources,
    path: PathBuf,
    text: String,
    fault: &yaml::Fault,
) {
    let id = sources.add(path, text);
    let source = sources.get(id);
    let end = source.text()[fault.at..]
        .find('\n')
        .map_or(source.text().len(), |n| n + fault.at);
    diags.bad_theme(source.at(fault.at, end), &fault.message);
}

fn report_colours(
    diags: &mut Diagnostics,
    sources: &mut Sources,
    path: &Path,
    text: &str,
    raw: &RawTheme,
) {
    let grounds = raw
        .grounds
        .iter()
        .flat_map(|g| [&g.paper, &g.ink, &g.night, &g.panel]);
    let wrong: Vec<&String> = raw
        .accent
        .iter()
        .chain(grounds)
        .filter(|word| Rgb::parse(word).is_none())
        .collect();
    if wrong.is_empty() {
        return;
    }
    let id = sources.add(path.to_path_buf(), text.to_string());
    for word in wrong {
        let source = sources.get(id);
        let at = source.text().find(word.as_str()).unwrap_or(0);
        diags.bad_theme_colour(source.at(at, at + word.len()), word);
    }
}

fn find(files: &dyn Files, root: &Path, name: &str) -> Option<(Folder, Content)> {
    let embedded = || Folder::Embedded(name.to_string());
    [
        Folder::Deck(name.to_string()),
        Folder::Deck(format!("themes/{name}")),
        embedded(),
    ]
    .into_iter()
    .find_map(|folder| {
        folder
            .read(files, root, "theme.yaml")
            .map(|yaml| (folder, yaml))
    })
}

fn assemble(files: &dyn Files, root: &Path, parts: &[Part], accent: Option<Rgb>) -> Theme {
    let defaults = LazyCell::new(default_raw);
    let nearest =
        |pick: fn(&RawTheme) -> bool| parts.iter().map(|part| &part.raw).find(|raw| pick(raw));
    let grounds = nearest(|raw| raw.grounds.is_some()).unwrap_or_else(|| &*defaults);
    let fonts = nearest(|raw| raw.fonts.is_some()).unwrap_or_else(|| &*defaults);
    let own_accent = nearest(|raw| raw.accent.is_some())
        .unwrap_or_else(|| &*defaults)
        .accent
        .as_deref();
    let contrast = nearest(|raw| raw.contrast.is_some()).and_then(|raw| raw.contrast);
    let mut grounds = colours(grounds.grounds.as_ref(), accent, own_accent);
    // More than AAA no colour but black and white would have.
    grounds.least = (contrast.unwrap_or(palette::TEXT).clamp(palette::TEXT, 7.0) * 10.0) as u8;

    let mut css = String::new();
    for part in parts.iter().rev() {
        css += &part.css;
        css.push('\n');
    }
    let floors = nearest(|raw| raw.floors.is_some()).and_then(|raw| raw.floors);
    let floors = floors.unwrap_or_default().kept_readable();
    let (mut properties, slices) = match &fonts.fonts {
        Some(fonts) => (
            properties(&grounds, fonts),
            slices(files, root, parts, fonts),
        ),
        None => (String::new(), Vec::new()),
    };
    properties += &format!(
        "--floor-body:{};--floor-code:{};--floor-table:{};--tightest:{};",
        floors.body,
        floors.code,
        floors.table,
        floors.spacing / 100.0
    );
    let farthest = Written::Embedded(embedded::text("places.yaml").unwrap_or_default());
    let nearer = parts.iter().rev().map(|part| part.places.clone());
    let places = std::iter::once(farthest).chain(nearer).collect();
    let name = parts
        .first()
        .map_or(DEFAULT, |part| part.raw.name.as_str())
        .to_string();
    let mut hasher = DefaultHasher::new();
    (&name, &css, &properties).hash(&mut hasher);
    Theme {
        name,
        css,
        grounds,
        properties,
        slices: slices.into(),
        floors,
        faces: Faces::of(fonts.fonts.as_ref()),
        written: places,
        places: OnceLock::new(),
        fingerprint: hasher.finish(),
    }
}

fn default_raw() -> RawTheme {
    embedded::text(&format!("{DEFAULT}/theme.yaml"))
        .and_then(|text| yaml::from_str(text).ok())
        .expect("a test builds the embedded default theme")
}

fn colours(raw: Option<&RawGrounds>, accent: Option<Rgb>, own_accent: Option<&str>) -> Grounds {
    // A colour that is none was reported when the theme was read.
    let colour = |text: Option<&str>, default: &str| {
        text.and_then(Rgb::parse)
            .or_else(|| Rgb::parse(default))
            .expect("the defaults below are colours")
    };
    Grounds {
        accent: accent.unwrap_or_else(|| colour(own_accent, "#ff6a00")),
        paper: colour(raw.map(|raw| raw.paper.as_str()), "#ffffff"),
        ink: colour(raw.map(|raw| raw.ink.as_str()), "#101114"),
        night: colour(raw.map(|raw| raw.night.as_str()), "#101114"),
        panel: colour(raw.map(|raw| raw.panel.as_str()), "#f4f5f7"),
        least: (palette::TEXT * 10.0) as u8,
    }
}

fn properties(grounds: &Grounds, fonts: &RawFonts) -> String {
    let mut res = String::new();
    for (name, colour) in palette::tokens(grounds) {
        res += &format!("--{name}:{};", colour.css());
    }
    for (name, colour) in palette::series_tokens(grounds) {
        res += &format!("--{name}:{};", colour.css());
    }
    for (name, font) in [
        ("display", &fonts.display),
        ("text", &fonts.text),
        ("mono", &fonts.mono),
    ] {
        // Quotes and braces in a family would leave the declaration.
        let family: String = font
            .family
            .chars()
            .filter(|c| !"\"\\<>{};".contains(*c))
            .collect();
        let fallback: String = font
            .fallback
            .chars()
            .filter(|c| !"\\<>{};".contains(*c))
            .collect();
        res += &format!("--font-{name}:\"{family}\",{fallback};");
    }
    res += &format!("--weight-display:{};", fonts.display.weight.unwrap_or(700));
    res
}

fn slices(files: &dyn Files, root: &Path, parts: &[Part], fonts: &RawFonts) -> Vec<Slice> {
    let shared: Vec<RawFace> = embedded::text("fonts/fonts.json")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let shared_folder = Folder::Embedded("fonts".into());
    let own = parts
        .iter()
        .flat_map(|part| part.raw.faces.iter().map(|face| (&part.folder, face)));
    let all: Vec<(&Folder, &RawFace)> = own
        .chain(shared.iter().map(|face| (&shared_folder, face)))
        .collect();
    let mut res = Vec::new();
    for (font, mono) in [
        (&fonts.display, false),
        (&fonts.text, false),
        (&fonts.mono, true),
    ] {
        let weights = font.weight.iter().chain(&font.weights);
        let wanted: Vec<u16> = weights.copied().collect();
        let own: Vec<(u32, u32)> = all
            .iter()
            .filter(|(_, face)| face.family == font.family)
            .flat_map(|(_, face)| ranges(&face.range))
            .collect();
        for (folder, face) in &all {
            let italic = face.style == "italic";
            let fits = (face.family == font.family || faces::stands_in(face, font, &own))
                && wanted.contains(&face.weight)
                && (!italic || font.italic);
            let Some(bytes) = fits.then(|| folder.read(files, root, &face.file)).flatten() else {
                continue;
            };
            // One family may be both that of titles and that of text.
            let is_there = |slice: &Slice| {
                (&slice.family, slice.weight, slice.italic, &slice.range)
                    == (&face.family, face.weight, italic, &face.range)
            };
            if res.iter().any(is_there) {
                continue;
            }
            let usage = if mono && !font.always {
                Use::Mono
            } else if italic {
                Use::Italic
            } else {
                Use::Always
            };
            res.push(Slice {
                family: face.family.clone(),
                weight: face.weight,
                italic,
                usage,
                range: face.range.clone(),
                chars: ranges(&face.range),
                extract: face.extract,
                shipped: matches!(folder, Folder::Embedded(_)),
                bytes,
            });
        }
    }
    res
}
