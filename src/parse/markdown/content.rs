//! What a talk holds beyond an article: alerts, terms, QR codes, marks.

use super::*;
use crate::highlight::DECK;

/// The group that shows its source beside what it becomes.
pub const EXAMPLE: &str = "example";

impl Lower<'_> {
    /// What stands in a group as code, and beside it what it becomes.
    pub fn example(&self, ast: &Ast, body: Vec<Block>, span: Span) -> BlockKind {
        let first = ast.sourcepos.start.line + 1;
        let last = ast.sourcepos.end.line;
        let lines = self.byte(first, 0)..self.byte(last, 0);
        let mut text = self.text.get(lines).unwrap_or_default();
        // A group that is not closed ends with a line of its own.
        let end = self.text.get(self.byte(last, 0)..self.byte(last + 1, 0));
        if let Some(end) = end.filter(|end| !end.trim().chars().all(|c| c == ':'))
            && let Some(more) = self
                .text
                .get(self.byte(first, 0)..self.byte(last, 0) + end.len())
        {
            text = more;
        }
        let code = BlockKind::Code(Code {
            lang: DECK.into(),
            text: text.trim_end().to_string(),
            marks: String::new(),
            info: span,
            look: Box::default(),
        });
        let mut source = block_at(code, span);
        source.attrs.classes.push("source".into());
        let side = |name: &str, body| {
            let name = name.to_string();
            block_at(BlockKind::Group { name, body }, span)
        };
        BlockKind::Group {
            name: "columns".into(),
            body: vec![side("left", vec![source]), side("right", body)],
        }
    }

    /// Where words are written, if they stand in `span` as they are.
    pub fn find(&self, span: Span, words: &str) -> Span {
        match self.source.slice(span).find(words) {
            Some(at) => {
                let start = span.start as usize + at;
                self.source.at(start, start + words.len())
            }
            None => span,
        }
    }

    /// Terms with what explains them: each an item whose first block is the term.
    pub fn terms(&self, node: Node<'_>, depth: usize) -> List {
        let items = node.children().map(|item| Item {
            blocks: item
                .children()
                .flat_map(|part| match &part.data().value {
                    NodeValue::DescriptionTerm => {
                        let span = self.span(part.data().sourcepos);
                        let words: Vec<Inline> = part
                            .children()
                            .flat_map(|line| self.inlines(line, depth + 1))
                            .collect();
                        vec![block_at(BlockKind::Paragraph(words), span)]
                    }
                    _ => self.children(part, depth + 1),
                })
                .collect(),
            task: None,
            attrs: Attrs::default(),
            step: 0,
            span: self.span(item.data().sourcepos),
        });
        List {
            start: None,
            tight: true,
            terms: true,
            items: items.collect(),
        }
    }

    /// What a ```` ```qr ```` block says, as a group of one link or text.
    pub fn qr(&self, literal: &str, span: Span) -> BlockKind {
        let text = literal.trim().to_string();
        let words = vec![Inline::Text(text.clone())];
        let is_address = !text.contains(char::is_whitespace) && text.contains(':');
        let line = if is_address {
            let to = Destination {
                href: text,
                title: String::new(),
                attrs: Attrs::default(),
                span,
            };
            vec![Inline::Link {
                body: words,
                to: to.into(),
            }]
        } else {
            words
        };
        BlockKind::Group {
            name: "qr".into(),
            body: vec![block_at(BlockKind::Paragraph(line), span)],
        }
    }

    /// The options of a ```` ```poll ```` block, as a group of one list.
    pub fn poll(&self, literal: &str, span: Span) -> BlockKind {
        let lines = literal.lines().map(option).filter(|line| !line.is_empty());
        let items = lines.map(|line| {
            let words = vec![Inline::Text(line.to_string())];
            let span = self.find(span, line);
            Item {
                blocks: vec![block_at(BlockKind::Paragraph(words), span)],
                task: None,
                attrs: Attrs::default(),
                step: 0,
                span,
            }
        });
        let list = BlockKind::List(List {
            start: None,
            tight: true,
            terms: false,
            items: items.collect(),
        });
        BlockKind::Group {
            name: "poll".into(),
            body: vec![block_at(list, span)],
        }
    }

    /// Whether `~2~` stands right behind a word, as in `H~2~O`: one tilde with a
    /// blank before it strikes out.
    pub fn is_lowered(&self, ast: &Ast) -> bool {
        let at = self.byte(
            ast.sourcepos.start.line,
            ast.sourcepos.start.column.saturating_sub(1),
        );
        let (Some(before), Some(own)) = (self.text.get(..at), self.text.get(at..)) else {
            return false;
        };
        let is_behind_word = before
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']'));
        self.kind != Kind::Article && is_behind_word && !own.starts_with("~~")
    }

    /// `==words==`, but `a==b` and `c==d` are no marks.
    pub fn highlight(&self, ast: &Ast, body: Vec<Inline>) -> Inline {
        let at = ast.sourcepos;
        let start = self.byte(at.start.line, at.start.column.saturating_sub(1));
        let end = self.byte(at.end.line, at.end.column);
        let around = |text: Option<char>| text.is_some_and(char::is_alphanumeric);
        let before = self
            .text
            .get(..start)
            .and_then(|text| text.chars().next_back());
        let behind = self.text.get(end..).and_then(|text| text.chars().next());
        if !around(before) && !around(behind) {
            return Inline::Mark(body);
        }
        let marks = || std::iter::once(Inline::Text("==".into()));
        Inline::Span {
            body: marks().chain(body).chain(marks()).collect(),
            attrs: Attrs::default(),
            step: 0,
        }
    }
}

/// Kind and title of `> [!NOTE] Title`.
pub fn alert_attrs(alert: &NodeAlert) -> Attrs {
    let kind = alert.alert_type.default_title().to_lowercase();
    let title = alert.title.iter();
    Attrs::from(Braced {
        id: None,
        classes: vec![kind],
        pairs: title.map(|title| ("title".into(), title.clone())).collect(),
    })
}

/// Whether a fence is of this kind: `qr`, `poll`.
pub fn is_named(info: &str, name: &str) -> bool {
    info.split([' ', '{']).next() == Some(name)
}

/// A line of a poll without the mark of its list.
fn option(line: &str) -> &str {
    let line = line.trim();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks = ["- ", "* ", "+ "];
    let ends = [". ", ") "];
    let numbered = ends
        .iter()
        .find_map(|end| digits.strip_prefix(end))
        .filter(|_| digits.len() < line.len());
    let bare = marks.iter().find_map(|mark| line.strip_prefix(mark));
    bare.or(numbered).unwrap_or(line).trim()
}
