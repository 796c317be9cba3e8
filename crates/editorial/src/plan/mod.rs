//! Plans (*kế hoạch truyền thông*): what is promised, by whom, by when, and how far it is.
//!
//! It serves the officer who brings a plan in, assigns and chases; the heads of units; everybody
//! who asks how far it is; and the public, who see what was promised and done. Its words: *kế
//! hoạch* (plan), *căn cứ* (legal basis), *nhiệm vụ* (task), *hoạt động* (activity), *chỉ tiêu*
//! (target), *đơn vị chủ trì, phối hợp* (lead and supporting units). Its law: the agency's own
//! yearly decision; the reporting year of 581/BNV-CCHC (`base::calendar::period`).
//!
//! [`import`] reads a plan that another program wrote and knows no database. `plan`, `task`,
//! `activity`, `finding` and `progress` are pure; nobody types a status, [`progress`] derives it.
//!
//! What is not here: the items that fulfil activities (`items`), reports (measure).

pub mod activity;
mod activity_store;
pub mod board;
pub mod finding;
pub mod import;
pub mod importing;
mod intake;
#[expect(clippy::module_inception, reason = "a feature and its first thing share a word")]
pub mod plan;
mod plan_store;
pub mod progress;
mod result;
pub mod rules;
mod status;
mod task;
mod task_store;

use base::Fault;
use base::id::{ActivityId, AgencyId, PlanId};
use db::Conn;
use web::{NavItem, Route, WordFile};

use crate::Editorial;
use plan::PlanState;

pub use activity_store::DoneItem;
pub use result::{ActivityResult, PlanResult, TaskResult, result};
pub use status::{LateActivity, PlanStanding, Standing, status};

/// The words of this feature.
pub const WORDS: WordFile = WordFile {
    name: "plan",
    vi: include_str!("plan.vi.ftl"),
    en: include_str!("plan.en.ftl"),
};

/// Where the desk shows it.
pub const NAV: [NavItem; 1] =
    [NavItem { key: "nav-plans", path: "/desk/plans", icon: "plan", roles: rules::STAFF }];

/// Every route of this feature.
pub fn routes() -> Vec<Route<Editorial>> {
    Vec::new()
}

/// What an item may fulfil: the activities of plans that are not closed, as `1.2 · title`, newest
/// plan first. With several plans, the year stands before.
///
/// # Faults
/// The database does not answer.
pub async fn choices(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Vec<(ActivityId, String)>, Fault> {
    let plans = plan_store::list(conn, agency).await?;
    let open: Vec<_> =
        plans.into_iter().filter(|plan| plan.details.state != PlanState::Closed).collect();
    let is_one = open.len() == 1;
    let mut choices = Vec::new();
    for plan in open {
        let year = plan.details.year;
        let tasks = task_store::list(conn, plan.id).await?;
        let mut activities = activity_store::list(conn, plan.id).await?;
        let numbers = board::numbered(&tasks, &mut activities);
        choices.extend(activities.iter().map(|activity| {
            let title = &activity.details.title;
            let no = numbers.get(&activity.id).map_or("", String::as_str);
            let text =
                if is_one { format!("{no} · {title}") } else { format!("{year} · {no} · {title}") };
            (activity.id, text)
        }));
    }
    Ok(choices)
}

/// The plans of these activities, each once: whose pages change when an item is done.
///
/// # Faults
/// The database does not answer.
pub async fn plans_of_activities(
    conn: &mut Conn,
    activities: &[ActivityId],
) -> Result<Vec<PlanId>, Fault> {
    let mut plans: Vec<PlanId> = Vec::new();
    for activity in activities {
        if let Some(plan) = activity_store::plan_of(conn, *activity).await?
            && !plans.contains(&plan)
        {
            plans.push(plan);
        }
    }
    Ok(plans)
}
