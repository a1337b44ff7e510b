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

    /// A picture, film or sound that cannot be had.
    ///
    /// Its place on the slide says so. Paths start at the deck's folder. A name that differs only in
    /// capitals is mended: most servers tell them apart.
    pub fn missing_picture(
        &mut self,
        span: Span,
        what: &str,
        href: &str,
        error: &FileError,
        near: Option<(&str, &str)>,
    ) {
        let copy = format!("copy the {what} into the deck's folder");
        let help = match error {
            FileError::Missing => "check the spelling; the path starts at the deck's folder",
            FileError::Outside => &copy,
            FileError::TooLong(_) => "make it smaller: nobody waits for such a picture",
            FileError::Other(_) => "check that the file can be opened",
        };
        let found = self.warn(
            "missing-picture",
            span,
            format!("{what} `{href}` cannot be shown: {error}"),
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

    /// A picture with more points than browsers show.
    ///
    /// Its place on the slide says so. Browsers show nothing of such a picture, or take a gigabyte.
    pub fn huge_picture(&mut self, span: Span, href: &str, (width, height): (u32, u32)) {
        self.warn(
            "huge-picture",
            span,
            format!("`{href}` has {width} \u{d7} {height} points and is not shown"),
        )
        .help("make it smaller: a slide on the largest screens has 8,000 \u{d7} 4,500");
    }

    /// A table with more columns than anybody reads.
    ///
    /// Nobody follows more than sixteen from the last row.
    pub fn wide_table(&mut self, span: Span, n_columns: usize) {
        self.warn(
            "wide-table",
            span,
            format!("a table of {n_columns} columns cannot be read on a slide"),
        )
        .help("keep the columns that you speak of, or split it over several slides");
    }

    /// A picture, film or sound on the web.
    ///
    /// A deck asks nobody for anything, so it is not shown.
    pub fn remote_picture(&mut self, span: Span, what: &str, href: &str) {
        self.warn(
            "remote-picture",
            span,
            format!("{what} `{href}` is on the web and is not shown"),
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

    /// A file that ends like a film or sound and is none.
    ///
    /// Its place on the slide says so. What a file is, is told by its first bytes, not by its name.
    pub fn unplayable(&mut self, span: Span, href: &str) {
        self.warn(
            "not-playable",
            span,
            format!("`{href}` is neither a film nor a sound that a browser plays"),
        )
        .help("use MP4 (H.264 with AAC) or WebM for films, MP3, M4A, Ogg or WAV for sounds");
    }

    /// Captions of a film that cannot be shown.
    ///
    /// The film plays without them. They are a WebVTT file in the deck's folder.
    pub fn bad_captions(&mut self, span: Span, href: &str, why: &str) {
        self.warn(
            "bad-captions",
            span,
            format!("the captions `{href}` cannot be shown: {why}"),
        )
        .help("name a WebVTT file in the deck's folder: it begins with a line `WEBVTT`");
    }

    /// A film or sound too long for one file with everything in it.
    ///
    /// An exported page links to it, and shows it only where the file has come along.
    pub fn linked_film(&mut self, span: Span, href: &str, bytes: u64) {
        let megabytes = bytes.div_ceil(1_000_000);
        self.warn(
            "linked-film",
            span,
            format!("`{href}` has {megabytes} MB: an export does not hold it, but links to it"),
        )
        .help("keep the file where it is beside the export, or make it smaller than 16 MB");
    }

    /// An attribute of a picture that cannot be read.
    ///
    /// It does not count.
    pub fn bad_picture_value(&mut self, span: Span, key: &str, value: &str) {
        let help = match key {
            "start" => "write seconds, or minutes and seconds: `start=75`, `start=1:15`",
            "end" => "write a time behind the start, such as `end=1:15`",
            "controls" => "write `controls=no`, or leave it out",
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
