//! Sessions, known devices and failed sign-ins, in rows.
//!
//! Secrets are 256 random bits, kept by their SHA-256 only: a stolen table opens nothing.

use base::Fault;
use base::id::AccountId;
use db::{Act, Conn, values};
use sha2::{Digest, Sha256};

/// Forgets the machines on which a person has signed in.
pub async fn forget_devices(act: &mut Act, account: AccountId) -> Result<(), Fault> {
    act.run(
        "DELETE FROM known_device WHERE account_id = ?",
        &values![account],
    )
    .await?;
    Ok(())
}

/// A session as its row.
#[derive(Clone, Debug)]
pub struct Session {
    /// Hash of its secret.
    pub id_hash: String,
    /// Whose.
    pub account: AccountId,
    /// Last use, milliseconds since 1970.
    pub seen_at: i64,
    /// When it ends however busy it is.
    pub ends_at: i64,
}

/// A new secret, as 64 hexadecimal digits.
///
/// # Faults
/// The machine has no randomness.
pub fn new_secret() -> Result<String, Fault> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Fault::new(format!("no randomness: {error}")))?;
    Ok(hex::encode(bytes))
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The session of a secret, if there is one.
pub async fn maybe(conn: &mut Conn, secret: &str) -> Result<Option<Session>, Fault> {
    let row = conn
        .maybe(
            "SELECT * FROM session WHERE id_hash = ?",
            &values![hash(secret)],
        )
        .await?;
    row.map(|row| {
        Ok(Session {
            id_hash: row.text("id_hash")?,
            account: row.parse("account_id")?,
            seen_at: row.int("seen_at")?,
            ends_at: row.int("ends_at")?,
        })
    })
    .transpose()
}

/// Adds a session.
pub async fn add(act: &mut Act, session: &Session) -> Result<(), Fault> {
    act.run(
        "INSERT INTO session (id_hash, account_id, created_at, seen_at, ends_at)
         VALUES (?, ?, ?, ?, ?)",
        &values![
            &session.id_hash,
            session.account,
            session.seen_at,
            session.seen_at,
            session.ends_at
        ],
    )
    .await?;
    Ok(())
}

/// Remembers that a session was used.
pub async fn save_seen(act: &mut Act, id_hash: &str, now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE session SET seen_at = ? WHERE id_hash = ?",
        &values![now, id_hash],
    )
    .await?;
    Ok(())
}

/// Ends one session.
pub async fn delete(act: &mut Act, id_hash: &str) -> Result<(), Fault> {
    act.run("DELETE FROM session WHERE id_hash = ?", &values![id_hash])
        .await?;
    Ok(())
}

/// Ends all sessions of an account but one (or all).
pub async fn delete_of(act: &mut Act, account: AccountId, but: Option<&str>) -> Result<(), Fault> {
    act.run(
        "DELETE FROM session WHERE account_id = ? AND id_hash <> ?",
        &values![account, but.unwrap_or_default()],
    )
    .await?;
    Ok(())
}

/// Drops sessions that have ended.
pub async fn delete_ended(act: &mut Act, now: i64) -> Result<u64, Fault> {
    act.run("DELETE FROM session WHERE ends_at < ?", &values![now])
        .await
}

/// What is kept of a machine's secret: one row for each person who works at it.
fn device_hash(account: AccountId, secret: &str) -> String {
    hash(&format!("device {account} {secret}"))
}

/// Remembers a machine on which the person has signed in.
pub async fn add_device(
    act: &mut Act,
    account: AccountId,
    secret: &str,
    now: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO known_device (id_hash, account_id, created_at) VALUES (?, ?, ?)
         ON CONFLICT (id_hash) DO NOTHING",
        &values![device_hash(account, secret), account, now],
    )
    .await?;
    Ok(())
}

/// Whether the person has signed in on the machine that holds this secret.
pub async fn is_known_device(
    conn: &mut Conn,
    account: AccountId,
    secret: &str,
) -> Result<bool, Fault> {
    let n = conn
        .count(
            "SELECT COUNT(*) AS n FROM known_device WHERE id_hash = ? AND account_id = ?",
            &values![device_hash(account, secret), account],
        )
        .await?;
    Ok(n > 0)
}

/// Failures under a key, and when the last was.
pub async fn failures(conn: &mut Conn, key: &str) -> Result<(i64, i64), Fault> {
    let row = conn
        .maybe(
            "SELECT n_failures, last_at FROM sign_in_failure WHERE id = ?",
            &values![key],
        )
        .await?;
    match row {
        Some(row) => Ok((row.int("n_failures")?, row.int("last_at")?)),
        None => Ok((0, 0)),
    }
}

/// Counts one more failure under a key; failures older than `forget_before` no longer count.
pub async fn add_failure(
    act: &mut Act,
    key: &str,
    now: i64,
    forget_before: i64,
) -> Result<(), Fault> {
    act.run(
        "INSERT INTO sign_in_failure (id, n_failures, last_at) VALUES (?, 1, ?)
         ON CONFLICT (id) DO UPDATE SET
             n_failures = CASE WHEN sign_in_failure.last_at < ? THEN 1
                               ELSE sign_in_failure.n_failures + 1 END,
             last_at = excluded.last_at",
        &values![key, now, forget_before],
    )
    .await?;
    Ok(())
}

/// Forgets the failures under a key.
pub async fn delete_failures(act: &mut Act, key: &str) -> Result<(), Fault> {
    act.run("DELETE FROM sign_in_failure WHERE id = ?", &values![key])
        .await?;
    Ok(())
}
