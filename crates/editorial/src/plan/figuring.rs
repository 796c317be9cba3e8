//! Entering a figure with its evidence, and withdrawing one: each an act of its own.

use base::id::{ActivityId, ItemId, PlanId, UnitId};
use base::{Actor, Error, Refusal, Role, Subject, SubjectKind};
use db::Conn;
use house::evidence::{self, EvidenceKind, NewPiece};
use serde_json::json;

use super::activity::{Activity, PerUnit};
use super::board::Board;
use super::figure::Figure;
use super::figure_store;
use super::plan::Plan;
use super::rules::{Deed, On, may};
use super::{activity_store, plan_store, target_store};
use crate::Editorial;
use crate::items::item::{Item, ItemForm, ItemKind};
use crate::items::item_store;
use crate::items::proof::{Proof, capture};
use crate::items::sent_file;

/// Enters a figure for a target of an activity: its item, its file and its evidence in one act.
///
/// # Refusals
/// Those of [`may`] for [`Deed::CountByHand`]; `plan-figure-proof-missing` without a file and an
/// address; a target or unit that is not the activity's; not found.
pub async fn enter(
    editorial: &Editorial,
    actor: &Actor,
    (plan, activity): (PlanId, ActivityId),
    figure: &Figure,
    proof: Option<&Proof>,
) -> Result<ItemId, Error> {
    if proof.is_none() && figure.link.is_empty() {
        return Err(Refusal::at("file", "plan-figure-proof-missing").into());
    }
    let pictures = sent_file::pictures(editorial, proof).await?;
    let mut act = editorial.db.act().await?;
    let (plan, activity) = open(&mut act, actor, plan, activity).await?;
    let targets = target_store::of_activity(&mut act, activity.id).await?;
    if targets.iter().all(|(no, _)| *no != figure.target_no) {
        return Err(Refusal::at("target", "field-choice").into());
    }
    let now = editorial.clock.now_ms();
    let item = Item {
        id: editorial.ids.next(&editorial.clock),
        agency: actor.agency,
        kind: ItemKind::ByHand,
        form: ItemForm::Piece,
        title: figure.title.clone(),
        unit: unit_of(actor, &activity, figure.unit),
        author: actor.name.clone(),
        done_on: Some(figure.day),
    };
    item_store::add(&mut act, &item, now).await?;
    let by = (actor.account, now);
    figure_store::add(&mut act, (item.id, activity.id), figure, by).await?;
    let subject = Subject::new(SubjectKind::Activity, activity.id);
    let data = json!({
        "plan": plan.id,
        "item": item.id,
        "target": figure.target_no,
        "number": figure.number,
        "day": figure.day.to_string(),
        "title": figure.title,
        "url": figure.link,
    });
    editorial
        .record(&mut act, actor, "figure.add", subject, data)
        .await?;
    sent_file::put(editorial, &mut act, actor, proof).await?;
    let capture = capture(&figure.title, &figure.link, proof, now);
    let piece = NewPiece {
        kind: EvidenceKind::Figure,
        shown_on: figure.day,
        unit: item.unit,
        pictures,
        ..NewPiece::of_item(item.id, capture)
    };
    evidence::keep(editorial, &mut act, actor, &piece).await?;
    super::desk::touch(&mut act, plan.id);
    act.commit().await?;
    Ok(item.id)
}

/// Withdraws a figure with a reason: it counts no more, and stays with its evidence.
///
/// # Refusals
/// As [`enter`]; `plan-figure-withdrawn`; not found.
pub async fn withdraw(
    editorial: &Editorial,
    actor: &Actor,
    (plan, activity): (PlanId, ActivityId),
    item: ItemId,
    why: &str,
) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let (plan, activity) = open(&mut act, actor, plan, activity).await?;
    let figure = figure_store::find(&mut act, activity.id, item).await?;
    let now = editorial.clock.now_ms();
    figure_store::withdraw(&mut act, item, why, (actor.account, now)).await?;
    let mut found = item_store::find(&mut act, actor.agency, item).await?;
    found.done_on = None;
    item_store::save(&mut act, &found).await?;
    let subject = Subject::new(SubjectKind::Activity, activity.id);
    let data = json!({
        "plan": plan.id,
        "item": item,
        "number": figure.number,
        "day": figure.day.to_string(),
        "why": why,
    });
    editorial
        .record(&mut act, actor, "figure.withdraw", subject, data)
        .await?;
    super::desk::touch(&mut act, plan.id);
    act.commit().await?;
    Ok(())
}

/// The activity of a plan, if the actor may enter figures for it.
async fn open(
    conn: &mut Conn,
    actor: &Actor,
    plan: PlanId,
    activity: ActivityId,
) -> Result<(Plan, Activity), Error> {
    let plan = plan_store::find(conn, actor.agency, plan).await?;
    let all = activity_store::list(conn, plan.id).await?;
    let activity = all
        .into_iter()
        .find(|found| found.id == activity)
        .ok_or(Refusal::NotFound)?;
    may(actor, Deed::CountByHand, On::Activity(&plan, &activity))?;
    Ok((plan, activity))
}

/// The unit that a figure is of: a head enters what the own unit did.
fn unit_of(actor: &Actor, activity: &Activity, named: Option<UnitId>) -> Option<UnitId> {
    let is_officer = actor.is(Role::Officer);
    match activity.details.per_unit {
        PerUnit::Together if is_officer => named.or(activity.details.lead_unit),
        _ if is_officer => named,
        _ => actor.unit,
    }
}

/// The units that a figure of an activity may name, for this actor.
pub(super) fn units_of(actor: &Actor, board: &Board, activity: &Activity) -> Vec<UnitId> {
    if !actor.is(Role::Officer) {
        return actor.unit.into_iter().collect();
    }
    match activity.details.per_unit {
        PerUnit::Together => board.units.iter().map(|unit| unit.id).collect(),
        _ => board.asked(activity).into_iter().flatten().collect(),
    }
}
