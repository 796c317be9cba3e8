//! Adding and removing the documents that a plan stands on.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Error;
use base::calendar::date_short;
use base::id::{PlanId, RowId};
use serde_json::json;
use web::{By, Form, Page, Say};

use super::{address, open, plan_edit, subject, touch};
use crate::Editorial;
use crate::plan::plan::LegalBasis;
use crate::plan::plan_store;
use crate::plan::rules::Deed;

/// A legal basis in one line.
pub(crate) fn words(basis: &LegalBasis, say: &Say) -> String {
    let number = match (&basis.number, &basis.kind) {
        (Some(number), _) => Some(number.clone()),
        (None, Some(kind)) if !basis.title.starts_with(kind.as_str()) => Some(kind.clone()),
        (None, _) => None,
    };
    let parts = [
        number,
        basis
            .issued_on
            .map(|day| say.t1("plan-issued", "day", date_short(day))),
        basis.issuer.clone(),
        Some(basis.title.clone()).filter(|title| !title.is_empty()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Adds a basis.
pub async fn add(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match add_basis(&editorial, &by, &id, &form).await {
        Ok(plan) => Ok(to_page(plan, "plan-basis-added").into_response()),
        Err(Error::Refusal(refusal)) => {
            plan_edit::refused(&editorial, &by, &id, (form, refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn add_basis(editorial: &Editorial, by: &By, id: &str, form: &Form) -> Result<PlanId, Error> {
    let basis = LegalBasis::of(form, editorial.ids.next::<RowId>(&editorial.clock))?;
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditHead).await?;
    plan_store::add_basis(&mut act, plan.id, &basis).await?;
    let data = json!({"basis": basis});
    editorial
        .record(
            &mut act,
            by.actor(),
            "legal_basis.add",
            subject(plan.id),
            data,
        )
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(plan.id)
}

/// Removes a basis.
pub async fn remove(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, basis)): Path<(String, String)>,
) -> Page {
    let basis: RowId = basis.parse()?;
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, &by, &id, Deed::EditHead).await?;
    plan_store::remove_basis(&mut act, plan.id, basis).await?;
    let data = json!({"basis": basis});
    editorial
        .record(
            &mut act,
            by.actor(),
            "legal_basis.remove",
            subject(plan.id),
            data,
        )
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(to_page(plan.id, "plan-basis-removed").into_response())
}

fn to_page(plan: PlanId, done: &str) -> Redirect {
    Redirect::to(&format!("{}/edit?done={done}#bases-title", address(plan)))
}
