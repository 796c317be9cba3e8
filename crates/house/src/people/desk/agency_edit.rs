//! What the agency is called and how it is reached, from a day on.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::RowId;
use base::{Actor, Error, Refusal, Subject, SubjectKind};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Nonce, Page, Problems, with_status};

use super::{first_day, together};
use crate::House;
use crate::people::agency::{AgencyNames, DatedName};
use crate::people::agency_store::{self, From};

#[derive(Template)]
#[template(path = "people/desk/agency_edit.html")]
struct AgencyPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    names: Vec<DatedName>,
}

/// The agency as it is called today.
pub async fn show(State(house): State<House>, Extension(nonce): Extension<Nonce>, by: By) -> Page {
    let mut read = house.db.read().await?;
    let names = agency_store::find(&mut read, by.actor().agency, house.today())
        .await?
        .names;
    drop(read);
    let form = filled(&names, date_short(house.today()));
    page(&house, &by, &nonce, (form, None)).await
}

/// Gives the agency these names from the day on.
pub async fn save(
    State(house): State<House>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    form: Form,
) -> Page {
    match update(&house, by.actor(), &form).await {
        Ok(()) => Ok(Redirect::to("/desk/units?done=agency").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, &nonce, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(house: &House, actor: &Actor, form: &Form) -> Result<(), Error> {
    let (names, day) = together(AgencyNames::of(form), first_day(form, house.today()))?;
    let from = From {
        row: house.ids.next::<RowId>(&house.clock),
        day,
    };
    let mut act = house.db.act().await?;
    agency_store::save_names(&mut act, actor.agency, &names, from).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "name": names.name, "valid_from": day.to_string() });
    house
        .record(&mut act, actor, "agency.save", subject, data)
        .await?;
    act.touch(format!("agency/{}", actor.agency));
    act.commit().await?;
    Ok(())
}

fn filled(names: &AgencyNames, valid_from: String) -> Form {
    Form::filled([
        ("name", names.name.clone()),
        ("short_name", names.short_name.clone()),
        ("symbol", names.symbol.clone()),
        ("superior", names.superior.clone()),
        ("place", names.place.clone()),
        ("address", names.address.clone()),
        ("responsible", names.responsible.clone()),
        ("phone", names.phone.clone()),
        ("email", names.email.clone()),
        ("valid_from", valid_from),
    ])
}

async fn page(
    house: &House,
    by: &By,
    nonce: &Nonce,
    (form, refusal): (Form, Option<Refusal>),
) -> Page {
    let mut read = house.db.read().await?;
    let names = agency_store::names(&mut read, by.actor().agency).await?;
    drop(read);
    let frame = house.desk(by, nonce, "agency-edit").await?;
    let units = frame.t("nav-units");
    // The agency's page stands under the list of its units.
    let frame = frame.under(units, "/desk/units").at("/desk/units");
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
        &AgencyPage {
            frame,
            form,
            problems,
            names,
        },
    )
}
