//! What people were told of, what they chose, and the addresses of calendars, in rows.

use std::collections::HashMap;

use base::id::{AccountId, AgencyId, RowId, UnitId};
use base::{Error, Fault};
use db::{Act, Conn, Row, values};
use jiff::civil::Date;

use super::owed::{Choice, Ledger, Mail};

/// The highest urgency with which each person of an agency was told of each thing.
///
/// # Faults
/// The database does not answer.
pub async fn ledger(conn: &mut Conn, agency: AgencyId, since: Date) -> Result<Ledger, Fault> {
    let rows = conn
        .rows(
            "SELECT reminder.account_id, reminder.about, reminder.due,
                 MAX(reminder.urgency) AS urgency
             FROM reminder JOIN account ON account.id = reminder.account_id
             WHERE account.agency_id = ? AND reminder.due >= ?
             GROUP BY reminder.account_id, reminder.about, reminder.due",
            &values![agency, since.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let key = (
                row.parse("account_id")?,
                row.text("about")?,
                row.parse("due")?,
            );
            Ok((key, row.int("urgency")?))
        })
        .collect()
}

/// Remembers of what a letter tells its reader.
///
/// # Faults
/// The database refuses it.
pub async fn remember(
    act: &mut Act,
    (person, letter): (AccountId, RowId),
    mail: &Mail,
    today: Date,
) -> Result<(), Fault> {
    for told in &mail.told {
        act.run(
            "INSERT INTO reminder (account_id, about, due, urgency, told_on, outbox_id)
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, about, due, urgency) DO NOTHING",
            &values![
                person,
                &told.about,
                told.due.to_string(),
                told.urgency,
                today.to_string(),
                letter
            ],
        )
        .await?;
    }
    Ok(())
}

/// Begins the reminders of a day; false when they have been written, here or by another node.
///
/// # Faults
/// The database refuses it.
pub async fn begin_day(
    act: &mut Act,
    agency: AgencyId,
    day: Date,
    now: i64,
) -> Result<bool, Fault> {
    let n = act
        .run(
            "INSERT INTO reminder_day (agency_id, day, written_at) VALUES (?, ?, ?)
             ON CONFLICT (agency_id, day) DO NOTHING",
            &values![agency, day.to_string(), now],
        )
        .await?;
    Ok(n > 0)
}

/// Whether the reminders of a day have been written.
///
/// # Faults
/// The database does not answer.
pub async fn is_written(conn: &mut Conn, agency: AgencyId, day: Date) -> Result<bool, Fault> {
    let n = conn
        .count(
            "SELECT COUNT(*) AS n FROM reminder_day WHERE agency_id = ? AND day = ?",
            &values![agency, day.to_string()],
        )
        .await?;
    Ok(n > 0)
}

/// What the people of an agency chose.
///
/// # Faults
/// The database does not answer.
pub async fn choices(
    conn: &mut Conn,
    agency: AgencyId,
) -> Result<HashMap<AccountId, Choice>, Fault> {
    let rows = conn
        .rows(
            "SELECT reminder_choice.account_id, reminder_choice.mail
             FROM reminder_choice JOIN account ON account.id = reminder_choice.account_id
             WHERE account.agency_id = ?",
            &values![agency],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let choice = Choice::parse(&row.text("mail")?).unwrap_or_default();
            Ok((row.parse("account_id")?, choice))
        })
        .collect()
}

/// Chooses which mail a person gets.
///
/// # Faults
/// The database refuses it.
pub async fn choose(act: &mut Act, person: AccountId, choice: Choice) -> Result<(), Fault> {
    act.run(
        "INSERT INTO reminder_choice (account_id, mail) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET mail = excluded.mail",
        &values![person, choice.as_str()],
    )
    .await?;
    Ok(())
}

/// An address under which a calendar program reads what is due.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its id.
    pub id: RowId,
    /// Whose agency.
    pub agency: AgencyId,
    /// Who made it.
    pub account: AccountId,
    /// The unit it shows; the person's own debts when none.
    pub unit: Option<UnitId>,
    /// When it was made.
    pub made_at: i64,
    /// When a program last read it.
    pub read_at: Option<i64>,
}

/// Makes an address; only the hash of its secret is kept.
///
/// # Faults
/// The database refuses it.
pub async fn add_feed(act: &mut Act, feed: &Feed, secret_hash: &str) -> Result<(), Fault> {
    act.run(
        "INSERT INTO calendar_feed (id, agency_id, account_id, unit_id, secret_hash, made_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        &values![
            feed.id,
            feed.agency,
            feed.account,
            feed.unit,
            secret_hash,
            feed.made_at
        ],
    )
    .await?;
    Ok(())
}

/// The addresses that a person made and has not revoked.
///
/// # Faults
/// The database does not answer.
pub async fn feeds(conn: &mut Conn, person: AccountId) -> Result<Vec<Feed>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM calendar_feed WHERE account_id = ? AND revoked_at IS NULL
             ORDER BY made_at, id",
            &values![person],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The address of a secret.
///
/// # Refusals
/// Not found, also when it was revoked.
pub async fn find_feed(conn: &mut Conn, secret_hash: &str) -> Result<Feed, Error> {
    let row = conn
        .row(
            "SELECT * FROM calendar_feed WHERE secret_hash = ? AND revoked_at IS NULL",
            &values![secret_hash],
        )
        .await?;
    Ok(read(&row)?)
}

/// Revokes an address of a person; false when there was none.
///
/// # Faults
/// The database refuses it.
pub async fn revoke_feed(
    act: &mut Act,
    person: AccountId,
    id: RowId,
    now: i64,
) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE calendar_feed SET revoked_at = ?
             WHERE id = ? AND account_id = ? AND revoked_at IS NULL",
            &values![now, id, person],
        )
        .await?;
    Ok(n > 0)
}

/// Remembers that a program read an address.
///
/// # Faults
/// The database refuses it.
pub async fn save_read(act: &mut Act, id: RowId, now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE calendar_feed SET read_at = ? WHERE id = ?",
        &values![now, id],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Feed, Fault> {
    Ok(Feed {
        id: row.parse("id")?,
        agency: row.parse("agency_id")?,
        account: row.parse("account_id")?,
        unit: row.maybe_parse("unit_id")?,
        made_at: row.int("made_at")?,
        read_at: row.maybe_int("read_at")?,
    })
}
