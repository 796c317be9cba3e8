//! What the units did over the years, as bars with a table behind them; units that became one are
//! joined, and a footnote says which and by which decision.

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::period::ReportingYear;
use base::id::UnitId;
use editorial::Editorial;
use house::people::agency::Unit;
use house::people::succession::lineage;
use house::people::{agency_store, unit_history};
use serde::Deserialize;
use web::{By, Frame, Page, Say, render};

use crate::chart::{Amount, Chart, bars};
use crate::reports::years::{UnitLine, lines};
use crate::reports::years_store;

/// Years side by side at most.
const YEARS: i16 = 5;

#[derive(Template)]
#[template(path = "reports/desk/years_show.html")]
struct YearsPage {
    frame: Frame,
    years: Vec<i16>,
    before: i16,
    after: Option<i16>,
    lines: Vec<Line>,
    picture: Chart,
    notes: Vec<String>,
}

struct Line {
    name: String,
    counts: Vec<i64>,
    total: i64,
    /// Numbers of its footnotes, from 1.
    notes: Vec<usize>,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    to: Option<i16>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(asked): Query<Asked>) -> Page {
    let agency = by.actor().agency;
    let today = editorial.today();
    let this = ReportingYear::of_date(today).0;
    let to = asked.to.unwrap_or(this).clamp(2000, this);
    let (first, last) = (
        ReportingYear(to - YEARS + 1).first(),
        ReportingYear(to).last(),
    );
    let frame = editorial.desk(&by, "reports-years").await?;
    let list = frame.t("nav-reports");
    let frame = frame.under(list, "/desk/reports").at("/desk/reports");
    let mut read = editorial.db.read().await?;
    let found = years_store::items_by_unit(&mut read, agency, first, last).await?;
    let joined = lineage(&mut read, agency, first, last).await?;
    let units = agency_store::units(&mut read, agency, last.min(today)).await?;
    drop(read);
    let say = frame.say;
    // Years before anything was counted would only be empty bars.
    let begun = found.iter().map(|one| one.year).min().unwrap_or(to);
    let years: Vec<i16> = (begun..=to).collect();
    let shown = lines(&found, &years, &joined);
    let names: Vec<String> = shown
        .iter()
        .map(|line| name(line.unit, &units, &say))
        .collect();
    let notes = joined.joins.iter();
    let notes = notes.map(|join| unit_history::join_words(join, &units, &say));
    render(&YearsPage {
        picture: picture(&shown, &names, &years),
        lines: shown
            .iter()
            .zip(&names)
            .map(|(line, name)| row(line, name))
            .collect(),
        notes: notes.collect(),
        before: to - YEARS,
        after: (to < this).then(|| (to + YEARS).min(this)),
        years,
        frame,
    })
}

fn name(unit: Option<UnitId>, units: &[Unit], say: &Say) -> String {
    match unit {
        Some(unit) => unit_history::name(units, unit),
        None => say.t("reports-years-no-unit"),
    }
}

fn row(line: &UnitLine, name: &str) -> Line {
    Line {
        name: name.to_owned(),
        counts: line.counts.clone(),
        total: line.total(),
        notes: line.notes.iter().map(|place| place + 1).collect(),
    }
}

/// The bars of each line, the longest as wide as there is room.
fn picture(lines: &[UnitLine], names: &[String], years: &[i16]) -> Chart {
    let most = lines.iter().flat_map(|line| &line.counts).max();
    let amount = |(year, n): (&i16, &i64)| Amount {
        label: year.to_string(),
        amount: *n,
        text: n.to_string(),
    };
    let drawn: Vec<(String, Vec<Amount>)> = lines
        .iter()
        .zip(names)
        .map(|(line, name)| {
            let amounts = years.iter().zip(&line.counts).map(amount);
            (name.clone(), amounts.collect())
        })
        .collect();
    bars(&drawn, most.copied().unwrap_or(0))
}
