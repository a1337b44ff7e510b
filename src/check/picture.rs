//! Pictures: too small, too large, not used.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::inspect::Seen;
use crate::deck::look::{Length, Look};
use crate::deck::{AssetRef, Attrs, Block, BlockKind, Frame, Image, pictures};
use crate::diag::Diagnostics;
use crate::layout::slots::lone_picture;
use crate::links;
use crate::parse::is_slide_file;
use crate::source::within;

/// How much a picture may be enlarged, in percent.
const MOST_PERCENT: u64 = 150;
/// A picture of fewer pixels from side to side is a dot or a texture, and meant.
const DOT: u32 = 16;
/// Bytes beyond which a picture is too large whatever it shows.
const MOST_BYTES: usize = 4_000_000;
/// Bytes below which nobody minds how many pixels it has.
const FEW_BYTES: usize = 1_000_000;
/// Twice the pixels of a sharp screen.
const MANY_PIXELS: u64 = 2 * 3840 * 2160;
/// Pixels that take long to unpack, however few bytes hold them.
const MOST_PIXELS: u64 = 5 * 3840 * 2160;

/// Endings of files that are pictures.
const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// Pictures that are shown too large, or hold more than is seen.
pub fn sizes(diags: &mut Diagnostics, seen: &Seen) {
    let mut large: BTreeSet<&str> = BTreeSet::new();
    for frame in &seen.plan.frames {
        for Shown { image, attrs, room } in shown(frame, seen.plan.head.size) {
            let found = frame.assets.iter().find(|asset| asset.href == image.href);
            let Some((asset, key, size)) =
                found.and_then(|asset| Some((asset, asset.key.as_deref()?, asset.size?)))
            else {
                continue;
            };
            // A film of any size is better than none; a drawing has no pixels.
            if image.medium().is_some() || key.ends_with(".svg") {
                continue;
            }
            let percent = percent(frame, (image, attrs), asset, (seen.plan.head.size, room));
            let percent = percent.filter(|_| size.0.max(size.1) >= DOT);
            if let Some(percent) = percent.filter(|percent| *percent > MOST_PERCENT) {
                diags.small_picture(image.span, size, percent as u32);
            }
            let n_bytes = seen
                .plan
                .assets
                .get(key)
                .map_or(0, |asset| asset.bytes.len());
            let n_pixels = u64::from(size.0) * u64::from(size.1);
            let is_large = n_bytes > MOST_BYTES
                || n_pixels > MOST_PIXELS
                || n_bytes > FEW_BYTES && n_pixels > MANY_PIXELS;
            if is_large && large.insert(key) {
                diags.large_picture(image.span, size, n_bytes);
            }
        }
    }
}

/// A picture on a slide.
struct Shown<'f> {
    image: &'f Image,
    /// The braces that say how large it is.
    attrs: &'f Attrs,
    /// The width of what it stands in.
    room: u32,
}

fn shown(frame: &Frame, slide: (u32, u32)) -> Vec<Shown<'_>> {
    let slots = &frame.slots;
    let whole = slide.0.saturating_sub(160);
    let own = frame.backdrop.iter().chain(&slots.picture);
    let mut res: Vec<Shown> = own
        .map(|image| Shown {
            image,
            attrs: &image.attrs,
            room: whole,
        })
        .collect();
    for (blocks, room) in [
        (&slots.body, whole),
        (&slots.left, whole / 2),
        (&slots.right, whole / 2),
    ] {
        in_blocks(blocks, room, &mut res);
    }
    res
}

fn in_blocks<'f>(blocks: &'f [Block], room: u32, res: &mut Vec<Shown<'f>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Group { name, body } if name == "columns" => {
                in_blocks(body, room / (body.len() as u32).max(1), res);
            }
            BlockKind::Group { body, .. } | BlockKind::Quote(body) => in_blocks(body, room, res),
            BlockKind::List(list) => {
                for item in &list.items {
                    in_blocks(&item.blocks, room, res);
                }
            }
            _ => {
                // The braces of a picture that is a block are the block's.
                let is_alone = lone_picture(block).is_some();
                let images = pictures(std::slice::from_ref(block)).into_iter();
                res.extend(images.map(|image| Shown {
                    image,
                    attrs: if is_alone { &block.attrs } else { &image.attrs },
                    room,
                }));
            }
        }
    }
}

/// How large a picture is shown, in percent of its own size, on a slide of
/// 1280; `None` where it is never enlarged.
fn percent(
    frame: &Frame,
    (image, attrs): (&Image, &Attrs),
    asset: &AssetRef,
    (slide, room): ((u32, u32), u32),
) -> Option<u64> {
    let (width, height) = asset.size?;
    let of = |place: u32, own: u32| u64::from(place) * 100 / u64::from(own.max(1));
    let cover = |place: (u32, u32)| of(place.0, width).max(of(place.1, height));
    let whole = |place: (u32, u32)| of(place.0, width).min(of(place.1, height));
    let is_same = |other: &Image| other.span == image.span;
    if frame.backdrop.as_ref().is_some_and(is_same) {
        return Some(cover(slide));
    }
    if frame.slots.picture.as_ref().is_some_and(is_same) {
        let has_class = |name: &str| frame.classes.iter().any(|class| class == name);
        let is_beside = !frame.slots.body.is_empty() || has_class("picture-side");
        // Beside text a picture has seven of twelve columns and the margin.
        let place = match is_beside && !has_class("picture-full") {
            true => (slide.0.saturating_sub(80) * 7 / 12 + 26, slide.1),
            false => slide,
        };
        return Some(if frame.whole_picture {
            whole((place.0.saturating_sub(80), place.1.saturating_sub(156)))
        } else {
            cover(place)
        });
    }
    match Look::of(attrs).0.width? {
        Length::Units(units) => Some(of(units, width)),
        Length::Percent(percent) => Some(of(room * percent / 100, width)),
    }
}

/// Pictures in the deck's folders that no slide shows.
pub fn unused(diags: &mut Diagnostics, seen: &Seen) {
    let used: BTreeSet<PathBuf> = seen
        .plan
        .frames
        .iter()
        .flat_map(|frame| &frame.assets)
        .filter_map(|asset| within(seen.root, &links::path_of(&asset.href)).ok())
        .collect();
    let mut folders: BTreeSet<&Path> = used.iter().filter_map(|path| path.parent()).collect();
    let is_folder = seen.files.list(seen.entry).is_some();
    if is_folder {
        folders.insert(seen.root);
    } else if is_shared(seen) {
        // Another deck beside this one may show them.
        return;
    }
    for folder in folders {
        let names = seen.files.list(folder).unwrap_or_default();
        // A theme's pictures are the theme's.
        if names.iter().any(|path| path.ends_with("theme.yaml")) {
            continue;
        }
        for path in names {
            if is_picture(&path) && !used.contains(&path) {
                diags.unused_picture(&path);
            }
        }
    }
}

/// Whether there are other Markdown files beside a deck of one file.
fn is_shared(seen: &Seen) -> bool {
    let names = seen.files.list(seen.root).unwrap_or_default();
    let is_other = |path: &&PathBuf| {
        is_slide_file(path) && !seen.sources.iter().any(|source| source.path == **path)
    };
    names.iter().any(|path| is_other(&path))
}

fn is_picture(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    !name.starts_with(['.', '_']) && ENDINGS.contains(&ending.to_lowercase().as_str())
}
