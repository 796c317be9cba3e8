//! Says whether the agency works on Saturdays.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use serde_json::json;
use web::{By, Form, Page};

use super::{preview, subject, wants_preview};
use crate::House;
use crate::calendar::calendar_store;
use crate::calendar::day_off::year_asked;

/// Saves it, from now on: what was known before stays as it was known.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    if wants_preview(&form) {
        return Ok(preview());
    }
    let is_worked = form.has("saturday", "1");
    let actor = by.actor();
    let mut act = house.db.act().await?;
    let row = (house.ids.next(&house.clock), actor.agency);
    let when = (house.clock.now_ms(), actor.account);
    calendar_store::set_saturdays(&mut act, row, is_worked, when).await?;
    let data = json!({ "saturday_worked": is_worked });
    house
        .record(&mut act, actor, "calendar.week", subject(&by), data)
        .await?;
    act.touch("plans");
    act.commit().await?;
    let year = year_asked(form.value("year").parse().ok(), house.today());
    let address = format!("/desk/calendar?year={year}&done=calendar-week");
    Ok(Redirect::to(&address).into_response())
}
