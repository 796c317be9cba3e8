//! Choosing the language of one's desk.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use web::{By, Form, Lang, Page};

use crate::House;
use crate::people::account_store;

/// Saves the language and goes back.
pub async fn save(State(house): State<House>, by: By, form: Form) -> Page {
    let lang = Lang::of(form.value("lang"));
    let mut act = house.db.act().await?;
    account_store::save_language(&mut act, by.actor().account, lang).await?;
    act.commit().await?;
    let back = form.value("back");
    let is_local = back.starts_with("/desk") && !back.contains(['\\', '\r', '\n']);
    Ok(Redirect::to(if is_local { back } else { "/desk" }).into_response())
}
