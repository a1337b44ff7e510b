//! What Markdown has no word for, or the converter reads wrongly, into plain
//! headings, lists, quotations and paragraphs.

use dom_query::{Document, NodeRef};

use super::dom::{
    all, attr, bare, element, first, heading_level, is_heading, is_inside, n_words, name, one_line,
    says, text, unwrap,
};

/// A line of more words in bold is a sentence and no heading.
const MAX_HEADING_WORDS: usize = 14;

/// Headings are their words alone: no marks of permanent links, no links to
/// edit, no pictures. A box around one heading dissolves.
pub fn headings(doc: &Document) {
    large_lines(doc);
    for heading in all(&doc.root(), "[role=heading]") {
        let level = attr(&heading, "aria-level").parse().unwrap_or(2);
        if !is_heading(&heading) && may_be_heading(&text(&heading)) {
            heading.rename(&format!("h{}", u8::clamp(level, 1, 6)));
        }
    }
    for mark in all(&doc.root(), "a.headerlink, a.permalink, a.hash-link") {
        mark.remove_from_parent();
    }
    for heading in all(&doc.root(), "h1, h2, h3, h4, h5, h6") {
        for mark in all(&heading, "a, button, span, svg, img") {
            if is_permalink(&mark) {
                mark.remove_from_parent();
            }
        }
        for end in all(&heading, "br") {
            end.replace_with(&end.tree.new_text(" "));
        }
        let words = text(&heading);
        let words = words.trim_end_matches(['¶', '#', '§']).trim();
        if !words.contains(char::is_alphanumeric) {
            heading.remove_from_parent();
            continue;
        }
        heading.set_text(words);
        let holder = heading.parent().filter(|holder| {
            matches!(name(holder).as_str(), "div" | "a" | "hgroup" | "span") && says(holder, words)
        });
        if let Some(holder) = holder {
            holder.replace_with(&heading);
        }
    }
}

/// "¶", "#", an unseen "Permalink to this heading", "[edit]".
fn is_permalink(mark: &NodeRef) -> bool {
    let words = text(mark);
    let class = attr(mark, "class").to_lowercase();
    let is_sign = !words.contains(char::is_alphanumeric) && n_words(&words) <= 1;
    let is_named = [
        "headerlink",
        "permalink",
        "editsection",
        "sr-only",
        "visually-hidden",
    ]
    .iter()
    .any(|part| class.contains(part));
    let is_anchor = mark.has_name("a") && (class.contains("anchor") || class.contains("hash-link"));
    let is_whole = mark.parent().is_some_and(|parent| says(&parent, &words));
    is_sign || (!is_whole && (is_named || is_anchor || words == "[edit]"))
}

/// Pages of old set a line in large type where later ones have a heading.
fn large_lines(doc: &Document) {
    for font in all(&doc.root(), "font[size]") {
        let size = attr(&font, "size");
        let (is_large, level) = match size
            .strip_prefix('+')
            .map_or(size.parse(), str::parse::<u8>)
        {
            Ok(n) if size.starts_with('+') => (n >= 1, if n >= 3 { "h1" } else { "h2" }),
            Ok(n) => (n >= 4, if n >= 6 { "h1" } else { "h2" }),
            Err(_) => (false, "h2"),
        };
        let words = text(&font);
        let holder = font.ancestors(None).into_iter().find(|node| {
            !matches!(
                name(node).as_str(),
                "font" | "b" | "strong" | "i" | "em" | "span" | "u"
            )
        });
        let is_line = holder.is_some_and(|holder| says(&holder, &words));
        if is_large
            && is_line
            && may_be_heading(&words)
            && !is_inside(&font, &["a", "h1", "h2", "h3"])
        {
            match holder {
                Some(holder) if holder.has_name("p") => {
                    holder.replace_with_html(element(level, &words))
                }
                Some(_) | None => font.replace_with_html(element(level, &words)),
            }
        }
    }
}

/// Paragraphs in bold are headings on a page that has hardly any others. Asked
/// of the article alone: what stands around it has headings of its own.
pub fn bold_lines(body: &NodeRef) {
    if all(body, "h2, h3, h4, h5, h6").len() > 1 {
        return;
    }
    let is_line = |line: &NodeRef| {
        let strong = first(line, "b, strong").map(|strong| text(&strong));
        let words = text(line);
        strong.as_ref() == Some(&words)
            && may_be_heading(&words)
            && !is_inside(line, &["li", "blockquote", "table"])
    };
    let lines: Vec<NodeRef> = all(body, "p").into_iter().filter(is_line).collect();
    if lines.len() > 1 {
        for line in lines {
            line.replace_with_html(element("h2", &text(&line)));
        }
    }
}

fn may_be_heading(words: &str) -> bool {
    (1..=MAX_HEADING_WORDS).contains(&n_words(words))
        && words.contains(char::is_alphabetic)
        && !words.ends_with(['.', ',', ':', ';'])
}

/// Takes the title out of the text, however often it stands there, and leaves
/// the first level to it.
pub fn make_room_for_title(root: &NodeRef, title: &str) {
    let title = bare(title);
    for heading in all(root, "h1, h2, h3, h4, h5, h6") {
        if bare(&heading.text()) == title {
            heading.remove_from_parent();
        }
    }
    if first(root, "h1").is_none() {
        return;
    }
    for heading in all(root, "h1, h2, h3, h4, h5") {
        if let Some(level) = heading_level(&heading) {
            heading.rename(&format!("h{}", level + 1));
        }
    }
}

/// Everything else that has a plain form.
pub fn normalize(doc: &Document) {
    let root = doc.root();
    for reading in all(&root, "rt, rp") {
        // How a word is read stands above it, never in the line.
        reading.remove_from_parent();
    }
    reference_marks(&root);
    raised(&root);
    definitions(&root);
    quotations(&root);
    for box_ in all(&root, "aside") {
        let class = attr(&box_, "class").to_lowercase();
        let is_text = [
            "admonition",
            "note",
            "tip",
            "warning",
            "callout",
            "info",
            "important",
            "caution",
        ]
        .iter()
        .any(|part| class.contains(part));
        if is_text {
            box_.rename("div");
            box_.remove_all_attrs();
        }
    }
    for node in all(&root, "h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre") {
        // Their names say what they are; readability would judge them by others.
        node.remove_attrs(&["class", "id"]);
    }
}

/// Links keep their words. Those into the saved page or around blocks keep no
/// address: the one leads nowhere from a deck, the other Markdown cannot say.
pub fn links(root: &NodeRef) {
    for link in all(root, "a") {
        let address = attr(&link, "href");
        let leads_out = address.starts_with("http:") || address.starts_with("https:");
        if !leads_out || first(&link, "p, div, ul, h1, h2, h3, h4, h5, h6, img").is_some() {
            unwrap(&link);
        }
    }
}

/// "[1]", "¹" with a link to the note, "[citation needed]".
fn reference_marks(root: &NodeRef) {
    for mark in all(root, "sup, a, span.reference, span.footnote") {
        let words = text(&mark);
        let inner = words.trim_matches(['[', ']', '(', ')']);
        let is_bracketed = words.starts_with('[') && words.ends_with(']');
        let is_number = !inner.is_empty()
            && inner.chars().count() <= 3
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡'));
        let is_letter = is_bracketed && inner.chars().count() == 1;
        let to_note = |link: &NodeRef| attr(link, "href").contains('#');
        let leads = to_note(&mark) || all(&mark, "a").iter().any(to_note);
        let is_reference = match mark.has_name("a") {
            true => leads && (is_number || is_letter) && !is_heading_link(&mark),
            false => (is_bracketed && n_words(inner) <= 4) || (is_number && leads),
        };
        if is_reference {
            mark.remove_from_parent();
        }
    }
}

fn is_heading_link(link: &NodeRef) -> bool {
    link.parent()
        .is_some_and(|parent| is_heading(&parent) || parent.has_name("li"))
}

/// 10⁶ must not become 106.
fn raised(root: &NodeRef) {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    for sup in all(root, "sup") {
        let words = text(&sup);
        let raised: Option<String> = words
            .chars()
            .map(|c| match c {
                '0'..='9' => DIGITS.get(usize::from(c as u8 - b'0')).copied(),
                '+' => Some('⁺'),
                '-' | '−' | '–' => Some('⁻'),
                'n' => Some('ⁿ'),
                _ => None,
            })
            .collect();
        match raised {
            Some(raised) if !raised.is_empty() => sup.replace_with(&sup.tree.new_text(raised)),
            Some(_) | None => {}
        }
    }
}

/// A list of terms becomes a list of "**term**: what it means". Inner ones go
/// first: their terms are not those of the list around them.
fn definitions(root: &NodeRef) {
    for list in all(root, "dl").iter().rev() {
        let mut items: Vec<(String, String)> = Vec::new();
        for part in all(list, "dt, dd") {
            let html = part.inner_html().to_string();
            if part.has_name("dt") {
                items.push((text(&part), String::new()));
                continue;
            }
            match items.last_mut() {
                Some((_, meaning)) => *meaning += &html,
                None => items.push((String::new(), html)),
            }
        }
        let html: String = items
            .iter()
            .map(|(term, meaning)| {
                let meaning = meaning.trim();
                // A meaning that begins with a paragraph begins on the line of its term.
                let meaning = meaning
                    .strip_prefix("<p>")
                    .map_or(meaning.to_string(), |rest| rest.replacen("</p>", "", 1));
                let term = term.trim_end_matches(':');
                match (term.is_empty(), meaning.is_empty()) {
                    (true, _) => format!("<li>{meaning}</li>"),
                    (false, true) => format!("<li>{}</li>", element("strong", term)),
                    (false, false) => format!("<li>{}: {meaning}</li>", element("strong", term)),
                }
            })
            .collect();
        list.replace_with_html(format!("<ul>{html}</ul>"));
    }
}

/// Who said it stands in the quotation; what is only said twice goes.
fn quotations(root: &NodeRef) {
    let mut said: Option<String> = None;
    for pulled in all(root, "aside, blockquote, div, p") {
        let class = attr(&pulled, "class")
            .to_lowercase()
            .replace(['-', '_'], "");
        if !class.contains("pullquote") {
            continue;
        }
        let said = said.get_or_insert_with(|| bare(&root.text()));
        let words = bare(&pulled.text());
        if !words.is_empty() && said.matches(&words).nth(1).is_some() {
            pulled.remove_from_parent();
            *said = said.replacen(&words, "", 1);
        }
    }
    for quote in all(root, "blockquote") {
        let Some(source) = first(&quote, "footer, cite") else {
            continue;
        };
        let words = text(&source);
        let speaker = words.trim_start_matches(['—', '–', '-', '―', ' ']);
        // A work that is named within a sentence is no speaker.
        let is_last = one_line(&quote.text()).ends_with(&words);
        if !speaker.is_empty() && is_last {
            let line = element("p", &format!("— {speaker}"));
            source.remove_from_parent();
            quote.append_html(line);
        }
    }
}
