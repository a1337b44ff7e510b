//! Pictures in WebP in the forms that every program reads.

use std::io::Cursor;

use image_webp::WebPDecoder;
use jpeg_encoder::ColorType;

use super::shrink::{Size, shrink};
use super::{MAX_POINTS, photo, points};

/// Points of the longer side that the largest screens show.
const LONG: usize = 3_840;

/// The same picture as a photograph if it was written as one, else as PNG, and its
/// media type; `None` if it moves, is too large or is not understood.
pub fn plain(bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    decoder.set_memory_limit(MAX_POINTS as usize * 4);
    let (width, height) = decoder.dimensions();
    let (width, height) = (width as usize, height as usize);
    let size = Size { width, height };
    if decoder.is_animated() || size.count() as u64 > MAX_POINTS {
        return None;
    }
    let mut read = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut read).ok()?;
    let long = width.max(height);
    let part = |length: usize| (length * LONG.min(long) / long).max(1);
    let small = Size {
        width: part(width),
        height: part(height),
    };
    if decoder.has_alpha() {
        let points = shrink::<4>(&read, size, small, true);
        let png = points::written(&points, small, ::png::ColorType::Rgba)?;
        return Some(("image/png", png));
    }
    let points = shrink::<3>(&read, size, small, false);
    if decoder.is_lossy() {
        let profile = decoder.icc_profile().ok().flatten();
        let photo = photo::written(&points, small, ColorType::Rgb, None, profile)?;
        return Some(("image/jpeg", photo));
    }
    let png = points::written(&points, small, ::png::ColorType::Rgb)?;
    Some(("image/png", png))
}
