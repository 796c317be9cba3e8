//! Changes of criteria sets in rows. Every change of a set bumps its version first.

use base::id::{ComponentId, CriteriaSetId, RowId};
use base::{Error, Fault, Refusal};
use db::{Act, values};

use super::criteria_store::{json, maybe_json};
use super::set::{Area, Component, Criterion, SetDetails, SetState};

/// Counts a change of a set that was read at a version.
///
/// # Refusals
/// [`Refusal::Stale`]: somebody else changed it in between.
pub async fn bump(act: &mut Act, set: CriteriaSetId, version: i64) -> Result<(), Error> {
    let n_changed = act
        .run(
            "UPDATE criteria_set SET version = version + 1 WHERE id = ? AND version = ?",
            &values![set, version],
        )
        .await?;
    match n_changed {
        1 => Ok(()),
        _ => Err(Refusal::Stale.into()),
    }
}

/// Saves what a set says of itself.
pub async fn save_details(
    act: &mut Act,
    set: CriteriaSetId,
    details: &SetDetails,
) -> Result<(), Fault> {
    act.run(
        "UPDATE criteria_set SET title = ?, number = ?, issued_on = ?, issuer = ?, level = ?,
             year_from = ?, year_to = ?, total = ?, note = ?, kept = ? WHERE id = ?",
        &values![
            &details.title,
            &details.number,
            details.issued_on.map(|day| day.to_string()),
            &details.issuer,
            &details.level,
            details.year_from,
            details.year_to,
            details.total.map(|total| total.to_string()),
            &details.note,
            json(&details.kept)?,
            set,
        ],
    )
    .await?;
    Ok(())
}

/// Gives a set another state.
pub async fn save_state(act: &mut Act, set: CriteriaSetId, state: SetState) -> Result<(), Fault> {
    act.run(
        "UPDATE criteria_set SET state = ? WHERE id = ?",
        &values![state.as_str(), set],
    )
    .await?;
    Ok(())
}

/// Saves an area.
pub async fn save_area(act: &mut Act, area: &Area) -> Result<(), Fault> {
    act.run(
        "UPDATE area SET no = ?, title = ?, max_points = ?, kept = ? WHERE id = ?",
        &values![
            &area.no,
            &area.title,
            area.max.to_string(),
            json(&area.kept)?,
            area.id
        ],
    )
    .await?;
    Ok(())
}

/// Saves a criterion.
pub async fn save_criterion(act: &mut Act, criterion: &Criterion) -> Result<(), Fault> {
    act.run(
        "UPDATE criterion SET no = ?, title = ?, max_points = ?, kept = ? WHERE id = ?",
        &values![
            &criterion.no,
            &criterion.title,
            criterion.max.to_string(),
            json(&criterion.kept)?,
            criterion.id,
        ],
    )
    .await?;
    Ok(())
}

/// Saves a component and which version of its rule it bears.
pub async fn save_component(act: &mut Act, component: &Component) -> Result<(), Fault> {
    act.run(
        "UPDATE component SET no = ?, title = ?, max_points = ?, guidance = ?, evidence = ?,
             source = ?, example = ?, kept = ?, rule_version = ? WHERE id = ?",
        &values![
            &component.no,
            &component.title,
            component.max.to_string(),
            &component.guidance,
            &component.evidence,
            json(&component.source)?,
            maybe_json(component.example.as_ref())?,
            json(&component.kept)?,
            component.rule_version,
            component.id,
        ],
    )
    .await?;
    Ok(())
}

/// Takes a component of a draft away, with the versions of its rule.
pub async fn remove_component(act: &mut Act, component: ComponentId) -> Result<(), Fault> {
    act.run(
        "DELETE FROM component_rule WHERE component_id = ?",
        &values![component],
    )
    .await?;
    act.run("DELETE FROM component WHERE id = ?", &values![component])
        .await?;
    Ok(())
}

/// Takes a criterion of a draft away; its components went before.
pub async fn remove_criterion(act: &mut Act, criterion: RowId) -> Result<(), Fault> {
    act.run("DELETE FROM criterion WHERE id = ?", &values![criterion])
        .await?;
    Ok(())
}

/// Takes an area of a draft away; its criteria went before.
pub async fn remove_area(act: &mut Act, area: RowId) -> Result<(), Fault> {
    act.run("DELETE FROM area WHERE id = ?", &values![area])
        .await?;
    Ok(())
}

/// Takes a draft away; its areas went before.
pub async fn remove_set(act: &mut Act, set: CriteriaSetId) -> Result<(), Fault> {
    act.run("DELETE FROM criteria_set WHERE id = ?", &values![set])
        .await?;
    Ok(())
}
