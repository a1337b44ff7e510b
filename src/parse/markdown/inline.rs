//! What stands within a line.

use super::*;

impl Lower<'_> {
    pub fn take_tails(&self, body: &mut Vec<Inline>, at: Sourcepos) {
        if self.kind == Kind::Article {
            return;
        }
        let Some((attrs, is_own_line)) = braces::take_end(body) else {
            return;
        };
        let last_line = self.byte(at.end.line, 0);
        let rest = self.text.get(last_line..).unwrap_or_default();
        let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let mut tails = self.tails.borrow_mut();
        if is_own_line && rest[indent..].starts_with('{') {
            tails.push(Tail {
                attrs,
                column: indent,
            });
            // The line in front of it may have some of its own.
            if let Some((attrs, false)) = braces::take_end(body) {
                tails.push(Tail {
                    attrs,
                    column: usize::MAX,
                });
            }
        } else {
            tails.push(Tail {
                attrs,
                column: usize::MAX,
            });
        }
    }

    /// A line right behind a table is a row of it to Markdown.
    pub fn take_tail_row(&self, table: &mut Table) {
        if self.kind == Kind::Article {
            return;
        }
        let Some(row) = table.rows.last_mut() else {
            return;
        };
        let [first, rest @ ..] = row.as_mut_slice() else {
            return;
        };
        if rest.iter().all(Vec::is_empty)
            && let Some((attrs, true)) = braces::take_end(first)
        {
            table.rows.pop();
            self.tails.borrow_mut().push(Tail {
                attrs,
                column: usize::MAX,
            });
        }
    }

    pub fn inlines(&self, node: Node<'_>, depth: usize) -> Vec<Inline> {
        // Most lines are one text, and a list that grows has room for four.
        let mut res: Vec<Inline> = Vec::with_capacity(node.children().take(4).count());
        for child in node.children() {
            let inline = self.inline(child, depth);
            match (res.last_mut(), inline) {
                (_, None) => {}
                (Some(Inline::Text(front)), Some(Inline::Text(behind))) => *front += &behind,
                (_, Some(inline)) => res.push(inline),
            }
        }
        match self.kind {
            Kind::Article => res,
            Kind::Deck | Kind::Note => {
                let span = self.span(node.data().sourcepos);
                signs::read(braces::with_spans(res), &|words| self.find(span, words))
            }
        }
    }

    pub fn inline(&self, node: Node<'_>, depth: usize) -> Option<Inline> {
        if depth > MAX_DEPTH {
            let span = self.span(node.data().sourcepos);
            self.deep.borrow_mut().get_or_insert(span);
            return Some(Inline::Text(text_below(node)));
        }
        let ast = node.data();
        let body = || self.inlines(node, depth + 1);
        Some(match &ast.value {
            NodeValue::Text(text) => Inline::Text(text.to_string()),
            NodeValue::Escaped if self.kind == Kind::Article => Inline::Text(text_below(node)),
            NodeValue::Escaped => Inline::Text(match text_below(node).as_str() {
                "{" => BRACE.into(),
                "[" => BRACKET.into(),
                text => signs::escaped(text).unwrap_or(text).into(),
            }),
            NodeValue::SoftBreak => Inline::Text("\n".into()),
            NodeValue::LineBreak => Inline::Break,
            NodeValue::Code(code) => Inline::Code(code.literal.replace(footnotes::MARK, "[")),
            NodeValue::Emph => Inline::Emph(body()),
            NodeValue::Strong => Inline::Strong(body()),
            NodeValue::Strikethrough if self.is_lowered(&ast) => signs::span("sub", body()),
            NodeValue::Strikethrough => Inline::Strike(body()),
            NodeValue::Highlight => self.highlight(&ast, body()),
            NodeValue::Math(math) => {
                Inline::Math(self.math(&math.literal, math.display_math, self.span(ast.sourcepos)))
            }
            NodeValue::Link(link) => {
                let to = Destination {
                    href: link.url.clone(),
                    title: link.title.clone(),
                    attrs: attrs_of(&ast),
                    span: self.span(ast.sourcepos),
                };
                Inline::Link {
                    body: body(),
                    to: to.into(),
                }
            }
            NodeValue::Image(link) => {
                let image = Image {
                    href: link.url.clone(),
                    alt: text_below(node),
                    title: link.title.clone(),
                    attrs: attrs_of(&ast),
                    step: 0,
                    span: self.span(ast.sourcepos),
                };
                Inline::Image(image.into())
            }
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

/// All text below a node, by iteration: the tree may be as deep as the input is long.
pub fn text_below(node: Node<'_>) -> String {
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

pub fn attrs_of(ast: &Ast) -> Attrs {
    match &ast.attrs {
        Some(attrs) => Attrs::from(Braced {
            id: attrs.id.clone(),
            classes: attrs.classes.clone(),
            pairs: attrs.pairs.clone(),
        }),
        None => Attrs::default(),
    }
}
