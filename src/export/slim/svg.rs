//! Drawings: without comments, what editors keep in them for themselves, and
//! what would run.

use roxmltree::Document;

use crate::escape::tag_length;

/// What editors, and only they, know.
const EDITORS: [&str; 8] = [
    "inkscape:",
    "sodipodi:",
    "sketch:",
    "rdf:",
    "cc:",
    "dc:",
    "serif:",
    "bx:",
];

/// Elements that draw nothing.
const DROPPED: [&str; 3] = ["metadata", "script", "sodipodi:namedview"];

/// The same drawing in fewer bytes.
pub fn lighter(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    // Words of its own (`<!ENTITY`) may stand for anything.
    if text.contains("<!ENTITY") || text.contains("<![CDATA[") {
        return None;
    }
    let clean = clean(text)?;
    // What is no drawing before is none of ours, and after it none at all.
    let n_drawn = |text: &str| {
        Some(
            Document::parse(text)
                .ok()?
                .descendants()
                .filter(draws)
                .count(),
        )
    };
    (n_drawn(text)? == n_drawn(&clean)?).then(|| clean.into_bytes())
}

fn draws(node: &roxmltree::Node<'_, '_>) -> bool {
    const DRAWING: [&str; 12] = [
        "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use",
        "image", "style",
    ];
    DRAWING.contains(&node.tag_name().name())
}

fn clean(text: &str) -> Option<String> {
    let keeps_blanks = text.contains("xml:space");
    let mut res = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('\u{feff}');
    // Texts that are open: blanks in them are shown.
    let mut n_texts = 0usize;
    while let Some(open) = rest.find('<') {
        let (words, tag) = rest.split_at(open);
        let is_blank = words.trim().is_empty();
        if !is_blank || n_texts > 0 || keeps_blanks {
            res += words;
        }
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = &comment[comment.find("-->")? + 3..];
            continue;
        }
        let (tag, behind) = tag.split_at(tag_length(tag)?);
        rest = behind;
        if tag.starts_with("<?") || tag.starts_with("<!") {
            continue;
        }
        let name = name_of(tag);
        if is_dropped(name) {
            if !tag.starts_with("</") && !tag.ends_with("/>") {
                let close = format!("</{name}");
                let end = behind.find(&close)?;
                rest = &behind[end + tag_length(&behind[end..])?..];
            }
            continue;
        }
        let is_text = matches!(name, "text" | "style" | "title" | "desc" | "foreignObject");
        if is_text && tag.starts_with("</") {
            n_texts = n_texts.saturating_sub(1);
        } else if is_text && !tag.ends_with("/>") {
            n_texts += 1;
        }
        res += &without_own(tag);
    }
    res += rest.trim_end();
    Some(res)
}

fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    &name[..end.unwrap_or(name.len())]
}

fn is_dropped(name: &str) -> bool {
    DROPPED.contains(&name) || EDITORS.iter().any(|prefix| name.starts_with(prefix))
}

/// A tag without the attributes of editors, and those that would run.
fn without_own(tag: &str) -> String {
    let mut res = String::with_capacity(tag.len());
    let start = name_of(tag).len() + tag.len() - tag.trim_start_matches(['<', '/']).len();
    res += &tag[..start];
    let mut rest = &tag[start..];
    while let Some((front, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let end = quote.and_then(|quote| value[1..].find(quote));
        let Some(end) = end.map(|end| end + 2) else {
            break;
        };
        let name = front.trim();
        let editor = name.strip_prefix("xmlns:").map(|name| format!("{name}:"));
        let is_own = EDITORS
            .iter()
            .any(|prefix| name.starts_with(prefix) || editor.as_deref() == Some(*prefix));
        if !is_own && !name.to_ascii_lowercase().starts_with("on") {
            res += &format!(" {name}={}", &value[..end]);
        }
        rest = &value[end..];
    }
    res + rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::lighter;

    fn light(svg: &str) -> Option<String> {
        lighter(svg.as_bytes()).map(|bytes| String::from_utf8(bytes).expect("text"))
    }

    #[test]
    fn what_draws_stays() {
        let svg = "<?xml version=\"1.0\"?>\n<!-- a > b -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
                   xmlns:inkscape=\"http://www.inkscape.org/\" viewBox='0 0 1 1' onload=\"x()\">\n  \
                   <metadata><rdf:RDF xmlns:rdf=\"r\"/></metadata>\n  <script>if (a > b) x()</script>\n  \
                   <g inkscape:label=\"a>b\" id=\"g\">\n<text>a <tspan>b</tspan> <tspan>c</tspan></text>\n\
                   <path d=\"M0 0\nh1\" /></g>\n</svg>\n";
        assert_eq!(
            light(svg).as_deref(),
            Some(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 1 1'>\
                 <g id=\"g\"><text>a <tspan>b</tspan> <tspan>c</tspan></text>\
                 <path d=\"M0 0\nh1\"/></g></svg>"
            )
        );
    }

    #[test]
    fn what_is_not_understood_stays_as_it_is() {
        for svg in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path",
            "<svg xmlns='http://www.w3.org/2000/svg'><!-- ",
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns='http://www.w3.org/2000/svg'/>",
            "<svg xmlns='http://www.w3.org/2000/svg'><metadata><path d=''/></metadata></svg>",
            "<svg><metadata></svg>",
        ] {
            assert_eq!(light(svg), None, "{svg}");
        }
    }
}
