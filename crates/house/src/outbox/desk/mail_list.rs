//! Mail as the administrator sees it: how it leaves, a letter to oneself, what did not arrive.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RowId;
use base::limits::PAGE_ROWS;
use base::{Subject, SubjectKind};
use serde::Deserialize;
use serde_json::json;
use web::{By, Frame, Page, Pager, Say, render};

use super::{MessageRow, moment, row};
use crate::House;
use crate::outbox::carrier::{Mail, Way};
use crate::outbox::message::NewMessage;
use crate::outbox::outbox_store::{self, Shelf};
use crate::outbox::{TEST, post};

#[derive(Template)]
#[template(path = "outbox/desk/mail_list.html")]
struct MailPage {
    frame: Frame,
    settings: Vec<(String, String)>,
    trouble: Option<String>,
    is_past: bool,
    rows: Vec<MessageRow>,
    pager: Pager,
}

/// Which page of which shelf, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    page: Option<i64>,
    shelf: Option<String>,
}

/// The page.
pub async fn show(State(house): State<House>, by: By, Query(wish): Query<Wish>) -> Page {
    let agency = by.actor().agency;
    let frame = house.desk(&by, "nav-mail").await?;
    let frame = frame.at("/desk/mail");
    let is_past = wish.shelf.as_deref() == Some("past");
    let (shelf, base) = match is_past {
        true => (Shelf::Past, "/desk/mail?shelf=past"),
        false => (Shelf::Open, "/desk/mail"),
    };
    let mut read = house.db.read().await?;
    let total = outbox_store::count(&mut read, agency, shelf).await?;
    let pager = Pager::new(wish.page.unwrap_or(1), total, PAGE_ROWS, base);
    let window = (PAGE_ROWS, (pager.page - 1) * PAGE_ROWS);
    let messages = outbox_store::list(&mut read, agency, shelf, window).await?;
    let mut rows = Vec::with_capacity(messages.len());
    for message in &messages {
        rows.push(row(&mut read, message, &frame.say).await?);
    }
    let trouble = outbox_store::last_trouble(&mut read, agency).await?;
    drop(read);
    let say = frame.say;
    render(&MailPage {
        settings: settings(&house.mail, &say),
        trouble: trouble.map(|(at, reply)| {
            let when = moment(Some(at), &say);
            say.t2("mail-trouble", ("when", &when), ("reply", &reply))
        }),
        is_past,
        rows,
        pager,
        frame,
    })
}

/// What the operator chose, as terms and their values; never the password.
fn settings(mail: &Mail, say: &Say) -> Vec<(String, String)> {
    let Some(settings) = mail.settings() else {
        return Vec::new();
    };
    let mut lines = vec![(say.t("mail-from"), settings.from.to_string())];
    match &settings.way {
        Way::Folder(folder) => lines.push((say.t("mail-folder"), folder.display().to_string())),
        Way::Server(server) => {
            lines.push((
                say.t("mail-server"),
                format!("{}:{}", server.host, server.port),
            ));
            let tls = say.t(&format!("mail-tls-{}", server.tls.as_str()));
            lines.push((say.t("mail-tls"), tls));
            let user = match &server.user {
                Some((user, _)) => user.clone(),
                None => say.t("mail-user-none"),
            };
            lines.push((say.t("mail-user"), user));
        }
    }
    lines
}

/// Writes a letter to the person who pressed.
pub async fn test(State(house): State<House>, by: By) -> Page {
    let actor = by.actor();
    let id: RowId = house.ids.next(&house.clock);
    let new = NewMessage {
        id,
        agency: actor.agency,
        account: actor.account,
        kind: TEST,
        about: json!({}),
        once: format!("test/{id}"),
    };
    let mut act = house.db.act().await?;
    post(&house, &mut act, &new).await?;
    let subject = Subject::new(SubjectKind::Account, actor.account);
    let data = json!({"mail": id.to_string()});
    house
        .record(&mut act, actor, "mail.test", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/mail?done=mail-test").into_response())
}
