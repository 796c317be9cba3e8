//! One unit: adding it, and giving it other names from a day on.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::{RowId, UnitId};
use base::{Actor, Error, Refusal, Subject, SubjectKind};
use db::Act;
use http::StatusCode;
use jiff::civil::Date;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::{first_day, together};
use crate::House;
use crate::people::agency::{DatedName, Unit, UnitNames};
use crate::people::agency_store::{self, From};
use crate::people::{succession_store, unit_history};

#[derive(Template)]
#[template(path = "people/desk/unit_edit.html")]
struct UnitPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    names: Vec<DatedName>,
    is_new: bool,
    /// What became of it and of what it came from.
    history: Vec<String>,
    /// The address of the unit; empty for one that is not there yet.
    address: String,
    is_open: bool,
}

/// The empty form.
pub async fn blank(State(house): State<House>, by: By) -> Page {
    let form = Form::filled([("valid_from", date_short(house.today()))]);
    page(&house, &by, (form, None, None)).await
}

/// Adds the unit at the end of the list.
pub async fn add(State(house): State<House>, by: By, form: Form) -> Page {
    match insert(&house, by.actor(), &form).await {
        Ok(()) => Ok(Redirect::to("/desk/units?done=unit").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, (form, None, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The unit as it is called today.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let unit = find(&house, by.actor(), &id).await?;
    let form = Form::filled([
        ("name", unit.name.clone()),
        ("short_name", unit.short_name.clone()),
        ("symbol", unit.symbol.clone()),
        ("valid_from", date_short(house.today())),
    ]);
    page(&house, &by, (form, Some(unit), None)).await
}

/// Gives the unit these names from the day on.
pub async fn save(State(house): State<House>, by: By, Path(id): Path<String>, form: Form) -> Page {
    let unit = find(&house, by.actor(), &id).await?;
    match update(&house, by.actor(), unit.id, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/units?done=unit").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, (form, Some(unit), Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn insert(house: &House, actor: &Actor, form: &Form) -> Result<(), Error> {
    let (names, day) = together(UnitNames::of(form), first_day(form, house.today()))?;
    let id: UnitId = house.ids.next(&house.clock);
    let from = From {
        row: house.ids.next::<RowId>(&house.clock),
        day,
    };
    let mut act = house.db.act().await?;
    agency_store::add_unit(
        &mut act,
        actor.agency,
        id,
        &names,
        from,
        house.clock.now_ms(),
    )
    .await?;
    record(house, &mut act, actor, ("unit.add", id, &names, day)).await?;
    act.commit().await?;
    Ok(())
}

async fn update(house: &House, actor: &Actor, id: UnitId, form: &Form) -> Result<(), Error> {
    let (names, day) = together(UnitNames::of(form), first_day(form, house.today()))?;
    let from = From {
        row: house.ids.next::<RowId>(&house.clock),
        day,
    };
    let mut act = house.db.act().await?;
    // The unit is looked for again: what was found before the act may be gone.
    let unit = agency_store::find_unit(&mut act, actor.agency, id, house.today()).await?;
    if unit.closed_on.is_some() {
        return Err(Refusal::because("unit-closed").into());
    }
    agency_store::save_unit_names(&mut act, id, &names, from).await?;
    record(house, &mut act, actor, ("unit.save", id, &names, day)).await?;
    act.commit().await?;
    Ok(())
}

async fn record(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (name, id, names, day): (&'static str, UnitId, &UnitNames, Date),
) -> Result<(), Error> {
    let data = json!({ "name": names.name, "valid_from": day.to_string() });
    house
        .record(act, actor, name, Subject::new(SubjectKind::Unit, id), data)
        .await?;
    // Public pages name units in plans and articles of the agency.
    act.touch(format!("agency/{}", actor.agency));
    Ok(())
}

async fn find(house: &House, actor: &Actor, id: &str) -> Result<Unit, Error> {
    let id: UnitId = id.parse()?;
    let mut read = house.db.read().await?;
    agency_store::find_unit(&mut read, actor.agency, id, house.today()).await
}

async fn page(
    house: &House,
    by: &By,
    (form, unit, refusal): (Form, Option<Unit>, Option<Refusal>),
) -> Page {
    let frame = house.desk(by, "unit-add").await?;
    let units = frame.t("nav-units");
    let mut frame = frame.under(units, "/desk/units").at("/desk/units/new");
    let mut names = Vec::new();
    let is_new = unit.is_none();
    let is_open = unit.as_ref().is_none_or(|unit| unit.closed_on.is_none());
    let (mut history, mut address) = (Vec::new(), String::new());
    if let Some(unit) = unit {
        let agency = by.actor().agency;
        let mut read = house.db.read().await?;
        names = agency_store::unit_names(&mut read, unit.id).await?;
        let units = agency_store::units(&mut read, agency, house.today()).await?;
        let changes = succession_store::list(&mut read, agency).await?;
        history = unit_history::words(&changes, unit.id, &units, &frame.say);
        address = format!("/desk/units/{}", unit.id);
        frame = frame.titled(unit.name).at(&address);
    }
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = if refusal.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    with_status(
        status,
        &UnitPage {
            frame,
            form,
            problems,
            names,
            is_new,
            history,
            address,
            is_open,
        },
    )
}
