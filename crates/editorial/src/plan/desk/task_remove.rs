//! Taking a task out of a plan, while nothing stands under it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{PlanId, TaskId};
use base::{Error, Refusal, Subject, SubjectKind};
use serde_json::json;
use web::{By, Form, Page};

use super::{address, open, task_edit, touch};
use crate::Editorial;
use crate::plan::rules::Deed;
use crate::plan::{plan_store, task_store};

/// Removes the task.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, task)): Path<(String, String)>,
    form: Form,
) -> Page {
    let task: TaskId = task.parse()?;
    match remove(&editorial, &by, (&id, task), &form).await {
        Ok(plan) => {
            let to = format!("{}?done=plan-task-removed", address(plan));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => {
            task_edit::refused(&editorial, &by, (&id, Some(task)), (None, refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn remove(
    editorial: &Editorial,
    by: &By,
    (id, task): (&str, TaskId),
    form: &Form,
) -> Result<PlanId, Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditContent).await?;
    let before = task_store::list(&mut act, plan.id).await?;
    let removed = before
        .iter()
        .find(|found| found.id == task)
        .ok_or(Refusal::NotFound)?;
    let version = form.value("version").parse().map_err(|_| Refusal::Stale)?;
    task_store::remove(&mut act, plan.id, task).await?;
    plan_store::bump(&mut act, plan.id, version).await?;
    let after = task_store::list(&mut act, plan.id).await?;
    task_store::save_changed(&mut act, &before, &after).await?;
    let subject = Subject::new(SubjectKind::Task, task);
    let data = json!({"plan": plan.id, "title": removed.title});
    editorial
        .record(&mut act, by.actor(), "task.remove", subject, data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(plan.id)
}
