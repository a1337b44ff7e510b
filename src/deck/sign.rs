//! What is drawn instead of read: signs in a line of text, QR codes.

use super::{Block, Inline, lines, plain_text};
use crate::source::Span;

/// A sign in a line of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `:icon-truck:`; the name may be one that nobody knows.
    Icon {
        /// Without `icon-`.
        name: String,
        /// Where it is written.
        span: Span,
    },
    /// The mark of a footnote.
    Note {
        /// The footnote's number on its slide, from 1.
        number: u16,
        /// The how-manieth mark of that footnote, from 1.
        nth: u16,
    },
}

/// What a QR code says: the address of its link, or its text.
pub fn qr_text(body: &[Block]) -> String {
    let lines = lines(body);
    let link = lines
        .iter()
        .flat_map(|line| line.iter())
        .find_map(|inline| match inline {
            Inline::Link { to, .. } => Some(to.href.clone()),
            _ => None,
        });
    link.unwrap_or_else(|| {
        let texts: Vec<String> = lines.iter().map(|line| plain_text(line)).collect();
        texts.join("\n")
    })
}
