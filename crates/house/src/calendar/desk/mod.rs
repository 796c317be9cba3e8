//! Staff pages of the calendar: one file per page, its template beside it.

pub mod calendar_show;
pub mod day_add;
pub mod day_remove;
pub mod week_edit;

use axum::response::{IntoResponse, Redirect, Response};
use base::{Subject, SubjectKind};
use web::{By, Form};

/// The page of the plans that shows, for the same form, which deadlines a change would move.
const PREVIEW: &str = "/desk/plans/deadlines";

/// Whether the person wants to see first what would move.
fn wants_preview(form: &Form) -> bool {
    form.has("step", "preview")
}

/// Sends the same form on to the preview.
fn preview() -> Response {
    Redirect::temporary(PREVIEW).into_response()
}

/// The calendar as the log names it: the agency's.
fn subject(by: &By) -> Subject {
    Subject::new(SubjectKind::Agency, by.actor().agency)
}
