//! The points of the survey: typed body by body, or brought as a spreadsheet.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ComponentId, RoundBodyId, RoundId};
use base::{Error, Problem, Refusal};
use documents::read::{Limits, grids};
use editorial::Editorial;
use rust_decimal::Decimal;
use serde::Deserialize;
use web::{By, Form, Frame, Page, Pager, Problems, with_status};

use super::{address, problems, runs, under_round};
use crate::criteria::criteria_store;
use crate::criteria::exact;
use crate::rounds::round::{Body, Round};
use crate::rounds::rules::{Deed, may_run};
use crate::rounds::survey_sheet::{self, Brought, Column};
use crate::rounds::surveying::{self, SOURCE_CHARS_MAX};
use crate::rounds::{mark_store, round_store};

/// Bodies on one page.
const PER_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "rounds/desk/survey_edit.html")]
struct SurveyPage {
    frame: Frame,
    base: String,
    form: Form,
    problems: Problems,
    columns: Vec<(String, String)>,
    rows: Vec<Row>,
    pager: Pager,
    may_enter: bool,
}

struct Row {
    name: String,
    cells: Vec<(String, String)>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    page: Option<i64>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    Query(asked): Query<Asked>,
) -> Page {
    page(&editorial, &by, (id, Form::default(), None), asked).await
}

/// Saves what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    let ground = ground(&editorial, &by, id).await?;
    let done = match typed(&ground, &form) {
        Ok((brought, source)) => {
            surveying::enter(&editorial, by.actor(), id, (&brought, &source)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    after(&editorial, &by, (id, form), done).await
}

/// Brings a spreadsheet in.
pub async fn import(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    let ground = ground(&editorial, &by, id).await?;
    let done = match sheet(&ground, &form).await {
        Ok((brought, source)) => {
            surveying::enter(&editorial, by.actor(), id, (&brought, &source)).await
        }
        Err(error) => Err(error),
    };
    after(&editorial, &by, (id, form), done).await
}

async fn after(
    editorial: &Editorial,
    by: &By,
    (id, form): (RoundId, Form),
    done: Result<(), Error>,
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("{}/survey?done=survey-entered", address(id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let asked = Asked::default();
            page(editorial, by, (id, form, Some(refusal)), asked).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What stands round the form.
struct Ground {
    round: Round,
    bodies: Vec<Body>,
    columns: Vec<Column>,
    titles: Vec<String>,
}

async fn ground(editorial: &Editorial, by: &By, id: RoundId) -> Result<Ground, Error> {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, by.actor().agency, id).await?;
    if !runs(by.actor(), &round) {
        return Err(Refusal::NotFound.into());
    }
    let set = criteria_store::find(&mut read, round.agency, round.set).await?;
    let bodies = round_store::bodies(&mut read, round.id).await?;
    let columns = surveying::columns(&set);
    let titles = columns
        .iter()
        .filter_map(|column| set.component(column.id).ok())
        .map(|component| component.title.clone())
        .collect();
    Ok(Ground {
        round,
        bodies,
        columns,
        titles,
    })
}

fn source(form: &Form) -> Result<String, Refusal> {
    let mut check = form.check();
    let source = check.required_line("source", SOURCE_CHARS_MAX);
    check.done()?;
    Ok(source)
}

fn field(body: RoundBodyId, component: ComponentId) -> String {
    format!("p-{body}-{component}")
}

fn typed(ground: &Ground, form: &Form) -> Result<(Vec<Brought>, String), Refusal> {
    let (mut brought, mut problems) = (Vec::new(), Vec::new());
    let source = match source(form) {
        Ok(source) => source,
        Err(Refusal::Invalid(more)) => {
            problems.extend(more);
            String::new()
        }
        Err(other) => return Err(other),
    };
    for body in &ground.bodies {
        for column in &ground.columns {
            let text = form.value(&field(body.id, column.id));
            match survey_sheet::points(text, column) {
                _ if text.trim().is_empty() => {}
                Err(problem) => problems.push(problem),
                Ok(points) => brought.push(Brought {
                    body: body.id,
                    component: column.id,
                    points,
                }),
            }
        }
    }
    if brought.is_empty() && problems.is_empty() {
        problems.push(Problem::of("rounds-survey-empty"));
    }
    match problems.is_empty() {
        true => Ok((brought, source)),
        false => Err(Refusal::Invalid(problems)),
    }
}

async fn sheet(ground: &Ground, form: &Form) -> Result<(Vec<Brought>, String), Error> {
    let source = source(form)?;
    let upload = form
        .upload("file")
        .ok_or(Refusal::at("file", "field-required"))?;
    let (bytes, name) = (upload.bytes.clone(), upload.name.clone());
    let reading = tokio::task::spawn_blocking(move || tables(&bytes, &name));
    let tables = reading
        .await
        .map_err(|error| base::Fault::from_source("a spreadsheet was not read", error))??;
    let bodies: Vec<(RoundBodyId, String)> = ground
        .bodies
        .iter()
        .map(|body| (body.id, body.name.clone()))
        .collect();
    let brought = survey_sheet::read(&tables, &bodies, &ground.columns)?;
    Ok((brought, source))
}

fn tables(bytes: &[u8], name: &str) -> Result<Vec<survey_sheet::Table>, Refusal> {
    if bytes.starts_with(b"PK") {
        let grids = grids(bytes, name, &Limits::default())
            .map_err(|_| Refusal::at("file", "rounds-survey-file"))?;
        return Ok(survey_sheet::tables(&grids));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(vec![survey_sheet::csv(text)]),
        Err(_) => Err(Refusal::at("file", "rounds-survey-file")),
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, form, refusal): (RoundId, Form, Option<Refusal>),
    asked: Asked,
) -> Page {
    let ground = ground(editorial, by, id).await?;
    let mut read = editorial.db.read().await?;
    let known: HashMap<(RoundBodyId, ComponentId), Decimal> =
        mark_store::survey_points(&mut read, id)
            .await?
            .into_iter()
            .map(|point| ((point.body, point.component), point.points))
            .collect();
    drop(read);
    let frame = under_round(
        editorial.desk(by, "rounds-survey-enter").await?,
        &ground.round,
    );
    let lang = frame.say.lang;
    let total = i64::try_from(ground.bodies.len()).unwrap_or(0);
    let here = format!("{}/survey", address(id));
    let pager = Pager::new(asked.page.unwrap_or(1), total, PER_PAGE, here);
    let skipped = usize::try_from(PER_PAGE * (pager.page - 1)).unwrap_or(0);
    let cell = |body: &Body, column: &Column| {
        let name = field(body.id, column.id);
        let stored = known.get(&(body.id, column.id));
        let value = match form.value(&name) {
            "" => stored
                .map(|points| exact::worded(*points, lang))
                .unwrap_or_default(),
            typed => typed.to_owned(),
        };
        (name, value)
    };
    let shown = ground.bodies.iter().skip(skipped);
    let rows = shown
        .take(usize::try_from(PER_PAGE).unwrap_or(50))
        .map(|body| Row {
            name: body.name.clone(),
            cells: ground
                .columns
                .iter()
                .map(|column| cell(body, column))
                .collect(),
        });
    let (problems, status) = problems(refusal.as_ref(), &frame.say);
    let numbers = ground.columns.iter().map(|column| column.no.clone());
    let page = SurveyPage {
        base: address(id),
        problems,
        columns: numbers.zip(ground.titles.iter().cloned()).collect(),
        rows: rows.collect(),
        pager,
        may_enter: may_run(
            by.actor(),
            Deed::Survey,
            ground.round.phase,
            ground.round.runner(),
        ),
        form,
        frame,
    };
    with_status(status, &page)
}
