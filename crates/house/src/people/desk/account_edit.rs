//! One account: adding it, changing it, keeping its person out or letting them in, and giving it
//! another first password.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::AccountId;
use base::{Actor, Error, Refusal, Role};
use http::StatusCode;
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use super::account_list::state_words;
use super::account_password;
use super::moment;
use crate::House;
use crate::people::account::{self, Account};
use crate::people::{account_acts, account_store, agency_store};

#[derive(Template)]
#[template(path = "people/desk/account_edit.html")]
struct AccountPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    units: Vec<Choice>,
    roles: Vec<Choice>,
    shown: Option<Shown>,
}

/// What is shown of an account beside its form.
struct Shown {
    href: String,
    state: &'static str,
    state_words: String,
    signed_in: String,
    is_active: bool,
    is_own: bool,
}

/// The empty form.
pub async fn blank(State(house): State<House>, by: By) -> Page {
    page(&house, &by, View::default()).await
}

/// Adds the account and shows its first password, once.
pub async fn add(State(house): State<House>, by: By, form: Form) -> Page {
    match account_acts::add(&house, by.actor(), &form).await {
        Ok(given) => account_password::show(&house, &by, given).await,
        Err(error) => again(&house, &by, View::default().of(form), error).await,
    }
}

/// The account as it is.
pub async fn show(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let account = find(&house, by.actor(), &id).await?;
    page(
        &house,
        &by,
        View::default().of(filled(&account)).at(account),
    )
    .await
}

/// Saves what was written.
pub async fn save(State(house): State<House>, by: By, Path(id): Path<String>, form: Form) -> Page {
    let account = find(&house, by.actor(), &id).await?;
    match account_acts::save(&house, by.actor(), account.id, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/accounts?done=account").into_response()),
        Err(error) => again(&house, &by, View::default().of(form).at(account), error).await,
    }
}

/// Keeps the person out, or lets them in again: the field `state` says which.
pub async fn suspend(
    State(house): State<House>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let account = find(&house, by.actor(), &id).await?;
    let done = if form.value("state") == "active" {
        "activated"
    } else {
        "suspended"
    };
    match account_acts::set_state(&house, by.actor(), account.id, &form).await {
        Ok(()) => {
            let to = format!("/desk/accounts/{}?done={done}", account.id);
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let view = View::default().of(filled(&account)).at(account);
            again(&house, &by, view, error).await
        }
    }
}

/// Gives the account another first password, ends its sessions and shows the password, once.
pub async fn reset(State(house): State<House>, by: By, Path(id): Path<String>) -> Page {
    let account = find(&house, by.actor(), &id).await?;
    match account_acts::reset(&house, by.actor(), account.id).await {
        Ok(given) => account_password::show(&house, &by, given).await,
        Err(error) => {
            let view = View::default().of(filled(&account)).at(account);
            again(&house, &by, view, error).await
        }
    }
}

async fn find(house: &House, actor: &Actor, id: &str) -> Result<Account, Error> {
    let id: AccountId = id.parse()?;
    let mut read = house.db.read().await?;
    account_store::find(&mut read, actor.agency, id).await
}

fn filled(account: &Account) -> Form {
    let fields = [
        ("email", account.email.clone()),
        ("name", account.name.clone()),
        ("pen_name", account.pen_name.clone()),
        ("job_title", account.job_title.clone()),
        (
            "unit",
            account
                .unit
                .map(|unit| unit.to_string())
                .unwrap_or_default(),
        ),
    ];
    let roles = account
        .roles
        .iter()
        .map(|role| ("roles", role.as_str().to_owned()));
    Form::filled(fields.into_iter().chain(roles))
}

/// What the page shows this time.
#[derive(Default)]
struct View {
    form: Form,
    account: Option<Account>,
    refusal: Option<Refusal>,
}

impl View {
    fn of(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    fn at(mut self, account: Account) -> Self {
        self.account = Some(account);
        self
    }
}

/// The page again with what was wrong, or the error page if the form cannot mend it.
async fn again(house: &House, by: &By, mut view: View, error: Error) -> Page {
    match error {
        Error::Refusal(refusal @ Refusal::Invalid(_)) => {
            view.refusal = Some(refusal);
            page(house, by, view).await
        }
        other => Err(other.into()),
    }
}

async fn page(house: &House, by: &By, view: View) -> Page {
    let mut read = house.db.read().await?;
    let units = agency_store::units(&mut read, by.actor().agency, house.today()).await?;
    drop(read);
    let frame = house.desk(by, "account-add").await?;
    let say = frame.say;
    let mut frame = frame
        .under(say.t("nav-accounts"), "/desk/accounts")
        .at("/desk/accounts/new");
    let mut choices = vec![Choice::new("", say.t("account-no-unit"))];
    choices.extend(
        units
            .into_iter()
            .filter(|unit| unit.is_open(house.today()))
            .map(|unit| Choice::new(unit.id, unit.name)),
    );
    let shown = view.account.map(|account| {
        let href = format!("/desk/accounts/{}", account.id);
        frame = frame.clone().titled(account.name.clone()).at(&href);
        Shown {
            href,
            state: account.state.as_str(),
            state_words: state_words(account.state, &say),
            signed_in: moment(account.signed_in_at, &say),
            is_active: account.state == account::State::Active,
            is_own: account.id == by.actor().account,
        }
    });
    let problems = view
        .refusal
        .as_ref()
        .map_or_else(Problems::none, |refusal| Problems::of(refusal, &say));
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let roles = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.as_str(), say.t(&format!("role-{}", role.as_str()))))
        .collect();
    let page = AccountPage {
        frame,
        form: view.form,
        problems,
        units: choices,
        roles,
        shown,
    };
    with_status(status, &page)
}
