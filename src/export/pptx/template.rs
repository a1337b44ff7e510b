//! A presentation or template of somebody's house, whose masters, layouts and
//! themes slides take instead of ours.
//!
//! Its slides go, everything else stays as it is. A layout of ours takes the one
//! of the same name, else the one of the kind that Office gives it; a part takes
//! the place that holds such things there.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::PX;
use super::package::{Package, Relations};
use super::scene::{Holder, Rect};
use crate::open::Trouble;
use crate::theme::places::Layout;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Bytes of a template beyond which it is refused, unpacked.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Files that a template may hold.
const MAX_FILES: usize = 5_000;
/// What does not stay of a template: its slides, and what says whose they are.
const GONE: [&str; 5] = [
    "ppt/slides/",
    "ppt/notesSlides/",
    "docProps/",
    "_rels/",
    "ppt/comments/",
];

/// Kinds of places, as Office names them.
const KINDS: [&str; 11] = [
    "title", "ctrTitle", "subTitle", "body", "obj", "pic", "tbl", "chart", "ftr", "sldNum", "",
];

/// Which kinds of layouts of Office a layout of ours may take, the nearest first.
const LAYOUTS: [(&str, &[&str]); 13] = [
    ("title", &["title", "titleOnly"]),
    ("section", &["secHead", "titleOnly", "title"]),
    ("statement", &["secHead", "titleOnly", "title"]),
    ("closing", &["title", "secHead"]),
    ("two-columns", &["twoObj", "twoTxTwoObj"]),
    ("picture", &["picTx", "blank", "titleOnly"]),
    ("picture-full", &["picTx", "titleOnly"]),
    ("picture-beside", &["picTx", "twoObj"]),
    ("picture-left", &["picTx", "twoObj"]),
    ("big-figure", &["titleOnly", "obj"]),
    ("quote", &["obj", "titleOnly"]),
    ("chart-beside", &["twoObj", "obj"]),
    ("bullets-wide", &["obj"]),
];

/// A template, read.
pub struct Template {
    parts: BTreeMap<String, Vec<u8>>,
    types: BTreeMap<String, String>,
    /// Width and height of its slides.
    pub size: (i64, i64),
    layouts: Vec<Own>,
    masters: Vec<(String, String)>,
    notes: Option<String>,
    /// What else its presentation refers to.
    kept: Vec<(String, String)>,
}

/// A layout of the template.
struct Own {
    path: String,
    name: String,
    kind: String,
    holders: Vec<Held>,
}

/// A place of it.
#[derive(Debug, Clone)]
struct Held {
    kind: &'static str,
    idx: u32,
    at: Option<Rect>,
}

/// The place of a template that a part of ours takes.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What is filled.
    pub holder: Holder,
    /// Where it is, in units of the template's slides.
    pub at: Rect,
}

impl Template {
    /// Reads a file; `name` is what the user calls it.
    pub fn read(bytes: &[u8], name: &str) -> Result<Template, Trouble> {
        Template::open(bytes).ok_or_else(|| Trouble {
            what: format!("`{name}` is no presentation or template"),
            help: "name a `.potx` or `.pptx` file that PowerPoint opens".into(),
        })
    }

    fn open(bytes: &[u8]) -> Option<Template> {
        let (parts, types) = unpacked(bytes)?;
        let main = "ppt/presentation.xml";
        let text = std::str::from_utf8(parts.get(main)?).ok()?;
        let document = Document::parse(text).ok()?;
        let known = relations(&parts, main);
        let path_of = |node: &Node<'_, '_>| {
            let id = node.attribute((OFFICE, "id"))?;
            known
                .iter()
                .find(|(own, _, _)| own == id)
                .map(|(_, _, path)| path.clone())
        };
        let named = |name: &'static str| {
            let all = document.descendants();
            all.filter(move |node| node.is_element() && node.tag_name().name() == name)
        };
        let masters: Vec<(String, String)> = named("sldMasterId")
            .filter_map(|node| Some((node.attribute("id")?.to_string(), path_of(&node)?)))
            .collect();
        let size = named("sldSz").next()?;
        let number = |name: &str| size.attribute(name)?.parse::<i64>().ok().filter(|n| *n > 0);
        let mut layouts = Vec::new();
        for (_, master) in &masters {
            let above = holders(&parts, master, &[]);
            for (_, kind, path) in relations(&parts, master) {
                if kind.ends_with("/slideLayout") {
                    layouts.extend(layout(&parts, path, &above));
                }
            }
        }
        let size = (number("cx")?, number("cy")?);
        let notes = named("notesMasterId")
            .next()
            .and_then(|node| path_of(&node));
        let own = ["/slide", "/slideMaster", "/notesMaster"];
        let is_own = |kind: &str| own.iter().any(|own| kind.ends_with(own));
        let kept = known
            .iter()
            .filter(|(_, kind, path)| !is_own(kind) && parts.contains_key(path))
            .map(|(_, kind, path)| (kind.clone(), path.clone()));
        let kept = kept.collect();
        (!layouts.is_empty()).then_some(Template {
            size,
            layouts,
            masters,
            notes,
            kept,
            types,
            parts,
        })
    }

    /// The path of the layout that one of ours takes.
    pub fn path(&self, layout: &Layout) -> &str {
        &self.own(layout).path
    }

    fn own(&self, layout: &Layout) -> &Own {
        let is_named = |own: &&Own| {
            let name = own.name.trim().to_lowercase();
            let ours = layout.name.as_deref().unwrap_or_default().to_lowercase();
            name == layout.id || name == ours || name == layout.id.replace('-', " ")
        };
        if let Some(own) = self.layouts.iter().find(is_named) {
            return own;
        }
        let stem = layout.like.as_deref().unwrap_or(&layout.id);
        let kinds = LAYOUTS
            .iter()
            .find(|(id, _)| *id == layout.id)
            .or_else(|| LAYOUTS.iter().find(|(id, _)| *id == stem))
            .map_or(&["obj"][..], |(_, kinds)| *kinds);
        let of_kind = |kind: &&str| self.layouts.iter().find(|own| own.kind == **kind);
        let usual = || self.layouts.iter().find(|own| own.kind == "obj");
        kinds
            .iter()
            .find_map(of_kind)
            .or_else(usual)
            .unwrap_or(&self.layouts[0])
    }

    /// The places that the parts of a layout of ours take, by part.
    pub fn slots(&self, layout: &Layout) -> BTreeMap<String, Slot> {
        let own = self.own(layout);
        let mut free: Vec<&Held> = own
            .holders
            .iter()
            .filter(|held| held.at.is_some())
            .collect();
        let mut res = BTreeMap::new();
        let mut take = |part: &str, kinds: &[&str]| {
            if !layout.parts.contains_key(part) {
                return;
            }
            // The largest place that takes it, of equal ones the first.
            let area = |held: &Held| held.at.map_or(0.0, |at| at.w * at.h);
            let mut found: Option<usize> = None;
            for (at, held) in free.iter().enumerate() {
                let is_larger = found.is_none_or(|best| area(held) > area(free[best]) * 1.05);
                if kinds.contains(&held.kind) && is_larger {
                    found = Some(at);
                }
            }
            if let Some(at) = found {
                let held = free.remove(at);
                let slot = Slot {
                    holder: Holder {
                        kind: held.kind,
                        idx: held.idx,
                    },
                    at: held.at.unwrap_or_default(),
                };
                res.insert(part.to_string(), slot);
            }
        };
        const CONTENT: [&str; 5] = ["", "obj", "body", "tbl", "chart"];
        take("title", &["title", "ctrTitle"]);
        take("number", &["sldNum"]);
        take("footer", &["ftr"]);
        take("picture", &["pic"]);
        if layout.id.starts_with("title") {
            take("body", &["subTitle"]);
            take("meta", &["subTitle", "body"]);
        }
        // What a slide is about comes first, what is said beside it second.
        for part in [
            "left", "right", "drawing", "agenda", "quote", "figure", "body",
        ] {
            take(part, &CONTENT);
        }
        take("body", &["subTitle"]);
        res
    }

    /// Puts all that stays into a presentation.
    pub fn add(&self, package: &mut Package) {
        let is_main = |path: &str| {
            matches!(
                path,
                "ppt/presentation.xml" | "ppt/_rels/presentation.xml.rels"
            )
        };
        for (path, bytes) in self.parts.iter().filter(|(path, _)| !is_main(path)) {
            package.add_raw(path, bytes.clone(), self.types.get(path));
        }
    }

    /// What the presentation refers to, and its masters by number and name.
    pub fn refer(&self, relations: &mut Relations) -> Vec<(String, String)> {
        for (kind, path) in &self.kept {
            relations.to(kind, path);
        }
        self.masters
            .iter()
            .map(|(number, path)| (number.clone(), relations.to("slideMaster", path)))
            .collect()
    }

    /// Where its master of notes lies, if it has one.
    pub fn notes(&self) -> Option<&str> {
        self.notes.as_deref()
    }
}

type Unpacked = (BTreeMap<String, Vec<u8>>, BTreeMap<String, String>);

/// The parts that stay, and the media type of each.
fn unpacked(bytes: &[u8]) -> Option<Unpacked> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if zip.len() > MAX_FILES {
        return None;
    }
    let mut all = BTreeMap::new();
    let mut left = MAX_BYTES;
    for at in 0..zip.len() {
        let file = zip.by_index(at).ok()?;
        let name = file.name().ok()?.trim_start_matches('/').to_string();
        if file.is_dir() || name.contains("..") {
            continue;
        }
        let mut bytes = Vec::new();
        file.take(left).read_to_end(&mut bytes).ok()?;
        left = left
            .checked_sub(bytes.len() as u64)
            .filter(|left| *left > 0)?;
        all.insert(name, bytes);
    }
    let types = all.remove("[Content_Types].xml")?;
    let types = Document::parse(std::str::from_utf8(&types).ok()?)
        .ok()?
        .root_element()
        .children()
        .filter_map(|node| {
            let key = node.attribute("PartName").or(node.attribute("Extension"))?;
            let kind = node.attribute("ContentType")?;
            Some((key.trim_start_matches('/').to_string(), kind.to_string()))
        })
        .collect::<BTreeMap<String, String>>();
    all.retain(|path, _| !GONE.iter().any(|gone| path.starts_with(gone)));
    let kind = |path: &String| {
        let ending = path.rsplit('.').next().unwrap_or_default();
        types.get(path).or_else(|| types.get(ending)).cloned()
    };
    let own = all
        .keys()
        .filter_map(|path| Some((path.clone(), kind(path)?)));
    let own = own.collect();
    Some((all, own))
}

/// What a part refers to within the template: name, kind and path.
fn relations(parts: &BTreeMap<String, Vec<u8>>, of: &str) -> Vec<(String, String, String)> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let Some(document) = parts
        .get(&format!("{folder}/_rels/{name}.rels"))
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .and_then(|text| Document::parse(text).ok())
    else {
        return Vec::new();
    };
    let path = |target: &str| {
        if let Some(whole) = target.strip_prefix('/') {
            return whole.to_string();
        }
        let mut at: Vec<&str> = folder.split('/').collect();
        for part in target.split('/') {
            match part {
                ".." => drop(at.pop()),
                part => at.push(part),
            }
        }
        at.join("/")
    };
    let nodes = document.root_element().children().filter(Node::is_element);
    nodes
        .filter(|node| node.attribute("TargetMode") != Some("External"))
        .filter_map(|node| {
            let kind = node.attribute("Type")?.to_string();
            let id = node.attribute("Id")?.to_string();
            Some((id, kind, path(node.attribute("Target")?)))
        })
        .collect()
}

fn layout(parts: &BTreeMap<String, Vec<u8>>, path: String, above: &[Held]) -> Option<Own> {
    let text = std::str::from_utf8(parts.get(&path)?).ok()?;
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    let name = root
        .descendants()
        .find(|node| node.tag_name().name() == "cSld")?
        .attribute("name")
        .unwrap_or_default()
        .to_string();
    let kind = root.attribute("type").unwrap_or_default().to_string();
    let mut holders = holders(parts, &path, above);
    holders.sort_by_key(|held| held.idx);
    Some(Own {
        path,
        name,
        kind,
        holders,
    })
}

/// The places of a layout or master; what does not say where it is stands where
/// its like does in the master.
fn holders(parts: &BTreeMap<String, Vec<u8>>, path: &str, above: &[Held]) -> Vec<Held> {
    let Some(document) = parts
        .get(path)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .and_then(|text| Document::parse(text).ok())
    else {
        return Vec::new();
    };
    let mut res = Vec::new();
    let is = |name: &'static str| move |node: &Node<'_, '_>| node.tag_name().name() == name;
    for holder in document.descendants().filter(is("ph")) {
        let said = holder.attribute("type").unwrap_or_default();
        let Some(kind) = KINDS.into_iter().find(|kind| *kind == said) else {
            continue;
        };
        let shape = holder.ancestors().nth(3);
        let place = shape.and_then(|shape| shape.descendants().find(is("xfrm")));
        let at = place.and_then(|place| {
            let number = |tag: &'static str, name: &str| {
                let node = place.children().find(is(tag))?;
                node.attribute(name)?.parse::<f64>().ok().map(|n| n / PX)
            };
            Some(Rect {
                x: number("off", "x")?,
                y: number("off", "y")?,
                w: number("ext", "cx")?,
                h: number("ext", "cy")?,
            })
        });
        let like = |held: &&Held| {
            let general = |kind: &str| match kind {
                "ctrTitle" => "title",
                "" | "obj" | "subTitle" | "tbl" | "chart" => "body",
                _ => "",
            };
            held.kind == kind || held.kind == general(kind)
        };
        let inherited = || above.iter().find(like).and_then(|held| held.at);
        res.push(Held {
            kind,
            idx: holder
                .attribute("idx")
                .and_then(|idx| idx.parse().ok())
                .unwrap_or(0),
            at: at.or_else(inherited),
        });
    }
    res
}
