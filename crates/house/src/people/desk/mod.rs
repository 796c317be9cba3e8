//! Staff pages of people: one file per page, its template beside it.

pub mod account_edit;
pub mod account_erase;
pub mod account_list;
mod account_password;
pub mod agency_edit;
pub mod language;
pub mod password_edit;
pub mod session_alive;
pub mod sign_in;
pub mod sign_out;
pub mod signer_edit;
pub mod unit_edit;
pub mod unit_list;
pub mod unit_merge;
pub mod unit_moves;
mod unit_preview;
pub mod unit_split;

use base::calendar::{date_line, date_line_en};
use base::{Refusal, Roles};
use jiff::Timestamp;
use jiff::civil::Date;
use web::{Form, Lang, Say};

/// Roles in words.
fn role_words(roles: Roles, say: &Say) -> String {
    let words: Vec<String> = roles
        .iter()
        .map(|role| say.t(&format!("role-{}", role.as_str())))
        .collect();
    words.join(", ")
}

/// A moment in words, or that there was none.
fn moment(at_ms: Option<i64>, say: &Say) -> String {
    match (
        at_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        say.lang,
    ) {
        (None, _) => say.t("account-never"),
        (Some(at), Lang::Vi) => date_line(at),
        (Some(at), Lang::En) => date_line_en(at),
    }
}

/// The day from which names hold: as typed, or today.
fn first_day(form: &Form, today: Date) -> Result<Date, Refusal> {
    let mut check = form.check();
    let day = check.date("valid_from");
    check.done()?;
    Ok(day.unwrap_or(today))
}

/// The refusals of several readers of one form as one, so that every problem is answered at once.
fn together<A, B>(a: Result<A, Refusal>, b: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Refusal::Invalid(mut first)), Err(Refusal::Invalid(second))) => {
            first.extend(second);
            Err(Refusal::Invalid(first))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}
