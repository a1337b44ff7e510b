//! What `deckle check` says beyond what every build says: care for those who
//! watch and listen, and for those who present. Opinions are notes.

use crate::diag::{Diagnostics, Severity};
use crate::source::Span;
use std::path::Path;

impl Diagnostics {
    /// An allow comment, or a setting below `check:`, names no code.
    ///
    /// It lets nothing pass. The codes are the headings of this page.
    pub fn unknown_code(&mut self, span: Span, code: &str, near: Option<&str>) {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the code of a finding, as it stands in brackets: `missing-alt`".into(),
        };
        let found = self.warn(
            "unknown-code",
            span,
            format!("there is no finding with the code `{code}`"),
        );
        found.help(help);
        if let Some(near) = near {
            found.swap(span, code, near);
        }
    }

    /// An allow comment that nothing needs any more.
    ///
    /// What it let pass has been mended. Left where it is, it would hide the next such
    /// fault. Take it away.
    pub fn unused_allow(&mut self, span: Span, code: &str, whole: Span) {
        self.note(
            "unused-allow",
            span,
            format!("there is no `{code}` here to let pass"),
        )
        .put(whole, "")
        .help("take the comment away");
    }

    /// A setting below `check:` in the front matter cannot be read.
    ///
    /// There may stand a code with `off`, `note`, `warning` or `error`; `room` with `small`
    /// or `hall`; and `words`, the file of words that are spelled rightly.
    pub fn bad_check(&mut self, span: Span, key: &str, wanted: &str) {
        self.warn(
            "bad-check",
            span,
            format!("`{key}` below `check` cannot be read"),
        )
        .help(wanted);
    }

    // ---- room and time

    /// Type that is hard to read from the last row.
    ///
    /// In a small room letters should be 18 of the 720 units of a slide's height, in a hall 24
    /// (a fortieth and a thirtieth of the picture). Say how large the room is with
    /// `--room small` or `--room hall`, or below `check:`.
    pub fn small_type(&mut self, span: Span, size: u32, wanted: u32, where_: &str) {
        self.note(
            "small-type",
            span,
            format!("type here is {size} units high, and {where_} needs {wanted}"),
        )
        .help("say less on this slide, or split it with a line `---`");
    }

    /// More words on a slide than an audience reads while somebody speaks.
    ///
    /// Whoever reads does not listen. Keep what carries the thought and move the rest into the
    /// notes. The measure is 75 words, in a hall 50; code is not counted.
    pub fn too_many_words(&mut self, span: Span, n_words: usize, most: usize) {
        self.note(
            "too-many-words",
            span,
            format!("{n_words} words stand on this slide; an audience reads about {most}"),
        )
        .help("move part of it into the notes, or split it with a line `---`");
    }

    /// Less time for each slide than it takes to look at one.
    ///
    /// The deck says with `minutes` how long the talk is; slides of less than 20 seconds each
    /// are not looked at.
    pub fn too_little_time(&mut self, span: Span, n_slides: usize, seconds: u32) {
        self.note(
            "too-little-time",
            span,
            format!("{n_slides} slides in this time leave {seconds} seconds for each"),
        )
        .help("leave slides out, or give the talk more minutes");
    }

    /// The slides' minutes are more than the talk's.
    ///
    /// The speaker view would say that you are in time while you are not.
    pub fn minutes_exceeded(&mut self, span: Span, sum: &str, all: &str) {
        self.warn(
            "minutes-exceeded",
            span,
            format!("the slides take {sum} minutes, and the talk has {all}"),
        )
        .help("write fewer `minutes` on slides, or more for the talk");
    }

    /// A slide without notes in a deck whose other slides have them.
    ///
    /// Said of decks in which at least two thirds of the slides have notes. Title, sections
    /// and closing need none.
    pub fn missing_notes(&mut self, span: Span) {
        self.note(
            "missing-notes",
            span,
            "this slide has no notes, and most others have some",
        )
        .help("write what you want to say below `::: notes`");
    }

    // ---- titles and headings

    /// A slide without a title.
    ///
    /// Its title is what a screen reader says when the slide comes, and what the overview and
    /// an agenda show. Pictures, quotations, statements and figures speak for themselves.
    pub fn missing_title(&mut self, span: Span) {
        self.note("missing-title", span, "this slide has no title")
            .help("begin it with a heading: `## What it shows`");
    }

    /// Two slides, not next to each other, with the same title.
    ///
    /// Nobody can tell them apart in the overview or ask for one of them. Slides in a row with
    /// one title are taken as one thought that goes on.
    pub fn repeated_title(&mut self, span: Span, title: &str, number: usize) {
        self.note(
            "repeated-title",
            span,
            format!("slide {number} has the title `{title}` too"),
        )
        .help("say in the title what is new on this slide");
    }

    /// A heading that is more than one level below the one before it, or as high as the title.
    ///
    /// Who hears a slide instead of seeing it moves by headings, and looks in vain for the
    /// level between.
    pub fn heading_order(&mut self, span: Span, marks: &str) {
        self.note(
            "heading-order",
            span,
            "this heading is not one level below what it belongs to",
        )
        .put(span, marks)
        .help(format!("write `{marks}`"));
    }

    // ---- steps

    /// Something appears at a step at which what it stands in is gone.
    ///
    /// `{step=2-3}` leaves at step 4; an item in it with `{step=5}` is never seen.
    pub fn hidden_step(&mut self, span: Span, step: u16, until: u16) {
        self.warn(
            "hidden-step",
            span,
            format!("this comes at step {step}, and what it stands in leaves behind step {until}"),
        )
        .help("write a step at which both are seen");
    }

    /// A part of the notes for a step that its slide does not have.
    ///
    /// `[click]` begins the part of the notes for the next step; one more than there are
    /// steps is never lifted out.
    pub fn unreached_notes(&mut self, span: Span, step: u16, n_steps: u16) {
        let has = match n_steps {
            0 => "has no steps".to_string(),
            1 => "has one step".to_string(),
            n => format!("has {n} steps"),
        };
        self.warn(
            "unreached-notes",
            span,
            format!("this part of the notes is for step {step}, and the slide {has}"),
        )
        .help("take a `[click]` away, or let more appear with `::: steps`");
    }

    // ---- links

    /// A link to a file or a slide that is not there.
    ///
    /// Links to files start at the deck's folder; links within the deck are `#5` for a slide's
    /// number, or `#name` for a heading or for `{#name}`. What is on the web is asked for with
    /// `--online`: a link is dead if its server says 404 or 410, or if no server has its name.
    pub fn dead_link(
        &mut self,
        span: Span,
        href: &str,
        near: Option<(&str, &str)>,
        said: Option<&str>,
    ) {
        let help = match near {
            Some((_, near)) => format!("did you mean `{near}`?"),
            None if said.is_some() => "look for where it lies now, or take the link away".into(),
            None if href.starts_with('#') => {
                "link to a slide's number, `#5`, or to what has that name: `{#name}`".into()
            }
            None => "check the spelling; the path starts at the deck's folder".into(),
        };
        let who = said.map_or_else(String::new, |who| format!(": {who}"));
        let found = self.warn(
            "dead-link",
            span,
            format!("the link to `{href}` leads nowhere{who}"),
        );
        found.help(help);
        if let Some((wrong, near)) = near {
            found.swap(span, wrong, near);
        }
    }

    // ---- pictures

    /// A picture in the deck's folder that no slide shows.
    ///
    /// Looked for in a deck that is a folder, and in folders of which a slide shows a picture.
    /// A name that begins with `_` is set aside on purpose.
    pub fn unused_picture(&mut self, path: &Path) {
        self.add(
            "unused-picture",
            Severity::Note,
            None,
            "no slide shows this picture".into(),
        )
        .about(path)
        .help("show it, take it away, or put `_` in front of its name");
    }

    /// A picture that is shown larger than it is.
    ///
    /// Each of its pixels takes more than one and a half of a slide that is 1280 wide, and
    /// more on a good projector. It looks soft.
    pub fn small_picture(&mut self, span: Span, size: (u32, u32), percent: u32) {
        let (width, height) = size;
        self.warn(
            "small-picture",
            span,
            format!("this picture has {width} × {height} pixels and is shown at {percent} %"),
        )
        .help("use a larger one, or show it smaller: `{width=40%}`");
    }

    /// A picture with far more in it than a screen shows.
    ///
    /// It makes the exported file large and slow to open, and nobody sees the difference.
    /// Said of more than 4 MB, of more than 1 MB with twice the pixels of a sharp screen
    /// (3840 × 2160), and of five times its pixels.
    pub fn large_picture(&mut self, span: Span, size: (u32, u32), n_bytes: usize) {
        let (width, height) = size;
        let kilobytes = n_bytes.div_ceil(1000);
        self.note(
            "large-picture",
            span,
            format!("this picture has {width} × {height} pixels in {kilobytes} KB"),
        )
        .help("save it with at most 2560 pixels from left to right, photographs as JPEG or WebP");
    }

    // ---- reading

    /// Text that does not stand out from what is behind it.
    ///
    /// WCAG asks for a contrast of 4.5 to 1, of large type for 3 to 1. Deckle makes its colours
    /// so; a theme of your own, a style in trusted HTML, or a picture can undo that. With
    /// `--browser` every text is held against what is really drawn behind it; without, only
    /// text on pictures is looked at.
    pub fn low_contrast(&mut self, span: Span, contrast: f32, wanted: f32, what: &str) {
        self.warn(
            "low-contrast",
            span,
            format!("{what} has a contrast of {contrast:.1} to 1, and needs {wanted} to 1"),
        )
        .help("choose another background, or another accent or theme");
    }

    /// Letters that no font of the deck has.
    ///
    /// The fonts that come with a deck are Latin, Greek and Cyrillic. Others are set in a font
    /// of the machine that shows the deck: look at it there. Emoji are not counted. Said once
    /// for each script.
    pub fn missing_glyph(&mut self, span: Span, glyph: char, script: &str) {
        self.note(
            "missing-glyph",
            span,
            format!("no font of the deck has `{glyph}` ({script})"),
        )
        .help("look at the deck on the machine you will show it on");
    }

    /// A word that the dictionary of the deck's language does not have.
    ///
    /// The dictionary is one of Hunspell's that this machine has, or `--dictionary FILE`.
    /// Names, abbreviations, code and words that the deck uses three times are passed over.
    /// Write words that are right into `words.txt` beside the deck, one on each line.
    pub fn unknown_word(&mut self, span: Span, word: &str, near: Option<&str>) {
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Else write `{word}` into `words.txt`"),
            None => format!("if it is right, write `{word}` into `words.txt`"),
        };
        self.note(
            "unknown-word",
            span,
            format!("`{word}` is not in the dictionary"),
        )
        .help(help);
    }

    /// A class that neither Deckle nor the theme knows.
    ///
    /// It changes nothing on the slide. Not said where HTML is trusted (`--trust`), which may
    /// bring styles of its own.
    pub fn unknown_class(&mut self, span: Span, name: &str, near: Option<&str>) {
        let found = self.warn(
            "unknown-class",
            span,
            format!("no style knows the class `{name}`"),
        );
        match near {
            Some(near) => {
                found.help(format!("did you mean `{near}`?"));
                // With its point a class is not taken for a word of the text.
                found.swap(span, &format!(".{name}"), &format!(".{near}"));
            }
            None => {
                found.help("use a class that docs/language.md names, or style it in your theme");
            }
        }
    }

    /// The deck's language is no tag that a browser or screen reader knows.
    ///
    /// They would read the deck with the wrong voice and break its words in the wrong places.
    pub fn bad_lang(&mut self, span: Span, word: &str, tag: Option<&str>) {
        let found = self.warn(
            "bad-lang",
            span,
            format!("`{word}` is no tag of a language"),
        );
        match tag {
            Some(tag) => {
                found.swap(span, word, tag);
                found.help(format!("write `{tag}`"));
            }
            None => {
                found.help("write a tag such as `en`, `de-CH`, `zh-Hans`");
            }
        }
    }

    /// A text that tells things in a chart apart by colour alone.
    ///
    /// One man in twelve cannot tell red from green, and the colours come from the theme:
    /// another accent, and the line is no longer the blue one. Name it instead.
    pub fn colour_only(&mut self, span: Span, words: &str) {
        self.note(
            "colour-only",
            span,
            format!("`{words}` means something only to those who see the colour"),
        )
        .help("call it by its name, as the chart does");
    }
}
