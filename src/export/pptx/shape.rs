//! Shapes as a presentation writes them: the tree of a slide or layout.

use std::collections::HashMap;

use kurbo::{PathEl, Point};

use super::body::{self, Setter, emu};
use super::formula;
use super::package::Relations;
use super::scene::{Cell, Holder, Path, Picture, Rect, Shape, Table, Text, What};
use super::timing::Target;
use super::xml::Xml;
use crate::theme::places::Anchor;

/// What says that a shape only decorates.
const DECORATION: &str = "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">\
    <adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" \
    val=\"1\"/></a:ext></a:extLst>";
/// The picture beside a drawing that only newer programs show.
const DRAWING: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
/// A table without lines and fills of its own.
pub const PLAIN_TABLE: &str = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}";

/// Where pictures lie in the presentation, by key.
pub type Media = HashMap<String, MediaFile>;

/// A picture in the presentation.
#[derive(Debug, Clone)]
pub struct MediaFile {
    /// Its path.
    pub path: String,
    /// Where the same lies as a drawing, for programs that show those.
    pub drawing: Option<String>,
}

/// What a layout says of its places: where each is, and how its text is set.
pub type Holders = HashMap<u32, Known>;

/// A place as its layout has it.
#[derive(Debug, Clone)]
pub struct Known {
    /// Where it is.
    pub at: Rect,
    /// The styles of its levels.
    pub levels: String,
    /// Room around its text, and where that is held.
    pub hold: ([f64; 4], Anchor),
}

/// The tree being written.
pub struct Tree<'a> {
    /// Its XML.
    pub xml: Xml,
    /// What it refers to.
    pub relations: Relations,
    /// What appears at which step.
    pub steps: Vec<(u16, Target)>,
    /// How text is set.
    pub setter: &'a Setter<'a>,
    /// Pictures.
    pub media: &'a Media,
    /// Places that need not be said again.
    pub holders: Option<&'a Holders>,
    /// Whether places take all that they are from a layout that is not ours.
    pub inherits: bool,
    /// The number of the last shape.
    last: u32,
}

impl<'a> Tree<'a> {
    /// An empty tree.
    pub fn new(setter: &'a Setter<'a>, media: &'a Media, holders: Option<&'a Holders>) -> Self {
        Tree {
            xml: Xml::default(),
            relations: Relations::default(),
            steps: Vec::new(),
            setter,
            media,
            holders,
            inherits: false,
            last: 1,
        }
    }

    /// `<p:spTree>` with all that it holds.
    pub fn write(&mut self, shapes: &[Shape]) {
        self.xml.piece(
            "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/>\
             </p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/>\
             <a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>",
        );
        for shape in shapes {
            self.shape(shape);
        }
        self.xml.piece("</p:spTree>");
    }

    fn shape(&mut self, shape: &Shape) {
        self.last += 1;
        let id = self.last;
        match &shape.what {
            What::Text(text) => self.text(shape, id, text),
            What::Path(path) => self.path(shape, id, path),
            What::Picture(picture) => self.picture(shape, id, picture),
            What::Table(table) => self.table(shape, id, table),
            What::Chart(index) => self.chart(shape, id, *index),
            What::Group(inner) => self.group(shape, id, inner),
            What::Formula(markup, text) => self.formula(shape, id, markup, text),
        }
        if shape.step > 0 {
            self.steps.push((shape.step, Target { id, para: None }));
        }
    }

    fn name(&mut self, shape: &Shape, id: u32, decorates: bool) {
        self.xml
            .open("p:cNvPr")
            .attr("id", id)
            .attr("name", format!("{} {id}", shape.name));
        if !shape.alt.is_empty() {
            self.xml.attr("descr", &shape.alt);
        } else if decorates {
            self.xml.piece(DECORATION);
        }
        self.xml.close();
    }

    fn holder(&mut self, holder: Option<&Holder>) {
        self.xml.open("p:nvPr");
        if let Some(Holder { kind, idx }) = holder {
            self.xml.open("p:ph");
            if !kind.is_empty() {
                self.xml.attr("type", kind);
            }
            match *kind {
                "sldNum" | "ftr" => {
                    self.xml.attr("sz", "quarter").attr("idx", idx);
                }
                "title" => {}
                _ => {
                    self.xml.attr("idx", idx);
                }
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn place(&mut self, tag: &'static str, at: Rect) {
        self.turned(tag, at, (0, false));
    }

    fn turned(&mut self, tag: &'static str, at: Rect, (degrees, mirrored): (u16, bool)) {
        self.xml.open(tag);
        if degrees > 0 {
            self.xml.attr("rot", u32::from(degrees) * 60_000);
        }
        if mirrored {
            self.xml.attr("flipH", 1);
        }
        self.xml
            .open("a:off")
            .attr("x", emu(at.x))
            .attr("y", emu(at.y))
            .close();
        self.xml
            .open("a:ext")
            .attr("cx", emu(at.w.max(0.0)))
            .attr("cy", emu(at.h.max(0.0)))
            .close();
        self.xml.close();
    }

    /// Where the layout holds a place of this number, and how.
    fn known(&self, holder: Option<&Holder>) -> Option<Known> {
        self.holders?.get(&holder?.idx).cloned()
    }

    fn text(&mut self, shape: &Shape, id: u32, text: &Text) {
        let holder = shape.holder.as_ref();
        let known = self.known(holder);
        self.xml.open("p:sp").open("p:nvSpPr");
        self.name(shape, id, text.paras.is_empty() && holder.is_none());
        self.xml.open("p:cNvSpPr");
        if holder.is_some() {
            self.xml.piece("<a:spLocks noGrp=\"1\"/>");
        } else if !text.paras.is_empty() {
            self.xml.attr("txBox", 1);
        }
        self.xml.close();
        self.holder(holder);
        self.xml.close().open("p:spPr");
        let is_placed = known
            .as_ref()
            .is_some_and(|known| known.at.is_like(&shape.at));
        let inherits = self.inherits && holder.is_some();
        if !is_placed && !inherits {
            self.place("a:xfrm", shape.at);
        }
        if known.is_none() && !inherits {
            self.xml
                .piece("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
            match text.fill {
                Some(colour) => body::fill(&mut self.xml, colour),
                None => {
                    self.xml.open("a:noFill").close();
                }
            }
            body::line(&mut self.xml, "a:ln", text.stroke);
        }
        self.xml.close();
        if text.paras.is_empty() && holder.is_none() {
            self.xml.close();
            return;
        }
        self.xml.open("p:txBody");
        let levels = self.setter.levels(text);
        let (is_same, is_held) = known.map_or((inherits, inherits), |known| {
            let hold = (text.inset, text.anchor);
            (known.levels == levels, known.hold == hold)
        });
        let is_own = !(inherits || is_held && is_placed && is_same);
        self.setter.body(&mut self.xml, text, is_own);
        self.xml.open("a:lstStyle");
        if !is_same {
            self.xml.piece(&levels);
        }
        self.xml.close();
        self.setter.paras(&mut self.xml, text, &mut self.relations);
        self.xml.close().close();
        for (para, at) in text.paras.iter().zip(0..) {
            if para.step > 0 && shape.step == 0 {
                let target = Target { id, para: Some(at) };
                self.steps.push((para.step, target));
            }
        }
    }

    fn path(&mut self, shape: &Shape, id: u32, path: &Path) {
        self.xml.open("p:sp").open("p:nvSpPr");
        self.name(shape, id, true);
        self.xml.open("p:cNvSpPr").close();
        self.holder(None);
        self.xml.close().open("p:spPr");
        let at = path.bounds();
        self.place("a:xfrm", at);
        outline(&mut self.xml, path, at);
        match path.fill {
            Some(colour) => body::fill(&mut self.xml, colour),
            None => {
                self.xml.open("a:noFill").close();
            }
        }
        body::line(&mut self.xml, "a:ln", path.stroke);
        self.xml.close().close();
    }

    fn picture(&mut self, shape: &Shape, id: u32, picture: &Picture) {
        let Some(file) = self.media.get(&picture.key) else {
            return;
        };
        let embed = self.relations.to("image", &file.path);
        let drawing = file
            .drawing
            .as_ref()
            .map(|path| self.relations.to("image", path));
        self.xml.open("p:pic").open("p:nvPicPr");
        self.name(shape, id, true);
        self.xml.open("p:cNvPicPr");
        self.xml.piece(if shape.holder.is_some() {
            "<a:picLocks noGrp=\"1\" noChangeAspect=\"1\"/>"
        } else {
            "<a:picLocks noChangeAspect=\"1\"/>"
        });
        self.xml.close();
        self.holder(shape.holder.as_ref());
        self.xml.close().open("p:blipFill");
        blip(&mut self.xml, &embed, drawing.as_deref(), picture.grey);
        let [left, top, right, bottom] = picture.crop;
        self.xml.open("a:srcRect");
        if picture.crop != [0; 4] {
            self.xml
                .attr("l", left)
                .attr("t", top)
                .attr("r", right)
                .attr("b", bottom);
        }
        self.xml.close();
        self.xml.piece("<a:stretch><a:fillRect/></a:stretch>");
        self.xml.close().open("p:spPr");
        let mut at = shape.at;
        if picture.turn.0 % 180 == 90 {
            // A turned picture is placed as it lies before it is turned.
            let (x, y) = (at.x + at.w / 2.0, at.y + at.h / 2.0);
            at = Rect {
                x: x - at.h / 2.0,
                y: y - at.w / 2.0,
                w: at.h,
                h: at.w,
            };
        }
        self.turned("a:xfrm", at, picture.turn);
        self.xml
            .piece("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
        self.xml.close().close();
    }

    fn graphic(&mut self, shape: &Shape, id: u32, lock: &str) {
        self.xml.open("p:graphicFrame").open("p:nvGraphicFramePr");
        self.name(shape, id, false);
        self.xml.open("p:cNvGraphicFramePr").piece(lock).close();
        self.holder(shape.holder.as_ref());
        self.xml.close();
        self.place("p:xfrm", shape.at);
    }

    fn chart(&mut self, shape: &Shape, id: u32, index: usize) {
        let chart = self.relations.to("chart", &super::chart_path(index));
        self.graphic(shape, id, "<a:graphicFrameLocks noGrp=\"1\"/>");
        let space = "http://schemas.openxmlformats.org/drawingml/2006/chart";
        self.xml
            .open("a:graphic")
            .open("a:graphicData")
            .attr("uri", space)
            .open("c:chart")
            .attr("xmlns:c", space)
            .attr("r:id", chart);
        self.xml.close().close().close().close();
    }

    fn table(&mut self, shape: &Shape, id: u32, table: &Table) {
        self.graphic(shape, id, "<a:graphicFrameLocks noGrp=\"1\"/>");
        self.xml
            .open("a:graphic")
            .open("a:graphicData")
            .attr(
                "uri",
                "http://schemas.openxmlformats.org/drawingml/2006/table",
            )
            .open("a:tbl")
            .open("a:tblPr");
        if table.has_head {
            self.xml.attr("firstRow", 1);
        }
        self.xml.leaf("a:tableStyleId", PLAIN_TABLE).close();
        self.xml.open("a:tblGrid");
        for width in &table.columns {
            self.xml.open("a:gridCol").attr("w", emu(*width)).close();
        }
        self.xml.close();
        for (height, cells) in &table.rows {
            self.xml.open("a:tr").attr("h", emu(*height));
            for cell in cells {
                self.cell(cell);
            }
            self.xml.close();
        }
        self.xml.close().close().close().close();
    }

    fn cell(&mut self, cell: &Cell) {
        let text = &cell.text;
        self.xml.open("a:tc").open("a:txBody");
        self.xml.open("a:bodyPr").close();
        // The cells of a table take no styles of levels.
        self.xml.open("a:lstStyle").close();
        self.setter.cell(&mut self.xml, text, &mut self.relations);
        self.xml.close();
        let [above, right, below, left] = text.inset.map(emu);
        self.xml
            .open("a:tcPr")
            .attr("marL", left)
            .attr("marR", right)
            .attr("marT", above)
            .attr("marB", below)
            .attr("anchor", self.setter.anchor(text));
        body::line(&mut self.xml, "a:lnL", None);
        body::line(&mut self.xml, "a:lnR", None);
        body::line(&mut self.xml, "a:lnT", cell.above);
        body::line(&mut self.xml, "a:lnB", cell.below);
        match text.fill {
            Some(colour) => body::fill(&mut self.xml, colour),
            None => {
                self.xml.open("a:noFill").close();
            }
        }
        self.xml.close().close();
    }

    fn group(&mut self, shape: &Shape, id: u32, inner: &[Shape]) {
        self.xml.open("p:grpSp").open("p:nvGrpSpPr");
        self.name(shape, id, true);
        self.xml.open("p:cNvGrpSpPr").close();
        self.holder(None);
        self.xml.close().open("p:grpSpPr").open("a:xfrm");
        let at = shape.at;
        for (point, size) in [("a:off", "a:ext"), ("a:chOff", "a:chExt")] {
            self.xml
                .open(point)
                .attr("x", emu(at.x))
                .attr("y", emu(at.y))
                .close();
            self.xml
                .open(size)
                .attr("cx", emu(at.w))
                .attr("cy", emu(at.h))
                .close();
        }
        self.xml.close().close();
        for each in inner {
            self.shape(each);
        }
        self.xml.close();
    }

    /// A formula, and in programs that know none its text.
    fn formula(&mut self, shape: &Shape, id: u32, markup: &str, text: &Text) {
        self.xml
            .open("mc:AlternateContent")
            .attr(
                "xmlns:mc",
                "http://schemas.openxmlformats.org/markup-compatibility/2006",
            )
            .open("mc:Choice")
            .attr(
                "xmlns:a14",
                "http://schemas.microsoft.com/office/drawing/2010/main",
            )
            .attr("Requires", "a14");
        self.formula_box(shape, id, text, Some(markup));
        self.xml.close().open("mc:Fallback");
        self.formula_box(shape, id, text, None);
        self.xml.close().close();
    }

    fn formula_box(&mut self, shape: &Shape, id: u32, text: &Text, markup: Option<&str>) {
        self.xml.open("p:sp").open("p:nvSpPr");
        self.name(shape, id, false);
        self.xml.open("p:cNvSpPr").attr("txBox", 1).close();
        self.holder(None);
        self.xml.close().open("p:spPr");
        self.place("a:xfrm", shape.at);
        self.xml
            .piece("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/>");
        self.xml.close().open("p:txBody");
        self.setter.body(&mut self.xml, text, true);
        self.xml
            .open("a:lstStyle")
            .piece(&self.setter.levels(text))
            .close();
        match markup {
            Some(markup) => {
                self.xml.open("a:p").open("a14:m").open("m:oMathPara");
                self.xml.attr("xmlns:m", formula::SPACE);
                self.xml.open("m:oMathParaPr").open("m:jc");
                self.xml.attr("m:val", "left").close().close();
                self.xml.piece(markup).close().close();
                self.xml.open("a:endParaRPr").attr("lang", self.setter.lang);
                self.xml.close().close();
            }
            None => self.setter.paras(&mut self.xml, text, &mut self.relations),
        }
        self.xml.close().close();
    }
}

/// A picture's bytes by their name among the relations.
pub fn blip(xml: &mut Xml, embed: &str, drawing: Option<&str>, grey: bool) {
    xml.open("a:blip").attr("r:embed", embed);
    if grey {
        xml.open("a:grayscl").close();
    }
    if let Some(drawing) = drawing {
        xml.open("a:extLst").open("a:ext").attr("uri", DRAWING);
        xml.open("asvg:svgBlip")
            .attr(
                "xmlns:asvg",
                "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
            )
            .attr("r:embed", drawing);
        xml.close().close().close();
    }
    xml.close();
}

/// The geometry of a drawing, measured from the corner of its place.
fn outline(xml: &mut Xml, path: &Path, at: Rect) {
    xml.open("a:custGeom").piece(
        "<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>",
    );
    xml.open("a:pathLst")
        .open("a:path")
        .attr("w", emu(at.w))
        .attr("h", emu(at.h));
    let point = |xml: &mut Xml, p: Point| {
        xml.open("a:pt")
            .attr("x", emu(p.x - at.x))
            .attr("y", emu(p.y - at.y))
            .close();
    };
    for element in path.outline.elements() {
        let (tag, points): (&'static str, Vec<Point>) = match *element {
            PathEl::MoveTo(to) => ("a:moveTo", vec![to]),
            PathEl::LineTo(to) => ("a:lnTo", vec![to]),
            PathEl::QuadTo(a, to) => ("a:quadBezTo", vec![a, to]),
            PathEl::CurveTo(a, b, to) => ("a:cubicBezTo", vec![a, b, to]),
            PathEl::ClosePath => ("a:close", Vec::new()),
        };
        xml.open(tag);
        for to in points {
            point(xml, to);
        }
        xml.close();
    }
    xml.close().close().close();
}
