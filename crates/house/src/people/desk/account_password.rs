//! A first password, shown once: it is kept nowhere but in the person's hands.

use askama::Template;
use web::{By, Frame, Page, render};

use crate::House;
use crate::people::account_acts::Given;

#[derive(Template)]
#[template(path = "people/desk/account_password.html")]
struct PasswordPage {
    frame: Frame,
    given: Given,
    href: String,
}

/// The answer to the form that made the password: no address leads here again.
pub(super) async fn show(house: &House, by: &By, given: Given) -> Page {
    let title = if given.is_new {
        "account-added"
    } else {
        "account-was-reset"
    };
    let frame = house.desk(by, title).await?.at("/desk/accounts");
    let accounts = frame.t("nav-accounts");
    let href = format!("/desk/accounts/{}", given.account);
    render(&PasswordPage {
        frame: frame.under(accounts, "/desk/accounts"),
        given,
        href,
    })
}
