//! Reports as they were made, in rows. A row is added and never changed.

use base::id::{AccountId, AgencyId, PlanId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};

use super::figures::{self, Figures};

/// A report as it was made.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its id.
    pub id: RowId,
    /// What it says.
    pub figures: Figures,
    /// The stored text of the figures: what the log's hash is of.
    pub json: String,
}

/// A report in a list.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// Its id.
    pub id: RowId,
    /// The period, as [`base::calendar::period::Period`] writes it.
    pub period: String,
    /// When it was made, milliseconds since 1970.
    pub made_at: i64,
    /// Who made it; empty when a command at the machine did.
    pub made_by: String,
}

/// Adds a report.
pub async fn add(
    act: &mut Act,
    agency: AgencyId,
    report: &Report,
    by: Option<AccountId>,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO report (id, agency_id, plan_id, period, figures, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            report.id,
            agency,
            report.figures.plan.id,
            &report.figures.window.period,
            &report.json,
            now,
            by,
        ],
    )
    .await?;
    Ok(())
}

/// The report with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<Report, Error> {
    let row = conn
        .row(
            "SELECT figures FROM report WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    let json = row.text("figures")?;
    Ok(Report {
        id,
        figures: figures::from_json(&json)?,
        json,
    })
}

/// The newest reports on a plan.
pub async fn list(conn: &mut Conn, plan: PlanId, limit: i64) -> Result<Vec<ReportLine>, Fault> {
    let rows = conn
        .rows(
            "SELECT report.id, report.period, report.made_at,
                 account.name AS made_by_name
             FROM report LEFT JOIN account ON account.id = report.made_by
             WHERE report.plan_id = ? ORDER BY report.made_at DESC, report.id DESC LIMIT ?",
            &values![plan, limit],
        )
        .await?;
    rows.iter().map(read_line).collect()
}

fn read_line(row: &Row) -> Result<ReportLine, Fault> {
    Ok(ReportLine {
        id: row.parse("id")?,
        period: row.text("period")?,
        made_at: row.int("made_at")?,
        made_by: row.maybe_text("made_by_name")?.unwrap_or_default(),
    })
}
