//! What a plan came to between two days: what the report is made of.

use base::Error;
use base::id::{ActivityId, PlanId};
use db::Conn;
use jiff::civil::Date;
use serde::Serialize;

use super::activity::Activity;
use super::activity_store::{self, DoneItem};
use super::board::Board;
use super::plan::{LegalBasis, Plan};
use super::plan_store;
use super::progress::{Progress, Summary};
use base::id::AgencyId;

/// What a plan came to, as of the last day of the period (or today, while the period runs).
#[derive(Clone, Debug, Serialize)]
pub struct PlanResult {
    /// The plan.
    pub plan: PlanId,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: String,
    /// The year it is for.
    pub year: i16,
    /// First day of the period.
    pub first: Date,
    /// Last day of the period.
    pub last: Date,
    /// The day that everything is counted on.
    pub as_of: Date,
    /// What the plan stands on.
    pub bases: Vec<LegalBasis>,
    /// How far the whole is.
    pub summary: Summary,
    /// Its tasks in the order of the tree.
    pub tasks: Vec<TaskResult>,
    /// Activities that belong to no task.
    pub activities: Vec<ActivityResult>,
}

/// What a task came to, with all its parts.
#[derive(Clone, Debug, Serialize)]
pub struct TaskResult {
    /// Its number in the tree.
    pub no: String,
    /// How deep it stands, from 1.
    pub depth: usize,
    /// What was to be done.
    pub title: String,
    /// How far it is, its parts included.
    pub summary: Summary,
    /// Its own activities.
    pub activities: Vec<ActivityResult>,
}

/// What an activity came to.
#[derive(Clone, Debug, Serialize)]
pub struct ActivityResult {
    /// Its id.
    pub id: ActivityId,
    /// Its number in the tree.
    pub no: String,
    /// What was to be done.
    pub title: String,
    /// Who leads, as the plan calls them.
    pub lead_unit: String,
    /// Who answers for it.
    pub accountable: String,
    /// When, as written.
    pub when: String,
    /// Of what the target counts.
    pub target_unit: String,
    /// How many items were done within the period.
    pub done_within: usize,
    /// How far it is as of the day.
    pub progress: Progress,
    /// The items done within the period.
    pub items: Vec<DoneItem>,
}

/// What a plan came to between two days, both included.
///
/// The status is that of the last day, or of today while the period runs: a report of the first
/// quarter that is made in May says what was so on 14 March.
///
/// # Refusals
/// Not found: no such plan of this agency.
pub async fn result(
    conn: &mut Conn,
    agency: AgencyId,
    plan: PlanId,
    (first, last): (Date, Date),
    today: Date,
) -> Result<PlanResult, Error> {
    let plan = plan_store::find(conn, agency, plan).await?;
    let as_of = last.min(today);
    let bases = plan_store::bases(conn, plan.id).await?;
    let items = activity_store::done_between(conn, plan.id, first, as_of).await?;
    let board = Board::load(conn, plan, as_of).await?;
    let tasks = board
        .tasks
        .iter()
        .map(|task| TaskResult {
            no: task.no.clone(),
            depth: task.no.split('.').count(),
            title: task.title.clone(),
            summary: board.summary_of(task),
            activities: of_task(&board, &items, |activity| activity.task == Some(task.id)),
        })
        .collect();
    let Plan { id, details, .. } = board.plan.clone();
    Ok(PlanResult {
        plan: id,
        title: details.title,
        number: details.number,
        issued_on: details.issued_on,
        issuer: details.issuer,
        year: details.year,
        first,
        last,
        as_of,
        bases,
        summary: board.summary(),
        tasks,
        activities: of_task(&board, &items, |activity| activity.task.is_none()),
    })
}

fn of_task(
    board: &Board,
    items: &[DoneItem],
    is_of: impl Fn(&Activity) -> bool,
) -> Vec<ActivityResult> {
    board
        .activities
        .iter()
        .filter(|activity| is_of(activity))
        .map(|activity| {
            let own = items.iter().filter(|item| item.activity == activity.id);
            let own: Vec<DoneItem> = own.cloned().collect();
            ActivityResult {
                id: activity.id,
                no: board.number(activity.id).to_owned(),
                title: activity.details.title.clone(),
                lead_unit: board.lead(activity),
                accountable: board.accountable(activity).to_owned(),
                when: activity.details.when.text.clone(),
                target_unit: activity.details.target_unit.clone(),
                done_within: own.len(),
                progress: board.progress(activity),
                items: own,
            }
        })
        .collect()
}
