//! Pictures in points without loss: screenshots, drawings, what is seen through.

use std::collections::HashMap;
use std::io::Cursor;

use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter, Limits, Transformations};

use super::MAX_POINTS;
use super::shrink::{Size, shrink};
use crate::export::slim::png as parts;

/// The same picture with fewer points.
pub fn smaller(bytes: &[u8], to: impl Fn(Size) -> Size) -> Option<Vec<u8>> {
    // One that moves is a film, and its first picture not all of it.
    if parts::moves(bytes) {
        return None;
    }
    let limits = Limits {
        bytes: MAX_POINTS as usize * 4,
    };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let size = Size {
        width: reader.info().width as usize,
        height: reader.info().height as usize,
    };
    if size.count() as u64 > MAX_POINTS {
        return None;
    }
    let mut points = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut points).ok()?;
    points.truncate(info.buffer_size());
    let n_bytes = info.color_type.samples();
    if info.bit_depth != BitDepth::Eight || points.len() != size.count() * n_bytes {
        return None;
    }
    let small = to(size);
    let points = match n_bytes {
        1 => shrink::<1>(&points, size, small, false),
        2 => shrink::<2>(&points, size, small, true),
        3 => shrink::<3>(&points, size, small, false),
        _ => shrink::<4>(&points, size, small, true),
    };
    let written = written(&points, small, info.color_type)?;
    parts::dressed(&written, bytes)
}

/// A picture of points in the fewest bytes that keep each of them.
pub fn written(points: &[u8], size: Size, kind: ColorType) -> Option<Vec<u8>> {
    let indexed = match kind {
        ColorType::Rgb => indexed::<3>(points, size),
        ColorType::Rgba => indexed::<4>(points, size),
        ColorType::Grayscale | ColorType::GrayscaleAlpha | ColorType::Indexed => None,
    };
    match indexed {
        Some(indexed) => Some(indexed),
        None => {
            let mut res = Vec::new();
            let mut encoder = encoder(&mut res, size)?;
            encoder.set_color(kind);
            encoder.set_filter(Filter::Adaptive);
            let mut writer = encoder.write_header().ok()?;
            writer.write_image_data(points).ok()?;
            writer.finish().ok()?;
            Some(res)
        }
    }
}

fn encoder(res: &mut Vec<u8>, size: Size) -> Option<Encoder<'_, &mut Vec<u8>>> {
    let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
    let mut encoder = Encoder::new(res, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    Some(encoder)
}

/// The same with a list of its colours, if there are no more than a byte can name.
fn indexed<const N: usize>(points: &[u8], size: Size) -> Option<Vec<u8>> {
    let mut known: HashMap<[u8; N], u8> = HashMap::new();
    let mut indices = Vec::with_capacity(size.count());
    for point in points.chunks_exact(N) {
        let point: [u8; N] = point.try_into().ok()?;
        let n_known = known.len();
        let index = match known.get(&point) {
            Some(index) => *index,
            None => {
                let index = u8::try_from(n_known).ok()?;
                known.insert(point, index);
                index
            }
        };
        indices.push(index);
    }
    let mut colours: Vec<([u8; N], u8)> = known.into_iter().collect();
    colours.sort_unstable_by_key(|(_, index)| *index);
    let palette: Vec<u8> = colours
        .iter()
        .flat_map(|(colour, _)| colour[..3].to_vec())
        .collect();
    let mut res = Vec::new();
    let mut encoder = encoder(&mut res, size)?;
    encoder.set_color(ColorType::Indexed);
    encoder.set_palette(palette);
    if N == 4 {
        encoder.set_trns(
            colours
                .iter()
                .map(|(colour, _)| colour[N - 1])
                .collect::<Vec<u8>>(),
        );
    }
    // What is next to each other in a list of colours is not alike.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indices).ok()?;
    writer.finish().ok()?;
    Some(res)
}
