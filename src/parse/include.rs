//! `include: other.md#2-5`: slides of another file in the place of a slide.

use std::ops::RangeInclusive;
use std::path::{Component, Path, PathBuf};

use super::{Split, add_source, file};
use crate::deck::Slide;
use crate::deck::settings::{DeckSettings, SlideSettings};
use crate::diag::Diagnostics;
use crate::kept::Kept;
use crate::source::{FileError, Files, Sources, Spanned, within};

/// Files that include each other beyond which no further is read.
const MAX_DEPTH: usize = 8;

/// Files and bytes that one deck may include.
const MAX_FILES: usize = 500;
/// See [`MAX_FILES`].
const MAX_BYTES: usize = 32_000_000;
/// Slides in included files beyond which no further file is read.
const MAX_SLIDES: usize = 5_000;

/// Reads what slides include.
pub struct Includer<'a> {
    diags: &'a mut Diagnostics,
    files: &'a dyn Files,
    sources: &'a mut Sources,
    root: &'a Path,
    /// The files that are being read, the outermost first.
    open: Vec<PathBuf>,
    n_files: usize,
    n_bytes: usize,
    n_slides: usize,
}

impl<'a> Includer<'a> {
    /// Files are looked for below `root` and nowhere else.
    pub fn new(
        diags: &'a mut Diagnostics,
        files: &'a dyn Files,
        sources: &'a mut Sources,
        root: &'a Path,
    ) -> Self {
        Includer {
            diags,
            files,
            sources,
            root,
            open: Vec::new(),
            n_files: 0,
            n_bytes: 0,
            n_slides: 0,
        }
    }

    /// The slides of a file of the deck with those it includes.
    pub fn expand_file(&mut self, path: &Path, slides: Vec<Slide>) -> Vec<Slide> {
        self.open = vec![plain(path)];
        self.expand(slides)
    }

    fn expand(&mut self, slides: Vec<Slide>) -> Vec<Slide> {
        if slides.iter().all(|slide| slide.settings.include.is_none()) {
            return slides;
        }
        let mut res = Vec::with_capacity(slides.len());
        for mut slide in slides {
            let wanted = slide.settings.include.take();
            let is_empty = slide.blocks.is_empty() && slide.notes.is_empty();
            let Some(wanted) = wanted.filter(|wanted| !wanted.value.trim().is_empty()) else {
                res.push(slide);
                continue;
            };
            // A slide that says something stands in front of what it includes.
            if !is_empty {
                res.push(slide);
            }
            res.extend(self.include(&wanted));
        }
        res
    }

    fn include(&mut self, wanted: &Spanned<String>) -> Vec<Slide> {
        let (name, range) = match wanted.value.split_once('#') {
            Some((name, range)) => (name.trim(), Some(range.trim())),
            None => (wanted.value.trim(), None),
        };
        let mut slides = match self.read(name, wanted) {
            Some(slides) => slides,
            None => return Vec::new(),
        };
        if let Some(range) = range {
            let n_slides = slides.len();
            match range_of(range, n_slides) {
                Some(range) => slides = slides.drain(range).collect(),
                None => self.diags.bad_range(wanted.span, range, n_slides),
            }
        }
        slides
    }

    fn read(&mut self, name: &str, wanted: &Spanned<String>) -> Option<Vec<Slide>> {
        let ending = Path::new(name).extension().unwrap_or_default();
        if !ending.eq_ignore_ascii_case("md") && !ending.eq_ignore_ascii_case("markdown") {
            let error = FileError::Other("it is no Markdown file".into());
            self.diags.missing_include(wanted.span, name, &error);
            return None;
        }
        let path = match within(self.root, name) {
            Ok(path) => path,
            Err(error) => {
                self.diags.missing_include(wanted.span, name, &error);
                return None;
            }
        };
        if self.open.contains(&plain(&path)) {
            self.diags.include_cycle(wanted.span, name);
            return None;
        }
        let is_much =
            self.n_files >= MAX_FILES || self.n_bytes > MAX_BYTES || self.n_slides > MAX_SLIDES;
        if is_much || self.open.len() > MAX_DEPTH {
            self.diags.too_many_includes(wanted.span, name);
            return None;
        }
        let bytes = match self.files.read_within(self.root, name) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.diags.missing_include(wanted.span, name, &error);
                return None;
            }
        };
        self.n_files += 1;
        self.n_bytes += bytes.len();
        let id = add_source(self.diags, self.sources, &path, &bytes)?;
        // What it says of itself as a deck is not asked here, only how it is split.
        let mut own = DeckSettings::default();
        let how = (Split::of_file_alone(), &Kept::default());
        let (slides, n_unread) = file(self.diags, self.sources.get(id), Some(&mut own), how);
        self.n_slides += slides.len() + n_unread;
        self.open.push(plain(&path));
        let slides = self.expand(slides);
        self.open.pop();
        Some(slides.into_iter().filter(says_something).collect())
    }
}

fn says_something(slide: &Slide) -> bool {
    !slide.blocks.is_empty()
        || !slide.notes.is_empty()
        || slide.settings != SlideSettings::default()
}

/// A path without `.`, so that two spellings of one file are equal.
fn plain(path: &Path) -> PathBuf {
    path.components()
        .filter(|component| *component != Component::CurDir)
        .collect()
}

/// `3`, `2-5`, `2-` or `-5`, counted from 1, as indices.
fn range_of(text: &str, n_slides: usize) -> Option<RangeInclusive<usize>> {
    let number = |text: &str, default: usize| match text.trim() {
        "" => Some(default),
        digits => digits.parse::<usize>().ok(),
    };
    if text.trim_matches('-').is_empty() {
        return None;
    }
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (number(from, 1)?, number(to, n_slides)?),
        None => (number(text, 1)?, number(text, 1)?),
    };
    (1 <= from && from <= to && to <= n_slides).then(|| from - 1..=to - 1)
}
