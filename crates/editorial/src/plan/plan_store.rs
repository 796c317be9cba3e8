//! Plans with what they stand on and what they fail to say, in rows.

use base::id::{AccountId, AgencyId, PlanId, RowId};
use base::{Clock, Error, Fault, Ids, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::intake::{Draft, Passage};
use super::plan::{LegalBasis, Plan, PlanDetails, PlanSource, PlanState};
use super::{activity_store, finding_store, task_store};

/// More plans than any agency has in one list.
const PLANS_MAX: i64 = 500;

/// Who stores, and when.
#[derive(Clone, Copy, Debug)]
pub struct Storing<'a> {
    /// Who, if a person does.
    pub by: Option<AccountId>,
    /// When, milliseconds since 1970.
    pub now: i64,
    /// Where new ids come from.
    pub ids: &'a Ids,
    /// The clock of the ids.
    pub clock: &'a Clock,
}

impl Storing<'_> {
    fn row(&self) -> RowId {
        self.ids.next(self.clock)
    }
}

/// Stores a whole new plan.
pub async fn add(act: &mut Act, draft: &Draft, storing: Storing<'_>) -> Result<(), Error> {
    add_plan(act, &draft.plan, storing).await?;
    let plan = draft.plan.id;
    for (basis, position) in draft.bases.iter().zip(1i64..) {
        insert_basis(act, plan, basis, position).await?;
    }
    for (passage, position) in draft.passages.iter().zip(1i64..) {
        act.run(
            "INSERT INTO plan_passage (id, plan_id, kind, position, text) VALUES (?, ?, ?, ?, ?)",
            &values![storing.row(), plan, passage.kind, position, &passage.text],
        )
        .await?;
    }
    for ((kind, name), position) in draft.channels.iter().zip(1i64..) {
        act.run(
            "INSERT INTO plan_channel (id, plan_id, position, kind, name) VALUES (?, ?, ?, ?, ?)",
            &values![storing.row(), plan, position, kind, name],
        )
        .await?;
    }
    for (finding, position) in draft.findings.iter().zip(1i64..) {
        finding_store::add(act, plan, finding, position).await?;
    }
    for task in &draft.tasks {
        task_store::add(act, plan, task).await?;
    }
    for activity in &draft.activities {
        activity_store::add(act, activity, storing.now).await?;
    }
    Ok(())
}

async fn add_plan(act: &mut Act, plan: &Plan, storing: Storing<'_>) -> Result<(), Fault> {
    let (details, source) = (&plan.details, &plan.source);
    act.run(
        "INSERT INTO plan (id, agency_id, year, title, number, issued_on, issuer, state, source_file,
             source_name, source_author, source_published_at, is_public, version, created_at,
             created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            plan.id,
            plan.agency,
            details.year,
            &details.title,
            details.number.clone(),
            day(details.issued_on),
            &details.issuer,
            details.state.as_str(),
            source.file.clone(),
            &source.name,
            source.author.clone(),
            source.published_at,
            details.is_public,
            plan.version,
            storing.now,
            storing.by,
        ],
    )
    .await?;
    Ok(())
}

/// Saves what a person wrote about a plan, if nobody saved since this version was read.
///
/// # Refusals
/// [`Refusal::Stale`].
pub async fn save(
    act: &mut Act,
    id: PlanId,
    version: i64,
    details: &PlanDetails,
) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE plan SET year = ?, title = ?, number = ?, issued_on = ?, issuer = ?, state = ?,
                 is_public = ?, version = version + 1
             WHERE id = ? AND version = ?",
            &values![
                details.year,
                &details.title,
                details.number.clone(),
                day(details.issued_on),
                &details.issuer,
                details.state.as_str(),
                details.is_public,
                id,
                version,
            ],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// Counts a change of the plan's tree, if nobody saved since this version was read.
///
/// # Refusals
/// [`Refusal::Stale`].
pub async fn bump(act: &mut Act, id: PlanId, version: i64) -> Result<(), Error> {
    let n = act
        .run(
            "UPDATE plan SET version = version + 1 WHERE id = ? AND version = ?",
            &values![id, version],
        )
        .await?;
    if n == 0 {
        Err(Refusal::Stale.into())
    } else {
        Ok(())
    }
}

/// The plan with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: PlanId) -> Result<Plan, Error> {
    let row = conn
        .row(
            "SELECT plan.*, (SELECT COUNT(*) FROM amendment
                 WHERE amendment.plan_id = plan.id AND amendment.state = 'open') AS n_amending
             FROM plan WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// When a plan came into the house, milliseconds since 1970.
pub async fn created_at(conn: &mut Conn, id: PlanId) -> Result<i64, Fault> {
    conn.count(
        "SELECT created_at AS n FROM plan WHERE id = ?",
        &values![id],
    )
    .await
}

/// All plans of an agency, newest year first; not the working copies of amendments.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Plan>, Fault> {
    let rows = conn
        .rows(
            "SELECT plan.*, (SELECT COUNT(*) FROM amendment
                 WHERE amendment.plan_id = plan.id AND amendment.state = 'open') AS n_amending
             FROM plan WHERE agency_id = ? AND state <> 'amendment'
             ORDER BY year DESC, COALESCE(issued_on, '') DESC, created_at DESC, id LIMIT ?",
            &values![agency, PLANS_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The plans of a year that the public may see, in the order of issue.
pub async fn list_public(conn: &mut Conn, agency: AgencyId, year: i16) -> Result<Vec<Plan>, Fault> {
    let rows = conn
        .rows(
            "SELECT plan.*, (SELECT COUNT(*) FROM amendment
                 WHERE amendment.plan_id = plan.id AND amendment.state = 'open') AS n_amending
             FROM plan
             WHERE agency_id = ? AND year = ? AND is_public = 1 AND state IN ('issued', 'closed')
             ORDER BY COALESCE(issued_on, ''), created_at, id LIMIT ?",
            &values![agency, year, PLANS_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The years of plans that the public may see, newest first.
pub async fn public_years(conn: &mut Conn, agency: AgencyId) -> Result<Vec<i16>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT year FROM plan
             WHERE agency_id = ? AND is_public = 1 AND state IN ('issued', 'closed')
             ORDER BY year DESC",
            &values![agency],
        )
        .await?;
    rows.iter().map(year_of).collect()
}

/// Takes a whole plan away.
///
/// # Refusals
/// `plan-remove-linked` while items fulfil its activities or reports were made of it.
pub async fn remove(act: &mut Act, id: PlanId) -> Result<(), Error> {
    let n_items = act
        .count(
            "SELECT COUNT(*) AS n FROM activity_item
             JOIN activity ON activity.id = activity_item.activity_id WHERE activity.plan_id = ?",
            &values![id],
        )
        .await?
        + act
            .count(
                "SELECT COUNT(*) AS n FROM figure
                 JOIN activity ON activity.id = figure.activity_id WHERE activity.plan_id = ?",
                &values![id],
            )
            .await?;
    let n_reports = act
        .count(
            "SELECT COUNT(*) AS n FROM report WHERE plan_id = ?",
            &values![id],
        )
        .await?;
    if n_items + n_reports > 0 {
        return Err(Refusal::because("plan-remove-linked").into());
    }
    for sql in [
        "DELETE FROM activity_supporting_unit
         WHERE activity_id IN (SELECT id FROM activity WHERE plan_id = ?)",
        "DELETE FROM target WHERE activity_id IN (SELECT id FROM activity WHERE plan_id = ?)",
        "DELETE FROM activity_programme
         WHERE activity_id IN (SELECT id FROM activity WHERE plan_id = ?)",
        "DELETE FROM activity WHERE plan_id = ?",
        "UPDATE task SET parent_id = NULL WHERE plan_id = ?",
        "DELETE FROM task WHERE plan_id = ?",
        "DELETE FROM opinion
         WHERE round_id IN (SELECT id FROM opinion_round WHERE plan_id = ?)",
        "DELETE FROM opinion_round WHERE plan_id = ?",
        "DELETE FROM plan_step WHERE plan_id = ?",
        "DELETE FROM plan_finding WHERE plan_id = ?",
        "DELETE FROM plan_channel WHERE plan_id = ?",
        "DELETE FROM plan_passage WHERE plan_id = ?",
        "DELETE FROM legal_basis WHERE plan_id = ?",
        "DELETE FROM plan WHERE id = ?",
    ] {
        act.run(sql, &values![id]).await?;
    }
    Ok(())
}

/// What a plan stands on, in its order.
pub async fn bases(conn: &mut Conn, plan: PlanId) -> Result<Vec<LegalBasis>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM legal_basis WHERE plan_id = ? ORDER BY position, id",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(LegalBasis {
                id: row.parse("id")?,
                number: row.maybe_text("number")?,
                kind: row.maybe_text("kind")?,
                issued_on: row.maybe_parse("issued_on")?,
                issuer: row.maybe_text("issuer")?,
                title: row.text("title")?,
            })
        })
        .collect()
}

/// Adds a legal basis at the end.
pub async fn add_basis(act: &mut Act, plan: PlanId, basis: &LegalBasis) -> Result<(), Fault> {
    let last = act
        .count(
            "SELECT COALESCE(MAX(position), 0) AS n FROM legal_basis WHERE plan_id = ?",
            &values![plan],
        )
        .await?;
    insert_basis(act, plan, basis, last + 1).await
}

async fn insert_basis(
    act: &mut Act,
    plan: PlanId,
    basis: &LegalBasis,
    position: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO legal_basis (id, plan_id, position, number, kind, issued_on, issuer, title)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            basis.id,
            plan,
            position,
            basis.number.clone(),
            basis.kind.clone(),
            day(basis.issued_on),
            basis.issuer.clone(),
            &basis.title,
        ],
    )
    .await?;
    Ok(())
}

/// Takes a legal basis out of a plan.
///
/// # Refusals
/// Not found.
pub async fn remove_basis(act: &mut Act, plan: PlanId, id: RowId) -> Result<(), Error> {
    let n = act
        .run(
            "DELETE FROM legal_basis WHERE id = ? AND plan_id = ?",
            &values![id, plan],
        )
        .await?;
    if n == 0 {
        Err(Refusal::NotFound.into())
    } else {
        Ok(())
    }
}

/// The purposes and audiences of a plan.
pub async fn passages(conn: &mut Conn, plan: PlanId) -> Result<Vec<Passage>, Fault> {
    let rows = conn
        .rows(
            "SELECT kind, text FROM plan_passage WHERE plan_id = ? ORDER BY position, id",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let kind = if row.text("kind")? == "purpose" {
                "purpose"
            } else {
                "audience"
            };
            Ok(Passage {
                kind,
                text: row.text("text")?,
            })
        })
        .collect()
}

/// The channels that a plan names: kind and name.
pub async fn channels(conn: &mut Conn, plan: PlanId) -> Result<Vec<(String, String)>, Fault> {
    let rows = conn
        .rows(
            "SELECT kind, name FROM plan_channel WHERE plan_id = ? ORDER BY position, id",
            &values![plan],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("kind")?, row.text("name")?)))
        .collect()
}

pub(super) fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn year_of(row: &Row) -> Result<i16, Fault> {
    i16::try_from(row.int("year")?).map_err(|error| Fault::from_source("a plan's year", error))
}

fn read(row: &Row) -> Result<Plan, Fault> {
    let state = row.text("state")?;
    let state = PlanState::parse(&state)
        .ok_or_else(|| Fault::new(format!("a plan's state is {state:?}")))?;
    Ok(Plan {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        details: PlanDetails {
            title: row.text("title")?,
            number: row.maybe_text("number")?,
            issued_on: row.maybe_parse("issued_on")?,
            issuer: row.text("issuer")?,
            year: year_of(row)?,
            state,
            is_public: row.flag("is_public")?,
        },
        source: PlanSource {
            file: row.maybe_text("source_file")?,
            name: row.text("source_name")?,
            author: row.maybe_text("source_author")?,
            published_at: row.maybe_int("source_published_at")?,
        },
        is_amending: row.int("n_amending")? > 0,
        version: row.int("version")?,
    })
}
