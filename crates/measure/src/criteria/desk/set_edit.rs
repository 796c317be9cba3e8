//! What a draft says of itself: its decision, its years, its total.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::CriteriaSetId;
use base::limits::{TEXT_CHARS_MAX, TITLE_CHARS_MAX};
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use serde_json::json;
use web::{By, Form, Frame, Lang, Page, Problems, render, with_status};

use super::{address, refused, under_set};
use crate::criteria::acts::{open, subject};
use crate::criteria::exact::{parse_points, worded};
use crate::criteria::rules::{Deed, may};
use crate::criteria::set::SetDetails;
use crate::criteria::{change_store, criteria_store};

#[derive(Template)]
#[template(path = "criteria/desk/set_edit.html")]
struct EditPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    back: String,
}

/// The form.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
) -> Page {
    render(&page(&editorial, &by, id).await?)
}

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    form: Form,
) -> Page {
    match change(&editorial, &by, id, &form).await {
        Ok(()) => {
            let to = format!("{}?done=criteria-saved", address(id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let mut page = page(&editorial, &by, id).await?;
            let (status, problems) = refused(error, &page.frame.say)?;
            (page.problems, page.form) = (problems, form);
            with_status(status, &page)
        }
    }
}

async fn change(
    editorial: &Editorial,
    by: &By,
    id: CriteriaSetId,
    form: &Form,
) -> Result<(), Error> {
    let read = details(form)?;
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let details = SetDetails {
        kept: set.details.kept,
        ..read
    };
    change_store::save_details(&mut act, id, &details).await?;
    let data = json!({"title": details.title, "number": details.number});
    editorial
        .record(&mut act, by.actor(), "criteria.edit", subject(id), data)
        .await?;
    Ok(act.commit().await?)
}

fn details(form: &Form) -> Result<SetDetails, Refusal> {
    let mut check = form.check();
    let year = |found: Option<i64>| found.and_then(|year| i16::try_from(year).ok());
    let mut details = SetDetails {
        title: check.required_line("title", TITLE_CHARS_MAX),
        number: check.line_of("number", 60),
        issued_on: check.date("issued_on"),
        issuer: check.line_of("issuer", 200),
        level: check.line_of("level", 120),
        year_from: year(check.number("year_from", 2000, 2100)).unwrap_or_default(),
        year_to: year(check.number("year_to", 2000, 2100)),
        total: None,
        note: check.text("note", TEXT_CHARS_MAX),
        kept: Vec::new(),
    };
    if form.value("year_from").trim().is_empty() {
        check.missing("year_from");
    }
    if details.year_to.is_some_and(|last| last < details.year_from) {
        check.add(Problem::at("year_to", "criteria-years-wrong"));
    }
    let total = form.value("total").trim();
    if !total.is_empty() {
        details.total = parse_points(total);
        if details.total.is_none() {
            check.add(Problem::at("total", "criteria-points-wrong").with("value", total));
        }
    }
    check.done()?;
    Ok(details)
}

async fn page(editorial: &Editorial, by: &By, id: CriteriaSetId) -> Result<EditPage, Error> {
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    may(by.actor(), Deed::Edit, set.state)?;
    let frame = editorial.desk(by, "criteria-edit-details").await?;
    let details = &set.details;
    let form = Form::filled([
        ("version", set.version.to_string()),
        ("title", details.title.clone()),
        ("number", details.number.clone()),
        (
            "issued_on",
            details
                .issued_on
                .map(base::calendar::date_short)
                .unwrap_or_default(),
        ),
        ("issuer", details.issuer.clone()),
        ("level", details.level.clone()),
        ("year_from", details.year_from.to_string()),
        (
            "year_to",
            details.year_to.map(|y| y.to_string()).unwrap_or_default(),
        ),
        (
            "total",
            details
                .total
                .map(|total| worded(total, Lang::Vi))
                .unwrap_or_default(),
        ),
        ("note", details.note.clone()),
    ]);
    Ok(EditPage {
        frame: under_set(frame, &set),
        problems: Problems::none(),
        form,
        back: address(id),
    })
}
