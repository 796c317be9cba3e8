//! A month of a plan as a picture, with the table behind it.

use askama::Template;
use axum::extract::{Path, Query, State};
use base::Refusal;
use serde::Deserialize;
use web::{By, Frame, Page, render};

use super::{address, open, under_plan};
use crate::Editorial;
use crate::plan::activity_store;
use crate::plan::board::Board;
use crate::plan::month::{self, Month};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_calendar.html")]
struct PlanCalendarPage {
    frame: Frame,
    base: String,
    chart: Month,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    month: Option<String>,
}

/// The page: the month asked for, or this month, or that of the plan's year nearest to it.
///
/// # Refusals
/// Not found: what is asked for is no month.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, &by, &id, Deed::See).await?;
    let frame = editorial.desk(&by, "plan-calendar").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let (base, today, agency) = (address(plan.id), editorial.today(), plan.agency);
    let first = match asked.month.as_deref() {
        Some(text) => month::parse(text).ok_or(Refusal::NotFound)?,
        None => plan.names_on(today).first_of_month(),
    };
    let (plan_id, last) = (plan.id, first.last_of_month());
    let done = activity_store::done_between(&mut read, plan_id, first, last).await?;
    let calendar = house::calendar::of(&mut read, agency).await?;
    let board = Board::load(&mut read, plan, today).await?;
    let page = |id: &str| format!("{base}/activities/{id}");
    let chart = month::month((&board, &done), &calendar, first, &frame.say, page);
    render(&PlanCalendarPage { frame, base, chart })
}
