//! Storing what a file changes: in one act, with the plan as it was when the changes were shown.

use base::id::TaskId;
use base::{Error, Refusal};
use db::Act;
use house::House;

use super::change::{Changes, Under};
use crate::plan::activity::Activity;
use crate::plan::board::Board;
use crate::plan::task::{self, DEPTH_MAX, Task};
use crate::plan::{activity_store, plan_store, task_store};

/// Stores the changes of a file in the plan of the board.
///
/// # Refusals
/// [`Refusal::Stale`] when somebody changed the plan or one of the activities since the board was
/// loaded; `plan-task-too-deep`.
pub async fn store(
    act: &mut Act,
    house: &House,
    board: &Board,
    changes: &Changes,
) -> Result<(), Error> {
    if !changes.problems.is_empty() {
        return Err(Refusal::because("plan-annex-problems").into());
    }
    plan_store::bump(act, board.plan.id, board.plan.version).await?;
    let added_tasks = store_tasks(act, house, board, changes).await?;
    let now = house.clock.now_ms();
    let under = |under: Under| match under {
        Under::NoTask => None,
        Under::Task(id) => Some(id),
        Under::Added(at) => added_tasks.get(at).copied(),
    };
    let positions = board.activities.iter().map(|activity| activity.position);
    let mut last = positions.max().unwrap_or(0);
    for changed in &changes.changed {
        let task = under(changed.under);
        let before = &changed.before;
        let mut position = before.position;
        if task != before.task {
            last += 1;
            position = last;
        }
        let next = Activity {
            task,
            position,
            details: changed.details.clone(),
            ..before.clone()
        };
        activity_store::save(act, &next, now).await?;
    }
    for added in &changes.added {
        last += 1;
        let activity = Activity {
            id: house.ids.next(&house.clock),
            plan: board.plan.id,
            task: under(added.under),
            position: last,
            details: added.details.clone(),
            version: 1,
        };
        activity_store::add(act, &activity, now).await?;
    }
    Ok(())
}

/// Stores new names of tasks and new tasks; the ids of those, in their order.
async fn store_tasks(
    act: &mut Act,
    house: &House,
    board: &Board,
    changes: &Changes,
) -> Result<Vec<TaskId>, Error> {
    let before = &board.tasks;
    let mut after = before.clone();
    for (id, title, _) in &changes.tasks_renamed {
        if let Some(task) = after.iter_mut().find(|task| task.id == *id) {
            task.title.clone_from(title);
        }
    }
    let mut added = Vec::new();
    for new in &changes.tasks_added {
        if let Some(parent) = new.parent
            && task::ancestors(&after, parent)?.len() >= DEPTH_MAX
        {
            return Err(Refusal::because("plan-task-too-deep").into());
        }
        let id: TaskId = house.ids.next(&house.clock);
        after.push(Task {
            id,
            parent: new.parent,
            no: String::new(),
            position: i64::try_from(after.len()).unwrap_or(i64::MAX),
            title: new.title.clone(),
        });
        added.push(id);
    }
    // Last among their siblings: behind every position there is.
    for (position, task) in (0i64..).zip(after.iter_mut()) {
        task.position = position;
    }
    let after = task::ordered(&after);
    for task in after.iter().filter(|task| added.contains(&task.id)) {
        task_store::add(act, board.plan.id, task).await?;
    }
    task_store::save_changed(act, before, &after).await?;
    Ok(added)
}
