//! Slides as pictures: how many a browser is shown at once, and their files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Crc;

use super::Form;
use crate::render::{GAP, LABEL, Sheet};

const CUT_JS: &str = include_str!("../../templates/cut.js");

/// The file in a folder of pictures that names those we wrote.
pub const LIST: &str = ".deckle-pictures";

/// What stands in a picture that we wrote.
pub const MARK: &str = "Made by Deckle ";

/// Pixels that a browser draws at once: more, and it takes too much memory.
const MOST_PIXELS: f64 = 32e6;
/// Pixels from top to bottom at the most; beyond twice of that it leaves out some.
const MOST_HIGH: f64 = 8_000.0;

/// How many pictures are drawn at once, each `size` by `scale` large.
pub fn at_once(size: (u32, u32), scale: f64) -> usize {
    let (width, height) = (f64::from(size.0) * scale, f64::from(size.1) * scale);
    let most = (MOST_PIXELS / (width * height)).min(MOST_HIGH / height);
    (most as usize).max(1)
}

/// All slides on one sheet: how they lie, and how large that is.
pub fn contact(n: usize, size: (u32, u32)) -> (Sheet, (u32, u32)) {
    let n = n.max(1) as u32;
    let width = match n {
        0..=60 => 352,
        61..=240 => 240,
        _ => 160,
    };
    let columns = (f64::from(n).sqrt().ceil() as u32).clamp(1, 60);
    let rows = n.div_ceil(columns);
    let height = (width * size.1).div_ceil(size.0.max(1)) + LABEL;
    let sheet = Sheet::Contact(columns, width);
    (
        sheet,
        (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP),
    )
}

/// A page that cuts a picture of so many slides and holds their files, which
/// [`cut`] reads.
pub fn cutting(png: &[u8], n: usize, form: Form) -> String {
    let (mime, quality) = match form {
        Form::Jpeg => ("image/jpeg", "0.92"),
        Form::Webp => ("image/webp", "0.92"),
        _ => ("image/png", "1"),
    };
    format!(
        "<!doctype html><html data-n=\"{n}\" data-mime=\"{mime}\" data-quality=\"{quality}\"><body>\
         <img src=\"data:image/png;base64,{}\"><script>{CUT_JS}</script></body></html>",
        STANDARD.encode(png)
    )
}

/// The files that a page of [`cutting`] holds; `None` if they are not so many.
pub fn cut(dom: &str, n: usize) -> Option<Vec<Vec<u8>>> {
    let value = dom.split("data-files=\"").nth(1)?.split('"').next()?;
    let files = value.split(' ').map(|file| STANDARD.decode(file).ok());
    let files: Vec<Vec<u8>> = files.collect::<Option<_>>()?;
    let is_whole = files.len() == n && files.iter().all(|file| !file.is_empty());
    is_whole.then_some(files)
}

/// A picture that says who made it, so that it can be renewed.
pub fn marked(bytes: Vec<u8>, form: Form) -> Vec<u8> {
    let mark = format!("{MARK}{}", env!("CARGO_PKG_VERSION"));
    // Behind the first chunk of a PNG, behind the first mark of a JPEG.
    let (place, chunk) = match form {
        Form::Png => (33, text_chunk(&mark)),
        Form::Jpeg => {
            let length = mark.len() as u16 + 2;
            (
                2,
                [&[0xff, 0xfe], &length.to_be_bytes()[..], mark.as_bytes()].concat(),
            )
        }
        _ => return bytes,
    };
    match bytes.split_at_checked(place) {
        Some((head, rest)) => [head, &chunk, rest].concat(),
        None => bytes,
    }
}

fn text_chunk(text: &str) -> Vec<u8> {
    let inner = [b"tEXt".as_slice(), b"Software\0", text.as_bytes()].concat();
    let mut sum = Crc::new();
    sum.update(&inner);
    let length = inner.len() as u32 - 4;
    [&length.to_be_bytes()[..], &inner, &sum.sum().to_be_bytes()].concat()
}

/// The name of a slide's picture, in an order in which files are listed: `007.png`,
/// or `007-02.png` for a step.
pub fn name(slide: usize, step: Option<u16>, total: usize, form: Form) -> String {
    let digits = total.to_string().len().max(3);
    let step = step.map_or_else(String::new, |step| format!("-{step:02}"));
    format!("{:0digits$}{step}.{}", slide + 1, form.name())
}
