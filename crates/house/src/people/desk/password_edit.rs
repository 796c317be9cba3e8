//! Choosing a new password.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, render, with_status};

use crate::House;
use crate::people::account_store::{self, NewPassword};
use crate::people::{password, sign_in};

#[derive(Template)]
#[template(path = "people/desk/password_edit.html")]
struct PasswordPage {
    frame: Frame,
    problems: Problems,
    must: bool,
    least: usize,
}

/// The empty form.
pub async fn show(State(house): State<House>, by: By) -> Page {
    let frame = house
        .desk(&by, "password-change")
        .await?
        .at("/desk/password");
    let must = by.signed_in.must_change_password;
    render(&PasswordPage {
        frame,
        problems: Problems::none(),
        must,
        least: password::CHARS_MIN,
    })
}

/// Saves the new password and ends the person's other sessions.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    match change(&house, &by, &form).await {
        Ok(()) => Ok(Redirect::to("/desk?done=password").into_response()),
        Err(Error::Refusal(refusal)) => {
            let frame = house
                .desk(&by, "password-change")
                .await?
                .at("/desk/password");
            let problems = Problems::of(&refusal, &frame.say);
            let must = by.signed_in.must_change_password;
            let page = PasswordPage {
                frame,
                problems,
                must,
                least: password::CHARS_MIN,
            };
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn change(house: &House, by: &By, form: &Form) -> Result<(), Error> {
    let actor = by.actor();
    let mut read = house.db.read().await?;
    let account = account_store::find(&mut read, actor.agency, actor.account).await?;
    drop(read);
    let mut problems = Vec::new();
    if !sign_in::is_password_of(house, &account, form.value("current")).await? {
        problems.push(Problem::at("current", "password-wrong"));
    }
    problems.extend(password::check(
        "new",
        form.value("new"),
        &[&account.email, &account.name],
    ));
    if form.value("new") != form.value("again") {
        problems.push(Problem::at("again", "password-differs"));
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    let hash = house.passwords.hash(form.value("new")).await?;
    let mut act = house.db.act().await?;
    let password = NewPassword {
        hash: &hash,
        must_change: false,
    };
    account_store::save_password(&mut act, account.id, password).await?;
    sign_in::end_sessions(&mut act, account.id, Some(&by.signed_in.session)).await?;
    let subject = Subject::new(SubjectKind::Account, account.id);
    house
        .record(&mut act, actor, "account.password", subject, json!({}))
        .await?;
    act.commit().await?;
    Ok(())
}
