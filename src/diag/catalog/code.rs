//! What is wrong with code and formulas.

use crate::diag::Diagnostics;
use crate::source::{FileError, Span};

impl Diagnostics {
    /// A code block in a language without colours.
    ///
    /// Its text is shown without. `text` says that none are wanted.
    pub fn unknown_language(&mut self, span: Span, lang: &str, near: Option<&str>) {
        let help = match near {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write `text` if it is meant to have no colours".into(),
        };
        let found = self.warn(
            "unknown-language",
            span,
            format!("no colours are known for the language `{lang}`"),
        );
        found.help(help);
        if let Some(near) = near {
            found.swap(span, lang, near);
        }
    }

    /// A file named by `src=` that cannot be read.
    ///
    /// The block stays empty. Paths start at the deck's folder and may not leave it.
    pub fn missing_code(&mut self, span: Span, path: &str, error: &FileError) {
        let help = match error {
            FileError::Missing => "check the spelling; the path starts at the deck's folder",
            FileError::Outside => "copy the file into the deck's folder",
            FileError::TooLong(_) => "copy the part that is shown into a file of its own",
            FileError::Other(_) => "check that it is a text file and can be opened",
        };
        self.warn(
            "missing-code",
            span,
            format!("code of `{path}` cannot be shown: {error}"),
        )
        .help(help);
    }

    /// A region that a file does not have.
    ///
    /// A region stands between comments `region: name` and `endregion`.
    pub fn unknown_region(&mut self, span: Span, path: &str, name: &str, known: &[&str]) {
        let found = self.warn(
            "unknown-region",
            span,
            format!("`{path}` has no region `{name}`"),
        );
        if known.is_empty() {
            found.help(format!(
                "write `region: {name}` and `endregion` into comments of the file"
            ));
        } else {
            found.meant(name, known);
        }
    }

    /// Lines that cannot be read, or that the code does not have.
    ///
    /// `{2,4-6}` marks lines, `{2|4-6|all}` walks through them.
    pub fn bad_lines(&mut self, span: Span, words: &str, n_lines: usize) {
        self.warn(
            "bad-lines",
            span,
            format!("`{words}` names no lines of this code, which has {n_lines}"),
        )
        .help("write `{2,4-6}` to mark lines, `{2|4-6|all}` to walk through them");
    }

    /// `{.morph}` on a code block that stands alone.
    ///
    /// Blocks change into each other that stand one below the other, with nothing between them.
    pub fn lone_morph(&mut self, span: Span) {
        self.warn(
            "lone-morph",
            span,
            "there is nothing this code could change into",
        )
        .help("put a second code block with `{.morph}` directly below it");
    }

    /// A formula that cannot be set.
    ///
    /// It is shown as it is written. Formulas are what KaTeX knows of LaTeX.
    pub fn bad_formula(&mut self, span: Span, words: &str) {
        self.warn(
            "bad-formula",
            span,
            format!("this formula cannot be set: {words}"),
        )
        .help("write what KaTeX knows of LaTeX; put `\\$` for a dollar that is no formula");
    }
}
