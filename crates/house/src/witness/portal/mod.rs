//! What anybody may ask of the log: its checkpoint, its tiles, proofs; the page on which a stranger
//! checks a note or a file; and the door at which other houses ask us to cosign.

pub mod checkpoint;
pub mod cosigning;
pub mod note_check;
pub mod proof;
pub mod tile;

use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderValue};

/// Tiles and proofs between named sizes never change.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The newest checkpoint changes with every act.
const SECONDS: HeaderValue = HeaderValue::from_static("public, max-age=5");

fn answer(kind: &'static str, cached: HeaderValue, body: impl IntoResponse) -> Response {
    let mut answer = body.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, cached);
    answer
}
