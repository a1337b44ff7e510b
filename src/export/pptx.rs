//! A plan as a presentation that can be edited in PowerPoint and its like.
//!
//! Everything is made of the model, never of HTML: a frame becomes shapes in
//! slide units (`compose`, `flow`, `things`), at places that are data of the
//! theme (`grid`), and shapes become XML (`shape`, `body`). What this form
//! cannot carry is said in a list.

use std::collections::{BTreeMap, HashMap};

use super::scale::webp;
use crate::deck::{Frame, Plan};
use crate::layout::fit::Sheet;
use crate::layout::resume;
use crate::render::Cache;
use crate::theme::Theme;
use crate::theme::places;

mod agenda;
mod body;
mod book;
mod chart;
mod code;
mod compose;
mod drawing;
mod flow;
mod fonts;
mod formula;
mod grid;
mod ground;
mod master;
mod notes;
mod package;
mod paint;
mod parts;
mod picture;
mod preview;
mod raster;
mod scene;
mod sfnt;
mod shape;
mod specimen;
mod svg;
mod table;
mod template;
mod things;
mod timeline;
mod timing;
mod whole;
mod words;
mod xml;

use body::Setter;
use compose::{Back, Composed};
use grid::{Grid, Rects};
use package::{Package, Relations};
use paint::{Colour, Ground, Paints};
use preview::Preview;
use scene::{Rect, Shape, What};
use shape::{Holders, Media, MediaFile, Tree};
use template::Slot;
pub use template::Template;
pub use whole::MADE_BY;
use xml::Xml;

/// Units of a presentation in a unit of a slide: 1280 of these are 13.333 inches.
const PX: f64 = 9525.0;
/// Hundredths of a point in a unit of a slide.
const PX_POINT: f64 = 75.0;

/// A picture of one grey point, for programs that do not show drawings.
const NO_PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x78, 0x06, 0x00, 0x00,
    0xe8, 0x00, 0xe7, 0x8a, 0x53, 0xfd, 0x73, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

/// What could not be carried, as it is found.
pub struct Lost {
    /// The slide that is being made, from 1.
    pub slide: usize,
    list: Vec<super::Lost>,
}

impl Lost {
    /// Something of the slide is not in the file, or not as it was.
    pub fn add(&mut self, what: &'static str) {
        match self.list.iter_mut().find(|lost| lost.what == what) {
            Some(known) if known.slides.contains(&self.slide) => {}
            Some(known) => known.slides.push(self.slide),
            None => self.list.push(super::Lost {
                what,
                slides: vec![self.slide],
            }),
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
    /// What drawings look like in points, by the key of their file; `None` for one
    /// that is not understood.
    pub previews: BTreeMap<&'a str, Option<Preview>>,
    /// Pictures in WebP in a form that every program reads, and its media type.
    pub plain: BTreeMap<&'a str, (&'static str, Vec<u8>)>,
    /// Slides by id, counted from 0.
    pub slides: HashMap<String, usize>,
    /// The layouts by name.
    pub layouts: BTreeMap<String, places::Layout>,
    /// Their names in the order in which they are offered.
    pub order: Vec<String>,
    /// Where the parts of each stand if a slide says nothing else.
    pub rects: BTreeMap<String, Rects>,
    /// The places of a template that parts take, by layout and part. With a
    /// template slides have nothing of our layouts.
    pub slots: Option<BTreeMap<String, BTreeMap<String, Slot>>>,
}

impl<'a> Wide<'a> {
    fn new(plan: &'a Plan, theme: &'a Theme, template: Option<&Template>) -> Self {
        let sheet = Sheet::new(&plan.head, theme.floors);
        let order: Vec<String> = theme
            .places()
            .layouts
            .iter()
            .map(|layout| layout.id.clone())
            .collect();
        let layouts: BTreeMap<String, places::Layout> = order
            .iter()
            .filter_map(|id| Some((id.clone(), theme.places().layout(id)?)))
            .collect();
        let rects = layouts
            .iter()
            .map(|(id, layout)| (id.clone(), master::usual(layout, theme, &sheet)));
        let slides = plan.frames.iter().zip(0..);
        let slots = template.map(|template| {
            let smaller = 1.0 / larger(&sheet, template);
            let of = layouts.iter().map(|(id, layout)| {
                let mut slots = template.slots(layout);
                for slot in slots.values_mut() {
                    slot.at = slot.at.scaled(smaller);
                }
                (id.clone(), slots)
            });
            of.collect()
        });
        let drawings = plan.assets.iter();
        let drawings = drawings.filter(|(_, asset)| asset.mime == picture::DRAWING);
        let previews = drawings.map(|(key, asset)| {
            let size = asset.size.unwrap_or((1280, 720));
            (key.as_str(), preview::preview(&asset.bytes, size))
        });
        let files = plan.assets.iter();
        let files = files.filter(|(_, asset)| asset.mime == picture::WEBP);
        let plain =
            files.filter_map(|(key, asset)| Some((key.as_str(), webp::plain(&asset.bytes)?)));
        Wide {
            previews: previews.collect(),
            plain: plain.collect(),
            slots,
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
        let names = self.theme.places().grounds.get(name);
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
            self.theme.places(),
        )
    }
}

/// How much larger a template's slides are than ours.
fn larger(sheet: &Sheet, template: &Template) -> f64 {
    let (w, h) = sheet.size;
    let wide = template.size.0 as f64 / (f64::from(w) * PX);
    let high = template.size.1 as f64 / (f64::from(h) * PX);
    wide.min(high)
}

/// The deck as a presentation, in a template of somebody's house if there is one,
/// and what of the deck it could not carry.
pub fn pptx(
    plan: &Plan,
    theme: &Theme,
    template: Option<&Template>,
    cache: &mut Cache,
) -> anyhow::Result<(Vec<u8>, Vec<super::Lost>)> {
    let wide = Wide::new(plan, theme, template);
    let setter = Setter {
        faces: &theme.faces,
        bullet: theme.places().bullet.as_ref(),
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
        if resume::fades(frame) {
            lost.add("what goes again or grows pale at a later step (it stays as it is)");
        }
        let slide = compose::compose(&wide, frame, cache, &mut charts, &mut lost);
        composed.push(slide);
    }
    let mut package = Package::default();
    match template {
        Some(template) => template.add(&mut package),
        None => master::add(&wide, &setter, &mut package),
    }
    if template.is_none_or(|template| template.notes().is_none()) {
        master::add_notes(&wide, &mut package);
    }
    let media = add_media(&wide, &composed, &mut package);
    let known = known_by_layouts(&wide, &setter);
    let mut slides = Relations::default();
    let mut ids = Vec::new();
    for ((frame, slide), at) in plan.frames.iter().zip(&composed).zip(0..) {
        lost.slide = at + 1;
        let frame: &Frame = frame;
        let mut tree = Tree::new(&setter, &media, known.get(&slide.layout));
        tree.inherits = template.is_some();
        tree.relations
            .to("slideLayout", &layout_of(&wide, template, slide));
        let larger = template.map_or(1.0, |template| larger(&wide.sheet, template));
        add_slide(&wide, tree, (frame, slide, at), larger, &mut package);
        let master = template.and_then(Template::notes).unwrap_or(master::NOTES);
        notes::add(
            &wide,
            &setter,
            (frame, at, master),
            cache,
            &mut lost,
            &mut package,
        );
        ids.push(slides.to("slide", &slide_path(at)));
    }
    for (chart, at) in charts.iter().zip(0..) {
        chart.add(at, &mut package)?;
    }
    let bytes = whole::finish(&wide, template, package, slides, &ids)?;
    for lost in &mut lost.list {
        lost.slides.sort_unstable();
    }
    Ok((bytes, lost.list))
}

/// What slides need not say again, by layout.
fn known_by_layouts(wide: &Wide<'_>, setter: &Setter<'_>) -> BTreeMap<String, Holders> {
    let of = wide.layouts.iter().map(|(id, layout)| {
        let shapes = master::holders(wide, layout, &wide.rects[id]);
        (id.clone(), master::known(setter, &shapes))
    });
    of.collect()
}

fn layout_of(wide: &Wide<'_>, template: Option<&Template>, slide: &Composed) -> String {
    match template {
        Some(template) => template.path(&wide.layouts[&slide.layout]).to_string(),
        None => {
            let at = wide.order.iter().position(|id| *id == slide.layout);
            layout_path(at.unwrap_or(0))
        }
    }
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
fn add_media(wide: &Wide<'_>, composed: &[Composed], package: &mut Package) -> Media {
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
        let Some(asset) = wide.plan.assets.get(&key) else {
            continue;
        };
        let (mime, bytes) = match wide.plain.get(key.as_str()) {
            Some((mime, bytes)) => (*mime, bytes.as_slice()),
            None => (asset.mime, &*asset.bytes),
        };
        let common = picture::COMMON.iter().find(|(known, _)| *known == mime);
        let file = match common {
            Some((_, ending)) => {
                let path = format!("ppt/media/picture{number}.{ending}");
                package.add_file(&path, bytes.to_vec());
                MediaFile {
                    path,
                    drawing: None,
                }
            }
            None if asset.mime == picture::DRAWING => {
                let drawing = format!("ppt/media/picture{number}.svg");
                package.add_file(&drawing, asset.bytes.to_vec());
                let (path, bytes) = match wide.previews.get(key.as_str()) {
                    Some(Some(preview)) => (
                        format!("ppt/media/picture{number}.png"),
                        preview.png.clone(),
                    ),
                    _ => ("ppt/media/none.png".into(), NO_PICTURE.to_vec()),
                };
                package.add_file(&path, bytes);
                MediaFile {
                    path,
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
    mut tree: Tree<'_>,
    (frame, slide, at): (&Frame, &Composed, usize),
    larger: f64,
    package: &mut Package,
) {
    let media = tree.media;
    let shapes = slide.shapes.iter().cloned();
    let shapes: Vec<Shape> = shapes.map(|shape| shape.moved(larger, 0.0, 0.0)).collect();
    if tree.setter.rtl && wide.slots.is_none() {
        tree.write(&mirrored(&shapes, f64::from(wide.sheet.size.0)));
    } else {
        tree.write(&shapes);
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
