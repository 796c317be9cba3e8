//! Forgetting the person of an account on request, with a reason.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::AccountId;
use base::{Error, Refusal};
use http::StatusCode;
use web::{By, Form, Frame, Page, Problems, with_status};

use crate::House;
use crate::people::{account_store, erasing};

#[derive(Template)]
#[template(path = "people/desk/account_erase.html")]
struct ErasePage {
    frame: Frame,
    form: Form,
    problems: Problems,
    name: String,
    href: String,
}

/// What will happen, and the form.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<AccountId>) -> Page {
    page(&house, &by, (id, Form::default(), None)).await
}

/// Forgets the person.
pub async fn save(
    State(house): State<House>,
    by: By,
    Path(id): Path<AccountId>,
    form: Form,
) -> Page {
    match erasing::erase(&house, by.actor(), id, &form).await {
        Ok(()) => {
            let to = format!("/desk/accounts/{id}?done=account-erased");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&house, &by, (id, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    house: &House,
    by: &By,
    (id, form, refusal): (AccountId, Form, Option<Refusal>),
) -> Page {
    let mut read = house.db.read().await?;
    let account = account_store::find(&mut read, by.actor().agency, id).await?;
    drop(read);
    let frame = house.desk(by, "account-erase").await?;
    let href = format!("/desk/accounts/{id}");
    let list = frame.t("nav-accounts");
    let frame = frame
        .under(list, "/desk/accounts")
        .under(account.name.clone(), href.clone())
        .at("/desk/accounts");
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &frame.say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(
        status,
        &ErasePage {
            frame,
            form,
            problems,
            name: account.name,
            href,
        },
    )
}
