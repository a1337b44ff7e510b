//! Pictures, films and sounds as files.

use crate::source::{Content, Part};

/// A picture a slide names, and the asset it was found to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AssetRef {
    /// As written.
    pub href: String,
    /// Key into [`Plan::assets`](super::Plan::assets); `None` if nothing was found.
    pub key: Option<String>,
    /// Width and height in pixels, if the file says so.
    pub size: Option<(u32, u32)>,
}

/// The bytes of a picture, film or sound, or the captions of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Media type: `image/png`.
    pub mime: &'static str,
    /// The file as it is; its start if it is `linked`.
    pub bytes: Content,
    /// Where the file is, if it is too long to be held in memory.
    pub linked: Option<Part>,
    /// Width and height in pixels, if the file says so.
    pub size: Option<(u32, u32)>,
}

impl Asset {
    /// Bytes of the whole file.
    pub fn length(&self) -> u64 {
        match &self.linked {
            Some(part) => part.length,
            None => self.bytes.len() as u64,
        }
    }
}
