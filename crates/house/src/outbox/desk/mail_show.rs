//! One message: what is known of it, what it said if it lies in a folder, and what can be done when
//! it did not arrive.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::{Error, Refusal, Subject, SubjectKind};
use serde_json::json;
use web::{By, Frame, Page, render};

use super::{MessageRow, row};
use crate::House;
use crate::outbox::carrier::Way;
use crate::outbox::message::Message;
use crate::outbox::{folder, letter, outbox_store};

#[derive(Template)]
#[template(path = "outbox/desk/mail_show.html")]
struct MessagePage {
    frame: Frame,
    row: MessageRow,
    message_id: String,
    text: String,
}

/// The page.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<RowId>) -> Page {
    let frame = house.desk(&by, "mail-message").await?;
    let above = frame.t("nav-mail");
    let frame = frame.under(above, "/desk/mail").at("/desk/mail");
    let mut read = house.db.read().await?;
    let message = outbox_store::find(&mut read, by.actor().agency, id).await?;
    let row = row(&mut read, &message, &frame.say).await?;
    drop(read);
    let message_id = match house.mail.settings() {
        Some(settings) => letter::message_id(message.id, &settings.from),
        None => String::new(),
    };
    render(&MessagePage {
        frame,
        row,
        message_id,
        text: text(&house, &message).await?,
    })
}

/// What the letter said, if it lies in the folder. A link that opens without a password is not shown
/// to anybody but its receiver.
async fn text(house: &House, message: &Message) -> Result<String, Error> {
    let folder = house.mail.settings().map(|settings| &settings.way);
    match folder {
        Some(Way::Folder(folder)) if message.kind != "release" => {
            let bytes = folder::read(folder, message.id).await?;
            Ok(bytes
                .map(|bytes| letter::text_of(&bytes))
                .unwrap_or_default())
        }
        _ => Ok(String::new()),
    }
}

/// Puts a message that did not arrive, or may not have, back into the queue.
pub async fn resend(State(house): State<House>, by: By, Path(id): Path<RowId>) -> Page {
    let mut act = house.db.act().await?;
    let agency = by.actor().agency;
    let message = outbox_store::find(&mut act, agency, id).await?;
    let now = house.clock.now_ms();
    if !outbox_store::resend(&mut act, agency, id, now).await? {
        return Err(Refusal::because("mail-not-resendable").into());
    }
    record(&house, &mut act, &by, (&message, "mail.resend")).await?;
    act.commit().await?;
    Ok(Redirect::to(&format!("/desk/mail/{id}?done=mail-resent")).into_response())
}

/// Says of a message that did not arrive, or may not have, that it need not be sent.
pub async fn settle(State(house): State<House>, by: By, Path(id): Path<RowId>) -> Page {
    let mut act = house.db.act().await?;
    let agency = by.actor().agency;
    let message = outbox_store::find(&mut act, agency, id).await?;
    let now = house.clock.now_ms();
    if !outbox_store::settle(&mut act, agency, id, now).await? {
        return Err(Refusal::because("mail-not-resendable").into());
    }
    record(&house, &mut act, &by, (&message, "mail.settle")).await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/mail?done=mail-settled").into_response())
}

async fn record(
    house: &House,
    act: &mut db::Act,
    by: &By,
    (message, name): (&Message, &'static str),
) -> Result<(), Error> {
    let subject = Subject::new(SubjectKind::Account, message.account);
    let data = json!({"mail": message.id.to_string(), "was": message.state.as_str()});
    house.record(act, by.actor(), name, subject, data).await?;
    Ok(())
}
