//! What of an author's HTML is shown.

use std::collections::HashMap;

use ammonia::Builder;

use super::ASSET_SCHEME;
use crate::links;

/// HTML without all that is active or leads elsewhere; `addresses` is what the
/// `src` of a picture may say, and what it becomes.
pub fn sanitise(html: &str, addresses: HashMap<String, String>) -> String {
    Builder::default()
        .add_tags(["input", "section", "progress", "meter"])
        .add_generic_attributes([
            "class",
            "data-step",
            "data-until",
            "data-morph",
            "role",
            "aria-label",
            "aria-hidden",
        ])
        .add_tag_attributes("input", ["checked", "type"])
        // A text field would take the keyboard while somebody presents. The type
        // is not forced here: of two forced values now one, now the other comes
        // first, and the same deck would give other bytes.
        .set_tag_attribute_value("input", "disabled", "")
        .add_tag_attributes("ol", ["style"])
        .add_tag_attributes("div", ["style"])
        .add_tag_attributes("figure", ["style"])
        .add_tag_attributes("img", ["style"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("progress", ["value", "max"])
        .add_tag_attributes("meter", ["value", "min", "max", "low", "high", "optimum"])
        .add_tag_attributes("a", ["target"])
        .add_url_schemes([ASSET_SCHEME.trim_end_matches(':'), "data"])
        .attribute_filter(move |tag, attribute, value| match (tag, attribute) {
            ("input", "type") => Some("checkbox".into()),
            ("div", "style") => is_columns_style(value).then(|| value.into()),
            ("figure" | "img", "style") => is_picture_style(value).then(|| value.into()),
            ("ol", "style") => is_start_style(value).then(|| value.into()),
            ("img", "src") => addresses.get(value).map(|address| address.clone().into()),
            ("a", "href") if !links::is_safe(value) => None,
            (_, "srcset" | "cite") => None,
            _ => Some(value.into()),
        })
        .link_rel(Some("noopener noreferrer"))
        .clean(html)
        .to_string()
}

fn is_columns_style(value: &str) -> bool {
    value.strip_prefix("--columns:").is_some_and(|widths| {
        let is_width = |part: &str| {
            part.strip_suffix("fr")
                .is_some_and(|n| n.parse::<u8>().is_ok())
        };
        widths.split(' ').all(is_width)
    })
}

/// What [`crate::deck::look::Look`] writes, and nothing else.
fn is_picture_style(value: &str) -> bool {
    value.split(';').all(|declaration| {
        let Some((name, value)) = declaration.split_once(':') else {
            return false;
        };
        let plain: String = ["calc(", "*var(--u)", "*var(--h)/100", ")", "%"]
            .iter()
            .fold(value.to_string(), |value, part| value.replace(part, ""));
        let is_plain = plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b' ');
        matches!(name, "width" | "height" | "object-position") && is_plain
    })
}

fn is_start_style(value: &str) -> bool {
    value
        .strip_prefix("counter-reset:entry ")
        .is_some_and(|n| n.parse::<i64>().is_ok())
}
