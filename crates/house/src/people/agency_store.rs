//! Agencies and units with their dated names, in rows.

use base::id::{AgencyId, RowId, UnitId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::agency::{Agency, AgencyNames, DatedName, Unit, UnitNames};

/// A new row of dated names: its id and the day from which it holds.
#[derive(Clone, Copy, Debug)]
pub struct From {
    /// Id of the row.
    pub row: RowId,
    /// First day.
    pub day: Date,
}

/// The agency as it was called on a day (before its first day, as it was called first).
pub async fn find(conn: &mut Conn, id: AgencyId, on: Date) -> Result<Agency, Error> {
    let row = conn
        .row(
            "SELECT * FROM agency_version WHERE agency_id = ?
             ORDER BY CASE WHEN valid_from <= ? THEN 0 ELSE 1 END,
                      CASE WHEN valid_from <= ? THEN valid_from ELSE '' END DESC, valid_from
             LIMIT 1",
            &values![id, on.to_string(), on.to_string()],
        )
        .await?;
    Ok(Agency {
        id,
        names: read_names(&row)?,
    })
}

/// The agency whose portal this host shows; with none of that host, the first agency.
pub async fn of_host(conn: &mut Conn, host: &str) -> Result<AgencyId, Error> {
    let row = conn
        .row(
            "SELECT id FROM agency
             ORDER BY CASE WHEN host = ? THEN 0 ELSE 1 END, created_at, id LIMIT 1",
            &values![host],
        )
        .await?;
    Ok(row.parse("id")?)
}

/// Adds an agency with its first names.
pub async fn add(
    act: &mut Act,
    id: AgencyId,
    names: &AgencyNames,
    from: From,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO agency (id, created_at) VALUES (?, ?)",
        &values![id, now],
    )
    .await?;
    add_names(act, id, names, from).await
}

/// Keeps every other act on this agency's people waiting until this act ends, so that what it has
/// counted stays so. (SQLite's acts wait for each other anyway.)
pub async fn hold(act: &mut Act, id: AgencyId) -> Result<(), Fault> {
    act.run(
        "UPDATE agency SET next_number = next_number WHERE id = ?",
        &values![id],
    )
    .await?;
    Ok(())
}

/// All names of an agency, newest first.
pub async fn names(conn: &mut Conn, id: AgencyId) -> Result<Vec<DatedName>, Fault> {
    let rows = conn
        .rows(
            "SELECT name, valid_from FROM agency_version WHERE agency_id = ?
             ORDER BY valid_from DESC",
            &values![id],
        )
        .await?;
    rows.iter().map(read_dated).collect()
}

/// Gives the agency other names from a day on, until its next names; the same day's names are
/// replaced.
pub async fn save_names(
    act: &mut Act,
    id: AgencyId,
    names: &AgencyNames,
    from: From,
) -> Result<(), Fault> {
    act.run(
        "DELETE FROM agency_version WHERE agency_id = ? AND valid_from = ?",
        &values![id, from.day.to_string()],
    )
    .await?;
    add_names(act, id, names, from).await?;
    act.run(
        "UPDATE agency_version SET valid_to = (
             SELECT MIN(next.valid_from) FROM agency_version next
             WHERE next.agency_id = agency_version.agency_id
                 AND next.valid_from > agency_version.valid_from)
         WHERE agency_id = ?",
        &values![id],
    )
    .await?;
    Ok(())
}

async fn add_names(
    act: &mut Act,
    id: AgencyId,
    names: &AgencyNames,
    from: From,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO agency_version (id, agency_id, name, short_name, symbol, superior, place,
             address, responsible, phone, email, valid_from)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            from.row,
            id,
            &names.name,
            &names.short_name,
            &names.symbol,
            &names.superior,
            &names.place,
            &names.address,
            &names.responsible,
            &names.phone,
            &names.email,
            from.day.to_string(),
        ],
    )
    .await?;
    Ok(())
}

/// All units of an agency as they were called on a day, in their order.
pub async fn units(conn: &mut Conn, agency: AgencyId, on: Date) -> Result<Vec<Unit>, Fault> {
    let rows = conn
        .rows(
            "SELECT unit.id, unit.position, v.name, v.short_name, v.symbol
             FROM unit JOIN unit_version v ON v.unit_id = unit.id
             WHERE unit.agency_id = ? AND v.id = (
                 SELECT w.id FROM unit_version w WHERE w.unit_id = unit.id
                 ORDER BY CASE WHEN w.valid_from <= ? THEN 0 ELSE 1 END,
                          CASE WHEN w.valid_from <= ? THEN w.valid_from ELSE '' END DESC,
                          w.valid_from
                 LIMIT 1)
             ORDER BY unit.position, unit.id",
            &values![agency, on.to_string(), on.to_string()],
        )
        .await?;
    rows.iter().map(read_unit).collect()
}

/// One unit as it was called on a day.
pub async fn find_unit(
    conn: &mut Conn,
    agency: AgencyId,
    id: UnitId,
    on: Date,
) -> Result<Unit, Error> {
    let units = units(conn, agency, on).await?;
    Ok(units
        .into_iter()
        .find(|unit| unit.id == id)
        .ok_or(Refusal::NotFound)?)
}

/// Adds a unit at the end of the list.
pub async fn add_unit(
    act: &mut Act,
    agency: AgencyId,
    id: UnitId,
    names: &UnitNames,
    from: From,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO unit (id, agency_id, position, created_at)
         SELECT ?, ?, COALESCE(MAX(position), 0) + 1, CAST(? AS BIGINT)
         FROM unit WHERE agency_id = ?",
        &values![id, agency, now, agency],
    )
    .await?;
    add_unit_names(act, id, names, from).await
}

/// All names of a unit, newest first.
pub async fn unit_names(conn: &mut Conn, id: UnitId) -> Result<Vec<DatedName>, Fault> {
    let rows = conn
        .rows(
            "SELECT name, valid_from FROM unit_version WHERE unit_id = ?
             ORDER BY valid_from DESC",
            &values![id],
        )
        .await?;
    rows.iter().map(read_dated).collect()
}

/// Gives a unit other names from a day on, until its next names; the same day's names are replaced.
pub async fn save_unit_names(
    act: &mut Act,
    id: UnitId,
    names: &UnitNames,
    from: From,
) -> Result<(), Fault> {
    act.run(
        "DELETE FROM unit_version WHERE unit_id = ? AND valid_from = ?",
        &values![id, from.day.to_string()],
    )
    .await?;
    add_unit_names(act, id, names, from).await?;
    act.run(
        "UPDATE unit_version SET valid_to = (
             SELECT MIN(next.valid_from) FROM unit_version next
             WHERE next.unit_id = unit_version.unit_id
                 AND next.valid_from > unit_version.valid_from)
         WHERE unit_id = ?",
        &values![id],
    )
    .await?;
    Ok(())
}

async fn add_unit_names(
    act: &mut Act,
    id: UnitId,
    names: &UnitNames,
    from: From,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO unit_version (id, unit_id, name, short_name, symbol, valid_from)
         VALUES (?, ?, ?, ?, ?, ?)",
        &values![
            from.row,
            id,
            &names.name,
            &names.short_name,
            &names.symbol,
            from.day.to_string()
        ],
    )
    .await?;
    Ok(())
}

/// The next public number of an agency's things (articles and what is addressed like them).
pub async fn take_number(act: &mut Act, agency: AgencyId) -> Result<i64, Fault> {
    let row = act
        .maybe(
            "UPDATE agency SET next_number = next_number + 1 WHERE id = ?
             RETURNING next_number - 1 AS n",
            &values![agency],
        )
        .await?;
    row.ok_or_else(|| Fault::new("no such agency"))?.int("n")
}

fn read_names(row: &Row) -> Result<AgencyNames, Fault> {
    Ok(AgencyNames {
        name: row.text("name")?,
        short_name: row.text("short_name")?,
        symbol: row.text("symbol")?,
        superior: row.text("superior")?,
        place: row.text("place")?,
        address: row.text("address")?,
        responsible: row.text("responsible")?,
        phone: row.text("phone")?,
        email: row.text("email")?,
    })
}

fn read_dated(row: &Row) -> Result<DatedName, Fault> {
    let from = row
        .text("valid_from")?
        .parse()
        .map_err(|error| Fault::from_source("a first day is no date", error))?;
    Ok(DatedName {
        from,
        name: row.text("name")?,
    })
}

fn read_unit(row: &Row) -> Result<Unit, Fault> {
    Ok(Unit {
        id: row.parse("id")?,
        name: row.text("name")?,
        short_name: row.text("short_name")?,
        symbol: row.text("symbol")?,
        position: row.int("position")?,
    })
}
