//! Captures and their files, in rows.

use base::id::{AccountId, AgencyId, EvidenceId, ItemId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};

use super::{Capture, CaptureKind, CapturedFile};

/// A piece of evidence as its rows.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// What it is evidence of.
    pub item: ItemId,
    /// What was captured, and its files.
    pub capture: Capture,
    /// The entry of the log that commits to it.
    pub entry: RowId,
}

/// Adds a capture: after its files have been kept and its entry written, in the same act.
pub async fn add(
    act: &mut Act,
    agency: AgencyId,
    evidence: &Evidence,
    by: Option<AccountId>,
) -> Result<(), Fault> {
    let capture = &evidence.capture;
    act.run(
        "INSERT INTO evidence (id, agency_id, item_id, kind, title, url, taken_at, taken_by, entry_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            evidence.id,
            agency,
            evidence.item,
            capture.kind.as_str(),
            &capture.title,
            &capture.url,
            capture.taken_at_ms,
            by,
            evidence.entry,
        ],
    )
    .await?;
    for (position, file) in (0i64..).zip(&capture.files) {
        act.run(
            "INSERT INTO evidence_file (evidence_id, position, name, sha256, size_bytes, media_type)
             VALUES (?, ?, ?, ?, ?, ?)",
            &values![
                evidence.id,
                position,
                &file.name,
                &file.sha256,
                i64::try_from(file.size).unwrap_or(i64::MAX),
                &file.media_type,
            ],
        )
        .await?;
    }
    Ok(())
}

/// All evidence of an item, oldest first.
pub async fn list_of_item(conn: &mut Conn, item: ItemId) -> Result<Vec<Evidence>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM evidence WHERE item_id = ? ORDER BY taken_at, id",
            &values![item],
        )
        .await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in &rows {
        list.push(read(conn, row).await?);
    }
    Ok(list)
}

/// One page of an agency's evidence taken in a window of time, oldest first; `after` is the last
/// `(taken_at, id)` of the page before.
pub async fn list_window(
    conn: &mut Conn,
    agency: AgencyId,
    (first, last): (i64, i64),
    after: (i64, &str),
    limit: i64,
) -> Result<Vec<Evidence>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM evidence WHERE agency_id = ? AND taken_at >= ? AND taken_at < ?
               AND (taken_at > ? OR (taken_at = ? AND id > ?))
             ORDER BY taken_at, id LIMIT ?",
            &values![agency, first, last, after.0, after.0, after.1, limit],
        )
        .await?;
    let mut list = Vec::with_capacity(rows.len());
    for row in &rows {
        list.push(read(conn, row).await?);
    }
    Ok(list)
}

/// The piece of evidence with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: EvidenceId) -> Result<Evidence, Error> {
    let row = conn
        .row(
            "SELECT * FROM evidence WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(conn, &row).await?)
}

async fn read(conn: &mut Conn, row: &Row) -> Result<Evidence, Fault> {
    let id: EvidenceId = row.parse("id")?;
    let files = conn
        .rows(
            "SELECT * FROM evidence_file WHERE evidence_id = ? ORDER BY position",
            &values![id],
        )
        .await?;
    let files = files
        .iter()
        .map(|file| {
            Ok(CapturedFile {
                name: file.text("name")?,
                media_type: file.text("media_type")?,
                sha256: file.text("sha256")?,
                size: u64::try_from(file.int("size_bytes")?).unwrap_or(0),
            })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let kind = row.text("kind")?;
    Ok(Evidence {
        id,
        item: row.parse("item_id")?,
        capture: Capture {
            kind: CaptureKind::parse(&kind)
                .ok_or_else(|| Fault::new(format!("no such kind of capture: {kind}")))?,
            title: row.text("title")?,
            url: row.text("url")?,
            taken_at_ms: row.int("taken_at")?,
            files,
        },
        entry: row.parse("entry_id")?,
    })
}
