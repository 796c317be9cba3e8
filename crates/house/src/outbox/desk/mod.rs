//! The administrator's pages of mail.

pub mod mail_list;
pub mod mail_show;

use base::Fault;
use base::calendar::{date_line, date_line_en};
use jiff::Timestamp;
use web::{Lang, Say};

use super::message::Message;
use crate::people::account_store;

/// A moment in words; empty for none.
fn moment(at_ms: Option<i64>, say: &Say) -> String {
    let at = at_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    match (at, say.lang) {
        (None, _) => String::new(),
        (Some(at), Lang::Vi) => date_line(at),
        (Some(at), Lang::En) => date_line_en(at),
    }
}

/// A message as pages show it.
struct MessageRow {
    id: String,
    kind: String,
    to: String,
    address: String,
    tag: &'static str,
    state: String,
    reply: String,
    why: String,
    n_attempts: i64,
    written: String,
    tried: String,
    next: String,
    may_be_resent: bool,
    is_unclear: bool,
}

async fn row(conn: &mut db::Conn, message: &Message, say: &Say) -> Result<MessageRow, Fault> {
    use super::message::State;
    let reader = account_store::maybe(conn, message.account).await?;
    let tag = match message.state {
        State::Sent => "done",
        State::Unclear | State::GivenUp => "at_risk",
        State::Refused => "late",
        State::Waiting | State::Sending | State::Dropped => "draft",
    };
    let is_waiting = message.state == State::Waiting && message.n_attempts > 0;
    Ok(MessageRow {
        id: message.id.to_string(),
        kind: say.t(&format!("mail-kind-{}", message.kind)),
        to: reader.map(|reader| reader.name).unwrap_or_default(),
        address: message.address.clone(),
        tag,
        state: say.t(&format!("mail-state-{}", message.state.as_str())),
        reply: message.reply.clone(),
        why: match message.why.as_str() {
            "" => String::new(),
            why => say.t(&format!("mail-why-{why}")),
        },
        n_attempts: message.n_attempts,
        written: moment(Some(message.created_at), say),
        tried: moment(message.tried_at, say),
        next: match is_waiting {
            true => moment(Some(message.next_at), say),
            false => String::new(),
        },
        may_be_resent: message.state.may_be_resent(),
        is_unclear: message.state == State::Unclear,
    })
}
