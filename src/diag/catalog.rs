//! Every sentence an author may read, one method for each fault, in the order
//! of the pipeline. Lower case, no full stop, what was found and what was
//! wanted; the help is an imperative with the text to type.

use std::path::Path;

use super::nearest::nearest;
use super::{Diagnostics, Severity};
use crate::source::{FileError, Span};

mod chart;
mod diagram;
mod content;
mod stage;
mod talk;

fn or_listed(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known names: {}", known.join(", ")),
    }
}

fn corrected(instead: Option<&str>, (place, text): (&str, &str)) -> String {
    match instead {
        Some(instead) => format!("write `{instead}`, as {place} does: {text}"),
        None => format!("compare {place}: {text}"),
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
        .help("write a line `:::` behind it, before the slide ends");
    }

    /// `:::` that closes nothing.
    pub fn group_not_opened(&mut self, span: Span) {
        self.warn("group-not-opened", span, "this `:::` closes no group")
            .help("take the line away, or open a group before it: `::: columns`");
    }

    /// Groups in groups beyond any use.
    pub fn group_too_deep(&mut self, span: Span) {
        self.warn(
            "group-too-deep",
            span,
            "there are more than 32 groups open here; this one is left out",
        )
        .help("close groups with a line `:::`");
    }

    /// Quotations, lists or emphasis in each other beyond any use.
    pub fn nested_too_deep(&mut self, span: Span) {
        self.warn(
            "nested-too-deep",
            span,
            "more than 48 things stand in each other here; what is deeper is shown as text",
        )
        .help("take some of the marks away, or put a backslash before those that are text");
    }

    /// A key in braces that nobody knows; `known` are those that may stand there.
    pub fn unknown_attribute(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn(
            "unknown-attribute",
            span,
            format!("unknown attribute `{key}`"),
        )
        .help(or_listed(key, known));
    }

    /// A value of `split` that is no level of headings.
    pub fn unknown_split(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-split",
            span,
            format!("unknown value `{word}` of `split`"),
        )
        .help("write the lowest level of headings that begins a slide, `1` to `6`, or `none`");
    }

    /// `vars` that are no names with a text each.
    pub fn bad_vars(&mut self, span: Span) {
        self.error("bad-vars", span, "`vars` wants names with a text each")
            .help("write each below it, indented: `  city: Oslo`");
    }

    /// `{{name}}` that stands for nothing.
    pub fn unknown_variable(&mut self, span: Span, name: &str, known: &[&str], is_built_in: bool) {
        let help = if is_built_in {
            format!("write `{name}: …` in the deck's front matter")
        } else if let Some(near) = nearest(name, known.iter().copied()) {
            format!("did you mean `{{{{{near}}}}}`?")
        } else {
            format!(
                "say it below `vars:` in the front matter, or write `\\{{{{{name}}}}}` for the braces themselves"
            )
        };
        self.warn(
            "unknown-variable",
            span,
            format!("unknown variable `{name}`"),
        )
        .help(help);
    }

    /// A file to include that cannot be had.
    pub fn missing_include(&mut self, span: Span, name: &str, error: &FileError) {
        let help = match error {
            FileError::Missing => "check the spelling; the path starts at the deck's folder",
            FileError::Outside => "copy the file into the deck's folder",
            FileError::Other(_) | FileError::TooLong(_) => {
                "name a Markdown file: `part.md`, or `part.md#2-5`"
            }
        };
        self.warn(
            "missing-include",
            span,
            format!("`{name}` cannot be included: {error}"),
        )
        .help(help);
    }

    /// A file that includes itself, through others or not.
    pub fn include_cycle(&mut self, span: Span, name: &str) {
        self.warn(
            "include-cycle",
            span,
            format!("`{name}` includes itself here and is left out"),
        )
        .help("name another file, or a file with only the slides that are wanted");
    }

    /// More includes than any talk has.
    pub fn too_many_includes(&mut self, span: Span, name: &str) {
        self.warn(
            "too-many-includes",
            span,
            format!("`{name}` is left out: includes go too deep, or there are too many"),
        )
        .help(
            "include at most 500 files, at most 8 deep, of at most 32 MB and 5,000 slides in all",
        );
    }

    /// A range of slides that an included file does not have.
    pub fn bad_range(&mut self, span: Span, range: &str, n_slides: usize) {
        self.warn(
            "bad-range",
            span,
            format!("there are no slides `{range}` in a file of {n_slides}"),
        )
        .help("write `#3`, `#2-5`, `#2-` or `#-5`, counted from 1");
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

    /// `from` that names no place.
    pub fn bad_from(&mut self, span: Span) {
        self.warn("bad-from", span, "`from` names no place in an article")
            .help("write the file, the line of the title and one place for each text: `from: article.txt 7, 9.1`");
    }

    /// The comment of an update that waits for the author.
    pub fn article_changed(&mut self, span: Span) {
        self.warn(
            "article-changed",
            span,
            "the article has changed here, and your text was kept",
        )
        .help("take over what you like, then delete this comment");
    }

    // ---- prove

    /// A text that is not made of the words of one sentence of the article;
    /// `nearest` is the place and the text of the one that has most of them.
    pub fn not_in_article(&mut self, span: Span, words: &[String], nearest: Option<(&str, &str)>) {
        let words: Vec<String> = words
            .iter()
            .take(6)
            .map(|word| format!("`{word}`"))
            .collect();
        let own = "or write `-` for its place in `from` if it is your own";
        let help = match nearest {
            Some((place, text)) => {
                format!(
                    "use the words of one sentence in their order, {own}; nearest is {place}: {text}"
                )
            }
            None => format!("use the words of one sentence in their order, {own}"),
        };
        let words = words.join(", ");
        self.warn(
            "not-in-article",
            span,
            format!("no sentence of the article has {words} here"),
        )
        .help(help);
    }

    /// A number that a sentence of the article does not have; `nearest` as above.
    pub fn number_differs(
        &mut self,
        span: Span,
        number: &str,
        instead: Option<&str>,
        nearest: (&str, &str),
    ) {
        self.warn(
            "number-differs",
            span,
            format!("the article does not say `{number}` here"),
        )
        .help(corrected(instead, nearest));
    }

    /// A name that a sentence of the article does not have; `nearest` as above.
    pub fn name_differs(
        &mut self,
        span: Span,
        name: &str,
        instead: Option<&str>,
        nearest: (&str, &str),
    ) {
        self.warn(
            "name-differs",
            span,
            format!("the article does not name `{name}` here"),
        )
        .help(corrected(instead, nearest));
    }

    // ---- code and formulas

    /// A language without a grammar. Its code is shown without colours.
    pub fn unknown_language(&mut self, span: Span, lang: &str, near: Option<&str>) {
        let help = match near {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write `text` if it is meant to have no colours".into(),
        };
        self.warn(
            "unknown-language",
            span,
            format!("no colours are known for the language `{lang}`"),
        )
        .help(help);
    }

    /// A file named by `src=` that cannot be read.
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
    pub fn unknown_region(&mut self, span: Span, path: &str, name: &str, known: &[&str]) {
        let help = if known.is_empty() {
            format!("write `region: {name}` and `endregion` into comments of the file")
        } else {
            or_listed(name, known)
        };
        self.warn(
            "unknown-region",
            span,
            format!("`{path}` has no region `{name}`"),
        )
        .help(help);
    }

    /// Lines that cannot be read or that are not there.
    pub fn bad_lines(&mut self, span: Span, words: &str, n_lines: usize) {
        self.warn(
            "bad-lines",
            span,
            format!("`{words}` names no lines of this code, which has {n_lines}"),
        )
        .help("write `{2,4-6}` to mark lines, `{2|4-6|all}` to walk through them");
    }

    /// `{.morph}` on a code block that stands alone.
    pub fn lone_morph(&mut self, span: Span) {
        self.warn(
            "lone-morph",
            span,
            "there is nothing this code could change into",
        )
        .help("put a second code block with `{.morph}` directly below it");
    }

    /// A formula that cannot be set. It is shown as it is written.
    pub fn bad_formula(&mut self, span: Span, words: &str) {
        self.warn(
            "bad-formula",
            span,
            format!("this formula cannot be set: {words}"),
        )
        .help("write what KaTeX knows of LaTeX; put `\\$` for a dollar that is no formula");
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

    /// A value of `step` in braces that is no step.
    pub fn bad_step(&mut self, span: Span, word: &str) {
        self.warn("bad-step", span, format!("`step={word}` is no step"))
            .help("write `{step=2}`, or `{step=2-3}` for what leaves, from 1 to 99");
    }

    /// A ratio of columns that is none, or not one for these columns.
    pub fn bad_ratio(&mut self, span: Span, word: &str, n_columns: usize) {
        self.warn(
            "bad-ratio",
            span,
            format!("`{word}` is no ratio of {n_columns} columns"),
        )
        .help("write a number from 1 to 12 for each column: `::: columns 2:1`");
    }

    /// Minutes that are no number.
    pub fn bad_minutes(&mut self, span: Span, word: &str) {
        self.warn(
            "bad-minutes",
            span,
            format!("`{word}` is no number of minutes"),
        )
        .help("write `minutes: 5` or `minutes: 2.5`, at most 600");
    }

    /// A word for `print` that is none of the known ones.
    pub fn unknown_print(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-print",
            span,
            format!("unknown value `{word}` of `print`"),
        )
        .help("write `final` (a page for each slide) or `steps` (a page for each step)");
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

    /// A picture, film or sound (`what`) without a text for those who cannot see it.
    pub fn missing_alt(&mut self, span: Span, what: &str) {
        self.warn(
            "missing-alt",
            span,
            format!("{what} has no alternative text"),
        )
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

    /// More faults of one kind than anybody reads.
    pub fn too_many_faults(&mut self, code: &str, n: usize) {
        let message = format!("{n} more of `{code}` are left out");
        self.add("too-many-faults", Severity::Warning, None, message)
            .help("mend the first ones, then look again");
    }

    /// A browser had to set a slide smaller than the smallest readable size,
    /// to `scale` hundredths of it; 0 if that did not help.
    pub fn does_not_fit(&mut self, span: Span, scale: u16) {
        let message = match scale {
            0 => "part of this slide stands outside of it".to_string(),
            _ => format!("this slide fits only at {scale} % of the smallest readable size"),
        };
        self.warn("too-much-text", span, message)
            .help("split it with a line `---`, or move part of it into the notes");
    }
}
