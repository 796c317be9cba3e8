//! The SQL of figures that were typed for reports.

use base::Fault;
use base::id::{AccountId, AgencyId, PlanId, RowId};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::figures::StatisticRow;

/// Rows of a plan that a page shows.
const ROWS_MAX: i64 = 500;

/// A figure that was typed.
#[derive(Clone, Debug)]
pub struct TypedFigure {
    /// Its row.
    pub id: RowId,
    /// Code of the statistic.
    pub code: String,
    /// What it is, its day, its evidence.
    pub row: StatisticRow,
    /// Who typed it.
    pub by: String,
}

/// The figures that were typed for a plan and count between two days, by day.
pub async fn list(
    conn: &mut Conn,
    (agency, plan): (AgencyId, PlanId),
    (first, last): (Date, Date),
) -> Result<Vec<TypedFigure>, Fault> {
    let rows = conn
        .rows(
            "SELECT report_statistic.id, report_statistic.code, report_statistic.title,
                 report_statistic.number, report_statistic.counted_on, report_statistic.sha256,
                 report_statistic.file_name, report_statistic.link, account.name AS added_by_name
             FROM report_statistic LEFT JOIN account ON account.id = report_statistic.added_by
             WHERE report_statistic.agency_id = ? AND report_statistic.plan_id = ?
               AND report_statistic.counted_on >= ? AND report_statistic.counted_on <= ?
               AND report_statistic.removed_at IS NULL
             ORDER BY report_statistic.counted_on, report_statistic.id LIMIT ?",
            &values![agency, plan, first.to_string(), last.to_string(), ROWS_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<TypedFigure, Fault> {
    Ok(TypedFigure {
        id: row.parse("id")?,
        code: row.text("code")?,
        by: row.maybe_text("added_by_name")?.unwrap_or_default(),
        row: StatisticRow {
            title: row.text("title")?,
            number: row.int("number")?,
            day: row.parse("counted_on")?,
            item: None,
            sha256: row.text("sha256")?,
            file: row.text("file_name")?,
            link: row.text("link")?,
        },
    })
}

/// Adds a figure for a plan.
pub async fn add(
    act: &mut Act,
    (agency, plan): (AgencyId, PlanId),
    figure: &TypedFigure,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO report_statistic (id, agency_id, plan_id, code, title, number, counted_on,
             sha256, file_name, link, added_at, added_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            figure.id,
            agency,
            plan,
            &figure.code,
            &figure.row.title,
            figure.row.number,
            figure.row.day.to_string(),
            &figure.row.sha256,
            &figure.row.file,
            &figure.row.link,
            now,
            by,
        ],
    )
    .await?;
    Ok(())
}

/// Takes a figure away; the row stays as history. How many rows it was.
pub async fn remove(
    act: &mut Act,
    (agency, id): (AgencyId, RowId),
    (now, by): (i64, AccountId),
) -> Result<u64, Fault> {
    act.run(
        "UPDATE report_statistic SET removed_at = ?, removed_by = ?
         WHERE id = ? AND agency_id = ? AND removed_at IS NULL",
        &values![now, by, id, agency],
    )
    .await
}
