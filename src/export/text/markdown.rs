//! The pieces of an article as Markdown that every reader of GitHub's kind
//! understands.

use super::{Piece, level_below, words_of};
use crate::chart;
use crate::deck::{
    Align, Attrs, Block, BlockKind, Code, Destination, Image, Inline, Item, List, Sign, Table,
    plain_text, qr_text,
};
use crate::layout::alert_word;

/// Letters between which an underline means nothing, and beside which a mark
/// needs no blank.
fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

struct Writer<'w> {
    /// Marks of footnotes of the slides before.
    n_notes: u16,
    lang: &'w str,
    place: &'w dyn Fn(&str) -> String,
    level: u8,
}

/// The pieces, one after the other.
pub fn write(pieces: &[Piece], lang: &str, place: &dyn Fn(&str) -> String) -> String {
    let mut writer = Writer {
        n_notes: 0,
        lang,
        place,
        level: 1,
    };
    let mut parts: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Title {
                level,
                number,
                body,
            } => {
                let number = number.map_or_else(String::new, |number| format!("{number}. "));
                let marks = "#".repeat(usize::from(*level));
                parts.push(format!("{marks} {number}{}", writer.one_line(body)));
            }
            Piece::Blocks(level, blocks) => {
                writer.level = *level;
                parts.push(writer.blocks(blocks));
            }
            Piece::Footnotes(notes) => {
                for (note, number) in notes.iter().zip(1..) {
                    let number = writer.n_notes + number;
                    parts.push(format!("[^{number}]: {}", writer.one_line(note)));
                }
                writer.n_notes += notes.len() as u16;
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

impl Writer<'_> {
    fn blocks(&self, blocks: &[Block]) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut last_list = None;
        for block in blocks {
            let text = self.block(block);
            if text.is_empty() {
                continue;
            }
            let list = match &block.kind {
                BlockKind::List(list) => Some(list.start.is_some()),
                _ => None,
            };
            if list.is_some() && list == last_list {
                // Two lists of one kind in a row would be one.
                parts.push("<!-- -->".into());
            }
            last_list = list;
            parts.push(text);
        }
        parts.join("\n\n")
    }

    fn block(&self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading { level, body } => {
                let marks = "#".repeat(usize::from(level_below(self.level, *level)));
                format!("{marks} {}", self.one_line(body))
            }
            BlockKind::Paragraph(body) => guarded(&self.line(body)),
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote(body) => prefixed("> ", "> ", &self.blocks(body)),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Math(math) => format!("$$\n{}\n$$", math.tex.trim()),
            // Three hyphens would begin a slide when this is read as a deck.
            BlockKind::Rule => "***".into(),
            BlockKind::Group { name, body } => self.group(name, body, &block.attrs),
            BlockKind::Html(html) => guarded(&escaped(&words_of(html), None)),
            BlockKind::Chart(chart) => {
                let said = [&chart.title, &chart.alt].map(|text| escaped(text, None));
                let said = said.into_iter().filter(|text| !text.is_empty());
                let table = self.table(&chart::as_table(chart));
                said.map(|text| guarded(&text))
                    .chain([table])
                    .collect::<Vec<_>>()
                    .join("\n\n")
            }
            BlockKind::Diagram(diagram) => {
                let said = [&diagram.title, &diagram.alt].map(|text| escaped(text, None));
                let said = said.into_iter().filter(|text| !text.is_empty());
                let drawing = fenced("mermaid", &diagram.source);
                said.map(|text| guarded(&text))
                    .chain([drawing])
                    .collect::<Vec<_>>()
                    .join("\n\n")
            }
        }
    }

    fn group(&self, name: &str, body: &[Block], attrs: &Attrs) -> String {
        match name {
            "alert" => {
                let kinds = crate::deck::words::ALERTS;
                let kind = kinds.iter().position(|kind| attrs.has(kind)).unwrap_or(0);
                let mut text = format!("[!{}]\n", kinds[kind].to_uppercase());
                let title = attrs.get("title").unwrap_or_default();
                if !title.is_empty() && title != alert_word(self.lang, kind) {
                    text += &format!("**{}**\n\n", escaped(title, None));
                }
                prefixed("> ", "> ", &(text + &self.blocks(body)))
            }
            "qr" => {
                let text = qr_text(body);
                match text.contains("://") {
                    true => format!("<{text}>"),
                    false => guarded(&escaped(&text.replace('\n', " "), None)),
                }
            }
            "poll" => {
                let question = attrs
                    .get("question")
                    .map(|text| guarded(&escaped(text, None)));
                question
                    .into_iter()
                    .chain([self.blocks(body)])
                    .collect::<Vec<_>>()
                    .join("\n\n")
            }
            _ => self.blocks(body),
        }
    }

    fn list(&self, list: &List) -> String {
        let first = list.start;
        let items = list.items.iter().zip(0..).map(|(item, nth)| {
            let mark = match first {
                Some(first) => format!("{}. ", first.saturating_add(nth)),
                None => "- ".into(),
            };
            let text = if list.terms {
                self.term(item)
            } else {
                self.item(item, list.tight)
            };
            let task = match item.task {
                None => "",
                Some(false) => "[ ] ",
                Some(true) => "[x] ",
            };
            prefixed(&mark, &" ".repeat(mark.len()), &format!("{task}{text}"))
        });
        let between = if list.tight || list.terms {
            "\n"
        } else {
            "\n\n"
        };
        items.collect::<Vec<_>>().join(between)
    }

    fn item(&self, item: &Item, tight: bool) -> String {
        if !tight {
            return self.blocks(&item.blocks);
        }
        let parts = item.blocks.iter().map(|block| self.block(block));
        parts
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Readers know no lists of terms.
    fn term(&self, item: &Item) -> String {
        let (term, rest) = match item.blocks.split_first() {
            Some((
                Block {
                    kind: BlockKind::Paragraph(term),
                    ..
                },
                rest,
            )) => (self.line(term), rest),
            _ => (String::new(), item.blocks.as_slice()),
        };
        match rest.split_first() {
            Some((
                Block {
                    kind: BlockKind::Paragraph(first),
                    ..
                },
                more,
            )) => {
                let first = format!("**{term}**: {}", self.line(first));
                let more = self.blocks(more);
                if more.is_empty() {
                    first
                } else {
                    format!("{first}\n\n{more}")
                }
            }
            _ => format!("**{term}**\n\n{}", self.blocks(rest)),
        }
    }

    fn code(&self, code: &Code) -> String {
        let lang = if code.look.diff { "diff" } else { &code.lang };
        let block = fenced(lang, &code.text);
        match code.look.name.as_str() {
            "" => block,
            name => format!("{}\n\n{block}", in_ticks(name)),
        }
    }

    fn table(&self, table: &Table) -> String {
        let cell = |body: &Vec<Inline>| self.one_line(body).replace('|', "\\|");
        let row = |cells: &[Vec<Inline>]| {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            format!("| {} |", cells.join(" | "))
        };
        let marks = (0..table.head.len()).map(|column| match table.align.get(column) {
            Some(Align::Right | Align::Number) => "--:",
            Some(Align::Center) => ":-:",
            Some(Align::Start) | None => "---",
        });
        let marks = format!("| {} |", marks.collect::<Vec<_>>().join(" | "));
        let rows = table.rows.iter().map(|cells| row(cells));
        [row(&table.head), marks]
            .into_iter()
            .chain(rows)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// A line of text where no other may follow.
    fn one_line(&self, body: &[Inline]) -> String {
        self.line(body).replace("\\\n", " ")
    }

    /// A line of text.
    fn line(&self, body: &[Inline]) -> String {
        let parts: Vec<String> = body.iter().map(|inline| self.inline(inline)).collect();
        let mut res = String::new();
        for (at, (inline, part)) in body.iter().zip(&parts).enumerate() {
            let next = || parts[at + 1..].iter().find_map(|part| part.chars().next());
            let mark = match inline {
                Inline::Emph(_) => "*",
                Inline::Strong(_) => "**",
                // When it was, in a list of what happened when.
                Inline::Span { attrs, .. } if attrs.has("date") => "**",
                Inline::Strike(_) => "~~",
                Inline::Text(text) => {
                    res += &escaped(text, res.chars().next_back());
                    continue;
                }
                _ => {
                    res += part;
                    continue;
                }
            };
            let before = res.chars().next_back();
            res += &marked(mark, part, before, next());
        }
        let lines = res.split("\\\n").map(str::trim);
        lines.collect::<Vec<_>>().join("\\\n")
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text) => escaped(text, None),
            Inline::Emph(body)
            | Inline::Strong(body)
            | Inline::Strike(body)
            | Inline::Mark(body) => self.line_as_is(body),
            Inline::Span { body, attrs, .. } => {
                let text = self.line_as_is(body);
                let tag = ["kbd", "sub", "sup"].into_iter().find(|tag| attrs.has(tag));
                match tag {
                    Some(tag) => format!("<{tag}>{text}</{tag}>"),
                    None => text,
                }
            }
            Inline::Code(text) => in_ticks(text),
            Inline::Link { body, to } => {
                let Destination { href, title, .. } = &**to;
                let text = self.line(body);
                // The slides have no names here.
                if href.starts_with('#') {
                    text
                } else if title.is_empty() && href.contains("://") && plain_text(body) == *href {
                    format!("<{href}>")
                } else {
                    format!("[{text}]({})", target(href, title))
                }
            }
            Inline::Image(image) => self.image(image),
            Inline::Math(math) => format!("${}$", math.tex.trim().replace('\n', " ")),
            Inline::Sign(Sign::Note { number, .. }) => format!("[^{}]", self.n_notes + number),
            Inline::Sign(Sign::Icon { .. }) | Inline::Html { .. } => String::new(),
            Inline::Break => "\\\n".into(),
        }
    }

    /// The same with the blanks at its ends.
    fn line_as_is(&self, body: &[Inline]) -> String {
        let text = self.line(body);
        let ends = |inline: Option<&Inline>, at_end: bool| match inline {
            Some(Inline::Text(text)) if at_end => text.ends_with(char::is_whitespace),
            Some(Inline::Text(text)) => text.starts_with(char::is_whitespace),
            _ => false,
        };
        let start = if ends(body.first(), false) { " " } else { "" };
        let end = if ends(body.last(), true) { " " } else { "" };
        format!("{start}{text}{end}")
    }

    fn image(&self, image: &Image) -> String {
        let mark = if image.medium().is_some() { "" } else { "!" };
        let alt = escaped(&image.alt.replace('\n', " "), None);
        format!(
            "{mark}[{alt}]({})",
            target(&(self.place)(&image.href), &image.title)
        )
    }
}

/// An address as it stands in brackets.
fn target(href: &str, title: &str) -> String {
    let is_plain = !href.is_empty() && !href.contains([' ', '(', ')', '<', '>']);
    let mut res = match is_plain {
        true => href.to_string(),
        false => format!("<{}>", href.replace('<', "%3C").replace('>', "%3E")),
    };
    if !title.is_empty() {
        res += &format!(
            " \"{}\"",
            title
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', " ")
        );
    }
    res
}

/// Text in marks; by tags where marks would not be taken for such.
fn marked(mark: &str, text: &str, before: Option<char>, next: Option<char>) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_string();
    }
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    let opens = is_word(inner.chars().next()) || !start.is_empty() || !is_word(before);
    let closes = is_word(inner.chars().next_back()) || !end.is_empty() || !is_word(next);
    if opens && closes {
        return format!("{start}{mark}{inner}{mark}{end}");
    }
    let tag = match mark {
        "*" => "em",
        "**" => "strong",
        _ => "del",
    };
    format!("{start}<{tag}>{inner}</{tag}>{end}")
}

/// Text as it is read, on one line. `before` is what stands in front of it.
fn escaped(text: &str, before: Option<char>) -> String {
    let mut res = String::with_capacity(text.len() + 8);
    let mut last = before;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '_' => !(is_word(last) && is_word(next)),
            '~' => last == Some('~') || next == Some('~'),
            '$' => !next.is_none_or(char::is_whitespace),
            '&' => next.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            _ => false,
        };
        if special {
            res.push('\\');
        }
        res.push(if c == '\n' { ' ' } else { c });
        last = Some(c);
    }
    res
}

/// A paragraph whose lines cannot be taken for lists, headings and rules.
fn guarded(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let n_digits = line.len() - digits.len();
        let is_number = (1..=9).contains(&n_digits) && digits.starts_with(['.', ')']);
        let rest = line.get(1..).unwrap_or_default();
        match line.chars().next() {
            Some('#' | '>' | '=' | '|') => format!("\\{line}"),
            Some('-' | '+') if rest.is_empty() || rest.starts_with([' ', '-']) => {
                format!("\\{line}")
            }
            Some(_) if is_number => format!("{}\\{digits}", &line[..n_digits]),
            _ => line.to_string(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn prefixed(first: &str, other: &str, text: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(at, line)| match at {
        0 => format!("{first}{line}"),
        _ if line.is_empty() => other.trim_end().to_string(),
        _ => format!("{other}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn fenced(lang: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{lang}\n{}\n{fence}", text.trim_end_matches('\n'))
}

fn in_ticks(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text) + 1);
    let text = text.replace('\n', " ");
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{ticks} {text} {ticks}"),
        false => format!("{ticks}{text}{ticks}"),
    }
}
