//! What an administrator does to accounts, each in one transaction with its entry in the log.

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Refusal, Role, Subject, SubjectKind};
use db::{Act, Conn};
use serde_json::{Value, json};
use web::Form;

use super::account::{Account, Details, State};
use super::account_store::{self, NewPassword};
use super::agency::Unit;
use super::{account_rules, agency_store, first_password, sign_in};
use crate::House;
use crate::audit::personal;

/// A first password and whose it is: shown once, kept nowhere.
pub(crate) struct Given {
    /// The account.
    pub account: AccountId,
    /// Whose it is.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The password.
    pub password: String,
    /// Whether the account is new too.
    pub is_new: bool,
}

/// Adds the account of a form, with a first password.
///
/// # Refusals
/// What [`Details::of`] finds; a unit of another agency; `account-email-taken`.
pub(crate) async fn add(house: &House, actor: &Actor, form: &Form) -> Result<Given, Error> {
    let details = Details::of(form)?;
    let password = first_password::new()?;
    let hash = house.passwords.hash(&password).await?;
    let id: AccountId = house.ids.next(&house.clock);
    let mut act = house.db.act().await?;
    check_unit(house, &mut act, actor, details.unit).await?;
    let new = NewPassword {
        hash: &hash,
        must_change: true,
    };
    let now = house.clock.now_ms();
    account_store::add(&mut act, id, actor.agency, &details, new, now).await?;
    let data = told(id, &details);
    record(house, &mut act, actor, ("account.add", id, data)).await?;
    act.commit().await?;
    Ok(Given {
        account: id,
        name: details.name,
        email: details.email,
        password,
        is_new: true,
    })
}

/// Saves what a form says of an account.
///
/// # Refusals
/// As for [`add`]; `account-last-administrator`.
pub(crate) async fn save(
    house: &House,
    actor: &Actor,
    id: AccountId,
    form: &Form,
) -> Result<(), Error> {
    let details = Details::of(form)?;
    let mut act = house.db.act().await?;
    let (account, n) = hold(&mut act, actor, id).await?;
    account_rules::may_save(&account, &details, n)?;
    check_unit(house, &mut act, actor, details.unit).await?;
    account_store::save(&mut act, id, &details).await?;
    let data = told(id, &details);
    record(house, &mut act, actor, ("account.save", id, data)).await?;
    act.commit().await?;
    Ok(())
}

/// Keeps a person out and ends their sessions, or lets them in: the field `state` says which.
///
/// # Refusals
/// What [`account_rules::may_set_state`] refuses; another state.
pub(crate) async fn set_state(
    house: &House,
    actor: &Actor,
    id: AccountId,
    form: &Form,
) -> Result<(), Error> {
    let state =
        State::parse(form.value("state")).ok_or_else(|| Refusal::because("field-choice"))?;
    let mut act = house.db.act().await?;
    let (account, n) = hold(&mut act, actor, id).await?;
    account_rules::may_set_state(actor, &account, state, n)?;
    account_store::save_state(&mut act, id, state).await?;
    if state == State::Suspended {
        sign_in::end_sessions(&mut act, id, None).await?;
    }
    let data = json!({ "state": state.as_str() });
    record(house, &mut act, actor, ("account.suspend", id, data)).await?;
    act.commit().await?;
    Ok(())
}

/// Gives an account another first password and ends its sessions.
///
/// # Refusals
/// What [`account_rules::may_reset`] refuses.
pub(crate) async fn reset(house: &House, actor: &Actor, id: AccountId) -> Result<Given, Error> {
    let password = first_password::new()?;
    let hash = house.passwords.hash(&password).await?;
    let mut act = house.db.act().await?;
    let account = account_store::find(&mut act, actor.agency, id).await?;
    account_rules::may_reset(actor, &account)?;
    let new = NewPassword {
        hash: &hash,
        must_change: true,
    };
    account_store::save_password(&mut act, id, new).await?;
    sign_in::end_sessions(&mut act, id, None).await?;
    record(house, &mut act, actor, ("account.reset", id, json!({}))).await?;
    act.commit().await?;
    Ok(Given {
        account: id,
        name: account.name,
        email: account.email,
        password,
        is_new: false,
    })
}

/// The account and the number of active administrators, which nobody else changes until the act
/// ends: two administrators who suspend each other at the same moment must not both succeed.
pub(super) async fn hold(
    act: &mut Act,
    actor: &Actor,
    id: AccountId,
) -> Result<(Account, i64), Error> {
    agency_store::hold(act, actor.agency).await?;
    let account = account_store::find(act, actor.agency, id).await?;
    let n = account_store::count_administrators(act, actor.agency).await?;
    Ok((account, n))
}

async fn check_unit(
    house: &House,
    conn: &mut Conn,
    actor: &Actor,
    unit: Option<UnitId>,
) -> Result<(), Error> {
    let Some(unit) = unit else { return Ok(()) };
    let units = agency_store::units(conn, actor.agency, house.today()).await?;
    let is_open = |known: &Unit| known.id == unit && known.is_open(house.today());
    if units.iter().any(is_open) {
        return Ok(());
    }
    Err(Refusal::at("unit", "field-choice").into())
}

async fn record(
    house: &House,
    act: &mut Act,
    actor: &Actor,
    (name, id, data): (&'static str, AccountId, Value),
) -> Result<(), Error> {
    house
        .record(
            act,
            actor,
            name,
            Subject::new(SubjectKind::Account, id),
            data,
        )
        .await?;
    Ok(())
}

/// What the log keeps of an account's details: rights, and the address under the person's own key.
fn told(id: AccountId, details: &Details) -> Value {
    let roles: Vec<&str> = details.roles.iter().map(Role::as_str).collect();
    let email = personal(id, &details.email);
    json!({ "email": email, "roles": roles, "unit": details.unit })
}
