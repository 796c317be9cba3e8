//! One unit becomes several: a form, a choice of who and what goes where, the act.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::UnitId;
use base::{Error, Refusal};
use http::StatusCode;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::unit_preview::{self, Known};
use crate::House;
use crate::people::agency::Unit;
use crate::people::reorganisation::{HEIR_NAMES, Reorganisation};
use crate::people::succession;

#[derive(Template)]
#[template(path = "people/desk/unit_split.html")]
struct SplitPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    back: String,
    /// The fields of the names: field, label, whether it must be filled.
    names: Vec<(&'static str, String, bool)>,
}

/// The form.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let (_, unit) = load(&house, &by, id.parse()?).await?;
    let form = Form::filled([("day", date_short(house.today()))]);
    let frame = frame(&house, &by, &unit).await?;
    let refusal = unit.closed_on.map(|_| Refusal::because("unit-closed"));
    page(frame, &unit, form, refusal)
}

/// Shows what goes where, or does it.
pub async fn save(State(house): State<House>, by: By, Path(id): Path<String>, form: Form) -> Page {
    let (known, unit) = load(&house, &by, id.parse()?).await?;
    let frame = frame(&house, &by, &unit).await?;
    let step = form.value("step").to_owned();
    if step == "edit" {
        return page(frame, &unit, form, None);
    }
    let change = match Reorganisation::split(unit.id, &form, known.around(&house)) {
        Ok(change) => change,
        Err(refusal) => return page(frame, &unit, form, Some(refusal)),
    };
    if step != "act" {
        return unit_preview::page(&house, &by, frame, (&known, &change, &form)).await;
    }
    match succession::carry_out(&house, by.actor(), &change, &form).await {
        Ok(_) => {
            let address = format!("/desk/units/{}/moves?done=unit-was-split", unit.id);
            Ok(Redirect::to(&address).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(frame, &unit, form, Some(refusal))
        }
        Err(error) => Err(error.into()),
    }
}

async fn load(house: &House, by: &By, id: UnitId) -> Result<(Known, Unit), Error> {
    let mut read = house.db.read().await?;
    let known = Known::load(house, &mut read, by).await?;
    let unit = known.units.iter().find(|unit| unit.id == id).cloned();
    Ok((known, unit.ok_or(Refusal::NotFound)?))
}

async fn frame(house: &House, by: &By, unit: &Unit) -> Result<Frame, Error> {
    let frame = house.desk(by, "unit-split").await?;
    let units = frame.t("nav-units");
    let title = frame.say.t1("unit-split-title", "name", &unit.name);
    Ok(frame
        .under(units, "/desk/units")
        .under(unit.name.clone(), address(unit))
        .titled(title)
        .at("/desk/units"))
}

fn address(unit: &Unit) -> String {
    format!("/desk/units/{}", unit.id)
}

fn page(frame: Frame, unit: &Unit, form: Form, refusal: Option<Refusal>) -> Page {
    let names = HEIR_NAMES.into_iter().zip(1..);
    let names = names
        .map(|(field, n)| (field, frame.say.t1("unit-split-name", "n", n), n <= 2))
        .collect();
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(
        status,
        &SplitPage {
            frame,
            form,
            problems,
            back: address(unit),
            names,
        },
    )
}
