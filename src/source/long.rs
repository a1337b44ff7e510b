//! Files that may be too long to be held in memory, such as films.

use std::path::PathBuf;

use super::Content;

/// What is known of a file that may be long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Long {
    /// All of it.
    Whole(Content),
    /// Where the rest is.
    Part(Part),
}

/// A file of which only the start was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The folder it must stay in.
    pub root: PathBuf,
    /// Its path below that.
    pub relative: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its first bytes.
    pub start: Content,
    /// Differs when the file does, as far as can be told without reading it.
    pub print: u64,
}
