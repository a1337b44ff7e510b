//! What a web page leaves around an article: share bars, teasers, cookie
//! lines, reading times, copyright.

use super::tongue;
use super::words::{Words, among};

const SITES: Words = "facebook twitter linkedin whatsapp pinterest email e-mail print reddit tumblr \
    telegram x copy link share instagram youtube tiktok mastodon rss pocket messenger bluesky threads \
    line weibo wechat tweet pin like";
/// Whether a line is no part of the article, wherever it stands.
pub fn is_leftover(text: &str) -> bool {
    let words = tongue::n_words(text);
    if words == 0 || words > 24 {
        return false;
    }
    let low = text.to_lowercase().replace('’', "'");
    let low = low.trim();
    let bare = low
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if tongue::any(|tongue| tongue.page_lines, bare) {
        return true;
    }
    let started = tongue::begins(|tongue| tongue.page_starts, low);
    if started && (words <= 12 || low.contains("cookie")) {
        return true;
    }
    let copyright = low.starts_with("copyright")
        && (low.contains('©') || low.contains("20") || low.contains("19"));
    counted(bare) || share_bar(low) || copyright
}

/// Whether a heading stands over text that is about the page: the author's life,
/// the form for a comment.
pub fn heads_page_text(text: &str) -> bool {
    let low = text.to_lowercase().replace('’', "'");
    let bare = low.trim_end_matches(|c: char| !c.is_alphanumeric());
    tongue::any(|tongue| tongue.page_heads, bare)
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

/// Whether a line is one button of a share bar, which only its place tells from
/// a heading.
pub fn is_site(text: &str) -> bool {
    among(SITES, text.trim().to_lowercase().as_str())
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

/// "March 3, 2024", "2024-03-05", "Tue, 5 Mar 2024", "2024年3月5日".
pub fn is_date(text: &str) -> bool {
    let words: Vec<String> = text
        .to_lowercase()
        .replace(['年', '月', '日'], " ")
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
            || tongue::word(|tongue| tongue.months, word)
            || tongue::word(|tongue| tongue.date_words, word)
    });
    year && rest && words.len() >= 2
}

/// The author in "By Jane Doe", "Von Anna Kern", "作者：王小明".
pub fn byline(text: &str) -> Option<&str> {
    const BETWEEN: Words = "and & y e et und en de da di du del la le von van der den the dos";
    let start = tongue::ALL
        .iter()
        .flat_map(|tongue| tongue.bylines)
        .filter(|start| begins_with(text, start))
        .max_by_key(|start| start.len())?;
    // The letters of these starts are as long in capitals as they are in small.
    let rest = text.get(start.len()..)?;
    let name = rest
        .split(['|', '·', '•', '—', '–'])
        .next()
        .unwrap_or("")
        .trim()
        .trim_end_matches(',');
    // "Ada Stone, deputy mayor": what she is comes in small letters.
    let name = match name.split_once(", ") {
        Some((name, role))
            if role.starts_with(char::is_lowercase)
                && !among(BETWEEN, role.split(' ').next().unwrap_or(""))
                && role.split(' ').count() <= 6 =>
        {
            name
        }
        Some(_) | None => name,
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let wide = name.chars().any(tongue::is_wide);
    let named = (1..=8).contains(&words.len())
        && (!wide || name.chars().count() <= 12)
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) || among(BETWEEN, word)
        });
    (named && !name.ends_with(['.', '?', '!', ':', '。', '？', '！', '：'])).then_some(name)
}

fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.to_lowercase() == *start)
}
