//! Starting a plan: what it promises is put under its tasks, and it runs. For an office that is
//! filled by a command; people do the same step by step at the desk.

use base::id::{ActivityId, AgencyId, PlanId};
use base::{Error, Refusal, Subject, SubjectKind};
use house::House;
use house::audit::Doer;
use serde_json::json;

use super::activity::{Activity, ActivityDetails};
use super::plan::PlanState;
use super::{activity_store, plan_store, task_store};

/// Adds activities under tasks, named by their number, and makes the plan running and public;
/// returns the activities in their order.
///
/// # Refusals
/// [`Refusal::NotFound`] when there is no such plan or task.
pub async fn start(
    house: &House,
    (agency, plan): (AgencyId, PlanId),
    doer: Doer,
    activities: Vec<(String, ActivityDetails)>,
) -> Result<Vec<ActivityId>, Error> {
    let mut act = house.db.act().await?;
    let found = plan_store::find(&mut act, agency, plan).await?;
    let tasks = task_store::list(&mut act, plan).await?;
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
        activity_store::add(&mut act, &activity, house.clock.now_ms()).await?;
        ids.push(activity.id);
    }
    let mut details = found.details;
    details.state = PlanState::Running;
    details.is_public = true;
    plan_store::save(&mut act, plan, found.version, &details).await?;
    let subject = Subject::new(SubjectKind::Plan, plan);
    let data = json!({"activities": ids.len()});
    house
        .record_of(&mut act, agency, doer, ("plan.start", subject, data))
        .await?;
    act.touch(format!("plan/{plan}"));
    act.touch("plans");
    act.commit().await?;
    Ok(ids)
}
