//! The SQL of the periods that an agency defined.

use base::Fault;
use base::id::{AccountId, AgencyId, RowId};
use db::{Act, Conn, values};

use super::periods::{ReportingPeriod, periods};

/// All periods that an agency reports on, the ministry's among them.
pub async fn all(conn: &mut Conn, agency: AgencyId) -> Result<Vec<ReportingPeriod>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, code, name, definition FROM report_period
             WHERE agency_id = ? AND removed_at IS NULL ORDER BY code",
            &values![agency],
        )
        .await?;
    let own: Result<Vec<ReportingPeriod>, Fault> = rows
        .iter()
        .map(|row| {
            let definition = serde_json::from_str(&row.text("definition")?)
                .map_err(|error| Fault::from_source("the days of a period", error))?;
            Ok(ReportingPeriod {
                id: Some(row.parse("id")?),
                code: row.text("code")?,
                name: row.text("name")?,
                definition,
            })
        })
        .collect();
    Ok(periods(own?))
}

/// Adds a period; one of the same code must have been removed before.
pub async fn add(
    act: &mut Act,
    agency: AgencyId,
    period: &ReportingPeriod,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    let definition = serde_json::to_string(&period.definition)
        .map_err(|error| Fault::from_source("the days of a period", error))?;
    act.run(
        "INSERT INTO report_period (id, agency_id, code, name, definition, added_at, added_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        &values![
            period.id,
            agency,
            &period.code,
            &period.name,
            &definition,
            now,
            by
        ],
    )
    .await?;
    Ok(())
}

/// Removes the period of this code; the row stays as history. How many rows it was.
pub async fn remove(
    act: &mut Act,
    (agency, id): (AgencyId, RowId),
    (now, by): (i64, AccountId),
) -> Result<u64, Fault> {
    act.run(
        "UPDATE report_period SET removed_at = ?, removed_by = ?
         WHERE id = ? AND agency_id = ? AND removed_at IS NULL",
        &values![now, by, id, agency],
    )
    .await
}
