//! Staying: a person at the machine says so, and the guard has already written it down.

use axum::response::IntoResponse;
use http::StatusCode;
use web::{By, Page};

/// Nothing more to do: looking the session up has kept it alive.
pub async fn save(_by: By) -> Page {
    Ok(StatusCode::NO_CONTENT.into_response())
}
