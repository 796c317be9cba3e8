//! Registering something published elsewhere.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::ActivityId;
use base::{Error, Refusal};
use house::people::{agency_store, unit_history};
use http::StatusCode;
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::fields::{self, Fields};
use crate::Editorial;
use crate::channels::register;
use crate::channels::registration::{Registration, together};
use crate::items::proof::Proof;
use crate::items::sent_file;
use crate::plan;

#[derive(Template)]
#[template(path = "channels/desk/item_new.html")]
struct NewPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    fields: Fields,
    units: Vec<Choice>,
    activities: Vec<Choice>,
}

/// For which activity it is registered, when a person comes from one.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    activity: Option<ActivityId>,
}

/// The empty form.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let unit = by
        .actor()
        .unit
        .map(|unit| unit.to_string())
        .unwrap_or_default();
    let activity = wish.activity.map(|id| ("activities", id.to_string()));
    let form = Form::filled([("unit", unit)].into_iter().chain(activity));
    render(&page(&editorial, &by, form, None).await?)
}

/// Saves item, publication, file and evidence in one act.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let proof = match sent_file::proof(&editorial, &by, &form).await {
        Err(Error::Fault(fault)) => return Err(fault.into()),
        Err(Error::Refusal(refusal)) => Err(refusal),
        Ok(proof) => Ok(proof),
    };
    match save_all(&editorial, &by, &form, &proof).await {
        Ok(id) => {
            let to = format!("/desk/items/{id}?done=item-added");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let proof = proof.ok().flatten();
            let form = sent_file::keep(&editorial, &by, form, proof.as_ref()).await?;
            let page = page(&editorial, &by, form, Some(refusal)).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn save_all(
    editorial: &Editorial,
    by: &By,
    form: &Form,
    proof: &Result<Option<Proof>, Refusal>,
) -> Result<base::id::ItemId, Error> {
    let today = editorial.today();
    // A file that was refused is a file: its own problem is told, not that there is none.
    let has_file = !matches!(proof, Ok(None));
    let read = Registration::of(form, has_file, today);
    match (read, proof) {
        (Ok(registration), Ok(proof)) => {
            register::register(editorial, by.actor(), &registration, proof.as_ref()).await
        }
        (read, proof) => {
            let mut refusals: Vec<Refusal> = read.err().into_iter().collect();
            refusals.extend(proof.as_ref().err().cloned());
            if !form.has("anyway", "1") {
                let file = proof.as_ref().ok().and_then(Option::as_ref);
                let pictures = sent_file::pictures(editorial, file).await?;
                let mut conn = editorial.db.read().await?;
                let (link, brought) = (form.value("link"), (file, pictures.as_slice()));
                let repeats = register::repeats(&mut conn, by.actor(), link, brought).await?;
                refusals.push(Refusal::Invalid(repeats));
            }
            Err(together(refusals).into())
        }
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    form: Form,
    refusal: Option<Refusal>,
) -> Result<NewPage, Error> {
    let frame = editorial.desk(by, "item-new").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-items"), "/desk/items")
        .at("/desk/items/new");
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let mut fields = Fields::load(&mut read, agency, &say, &form).await?;
    if let Some(refusal) = &refusal {
        fields = fields.after(refusal);
    }
    let mut units = vec![Choice::new("", say.t("item-no-unit"))];
    let all = agency_store::units(&mut read, agency, editorial.today()).await?;
    // Also those that have ended: what they did before may still be registered.
    let today = editorial.today();
    units.extend(
        all.iter()
            .map(|unit| Choice::new(unit.id, unit_history::dated_name(unit, today, &say))),
    );
    let activities = plan::choices(&mut read, agency).await?;
    let activities = activities
        .into_iter()
        .map(|(id, text)| Choice::new(id, text))
        .collect();
    let problems = fields::problems(refusal.as_ref(), &say);
    Ok(NewPage {
        frame,
        form,
        problems,
        fields,
        units,
        activities,
    })
}
