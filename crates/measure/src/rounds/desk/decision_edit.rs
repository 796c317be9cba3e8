//! Entering the decision of a round, with its signed scan.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::RoundId;
use base::{Error, Refusal};
use editorial::Editorial;
use editorial::channels::Proof;
use web::{By, Failure, Form, Frame, Page, Problems, with_status};

use super::ranking_show::{PlaceRow, place_row, places};
use super::{address, problems, under_round};
use crate::rounds::deciding::{self, TypedDecision};
use crate::rounds::round_store;
use crate::rounds::rules::{Deed, may_run};

#[derive(Template)]
#[template(path = "rounds/desk/decision_edit.html")]
struct DecisionPage {
    frame: Frame,
    base: String,
    form: Form,
    problems: Problems,
    rows: Vec<PlaceRow>,
}

/// The form; once there is a decision, the round, which tells of it.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RoundId>) -> Page {
    match page(&editorial, &by, (id, Form::default(), None)).await {
        Err(Failure(Error::Refusal(Refusal::Forbidden("rounds-not-now")))) => {
            Ok(Redirect::to(&address(id)).into_response())
        }
        page => page,
    }
}

/// Enters the decision.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    match decide(&editorial, &by, id, &form).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=round-decided", address(id))).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (id, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn decide(editorial: &Editorial, by: &By, id: RoundId, form: &Form) -> Result<(), Error> {
    let scan = match form.upload("file") {
        None => None,
        Some(upload) => Some(Proof::of(&upload.name, &upload.bytes)?),
    };
    let typed = TypedDecision::of(form, scan.is_some(), editorial.today())?;
    let scan = scan.ok_or(Refusal::at("file", "rounds-scan-missing"))?;
    deciding::decide(editorial, by.actor(), id, (&typed, &scan)).await
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, form, refusal): (RoundId, Form, Option<Refusal>),
) -> Page {
    let mut read = editorial.db.read().await?;
    let round = round_store::find(&mut read, by.actor().agency, id).await?;
    if !may_run(by.actor(), Deed::Decide, round.phase, round.runner()) {
        return Err(Refusal::Forbidden("rounds-not-now").into());
    }
    let (round, places) = places(&mut read, round).await?;
    drop(read);
    let frame = editorial.desk(by, "rounds-decision-enter").await?;
    let frame = under_round(frame, &round);
    let say = frame.say;
    let (problems, status) = problems(refusal.as_ref(), &say);
    let page = DecisionPage {
        base: address(id),
        rows: places
            .iter()
            .map(|placed| place_row(placed, &say))
            .collect(),
        form,
        problems,
        frame,
    };
    with_status(status, &page)
}
