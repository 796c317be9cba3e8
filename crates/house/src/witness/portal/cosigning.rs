//! The door at which other houses ask us to cosign (C2SP tlog-witness): the submission prefix is
//! `/api/v1/log`.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use base::Refusal;
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use web::Page;

use super::{SECONDS, answer};
use crate::House;
use crate::witness::request::Turned;
use crate::witness::serving::{self, Reply};
use crate::witness::witness_store;

const TEXT: &str = "text/plain; charset=utf-8";
const SIZE: &str = "text/x.tlog.size";

/// `POST /api/v1/log/add-checkpoint`: the statuses are those of the specification.
pub async fn add_checkpoint(State(house): State<House>, body: String) -> Page {
    let (status, kind, text) = match serving::add_checkpoint(&house, &body).await? {
        Reply::Cosigned(line) => (StatusCode::OK, TEXT, line),
        Reply::Unknown => (StatusCode::NOT_FOUND, TEXT, String::new()),
        Reply::Turned(Turned::Conflict(size)) => (StatusCode::CONFLICT, SIZE, format!("{size}\n")),
        Reply::Turned(turned) => {
            let status = StatusCode::from_u16(turned.status());
            (status.unwrap_or(StatusCode::FORBIDDEN), TEXT, String::new())
        }
    };
    let mut answer = (status, text).into_response();
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // What is malformed is said by the status alone, not by a page for people.
    Ok(answer)
}

/// Whose log.
#[derive(Debug, Default, Deserialize)]
pub struct Whose {
    #[serde(default)]
    origin: String,
}

/// `GET /api/v1/log/witnessed?origin=`: the checkpoint that we cosigned last of a log, for its owner
/// and for anybody else who wants to know whether that log is still the one we saw.
///
/// # Refusals
/// Not found: we have cosigned nothing of it.
pub async fn witnessed(State(house): State<House>, Query(whose): Query<Whose>) -> Page {
    let mut read = house.db.read().await?;
    let log = witness_store::log_of(&mut read, &whose.origin).await?;
    let note = log.map(|log| log.note).filter(|note| !note.is_empty());
    Ok(answer(TEXT, SECONDS, note.ok_or(Refusal::NotFound)?))
}
