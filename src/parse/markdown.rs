//! Markdown to blocks. The only file that knows comrak.
//!
//! comrak's tree borrows from an arena and is full of cells; it is turned into
//! the plain blocks of `deck` at once. Facts held here: positions are lines
//! and byte columns, both from 1, the end inclusive; the last item of a list
//! may end at column 0 of the line behind it; `---` below a paragraph is a
//! break, not a heading, because `ignore_setext` is set.

use std::cell::RefCell;

use comrak::nodes::{Ast, ListType, Node, NodeValue, Sourcepos, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::info;
use crate::deck::{Align, Attrs, Block, BlockKind, Code, Image, Inline, Item, List, Math, Table};
use crate::source::{Source, Span};

/// Blocks nested deeper than this are taken as text: every later stage walks
/// the tree by recursion, and nobody reads the eleventh level of a quotation.
const MAX_DEPTH: usize = 48;

/// Groups (`:::`) open at once beyond which they are taken as text: comrak's
/// time is quadratic in them.
const MAX_OPEN_GROUPS: usize = 64;

/// A top-level piece of a text.
pub enum Piece {
    /// A block of the slide.
    Block(Block),
    /// Something only the speaker sees.
    Note(Vec<Block>),
    /// `---`: the next slide begins behind it. The byte range is that of the line.
    Break(Span),
    /// `:::` that is never closed, with its name.
    Unclosed(Span, String),
    /// A code fence that is never closed.
    UnclosedCode(Span),
}

/// Parses `text`, which stands in `source` at byte `base`, into its pieces.
pub fn pieces(source: &Source, text: &str, base: usize) -> Vec<Piece> {
    pieces_of(source, text, base, false)
}

fn pieces_of(source: &Source, text: &str, base: usize, in_note: bool) -> Vec<Piece> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options(text));
    let lower = Lower {
        source,
        lines: line_starts(text),
        text,
        base,
        in_note,
        notes: RefCell::default(),
    };
    let mut res = Vec::new();
    for node in root.children() {
        lower.piece(node, &mut res);
        res.extend(lower.notes.take().into_iter().map(Piece::Note));
    }
    res
}

/// Parses a text without slides in it: notes.
fn blocks(source: &Source, text: &str, base: usize) -> Vec<Block> {
    let mut res = Vec::new();
    for piece in pieces_of(source, text, base, true) {
        match piece {
            Piece::Block(block) => res.push(block),
            Piece::Note(blocks) => res.extend(blocks),
            Piece::Break(span) => res.push(block_at(BlockKind::Rule, span)),
            Piece::Unclosed(..) | Piece::UnclosedCode(_) => {}
        }
    }
    res
}

fn options(text: &str) -> Options<'static> {
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
    let groups = text
        .lines()
        .filter(|line| line.trim_start().starts_with(":::"))
        .count();
    extension.block_directive =
        groups <= MAX_OPEN_GROUPS * 4 || deepest_group(text) <= MAX_OPEN_GROUPS;
    options.parse.ignore_setext = true;
    options
}

fn deepest_group(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(":::"))
    {
        if line.trim_start_matches(':').is_empty() {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
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

struct Lower<'a> {
    source: &'a Source,
    lines: Vec<usize>,
    text: &'a str,
    base: usize,
    /// A note holds no notes: comments that open in each other would go as
    /// deep as the text is long.
    in_note: bool,
    /// Notes met inside other blocks.
    notes: RefCell<Vec<Vec<Block>>>,
}

impl Lower<'_> {
    fn byte(&self, line: usize, column: usize) -> usize {
        let start = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len());
        (start + column).min(self.text.len())
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
            NodeValue::BlockDirective(directive) => {
                let (name, _) = directive_info(&directive.info);
                if !self
                    .source
                    .slice(span)
                    .lines()
                    .last()
                    .is_some_and(is_fence_end)
                {
                    res.push(Piece::Unclosed(span, name.clone()));
                }
                res.extend(self.block(node, 0).map(Piece::Block));
            }
            NodeValue::CodeBlock(code) => {
                if code.fenced && !code.closed {
                    res.push(Piece::UnclosedCode(span));
                }
                res.extend(self.block(node, 0).map(Piece::Block));
            }
            _ => res.extend(self.block(node, 0).map(Piece::Block)),
        }
    }

    fn note(&self, blocks: Vec<Block>) {
        self.notes.borrow_mut().push(blocks);
    }

    fn comment(&self, text: &str, at: usize) {
        if self.in_note {
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
        node.children()
            .filter_map(|child| self.block(child, depth))
            .collect()
    }

    fn block(&self, node: Node<'_>, depth: usize) -> Option<Block> {
        let ast = node.data();
        let span = self.span(ast.sourcepos);
        let kind = if depth > MAX_DEPTH {
            BlockKind::Paragraph(vec![Inline::Text(text_below(node))])
        } else {
            self.kind(node, &ast, span, depth)?
        };
        let attrs = match &ast.value {
            NodeValue::BlockDirective(directive) => directive_info(&directive.info).1,
            NodeValue::CodeBlock(code) => info::read(&code.info).attrs,
            _ => attrs_of(&ast),
        };
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
                let body = self.inlines(node, depth);
                match body.as_slice() {
                    [] => return None,
                    [Inline::Math(math)] if math.display => BlockKind::Math(math.clone()),
                    _ => BlockKind::Paragraph(body),
                }
            }
            NodeValue::List(list) => BlockKind::List(List {
                start: (list.list_type == ListType::Ordered).then_some(list.start as u32),
                tight: list.tight,
                items: node.children().map(|item| self.item(item, depth)).collect(),
            }),
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
                BlockKind::Quote(self.children(node, depth + 1))
            }
            NodeValue::CodeBlock(code) => self.code(&code.info, &code.literal, span),
            NodeValue::Table(table) => self.table(node, &table.alignments, depth),
            NodeValue::ThematicBreak => BlockKind::Rule,
            NodeValue::BlockDirective(directive)
                if directive_info(&directive.info).0 == "notes" =>
            {
                self.note(self.children(node, depth + 1));
                return None;
            }
            NodeValue::BlockDirective(directive) => BlockKind::Group {
                name: directive_info(&directive.info).0,
                body: self.children(node, depth + 1),
            },
            NodeValue::HtmlBlock(html) => return self.html(&html.literal, span),
            _ => BlockKind::Paragraph(vec![Inline::Text(text_below(node))]),
        })
    }

    /// A fence with what is said behind it; ```` ```math ```` is a formula.
    fn code(&self, words: &str, literal: &str, span: Span) -> BlockKind {
        let text = literal.strip_suffix('\n').unwrap_or(literal);
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
        Item {
            blocks: self.children(node, depth + 1),
            task,
            step: 0,
            span: self.span(ast.sourcepos),
        }
    }

    fn table(&self, node: Node<'_>, alignments: &[TableAlignment], depth: usize) -> BlockKind {
        let align = alignments
            .iter()
            .map(|align| match align {
                TableAlignment::None | TableAlignment::Left => Align::Start,
                TableAlignment::Center => Align::Center,
                TableAlignment::Right => Align::Right,
            })
            .collect();
        let mut rows = node.children().map(|row| {
            row.children()
                .map(|cell| self.inlines(cell, depth))
                .collect::<Vec<_>>()
        });
        let head = rows.next().unwrap_or_default();
        BlockKind::Table(Table {
            align,
            head,
            rows: rows.collect(),
        })
    }

    fn inlines(&self, node: Node<'_>, depth: usize) -> Vec<Inline> {
        let mut res: Vec<Inline> = Vec::new();
        for child in node.children() {
            let inline = self.inline(child, depth);
            match (res.last_mut(), inline) {
                (_, None) => {}
                (Some(Inline::Text(front)), Some(Inline::Text(behind))) => *front += &behind,
                (_, Some(inline)) => res.push(inline),
            }
        }
        res
    }

    fn inline(&self, node: Node<'_>, depth: usize) -> Option<Inline> {
        if depth > MAX_DEPTH {
            return Some(Inline::Text(text_below(node)));
        }
        let ast = node.data();
        let body = || self.inlines(node, depth + 1);
        Some(match &ast.value {
            NodeValue::Text(text) => Inline::Text(text.to_string()),
            NodeValue::SoftBreak => Inline::Text("\n".into()),
            NodeValue::LineBreak => Inline::Break,
            NodeValue::Code(code) => Inline::Code(code.literal.clone()),
            NodeValue::Emph => Inline::Emph(body()),
            NodeValue::Strong => Inline::Strong(body()),
            NodeValue::Strikethrough => Inline::Strike(body()),
            NodeValue::Math(math) => {
                Inline::Math(self.math(&math.literal, math.display_math, self.span(ast.sourcepos)))
            }
            NodeValue::Link(link) => Inline::Link {
                href: link.url.clone(),
                title: link.title.clone(),
                body: body(),
                span: self.span(ast.sourcepos),
            },
            NodeValue::Image(link) => Inline::Image(Image {
                href: link.url.clone(),
                alt: text_below(node),
                title: link.title.clone(),
                span: self.span(ast.sourcepos),
            }),
            NodeValue::HtmlInline(html) if is_comment(html) => {
                let inner = html.trim_start_matches("<!--").trim_end_matches("-->");
                let at = self.span(ast.sourcepos).start as usize + 4;
                self.comment(inner, at);
                return None;
            }
            NodeValue::HtmlInline(html) => Inline::Html {
                html: html.clone(),
                span: self.span(ast.sourcepos),
            },
            _ => Inline::Text(text_below(node)),
        })
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

fn is_fence_end(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.bytes().all(|byte| byte == b':')
}

/// All text below a node, by iteration: the tree may be as deep as the input is long.
fn text_below(node: Node<'_>) -> String {
    let mut res = String::new();
    for below in node.descendants() {
        match &below.data().value {
            NodeValue::Text(text) => res += text,
            NodeValue::Code(code) => res += &code.literal,
            NodeValue::Math(math) => res += &math.literal,
            NodeValue::CodeBlock(code) => res += &code.literal,
            NodeValue::SoftBreak | NodeValue::LineBreak => res.push(' '),
            _ => {}
        }
    }
    res
}

fn attrs_of(ast: &Ast) -> Attrs {
    match &ast.attrs {
        Some(attrs) => Attrs {
            id: attrs.id.clone(),
            classes: attrs.classes.clone(),
            pairs: attrs.pairs.clone(),
        },
        None => Attrs::default(),
    }
}

/// Name and attributes of `::: name {.class key=value}`.
fn directive_info(info: &str) -> (String, Attrs) {
    let (name, braces) = match info.split_once('{') {
        Some((name, braces)) => (name, braces.trim_end().trim_end_matches('}')),
        None => (info, ""),
    };
    let mut attrs = Attrs::default();
    for word in braces.split_whitespace() {
        if let Some(class) = word.strip_prefix('.') {
            attrs.classes.push(class.to_string());
        } else if let Some(id) = word.strip_prefix('#') {
            attrs.id = Some(id.to_string());
        } else if let Some((key, value)) = word.split_once('=') {
            attrs
                .pairs
                .push((key.to_string(), value.trim_matches('"').to_string()));
        }
    }
    (name.trim().to_string(), attrs)
}
