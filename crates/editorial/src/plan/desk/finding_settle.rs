//! Settling what was found in a plan, or opening it again.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Refusal;
use serde_json::json;
use web::{By, Form, Page};

use super::{address, open, subject};
use crate::Editorial;
use crate::plan::finding::{self, StoredFinding};
use crate::plan::rules::Deed;
use crate::plan::{activity_store, finding_store};

/// Settles all findings of a code, or opens them again (`to=open`).
///
/// A finding that follows from the plan and was not found at the import gets its row here.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, code)): Path<(String, String)>,
    form: Form,
) -> Page {
    let is_settled = form.value("to") != "open";
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, &by, &id, Deed::SettleFinding).await?;
    let stored = finding_store::list(&mut act, plan.id).await?;
    let activities = activity_store::list(&mut act, plan.id).await?;
    let found = finding::standing(&stored, &plan, &activities);
    let found = found
        .iter()
        .find(|finding| finding.code == code)
        .ok_or(Refusal::NotFound)?;
    if stored.iter().all(|row| row.code != code) {
        let row = StoredFinding {
            id: editorial.ids.next(&editorial.clock),
            code: found.code.clone(),
            severity: found.severity,
            message: String::new(),
            quote: String::new(),
            span: (0, 0),
            is_settled: false,
        };
        let position = i64::try_from(stored.len() + 1).unwrap_or(i64::MAX);
        finding_store::add(&mut act, plan.id, &row, position).await?;
    }
    let settled = is_settled.then(|| (editorial.clock.now_ms(), by.actor().account));
    finding_store::settle(&mut act, plan.id, &code, settled).await?;
    let data = json!({"code": code, "is_settled": is_settled});
    editorial
        .record(&mut act, by.actor(), "plan.finding", subject(plan.id), data)
        .await?;
    act.commit().await?;
    let done = if is_settled {
        "plan-finding-settled"
    } else {
        "plan-finding-reopened"
    };
    let to = format!("{}?done={done}#findings-title", address(plan.id));
    Ok(Redirect::to(&to).into_response())
}
