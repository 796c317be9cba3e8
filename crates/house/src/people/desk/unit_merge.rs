//! Several units become one: a form, a look at what goes along, the act.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::{Error, Refusal};
use http::StatusCode;
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use super::unit_preview::{self, Known};
use crate::House;
use crate::people::reorganisation::Reorganisation;
use crate::people::succession;

#[derive(Template)]
#[template(path = "people/desk/unit_merge.html")]
struct MergePage {
    frame: Frame,
    form: Form,
    problems: Problems,
    units: Vec<Choice>,
    into: Vec<Choice>,
}

/// The form.
pub async fn show(State(house): State<House>, by: By) -> Page {
    let form = Form::filled([("day", date_short(house.today()))]);
    let known = load(&house, &by).await?;
    let frame = frame(&house, &by).await?;
    page(frame, &known, form, None)
}

/// Shows what goes along, or does it.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    let known = load(&house, &by).await?;
    let frame = frame(&house, &by).await?;
    let step = form.value("step").to_owned();
    if step == "edit" {
        return page(frame, &known, form, None);
    }
    let change = match Reorganisation::merger(&form, known.around(&house)) {
        Ok(change) => change,
        Err(refusal) => return page(frame, &known, form, Some(refusal)),
    };
    if step != "act" {
        return unit_preview::page(&house, &by, frame, (&known, &change, &form)).await;
    }
    match succession::carry_out(&house, by.actor(), &change, &form).await {
        Ok(unit) => {
            let address = format!("/desk/units/{unit}/moves?done=unit-merged");
            Ok(Redirect::to(&address).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(frame, &known, form, Some(refusal))
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(house: &House, by: &By) -> Result<Known, Error> {
    let mut read = house.db.read().await?;
    Known::load(house, &mut read, by).await
}

async fn frame(house: &House, by: &By) -> Result<Frame, Error> {
    let frame = house.desk(by, "unit-merge").await?;
    let units = frame.t("nav-units");
    Ok(frame.under(units, "/desk/units").at("/desk/units"))
}

fn page(frame: Frame, known: &Known, form: Form, refusal: Option<Refusal>) -> Page {
    let units = known.choices();
    let mut into = vec![Choice::new("", frame.t("unit-into-new"))];
    into.extend(units.iter().map(|unit| {
        let text = frame.say.t1("unit-into", "name", &unit.text);
        Choice::new(&unit.value, text)
    }));
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(
        status,
        &MergePage {
            frame,
            form,
            problems,
            units,
            into,
        },
    )
}
