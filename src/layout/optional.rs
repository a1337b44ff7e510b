//! Slides to leave out when time runs short.

use crate::diag::Diagnostics;
use crate::source::Spanned;

/// The class of a slide that may be left out when time runs short.
pub fn class(diags: &mut Diagnostics, said: Option<&Spanned<String>>) -> Vec<String> {
    match said.map(|said| (said.value.trim(), said.span)) {
        None | Some(("false" | "", _)) => Vec::new(),
        Some(("true", _)) => vec!["optional".into()],
        Some((word, span)) => {
            diags.unknown_optional(span, word);
            Vec::new()
        }
    }
}
