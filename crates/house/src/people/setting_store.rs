//! What an agency chose, by name, in rows.

use base::Fault;
use base::id::AgencyId;
use db::{Act, Conn, values};

/// The office of who signs the agency's reports.
pub const SIGNER_TITLE: &str = "report.signer_title";

/// The name of who signs the agency's reports.
pub const SIGNER_NAME: &str = "report.signer_name";

/// What was chosen; empty when nothing was.
pub async fn value(conn: &mut Conn, agency: AgencyId, name: &str) -> Result<String, Fault> {
    let row = conn
        .maybe(
            "SELECT value FROM setting WHERE agency_id = ? AND name = ?",
            &values![agency, name],
        )
        .await?;
    row.map_or_else(|| Ok(String::new()), |row| row.text("value"))
}

/// Chooses a value; an empty one is nothing chosen.
pub async fn save(act: &mut Act, agency: AgencyId, name: &str, value: &str) -> Result<(), Fault> {
    act.run(
        "DELETE FROM setting WHERE agency_id = ? AND name = ?",
        &values![agency, name],
    )
    .await?;
    if !value.is_empty() {
        act.run(
            "INSERT INTO setting (agency_id, name, value) VALUES (?, ?, ?)",
            &values![agency, name, value],
        )
        .await?;
    }
    Ok(())
}
