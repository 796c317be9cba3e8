//! Evidence of self-scores, in rows of other features, read only.

use std::collections::HashMap;

use base::Fault;
use base::id::{AgencyId, EvidenceId, RoundBodyId, RowId, SelfScoreId};
use db::{Conn, values};

/// Standing pieces of evidence of each score of a body.
///
/// # Faults
/// The database does not answer.
pub async fn evidence_counts(
    conn: &mut Conn,
    body: RoundBodyId,
) -> Result<HashMap<SelfScoreId, i64>, Fault> {
    let rows = conn
        .rows(
            "SELECT self_score.id, COUNT(*) AS n FROM self_score
             JOIN evidence_subject ON evidence_subject.subject_kind = 'self_score'
                 AND evidence_subject.subject_id = self_score.id
             JOIN evidence ON evidence.id = evidence_subject.evidence_id
             WHERE self_score.body_id = ? AND evidence.withdrawn_at IS NULL
             GROUP BY self_score.id",
            &values![body],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.parse("id")?, row.int("n")?)))
        .collect()
}

/// A file among the evidence of a body: its name, if it is one.
///
/// # Faults
/// The database does not answer.
pub async fn evidence_file(
    conn: &mut Conn,
    body: RoundBodyId,
    sha256: &str,
) -> Result<Option<String>, Fault> {
    let row = conn
        .maybe(
            "SELECT evidence_file.name FROM self_score
             JOIN evidence_subject ON evidence_subject.subject_kind = 'self_score'
                 AND evidence_subject.subject_id = self_score.id
             JOIN evidence_file ON evidence_file.evidence_id = evidence_subject.evidence_id
             WHERE self_score.body_id = ? AND evidence_file.sha256 = ? LIMIT 1",
            &values![body, sha256],
        )
        .await?;
    row.map(|row| row.text("name")).transpose()
}

/// The newest standing pieces of evidence of an agency.
///
/// # Faults
/// The database does not answer.
pub async fn newest_evidence(
    conn: &mut Conn,
    agency: AgencyId,
    limit: i64,
) -> Result<Vec<EvidenceId>, Fault> {
    let rows = conn
        .rows(
            "SELECT id FROM evidence WHERE agency_id = ? AND withdrawn_at IS NULL
             ORDER BY taken_at DESC, id DESC LIMIT ?",
            &values![agency, limit],
        )
        .await?;
    rows.iter().map(|row| row.parse("id")).collect()
}

/// The number of an entry in the log; none while it waits for its place.
///
/// # Faults
/// The database does not answer.
pub async fn leaf_of(conn: &mut Conn, entry: RowId) -> Result<Option<i64>, Fault> {
    let row = conn
        .maybe(
            "SELECT seq FROM audit_leaf WHERE entry_id = ?",
            &values![entry],
        )
        .await?;
    row.map(|row| row.int("seq")).transpose()
}
