//! A plan as files: the document as DOCX and PDF, its annex as XLSX and CSV.

use axum::extract::{Path, State};
use axum::response::Response;
use base::{Error, Fault};
use http::{HeaderValue, header};
use web::{By, Page};

use super::open;
use crate::Editorial;
use crate::plan::files::{self, FileKind};
use crate::plan::rules::Deed;

/// The document, to be edited and signed.
pub async fn docx(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    file(&editorial, &by, &id, FileKind::Docx).await
}

/// The document, to be read and sent.
pub async fn pdf(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    file(&editorial, &by, &id, FileKind::Pdf).await
}

/// The annex, to be changed in a spreadsheet and brought in again.
pub async fn xlsx(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    file(&editorial, &by, &id, FileKind::Xlsx).await
}

/// The annex, for programs.
pub async fn csv(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    file(&editorial, &by, &id, FileKind::Csv).await
}

async fn file(editorial: &Editorial, by: &By, id: &str, kind: FileKind) -> Page {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let (name, bytes) = files::made(editorial, &mut read, plan, kind).await?;
    Ok(download(bytes, kind.media_type(), &name)?)
}

/// An answer that the browser saves under a name of plain letters.
fn download(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Result<Response, Error> {
    let mut answer = Response::new(bytes.into());
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    let saved = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| Fault::from_source("a file's name has other letters", error))?;
    headers.insert(header::CONTENT_DISPOSITION, saved);
    Ok(answer)
}
