//! The evidence pack of a report, as a file to save.

use std::fs::File;
use std::io;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use base::Fault;
use base::id::RowId;
use editorial::Editorial;
use futures_util::stream::{self, TryStream};
use tokio::io::AsyncReadExt;
use web::{By, Page};

use super::download;
use crate::reports::making::Maker;
use crate::reports::pack::{self, PackKey, file_name};
use crate::reports::report_store;

/// Bytes that are sent at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Makes the pack in a temporary file and sends it from there.
pub async fn save(
    State(editorial): State<Editorial>,
    key: Option<Extension<PackKey>>,
    by: By,
    Path(id): Path<RowId>,
) -> Page {
    let Some(Extension(PackKey(key))) = key else {
        return Err(Fault::new("the routes of reports are mounted without the log's key").into());
    };
    let mut read = editorial.db.read().await?;
    let report = report_store::find(&mut read, by.actor().agency, id).await?;
    drop(read);
    let name = file_name(&report.figures, "minh-chung", "zip");
    let maker = Maker::Person(by.actor());
    let (file, _) = pack::of_report(&editorial, report.figures, maker, &key).await?;
    Ok(download(
        Body::from_stream(chunks(file)),
        "application/zip",
        &name,
    ))
}

fn chunks(file: File) -> impl TryStream<Ok = Vec<u8>, Error = io::Error> + Send {
    let file = tokio::fs::File::from_std(file);
    stream::try_unfold(file, |mut file| async move {
        let mut chunk = vec![0; CHUNK_BYTES];
        let n = file.read(&mut chunk).await?;
        chunk.truncate(n);
        Ok((n > 0).then_some((chunk, file)))
    })
}
