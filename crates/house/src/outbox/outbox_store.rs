//! The outbox, in rows. A node works on a message only while it holds its lease; every change names
//! the lease, so that a node that slept through the end of its own changes nothing.

use base::id::{AccountId, AgencyId, RowId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};

use super::message::{Message, NewMessage, State};

/// Writes a message, in the act that causes it; false when the same was written before.
///
/// # Faults
/// The database refuses it.
pub async fn add(act: &mut Act, new: &NewMessage, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "INSERT INTO outbox (id, agency_id, account_id, kind, about, once, state, next_at,
                 created_at, queued_at, changed_at)
             VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?) ON CONFLICT (once) DO NOTHING",
            &values![
                new.id,
                new.agency,
                new.account,
                new.kind,
                new.about.to_string(),
                &new.once,
                now,
                now,
                now,
                now,
            ],
        )
        .await?;
    if n > 0 {
        act.touch("outbox");
    }
    Ok(n > 0)
}

/// A lease on a message: whose, and until when.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    /// Made anew for every attempt.
    pub id: RowId,
    /// After this moment another node may take the message.
    pub until: i64,
}

/// Takes the next message that is due, for this lease alone.
///
/// Two nodes that ask at once find the same row, and only the first changes it: the second sees the
/// lease when its turn comes, and gets nothing.
///
/// # Faults
/// The database refuses it.
pub async fn claim(act: &mut Act, lease: Lease, now: i64) -> Result<Option<Message>, Fault> {
    let row = act
        .maybe(
            "UPDATE outbox SET lease = ?, leased_until = ?, n_attempts = n_attempts + 1, tried_at = ?,
                 address = (SELECT email FROM account WHERE account.id = outbox.account_id)
             WHERE id = (SELECT id FROM outbox
                     WHERE state = 'waiting' AND next_at <= ? AND leased_until <= ?
                     ORDER BY next_at, id LIMIT 1)
                 AND state = 'waiting' AND leased_until <= ?
             RETURNING *",
            &values![lease.id, lease.until, now, now, now, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Says that the content goes now; false when the lease is no longer ours, and then it must not go.
///
/// # Faults
/// The database refuses it.
pub async fn enter(act: &mut Act, id: RowId, lease: Lease, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE outbox SET state = 'sending', leased_until = ?, changed_at = ?
             WHERE id = ? AND lease = ? AND state = 'waiting' AND leased_until > ?",
            &values![lease.until, now, id, lease.id, now],
        )
        .await?;
    Ok(n > 0)
}

/// How an attempt ended, for its row.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// Where the message stands now.
    pub state: State,
    /// What the server said.
    pub reply: &'a str,
    /// Why it was dropped.
    pub why: &'a str,
    /// When to try again.
    pub next_at: i64,
}

/// Ends an attempt of this lease. A message that was thought unclear meanwhile is clear again.
///
/// # Faults
/// The database refuses it.
pub async fn finish(
    act: &mut Act,
    (id, lease): (RowId, RowId),
    end: Ending<'_>,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "UPDATE outbox SET state = ?, reply = ?, why = ?, next_at = ?, leased_until = 0,
             changed_at = ?
         WHERE id = ? AND lease = ? AND state IN ('waiting', 'sending', 'unclear')",
        &values![
            end.state.as_str(),
            end.reply,
            end.why,
            end.next_at,
            now,
            id,
            lease
        ],
    )
    .await?;
    Ok(())
}

/// Gives a message back untried until a moment.
///
/// # Faults
/// The database refuses it.
pub async fn put_off(act: &mut Act, (id, lease): (RowId, RowId), until: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE outbox SET next_at = ?, leased_until = 0, n_attempts = n_attempts - 1
         WHERE id = ? AND lease = ? AND state = 'waiting'",
        &values![until, id, lease],
    )
    .await?;
    Ok(())
}

/// What a node left in the middle of its content, because it died, is unclear; returns how many.
///
/// # Faults
/// The database refuses it.
pub async fn mark_unclear(act: &mut Act, now: i64) -> Result<u64, Fault> {
    act.run(
        "UPDATE outbox SET state = 'unclear', changed_at = ?
         WHERE state = 'sending' AND leased_until <= ?",
        &values![now, now],
    )
    .await
}

/// Puts a message that ended badly back into the queue; false when it did not.
///
/// # Faults
/// The database refuses it.
pub async fn resend(act: &mut Act, agency: AgencyId, id: RowId, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE outbox SET state = 'waiting', lease = NULL, leased_until = 0, next_at = ?,
                 queued_at = ?, n_attempts = 0, changed_at = ?
             WHERE id = ? AND agency_id = ? AND state IN ('refused', 'given_up', 'unclear')",
            &values![now, now, now, id, agency],
        )
        .await?;
    act.touch("outbox");
    Ok(n > 0)
}

/// Ends a message that ended badly, as not to be sent any more; false when it did not.
///
/// # Faults
/// The database refuses it.
pub async fn settle(act: &mut Act, agency: AgencyId, id: RowId, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE outbox SET state = 'dropped', why = 'settled', lease = NULL, changed_at = ?
             WHERE id = ? AND agency_id = ? AND state IN ('refused', 'given_up', 'unclear')",
            &values![now, id, agency],
        )
        .await?;
    Ok(n > 0)
}

/// Takes a person's unsent messages of a kind out of the queue, because a new one will say what they
/// say; what is being tried just now stays.
///
/// # Faults
/// The database refuses it.
pub async fn join(
    act: &mut Act,
    account: AccountId,
    kind: &str,
    now: i64,
) -> Result<Vec<Message>, Fault> {
    let rows = act
        .rows(
            "UPDATE outbox SET state = 'dropped', why = 'joined', lease = NULL, changed_at = ?
             WHERE account_id = ? AND kind = ? AND state = 'waiting' AND leased_until <= ?
             RETURNING *",
            &values![now, account, kind, now],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Which people of an agency have unsent messages of a kind.
///
/// # Faults
/// The database does not answer.
pub async fn waiting_people(
    conn: &mut Conn,
    agency: AgencyId,
    kind: &str,
) -> Result<Vec<AccountId>, Fault> {
    let rows = conn
        .rows(
            "SELECT DISTINCT account_id FROM outbox
             WHERE agency_id = ? AND kind = ? AND state = 'waiting' ORDER BY account_id",
            &values![agency, kind],
        )
        .await?;
    rows.iter().map(|row| row.parse("account_id")).collect()
}

/// Takes a person's address out of the messages they were sent.
///
/// # Faults
/// The database refuses it.
pub async fn forget(act: &mut Act, account: AccountId) -> Result<(), Fault> {
    act.run(
        "UPDATE outbox SET address = '', reply = '' WHERE account_id = ?",
        &values![account],
    )
    .await?;
    Ok(())
}

/// Which messages a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What waits or went wrong.
    Open,
    /// What was sent or dropped.
    Past,
}

const OPEN: &str = "SELECT * FROM outbox
    WHERE agency_id = ? AND state IN ('waiting', 'sending', 'refused', 'given_up', 'unclear')
    ORDER BY CASE state WHEN 'unclear' THEN 0 WHEN 'refused' THEN 1 WHEN 'given_up' THEN 1 ELSE 2 END,
        created_at DESC, id LIMIT ? OFFSET ?";

const PAST: &str = "SELECT * FROM outbox
    WHERE agency_id = ? AND state IN ('sent', 'dropped')
    ORDER BY changed_at DESC, id LIMIT ? OFFSET ?";

/// One page of an agency's messages: what needs a person first.
///
/// # Faults
/// The database does not answer.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    shelf: Shelf,
    (limit, offset): (i64, i64),
) -> Result<Vec<Message>, Fault> {
    let sql = match shelf {
        Shelf::Open => OPEN,
        Shelf::Past => PAST,
    };
    let rows = conn.rows(sql, &values![agency, limit, offset]).await?;
    rows.iter().map(read).collect()
}

/// How many messages a shelf has.
///
/// # Faults
/// The database does not answer.
pub async fn count(conn: &mut Conn, agency: AgencyId, shelf: Shelf) -> Result<i64, Fault> {
    let sql = match shelf {
        Shelf::Open => {
            "SELECT COUNT(*) AS n FROM outbox
             WHERE agency_id = ? AND state IN ('waiting', 'sending', 'refused', 'given_up', 'unclear')"
        }
        Shelf::Past => {
            "SELECT COUNT(*) AS n FROM outbox WHERE agency_id = ? AND state IN ('sent', 'dropped')"
        }
    };
    conn.count(sql, &values![agency]).await
}

/// One message of an agency.
///
/// # Refusals
/// Not found.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: RowId) -> Result<Message, Error> {
    let row = conn
        .row(
            "SELECT * FROM outbox WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(&row)?)
}

/// The last attempt of an agency at which the server said no or nothing: when, and what.
///
/// # Faults
/// The database does not answer.
pub async fn last_trouble(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<Option<(i64, String)>, Fault> {
    let row = conn
        .maybe(
            "SELECT tried_at, reply FROM outbox
             WHERE agency_id = ? AND reply <> '' AND tried_at IS NOT NULL
                 AND state IN ('waiting', 'refused', 'given_up', 'unclear')
             ORDER BY tried_at DESC, id DESC LIMIT 1",
            &values![agency],
        )
        .await?;
    row.map(|row| Ok((row.int("tried_at")?, row.text("reply")?)))
        .transpose()
}

fn read(row: &Row) -> Result<Message, Fault> {
    let state = row.text("state")?;
    Ok(Message {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        account: row.parse("account_id")?,
        kind: row.text("kind")?,
        about: row.parse("about")?,
        state: State::parse(&state).ok_or_else(|| Fault::new(format!("no state {state}")))?,
        address: row.text("address")?,
        n_attempts: row.int("n_attempts")?,
        next_at: row.int("next_at")?,
        reply: row.text("reply")?,
        why: row.text("why")?,
        tried_at: row.maybe_int("tried_at")?,
        created_at: row.int("created_at")?,
        queued_at: row.int("queued_at")?,
    })
}
