//! When the reports of a year were made, for features that ask whether one came on time.

use base::Fault;
use base::calendar::period::{Period, ReportingYear};
use base::id::{AgencyId, RowId};
use db::{Conn, values};

/// That a report of a period was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeReport {
    /// Which report.
    pub id: RowId,
    /// The period that it is of.
    pub period: Period,
    /// When it was made, milliseconds since 1970.
    pub made_at: i64,
}

/// The reports of an agency on periods of a reporting year, the oldest first. Reports on other
/// stretches than the periods of 581/BNV-CCHC are left out.
///
/// # Faults
/// The database does not answer.
pub async fn made_in(
    conn: &mut Conn,
    agency: AgencyId,
    year: ReportingYear,
) -> Result<Vec<MadeReport>, Fault> {
    let rows = conn
        .rows(
            "SELECT report.id, report.period, report.made_at FROM report
             WHERE report.agency_id = ? AND report.period LIKE ?
             ORDER BY report.made_at, report.id",
            &values![agency, format!("{}%", year.0)],
        )
        .await?;
    let mut made = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Ok(period) = row.text("period")?.parse::<Period>() {
            made.push(MadeReport {
                id: row.parse("id")?,
                period,
                made_at: row.int("made_at")?,
            });
        }
    }
    Ok(made)
}
