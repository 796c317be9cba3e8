//! Adds days to the calendar: one, or the lines of a whole year.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Refusal};
use serde_json::json;
use web::{By, Form, Nonce, Page};

use super::{calendar_show, preview, subject, wants_preview};
use crate::House;
use crate::calendar::calendar_store;
use crate::calendar::day_off::{NewDays, year_asked};
use crate::people::agency_store;

/// Adds the days of the form.
pub async fn save(
    State(house): State<House>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    form: Form,
) -> Page {
    let asked = year_asked(form.value("year").parse().ok(), house.today());
    match insert(&house, &by, &form).await {
        Ok(None) => Ok(preview()),
        Ok(Some(year)) => {
            let address = format!("/desk/calendar?year={year}&done=calendar-added");
            Ok(Redirect::to(&address).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            calendar_show::page(&house, &by, &nonce, (asked, form, Some(refusal), None)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds the days; the year of the first one. None when a good form is only to be looked at.
async fn insert(house: &House, by: &By, form: &Form) -> Result<Option<i16>, Error> {
    let days = NewDays::of(form)?;
    let actor = by.actor();
    let mut act = house.db.act().await?;
    // Two administrators who paste the same list: the second is told, not stopped by the index.
    agency_store::hold(&mut act, actor.agency).await?;
    calendar_store::refuse_taken(&mut act, Some(actor.agency), &days).await?;
    if wants_preview(form) {
        return Ok(None);
    }
    let when = (house.clock.now_ms(), Some(actor.account));
    for mark in &days.marks {
        let row = (house.ids.next(&house.clock), Some(actor.agency));
        calendar_store::add(&mut act, row, mark, &days.decision, when).await?;
    }
    let decided_on = days.decision.on.map(|day| day.to_string());
    let data = json!({
        "days": days.log(), "decision": days.decision.number, "decided_on": decided_on,
    });
    house
        .record(&mut act, actor, "calendar.add", subject(by), data)
        .await?;
    // Public plans show by when things are due.
    act.touch("plans");
    act.commit().await?;
    let first = days.marks.first().map(|mark| mark.day.year());
    Ok(Some(year_asked(first, house.today())))
}
