//! Staff pages of rounds: one file per page, its template beside it.

pub mod body_show;
pub mod decision_edit;
pub mod duty_edit;
pub mod ranking_show;
pub mod risk_show;
pub mod round_edit;
pub mod round_list;
pub mod round_show;
pub mod score_acts;
pub mod score_edit;
mod score_view;
pub mod survey_edit;

use axum::body::Body as Bytes;
use axum::response::Response;
use base::calendar::{date_line, date_line_en};
use base::id::{RoundBodyId, RoundId};
use base::{Actor, Refusal, Role};
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use rust_decimal::Decimal;
use web::{Frame, Lang, Problems, Say};

use super::entry::Counted;
use super::round::{Body, Round};
use crate::criteria::exact;

pub use risk_show::{RiskRow, risk_rows};

/// Where a round is.
pub(super) fn address(id: RoundId) -> String {
    format!("/desk/rounds/{id}")
}

/// Where a body of a round is.
pub(super) fn body_address(round: RoundId, body: RoundBodyId) -> String {
    format!("/desk/rounds/{round}/bodies/{body}")
}

/// Points as the reader's language writes them.
pub(super) fn points(value: Decimal, say: &Say) -> String {
    exact::shown(value, say.lang)
}

/// What a component counts for, in words.
fn counted(value: Counted, say: &Say) -> String {
    match value {
        Counted::Open => String::new(),
        Counted::Absent => say.t("rounds-absent"),
        Counted::Points(value) => points(value, say),
    }
}

/// A moment in the reader's language.
fn moment(ms: i64, say: &Say) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or_default();
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

/// The frame of a page below a round.
fn under_round(frame: Frame, round: &Round) -> Frame {
    let list = frame.t("nav-rounds");
    frame
        .under(list, "/desk/rounds")
        .under(round.title.clone(), address(round.id))
        .at("/desk/rounds")
}

/// The problems of a page that was refused, and its status.
fn problems(refusal: Option<&Refusal>, say: &Say) -> (Problems, StatusCode) {
    match refusal {
        None => (Problems::none(), StatusCode::OK),
        Some(refusal) => (Problems::of(refusal, say), StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// Whether a person belongs to the agency that runs a round.
fn runs(actor: &Actor, round: &Round) -> bool {
    actor.agency == round.agency
}

/// Whether a person reads what a body says: its own people always; those who run the round too, but
/// an appraiser only what was submitted.
fn may_read(actor: &Actor, round: &Round, body: &Body) -> Result<(), Refusal> {
    let others = [Role::Officer, Role::Head, Role::Director, Role::Clerk];
    let is_only_appraiser = !others.iter().any(|role| actor.is(*role));
    if runs(actor, round) {
        return match is_only_appraiser && body.submitted.is_none() {
            true => Err(Refusal::Forbidden("rounds-not-submitted")),
            false => Ok(()),
        };
    }
    match body.whose.is_own(actor, round.runner()) {
        true => Ok(()),
        false => Err(Refusal::NotFound),
    }
}

/// An answer that the browser saves under a name of plain letters.
pub(super) fn download(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let mut answer = Response::new(Bytes::from(bytes));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    answer
}
