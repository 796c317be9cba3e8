//! Filling a plan by a command: what it promises is put under its tasks; and, for an office that
//! begins in the middle of a year, it is taken as issued. People do the same step by step at the
//! desk.

use base::id::{ActivityId, AgencyId, PlanId};
use base::{Error, Refusal, Subject, SubjectKind};
use db::Act;
use house::House;
use house::audit::Doer;
use serde_json::json;

use super::activity::{Activity, ActivityDetails};
use super::life::{issuing, life_store};
use super::plan::{Plan, PlanState};
use super::{activity_store, plan_store, task_store};

/// Adds activities under tasks, named by their number, and takes the plan as issued and public;
/// returns the activities in their order.
///
/// # Refusals
/// [`Refusal::NotFound`] when there is no such plan or task; [`Refusal::Stale`] when it is no draft.
pub async fn start(
    house: &House,
    whose: (AgencyId, PlanId),
    doer: Doer,
    activities: Vec<(String, ActivityDetails)>,
) -> Result<Vec<ActivityId>, Error> {
    let mut act = house.db.act().await?;
    let (found, ids) = add_all(house, &mut act, whose, activities).await?;
    let mut details = found.details.clone();
    details.is_public = true;
    plan_store::save(&mut act, found.id, found.version, &details).await?;
    let states = (PlanState::Draft, PlanState::Issued);
    life_store::move_on(&mut act, found.id, states).await?;
    let tree = issuing::tree_of(&mut act, &found, house.today()).await?;
    let row = house.ids.next(&house.clock);
    let now = house.clock.now_ms();
    let (_, sha256) = life_store::add_baseline(&mut act, row, found.id, &tree, now).await?;
    let data = json!({"activities": ids.len(), "baseline": sha256});
    end(house, act, (whose, doer), "plan.start", data).await?;
    Ok(ids)
}

/// Adds activities under the tasks of a draft, named by their number; returns them in their order.
///
/// # Refusals
/// [`Refusal::NotFound`] when there is no such plan or task.
pub async fn promise(
    house: &House,
    whose: (AgencyId, PlanId),
    doer: Doer,
    activities: Vec<(String, ActivityDetails)>,
) -> Result<Vec<ActivityId>, Error> {
    let mut act = house.db.act().await?;
    let (_, ids) = add_all(house, &mut act, whose, activities).await?;
    let data = json!({"activities": ids.len()});
    end(house, act, (whose, doer), "plan.promise", data).await?;
    Ok(ids)
}

/// Lets the public see a plan, once it is issued.
///
/// # Refusals
/// [`Refusal::NotFound`] when there is no such plan.
pub async fn show(house: &House, whose: (AgencyId, PlanId), doer: Doer) -> Result<(), Error> {
    let mut act = house.db.act().await?;
    let mut plan = plan_store::find(&mut act, whose.0, whose.1).await?;
    plan.details.is_public = true;
    plan_store::save(&mut act, plan.id, plan.version, &plan.details).await?;
    issuing::publish_all(&mut act, &plan).await?;
    let data = json!({"is_public": true});
    end(house, act, (whose, doer), "plan.edit", data).await
}

/// Changes what an activity promises, named by its title: of a draft, or of a working copy.
///
/// # Refusals
/// [`Refusal::NotFound`] when there is no such plan or activity; [`Refusal::Stale`] when the plan
/// is issued: it changes by an amendment.
pub async fn revise(
    house: &House,
    whose: (AgencyId, PlanId),
    doer: Doer,
    title: &str,
    change: impl FnOnce(&mut ActivityDetails),
) -> Result<(), Error> {
    let mut act = house.db.act().await?;
    let plan = plan_store::find(&mut act, whose.0, whose.1).await?;
    if !matches!(plan.details.state, PlanState::Draft | PlanState::Amendment) {
        return Err(Refusal::Stale.into());
    }
    let all = activity_store::list(&mut act, plan.id).await?;
    let found = all.into_iter().find(|found| found.details.title == title);
    let mut activity = found.ok_or(Refusal::NotFound)?;
    change(&mut activity.details);
    activity_store::save(&mut act, &activity, house.clock.now_ms()).await?;
    let data = json!({"activity": activity.id, "title": title});
    end(house, act, (whose, doer), "plan.revise", data).await
}

async fn add_all(
    house: &House,
    act: &mut Act,
    (agency, plan): (AgencyId, PlanId),
    activities: Vec<(String, ActivityDetails)>,
) -> Result<(Plan, Vec<ActivityId>), Error> {
    let found = plan_store::find(act, agency, plan).await?;
    let tasks = task_store::list(act, plan).await?;
    let mut ids = Vec::with_capacity(activities.len());
    for ((no, details), position) in activities.into_iter().zip(1i64..) {
        let task = tasks
            .iter()
            .find(|task| task.no == no)
            .ok_or(Refusal::NotFound)?;
        let activity = Activity {
            id: house.ids.next(&house.clock),
            plan,
            task: Some(task.id),
            position,
            details,
            version: 1,
        };
        activity_store::add(act, &activity, house.clock.now_ms()).await?;
        ids.push(activity.id);
    }
    Ok((found, ids))
}

async fn end(
    house: &House,
    mut act: Act,
    ((agency, plan), doer): ((AgencyId, PlanId), Doer),
    name: &'static str,
    data: serde_json::Value,
) -> Result<(), Error> {
    let subject = Subject::new(SubjectKind::Plan, plan);
    house
        .record_of(&mut act, agency, doer, (name, subject, data))
        .await?;
    act.touch(format!("plan/{plan}"));
    act.touch("plans");
    Ok(act.commit().await?)
}
