//! What was promised for a year and what is done, for programs: `GET /api/v1/plans/{year}`.
//!
//! The shapes of a target and a window are those of the plan's interchange form.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use base::id::TaskId;
use base::{Fault, Refusal};
use serde_json::{Value, json};
use web::{Cacheable, Page};

use super::promised::Promised;
use crate::Editorial;
use crate::plan::activity::{Activity, recurrence_word};
use crate::plan::board::Board;
use crate::plan::plan_store;
use crate::plan::progress::TargetProgress;

/// The plans of a year that the public may see.
///
/// # Refusals
/// Not found: no plan of that year is public.
pub async fn show(State(editorial): State<Editorial>, Path(year): Path<String>) -> Page {
    let year = super::year_of(&year)?;
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let agency = house::people::agency_store::of_host(&mut read, "").await?;
    let plans = plan_store::list_public(&mut read, agency, year).await?;
    if plans.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let mut tags = vec!["plans".to_owned(), format!("agency/{agency}")];
    let mut all = Vec::new();
    for plan in plans {
        tags.push(format!("plan/{}", plan.id));
        let promised = Promised::load(&mut read, &plan).await?;
        all.push(of_plan(
            &Board::load(&mut read, plan, today).await?,
            &promised,
        ));
    }
    let body = serde_json::to_vec(&json!({"year": year, "as_of": today, "plans": all}))
        .map_err(|error| Fault::from_source("a plan cannot be written as JSON", error))?;
    Ok(Cacheable::of("application/json", body, tags).into_response())
}

fn of_plan(board: &Board, promised: &Promised) -> Value {
    let (details, sum) = (&board.plan.details, board.summary());
    let (promised, amendments) = promised.json();
    json!({
        "id": board.plan.id,
        "title": details.title,
        "number": details.number,
        "issued_on": details.issued_on,
        "issuer": details.issuer,
        "year": details.year,
        "state": board.plan.stage(board.today),
        "promised": promised,
        "amendments": amendments,
        "status": sum.status(),
        "summary": sum,
        "tasks": tasks(board, None),
        "activities": activities(board, None),
    })
}

fn tasks(board: &Board, parent: Option<TaskId>) -> Vec<Value> {
    let own = board.tasks.iter().filter(|task| task.parent == parent);
    own.map(|task| {
        let sum = board.summary_of(task);
        json!({
            "no": task.no,
            "title": task.title,
            "status": sum.status(),
            "percent": sum.percent,
            "percent_due": sum.percent_due,
            "tasks": tasks(board, Some(task.id)),
            "activities": activities(board, Some(task.id)),
        })
    })
    .collect()
}

fn activities(board: &Board, task: Option<TaskId>) -> Vec<Value> {
    let own = board
        .activities
        .iter()
        .filter(|activity| activity.task == task);
    own.map(|activity| of_activity(board, activity)).collect()
}

fn of_activity(board: &Board, activity: &Activity) -> Value {
    let (details, progress) = (&activity.details, board.progress(activity));
    let target = progress
        .target
        .zip(details.first_target())
        .map(|(number, first)| json!({"number": number, "unit": first.unit}));
    let targets = board.targets(activity).iter();
    let targets: Vec<Value> = targets.map(of_target).collect();
    let lead = Some(board.lead(activity)).filter(|lead| !lead.is_empty());
    json!({
        "id": activity.id,
        "no": board.number(activity.id),
        "title": details.title,
        "form": details.form,
        "output": details.output,
        "target": target,
        "targets": targets,
        "done": progress.done,
        "due": progress.due,
        "percent": progress.percent(),
        "status": progress.status,
        "days_late": progress.days_late,
        "lead_unit": lead,
        "supporting_units": board.supporting(activity),
        "window": {
            "text": details.when.text,
            "from": progress.from,
            "to": progress.to,
            "recurs": details.when.recurs.map(recurrence_word),
            "per_unit": details.per_unit,
            "due_before": progress.due_before,
            "due_after": progress.due_after,
        },
    })
}

/// One of the targets of an activity: how many in all, and how far it is.
fn of_target(target: &TargetProgress) -> Value {
    json!({
        "number": target.number,
        "unit": target.unit,
        "counts": target.counts,
        "done": target.done,
        "by_hand": target.by_hand,
        "due": target.due,
        "percent": target.share / 100,
        "status": target.status,
        "missed_slots": target.n_missed,
    })
}
