//! Điều chỉnh: a working copy is opened, written like a draft, and put in force by its decision, or
//! dropped.

use base::id::{ActivityId, PlanId, RowId, TaskId, Uuid};
use base::{Error, Problem, Refusal};
use db::{Act, Conn};
use house::people::agency_store;
use jiff::civil::Date;
use serde_json::json;
use web::Form;

use super::amendment::{Amendment, AmendmentState, Copies};
use super::difference::{Difference, differences};
use super::issue::{self, Paper, Signed};
use super::rules::Step;
use super::taking::{Taking, Told};
use super::tree::Tree;
use super::{amendment_store, issuing, life_store, signing};
use crate::plan::activity::Activity;
use crate::plan::intake::Draft;
use crate::plan::plan::{Plan, PlanDetails, PlanSource, PlanState};
use crate::plan::plan_store::{self, Storing};
use crate::plan::task::Task;
use crate::plan::{activity_store, task_store};

/// Begins an amendment; returns the working copy that is written instead of the plan.
///
/// # Refusals
/// Those of the step; no reason.
pub async fn open(taking: Taking<'_>, form: &Form) -> Result<PlanId, Error> {
    let (mut act, plan) = taking.begin(Step::Amend).await?;
    let reason = signing::reason(form)?;
    let house = taking.house;
    let tasks = task_store::list(&mut act, plan.id).await?;
    let activities = activity_store::list(&mut act, plan.id).await?;
    let copy: PlanId = house.ids.next(&house.clock);
    let new_id = || house.ids.next::<Uuid>(&house.clock);
    let (copies, tasks, activities) = Copies::of(&tasks, &activities, copy, new_id);
    let draft = Draft {
        plan: working_copy(&plan, copy),
        bases: Vec::new(),
        passages: Vec::new(),
        channels: Vec::new(),
        findings: Vec::new(),
        tasks,
        activities,
    };
    let storing = Storing {
        by: Some(taking.actor.account),
        now: taking.now(),
        ids: &house.ids,
        clock: &house.clock,
    };
    plan_store::add(&mut act, &draft, storing).await?;
    let amendment = Amendment {
        id: house.ids.next(&house.clock),
        plan: plan.id,
        copy: Some(copy),
        no: 0,
        state: AmendmentState::Open,
        reason,
        signed: Signed::default(),
        baseline_no: None,
        copies,
    };
    amendment_store::add(&mut act, &amendment, taking.now()).await?;
    let told = Told {
        act: "plan.amend",
        kind: "opened",
        text: &amendment.reason,
    };
    let data = json!({"amendment": amendment.id, "copy": copy, "reason": amendment.reason});
    taking.end(act, told, data).await?;
    Ok(copy)
}

fn working_copy(plan: &Plan, copy: PlanId) -> Plan {
    Plan {
        id: copy,
        agency: plan.agency,
        details: PlanDetails {
            state: PlanState::Amendment,
            is_public: false,
            ..plan.details.clone()
        },
        source: PlanSource::default(),
        is_amending: false,
        version: 1,
    }
}

/// Drops an open amendment; the plan stays as it was.
///
/// # Refusals
/// Those of the step; not found; `plan-remove-linked` when something was done for the copy alone.
pub async fn drop(taking: Taking<'_>, id: RowId) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Drop).await?;
    let amendment = amendment_store::find(&mut act, plan.id, id).await?;
    amendment_store::drop(&mut act, id).await?;
    remove_copy(&mut act, &amendment).await?;
    let told = Told {
        act: "plan.amend_drop",
        kind: "dropped",
        text: "",
    };
    taking.end(act, told, json!({"amendment": id})).await
}

/// Records the decision on an open amendment: its tree becomes the plan's own and a new baseline.
///
/// # Refusals
/// Those of the step and of [`Signed::of`]; `life-amend-nothing`; `life-amend-has-items` when
/// something was already done for what is no longer promised; `life-scan-missing`.
pub async fn decide(taking: Taking<'_>, id: RowId, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Decide).await?;
    let amendment = amendment_store::find(&mut act, plan.id, id).await?;
    let proposal = proposal(&mut act, &plan, &amendment, taking.house.today()).await?;
    if proposal.differences.is_empty() {
        return Err(Refusal::because("life-amend-nothing").into());
    }
    if !proposal.kept_back.is_empty() {
        return Err(Refusal::Invalid(proposal.kept_back).into());
    }
    let signed = issuing::read(&taking, &mut act, &plan, (form, Paper::Decision)).await?;
    issue::needs_scan(taking.actor, signed.scan.as_ref())?;
    remove_copy(&mut act, &amendment).await?;
    write(&mut act, &plan, &proposal, taking.now()).await?;
    let row = taking.house.ids.next(&taking.house.clock);
    let (no, sha256) =
        life_store::add_baseline(&mut act, row, plan.id, &proposal.tree, taking.now()).await?;
    amendment_store::put_in_force(&mut act, id, &signed, no).await?;
    issuing::publish(&mut act, &plan, signed.scan.as_ref()).await?;
    let mut data = issuing::data_of(&signed);
    data["amendment"] = json!(id);
    data["baseline"] = json!(sha256);
    data["differences"] = json!(proposal.differences.len());
    let told = Told {
        act: "plan.amend_decide",
        kind: "amended",
        text: &signed.number,
    };
    taking.end(act, told, data).await
}

async fn remove_copy(act: &mut Act, amendment: &Amendment) -> Result<(), Error> {
    let copy = amendment.copy.ok_or(Refusal::Stale)?;
    amendment_store::release_copy(act, amendment.id).await?;
    plan_store::remove(act, copy).await
}

/// What a plan would become by an open amendment.
pub struct Proposal {
    /// The tree in force.
    pub before: Tree,
    /// The tree that it would become.
    pub tree: Tree,
    /// What differs.
    pub differences: Vec<Difference>,
    /// What stands against it: activities that are no longer promised although something was done.
    pub kept_back: Vec<Problem>,
    tasks: Vec<Task>,
    activities: Vec<Activity>,
    old_tasks: Vec<Task>,
    old_activities: Vec<Activity>,
}

/// What a plan would become by an open amendment.
///
/// # Refusals
/// [`Refusal::Stale`] when the amendment is no longer open.
pub async fn proposal(
    conn: &mut Conn,
    plan: &Plan,
    amendment: &Amendment,
    today: Date,
) -> Result<Proposal, Error> {
    let copy = amendment.copy.ok_or(Refusal::Stale)?;
    let old_tasks = task_store::list(conn, plan.id).await?;
    let old_activities = activity_store::list(conn, plan.id).await?;
    let tasks = task_store::list(conn, copy).await?;
    let activities = activity_store::list(conn, copy).await?;
    let current = (plan.id, old_activities.as_slice());
    let (tasks, activities) = amendment.copies.applied(current, &tasks, &activities);
    let units = agency_store::units(conn, plan.agency, plan.names_on(today)).await?;
    let tree = Tree::of(&tasks, &activities, &units);
    let baselines = life_store::baselines(conn, plan.id).await?;
    let before = baselines
        .into_iter()
        .next_back()
        .ok_or(Refusal::Stale)?
        .tree;
    let mut kept_back = Vec::new();
    for gone in &old_activities {
        if !has(&activities, gone.id) {
            let n_items = activity_store::count_items(conn, gone.id).await?
                + activity_store::count_figures(conn, gone.id).await?;
            if n_items > 0 {
                let title = &gone.details.title;
                let problem = Problem::of("life-amend-has-items")
                    .with("items", n_items)
                    .with("title", title);
                kept_back.push(problem);
            }
        }
    }
    Ok(Proposal {
        differences: differences(&before, &tree),
        before,
        tree,
        kept_back,
        tasks,
        activities,
        old_tasks,
        old_activities,
    })
}

fn has(all: &[Activity], id: ActivityId) -> bool {
    all.iter().any(|found| found.id == id)
}

/// Makes the rows of a plan those of the proposal.
async fn write(act: &mut Act, plan: &Plan, next: &Proposal, now: i64) -> Result<(), Error> {
    let kept = |id: TaskId| next.tasks.iter().any(|task| task.id == id);
    for gone in next.old_activities.iter() {
        if !has(&next.activities, gone.id) {
            life_store::forget_lesson(act, gone.id).await?;
            activity_store::remove(act, gone).await?;
        }
    }
    let mut before = next.old_tasks.clone();
    for task in &next.tasks {
        if next.old_tasks.iter().all(|old| old.id != task.id) {
            // Its parent may not be there yet.
            let alone = Task {
                parent: None,
                ..task.clone()
            };
            task_store::add(act, plan.id, &alone).await?;
            before.push(alone);
        }
    }
    task_store::save_changed(act, &before, &next.tasks).await?;
    for activity in &next.activities {
        match next.old_activities.iter().find(|old| old.id == activity.id) {
            Some(old) if old == activity => {}
            Some(_) => activity_store::save(act, activity, now).await?,
            None => activity_store::add(act, activity, now).await?,
        }
    }
    for gone in next.old_tasks.iter().rev() {
        if !kept(gone.id) {
            task_store::remove(act, plan.id, gone.id).await?;
        }
    }
    Ok(())
}
