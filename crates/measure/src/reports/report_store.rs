//! Reports as they were made, in rows. A row is added and never changed.

use base::id::{AccountId, AgencyId, PlanId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::dressing::{self, Dress};
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
    /// In what words it speaks: these may change, the figures do not.
    pub dress: Dress,
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
    /// The day of issue that its words say, if they do.
    pub issued_on: Option<Date>,
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
            "SELECT figures, made_at FROM report WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    let json = row.text("figures")?;
    let dress = dressing::find(conn, (agency, id), row.int("made_at")?).await?;
    Ok(Report {
        id,
        figures: figures::from_json(&json)?,
        json,
        dress,
    })
}

/// The newest reports on a plan.
pub async fn list(conn: &mut Conn, plan: PlanId, limit: i64) -> Result<Vec<ReportLine>, Fault> {
    let rows = conn
        .rows(
            "SELECT report.id, report.period, report.made_at,
                 account.name AS made_by_name,
                 (SELECT report_wording.issued_on FROM report_wording
                  WHERE report_wording.report_id = report.id
                  ORDER BY report_wording.made_at DESC, report_wording.id DESC LIMIT 1) AS issued_on
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
        issued_on: row.maybe_parse("issued_on")?,
    })
}

/// The hash that the log keeps of a report's figures, and the number of the leaf that seals it.
/// Empty when the log says nothing of it.
pub async fn sealed(
    conn: &mut Conn,
    agency: AgencyId,
    report: RowId,
) -> Result<(String, Option<i64>), Fault> {
    let row = conn
        .maybe(
            "SELECT audit_entry.data, audit_leaf.seq
             FROM audit_entry LEFT JOIN audit_leaf ON audit_leaf.entry_id = audit_entry.id
             WHERE audit_entry.subject_kind = 'report' AND audit_entry.subject_id = ?
               AND audit_entry.agency_id = ? AND audit_entry.act = 'report.make'
             ORDER BY audit_entry.at, audit_entry.id LIMIT 1",
            &values![report, agency],
        )
        .await?;
    let Some(row) = row else {
        return Ok((String::new(), None));
    };
    let data: serde_json::Value = serde_json::from_str(&row.text("data")?).unwrap_or_default();
    let sha256 = data.get("sha256").and_then(serde_json::Value::as_str);
    Ok((sha256.unwrap_or_default().to_owned(), row.maybe_int("seq")?))
}
