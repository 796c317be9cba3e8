//! The accounts of the agency.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use base::id::UnitId;
use base::limits::PAGE_ROWS;
use serde::Deserialize;
use web::{By, Frame, Page, Pager, Say, render};

use super::{moment, role_words};
use crate::House;
use crate::people::account::{self, Account};
use crate::people::{account_store, agency_store};

#[derive(Template)]
#[template(path = "people/desk/account_list.html")]
struct AccountsPage {
    frame: Frame,
    rows: Vec<AccountRow>,
    pager: Pager,
    count: String,
}

/// An account as its row of the list.
struct AccountRow {
    href: String,
    name: String,
    job_title: String,
    email: String,
    unit: String,
    roles: String,
    state: &'static str,
    state_words: String,
    signed_in: String,
}

/// Which page, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    page: Option<i64>,
}

/// One page of the list, by given name.
pub async fn show(State(house): State<House>, by: By, Query(wish): Query<Wish>) -> Page {
    let agency = by.actor().agency;
    let mut read = house.db.read().await?;
    let total = account_store::count(&mut read, agency).await?;
    let pager = Pager::new(wish.page.unwrap_or(1), total, PAGE_ROWS, "/desk/accounts");
    let offset = (pager.page - 1) * PAGE_ROWS;
    let accounts = account_store::list(&mut read, agency, PAGE_ROWS, offset).await?;
    let units: HashMap<UnitId, String> = agency_store::units(&mut read, agency, house.today())
        .await?
        .into_iter()
        .map(|unit| (unit.id, unit.short_name))
        .collect();
    drop(read);
    let frame = house.desk(&by, "nav-accounts").await?.at("/desk/accounts");
    let rows = accounts
        .into_iter()
        .map(|account| row(account, &units, &frame.say))
        .collect();
    let count = frame.say.n("account-count", total);
    render(&AccountsPage {
        frame,
        rows,
        pager,
        count,
    })
}

fn row(account: Account, units: &HashMap<UnitId, String>, say: &Say) -> AccountRow {
    AccountRow {
        href: format!("/desk/accounts/{}", account.id),
        unit: account
            .unit
            .and_then(|unit| units.get(&unit).cloned())
            .unwrap_or_default(),
        roles: role_words(account.roles, say),
        state: account.state.as_str(),
        state_words: state_words(account.state, say),
        signed_in: moment(account.signed_in_at, say),
        name: account.name,
        job_title: account.job_title,
        email: account.email,
    }
}

/// A state in words.
pub(super) fn state_words(state: account::State, say: &Say) -> String {
    match state {
        account::State::Active => say.t("account-state-active"),
        account::State::Suspended => say.t("account-state-suspended"),
    }
}
