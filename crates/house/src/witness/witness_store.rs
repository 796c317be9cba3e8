//! Witnesses of our log with what they signed, and the logs that we witness, in rows.

use base::id::{AccountId, RowId};
use base::{Error, Fault, Refusal};
use db::{Act, Conn, Row, values};

use super::request::Cosigned;
use super::witnesses::{Answer, NewWitness, State, Witness, WitnessedLog};
use crate::audit::Checkpoint;
use crate::audit::tree::empty_root;

/// Adds a witness.
///
/// # Refusals
/// `witness-url-taken`.
pub async fn add(
    act: &mut Act,
    id: RowId,
    new: &NewWitness,
    (now, by): (i64, AccountId),
) -> Result<(), Error> {
    let taken = act
        .count(
            "SELECT COUNT(*) AS n FROM witness WHERE url = ? AND removed_at IS NULL",
            &values![&new.url],
        )
        .await?;
    if taken > 0 {
        return Err(Refusal::at("url", "witness-url-taken").into());
    }
    act.run(
        "INSERT INTO witness (id, url, key, added_at, added_by) VALUES (?, ?, ?, ?, ?)",
        &values![id, &new.url, new.key.to_string(), now, by],
    )
    .await?;
    Ok(())
}

/// Asks a witness no more; what it signed stays.
pub async fn remove(act: &mut Act, id: RowId, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE witness SET removed_at = ? WHERE id = ? AND removed_at IS NULL",
            &values![now, id],
        )
        .await?;
    Ok(n > 0)
}

/// The witnesses that are asked.
pub async fn list(conn: &mut Conn) -> Result<Vec<Witness>, Fault> {
    let sql = "SELECT * FROM witness WHERE removed_at IS NULL ORDER BY added_at, id";
    let rows = conn.rows(sql, &values![]).await?;
    rows.iter().map(read).collect()
}

/// The witness with this id, if it is asked.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, id: RowId) -> Result<Witness, Error> {
    let sql = "SELECT * FROM witness WHERE id = ? AND removed_at IS NULL";
    Ok(read(&conn.row(sql, &values![id]).await?)?)
}

/// How asking a witness went.
pub async fn save_answer(act: &mut Act, id: RowId, answer: &Answer, now: i64) -> Result<(), Fault> {
    let answered = answer.is_answer().then_some(now);
    let size = answer.cosigned().map(i64::try_from);
    let size = size
        .transpose()
        .map_err(|e| Fault::from_source("a size", e))?;
    act.run(
        "UPDATE witness SET asked_at = ?, answered_at = COALESCE(?, answered_at),
             size = COALESCE(?, size), state = ?, reply = ? WHERE id = ?",
        &values![
            now,
            answered,
            size,
            answer.state().as_str(),
            answer.reply(),
            id
        ],
    )
    .await?;
    if let Answer::Cosigned { size, line } = answer {
        let size = i64::try_from(*size).map_err(|e| Fault::from_source("a size", e))?;
        act.run(
            "INSERT INTO cosignature (witness_id, size, line, at) VALUES (?, ?, ?, ?)
             ON CONFLICT (witness_id, size) DO UPDATE SET line = excluded.line, at = excluded.at",
            &values![id, size, line, now],
        )
        .await?;
    }
    Ok(())
}

/// The lines that witnesses signed for the checkpoint of this size.
pub async fn cosignatures(conn: &mut Conn, size: u64) -> Result<Vec<String>, Fault> {
    let size = i64::try_from(size).map_err(|e| Fault::from_source("a size", e))?;
    let sql = "SELECT line FROM cosignature WHERE size = ? ORDER BY witness_id";
    let rows = conn.rows(sql, &values![size]).await?;
    rows.iter().map(|row| row.text("line")).collect()
}

/// Watches a log from now on. What was cosigned of it before is still known.
///
/// # Refusals
/// `witnessed-other-key`: the log was known under another key.
pub async fn watch(
    act: &mut Act,
    (origin, key): (&str, &str),
    (now, by): (i64, AccountId),
) -> Result<(), Error> {
    if let Some(known) = log_of(act, origin).await?
        && known.key != key
    {
        return Err(Refusal::at("log_key", "witnessed-other-key").into());
    }
    act.run(
        "INSERT INTO witnessed_log (origin, key, is_watched, added_at, added_by)
         VALUES (?, ?, 1, ?, ?) ON CONFLICT (origin) DO UPDATE SET is_watched = 1",
        &values![origin, key, now, by],
    )
    .await?;
    Ok(())
}

/// Watches a log no more; what was cosigned of it stays known.
pub async fn unwatch(act: &mut Act, origin: &str) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE witnessed_log SET is_watched = 0 WHERE origin = ? AND is_watched = 1",
            &values![origin],
        )
        .await?;
    Ok(n > 0)
}

/// The logs that we watch.
pub async fn logs(conn: &mut Conn) -> Result<Vec<WitnessedLog>, Fault> {
    let sql = "SELECT * FROM witnessed_log WHERE is_watched = 1 ORDER BY added_at, origin";
    let rows = conn.rows(sql, &values![]).await?;
    rows.iter().map(read_log).collect()
}

/// The log of this origin, watched or not.
pub async fn log_of(conn: &mut Conn, origin: &str) -> Result<Option<WitnessedLog>, Fault> {
    let sql = "SELECT * FROM witnessed_log WHERE origin = ?";
    let row = conn.maybe(sql, &values![origin]).await?;
    row.as_ref().map(read_log).transpose()
}

/// What was cosigned last of a log; held for this act, so that two requests cannot both be second.
pub async fn hold(act: &mut Act, origin: &str) -> Result<Cosigned, Fault> {
    act.run(
        "UPDATE witnessed_log SET size = size WHERE origin = ?",
        &values![origin],
    )
    .await?;
    let log = log_of(act, origin).await?;
    Ok(log
        .and_then(|log| Checkpoint::peek(&log.note).ok())
        .map_or_else(
            || Cosigned {
                size: 0,
                root: empty_root(),
            },
            |last| Cosigned {
                size: last.size,
                root: last.root,
            },
        ))
}

/// Remembers the checkpoint that is cosigned now.
pub async fn save_cosigned(
    act: &mut Act,
    checkpoint: &Checkpoint,
    note: &str,
    now: i64,
) -> Result<(), Fault> {
    let size = i64::try_from(checkpoint.size).map_err(|e| Fault::from_source("a size", e))?;
    act.run(
        "UPDATE witnessed_log SET size = ?, note = ?, cosigned_at = ? WHERE origin = ?",
        &values![size, note, now, &checkpoint.origin],
    )
    .await?;
    Ok(())
}

/// Remembers a checkpoint that the log signed and that does not continue what it had signed: with
/// the note that was cosigned last it proves two histories.
pub async fn save_refused(act: &mut Act, origin: &str, note: &str, now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE witnessed_log SET refused_note = ?, refused_at = ? WHERE origin = ?",
        &values![note, now, origin],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Witness, Fault> {
    let state = row.text("state")?;
    Ok(Witness {
        id: row.parse("id")?,
        url: row.text("url")?,
        key: row.text("key")?.parse()?,
        size: u64::try_from(row.int("size")?).unwrap_or(0),
        state: State::parse(&state).ok_or_else(|| Fault::new(format!("no state {state}")))?,
        asked_at: row.maybe_int("asked_at")?,
        answered_at: row.maybe_int("answered_at")?,
        reply: row.text("reply")?,
    })
}

fn read_log(row: &Row) -> Result<WitnessedLog, Fault> {
    Ok(WitnessedLog {
        origin: row.text("origin")?,
        key: row.text("key")?,
        is_watched: row.flag("is_watched")?,
        size: u64::try_from(row.int("size")?).unwrap_or(0),
        note: row.text("note")?,
        cosigned_at: row.maybe_int("cosigned_at")?,
        refused_note: row.text("refused_note")?,
        refused_at: row.maybe_int("refused_at")?,
    })
}
