//! The theme of the presentation, its master, and a layout for each of ours: a
//! slide that is made later looks like those that are there.

use std::collections::BTreeMap;

use super::body::{self, Setter, emu};
use super::grid::{Grid, Rects};
use super::package::{Package, Relations};
use super::paint::SCHEME;
use super::parts::{self, Sizes};
use super::scene::{Mark, Para, Rect, Run, Shape, Style, Text};
use super::shape::{Holders, Known, Media, Tree};
use super::xml::Xml;
use super::{Wide, layout_path, roots};
use crate::layout::fit::{GAP, Sheet};
use crate::theme::Theme;
use crate::theme::faces::Face;
use crate::theme::places::Layout;

/// Where the master lies.
pub const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
/// Where the theme lies.
pub const THEME: &str = "ppt/theme/theme1.xml";
/// Where the master of the notes lies.
pub const NOTES: &str = "ppt/notesMasters/notesMaster1.xml";
/// The number of the master; those of its layouts follow.
pub const FIRST_ID: u32 = 2_147_483_648;

/// Faces for scripts that the theme's own do not have.
const SCRIPTS: [(&str, &str); 9] = [
    ("Jpan", "Yu Gothic"),
    ("Hang", "Malgun Gothic"),
    ("Hans", "Microsoft YaHei"),
    ("Hant", "Microsoft JhengHei"),
    ("Arab", "Arial"),
    ("Hebr", "Arial"),
    ("Thai", "Leelawadee UI"),
    ("Deva", "Nirmala UI"),
    ("Grek", "Segoe UI"),
];

/// The places of a layout's parts on a slide with a short title and some text.
pub fn usual(layout: &Layout, theme: &Theme, sheet: &Sheet) -> Rects {
    let grid = Grid::new(layout, sheet);
    let sizes = Sizes::usual(sheet);
    let k = sheet.k();
    let mut need = BTreeMap::new();
    for (name, part) in &layout.parts {
        let style = usual_style(name, layout, theme, sizes);
        let lines = match name.as_str() {
            "body" => 2.0,
            _ => 1.0,
        };
        let height = match name.as_str() {
            "number" | "footer" => 20.0,
            "numeral" => 200.0 * k * 0.8,
            _ => lines * style.size * style.line,
        };
        let around = part.above.unwrap_or(0.0) + part.below.unwrap_or(0.0);
        need.insert(name.as_str(), height + around);
    }
    grid.solve(&need, GAP[0], 0.0)
}

/// How a part of a layout is set before a slide says anything.
fn usual_style(name: &str, layout: &Layout, theme: &Theme, sizes: Sizes<'_>) -> Style {
    let paints = super::paint::Paints::of(theme);
    let grounds = &theme.places().grounds;
    let ground = grounds.get(parts::ground_of(layout)).map_or_else(
        || super::paint::Ground::dark(&paints),
        |names| paints.ground(names),
    );
    let part = layout.parts.get(name).cloned().unwrap_or_default();
    parts::style(name, &part, sizes, theme, &ground, &paints)
}

/// What can be filled on a layout, each with words that say so.
pub fn holders(wide: &Wide<'_>, layout: &Layout, rects: &Rects) -> Vec<Shape> {
    let sizes = Sizes::usual(&wide.sheet);
    let mut res = Vec::new();
    for (name, part) in &layout.parts {
        let (Some(holder), Some(at)) = (parts::holder(name), rects.get(name)) else {
            continue;
        };
        let mut style = usual_style(name, layout, wide.theme, sizes);
        let at = parts::one_line(name, &mut style, *at, wide.theme);
        let out = (name == "agenda").then(|| super::agenda::entry_out(style.size));
        let is_list = matches!(
            name.as_str(),
            "body" | "left" | "right" | "drawing" | "quote"
        );
        let words = match name.as_str() {
            "title" => "Title",
            "picture" => "Picture",
            "numeral" => "1",
            "figure" => "62 %",
            "number" => "‹#›",
            "footer" => wide.plan.head.title.as_str(),
            "source" => "Who said it",
            "quote" => "Quotation",
            "meta" => "Author and date",
            "drawing" => "Chart or picture",
            _ => "Text",
        };
        let mark = match (is_list, name.as_str()) {
            (true, "quote") => Mark::None,
            (true, _) => Mark::Bullet,
            (false, "agenda") => Mark::Number(1),
            (false, _) => Mark::None,
        };
        if name == "agenda" {
            style.line = 1.2;
            style.gap = 0.8;
            style.bold = part.bold.unwrap_or(true);
        }
        let runs = vec![Run {
            is_number: name == "number",
            ..Run::plain(words)
        }];
        let text = Text {
            anchor: part.anchor.unwrap_or_default(),
            inset: [
                part.above.unwrap_or(0.0),
                0.0,
                part.below.unwrap_or(0.0),
                0.0,
            ],
            is_list,
            out,
            ..Text::new(
                style,
                vec![Para {
                    runs,
                    mark,
                    ..Para::default()
                }],
            )
        };
        let label = match name.as_str() {
            "number" => "Slide number",
            "footer" => "Footer",
            "title" => "Title",
            _ => "Text",
        };
        res.push(Shape {
            holder: Some(holder),
            ..Shape::text(label, at, text)
        });
    }
    // The title is read first.
    res.sort_by_key(|shape| shape.holder.as_ref().map_or(0, |holder| holder.idx));
    res
}

/// What slides need not say again, because their layout does.
pub fn known(setter: &Setter<'_>, shapes: &[Shape]) -> Holders {
    let mut res = Holders::new();
    for shape in shapes {
        if let (Some(holder), super::scene::What::Text(text)) = (&shape.holder, &shape.what) {
            let known = Known {
                at: shape.at,
                levels: setter.levels(text),
                hold: (text.inset, text.anchor),
            };
            res.insert(holder.idx, known);
        }
    }
    res
}

/// Writes theme, master, layouts and the master of the notes.
pub fn add(wide: &Wide<'_>, setter: &Setter<'_>, package: &mut Package) {
    package.add(THEME, "theme", theme(wide.theme), Relations::default());
    let media = Media::new();
    let mut relations = Relations::default();
    let mut ids = Vec::new();
    for (id, nth) in wide.order.iter().zip(0..) {
        let path = layout_path(nth);
        ids.push(relations.to("slideLayout", &path));
        let layout = &wide.layouts[id];
        let mut shapes = wide.drawn_by(id);
        shapes.extend(holders(wide, layout, &wide.rects[id]));
        let mut tree = Tree::new(setter, &media, None);
        tree.write(&shapes);
        let mut xml = Xml::document();
        xml.open("p:sldLayout");
        roots(&mut xml);
        if let Some(kind) = kind(id) {
            xml.attr("type", kind);
        }
        xml.attr("preserve", 1).attr("userDrawn", 1);
        xml.open("p:cSld")
            .attr("name", layout.name.as_deref().unwrap_or(id));
        xml.open("p:bg").open("p:bgPr");
        body::fill(&mut xml, wide.back_of(id));
        xml.open("a:effectLst").close().close().close();
        xml.piece(&tree.xml.finish()).close();
        xml.piece("<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>");
        let mut own = tree.relations;
        own.to("slideMaster", MASTER);
        package.add(&path, "presentationml.slideLayout", xml.finish(), own);
    }
    relations.to("theme", THEME);
    let xml = master(wide, setter, &ids);
    package.add(MASTER, "presentationml.slideMaster", xml, relations);
}

/// Writes the master of the notes.
pub fn add_notes(wide: &Wide<'_>, package: &mut Package) {
    let own = "ppt/theme/theme-notes.xml";
    package.add(own, "theme", theme(wide.theme), Relations::default());
    let mut relations = Relations::default();
    relations.to("theme", own);
    let xml = notes_master(wide);
    package.add(NOTES, "presentationml.notesMaster", xml, relations);
}

/// What Office calls a layout of ours.
fn kind(id: &str) -> Option<&'static str> {
    Some(match id {
        "title" => "title",
        "section" => "secHead",
        "bullets" => "obj",
        _ => return None,
    })
}

fn master(wide: &Wide<'_>, setter: &Setter<'_>, ids: &[String]) -> String {
    let layout = &wide.layouts["bullets"];
    let rects = &wide.rects["bullets"];
    let shapes = holders(wide, layout, rects);
    let media = Media::new();
    let mut tree = Tree::new(setter, &media, None);
    let of_master: Vec<Shape> = shapes
        .into_iter()
        .map(|mut shape| {
            if let Some(holder) = &mut shape.holder
                && holder.idx == 1
            {
                holder.kind = "body";
            }
            shape
        })
        .collect();
    tree.write(&of_master);
    let levels = |idx: u32| {
        let found = of_master.iter().find(|shape| {
            shape
                .holder
                .as_ref()
                .is_some_and(|holder| holder.idx == idx)
        });
        match found.map(|shape| &shape.what) {
            Some(super::scene::What::Text(text)) => setter.levels(text),
            _ => String::new(),
        }
    };
    let mut xml = Xml::document();
    xml.open("p:sldMaster");
    roots(&mut xml);
    xml.attr("preserve", 1);
    xml.open("p:cSld").open("p:bg").open("p:bgPr");
    body::fill(&mut xml, wide.back_of("bullets"));
    xml.open("a:effectLst").close().close().close();
    xml.piece(&tree.xml.finish()).close();
    colour_map(&mut xml);
    xml.open("p:sldLayoutIdLst");
    for (id, number) in ids.iter().zip(1..) {
        xml.open("p:sldLayoutId")
            .attr("id", FIRST_ID + number)
            .attr("r:id", id)
            .close();
    }
    xml.close().open("p:txStyles");
    xml.open("p:titleStyle").piece(&levels(0)).close();
    xml.open("p:bodyStyle").piece(&levels(1)).close();
    xml.open("p:otherStyle").close().close();
    xml.finish()
}

fn colour_map(xml: &mut Xml) {
    xml.open("p:clrMap");
    for (_, name, slot) in SCHEME {
        xml.attr(name, slot);
    }
    xml.attr("folHlink", "folHlink").close();
}

fn theme(theme: &Theme) -> String {
    let paints = super::paint::Paints::of(theme);
    let mut xml = Xml::document();
    xml.open("a:theme")
        .attr(
            "xmlns:a",
            "http://schemas.openxmlformats.org/drawingml/2006/main",
        )
        .attr("name", &theme.name)
        .open("a:themeElements")
        .open("a:clrScheme")
        .attr("name", &theme.name);
    const SLOTS: [&str; 11] = [
        "a:dk1",
        "a:lt1",
        "a:dk2",
        "a:lt2",
        "a:accent1",
        "a:accent2",
        "a:accent3",
        "a:accent4",
        "a:accent5",
        "a:accent6",
        "a:hlink",
    ];
    for ((token, _, _), tag) in SCHEME.iter().zip(SLOTS) {
        xml.open(tag).open("a:srgbClr");
        xml.attr("val", paints.get(token).hex()).close().close();
    }
    xml.open("a:folHlink").open("a:srgbClr");
    xml.attr("val", paints.get("accent-ink").hex())
        .close()
        .close();
    xml.close();
    xml.open("a:fontScheme").attr("name", &theme.name);
    font(&mut xml, "a:majorFont", &theme.faces.display);
    font(&mut xml, "a:minorFont", &theme.faces.text);
    xml.close();
    // Shapes drawn later are plain: the accent, no shadows.
    xml.piece(
        "<a:fmtScheme name=\"Plain\"><a:fillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/>\
         </a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill>\
         <a:schemeClr val=\"phClr\"/></a:solidFill></a:fillStyleLst><a:lnStyleLst>",
    );
    for width in [9525, 19050, 38100] {
        xml.piece(&format!(
            "<a:ln w=\"{width}\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>"
        ));
    }
    xml.piece("</a:lnStyleLst><a:effectStyleLst>");
    for _ in 0..3 {
        xml.piece("<a:effectStyle><a:effectLst/></a:effectStyle>");
    }
    xml.piece(
        "</a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/>\
         </a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill>\
         <a:schemeClr val=\"phClr\"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme>",
    );
    xml.close();
    xml.piece("<a:objectDefaults/><a:extraClrSchemeLst/>");
    xml.finish()
}

/// A face with what it is like, so that a program without it takes one that is near.
fn font(xml: &mut Xml, tag: &'static str, face: &Face) {
    let (panose, pitch) = face.likeness();
    xml.open(tag);
    xml.open("a:latin")
        .attr("typeface", &face.family)
        .attr("panose", panose)
        .attr("pitchFamily", pitch)
        .attr("charset", 0)
        .close();
    xml.open("a:ea").attr("typeface", "").close();
    xml.open("a:cs").attr("typeface", "").close();
    for (script, family) in SCRIPTS {
        xml.open("a:font")
            .attr("script", script)
            .attr("typeface", family)
            .close();
    }
    xml.close();
}

fn notes_master(wide: &Wide<'_>) -> String {
    let (w, h) = (f64::from(wide.sheet.size.0), f64::from(wide.sheet.size.1));
    let image = Rect {
        x: 40.0,
        y: 60.0,
        w: 640.0,
        h: 640.0 * h / w,
    };
    let words = Rect {
        x: 40.0,
        y: image.bottom() + 40.0,
        w: 640.0,
        h: 920.0 - image.bottom() - 80.0,
    };
    let mut xml = Xml::document();
    xml.open("p:notesMaster");
    roots(&mut xml);
    xml.piece(
        "<p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill>\
         <a:effectLst/></p:bgPr></p:bg><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/>\
         <p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>",
    );
    for (id, kind, at) in [(2, "sldImg", image), (3, "body", words)] {
        xml.open("p:sp").open("p:nvSpPr").open("p:cNvPr");
        xml.attr("id", id)
            .attr("name", format!("Notes {id}"))
            .close();
        xml.piece(if kind == "body" {
            "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>"
        } else {
            "<p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr>"
        });
        xml.open("p:nvPr").open("p:ph").attr("type", kind);
        xml.attr("idx", id - 1).close().close().close();
        xml.open("p:spPr").open("a:xfrm").open("a:off");
        xml.attr("x", emu(at.x)).attr("y", emu(at.y)).close();
        xml.open("a:ext")
            .attr("cx", emu(at.w))
            .attr("cy", emu(at.h));
        xml.close().close();
        xml.piece("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
        if kind == "sldImg" {
            xml.piece("<a:noFill/><a:ln w=\"12700\"><a:solidFill><a:prstClr val=\"black\"/></a:solidFill></a:ln>");
        }
        xml.close();
        if kind == "body" {
            xml.piece(
                "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr lvl=\"0\"/><a:r>\
                 <a:rPr lang=\"en-US\"/><a:t>Notes</a:t></a:r></a:p></p:txBody>",
            );
        }
        xml.close();
    }
    xml.piece("</p:spTree></p:cSld>");
    colour_map(&mut xml);
    xml.open("p:notesStyle");
    for level in 1..=5 {
        let left = 228_600 * (level - 1);
        xml.piece(&format!(
            "<a:lvl{level}pPr marL=\"{left}\" algn=\"l\"><a:spcBef><a:spcPts val=\"400\"/>\
             </a:spcBef><a:defRPr sz=\"1200\"><a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill>\
             <a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/>\
             </a:defRPr></a:lvl{level}pPr>"
        ));
    }
    xml.finish()
}
