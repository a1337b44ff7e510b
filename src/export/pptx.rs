//! A plan as a presentation that can be edited in PowerPoint and its like.
//!
//! Everything is made of the model, never of HTML: a frame becomes shapes in
//! slide units (`compose`, `flow`, `things`), at places that are data of the
//! theme (`grid`), and shapes become XML (`shape`, `body`). What this form
//! cannot carry is said in a list.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::Left;
use crate::deck::{Frame, Layout, Plan, plain_text};
use crate::layout::fit::Sheet;
use crate::render::Cache;
use crate::theme::Theme;
use crate::theme::places;

mod body;
mod book;
mod chart;
mod compose;
mod drawing;
mod flow;
mod formula;
mod grid;
mod master;
mod notes;
mod package;
mod paint;
mod parts;
mod picture;
mod scene;
mod shape;
mod things;
mod timing;
mod words;
mod xml;

use body::{Setter, emu};
use compose::{Back, Composed};
use grid::{Grid, Rects};
use package::{Package, Relations};
use paint::{Colour, Ground, Paints};
use scene::{Rect, Shape, What};
use shape::{Holders, Media, MediaFile, Tree};
use xml::Xml;

/// Units of a presentation in a unit of a slide: 1280 of these are 13.333 inches.
const PX: f64 = 9525.0;
/// Hundredths of a point in a unit of a slide.
const PX_POINT: f64 = 75.0;

/// A picture of one grey point, for programs that do not show drawings.
const NO_PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x38, 0x0c, 0x00, 0x00,
    0xce, 0x00, 0xcd, 0x3b, 0xd5, 0x17, 0x8b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

/// What could not be carried, as it is found.
pub struct Lost {
    /// The slide that is being made, from 1.
    pub slide: usize,
    list: Vec<Left>,
}

impl Lost {
    /// Something of the slide is not in the file, or not as it was.
    pub fn add(&mut self, what: &'static str) {
        let left = Left {
            slide: self.slide,
            what: what.into(),
        };
        if !self.list.contains(&left) {
            self.list.push(left);
        }
    }
}

/// What all slides of a presentation have in common.
pub struct Wide<'a> {
    /// The deck.
    pub plan: &'a Plan,
    /// Its theme.
    pub theme: &'a Theme,
    /// What its slides are set on.
    pub sheet: Sheet,
    /// The palette.
    pub paints: Paints,
    /// Slides by id, counted from 0.
    pub slides: HashMap<String, usize>,
    /// The layouts by name.
    pub layouts: BTreeMap<String, places::Layout>,
    /// Their names in the order in which they are offered.
    pub order: Vec<String>,
    /// Where the parts of each stand if a slide says nothing else.
    pub rects: BTreeMap<String, Rects>,
}

impl<'a> Wide<'a> {
    fn new(plan: &'a Plan, theme: &'a Theme) -> Self {
        let sheet = Sheet::new(&plan.head, theme.floors);
        let order: Vec<String> = theme
            .places
            .layouts
            .iter()
            .map(|layout| layout.id.clone())
            .collect();
        let layouts: BTreeMap<String, places::Layout> = order
            .iter()
            .filter_map(|id| Some((id.clone(), theme.places.layout(id)?)))
            .collect();
        let rects = layouts
            .iter()
            .map(|(id, layout)| (id.clone(), master::usual(layout, theme, &sheet)));
        let slides = plan.frames.iter().zip(0..);
        Wide {
            rects: rects.collect(),
            slides: slides.map(|(frame, at)| (frame.id.clone(), at)).collect(),
            order: order
                .into_iter()
                .filter(|id| layouts.contains_key(id))
                .collect(),
            layouts,
            paints: Paints::of(theme),
            plan,
            theme,
            sheet,
        }
    }

    fn ground_of(&self, layout: &str) -> Ground {
        let name = self.layouts.get(layout).map_or("paper", parts::ground_of);
        let names = self.theme.places.grounds.get(name);
        names.map_or_else(
            || Ground::dark(&self.paints),
            |names| self.paints.ground(names),
        )
    }

    /// The colour behind everything on a layout.
    pub fn back_of(&self, layout: &str) -> Colour {
        let ground = self.ground_of(layout);
        let said = self
            .layouts
            .get(layout)
            .and_then(|layout| layout.back.as_ref());
        said.map_or(ground.bg, |name| ground.named(name, &self.paints))
    }

    /// What a layout draws below its parts.
    pub fn drawn_by(&self, layout: &str) -> Vec<Shape> {
        let (Some(own), Some(rects)) = (self.layouts.get(layout), self.rects.get(layout)) else {
            return Vec::new();
        };
        let grid = Grid::new(own, &self.sheet);
        grid.shapes(
            rects,
            &self.ground_of(layout),
            &self.paints,
            &self.theme.places,
        )
    }
}

/// The deck as a presentation, and what of it that could not carry.
pub fn pptx(plan: &Plan, theme: &Theme, cache: &mut Cache) -> anyhow::Result<(Vec<u8>, Vec<Left>)> {
    let wide = Wide::new(plan, theme);
    let setter = Setter {
        faces: &theme.faces,
        bullet: theme.places.bullet.as_ref(),
        lang: &plan.head.lang,
        rtl: plan.head.is_right_to_left(),
        floor: theme.floors.body,
    };
    let mut lost = Lost {
        slide: 0,
        list: Vec::new(),
    };
    let mut charts = Vec::new();
    let mut composed = Vec::with_capacity(plan.frames.len());
    for (frame, number) in plan.frames.iter().zip(1..) {
        lost.slide = number;
        composed.push(compose::compose(
            &wide,
            frame,
            cache,
            &mut charts,
            &mut lost,
        ));
    }
    let mut package = Package::default();
    let media = add_media(plan, &composed, &mut package);
    master::add(&wide, &setter, &mut package);
    let known: BTreeMap<&String, Holders> = wide
        .layouts
        .iter()
        .map(|(id, layout)| {
            let shapes = master::holders(&wide, layout, &wide.rects[id]);
            (id, master::known(&setter, &shapes))
        })
        .collect();
    let mut slides = Relations::default();
    let mut ids = Vec::new();
    for ((frame, slide), at) in plan.frames.iter().zip(&composed).zip(0..) {
        lost.slide = at + 1;
        let holders = known.get(&slide.layout);
        add_slide(
            &wide,
            &setter,
            &media,
            (frame, slide, at),
            holders,
            &mut package,
        );
        notes::add(&wide, &setter, frame, at, cache, &mut lost, &mut package);
        ids.push(slides.to("slide", &slide_path(at)));
    }
    for (chart, at) in charts.iter().zip(0..) {
        chart.add(at, &mut package)?;
    }
    let bytes = finish(&wide, package, slides, &ids)?;
    lost.list.sort_by_key(|left| left.slide);
    Ok((bytes, lost.list))
}

/// The path of a slide, counted from 0.
fn slide_path(at: usize) -> String {
    format!("ppt/slides/slide{}.xml", at + 1)
}

fn layout_path(at: usize) -> String {
    format!("ppt/slideLayouts/slideLayout{}.xml", at + 1)
}

fn chart_path(at: usize) -> String {
    format!("ppt/charts/chart{}.xml", at + 1)
}

/// The name spaces of a part's root.
fn roots(xml: &mut Xml) {
    xml.attr(
        "xmlns:a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    )
    .attr(
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    .attr(
        "xmlns:p",
        "http://schemas.openxmlformats.org/presentationml/2006/main",
    );
}

/// Puts the pictures that slides show into the presentation, each once.
fn add_media(plan: &Plan, composed: &[Composed], package: &mut Package) -> Media {
    let mut keys: Vec<String> = Vec::new();
    for slide in composed {
        if let Back::Picture(picture) = &slide.back {
            keys.push(picture.key.clone());
        }
        collect(&slide.shapes, &mut keys);
    }
    keys.sort();
    keys.dedup();
    let mut res = Media::new();
    for (key, number) in keys.into_iter().zip(1..) {
        let Some(asset) = plan.assets.get(&key) else {
            continue;
        };
        let ending = picture::COMMON
            .iter()
            .find(|(mime, _)| *mime == asset.mime)
            .map(|(_, ending)| *ending);
        let file = match ending {
            Some(ending) => {
                let path = format!("ppt/media/image{number}.{ending}");
                package.add_file(&path, asset.bytes.to_vec());
                MediaFile {
                    path,
                    drawing: None,
                }
            }
            None if asset.mime == picture::DRAWING => {
                let path = "ppt/media/none.png";
                package.add_file(path, NO_PICTURE.to_vec());
                let drawing = format!("ppt/media/image{number}.svg");
                package.add_file(&drawing, asset.bytes.to_vec());
                MediaFile {
                    path: path.into(),
                    drawing: Some(drawing),
                }
            }
            None => continue,
        };
        res.insert(key, file);
    }
    res
}

fn collect(shapes: &[Shape], keys: &mut Vec<String>) {
    for shape in shapes {
        match &shape.what {
            What::Picture(picture) => keys.push(picture.key.clone()),
            What::Group(inner) => collect(inner, keys),
            What::Text(_) | What::Path(_) | What::Table(_) | What::Chart(_) | What::Formula(..) => {
            }
        }
    }
}

fn add_slide(
    wide: &Wide<'_>,
    setter: &Setter<'_>,
    media: &Media,
    (frame, slide, at): (&Frame, &Composed, usize),
    holders: Option<&Holders>,
    package: &mut Package,
) {
    let mut tree = Tree::new(setter, media, holders);
    if setter.rtl {
        tree.write(&mirrored(&slide.shapes, f64::from(wide.sheet.size.0)));
    } else {
        tree.write(&slide.shapes);
    }
    let mut relations = std::mem::take(&mut tree.relations);
    let steps = std::mem::take(&mut tree.steps);
    let shapes = tree.xml.finish();
    let mut xml = Xml::document();
    xml.open("p:sld");
    roots(&mut xml);
    if slide.covers {
        xml.attr("showMasterSp", 0);
    }
    xml.open("p:cSld");
    background(&mut xml, &slide.back, media, &mut relations);
    xml.piece(&shapes).close();
    xml.piece("<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>");
    timing::transition(&mut xml, &frame.classes);
    timing::timing(&mut xml, &steps);
    let layout = wide.order.iter().position(|id| *id == slide.layout);
    relations.to("slideLayout", &layout_path(layout.unwrap_or(0)));
    if !frame.notes.is_empty() {
        relations.to("notesSlide", &notes::path(at));
    }
    package.add(
        &slide_path(at),
        "presentationml.slide",
        xml.finish(),
        relations,
    );
}

/// Shapes as they stand where text runs from right to left.
fn mirrored(shapes: &[Shape], width: f64) -> Vec<Shape> {
    let turned = shapes.iter().map(|shape| {
        let by = width - shape.at.right() - shape.at.x;
        let at = shape.at;
        let mut res = shape.clone().moved(1.0, by, 0.0);
        // A place is moved as a whole, so that a picture or word in it stays as it is.
        res.at = Rect { x: at.x + by, ..at };
        res
    });
    turned.collect()
}

fn background(xml: &mut Xml, back: &Back, media: &Media, relations: &mut Relations) {
    if *back == Back::Layout {
        return;
    }
    xml.open("p:bg").open("p:bgPr");
    match back {
        Back::Layout => {}
        Back::Colour(colour) => body::fill(xml, *colour),
        Back::Gradient(angle, stops) => {
            xml.open("a:gradFill")
                .attr("rotWithShape", 1)
                .open("a:gsLst");
            for (at, colour) in stops {
                xml.open("a:gs").attr("pos", (at * 1000.0).round() as i64);
                body::paint(xml, *colour);
                xml.close();
            }
            xml.close();
            xml.open("a:lin")
                .attr("ang", (angle * 60_000.0).round() as i64)
                .attr("scaled", 0)
                .close();
            xml.close();
        }
        Back::Picture(picture) => {
            if let Some(file) = media.get(&picture.key) {
                let id = relations.to("image", &file.path);
                let drawing = file.drawing.as_ref();
                let drawing = drawing.map(|path| relations.to("image", path));
                xml.open("a:blipFill")
                    .attr("dpi", 0)
                    .attr("rotWithShape", 1);
                shape::blip(xml, &id, drawing.as_deref(), picture.grey);
                let [left, top, right, bottom] = picture.crop;
                xml.open("a:srcRect")
                    .attr("l", left)
                    .attr("t", top)
                    .attr("r", right)
                    .attr("b", bottom)
                    .close();
                xml.piece("<a:stretch><a:fillRect/></a:stretch>").close();
            }
        }
    }
    xml.open("a:effectLst").close().close().close();
}

/// The parts that hold all others together.
fn finish(
    wide: &Wide<'_>,
    mut package: Package,
    mut relations: Relations,
    slides: &[String],
) -> anyhow::Result<Vec<u8>> {
    let master = relations.to("slideMaster", master::MASTER);
    let notes = relations.to("notesMaster", master::NOTES);
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
            xml.attr("def", shape::PLAIN_TABLE);
        } else {
            roots(&mut xml);
        }
        let kind = format!("presentationml.{kind}");
        package.add(path, &kind, xml.finish(), Relations::default());
    }
    let path = "ppt/presentation.xml";
    let xml = presentation(wide, &master, &notes, slides);
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

/// What says that the file is ours.
pub const MADE_BY: &str = "<Application>Deckle";

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

fn presentation(wide: &Wide<'_>, master: &str, notes: &str, slides: &[String]) -> String {
    let (w, h) = wide.sheet.size;
    let mut xml = Xml::document();
    xml.open("p:presentation");
    roots(&mut xml);
    xml.attr("saveSubsetFonts", 1);
    if wide.plan.head.is_right_to_left() {
        xml.attr("rtl", 1);
    }
    xml.open("p:sldMasterIdLst").open("p:sldMasterId");
    xml.attr("id", master::FIRST_ID)
        .attr("r:id", master)
        .close()
        .close();
    xml.open("p:notesMasterIdLst").open("p:notesMasterId");
    xml.attr("r:id", notes).close().close();
    xml.open("p:sldIdLst");
    for (id, at) in slides.iter().zip(0..) {
        xml.open("p:sldId")
            .attr("id", FIRST_SLIDE + at)
            .attr("r:id", id)
            .close();
    }
    xml.close();
    xml.open("p:sldSz")
        .attr("cx", emu(f64::from(w)))
        .attr("cy", emu(f64::from(h)));
    if (w, h) == (960, 720) {
        xml.attr("type", "screen4x3");
    }
    xml.close();
    xml.open("p:notesSz")
        .attr("cx", 6_858_000)
        .attr("cy", 9_144_000)
        .close();
    sections(&mut xml, &wide.plan.frames);
    xml.finish()
}

/// The number of the first slide.
const FIRST_SLIDE: usize = 256;

/// Parts of a talk as sections, with what stands in front of the first.
fn sections(xml: &mut Xml, frames: &[Frame]) {
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
