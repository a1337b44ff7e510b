//! Pages to one HTML file that asks for nothing.
//!
//! A picture stands in the file once, however many slides show it: as the
//! `src` of its `<img>`, or, if there are several, as one SVG `<image>` that
//! each place refers to by `<use>`. Both need no script.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use memchr::memmem::Finder;

use crate::deck::Asset;
use crate::escape::tag_length;
use crate::render::{ASSET_SCHEME, Frames, Kind, Pages, Paper, document, shown};

mod players;

use players::Players;

/// The deck as one document, wherever that will lie.
pub fn html(pages: &Pages) -> String {
    html_of(pages, &Kind::Export, None)
}

/// The deck as one document in a folder, from which it links to what is too long
/// to be in it.
pub fn html_for(pages: &Pages, folder: Option<&Path>) -> String {
    html_of(pages, &Kind::Export, folder)
}

/// The same for a browser that only measures it.
pub fn measuring(pages: &Pages) -> String {
    html_of(pages, &Kind::Measure, None)
}

/// The same for a browser that prints it or takes its picture.
pub fn on_paper(pages: &Pages, paper: Paper) -> String {
    html_of(pages, &Kind::Paper(paper), None)
}

/// What the tags of shared pictures, of [`reference`] and of [`Players`] may be known
/// by to a style sheet.
const SHARED: &str = "<svg class=\"picture\" width height style role=\"img\" aria-label \
                      aria-hidden=\"true\" viewBox preserveAspectRatio><use href><defs>\
                      <image id width height href>";
const PLAYER: &str = "<video data-media data-same data-part>";

fn html_of(pages: &Pages, kind: &Kind, folder: Option<&Path>) -> String {
    let addresses = Addresses::default();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut plays = false;
    for (_, _, section) in shown(pages, kind) {
        for (element, key) in addresses.of(section) {
            match element.starts_with("<img") {
                true => *uses.entry(key).or_default() += 1,
                false => plays = true,
            }
        }
    }
    let is_shared =
        |key: &str, asset: &Asset| uses.get(key).is_some_and(|n| *n > 1) && asset.size.is_some();
    let (mut shared, mut alone) = (String::new(), 0);
    for (key, asset) in &pages.assets {
        if is_shared(key, asset) {
            let (width, height) = asset.size.unwrap_or_default();
            shared += &format!(
                "<image id=\"picture-{key}\" width=\"{width}\" height=\"{height}\" href=\"{}\"/>\n",
                data_url(asset)
            );
        } else {
            alone += asset.bytes.len().div_ceil(3) * 4;
        }
    }
    let mut players = Players::new(pages, folder);
    let write = |res: &mut String, section: &str| {
        let mut rest = 0;
        for (element, key) in addresses.of(section) {
            let start = element.as_ptr() as usize - section.as_ptr() as usize;
            *res += &section[rest..start];
            rest = start + element.len();
            match pages.assets.get(key) {
                _ if !element.starts_with("<img") => *res += &players.element(element),
                Some(asset) if is_shared(key, asset) => *res += &reference(element, key, asset),
                Some(asset) => {
                    *res += &element.replace(&format!("{ASSET_SCHEME}{key}"), &data_url(asset));
                }
                None => {}
            }
        }
        *res += &section[rest..];
    };
    let mut frames = Frames::new(pages, kind, write).longer_by(alone);
    if !shared.is_empty() {
        frames = frames.with(SHARED);
        shared = format!(
            "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\">\
             <defs>\n{shared}</defs></svg>\n"
        );
    }
    if plays {
        frames = frames.with(PLAYER);
    }
    document(pages, kind, &frames, shared)
}

/// Finds the elements with an address that `render` wrote.
struct Addresses(Finder<'static>);

impl Default for Addresses {
    fn default() -> Self {
        let mark = format!("src=\"{ASSET_SCHEME}");
        Addresses(Finder::new(&mark).into_owned())
    }
}

impl Addresses {
    /// These elements, with their keys. Text cannot be mistaken for one: its `<` is
    /// escaped, and raw HTML loses foreign addresses.
    fn of<'h>(&self, html: &'h str) -> impl Iterator<Item = (&'h str, &'h str)> {
        const TAGS: [&str; 4] = ["<img", "<video", "<audio", "<track"];
        let is_ours = |at: &usize| TAGS.iter().any(|tag| html[*at..].starts_with(tag));
        let mut rest = 0;
        std::iter::from_fn(move || {
            loop {
                let found = rest + self.0.find(&html.as_bytes()[rest..])?;
                let front = &html[rest..found];
                let mut starts = front.rmatch_indices('<').map(|(at, _)| rest + at);
                let start = starts.find(is_ours);
                rest = found + self.0.needle().len();
                let Some(start) = start else { continue };
                let element = &html[start..start + tag_length(&html[start..])?];
                if found < start + element.len() {
                    return Some((element, html[rest..].split('"').next()?));
                }
            }
        })
    }
}

/// A file as an address that holds it.
pub fn data_url(asset: &Asset) -> String {
    format!(
        "data:{};base64,{}",
        asset.mime,
        STANDARD.encode(&asset.bytes)
    )
}

/// The same picture as a reference to its one copy.
fn reference(element: &str, key: &str, asset: &Asset) -> String {
    let attribute = |name: &str| {
        element
            .split(&format!(" {name}=\""))
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
    };
    let (width, height) = asset.size.unwrap_or_default();
    let class = attribute("class");
    let style = attribute("style");
    let has_class = |name: &str| class.split(' ').any(|own| own == name);
    let fit = if has_class("cover") || has_class("backdrop") {
        format!(" preserveAspectRatio=\"{} slice\"", focus(style))
    } else if has_class("whole") || has_class("in-line") {
        String::new()
    } else {
        // As an `<img>` stands: at the left and at the top of its place.
        " preserveAspectRatio=\"xMinYMin meet\"".to_string()
    };
    let style = match style {
        "" => String::new(),
        style => format!(" style=\"{style}\""),
    };
    let alt = attribute("alt");
    let name = if alt.is_empty() {
        "aria-hidden=\"true\"".to_string()
    } else {
        format!("role=\"img\" aria-label=\"{alt}\"")
    };
    format!(
        "<svg class=\"{}\"{style} {name} viewBox=\"0 0 {width} {height}\"{fit}><use href=\"#picture-{key}\"/></svg>",
        format!("picture {class}").trim_end()
    )
}

/// The third of a drawing in which `object-position:30% 70%` lies, as SVG says it.
fn focus(style: &str) -> String {
    let position = style.split("object-position:").nth(1).unwrap_or_default();
    let mut parts = position
        .split([' ', '%', ';'])
        .filter_map(|part| part.parse::<u32>().ok());
    let mut third = || match parts.next().unwrap_or(50) {
        0..=33 => "Min",
        34..=66 => "Mid",
        _ => "Max",
    };
    format!("x{}Y{}", third(), third())
}
