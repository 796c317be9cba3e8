//! Taking back a draft that should not have been brought in.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Error;
use serde_json::json;
use web::{By, Form, Page};

use super::{open, plan_edit, subject, touch};
use crate::Editorial;
use crate::plan::plan_store;
use crate::plan::rules::Deed;

/// Removes the draft; its document stays among the files, and the log keeps what it was.
pub async fn save(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    match remove(&editorial, &by, &id).await {
        Ok(()) => Ok(Redirect::to("/desk/plans?done=plan-removed").into_response()),
        Err(Error::Refusal(refusal)) => {
            let typed = (Form::default(), refusal);
            plan_edit::refused(&editorial, &by, &id, typed).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn remove(editorial: &Editorial, by: &By, id: &str) -> Result<(), Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditHead).await?;
    plan_store::remove(&mut act, plan.id).await?;
    let data = json!({"title": plan.details.title, "file": plan.source.file});
    editorial
        .record(&mut act, by.actor(), "plan.remove", subject(plan.id), data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(())
}
