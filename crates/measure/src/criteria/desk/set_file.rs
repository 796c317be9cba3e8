//! A set as a file: XLSX and JSON, and the template to begin from.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base::Error;
use base::id::CriteriaSetId;
use editorial::Editorial;
use http::{HeaderValue, header};
use jiff::Timestamp;
use web::{By, Lang, Page};

use crate::criteria::set_json::{self, SetFile};
use crate::criteria::{criteria_store, set_sheet};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The set as a spreadsheet.
pub async fn xlsx(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
) -> Page {
    let file = file(&editorial, &by, id).await?;
    let bytes = set_sheet::write(&file, &editorial.say(Lang::Vi), now(&editorial))?;
    Ok(download(bytes, XLSX, "bo-tieu-chi.xlsx"))
}

/// The set as JSON.
pub async fn json(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
) -> Page {
    let file = file(&editorial, &by, id).await?;
    let text = set_json::write(&file)?;
    Ok(download(
        text.into_bytes(),
        "application/json",
        "bo-tieu-chi.json",
    ))
}

/// The template.
pub async fn template(State(editorial): State<Editorial>) -> Page {
    let bytes = set_sheet::template(&editorial.say(Lang::Vi), now(&editorial))?;
    Ok(download(bytes, XLSX, "mau-bo-tieu-chi.xlsx"))
}

async fn file(editorial: &Editorial, by: &By, id: CriteriaSetId) -> Result<SetFile, Error> {
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    Ok(SetFile::of(set.details, set.areas))
}

fn now(editorial: &Editorial) -> Timestamp {
    Timestamp::from_millisecond(editorial.clock.now_ms()).unwrap_or_default()
}

fn download(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    let words = format!("attachment; filename=\"{name}\"");
    if let Ok(value) = HeaderValue::from_str(&words) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}
