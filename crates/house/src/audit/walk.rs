//! The walk over the log of an installation: reads everything once, a page at a time, in one moment.

use base::Fault;
use db::{Conn, Db};

use super::audit_store as store;
use super::check::LogCheck;
use super::checkpoint::Checkpoint;
use super::key::VerifierKey;
use super::person_store;
use super::verdict::LogVerdict;

/// Leaves read at a time.
const PAGE: i64 = 1_000;
/// A tree of 64-bit numbers has no more levels of tiles.
const LEVELS: u32 = 8;

/// Checks the whole log against itself, its signed checkpoints and those `known` from elsewhere.
///
/// # Faults
/// The database cannot be read. What is wrong with the log is in the verdict.
pub async fn verify_log(
    db: &Db,
    keys: Vec<VerifierKey>,
    known: &[Checkpoint],
) -> Result<LogVerdict, Fault> {
    let mut read = db.snapshot().await?;
    let conn: &mut Conn = &mut read;
    let persons = person_store::all(conn).await?;
    let mut check = LogCheck::new(keys, known).with_persons(persons);
    let mut last = -1;
    loop {
        let page = store::leaves(conn, last, PAGE).await?;
        let Some(newest) = page.last() else { break };
        let end = store::whole(newest.seq)?;
        for (size, note) in store::checkpoints(conn, after(last), end + 1).await? {
            check.checkpoint(size, &note);
        }
        tiles(conn, &mut check, last + 1, end + 1).await?;
        for leaf in &page {
            check.leaf(leaf);
        }
        last = end;
    }
    for (size, note) in store::checkpoints(conn, after(last), i64::MAX).await? {
        check.checkpoint(size, &note);
    }
    tiles(conn, &mut check, last + 1, i64::MAX).await?;
    unsealed(conn, &mut check).await?;
    let head = store::head_size(conn).await?;
    Ok(check.finish(head))
}

/// The size up to which checkpoints were read; the one of the empty log comes with the first page.
fn after(last: i64) -> i64 {
    if last < 0 { -1 } else { last + 1 }
}

/// The tiles that leaves `from` up to, not including, `to` fill.
async fn tiles(conn: &mut Conn, check: &mut LogCheck, from: i64, to: i64) -> Result<(), Fault> {
    for level in 0..LEVELS {
        let bits = 8 * (level + 1);
        let first = from.checked_shr(bits).unwrap_or(0);
        let end = if to == i64::MAX {
            to
        } else {
            to.checked_shr(bits).unwrap_or(0)
        };
        if first < end {
            for tile in store::kept_tiles(conn, level, first, end).await? {
                check.tile(tile);
            }
        }
    }
    Ok(())
}

async fn unsealed(conn: &mut Conn, check: &mut LogCheck) -> Result<(), Fault> {
    let mut after = String::new();
    loop {
        let page = store::unsealed(conn, &after, PAGE).await?;
        for entry in &page {
            check.pending(entry);
        }
        match page.last() {
            Some(last) => after.clone_from(&last.id),
            None => return Ok(()),
        }
    }
}
