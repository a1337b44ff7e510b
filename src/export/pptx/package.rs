//! The parts of a presentation, how they refer to each other, and the archive
//! they are put into. The same parts give the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use anyhow::Context;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// What a part of a presentation is: its media type behind the common beginning.
const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";

/// Media types by the ending of a part's name.
const ENDINGS: [(&str, &str); 9] = [
    (
        "rels",
        "application/vnd.openxmlformats-package.relationships+xml",
    ),
    ("xml", "application/xml"),
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("svg", "image/svg+xml"),
    ("fntdata", "application/x-fontdata"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
];

/// The parts that one part refers to.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    list: Vec<Relation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Relation {
    kind: String,
    target: String,
    is_outside: bool,
}

impl Relations {
    /// The name by which a part refers to another one, given by its path.
    pub fn to(&mut self, kind: &str, path: &str) -> String {
        self.add(kind, path, false)
    }

    /// The same for an address.
    pub fn outside(&mut self, kind: &str, address: &str) -> String {
        self.add(kind, address, true)
    }

    fn add(&mut self, kind: &str, target: &str, is_outside: bool) -> String {
        let kind = match kind.contains("://") {
            true => kind.to_string(),
            false => format!("{RELATIONS}/{kind}"),
        };
        let relation = Relation {
            kind,
            target: target.into(),
            is_outside,
        };
        let known = self.list.iter().position(|own| *own == relation);
        let at = known.unwrap_or_else(|| {
            self.list.push(relation);
            self.list.len() - 1
        });
        format!("rId{}", at + 1)
    }

    fn xml(&self, of: &str) -> String {
        let mut xml = Xml::document();
        xml.open("Relationships")
            .attr("xmlns", format!("{PACKAGE}/relationships"));
        for (relation, number) in self.list.iter().zip(1..) {
            xml.open("Relationship")
                .attr("Id", format!("rId{number}"))
                .attr("Type", &relation.kind);
            if relation.is_outside {
                xml.attr("Target", &relation.target)
                    .attr("TargetMode", "External");
            } else {
                xml.attr("Target", relative(of, &relation.target));
            }
            xml.close();
        }
        xml.finish()
    }
}

/// The parts of a presentation.
#[derive(Default)]
pub struct Package {
    /// Parts by path, with their relations.
    parts: BTreeMap<String, (Vec<u8>, Relations)>,
    /// Media types that the ending of a name does not tell.
    types: BTreeMap<String, String>,
}

impl Package {
    /// Adds a part of XML; `kind` is what it is, behind the beginning that all
    /// kinds have in common.
    pub fn add(&mut self, path: &str, kind: &str, xml: String, relations: Relations) {
        let kind = match kind.contains('/') {
            true => kind.to_string(),
            false => format!("{OFFICE}{kind}+xml"),
        };
        self.types.insert(path.into(), kind);
        self.parts
            .insert(path.into(), (xml.into_bytes(), relations));
    }

    /// Adds a file whose name tells what it is.
    pub fn add_file(&mut self, path: &str, bytes: Vec<u8>) {
        self.parts
            .insert(path.into(), (bytes, Relations::default()));
    }

    /// Adds a part of another presentation with its media type, if it has one. Its
    /// relations are such a part too.
    pub fn add_raw(&mut self, path: &str, bytes: Vec<u8>, kind: Option<&String>) {
        if let Some(kind) = kind.filter(|_| !path.ends_with(".rels")) {
            self.types.insert(path.into(), kind.clone());
        }
        self.add_file(path, bytes);
    }

    /// The slides and charts so far.
    pub fn texts(&self) -> Vec<&str> {
        let is_text = |path: &str| {
            (path.starts_with("ppt/slides/") || path.starts_with("ppt/charts/"))
                && path.ends_with(".xml")
        };
        let parts = self.parts.iter().filter(|(path, _)| is_text(path));
        parts
            .filter_map(|(_, (bytes, _))| std::str::from_utf8(bytes).ok())
            .collect()
    }

    /// Whether there is such a part.
    pub fn holds(&self, path: &str) -> bool {
        self.parts.contains_key(path)
    }

    /// The archive; `root` are the relations of the whole.
    pub fn finish(self, root: &Relations) -> anyhow::Result<Vec<u8>> {
        let mut files: Vec<(String, Vec<u8>)> = vec![
            (
                "[Content_Types].xml".into(),
                self.content_types().into_bytes(),
            ),
            ("_rels/.rels".into(), root.xml("").into_bytes()),
        ];
        for (path, (bytes, relations)) in self.parts {
            if !relations.list.is_empty() {
                let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
                let beside = format!("{folder}/_rels/{name}.rels");
                files.push((
                    beside.trim_start_matches('/').to_string(),
                    relations.xml(&path).into_bytes(),
                ));
            }
            files.push((path, bytes));
        }
        archive(files)
    }

    fn content_types(&self) -> String {
        let mut xml = Xml::document();
        xml.open("Types")
            .attr("xmlns", format!("{PACKAGE}/content-types"));
        let is_used = |ending: &str| {
            let names = self.parts.keys();
            matches!(ending, "rels" | "xml")
                || names
                    .filter(|path| !self.types.contains_key(*path))
                    .any(|path| path.ends_with(&format!(".{ending}")))
        };
        for (ending, kind) in ENDINGS.iter().filter(|(ending, _)| is_used(ending)) {
            xml.open("Default")
                .attr("Extension", ending)
                .attr("ContentType", kind)
                .close();
        }
        for (path, kind) in &self.types {
            xml.open("Override")
                .attr("PartName", format!("/{path}"))
                .attr("ContentType", kind)
                .close();
        }
        xml.finish()
    }
}

/// Files in an archive whose bytes depend on nothing else. What says who wrote it
/// stands first and as it is, so that our own files are known again.
pub fn archive(mut files: Vec<(String, Vec<u8>)>) -> anyhow::Result<Vec<u8>> {
    files.sort_by_key(|(path, _)| path != "docProps/app.xml");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let is_packed = [".png", ".jpeg", ".jpg", ".gif", ".xlsx", "docProps/app.xml"]
            .iter()
            .any(|ending| path.ends_with(ending));
        let method = if is_packed {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(path, options)
            .context("cannot begin a part of the archive")?;
        zip.write_all(&bytes)
            .context("cannot write a part of the archive")?;
    }
    let done = zip.finish().context("cannot end the archive")?;
    Ok(done.into_inner())
}

/// The path of a part as another one names it.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let folders = &from[..from.len() - 1];
    let to: Vec<&str> = to.split('/').collect();
    let same = folders.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec![".."; folders.len() - same];
    up.into_iter()
        .chain(to[same..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::{Relations, relative};

    #[test]
    fn parts_name_each_other_by_the_way_between_them() {
        assert_eq!(relative("", "ppt/presentation.xml"), "ppt/presentation.xml");
        assert_eq!(
            relative("ppt/presentation.xml", "ppt/slides/slide1.xml"),
            "slides/slide1.xml"
        );
        assert_eq!(
            relative("ppt/slides/slide1.xml", "ppt/media/a.png"),
            "../media/a.png"
        );
    }

    #[test]
    fn the_same_relation_has_one_name() {
        let mut relations = Relations::default();
        let first = relations.to("image", "ppt/media/a.png");
        relations.outside("hyperlink", "https://example.org/?a=1&b=\"2\"");
        assert_eq!(first, relations.to("image", "ppt/media/a.png"));
        let xml = relations.xml("ppt/slides/slide1.xml");
        assert_eq!(xml.matches("<Relationship ").count(), 2, "{xml}");
        assert!(xml.contains("b=&quot;2&quot;"), "{xml}");
    }
}
