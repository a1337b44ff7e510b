//! Every sentence an author may read, one method for each fault, in the order
//! of the pipeline. Lower case, no full stop, what was found and what was
//! wanted; the help is an imperative with the text to type.

use std::path::Path;

use super::nearest::nearest;
use super::{Diagnostics, Severity};
use crate::source::{FileError, Span};

mod article;
mod chart;
mod code;
mod check;
mod diagram;
mod content;
mod fit;
mod stage;
mod talk;
mod theme;

/// "Did you mean", or the names that are known.
pub fn or_listed(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known names: {}", known.join(", ")),
    }
}

impl Diagnostics {
    // ---- read

    /// A file or folder of the deck cannot be read.
    ///
    /// It is not there, or may not be opened. Nothing of it is shown.
    pub fn unreadable(&mut self, path: &Path, error: &FileError) {
        let message = format!("cannot be read: {error}");
        self.add("unreadable", Severity::Error, None, message)
            .about(path)
            .help("give the path of a Markdown file or of a folder that holds some");
    }

    /// A file is not text in UTF-8.
    ///
    /// Its readable part is shown, with a mark in place of what is not. Save the file as UTF-8.
    pub fn not_utf8(&mut self, span: Span) {
        self.error("not-utf8", span, "this byte is not UTF-8")
            .help("save the file as UTF-8 in your editor (often under \"Save with Encoding\")");
    }

    /// A control character in the text.
    ///
    /// It came with something pasted. No editor shows it and no font has it; the slide shows a mark in
    /// its place. It is mended by taking it away.
    pub fn control_character(&mut self, span: Span, c: char) {
        self.warn(
            "control-character",
            span,
            format!(
                "a control character that nobody sees, U+{:04X}",
                u32::from(c)
            ),
        )
        .put(span, "")
        .help("take it away");
    }

    /// There is no slide in a file or folder.
    ///
    /// A folder's slides are its `.md` files; `README.md` and names that begin with `_` or `.` are none.
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
    ///
    /// All of it is then text of the first slide. The end is mended behind the last line that looks like a setting.
    pub fn front_matter_not_closed(&mut self, span: Span, end: Span) {
        self.error(
            "front-matter-not-closed",
            span,
            "front matter begins here and never ends",
        )
        .put(end, "---\n")
        .help("write a line `---` behind its last key");
    }

    /// Front matter that is no YAML.
    ///
    /// None of its settings count. Tabs at the start of a line, and values with `: ` in them that stand
    /// without quotes, are mended.
    pub fn bad_front_matter(&mut self, span: Span, words: &str, mended: Vec<(Span, String)>) {
        let found = self.error(
            "bad-front-matter",
            span,
            format!("front matter cannot be read: {words}"),
        );
        found.help("write each setting as `key: value`; put quotes around a value with `: `, `#` or quotes in it");
        for (span, text) in mended {
            found.put(span, text);
        }
    }

    /// A setting nobody knows.
    ///
    /// It changes nothing. The settings of decks and slides are listed in docs/language.md.
    pub fn unknown_key(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn("unknown-key", span, format!("unknown setting `{key}`"))
            .meant(key, known);
    }

    /// A setting of the whole deck stands on a slide.
    ///
    /// It counts only in the front matter of the first file.
    pub fn deck_key_on_slide(&mut self, span: Span, key: &str) {
        self.warn(
            "deck-key-on-slide",
            span,
            format!("`{key}` is a setting of the whole deck"),
        )
        .help("move it to the front matter of the first file");
    }

    /// A list or mapping stands where text is wanted.
    ///
    /// The setting does not count.
    pub fn wrong_value(&mut self, span: Span, key: &str) {
        self.error(
            "wrong-value",
            span,
            format!("`{key}` wants a text, found a list or a mapping"),
        )
        .help(format!("write `{key}: some text`"));
    }

    /// A `:::` group that its slide does not close.
    ///
    /// It ends with the slide. Its end is mended there.
    pub fn group_not_closed(&mut self, span: Span, name: &str, end: Span, fence: &str) {
        self.warn(
            "group-not-closed",
            span,
            format!("`::: {name}` is never closed"),
        )
        .put(end, fence)
        .help("write a line `:::` behind it, before the slide ends");
    }

    /// A `:::` that closes nothing.
    ///
    /// The line is not shown. It is mended by taking it away.
    pub fn group_not_opened(&mut self, span: Span, line: Span) {
        self.warn("group-not-opened", span, "this `:::` closes no group")
            .put(line, "")
            .help("take the line away, or open a group before it: `::: columns`");
    }

    /// More groups in groups than are of any use.
    ///
    /// Those that are more than 32 deep are left out, and what stands in them is shown.
    pub fn group_too_deep(&mut self, span: Span) {
        self.warn(
            "group-too-deep",
            span,
            "there are more than 32 groups open here; this one is left out",
        )
        .help("close groups with a line `:::`");
    }

    /// Quotations, lists or emphasis in each other beyond any use.
    ///
    /// What is deeper is shown as text.
    pub fn nested_too_deep(&mut self, span: Span) {
        self.warn(
            "nested-too-deep",
            span,
            "more than 48 things stand in each other here; what is deeper is shown as text",
        )
        .help("take some of the marks away, or put a backslash before those that are text");
    }

    /// A key in braces that nobody knows.
    ///
    /// `{colour=red}` changes nothing. Known keys are those of pictures, steps and columns.
    pub fn unknown_attribute(&mut self, span: Span, key: &str, known: &[&str]) {
        self.warn(
            "unknown-attribute",
            span,
            format!("unknown attribute `{key}`"),
        )
        .meant(key, known);
    }

    /// A value of `split` that is no level of headings.
    ///
    /// `split: 2` begins a slide at each heading of the two highest levels, `none` only at `---`.
    pub fn unknown_split(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-split",
            span,
            format!("unknown value `{word}` of `split`"),
        )
        .help("write the lowest level of headings that begins a slide, `1` to `6`, or `none`");
    }

    /// `vars` that are no names with a text each.
    ///
    /// None of them can be used as `{{name}}`.
    pub fn bad_vars(&mut self, span: Span) {
        self.error("bad-vars", span, "`vars` wants names with a text each")
            .help("write each below it, indented: `  city: Oslo`");
    }

    /// `{{name}}` that stands for nothing.
    ///
    /// The braces are shown as they are. Names stand below `vars:` in the deck's front matter.
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
        let near = nearest(name, known.iter().copied()).filter(|_| !is_built_in);
        let found = self.warn(
            "unknown-variable",
            span,
            format!("unknown variable `{name}`"),
        );
        found.help(help);
        if let Some(near) = near {
            found.swap(span, name, near);
        }
    }

    /// A file to include that cannot be had.
    ///
    /// In its place stands nothing. Paths start at the deck's folder and may not leave it.
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
    ///
    /// It is left out where it would come again.
    pub fn include_cycle(&mut self, span: Span, name: &str) {
        self.warn(
            "include-cycle",
            span,
            format!("`{name}` includes itself here and is left out"),
        )
        .help("name another file, or a file with only the slides that are wanted");
    }

    /// More includes than any talk has.
    ///
    /// What goes beyond 500 files, 8 deep, 32 MB or 5,000 slides is left out.
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

    /// More slides than any talk has.
    ///
    /// What goes beyond 10,000 is left out: a deck of them would take minutes to build and to open.
    pub fn too_many_slides(&mut self, span: Span, most: usize, n_more: usize) {
        self.error(
            "too-many-slides",
            span,
            format!("a deck has at most {most} slides: {n_more} are left out, from this one on"),
        )
        .help("make several decks of it");
    }

    /// A range of slides that an included file does not have.
    ///
    /// `part.md#2-5` are its second to fifth slide, counted from 1.
    pub fn bad_range(&mut self, span: Span, range: &str, n_slides: usize) {
        self.warn(
            "bad-range",
            span,
            format!("there are no slides `{range}` in a file of {n_slides}"),
        )
        .help("write `#3`, `#2-5`, `#2-` or `#-5`, counted from 1");
    }

    /// A code fence without an end.
    ///
    /// All below it is taken as code, other slides included. The end is mended in front of the next
    /// `---`, unless the code is of a kind that has such lines.
    pub fn code_not_closed(&mut self, span: Span, end: Option<(Span, String)>) {
        let found = self.warn(
            "code-not-closed",
            span,
            "this code block is never closed: all below is taken as code",
        );
        found.help("write the same fence, such as three backticks, on a line behind the code");
        if let Some((end, fence)) = end {
            found.put(end, fence);
        }
    }

    /// `from` that names no place in an article.
    ///
    /// `import` writes it; a text of your own has the place `-`.
    pub fn bad_from(&mut self, span: Span) {
        self.warn("bad-from", span, "`from` names no place in an article")
            .help("write the file, the line of the title and one place for each text: `from: article.txt 7, 9.1`");
    }

    /// A comment of an update that waits for you.
    ///
    /// The article has changed where you had edited the slide. Your text stays; the comment says what
    /// the article says now.
    pub fn article_changed(&mut self, span: Span) {
        self.warn(
            "article-changed",
            span,
            "the article has changed here, and your text was kept",
        )
        .help("take over what you like, then delete this comment");
    }

    // ---- layout

    /// A layout nobody knows.
    ///
    /// One is chosen by what the slide holds.
    pub fn unknown_layout(&mut self, span: Span, name: &str, known: &[&str]) {
        self.warn("unknown-layout", span, format!("unknown layout `{name}`"))
            .meant(name, known);
    }

    /// A size that is none of the known ones.
    ///
    /// Slides are `16:9`, `16:10` or `4:3`; the first is taken.
    pub fn unknown_size(&mut self, span: Span, word: &str) {
        self.warn("unknown-size", span, format!("unknown size `{word}`"))
            .help("write `16:9`, `16:10` or `4:3`");
    }

    /// A word for `steps` that is none of the known ones.
    ///
    /// Nothing appears by itself then.
    pub fn unknown_steps(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-steps",
            span,
            format!("unknown value `{word}` of `steps`"),
        )
        .help("write `lists` (items appear one by one) or `none`");
    }

    /// A value of `step` in braces that is no step.
    ///
    /// Steps are numbers from 1 to 99, or two of them: `2-3`.
    pub fn bad_step(&mut self, span: Span, word: &str) {
        self.warn("bad-step", span, format!("`step={word}` is no step"))
            .help("write `{step=2}`, or `{step=2-3}` for what leaves, from 1 to 99");
    }

    /// A ratio of columns that is none, or not one for these columns.
    ///
    /// The columns are then equally wide.
    pub fn bad_ratio(&mut self, span: Span, word: &str, n_columns: usize) {
        self.warn(
            "bad-ratio",
            span,
            format!("`{word}` is no ratio of {n_columns} columns"),
        )
        .help("write a number from 1 to 12 for each column: `::: columns 2:1`");
    }

    /// Minutes that are no number.
    ///
    /// The speaker view counts without them.
    pub fn bad_minutes(&mut self, span: Span, word: &str) {
        self.warn(
            "bad-minutes",
            span,
            format!("`{word}` is no number of minutes"),
        )
        .help("write `minutes: 5` or `minutes: 2.5`, at most 600");
    }

    /// A word for `print` that is none of the known ones.
    ///
    /// The deck is printed with a page for each slide.
    pub fn unknown_print(&mut self, span: Span, word: &str) {
        self.warn(
            "unknown-print",
            span,
            format!("unknown value `{word}` of `print`"),
        )
        .help("write `final` (a page for each slide) or `steps` (a page for each step)");
    }

    /// An icon that is not in the set.
    ///
    /// Icons are those of Lucide, by their names there.
    pub fn unknown_icon(&mut self, span: Span, name: &str, known: Option<&str>) {
        let help = match known {
            Some(known) => format!("did you mean `{known}`?"),
            None => "use a name of the Lucide set: `truck`, `scale`, `globe`".into(),
        };
        let found = self.warn("unknown-icon", span, format!("there is no icon `{name}`"));
        found.help(help);
        if let Some(known) = known {
            found.swap(span, name, known);
        }
    }

    /// A `:::` group nobody knows.
    ///
    /// What is in it is shown as if it stood alone.
    pub fn unknown_group(&mut self, span: Span, name: &str, known: &[&str]) {
        self.warn("unknown-group", span, format!("unknown group `::: {name}`"))
            .meant(name, known);
    }

    // ---- check

    /// Raw HTML of which a part is taken out before it is shown.
    ///
    /// A deck may come from anyone, so nothing in it runs or loads. `--trust` shows your own as it is.
    pub fn html_cleaned(&mut self, span: Span, what: &str) {
        self.warn(
            "html-cleaned",
            span,
            format!("{what} is taken out of raw HTML"),
        )
        .help("write it in Markdown, or with plain elements such as `<b>`, `<sub>`, `<details>`");
    }

    /// A link that would run a script or leave the web.
    ///
    /// Its words are shown without the link.
    pub fn unsafe_link(&mut self, span: Span, href: &str) {
        self.warn(
            "unsafe-link",
            span,
            format!("the link to `{href}` is taken out"),
        )
        .help("link to `https:`, `mailto:` or `tel:`, to `#5` for a slide, or to a file");
    }

    /// A picture, film or sound without a text for those who cannot see or hear it.
    ///
    /// Screen readers say nothing of it, and so do search engines. Say what it shows, not that it is a
    /// picture; where it only decorates, let it pass: `<!-- allow: missing-alt -->`.
    pub fn missing_alt(&mut self, span: Span, what: &str) {
        self.warn(
            "missing-alt",
            span,
            format!("{what} has no alternative text"),
        )
        .help("say what it shows between the brackets: `![Sales rose by a third](sales.png)`");
    }

    /// More faults of one kind than anybody reads.
    ///
    /// The first hundred are said, the rest are counted. It is as bad as what it counts.
    pub fn too_many_faults(&mut self, code: &str, n: usize, level: Severity) {
        let message = format!("{n} more of `{code}` are left out");
        self.add("too-many-faults", Severity::Warning, None, message)
            .help("mend the first ones, then look again")
            .as_bad_as(level);
    }
}
