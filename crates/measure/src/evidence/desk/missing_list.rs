//! What evidence is missing: by unit and activity, what is due first first; and the items that have
//! none at all. For the officer of all units, for a head of the own one.

use std::collections::BTreeMap;
use std::io;

use askama::Template;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::id::UnitId;
use base::{Error, Fault};
use db::Conn;
use documents::csv;
use documents::sheet::{Column, Sheet, Value};
use editorial::Editorial;
use editorial::items::requirement_store::{self, BareItem};
use editorial::items::{Missing, missing_by_unit};
use futures_util::stream;
use house::people::agency::Unit;
use house::people::agency_store;
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Choice, Form, Frame, Page, Problems, Say, render};

use super::{download, kinds_words, unit_name};
use crate::evidence::offering::take_offers;
use crate::evidence::rules::{CHOOSERS, Seen, seen_unit};
use crate::reports;

#[derive(Template)]
#[template(path = "evidence/desk/missing_list.html")]
struct MissingPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    years: Vec<Choice>,
    lead: String,
    groups: Vec<Group>,
    bare: Vec<Bare>,
    n_unchosen: i64,
    unchosen: String,
    can_choose: bool,
    year: i16,
}

struct Group {
    unit: String,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    evidence_href: String,
    title: String,
    kinds: String,
    due: String,
    is_late: bool,
}

struct Bare {
    href: String,
    title: String,
    unit: String,
    day: String,
}

/// Which year.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    year: Option<i16>,
}

/// What is missing, before it is words.
struct Lacks {
    missing: Vec<Missing>,
    bare: Vec<BareItem>,
    units: Vec<Unit>,
}

/// The list.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let today = editorial.today();
    let year = wish.year.unwrap_or(ReportingYear::of_date(today).0);
    let frame = editorial.desk(&by, "evidence-missing").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-evidence"), "/desk/evidence")
        .at("/desk/evidence/missing");
    let mut read = editorial.db.read().await?;
    let lacks = lacks(&mut read, &by, (year, today)).await?;
    let can_choose = by.actor().roles.meets(CHOOSERS);
    let unchosen = match can_choose {
        true => requirement_store::unchosen(&mut read, by.actor().agency, year)
            .await?
            .len(),
        false => 0,
    };
    let n_unchosen = i64::try_from(unchosen).unwrap_or(i64::MAX);
    let years = years(&mut read, &by, year).await?;
    let total = i64::try_from(lacks.missing.len()).unwrap_or(i64::MAX);
    render(&MissingPage {
        lead: say.n("evidence-missing-count", total),
        groups: groups(&say, &lacks, today),
        bare: lacks
            .bare
            .iter()
            .map(|item| bare(item, &lacks.units))
            .collect(),
        unchosen: say.n("evidence-unchosen", n_unchosen),
        form: Form::filled([("year", year.to_string())]),
        problems: Problems::none(),
        years,
        n_unchosen,
        can_choose,
        year,
        frame,
    })
}

/// Takes what is offered for every activity of the year for which nobody has chosen yet.
pub async fn accept(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let year = form.value("year").parse::<i16>().unwrap_or_default();
    take_offers(&editorial, by.actor(), year).await?;
    let to = format!("/desk/evidence/missing?year={year}&done=evidence-offers-taken");
    Ok(Redirect::to(&to).into_response())
}

/// The same list as CSV, a row at a time.
pub async fn csv(State(editorial): State<Editorial>, by: By, Query(wish): Query<Wish>) -> Page {
    let today = editorial.today();
    let year = wish.year.unwrap_or(ReportingYear::of_date(today).0);
    let mut read = editorial.db.read().await?;
    let lacks = lacks(&mut read, &by, (year, today)).await?;
    drop(read);
    let say = editorial.say(by.lang());
    let sheet = sheet(&say);
    let head = csv::Writer::begin(Vec::new(), &sheet)?.finish()?;
    let units = lacks.units;
    let rows = lacks.missing.into_iter().map(move |one| {
        let lead = match unit_name(&units, one.unit) {
            none if none.is_empty() => one.lead.clone(),
            name => name,
        };
        let row = [
            Value::text(lead),
            Value::text(one.title),
            Value::text(kinds_words(&say, &one.kinds)),
            one.due.map_or(Value::Empty, Value::Day),
        ];
        Ok::<_, io::Error>(csv::line(&row).into_bytes())
    });
    let body = stream::iter(std::iter::once(Ok(head)).chain(rows));
    let name = format!("minh-chung-con-thieu-{year}.csv");
    Ok(download(
        Body::from_stream(body),
        "text/csv; charset=utf-8",
        &name,
    ))
}

fn sheet(say: &Say) -> Sheet {
    let keys = [
        "evidence-unit",
        "evidence-activity",
        "evidence-missing-kinds",
        "evidence-due",
    ];
    Sheet {
        name: String::new(),
        lines: Vec::new(),
        columns: keys.map(|key| Column::new(say.t(key), 40)).to_vec(),
        has_filter: false,
    }
}

async fn lacks(conn: &mut Conn, by: &By, (year, today): (i16, Date)) -> Result<Lacks, Error> {
    let (agency, seen) = (by.actor().agency, seen_unit(by.actor()));
    let mut missing = missing_by_unit(conn, agency, year, today).await?;
    missing.retain(|one| seen.has(one.unit));
    let whole = ReportingYear(year);
    let days = (whole.first(), whole.last());
    let bare = match seen {
        Seen::All => requirement_store::bare_items(conn, agency, days, None).await?,
        Seen::Only(Some(unit)) => {
            requirement_store::bare_items(conn, agency, days, Some(unit)).await?
        }
        Seen::Only(None) => Vec::new(),
    };
    let units = agency_store::units(conn, agency, today).await?;
    Ok(Lacks {
        missing,
        bare,
        units,
    })
}

/// The years of the agency's plans, and the one that is shown.
async fn years(conn: &mut Conn, by: &By, year: i16) -> Result<Vec<Choice>, Fault> {
    let plans = reports::plans(conn, by.actor().agency).await?;
    let mut years: Vec<i16> = plans.iter().map(|plan| plan.year).chain([year]).collect();
    years.sort_unstable();
    years.dedup();
    Ok(years
        .iter()
        .rev()
        .map(|year| Choice::new(year, year.to_string()))
        .collect())
}

/// The rows by unit, units in the order of the agency, others after them.
fn groups(say: &Say, lacks: &Lacks, today: Date) -> Vec<Group> {
    let place = |unit: Option<UnitId>| {
        let found = lacks.units.iter().position(|known| Some(known.id) == unit);
        found.unwrap_or(usize::MAX)
    };
    let mut groups: BTreeMap<(usize, String), Vec<Row>> = BTreeMap::new();
    for one in &lacks.missing {
        let name = match (unit_name(&lacks.units, one.unit), one.lead.as_str()) {
            (name, _) if !name.is_empty() => name,
            (_, "") => say.t("evidence-no-unit"),
            (_, lead) => lead.to_owned(),
        };
        let row = Row {
            href: format!("/desk/plans/{}/activities/{}", one.plan, one.activity),
            evidence_href: format!("/desk/evidence/activities/{}", one.activity),
            title: one.title.clone(),
            kinds: kinds_words(say, &one.kinds),
            due: one
                .due
                .map_or_else(|| say.t("evidence-due-year"), date_short),
            is_late: one.due.is_some_and(|due| due < today),
        };
        groups.entry((place(one.unit), name)).or_default().push(row);
    }
    let group = |((_, unit), rows): ((usize, String), Vec<Row>)| Group { unit, rows };
    groups.into_iter().map(group).collect()
}

fn bare(item: &BareItem, units: &[Unit]) -> Bare {
    Bare {
        href: format!("/desk/items/{}", item.id),
        title: item.title.clone(),
        unit: unit_name(units, item.unit),
        day: date_short(item.done_on),
    }
}
