//! What a page says about itself: title, author, language.

use dom_query::{Document, NodeRef};

use super::dom::{all, attr, bare, first, is_inside, n_words, one_line, text};

/// What stands between the parts of a page's title.
const SEPARATORS: [&str; 9] = [
    " | ", " – ", " — ", " · ", " • ", " - ", " :: ", " » ", " / ",
];

/// A title of more parts is a list of search words.
const MAX_PARTS: usize = 8;

/// The title of the article, which is not always that of the page.
///
/// A heading that is a part of the page's title is meant by both. Failing that
/// it is the first heading of the first level; then what the page tells other
/// sites; then its own title, less the site's name.
pub fn title(doc: &Document) -> String {
    let root = doc.root();
    let page = first(&root, "head title")
        .map(|node| text(&node))
        .unwrap_or_default();
    let told = meta(&root, &["og:title", "twitter:title", "dc.title"]);
    let site = meta(&root, &["og:site_name", "application-name"]);
    let is_site = |words: &str| !site.is_empty() && bare(words) == bare(&site);
    let headings: Vec<String> = all(&root, "h1, h2")
        .iter()
        .filter(|heading| !is_inside(heading, &["nav", "aside", "footer", "dialog"]))
        .map(text)
        .filter(|words| !is_site(words))
        .collect();
    let parts: Vec<String> = parts(&page).into_iter().map(bare).collect();
    let is_part = |words: &str| parts.contains(&bare(words));
    let matching = headings.iter().filter(|words| is_part(words));
    // The site's name is often a heading too, and shorter.
    if let Some(words) = matching.max_by_key(|words| n_words(words)) {
        return words.clone();
    }
    if !told.is_empty()
        && (is_part(&told) || headings.iter().any(|words| bare(words) == bare(&told)))
    {
        return told;
    }
    let h1 = all(&root, "h1")
        .into_iter()
        .filter(|heading| !is_inside(heading, &["nav", "aside", "footer", "dialog"]))
        .map(|heading| text(&heading))
        .find(|words| !is_site(words));
    if let Some(words) = h1 {
        return words;
    }
    let whole = if told.is_empty() { page } else { told };
    let cut = SEPARATORS.iter().find_map(|separator| {
        let (front, back) = whole.rsplit_once(separator)?;
        is_site(back).then(|| front.to_string())
    });
    cut.unwrap_or(whole)
}

/// Every run of neighbouring parts of a title: "A | B — C" has six.
fn parts(title: &str) -> Vec<&str> {
    let mut ends = vec![(0, 0)];
    for (at, _) in title.char_indices() {
        let separator = SEPARATORS
            .iter()
            .find(|separator| title[at..].starts_with(**separator));
        if let Some(separator) = separator
            && ends.len() < MAX_PARTS
        {
            ends.push((at, at + separator.len()));
        }
    }
    ends.push((title.len(), title.len()));
    let mut res = Vec::new();
    for (from, (_, start)) in ends.iter().enumerate() {
        for (end, _) in ends.iter().skip(from + 1) {
            res.extend(title.get(*start..*end));
        }
    }
    res
}

fn meta(root: &NodeRef, names: &[&str]) -> String {
    names
        .iter()
        .find_map(|name| {
            let found = first(
                root,
                &format!("meta[property=\"{name}\"], meta[name=\"{name}\"]"),
            )?;
            let value = one_line(&attr(&found, "content"));
            (!value.is_empty()).then_some(value)
        })
        .unwrap_or_default()
}

/// The language tag of the page, if it has one that can be.
pub fn lang(doc: &Document) -> Option<String> {
    let root = doc.root();
    let declared = first(&root, "html")
        .map(|html| attr(&html, "lang"))
        .unwrap_or_default();
    let header = first(&root, "meta[http-equiv=\"Content-Language\" i]");
    let header = header
        .map(|node| attr(&node, "content"))
        .unwrap_or_default();
    [declared, header, meta(&root, &["og:locale"])]
        .iter()
        .find_map(|value| tag(value))
}

/// The first language tag in a declaration, if it can be one.
pub fn tag(value: &str) -> Option<String> {
    let first = value.split(',').next().unwrap_or_default();
    let tag = first.trim().replace('_', "-");
    let is_language = tag
        .split('-')
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()));
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    (is_language && tag.split('-').all(is_part)).then_some(tag)
}

/// Who wrote it: as told to machines, else as told to readers.
pub fn author(doc: &Document, told: Option<String>) -> Option<String> {
    let root = doc.root();
    let told = told.and_then(|names| person(&names));
    let meta = || {
        person(&meta(
            &root,
            &["author", "article:author", "dc.creator", "parsely-author"],
        ))
    };
    let marked = || {
        all(&root, "[rel~=author], [itemprop~=author], .byline, .author, .author-name, .autor, .auteur, .p-author")
            .iter()
            .filter(|node| !is_inside(node, &["aside", "footer", "nav", "blockquote"]))
            .find_map(|node| person(&text(&first(node, "[itemprop=name]").unwrap_or(*node))))
    };
    told.or_else(meta).or_else(marked).or_else(|| signed(&root))
}

/// "September 18th, 2023 by Jane Doe" in front of the first long paragraph.
fn signed(root: &NodeRef) -> Option<String> {
    all(root, "p, div, small, span, address")
        .iter()
        .take_while(|node| !(node.has_name("p") && n_words(&node.text()) > 24))
        .map(text)
        .filter(|words| n_words(words) <= 14)
        .find_map(|words| {
            let (_, name) = words.rsplit_once(" by ")?;
            let is_name = (2..=4).contains(&n_words(name))
                && name
                    .split(' ')
                    .all(|word| word.starts_with(char::is_uppercase));
            is_name.then(|| person(name)).flatten()
        })
}

/// A name without what stands around it; `None` if what is left is no name.
fn person(words: &str) -> Option<String> {
    const BEFORE: [&str; 17] = [
        "written by ",
        "words by ",
        "text by ",
        "story by ",
        "posted by ",
        "published by ",
        "reported by ",
        "authored by ",
        "author: ",
        "autor: ",
        "auteur : ",
        "by ",
        "von ",
        "par ",
        "por ",
        "di ",
        "بقلم ",
    ];
    const BEHIND: [&str; 8] = [" | ", " · ", " • ", " – ", " — ", " on ", " am ", " le "];
    let words = one_line(words);
    let low = words.to_lowercase();
    // Small letters may take other room than large ones; then the line is left alone.
    let before = BEFORE
        .iter()
        .find(|before| low.starts_with(**before) && words.is_char_boundary(before.len()));
    let mut name = words.get(before.map_or(0, |before| before.len())..)?;
    for end in BEHIND {
        name = name.split(end).next().unwrap_or(name);
    }
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '|' | '.'));
    let is_name = (1..=10).contains(&n_words(name))
        && name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
        && !name.contains(['@', '/', '?'])
        && !name.contains(|c: char| c.is_ascii_digit());
    is_name.then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::{parts, person};

    #[test]
    fn a_title_has_every_run_of_its_parts() {
        assert_eq!(
            parts("A | B — C"),
            ["A", "A | B", "A | B — C", "B", "B — C", "C"]
        );
        assert_eq!(parts("well-known"), ["well-known"]);
    }

    #[test]
    fn a_name_stands_alone() {
        assert_eq!(
            person("Written by  Jane Doe | 3 May").as_deref(),
            Some("Jane Doe")
        );
        assert_eq!(
            person("par Cécile Œuvrard").as_deref(),
            Some("Cécile Œuvrard")
        );
        assert_eq!(person("İ by X"), Some("İ by X".into()));
        assert_eq!(person("https://www.facebook.com/somebody"), None);
        assert_eq!(person("12 comments"), None);
    }
}
