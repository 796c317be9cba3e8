//! What pieces of evidence prove, in rows.

use std::collections::HashMap;

use base::id::{AgencyId, EvidenceId};
use base::{Actor, Fault, Subject, SubjectKind};
use db::{Act, Conn, values};

/// Says that a piece proves this; false when it was said before.
pub(super) async fn add(
    act: &mut Act,
    id: EvidenceId,
    subject: &Subject,
    (actor, now): (&Actor, i64),
) -> Result<bool, Fault> {
    let added = act
        .run(
            "INSERT INTO evidence_subject (evidence_id, subject_kind, subject_id, attached_at, attached_by)
             VALUES (?, ?, ?, ?, ?) ON CONFLICT (evidence_id, subject_kind, subject_id) DO NOTHING",
            &values![id, subject.kind, &subject.id, now, actor.account],
        )
        .await?;
    Ok(added > 0)
}

/// Takes back that a piece proves this; false when it was never said.
pub(super) async fn remove(
    act: &mut Act,
    id: EvidenceId,
    subject: &Subject,
) -> Result<bool, Fault> {
    let removed = act
        .run(
            "DELETE FROM evidence_subject
             WHERE evidence_id = ? AND subject_kind = ? AND subject_id = ?",
            &values![id, subject.kind, &subject.id],
        )
        .await?;
    Ok(removed > 0)
}

/// What a piece proves, in the order in which it was said.
pub(super) async fn of_evidence(conn: &mut Conn, id: EvidenceId) -> Result<Vec<Subject>, Fault> {
    let rows = conn
        .rows(
            "SELECT subject_kind, subject_id FROM evidence_subject WHERE evidence_id = ?
             ORDER BY attached_at, subject_kind, subject_id",
            &values![id],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let kind = row.text("subject_kind")?;
        let kind = SubjectKind::parse(&kind)
            .ok_or_else(|| Fault::new(format!("evidence proves a {kind}, which is nothing")))?;
        all.push(Subject::new(kind, row.text("subject_id")?));
    }
    Ok(all)
}

/// How many standing pieces each thing of a kind has; what has none is left out.
pub(super) async fn counts(
    conn: &mut Conn,
    agency: AgencyId,
    kind: SubjectKind,
) -> Result<HashMap<String, i64>, Fault> {
    let rows = conn
        .rows(
            "SELECT evidence_subject.subject_id, COUNT(*) AS n FROM evidence_subject
             JOIN evidence ON evidence.id = evidence_subject.evidence_id
             WHERE evidence_subject.subject_kind = ? AND evidence.agency_id = ?
               AND evidence.withdrawn_at IS NULL
             GROUP BY evidence_subject.subject_id",
            &values![kind, agency],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("subject_id")?, row.int("n")?)))
        .collect()
}
