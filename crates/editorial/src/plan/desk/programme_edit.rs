//! Changing what a programme is called.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::ProgrammeId;
use base::{Error, Refusal, Subject, SubjectKind};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, render, with_status};

use crate::Editorial;
use crate::plan::programme::ProgrammeDetails;
use crate::plan::programme_store;
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/programme_edit.html")]
struct ProgrammeEditPage {
    frame: Frame,
    back: String,
    version: i64,
    form: Form,
    problems: Problems,
}

/// The form as the programme is.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    render(&page(&editorial, &by, (id.parse()?, None)).await?)
}

/// Saves what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let id: ProgrammeId = id.parse()?;
    let (status, refusal) = match change(&editorial, &by, id, &form).await {
        Ok(()) => {
            let to = format!("/desk/programmes/{id}?done=programme-saved");
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            (StatusCode::UNPROCESSABLE_ENTITY, refusal)
        }
        Err(Error::Refusal(Refusal::Stale)) => (StatusCode::CONFLICT, Refusal::Stale),
        Err(error) => return Err(error.into()),
    };
    let page = page(&editorial, &by, (id, Some((form, refusal)))).await?;
    with_status(status, &page)
}

async fn change(editorial: &Editorial, by: &By, id: ProgrammeId, form: &Form) -> Result<(), Error> {
    may(by.actor(), Deed::EditProgrammes, On::Plans)?;
    let mut act = editorial.db.act().await?;
    let mut programme = programme_store::find(&mut act, by.actor().agency, id).await?;
    programme.details = ProgrammeDetails::of(form)?;
    programme.version = form.value("version").parse().map_err(|_| Refusal::Stale)?;
    programme_store::save(&mut act, &programme).await?;
    let subject = Subject::new(SubjectKind::Programme, id);
    let ProgrammeDetails { code, name } = &programme.details;
    let data = json!({"code": code, "name": name});
    editorial
        .record(&mut act, by.actor(), "programme.edit", subject, data)
        .await?;
    Ok(act.commit().await?)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, typed): (ProgrammeId, Option<(Form, Refusal)>),
) -> Result<ProgrammeEditPage, Error> {
    may(by.actor(), Deed::EditProgrammes, On::Plans)?;
    let mut read = editorial.db.read().await?;
    let programme = programme_store::find(&mut read, by.actor().agency, id).await?;
    let frame = editorial.desk(by, "programme-edit").await?;
    let list = frame.t("programmes");
    let back = format!("/desk/programmes/{id}");
    let frame = frame
        .at("/desk/plans")
        .under(list, "/desk/programmes")
        .under(programme.details.code.clone(), back.clone());
    let (form, problems) = match typed {
        Some((form, refusal)) => (form, Problems::of(&refusal, &frame.say)),
        None => (Form::filled(programme.details.form()), Problems::none()),
    };
    Ok(ProgrammeEditPage {
        frame,
        back,
        version: programme.version,
        form,
        problems,
    })
}
