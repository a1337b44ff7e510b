//! Films and sounds in an export: held by it as far as they are short, else
//! linked to where they lie.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use super::data_url;
use crate::render::{ASSET_SCHEME, Pages};
use crate::source::Part;

/// Puts files in the place of their keys.
pub struct Players<'a> {
    pages: &'a Pages,
    /// The folder that the export will lie in.
    beside: Option<&'a Path>,
    /// What stands in the page already.
    held: HashSet<String>,
}

impl<'a> Players<'a> {
    /// Of a page that holds none so far.
    pub fn new(pages: &'a Pages, beside: Option<&'a Path>) -> Self {
        Players {
            pages,
            beside,
            held: HashSet::new(),
        }
    }

    /// A `<video>`, `<audio>` or `<track>` as it stands in the export. The second
    /// one that plays a file borrows it from the first, by our script: there is no
    /// other way to write a film once.
    pub fn element(&mut self, element: &str) -> String {
        let mut res = String::with_capacity(element.len());
        let mut rest = element;
        while let Some((front, address)) = rest.split_once(ASSET_SCHEME) {
            let end = address.find('"').unwrap_or(address.len());
            let (address, behind) = address.split_at(end);
            let (key, fragment) = match address.find('#') {
                Some(at) => address.split_at(at),
                None => (address, ""),
            };
            let is_player = !element.starts_with("<track") && front.ends_with(" src=\"");
            res += front;
            rest = behind;
            let Some(asset) = self.pages.assets.get(key) else {
                continue;
            };
            match &asset.linked {
                Some(part) => res += &(link(part, self.beside) + fragment),
                None if !is_player => res += &data_url(asset),
                None if self.held.insert(key.to_string()) => {
                    res.truncate(res.len() - "src=\"".len());
                    res += &format!("data-media=\"{key}\" src=\"{}{fragment}", data_url(asset));
                }
                None => {
                    res.truncate(res.len() - "src=\"".len());
                    res += &format!("data-same=\"{key}\" data-part=\"{fragment}");
                }
            }
        }
        res + rest
    }
}

/// The address of a file from a folder: as the deck says it where that is unknown.
fn link(part: &Part, beside: Option<&Path>) -> String {
    let as_written = PathBuf::from(&part.relative);
    let path = beside
        .and_then(|folder| {
            let from = folder.canonicalize().ok()?;
            let to = part.root.join(&part.relative).canonicalize().ok()?;
            from_to(&from, &to)
        })
        .unwrap_or(as_written);
    let mut res = String::new();
    for component in path.components() {
        let name = match component {
            Component::ParentDir => "..".into(),
            Component::Normal(name) => name.to_string_lossy(),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => continue,
        };
        if !res.is_empty() {
            res.push('/');
        }
        for byte in name.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    res.push(char::from(byte));
                }
                _ => res += &format!("%{byte:02X}"),
            }
        }
    }
    res
}

/// A path as it is said in a folder; `None` if they have no root in common.
fn from_to(from: &Path, to: &Path) -> Option<PathBuf> {
    let same = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    (same > 0).then(|| {
        let up = from.components().skip(same).map(|_| Component::ParentDir);
        up.chain(to.components().skip(same)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_said_from_where_the_export_lies() {
        let said = |from: &str, to: &str| from_to(Path::new(from), Path::new(to));
        assert_eq!(said("/a/b", "/a/b/c.mp4"), Some("c.mp4".into()));
        assert_eq!(said("/a/x/y", "/a/b/c.mp4"), Some("../../b/c.mp4".into()));
    }

    #[test]
    fn an_address_has_no_character_that_means_something() {
        let part = Part {
            root: "nowhere".into(),
            relative: "a b/\"#1?.mp4".into(),
            length: 1,
            start: Vec::new().into(),
            print: 1,
        };
        assert_eq!(link(&part, None), "a%20b/%22%231%3F.mp4");
    }
}
