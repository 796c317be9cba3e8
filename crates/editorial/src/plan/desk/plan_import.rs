//! Bringing in a plan from a file or from pasted text.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::id::PlanId;
use base::text::{clean_line, slug};
use base::{Error, Problem, Refusal};
use house::audit::entry::Doer;
use http::StatusCode;
use web::{By, Form, Frame, Page, Problems, render, with_status};

use super::address;
use crate::Editorial;
use crate::plan::importing::{self, Bringing};
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/plan_import.html")]
struct PlanImportPage {
    frame: Frame,
    form: Form,
    problems: Problems,
}

async fn frame(editorial: &Editorial, by: &By) -> Result<Frame, Error> {
    let frame = editorial.desk(by, "plan-import").await?;
    let list = frame.t("nav-plans");
    Ok(frame.at("/desk/plans/import").under(list, "/desk/plans"))
}

/// The empty form.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    may(by.actor(), Deed::Import, On::Plans)?;
    let frame = frame(&editorial, &by).await?;
    render(&PlanImportPage {
        frame,
        form: Form::default(),
        problems: Problems::none(),
    })
}

/// Reads the document and stores the plan as a draft.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match import(&editorial, &by, &form).await {
        Ok(plan) => {
            let to = format!("{}?done=plan-imported", address(plan));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let frame = frame(&editorial, &by).await?;
            let problems = Problems::of(&refusal, &frame.say);
            let page = PlanImportPage {
                frame,
                form,
                problems,
            };
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn import(editorial: &Editorial, by: &By, form: &Form) -> Result<PlanId, Error> {
    let actor = by.actor();
    may(actor, Deed::Import, On::Plans)?;
    let pasted = form.value("text");
    let (field, bytes, name) = match (form.upload("file"), pasted.trim().is_empty()) {
        (Some(_), false) => return Err(both()),
        (Some(upload), true) => ("file", upload.bytes.to_vec(), clean_line(&upload.name)),
        (None, false) => ("text", pasted.as_bytes().to_vec(), String::new()),
        (None, true) => return Err(Refusal::at("file", "plan-import-nothing").into()),
    };
    let lang = by.lang().as_str();
    let read = importing::read_plan(bytes.clone(), name.clone(), field, lang).await?;
    let name = if name.is_empty() {
        format!("{}.txt", slug(&read.plan.title))
    } else {
        name
    };
    let bringing = Bringing {
        agency: actor.agency,
        doer: Doer::from(actor),
        by: Some(actor.account),
        name: &name,
        bytes: &bytes,
    };
    importing::store(editorial, &read, bringing).await
}

fn both() -> Error {
    let problems = vec![
        Problem::at("file", "plan-import-both"),
        Problem::at("text", "plan-import-both"),
    ];
    Refusal::Invalid(problems).into()
}
