//! Finds the pictures that slides name.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::exif;
use crate::deck::{Asset, AssetRef, Attrs, Frame, Image, pictures, pictures_in_line, raw_html};
use crate::diag::Diagnostics;
use crate::escape::tag_length;
use crate::links;
use crate::source::{Content, FileError, Files};

/// Reads each picture once, however many slides show it.
pub struct Finder<'a> {
    files: &'a dyn Files,
    root: &'a Path,
    found: BTreeMap<String, Found>,
    assets: BTreeMap<String, Asset>,
}

#[derive(Clone)]
enum Found {
    Picture(AssetRef),
    Remote,
    NotAPicture,
    Fault(FileError),
}

impl<'a> Finder<'a> {
    /// Pictures are looked for below `root` and nowhere else.
    pub fn new(files: &'a dyn Files, root: &'a Path) -> Self {
        Finder {
            files,
            root,
            found: BTreeMap::new(),
            assets: BTreeMap::new(),
        }
    }

    /// All pictures found, by key.
    pub fn finish(self) -> BTreeMap<String, Asset> {
        self.assets
    }

    /// Finds every picture of a slide and notes it in the frame.
    pub fn find_all(&mut self, diags: &mut Diagnostics, frame: &mut Frame) {
        let mut images: Vec<&Image> = frame.backdrop.iter().chain(&frame.slots.picture).collect();
        let notes = frame.footnotes.iter();
        for inlines in [&frame.title, &frame.slots.source, &frame.slots.figure]
            .into_iter()
            .chain(notes)
        {
            images.extend(pictures_in_line(inlines));
        }
        for blocks in [
            &frame.slots.body,
            &frame.slots.left,
            &frame.slots.right,
            &frame.notes,
        ] {
            images.extend(pictures(blocks));
        }
        let in_html: Vec<Image> = [
            &frame.slots.body,
            &frame.slots.left,
            &frame.slots.right,
            &frame.notes,
        ]
        .into_iter()
        .flat_map(|blocks| raw_html(blocks))
        .flat_map(|(html, span)| sources_in(html).map(move |href| (href, span)))
        .map(|(href, span)| Image {
            href,
            alt: String::new(),
            title: String::new(),
            attrs: Attrs::default(),
            step: 0,
            span,
        })
        .collect();
        images.extend(&in_html);
        let mut assets: Vec<AssetRef> = Vec::new();
        for image in images {
            let asset = self.find(diags, image);
            if !assets.contains(&asset) {
                assets.push(asset);
            }
        }
        frame.assets = assets;
    }

    fn find(&mut self, diags: &mut Diagnostics, image: &Image) -> AssetRef {
        let found = match self.found.get(&image.href) {
            Some(found) => found.clone(),
            None => {
                let found = self.read(&image.href);
                self.found.insert(image.href.clone(), found.clone());
                found
            }
        };
        match found {
            Found::Picture(asset) => return asset,
            Found::Remote => diags.remote_picture(image.span, &image.href),
            Found::NotAPicture => diags.not_a_picture(image.span, &image.href),
            Found::Fault(error) => {
                let near = links::other_case(self.files, self.root, &image.href);
                let near = near
                    .as_ref()
                    .filter(|_| error == FileError::Missing)
                    .map(|(wrong, near)| (wrong.as_str(), near.as_str()));
                diags.missing_picture(image.span, &image.href, &error, near);
            }
        }
        AssetRef {
            href: image.href.clone(),
            key: None,
            size: None,
        }
    }

    fn read(&mut self, href: &str) -> Found {
        if href.starts_with("http:") || href.starts_with("https:") || href.starts_with("//") {
            return Found::Remote;
        }
        let bytes = match href.strip_prefix("data:") {
            Some(data) => match data
                .split_once(";base64,")
                .map(|(_, body)| STANDARD.decode(body.trim()))
            {
                Some(Ok(bytes)) => Content::from(bytes),
                _ => return Found::NotAPicture,
            },
            None => match self.files.read_within(self.root, &links::path_of(href)) {
                Ok(bytes) => bytes,
                Err(error) => return Found::Fault(error),
            },
        };
        let Some((mime, extension)) = kind(&bytes) else {
            return Found::NotAPicture;
        };
        let hex: String = bytes
            .digest()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let key = format!("{hex}.{extension}");
        let size = imagesize::blob_size(&bytes)
            .ok()
            .map(|size| (size.width as u32, size.height as u32))
            .map(
                |(width, height)| match extension == "jpg" && exif::is_turned(&bytes) {
                    true => (height, width),
                    false => (width, height),
                },
            )
            .or_else(|| (extension == "svg").then(|| svg_size(&bytes)).flatten())
            .filter(|(width, height)| *width > 0 && *height > 0);
        self.assets.insert(key.clone(), Asset { mime, bytes, size });
        Found::Picture(AssetRef {
            href: href.to_string(),
            key: Some(key),
            size,
        })
    }
}

/// The addresses of `<img>` elements in raw HTML. A rough reading: what it
/// misses is not shown, and what it finds is still only a name to look for.
fn sources_in(html: &str) -> impl Iterator<Item = String> {
    html.match_indices("<img").filter_map(|(at, _)| {
        let element = &html[at..at + tag_length(&html[at..])?];
        let value = element.split("src=").nth(1)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let href = match quote {
            Some(quote) => value[1..].split(quote).next()?,
            None => value.split([' ', '/', '>']).next()?,
        };
        (!href.is_empty()).then(|| href.to_string())
    })
}

/// Media type and extension, told by the first bytes and not by the name.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let is_svg = || {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]);
        start.contains("<svg")
    };
    Some(match bytes {
        [0x89, b'P', b'N', b'G', ..] => ("image/png", "png"),
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", "jpg"),
        [b'G', b'I', b'F', b'8', ..] => ("image/gif", "gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => ("image/webp", "webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => ("image/avif", "avif"),
        _ if is_svg() => ("image/svg+xml", "svg"),
        _ => return None,
    })
}

/// Width and height of an SVG by its `viewBox`, else by its attributes, rounded;
/// only their ratio matters.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(bytes);
    let root = text.get(text.find("<svg")?..)?.split('>').next()?;
    view_box(root).or_else(|| Some((svg_length(root, "width")?, svg_length(root, "height")?)))
}

/// A length in pixels; one in percent says nothing about the drawing.
fn svg_length(root: &str, name: &str) -> Option<u32> {
    let value = root.split([' ', '\t', '\n', '\r']).find_map(|word| {
        let value = word.strip_prefix(name)?.strip_prefix('=')?;
        Some(value.trim_matches(['"', '\'', '/']))
    })?;
    let digits = value.strip_suffix("px").unwrap_or(value);
    let number: f64 = digits.parse().ok()?;
    Some(number.round().clamp(0.0, 1e6) as u32)
}

fn view_box(root: &str) -> Option<(u32, u32)> {
    let values = root
        .split("viewBox=")
        .nth(1)?
        .get(1..)?
        .split(['"', '\''])
        .next()?;
    let mut values = values
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .skip(2);
    let mut next = || {
        values
            .next()?
            .parse::<f64>()
            .ok()
            .map(|value| value.round().clamp(0.0, 1e6) as u32)
    };
    Some((next()?, next()?))
}
