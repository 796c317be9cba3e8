//! One index: its picture and table, a form for a result, the bodies and as which they go on.

use askama::Template;
use axum::extract::{Path, State};
use base::Error;
use base::id::RowId;
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, render};

use super::address;
use crate::indices::acts::EDITORS;
use crate::indices::index::{Body, IndexResult};
use crate::indices::index_store;
use crate::indices::view::{IndexView, value_words, view};

#[derive(Template)]
#[template(path = "indices/desk/index_show.html")]
pub(super) struct IndexPage {
    pub(super) frame: Frame,
    pub(super) problems: Problems,
    pub(super) form: Form,
    base: String,
    shown: IndexView,
    results: Vec<ResultLine>,
    bodies: Vec<BodyLine>,
    may_edit: bool,
}

struct ResultLine {
    id: RowId,
    words: String,
}

struct BodyLine {
    id: RowId,
    name: String,
    is_own: bool,
    into: Vec<(Choice, bool)>,
    on: String,
    decision: String,
}

/// The index.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(code): Path<String>) -> Page {
    render(&page(&editorial, &by, &code, Form::default()).await?)
}

/// The page with a form as it was typed.
pub(super) async fn page(
    editorial: &Editorial,
    by: &By,
    code: &str,
    form: Form,
) -> Result<IndexPage, Error> {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let index = index_store::find(&mut read, agency, code).await?;
    let results = index_store::results(&mut read, index.id).await?;
    let bodies = index_store::bodies(&mut read, agency).await?;
    drop(read);
    let frame = editorial.desk(by, "indices-title").await?;
    let say = frame.say;
    let list = say.t("indices-title");
    let frame = frame
        .at("/desk/criteria")
        .under(list, "/desk/indices")
        .titled(index.details.name.clone());
    let name = |id: RowId| {
        let body = bodies.iter().find(|body| body.id == id);
        body.map(|body| body.name.clone()).unwrap_or_default()
    };
    let line = |result: &IndexResult| ResultLine {
        id: result.id,
        words: format!(
            "{} · {} {} · {}",
            result.year,
            name(result.body),
            result.component,
            value_words(result.value, index.details.unit, &say)
        ),
    };
    Ok(IndexPage {
        problems: Problems::none(),
        form,
        base: address(code),
        shown: view(&index, (&results, &bodies), &say),
        results: results.iter().rev().map(line).collect(),
        bodies: bodies.iter().map(|body| body_line(body, &bodies)).collect(),
        may_edit: by.actor().roles.meets(EDITORS),
        frame,
    })
}

fn body_line(body: &Body, all: &[Body]) -> BodyLine {
    let merger = body.merger.as_ref();
    let others = all.iter().filter(|other| other.id != body.id);
    BodyLine {
        id: body.id,
        name: body.name.clone(),
        is_own: body.is_own,
        into: others
            .map(|other| {
                let is_it = merger.is_some_and(|merger| merger.into == other.id);
                (Choice::new(other.id, other.name.clone()), is_it)
            })
            .collect(),
        on: merger
            .map(|merger| base::calendar::date_short(merger.on))
            .unwrap_or_default(),
        decision: merger
            .map(|merger| merger.decision.clone())
            .unwrap_or_default(),
    }
}
