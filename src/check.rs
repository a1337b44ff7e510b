//! Rules over a laid-out deck: taste and care, one function each.

use crate::deck::{Block, BlockKind, Frame, Inline, Plan, lines, pictures};
use crate::diag::Diagnostics;
use crate::layout;
use crate::links;
use crate::source::Span;

/// Runs every rule over every slide.
pub fn check(diags: &mut Diagnostics, plan: &Plan) {
    for frame in &plan.frames {
        missing_alt(diags, frame);
        active_content(diags, frame);
        too_much_text(diags, frame, plan.head.size);
    }
}

fn missing_alt(diags: &mut Diagnostics, frame: &Frame) {
    let blocks = [&frame.slots.body, &frame.slots.left, &frame.slots.right];
    let in_text = blocks.into_iter().flat_map(|blocks| pictures(blocks));
    for image in frame.slots.picture.iter().chain(in_text) {
        if image.alt.trim().is_empty() {
            diags.missing_alt(image.span);
        }
    }
}

fn active_content(diags: &mut Diagnostics, frame: &Frame) {
    let slots = &frame.slots;
    for blocks in [&slots.body, &slots.left, &slots.right, &frame.notes] {
        for block in blocks {
            raw_html(diags, block);
        }
    }
    let in_blocks = [&slots.body, &slots.left, &slots.right, &frame.notes]
        .into_iter()
        .flat_map(|b| lines(b));
    for line in in_blocks.chain([&frame.title[..], &slots.source, &slots.figure]) {
        in_line(diags, line);
    }
}

fn raw_html(diags: &mut Diagnostics, block: &Block) {
    match &block.kind {
        BlockKind::Html(html) => report_active(diags, block.span, html),
        BlockKind::Quote(body) | BlockKind::Group { body, .. } => {
            body.iter().for_each(|block| raw_html(diags, block))
        }
        BlockKind::List(list) => {
            list.items
                .iter()
                .flat_map(|item| &item.blocks)
                .for_each(|block| raw_html(diags, block));
        }
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Math(_)
        | BlockKind::Rule => {}
    }
}

fn in_line(diags: &mut Diagnostics, line: &[Inline]) {
    for inline in line {
        match inline {
            Inline::Html { html, span } => report_active(diags, *span, html),
            Inline::Link {
                href, body, span, ..
            } => {
                if !links::is_safe(href) {
                    diags.unsafe_link(*span, href);
                }
                in_line(diags, body);
            }
            Inline::Emph(body) | Inline::Strong(body) | Inline::Strike(body) => {
                in_line(diags, body)
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Image(_)
            | Inline::Break => {}
        }
    }
}

/// Names the first thing in raw HTML that does more than show text. What is
/// taken out is decided by the sanitiser alone; this only tells the author.
fn report_active(diags: &mut Diagnostics, span: Span, html: &str) {
    const ACTIVE: [&str; 8] = [
        "script", "style", "iframe", "object", "embed", "form", "svg", "link",
    ];
    let lower = html.to_ascii_lowercase();
    let is_open = |name: &&str| {
        lower.match_indices(&format!("<{name}")).any(|(at, open)| {
            !lower[at + open.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    if let Some(name) = ACTIVE.into_iter().find(|name| is_open(name)) {
        return diags.html_cleaned(span, &format!("`<{name}>`"));
    }
    if lower.contains("javascript:") {
        return diags.html_cleaned(span, "`javascript:`");
    }
    let words = lower.split([' ', '\t', '\n', '/', '"', '\'']);
    if let Some(word) = words
        .filter(|word| word.contains('='))
        .find(|word| word.starts_with("on"))
    {
        let name = word.split('=').next().unwrap_or_default();
        diags.html_cleaned(span, &format!("the attribute `{name}`"));
    }
}

fn too_much_text(diags: &mut Diagnostics, frame: &Frame, size: (u32, u32)) {
    if layout::is_crowded(frame, size) {
        diags.too_much_text(frame.span);
    }
}
