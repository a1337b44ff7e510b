//! Pictures, films and sounds as a server sends them: whole, or in the parts
//! that a browser asks for to move about in a film.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use super::range::{Wanted, wanted};
use crate::render::Pages;
use crate::source::{Part, part_within};

/// The file of a key, or as much of it as was asked for.
pub fn answer(pages: &Pages, key: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = pages.assets.get(key) else {
        return (StatusCode::NOT_FOUND, "No slide shows this picture.\n").into_response();
    };
    // Films are asked for in parts, or nobody could move about in them.
    let range = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    let length = asset.length();
    let (status, bytes) = match wanted(range, length) {
        Wanted::All => (StatusCode::OK, 0..length),
        Wanted::Bytes(bytes) => (StatusCode::PARTIAL_CONTENT, bytes),
        Wanted::Nothing => {
            let all = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, all).into_response();
        }
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, asset.mime)
        .header(header::CONTENT_LENGTH, bytes.end - bytes.start)
        .header(header::ACCEPT_RANGES, "bytes")
        // The key is made of the content, so it never means anything else. The
        // policy keeps a script in an SVG from running when it is opened alone.
        .header(header::CACHE_CONTROL, "max-age=31536000, immutable")
        .header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        );
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {}-{}/{length}", bytes.start, bytes.end - 1);
        response = response.header(header::CONTENT_RANGE, part);
    }
    let body = match &asset.linked {
        Some(part) => from_disk(part.clone(), bytes),
        None => {
            let whole = Bytes::from_owner(asset.bytes.clone());
            Body::from(whole.slice(bytes.start as usize..bytes.end as usize))
        }
    };
    response
        .body(body)
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Bytes of a long file that are read at once.
const PIECE: u64 = 256 * 1024;

/// Some bytes of a file, read as they are sent.
fn from_disk(part: Part, bytes: std::ops::Range<u64>) -> Body {
    Body::from_stream(stream::unfold(bytes, move |bytes| {
        let part = part.clone();
        async move {
            let most = (bytes.end - bytes.start).min(PIECE) as usize;
            if most == 0 {
                return None;
            }
            let read = part_within(&part.root, &part.relative, bytes.start, most)
                .map_err(|error| std::io::Error::other(error.to_string()));
            let next = match &read {
                Ok(piece) if !piece.is_empty() => bytes.start + piece.len() as u64,
                Ok(_) | Err(_) => bytes.end,
            };
            Some((read, next..bytes.end))
        }
    }))
}
