//! The hashes of the tree, 256 at a time: `GET /api/v1/log/tile/{level}/{index}` (C2SP tlog-tiles).
//! Entries (`tile/entries/…`) are not served: the acts of an office are not public, that they cannot
//! be changed is.

use axum::extract::{Path, State};
use base::Refusal;
use web::Page;

use super::{FOREVER, answer};
use crate::House;
use crate::audit::audit_store;
use crate::witness::tile_path::tile_of;

/// A tile.
///
/// # Refusals
/// Not found: no such tile, or not yet so wide.
pub async fn show(
    State(house): State<House>,
    Path((level, index)): Path<(String, String)>,
) -> Page {
    let tile = tile_of(&level, &index).ok_or(Refusal::NotFound)?;
    let mut read = house.db.read().await?;
    let bytes = audit_store::tile_bytes(&mut read, tile)
        .await?
        .ok_or(Refusal::NotFound)?;
    Ok(answer("application/octet-stream", FOREVER, bytes))
}
