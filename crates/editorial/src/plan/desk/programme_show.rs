//! A programme: its activities of a year with their progress, and its items, each once.

use askama::Template;
use axum::extract::{Path, Query, State};
use base::Error;
use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::id::{AgencyId, PlanId, ProgrammeId};
use base::limits::PAGE_ROWS;
use db::Conn;
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Frame, Page, Pager, Say, render};

use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::lines::{ActivityLine, Lines};
use crate::plan::programme_store::{self, ProgrammeItem};
use crate::plan::rules::{Deed, On, may};
use crate::plan::{desk, plan_store};

#[derive(Template)]
#[template(path = "plan/desk/programme_show.html")]
struct ProgrammeShowPage {
    frame: Frame,
    address: String,
    name: String,
    year: i16,
    plans: Vec<PlanPart>,
    items: Vec<Row>,
    items_words: String,
    pager: Pager,
    can_edit: bool,
}

/// The activities of one plan.
struct PlanPart {
    address: String,
    title: String,
    lines: Vec<ActivityLine>,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    day: String,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    year: Option<i16>,
    page: Option<i64>,
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let id: ProgrammeId = id.parse()?;
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let programme = programme_store::find(&mut read, agency, id).await?;
    let year = asked
        .year
        .unwrap_or(ReportingYear::of_date(editorial.today()).0);
    let frame = editorial.desk(&by, "programmes").await?;
    let list = frame.t("programmes");
    let frame = frame
        .titled(programme.details.code)
        .at("/desk/plans")
        .under(list, "/desk/programmes");
    let say = frame.say;
    let days = (ReportingYear(year).first(), ReportingYear(year).last());
    let total = programme_store::counts(&mut read, agency, days).await?;
    let total = total.get(&id).copied().unwrap_or(0);
    let address = format!("/desk/programmes/{id}");
    let here = format!("{address}?year={year}");
    let pager = Pager::new(asked.page.unwrap_or(1), total, PAGE_ROWS, here);
    let rows = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let items = programme_store::items(&mut read, id, days, rows).await?;
    let today = editorial.today();
    render(&ProgrammeShowPage {
        plans: plans(&mut read, (agency, id), (year, today), &say).await?,
        items: items.into_iter().map(|item| row(item, &say)).collect(),
        items_words: say.n("programme-items-count", total),
        name: programme.details.name,
        can_edit: may(by.actor(), Deed::EditProgrammes, On::Plans).is_ok(),
        frame,
        address,
        year,
        pager,
    })
}

async fn plans(
    conn: &mut Conn,
    (agency, programme): (AgencyId, ProgrammeId),
    (year, today): (i16, Date),
    say: &Say,
) -> Result<Vec<PlanPart>, Error> {
    let activities = programme_store::activities(conn, programme, year).await?;
    let mut ids: Vec<PlanId> = activities.iter().map(|found| found.plan).collect();
    ids.dedup();
    let mut parts = Vec::new();
    for id in ids {
        let plan = plan_store::find(conn, agency, id).await?;
        let board = Board::load(conn, plan, today).await?;
        let lines = Lines::new(&board, say);
        let own = board
            .activities
            .iter()
            .filter(|activity| activity.details.programmes.contains(&programme));
        parts.push(PlanPart {
            address: desk::address(id),
            title: board.plan.details.title.clone(),
            lines: own.map(|activity| lines.activity(activity)).collect(),
        });
    }
    Ok(parts)
}

fn row(item: ProgrammeItem, say: &Say) -> Row {
    Row {
        href: format!("/desk/items/{}", item.id),
        title: item.title,
        kind: say.t(&format!("item-kind-{}", item.kind.as_str())),
        day: date_short(item.done_on),
    }
}
