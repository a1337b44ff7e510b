//! What a web page leaves around an article: share bars, teasers, cookie
//! lines, reading times, copyright.

use super::words::{Words, among};

/// Whole lines, in lower case and without marks at the end.
const LINES: &[&str] = &[
    "about the author",
    "about the authors",
    "accept",
    "accept all",
    "accept all cookies",
    "accept cookies",
    "advertisement",
    "advertisements",
    "all rights reserved",
    "back to top",
    "close",
    "comment",
    "comments",
    "continue reading",
    "cookie policy",
    "cookie settings",
    "discover more",
    "follow",
    "follow us",
    "forward this email",
    "get started",
    "home",
    "jump to content",
    "keep reading",
    "latest news",
    "latest posts",
    "leave a comment",
    "leave a reply",
    "like this",
    "like this:",
    "listen",
    "load more",
    "loading",
    "log in",
    "login",
    "main menu",
    "manage cookies",
    "menu",
    "more articles",
    "more stories",
    "navigation",
    "newsletter",
    "next",
    "next article",
    "next post",
    "no comments",
    "on this page",
    "popular posts",
    "post a comment",
    "previous",
    "previous article",
    "previous post",
    "print",
    "privacy policy",
    "read more",
    "read next",
    "recent posts",
    "recommended",
    "recommended for you",
    "recommended reading",
    "reject all",
    "related",
    "related articles",
    "related content",
    "related links",
    "related news",
    "related posts",
    "related reading",
    "related stories",
    "related topics",
    "reply",
    "save",
    "search",
    "see also",
    "share",
    "share article",
    "share on facebook",
    "share on linkedin",
    "share on twitter",
    "share post",
    "share this",
    "share this article",
    "share this page",
    "share this post",
    "share this story",
    "show more",
    "sign in",
    "sign up",
    "skip to content",
    "skip to main content",
    "sponsored",
    "sponsored content",
    "subscribe",
    "subscribe now",
    "table of contents",
    "tags",
    "terms of service",
    "terms of use",
    "toggle navigation",
    "trending",
    "trending now",
    "view comments",
    "was this article helpful",
    "was this helpful",
    "was this page helpful",
    "you may also like",
    "you might also like",
    "up next",
    "more from the blog",
    "top stories",
    "most popular",
    "most read",
    "editor's picks",
    "thanks for reading",
    "ähnliche artikel",
    "articles similaires",
    "artículos relacionados",
    "相关文章",
    "関連記事",
    "mehr zum thema",
    "lire aussi",
    "à lire aussi",
    "das könnte sie auch interessieren",
    "teilen",
    "partager",
    "compartir",
    "分享",
    "シェア",
];
/// Beginnings of lines of at most a dozen words.
const STARTS: &[&str] = &[
    "subscribe to ",
    "sign up for ",
    "sign up to ",
    "follow us ",
    "follow me on ",
    "share this ",
    "more from ",
    "filed under",
    "posted in ",
    "categories:",
    "category:",
    "tags:",
    "tagged:",
    "tagged with",
    "©",
    "(c) ",
    "all rights reserved",
    "image credit",
    "photo credit",
    "photo by ",
    "image by ",
    "leave a comment",
    "leave a reply",
    "read more:",
    "read next:",
    "read also:",
    "also read:",
    "see also:",
    "related:",
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "by using this site",
    "by continuing to ",
    "by clicking ",
    "skip to ",
    "jump to ",
    "previous:",
    "next:",
    "originally published ",
    "this article was originally ",
    "this post was originally ",
    "this post first appeared ",
    "join our newsletter",
    "join the newsletter",
    "get our newsletter",
    "download our app",
    "download the app",
    "click here to subscribe",
    "enjoyed this article",
    "if you enjoyed this ",
    "if you liked this ",
    "share on ",
    "tweet this",
    "image source",
    "you may also like",
    "you might also like",
    "last updated",
    "published on ",
    "posted on ",
    "updated on ",
    "updated:",
    "published:",
    "your email address will not be published",
    "required fields are marked",
    "save my name, email",
    "like loading",
    "loading comments",
    "view all posts by ",
    "join the conversation",
    "join the discussion",
    "this entry was posted ",
    "edit this page",
    "report an issue with this page",
    "posted by ",
];
const SITES: Words = "facebook twitter linkedin whatsapp pinterest email e-mail print reddit tumblr \
    telegram x copy link share instagram youtube tiktok mastodon rss pocket messenger bluesky threads \
    line weibo wechat tweet pin like";
const MONTHS: Words = "jan january feb february mar march apr april may jun june jul july aug august \
    sep sept september oct october nov november dec december";

/// Whether a line is no part of the article, wherever it stands.
pub fn is_leftover(text: &str) -> bool {
    let words = text.split_whitespace().count();
    if words == 0 || words > 24 {
        return false;
    }
    let low = text.to_lowercase().replace('’', "'");
    let low = low.trim();
    let bare = low
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if LINES.contains(&bare) {
        return true;
    }
    if STARTS.iter().any(|start| low.starts_with(start)) && (words <= 12 || low.contains("cookie"))
    {
        return true;
    }
    let copyright = low.starts_with("copyright")
        && (low.contains('©') || low.contains("20") || low.contains("19"));
    counted(bare) || share_bar(low) || copyright
}

/// Whether a heading stands over text that is about the page: the author's life,
/// the form for a comment.
pub fn heads_page_text(text: &str) -> bool {
    const HEADS: &[&str] = &[
        "about the author",
        "about the authors",
        "comments",
        "leave a comment",
        "leave a reply",
        "post a comment",
        "no comments",
    ];
    let low = text.to_lowercase();
    HEADS.contains(&low.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// "5 min read", "12 comments", "1.2k shares".
fn counted(low: &str) -> bool {
    let mut words = low.split_whitespace();
    let number = words.next().unwrap_or("");
    let rest: Vec<&str> = words.collect();
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let rest = rest.join(" ");
    let fused =
        low.contains("minute read") || low.contains("min read") || low.contains("-minute read");
    (digits && low.len() < 30 && fused)
        || digits
            && matches!(
                rest.as_str(),
                "comment"
                    | "comments"
                    | "share"
                    | "shares"
                    | "likes"
                    | "views"
                    | "claps"
                    | "min"
                    | "reads"
                    | "responses"
                    | "replies"
                    | "mins read"
            )
        || (low.starts_with("reading time") && low.len() < 40)
}

fn share_bar(low: &str) -> bool {
    let words: Vec<&str> = low
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '/' | ',' | '•'))
        .filter(|word| !word.is_empty())
        .collect();
    words.len() >= 2 && words.len() <= 14 && words.iter().all(|word| among(SITES, word))
}

/// A line about the page that may stand between title and text: a date, an
/// author. Not dropped elsewhere.
pub fn is_page_line(text: &str) -> bool {
    is_date(text) || byline(text).is_some()
}

/// "March 3, 2024", "2024-03-05", "Tue, 5 Mar 2024".
pub fn is_date(text: &str) -> bool {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() || words.len() > 6 {
        return false;
    }
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let year = words.iter().any(|word| {
        digits(word) && word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
    });
    let rest = words.iter().all(|word| {
        let numeral = word.trim_end_matches(['t', 'h', 's', 'n', 'd', 'r']);
        digits(word)
            || (digits(numeral) && !numeral.is_empty())
            || among(MONTHS, word)
            || among("mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday of updated published posted on", word)
    });
    year && rest && words.len() >= 2
}

/// The author in "By Jane Doe".
pub fn byline(text: &str) -> Option<&str> {
    let low = text.get(..3)?.to_lowercase();
    let written = text
        .get(..11)
        .is_some_and(|head| head.eq_ignore_ascii_case("written by "));
    let rest = if low == "by " {
        &text[3..]
    } else if written {
        &text[11..]
    } else {
        return None;
    };
    let name = rest
        .split(['|', '·', '•', '—', '–'])
        .next()
        .unwrap_or("")
        .trim()
        .trim_end_matches(',');
    let words: Vec<&str> = name.split_whitespace().collect();
    let named = (1..=8).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
                || matches!(*word, "and" | "&" | "de" | "von" | "van" | "the")
        });
    (named && !name.ends_with(['.', '?', '!', ':'])).then_some(name)
}
