//! What a piece of evidence proves: any number of things, of whatever kind. Said and taken back by
//! people, each time with an entry in the log.

use std::collections::HashMap;

use base::id::{AgencyId, EvidenceId};
use base::{Actor, Error, Fault, Refusal, Subject, SubjectKind};
use db::{Act, Conn};
use serde_json::json;

use super::evidence_store::{self, Evidence};
use super::subject_store;
use crate::House;

/// Says that a piece of evidence also proves this. Said twice it is said once.
///
/// Who may say it, and whether there is such a thing, the feature knows whose thing it is.
///
/// # Refusals
/// Not found: no such piece of the actor's agency; `evidence-withdrawn`.
/// # Faults
/// The database refuses it.
pub async fn attach(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (id, subject): (EvidenceId, &Subject),
) -> Result<(), Error> {
    let piece = evidence_store::find(act, actor.agency, id).await?;
    if piece.withdrawal.is_some() {
        return Err(Refusal::because("evidence-withdrawn").into());
    }
    let now = house.clock.now_ms();
    if subject_store::add(act, id, subject, (actor, now)).await? {
        record(house, act, actor, ("evidence.attach", id, subject)).await?;
    }
    Ok(())
}

/// Takes back that a piece of evidence proves this. The piece itself stays.
///
/// # Refusals
/// Not found: no such piece of the actor's agency, or it was never said.
/// # Faults
/// The database refuses it.
pub async fn detach(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (id, subject): (EvidenceId, &Subject),
) -> Result<(), Error> {
    evidence_store::find(act, actor.agency, id).await?;
    if !subject_store::remove(act, id, subject).await? {
        return Err(Refusal::NotFound.into());
    }
    Ok(record(house, act, actor, ("evidence.detach", id, subject)).await?)
}

async fn record(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (name, id, subject): (&'static str, EvidenceId, &Subject),
) -> Result<(), Fault> {
    let data = json!({ "subject": subject.to_string() });
    let piece = Subject::new(SubjectKind::Evidence, id);
    house.record(act, actor, name, piece, data).await?;
    Ok(())
}

/// The standing pieces of evidence that prove this, oldest first.
///
/// # Faults
/// The database does not answer.
pub async fn of_subject(
    conn: &mut Conn,
    agency: AgencyId,
    subject: &Subject,
) -> Result<Vec<Evidence>, Fault> {
    let mut all = evidence_store::list_of_subject(conn, Some(agency), subject).await?;
    all.retain(|piece| piece.withdrawal.is_none());
    Ok(all)
}

/// What a piece proves, in the order in which it was said.
///
/// # Faults
/// The database does not answer.
pub async fn subjects_of(conn: &mut Conn, id: EvidenceId) -> Result<Vec<Subject>, Fault> {
    subject_store::of_evidence(conn, id).await
}

/// How many standing pieces each thing of a kind has; what has none is left out.
///
/// # Faults
/// The database does not answer.
pub async fn count_of_subjects(
    conn: &mut Conn,
    agency: AgencyId,
    kind: SubjectKind,
) -> Result<HashMap<String, i64>, Fault> {
    subject_store::counts(conn, agency, kind).await
}
