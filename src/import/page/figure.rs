//! Pictures into one form: a paragraph of one picture whose title is its
//! caption. Those that only decorate or count readers go.

use dom_query::{Document, NodeRef};

use super::dom::{all, attr, first, is_inside, marks, n_words, one_line, text, unwrap};
use crate::escape::escape;

/// Pictures up to so many pixels wide or high are icons, faces and counters.
const SMALL: u32 = 64;

/// A caption has fewer words; more are text that stands beside a picture.
const MAX_CAPTION: usize = 60;

/// Rewrites all pictures.
pub fn normalize(doc: &Document) {
    let root = doc.root();
    for picture in all(&root, "amp-img, amp-anim") {
        picture.rename("img");
    }
    for picture in all(&root, "img") {
        find_source(&picture);
    }
    for hidden in all(&root, "noscript") {
        reveal(&hidden);
    }
    for picture in all(&root, "img") {
        if is_decoration(&picture) {
            picture.remove_from_parent();
        }
    }
    for source in all(&root, "picture source") {
        source.remove_from_parent();
    }
    for frame in all(&root, "picture") {
        unwrap(&frame);
    }
    for link in all(&root, "a") {
        if !all(&link, "img").is_empty() && text(&link).is_empty() {
            unwrap(&link);
        }
    }
    captions_without_figure(&root);
    for figure in all(&root, "figure") {
        set_figure(&figure);
    }
    for picture in all(&root, "img") {
        set_alone(&picture);
    }
}

/// A picture that is loaded late names its file elsewhere.
fn find_source(picture: &NodeRef) {
    const LATE: [&str; 7] = [
        "data-src",
        "data-lazy-src",
        "data-original",
        "data-orig-file",
        "data-srcset",
        "data-hi-res-src",
        "srcset",
    ];
    let src = attr(picture, "src");
    let is_placeholder = src.is_empty()
        || src.starts_with("data:")
        || ["placeholder", "spacer", "blank.", "1x1", "loading.", "lazy"]
            .iter()
            .any(|part| src.contains(part));
    if !is_placeholder {
        return;
    }
    let late = LATE.iter().map(|name| attr(picture, name));
    // Of a set, the first address; the width behind a blank is not part of it.
    let found = late
        .filter_map(|value| Some(value.split([' ', ',']).next()?.to_string()))
        .find(|address| !address.is_empty() && !address.starts_with("data:"));
    if let Some(address) = found {
        picture.set_attr("src", &address);
    }
}

/// What a browser without scripts shows instead, unless it is there already.
fn reveal(hidden: &NodeRef) {
    let shown = hidden.parent().map(|parent| all(&parent, "img"));
    let others = shown.unwrap_or_default();
    let others = others
        .iter()
        .filter(|other| !is_inside(other, &["noscript"]));
    let has_other = others
        .clone()
        .any(|other| !attr(other, "src").starts_with("data:"));
    match first(hidden, "img") {
        Some(picture) if !has_other => {
            others.for_each(|other| other.remove_from_parent());
            hidden.replace_with(&picture);
        }
        Some(_) | None => hidden.remove_from_parent(),
    }
}

fn is_decoration(picture: &NodeRef) -> bool {
    let size = |name: &str| {
        attr(picture, name)
            .trim_end_matches("px")
            .parse::<u32>()
            .ok()
    };
    let is_small = |size: Option<u32>| size.is_some_and(|size| size <= SMALL);
    let class = attr(picture, "class");
    let is_marked = marks(&class).iter().any(|mark| {
        matches!(
            mark.as_str(),
            "avatar" | "emoji" | "icon" | "gravatar" | "logo" | "pixel" | "spacer" | "smiley"
        )
    });
    attr(picture, "src").is_empty()
        || is_small(size("width"))
        || is_small(size("height"))
        || is_marked
        || attr(picture, "role") == "presentation"
        || attr(picture, "aria-hidden") == "true"
}

/// Whether the address names a file that may lie beside the page.
fn is_beside(address: &str) -> bool {
    let scheme = address.split('/').next().unwrap_or_default();
    !address.is_empty() && !scheme.contains(':') && !address.starts_with('/')
}

/// `<div><img><p class="wp-caption-text">` and its like become figures.
fn captions_without_figure(root: &NodeRef) {
    for caption in all(root, "[class*=caption]") {
        let is_own = !marks(&attr(&caption, "class"))
            .iter()
            .any(|mark| mark.contains("caption"))
            || is_inside(&caption, &["figure", "table"])
            || !all(&caption, "img").is_empty()
            || n_words(&text(&caption)) > MAX_CAPTION;
        if is_own {
            continue;
        }
        let holder = caption
            .ancestors(Some(2))
            .into_iter()
            .find(|node| all(node, "img").len() == 1);
        if let Some(holder) = holder
            && n_words(&text(&holder)) <= MAX_CAPTION
            && holder.has_name("div")
        {
            holder.rename("figure");
            caption.rename("figcaption");
        }
    }
}

/// A figure of pictures becomes their paragraphs; one of something else dissolves.
fn set_figure(figure: &NodeRef) {
    let caption = first(figure, "figcaption");
    if let Some(quote) = first(figure, "blockquote") {
        if let Some(caption) = caption.filter(|caption| first(caption, "blockquote").is_none()) {
            caption.rename("footer");
            quote.append_child(&caption);
        }
        unwrap(figure);
        return;
    }
    let mut pictures = all(figure, "img");
    if pictures.is_empty() || first(figure, "table, pre").is_some() {
        if let Some(caption) = caption {
            caption.rename("p");
        }
        unwrap(figure);
        return;
    }
    let words = caption.map(|caption| text(&caption)).unwrap_or_default();
    // One that can be shown carries the caption.
    pictures.sort_by_key(|picture| !is_beside(&attr(picture, "src")));
    for (at, picture) in pictures.iter().enumerate() {
        if at == 0 && !words.is_empty() {
            picture.set_attr("title", &words);
        }
        figure.insert_before(picture);
    }
    figure.remove_from_parent();
}

/// A paragraph of its own for a picture that stands alone. One within a line
/// stays there if it lies beside the page; of another its words stay.
fn set_alone(picture: &NodeRef) {
    let src = attr(picture, "src");
    let alt = readable(&attr(picture, "alt"));
    let title = readable(&attr(picture, "title"));
    let line = picture.ancestors(None).into_iter().find(|node| {
        matches!(
            node.node_name().as_deref(),
            Some("p" | "li" | "td" | "th" | "dd")
        )
    });
    let is_in_line = line.is_some_and(|line| !text(&line).is_empty());
    if is_inside(picture, &["h1", "h2", "h3", "h4", "h5", "h6", "pre", "a"]) {
        picture.remove_from_parent();
        return;
    }
    if !is_beside(&src) && (is_in_line || (title.is_empty() && n_words(&alt) < 4)) {
        picture.remove_from_parent();
        return;
    }
    let mut html = String::from("<img src=\"");
    // An address elsewhere is not needed, only that it is elsewhere.
    escape(
        &mut html,
        if is_beside(&src) {
            &src
        } else {
            super::ELSEWHERE
        },
    );
    html += "\" alt=\"";
    escape(&mut html, &alt);
    if !title.is_empty() && title != alt {
        html += "\" title=\"";
        escape(&mut html, &title);
    }
    html += "\">";
    match line {
        Some(line) if !is_in_line && line.has_name("p") => {
            line.replace_with_html(format!("<p>{html}</p>"))
        }
        Some(_) if is_in_line => picture.replace_with_html(html),
        Some(_) | None => picture.replace_with_html(format!("<p>{html}</p>")),
    }
}

/// Words that may stand in the brackets of Markdown.
fn readable(words: &str) -> String {
    one_line(words)
        .replace('[', "(")
        .replace(']', ")")
        .replace('\\', "/")
}
