//! What would be different in a report if it were made today, and the button that makes it.

use askama::Template;
use axum::extract::{Path, State};
use base::id::{PlanId, RowId};
use editorial::Editorial;
use web::{By, Frame, Page, render};

use super::report_frame;
use crate::reports::differences::{Difference, differences};
use crate::reports::making::{self, Maker};
use crate::reports::remaking::{Remade, remake};
use crate::reports::{MAKERS, report_store};

#[derive(Template)]
#[template(path = "reports/desk/difference_list.html")]
struct DifferencePage {
    frame: Frame,
    plan: PlanId,
    period: String,
    remade: Remade,
    differences: Vec<Difference>,
    may_make: bool,
}

/// Counts the report's window again and compares.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let mut read = editorial.db.snapshot().await?;
    let actor = by.actor();
    let report = report_store::find(&mut read, actor.agency, id).await?;
    let remade = remake(&mut read, actor.agency, &report).await?;
    let (plan, window) = (report.figures.plan.id, report.figures.window.clone());
    let maker = Maker::Person(actor);
    let now = making::figures_of(&editorial, &mut read, plan, window, maker).await?;
    drop(read);
    let frame = editorial.desk(&by, "report-differences-title").await?;
    let frame = report_frame(frame, &report).at(&format!("/desk/reports/{id}/differences"));
    render(&DifferencePage {
        differences: differences(&frame.say, &report.figures, &now),
        may_make: actor.roles.meets(MAKERS) && !report.figures.window.period.is_empty(),
        period: report.figures.window.period,
        plan,
        remade,
        frame,
    })
}
