//! Lấy ý kiến: asking every unit, its answer, what becomes of its remarks.

use base::id::{RowId, UnitId};
use base::{Error, Refusal};
use house::people::agency_store;
use serde_json::json;
use web::Form;

use super::opinion::{Answering, Asking, Resolution, Round};
use super::rules::{Step, answers_for};
use super::taking::{Taking, Told};
use super::{life_store, opinion_store};
use crate::plan::plan::PlanState;

/// Asks every unit; the draft stands still until the round is ended.
///
/// # Refusals
/// Those of the step and of the form; `life-no-units`.
pub async fn ask(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Ask).await?;
    let today = taking.house.today();
    let asking = Asking::of(form, today)?;
    let mut units = agency_store::units(&mut act, plan.agency, today).await?;
    units.retain(|unit| unit.is_open(today));
    if units.is_empty() {
        return Err(Refusal::because("life-no-units").into());
    }
    let row = || -> RowId { taking.house.ids.next(&taking.house.clock) };
    let round = row();
    let asked: Vec<(RowId, UnitId)> = units.iter().map(|unit| (row(), unit.id)).collect();
    opinion_store::ask(&mut act, (round, plan.id), &asking, &asked, taking.now()).await?;
    let states = (PlanState::Draft, PlanState::Opinions);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.ask",
        kind: "asked",
        text: &base::calendar::date_short(asking.deadline),
    };
    let data = json!({"round": round, "deadline": asking.deadline, "units": asked.len()});
    taking.end(act, told, data).await
}

/// Keeps what a unit answers in the open round.
///
/// # Refusals
/// Those of the step and of the form; `life-refusal-other-unit`; not found.
pub async fn answer(taking: Taking<'_>, unit: UnitId, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Answer).await?;
    answers_for(taking.actor, unit)?;
    let answering = Answering::of(form)?;
    let rounds = opinion_store::rounds(&mut act, plan.id).await?;
    let round = open_round(&rounds)?;
    let by = (taking.actor.account, taking.now());
    opinion_store::answer(&mut act, (round.id, unit), &answering, by).await?;
    let data = json!({
        "round": round.id,
        "unit": unit,
        "answer": answering.answer.as_str(),
        "text": answering.text,
    });
    taking.end_quietly(act, "plan.answer", data).await
}

/// Keeps what is decided on a unit's remarks of the newest round.
///
/// # Refusals
/// Those of the step and of the form; not found when the unit has no remarks.
pub async fn resolve(taking: Taking<'_>, unit: UnitId, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Resolve).await?;
    let resolution = Resolution::of(form)?;
    let rounds = opinion_store::rounds(&mut act, plan.id).await?;
    let round = rounds.first().ok_or(Refusal::NotFound)?;
    let opinions = opinion_store::of_round(&mut act, round.id).await?;
    let opinion = opinions
        .iter()
        .find(|found| found.unit == unit && !found.text.is_empty())
        .ok_or(Refusal::NotFound)?;
    let by = (taking.actor.account, taking.now());
    opinion_store::resolve(&mut act, opinion.id, &resolution, by).await?;
    let data = json!({
        "unit": unit,
        "is_taken": resolution.is_taken,
        "reply": resolution.reply,
    });
    taking.end_quietly(act, "plan.resolve", data).await
}

/// Ends the round: the draft may be written again. Who has not answered has kept silent.
///
/// # Refusals
/// Those of the step.
pub async fn end(taking: Taking<'_>) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::EndRound).await?;
    opinion_store::end(&mut act, plan.id, taking.now()).await?;
    let states = (PlanState::Opinions, PlanState::Draft);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.end_round",
        kind: "ended",
        text: "",
    };
    taking.end(act, told, json!({})).await
}

fn open_round(rounds: &[Round]) -> Result<&Round, Refusal> {
    let open = rounds.iter().find(|round| round.ended_at.is_none());
    open.ok_or(Refusal::NotFound)
}
