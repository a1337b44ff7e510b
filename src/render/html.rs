//! Blocks and inlines to HTML.
//!
//! Raw HTML of the author is sanitised together with all that stands in the
//! same slot, because an element opened in one block may end in another. What
//! no author may write, such as code and formulas with their many attributes,
//! is kept aside meanwhile: see [`Aside`].

use std::collections::HashMap;

use super::aside::Aside;
use super::sanitise::sanitise;
use super::{ASSET_SCHEME, Cache, code, drawing};
use crate::deck::chart::Chart;
use crate::deck::code::{Extent, codes};
use crate::deck::diagram::Diagram;
use crate::deck::{
    Align, AssetRef, Attrs, Block, BlockKind, Code, Destination, Frame, Inline, List, Math, Table,
    raw_html, raw_html_in_line,
};
use crate::diagram::{self, Diagrams};
use crate::escape::{MAX_OPEN, escape, open_elements, open_tag};
use crate::highlight::Colours;
use crate::links;
use crate::math::Formulas;

/// Signs beyond which a formula takes the whole width of a slide.
const MAX_SIGNS: usize = 40;

/// Bytes of HTML in a slot of the common kind.
const SLOT: usize = 512;

/// Writes the blocks of one frame.
pub struct Writer<'a> {
    /// Pictures, films and what belongs to them, as they are written.
    pub assets: HashMap<&'a str, &'a AssetRef>,
    colours: &'a mut Colours,
    formulas: &'a mut Formulas,
    diagrams: &'a mut Diagrams,
    /// Diagrams written so far, for ids that differ.
    n_diagrams: usize,
    aside: Aside,
    /// Id of the slide.
    pub id: String,
    /// Polls written so far.
    pub n_polls: usize,
    trusted: bool,
    /// What is written of the slot so far.
    pub out: String,
    /// Whether what is being written holds HTML of the author's own.
    pub has_raw: bool,
    /// Columns of the widest code in the slot: all of it is set in one size.
    columns: usize,
    /// Elements that the author's HTML has left open so far.
    open: usize,
}

impl<'a> Writer<'a> {
    /// A writer for a frame whose pictures are known.
    pub fn new(frame: &'a Frame, cache: &'a mut Cache) -> Self {
        let assets = frame
            .assets
            .iter()
            .map(|asset| (asset.href.as_str(), asset))
            .collect();
        Writer {
            assets,
            colours: &mut cache.colours,
            formulas: &mut cache.formulas,
            diagrams: &mut cache.diagrams,
            n_diagrams: 0,
            aside: Aside::default(),
            id: frame.id.clone(),
            n_polls: 0,
            trusted: frame.trusted,
            out: String::new(),
            has_raw: false,
            columns: 0,
            open: 0,
        }
    }

    /// Blocks, one slot of them.
    pub fn slot(&mut self, blocks: &[Block]) -> String {
        let widths = codes(blocks)
            .into_iter()
            .map(|code| Extent::of(code).columns);
        self.columns = widths.max().unwrap_or(0);
        self.has_raw = !raw_html(blocks).is_empty();
        self.blocks(blocks);
        self.take()
    }

    /// Inlines, for places that hold one line.
    pub fn line(&mut self, inlines: &[Inline]) -> String {
        self.has_raw = !raw_html_in_line(inlines).is_empty();
        self.inlines(inlines);
        self.take()
    }

    /// What has been written, sanitised if the author's own HTML is in it.
    pub fn take(&mut self) -> String {
        // To grow step by step moves a slot five times.
        let html = std::mem::replace(&mut self.out, String::with_capacity(SLOT));
        self.open = 0;
        if !std::mem::take(&mut self.has_raw) {
            return html;
        }
        if self.trusted {
            let html = self.addressed(html);
            return self.aside.put_back(&html);
        }
        let clean = sanitise(&html, self.addresses());
        self.aside.put_back(&clean)
    }

    /// What `write` writes, sanitised by itself: an element that an author leaves open
    /// in it takes nothing along that stands behind it.
    pub fn piece(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let out = std::mem::take(&mut self.out);
        let aside = std::mem::take(&mut self.aside);
        let (has_raw, open) = (self.has_raw, self.open);
        write(self);
        let html = self.take();
        self.out = out;
        self.aside = aside;
        self.has_raw = has_raw;
        self.open = open;
        html
    }

    /// HTML of our own that the sanitiser must neither change nor let an author write;
    /// all that begins in it ends in it, for as a whole it may be lost.
    pub fn own(&mut self, html: String) {
        if self.has_raw {
            self.out += &self.aside.keep(html);
        } else {
            self.out += &html;
        }
    }

    /// HTML as it is.
    pub fn push(&mut self, html: &str) {
        self.out += html;
    }

    /// Trusted HTML with the pictures that were found in place of their names.
    fn addressed(&self, html: String) -> String {
        let mut res = html;
        for (name, address) in self.addresses() {
            for quote in ["\"", "'"] {
                let own = format!("src={quote}{name}{quote}");
                res = res.replace(&own, &format!("src=\"{address}\""));
            }
        }
        res
    }

    /// What `src` may say, and what it becomes: the author's spelling of a
    /// picture that was found, or what was made of it already.
    fn addresses(&self) -> HashMap<String, String> {
        let mut res = HashMap::new();
        for asset in self.assets.values() {
            if let Some(key) = &asset.key {
                let address = format!("{ASSET_SCHEME}{key}");
                res.insert(asset.href.clone(), address.clone());
                res.insert(address.clone(), address);
            }
        }
        res
    }

    pub fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    fn raw(&mut self, html: &str) {
        let (open, most) = open_elements(html, self.open);
        if most > MAX_OPEN {
            return self.text(html);
        }
        self.open = open;
        self.has_raw = true;
        // A browser shows nothing of a tag that does not end; nor do we, but what
        // stands behind it.
        let end = open_tag(html).filter(|_| !self.trusted);
        self.out += &html[..end.unwrap_or(html.len())];
    }

    /// Blocks, one after the other.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn open(&mut self, tag: &str, attrs: &Attrs, step: u16) {
        self.out += "<";
        self.out += tag;
        self.attrs(attrs, step, "");
        self.out += ">";
    }

    /// Classes, step and name as attributes; `class` is ours and stands first.
    pub fn attrs(&mut self, attrs: &Attrs, step: u16, class: &str) {
        self.out += &attributes(attrs, step, class);
    }

    /// One block.
    pub fn block(&mut self, block: &Block) {
        let step = block.step;
        match &block.kind {
            BlockKind::Heading { level, body } => {
                // The slide's own title is the h2; what is below it keeps its rank.
                let tag = if *level <= 3 { "h3" } else { "h4" };
                self.wrapped(tag, &block.attrs, step, body);
            }
            BlockKind::Paragraph(body) => match body.as_slice() {
                [Inline::Image(image)] => {
                    let class = block.attrs.has("cover").then_some("cover");
                    self.figure_element(image, class, &block.attrs, step);
                }
                _ => self.wrapped("p", &block.attrs, step, body),
            },
            BlockKind::List(list) if list.terms => self.terms(list, &block.attrs, step),
            BlockKind::List(list) => self.list(list, &block.attrs, step),
            BlockKind::Quote(body) => {
                self.open("blockquote", &block.attrs, step);
                self.blocks(body);
                self.out += "</blockquote>";
            }
            BlockKind::Code(code) => self.code(code, &block.attrs, step),
            BlockKind::Table(table) => self.table(table, &block.attrs, step),
            BlockKind::Math(math) => self.display(math, &block.attrs, step),
            BlockKind::Chart(chart) => self.chart(chart, &block.attrs, step),
            BlockKind::Diagram(diagram) => self.diagram(diagram, &block.attrs, step),
            BlockKind::Rule => self.out += "<hr>",
            BlockKind::Group { name, body } => match name.as_str() {
                "alert" => self.alert(body, &block.attrs, step),
                "qr" => self.qr(body, &block.attrs, step),
                "poll" => self.poll(body, &block.attrs, step),
                _ => self.group(name, body, &block.attrs, step),
            },
            BlockKind::Html(html) => self.raw(html),
        }
    }

    /// A line in an element.
    pub fn wrapped(&mut self, tag: &str, attrs: &Attrs, step: u16, body: &[Inline]) {
        self.open(tag, attrs, step);
        self.inlines(body);
        self.out.extend(["</", tag, ">"]);
    }

    fn group(&mut self, name: &str, body: &[Block], attrs: &Attrs, step: u16) {
        let is_code = |block: &Block| matches!(block.kind, BlockKind::Code(_));
        if name == "morph" && body.iter().all(is_code) {
            return self.row(body, attrs, step);
        }
        let class: String = name
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == '-')
            .collect();
        let class = match class.as_str() {
            "left" | "right" => "column",
            class => class,
        };
        self.out += "<div";
        self.attrs(attrs, step, class);
        if class == "columns"
            && let Some(ratio) = attrs.ratio(body.len())
        {
            let widths: Vec<String> = ratio.iter().map(|part| format!("{part}fr")).collect();
            self.out += &format!(" style=\"--columns:{}\"", widths.join(" "));
        }
        self.out += ">";
        self.blocks(body);
        self.out += "</div>";
    }

    fn list(&mut self, list: &List, attrs: &Attrs, step: u16) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        self.out += &format!("<{tag}");
        let is_tasks = list.items.iter().any(|item| item.task.is_some());
        self.attrs(attrs, step, if is_tasks { "tasks" } else { "" });
        if attrs.has("timeline") {
            // Some screen readers take lists without marks for none.
            self.out += " role=\"list\"";
        }
        if let Some(start) = list.start.filter(|start| *start != 1) {
            // The number is drawn by a counter of the style sheet, which knows no `start`.
            let before = i64::from(start) - 1;
            self.out += &format!(" start=\"{start}\" style=\"counter-reset:entry {before}\"");
        }
        self.out += ">";
        for item in &list.items {
            self.out += "<li";
            self.attrs(&item.attrs, item.step, "");
            self.out += ">";
            if let Some(done) = item.task {
                let checked = if done { " checked" } else { "" };
                let label = if done { "done" } else { "open" };
                self.out +=
                    &format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ");
            }
            for block in &item.blocks {
                match &block.kind {
                    BlockKind::Paragraph(body) if list.tight => self.inlines(body),
                    _ => self.block(block),
                }
            }
            self.out += "</li>";
        }
        self.out.extend(["</", tag, ">"]);
    }

    fn code(&mut self, code: &Code, attrs: &Attrs, step: u16) {
        let mut extent = Extent::of(code);
        extent.columns = extent.columns.max(self.columns);
        let mut html = pre(code, attrs, step);
        code::inside(&mut html, self.colours, code, extent);
        self.own(html);
    }

    /// Blocks of code in one place that change into each other.
    fn row(&mut self, body: &[Block], attrs: &Attrs, step: u16) {
        let codes = codes(body);
        let mut extent = codes
            .iter()
            .fold(Extent::default(), |most, code| most.max(Extent::of(code)));
        extent.columns = extent.columns.max(self.columns);
        let total: usize = codes.iter().map(|code| Extent::of(code).lines + 2).sum();
        let Extent { columns, lines } = extent;
        let mut html = String::from("<div");
        html += &attributes(attrs, step, "morph");
        html += &format!(" style=\"--cols:{columns};--lines:{lines};--all:{total}\">");
        let parts = code::row(self.colours, &codes);
        for ((code, block), lines) in codes.iter().zip(body).zip(&parts) {
            html += &pre(code, &block.attrs, block.step);
            code::write(&mut html, code, extent, lines);
        }
        self.own(html + "</div>");
    }

    fn chart(&mut self, chart: &Chart, attrs: &Attrs, step: u16) {
        let class = format!("chart chart-{}", chart.kind.class());
        let attributes = attributes(attrs, step, &class);
        self.own(drawing::chart(chart, &attributes));
    }

    fn diagram(&mut self, diagram: &Diagram, attrs: &Attrs, step: u16) {
        self.n_diagrams += 1;
        let id = format!("{}-d{}-", self.id, self.n_diagrams);
        let html = match self.diagrams.drawing(diagram) {
            Ok(drawing) => {
                let class = format!("diagram diagram-{}", drawing.kind.class());
                diagram::figure(diagram, &drawing, &attributes(attrs, step, &class), &id)
            }
            Err(_) => {
                let mut html = format!("<pre{}><code>", attributes(attrs, step, ""));
                escape(&mut html, &diagram.source);
                html + "</code></pre>"
            }
        };
        self.own(html);
    }

    /// A formula on lines of its own.
    fn display(&mut self, math: &Math, attrs: &Attrs, step: u16) {
        let (set, signs) = self.formulas.display(&math.tex);
        let class = if signs > MAX_SIGNS {
            "math wide"
        } else {
            "math"
        };
        let mut html = String::from("<div") + &attributes(attrs, step, class);
        match set {
            Ok(set) => html += &format!(" style=\"--signs:{signs}\">{set}"),
            Err(_) => {
                html += ">";
                escape(&mut html, math.tex.trim());
            }
        }
        self.own(html + "</div>");
    }

    /// A formula in a line; as it is written if it cannot be set.
    fn math(&mut self, math: &Math) {
        match self.formulas.html(&math.tex, math.display) {
            Ok(html) => self.own(format!("<span class=\"math\">{html}</span>")),
            Err(_) => {
                self.out += "<code class=\"math\">";
                self.text(&math.tex);
                self.out += "</code>";
            }
        }
    }

    fn table(&mut self, table: &Table, attrs: &Attrs, step: u16) {
        self.out += "<div";
        self.attrs(attrs, step, "table");
        self.out += "><table><thead><tr>";
        self.cells(&table.head, &table.align, "th scope=\"col\"", "th");
        self.out += "</tr></thead><tbody>";
        for row in &table.rows {
            self.out += "<tr>";
            self.cells(row, &table.align, "td", "td");
            self.out += "</tr>";
        }
        self.out += "</tbody></table></div>";
    }

    fn cells(&mut self, cells: &[Vec<Inline>], align: &[Align], open: &str, close: &str) {
        for (column, cell) in cells.iter().enumerate() {
            let class = match align.get(column) {
                Some(Align::Right) => " class=\"right\"",
                Some(Align::Number) => " class=\"right number\"",
                Some(Align::Center) => " class=\"center\"",
                Some(Align::Start) | None => "",
            };
            // An empty head cell names nothing, and a `th` must name something.
            if close == "th" && cell.is_empty() {
                self.out += &format!("<td{class}></td>");
                continue;
            }
            self.out.extend(["<", open, class, ">"]);
            self.inlines(cell);
            self.out.extend(["</", close, ">"]);
        }
    }

    /// A line of text.
    pub fn inlines(&mut self, inlines: &[Inline]) {
        let has_text = inlines
            .iter()
            .any(|inline| matches!(inline, Inline::Text(text) if !text.trim().is_empty()));
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Emph(body) => self.wrapped("em", &Attrs::default(), 0, body),
                Inline::Strong(body) => self.wrapped("strong", &Attrs::default(), 0, body),
                Inline::Strike(body) => self.wrapped("del", &Attrs::default(), 0, body),
                Inline::Mark(body) => self.wrapped("mark", &Attrs::default(), 0, body),
                Inline::Code(code) => {
                    self.out += "<code>";
                    self.text(code);
                    self.out += "</code>";
                }
                Inline::Math(math) => self.math(math),
                Inline::Link { body, to } => self.link(to, body),
                Inline::Span { body, attrs, step } => {
                    let tag = ["kbd", "sub", "sup"].into_iter().find(|tag| attrs.has(tag));
                    self.wrapped(tag.unwrap_or("span"), attrs, *step, body);
                }
                Inline::Image(image) => {
                    let class = has_text.then_some("in-line");
                    self.image(image, class, &image.attrs, image.step);
                }
                Inline::Sign(sign) => self.sign(sign),
                Inline::Html { html, .. } => self.raw(html),
                Inline::Break => self.out += "<br>",
            }
        }
    }

    fn link(&mut self, to: &Destination, body: &[Inline]) {
        let Destination {
            href, title, attrs, ..
        } = to;
        if !links::is_safe(href) {
            return self.inlines(body);
        }
        self.out += "<a";
        self.attrs(attrs, 0, "");
        self.out += " href=\"";
        self.text(href);
        self.out += "\"";
        if links::leaves_deck(href) {
            // A link out of the deck must not take the talk's window with it.
            self.out += " target=\"_blank\" rel=\"noopener noreferrer\"";
        }
        if !title.is_empty() {
            self.out += " title=\"";
            self.text(title);
            self.out += "\"";
        }
        self.out += ">";
        self.inlines(body);
        self.out += "</a>";
    }
}

/// Classes and step as attributes. `class` is ours and stands first.
pub fn attributes(attrs: &Attrs, step: u16, class: &str) -> String {
    let is_name = |name: &&str| {
        name.chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let own = attrs.classes.iter().map(String::as_str).filter(is_name);
    let classes: Vec<&str> = std::iter::once(class)
        .filter(|class| !class.is_empty())
        .chain(own)
        .collect();
    let mut res = String::new();
    if !classes.is_empty() {
        res += " class=\"";
        escape(&mut res, &classes.join(" "));
        res += "\"";
    }
    if step > 0 {
        res += &format!(" data-step=\"{step}\"");
    }
    if let Ok(Some((_, Some(until)))) = attrs.steps() {
        res += &format!(" data-until=\"{until}\"");
    }
    // No `id`: the same name stands on several slides, between which the page
    // moves what bears it.
    if let Some(id) = attrs.id.as_deref().filter(is_name) {
        res += " data-morph=\"";
        escape(&mut res, id);
        res += "\"";
    }
    res
}

/// The beginning of a block of code, up to its classes and step.
fn pre(code: &Code, attrs: &Attrs, step: u16) -> String {
    let mut attrs = attrs.clone();
    attrs
        .classes
        .retain(|class| !code::OWN.contains(&class.as_str()));
    String::from("<pre") + &attributes(&attrs, step, &code::classes(code))
}
