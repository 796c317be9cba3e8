//! The way to the newest plan that the public may see.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::Refusal;
use web::{Page, Public};

use crate::Editorial;
use crate::plan::plan_store;

/// Goes to the page of the newest year.
///
/// # Refusals
/// Not found: no plan is public.
pub async fn show(State(editorial): State<Editorial>, public: Public) -> Page {
    let mut read = editorial.db.read().await?;
    let agency = house::people::agency_store::of_host(&mut read, "").await?;
    let years = plan_store::public_years(&mut read, agency).await?;
    let year = years.first().ok_or(Refusal::NotFound)?;
    let to = format!("{}/ke-hoach/{year}", public.lang.prefix());
    Ok(Redirect::to(&to).into_response())
}
