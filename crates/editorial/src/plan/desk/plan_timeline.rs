//! The year of a plan as a picture, with the table behind it.

use askama::Template;
use axum::extract::{Path, State};
use web::{By, Frame, Page, render};

use super::{address, open, under_plan};
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::rules::Deed;
use crate::plan::timeline::{Timeline, timeline};

#[derive(Template)]
#[template(path = "plan/desk/plan_timeline.html")]
struct PlanTimelinePage {
    frame: Frame,
    base: String,
    chart: Timeline,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, &by, &id, Deed::See).await?;
    let frame = editorial.desk(&by, "plan-timeline").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let base = address(plan.id);
    let board = Board::load(&mut read, plan, editorial.today()).await?;
    let chart = timeline(&board, &frame.say, |id| format!("{base}/activities/{id}"));
    render(&PlanTimelinePage { frame, base, chart })
}
