//! Pictures without what nobody sees: where a photograph was taken, thumbnails,
//! the notes of editors, what would run. Not a point of them changes, and how
//! they are turned and what their colours mean stays.

use std::collections::BTreeMap;

use crate::cores;
use crate::deck::Asset;
use crate::source::Content;

mod jpeg;
pub mod png;
mod svg;

/// Takes out of the pictures of a deck what nobody sees.
pub fn slim(assets: &mut BTreeMap<String, Asset>) {
    let all: Vec<(&String, &Asset)> = assets.iter().collect();
    let parts = all.chunks(all.len().div_ceil(cores::count()).max(1));
    let light = cores::each(parts.collect(), |part: &[(&String, &Asset)]| {
        let lighter = |(key, asset): &(&String, &Asset)| Some(((*key).clone(), lighter(asset)?));
        part.iter().filter_map(lighter).collect::<Vec<_>>()
    });
    for (key, bytes) in light.into_iter().flatten() {
        if let Some(asset) = assets.get_mut(&key) {
            asset.bytes = Content::from(bytes);
        }
    }
}

/// The same picture in fewer bytes, if there is such.
fn lighter(asset: &Asset) -> Option<Vec<u8>> {
    if asset.linked.is_some() {
        return None;
    }
    let res = match asset.mime {
        "image/jpeg" => jpeg::lighter(&asset.bytes),
        "image/png" => png::lighter(&asset.bytes),
        "image/svg+xml" => svg::lighter(&asset.bytes),
        _ => None,
    };
    res.filter(|bytes| bytes.len() < asset.bytes.len())
}
