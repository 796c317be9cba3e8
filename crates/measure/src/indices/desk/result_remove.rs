//! Takes a result away; the log keeps what it was.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use editorial::Editorial;
use web::{By, Page};

use super::address;
use crate::indices::{acts, index_store};

/// Takes it away.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((code, result)): Path<(String, RowId)>,
) -> Page {
    let mut act = editorial.db.act().await?;
    let index = index_store::find(&mut act, by.actor().agency, &code).await?;
    acts::remove(&editorial.house, &mut act, by.actor(), (&index, result)).await?;
    act.commit().await?;
    let to = format!("{}?done=index-result-removed", address(&code));
    Ok(Redirect::to(&to).into_response())
}
