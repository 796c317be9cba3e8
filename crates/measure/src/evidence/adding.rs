//! Adding a piece of evidence, and saying what else it proves: each an act of its own.

use base::id::{ActivityId, EvidenceId, UnitId};
use base::{Actor, Error, Problem, Refusal, Role, Subject, SubjectKind};
use db::Conn;
use editorial::Editorial;
use editorial::items::proof::{Proof, capture};
use editorial::items::{item_store, requirement_store, sent_file};
use house::evidence::{self, Alike, Likeness, NewPiece};
use house::people::agency_store;

use super::entry::Entry;
use super::rules::{may_add, may_change};

/// Adds a piece of evidence with its file.
///
/// # Refusals
/// `refusal-role`; an activity, item or unit of another agency; `evidence-known-file`,
/// `evidence-known-link`, `evidence-known-picture` unless the repeat is meant.
/// # Faults
/// The disk or the database refuses it.
pub async fn add(
    editorial: &Editorial,
    actor: &Actor,
    entry: &Entry,
    proof: Option<&Proof>,
) -> Result<EvidenceId, Error> {
    may_add(actor)?;
    let pictures = sent_file::pictures(editorial, proof).await?;
    let now = editorial.clock.now_ms();
    let mut piece = NewPiece {
        shown_on: entry.shown_on,
        place: entry.place.clone(),
        source: entry.source.clone(),
        proves: entry.proves.clone(),
        unit: unit_of(actor, entry.unit),
        item: entry.item,
        pictures,
        kept_because: entry.kept_because.clone(),
        ..NewPiece::new(entry.kind, capture(&entry.title, &entry.link, proof, now))
    };
    let mut act = editorial.db.act().await?;
    check_unit(&mut act, actor, piece.unit).await?;
    if let Some(item) = entry.item {
        item_store::find(&mut act, actor.agency, item).await?;
    }
    for activity in &entry.activities {
        requirement_store::find(&mut act, actor.agency, *activity).await?;
        piece
            .subjects
            .push(Subject::new(SubjectKind::Activity, activity));
    }
    if !entry.is_repeat_meant() {
        let alike = alike(&mut act, actor, &piece).await?;
        if !alike.is_empty() {
            return Err(Refusal::Invalid(problems(&alike)).into());
        }
    }
    sent_file::put(editorial, &mut act, actor, proof).await?;
    let id = evidence::keep(editorial, &mut act, actor, &piece).await?;
    act.commit().await?;
    Ok(id)
}

/// The older pieces that a new one is like.
async fn alike(conn: &mut Conn, actor: &Actor, piece: &NewPiece) -> Result<Vec<Alike>, Error> {
    let (capture, pictures) = (&piece.capture, &piece.pictures);
    Ok(evidence::alike(conn, actor.agency, capture, pictures).await?)
}

/// What is told of older pieces, each at the field that is like it.
pub(super) fn problems(alike: &[Alike]) -> Vec<Problem> {
    let problem = |one: &Alike| {
        let (field, key) = match one.likeness {
            Likeness::Bytes => ("file", "evidence-known-file"),
            Likeness::Link => ("link", "evidence-known-link"),
            Likeness::Picture => ("file", "evidence-known-picture"),
        };
        Problem::at(field, key).with("title", &one.title)
    };
    alike.iter().map(problem).collect()
}

/// The unit whose work it is: the officer says whose, others bring their own unit's.
fn unit_of(actor: &Actor, named: Option<UnitId>) -> Option<UnitId> {
    match actor.is(Role::Officer) {
        true => named,
        false => actor.unit,
    }
}

async fn check_unit(conn: &mut Conn, actor: &Actor, unit: Option<UnitId>) -> Result<(), Error> {
    let Some(unit) = unit else { return Ok(()) };
    let far = jiff::civil::Date::MAX;
    match agency_store::find_unit(conn, actor.agency, unit, far).await {
        Ok(_) => Ok(()),
        Err(Error::Refusal(_)) => Err(Refusal::at("unit", "field-choice").into()),
        Err(fault) => Err(fault),
    }
}

/// Says that a piece also proves these activities.
///
/// # Refusals
/// Those of [`may_change`]; an activity of another agency; `evidence-withdrawn`; none was chosen.
/// # Faults
/// The database refuses it.
pub async fn attach_activities(
    editorial: &Editorial,
    actor: &Actor,
    (id, activities): (EvidenceId, &[ActivityId]),
) -> Result<(), Error> {
    if activities.is_empty() {
        return Err(Refusal::at("activities", "evidence-choose-activity").into());
    }
    let mut act = editorial.db.act().await?;
    let piece = evidence::evidence_store::find(&mut act, actor.agency, id).await?;
    may_change(actor, piece.taken_by, piece.unit)?;
    for activity in activities {
        requirement_store::find(&mut act, actor.agency, *activity).await?;
        let subject = Subject::new(SubjectKind::Activity, activity);
        evidence::attach(editorial, &mut act, actor, (id, &subject)).await?;
    }
    Ok(act.commit().await?)
}

/// Takes back that a piece proves an activity.
///
/// # Refusals
/// Those of [`may_change`]; it was never said.
/// # Faults
/// The database refuses it.
pub async fn detach_activity(
    editorial: &Editorial,
    actor: &Actor,
    (id, activity): (EvidenceId, ActivityId),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let piece = evidence::evidence_store::find(&mut act, actor.agency, id).await?;
    may_change(actor, piece.taken_by, piece.unit)?;
    let subject = Subject::new(SubjectKind::Activity, activity);
    evidence::detach(editorial, &mut act, actor, (id, &subject)).await?;
    Ok(act.commit().await?)
}

/// Withdraws a piece with a reason.
///
/// # Refusals
/// Those of [`may_change`]; `evidence-withdrawn`.
/// # Faults
/// The database refuses it.
pub async fn withdraw(
    editorial: &Editorial,
    actor: &Actor,
    (id, why): (EvidenceId, &str),
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let piece = evidence::evidence_store::find(&mut act, actor.agency, id).await?;
    may_change(actor, piece.taken_by, piece.unit)?;
    evidence::withdraw(editorial, &mut act, actor, (id, why)).await?;
    Ok(act.commit().await?)
}

/// Says why a piece and an older one that it is like are both kept.
///
/// # Refusals
/// Those of [`may_change`]; not found: no such pair.
/// # Faults
/// The database refuses it.
pub async fn keep_both(
    editorial: &Editorial,
    actor: &Actor,
    pair: (EvidenceId, EvidenceId),
    why: &str,
) -> Result<(), Error> {
    let mut read = editorial.db.read().await?;
    let piece = evidence::evidence_store::find(&mut read, actor.agency, pair.0).await?;
    drop(read);
    may_change(actor, piece.taken_by, piece.unit)?;
    evidence::keep_both(editorial, actor, pair, why).await
}
