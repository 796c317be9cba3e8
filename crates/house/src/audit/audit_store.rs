//! The rows of the log. Entries are written by [`append`] in the act's own transaction; everything
//! else of the log is written by the sequencer alone.

use std::collections::{BTreeSet, HashMap};

use base::Fault;
use db::{Act, Conn, Row, values};

use super::check::{LeafRow, TileRow};
use super::entry::{Entry, EntryRow};
use super::person_store;
use super::tree::{Hash, HashStore, TILE_WIDTH, Tile, TileRef};

/// Writes the entry of an act into the act's transaction; it is sealed within about a second. What
/// is personal in it is written sealed under each person's key.
///
/// # Faults
/// The entry cannot be written in canonical form, or the database refuses it.
pub async fn append(act: &mut Act, entry: &Entry) -> Result<(), Fault> {
    let row = person_store::seal_persons(act, entry).await?.to_row()?;
    act.run(
        "INSERT INTO audit_entry (id, agency_id, at, actor_kind, actor_id, actor_name, act, \
         subject_kind, subject_id, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            row.id.as_str(),
            row.agency,
            row.at_ms,
            row.actor_kind,
            row.actor_id,
            row.actor_name,
            row.act,
            row.subject_kind,
            row.subject_id,
            row.data,
            row.hash
        ],
    )
    .await?;
    act.run(
        "INSERT INTO audit_pending (entry_id) VALUES (?)",
        &values![row.id],
    )
    .await?;
    Ok(())
}

/// The entry of this id, if there is one.
pub async fn entry(conn: &mut Conn, id: &str) -> Result<Option<EntryRow>, Fault> {
    let row = conn
        .maybe("SELECT * FROM audit_entry WHERE id = ?", &values![id])
        .await?;
    row.as_ref().map(read_entry).transpose()
}

/// The number of the leaf that seals this entry; `None` while it waits.
pub async fn leaf_of(conn: &mut Conn, entry_id: &str) -> Result<Option<u64>, Fault> {
    let sql = "SELECT seq FROM audit_leaf WHERE entry_id = ?";
    let row = conn.maybe(sql, &values![entry_id]).await?;
    row.map(|row| number(&row, "seq")).transpose()
}

/// The newest checkpoint, as it was signed.
pub async fn newest_checkpoint(conn: &mut Conn) -> Result<Option<String>, Fault> {
    let sql = "SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1";
    let row = conn.maybe(sql, &values![]).await?;
    row.map(|row| row.text("note")).transpose()
}

/// How many leaves there are, as the counter says.
pub async fn head_size(conn: &mut Conn) -> Result<u64, Fault> {
    let sql = "SELECT size AS n FROM audit_head WHERE one = 1";
    Ok(u64::try_from(conn.count(sql, &values![]).await?).unwrap_or(0))
}

/// How many leaves are there without a gap at the end: the counter, or fewer if leaves are gone.
pub async fn length(conn: &mut Conn) -> Result<u64, Fault> {
    let sql = "SELECT COALESCE(MAX(seq) + 1, 0) AS n FROM audit_leaf";
    let leaves = u64::try_from(conn.count(sql, &values![]).await?).unwrap_or(0);
    Ok(leaves.min(head_size(conn).await?))
}

/// The hash of a leaf, by its number.
pub async fn leaf_hash_at(conn: &mut Conn, seq: u64) -> Result<Option<Hash>, Fault> {
    let sql = "SELECT hash FROM audit_leaf WHERE seq = ?";
    let row = conn.maybe(sql, &values![whole(seq)?]).await?;
    row.map(|row| hash(&row.bytes("hash")?)).transpose()
}

/// The entry that a leaf seals, by the leaf's number.
pub async fn entry_at(conn: &mut Conn, seq: u64) -> Result<Option<String>, Fault> {
    let sql = "SELECT entry_id FROM audit_leaf WHERE seq = ?";
    let row = conn.maybe(sql, &values![whole(seq)?]).await?;
    row.map(|row| row.text("entry_id")).transpose()
}

/// The bytes of a tile as tlog-tiles serves them; `None` where the log has none of that width.
pub async fn tile_bytes(conn: &mut Conn, tile: TileRef) -> Result<Option<Vec<u8>>, Fault> {
    let size = head_size(conn).await?;
    let here = TileRef::at(tile.level, tile.index, size);
    if here.is_none_or(|here| here.width < tile.width) {
        return Ok(None);
    }
    let read = tiles(conn, BTreeSet::from([tile])).await?;
    let hashes = read.tile(tile)?;
    Ok(Some(hashes.iter().flat_map(|h| *h.as_bytes()).collect()))
}

/// Whether entries wait for the sequencer.
pub(super) async fn has_pending(conn: &mut Conn) -> Result<bool, Fault> {
    let sql = "SELECT position FROM audit_pending ORDER BY position LIMIT 1";
    Ok(conn.maybe(sql, &values![]).await?.is_some())
}

/// Waits for this sequencer's turn and keeps it until the act ends.
pub(super) async fn take_turn(act: &mut Act) -> Result<u64, Fault> {
    act.run(
        "UPDATE audit_head SET size = size WHERE one = 1",
        &values![],
    )
    .await?;
    head_size(act).await
}

/// The entries that wait, oldest insertion first: id and hash.
pub(super) async fn pending(conn: &mut Conn, n_max: i64) -> Result<Vec<(String, Hash)>, Fault> {
    let sql = "SELECT p.entry_id, e.hash FROM audit_pending p \
               JOIN audit_entry e ON e.id = p.entry_id ORDER BY p.position LIMIT ?";
    let rows = conn.rows(sql, &values![n_max]).await?;
    rows.iter()
        .map(|row| Ok((row.text("entry_id")?, hash(&row.bytes("hash")?)?)))
        .collect()
}

/// Makes an entry a leaf.
pub(super) async fn add_leaf(act: &mut Act, seq: u64, id: &str, hash: Hash) -> Result<(), Fault> {
    let sql = "INSERT INTO audit_leaf (seq, entry_id, hash) VALUES (?, ?, ?)";
    act.run(sql, &values![whole(seq)?, id, hash.as_bytes()])
        .await?;
    act.run("DELETE FROM audit_pending WHERE entry_id = ?", &values![id])
        .await?;
    Ok(())
}

/// Keeps a tile that became full.
pub(super) async fn add_tile(act: &mut Act, tile: &Tile) -> Result<(), Fault> {
    let sql = "INSERT INTO audit_tile (level, tile, hashes, root) VALUES (?, ?, ?, ?)";
    let root = tile.root();
    let values = values![
        tile.level,
        whole(tile.index)?,
        tile.to_bytes(),
        root.as_bytes()
    ];
    act.run(sql, &values).await?;
    Ok(())
}

/// Keeps a signed checkpoint and moves the counter to its size.
pub(super) async fn add_checkpoint(act: &mut Act, size: u64, note: &str) -> Result<(), Fault> {
    let size = whole(size)?;
    let sql = "INSERT INTO audit_checkpoint (size, note) VALUES (?, ?)";
    act.run(sql, &values![size, note]).await?;
    act.run(
        "UPDATE audit_head SET size = ? WHERE one = 1",
        &values![size],
    )
    .await?;
    Ok(())
}

/// Tiles that were read, ready for proofs and roots.
pub(super) struct Tiles(HashMap<TileRef, Vec<Hash>>);

impl HashStore for Tiles {
    fn tile(&self, tile: TileRef) -> Result<Vec<Hash>, Fault> {
        self.0.get(&tile).cloned().ok_or_else(|| {
            Fault::new(format!(
                "tile {} of level {} was not read",
                tile.index, tile.level
            ))
        })
    }
}

/// Reads tiles: full ones as they are kept, the ragged edge from the leaves and the roots below.
pub(super) async fn tiles(conn: &mut Conn, wanted: BTreeSet<TileRef>) -> Result<Tiles, Fault> {
    let mut tiles = HashMap::new();
    for tile in wanted {
        let first = tile.index * TILE_WIDTH;
        let (from, to) = (whole(first)?, whole(first + tile.width)?);
        let hashes = if tile.is_full() {
            let sql = "SELECT hashes FROM audit_tile WHERE level = ? AND tile = ?";
            let row = conn
                .maybe(sql, &values![tile.level, whole(tile.index)?])
                .await?;
            let row = row.ok_or_else(|| Fault::new("a full tile of the log is missing"))?;
            row.bytes("hashes")?
                .chunks(32)
                .map(hash)
                .collect::<Result<_, _>>()?
        } else if tile.level == 0 {
            let sql = "SELECT hash FROM audit_leaf WHERE seq >= ? AND seq < ? ORDER BY seq";
            column(&conn.rows(sql, &values![from, to]).await?, "hash")?
        } else {
            let sql = "SELECT root FROM audit_tile WHERE level = ? AND tile >= ? AND tile < ? \
                       ORDER BY tile";
            let rows = conn.rows(sql, &values![tile.level - 1, from, to]).await?;
            column(&rows, "root")?
        };
        tiles.insert(tile, hashes);
    }
    Ok(Tiles(tiles))
}

/// The next page of leaves after a number, each with its entry.
pub(super) async fn leaves(conn: &mut Conn, after: i64, n_max: i64) -> Result<Vec<LeafRow>, Fault> {
    let sql = "SELECT l.seq, l.entry_id, l.hash AS leaf_hash, e.* FROM audit_leaf l \
               LEFT JOIN audit_entry e ON e.id = l.entry_id \
               WHERE l.seq > ? ORDER BY l.seq LIMIT ?";
    let rows = conn.rows(sql, &values![after, n_max]).await?;
    rows.iter()
        .map(|row| {
            let has_entry = row.maybe_text("id")?.is_some();
            Ok(LeafRow {
                seq: number(row, "seq")?,
                entry_id: row.text("entry_id")?,
                hash: row.bytes("leaf_hash")?,
                entry: has_entry.then(|| read_entry(row)).transpose()?,
            })
        })
        .collect()
}

/// The checkpoints of sizes above `from`, up to `to`.
pub(super) async fn checkpoints(
    conn: &mut Conn,
    from: i64,
    to: i64,
) -> Result<Vec<(u64, String)>, Fault> {
    let sql = "SELECT size, note FROM audit_checkpoint WHERE size > ? AND size <= ? ORDER BY size";
    let rows = conn.rows(sql, &values![from, to]).await?;
    rows.iter()
        .map(|row| Ok((number(row, "size")?, row.text("note")?)))
        .collect()
}

/// The kept tiles of a level from one index to before another.
pub(super) async fn kept_tiles(
    conn: &mut Conn,
    level: u32,
    from: i64,
    to: i64,
) -> Result<Vec<TileRow>, Fault> {
    let sql = "SELECT level, tile, hashes, root FROM audit_tile \
               WHERE level = ? AND tile >= ? AND tile < ? ORDER BY tile LIMIT 2000";
    let rows = conn.rows(sql, &values![level, from, to]).await?;
    rows.iter()
        .map(|row| {
            Ok(TileRow {
                level: number(row, "level")?,
                index: number(row, "tile")?,
                hashes: row.bytes("hashes")?,
                root: row.bytes("root")?,
            })
        })
        .collect()
}

/// The next page of entries that no leaf seals, by id.
pub(super) async fn unsealed(
    conn: &mut Conn,
    after: &str,
    n_max: i64,
) -> Result<Vec<EntryRow>, Fault> {
    let sql = "SELECT e.* FROM audit_entry e WHERE e.id > ? AND NOT EXISTS \
               (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id) ORDER BY e.id LIMIT ?";
    let rows = conn.rows(sql, &values![after, n_max]).await?;
    rows.iter().map(read_entry).collect()
}

pub(super) fn read_entry(row: &Row) -> Result<EntryRow, Fault> {
    Ok(EntryRow {
        id: row.text("id")?,
        agency: row.text("agency_id")?,
        at_ms: row.int("at")?,
        actor_kind: row.text("actor_kind")?,
        actor_id: row.maybe_text("actor_id")?,
        actor_name: row.maybe_text("actor_name")?,
        act: row.text("act")?,
        subject_kind: row.text("subject_kind")?,
        subject_id: row.text("subject_id")?,
        data: row.text("data")?,
        hash: row.bytes("hash")?,
    })
}

fn column(rows: &[Row], name: &str) -> Result<Vec<Hash>, Fault> {
    rows.iter().map(|row| hash(&row.bytes(name)?)).collect()
}

fn hash(bytes: &[u8]) -> Result<Hash, Fault> {
    Hash::from_slice(bytes).ok_or_else(|| Fault::new("a hash of the log has not 32 bytes"))
}

pub(super) fn number(row: &Row, column: &str) -> Result<u64, Fault> {
    u64::try_from(row.int(column)?)
        .map_err(|e| Fault::from_source(format!("column {column} of the log is below zero"), e))
}

/// A number as the tables keep it.
pub(super) fn whole(n: u64) -> Result<i64, Fault> {
    i64::try_from(n).map_err(|e| Fault::from_source("a number is too large for the log", e))
}
