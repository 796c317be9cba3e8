//! The SQL of the forms of superiors.

use base::id::{AccountId, AgencyId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};

use super::forms::Mapped;

/// Forms that a page lists.
const FORMS_MAX: i64 = 100;

/// A form.
#[derive(Clone, Debug)]
pub struct ReportForm {
    /// Its row.
    pub id: RowId,
    /// Code of the period for which it is filled.
    pub period_code: String,
    /// The name of its file.
    pub name: String,
    /// SHA-256 of the empty form, in hexadecimal.
    pub sha256: String,
    /// Which figure goes where.
    pub mapping: Vec<Mapped>,
}

/// The forms of an agency, by name.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<ReportForm>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, period_code, name, sha256, mapping FROM report_form
             WHERE agency_id = ? AND removed_at IS NULL ORDER BY period_code, name, id LIMIT ?",
            &values![agency, FORMS_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The form with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<ReportForm, Error> {
    let row = conn
        .row(
            "SELECT id, period_code, name, sha256, mapping FROM report_form
             WHERE id = ? AND agency_id = ? AND removed_at IS NULL",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

fn read(row: &Row) -> Result<ReportForm, Fault> {
    let mapping = serde_json::from_str(&row.text("mapping")?)
        .map_err(|error| Fault::from_source("the cells of a form cannot be read", error))?;
    Ok(ReportForm {
        id: row.parse("id")?,
        period_code: row.text("period_code")?,
        name: row.text("name")?,
        sha256: row.text("sha256")?,
        mapping,
    })
}

/// Adds a form without mapped cells.
pub async fn add(
    act: &mut Act,
    agency: AgencyId,
    form: &ReportForm,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO report_form (id, agency_id, period_code, name, sha256, mapping, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, '[]', ?, ?)",
        &values![form.id, agency, &form.period_code, &form.name, &form.sha256, now, by],
    )
    .await?;
    Ok(())
}

/// Keeps which figure goes where.
pub async fn map(
    act: &mut Act,
    (agency, id): (AgencyId, RowId),
    mapping: &[Mapped],
) -> Result<(), Fault> {
    let text = serde_json::to_string(mapping)
        .map_err(|error| Fault::from_source("the cells of a form cannot be written", error))?;
    act.run(
        "UPDATE report_form SET mapping = ? WHERE id = ? AND agency_id = ?",
        &values![&text, id, agency],
    )
    .await?;
    Ok(())
}

/// Removes a form; the row stays as history.
pub async fn remove(act: &mut Act, (agency, id): (AgencyId, RowId), now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE report_form SET removed_at = ? WHERE id = ? AND agency_id = ?",
        &values![now, id, agency],
    )
    .await?;
    Ok(())
}
