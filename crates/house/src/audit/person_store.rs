//! The keys of what is personal in the log: made with a person's first entry, erased on request.

use std::collections::BTreeMap;

use base::Fault;
use base::id::AccountId;
use db::{Act, Conn, Row, values};
use serde_json::{Value, json};

use super::entry::{Doer, Entry, EntryRow};
use super::personal::{
    self, ERASED, KeyState, Opened, PersonKey, RANDOM_BYTES, change_persons, context, persons,
};

/// The keys of every person, for a walk over the whole log: by account.
pub type PersonKeys = BTreeMap<String, KeyState>;

/// The entry as it goes into the log: what is personal in it is sealed, each under its person's key.
///
/// # Faults
/// The database refuses a key, or the machine gives no randomness.
pub(super) async fn seal_persons(act: &mut Act, entry: &Entry) -> Result<Entry, Fault> {
    let id = entry.id.to_string();
    let mut sealed = entry.clone();
    if let Doer::Account { id: account, name } = &entry.actor {
        let account = account.to_string();
        let name = seal(act, (&id, &account, name), entry.at_ms).await?;
        if let Doer::Account { name: shown, .. } = &mut sealed.actor {
            *shown = name;
        }
    }
    let mut words = Vec::new();
    for (account, text) in persons(&entry.data) {
        words.push(seal(act, (&id, account, text), entry.at_ms).await?);
    }
    let mut words = words.into_iter();
    sealed.data = change_persons(sealed.data, &mut |of, _| {
        personal::personal(of, words.next().as_deref().unwrap_or(ERASED))
    });
    Ok(sealed)
}

async fn seal(
    act: &mut Act,
    (entry, account, text): (&str, &str, &str),
    now: i64,
) -> Result<String, Fault> {
    let KeyState::Kept(key) = key_of(act, account, now).await? else {
        return Ok(ERASED.to_owned());
    };
    let mut random = [0u8; RANDOM_BYTES];
    fill(&mut random)?;
    key.seal(&context(entry, account), &base::text::nfc(text), &random)
        .ok_or_else(|| Fault::new("what is personal in an entry cannot be sealed"))
}

fn fill(bytes: &mut [u8]) -> Result<(), Fault> {
    getrandom::fill(bytes).map_err(|e| Fault::new(format!("the machine gives no randomness: {e}")))
}

/// The person's key; made if this is the first time.
async fn key_of(act: &mut Act, account: &str, now: i64) -> Result<KeyState, Fault> {
    let sql = "SELECT * FROM audit_person_key WHERE account_id = ?";
    if let Some(row) = act.maybe(sql, &values![account]).await? {
        return read(&row);
    }
    let mut secret = [0u8; 32];
    fill(&mut secret)?;
    act.run(
        "INSERT INTO audit_person_key (account_id, secret, made_at) VALUES (?, ?, ?) \
         ON CONFLICT (account_id) DO NOTHING",
        &values![account, &secret, now],
    )
    .await?;
    // Another act may have been quicker; then its key is the one.
    let row = act.maybe(sql, &values![account]).await?;
    read(&row.ok_or_else(|| Fault::new("the key of a person was not kept"))?)
}

/// Erases a person's key: their words in the log can never be read again. False when there was none.
///
/// # Faults
/// The database refuses it.
pub async fn erase(act: &mut Act, account: AccountId, now: i64) -> Result<bool, Fault> {
    let n = act
        .run(
            "UPDATE audit_person_key SET secret = NULL, erased_at = ? \
             WHERE account_id = ? AND secret IS NOT NULL",
            &values![now, account],
        )
        .await?;
    Ok(n > 0)
}

/// When a person's words were erased, if they were.
///
/// # Faults
/// The database does not answer.
pub async fn erased_at(conn: &mut Conn, account: AccountId) -> Result<Option<i64>, Fault> {
    let sql = "SELECT erased_at FROM audit_person_key WHERE account_id = ?";
    match conn.maybe(sql, &values![account]).await? {
        Some(row) => row.maybe_int("erased_at"),
        None => Ok(None),
    }
}

/// The keys of every person.
///
/// # Faults
/// The database does not answer.
pub async fn all(conn: &mut Conn) -> Result<PersonKeys, Fault> {
    let rows = conn
        .rows("SELECT * FROM audit_person_key ORDER BY account_id", &[])
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("account_id")?, read(row)?)))
        .collect()
}

/// The keys of the people of one entry.
///
/// # Faults
/// The database does not answer.
pub async fn of_entry(conn: &mut Conn, entry: &EntryRow) -> Result<PersonKeys, Fault> {
    let mut keys = PersonKeys::new();
    for (account, _) in entry.persons() {
        if keys.contains_key(&account) {
            continue;
        }
        let sql = "SELECT * FROM audit_person_key WHERE account_id = ?";
        if let Some(row) = conn.maybe(sql, &values![account.as_str()]).await? {
            keys.insert(account, read(&row)?);
        }
    }
    Ok(keys)
}

/// The data of an entry as a reader may see them: what is personal is opened, or replaced by
/// `erased`.
pub fn open_data(entry: &EntryRow, keys: &PersonKeys, erased: &str) -> Value {
    let data: Value = serde_json::from_str(&entry.data).unwrap_or_default();
    change_persons(data, &mut |of, sealed| {
        let opened = keys.get(of).map_or(Opened::Damaged, |key| {
            key.open(&context(&entry.id, of), sealed)
        });
        match opened {
            Opened::Text(text) => json!(text),
            Opened::Erased => json!(erased),
            Opened::Damaged => json!("?"),
        }
    })
}

fn read(row: &Row) -> Result<KeyState, Fault> {
    match row.maybe_bytes("secret")? {
        None => Ok(KeyState::Erased),
        Some(bytes) => PersonKey::from_slice(&bytes)
            .map(KeyState::Kept)
            .ok_or_else(|| Fault::new("a person's key has not 32 bytes")),
    }
}
