//! Points at risk: which components would lose how much today, why, whose it is and by when.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::id::{AccountId, UnitId};
use base::{Actor, Error, Role};
use db::Conn;
use editorial::Editorial;
use house::people::agency_store;
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Frame, Page, Say, render};

use super::{body_address, points};
use crate::rounds::duty_store;
use crate::rounds::risk::{self, Lack, Risk, What};
use crate::rounds::risk_gather::{Outlook, outlook};
use crate::rounds::running::OPENERS;

#[derive(Template)]
#[template(path = "rounds/desk/risk_show.html")]
struct RiskPage {
    frame: Frame,
    year: i16,
    before: i16,
    after: i16,
    by_set: String,
    in_round: Option<String>,
    is_own_unit: bool,
    rows: Vec<RiskRow>,
    total: String,
    may_assign: bool,
}

/// A component with points at risk, in words.
pub struct RiskRow {
    /// Number and title.
    pub title: String,
    /// Where it is scored, if a round is open.
    pub href: Option<String>,
    /// What would be lost, of how much.
    pub loss: String,
    /// Why, thing by thing.
    pub lacks: Vec<LackRow>,
}

/// One thing that is missing, in words.
pub struct LackRow {
    /// What.
    pub what: String,
    /// Where it is done.
    pub href: Option<String>,
    /// Whose: unit and people; empty when nobody is named.
    pub whose: String,
    /// By when; empty when no day is set.
    pub due: String,
    /// Whether the day is over.
    pub is_late: bool,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

/// The names that rows show.
struct Names {
    units: HashMap<UnitId, String>,
    people: HashMap<AccountId, String>,
    today: Date,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(asked): Query<Asked>) -> Page {
    let this = ReportingYear::of_date(editorial.today()).0;
    let year = asked.year.unwrap_or(this).clamp(2000, 2200);
    let frame = editorial.desk(&by, "rounds-risk").await?;
    let list = frame.t("nav-rounds");
    let frame = frame.under(list, "/desk/rounds").at("/desk/rounds");
    let say = frame.say;
    let mut read = editorial.db.read().await?;
    let found = own(&editorial, &mut read, by.actor(), year).await?;
    let names = names(&editorial, &mut read, by.actor()).await?;
    drop(read);
    let risks = found.as_ref().map_or(&[][..], |found| &found.risks);
    let round = found.as_ref().and_then(|found| found.round.as_ref());
    let base = round.map(|(round, body)| body_address(*round, body.id));
    let rows = risks
        .iter()
        .map(|risk| row(risk, base.as_deref(), &names, &say));
    render(&RiskPage {
        year,
        before: year - 1,
        after: year + 1,
        by_set: by_set(found.as_ref(), &say),
        in_round: base.clone(),
        is_own_unit: unit_of(by.actor()).is_some(),
        total: points(risk::loss(risks), &say),
        rows: rows.collect(),
        may_assign: by.actor().roles.meets(OPENERS) && found.is_some(),
        frame,
    })
}

/// The worst of what is at risk this year for a person, in words, with the sum: for the desk's home
/// page. None when no set judges the year.
///
/// # Faults
/// The database does not answer.
pub async fn risk_rows(
    editorial: &Editorial,
    conn: &mut Conn,
    actor: &Actor,
    (n_rows, say): (usize, &Say),
) -> Result<Option<(String, Vec<RiskRow>)>, Error> {
    let year = ReportingYear::of_date(editorial.today()).0;
    let Some(mut found) = own(editorial, conn, actor, year).await? else {
        return Ok(None);
    };
    let names = names(editorial, conn, actor).await?;
    let total = points(risk::loss(&found.risks), say);
    found.risks.sort_by_key(|risk| std::cmp::Reverse(risk.loss));
    found.risks.truncate(n_rows);
    let base = found.round.as_ref();
    let base = base.map(|(round, body)| body_address(*round, body.id));
    let rows = found.risks.iter();
    let rows = rows.map(|risk| row(risk, base.as_deref(), &names, say));
    Ok(Some((total, rows.collect())))
}

/// Whose part a person sees: a head who is nothing else sees the own unit's only.
fn unit_of(actor: &Actor) -> Option<UnitId> {
    match actor.roles.meets(OPENERS) {
        true => None,
        false => actor.unit.filter(|_| actor.is(Role::Head)),
    }
}

async fn own(
    editorial: &Editorial,
    conn: &mut Conn,
    actor: &Actor,
    year: i16,
) -> Result<Option<Outlook>, Error> {
    let found = outlook(editorial, conn, actor.agency, year).await?;
    let whole = found.filter(|_| actor.roles.meets(crate::rounds::RISK_READERS));
    Ok(whole.map(|mut found| {
        if let Some(unit) = unit_of(actor) {
            found.risks = risk::of_unit(found.risks, unit);
        }
        found
    }))
}

async fn names(editorial: &Editorial, conn: &mut Conn, actor: &Actor) -> Result<Names, Error> {
    let today = editorial.today();
    let units = agency_store::units(conn, actor.agency, today).await?;
    let people = duty_store::names(conn, actor.agency).await?;
    Ok(Names {
        units: units.into_iter().map(|unit| (unit.id, unit.name)).collect(),
        people,
        today,
    })
}

fn by_set(found: Option<&Outlook>, say: &Say) -> String {
    let Some(found) = found else {
        return say.t("rounds-risk-no-set");
    };
    let details = &found.set.details;
    match details.number.is_empty() {
        true => say.t1("rounds-risk-by", "title", &details.title),
        false => say.t2(
            "rounds-risk-by-decision",
            ("title", &details.title),
            ("number", &details.number),
        ),
    }
}

fn row(risk: &Risk, base: Option<&str>, names: &Names, say: &Say) -> RiskRow {
    let (loss, most) = (points(risk.loss, say), points(risk.most, say));
    RiskRow {
        title: format!("{} {}", risk.no, risk.title),
        href: base.map(|base| format!("{base}/components/{}", risk.component)),
        loss: say.t2("rounds-risk-loss", ("loss", &loss), ("most", &most)),
        lacks: risk
            .lacks
            .iter()
            .map(|lack| lack_row(lack, names, say))
            .collect(),
    }
}

fn lack_row(lack: &Lack, names: &Names, say: &Say) -> LackRow {
    let unit = lack.unit.and_then(|unit| names.units.get(&unit)).cloned();
    let people = lack
        .accountable
        .iter()
        .filter_map(|one| names.people.get(one));
    let people: Vec<&str> = people.map(String::as_str).collect();
    let whose = match (unit, people.is_empty()) {
        (Some(unit), true) => unit,
        (Some(unit), false) => format!("{unit} ({})", people.join(", ")),
        (None, _) => people.join(", "),
    };
    LackRow {
        what: what_words(&lack.what, say),
        href: match &lack.what {
            What::Items { path, .. } => Some(format!("/desk{path}")),
            _ => None,
        },
        whose,
        due: lack.due.map(date_short).unwrap_or_default(),
        is_late: lack.due.is_some_and(|due| due < names.today),
    }
}

fn what_words(what: &What, say: &Say) -> String {
    match what {
        What::Items {
            title,
            missing: Some((n, of)),
            ..
        } => say.with(
            "rounds-lack-items",
            &[("title", title), ("n", &n.to_string()), ("of", of)],
        ),
        What::Items {
            title,
            missing: None,
            ..
        } => say.t1("rounds-lack-activity", "title", title),
        What::Form { title } => say.t1("rounds-lack-form", "title", title),
        What::Report => say.t("rounds-lack-report"),
        What::Figure => say.t("rounds-lack-figure"),
        What::Source => say.t("rounds-lack-source"),
        What::Claim(missing) => say.t(&format!("rounds-missing-{}", missing.as_str())),
    }
}
