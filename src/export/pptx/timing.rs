//! What happens while a slide is shown: how it follows the one before, and what
//! appears at each step.

use super::xml::Xml;

/// Something that appears: a shape, or one of its paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The number of the shape.
    pub id: u32,
    /// The paragraph, from 0.
    pub para: Option<usize>,
}

/// The transition that is nearest to one of ours.
pub fn transition(xml: &mut Xml, classes: &[String]) {
    let is = |name: &str| {
        classes
            .iter()
            .any(|class| class == &format!("transition-{name}"))
    };
    let plain = |xml: &mut Xml, tag: &'static str, way: Option<&str>| {
        xml.open("p:transition").attr("spd", "fast");
        xml.open(tag).attr_if("dir", way).close();
        xml.close();
    };
    if is("none") {
        return;
    }
    if is("slide") {
        return plain(xml, "p:cover", Some("l"));
    }
    if is("push") {
        return plain(xml, "p:push", Some("l"));
    }
    if !is("morph") {
        return plain(xml, "p:fade", None);
    }
    xml.open("mc:AlternateContent").attr(
        "xmlns:mc",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
    );
    xml.open("mc:Choice")
        .attr(
            "xmlns:p159",
            "http://schemas.microsoft.com/office/powerpoint/2015/09/main",
        )
        .attr("Requires", "p159")
        .open("p:transition")
        .attr("spd", "slow")
        .open("p159:morph")
        .attr("option", "byObject");
    xml.close().close().close().open("mc:Fallback");
    plain(xml, "p:fade", None);
    xml.close().close();
}

/// Each step as a click at which things appear.
pub fn timing(xml: &mut Xml, steps: &[(u16, Target)]) {
    if steps.is_empty() {
        return;
    }
    let mut numbers: Vec<u16> = steps.iter().map(|(step, _)| *step).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut last = 2;
    let mut next = || {
        last += 1;
        last
    };
    xml.piece(
        "<p:timing><p:tnLst><p:par><p:cTn id=\"1\" dur=\"indefinite\" restart=\"never\" \
         nodeType=\"tmRoot\"><p:childTnLst><p:seq concurrent=\"1\" nextAc=\"seek\">\
         <p:cTn id=\"2\" dur=\"indefinite\" nodeType=\"mainSeq\"><p:childTnLst>",
    );
    for number in numbers {
        let click = next();
        let inner = next();
        xml.piece(&format!(
            "<p:par><p:cTn id=\"{click}\" fill=\"hold\"><p:stCondLst><p:cond delay=\"indefinite\"/>\
             </p:stCondLst><p:childTnLst><p:par><p:cTn id=\"{inner}\" fill=\"hold\"><p:stCondLst>\
             <p:cond delay=\"0\"/></p:stCondLst><p:childTnLst>"
        ));
        let own = steps.iter().filter(|(step, _)| *step == number);
        for ((_, target), nth) in own.zip(0..) {
            let kind = if nth == 0 {
                "clickEffect"
            } else {
                "withEffect"
            };
            let (effect, set) = (next(), next());
            appear(xml, *target, kind, effect, set);
        }
        xml.piece("</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>");
    }
    xml.piece(
        "</p:childTnLst></p:cTn><p:prevCondLst><p:cond evt=\"onPrev\" delay=\"0\"><p:tgtEl>\
         <p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst><p:nextCondLst><p:cond evt=\"onNext\" \
         delay=\"0\"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>\
         </p:childTnLst></p:cTn></p:par></p:tnLst>",
    );
    let mut built: Vec<u32> = steps
        .iter()
        .filter(|(_, target)| target.para.is_some())
        .map(|(_, target)| target.id)
        .collect();
    built.sort_unstable();
    built.dedup();
    if !built.is_empty() {
        xml.open("p:bldLst");
        for id in built {
            xml.open("p:bldP")
                .attr("spid", id)
                .attr("grpId", 0)
                .attr("build", "p")
                .close();
        }
        xml.close();
    }
    xml.piece("</p:timing>");
}

fn appear(xml: &mut Xml, target: Target, kind: &str, effect: u32, set: u32) {
    // Paragraphs are built, and what builds has a group.
    let group = if target.para.is_some() {
        " grpId=\"0\""
    } else {
        ""
    };
    xml.piece(&format!(
        "<p:par><p:cTn id=\"{effect}\" presetID=\"1\" presetClass=\"entr\" presetSubtype=\"0\" \
         fill=\"hold\"{group} nodeType=\"{kind}\"><p:stCondLst><p:cond delay=\"0\"/></p:stCondLst>\
         <p:childTnLst><p:set><p:cBhvr><p:cTn id=\"{set}\" dur=\"1\" fill=\"hold\"><p:stCondLst>\
         <p:cond delay=\"0\"/></p:stCondLst></p:cTn><p:tgtEl>"
    ));
    xml.open("p:spTgt").attr("spid", target.id);
    if let Some(para) = target.para {
        xml.open("p:txEl")
            .open("p:pRg")
            .attr("st", para)
            .attr("end", para)
            .close()
            .close();
    }
    xml.close();
    xml.piece(
        "</p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst>\
         </p:cBhvr><p:to><p:strVal val=\"visible\"/></p:to></p:set></p:childTnLst></p:cTn></p:par>",
    );
}
