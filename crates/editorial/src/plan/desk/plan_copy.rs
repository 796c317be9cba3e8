//! Sao kế hoạch: the next year's draft from this plan.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::Error;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::{address, open, or_life, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::life::copying;
use crate::plan::life::rules::{Step, may};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_copy.html")]
struct PlanCopyPage {
    frame: Frame,
    base: String,
    form: Form,
    problems: Problems,
}

/// The form, with the year to come.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    or_life(page(&editorial, &by, &id).await, &id)
}

/// Makes the draft and goes to it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match copying::copy(taking(&editorial, &by, &id)?, &form).await {
        Ok(copy) => {
            let to = format!("{}?done=life-copied", address(copy));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(&editorial, &by, &id).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.form = form;
            with_status(status, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(editorial: &Editorial, by: &By, id: &str) -> Result<PlanCopyPage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    may(by.actor(), Step::Copy, &plan, editorial.today())?;
    let frame = editorial.desk(by, "life-copy").await?;
    let title = frame.title.clone();
    let year = plan.details.year.saturating_add(1).to_string();
    let offered = [("title", copying::title_offered(&plan)), ("year", year)];
    Ok(PlanCopyPage {
        frame: under_plan(frame, &plan).titled(title),
        base: address(plan.id),
        form: Form::filled(offered),
        problems: Problems::none(),
    })
}
