//! The programmes of the agency, with how much each has this year; adding one.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::calendar::period::ReportingYear;
use base::{Error, Refusal, Subject, SubjectKind};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, render, with_status};

use crate::Editorial;
use crate::plan::programme::{Programme, ProgrammeDetails};
use crate::plan::programme_store;
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/programme_list.html")]
struct ProgrammeListPage {
    frame: Frame,
    year: i16,
    rows: Vec<Row>,
    form: Form,
    problems: Problems,
    can_edit: bool,
}

struct Row {
    id: String,
    code: String,
    name: String,
    n_items: i64,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    render(&page(&editorial, &by, (Form::default(), None)).await?)
}

/// Adds a programme.
pub async fn add(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match add_programme(&editorial, &by, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/programmes?done=programme-saved").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let page = page(&editorial, &by, (form, Some(refusal))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn add_programme(editorial: &Editorial, by: &By, form: &Form) -> Result<(), Error> {
    may(by.actor(), Deed::EditProgrammes, On::Plans)?;
    let programme = Programme {
        id: editorial.ids.next(&editorial.clock),
        agency: by.actor().agency,
        details: ProgrammeDetails::of(form)?,
        version: 1,
    };
    let mut act = editorial.db.act().await?;
    programme_store::add(&mut act, &programme, editorial.clock.now_ms()).await?;
    let subject = Subject::new(SubjectKind::Programme, programme.id);
    let ProgrammeDetails { code, name } = &programme.details;
    let data = json!({"code": code, "name": name});
    editorial
        .record(&mut act, by.actor(), "programme.add", subject, data)
        .await?;
    Ok(act.commit().await?)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (form, refusal): (Form, Option<Refusal>),
) -> Result<ProgrammeListPage, Error> {
    let frame = editorial.desk(by, "programmes").await?;
    let list = frame.t("nav-plans");
    let frame = frame.at("/desk/plans").under(list, "/desk/plans");
    let agency = by.actor().agency;
    let year = ReportingYear::of_date(editorial.today());
    let mut read = editorial.db.read().await?;
    let programmes = programme_store::list(&mut read, agency).await?;
    let days = (year.first(), year.last());
    let counts = programme_store::counts(&mut read, agency, days).await?;
    let rows = programmes.into_iter().map(|programme| Row {
        n_items: counts.get(&programme.id).copied().unwrap_or(0),
        id: programme.id.to_string(),
        code: programme.details.code,
        name: programme.details.name,
    });
    Ok(ProgrammeListPage {
        problems: refusal.map_or_else(Problems::none, |refusal| Problems::of(&refusal, &frame.say)),
        year: year.0,
        rows: rows.collect(),
        can_edit: may(by.actor(), Deed::EditProgrammes, On::Plans).is_ok(),
        form,
        frame,
    })
}
