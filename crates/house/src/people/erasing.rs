//! Forgetting a person on request: what is personal of them becomes unreadable in the log by erasing
//! their key, and their account keeps only that it was theirs.
//!
//! What stays: that an account with this id acted, when and on what, because the agency must be able
//! to prove its acts; and what the person published under a pen name, which is the agency's.
//! Source: Decree 13/2023/NĐ-CP, the right of a person to have their data erased.

use base::id::AccountId;
use base::limits::TEXT_CHARS_MAX;
use base::{Actor, Error, Refusal, Subject, SubjectKind};
use serde_json::json;
use web::{Form, Lang};

use super::account_store::{self, Erased};
use super::{account_acts, account_rules, session_store, sign_in};
use crate::House;
use crate::audit::person_store;

/// A reason shorter than this says nothing.
const REASON_CHARS_MIN: usize = 10;

/// Forgets the person of an account, with the reason of the form.
///
/// # Refusals
/// `account-reason-short`, `account-is-erased`, what [`account_rules::may_erase`] refuses; not found.
pub(crate) async fn erase(
    house: &House,
    actor: &Actor,
    id: AccountId,
    form: &Form,
) -> Result<(), Error> {
    let mut check = form.check();
    let reason = check.required_text("reason", TEXT_CHARS_MAX);
    check.done()?;
    if reason.chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::at("reason", "account-reason-short").into());
    }
    let now = house.clock.now_ms();
    let mut act = house.db.act().await?;
    let (account, n_administrators) = account_acts::hold(&mut act, actor, id).await?;
    account_rules::may_erase(actor, &account, n_administrators)?;
    if person_store::erased_at(&mut act, id).await?.is_some() {
        return Err(Refusal::because("account-is-erased").into());
    }
    let data = json!({ "reason": reason });
    let subject = Subject::new(SubjectKind::Account, id);
    house
        .record(&mut act, actor, "account.erase", subject, data)
        .await?;
    let erased = Erased {
        name: house.say(Lang::Vi).t("account-erased-name"),
        email: format!("{id}@erased.invalid"),
    };
    account_store::erase(&mut act, id, &erased).await?;
    sign_in::end_sessions(&mut act, id, None).await?;
    session_store::forget_devices(&mut act, id).await?;
    house.forget_person(&mut act, id, now).await?;
    act.commit().await?;
    Ok(())
}
