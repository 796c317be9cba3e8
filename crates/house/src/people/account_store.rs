//! Accounts and their roles, in rows.

use base::id::{AccountId, AgencyId, UnitId};
use base::text::person_sort_key_hex;
use base::{Error, Fault, Refusal, Role, Roles};
use db::{Act, Conn, Row, values};
use web::Lang;

use super::account::{Account, Details, State};

/// The account with this id, in this agency.
pub async fn find(conn: &mut Conn, agency: AgencyId, id: AccountId) -> Result<Account, Error> {
    let row = conn
        .row(
            "SELECT * FROM account WHERE id = ? AND agency_id = ?",
            &values![id, agency],
        )
        .await?;
    Ok(read(conn, &row).await?)
}

/// The account with this id, whatever its agency: for sessions.
pub async fn maybe(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, Fault> {
    let row = conn
        .maybe("SELECT * FROM account WHERE id = ?", &values![id])
        .await?;
    match row {
        Some(row) => Ok(Some(read(conn, &row).await?)),
        None => Ok(None),
    }
}

/// The account that signs in with this address, and its password hash.
pub async fn maybe_by_email(
    conn: &mut Conn,
    email: &str,
) -> Result<Option<(Account, String)>, Fault> {
    let row = conn
        .maybe("SELECT * FROM account WHERE email = ?", &values![email])
        .await?;
    match row {
        Some(row) => Ok(Some((read(conn, &row).await?, row.text("password_hash")?))),
        None => Ok(None),
    }
}

/// One page of an agency's accounts, by given name.
pub async fn list(
    conn: &mut Conn,
    agency: AgencyId,
    limit: i64,
    offset: i64,
) -> Result<Vec<Account>, Fault> {
    let rows = conn
        .rows(
            "SELECT * FROM account WHERE agency_id = ? ORDER BY sort_key, id LIMIT ? OFFSET ?",
            &values![agency, limit, offset],
        )
        .await?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in &rows {
        accounts.push(read(conn, row).await?);
    }
    Ok(accounts)
}

/// How many accounts an agency has.
pub async fn count(conn: &mut Conn, agency: AgencyId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM account WHERE agency_id = ?",
        &values![agency],
    )
    .await
}

/// How many active administrators an agency has.
pub async fn count_administrators(conn: &mut Conn, agency: AgencyId) -> Result<i64, Fault> {
    conn.count(
        "SELECT COUNT(*) AS n FROM account JOIN account_role ON account_role.account_id = account.id
         WHERE agency_id = ? AND role = ? AND state = 'active'",
        &values![agency, Role::Administrator],
    )
    .await
}

/// That an active person holds a role: one row for each role of each person.
#[derive(Clone, Copy, Debug)]
pub struct Holder {
    /// The person.
    pub account: AccountId,
    /// Their unit, if any.
    pub unit: Option<UnitId>,
    /// The role.
    pub role: Role,
}

/// Who of an agency may sign in, with each of their roles.
pub async fn holders(conn: &mut Conn, agency: AgencyId) -> Result<Vec<Holder>, Fault> {
    let rows = conn
        .rows(
            "SELECT account.id, account.unit_id, account_role.role
             FROM account JOIN account_role ON account_role.account_id = account.id
             WHERE account.agency_id = ? AND account.state = 'active'
             ORDER BY account.sort_key, account.id",
            &values![agency],
        )
        .await?;
    let mut holders = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(role) = Role::parse(&row.text("role")?) {
            holders.push(Holder {
                account: row.parse("id")?,
                unit: row.maybe_parse("unit_id")?,
                role,
            });
        }
    }
    Ok(holders)
}

/// Adds an account with its roles.
///
/// # Refusals
/// `account-email-taken` when the address signs somebody else in.
pub async fn add(
    act: &mut Act,
    id: AccountId,
    agency: AgencyId,
    details: &Details,
    password: NewPassword<'_>,
    now: i64,
) -> Result<(), Error> {
    refuse_taken(act, &details.email, id).await?;
    act.run(
        "INSERT INTO account (id, agency_id, unit_id, email, name, pen_name, sort_key, job_title,
             password_hash, must_change_password, state, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', ?)",
        &values![
            id,
            agency,
            details.unit,
            &details.email,
            &details.name,
            &details.pen_name,
            person_sort_key_hex(&details.name),
            &details.job_title,
            password.hash,
            password.must_change,
            now,
        ],
    )
    .await?;
    save_roles(act, id, details.roles).await?;
    Ok(())
}

/// A password's hash, and whether the person must choose another at once.
#[derive(Clone, Copy, Debug)]
pub struct NewPassword<'a> {
    /// The PHC string.
    pub hash: &'a str,
    /// Whether it was made by somebody else.
    pub must_change: bool,
}

/// Saves what an administrator wrote.
///
/// # Refusals
/// `account-email-taken`.
pub async fn save(act: &mut Act, id: AccountId, details: &Details) -> Result<(), Error> {
    refuse_taken(act, &details.email, id).await?;
    act.run(
        "UPDATE account SET unit_id = ?, email = ?, name = ?, pen_name = ?, sort_key = ?,
             job_title = ? WHERE id = ?",
        &values![
            details.unit,
            &details.email,
            &details.name,
            &details.pen_name,
            person_sort_key_hex(&details.name),
            &details.job_title,
            id,
        ],
    )
    .await?;
    save_roles(act, id, details.roles).await?;
    Ok(())
}

/// Lets a person in or keeps them out.
pub async fn save_state(act: &mut Act, id: AccountId, state: State) -> Result<(), Fault> {
    act.run(
        "UPDATE account SET state = ? WHERE id = ?",
        &values![state.as_str(), id],
    )
    .await?;
    Ok(())
}

/// Gives the account another password.
pub async fn save_password(
    act: &mut Act,
    id: AccountId,
    password: NewPassword<'_>,
) -> Result<(), Fault> {
    act.run(
        "UPDATE account SET password_hash = ?, must_change_password = ? WHERE id = ?",
        &values![password.hash, password.must_change, id],
    )
    .await?;
    Ok(())
}

/// What is left in the row of a person who was forgotten.
#[derive(Clone, Debug)]
pub struct Erased {
    /// What stands where the name was.
    pub name: String,
    /// An address at which nobody can be reached and nobody signs in.
    pub email: String,
}

/// Takes everything personal out of a row and keeps its person out.
pub async fn erase(act: &mut Act, id: AccountId, erased: &Erased) -> Result<(), Fault> {
    act.run(
        "UPDATE account SET email = ?, name = ?, pen_name = '', job_title = '', sort_key = ?,
             password_hash = '', state = 'suspended' WHERE id = ?",
        &values![
            &erased.email,
            &erased.name,
            person_sort_key_hex(&erased.name),
            id
        ],
    )
    .await?;
    save_roles(act, id, Roles::default()).await
}

/// Chooses the language of the person's desk.
pub async fn save_language(act: &mut Act, id: AccountId, lang: Lang) -> Result<(), Fault> {
    act.run(
        "UPDATE account SET language = ? WHERE id = ?",
        &values![lang.as_str(), id],
    )
    .await?;
    Ok(())
}

/// Remembers a sign-in.
pub async fn save_signed_in(act: &mut Act, id: AccountId, now: i64) -> Result<(), Fault> {
    act.run(
        "UPDATE account SET signed_in_at = ? WHERE id = ?",
        &values![now, id],
    )
    .await?;
    Ok(())
}

/// The roles of an account.
pub async fn roles(conn: &mut Conn, id: AccountId) -> Result<Roles, Fault> {
    let rows = conn
        .rows(
            "SELECT role FROM account_role WHERE account_id = ?",
            &values![id],
        )
        .await?;
    let mut roles = Vec::with_capacity(rows.len());
    for row in &rows {
        roles.extend(Role::parse(&row.text("role")?));
    }
    Ok(Roles::of(&roles))
}

async fn save_roles(act: &mut Act, id: AccountId, roles: Roles) -> Result<(), Fault> {
    act.run(
        "DELETE FROM account_role WHERE account_id = ?",
        &values![id],
    )
    .await?;
    for role in roles.iter() {
        act.run(
            "INSERT INTO account_role (account_id, role) VALUES (?, ?)",
            &values![id, role],
        )
        .await?;
    }
    Ok(())
}

async fn refuse_taken(act: &mut Act, email: &str, id: AccountId) -> Result<(), Error> {
    let taken = act
        .count(
            "SELECT COUNT(*) AS n FROM account WHERE email = ? AND id <> ?",
            &values![email, id],
        )
        .await?;
    if taken > 0 {
        return Err(Refusal::at("email", "account-email-taken").into());
    }
    Ok(())
}

async fn read(conn: &mut Conn, row: &Row) -> Result<Account, Fault> {
    let id: AccountId = row.parse("id")?;
    Ok(Account {
        id,
        agency: row.parse("agency_id")?,
        unit: row.maybe_parse("unit_id")?,
        email: row.text("email")?,
        name: row.text("name")?,
        pen_name: row.text("pen_name")?,
        job_title: row.text("job_title")?,
        lang: Lang::of(&row.text("language")?),
        roles: roles(conn, id).await?,
        state: State::parse(&row.text("state")?).unwrap_or(State::Suspended),
        must_change_password: row.flag("must_change_password")?,
        signed_in_at: row.maybe_int("signed_in_at")?,
    })
}
