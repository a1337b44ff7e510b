//! Pictures with as many points as a slide shows on any screen, and no more: a
//! camera's have ten times as many.
//!
//! Photographs stay photographs, at a quality at which nobody sees that they were
//! written anew; what stood in points without loss stands so again. What is not
//! understood, moves, or would be no lighter stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cores;
use crate::deck::{Asset, Frame};
use crate::source::Content;

mod need;
mod photo;
mod points;
mod shrink;
pub mod webp;

use shrink::Size;

/// Points of a picture beyond which it is left alone: to read it takes memory.
const MAX_POINTS: u64 = 50_000_000;
/// Points side by side or above each other that every place shows.
const LARGE: u32 = 1_500;
/// How much smaller a picture has to become for it to be worth the loss.
const WORTH: f64 = 0.8;
/// Part of its bytes that a picture may have at most to be taken instead.
const LIGHTER: f64 = 0.9;

/// The pictures of a deck that have far more points than its slides show, made
/// smaller. Slides are `size` large.
pub fn scale(assets: &mut BTreeMap<String, Asset>, frames: &[Arc<Frame>], size: (u32, u32)) {
    let is_large = |asset: &Asset| asset.size.is_some_and(|(w, h)| w.max(h) > LARGE);
    // Most decks have none, and need no look at their slides.
    if !assets.values().any(is_large) {
        return;
    }
    let factors = need::factors(frames, size);
    let todo: Vec<(&String, &Asset, f64)> = assets
        .iter()
        .filter_map(|(key, asset)| Some((key, asset, *factors.get(key)?)))
        .filter(|(_, _, factor)| *factor < WORTH)
        .collect();
    let parts = todo.chunks(todo.len().div_ceil(cores::count()).max(1));
    let small = cores::each(parts.collect(), |part: &[(&String, &Asset, f64)]| {
        let small = part
            .iter()
            .filter_map(|(key, asset, factor)| Some(((*key).clone(), smaller(asset, *factor)?)));
        small.collect::<Vec<_>>()
    });
    for (key, bytes) in small.into_iter().flatten() {
        if let Some(asset) = assets.get_mut(&key) {
            // Its size is that of the picture as it is laid out, and stays.
            asset.bytes = Content::from(bytes);
        }
    }
}

/// A picture of points that each say red, green, blue and how much of them is seen.
pub fn png(points: &[u8], width: usize, height: usize) -> Option<Vec<u8>> {
    points::written(points, Size { width, height }, ::png::ColorType::Rgba)
}

/// The same picture with fewer points, if it is lighter so.
fn smaller(asset: &Asset, factor: f64) -> Option<Vec<u8>> {
    let (width, height) = asset.size?;
    let is_small = u64::from(width) * u64::from(height) <= MAX_POINTS;
    if asset.linked.is_some() || !is_small {
        return None;
    }
    let to = |size: Size| {
        let part = |length: usize| ((length as f64 * factor).round() as usize).max(1);
        Size {
            width: part(size.width),
            height: part(size.height),
        }
    };
    let res = match asset.mime {
        "image/jpeg" => photo::smaller(&asset.bytes, to),
        "image/png" => points::smaller(&asset.bytes, to),
        _ => None,
    };
    res.filter(|bytes| (bytes.len() as f64) < asset.bytes.len() as f64 * LIGHTER)
}
