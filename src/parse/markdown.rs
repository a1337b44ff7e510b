//! Markdown to blocks. The only file that knows comrak.
//!
//! comrak's tree borrows from an arena and is full of cells; it is turned into
//! the plain blocks of `deck` at once. Facts held here: positions are lines
//! and byte columns, both from 1, the end inclusive; the last item of a list
//! may end at column 0 of the line behind it; `---` below a paragraph is a
//! break, not a heading, because `ignore_setext` is set.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use comrak::nodes::{Ast, ListType, Node, NodeAlert, NodeValue, Sourcepos, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::UPDATE_MARK;
use super::allow::ALLOW_MARK;
use super::braces::{self, BRACE, BRACKET};
use super::footnotes;
use super::groups::{Fault, fenced};
use super::info;
use super::signs;
use crate::deck::media::FILE_KEYS;
use crate::deck::settings::GROUPS;
use crate::deck::{
    Align, Attrs, Block, BlockKind, Braced, Code, Destination, Image, Inline, Item, Known, List,
    Math, Table,
};
use crate::source::{Source, Span};

mod content;
mod inline;
mod numbers;
mod parts;
mod prose;

pub use parts::pieces;

use content::{EXAMPLE, alert_attrs, is_named};
use inline::{attrs_of, text_below};

/// Blocks nested deeper than this are taken as text: every later stage walks
/// the tree by recursion, and nobody reads the eleventh level of a quotation.
const MAX_DEPTH: usize = 48;

/// A top-level piece of a text.
#[derive(Debug, PartialEq)]
pub enum Piece {
    /// A block of the slide.
    Block(Block),
    /// Something only the speaker sees.
    Note(Vec<Block>),
    /// `---`: the next slide begins behind it. The byte range is that of the line.
    Break(Span),
    /// `:::` that opens or closes what it should not.
    BadFence(Span, Fault),
    /// A comment of an update: what the article says now.
    Change(Span),
    /// A comment that lets findings pass.
    Allow(Span),
    /// A code fence that is never closed.
    UnclosedCode(Span),
    /// Something in more than [`MAX_DEPTH`] others.
    TooDeep(Span),
    /// A slide from its break on that the build before has read.
    Known(Span, Arc<Known>),
}

/// Whose text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A deck's.
    Deck,
    /// A note's. It holds no notes: comments that open in each other would go
    /// as deep as the text is long.
    Note,
    /// An article's, whose braces are text.
    Article,
}

/// The same of an article, in which braces are text.
pub fn article_pieces(source: &Source, text: &str) -> Vec<Piece> {
    pieces_of(source, text, 0, Kind::Article)
}

fn pieces_of(source: &Source, text: &str, base: usize, kind: Kind) -> Vec<Piece> {
    let arena = Arena::new();
    let fenced = fenced(text);
    let shown = match kind {
        Kind::Deck => footnotes::masked(fenced.text),
        Kind::Note | Kind::Article => fenced.text,
    };
    let root = parse_document(&arena, &shown, &options(fenced.has_groups, kind));
    let lower = Lower {
        source,
        lines: line_starts(text),
        text,
        base,
        kind,
        notes: RefCell::default(),
        tails: RefCell::default(),
        changes: RefCell::default(),
        allows: RefCell::default(),
        deep: RefCell::default(),
    };
    let mut res = Vec::new();
    for (range, fault) in fenced.faults {
        let span = source.at(base + range.start, base + range.end);
        res.push(Piece::BadFence(span, fault.moved(base)));
    }
    for node in root.children() {
        lower.piece(node, &mut res);
        lower.tails.take();
        res.extend(lower.notes.take().into_iter().map(Piece::Note));
        res.extend(lower.changes.take().into_iter().map(Piece::Change));
        res.extend(lower.allows.take().into_iter().map(Piece::Allow));
        res.extend(lower.deep.take().map(Piece::TooDeep));
    }
    res
}

/// Parses a text without slides in it: notes.
fn blocks(source: &Source, text: &str, base: usize) -> Vec<Block> {
    let Some(paragraphs) = prose::paragraphs(text) else {
        return parsed_blocks(source, text, base);
    };
    let block = |range: Range<usize>| {
        let words = Inline::Text(text[range.clone()].to_string());
        let span = source.at(base + range.start, base + range.end);
        block_at(BlockKind::Paragraph(vec![words]), span)
    };
    paragraphs.into_iter().map(block).collect()
}

fn parsed_blocks(source: &Source, text: &str, base: usize) -> Vec<Block> {
    let mut res = Vec::new();
    for piece in pieces_of(source, text, base, Kind::Note) {
        match piece {
            Piece::Block(block) => res.push(block),
            Piece::Note(blocks) => res.extend(blocks),
            Piece::Break(span) => res.push(block_at(BlockKind::Rule, span)),
            Piece::BadFence(..)
            | Piece::Change(_)
            | Piece::Allow(_)
            | Piece::UnclosedCode(_)
            | Piece::TooDeep(_)
            | Piece::Known(..) => {}
        }
    }
    res
}

fn options(has_groups: bool, kind: Kind) -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.math_dollars = true;
    extension.cjk_friendly_emphasis = true;
    extension.header_attributes = true;
    extension.link_attributes = true;
    extension.block_directive = has_groups;
    // An article's own text must not become what it only looks like.
    let is_ours = kind != Kind::Article;
    extension.alerts = is_ours;
    extension.description_lists = is_ours;
    extension.highlight = is_ours;
    options.parse.escaped_char_spans = true;
    options.parse.ignore_setext = true;
    options
}

fn line_starts(text: &str) -> Vec<usize> {
    let mut lines = vec![0];
    lines.extend(
        text.bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1),
    );
    lines
}

fn block_at(kind: BlockKind, span: Span) -> Block {
    Block {
        kind,
        span,
        attrs: Attrs::default(),
        step: 0,
    }
}

/// Attributes at the end of a paragraph, for the innermost block around it
/// that starts no further right than they stand. Markdown takes a line behind a
/// list or quote as the last line of the paragraph in it.
struct Tail {
    attrs: Attrs,
    column: usize,
}

struct Lower<'a> {
    source: &'a Source,
    lines: Vec<usize>,
    text: &'a str,
    base: usize,
    kind: Kind,
    /// Notes met inside other blocks.
    notes: RefCell<Vec<Vec<Block>>>,
    /// Attributes met that no block has taken yet.
    tails: RefCell<Vec<Tail>>,
    /// Comments of updates, likewise.
    changes: RefCell<Vec<Span>>,
    /// Comments that let findings pass, likewise.
    allows: RefCell<Vec<Span>>,
    /// The first place that was too deep.
    deep: RefCell<Option<Span>>,
}

impl Lower<'_> {
    fn byte(&self, line: usize, column: usize) -> usize {
        let start = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len());
        // A fence may be longer for comrak than it is.
        let next = self.lines.get(line).copied().unwrap_or(self.text.len());
        (start + column).min(next)
    }

    fn span(&self, at: Sourcepos) -> Span {
        let start = self.byte(at.start.line, at.start.column.saturating_sub(1));
        let end = self.byte(at.end.line, at.end.column);
        let trimmed = self
            .text
            .get(start..end)
            .map_or(end, |text| start + text.trim_end().len());
        self.source.at(self.base + start, self.base + trimmed)
    }

    fn piece(&self, node: Node<'_>, res: &mut Vec<Piece>) {
        let ast = node.data();
        let span = self.span(ast.sourcepos);
        match &ast.value {
            NodeValue::ThematicBreak if self.source.slice(span).trim_start().starts_with('-') => {
                res.push(Piece::Break(span));
            }
            NodeValue::CodeBlock(code) => {
                if code.fenced && !code.closed {
                    res.push(Piece::UnclosedCode(span));
                }
                res.extend(self.block(node, 0).map(Piece::Block));
            }
            _ => {
                let Some(block) = self.block(node, 0) else {
                    return;
                };
                match (res.last_mut(), is_attrs_alone(&block)) {
                    (Some(Piece::Block(front)), true) => front.attrs.merge(block.attrs),
                    (_, true) => res.push(Piece::Block(self.as_text(block))),
                    (_, false) => res.push(Piece::Block(block)),
                }
            }
        }
    }

    /// Braces that stand behind nothing are text.
    fn as_text(&self, block: Block) -> Block {
        let words = Inline::Text(self.source.slice(block.span).to_string());
        block_at(BlockKind::Paragraph(vec![words]), block.span)
    }

    /// Name and attributes behind a fence, as the author wrote them: comrak
    /// is shown fences without.
    fn group_info(&self, ast: &Ast) -> (String, Attrs) {
        let line = self.byte(ast.sourcepos.start.line, 0);
        let line = self.text.get(line..).unwrap_or_default().lines().next();
        let fence = line.unwrap_or_default().trim();
        directive_info(
            fence
                .trim_start_matches(|c: char| c != ':')
                .trim_matches(':'),
        )
    }

    fn note(&self, blocks: Vec<Block>) {
        self.notes.borrow_mut().push(blocks);
    }

    fn comment(&self, text: &str, at: usize) {
        if text.trim_start().starts_with(UPDATE_MARK) {
            self.changes
                .borrow_mut()
                .push(self.source.at(at.saturating_sub(4), at + text.len()));
        } else if text.trim_start().starts_with(ALLOW_MARK) {
            let whole = self.source.at(at.saturating_sub(4), at + text.len() + 3);
            self.allows.borrow_mut().push(whole);
        } else if self.kind == Kind::Note {
            let span = self.source.at(at, at + text.len());
            let words = Inline::Text(text.trim().to_string());
            self.note(vec![block_at(BlockKind::Paragraph(vec![words]), span)]);
        } else {
            self.note(blocks(self.source, text, at));
        }
    }

    /// A comment is a note, what stands around it is HTML.
    fn html(&self, literal: &str, span: Span) -> Option<BlockKind> {
        let mut html = String::new();
        let mut rest = literal;
        let mut at = span.start as usize;
        while let Some(open) = rest.find("<!--") {
            let inner = &rest[open + 4..];
            let (comment, behind) = match inner.find("-->") {
                Some(close) => (&inner[..close], &inner[close + 3..]),
                None => (inner, ""),
            };
            html += &rest[..open];
            self.comment(comment, at + open + 4);
            at += rest.len() - behind.len();
            rest = behind;
        }
        html += rest;
        (!html.trim().is_empty()).then_some(BlockKind::Html(html))
    }

    fn children(&self, node: Node<'_>, depth: usize) -> Vec<Block> {
        let mut res: Vec<Block> = Vec::new();
        for block in node.children().filter_map(|child| self.block(child, depth)) {
            match (res.last_mut(), is_attrs_alone(&block)) {
                (Some(front), true) => front.attrs.merge(block.attrs),
                (None, true) => res.push(self.as_text(block)),
                (_, false) => res.push(block),
            }
        }
        res
    }

    fn block(&self, node: Node<'_>, depth: usize) -> Option<Block> {
        let ast = node.data();
        let span = self.span(ast.sourcepos);
        let mut kind = if depth > MAX_DEPTH {
            self.deep.borrow_mut().get_or_insert(span);
            BlockKind::Paragraph(vec![Inline::Text(text_below(node))])
        } else {
            self.kind(node, &ast, span, depth)?
        };
        let mut attrs = match &ast.value {
            NodeValue::BlockDirective(_) => self.group_info(&ast).1,
            NodeValue::Alert(alert) => alert_attrs(alert),
            NodeValue::CodeBlock(code) => info::read(&code.info).attrs,
            _ => attrs_of(&ast),
        };
        let column = ast.sourcepos.start.column.saturating_sub(1);
        for tail in self
            .tails
            .borrow_mut()
            .extract_if(.., |tail| tail.column >= column)
        {
            attrs.merge(tail.attrs);
        }
        if let BlockKind::Paragraph(body) = &mut kind
            && let [Inline::Image(image)] = body.as_mut_slice()
        {
            attrs.merge(std::mem::take(&mut image.attrs));
            // The files that a film names stay with it, for those who look for files.
            let names_file = |(key, _): &&(String, String)| FILE_KEYS.contains(&key.as_str());
            image.attrs.pairs = attrs.pairs.iter().filter(names_file).cloned().collect();
        }
        Some(Block {
            kind,
            span,
            attrs,
            step: 0,
        })
    }

    fn kind(&self, node: Node<'_>, ast: &Ast, span: Span, depth: usize) -> Option<BlockKind> {
        Some(match &ast.value {
            NodeValue::Heading(heading) => BlockKind::Heading {
                level: heading.level,
                body: self.inlines(node, depth),
            },
            NodeValue::Paragraph => {
                let mut body = self.inlines(node, depth);
                if body.is_empty() {
                    return None;
                }
                self.take_tails(&mut body, ast.sourcepos);
                match body.as_slice() {
                    [Inline::Math(math)] if math.display => BlockKind::Math(math.clone()),
                    _ => BlockKind::Paragraph(body),
                }
            }
            NodeValue::List(list) => BlockKind::List(List {
                start: (list.list_type == ListType::Ordered).then_some(list.start as u32),
                tight: list.tight,
                terms: false,
                items: node.children().map(|item| self.item(item, depth)).collect(),
            }),
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
                BlockKind::Quote(self.children(node, depth + 1))
            }
            NodeValue::CodeBlock(code) if code.fenced && is_named(&code.info, "qr") => {
                self.qr(&code.literal, span)
            }
            NodeValue::CodeBlock(code) if code.fenced && is_named(&code.info, "poll") => {
                self.poll(&code.literal, span)
            }
            NodeValue::CodeBlock(code) => self.code(&code.info, &code.literal, span),
            NodeValue::Table(table) => {
                let mut table = self.table(node, &table.alignments, depth);
                self.take_tail_row(&mut table);
                BlockKind::Table(table)
            }
            NodeValue::ThematicBreak => BlockKind::Rule,
            NodeValue::Alert(_) => BlockKind::Group {
                name: "alert".into(),
                body: self.children(node, depth + 1),
            },
            NodeValue::DescriptionList => BlockKind::List(self.terms(node, depth)),
            NodeValue::BlockDirective(_) => {
                let (name, _) = self.group_info(ast);
                let body = self.children(node, depth + 1);
                if name == "notes" {
                    self.note(body);
                    return None;
                }
                if name == EXAMPLE && self.kind == Kind::Deck {
                    return Some(self.example(ast, body, span));
                }
                BlockKind::Group { name, body }
            }
            NodeValue::HtmlBlock(html) => {
                let html = html.literal.replace(footnotes::MARK, "[");
                return self.html(&html, span);
            }
            _ => BlockKind::Paragraph(vec![Inline::Text(text_below(node))]),
        })
    }

    /// A fence with what is said behind it; ```` ```math ```` is a formula.
    fn code(&self, words: &str, literal: &str, span: Span) -> BlockKind {
        // In a list a fence is not seen as one where footnotes are looked for.
        let literal = literal.replace(footnotes::MARK, "[");
        let text = literal.strip_suffix('\n').unwrap_or(&literal);
        let info::Info { lang, marks, .. } = info::read(words);
        if lang == "math" {
            return BlockKind::Math(self.math(text, true, span));
        }
        let fence = self.source.slice(span).lines().next().unwrap_or_default();
        let start = span.start as usize + fence.find(words.trim()).unwrap_or(0);
        BlockKind::Code(Code {
            lang,
            text: text.to_string(),
            marks,
            info: self
                .source
                .at(start, span.start as usize + fence.trim_end().len()),
            look: Box::default(),
        })
    }

    /// A formula, whose place is found by its text: `span` has marks around it.
    fn math(&self, tex: &str, display: bool, span: Span) -> Math {
        let start = self.source.slice(span).find(tex);
        Math {
            tex: tex.to_string(),
            display,
            span: start.map_or(span, |start| {
                let start = span.start as usize + start;
                self.source.at(start, start + tex.len())
            }),
        }
    }

    fn item(&self, node: Node<'_>, depth: usize) -> Item {
        let ast = node.data();
        let task = match &ast.value {
            NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
            _ => None,
        };
        let mut blocks = self.children(node, depth + 1);
        // What stands behind an item's first line is said of the item.
        let attrs = match blocks.first_mut() {
            Some(Block {
                kind: BlockKind::Paragraph(_),
                attrs,
                ..
            }) => std::mem::take(attrs),
            _ => Attrs::default(),
        };
        Item {
            blocks,
            task,
            attrs,
            step: 0,
            span: self.span(ast.sourcepos),
        }
    }

    fn table(&self, node: Node<'_>, alignments: &[TableAlignment], depth: usize) -> Table {
        let mut rows = node.children().map(|row| {
            row.children()
                .map(|cell| self.inlines(cell, depth))
                .collect::<Vec<_>>()
        });
        let head = rows.next().unwrap_or_default();
        let rows: Vec<_> = rows.collect();
        let align = alignments
            .iter()
            .enumerate()
            .map(|(column, align)| match align {
                // The first column names its row, even by a year.
                TableAlignment::None if column > 0 && numbers::are_all(&rows, column) => {
                    Align::Number
                }
                TableAlignment::None | TableAlignment::Left => Align::Start,
                TableAlignment::Center => Align::Center,
                TableAlignment::Right => Align::Right,
            })
            .collect();
        Table { align, head, rows }
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

/// Whether a block is nothing but attributes: they belong to the one before it.
fn is_attrs_alone(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(body) if body.is_empty()) && !block.attrs.is_empty()
}

/// Name and attributes of `::: name 2:1 {.class key=value}`.
fn directive_info(info: &str) -> (String, Attrs) {
    let (words, braces) = match info.split_once('{') {
        Some((words, braces)) => (words, braces.trim_end().trim_end_matches('}')),
        None => (info, ""),
    };
    let mut attrs = Attrs::parse(braces).unwrap_or_default();
    let (name, ratio) = match words.trim().split_once(' ') {
        Some((name @ ("columns" | EXAMPLE), ratio)) => (name, ratio.trim()),
        _ => (words.trim(), ""),
    };
    if !ratio.is_empty() {
        attrs.pairs.push(("ratio".into(), ratio.into()));
    }
    let mut name = name.to_string();
    if name.is_empty()
        && let Some(at) = attrs
            .classes
            .iter()
            .position(|c| GROUPS.contains(&c.as_str()))
    {
        name = attrs.classes.remove(at);
    }
    (name, attrs)
}
