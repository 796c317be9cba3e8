//! Adds days to the calendar: one, or the lines of a whole year.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Refusal};
use web::{By, Form, Page};

use super::{calendar_show, preview, wants_preview};
use crate::House;
use crate::calendar::day_off::{NewDays, year_asked};
use crate::calendar::{self, calendar_store};

/// Adds the days of the form.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    let asked = year_asked(form.value("year").parse().ok(), house.today());
    match insert(&house, &by, &form).await {
        Ok(None) => Ok(preview()),
        Ok(Some(year)) => {
            let address = format!("/desk/calendar?year={year}&done=calendar-added");
            Ok(Redirect::to(&address).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            calendar_show::page(&house, &by, (asked, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds the days; the year of the first one. None when a good form is only to be looked at.
async fn insert(house: &House, by: &By, form: &Form) -> Result<Option<i16>, Error> {
    let days = NewDays::of(form)?;
    if wants_preview(form) {
        let mut read = house.db.read().await?;
        calendar_store::refuse_taken(&mut read, Some(by.actor().agency), &days).await?;
        return Ok(None);
    }
    calendar::add(house, by.actor(), &days).await?;
    let first = days.marks.first().map(|mark| mark.day.year());
    Ok(Some(year_asked(first, house.today())))
}
