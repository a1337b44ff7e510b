//! Blocks and inlines to HTML.
//!
//! Raw HTML of the author is sanitised together with all that stands in the
//! same slot, because an element opened in one block may end in another.

use std::collections::HashMap;

use ammonia::Builder;

use super::ASSET_SCHEME;
use super::code::Colours;
use super::drawing;
use crate::deck::{
    Align, AssetRef, Attrs, Block, BlockKind, Code, Frame, Image, Inline, List, Table,
};
use crate::escape::escape;
use crate::links;

/// Columns of code beyond which a line wraps instead of making all smaller.
const MAX_COLUMNS: usize = 100;

/// Writes the blocks of one frame.
pub struct Writer<'a> {
    assets: HashMap<&'a str, &'a AssetRef>,
    colours: &'a mut Colours,
    out: String,
    drawings: drawing::Waiting,
    has_raw: bool,
    /// Columns of the widest code in the slot: all of it is set in one size.
    columns: usize,
}

impl<'a> Writer<'a> {
    /// A writer for a frame whose pictures are known.
    pub fn new(frame: &'a Frame, colours: &'a mut Colours) -> Self {
        let assets = frame
            .assets
            .iter()
            .map(|asset| (asset.href.as_str(), asset))
            .collect();
        Writer {
            assets,
            colours,
            out: String::new(),
            drawings: drawing::Waiting::default(),
            has_raw: false,
            columns: 0,
        }
    }

    /// Blocks, one slot of them.
    pub fn slot(&mut self, blocks: &[Block]) -> String {
        let widths = blocks.iter().map(|block| match &block.kind {
            BlockKind::Code(code) => columns_of(code),
            _ => 0,
        });
        self.columns = widths.max().unwrap_or(0);
        self.blocks(blocks);
        self.take()
    }

    /// Inlines, for places that hold one line.
    pub fn line(&mut self, inlines: &[Inline]) -> String {
        self.inlines(inlines);
        self.take()
    }

    /// A picture in a `<figure>`, its title below it. It fills its place unless
    /// it is to be `whole`.
    pub fn figure(&mut self, image: &Image, whole: bool) -> String {
        self.figure_element(image, (!whole).then_some("cover"), 0);
        self.take()
    }

    /// A picture behind everything; it says nothing to those who cannot see it.
    pub fn backdrop(&mut self, image: &Image) -> String {
        if self
            .assets
            .get(image.href.as_str())
            .is_some_and(|asset| asset.key.is_some())
        {
            self.image(image, Some("backdrop"));
        }
        self.take()
    }

    fn take(&mut self) -> String {
        let html = std::mem::take(&mut self.out);
        let html = if std::mem::take(&mut self.has_raw) {
            sanitise(&html, self.addresses())
        } else {
            html
        };
        self.drawings.fill_in(html)
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

    fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    fn blocks(&mut self, blocks: &[Block]) {
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

    fn attrs(&mut self, attrs: &Attrs, step: u16, class: &str) {
        let is_name = |name: &&String| {
            name.chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        };
        let own = attrs.classes.iter().filter(is_name).map(String::as_str);
        let classes: Vec<&str> = std::iter::once(class)
            .filter(|class| !class.is_empty())
            .chain(own)
            .collect();
        if !classes.is_empty() {
            self.out += " class=\"";
            self.text(&classes.join(" "));
            self.out += "\"";
        }
        if step > 0 {
            self.out += &format!(" data-step=\"{step}\"");
        }
    }

    /// Attributes as [`Writer::attrs`] writes them.
    fn attributes(&mut self, attrs: &Attrs, step: u16, class: &str) -> String {
        let before = self.out.len();
        self.attrs(attrs, step, class);
        self.out.split_off(before)
    }

    fn block(&mut self, block: &Block) {
        let step = block.step;
        match &block.kind {
            BlockKind::Heading { level, body } => {
                // The slide's own title is the h2; what is below it keeps its rank.
                let tag = if *level <= 3 { "h3" } else { "h4" };
                self.wrapped(tag, &block.attrs, step, body);
            }
            BlockKind::Paragraph(body) => match body.as_slice() {
                [Inline::Image(image)] => self.figure_element(image, None, step),
                _ => self.wrapped("p", &block.attrs, step, body),
            },
            BlockKind::List(list) => self.list(list, step),
            BlockKind::Quote(body) => {
                self.open("blockquote", &block.attrs, step);
                self.blocks(body);
                self.out += "</blockquote>";
            }
            BlockKind::Code(code) => self.code(code, &block.attrs, step),
            BlockKind::Table(table) => self.table(table, &block.attrs, step),
            BlockKind::Math(tex) => {
                self.out += "<div";
                self.attrs(&Attrs::default(), step, "math");
                self.out += ">";
                self.text(tex.trim());
                self.out += "</div>";
            }
            BlockKind::Chart(chart) => {
                let kind = chart.kind.class();
                let attributes =
                    self.attributes(&block.attrs, step, &format!("chart chart-{kind}"));
                let html = drawing::chart(chart, &attributes);
                self.out += &self.drawings.keep(html);
            }
            BlockKind::Rule => self.out += "<hr>",
            BlockKind::Group { name, body } => self.group(name, body, &block.attrs, step),
            BlockKind::Html(html) => {
                self.has_raw = true;
                self.out += html;
            }
        }
    }

    fn wrapped(&mut self, tag: &str, attrs: &Attrs, step: u16, body: &[Inline]) {
        self.open(tag, attrs, step);
        self.inlines(body);
        self.out += &format!("</{tag}>");
    }

    fn group(&mut self, name: &str, body: &[Block], attrs: &Attrs, step: u16) {
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
        self.out += ">";
        self.blocks(body);
        self.out += "</div>";
    }

    fn list(&mut self, list: &List, step: u16) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        self.out += &format!("<{tag}");
        let is_tasks = list.items.iter().any(|item| item.task.is_some());
        self.attrs(&Attrs::default(), step, if is_tasks { "tasks" } else { "" });
        if let Some(start) = list.start.filter(|start| *start != 1) {
            // The number is drawn by a counter of the style sheet, which knows no `start`.
            let before = i64::from(start) - 1;
            self.out += &format!(" start=\"{start}\" style=\"counter-reset:entry {before}\"");
        }
        self.out += ">";
        for item in &list.items {
            self.out += "<li";
            self.attrs(&Attrs::default(), item.step, "");
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
        self.out += &format!("</{tag}>");
    }

    fn code(&mut self, code: &Code, attrs: &Attrs, step: u16) {
        let columns = columns_of(code).max(self.columns);
        // What is longer than a slide is wide wraps, and then counts as lines.
        let lines = code
            .text
            .lines()
            .map(|line| line.chars().count().div_ceil(MAX_COLUMNS).max(1));
        let n_lines = lines.sum::<usize>().max(1);
        self.out += "<pre";
        self.attrs(attrs, step, "code");
        self.out += &format!(" style=\"--cols:{columns};--lines:{n_lines}\"><code");
        let lang: String = code
            .lang
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "+-#_".contains(*c))
            .collect();
        if !lang.is_empty() {
            self.out += " class=\"lang-";
            self.text(&lang);
            self.out += "\"";
        }
        self.out += ">";
        self.colours.lines(&mut self.out, &code.lang, &code.text);
        self.out += "</code></pre>";
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
                Some(Align::Center) => " class=\"center\"",
                Some(Align::Start) | None => "",
            };
            // An empty head cell names nothing, and a `th` must name something.
            if close == "th" && cell.is_empty() {
                self.out += &format!("<td{class}></td>");
                continue;
            }
            self.out += &format!("<{open}{class}>");
            self.inlines(cell);
            self.out += &format!("</{close}>");
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Emph(body) => self.wrapped("em", &Attrs::default(), 0, body),
                Inline::Strong(body) => self.wrapped("strong", &Attrs::default(), 0, body),
                Inline::Strike(body) => self.wrapped("del", &Attrs::default(), 0, body),
                Inline::Code(code) => {
                    self.out += "<code>";
                    self.text(code);
                    self.out += "</code>";
                }
                Inline::Math(tex) => {
                    self.out += "<code class=\"math\">";
                    self.text(tex);
                    self.out += "</code>";
                }
                Inline::Link {
                    href, title, body, ..
                } => self.link(href, title, body),
                Inline::Image(image) => self.image(image, None),
                Inline::Html { html, .. } => {
                    self.has_raw = true;
                    self.out += html;
                }
                Inline::Break => self.out += "<br>",
            }
        }
    }

    fn link(&mut self, href: &str, title: &str, body: &[Inline]) {
        if !links::is_safe(href) {
            return self.inlines(body);
        }
        self.out += "<a href=\"";
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

    fn figure_element(&mut self, image: &Image, class: Option<&str>, step: u16) {
        self.out += "<figure";
        self.attrs(&Attrs::default(), step, "picture");
        self.out += ">";
        self.image(image, class);
        if !image.title.is_empty() {
            self.out += "<figcaption>";
            self.text(&image.title);
            self.out += "</figcaption>";
        }
        self.out += "</figure>";
    }

    /// The `src` stands last and the attributes in this order: `export` finds
    /// pictures by this very spelling.
    fn image(&mut self, image: &Image, class: Option<&str>) {
        let asset = self.assets.get(image.href.as_str()).copied();
        let Some((key, asset)) = asset.and_then(|asset| Some((asset.key.as_deref()?, asset)))
        else {
            self.out += "<span class=\"missing\" role=\"img\" aria-label=\"";
            self.text(&image.alt);
            self.out += "\">";
            self.text(if image.href.starts_with("data:") {
                "data:"
            } else {
                &image.href
            });
            self.out += "</span>";
            return;
        };
        self.out += "<img";
        if let Some(class) = class {
            self.out += &format!(" class=\"{class}\"");
        }
        self.out += " alt=\"";
        self.text(&image.alt);
        self.out += "\"";
        if let Some((width, height)) = asset.size {
            self.out += &format!(" width=\"{width}\" height=\"{height}\"");
        }
        self.out += &format!(" src=\"{ASSET_SCHEME}{key}\">");
    }
}

fn columns_of(code: &Code) -> usize {
    code.text
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0)
        .clamp(1, MAX_COLUMNS)
}

fn sanitise(html: &str, addresses: HashMap<String, String>) -> String {
    Builder::default()
        .add_tags(["input", "section"])
        .add_generic_attributes(["class", "data-step", "role", "aria-label", "aria-hidden"])
        .add_tag_attributes("input", ["checked"])
        // A text field would take the keyboard while somebody presents.
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .add_tag_attributes("pre", ["style"])
        .add_tag_attributes("ol", ["style"])
        .add_tag_attributes("a", ["target"])
        .add_url_schemes([ASSET_SCHEME.trim_end_matches(':'), "data"])
        .attribute_filter(move |tag, attribute, value| match (tag, attribute) {
            ("pre", "style") => is_code_style(value).then(|| value.into()),
            ("ol", "style") => is_start_style(value).then(|| value.into()),
            ("img", "src") => addresses.get(value).map(|address| address.clone().into()),
            ("a", "href") if !links::is_safe(value) => None,
            (_, "srcset" | "cite") => None,
            _ => Some(value.into()),
        })
        .link_rel(Some("noopener noreferrer"))
        .clean(html)
        .to_string()
}

fn is_start_style(value: &str) -> bool {
    value
        .strip_prefix("counter-reset:entry ")
        .is_some_and(|n| n.parse::<i64>().is_ok())
}

fn is_code_style(value: &str) -> bool {
    let digits = |part: &str, name: &str| {
        part.strip_prefix(name)
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    value
        .split_once(';')
        .is_some_and(|(cols, lines)| digits(cols, "--cols:") && digits(lines, "--lines:"))
}
