//! We as a witness of other logs: the checkpoint is read, held against what we cosigned last of that
//! log, remembered, and only then cosigned. All of it is one act, so that of two requests at once one
//! is second and is judged by what the first left.
//!
//! Cosigning writes no entry into our own log: two houses that witness each other would otherwise
//! have something new to cosign for ever.

use base::Fault;

use super::request::{Request, Turned};
use super::witness_store;
use crate::House;
use crate::audit::VerifierKey;

/// What is answered to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Our signature line.
    Cosigned(String),
    /// We do not witness that log.
    Unknown,
    /// We do not cosign this.
    Turned(Turned),
}

/// Cosigns a checkpoint if it continues what we cosigned last of its log.
///
/// # Faults
/// The database refuses.
pub async fn add_checkpoint(house: &House, body: &str) -> Result<Reply, Fault> {
    let malformed = Ok(Reply::Turned(Turned::Malformed));
    let Some(request) = Request::parse(body) else {
        return malformed;
    };
    let (Some(origin), Some(text)) = (request.origin(), request.checkpoint_text()) else {
        return malformed;
    };
    let mut act = house.db.act().await?;
    let last = witness_store::hold(&mut act, &origin).await?;
    let Some(log) = witness_store::log_of(&mut act, &origin)
        .await?
        .filter(|log| log.is_watched)
    else {
        return Ok(Reply::Unknown);
    };
    let key: VerifierKey = log.key.parse()?;
    let now = house.clock.now_ms();
    match request.judge(&key, &last) {
        Ok(checkpoint) => {
            let at_s = u64::try_from(now / 1000).unwrap_or(0);
            let line = house.log.cosigner().cosign(&text, at_s);
            let note = format!("{}{line}", request.note);
            witness_store::save_cosigned(&mut act, &checkpoint, &note, now).await?;
            act.commit().await?;
            Ok(Reply::Cosigned(line))
        }
        Err(turned) => {
            let is_fork = turned == Turned::Inconsistent || is_other_root(&request, &last);
            if is_fork {
                witness_store::save_refused(&mut act, &origin, &request.note, now).await?;
                act.commit().await?;
                tracing::error!(origin, "a log that we witness has signed another history");
            }
            Ok(Reply::Turned(turned))
        }
    }
}

/// Whether a checkpoint, whose signature is good, gives another root for the size we cosigned.
fn is_other_root(request: &Request, last: &super::request::Cosigned) -> bool {
    crate::audit::Checkpoint::peek(&request.note)
        .is_ok_and(|c| request.old_size == last.size && c.size == last.size && c.root != last.root)
}
