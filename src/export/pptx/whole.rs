//! The parts that hold all others together: the presentation itself, its
//! sections, and what is said about it.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::body::emu;
use super::fonts::{self, Embedded};
use super::package::{Package, Relations};
use super::shape::PLAIN_TABLE;
use super::template::Template;
use super::xml::Xml;
use super::{Wide, master, roots};
use crate::deck::{Frame, Layout, Plan, plain_text};

/// What says that the file is ours.
pub const MADE_BY: &str = "<Application>Deckle";

/// The number of the first slide.
const FIRST_SLIDE: usize = 256;

/// The archive of a presentation whose slides have been added; `slides` are their
/// names among `relations`.
pub fn finish(
    wide: &Wide<'_>,
    template: Option<&Template>,
    mut package: Package,
    mut relations: Relations,
    slides: &[String],
) -> anyhow::Result<Vec<u8>> {
    let masters = match template {
        Some(template) => template.refer(&mut relations),
        None => {
            properties(&mut package, &mut relations);
            let master = relations.to("slideMaster", master::MASTER);
            vec![(master::FIRST_ID.to_string(), master)]
        }
    };
    let notes = template.and_then(Template::notes).unwrap_or(master::NOTES);
    let notes = relations.to("notesMaster", notes);
    let fonts = match template {
        Some(_) => Vec::new(),
        None => fonts::add(wide.theme, &mut package, &mut relations),
    };
    let path = "ppt/presentation.xml";
    let (w, h) = wide.sheet.size;
    let own = (emu(f64::from(w)), emu(f64::from(h)));
    let size = template.map_or(own, |template| template.size);
    let held = Held {
        masters: &masters,
        notes: &notes,
        slides,
        fonts: &fonts,
    };
    let xml = presentation(wide.plan, &held, size);
    package.add(path, "presentationml.presentation.main", xml, relations);
    let mut root = Relations::default();
    root.to("officeDocument", path);
    root.to(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    );
    root.to("extended-properties", "docProps/app.xml");
    package.add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        core(wide.plan),
        Relations::default(),
    );
    package.add(
        "docProps/app.xml",
        "extended-properties",
        app(wide.plan.frames.len()),
        Relations::default(),
    );
    package.finish(&root)
}

/// What a presentation of our own refers to besides its master.
fn properties(package: &mut Package, relations: &mut Relations) {
    relations.to("theme", master::THEME);
    for (path, kind) in [
        ("ppt/presProps.xml", "presProps"),
        ("ppt/viewProps.xml", "viewProps"),
        ("ppt/tableStyles.xml", "tableStyles"),
    ] {
        relations.to(kind, path);
        let mut xml = Xml::document();
        match kind {
            "presProps" => xml.open("p:presentationPr"),
            "viewProps" => xml.open("p:viewPr"),
            _ => xml.open("a:tblStyleLst"),
        };
        if kind == "tableStyles" {
            xml.attr(
                "xmlns:a",
                "http://schemas.openxmlformats.org/drawingml/2006/main",
            );
            xml.attr("def", PLAIN_TABLE);
        } else {
            roots(&mut xml);
        }
        let kind = format!("presentationml.{kind}");
        package.add(path, &kind, xml.finish(), Relations::default());
    }
}

/// The parts that a presentation holds together, by the names it has for them.
struct Held<'a> {
    /// Each with its number.
    masters: &'a [(String, String)],
    notes: &'a str,
    slides: &'a [String],
    fonts: &'a [Embedded],
}

fn presentation(plan: &Plan, held: &Held<'_>, (w, h): (i64, i64)) -> String {
    let mut xml = Xml::document();
    xml.open("p:presentation");
    roots(&mut xml);
    if !held.fonts.is_empty() {
        xml.attr("embedTrueTypeFonts", 1);
    }
    xml.attr("saveSubsetFonts", 1);
    if plan.head.is_right_to_left() {
        xml.attr("rtl", 1);
    }
    xml.open("p:sldMasterIdLst");
    for (number, name) in held.masters {
        xml.open("p:sldMasterId")
            .attr("id", number)
            .attr("r:id", name)
            .close();
    }
    xml.close();
    xml.open("p:notesMasterIdLst").open("p:notesMasterId");
    xml.attr("r:id", held.notes).close().close();
    xml.open("p:sldIdLst");
    for (id, at) in held.slides.iter().zip(0..) {
        xml.open("p:sldId")
            .attr("id", FIRST_SLIDE + at)
            .attr("r:id", id)
            .close();
    }
    xml.close();
    xml.open("p:sldSz").attr("cx", w).attr("cy", h);
    if (w, h) == (9_144_000, 6_858_000) {
        xml.attr("type", "screen4x3");
    }
    xml.close();
    xml.open("p:notesSz")
        .attr("cx", 6_858_000)
        .attr("cy", 9_144_000)
        .close();
    fonts::list(&mut xml, held.fonts);
    sections(&mut xml, &plan.frames);
    xml.finish()
}

/// Parts of a talk as sections, with what stands in front of the first.
fn sections(xml: &mut Xml, frames: &[Arc<Frame>]) {
    let mut list: Vec<(String, Vec<usize>)> = Vec::new();
    for (frame, at) in frames.iter().zip(0..) {
        let begins =
            frame.layout == Layout::Section && frame.part.is_none_or(|part| part.number == 1);
        if begins || list.is_empty() {
            let name = plain_text(&frame.title);
            let name = if name.is_empty() {
                format!("Section {}", list.len() + 1)
            } else {
                name
            };
            list.push((name, Vec::new()));
        }
        if let Some((_, slides)) = list.last_mut() {
            slides.push(at);
        }
    }
    if list.len() < 2 {
        return;
    }
    xml.open("p:extLst").open("p:ext");
    xml.attr("uri", "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}");
    xml.open("p14:sectionLst").attr(
        "xmlns:p14",
        "http://schemas.microsoft.com/office/powerpoint/2010/main",
    );
    for ((name, slides), at) in list.iter().zip(0..) {
        xml.open("p14:section")
            .attr("name", name)
            .attr("id", guid(&format!("{at} {name}")));
        xml.open("p14:sldIdLst");
        for slide in slides {
            xml.open("p14:sldId")
                .attr("id", FIRST_SLIDE + slide)
                .close();
        }
        xml.close().close();
    }
    xml.close().close().close();
}

/// A name that nothing else has, made of a text.
fn guid(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02X}"))
        .collect();
    format!(
        "{{{}-{}-{}-{}-{}}}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..32]
    )
}

fn core(plan: &Plan) -> String {
    let head = &plan.head;
    let mut xml = Xml::document();
    xml.open("cp:coreProperties")
        .attr(
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        )
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .leaf("dc:title", &head.title);
    if !head.author.is_empty() {
        xml.leaf("dc:creator", &head.author);
    }
    if !head.description.is_empty() {
        xml.leaf("dc:description", &head.description);
    }
    xml.leaf("dc:language", &head.lang);
    xml.finish()
}

fn app(n_slides: usize) -> String {
    let mut xml = Xml::document();
    xml.open("Properties").attr(
        "xmlns",
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    );
    xml.leaf("Application", "Deckle");
    xml.leaf("Slides", &n_slides.to_string());
    xml.finish()
}
