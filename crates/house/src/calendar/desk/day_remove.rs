//! Takes a day away from the calendar, with the reason; the row stays as history.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::RowId;
use base::{Error, Refusal};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, with_status};

use super::{calendar_show, preview, subject, wants_preview};
use crate::House;
use crate::calendar::calendar_store;
use crate::calendar::day_off::{Change, DayOff};

#[derive(Template)]
#[template(path = "calendar/desk/day_remove.html")]
struct RemovePage {
    frame: Frame,
    form: Form,
    problems: Problems,
    id: RowId,
    day: String,
    name: String,
    decision: String,
    back: String,
}

/// The day, and the form that takes it away.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let day = find(&house, &by, id.parse()?).await?;
    page(&house, &by, (day, Form::default(), None)).await
}

/// Takes it away.
pub async fn save(State(house): State<House>, by: By, Path(id): Path<String>, form: Form) -> Page {
    let day = find(&house, &by, id.parse()?).await?;
    let back = address(&day);
    match remove(&house, &by, day.id, &form).await {
        Ok(()) if wants_preview(&form) => Ok(preview()),
        Ok(()) => Ok(Redirect::to(&format!("{back}&done=calendar-removed")).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, (day, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the day away, unless a good form is only to be looked at.
async fn remove(house: &House, by: &By, id: RowId, form: &Form) -> Result<(), Error> {
    let Change::Remove { reason, .. } = Change::removal(id, form)? else {
        return Err(Refusal::NotFound.into());
    };
    if wants_preview(form) {
        return Ok(());
    }
    let actor = by.actor();
    let mut act = house.db.act().await?;
    // Looked for again: what was found before the act may be gone.
    let day = calendar_store::find(&mut act, actor.agency, id).await?;
    let when = (house.clock.now_ms(), actor.account);
    calendar_store::remove(&mut act, id, &reason, when).await?;
    let data = json!({
        "day": day.mark.day.to_string(), "kind": day.mark.kind.as_str(),
        "name": day.mark.name, "reason": reason,
    });
    house
        .record(&mut act, actor, "calendar.remove", subject(by), data)
        .await?;
    act.touch("plans");
    act.commit().await?;
    Ok(())
}

async fn find(house: &House, by: &By, id: RowId) -> Result<DayOff, Error> {
    let mut read = house.db.read().await?;
    calendar_store::find(&mut read, by.actor().agency, id).await
}

fn address(day: &DayOff) -> String {
    format!("/desk/calendar?year={}", day.mark.day.year())
}

async fn page(
    house: &House,
    by: &By,
    (day, form, refusal): (DayOff, Form, Option<Refusal>),
) -> Page {
    let frame = house.desk(by, "calendar-remove-title").await?;
    let list = frame.t("nav-calendar");
    let back = address(&day);
    let frame = frame.under(list, back.clone()).at("/desk/calendar");
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let decision = calendar_show::decision_words(&day.decision, day.is_own, &frame.say);
    with_status(
        status,
        &RemovePage {
            frame,
            form,
            problems,
            id: day.id,
            day: date_short(day.mark.day),
            name: day.mark.name,
            decision,
            back,
        },
    )
}
