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
    let back = web::desk_address(form.value("back")).unwrap_or("/desk");
    Ok(Redirect::to(back).into_response())
}
