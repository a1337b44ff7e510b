//! What a talk holds beyond text: alerts, terms, QR codes, signs, footnotes.

use super::html::Writer;
use crate::deck::poll::poll_id;
use crate::deck::{Attrs, Block, BlockKind, Inline, List, Sign, lines, qr_text};
use crate::escape::escape;
use crate::{icon, qr};

/// The icon of each kind of alert.
const ALERT_ICONS: [(&str, &str); 5] = [
    ("note", "info"),
    ("tip", "lightbulb"),
    ("important", "message-square-warning"),
    ("warning", "triangle-alert"),
    ("caution", "octagon-alert"),
];

/// The icon of an alert.
pub fn alert_icon(attrs: &Attrs) -> Option<&'static str> {
    let found = ALERT_ICONS.iter().find(|(kind, _)| attrs.has(kind));
    found.map(|(_, name)| *name)
}

impl Writer<'_> {
    /// A box with an icon and its name; layout has filled in both.
    pub fn alert(&mut self, body: &[Block], attrs: &Attrs, step: u16) {
        self.push("<aside role=\"note\"");
        self.attrs(attrs, step, "alert");
        self.push("><p class=\"alert-title\">");
        if let Some(svg) = alert_icon(attrs).and_then(icon::svg) {
            self.own(svg);
        }
        let mut title = String::new();
        escape(&mut title, attrs.get("title").unwrap_or_default());
        self.push(&title);
        self.push("</p>");
        self.blocks(body);
        self.push("</aside>");
    }

    /// Terms and what explains them.
    pub fn terms(&mut self, list: &List, attrs: &Attrs, step: u16) {
        self.push("<dl");
        self.attrs(attrs, step, "");
        self.push(">");
        for item in &list.items {
            self.push("<div");
            self.attrs(&item.attrs, item.step, "");
            self.push(">");
            let mut blocks = item.blocks.iter();
            if let Some(Block {
                kind: BlockKind::Paragraph(term),
                ..
            }) = blocks.next()
            {
                self.wrapped("dt", &Attrs::default(), 0, term);
            }
            self.push("<dd>");
            for block in blocks {
                match &block.kind {
                    BlockKind::Paragraph(line) if item.blocks.len() == 2 => self.inlines(line),
                    _ => self.block(block),
                }
            }
            self.push("</dd></div>");
        }
        self.push("</dl>");
    }

    /// A QR code with its address below; the address alone if it is too long.
    pub fn qr(&mut self, body: &[Block], attrs: &Attrs, step: u16) {
        let text = qr_text(body);
        let drawing = qr::svg(&text, &format!("QR code: {text}"));
        self.push("<figure");
        self.attrs(attrs, step, "qr");
        self.push(">");
        if let Some(svg) = drawing {
            self.own(svg);
        }
        self.push("<figcaption>");
        for block in body {
            match &block.kind {
                BlockKind::Paragraph(line) => self.inlines(line),
                _ => self.block(block),
            }
        }
        self.push("</figcaption></figure>");
    }

    /// A question with its options, each a bar that fills while the audience
    /// answers. Alone it is a list to read and to answer by show of hands.
    pub fn poll(&mut self, body: &[Block], attrs: &Attrs, step: u16) {
        self.n_polls += 1;
        let mut id = String::new();
        escape(&mut id, &poll_id(&self.id, self.n_polls));
        let mut html = self.tag("div", attrs, step, "poll", &format!("data-poll=\"{id}\""));
        if let Some(question) = attrs.get("question") {
            html += "<p class=\"poll-question\">";
            escape(&mut html, question);
            html += "</p>";
        }
        let mut letters = ('A'..='Z').cycle();
        for block in body {
            match &block.kind {
                BlockKind::Paragraph(line) | BlockKind::Heading { body: line, .. } => {
                    let question = self.piece(|writer| writer.inlines(line));
                    html += &format!("<p class=\"poll-question\">{question}</p>");
                }
                BlockKind::List(list) => html += &self.options(list, &mut letters),
                _ => html += &self.piece(|writer| writer.block(block)),
            }
        }
        self.own(html + "<p class=\"poll-sum\"></p></div>");
    }

    /// An opening tag with attributes that no author may write.
    fn tag(&mut self, tag: &str, attrs: &Attrs, step: u16, class: &str, own: &str) -> String {
        let before = std::mem::take(&mut self.out);
        self.push(&format!("<{tag}"));
        self.attrs(attrs, step, class);
        let open = std::mem::replace(&mut self.out, before);
        format!("{open} {own}>")
    }

    fn options(&mut self, list: &List, letters: &mut impl Iterator<Item = char>) -> String {
        // No `<ul>`: themes give its items marks of their own.
        let mut html = String::from("<div class=\"poll-options\" role=\"list\">");
        for item in &list.items {
            let role = "role=\"listitem\" data-option";
            html += &self.tag("div", &item.attrs, item.step, "", role);
            let letter = letters.next().unwrap_or('A');
            let text = self.piece(|writer| {
                for line in lines(&item.blocks) {
                    writer.inlines(line);
                }
            });
            html += &format!(
                "<span class=\"poll-letter\" aria-hidden=\"true\">{letter}</span>\
                 <p class=\"poll-text\">{text}</p><b class=\"poll-count\"></b></div>"
            );
        }
        html + "</div>"
    }

    /// An icon or the mark of a footnote.
    pub fn sign(&mut self, sign: &Sign) {
        match sign {
            Sign::Icon { name, .. } => match icon::svg(name) {
                Some(svg) => self.own(svg),
                None => {
                    let mut text = String::new();
                    escape(&mut text, &format!(":icon-{name}:"));
                    self.push(&text);
                }
            },
            Sign::Note { number, nth } => {
                let slide = self.slide_id();
                self.own(format!(
                    "<sup class=\"note-mark\"><a id=\"{slide}-mark-{number}-{nth}\" \
                     href=\"#{slide}-note-{number}\" role=\"doc-noteref\">{number}</a></sup>"
                ));
            }
        }
    }

    /// The footnotes of a slide; the number of each leads back to its mark. Each is
    /// sanitised by itself: an element it leaves open takes no other one with it.
    pub fn footnotes(&mut self, notes: &[Vec<Inline>]) -> String {
        let slide = self.slide_id();
        let mut res = String::new();
        for (note, number) in notes.iter().zip(1..) {
            let html = self.line(note);
            res += &format!(
                "<li id=\"{slide}-note-{number}\"><a href=\"#{slide}-mark-{number}-1\" \
                 role=\"doc-backlink\">{number}</a> {html}</li>"
            );
        }
        res
    }

    /// The id of the slide as it stands in an attribute.
    fn slide_id(&self) -> String {
        let mut res = String::new();
        escape(&mut res, &self.id);
        res
    }
}
