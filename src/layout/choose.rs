//! The layout of a slide that names none, chosen by what it holds.
//!
//! [`RULES`] is the table: the first rule that holds decides. The program runs
//! it, `check --explain-layout` tells of it, and the documentation prints it.

use std::borrow::Cow;

use super::dates;
use super::room::is_drawing;
use super::slots::{self, Title};
use super::walk;
use crate::deck::look::Look;
use crate::deck::{Attrs, Block, BlockKind, Choice, Inline, Layout, plain_text};

/// Words beyond which a sentence is a text and not a statement.
const STATEMENT_WORDS: usize = 34;
/// Words below the title of a talk.
const TITLE_WORDS: usize = 60;
/// Words beside what a slide is there for: code, a table, a quotation.
const REST_WORDS: usize = 45;
/// Words beyond which text needs more than the place beside a drawing.
const BESIDE_WORDS: usize = 70;
/// The same of a picture, beside which less is left.
const PICTURE_WORDS: usize = 60;
/// Words of a line that names the list below it.
const LABEL_WORDS: usize = 6;
/// Words of an answer that stands large below its question.
const ANSWER_WORDS: usize = 24;

/// What a slide may be titled that lists what is to come.
const AGENDA_TITLES: [&str; 15] = [
    "agenda",
    "contents",
    "outline",
    "overview",
    "table of contents",
    "inhalt",
    "übersicht",
    "gliederung",
    "sommaire",
    "contenido",
    "índice",
    "sommario",
    "inhoud",
    "目录",
    "目次",
];

/// Where in the deck a slide stands.
#[derive(Debug, Clone, Copy)]
pub struct Position {
    /// Counted from 0.
    pub slide_index: usize,
    /// Whether no slide follows.
    pub is_last: bool,
}

/// What is known of a slide when its layout is chosen.
pub struct Seen<'s> {
    /// Its title.
    pub title: Option<&'s Title>,
    /// What stands below.
    pub blocks: &'s [Block],
    /// Whether it has an icon.
    pub has_icon: bool,
    /// Where it stands.
    pub at: Position,
}

/// One line of the table.
pub struct Rule {
    /// What it is called.
    pub name: &'static str,
    /// What a slide holds that it is for.
    pub holds: &'static str,
    /// The layout it chooses.
    pub layout: Layout,
    /// `Err` says why it is not for a slide.
    test: fn(&Seen) -> Verdict,
}

/// What fails is asked for only where somebody wants a layout explained.
type Verdict = Result<(), Cow<'static, str>>;

/// All rules in their order. The last one holds for every slide.
pub const RULES: [Rule; 20] = [
    Rule {
        name: "icon",
        holds: "an `icon` in its settings",
        layout: Layout::Factor,
        test: |seen| when(seen.has_icon, "it has no `icon`"),
    },
    Rule {
        name: "number",
        holds: "a title that is one number (`62 %`), and at most 34 words",
        layout: Layout::BigFigure,
        test: number,
    },
    Rule {
        name: "opening",
        holds: "the first slide: a title of level 1, and at most 60 words",
        layout: Layout::Title,
        test: |seen| {
            when(seen.at.slide_index == 0, "it is not the first slide")?;
            of_level_one(seen)?;
            only_words(seen.blocks, TITLE_WORDS)
        },
    },
    Rule {
        name: "end",
        holds: "the last slide: a title of level 1, and at most 34 words",
        layout: Layout::Closing,
        test: |seen| {
            when(seen.at.is_last, "it is not the last slide")?;
            of_level_one(seen)?;
            only_words(seen.blocks, STATEMENT_WORDS)
        },
    },
    Rule {
        name: "part",
        holds: "a title of level 1, and at most 34 words",
        layout: Layout::Section,
        test: |seen| {
            of_level_one(seen)?;
            only_words(seen.blocks, STATEMENT_WORDS)
        },
    },
    Rule {
        name: "contents",
        holds: "the title Agenda, Contents, Outline or Overview (also in other languages), and nothing else",
        layout: Layout::Agenda,
        test: contents,
    },
    Rule {
        name: "only a title",
        holds: "a title and nothing else",
        layout: Layout::Statement,
        test: |seen| {
            has_title(seen)?;
            when(seen.blocks.is_empty(), "it says more than a title")
        },
    },
    Rule {
        name: "one sentence",
        holds: "one paragraph of at most 34 words, without a title",
        layout: Layout::Statement,
        test: |seen| {
            when(seen.title.is_none(), "it has a title")?;
            when(seen.blocks.len() == 1, "it holds more than one paragraph")?;
            only_words(seen.blocks, STATEMENT_WORDS)
        },
    },
    Rule {
        name: "question",
        holds: "a title that asks (`?`), and one paragraph of at most 24 words",
        layout: Layout::Statement,
        test: question,
    },
    Rule {
        name: "quotation",
        holds: "one quotation, and at most two lines beside it",
        layout: Layout::Quote,
        test: quotation,
    },
    Rule {
        name: "two columns",
        holds: "two columns (`::: left` and `::: right`, `::: columns`, `::: example`) at its end",
        layout: Layout::TwoColumns,
        test: |seen| {
            when(
                slots::end_in_two_columns(seen.blocks),
                "it does not end in two columns",
            )
        },
    },
    Rule {
        name: "two headings",
        holds: "two headings below the title, each with something under it",
        layout: Layout::TwoColumns,
        test: two_headings,
    },
    Rule {
        name: "two lists",
        holds: "two lists, each with or each without a line that names it",
        layout: Layout::TwoColumns,
        test: |seen| two_lists(seen.blocks),
    },
    Rule {
        name: "dates",
        holds: "a list of 3 to 8 items in order that begin with a date, and at most one line",
        layout: Layout::Timeline,
        test: course,
    },
    Rule {
        name: "placed picture",
        holds: "a picture with `.left`, `.right` or `.full`",
        layout: Layout::Picture,
        test: |seen| {
            let is_any = seen.blocks.iter().any(slots::is_placed);
            when(is_any, "no picture says `.left`, `.right` or `.full`")
        },
    },
    Rule {
        name: "chart",
        holds: "one chart, and at most 70 words",
        layout: Layout::Chart,
        test: |seen| {
            one(count(seen.blocks, is_drawing), "chart")?;
            few_words(seen.blocks, is_drawing, BESIDE_WORDS)
        },
    },
    Rule {
        name: "code",
        holds: "one block of code, and at most two short paragraphs",
        layout: Layout::Code,
        test: |seen| lone(seen.blocks, Layout::Code, "block of code"),
    },
    Rule {
        name: "table",
        holds: "one table, and at most two short paragraphs",
        layout: Layout::Table,
        test: |seen| lone(seen.blocks, Layout::Table, "table"),
    },
    Rule {
        name: "picture",
        holds: "one picture without a size, at its start or end, and at most 60 words",
        layout: Layout::Picture,
        test: picture,
    },
    Rule {
        name: "anything else",
        holds: "whatever it is",
        layout: Layout::Bullets,
        test: |_| Ok(()),
    },
];

/// Chooses a layout and says why; one that the author has `named` is taken.
pub fn choice(seen: &Seen, named: Option<Layout>) -> Choice {
    let mut failed = Vec::new();
    for rule in &RULES {
        match (rule.test)(seen) {
            Ok(()) => break,
            Err(why) => failed.push(why),
        }
    }
    let found = &RULES[failed.len().min(RULES.len() - 1)];
    Choice {
        layout: named.unwrap_or(found.layout),
        is_named: named.is_some(),
        failed,
    }
}

// ---- tests of the rules

fn when(holds: bool, why: &'static str) -> Verdict {
    if holds { Ok(()) } else { Err(why.into()) }
}

fn when_else(holds: bool, why: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(why().into()) }
}

fn one(n: usize, what: &str) -> Verdict {
    match n {
        1 => Ok(()),
        0 => Err(format!("it has no {what}").into()),
        n => Err(format!("it has {n} of what one {what} should be").into()),
    }
}

fn has_title(seen: &Seen) -> Verdict {
    when(seen.title.is_some(), "it has no title")
}

fn of_level_one(seen: &Seen) -> Verdict {
    has_title(seen)?;
    let is_one = seen.title.is_some_and(|title| title.level == 1);
    when(is_one, "its title is not of level 1 (`#`)")
}

fn title_text(seen: &Seen) -> String {
    seen.title
        .map_or_else(String::new, |title| plain_text(&title.body))
}

fn number(seen: &Seen) -> Verdict {
    has_title(seen)?;
    when(
        slots::is_figure(&title_text(seen)),
        "its title is not one number",
    )?;
    only_words(seen.blocks, STATEMENT_WORDS)
}

fn contents(seen: &Seen) -> Verdict {
    has_title(seen)?;
    let title = title_text(seen).to_lowercase();
    when(
        AGENDA_TITLES.contains(&title.trim_end_matches(':')),
        "its title is no word for an agenda",
    )?;
    when(seen.blocks.is_empty(), "it holds more than a title")
}

fn question(seen: &Seen) -> Verdict {
    has_title(seen)?;
    let title = title_text(seen);
    when(title.ends_with(['?', '？']), "its title does not ask")?;
    when(seen.blocks.len() == 1, "it holds more than one paragraph")?;
    only_words(seen.blocks, ANSWER_WORDS)
}

fn quotation(seen: &Seen) -> Verdict {
    let is_quote = |block: &Block| matches!(block.kind, BlockKind::Quote(_));
    one(count(seen.blocks, is_quote), "quotation")?;
    let stands_first = matches!(seen.blocks, [first] | [first, _] if is_quote(first));
    let is_alone = seen.blocks.len() == 1;
    when(
        stands_first || is_alone,
        "more than a line follows the quotation, or something stands in front of it",
    )?;
    short_rest(seen.blocks)
}

fn two_headings(seen: &Seen) -> Verdict {
    let is_sub = |block: &Block| matches!(block.kind, BlockKind::Heading { level: 3.., .. });
    let n = count(seen.blocks, is_sub);
    when_else(n == 2, || {
        format!("it has {n} headings below the title, and not 2")
    })?;
    let is_group =
        |block: &Block| matches!(block.kind, BlockKind::Group { .. }) && !walk::is_row(block);
    when(count(seen.blocks, is_group) == 0, "it holds a group")?;
    let sides = slots::split_sides(seen.blocks.to_vec());
    when(
        sides.are_both() && sides.are_alone(),
        "something stands in front of them, or nothing below one",
    )
}

/// Two lists; a short line may name each of them.
fn two_lists(blocks: &[Block]) -> Verdict {
    let n = count(blocks, is_list);
    when_else(n == 2, || format!("it has {n} lists, and not 2"))?;
    let is_it = match blocks {
        [a, b] => is_list(a) && is_list(b),
        [name, a, other, b] => is_label(name) && is_list(a) && is_label(other) && is_list(b),
        _ => false,
    };
    when(
        is_it,
        "other things stand beside its lists, or only one has a name",
    )
}

/// Two lists as two headings with a list each, so that they can stand side by
/// side; other blocks stay as they are.
pub fn under_headings(blocks: Vec<Block>) -> Vec<Block> {
    if two_lists(&blocks).is_err() {
        return blocks;
    }
    let has_names = blocks.len() == 4;
    let mut res = Vec::with_capacity(4);
    for block in blocks {
        match block.kind {
            BlockKind::Paragraph(body) => res.push(Block {
                kind: BlockKind::Heading {
                    level: 3,
                    body: label(body),
                },
                ..block
            }),
            // Each list is a column of its own.
            _ if has_names => res.push(block),
            _ => res.push(Block {
                span: block.span,
                attrs: Attrs::default(),
                step: 0,
                kind: BlockKind::Group {
                    name: "column".into(),
                    body: vec![block],
                },
            }),
        }
    }
    res
}

/// A name without its marks: **Before:** is "Before".
fn label(body: Vec<Inline>) -> Vec<Inline> {
    let mut body = match <[Inline; 1]>::try_from(body) {
        Ok([Inline::Strong(inner)]) => inner,
        Ok(other) => other.into(),
        Err(body) => body,
    };
    if let Some(Inline::Text(text)) = body.last_mut() {
        text.truncate(text.trim_end().trim_end_matches(':').len());
    }
    body
}

fn is_list(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if !list.terms)
}

/// A line of a few words that names what is below it.
pub fn is_label(block: &Block) -> bool {
    words_of(block).is_some_and(|n| (1..=LABEL_WORDS).contains(&n))
        && slots::lone_picture(block).is_none()
}

fn course(seen: &Seen) -> Verdict {
    let lists = || seen.blocks.iter().filter(|block| is_list(block));
    one(lists().count(), "list")?;
    if let Some(BlockKind::List(list)) = lists().next().map(|block| &block.kind) {
        dates::is_course(list)?;
    }
    when(
        seen.blocks.len() <= 2,
        "it holds more than a list and a line",
    )?;
    let rest = seen.blocks.iter().filter(|block| !is_list(block));
    let is_line = rest
        .map(words_of)
        .all(|n| n.is_some_and(|n| n <= STATEMENT_WORDS));
    when(is_line, "more than a line stands beside its list")
}

fn picture(seen: &Seen) -> Verdict {
    let is_picture = |block: &Block| slots::lone_picture(block).is_some();
    one(count(seen.blocks, is_picture), "picture")?;
    one(
        count(seen.blocks, |block| is_main(block, Layout::Picture)),
        "picture without a size",
    )?;
    if short_rest(seen.blocks).is_ok() {
        return Ok(());
    }
    let ends = [seen.blocks.first(), seen.blocks.last()];
    let is_at_end = ends.into_iter().flatten().any(is_picture);
    when(is_at_end, "its picture stands between other things")?;
    let is_plain = seen
        .blocks
        .iter()
        .filter(|block| !is_picture(block))
        .all(|block| {
            matches!(
                block.kind,
                BlockKind::Paragraph(_) | BlockKind::List(_) | BlockKind::Quote(_)
            )
        });
    when(is_plain, "it holds more than text beside its picture")?;
    few_words(seen.blocks, is_picture, PICTURE_WORDS)
}

fn lone(blocks: &[Block], layout: Layout, what: &str) -> Verdict {
    one(count(blocks, |block| is_main(block, layout)), what)?;
    short_rest(blocks)
}

/// Whether all but the drawing is a little text that can stand beside it.
fn few_words(blocks: &[Block], is_it: impl Fn(&Block) -> bool, most: usize) -> Verdict {
    let rest = blocks.iter().filter(|block| !is_it(block));
    let mut n_words = 0;
    for block in rest {
        n_words += match &block.kind {
            BlockKind::List(list) => list
                .items
                .iter()
                .flat_map(|item| &item.blocks)
                .map(|block| words_of(block).unwrap_or(most))
                .sum(),
            BlockKind::Quote(body) => body.iter().filter_map(words_of).sum(),
            _ => match words_of(block) {
                Some(n) => n,
                None => return Err("it holds more than text beside it".into()),
            },
        };
    }
    when_else(n_words <= most, || {
        format!("it says more than {most} words beside it")
    })
}

/// Whether a block is what a layout is there for.
fn is_main(block: &Block, layout: Layout) -> bool {
    match &block.kind {
        BlockKind::Code(_) => layout == Layout::Code,
        BlockKind::Group { .. } => layout == Layout::Code && walk::is_row(block),
        BlockKind::Table(_) => layout == Layout::Table,
        // One that has a size stands among the text.
        _ => {
            let is_free = !Look::of(&block.attrs).0.is_sized();
            layout == Layout::Picture && is_free && slots::is_shown_alone(block)
        }
    }
}

fn count(blocks: &[Block], is_it: impl Fn(&Block) -> bool) -> usize {
    blocks.iter().filter(|block| is_it(block)).count()
}

/// Whether there are at most two paragraphs beside the main block, short ones.
fn short_rest(blocks: &[Block]) -> Verdict {
    let rest = blocks
        .iter()
        .filter(|block| slots::lone_picture(block).is_none());
    let words: Vec<usize> = rest.filter_map(words_of).collect();
    let are_few = blocks.len() <= 3 && words.len() + 1 >= blocks.len();
    when(are_few, "it holds more than two paragraphs beside it")?;
    let is_short = words.iter().sum::<usize>() <= REST_WORDS;
    when_else(is_short, || {
        format!("it says more than {REST_WORDS} words beside it")
    })
}

/// The words of a paragraph; `None` for any other block.
fn words_of(block: &Block) -> Option<usize> {
    match &block.kind {
        BlockKind::Paragraph(body) => Some(plain_text(body).split_whitespace().count()),
        _ => None,
    }
}

/// Whether the blocks are only paragraphs of text with so many words in all.
fn only_words(blocks: &[Block], most: usize) -> Verdict {
    let mut n_words = 0;
    for block in blocks {
        match words_of(block) {
            Some(n) if slots::lone_picture(block).is_none() => n_words += n,
            _ => return Err("it holds more than text below its title".into()),
        }
    }
    when_else(n_words <= most, || {
        format!("it says more than {most} words")
    })
}
