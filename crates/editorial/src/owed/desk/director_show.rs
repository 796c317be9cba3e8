//! The director's page: how the year stands, what waits for a decision, what is late and with whom.
//! One column, two presses to anything.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use web::{By, Frame, Page, Say, render};

use super::{Row, place, pressing};
use crate::owed::gather::gather;
use crate::owed::owed::{Day, Debt, Kind, Place};
use crate::{Editorial, plan};

#[derive(Template)]
#[template(path = "owed/desk/director_show.html")]
struct DirectorPage {
    frame: Frame,
    plans: Vec<PlanLight>,
    decisions: Vec<Row>,
    units: Vec<UnitRow>,
}

/// A running plan in three colours.
struct PlanLight {
    title: String,
    href: String,
    red: i64,
    amber: i64,
    green: i64,
    percent: i64,
    percent_words: String,
}

/// A unit that is late.
struct UnitRow {
    name: String,
    count: String,
    rows: Vec<Row>,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    let actor = by.actor();
    let today = editorial.today();
    let frame = editorial.desk(&by, "nav-director").await?;
    let frame = frame.at("/desk/director");
    let mut read = editorial.db.read().await?;
    let standing = plan::status(&mut read, actor.agency, None, today).await?;
    let day = gather(&mut read, actor.agency, today).await?;
    let waiting = crate::newsroom::pending(&mut read, actor.agency).await?;
    drop(read);
    let may = |debt: &&Debt| {
        let own = waiting
            .iter()
            .filter(|pending| pending.own.contains(&actor.account))
            .any(|pending| debt.path.ends_with(&pending.article.to_string()));
        !own && matches!(
            debt.kind,
            Kind::Signature | Kind::Release | Kind::Confirmation
        )
    };
    render(&DirectorPage {
        plans: standing
            .plans
            .iter()
            .map(|plan| light(plan, &frame.say))
            .collect(),
        decisions: day
            .debts
            .iter()
            .filter(may)
            .map(|debt| Row::of(debt, &day, &frame.say))
            .collect(),
        units: late_by_unit(&day, &frame.say),
        frame,
    })
}

fn light(plan: &plan::PlanStanding, say: &Say) -> PlanLight {
    let sum = &plan.summary;
    PlanLight {
        title: plan.title.clone(),
        href: format!("/desk/plans/{}", plan.plan),
        red: sum.n_late,
        amber: sum.n_at_risk,
        green: sum.n_with_target - sum.n_late - sum.n_at_risk,
        percent: sum.percent,
        percent_words: say.t2(
            "director-percent",
            ("done", &sum.percent),
            ("due", &sum.percent_due),
        ),
    }
}

/// What is late, by unit; the unit with the most first.
fn late_by_unit(day: &Day, say: &Say) -> Vec<UnitRow> {
    let mut units: BTreeMap<&str, Vec<&Debt>> = BTreeMap::new();
    for debt in &day.debts {
        if matches!(place(debt, day), Place::Late(_)) {
            units.entry(&debt.unit_name).or_default().push(debt);
        }
    }
    let mut units: Vec<(&str, Vec<&Debt>)> = units.into_iter().collect();
    units.sort_by_key(|(_, debts)| std::cmp::Reverse(debts.len()));
    units
        .into_iter()
        .map(|(name, mut debts)| {
            debts.sort_by_key(|debt| pressing(place(debt, day)));
            UnitRow {
                name: match name {
                    "" => say.t("director-no-unit"),
                    name => name.to_owned(),
                },
                count: say.n(
                    "director-late",
                    i64::try_from(debts.len()).unwrap_or(i64::MAX),
                ),
                rows: debts.iter().map(|debt| Row::of(debt, day, say)).collect(),
            }
        })
        .collect()
}
