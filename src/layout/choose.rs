//! The layout of a slide that names none, chosen by what it holds.

use super::room::is_drawing;
use super::slots::{self, Title};
use super::walk;
use crate::deck::look::Look;
use crate::deck::{Block, BlockKind, Layout, plain_text};

/// Words beyond which a sentence is a text and not a statement.
const STATEMENT_WORDS: usize = 34;

/// Where in the deck a slide stands.
#[derive(Debug, Clone, Copy)]
pub struct Position {
    /// Counted from 0.
    pub slide_index: usize,
    /// Whether no slide follows.
    pub is_last: bool,
}

/// Chooses. `blocks` are those below the title.
pub fn layout(title: Option<&Title>, blocks: &[Block], has_icon: bool, at: Position) -> Layout {
    let level = title.map_or(0, |title| title.level);
    if has_icon {
        return Layout::Factor;
    }
    if title.is_some_and(|title| slots::is_figure(&plain_text(&title.body)))
        && are_words(blocks, STATEMENT_WORDS)
    {
        return Layout::BigFigure;
    }
    if level == 1 && at.slide_index == 0 && are_words(blocks, 60) {
        return Layout::Title;
    }
    if level == 1 && at.is_last && are_words(blocks, STATEMENT_WORDS) {
        return Layout::Closing;
    }
    if level == 1 && are_words(blocks, STATEMENT_WORDS) {
        return Layout::Section;
    }
    if title.is_some() && blocks.is_empty() || title.is_none() && is_statement(blocks) {
        return Layout::Statement;
    }
    by_blocks(blocks)
}

fn by_blocks(blocks: &[Block]) -> Layout {
    let n_quotes = count(blocks, |block| matches!(block.kind, BlockKind::Quote(_)));
    if n_quotes == 1
        && matches!(
            blocks,
            [_] | [
                Block {
                    kind: BlockKind::Quote(_),
                    ..
                },
                _
            ]
        )
        && is_short_rest(blocks)
    {
        return Layout::Quote;
    }
    // Columns before the rest: a picture beside a list is no picture slide.
    let n_sub = count(blocks, |block| {
        matches!(block.kind, BlockKind::Heading { level: 3.., .. })
    });
    if slots::end_in_two_columns(blocks) {
        return Layout::TwoColumns;
    }
    if n_sub == 2
        && !blocks
            .iter()
            .any(|block| matches!(block.kind, BlockKind::Group { .. }) && !walk::is_row(block))
    {
        let sides = slots::split_sides(blocks.to_vec());
        if sides.are_both() && sides.are_alone() {
            return Layout::TwoColumns;
        }
    }
    if blocks.iter().any(slots::is_placed) {
        return Layout::Picture;
    }
    if count(blocks, is_drawing) == 1 && is_for_beside(blocks) {
        return Layout::Chart;
    }
    let lone = [Layout::Code, Layout::Table, Layout::Picture];
    let is_lone = |layout: &Layout| count(blocks, |block| is_main(block, *layout)) == 1;
    lone.into_iter()
        .find(|layout| is_lone(layout) && is_short_rest(blocks))
        .unwrap_or(Layout::Bullets)
}

/// Words beyond which text needs more than the place beside a drawing.
const BESIDE_WORDS: usize = 70;

/// Whether all but the drawing is a little text that can stand beside it.
fn is_for_beside(blocks: &[Block]) -> bool {
    let rest = blocks.iter().filter(|block| !is_drawing(block));
    let mut n_words = 0;
    for block in rest {
        n_words += match &block.kind {
            BlockKind::List(list) => list
                .items
                .iter()
                .flat_map(|item| &item.blocks)
                .map(|block| words_of(block).unwrap_or(BESIDE_WORDS))
                .sum(),
            BlockKind::Quote(body) => body.iter().filter_map(words_of).sum(),
            _ => words_of(block).unwrap_or(BESIDE_WORDS + 1),
        };
    }
    n_words <= BESIDE_WORDS
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
fn is_short_rest(blocks: &[Block]) -> bool {
    let rest = blocks
        .iter()
        .filter(|block| slots::lone_picture(block).is_none());
    let words: Vec<usize> = rest.filter_map(words_of).collect();
    blocks.len() <= 3 && words.len() + 1 >= blocks.len() && words.iter().sum::<usize>() <= 45
}

/// The words of a paragraph; `None` for any other block.
fn words_of(block: &Block) -> Option<usize> {
    match &block.kind {
        BlockKind::Paragraph(body) => Some(plain_text(body).split_whitespace().count()),
        _ => None,
    }
}

/// Whether the blocks are only paragraphs of text with so many words in all.
fn are_words(blocks: &[Block], most: usize) -> bool {
    let mut n_words = 0;
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(body) if slots::lone_picture(block).is_none() => {
                n_words += plain_text(body).split_whitespace().count();
            }
            _ => return false,
        }
    }
    n_words <= most
}

fn is_statement(blocks: &[Block]) -> bool {
    blocks.len() == 1 && are_words(blocks, STATEMENT_WORDS)
}
