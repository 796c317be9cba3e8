//! Adding an area, a criterion or a component to a draft; changing an area or a criterion; taking one
//! away with everything under it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{CriteriaSetId, RowId};
use base::limits::TITLE_CHARS_MAX;
use base::{Error, Problem, Refusal};
use db::Act;
use editorial::Editorial;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use web::{By, Form, Frame, Lang, Page, Problems, render, with_status};

use super::{address, refused, under_set};
use crate::criteria::acts::{self, open, subject};
use crate::criteria::criteria_store::Writing;
use crate::criteria::exact::{parse_points, worded};
use crate::criteria::rules::{Deed, may};
use crate::criteria::set::{Area, CHILDREN_MAX, Component, CriteriaSet, Criterion};
use crate::criteria::{change_store, criteria_store};

#[derive(Template)]
#[template(path = "criteria/desk/part_edit.html")]
struct PartPage {
    frame: Frame,
    problems: Problems,
    form: Form,
    back: String,
    /// Where to take it away; empty when it is new.
    remove: String,
}

/// Which part is to be added, and under what.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    under: String,
}

/// A row of the table as a form gives it.
struct Row {
    no: String,
    title: String,
    max: Decimal,
}

impl Row {
    fn of(form: &Form) -> Result<Self, Refusal> {
        let mut check = form.check();
        let no = check.required_line("no", 20);
        let title = check.required_line("title", TITLE_CHARS_MAX);
        let max = parse_points(form.value("max"));
        if max.is_none() {
            let problem = Problem::at("max", "criteria-points-wrong");
            check.add(problem.with("value", form.value("max")));
        }
        check.done()?;
        Ok(Self {
            no,
            title,
            max: max.unwrap_or_default(),
        })
    }
}

/// The form of a new part.
pub async fn begin(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    Query(wanted): Query<Wanted>,
) -> Page {
    let form = Form::filled([("kind", wanted.kind), ("under", wanted.under)]);
    render(&page(&editorial, &by, id, (None, form)).await?)
}

/// Adds it.
pub async fn add(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<CriteriaSetId>,
    form: Form,
) -> Page {
    match insert(&editorial, &by, id, &form).await {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(error) => again(&editorial, &by, id, (None, form), error).await,
    }
}

/// The form of an area or a criterion.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, part)): Path<(CriteriaSetId, RowId)>,
) -> Page {
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    drop(read);
    let (no, title, max) = match found(&set, part)? {
        Part::Area(area) => (&area.no, &area.title, area.max),
        Part::Criterion(criterion) => (&criterion.no, &criterion.title, criterion.max),
    };
    let form = Form::filled([
        ("no", no.clone()),
        ("title", title.clone()),
        ("max", worded(max, Lang::Vi)),
    ]);
    render(&page(&editorial, &by, id, (Some(part), form)).await?)
}

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, part)): Path<(CriteriaSetId, RowId)>,
    form: Form,
) -> Page {
    match change(&editorial, &by, (id, part), &form).await {
        Ok(()) => {
            let to = format!("{}?done=criteria-saved", address(id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => again(&editorial, &by, id, (Some(part), form), error).await,
    }
}

/// Takes it away.
pub async fn remove(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, part)): Path<(CriteriaSetId, RowId)>,
    form: Form,
) -> Page {
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let no = match found(&set, part)? {
        Part::Area(area) => {
            acts::remove_area(&mut act, area).await?;
            area.no.clone()
        }
        Part::Criterion(criterion) => {
            for component in &criterion.components {
                change_store::remove_component(&mut act, component.id).await?;
            }
            change_store::remove_criterion(&mut act, criterion.id).await?;
            criterion.no.clone()
        }
    };
    let data = json!({"no": no});
    editorial
        .record(
            &mut act,
            by.actor(),
            "criteria.remove_part",
            subject(id),
            data,
        )
        .await?;
    act.commit().await?;
    let to = format!("{}?done=criteria-part-removed", address(id));
    Ok(Redirect::to(&to).into_response())
}

enum Part<'a> {
    Area(&'a Area),
    Criterion(&'a Criterion),
}

fn found(set: &CriteriaSet, part: RowId) -> Result<Part<'_>, Refusal> {
    if let Some(area) = set.areas.iter().find(|area| area.id == part) {
        return Ok(Part::Area(area));
    }
    let criteria = set.areas.iter().flat_map(|area| &area.criteria);
    let mut own = criteria.filter(|criterion| criterion.id == part);
    own.next().map(Part::Criterion).ok_or(Refusal::NotFound)
}

async fn insert(
    editorial: &Editorial,
    by: &By,
    id: CriteriaSetId,
    form: &Form,
) -> Result<String, Error> {
    let row = Row::of(form)?;
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let data = json!({"kind": form.value("kind"), "no": row.no, "title": row.title});
    let to = put(editorial, (&mut act, by), &set, (form, row)).await?;
    editorial
        .record(&mut act, by.actor(), "criteria.add_part", subject(id), data)
        .await?;
    act.commit().await?;
    Ok(to)
}

/// Stores the new part behind its siblings; where to go on.
async fn put(
    editorial: &Editorial,
    (act, by): (&mut Act, &By),
    set: &CriteriaSet,
    (form, row): (&Form, Row),
) -> Result<String, Error> {
    let new_id = || editorial.ids.next::<RowId>(&editorial.clock);
    let back = format!("{}?done=criteria-part-added", address(set.id));
    match form.value("kind") {
        "area" => {
            let position = room(set.areas.len())?;
            let area = Area {
                id: new_id(),
                no: row.no,
                title: row.title,
                max: row.max,
                kept: Vec::new(),
                criteria: Vec::new(),
            };
            criteria_store::add_area(act, set.id, &area, position).await?;
            Ok(back)
        }
        "criterion" => {
            let Part::Area(area) = found(set, form.value("under").parse()?)? else {
                return Err(Refusal::NotFound.into());
            };
            let criterion = Criterion {
                id: new_id(),
                no: row.no,
                title: row.title,
                max: row.max,
                kept: Vec::new(),
                components: Vec::new(),
            };
            let position = room(area.criteria.len())?;
            criteria_store::add_criterion(act, area.id, &criterion, position).await?;
            Ok(back)
        }
        "component" => {
            let Part::Criterion(criterion) = found(set, form.value("under").parse()?)? else {
                return Err(Refusal::NotFound.into());
            };
            let mut component = Component::new(&row.no, &row.title, row.max);
            component.id = editorial.ids.next(&editorial.clock);
            let position = room(criterion.components.len())?;
            criteria_store::add_component(act, criterion.id, (&component, position)).await?;
            let writing = Writing {
                by: Some(by.actor().account),
                now: editorial.clock.now_ms(),
            };
            criteria_store::add_rule(act, new_id(), &component, writing).await?;
            Ok(format!(
                "{}/components/{}/rule",
                address(set.id),
                component.id
            ))
        }
        _ => Err(Refusal::at("kind", "field-choice").into()),
    }
}

/// The place behind so many siblings.
fn room(n_siblings: usize) -> Result<i64, Refusal> {
    match n_siblings < CHILDREN_MAX {
        true => Ok(i64::try_from(n_siblings).unwrap_or_default()),
        false => Err(Refusal::because("criteria-too-many")),
    }
}

async fn change(
    editorial: &Editorial,
    by: &By,
    (id, part): (CriteriaSetId, RowId),
    form: &Form,
) -> Result<(), Error> {
    let row = Row::of(form)?;
    let mut act = editorial.db.act().await?;
    let seen = form.value("version");
    let set = open(&mut act, by.actor(), (id, Deed::Edit), seen).await?;
    let data = json!({"no": row.no, "title": row.title, "max": row.max.to_string()});
    match found(&set, part)? {
        Part::Area(area) => {
            let area = Area {
                no: row.no,
                title: row.title,
                max: row.max,
                ..area.clone()
            };
            change_store::save_area(&mut act, &area).await?;
        }
        Part::Criterion(criterion) => {
            let criterion = Criterion {
                no: row.no,
                title: row.title,
                max: row.max,
                ..criterion.clone()
            };
            change_store::save_criterion(&mut act, &criterion).await?;
        }
    }
    editorial
        .record(
            &mut act,
            by.actor(),
            "criteria.edit_part",
            subject(id),
            data,
        )
        .await?;
    Ok(act.commit().await?)
}

async fn again(
    editorial: &Editorial,
    by: &By,
    id: CriteriaSetId,
    shown: (Option<RowId>, Form),
    error: Error,
) -> Page {
    let mut page = page(editorial, by, id, shown).await?;
    let (status, problems) = refused(error, &page.frame.say)?;
    page.problems = problems;
    with_status(status, &page)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    id: CriteriaSetId,
    (part, mut form): (Option<RowId>, Form),
) -> Result<PartPage, Error> {
    let mut read = editorial.db.read().await?;
    let set = criteria_store::find(&mut read, by.actor().agency, id).await?;
    may(by.actor(), Deed::Edit, set.state)?;
    let key = match (
        part.map(|part| found(&set, part)).transpose()?,
        form.value("kind"),
    ) {
        (Some(Part::Area(_)), _) => "criteria-edit-area",
        (Some(Part::Criterion(_)), _) => "criteria-edit-criterion",
        (None, "area") => "criteria-add-area",
        (None, "criterion") => "criteria-add-criterion",
        (None, "component") => "criteria-add-component",
        _ => return Err(Refusal::NotFound.into()),
    };
    if form.value("version").is_empty() {
        form.set("version", set.version.to_string());
    }
    let frame = editorial.desk(by, key).await?;
    Ok(PartPage {
        frame: under_set(frame, &set),
        problems: Problems::none(),
        form,
        back: address(id),
        remove: part.map_or(String::new(), |part| {
            format!("{}/parts/{part}/remove", address(id))
        }),
    })
}
