//! Pages to one HTML file that asks for nothing.
//!
//! A picture stands in the file once, however many slides show it: as the
//! `src` of its `<img>`, or, if there are several, as one SVG `<image>` that
//! each place refers to by `<use>`. Both need no script.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::deck::Asset;
use crate::escape::tag_length;
use crate::pipeline::folder_of;
use crate::render::{ASSET_SCHEME, Kind, Pages, document, frames};

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

fn html_of(pages: &Pages, kind: &Kind, folder: Option<&Path>) -> String {
    let frames = frames(pages);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, key) in pictures(&frames) {
        *uses.entry(key).or_default() += 1;
    }
    let is_shared =
        |key: &str, asset: &Asset| uses.get(key).is_some_and(|n| *n > 1) && asset.size.is_some();
    let mut shared = String::new();
    for (key, asset) in pages
        .assets
        .iter()
        .filter(|(key, asset)| is_shared(key, asset))
    {
        let (width, height) = asset.size.unwrap_or_default();
        shared += &format!(
            "<image id=\"picture-{key}\" width=\"{width}\" height=\"{height}\" href=\"{}\"/>\n",
            data_url(asset)
        );
    }
    let mut res = String::with_capacity(frames.len());
    let mut rest = 0;
    let mut players = Players::new(pages, folder);
    for (element, key) in addressed(&frames) {
        let start = element.as_ptr() as usize - frames.as_ptr() as usize;
        res += &frames[rest..start];
        rest = start + element.len();
        match pages.assets.get(key) {
            _ if !element.starts_with("<img") => res += &players.element(element),
            Some(asset) if is_shared(key, asset) => res += &reference(element, key, asset),
            Some(asset) => {
                res += &element.replace(&format!("{ASSET_SCHEME}{key}"), &data_url(asset))
            }
            None => {}
        }
    }
    res += &frames[rest..];
    if !shared.is_empty() {
        shared = format!(
            "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\">\
             <defs>\n{shared}</defs></svg>\n"
        );
    }
    document(pages, kind, res, shared)
}

/// The `<img>` elements that `render` wrote, with their keys.
fn pictures(html: &str) -> impl Iterator<Item = (&str, &str)> {
    addressed(html).filter(|(element, _)| element.starts_with("<img"))
}

/// The elements with an address that `render` wrote, with their keys. Text cannot
/// be mistaken for one: its `<` is escaped, and raw HTML loses foreign addresses.
fn addressed(html: &str) -> impl Iterator<Item = (&str, &str)> {
    const TAGS: [&str; 4] = ["<img", "<video", "<audio", "<track"];
    html.match_indices('<').filter_map(|(at, _)| {
        if !TAGS.iter().any(|tag| html[at..].starts_with(tag)) {
            return None;
        }
        let element = &html[at..at + tag_length(&html[at..])?];
        let key = element
            .split(&format!("src=\"{ASSET_SCHEME}"))
            .nth(1)?
            .split('"')
            .next()?;
        Some((element, key))
    })
}

fn data_url(asset: &Asset) -> String {
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

/// Whether a file may be replaced without asking: it does not exist, or an
/// export of ours wrote it.
pub fn may_replace(path: &Path) -> bool {
    if path.exists() && !path.is_file() && !path.is_dir() {
        return true;
    }
    match std::fs::read(path) {
        Ok(bytes) => {
            String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]).contains("content=\"Deckle ")
        }
        Err(_) => !path.exists(),
    }
}

/// Writes a file whole or not at all: into a neighbour, then renamed.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    // A rename would put a file in the place of a device, or of a link.
    if path.exists() && !path.is_file() {
        return std::fs::write(path, bytes)
            .with_context(|| format!("cannot write `{}`", path.display()));
    }
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let path = real.as_path();
    let folder = folder_of(path);
    let Some(name) = path.file_name() else {
        bail!("`{}` names no file", path.display());
    };
    let neighbour = folder.join(format!(
        ".{}.{}.tmp",
        name.to_string_lossy(),
        std::process::id()
    ));
    let written = std::fs::File::create(&neighbour)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&neighbour, path));
    if written.is_err() {
        // Nothing is lost if this fails too: the file was never named.
        let _ = std::fs::remove_file(&neighbour);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// Puts files into a folder and takes others away. Everything is written beside
/// the folder's files before the first of them is touched, so that a run that
/// is cut off has lost nothing: the texts then lie in `stage`, a folder that
/// must not be there yet.
pub fn replace(
    folder: &Path,
    stage: &Path,
    files: &[(String, Vec<u8>)],
    gone: &[String],
) -> anyhow::Result<()> {
    if files.is_empty() && gone.is_empty() {
        return Ok(());
    }
    make_folder(stage)?;
    for (name, bytes) in files {
        write(&stage.join(name), bytes)?;
    }
    for (name, _) in files {
        let path = folder.join(name);
        // A link stays one; what it leads to gets the text.
        let real = path.canonicalize().unwrap_or(path);
        std::fs::rename(stage.join(name), &real)
            .with_context(|| format!("cannot write `{}`", real.display()))?;
    }
    for name in gone {
        remove(&folder.join(name))?;
    }
    std::fs::remove_dir(stage).with_context(|| format!("cannot remove `{}`", stage.display()))
}

/// Takes a file away; one that is not there is no fault.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Takes a folder of our own away with all that is in it, as far as that goes.
pub fn remove_folder(path: &Path) {
    // What is left lies in the system's folder for such things.
    let _ = std::fs::remove_dir_all(path);
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(path)
        .with_context(|| format!("cannot make the folder `{}`", path.display()))
}
