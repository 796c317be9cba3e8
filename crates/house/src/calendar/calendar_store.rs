//! The calendar in rows, now and as it was known at any moment.

use base::calendar::date_short;
use base::calendar::working::{DayKind, MarkedDay, WorkCalendar};
use base::id::{AccountId, AgencyId, RowId};
use base::{Error, Fault, Problem, Refusal};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::day_off::{DayOff, Decision, NewDays, Removal};

/// The calendar as it was known at a moment, one row left out if that is asked for.
pub async fn calendar(
    conn: &mut Conn,
    agency: AgencyId,
    at_ms: i64,
    without: Option<RowId>,
) -> Result<WorkCalendar, Fault> {
    // The installation's rows come first, so that the agency's own take their place.
    let rows = conn
        .rows(
            "SELECT day, kind, name FROM day_off
             WHERE (agency_id = ? OR agency_id IS NULL) AND added_at <= ?
                 AND (removed_at IS NULL OR removed_at > ?) AND id <> COALESCE(?, '')
             ORDER BY CASE WHEN agency_id IS NULL THEN 0 ELSE 1 END, day",
            &values![agency, at_ms, at_ms, without],
        )
        .await?;
    let marks: Vec<MarkedDay> = rows.iter().map(read_mark).collect::<Result<_, _>>()?;
    let week = conn
        .maybe(
            "SELECT is_saturday_worked FROM work_week WHERE agency_id = ? AND set_at <= ?
             ORDER BY set_at DESC, id DESC LIMIT 1",
            &values![agency, at_ms],
        )
        .await?;
    let is_saturday_worked = week.map(|row| row.flag("is_saturday_worked")).transpose()?;
    Ok(WorkCalendar::new(
        marks,
        is_saturday_worked.unwrap_or(false),
    ))
}

/// The days that hold between two days, both included, the agency's own and the installation's.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    first: Date,
    last: Date,
) -> Result<Vec<DayOff>, Fault> {
    let rows = conn
        .rows(
            "SELECT day_off.*, '' AS remover FROM day_off
             WHERE (agency_id = ? OR agency_id IS NULL) AND removed_at IS NULL
                 AND day >= ? AND day <= ?
             ORDER BY day, CASE WHEN agency_id IS NULL THEN 0 ELSE 1 END",
            &values![agency, first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The days between two days that were taken away, the last first.
pub async fn removed(
    conn: &mut Conn,
    agency: AgencyId,
    first: Date,
    last: Date,
) -> Result<Vec<DayOff>, Fault> {
    let rows = conn
        .rows(
            "SELECT day_off.*, COALESCE(account.name, '') AS remover
             FROM day_off LEFT JOIN account ON account.id = day_off.removed_by
             WHERE day_off.agency_id = ? AND day_off.removed_at IS NOT NULL
                 AND day_off.day >= ? AND day_off.day <= ?
             ORDER BY day_off.removed_at DESC, day_off.day",
            &values![agency, first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// A day of the agency's own that holds.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<DayOff, Error> {
    let row = conn
        .row(
            "SELECT day_off.*, '' AS remover FROM day_off
             WHERE id = ? AND agency_id = ? AND removed_at IS NULL",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// Refuses days that the agency (or, without one, the installation) has already.
///
/// # Refusals
/// `calendar-day-taken`, for each.
pub async fn refuse_taken(
    conn: &mut Conn,
    agency: Option<AgencyId>,
    days: &NewDays,
) -> Result<(), Error> {
    let mut problems = Vec::new();
    for mark in &days.marks {
        let taken = conn
            .maybe(
                "SELECT name FROM day_off WHERE agency_id IS NOT DISTINCT FROM ? AND day = ?
                     AND removed_at IS NULL",
                &values![agency, mark.day.to_string()],
            )
            .await?;
        if let Some(row) = taken {
            let problem = Problem::at("lines", "calendar-day-taken");
            problems.push(
                problem
                    .with("day", date_short(mark.day))
                    .with("name", row.text("name")?),
            );
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(problems).into())
    }
}

/// Adds a day, of an agency or of the whole installation: when and by whom.
pub async fn add(
    act: &mut Act,
    (id, agency): (RowId, Option<AgencyId>),
    mark: &MarkedDay,
    decision: &Decision,
    (now, by): (i64, Option<AccountId>),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO day_off (id, agency_id, day, kind, name, decision_number, decision_on,
             added_at, added_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values![
            id,
            agency,
            mark.day.to_string(),
            mark.kind.as_str(),
            &mark.name,
            &decision.number,
            decision.on.map(|day| day.to_string()),
            now,
            by,
        ],
    )
    .await?;
    Ok(())
}

/// Takes a day away; its row stays and says when, by whom and why.
pub async fn remove(
    act: &mut Act,
    id: RowId,
    reason: &str,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "UPDATE day_off SET removed_at = ?, removed_by = ?, removal_reason = ?
         WHERE id = ? AND removed_at IS NULL",
        &values![now, by, reason, id],
    )
    .await?;
    Ok(())
}

/// Says from now on whether Saturdays are worked.
pub async fn set_saturdays(
    act: &mut Act,
    (id, agency): (RowId, AgencyId),
    is_worked: bool,
    (now, by): (i64, AccountId),
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO work_week (id, agency_id, is_saturday_worked, set_at, set_by)
         VALUES (?, ?, ?, ?, ?)",
        &values![id, agency, is_worked, now, by],
    )
    .await?;
    Ok(())
}

fn read_mark(row: &Row) -> Result<MarkedDay, Fault> {
    let kind = row.text("kind")?;
    Ok(MarkedDay {
        day: row.parse("day")?,
        kind: DayKind::parse(&kind)
            .ok_or_else(|| Fault::new(format!("column kind holds {kind:?}")))?,
        name: row.text("name")?,
    })
}

fn read(row: &Row) -> Result<DayOff, Fault> {
    let removed = match row.maybe_int("removed_at")? {
        None => None,
        Some(at_ms) => Some(Removal {
            at_ms,
            by: row.text("remover")?,
            reason: row.text("removal_reason")?,
        }),
    };
    Ok(DayOff {
        id: row.parse("id")?,
        mark: read_mark(row)?,
        decision: Decision {
            number: row.text("decision_number")?,
            on: row.maybe_parse("decision_on")?,
        },
        is_own: row.maybe_text("agency_id")?.is_some(),
        removed,
    })
}
