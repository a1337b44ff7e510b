//! A saved web page to the Markdown of its article.
//!
//! The order matters: the page is first brought into plain forms while the
//! names of its parts still tell what they are, then freed of what says that
//! it is no article; readability chooses among the rest, and htmd writes it.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use htmd::HtmlToMarkdown;
use htmd::options::{BrStyle, BulletListMarker, Options};

mod clean;
mod code;
mod dom;
mod facts;
mod figure;
mod flat;
mod shape;
mod table;

pub use facts::tag;

use dom::{all, first, heading_level, n_own_words, n_words};

/// The address of pictures that do not lie beside the page.
pub const ELSEWHERE: &str = "https://elsewhere.invalid/";

/// Boxes in boxes beyond which a page is no page: browsers stop at 512, and
/// much of what follows takes time with the square of it.
pub const MAX_DEPTH: usize = 400;

/// A page as its article.
#[derive(Debug, Default)]
pub struct Page {
    /// The article in Markdown, its title as the one heading of the first level.
    pub markdown: String,
    /// The title; empty if there is none.
    pub title: String,
    pub author: Option<String>,
    pub lang: Option<String>,
    /// Headings of sections that were left out as no part of a talk.
    pub left_out: Vec<String>,
}

/// Finds the article in a page.
pub fn read(html: &str) -> Page {
    let Some(doc) = tree(html) else {
        return flat(html);
    };
    let Ok(readability) = Readability::with_document(doc, None, Some(config())) else {
        return Page::default();
    };
    let doc = &readability.doc;
    code::normalize(doc);
    table::dissolve_layouts(doc);
    shape::headings(doc);
    let told = readability.parse_json_ld().and_then(|told| told.byline);
    let author = facts::author(doc, told);
    let title = facts::title(doc);
    let lang = facts::lang(doc);
    for script in all(&doc.root(), "script, style") {
        script.remove_from_parent();
    }
    figure::normalize(doc);
    shape::normalize(doc);
    let left_out = clean::clean(doc, &title);
    table::normalize(doc, &title);
    shape::make_room_for_title(&doc.root(), &title);
    let body = to_markdown(&article(readability));
    Page {
        markdown: titled(&title, &body),
        title,
        author,
        lang,
        left_out,
    }
}

/// Reads a page that is an article and nothing else, such as a book's chapters.
pub fn read_whole(html: &str, title: &str) -> Page {
    let Some(doc) = tree(html) else {
        return flat(html);
    };
    code::normalize(&doc);
    table::dissolve_layouts(&doc);
    shape::headings(&doc);
    figure::normalize(&doc);
    shape::normalize(&doc);
    let left_out = clean::clean_whole(&doc);
    table::normalize(&doc, title);
    let root = doc.root();
    if !title.is_empty() {
        shape::make_room_for_title(&root, title);
    }
    shape::links(&root);
    shape::bold_lines(&root);
    Page {
        markdown: titled(title, &to_markdown(&doc.html())),
        title: title.to_string(),
        left_out,
        ..Page::default()
    }
}

fn titled(title: &str, body: &str) -> String {
    match title.is_empty() {
        true => body.to_string(),
        false => format!("# {}\n\n{body}", crate::article::escape_markdown(title)),
    }
}

/// A page that cannot be taken apart.
fn flat(html: &str) -> Page {
    Page {
        markdown: flat::markdown(html),
        ..Page::default()
    }
}

/// XML as HTML is read: `<a/>` has an end there, and here would hold all that follows.
pub fn with_ends(xhtml: &str) -> String {
    const EMPTY: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    let mut res = String::with_capacity(xhtml.len());
    let mut rest = xhtml;
    while let Some(end) = rest.find("/>") {
        let (before, behind) = rest.split_at(end);
        res += before;
        rest = &behind["/>".len()..];
        let name = before.rsplit_once('<').map_or("", |(_, element)| element);
        let name = name.split(|c: char| !c.is_alphanumeric()).next();
        match name.filter(|name| !name.is_empty() && !EMPTY.contains(name)) {
            Some(name) => res += &format!("></{name}>"),
            None => res += "/>",
        }
    }
    res + rest
}

/// Names are kept, because a code sample's says its language.
fn config() -> Config {
    Config {
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    }
}

/// A page as a tree, if it can be one.
pub fn tree(html: &str) -> Option<Document> {
    let doc = (!flat::is_too_much(html)).then(|| Document::from(html));
    doc.filter(|doc| !is_too_hard(doc))
}

/// Signs `&` in one text beyond which a page is no page: the writer of HTML
/// looks through the rest of the text at each of them.
const MAX_SIGNS: usize = 2_000;

fn has_too_many_signs(node: &NodeRef) -> bool {
    let is_code = |node: &NodeRef| node.has_name("script") || node.has_name("style");
    node.is_text()
        && node.text().bytes().filter(|byte| *byte == b'&').count() > MAX_SIGNS
        && !node.parent().is_some_and(|parent| is_code(&parent))
}

/// See [`MAX_DEPTH`] and [`MAX_SIGNS`].
fn is_too_hard(doc: &Document) -> bool {
    let mut open = vec![(doc.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH || has_too_many_signs(&node) {
            return true;
        }
        open.extend(node.children().into_iter().map(|child| (child, depth + 1)));
    }
    false
}

/// The HTML of the article: readability's choice, or the part of the page that
/// says it is the article if that choice lacks much of it.
fn article(mut readability: Readability) -> String {
    let (own, is_named) = own_choice(&readability.doc);
    let chosen = readability
        .parse()
        .map(|page| page.content.to_string())
        .unwrap_or_default();
    let own = Document::from(own);
    let chosen = Document::from(chosen);
    let (lead, best) = match lacks_much(&chosen.root(), &own.root(), is_named) {
        true => (String::new(), own),
        false if is_named => (lead(&own.root(), &chosen.root()), chosen),
        false => (String::new(), chosen),
    };
    let root = best.root();
    shape::links(&root);
    shape::bold_lines(&root);
    lead + &best.html()
}

/// The longest `<article>` or `<main>` and whether there is one; else the body.
fn own_choice(doc: &Document) -> (String, bool) {
    let root = doc.root();
    let named = all(&root, "article, main, [role=main]")
        .into_iter()
        .max_by_key(n_own_words)
        .filter(|node| n_own_words(node) > 0);
    let body = first(&root, "body");
    let is_named = named.is_some();
    let html = named.or(body).map(|node| node.html().to_string());
    (html.unwrap_or_default(), is_named)
}

fn lacks_much(chosen: &NodeRef, own: &NodeRef, is_named: bool) -> bool {
    let (n_chosen, n_own) = (n_own_words(chosen), n_own_words(own));
    if !is_named {
        // A body holds much besides; that it is longer says little.
        return n_chosen * 3 < n_own;
    }
    let is_short = n_chosen * 10 < n_own * 6;
    let lacks_heading = n_chosen * 2 > n_own && n_filled_headings(chosen) < n_filled_headings(own);
    is_short || lacks_heading
}

/// What leads into the chosen part: readability often passes over the words
/// in front of it, and over the first picture.
fn lead(own: &NodeRef, chosen: &NodeRef) -> String {
    // Fewer words are a label.
    const LONG: usize = 8;
    // A lead stands among the first paragraphs.
    const NEAR: usize = 2;
    let words = dom::bare(&chosen.text());
    let pictures = all(chosen, "img");
    let shown: Vec<String> = pictures.iter().map(|img| dom::attr(img, "src")).collect();
    let mut n_chosen = 0;
    let mut res = String::new();
    for line in all(own, "p, h2, h3") {
        if heading_level(&line).is_some() || n_chosen > NEAR {
            break;
        }
        let is_long = n_own_words(&line) >= LONG;
        let is_chosen = words.contains(&dom::bare(&line.text()));
        n_chosen += usize::from(is_long && is_chosen);
        let picture = first(&line, "img").map(|img| dom::attr(&img, "src"));
        let is_passed_over = picture.is_some_and(|src| !shown.contains(&src));
        if is_passed_over || (is_long && !is_chosen && n_chosen == 0) {
            res += &line.html();
        }
    }
    res
}

/// Headings with running text below them.
fn n_filled_headings(root: &NodeRef) -> usize {
    const FEW: usize = 6;
    let mut res = 0;
    let mut words_below: Option<usize> = None;
    for node in root.descendants() {
        if heading_level(&node).is_some() {
            words_below = Some(0);
            continue;
        }
        let is_words =
            node.is_text() && !dom::is_inside(&node, &["a", "h1", "h2", "h3", "h4", "h5", "h6"]);
        if let Some(n) = words_below.filter(|_| is_words) {
            let n = n + n_words(&node.text());
            words_below = Some(n);
            if n >= FEW {
                res += 1;
                words_below = None;
            }
        }
    }
    res
}

fn to_markdown(html: &str) -> String {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        br_style: BrStyle::TwoSpaces,
        ..Options::default()
    };
    let markdown = HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(vec![
            "script", "style", "nav", "footer", "form", "iframe", "noscript", "svg", "head", "hr",
        ])
        .build()
        .convert(html)
        .unwrap_or_default();
    as_text(&markdown)
}

/// What Markdown has of its own in a deck (`:::`, `{.class}`) is text in a page,
/// which the converter does not know. It also takes the first sign of a code
/// sample for one of text.
fn as_text(markdown: &str) -> String {
    let mut res = String::with_capacity(markdown.len());
    let mut fence = String::new();
    let mut opens = false;
    for line in markdown.lines() {
        let start = line.trim_start();
        let ticks: String = start.chars().take_while(|c| *c == '`').collect();
        if fence.is_empty() && ticks.len() >= 3 {
            fence = ticks;
            opens = true;
            res += line;
        } else if !fence.is_empty() {
            if start == fence {
                fence.clear();
            }
            let sign = line
                .strip_prefix('\\')
                .filter(|rest| rest.starts_with(['`', '~']));
            res += sign.filter(|_| opens).unwrap_or(line);
            opens = false;
        } else {
            let indent = line.len() - start.len();
            res += &line[..indent];
            if start.starts_with(":::") {
                res.push('\\');
            }
            res += &braces_as_text(start);
        }
        res.push('\n');
    }
    res
}

/// A brace behind a link, a picture or code, or in a heading, would set attributes.
fn braces_as_text(line: &str) -> String {
    let is_heading = line.starts_with('#');
    let mut res = String::with_capacity(line.len());
    let mut in_code = false;
    for c in line.chars() {
        let is_open = c == '{' && !in_code && (is_heading || res.ends_with([')', '`']));
        if is_open {
            res.push('\\');
        }
        in_code ^= c == '`';
        res.push(c);
    }
    res
}
