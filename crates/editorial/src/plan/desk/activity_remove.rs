//! Taking an activity out of a plan, while nothing fulfils it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::{Refusal, Subject, SubjectKind};
use serde_json::json;
use web::{By, Form, Page};

use super::{address, open, touch};
use crate::Editorial;
use crate::plan::activity_store;
use crate::plan::rules::Deed;

/// Removes the activity.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
    form: Form,
) -> Page {
    let id_of_activity = activity.parse()?;
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, &by, &id, Deed::EditContent).await?;
    let all = activity_store::list(&mut act, plan.id).await?;
    let mut activity = all
        .into_iter()
        .find(|found| found.id == id_of_activity)
        .ok_or(Refusal::NotFound)?;
    activity.version = form.value("version").parse().map_err(|_| Refusal::Stale)?;
    activity_store::remove(&mut act, &activity).await?;
    let subject = Subject::new(SubjectKind::Activity, activity.id);
    let data = json!({"plan": plan.id, "title": activity.details.title});
    editorial
        .record(&mut act, by.actor(), "activity.remove", subject, data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    let to = format!("{}?done=plan-activity-removed", address(plan.id));
    Ok(Redirect::to(&to).into_response())
}
