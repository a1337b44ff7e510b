//! Every sentence an author may read, one method for each fault, in the order
//! of the pipeline. Lower case, no full stop, what was found and what was
//! wanted; the help is an imperative with the text to type.

use std::path::Path;

use super::nearest::nearest;
use super::{Diagnostics, Severity};
use crate::source::{FileError, Span};

fn or_listed(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known names: {}", known.join(", ")),
    }
}

impl Diagnostics {
    // ---- read

    /// A file or folder of the deck cannot be read.
    pub fn unreadable(&mut self, path: &Path, error: &FileError) {
        let message = format!("cannot be read: {error}");
        self.add("unreadable", Severity::Error, None, message)
            .about(path)
            .help("give the path of a Markdown file or of a folder that holds some");
    }

    /// A file is not text in UTF-8. Its readable part is shown.
    pub fn not_utf8(&mut self, span: Span) {
        self.error("not-utf8", span, "this byte is not UTF-8")
            .help("save the file as UTF-8 in your editor (often under \"Save with Encoding\")");
    }

    /// There is no slide in a file or folder.
    pub fn empty_deck(&mut self, path: &Path, is_folder: bool) {
        let (message, help) = if is_folder {
            (
                "holds no `.md` file, so there is no slide",
                "put a file such as `01-title.md` into it",
            )
        } else {
            (
                "is empty, so there is no slide",
                "write a first slide, such as `# My talk`",
            )
        };
        self.add("empty-deck", Severity::Error, None, message.into())
            .about(path)
            .help(help);
    }

    // ---- parse

    /// The file begins with `---` and a key, and the block never ends.
    pub fn front_matter_not_closed(&mut self, span: Span) {
        self.error(
            "front-matter-not-closed",
            span,
            "front matter begins here and never ends",
        )
        .help("write a line `---` behind its last key");
    }

    /// YAML that cannot be read.
    pub fn bad_front_matter(&mut self, span: Span, words: &str) {
        self.error("bad-front-matter", span, format!("front matter cannot be read: {words}"))
            .help("write each setting as `key: value`; put quotes around a value with `: `, `#` or quotes in it");
    }

    /// A key nobody knows; `known` are those that may stand there.
    pub fn unknown_key(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn("unknown-key", span, format!("unknown setting `{key}`"))
            .help(or_listed(key, known));
    }

    /// A setting of the deck that stands on a slide.
    pub fn deck_key_on_slide(&mut self, span: Span, key: &str) {
        self.warn(
            "deck-key-on-slide",
            span,
            format!("`{key}` is a setting of the whole deck"),
        )
        .help("move it to the front matter of the first file");
    }

    /// A list or mapping where text is wanted.
    pub fn wrong_value(&mut self, span: Span, key: &str) {
        self.error(
            "wrong-value",
            span,
            format!("`{key}` wants a text, found a list or a mapping"),
        )
        .help(format!("write `{key}: some text`"));
    }

    /// `:::` without an end.
    pub fn group_not_closed(&mut self, span: Span, name: &str) {
        self.warn(
            "group-not-closed",
            span,
            format!("`::: {name}` is never closed"),
        )
        .help("write a line `:::` behind it; a group around others needs a longer fence: `::::`");
    }

    /// A code fence without an end.
    pub fn code_not_closed(&mut self, span: Span) {
        self.warn(
            "code-not-closed",
            span,
            "this code block is never closed: all below is taken as code",
        )
        .help("write the same fence, such as three backticks, on a line behind the code");
    }

    // ---- chart

    /// A chart without a number to draw.
    pub fn empty_chart(&mut self, span: Span) {
        self.warn("empty-chart", span, "there is no number to draw in this chart")
            .help("write a row for each name, such as `2024, 12`, or put one table between `::: chart` and `:::`");
    }

    /// A cell that cannot be drawn; it is left out.
    pub fn bad_chart_value(&mut self, span: Span, text: &str, fault: &str) {
        self.warn("bad-chart-value", span, format!("`{text}` {fault}"))
            .help("write a number such as `1234.5`, or `-` where none is known");
    }

    /// A row with more cells than the chart has columns.
    pub fn bad_chart_row(&mut self, span: Span, found: usize, wanted: usize) {
        self.warn(
            "bad-chart-row",
            span,
            format!("this row has {found} cells, the first has {wanted}"),
        )
        .help("put quotes around a cell with a comma in it, or separate cells by `;`");
    }

    /// A file of data that cannot be had.
    pub fn missing_chart_data(&mut self, span: Span, href: &str, fault: &str) {
        self.warn(
            "missing-chart-data",
            span,
            format!("the data `{href}` cannot be read: {fault}"),
        )
        .help("name a CSV file in the deck's folder");
    }

    /// More than can be read on a slide; the rest is left out.
    pub fn crowded_chart(&mut self, span: Span, found: usize, what: &str, most: usize) {
        self.warn(
            "crowded-chart",
            span,
            format!("this chart has {found} {what}, and only {most} can be read from the last row"),
        )
        .help("take the smallest together, or split the chart");
    }

    /// A word that a chart's setting does not know.
    pub fn unknown_chart_word(&mut self, span: Span, word: &str, known: &[&str]) {
        self.warn(
            "unknown-chart-word",
            span,
            format!("a chart does not know `{word}`"),
        )
        .help(or_listed(word, known));
    }

    /// A setting that charts do not have.
    pub fn unknown_chart_key(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn(
            "unknown-chart-key",
            span,
            format!("a chart has no setting `{key}`"),
        )
        .help(or_listed(key, known));
    }

    // ---- theme

    /// A theme that is nowhere.
    pub fn unknown_theme(&mut self, span: Option<Span>, name: &str, known: &[String]) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.add(
            "unknown-theme",
            Severity::Warning,
            span,
            format!("there is no theme `{name}`"),
        )
        .help(or_listed(name, &known));
    }

    /// A `theme.yaml` that cannot be read, or that lacks something.
    pub fn bad_theme(&mut self, span: Span, words: &str) {
        self.error("bad-theme", span, format!("theme cannot be used: {words}"))
            .help("compare it with the themes that come with the program (see themes/README.md)");
    }

    /// A colour of a `theme.yaml` that is none.
    pub fn bad_theme_colour(&mut self, span: Span, word: &str) {
        self.warn(
            "bad-theme-colour",
            span,
            format!("`{word}` is not a colour"),
        )
        .help("write it as in CSS: `#0a7d5a`, `teal`, `oklch(60% 0.15 160)`");
    }

    /// Not a CSS colour.
    pub fn bad_colour(&mut self, span: Span, word: &str) {
        self.warn("bad-colour", span, format!("`{word}` is not a colour"))
            .help("write it as in CSS: `#0a7d5a`, `teal`, `oklch(60% 0.15 160)`");
    }

    // ---- layout

    /// A layout nobody knows.
    pub fn unknown_layout(&mut self, span: Span, name: &str, known: &[&str]) {
        self.warn("unknown-layout", span, format!("unknown layout `{name}`"))
            .help(or_listed(name, known));
    }

    /// A size that is none of the known ones.
    pub fn unknown_size(&mut self, span: Span, word: &str) {
        self.warn("unknown-size", span, format!("unknown size `{word}`"))
            .help("write `16:9`, `16:10` or `4:3`");
    }

    /// A word for `steps` that is none of the known ones.
    pub fn unknown_steps(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-steps",
            span,
            format!("unknown value `{word}` of `steps`"),
        )
        .help("write `lists` (items appear one by one) or `none`");
    }

    /// An icon that is not in the set.
    pub fn unknown_icon(&mut self, span: Span, name: &str, known: Option<&str>) {
        let help = match known {
            Some(known) => format!("did you mean `{known}`?"),
            None => "use a name of the Lucide set: `truck`, `scale`, `globe`".into(),
        };
        self.warn("unknown-icon", span, format!("there is no icon `{name}`"))
            .help(help);
    }

    /// A `:::` group nobody knows. What is in it is shown.
    pub fn unknown_group(&mut self, span: Span, name: &str, known: &[&str]) {
        self.warn("unknown-group", span, format!("unknown group `::: {name}`"))
            .help(or_listed(name, known));
    }

    /// A picture that cannot be had. Its place on the slide says so.
    pub fn missing_picture(&mut self, span: Span, href: &str, error: &FileError) {
        let help = match error {
            FileError::Missing => "check the spelling; the path starts at the deck's folder",
            FileError::Outside => "copy the picture into the deck's folder",
            FileError::Other(_) => "check that the file can be opened",
        };
        self.warn(
            "missing-picture",
            span,
            format!("picture `{href}` cannot be shown: {error}"),
        )
        .help(help);
    }

    /// A picture on the web. A deck asks nobody for anything.
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
    pub fn not_a_picture(&mut self, span: Span, href: &str) {
        self.warn(
            "not-a-picture",
            span,
            format!("`{href}` is not a picture that a browser shows"),
        )
        .help("use PNG, JPEG, GIF, WebP, AVIF or SVG");
    }

    // ---- check

    /// Raw HTML of which a part is taken out before it is shown.
    pub fn html_cleaned(&mut self, span: Span, what: &str) {
        self.warn(
            "html-cleaned",
            span,
            format!("{what} is taken out of raw HTML"),
        )
        .help("write it in Markdown, or with plain elements such as `<b>`, `<sub>`, `<details>`");
    }

    /// A link that would run a script or leave the web.
    pub fn unsafe_link(&mut self, span: Span, href: &str) {
        self.warn(
            "unsafe-link",
            span,
            format!("the link to `{href}` is taken out"),
        )
        .help("link to `https:`, `mailto:` or `tel:`, to `#5` for a slide, or to a file");
    }

    /// A picture without a text for those who cannot see it.
    pub fn missing_alt(&mut self, span: Span) {
        self.warn("missing-alt", span, "picture has no alternative text")
            .help("say what it shows between the brackets: `![Sales rose by a third](sales.png)`");
    }

    /// More on a slide than fits at the smallest readable size.
    pub fn too_much_text(&mut self, span: Span) {
        self.warn(
            "too-much-text",
            span,
            "more stands on this slide than can be read from the last row",
        )
        .help("split it with a line `---`, or move part of it into the notes");
    }
}
