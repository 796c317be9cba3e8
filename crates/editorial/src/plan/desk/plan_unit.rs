//! What one unit leads or supports of a plan, overdue first.

use askama::Template;
use axum::extract::{Path, State};
use base::Refusal;
use base::id::UnitId;
use web::{By, Frame, Page, render};

use super::activity_slots::{self, SlotRow};
use super::plan_show::{Tab, tabs};
use super::{address, open, under_plan};
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::lines::{ActivityLine, Bar, Line, Lines};
use crate::plan::progress::Summary;
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_unit.html")]
struct PlanUnitPage {
    frame: Frame,
    base: String,
    tabs: Vec<Tab>,
    sum: Summary,
    bar: Bar,
    late: Vec<ActivityLine>,
    lines: Vec<Line>,
    /// What is asked of the unit for itself: activity by activity (id, title), slot by slot.
    slots: Vec<(String, String, Vec<SlotRow>)>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, unit)): Path<(String, String)>,
) -> Page {
    let unit: UnitId = unit.parse()?;
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, &by, &id, Deed::See).await?;
    let board = Board::load(&mut read, plan, editorial.today()).await?;
    let board = board.of_unit(unit);
    let name = board
        .units
        .iter()
        .find(|found| found.id == unit)
        .ok_or(Refusal::NotFound)?;
    let frame = editorial.desk(&by, "nav-plans").await?;
    let frame = under_plan(frame, &board.plan).titled(name.name.clone());
    let say = frame.say;
    let lines = Lines {
        unit: Some(unit),
        ..Lines::new(&board, &say)
    };
    let sum = lines.summary();
    render(&PlanUnitPage {
        base: address(board.plan.id),
        tabs: tabs(&board, &say, Some(unit)),
        bar: lines.bar_of(&sum, &name.name),
        late: lines.late(),
        lines: lines.tree(),
        slots: activity_slots::of_unit(&board, unit, &say),
        sum,
        frame,
    })
}
