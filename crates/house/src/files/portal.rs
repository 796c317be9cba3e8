//! Showing files, and taking images for articles.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base::{Error, Refusal, Subject, SubjectKind};
use db::Conn;
use http::header::{self, HeaderValue};
use serde_json::json;
use web::{By, Form, Page};

use super::{NewFile, file_store, image, sniff};
use crate::House;
use crate::people::agency_store;

/// A file that the public may see.
pub async fn show(State(house): State<House>, Path(sha256): Path<String>) -> Page {
    let mut read = house.db.read().await?;
    let agency = agency_store::of_host(&mut read, "").await?;
    let used = file_store::find_use(&mut read, agency, &sha256).await?;
    if !used.is_public {
        return Err(Refusal::NotFound.into());
    }
    let mut answer = answer(&house, &mut read, &sha256, &used.name).await?;
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(answer)
}

/// A file of the agency, for its staff.
pub async fn show_desk(State(house): State<House>, by: By, Path(sha256): Path<String>) -> Page {
    let mut read = house.db.read().await?;
    let used = file_store::find_use(&mut read, by.actor().agency, &sha256).await?;
    Ok(answer(&house, &mut read, &sha256, &used.name).await?)
}

/// Takes an image for an article; answers its hash and size to the editor.
pub async fn add_image(State(house): State<House>, by: By, form: Form) -> Page {
    let upload = form
        .upload("file")
        .ok_or(Refusal::at("file", "field-required"))?;
    let image = image::check(&upload.bytes, "file")?;
    let mut act = house.db.act().await?;
    let file = NewFile {
        agency: by.actor().agency,
        name: &upload.name,
        media_type: image.media_type,
        by: Some(by.actor().account),
        is_public: false,
    };
    let now = house.clock.now_ms();
    let sha256 = house.files.put(&mut act, &image.bytes, file, now).await?;
    let subject = Subject::new(SubjectKind::Agency, by.actor().agency);
    house
        .record(
            &mut act,
            by.actor(),
            "file.add",
            subject,
            json!({"sha256": sha256}),
        )
        .await?;
    act.commit().await?;
    let answer = json!({
        "file": sha256,
        "url": format!("/desk/files/{sha256}"),
        "width": image.width,
        "height": image.height,
    });
    Ok(Json(answer).into_response())
}

/// The answer that carries a file, for pages that decide themselves who may see it.
///
/// # Refusals
/// Not found.
pub async fn answer(
    house: &House,
    conn: &mut Conn,
    sha256: &str,
    name: &str,
) -> Result<Response, Error> {
    let row = file_store::find(conn, sha256).await?;
    let bytes = house.files.read(sha256).await?;
    let mut answer = Response::new(Body::from(bytes));
    let headers = answer.headers_mut();
    let is_image = sniff::is_image(&row.media_type);
    let media_type = HeaderValue::from_str(&row.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    let how = if is_image { "inline" } else { "attachment" };
    if let Ok(value) = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{}", encode(name))) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(answer)
}

/// A file name as RFC 5987 wants it.
fn encode(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
