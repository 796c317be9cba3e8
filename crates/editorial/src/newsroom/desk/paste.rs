//! Cleaning what was pasted: HTML in, the editor's document out.

use axum::Json;
use axum::body::Bytes;
use axum::response::IntoResponse;
use serde_json::json;
use web::{By, Page};

/// The clipboard's HTML as a document of ours.
pub async fn save(_by: By, body: Bytes) -> Page {
    let doc = prose::html::parse(&String::from_utf8_lossy(&body));
    doc.check("body_text")?;
    Ok(Json(json!({"doc": prose::editor::to_value(&doc)})).into_response())
}
