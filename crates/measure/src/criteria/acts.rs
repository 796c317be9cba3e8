//! Acts on criteria sets that pages and commands share.

use base::id::{AgencyId, CriteriaSetId, RowId};
use base::{Actor, Error, Problem, Refusal, Subject, SubjectKind};
use db::Act;
use editorial::Editorial;
use house::House;
use house::audit::Doer;
use serde_json::json;

use super::change_store;
use super::criteria_store::{self, Writing};
use super::rules::{Deed, may};
use super::set::{Area, CriteriaSet, SetDetails, SetState};
use super::set_json::SetFile;

/// The set as the log names it.
pub(super) fn subject(set: CriteriaSetId) -> Subject {
    Subject::new(SubjectKind::CriteriaSet, set)
}

/// Who brings a set in.
#[derive(Clone, Copy, Debug)]
pub struct Bringer<'a> {
    /// In whose rows.
    pub agency: AgencyId,
    /// The person, unless a command at the machine does it.
    pub actor: Option<&'a Actor>,
}

/// Stores a set as a draft, and writes it into the log (`criteria.add`).
///
/// # Refusals
/// It has no title or no year.
///
/// # Faults
/// The database refuses.
pub async fn store(
    house: &House,
    act: &mut Act,
    bringer: Bringer<'_>,
    (file, follows): (SetFile, Option<CriteriaSetId>),
) -> Result<CriteriaSetId, Error> {
    let mut problems = Vec::new();
    if file.details.title.is_empty() {
        problems.push(Problem::of("criteria-no-title"));
    }
    if file.details.year_from == 0 {
        problems.push(Problem::of("criteria-no-year"));
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    let mut set = CriteriaSet {
        id: house.ids.next(&house.clock),
        agency: bringer.agency,
        details: file.details,
        state: SetState::Draft,
        follows,
        areas: file.areas,
        version: 1,
    };
    let rule_ids = give_ids(house, &mut set.areas);
    let writing = Writing {
        by: bringer.actor.map(|actor| actor.account),
        now: house.clock.now_ms(),
    };
    criteria_store::add(act, &set, &rule_ids, writing).await?;
    let details = &set.details;
    let data = json!({
        "title": details.title, "number": details.number, "year_from": details.year_from,
        "n_components": set.components().count(), "follows": follows,
    });
    let doer: Doer = bringer.actor.map_or(Doer::System, Into::into);
    house
        .record_of(
            act,
            bringer.agency,
            doer,
            ("criteria.add", subject(set.id), data),
        )
        .await?;
    Ok(set.id)
}

/// Gives new ids to every part; the ids of the first versions of the rules, in order.
fn give_ids(house: &House, areas: &mut [Area]) -> Vec<RowId> {
    let mut rule_ids = Vec::new();
    for area in areas {
        area.id = house.ids.next(&house.clock);
        for criterion in &mut area.criteria {
            criterion.id = house.ids.next(&house.clock);
            for component in &mut criterion.components {
                component.id = house.ids.next(&house.clock);
                component.rule_version = 1;
                rule_ids.push(house.ids.next(&house.clock));
            }
        }
    }
    rule_ids
}

/// A set that a person may do something with, counted as changed at the version they saw.
pub(super) async fn open(
    act: &mut Act,
    actor: &Actor,
    (id, deed): (CriteriaSetId, Deed),
    seen: &str,
) -> Result<CriteriaSet, Error> {
    let set = criteria_store::find(act, actor.agency, id).await?;
    may(actor, deed, set.state)?;
    let seen: i64 = seen.parse().map_err(|_| Refusal::Stale)?;
    change_store::bump(act, id, seen).await?;
    Ok(set)
}

/// Puts a draft in force; the version that it follows is replaced (`criteria.force`).
///
/// # Refusals
/// As [`CriteriaSet::put_in_force`]; somebody else changed it meanwhile.
///
/// # Faults
/// The database refuses.
pub async fn put_in_force(
    editorial: &Editorial,
    actor: &Actor,
    id: CriteriaSetId,
    seen: &str,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let set = open(&mut act, actor, (id, Deed::PutInForce), seen).await?;
    let state = set.put_in_force()?;
    change_store::save_state(&mut act, id, state).await?;
    if let Some(before) = set.follows {
        let before = criteria_store::find(&mut act, actor.agency, before).await?;
        if before.state == SetState::InForce {
            change_store::save_state(&mut act, before.id, SetState::Replaced).await?;
        }
    }
    let data = json!({"number": set.details.number, "follows": set.follows});
    editorial
        .record(&mut act, actor, "criteria.force", subject(id), data)
        .await?;
    Ok(act.commit().await?)
}

/// Begins the next version of a set as a draft that follows it.
///
/// # Refusals
/// Not found; the role.
///
/// # Faults
/// The database refuses.
pub async fn copy(
    editorial: &Editorial,
    actor: &Actor,
    id: CriteriaSetId,
) -> Result<CriteriaSetId, Error> {
    let mut act = editorial.db.act().await?;
    let set = criteria_store::find(&mut act, actor.agency, id).await?;
    may(actor, Deed::Copy, set.state)?;
    let details = SetDetails {
        // The decision of the next version is another one.
        number: String::new(),
        issued_on: None,
        ..set.details
    };
    let bringer = Bringer {
        agency: actor.agency,
        actor: Some(actor),
    };
    let file = SetFile::of(details, set.areas);
    let new = store(&editorial.house, &mut act, bringer, (file, Some(id))).await?;
    act.commit().await?;
    Ok(new)
}

/// Takes a draft away with everything in it (`criteria.remove`).
///
/// # Refusals
/// It is no draft; somebody else changed it meanwhile.
///
/// # Faults
/// The database refuses.
pub async fn remove(
    editorial: &Editorial,
    actor: &Actor,
    id: CriteriaSetId,
    seen: &str,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let set = open(&mut act, actor, (id, Deed::Remove), seen).await?;
    for area in &set.areas {
        remove_area(&mut act, area).await?;
    }
    change_store::remove_set(&mut act, id).await?;
    let data = json!({"title": set.details.title});
    editorial
        .record(&mut act, actor, "criteria.remove", subject(id), data)
        .await?;
    Ok(act.commit().await?)
}

/// Takes an area away with its criteria and their components.
pub(super) async fn remove_area(act: &mut Act, area: &Area) -> Result<(), Error> {
    for criterion in &area.criteria {
        for component in &criterion.components {
            change_store::remove_component(act, component.id).await?;
        }
        change_store::remove_criterion(act, criterion.id).await?;
    }
    Ok(change_store::remove_area(act, area.id).await?)
}
