//! Finds the pictures that slides name. Films and sounds are found by `media`.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{exif, film, media};
use crate::deck::{
    Asset, AssetRef, Attrs, Frame, Image, Medium, pictures, pictures_in_line, raw_html,
};
use crate::diag::Diagnostics;
use crate::escape::tag_length;
use crate::links;
use crate::source::{Content, FileError, Files, Part};

/// Points of a picture beyond which browsers show nothing, or take a gigabyte.
const MAX_POINTS: u64 = 200_000_000;

/// Reads each picture once, however many slides show it.
pub struct Finder<'a> {
    pub files: &'a dyn Files,
    pub root: &'a Path,
    found: BTreeMap<String, Found>,
    assets: BTreeMap<String, Asset>,
}

/// What is at an address.
#[derive(Clone)]
pub enum Found {
    /// What was asked for.
    Picture(AssetRef),
    /// Something on the web.
    Remote,
    /// Something else.
    NotAPicture,
    /// A picture of so many points that no browser shows it.
    Huge((u32, u32)),
    /// Nothing that can be read.
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

    /// Finds every picture of a slide.
    pub fn all_of(&mut self, diags: &mut Diagnostics, frame: &Frame) -> Vec<AssetRef> {
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
            let own = self.find(diags, image);
            let beside = image.medium().is_some();
            let beside = beside.then(|| self.find_beside(diags, image));
            for asset in std::iter::once(own).chain(beside.into_iter().flatten()) {
                if !assets.contains(&asset) {
                    assets.push(asset);
                }
            }
        }
        assets
    }

    /// Finds one picture, film or sound.
    pub fn find(&mut self, diags: &mut Diagnostics, image: &Image) -> AssetRef {
        let what = image.medium().map_or("picture", Medium::name);
        let found = match self.found.get(&image.href) {
            Some(found) => found.clone(),
            None => {
                let found = self.read(&image.href);
                self.found.insert(image.href.clone(), found.clone());
                found
            }
        };
        match found {
            Found::Picture(asset) => {
                let found = asset.key.as_ref().and_then(|key| self.assets.get(key));
                if let Some(part) = found.and_then(|asset| asset.linked.as_ref()) {
                    diags.linked_film(image.span, &image.href, part.length);
                }
                return asset;
            }
            Found::Remote => diags.remote_picture(image.span, what, &image.href),
            Found::Huge(size) => diags.huge_picture(image.span, &image.href, size),
            Found::NotAPicture if image.medium().is_some() => {
                diags.unplayable(image.span, &image.href);
            }
            Found::NotAPicture => diags.not_a_picture(image.span, &image.href),
            Found::Fault(error) => {
                let near = links::other_case(self.files, self.root, &image.href);
                let near = near
                    .as_ref()
                    .filter(|_| error == FileError::Missing)
                    .map(|(wrong, near)| (wrong.as_str(), near.as_str()));
                diags.missing_picture(image.span, what, &image.href, &error, near);
            }
        }
        AssetRef {
            href: image.href.clone(),
            key: None,
            size: None,
        }
    }

    /// Keeps what was found under a key made of its bytes, or of what is known of
    /// a file that was not read whole.
    pub fn keep(
        &mut self,
        href: &str,
        (mime, extension): (&'static str, &str),
        bytes: Content,
        linked: Option<Part>,
    ) -> AssetRef {
        let hex = match &linked {
            Some(part) => format!("{:016x}", part.print),
            None => {
                let first = bytes.digest().iter().take(8);
                first.map(|byte| format!("{byte:02x}")).collect()
            }
        };
        let key = format!("{hex}.{extension}");
        let size = match mime.split('/').next() {
            Some("image") => size_of(&bytes, extension),
            Some("video") => film::size(&bytes),
            _ => None,
        };
        let asset = Asset {
            mime,
            bytes,
            linked,
            size,
        };
        self.assets.insert(key.clone(), asset);
        AssetRef {
            href: href.to_string(),
            key: Some(key),
            size,
        }
    }

    fn read(&mut self, href: &str) -> Found {
        if href.starts_with("http:") || href.starts_with("https:") || href.starts_with("//") {
            return Found::Remote;
        }
        if let Some(kind) = Medium::of(href) {
            return media::find(self, href, kind);
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
        match size_of(&bytes, extension) {
            Some((width, height))
                if extension != "svg" && u64::from(width) * u64::from(height) > MAX_POINTS =>
            {
                Found::Huge((width, height))
            }
            _ => Found::Picture(self.keep(href, (mime, extension), bytes, None)),
        }
    }
}

/// Width and height of a picture as it is shown, if it says so.
fn size_of(bytes: &[u8], extension: &str) -> Option<(u32, u32)> {
    imagesize::blob_size(bytes)
        .ok()
        .map(|size| (size.width as u32, size.height as u32))
        .map(
            |(width, height)| match extension == "jpg" && exif::is_turned(bytes) {
                true => (height, width),
                false => (width, height),
            },
        )
        .or_else(|| (extension == "svg").then(|| svg_size(bytes)).flatten())
        .filter(|(width, height)| *width > 0 && *height > 0)
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
