//! What the activities of a plan weigh: points that are entered, and what they are of a hundred.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::PlanId;
use base::{Error, Refusal};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, render, with_status};

use super::{address, open, subject, touch, under_plan};
use crate::Editorial;
use crate::plan::activity::{Activity, WEIGHT_MAX};
use crate::plan::activity_store;
use crate::plan::board::Board;
use crate::plan::lines::hundredths;
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/plan_weights.html")]
struct PlanWeightsPage {
    frame: Frame,
    back: String,
    problems: Problems,
    rows: Vec<Row>,
    total: String,
    can_edit: bool,
}

struct Row {
    /// The name of its field.
    field: String,
    no: String,
    title: String,
    points: String,
    of_task: String,
    of_plan: String,
    is_wrong: bool,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    render(&page(&editorial, &by, (&id, None)).await?)
}

/// Saves the points of all activities.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match save_all(&editorial, &by, &id, &form).await {
        Ok(plan) => {
            let to = format!("{}/weights?done=plan-weights-saved", address(plan));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(Refusal::Invalid(_))) => {
            let page = page(&editorial, &by, (&id, Some(&form))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn save_all(editorial: &Editorial, by: &By, id: &str, form: &Form) -> Result<PlanId, Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditContent).await?;
    let all = activity_store::list(&mut act, plan.id).await?;
    if all.iter().any(|activity| typed(form, activity).is_err()) {
        return Err(Refusal::because("plan-weight-wrong").into());
    }
    let mut changes = Vec::new();
    for mut activity in all {
        let weight = typed(form, &activity).unwrap_or_default();
        if weight == activity.details.weight {
            continue;
        }
        changes.push(json!([activity.id, activity.details.weight, weight]));
        activity.details.weight = weight;
        activity_store::save(&mut act, &activity, editorial.clock.now_ms()).await?;
    }
    let data = json!({ "weights": changes });
    editorial
        .record(&mut act, by.actor(), "plan.weights", subject(plan.id), data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(plan.id)
}

fn field(activity: &Activity) -> String {
    format!("w-{}", activity.id)
}

/// The points that were typed for an activity: none for an empty field, and what it has when the
/// form does not know it.
fn typed(form: &Form, activity: &Activity) -> Result<Option<i64>, ()> {
    let field = field(activity);
    let text = form.value(&field).trim();
    if text.is_empty() {
        return Ok(activity
            .details
            .weight
            .filter(|_| form.all(&field).is_empty()));
    }
    let points = text.parse::<i64>().ok();
    let points = points.filter(|points| (1..=WEIGHT_MAX).contains(points));
    points.map(Some).ok_or(())
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, form): (&str, Option<&Form>),
) -> Result<PlanWeightsPage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let board = Board::load(&mut read, plan, editorial.today()).await?;
    let frame = editorial.desk(by, "plan-weights").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &board.plan).titled(title);
    let weights = board.weights();
    let rows: Vec<Row> = board
        .activities
        .iter()
        .map(|activity| {
            let weight = weights.get(&activity.id).copied();
            let percent = |part: i64| format!("{} %", hundredths(part));
            let saved = activity.details.weight.map(|points| points.to_string());
            let own = form.map(|form| form.value(&field(activity)).to_owned());
            Row {
                field: field(activity),
                no: board.number(activity.id).to_owned(),
                title: activity.details.title.clone(),
                points: own.or(saved).unwrap_or_default(),
                of_task: weight.map_or_else(String::new, |(_, task)| percent(task)),
                of_plan: weight.map_or_else(String::new, |(plan, _)| percent(plan)),
                is_wrong: form.is_some_and(|form| typed(form, activity).is_err()),
            }
        })
        .collect();
    let total: i64 = weights.values().map(|(of_plan, _)| of_plan).sum();
    let wrong = rows.iter().any(|row| row.is_wrong);
    let refusal = Refusal::because("plan-weight-wrong");
    Ok(PlanWeightsPage {
        problems: if wrong {
            Problems::of(&refusal, &frame.say)
        } else {
            Problems::none()
        },
        back: address(board.plan.id),
        can_edit: may(by.actor(), Deed::EditContent, On::Plan(&board.plan)).is_ok(),
        total: hundredths(total),
        rows,
        frame,
    })
}
