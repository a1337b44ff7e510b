//! What is wrong with pictures, backgrounds, footnotes and QR codes.

use crate::diag::Diagnostics;
use crate::source::{FileError, Span};

impl Diagnostics {
    /// A gradient on which no ink can be read everywhere.
    ///
    /// On its light parts only dark text can be read, on its dark ones only light text.
    pub fn pale_gradient(&mut self, span: Span) {
        self.warn(
            "pale-gradient",
            span,
            "no text can be read on all of this gradient",
        )
        .help("use colours that are all dark or all light");
    }

    /// A picture that cannot be had.
    ///
    /// Its place on the slide says so. Paths start at the deck's folder. A name that differs only in
    /// capitals is mended: most servers tell them apart.
    pub fn missing_picture(
        &mut self,
        span: Span,
        href: &str,
        error: &FileError,
        near: Option<(&str, &str)>,
    ) {
        let help = match error {
            FileError::Missing => "check the spelling; the path starts at the deck's folder",
            FileError::Outside => "copy the picture into the deck's folder",
            FileError::TooLong(_) => "make it smaller: nobody waits for such a picture",
            FileError::Other(_) => "check that the file can be opened",
        };
        let found = self.warn(
            "missing-picture",
            span,
            format!("picture `{href}` cannot be shown: {error}"),
        );
        match near {
            Some((wrong, near)) => {
                found.help(format!("did you mean `{near}`?"));
                found.swap(span, wrong, near);
            }
            None => {
                found.help(help);
            }
        }
    }

    /// A picture on the web.
    ///
    /// A deck asks nobody for anything, so it is not shown.
    pub fn remote_picture(&mut self, span: Span, href: &str) {
        self.warn(
            "remote-picture",
            span,
            format!("picture `{href}` is on the web and is not shown"),
        )
        .help(
            "save it into the deck's folder and name that file: a deck must work without a network",
        );
    }

    /// A file that is no picture a browser shows.
    ///
    /// Its first bytes say what it is, not its name.
    pub fn not_a_picture(&mut self, span: Span, href: &str) {
        self.warn(
            "not-a-picture",
            span,
            format!("`{href}` is not a picture that a browser shows"),
        )
        .help("use PNG, JPEG, GIF, WebP, AVIF or SVG");
    }

    /// An attribute of a picture that cannot be read.
    ///
    /// It does not count.
    pub fn bad_picture_value(&mut self, span: Span, key: &str, value: &str) {
        let help = match key {
            "focus" => "write how far from the left and from the top, in percent: `focus=30%,70%`",
            _ => "write `50%`, or a number of slide units: a slide is 1280 wide",
        };
        self.warn(
            "bad-picture-value",
            span,
            format!("`{key}={value}` cannot be read"),
        )
        .help(help);
    }

    /// The mark of a footnote that is nowhere.
    ///
    /// The brackets are shown as they are.
    pub fn unknown_footnote(&mut self, span: Span, name: &str) {
        self.warn(
            "unknown-footnote",
            span,
            format!("there is no footnote `{name}`"),
        )
        .help(format!(
            "write it on a line of its own: `[^{name}]: …`, or `\\[^{name}]` for the brackets themselves"
        ));
    }

    /// A footnote that no text names.
    ///
    /// It is not shown.
    pub fn unused_footnote(&mut self, span: Span, name: &str) {
        self.warn(
            "unused-footnote",
            span,
            format!("no text names the footnote `{name}`, so it is not shown"),
        )
        .help(format!("write `[^{name}]` behind the words it belongs to"));
    }

    /// A text that is too long for a QR code.
    ///
    /// No code is drawn.
    pub fn qr_too_long(&mut self, span: Span) {
        self.warn("qr-too-long", span, "this is too long for a QR code")
            .help(
                "use a shorter address; one of up to 100 characters can be read from the last row",
            );
    }
}
