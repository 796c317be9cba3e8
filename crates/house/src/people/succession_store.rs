//! Who goes on as whom, and what was moved with it, in rows.

use base::id::{AccountId, AgencyId, RowId, UnitId};
use base::{Fault, SubjectKind};
use db::{Act, Conn, Row, values};

use super::following::{Belonging, Handover};
use super::lineage::{ChangeKind, Succession};

/// Changes of an agency at most: more than any has in a century.
const CHANGES_MAX: i64 = 10_000;

/// Adds a row of a change: when it was made and by whom.
pub async fn add(
    act: &mut Act,
    (id, agency): (RowId, AgencyId),
    succession: &Succession,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO unit_succession (id, change_id, agency_id, from_unit_id, to_unit_id, day, kind,
             decision_number, decision_on, made_at, made_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            id,
            succession.change,
            agency,
            succession.from,
            succession.to,
            succession.day.to_string(),
            succession.kind.as_str(),
            &succession.decision_number,
            succession.decision_on.map(|day| day.to_string()),
            now,
            by,
        ],
    )
    .await?;
    Ok(())
}

/// All changes of an agency, in their order.
pub async fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Succession>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM unit_succession WHERE agency_id = ?
             ORDER BY day, change_id, id LIMIT ?",
            &values![agency, CHANGES_MAX],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Remembers that something was moved in a change.
pub async fn add_move(
    act: &mut Act,
    (id, change): (RowId, RowId),
    handover: &Handover,
    now: i64,
) -> Result<(), Fault> {
    let what = &handover.what;
    act.run(
        "INSERT INTO unit_move (id, change_id, subject_kind, subject_id, title, from_unit_id,
             to_unit_id, moved_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            id,
            change,
            what.kind,
            &what.id,
            &what.title,
            what.unit,
            handover.to,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Something that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What, and the unit that it left.
    pub what: Belonging,
    /// The unit that it went to.
    pub to: UnitId,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
}

/// How many things were moved from or to a unit.
pub async fn count_moves(conn: &mut Conn, unit: UnitId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM unit_move WHERE from_unit_id = ? OR to_unit_id = ?",
        &values![unit, unit],
    )
    .await
}

/// One page of what was moved from or to a unit, the last first.
pub async fn moves(
    conn: &mut Conn,
    unit: UnitId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Moved>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM unit_move WHERE from_unit_id = ? OR to_unit_id = ?
             ORDER BY moved_at DESC, subject_kind, title, id LIMIT ? OFFSET ?",
            &values![unit, unit, limit, offset],
        )
        .await?;
    rows.iter().map(read_move).collect()
}

/// The people of a unit, suspended ones too, by given name.
pub async fn people(
    conn: &mut Conn,
    agency: AgencyId,
    unit: UnitId,
) -> Result<Vec<Belonging>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, name FROM account WHERE agency_id = ? AND unit_id = ? ORDER BY sort_key, id",
            &values![agency, unit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Belonging {
                kind: SubjectKind::Account,
                id: row.text("id")?,
                title: row.text("name")?,
                unit,
            })
        })
        .collect()
}

/// The active people of an agency, by given name: id and name.
pub async fn active(conn: &mut Conn, agency: AgencyId) -> Result<Vec<(AccountId, String)>, Fault> {
    let rows = conn
        .rows(
            "SELECT id, name, job_title FROM account WHERE agency_id = ? AND state = 'active'
             ORDER BY sort_key, id LIMIT ?",
            &values![agency, CHANGES_MAX],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (name, title) = (row.text("name")?, row.text("job_title")?);
            let shown = match title.is_empty() {
                true => name,
                false => format!("{name} ({title})"),
            };
            Ok((row.parse("id")?, shown))
        })
        .collect()
}

/// Puts a person into another unit.
pub async fn move_person(act: &mut Act, handover: &Handover) -> Result<(), Fault> {
    act.run(
        "UPDATE account SET unit_id = ? WHERE id = ? AND unit_id = ?",
        &values![handover.to, &handover.what.id, handover.what.unit],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Succession, Fault> {
    let kind = row.text("kind")?;
    Ok(Succession {
        change: row.parse("change_id")?,
        kind: ChangeKind::parse(&kind)
            .ok_or_else(|| Fault::new(format!("column kind holds {kind:?}")))?,
        from: row.parse("from_unit_id")?,
        to: row.parse("to_unit_id")?,
        day: row.parse("day")?,
        decision_number: row.text("decision_number")?,
        decision_on: row.maybe_parse("decision_on")?,
    })
}

fn read_move(row: &Row) -> Result<Moved, Fault> {
    let kind = row.text("subject_kind")?;
    Ok(Moved {
        what: Belonging {
            kind: SubjectKind::parse(&kind)
                .ok_or_else(|| Fault::new(format!("column subject_kind holds {kind:?}")))?,
            id: row.text("subject_id")?,
            title: row.text("title")?,
            unit: row.parse("from_unit_id")?,
        },
        to: row.parse("to_unit_id")?,
        at_ms: row.int("moved_at")?,
    })
}
