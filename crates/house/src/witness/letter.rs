//! The letter to administrators: the log is not the one that was signed before.

use base::Fault;
use base::id::RowId;

use super::alarm_store;
use crate::House;
use crate::outbox::{Composed, Letter, Line, Message, Part};
use crate::people::account::Account;

/// What the letter of an alarm says now; nothing once the alarm has been settled.
///
/// # Faults
/// The database does not answer.
pub async fn compose(
    house: &House,
    message: &Message,
    reader: &Account,
) -> Result<Composed, Fault> {
    let id = message.about.get("alarm").and_then(|id| id.as_str());
    let Some(id) = id.and_then(|id| id.parse::<RowId>().ok()) else {
        return Ok(Composed::Nothing("unknown"));
    };
    let mut read = house.db.read().await?;
    let alarm = match alarm_store::find(&mut read, id).await {
        Ok(alarm) if alarm.settled.is_none() => alarm,
        Ok(_) => return Ok(Composed::Nothing("done")),
        Err(base::Error::Refusal(_)) => return Ok(Composed::Nothing("unknown")),
        Err(base::Error::Fault(fault)) => return Err(fault),
    };
    let say = house.say(reader.lang);
    let kind = alarm.kind.as_str();
    Ok(Composed::Letter(Letter {
        subject: say.t("log-letter-subject"),
        greeting: say.t1("mail-greeting", "name", &reader.name),
        parts: vec![Part {
            heading: String::new(),
            lines: vec![Line {
                text: say.t(&format!("log-alarm-text-{kind}")),
                note: say.t("log-alarm-stopped"),
                href: format!("{}/desk/log/alarms/{id}", house.options.base_url),
            }],
        }],
        footer: vec![say.t("mail-footer")],
    }))
}
