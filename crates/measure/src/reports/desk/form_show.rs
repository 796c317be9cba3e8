//! One form of a superior: its cells, which figure goes into which, and the form filled.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::text::clean_line;
use base::{Error, Fault, Problem, Refusal, Subject, SubjectKind};
use documents::form::{Entry, FillProblem, fill};
use documents::read::{Limits, grids};
use documents::sheet::{Grid, Value, column_name};
use editorial::Editorial;
use http::StatusCode;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, Say, with_status};

use super::download;
use super::report_file::XLSX;
use crate::reports::form_store::{self, ReportForm};
use crate::reports::forms::{self, CELLS_MAX, Mapped, TEXTS};
use crate::reports::{figure_list, file_name, report_store, source_store};

/// Rows of a sheet that the preview shows.
const ROWS_MAX: usize = 60;
/// Columns of a sheet that the preview shows.
const COLUMNS_MAX: usize = 16;
/// Empty lines for cells that are not mapped yet.
const EMPTY_LINES: usize = 6;

#[derive(Template)]
#[template(path = "reports/desk/form_show.html")]
struct FormPage {
    frame: Frame,
    id: RowId,
    problems: Problems,
    sheets: Vec<SheetView>,
    sheet_names: Vec<Choice>,
    figures: Vec<Choice>,
    lines: Vec<Mapped>,
}

struct SheetView {
    name: String,
    columns: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

/// The form with its cells and what goes into them.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let own = find(&editorial, &by, id).await?;
    let lines = own.mapping.clone();
    page(&editorial, &by, (own, lines, None)).await
}

/// Keeps which figure goes into which cell; the form is filled once to see that it can be.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RowId>,
    form: Form,
) -> Page {
    let own = find(&editorial, &by, id).await?;
    let lines = lines_of(&form);
    match map(&editorial, &by, &own, &lines).await {
        Ok(()) => {
            let to = format!("/desk/reports/forms/{id}?done=report-form-mapped");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (own, lines, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes the form; what was filled before stays with whoever has it.
pub async fn remove(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let own = form_store::find(&mut act, actor.agency, id).await?;
    form_store::remove(&mut act, (actor.agency, id), editorial.clock.now_ms()).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "form": id.to_string(), "name": own.name });
    editorial
        .record(&mut act, actor, "report.form_remove", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/reports/forms?done=report-form-removed").into_response())
}

/// The form filled with the figures of a report.
pub async fn filled(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, form)): Path<(RowId, RowId)>,
) -> Page {
    let mut read = editorial.db.read().await?;
    let agency = by.actor().agency;
    let report = report_store::find(&mut read, agency, id).await?;
    let own = form_store::find(&mut read, agency, form).await?;
    drop(read);
    let empty = editorial.files.read(&own.sha256).await?;
    let say = editorial.say(by.lang());
    let name = file_name(&report.figures, "bieu", "xlsx");
    let filled = tokio::task::spawn_blocking(move || {
        forms::filled(&say, &report.figures, (&empty, &own.mapping))
    });
    let bytes = filled
        .await
        .map_err(|error| Fault::from_source("the form was not filled", error))?
        .map_err(|problem| refused(by.lang().as_str(), problem))?;
    Ok(download(Body::from(bytes), XLSX, &name))
}

async fn map(
    editorial: &Editorial,
    by: &By,
    own: &ReportForm,
    lines: &[Mapped],
) -> Result<(), Error> {
    let actor = by.actor();
    let entries = lines.iter().map(|line| Entry {
        sheet: line.sheet.clone(),
        cell: line.cell.clone(),
        value: Value::Whole(0),
    });
    let entries: Vec<Entry> = entries.collect();
    let empty = editorial.files.read(&own.sha256).await?;
    let tried = tokio::task::spawn_blocking(move || fill(&empty, &entries));
    tried
        .await
        .map_err(|error| Fault::from_source("the form was not tried", error))?
        .map_err(|problem| refused(by.lang().as_str(), problem))?;
    let mut act = editorial.db.act().await?;
    form_store::map(&mut act, (actor.agency, own.id), lines).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "form": own.id.to_string(), "cells": lines.len() });
    editorial
        .record(&mut act, actor, "report.form_map", subject, data)
        .await?;
    act.commit().await.map_err(Error::from)
}

/// Why a form cannot be filled, for the person who can mend it.
fn refused(lang: &str, problem: FillProblem) -> Error {
    let at = |key, name: &str| Problem::of(key).with("cell", name);
    let problem = match problem {
        FillProblem::Unreadable(problem) => {
            Problem::of("report-form-unreadable").with("reason", problem.sentence(lang))
        }
        FillProblem::NoSheet(name) => at("report-form-no-sheet", &name),
        FillProblem::NoCell(name) => at("report-form-no-cell", &name),
        FillProblem::Formula(name) => at("report-form-formula", &name),
        FillProblem::Fault(fault) => return fault.into(),
    };
    Refusal::Invalid(vec![problem]).into()
}

/// The lines of the form that name a cell.
fn lines_of(form: &Form) -> Vec<Mapped> {
    let (sheets, cells, figures) = (form.all("sheet"), form.all("cell"), form.all("figure"));
    let lines = sheets
        .iter()
        .zip(cells)
        .zip(figures)
        .map(|((sheet, cell), figure)| Mapped {
            sheet: sheet.clone(),
            cell: clean_line(cell).to_uppercase(),
            figure: figure.clone(),
        });
    lines
        .filter(|line| !line.cell.is_empty() && !line.figure.is_empty())
        .take(CELLS_MAX)
        .collect()
}

async fn find(editorial: &Editorial, by: &By, id: RowId) -> Result<ReportForm, Error> {
    let mut read = editorial.db.read().await?;
    form_store::find(&mut read, by.actor().agency, id).await
}

type Shown = (ReportForm, Vec<Mapped>, Option<Refusal>);

async fn page(editorial: &Editorial, by: &By, (own, mut lines, refusal): Shown) -> Page {
    let bytes = editorial.files.read(&own.sha256).await?;
    let read = grids(&bytes, &own.name, &Limits::default())
        .map_err(|problem| Fault::new(format!("a kept form: {problem}")))?;
    let frame = editorial.desk(by, "report-forms-title").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-reports"), "/desk/reports")
        .under(say.t("report-forms-title"), "/desk/reports/forms")
        .titled(own.name.clone())
        .at(&format!("/desk/reports/forms/{}", own.id));
    let first = read
        .first()
        .map(|grid| grid.name.clone())
        .unwrap_or_default();
    lines.extend(std::iter::repeat_n(
        Mapped {
            sheet: first,
            cell: String::new(),
            figure: String::new(),
        },
        EMPTY_LINES,
    ));
    let page = FormPage {
        id: own.id,
        sheets: read.iter().map(sheet).collect(),
        sheet_names: read
            .iter()
            .map(|grid| Choice::new(&grid.name, &grid.name))
            .collect(),
        figures: choices(editorial, by, &say).await?,
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |found| Problems::of(found, &say)),
        lines,
        frame,
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(status, &page)
}

/// What can go into a cell: the texts, and the figures of the newest report.
async fn choices(editorial: &Editorial, by: &By, say: &Say) -> Result<Vec<Choice>, Error> {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let mut all = vec![Choice::new("", "")];
    all.extend(TEXTS.map(|code| Choice::new(code, say.t(&format!("report-{code}")))));
    for plan in source_store::plans(&mut read, agency).await? {
        let newest = report_store::list(&mut read, plan.id, 1).await?;
        if let Some(line) = newest.first() {
            let report = report_store::find(&mut read, agency, line.id).await?;
            let figures = figure_list::all(say, &report.figures).into_iter();
            all.extend(figures.map(|own| Choice::new(&own.code, own.name)));
            break;
        }
    }
    Ok(all)
}

/// The cells of a sheet as a person finds them.
fn sheet(grid: &Grid) -> SheetView {
    let used = grid.rows.iter().flat_map(|row| &row.cells);
    let widest = used.map(|cell| cell.column + cell.width).max().unwrap_or(0);
    // One column more than is used: forms leave the last one empty for the figures.
    let n_columns = (widest + 1).min(COLUMNS_MAX);
    let rows = grid.rows.iter().take(ROWS_MAX).map(|row| {
        let cells = (0..n_columns).map(|column| {
            let found = row.cells.iter().find(|cell| cell.column == column);
            found.map(|cell| cell.value.shown()).unwrap_or_default()
        });
        (row.number, cells.collect())
    });
    SheetView {
        name: grid.name.clone(),
        columns: (0..n_columns).map(column_name).collect(),
        rows: rows.collect(),
    }
}
