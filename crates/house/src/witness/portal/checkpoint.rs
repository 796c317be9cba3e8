//! The newest checkpoint, with what witnesses signed below it: `GET /api/v1/log/checkpoint`.

use axum::extract::State;
use base::Refusal;
use web::Page;

use super::{SECONDS, answer};
use crate::House;
use crate::audit::{Checkpoint, checkpoint_note};
use crate::witness::witness_store;

/// The signed note (C2SP tlog-checkpoint).
///
/// # Refusals
/// Not found: nothing has been sealed yet.
pub async fn show(State(house): State<House>) -> Page {
    let mut read = house.db.read().await?;
    let mut note = checkpoint_note(&mut read).await?.ok_or(Refusal::NotFound)?;
    if let Ok(head) = Checkpoint::peek(&note) {
        for line in witness_store::cosignatures(&mut read, head.size).await? {
            note.push_str(&line);
        }
    }
    Ok(answer("text/plain; charset=utf-8", SECONDS, note))
}
