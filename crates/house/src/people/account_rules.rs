//! What an administrator may do to an account: pure rules.
//!
//! An agency always keeps one active administrator, because nobody else could let people in again;
//! and nobody acts on the account they sit in, because an unattended machine would be enough.

use base::{Actor, Refusal, Role};

use super::account::{Account, Details, State};

/// Whether an account may be saved with these details, while its agency has so many active
/// administrators.
///
/// # Refusals
/// `account-last-administrator` at the roles.
pub fn may_save(
    account: &Account,
    details: &Details,
    n_administrators: i64,
) -> Result<(), Refusal> {
    if is_last(account, n_administrators) && !details.roles.has(Role::Administrator) {
        return Err(Refusal::at("roles", "account-last-administrator"));
    }
    Ok(())
}

/// Whether an account may be brought into this state.
///
/// # Refusals
/// `account-self-suspend`, `account-last-administrator`.
pub fn may_set_state(
    actor: &Actor,
    account: &Account,
    state: State,
    n_administrators: i64,
) -> Result<(), Refusal> {
    if state == State::Active {
        return Ok(());
    }
    if actor.account == account.id {
        return Err(Refusal::because("account-self-suspend"));
    }
    if is_last(account, n_administrators) {
        return Err(Refusal::because("account-last-administrator"));
    }
    Ok(())
}

/// Whether the actor may give the account another first password.
///
/// # Refusals
/// `account-self-reset`: one's own password is changed by whoever knows it.
pub fn may_reset(actor: &Actor, account: &Account) -> Result<(), Refusal> {
    if actor.account == account.id {
        return Err(Refusal::because("account-self-reset"));
    }
    Ok(())
}

/// Whether the actor may have the person of an account forgotten.
///
/// # Refusals
/// `account-self-erase`, `account-last-administrator`.
pub fn may_erase(actor: &Actor, account: &Account, n_administrators: i64) -> Result<(), Refusal> {
    if actor.account == account.id {
        return Err(Refusal::because("account-self-erase"));
    }
    if is_last(account, n_administrators) {
        return Err(Refusal::because("account-last-administrator"));
    }
    Ok(())
}

fn is_last(account: &Account, n_administrators: i64) -> bool {
    let counts = account.state == State::Active && account.roles.has(Role::Administrator);
    counts && n_administrators <= 1
}

#[cfg(test)]
mod tests {
    use base::{Clock, Ids, Roles};
    use web::Lang;

    use super::*;

    fn account(roles: &[Role], state: State) -> Account {
        let (ids, clock) = (
            Ids::random(),
            Clock::manual("2023-03-06T09:41:00Z".parse().unwrap()),
        );
        Account {
            id: ids.next(&clock),
            agency: ids.next(&clock),
            unit: None,
            email: String::new(),
            name: String::new(),
            pen_name: String::new(),
            job_title: String::new(),
            lang: Lang::Vi,
            roles: Roles::of(roles),
            state,
            must_change_password: false,
            signed_in_at: None,
        }
    }

    fn details(roles: &[Role]) -> Details {
        Details {
            email: String::new(),
            name: String::new(),
            pen_name: String::new(),
            job_title: String::new(),
            unit: None,
            roles: Roles::of(roles),
        }
    }

    #[test]
    fn the_last_active_administrator_stays_one() {
        let last = account(&[Role::Administrator, Role::Writer], State::Active);
        let other = account(&[Role::Administrator], State::Active).actor();
        let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code());
        let refused = Some("account-last-administrator");
        assert_eq!(code(may_save(&last, &details(&[Role::Writer]), 1)), refused);
        assert_eq!(code(may_save(&last, &details(&[Role::Writer]), 2)), None);
        assert_eq!(
            code(may_save(&last, &details(&[Role::Administrator]), 1)),
            None
        );
        assert_eq!(
            code(may_set_state(&other, &last, State::Suspended, 1)),
            refused
        );
        assert_eq!(
            code(may_set_state(&other, &last, State::Suspended, 2)),
            None
        );
        let writer = account(&[Role::Writer], State::Active);
        assert_eq!(
            code(may_set_state(&other, &writer, State::Suspended, 1)),
            None
        );
        let gone = account(&[Role::Administrator], State::Suspended);
        assert_eq!(code(may_save(&gone, &details(&[Role::Writer]), 1)), None);
    }

    #[test]
    fn nobody_suspends_resets_or_erases_the_account_they_sit_in() {
        let own = account(&[Role::Administrator], State::Active);
        let actor = own.actor();
        assert!(may_set_state(&actor, &own, State::Suspended, 5).is_err());
        assert!(may_set_state(&actor, &own, State::Active, 5).is_ok());
        assert!(may_reset(&actor, &own).is_err());
        assert!(may_erase(&actor, &own, 5).is_err());
        let last = account(&[Role::Administrator], State::Active);
        assert!(may_erase(&actor, &last, 1).is_err());
        assert!(may_erase(&actor, &last, 2).is_ok());
        assert!(may_reset(&actor, &account(&[Role::Writer], State::Active)).is_ok());
    }
}
