//! Agencies and units with their dated names, in rows.

use base::id::{AgencyId, RowId, UnitId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::agency::{Agency, AgencyNames, DatedName, Unit, UnitNames};
use super::dated_store;

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

/// Every agency of the installation, the oldest first.
pub async fn all(conn: &mut Conn) -> Result<Vec<AgencyId>, Fault> {
    let rows = conn
        .rows("SELECT id FROM agency ORDER BY created_at, id", &[])
        .await?;
    rows.iter().map(|row| row.parse("id")).collect()
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
    dated_store::names(conn, &dated_store::AGENCY, id).await
}

/// Gives the agency other names from a day on, until its next names; the same day's names are
/// replaced.
pub async fn save_names(
    act: &mut Act,
    id: AgencyId,
    names: &AgencyNames,
    from: From,
) -> Result<(), Fault> {
    dated_store::clear(act, &dated_store::AGENCY, id, from.day).await?;
    add_names(act, id, names, from).await?;
    dated_store::close(act, &dated_store::AGENCY, id).await
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

/// All units of an agency as they were called on a day, in their order, also those that had ended
/// or were not yet: what they did still bears their names. Choose from those that
/// [`Unit::is_open`].
pub async fn units(conn: &mut Conn, agency: AgencyId, on: Date) -> Result<Vec<Unit>, Fault> {
    let rows = conn
        .rows(
            "SELECT unit.id, unit.position, unit.closed_on, v.name, v.short_name, v.symbol,
                 (SELECT MIN(u.valid_from) FROM unit_version u WHERE u.unit_id = unit.id) AS opened_on
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
    dated_store::names(conn, &dated_store::UNIT, id).await
}

/// Gives a unit other names from a day on, until its next names; the same day's names are replaced.
/// Not for a unit that has ended: its last name would be open again.
pub async fn save_unit_names(
    act: &mut Act,
    id: UnitId,
    names: &UnitNames,
    from: From,
) -> Result<(), Fault> {
    dated_store::clear(act, &dated_store::UNIT, id, from.day).await?;
    add_unit_names(act, id, names, from).await?;
    dated_store::close(act, &dated_store::UNIT, id).await
}

/// Ends a unit: from this day on it is no more. Its last name ends with it.
pub async fn close_unit(act: &mut Act, id: UnitId, day: Date) -> Result<(), Fault> {
    act.run(
        "UPDATE unit SET closed_on = ? WHERE id = ?",
        &values![day.to_string(), id],
    )
    .await?;
    act.run(
        "UPDATE unit_version SET valid_to = ? WHERE unit_id = ? AND valid_to IS NULL",
        &values![day.to_string(), id],
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

fn read_unit(row: &Row) -> Result<Unit, Fault> {
    Ok(Unit {
        id: row.parse("id")?,
        name: row.text("name")?,
        short_name: row.text("short_name")?,
        symbol: row.text("symbol")?,
        position: row.int("position")?,
        opened_on: row.parse("opened_on")?,
        closed_on: row.maybe_parse("closed_on")?,
    })
}
