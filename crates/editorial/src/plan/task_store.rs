//! The tasks of plans, in rows.

use base::id::{PlanId, TaskId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, values};

use super::task::{self, Task};

/// All tasks of a plan, in the order of the tree.
pub async fn list(conn: &mut Conn, plan: PlanId) -> Result<Vec<Task>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM task WHERE plan_id = ? ORDER BY position, id",
            &values![plan],
        )
        .await?;
    let tasks: Result<Vec<Task>, Fault> = rows
        .iter()
        .map(|row| {
            Ok(Task {
                id: row.parse("id")?,
                parent: row.maybe_parse("parent_id")?,
                no: row.text("no")?,
                position: row.int("position")?,
                title: row.text("title")?,
            })
        })
        .collect();
    Ok(task::ordered(&tasks?))
}

/// Adds a task.
pub async fn add(act: &mut Act, plan: PlanId, task: &Task) -> Result<(), Fault> {
    act.run(
        "INSERT INTO task (id, plan_id, parent_id, no, position, title) VALUES (?, ?, ?, ?, ?, ?)",
        &values![
            task.id,
            plan,
            task.parent,
            &task.no,
            task.position,
            &task.title
        ],
    )
    .await?;
    Ok(())
}

/// Saves the tasks that are not as they were: names, places and numbers.
pub async fn save_changed(act: &mut Act, before: &[Task], after: &[Task]) -> Result<(), Fault> {
    for task in after.iter().filter(|task| !before.contains(task)) {
        act.run(
            "UPDATE task SET parent_id = ?, no = ?, position = ?, title = ? WHERE id = ?",
            &values![task.parent, &task.no, task.position, &task.title, task.id],
        )
        .await?;
    }
    Ok(())
}

/// Takes a task out of a plan.
///
/// # Refusals
/// `plan-task-not-empty` while it has parts or activities; not found.
pub async fn remove(act: &mut Act, plan: PlanId, id: TaskId) -> Result<(), Error> {
    let n_parts = act
        .count(
            "SELECT COUNT(*) AS n FROM task WHERE parent_id = ?",
            &values![id],
        )
        .await?;
    let n_activities = act
        .count(
            "SELECT COUNT(*) AS n FROM activity WHERE task_id = ?",
            &values![id],
        )
        .await?;
    if n_parts + n_activities > 0 {
        return Err(Refusal::because("plan-task-not-empty").into());
    }
    let n = act
        .run(
            "DELETE FROM task WHERE id = ? AND plan_id = ?",
            &values![id, plan],
        )
        .await?;
    if n == 0 {
        Err(Refusal::NotFound.into())
    } else {
        Ok(())
    }
}
