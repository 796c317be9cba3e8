//! The agency and its units, as they are called today.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use web::{By, Frame, Nonce, Page, render};

use super::Done;
use crate::House;
use crate::people::agency::Unit;
use crate::people::agency_store;

#[derive(Template)]
#[template(path = "people/desk/unit_list.html")]
struct UnitsPage {
    frame: Frame,
    agency: String,
    units: Vec<Unit>,
}

/// The list, in the agency's order.
pub async fn show(
    State(house): State<House>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    Query(done): Query<Done>,
) -> Page {
    let agency = by.actor().agency;
    let mut read = house.db.read().await?;
    let names = agency_store::find(&mut read, agency, house.today())
        .await?
        .names;
    let units = agency_store::units(&mut read, agency, house.today()).await?;
    drop(read);
    let frame = house
        .desk(&by, &nonce, "nav-units")
        .await?
        .at("/desk/units");
    let frame = frame.done(done.done.as_deref());
    render(&UnitsPage {
        frame,
        agency: names.name,
        units,
    })
}
