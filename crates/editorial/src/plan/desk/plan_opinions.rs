//! Lấy ý kiến: asking the units, and what each has answered.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::{Error, Refusal};
use house::people::agency::Unit;
use house::people::agency_store;
use web::{By, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, moment, open, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::life::opinion::{Opinion, Round};
use crate::plan::life::rules::{Step, answers_for, may};
use crate::plan::life::{opinion_store, opinions};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_opinions.html")]
struct PlanOpinionsPage {
    frame: Frame,
    base: String,
    form: Form,
    problems: Problems,
    rounds: Vec<RoundShown>,
    can_ask: bool,
    can_end: bool,
}

struct RoundShown {
    title: String,
    asked: String,
    note: String,
    answered: String,
    is_open: bool,
    rows: Vec<Row>,
}

struct Row {
    unit: String,
    href: String,
    /// The state by which it is coloured.
    state: &'static str,
    answer: String,
    who: String,
    text: String,
    resolution: String,
}

/// The rounds, the newest first.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    render(&page(&editorial, &by, &id).await?)
}

/// Asks every unit.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let done = opinions::ask(taking(&editorial, &by, &id)?, &form).await;
    answer(&editorial, &by, &id, (form, done, "life-asked")).await
}

/// Ends the round.
pub async fn end(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    let done = opinions::end(taking(&editorial, &by, &id)?).await;
    let typed = (Form::default(), done, "life-ended");
    answer(&editorial, &by, &id, typed).await
}

async fn answer(
    editorial: &Editorial,
    by: &By,
    id: &str,
    (form, done, word): (Form, Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("/desk/plans/{id}/opinions?done={word}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(editorial, by, id).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.form = form;
            with_status(status, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(editorial: &Editorial, by: &By, id: &str) -> Result<PlanOpinionsPage, Error> {
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let frame = editorial.desk(by, "life-opinions").await?;
    let title = frame.title.clone();
    let base = address(plan.id);
    let frame = under_plan(frame, &plan).titled(title);
    let say = frame.say;
    let units = agency_store::units(&mut read, plan.agency, plan.names_on(today)).await?;
    let step = |step| may(by.actor(), step, &plan, today).is_ok();
    let can_answer = step(Step::Answer);
    let mut rounds = Vec::new();
    for round in opinion_store::rounds(&mut read, plan.id).await? {
        let all = opinion_store::of_round(&mut read, round.id).await?;
        let mut shown = shown(&round, &all, &units, &say);
        let is_newest = rounds.is_empty();
        for (row, opinion) in shown.rows.iter_mut().zip(&all) {
            let answers = can_answer && answers_for(by.actor(), opinion.unit).is_ok();
            if is_newest && (answers || (step(Step::Resolve) && !opinion.text.is_empty())) {
                row.href = format!("{base}/opinions/{}", opinion.unit);
            }
        }
        rounds.push(shown);
    }
    Ok(PlanOpinionsPage {
        base,
        form: Form::default(),
        problems: Problems::none(),
        rounds,
        can_ask: step(Step::Ask),
        can_end: step(Step::EndRound),
        frame,
    })
}

fn shown(round: &Round, all: &[Opinion], units: &[Unit], say: &Say) -> RoundShown {
    let n_answered = all.iter().filter(|found| found.answer.is_some()).count();
    let deadline = date_short(round.deadline);
    RoundShown {
        title: say.t1("life-round", "no", round.no),
        asked: say.t2(
            "life-round-asked",
            ("when", &moment(say, round.asked_at)),
            ("deadline", &deadline),
        ),
        note: round.note.clone(),
        answered: say.t2(
            "life-round-answered",
            ("answered", &n_answered),
            ("asked", &all.len()),
        ),
        is_open: round.ended_at.is_none(),
        rows: all
            .iter()
            .map(|opinion| row(round, opinion, units, say))
            .collect(),
    }
}

fn row(round: &Round, opinion: &Opinion, units: &[Unit], say: &Say) -> Row {
    let unit = units.iter().find(|unit| unit.id == opinion.unit);
    let (state, key) = look(round, opinion);
    let resolution = match opinion.is_taken {
        Some(true) => say.t("life-taken"),
        Some(false) => say.t("life-not-taken"),
        None if opinion.is_unresolved() => say.t("life-unresolved-yet"),
        None => String::new(),
    };
    let parts = [resolution, opinion.reply.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Row {
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        href: String::new(),
        state,
        answer: say.t(key),
        who: opinion.answered_by.clone(),
        text: opinion.text.clone(),
        resolution: parts.join(": "),
    }
}

/// How an answer is coloured and called.
fn look(round: &Round, opinion: &Opinion) -> (&'static str, &'static str) {
    use crate::plan::life::opinion::Answer;
    match opinion.answer {
        Some(Answer::Agree) => ("done", "life-answer-agree"),
        Some(Answer::AgreeWithRemarks) => ("at_risk", "life-answer-agree_with_remarks"),
        Some(Answer::Disagree) => ("late", "life-answer-disagree"),
        None if round.ended_at.is_none() => ("not_started", "life-answer-awaited"),
        None => ("not_started", "life-answer-silent"),
    }
}

/// The newest round of a plan with what a unit was asked in it.
///
/// # Refusals
/// Not found: the unit was not asked.
pub(super) async fn newest(
    conn: &mut db::Conn,
    plan: base::id::PlanId,
    unit: base::id::UnitId,
) -> Result<(Round, Opinion), Error> {
    let rounds = opinion_store::rounds(conn, plan).await?;
    let round = rounds.into_iter().next().ok_or(Refusal::NotFound)?;
    let all = opinion_store::of_round(conn, round.id).await?;
    let opinion = all.into_iter().find(|found| found.unit == unit);
    Ok((round, opinion.ok_or(Refusal::NotFound)?))
}
