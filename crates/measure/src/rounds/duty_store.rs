//! Which unit answers for a component, and by when, in rows.

use std::collections::HashMap;

use base::Fault;
use base::id::{AccountId, AgencyId, ComponentId, UnitId};
use db::{Act, Conn, values};
use jiff::civil::Date;

/// Who answers for a component, and by when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duty {
    /// The unit, if one was named.
    pub unit: Option<UnitId>,
    /// By when, if a day was set.
    pub due_on: Option<Date>,
}

/// The duties of an agency by component.
///
/// # Faults
/// The database does not answer.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<HashMap<ComponentId, Duty>, Fault> {
    let rows = conn
        .rows(
            "SELECT component_id, unit_id, due_on FROM component_duty WHERE agency_id = ?",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let duty = Duty {
                unit: row.maybe_parse("unit_id")?,
                due_on: row.maybe_parse("due_on")?,
            };
            Ok((row.parse("component_id")?, duty))
        })
        .collect()
}

/// Names who answers for a component.
///
/// # Faults
/// The database refuses it.
pub async fn save(
    act: &mut Act,
    (agency, component): (AgencyId, ComponentId),
    duty: Duty,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO component_duty (agency_id, component_id, unit_id, due_on, set_at, set_by)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (agency_id, component_id) DO UPDATE SET unit_id = excluded.unit_id,
             due_on = excluded.due_on, set_at = excluded.set_at, set_by = excluded.set_by",
        &values![
            agency,
            component,
            duty.unit,
            duty.due_on.map(|day| day.to_string()),
            now,
            by
        ],
    )
    .await?;
    Ok(())
}

/// The names of the people of an agency.
///
/// # Faults
/// The database does not answer.
pub async fn names(conn: &mut Conn, agency: AgencyId) -> Result<HashMap<AccountId, String>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, name FROM account WHERE agency_id = ?",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.parse("id")?, row.text("name")?)))
        .collect()
}
