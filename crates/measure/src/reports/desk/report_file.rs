//! The report as a file: DOCX, PDF, its whole lists as XLSX, or its figures as JSON.

use axum::body::Body;
use axum::extract::{Path, State};
use base::id::RowId;
use base::{Error, Fault};
use editorial::Editorial;
use web::{By, Page, Say};

use super::download;
use crate::reports::report_store::{self, Report};
use crate::reports::{file_name, to_docx, to_html, to_pdf, to_xlsx};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Our type of a spreadsheet.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// DOCX, to be signed.
pub async fn docx(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    saved(
        &editorial,
        &by,
        id,
        ("docx", DOCX, |say, own| {
            to_docx(say, &own.figures, &own.dress)
        }),
    )
    .await
}

/// PDF, to be read and sent.
pub async fn pdf(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    saved(
        &editorial,
        &by,
        id,
        ("pdf", "application/pdf", |say, own| {
            to_pdf(say, &own.figures, &own.dress)
        }),
    )
    .await
}

/// HTML, one page that stands alone.
pub async fn html(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let kind = "text/html; charset=utf-8";
    saved(
        &editorial,
        &by,
        id,
        ("html", kind, |say, own| {
            to_html(say, &own.figures, &own.dress)
        }),
    )
    .await
}

/// XLSX: the whole lists, to be sorted, filtered and counted again.
pub async fn xlsx(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let lists: Write = |say, report| to_xlsx(say, &report.figures);
    saved(&editorial, &by, id, ("xlsx", XLSX, lists)).await
}

/// How a report becomes the bytes of a file.
type Write = fn(&Say, &Report) -> Result<Vec<u8>, Fault>;

/// The figures, byte for byte as they were frozen.
pub async fn json(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let report = find(&editorial, &by, id).await?;
    let name = file_name(&report.figures, "so-lieu", "json");
    Ok(download(Body::from(report.json), "application/json", &name))
}

async fn find(editorial: &Editorial, by: &By, id: RowId) -> Result<Report, Error> {
    let mut read = editorial.db.read().await?;
    report_store::find(&mut read, by.actor().agency, id).await
}

/// Typesetting takes a while, so it does not hold up the pages of others.
async fn saved(
    editorial: &Editorial,
    by: &By,
    id: RowId,
    (ending, media_type, write): (&str, &'static str, Write),
) -> Page {
    let report = find(editorial, by, id).await?;
    let name = file_name(&report.figures, "bao-cao", ending);
    let say = editorial.say(by.lang());
    let bytes = tokio::task::spawn_blocking(move || write(&say, &report))
        .await
        .map_err(|error| Fault::from_source("the report was not set", error))??;
    Ok(download(Body::from(bytes), media_type, &name))
}
