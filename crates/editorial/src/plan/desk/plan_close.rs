//! Kết thúc: closing a plan with what was learnt.

use askama::Template;
use axum::extract::{Path, State};
use base::Error;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::{address, open, or_life, plan_life, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::life::rules::{Step, may};
use crate::plan::life::{closing, life_store};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_close.html")]
struct PlanClosePage {
    frame: Frame,
    base: String,
    form: Form,
    problems: Problems,
    activities: Vec<Asked>,
}

/// An activity of which something may have been learnt.
struct Asked {
    field: String,
    no: String,
    title: String,
    tag: String,
    state: &'static str,
    value: String,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    or_life(page(&editorial, &by, &id, None).await, &id)
}

/// Closes the plan.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match closing::close(taking(&editorial, &by, &id)?, &form).await {
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(&editorial, &by, &id, Some(form)).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            with_status(status, &page)
        }
        done => {
            let typed = (form, done, "life-closed");
            plan_life::answer(&editorial, &by, &id, typed).await
        }
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    id: &str,
    typed: Option<Form>,
) -> Result<PlanClosePage, Error> {
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    may(by.actor(), Step::Close, &plan, today)?;
    let frame = editorial.desk(by, "life-close").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let lessons = life_store::lessons(&mut read, plan.id).await?;
    let kept = |activity| {
        let found = lessons.iter().find(|lesson| lesson.activity == activity);
        found.map(|lesson| lesson.text.clone()).unwrap_or_default()
    };
    let board = Board::load(&mut read, plan, today).await?;
    let activities = board.activities.iter().map(|activity| {
        let status = board.progress(activity).status;
        let field = closing::field_of(activity);
        Asked {
            no: board.number(activity.id).to_owned(),
            title: activity.details.title.clone(),
            tag: frame.t(&format!("plan-status-{}", status.as_str())),
            state: status.look(),
            value: match &typed {
                Some(form) => form.value(&field).to_owned(),
                None => kept(Some(activity.id)),
            },
            field,
        }
    });
    Ok(PlanClosePage {
        base: address(board.plan.id),
        activities: activities.collect(),
        form: typed.unwrap_or_else(|| Form::filled([("lesson", kept(None))])),
        problems: Problems::none(),
        frame,
    })
}
