//! Alarms, in rows.

use base::id::{AccountId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};

use super::alarm::{Alarm, AlarmKind, Settled};

/// Keeps an alarm; false when the same checkpoint has caused one before, settled or not.
pub async fn add(act: &mut Act, alarm: &Alarm) -> Result<bool, Fault> {
    let n = act
        .run(
            "INSERT INTO log_alarm (id, kind, source, known_note, own_note, found_at)
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (known_note) DO NOTHING",
            &values![
                alarm.id,
                alarm.kind.as_str(),
                &alarm.source,
                &alarm.known_note,
                &alarm.own_note,
                alarm.found_at
            ],
        )
        .await?;
    Ok(n > 0)
}

/// Whether this note has caused an alarm before.
pub async fn is_known(conn: &mut Conn, known_note: &str) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM log_alarm WHERE known_note = ?";
    Ok(conn.count(sql, &values![known_note]).await? > 0)
}

/// The oldest alarm that nobody has settled.
pub async fn open(conn: &mut Conn) -> Result<Option<Alarm>, Fault> {
    let sql = "SELECT log_alarm.*, '' AS settler FROM log_alarm
               WHERE settled_at IS NULL ORDER BY found_at, id LIMIT 1";
    let row = conn.maybe(sql, &values![]).await?;
    row.as_ref().map(read).transpose()
}

/// The newest alarms, settled or not.
pub async fn list(conn: &mut Conn, limit: i64) -> Result<Vec<Alarm>, Fault> {
    let sql = "SELECT log_alarm.*, COALESCE(account.name, '') AS settler
               FROM log_alarm LEFT JOIN account ON account.id = log_alarm.settled_by
               ORDER BY found_at DESC, log_alarm.id DESC LIMIT ?";
    let rows = conn.rows(sql, &values![limit]).await?;
    rows.iter().map(read).collect()
}

/// The alarm with this id.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, id: RowId) -> Result<Alarm, Error> {
    let sql = "SELECT log_alarm.*, COALESCE(account.name, '') AS settler
               FROM log_alarm LEFT JOIN account ON account.id = log_alarm.settled_by
               WHERE log_alarm.id = ?";
    let row = conn.row(sql, &values![id]).await?;
    Ok(read(&row)?)
}

/// Ends every open alarm; false when there was none.
pub async fn settle(
    act: &mut Act,
    reason: &str,
    (now, by): (i64, AccountId),
) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE log_alarm SET settled_at = ?, settled_by = ?, reason = ?
             WHERE settled_at IS NULL",
            &values![now, by, reason],
        )
        .await?;
    Ok(n > 0)
}

fn read(row: &Row) -> Result<Alarm, Fault> {
    let kind = row.text("kind")?;
    let settled = match row.maybe_int("settled_at")? {
        None => None,
        Some(at_ms) => Some(Settled {
            at_ms,
            by: row.text("settler")?,
            reason: row.text("reason")?,
        }),
    };
    Ok(Alarm {
        id: row.parse("id")?,
        kind: AlarmKind::parse(&kind)
            .ok_or_else(|| Fault::new(format!("column kind holds {kind:?}")))?,
        source: row.text("source")?,
        known_note: row.text("known_note")?,
        own_note: row.text("own_note")?,
        found_at: row.int("found_at")?,
        settled,
    })
}
