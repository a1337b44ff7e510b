//! What the speaker says, on the pages of the notes.

use super::body::Setter;
use super::package::{Package, Relations};
use super::paint::{Colour, Ground, Paints};
use super::scene::{Align, Face, Mark, Style, Text};
use super::words::Words;
use super::xml::Xml;
use super::{Lost, Wide, roots, slide_path};
use crate::deck::Frame;
use crate::palette::{BLACK, WHITE};
use crate::render::Cache;

/// The path of a slide's notes.
pub fn path(at: usize) -> String {
    format!("ppt/notesSlides/notesSlide{}.xml", at + 1)
}

/// Writes the notes of a slide, if there are any, on pages of a master.
pub fn add(
    wide: &Wide<'_>,
    setter: &Setter<'_>,
    (frame, at, own_master): (&Frame, usize, &str),
    cache: &mut Cache,
    lost: &mut Lost,
    package: &mut Package,
) {
    if frame.notes.is_empty() {
        return;
    }
    let black = Colour::fixed(BLACK);
    let ground = Ground {
        bg: Colour::fixed(WHITE),
        fg: black,
        soft: black,
        mark: black,
        spot: black,
    };
    let mut words = Words {
        ground,
        slides: &wide.slides,
        formulas: &mut cache.formulas,
        lost,
        accents: false,
        size: 16.0,
        tight: 1.0,
    };
    let mut paras = words.blocks(&frame.notes);
    for para in &mut paras {
        para.size = None;
        para.line = None;
        para.align = None;
        para.before = None;
        if para.mark == Mark::Bullet || matches!(para.mark, Mark::Number(_)) {
            para.hangs = false;
        }
        for run in &mut para.runs {
            run.colour = None;
            run.behind = None;
            run.scale = None;
        }
    }
    let style = Style {
        size: 16.0,
        colour: Paints::of(wide.theme).get("ink"),
        mark: black,
        face: Face::Text,
        bold: false,
        line: 1.2,
        track: 0.0,
        gap: 0.2,
        align: Align::Start,
    };
    let text = Text::new(style, paras);
    let mut relations = Relations::default();
    let mut xml = Xml::document();
    xml.open("p:notes");
    roots(&mut xml);
    xml.piece(
        "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/>\
         </p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide 2\"/><p:cNvSpPr>\
         <a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"sldImg\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr>\
         <p:cNvPr id=\"3\" name=\"Notes 3\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"body\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>",
    );
    setter.paras(&mut xml, &text, &mut relations);
    xml.piece(
        "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>",
    );
    relations.to("notesMaster", own_master);
    relations.to("slide", &slide_path(at));
    package.add(
        &path(at),
        "presentationml.notesSlide",
        xml.finish(),
        relations,
    );
}
