//! Choosing which kinds of evidence activities must have, what is offered for that, and what is
//! missing.

use base::id::{ActivityId, AgencyId, UnitId};
use base::{Actor, Error, Fault, Refusal, Role, Subject, SubjectKind};
use db::{Act, Conn};
use house::evidence::EvidenceKind;
use house::evidence::kind::{kinds_of, words_of};
use house::people::{agency_store, setting_store};
use jiff::civil::Date;
use serde_json::json;

use super::item::CHANNEL_KINDS;
use super::requirement::{Missing, missing, usual};
use super::requirement_store;
use crate::Editorial;

/// What stands in a setting for a form of which nothing is offered.
const NOTHING: &str = "-";

/// Chooses the kinds of evidence that an activity must have; none is a choice too.
///
/// # Refusals
/// `refusal-role`: only the officer chooses; not found: no such activity of the agency.
/// # Faults
/// The database refuses it.
pub async fn require(
    editorial: &Editorial,
    act: &mut Act,
    actor: &Actor,
    (activity, kinds): (ActivityId, &[EvidenceKind]),
) -> Result<(), Error> {
    may_require(actor)?;
    requirement_store::find(act, actor.agency, activity).await?;
    let now = editorial.clock.now_ms();
    requirement_store::choose(act, activity, kinds, (actor.account, now)).await?;
    let subject = Subject::new(SubjectKind::Activity, activity);
    let data = json!({ "kinds": words_of(kinds) });
    editorial
        .record(act, actor, "evidence.require", subject, data)
        .await?;
    Ok(())
}

/// Whether the actor may say which evidence is asked for.
///
/// # Refusals
/// `refusal-role`.
pub fn may_require(actor: &Actor) -> Result<(), Refusal> {
    match actor.is(Role::Officer) {
        true => Ok(()),
        false => Err(Refusal::Forbidden("refusal-role")),
    }
}

/// What is offered for each form of communication, as the agency has it: every one of
/// [`CHANNEL_KINDS`] in its order.
///
/// # Faults
/// The database does not answer.
pub async fn offers(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Vec<(&'static str, Vec<EvidenceKind>)>, Fault> {
    let mut all = Vec::with_capacity(CHANNEL_KINDS.len());
    for form in CHANNEL_KINDS {
        let kinds = match setting_store::value(conn, agency, &setting(form)).await? {
            said if said.is_empty() => usual(form).to_vec(),
            said => kinds_of(&said),
        };
        all.push((form, kinds));
    }
    Ok(all)
}

/// Changes what is offered for forms of communication.
///
/// # Refusals
/// `refusal-role`.
/// # Faults
/// The database refuses it.
pub async fn save_offers(
    editorial: &Editorial,
    actor: &Actor,
    offers: &[(&'static str, Vec<EvidenceKind>)],
) -> Result<(), Error> {
    may_require(actor)?;
    let mut act = editorial.db.act().await?;
    let mut said = serde_json::Map::new();
    for (form, kinds) in offers {
        let words = match words_of(kinds) {
            none if none.is_empty() => NOTHING.to_owned(),
            words => words,
        };
        setting_store::save(&mut act, actor.agency, &setting(form), &words).await?;
        said.insert((*form).to_owned(), json!(words));
    }
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    editorial
        .record(&mut act, actor, "evidence.offer", subject, said.into())
        .await?;
    Ok(act.commit().await?)
}

fn setting(form: &str) -> String {
    format!("evidence.offer.{form}")
}

/// What is offered together for these forms, each kind once, in the order of lists.
pub fn offered(offers: &[(&'static str, Vec<EvidenceKind>)], forms: &[&str]) -> Vec<EvidenceKind> {
    let of_these = offers.iter().filter(|(form, _)| forms.contains(form));
    let all: Vec<EvidenceKind> = of_these.flat_map(|(_, kinds)| kinds.clone()).collect();
    kinds_of(&words_of(&all))
}

/// What the running and closed plans of a year lack, what is due first first: for each activity and
/// each unit that owes it, the kinds of evidence that were chosen and are not there.
///
/// # Faults
/// The database does not answer.
pub async fn missing_by_unit(
    conn: &mut Conn,
    agency: AgencyId,
    year: i16,
    today: Date,
) -> Result<Vec<Missing>, Fault> {
    let units = agency_store::units(conn, agency, today).await?;
    let open: Vec<UnitId> = units
        .iter()
        .filter(|unit| unit.is_open(today))
        .map(|unit| unit.id)
        .collect();
    let asked = requirement_store::asked(conn, agency, year, &open).await?;
    let had = requirement_store::had(conn, agency, year).await?;
    Ok(missing(&asked, &had))
}
