//! What a page may load and run: its Content-Security-Policy.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Pages;

/// Where an export may have films from: itself, and a file beside it only if
/// there is one too long to be in it; `plays` says whether it has any.
pub fn exported_media(pages: &Pages, plays: bool) -> &'static str {
    let has_linked = pages.assets.values().any(|asset| asset.linked.is_some());
    match (plays, has_linked) {
        (false, _) => "'none'",
        (true, false) => "data:",
        (true, true) => "data: 'self'",
    }
}

/// Nothing but our own scripts, known by their hashes.
pub fn policy(scripts: &[&str], images: &str, media: &str, connect: &str) -> String {
    let mut hashes = Vec::new();
    for script in scripts {
        let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
        hashes.push(format!("'sha256-{hash}'"));
    }
    hashes.dedup();
    let hashes = hashes.join(" ");
    format!(
        "default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src {images}; media-src {media}; \
         font-src data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
}
