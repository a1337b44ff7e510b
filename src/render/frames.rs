//! The frames of a page: each slide in the element that the stage shows.

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

/// The frames of these slides, around their sections as `write` adds them.
pub fn frames(pages: &Pages, kind: &Kind, mut write: impl FnMut(&mut String, &str)) -> String {
    const AROUND: usize = 200;
    let total = pages.order.len();
    let length = shown(pages, kind).map(|(_, _, section)| section.len() + AROUND);
    let mut res = String::with_capacity(length.sum());
    for (at, key, section) in shown(pages, kind) {
        let number = at + 1;
        res += &format!(
            "<div class=\"frame\" id=\"{number}\" data-key=\"{key}\" style=\"--n:'{number}'\" role=\"group\" \
             aria-roledescription=\"slide\" aria-label=\"{number} / {total}\">\n"
        );
        write(&mut res, section);
        res += "\n</div>\n";
    }
    res
}

/// The same for a server, whose addresses `place` puts in.
pub fn served_frames(pages: &Pages, kind: &Kind, place: fn(&str) -> String) -> String {
    frames(pages, kind, |res, section| *res += &place(section))
}

/// Puts the addresses of a server in place of the pictures' keys.
pub fn with_served_pictures(html: &str) -> String {
    html.replace(ASSET_SCHEME, "/assets/")
}

/// The same for a page whose address ends in its reader's token.
pub fn with_pictures_below(html: &str) -> String {
    html.replace(ASSET_SCHEME, "assets/")
}
