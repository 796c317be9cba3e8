//! Cleaning what was pasted: HTML in, the editor's document out.
//!
//! A body that is too large is refused, and the editor cleans it by itself.

use axum::Json;
use axum::body::Bytes;
use axum::response::IntoResponse;
use base::Fault;
use serde_json::json;
use web::{By, Page};

/// The clipboard's HTML as a document of ours.
pub async fn save(_by: By, body: Bytes) -> Page {
    // A long document takes a while, so it does not hold up the pages of others.
    let cleaning =
        tokio::task::spawn_blocking(move || prose::html::parse(&String::from_utf8_lossy(&body)));
    let doc = cleaning
        .await
        .map_err(|error| Fault::from_source("a paste was not cleaned", error))?;
    doc.check("body_text")?;
    Ok(Json(json!({"doc": prose::editor::to_value(&doc)})).into_response())
}
