//! What was moved from and to a unit when units merged or split: the log of the move.

use askama::Template;
use axum::extract::{Path, Query, State};
use base::id::UnitId;
use base::limits::PAGE_ROWS;
use base::{Refusal, SubjectKind};
use serde::Deserialize;
use web::{By, Frame, Page, Pager, Say, render};

use super::moment;
use crate::House;
use crate::people::agency::Unit;
use crate::people::succession_store::{self, Moved};
use crate::people::{agency_store, unit_history};

#[derive(Template)]
#[template(path = "people/desk/unit_moves.html")]
struct MovesPage {
    frame: Frame,
    history: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    title: String,
    kind: String,
    from: String,
    to: String,
    when: String,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    page: Option<i64>,
}

/// The log.
pub async fn show(
    State(house): State<House>,
    by: By,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let id: UnitId = id.parse()?;
    let agency = by.actor().agency;
    let mut read = house.db.read().await?;
    let units = agency_store::units(&mut read, agency, house.today()).await?;
    let unit = units.iter().find(|unit| unit.id == id);
    let unit = unit.ok_or(Refusal::NotFound)?;
    let total = succession_store::count_moves(&mut read, id).await?;
    let address = format!("/desk/units/{id}/moves");
    let pager = Pager::new(asked.page.unwrap_or(1), total, PAGE_ROWS, address);
    let offset = (pager.page - 1) * PAGE_ROWS;
    let moves = succession_store::moves(&mut read, id, PAGE_ROWS, offset).await?;
    let changes = succession_store::list(&mut read, agency).await?;
    drop(read);
    let frame = house.desk(&by, "unit-moves").await?;
    let list = frame.t("nav-units");
    let frame = frame
        .under(list, "/desk/units")
        .under(unit.name.clone(), format!("/desk/units/{id}"))
        .at("/desk/units");
    let say = frame.say;
    render(&MovesPage {
        history: unit_history::words(&changes, id, &units, &say),
        rows: moves.iter().map(|moved| row(moved, &units, &say)).collect(),
        pager,
        frame,
    })
}

fn row(moved: &Moved, units: &[Unit], say: &Say) -> Row {
    let kind = match moved.what.kind {
        SubjectKind::Account => say.t("unit-move-person"),
        SubjectKind::Activity => say.t("unit-move-activity"),
        SubjectKind::Article => say.t("unit-move-article"),
        _ => say.t("unit-move-other"),
    };
    Row {
        title: moved.what.title.clone(),
        kind,
        from: unit_history::name(units, moved.what.unit),
        to: unit_history::name(units, moved.to),
        when: moment(Some(moved.at_ms), say),
    }
}
