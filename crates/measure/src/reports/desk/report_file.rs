//! The report as a file: DOCX, PDF, its whole lists as XLSX, or its figures as JSON.

use axum::body::Body;
use axum::extract::{Path, State};
use base::id::RowId;
use base::{Error, Fault};
use editorial::Editorial;
use web::{By, Page, Say};

use super::download;
use crate::reports::figures::Figures;
use crate::reports::report_store::{self, Report};
use crate::reports::{file_name, to_docx, to_pdf, to_xlsx};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// DOCX, to be edited and signed.
pub async fn docx(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let figures = find(&editorial, &by, id).await?.figures;
    let name = file_name(&figures, "bao-cao", "docx");
    let bytes = written(&editorial, &by, figures, to_docx).await?;
    Ok(download(Body::from(bytes), DOCX, &name))
}

/// PDF, to be read and sent.
pub async fn pdf(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let figures = find(&editorial, &by, id).await?.figures;
    let name = file_name(&figures, "bao-cao", "pdf");
    let bytes = written(&editorial, &by, figures, to_pdf).await?;
    Ok(download(Body::from(bytes), "application/pdf", &name))
}

/// XLSX: the whole lists, to be sorted, filtered and counted again.
pub async fn xlsx(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let figures = find(&editorial, &by, id).await?.figures;
    let name = file_name(&figures, "bao-cao", "xlsx");
    let bytes = written(&editorial, &by, figures, to_xlsx).await?;
    Ok(download(Body::from(bytes), XLSX, &name))
}

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
async fn written(
    editorial: &Editorial,
    by: &By,
    figures: Figures,
    write: fn(&Say, &Figures) -> Result<Vec<u8>, Fault>,
) -> Result<Vec<u8>, Fault> {
    let say = editorial.say(by.0.lang);
    tokio::task::spawn_blocking(move || write(&say, &figures))
        .await
        .map_err(|error| Fault::from_source("the report was not set", error))?
}
