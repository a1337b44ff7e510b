//! Takes away what a page hangs around its article. Only what says of itself
//! that it is such a thing goes, by its element, its role or its name, and
//! never a thing that holds the title or much of the text: the rest is
//! readability's to judge.

use std::collections::BTreeSet;

use dom_query::{Document, NodeRef};

use super::dom::{
    all, attr, bare, first, heading_level, is_heading, is_inside, marks, n_own_words, n_words,
    name, text, unwrap,
};

/// Elements and roles that are never part of an article.
const NEVER: &str = "template, dialog, nav, amp-ad, amp-embed, amp-sidebar, amp-consent, \
    amp-analytics, amp-social-share, amp-list, amp-user-notification, amp-sticky-ad, [hidden], \
    [aria-modal=true], [role=navigation], [role=search], [role=dialog], [role=alertdialog], \
    [role=menu], [role=menubar], [role=toolbar], [role=doc-endnotes], [role=doc-toc], \
    .reflist, ol.references, .footnotes, [data-footnotes], .mw-editsection, .noprint, .no-print, \
    .d-print-none, .screen-reader-text, .sr-only, .visually-hidden, .skip-link";

/// Where a link leads that shares the page.
const SHARING: [&str; 15] = [
    "facebook.com/sharer",
    "facebook.com/share",
    "facebook.com/dialog",
    "twitter.com/intent",
    "twitter.com/share",
    "x.com/intent",
    "linkedin.com/share",
    "linkedin.com/sharing",
    "pinterest.com/pin/create",
    "reddit.com/submit",
    "t.me/share",
    "api.whatsapp.com/send",
    "wa.me/?",
    "bsky.app/intent",
    "news.ycombinator.com/submitlink",
];

/// Names of what readers left below.
const COMMENTS: [&str; 10] = [
    "comments",
    "commentlist",
    "comment",
    "disqus",
    "respond",
    "kommentare",
    "kommentar",
    "commentaires",
    "comentarios",
    "webmentions",
];

/// Names that are enough by themselves.
const MARKS: [&str; 57] = [
    "ad",
    "ads",
    "adsbygoogle",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "announcement",
    "anzeige",
    "werbung",
    "publicite",
    "publicidad",
    "addthis",
    "sharethis",
    "sharedaddy",
    "share",
    "sharing",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "catlinks",
    "cmpbox",
    "consent",
    "cookie",
    "cookies",
    "cta",
    "gdpr",
    "hatnote",
    "lightbox",
    "masthead",
    "megamenu",
    "modal",
    "navbar",
    "navbox",
    "newsletter",
    "newsletters",
    "onetrust",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "popup",
    "printfooter",
    "promo",
    "promos",
    "promotion",
    "sidebar",
    "signup",
    "sitenotice",
    "sitesub",
    "skiplink",
    "sponsor",
    "sponsored",
    "sponsors",
    "subscribe",
    "taboola",
    "toc",
];

/// Names that are enough for a line or two.
const MARKS_OF_LINES: [&str; 19] = [
    "author",
    "avatar",
    "bio",
    "byline",
    "dateline",
    "eyebrow",
    "kicker",
    "menu",
    "meta",
    "metadata",
    "postmetadata",
    "rating",
    "ratings",
    "signature",
    "tags",
    "tools",
    "toolbar",
    "feedback",
    "autor",
];

/// How many words a line or two have.
const FEW_WORDS: usize = 25;

/// Pairs of names.
const PAIRS: [(&str, &[&str]); 7] = [
    (
        "related",
        &[
            "posts", "articles", "stories", "content", "links", "news", "reading", "items",
            "topics", "post", "article",
        ],
    ),
    (
        "recommended",
        &[
            "posts", "articles", "stories", "content", "reading", "items",
        ],
    ),
    ("more", &["stories", "articles", "posts", "news"]),
    (
        "author",
        &["bio", "box", "card", "profile", "about", "info"],
    ),
    ("site", &["notice", "sub", "header", "footer", "nav"]),
    ("cookie", &["notice", "bar"]),
    ("read", &["more", "next", "also"]),
];

/// Headings over sources and links, which no talk shows.
const APPARATUS: [&str; 26] = [
    "references",
    "bibliography",
    "external links",
    "further reading",
    "see also",
    "works cited",
    "footnotes",
    "endnotes",
    "citations",
    "notes and references",
    "references and notes",
    "sources and references",
    "literature cited",
    "einzelnachweise",
    "weblinks",
    "literatur",
    "siehe auch",
    "literaturverzeichnis",
    "références",
    "notes et références",
    "liens externes",
    "voir aussi",
    "bibliographie",
    "referencias",
    "enlaces externos",
    "véase también",
];

/// Cleans the page. What it takes away and a reader may miss is returned.
pub fn clean(doc: &Document, title: &str) -> Vec<String> {
    let root = doc.root();
    let title = bare(title);
    let holds_title = |node: &NodeRef| {
        let headings = all(node, "h1, h2, h3, h4, h5, h6");
        headings
            .iter()
            .any(|heading| bare(&heading.text()) == title)
    };
    forms(&root);
    for node in all(&root, NEVER) {
        node.remove_from_parent();
    }
    unseen(&root);
    sharing(&root);
    contents(&root);
    for node in all(&root, "body [class], body [id]") {
        if is_marked(&node, &COMMENTS) && !holds_title(&node) {
            node.remove_from_parent();
        }
    }
    let n_words = first(&root, "body").map_or(0, |body| n_own_words(&body));
    for node in all(&root, "body [class], body [id]") {
        if is_machinery(&node) && !holds_title(&node) && n_own_words(&node) * 3 <= n_words {
            node.remove_from_parent();
        }
    }
    frame(&root, &holds_title);
    below_last_line(&root);
    apparatus(&root)
}

/// As [`clean`] for a page that is all article: names of its parts that would
/// tell of a page's machinery tell of its contents here.
pub fn clean_whole(doc: &Document) -> Vec<String> {
    let root = doc.root();
    for node in all(&root, "nav, script, style, head, [hidden]") {
        node.remove_from_parent();
    }
    unseen(&root);
    contents(&root);
    apparatus(&root)
}

/// Fields and buttons go, with the box that asks for an address or a search. A
/// form around the whole page, as some servers send it, dissolves.
fn forms(root: &NodeRef) {
    for form in all(root, "form") {
        if n_own_words(&form) > 80 {
            form.rename("div");
            continue;
        }
        let asks = first(
            &form,
            "input[type=email], input[type=search], input[type=password]",
        );
        let holder = form.parent().filter(|holder| {
            matches!(name(holder).as_str(), "div" | "section" | "aside" | "li")
                && n_words(&holder.text()) < 60
                && first(holder, "h1").is_none()
        });
        match holder {
            Some(holder) if asks.is_some() => holder.remove_from_parent(),
            Some(_) | None => form.remove_from_parent(),
        }
    }
    for button in all(root, "button") {
        match is_inside(&button, &["h1", "h2", "h3", "h4", "h5", "h6", "summary"]) {
            true => unwrap(&button),
            false => button.remove_from_parent(),
        }
    }
    for field in all(
        root,
        "input, select, textarea, label, object, embed, iframe",
    ) {
        field.remove_from_parent();
    }
}

fn unseen(root: &NodeRef) {
    for node in all(root, "[style]") {
        let style = attr(&node, "style").to_lowercase().replace(' ', "");
        if style.contains("display:none") || style.contains("visibility:hidden") {
            node.remove_from_parent();
        }
    }
}

fn sharing(root: &NodeRef) {
    for link in all(root, "a[href]") {
        let address = attr(&link, "href");
        let is_empty_mail = address.starts_with("mailto:?");
        if is_empty_mail || SHARING.iter().any(|part| address.contains(part)) {
            link.remove_from_parent();
        }
    }
    for item in all(root, "li") {
        if text(&item).is_empty() && first(&item, "img").is_none() {
            item.remove_from_parent();
        }
    }
}

/// A list of nothing but links within the page is its table of contents.
fn contents(root: &NodeRef) {
    let ids: BTreeSet<String> = all(root, "[id], a[name]")
        .iter()
        .flat_map(|node| [attr(node, "id"), attr(node, "name")])
        .filter(|id| !id.is_empty())
        .collect();
    for list in all(root, "ul, ol") {
        let links = all(&list, "a");
        let leads_within = |link: &NodeRef| {
            let address = attr(link, "href");
            address
                .split_once('#')
                .is_some_and(|(_, id)| ids.contains(id))
        };
        if links.len() < 3 || n_own_words(&list) > links.len() || !links.iter().all(leads_within) {
            continue;
        }
        let holder = list
            .ancestors(Some(3))
            .into_iter()
            .take_while(|holder| n_own_words(holder) <= links.len() + 4)
            .filter(|holder| {
                matches!(
                    name(holder).as_str(),
                    "div" | "section" | "aside" | "details" | "li"
                )
            })
            .last();
        if holder.is_none()
            && let Some(above) = list.prev_element_sibling()
            && n_words(&above.text()) <= 4
            && (is_heading(&above) || above.has_name("p"))
        {
            above.remove_from_parent();
        }
        holder.unwrap_or(list).remove_from_parent();
    }
}

/// The small words of an element's names. An id that only repeats the heading
/// below it is an address and no name; "has-sidebar" says what a thing has.
fn names(node: &NodeRef) -> Vec<Vec<String>> {
    const STATES: [&str; 10] = [
        "has", "is", "no", "not", "with", "without", "show", "hide", "enable", "js",
    ];
    let class = attr(node, "class");
    let mut res: Vec<Vec<String>> = class.split_whitespace().map(marks).collect();
    let id = attr(node, "id");
    let heading = first(node, "h1, h2, h3, h4, h5, h6");
    let is_address = heading.is_some_and(|heading| {
        bare(&heading.text()) == bare(&id)
            || heading.parent().is_some_and(|parent| parent.id == node.id)
    });
    if !id.is_empty() && !is_address {
        res.push(marks(&id));
    }
    res.retain(|marks| {
        marks
            .first()
            .is_some_and(|first| !STATES.contains(&first.as_str()))
    });
    res
}

fn is_box(node: &NodeRef) -> bool {
    const NOT: [&str; 18] = [
        "html",
        "body",
        "main",
        "article",
        "pre",
        "code",
        "figure",
        "figcaption",
        "img",
        "picture",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
    ];
    !NOT.contains(&name(node).as_str()) && !is_inside(node, &["pre", "code"])
}

fn is_marked(node: &NodeRef, list: &[&str]) -> bool {
    let names = names(node);
    let is_named = names
        .iter()
        .flatten()
        .any(|mark| list.contains(&mark.as_str()));
    // A heading has its own address; the name alone makes it one of theirs.
    is_named && is_box(node) && (!is_heading(node) || names.iter().all(|marks| marks.len() == 1))
}

fn is_machinery(node: &NodeRef) -> bool {
    if is_heading(node) {
        return false;
    }
    if matches!(name(node).as_str(), "table") {
        return is_marked_table(node);
    }
    if !is_box(node) {
        return false;
    }
    let names = names(node);
    let is_block = matches!(
        name(node).as_str(),
        "div" | "p" | "ul" | "ol" | "section" | "aside" | "small" | "header" | "footer"
    );
    names.iter().any(|marks| {
        let has = |word: &str| marks.iter().any(|mark| mark == word);
        let has_one = |list: &[&str]| marks.iter().any(|mark| list.contains(&mark.as_str()));
        let is_short = || is_block && n_words(&node.text()) <= FEW_WORDS;
        let is_teaser = || has("teaser") && first(node, "a").is_some();
        let is_alone = marks.len() == 1 && (has("related") || has("footer"));
        has_one(&MARKS)
            || is_alone
            || PAIRS
                .iter()
                .any(|(one, others)| has(one) && has_one(others))
            || ((has_one(&MARKS_OF_LINES) || is_teaser()) && is_short())
    })
}

fn is_marked_table(table: &NodeRef) -> bool {
    names(table)
        .iter()
        .flatten()
        .any(|mark| matches!(mark.as_str(), "navbox" | "toc" | "metadata" | "ambox"))
}

/// Heads and feet: those of the page go; of an article's head stay the words
/// and pictures that lead in.
fn frame(root: &NodeRef, holds_title: &dyn Fn(&NodeRef) -> bool) {
    for head in all(root, "header, [role=banner]") {
        for part in all(&head, "p, figure").iter().rev() {
            let is_whole = !is_inside(part, &["figure"]);
            if is_whole && (n_own_words(part) >= 8 || first(part, "img").is_some()) {
                head.insert_after(part);
            }
        }
        if !holds_title(&head) {
            head.remove_from_parent();
        }
    }
    for foot in all(root, "footer, [role=contentinfo]") {
        if !is_inside(&foot, &["blockquote"]) {
            foot.remove_from_parent();
        }
    }
}

/// On pages of old the foot is what stands below the last line: when the page
/// was changed, whom to write to, with which browser to look.
fn below_last_line(root: &NodeRef) {
    let Some(line) = all(root, "hr").pop() else {
        return;
    };
    let mut below: Vec<NodeRef> = Vec::new();
    let mut next = line.next_sibling();
    while let Some(node) = next {
        next = node.next_sibling();
        below.push(node);
    }
    let n_below: usize = below.iter().map(|node| n_words(&node.text())).sum();
    let n_all = first(root, "body").map_or(0, |body| n_words(&body.text()));
    let has = |css: &str| {
        below
            .iter()
            .any(|node| node.is(css) || first(node, css).is_some())
    };
    if n_below * 8 < n_all
        && has("a, address, small, font")
        && !has("h1, h2, h3, h4, table, ul, ol")
    {
        for node in below {
            node.remove_from_parent();
        }
    }
}

/// Sections of references and links, if they stand in the second half.
fn apparatus(root: &NodeRef) -> Vec<String> {
    let headings = all(root, "h1, h2, h3, h4, h5, h6");
    let mut res = Vec::new();
    for heading in headings.iter().skip(headings.len().div_ceil(2)) {
        let words = text(heading);
        let low = words.trim_end_matches(':').to_lowercase();
        if !APPARATUS.contains(&low.as_str()) {
            continue;
        }
        let level = heading_level(heading);
        let mut next = heading.next_element_sibling();
        while let Some(node) = next {
            next = node.next_element_sibling();
            let begins = heading_level(&node).or_else(|| {
                first(&node, "h1, h2, h3, h4, h5, h6").and_then(|inner| heading_level(&inner))
            });
            if begins.is_some_and(|begins| Some(begins) <= level) {
                break;
            }
            node.remove_from_parent();
        }
        heading.remove_from_parent();
        res.push(words);
    }
    res
}
