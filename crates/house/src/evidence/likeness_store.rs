//! Pieces that seem to be an older one again, in rows.

use base::Fault;
use base::id::{AgencyId, EvidenceId};
use db::{Act, Conn, Row, values};

use super::likeness::{Alike, Likeness};
use super::picture::Picture;

/// Most older pieces of one likeness that are told.
const TOLD_MAX: i64 = 5;
/// Pictures that are compared at a time.
const PICTURES_AT_A_TIME: i64 = 1_000;

/// The newest pieces of an agency, brought by people, whose file has these bytes.
pub(super) async fn of_bytes(
    conn: &mut Conn,
    agency: AgencyId,
    sha256: &str,
) -> Result<Vec<Alike>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT evidence.id, evidence.title, evidence.taken_at FROM evidence_file
             JOIN evidence ON evidence.id = evidence_file.evidence_id
             WHERE evidence_file.sha256 = ? AND evidence.agency_id = ? AND evidence.kind <> 'page'
               AND evidence.withdrawn_at IS NULL
             ORDER BY evidence.taken_at DESC, evidence.id DESC LIMIT ?",
            &values![sha256, agency, TOLD_MAX],
        )
        .await?;
    rows.iter().map(|row| read(row, Likeness::Bytes)).collect()
}

/// The newest pieces of an agency at an address with this key.
pub(super) async fn of_link(
    conn: &mut Conn,
    agency: AgencyId,
    key: &str,
) -> Result<Vec<Alike>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, title FROM evidence
             WHERE agency_id = ? AND link_key = ? AND withdrawn_at IS NULL
             ORDER BY taken_at DESC, id DESC LIMIT ?",
            &values![agency, key, TOLD_MAX],
        )
        .await?;
    rows.iter().map(|row| read(row, Likeness::Link)).collect()
}

/// The pieces of an agency with a picture like this one; read page by page, so that memory does not
/// grow with their number.
pub(super) async fn of_picture(
    conn: &mut Conn,
    agency: AgencyId,
    picture: Picture,
) -> Result<Vec<Alike>, Fault> {
    let mut alike = Vec::new();
    let mut after = (String::new(), -1i64);
    loop {
        let rows = conn
            .rows(
                "SELECT evidence.id, evidence.title, evidence_file.position, evidence_file.picture
                 FROM evidence_file JOIN evidence ON evidence.id = evidence_file.evidence_id
                 WHERE evidence_file.picture IS NOT NULL AND evidence.agency_id = ?
                   AND evidence.kind <> 'page' AND evidence.withdrawn_at IS NULL
                   AND (evidence.id > ? OR (evidence.id = ? AND evidence_file.position > ?))
                 ORDER BY evidence.id, evidence_file.position LIMIT ?",
                &values![agency, &after.0, &after.0, after.1, PICTURES_AT_A_TIME],
            )
            .await?;
        for row in &rows {
            let found = row.text("picture")?.parse::<Picture>();
            if found.is_ok_and(|found| found.is_like(&picture)) {
                alike.push(read(row, Likeness::Picture)?);
            }
        }
        match rows.last() {
            Some(last) if alike.len() < 100 => after = (last.text("id")?, last.int("position")?),
            _ => return Ok(alike),
        }
    }
}

/// Writes down that a piece seems to be an older one again, and why both were kept.
pub(super) async fn add(
    act: &mut Act,
    id: EvidenceId,
    alike: &Alike,
    (kept_because, now): (&str, i64),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO evidence_likeness (evidence_id, older_id, likeness, kept_because, found_at)
         VALUES (?, ?, ?, ?, ?) ON CONFLICT (evidence_id, older_id) DO NOTHING",
        &values![id, alike.id, alike.likeness.as_str(), kept_because, now],
    )
    .await?;
    Ok(())
}

/// Writes down why a piece and an older one that it is like are both kept; false when they are not
/// said to be alike.
pub(super) async fn settle(
    act: &mut Act,
    (id, older): (EvidenceId, EvidenceId),
    why: &str,
) -> Result<bool, Fault> {
    let done = act
        .run(
            "UPDATE evidence_likeness SET kept_because = ? WHERE evidence_id = ? AND older_id = ?",
            &values![why, id, older],
        )
        .await?;
    Ok(done > 0)
}

/// Two pieces that seem to be one.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The newer piece: id and title.
    pub newer: (EvidenceId, String),
    /// The older piece: id and title.
    pub older: (EvidenceId, String),
    /// In what they are alike.
    pub likeness: Likeness,
    /// Why both are kept; empty while nobody has said it.
    pub kept_because: String,
}

/// The pairs that a piece is in, newest first.
pub async fn pairs_of(conn: &mut Conn, id: EvidenceId) -> Result<Vec<Pair>, Fault> {
    let rows = conn
        .rows(
            "SELECT evidence_likeness.*, newer.title AS newer_title, older.title AS older_title
             FROM evidence_likeness
             JOIN evidence AS newer ON newer.id = evidence_likeness.evidence_id
             JOIN evidence AS older ON older.id = evidence_likeness.older_id
             WHERE evidence_likeness.evidence_id = ? OR evidence_likeness.older_id = ?
             ORDER BY evidence_likeness.found_at DESC, evidence_id, older_id",
            &values![id, id],
        )
        .await?;
    rows.iter().map(read_pair).collect()
}

/// How many pairs of an agency's standing pieces there are; with or without those explained.
pub async fn count_pairs(
    conn: &mut Conn,
    agency: AgencyId,
    with_explained: bool,
) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM evidence_likeness
         JOIN evidence AS newer ON newer.id = evidence_likeness.evidence_id
         JOIN evidence AS older ON older.id = evidence_likeness.older_id
         WHERE newer.agency_id = ? AND newer.withdrawn_at IS NULL AND older.withdrawn_at IS NULL
           AND (CAST(? AS BIGINT) = 1 OR evidence_likeness.kept_because = '')",
        &values![agency, with_explained],
    )
    .await
}

/// One page of the pairs of an agency's standing pieces, newest first, unexplained ones before.
pub async fn list_pairs(
    conn: &mut Conn,
    agency: AgencyId,
    (limit, offset): (i64, i64),
) -> Result<Vec<Pair>, Fault> {
    let rows = conn
        .rows(
            "SELECT evidence_likeness.*, newer.title AS newer_title, older.title AS older_title
             FROM evidence_likeness
             JOIN evidence AS newer ON newer.id = evidence_likeness.evidence_id
             JOIN evidence AS older ON older.id = evidence_likeness.older_id
             WHERE newer.agency_id = ? AND newer.withdrawn_at IS NULL AND older.withdrawn_at IS NULL
             ORDER BY CASE WHEN evidence_likeness.kept_because = '' THEN 0 ELSE 1 END,
                 evidence_likeness.found_at DESC, evidence_id, older_id
             LIMIT ? OFFSET ?",
            &values![agency, limit, offset],
        )
        .await?;
    rows.iter().map(read_pair).collect()
}

fn read(row: &Row, likeness: Likeness) -> Result<Alike, Fault> {
    Ok(Alike {
        id: row.parse("id")?,
        title: row.text("title")?,
        likeness,
    })
}

fn read_pair(row: &Row) -> Result<Pair, Fault> {
    let likeness = row.text("likeness")?;
    Ok(Pair {
        newer: (row.parse("evidence_id")?, row.text("newer_title")?),
        older: (row.parse("older_id")?, row.text("older_title")?),
        likeness: Likeness::parse(&likeness)
            .ok_or_else(|| Fault::new(format!("no such likeness: {likeness}")))?,
        kept_because: row.text("kept_because")?,
    })
}
