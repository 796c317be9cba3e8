//! What the agency is called and how it is reached, from a day on.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::RowId;
use base::{Actor, Error, Refusal, Subject, SubjectKind};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::signer_edit::SIGNER_FIELDS;
use super::{first_day, together};
use crate::House;
use crate::people::agency::{AgencyNames, DatedName};
use crate::people::agency_store::{self, From};
use crate::people::setting_store;

#[derive(Template)]
#[template(path = "people/desk/agency_edit.html")]
struct AgencyPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    names: Vec<DatedName>,
}

/// The agency as it is called today.
pub async fn show(State(house): State<House>, by: By) -> Page {
    let form = current(&house, &by).await?;
    page(&house, &by, (form, None)).await
}

/// The form of the agency as it is called today, with who signs its reports.
pub(super) async fn current(house: &House, by: &By) -> Result<Form, Error> {
    let agency = by.actor().agency;
    let mut read = house.db.read().await?;
    let names = agency_store::find(&mut read, agency, house.today())
        .await?
        .names;
    let mut form = filled(&names, date_short(house.today()));
    for (field, name) in SIGNER_FIELDS {
        form.set(field, setting_store::value(&mut read, agency, name).await?);
    }
    Ok(form)
}

/// Gives the agency these names from the day on.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    match update(&house, by.actor(), &form).await {
        Ok(()) => Ok(Redirect::to("/desk/units?done=agency").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let mut typed = form;
            let kept = current(&house, &by).await?;
            for (field, _) in SIGNER_FIELDS {
                typed.set(field, kept.value(field));
            }
            page(&house, &by, (typed, Some(refusal))).await
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

/// The page with both its forms.
pub(super) async fn page(house: &House, by: &By, (form, refusal): (Form, Option<Refusal>)) -> Page {
    let mut read = house.db.read().await?;
    let names = agency_store::names(&mut read, by.actor().agency).await?;
    drop(read);
    let frame = house.desk(by, "agency-edit").await?;
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
