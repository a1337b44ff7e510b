//! The frames of a page: each slide in the element that the stage shows.

use std::cell::RefCell;
use std::fmt;

use super::fonts::Tags;
use super::page::Kind;
use super::{ASSET_SCHEME, Pages};

/// The slides that a page of this kind shows: the place of each in the deck, its
/// key and its section.
pub fn shown<'p>(
    pages: &'p Pages,
    kind: &'p Kind,
) -> impl Iterator<Item = (usize, &'p str, &'p str)> {
    let is_shown = |at: &usize| match kind {
        Kind::Paper(paper) => paper.slides.contains(at),
        _ => true,
    };
    let slides = pages.order.iter().enumerate();
    slides.filter(move |(at, _)| is_shown(at)).map(|(at, key)| {
        let section = pages.sections.get(key).map_or("", |section| section);
        (at, key.as_str(), section)
    })
}

/// Adds a section with what takes the place of its pictures.
type Write<'p> = dyn FnMut(&mut String, &str) + 'p;

/// Bytes of a frame around its section, about.
const AROUND: usize = 200;

/// The frames of these slides, written into a page one by one: all of them at
/// once would be the whole page once more.
pub struct Frames<'p> {
    pages: &'p Pages,
    kind: &'p Kind,
    /// Adds a section to the page.
    write: RefCell<Box<Write<'p>>>,
    /// Bytes that `write` adds to the sections, about.
    more: usize,
    /// Tags that `write` adds to them.
    tags: Vec<&'static str>,
}

impl<'p> Frames<'p> {
    /// The frames around the sections as `write` adds them.
    pub fn new(
        pages: &'p Pages,
        kind: &'p Kind,
        write: impl FnMut(&mut String, &str) + 'p,
    ) -> Self {
        Frames {
            pages,
            kind,
            write: RefCell::new(Box::new(write)),
            more: 0,
            tags: Vec::new(),
        }
    }

    /// The same for a server, whose addresses `place` puts in.
    pub fn served(pages: &'p Pages, kind: &'p Kind, place: fn(&str) -> String) -> Self {
        Frames::new(pages, kind, move |res, section| *res += &place(section))
    }

    /// The same if `write` adds so many bytes in all, about.
    pub fn longer_by(self, more: usize) -> Self {
        Frames { more, ..self }
    }

    /// The same if `write` adds tags like this one.
    pub fn with(mut self, tag: &'static str) -> Self {
        self.tags.push(tag);
        self
    }

    /// Bytes of all frames, about.
    pub fn length(&self) -> usize {
        let sections = shown(self.pages, self.kind).map(|(_, _, section)| section.len() + AROUND);
        sections.sum::<usize>() + self.more
    }

    /// HTML with all that a style sheet can select in the frames.
    pub fn markup(&self) -> impl Iterator<Item = &'p str> {
        const FRAME: &str = "<div class=\"frame\" id data-key style role \
                             aria-roledescription=\"slide\" aria-label>";
        let tags = self.pages.tags.as_deref();
        let sections = shown(self.pages, self.kind).map(|(_, _, section)| section);
        let sections = sections.filter(move |_| tags.is_none());
        let known = tags.into_iter().flat_map(Tags::each);
        let added = self.tags.clone().into_iter();
        sections.chain(known).chain(added).chain([FRAME])
    }
}

impl fmt::Display for Frames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.pages.order.len();
        let mut section_of = self.write.borrow_mut();
        let mut res = String::new();
        for (at, key, section) in shown(self.pages, self.kind) {
            let number = at + 1;
            writeln!(
                f,
                "<div class=\"frame\" id=\"{number}\" data-key=\"{key}\" style=\"--n:'{number}'\" role=\"group\" \
                 aria-roledescription=\"slide\" aria-label=\"{number} / {total}\">"
            )?;
            res.clear();
            section_of(&mut res, section);
            f.write_str(&res)?;
            f.write_str("\n</div>\n")?;
        }
        Ok(())
    }
}

/// Puts the addresses of a server in place of the pictures' keys.
pub fn with_served_pictures(html: &str) -> String {
    html.replace(ASSET_SCHEME, "/assets/")
}

/// The same for a page whose address ends in its reader's token.
pub fn with_pictures_below(html: &str) -> String {
    html.replace(ASSET_SCHEME, "assets/")
}
