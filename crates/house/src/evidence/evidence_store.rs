//! Captures, what they show, and their files, in rows.

use base::id::{AccountId, AgencyId, EvidenceId, ItemId, RowId, UnitId};
use base::{Actor, Error, Fault, Subject};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::kind::EvidenceKind;
use super::link::link_key;
use super::picture::Picture;
use super::{Capture, CaptureKind, CapturedFile};

/// A piece of evidence as its rows.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The item that it was first kept of, if there is one.
    pub item: Option<ItemId>,
    /// The unit whose work it shows.
    pub unit: Option<UnitId>,
    /// What sort of proof it is.
    pub kind: EvidenceKind,
    /// What was captured, and its files.
    pub capture: Capture,
    /// The day of what it shows.
    pub shown_on: Date,
    /// Where that was; empty when it does not matter.
    pub place: String,
    /// Who says so: the source of a figure, the issuer of a paper.
    pub source: String,
    /// What it proves, in the words of who added it.
    pub proves: String,
    /// Who added it, if a person did.
    pub taken_by: Option<AccountId>,
    /// The name of who added it.
    pub by: String,
    /// When, by whom and why it was withdrawn.
    pub withdrawal: Option<Withdrawal>,
    /// The entry of the log that commits to it.
    pub entry: RowId,
}

/// That a piece was withdrawn: it proves nothing any more, and stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
}

/// A piece before it has rows.
pub(super) struct NewRow<'a> {
    pub(super) id: EvidenceId,
    pub(super) piece: &'a super::keeping::NewPiece,
    pub(super) words: String,
    pub(super) entry: RowId,
}

/// Adds a piece: after its files have been kept and its entry written, in the same act.
pub(super) async fn add(act: &mut Act, actor: &Actor, row: &NewRow<'_>) -> Result<(), Fault> {
    let (piece, capture) = (row.piece, &row.piece.capture);
    act.run(
        "INSERT INTO evidence (id, agency_id, unit_id, item_id, kind, proof_kind, title, url, link_key,
             shown_on, place, source, proves, words, taken_at, taken_by, entry_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            row.id,
            actor.agency,
            piece.unit,
            piece.item,
            capture.kind.as_str(),
            piece.kind.as_str(),
            &capture.title,
            &capture.url,
            link_key(&capture.url).unwrap_or_default(),
            piece.shown_on.to_string(),
            &piece.place,
            &piece.source,
            &piece.proves,
            &row.words,
            capture.taken_at_ms,
            actor.account,
            row.entry,
        ],
    )
    .await?;
    for (position, file) in (0i64..).zip(&capture.files) {
        let at = usize::try_from(position).unwrap_or(usize::MAX);
        let picture = piece.pictures.get(at).copied().flatten();
        add_file(act, row.id, (position, file), picture).await?;
    }
    Ok(())
}

async fn add_file(
    act: &mut Act,
    id: EvidenceId,
    (position, file): (i64, &CapturedFile),
    picture: Option<Picture>,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO evidence_file (evidence_id, position, name, sha256, size_bytes, media_type, picture)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            id,
            position,
            &file.name,
            &file.sha256,
            i64::try_from(file.size).unwrap_or(i64::MAX),
            &file.media_type,
            picture.map(|picture| picture.to_string()),
        ],
    )
    .await?;
    Ok(())
}

/// Writes down that a piece is withdrawn.
pub(super) async fn withdraw(
    act: &mut Act,
    id: EvidenceId,
    actor: &Actor,
    why: &str,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "UPDATE evidence SET withdrawn_at = ?, withdrawn_by = ?, withdrawal = ? WHERE id = ?",
        &values![now, actor.account, why, id],
    )
    .await?;
    Ok(())
}

/// All that stands as evidence of an item, oldest first.
pub async fn list_of_item(conn: &mut Conn, item: ItemId) -> Result<Vec<Evidence>, Fault> {
    let item = Subject::new(base::SubjectKind::Item, item);
    let mut list = list_of_subject(conn, None, &item).await?;
    list.retain(|piece| piece.withdrawal.is_none());
    Ok(list)
}

/// Every piece (of an agency) that was said to prove this, also the withdrawn ones, oldest first.
pub(super) async fn list_of_subject(
    conn: &mut Conn,
    agency: Option<AgencyId>,
    subject: &Subject,
) -> Result<Vec<Evidence>, Fault> {
    let rows = conn
        .rows(
            "SELECT evidence.*, taker.name AS taker, withdrawer.name AS withdrawer
             FROM evidence_subject
             JOIN evidence ON evidence.id = evidence_subject.evidence_id
             LEFT JOIN account AS taker ON taker.id = evidence.taken_by
             LEFT JOIN account AS withdrawer ON withdrawer.id = evidence.withdrawn_by
             WHERE evidence_subject.subject_kind = ? AND evidence_subject.subject_id = ?
               AND evidence.agency_id = COALESCE(?, evidence.agency_id)
             ORDER BY evidence.taken_at, evidence.id",
            &values![subject.kind, &subject.id, agency],
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
            "SELECT evidence.*, taker.name AS taker, withdrawer.name AS withdrawer FROM evidence
             LEFT JOIN account AS taker ON taker.id = evidence.taken_by
             LEFT JOIN account AS withdrawer ON withdrawer.id = evidence.withdrawn_by
             WHERE evidence.id = ? AND evidence.agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(conn, &row).await?)
}

/// The evidence that holds a file of exactly these bytes, oldest first: the entry of the log that
/// commits to it, and when it was taken.
pub async fn kept_files(
    conn: &mut Conn,
    sha256: &str,
    limit: i64,
) -> Result<Vec<(String, i64)>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT evidence.entry_id, evidence.taken_at
             FROM evidence_file JOIN evidence ON evidence.id = evidence_file.evidence_id
             WHERE evidence_file.sha256 = ? ORDER BY evidence.taken_at, evidence.entry_id LIMIT ?",
            &values![sha256, limit],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("entry_id")?, row.int("taken_at")?)))
        .collect()
}

async fn read(conn: &mut Conn, row: &Row) -> Result<Evidence, Fault> {
    let id: EvidenceId = row.parse("id")?;
    let (kind, proof_kind) = (row.text("kind")?, row.text("proof_kind")?);
    let files = files(conn, id).await?;
    Ok(Evidence {
        id,
        item: row.maybe_parse("item_id")?,
        unit: row.maybe_parse("unit_id")?,
        kind: EvidenceKind::parse(&proof_kind)
            .ok_or_else(|| Fault::new(format!("no such kind of evidence: {proof_kind}")))?,
        capture: Capture {
            kind: CaptureKind::parse(&kind)
                .ok_or_else(|| Fault::new(format!("no such kind of capture: {kind}")))?,
            title: row.text("title")?,
            url: row.text("url")?,
            taken_at_ms: row.int("taken_at")?,
            files,
        },
        shown_on: row.parse("shown_on")?,
        place: row.text("place")?,
        source: row.text("source")?,
        proves: row.text("proves")?,
        taken_by: row.maybe_parse("taken_by")?,
        by: row.maybe_text("taker")?.unwrap_or_default(),
        withdrawal: match row.maybe_int("withdrawn_at")? {
            None => None,
            Some(at_ms) => Some(Withdrawal {
                at_ms,
                by: row.maybe_text("withdrawer")?.unwrap_or_default(),
                why: row.text("withdrawal")?,
            }),
        },
        entry: row.parse("entry_id")?,
    })
}

async fn files(conn: &mut Conn, id: EvidenceId) -> Result<Vec<CapturedFile>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM evidence_file WHERE evidence_id = ? ORDER BY position",
            &values![id],
        )
        .await?;
    rows.iter()
        .map(|file| {
            Ok(CapturedFile {
                name: file.text("name")?,
                media_type: file.text("media_type")?,
                sha256: file.text("sha256")?,
                size: u64::try_from(file.int("size_bytes")?).unwrap_or(0),
            })
        })
        .collect()
}
