//! What one unit says of a draft, and what becomes of its remarks.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::UnitId;
use base::{Error, Refusal};
use house::people::agency_store;
use web::{By, Choice, Form, Frame, Page, Problems, Say, with_status};

use super::plan_opinions::newest;
use super::{address, open, or_life, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::life::opinion::{Answer, Opinion};
use crate::plan::life::opinions;
use crate::plan::life::rules::{Step, answers_for, may};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_opinion.html")]
struct PlanOpinionPage {
    frame: Frame,
    base: String,
    unit: String,
    deadline: String,
    note: String,
    said: Option<String>,
    text: String,
    form: Form,
    problems: Problems,
    answers: Vec<Choice>,
    taken: Vec<Choice>,
    can_answer: bool,
    can_resolve: bool,
}

/// The forms as they are.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, unit)): Path<(String, UnitId)>,
) -> Page {
    or_life(page(&editorial, &by, (&id, unit)).await, &id)
}

/// Keeps the unit's answer.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, unit)): Path<(String, UnitId)>,
    form: Form,
) -> Page {
    let done = opinions::answer(taking(&editorial, &by, &id)?, unit, &form).await;
    let typed = (form, done, "life-answered");
    answer(&editorial, &by, (&id, unit), typed).await
}

/// Keeps what is decided on its remarks.
pub async fn resolve(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, unit)): Path<(String, UnitId)>,
    form: Form,
) -> Page {
    let done = opinions::resolve(taking(&editorial, &by, &id)?, unit, &form).await;
    let typed = (form, done, "life-resolved");
    answer(&editorial, &by, (&id, unit), typed).await
}

async fn answer(
    editorial: &Editorial,
    by: &By,
    which: (&str, UnitId),
    (form, done, word): (Form, Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("/desk/plans/{}/opinions?done={word}", which.0);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(editorial, by, which).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.form = form;
            with_status(status, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, unit): (&str, UnitId),
) -> Result<PlanOpinionPage, Error> {
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let (round, opinion) = newest(&mut read, plan.id, unit).await?;
    let units = agency_store::units(&mut read, plan.agency, plan.names_on(today)).await?;
    let found = units.into_iter().find(|found| found.id == unit);
    let unit_name = found.ok_or(Refusal::NotFound)?.name;
    let frame = editorial.desk(by, "life-opinion").await?;
    let title = frame.title.clone();
    let list = frame.t("life-opinions");
    let base = address(plan.id);
    let frame = under_plan(frame, &plan)
        .titled(title)
        .under(list, format!("{base}/opinions"));
    let say = frame.say;
    let step = |step| may(by.actor(), step, &plan, today).is_ok();
    Ok(PlanOpinionPage {
        base: format!("{base}/opinions/{unit}"),
        unit: unit_name,
        deadline: date_short(round.deadline),
        note: round.note,
        said: opinion
            .answer
            .map(|answer| say.t(&format!("life-answer-{}", answer.as_str()))),
        text: opinion.text.clone(),
        form: form_of(&opinion),
        problems: Problems::none(),
        answers: answers(&say),
        taken: vec![
            Choice::new("", say.t("life-choose")),
            Choice::new("yes", say.t("life-taken")),
            Choice::new("no", say.t("life-not-taken")),
        ],
        can_answer: step(Step::Answer) && answers_for(by.actor(), unit).is_ok(),
        can_resolve: step(Step::Resolve) && !opinion.text.is_empty(),
        frame,
    })
}

fn form_of(opinion: &Opinion) -> Form {
    let taken = match opinion.is_taken {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let answer = opinion.answer.map(Answer::as_str).unwrap_or_default();
    Form::filled([
        ("answer", answer.to_owned()),
        ("text", opinion.text.clone()),
        ("taken", taken.to_owned()),
        ("reply", opinion.reply.clone()),
    ])
}

fn answers(say: &Say) -> Vec<Choice> {
    let each = Answer::ALL.iter().map(|answer| {
        let word = answer.as_str();
        Choice::new(word, say.t(&format!("life-answer-{word}")))
    });
    std::iter::once(Choice::new("", say.t("life-choose")))
        .chain(each)
        .collect()
}
