//! The one who puts entries in order: makes them leaves, keeps full tiles, signs the new root.
//!
//! Called about every second by a job of the house, on every node; nodes take turns by a row lock.
//! An entry is acknowledged when its act commits, not when it is sealed: between the two it is a
//! row like any other, which is why the pause is kept to a second.

use base::Fault;
use db::{Conn, Db};

use super::audit_store as store;
use super::checkpoint::Checkpoint;
use super::entry::EntryRow;
use super::key::SigningKey;
use super::tree::{Edge, Hash, Parts, empty_root};

/// Most entries that one transaction seals; more are sealed by the next.
const BATCH_MAX: i64 = 2_000;

/// An entry with its place in the log at one size.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The entry.
    pub entry: EntryRow,
    /// Its number in the log, from 0.
    pub leaf_index: u64,
    /// The proof that it is in the tree of that size.
    pub proof: Vec<Hash>,
}

/// Seals everything that waits; returns the newest checkpoint if there is a new one.
///
/// # Faults
/// The rows of the log no longer give the root that was signed last: somebody changed them, and
/// nothing more is signed until an operator has looked (`loa audit verify` names the place).
pub async fn seal(db: &Db, key: &SigningKey) -> Result<Option<Checkpoint>, Fault> {
    let mut newest = None;
    while store::has_pending(&mut *db.read().await?).await? {
        match seal_batch(db, key).await? {
            Some(checkpoint) => newest = Some(checkpoint),
            None => break,
        }
    }
    Ok(newest)
}

async fn seal_batch(db: &Db, key: &SigningKey) -> Result<Option<Checkpoint>, Fault> {
    let mut act = db.act().await?;
    let size = store::take_turn(&mut act).await?;
    let waiting = store::pending(&mut act, BATCH_MAX).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let mut edge = edge(&mut act, size).await?;
    agree_with_the_past(&mut act, key, &edge).await?;
    for (id, hash) in &waiting {
        store::add_leaf(&mut act, edge.size(), id, *hash).await?;
        for tile in edge.push(*hash) {
            store::add_tile(&mut act, &tile).await?;
        }
    }
    let checkpoint = Checkpoint::new(key, edge.size(), edge.root());
    store::add_checkpoint(&mut act, checkpoint.size, &checkpoint.sign(key)?).await?;
    act.commit().await?;
    Ok(Some(checkpoint))
}

/// A log must never sign two histories: before adding, the rows must give the root signed last.
async fn agree_with_the_past(conn: &mut Conn, key: &SigningKey, edge: &Edge) -> Result<(), Fault> {
    let (size, root) = match store::newest_checkpoint(conn).await? {
        Some(note) => {
            let last = Checkpoint::open(&note, key.verifier()).map_err(|e| {
                Fault::new(format!("the newest checkpoint of the log: {}", e.code()))
            })?;
            (last.size, last.root)
        }
        None => (0, Edge::new().root()),
    };
    if (size, root) != (edge.size(), edge.root()) {
        return Err(Fault::new(
            "the rows of the log do not give the root that was signed last; nothing more is signed",
        ));
    }
    Ok(())
}

async fn edge(conn: &mut Conn, size: u64) -> Result<Edge, Fault> {
    let tiles = store::tiles(conn, Edge::tiles(size).into_iter().collect()).await?;
    Edge::load(size, &tiles)
}

/// The entry with its place in the tree of `size` leaves; `None` if it is not in it.
///
/// # Faults
/// A tile of the log is missing or damaged.
pub async fn prove(conn: &mut Conn, entry_id: &str, size: u64) -> Result<Option<Proven>, Fault> {
    let Some(leaf_index) = store::leaf_of(conn, entry_id).await? else {
        return Ok(None);
    };
    let (Some(parts), Some(entry)) = (
        Parts::inclusion(leaf_index, size),
        store::entry(conn, entry_id).await?,
    ) else {
        return Ok(None);
    };
    let proof = resolve(conn, &parts, size).await?;
    Ok(Some(Proven {
        entry,
        leaf_index,
        proof,
    }))
}

/// The proof that the leaf of this number is in the tree of `size` leaves; `None` if it is not.
///
/// # Faults
/// A tile of the log is missing or damaged.
pub async fn prove_leaf(conn: &mut Conn, leaf: u64, size: u64) -> Result<Option<Vec<Hash>>, Fault> {
    match Parts::inclusion(leaf, size) {
        Some(parts) => resolve(conn, &parts, size).await.map(Some),
        None => Ok(None),
    }
}

/// The proof that the log of `new` leaves begins with that of `old`; `None` if `old` is the larger.
///
/// # Faults
/// A tile of the log is missing or damaged.
pub async fn prove_consistency(
    conn: &mut Conn,
    old: u64,
    new: u64,
) -> Result<Option<Vec<Hash>>, Fault> {
    match Parts::consistency(old, new) {
        Some(parts) => resolve(conn, &parts, new).await.map(Some),
        None => Ok(None),
    }
}

/// The root of the tree of the first `size` leaves, as the rows give it now.
///
/// # Faults
/// A tile of the log is missing or damaged, or there are fewer leaves.
pub async fn root_at(conn: &mut Conn, size: u64) -> Result<Hash, Fault> {
    let root = resolve(conn, &Parts::root(size), size).await?.pop();
    Ok(root.unwrap_or_else(empty_root))
}

/// Whether entries wait for their place.
///
/// # Faults
/// The database does not answer.
pub async fn is_waiting(conn: &mut Conn) -> Result<bool, Fault> {
    store::has_pending(conn).await
}

async fn resolve(conn: &mut Conn, parts: &Parts, size: u64) -> Result<Vec<Hash>, Fault> {
    let tiles = store::tiles(conn, parts.tiles(size)).await?;
    parts.resolve(size, &tiles)
}
