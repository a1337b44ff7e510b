//! The bytes of files.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

/// The text that bytes are, what is no UTF-8 replaced; borrowed if all of it is. The
/// standard library's [`String::from_utf8_lossy`] is several times slower where nothing
/// is to be replaced.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// The bytes of a file, shared by all who ask for it, and hashed once.
#[derive(Clone)]
pub struct Content(Arc<Inner>);

struct Inner {
    bytes: Box<[u8]>,
    digest: OnceLock<[u8; 32]>,
}

impl Content {
    /// SHA-256 of the bytes.
    pub fn digest(&self) -> &[u8; 32] {
        self.0
            .digest
            .get_or_init(|| Sha256::digest(&self.0.bytes).into())
    }
}

impl Deref for Content {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl AsRef<[u8]> for Content {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl<T: Into<Box<[u8]>>> From<T> for Content {
    fn from(bytes: T) -> Self {
        Content(Arc::new(Inner {
            bytes: bytes.into(),
            digest: OnceLock::new(),
        }))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self[..] == other[..]
    }
}

impl Eq for Content {}
