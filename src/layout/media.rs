//! Finds films and sounds, and what stands beside them: a picture to show before
//! they play, and captions.

use super::assets::{Finder, Found};
use crate::deck::{AssetRef, Attrs, Image, Medium};
use crate::diag::Diagnostics;
use crate::links;
use crate::source::{FileError, Long};

/// Bytes of a file beyond which an export links to it and nobody holds it in
/// memory.
pub const MAX_EMBEDDED: u64 = 16_000_000;

/// Captions of a film of many hours are shorter than this.
const MAX_CAPTIONS: usize = 1024 * 1024;

/// A film or sound; one that is long is not read but for its first bytes.
pub fn find(finder: &mut Finder<'_>, href: &str, kind: (Medium, &str, &'static str)) -> Found {
    let (_, ending, mime) = kind;
    let path = links::path_of(href);
    let file = finder
        .files
        .read_long_within(finder.root, &path, MAX_EMBEDDED);
    let (bytes, part) = match file {
        Ok(Long::Whole(bytes)) => (bytes, None),
        Ok(Long::Part(part)) => (part.start.clone(), Some(part)),
        Err(error) => return Found::Fault(error),
    };
    if !is_playable(&bytes) {
        return Found::NotAPicture;
    }
    Found::Picture(finder.keep(href, (mime, ending), bytes, part))
}

/// Whether a file begins as those do that browsers play. Which of its tracks a
/// browser knows is for the browser to say.
fn is_playable(bytes: &[u8]) -> bool {
    match bytes {
        // MP4, and MP4 of sound alone.
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => true,
        // WebM is Matroska, which is EBML.
        [0x1a, 0x45, 0xdf, 0xa3, ..] => true,
        [b'O', b'g', b'g', b'S', ..] | [b'f', b'L', b'a', b'C', ..] => true,
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
            b'A',
            b'V',
            b'E',
            ..,
        ] => true,
        // MP3 behind its tags or at once, AAC.
        [b'I', b'D', b'3', ..] => true,
        [0xff, second, ..] => second & 0xe0 == 0xe0,
        _ => false,
    }
}

impl Finder<'_> {
    /// The picture in front of a film and its captions, as far as it names them.
    pub fn find_beside(&mut self, diags: &mut Diagnostics, film: &Image) -> Vec<AssetRef> {
        let mut res = Vec::new();
        if let Some(href) = film.attrs.get("poster") {
            let poster = Image {
                href: href.to_string(),
                alt: String::new(),
                title: String::new(),
                attrs: Attrs::default(),
                step: 0,
                span: film.span,
            };
            // A film before the film would need one of its own.
            match poster.medium() {
                Some(_) => diags.not_a_picture(film.span, href),
                None => res.push(self.find(diags, &poster)),
            }
        }
        if let Some(href) = film.attrs.get("captions") {
            match self.captions(href) {
                Ok(found) => res.push(found),
                Err(why) => diags.bad_captions(film.span, href, &why),
            }
        }
        res
    }

    fn captions(&mut self, href: &str) -> Result<AssetRef, String> {
        let bytes = self.files.read_within(self.root, &links::path_of(href));
        let bytes = bytes.map_err(|error| error.to_string())?;
        if bytes.len() > MAX_CAPTIONS {
            return Err(FileError::TooLong(MAX_CAPTIONS).to_string());
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| "it is not UTF-8")?;
        let text = text.trim_start_matches('\u{feff}');
        let is_vtt = text
            .strip_prefix("WEBVTT")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
        if !is_vtt {
            return Err("it does not begin with `WEBVTT`".into());
        }
        Ok(self.keep(href, ("text/vtt", "vtt"), bytes, None))
    }
}
