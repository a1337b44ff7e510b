//! Text as a presentation writes it: paragraphs, runs, and the styles of levels.

use super::package::Relations;
use super::paint::Colour;
use super::scene::{Align, Dash, Face, Link, Mark, Para, Run, Stroke, Style, Text};
use super::xml::Xml;
use super::{PX, PX_POINT};
use crate::theme::faces::{Faces, LIKE_CODE};
use crate::theme::places::{Anchor, Bullet};

/// Levels that lists have.
const LEVELS: u8 = 5;
/// How much smaller a nested list is.
const NESTED: f64 = 0.86;
/// What says that a link keeps the colour of its text.
const OWN_COLOUR: &str = "<a:extLst><a:ext uri=\"{A12FA001-AC4F-418D-AE19-62706E023703}\">\
    <ahyp:hlinkClr xmlns:ahyp=\"http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor\" \
    val=\"tx\"/></a:ext></a:extLst>";

/// What all text of a deck has in common.
pub struct Setter<'a> {
    /// The theme's faces.
    pub faces: &'a Faces,
    /// What stands in front of items.
    pub bullet: Option<&'a Bullet>,
    /// The deck's language.
    pub lang: &'a str,
    /// Whether text runs from right to left.
    pub rtl: bool,
    /// What body type never goes below.
    pub floor: f64,
}

/// Slide units in those of a presentation.
pub fn emu(units: f64) -> i64 {
    (units * PX).round() as i64
}

fn points(units: f64) -> i64 {
    (units * PX_POINT).round() as i64
}

impl Setter<'_> {
    /// `<a:bodyPr>` of a text; `own` says whether it differs from its layout's.
    pub fn body(&self, xml: &mut Xml, text: &Text, own: bool) {
        xml.open("a:bodyPr");
        if own {
            let [above, right, below, left] = text.inset.map(emu);
            xml.attr("vert", "horz")
                .attr("wrap", if text.wraps { "square" } else { "none" })
                .attr("lIns", left)
                .attr("tIns", above)
                .attr("rIns", right)
                .attr("bIns", below);
            if text.columns > 1 {
                xml.attr("numCol", text.columns).attr("spcCol", emu(48.0));
            }
            xml.attr("rtlCol", u8::from(self.rtl))
                .attr("anchor", self.anchor(text));
        }
        if text.wraps {
            xml.open("a:normAutofit").close();
        } else {
            xml.open("a:noAutofit").close();
        }
        xml.close();
    }

    /// The styles of all levels, by which paragraphs that say nothing are set.
    pub fn levels(&self, text: &Text) -> String {
        let mut xml = Xml::default();
        let n = if text.is_list { LEVELS } else { 1 };
        for level in 0..n {
            const TAGS: [&str; 5] = [
                "a:lvl1pPr",
                "a:lvl2pPr",
                "a:lvl3pPr",
                "a:lvl4pPr",
                "a:lvl5pPr",
            ];
            xml.open(TAGS[usize::from(level)]);
            self.level(&mut xml, text, level);
            xml.close();
        }
        xml.finish()
    }

    fn size(&self, text: &Text, level: u8) -> f64 {
        let size = text.style.size;
        match level {
            0 => size,
            _ => (size * NESTED).max(self.floor.min(size)),
        }
    }

    /// How far a level stands in, and how far the mark stands out of it.
    fn indent(&self, text: &Text, level: u8, mark: Mark) -> (f64, f64) {
        let out: f64 = match mark {
            Mark::None => 0.0,
            Mark::Bullet => 1.15,
            Mark::Number(_) | Mark::Letter => 1.7,
            Mark::Line(_) => {
                let lines = text.paras.iter().filter_map(|para| match para.mark {
                    Mark::Line(number) => Some(number),
                    _ => None,
                });
                let digits = lines.max().unwrap_or(1).to_string().len();
                (digits + 2) as f64 * 0.603
            }
            Mark::Task(_) => 1.6,
        };
        let out = match (mark, text.out) {
            (Mark::None, _) | (_, None) => out * self.size(text, level),
            (_, Some(out)) => out,
        };
        let deeper = f64::from(level) * 1.15 * self.size(text, 1);
        (deeper + out, out)
    }

    fn level(&self, xml: &mut Xml, text: &Text, level: u8) {
        let style = &text.style;
        let mark = if text.is_list {
            Mark::Bullet
        } else {
            Mark::None
        };
        let (left, out) = self.indent(text, level, mark);
        xml.attr("marL", emu(left)).attr("indent", -emu(out));
        xml.attr("algn", self.align(style.align));
        xml.attr("defTabSz", 914_400)
            .attr("rtl", u8::from(self.rtl));
        let gap = if level == 0 {
            style.gap
        } else {
            style.gap * 0.56
        };
        self.line(xml, style.face, style.size, style.line);
        self.before(xml, Some(gap * self.size(text, level)));
        self.mark(xml, mark, style.mark);
        xml.open("a:defRPr")
            .attr("sz", points(self.size(text, level)))
            .attr("b", u8::from(style.bold))
            .attr("kern", 1200);
        if style.track.abs() > 1e-6 {
            xml.attr("spc", points(style.track * style.size));
        }
        fill(xml, style.colour);
        self.face(xml, style.face);
        xml.close();
    }

    fn align(&self, align: Align) -> &'static str {
        match (align, self.rtl) {
            (Align::Center, _) => "ctr",
            (Align::Start, false) | (Align::End, true) => "l",
            (Align::Start, true) | (Align::End, false) => "r",
        }
    }

    /// Distance of lines: in parts of what the face has by itself, so that text can
    /// be made larger; of code, whose lines stand beside a ground, as it is.
    fn line(&self, xml: &mut Xml, face: Face, size: f64, line: f64) {
        xml.open("a:lnSpc");
        let own = match face {
            Face::Display => self.faces.display.line,
            Face::Text => self.faces.text.line,
            Face::Mono => {
                xml.value("a:spcPts", points(size * line)).close();
                return;
            }
        };
        let percent = (line / own * 100.0).round() as i64 * 1000;
        xml.value("a:spcPct", percent).close();
    }

    fn before(&self, xml: &mut Xml, before: Option<f64>) {
        if let Some(before) = before {
            let before = points(before.max(0.0)).min(158_400);
            xml.open("a:spcBef").value("a:spcPts", before).close();
        }
    }

    fn mark(&self, xml: &mut Xml, mark: Mark, colour: Colour) {
        let coloured = |xml: &mut Xml| {
            xml.open("a:buClr");
            paint(xml, colour);
            xml.close();
        };
        let numbered = |xml: &mut Xml, kind: &str, start: u32| {
            xml.value("a:buSzPct", 100_000);
            xml.open("a:buFont").attr("typeface", "+mj-lt").close();
            xml.open("a:buAutoNum").attr("type", kind);
            if start > 1 {
                xml.attr("startAt", start.min(32_767));
            }
            xml.close();
        };
        match mark {
            Mark::None => {
                xml.open("a:buNone").close();
            }
            Mark::Bullet => {
                coloured(xml);
                let (char, scale) = self
                    .bullet
                    .map_or(("•", 100), |bullet| (bullet.char.as_str(), bullet.scale));
                xml.value("a:buSzPct", scale.clamp(25, 400) * 1000);
                xml.open("a:buFont").attr("typeface", "Arial").close();
                xml.open("a:buChar").attr("char", char).close();
            }
            Mark::Number(start) => {
                coloured(xml);
                numbered(xml, "arabicPlain", start);
            }
            Mark::Letter => {
                coloured(xml);
                numbered(xml, "alphaUcPeriod", 1);
            }
            Mark::Line(start) => {
                coloured(xml);
                xml.value("a:buSzPct", 100_000);
                xml.open("a:buFont")
                    .attr("typeface", &self.faces.mono.family)
                    .close();
                xml.open("a:buAutoNum").attr("type", "arabicPlain");
                if start > 1 {
                    xml.attr("startAt", start.min(32_767));
                }
                xml.close();
            }
            Mark::Task(done) => {
                coloured(xml);
                xml.value("a:buSzPct", 100_000);
                xml.open("a:buFont")
                    .attr("typeface", "Segoe UI Symbol")
                    .close();
                xml.open("a:buChar")
                    .attr("char", if done { "☑" } else { "☐" })
                    .close();
            }
        }
    }

    /// The paragraphs of a text; an empty one if there are none.
    pub fn paras(&self, xml: &mut Xml, text: &Text, relations: &mut Relations) {
        let mut left = 0.0;
        for para in &text.paras {
            xml.open("a:p");
            self.para_look(xml, text, para, &mut left);
            for run in &para.runs {
                self.run(xml, text, para, run, relations);
            }
            if para.runs.is_empty() {
                xml.open("a:endParaRPr").attr("lang", self.lang).close();
            }
            xml.close();
        }
        if text.paras.is_empty() {
            xml.open("a:p").open("a:endParaRPr").attr("lang", self.lang);
            xml.close().close();
        }
    }

    /// The paragraphs of a cell: all that is usual has to be said.
    pub fn cell(&self, xml: &mut Xml, text: &Text, relations: &mut Relations) {
        let mut said = text.clone();
        let style = text.style;
        for para in &mut said.paras {
            para.size = para.size.or(Some(style.size));
            para.line = para.line.or(Some(style.line));
            para.align = para.align.or(Some(style.align));
            for run in &mut para.runs {
                run.colour = run.colour.or(Some(style.colour));
                run.bold = run.bold.or(Some(style.bold));
                run.face = run.face.or(Some(style.face));
            }
        }
        // A style that nothing is like, so that nothing is left out.
        said.style.colour = style.colour.faint(0);
        said.style.bold = false;
        said.style.align = Align::Start;
        said.style.face = Face::Display;
        self.paras(xml, &said, relations);
    }

    /// Where a text is held, as a word.
    pub fn anchor(&self, text: &Text) -> &'static str {
        match text.anchor {
            Anchor::Top => "t",
            Anchor::Middle => "ctr",
            Anchor::Bottom => "b",
        }
    }

    fn para_look(&self, xml: &mut Xml, text: &Text, para: &Para, left: &mut f64) {
        let usual = if text.is_list {
            Mark::Bullet
        } else {
            Mark::None
        };
        xml.open("a:pPr");
        if para.mark != usual || para.hangs {
            let (own, out) = self.indent(text, para.level, para.mark);
            let own = if para.hangs { *left } else { own };
            xml.attr("marL", emu(own)).attr("indent", -emu(out));
        }
        if !para.hangs {
            *left = self.indent(text, para.level, para.mark).0;
        }
        if para.level > 0 {
            xml.attr("lvl", para.level);
        }
        if let Some(align) = para.align.filter(|align| *align != text.style.align) {
            xml.attr("algn", self.align(align));
        }
        if let Some(line) = para.line {
            let size = para.size.unwrap_or(text.style.size);
            self.line(xml, text.style.face, size, line);
        }
        self.before(xml, para.before);
        if para.mark != usual {
            self.mark(xml, para.mark, text.style.mark);
        }
        xml.close();
    }

    fn run(&self, xml: &mut Xml, text: &Text, para: &Para, run: &Run, relations: &mut Relations) {
        if run.text == "\n" {
            xml.open("a:br");
            self.run_look(xml, text, para, run, relations);
            xml.close();
            return;
        }
        if run.is_number {
            xml.open("a:fld")
                .attr("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
                .attr("type", "slidenum");
        } else {
            xml.open("a:r");
        }
        self.run_look(xml, text, para, run, relations);
        xml.leaf("a:t", &run.text);
        xml.close();
    }

    fn run_look(
        &self,
        xml: &mut Xml,
        text: &Text,
        para: &Para,
        run: &Run,
        relations: &mut Relations,
    ) {
        let style: &Style = &text.style;
        xml.open("a:rPr").attr("lang", self.lang);
        let size = para.size.unwrap_or_else(|| self.size(text, para.level));
        let size = size * run.scale.unwrap_or(1.0);
        if para.size.is_some() || run.scale.is_some() {
            xml.attr("sz", points(size).clamp(100, 400_000));
        }
        if let Some(bold) = run.bold.filter(|bold| *bold != style.bold) {
            xml.attr("b", u8::from(bold));
        }
        if run.italic {
            xml.attr("i", 1);
        }
        if run.strike {
            xml.attr("strike", "sngStrike");
        }
        if run.bare && run.link.is_some() {
            // Some programs underline every link all the same.
            xml.attr("u", "none");
        }
        if run.raised != 0 {
            xml.attr("baseline", run.raised * 1000);
        }
        xml.attr("dirty", 0);
        if let Some(colour) = run.colour.filter(|colour| *colour != style.colour) {
            fill(xml, colour);
        }
        if let Some(behind) = run.behind {
            xml.open("a:highlight");
            paint(xml, behind);
            xml.close();
        }
        if let Some(face) = run.face.filter(|face| *face != style.face) {
            self.face(xml, face);
        }
        match &run.link {
            Some(Link::Out(address)) => {
                let id = relations.outside("hyperlink", address);
                xml.open("a:hlinkClick")
                    .attr("r:id", id)
                    .piece(OWN_COLOUR)
                    .close();
            }
            Some(Link::Slide(index)) => {
                let id = relations.to("slide", &super::slide_path(*index));
                xml.open("a:hlinkClick")
                    .attr("r:id", id)
                    .attr("action", "ppaction://hlinksldjump")
                    .piece(OWN_COLOUR)
                    .close();
            }
            None => {}
        }
        xml.close();
    }

    fn face(&self, xml: &mut Xml, face: Face) {
        let (latin, ea, cs) = match face {
            Face::Display => ("+mj-lt", "+mj-ea", "+mj-cs"),
            Face::Text => ("+mn-lt", "+mn-ea", "+mn-cs"),
            Face::Mono => {
                let family = self.faces.mono.family.as_str();
                let (panose, pitch) = LIKE_CODE;
                xml.open("a:latin")
                    .attr("typeface", family)
                    .attr("panose", panose)
                    .attr("pitchFamily", pitch)
                    .attr("charset", 0)
                    .close();
                xml.open("a:ea").attr("typeface", "+mn-ea").close();
                xml.open("a:cs").attr("typeface", family).close();
                return;
            }
        };
        xml.open("a:latin").attr("typeface", latin).close();
        xml.open("a:ea").attr("typeface", ea).close();
        xml.open("a:cs").attr("typeface", cs).close();
    }
}

/// `<a:solidFill>`.
pub fn fill(xml: &mut Xml, colour: Colour) {
    xml.open("a:solidFill");
    paint(xml, colour);
    xml.close();
}

/// A colour.
pub fn paint(xml: &mut Xml, colour: Colour) {
    match colour.scheme {
        Some(name) => xml.open("a:schemeClr").attr("val", name),
        None => xml.open("a:srgbClr").attr("val", colour.hex()),
    };
    if colour.alpha < 100 {
        xml.value("a:alpha", u32::from(colour.alpha) * 1000);
    }
    xml.close();
}

/// A line; `tag` says where.
pub fn line(xml: &mut Xml, tag: &'static str, stroke: Option<Stroke>) {
    let Some(stroke) = stroke else {
        xml.open(tag).open("a:noFill").close().close();
        return;
    };
    xml.open(tag)
        .attr("w", emu(stroke.width).clamp(0, 20_116_800));
    if stroke.round {
        xml.attr("cap", "rnd");
    }
    fill(xml, stroke.colour);
    match stroke.dash {
        Dash::Solid => {}
        Dash::Dashes => {
            xml.value("a:prstDash", "dash");
        }
        Dash::Dots => {
            xml.value("a:prstDash", "sysDot");
        }
    }
    if stroke.round {
        xml.open("a:round").close();
    }
    xml.close();
}
