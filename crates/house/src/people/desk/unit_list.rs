//! The agency and its units, as they are called today.

use askama::Template;
use axum::extract::State;
use base::calendar::date_short;
use web::{By, Frame, Page, render};

use crate::House;
use crate::people::agency::Unit;
use crate::people::{agency_store, succession_store, unit_history};

#[derive(Template)]
#[template(path = "people/desk/unit_list.html")]
struct UnitsPage {
    frame: Frame,
    agency: String,
    units: Vec<Unit>,
    past: Vec<Past>,
}

/// A unit that has ended.
struct Past {
    href: String,
    name: String,
    day: String,
    words: Vec<String>,
}

/// The list, in the agency's order.
pub async fn show(State(house): State<House>, by: By) -> Page {
    let agency = by.actor().agency;
    let mut read = house.db.read().await?;
    let names = agency_store::find(&mut read, agency, house.today())
        .await?
        .names;
    let units = agency_store::units(&mut read, agency, house.today()).await?;
    let changes = succession_store::list(&mut read, agency).await?;
    drop(read);
    let frame = house.desk(&by, "nav-units").await?.at("/desk/units");
    let past = units.iter().filter_map(|unit| {
        let day = date_short(unit.closed_on?);
        Some(Past {
            href: format!("/desk/units/{}/moves", unit.id),
            name: unit.name.clone(),
            day,
            words: unit_history::words(&changes, unit.id, &units, &frame.say),
        })
    });
    let past = past.collect();
    let units = units.into_iter().filter(|unit| unit.closed_on.is_none());
    render(&UnitsPage {
        units: units.collect(),
        past,
        frame,
        agency: names.name,
    })
}
