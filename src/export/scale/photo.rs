//! Photographs: read, made smaller and written again, turned and coloured as they
//! were.

use std::io::Cursor;

use jpeg_encoder::{ColorType, Encoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::shrink::{Size, shrink};
use crate::layout::exif;

/// How good a photograph is written, of 100: where eyes stop telling it apart.
const QUALITY: u8 = 85;
/// Passes in which a photograph may stand: more are there to keep us busy.
const MAX_SCANS: usize = 64;

/// The same photograph with fewer points.
pub fn smaller(bytes: &[u8], to: impl Fn(Size) -> Size) -> Option<Vec<u8>> {
    let options = DecoderOptions::default()
        .jpeg_set_max_scans(MAX_SCANS)
        .set_max_width(65_535)
        .set_max_height(65_535);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (space, kind) = match decoder.input_colorspace()? {
        ColorSpace::Luma => (ColorSpace::Luma, ColorType::Luma),
        ColorSpace::YCbCr | ColorSpace::RGB => (ColorSpace::RGB, ColorType::Rgb),
        // Colours for print are left to those who know them.
        _ => return None,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let points = decoder.decode().ok()?;
    let info = decoder.info()?;
    let size = Size {
        width: usize::from(info.width),
        height: usize::from(info.height),
    };
    let n_bytes = if kind == ColorType::Luma { 1 } else { 3 };
    if points.len() != size.count() * n_bytes {
        return None;
    }
    let small = to(size);
    let points = match n_bytes {
        1 => shrink::<1>(&points, size, small, false),
        _ => shrink::<3>(&points, size, small, false),
    };
    let turn = exif::orientation(bytes).and_then(exif::saying);
    written(&points, small, kind, turn, decoder.icc_profile())
}

/// A picture of points as a photograph, which says how it is turned and by which
/// profile its colours are meant.
pub fn written(
    points: &[u8],
    size: Size,
    kind: ColorType,
    turn: Option<Vec<u8>>,
    profile: Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let mut res = Vec::new();
    let mut encoder = Encoder::new(&mut res, QUALITY);
    encoder.set_optimized_huffman_tables(true);
    if let Some(turn) = turn {
        encoder
            .add_app_segment(1, [&b"Exif\0\0"[..], &turn].concat())
            .ok()?;
    }
    if let Some(profile) = profile {
        encoder.add_icc_profile(&profile).ok()?;
    }
    let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
    encoder.encode(points, width, height, kind).ok()?;
    Some(res)
}
