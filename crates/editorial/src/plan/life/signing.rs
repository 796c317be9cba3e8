//! Trình ký: laying a draft before the director, taking it back, giving it back.

use base::Error;
use base::limits::TEXT_CHARS_MAX;
use serde_json::json;
use web::Form;

use super::rules::Step;
use super::taking::{Taking, Told};
use super::{life_store, opinion, opinion_store};
use crate::plan::plan::PlanState;

/// Lays the draft before the director.
///
/// # Refusals
/// Those of the step; `life-unresolved` while remarks of units wait for a word.
pub async fn submit(taking: Taking<'_>) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Submit).await?;
    opinion::all_resolved(&opinion_store::of_plan(&mut act, plan.id).await?)?;
    let states = (PlanState::Draft, PlanState::Submitted);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.submit",
        kind: "submitted",
        text: "",
    };
    taking.end(act, told, json!({})).await
}

/// Takes it back to write on.
///
/// # Refusals
/// Those of the step.
pub async fn recall(taking: Taking<'_>) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Recall).await?;
    let states = (PlanState::Submitted, PlanState::Draft);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.recall",
        kind: "recalled",
        text: "",
    };
    taking.end(act, told, json!({})).await
}

/// Gives it back with a reason.
///
/// # Refusals
/// Those of the step; no reason.
pub async fn give_back(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::GiveBack).await?;
    let reason = reason(form)?;
    let states = (PlanState::Submitted, PlanState::Draft);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.return",
        kind: "returned",
        text: &reason,
    };
    taking.end(act, told, json!({"reason": reason})).await
}

/// The reason of a form.
///
/// # Refusals
/// None was given.
pub fn reason(form: &Form) -> Result<String, base::Refusal> {
    let mut check = form.check();
    let reason = check.required_text("reason", TEXT_CHARS_MAX);
    check.done()?;
    Ok(reason)
}
