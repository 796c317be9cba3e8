//! What is done on the page of a component beside its answer: evidence, questions, the verdict, the
//! appeal.

use axum::extract::{Path, State};
use base::id::RowId;
use base::text::{clean_line, clean_text};
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use editorial::channels::Proof;
use editorial::items::proof::link_key;
use rust_decimal::Decimal;
use web::{By, Form, Page};

use super::score_edit::{Place, after};
use crate::criteria::exact;
use crate::rounds::appraising;
use crate::rounds::entry::REASON_CHARS_MAX;
use crate::rounds::proving::{self, Brought};
use crate::rounds::scoring;

/// Keeps a new piece of evidence.
pub async fn bring(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let done = match brought(&form) {
        Ok(brought) => proving::bring(&editorial, by.actor(), place, &brought).await,
        Err(refusal) => Err(refusal.into()),
    };
    let done = (done.map(drop), "score-evidence");
    after(&editorial, &by, (place, form), done).await
}

fn brought(form: &Form) -> Result<Brought, Refusal> {
    let mut check = form.check();
    let title = check.required_line("evidence_title", 300);
    let link = check.line_of("link", 2_000);
    check.done()?;
    if !link.is_empty() && link_key(&link).is_none() {
        return Err(Refusal::at("link", "rounds-link-wrong"));
    }
    let proof = match form.upload("file") {
        None => None,
        Some(upload) => Some(Proof::of(&upload.name, &upload.bytes)?),
    };
    Ok(Brought { title, link, proof })
}

/// Attaches a piece that is kept already, or takes it off.
pub async fn attach(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let piece = form.value("piece").parse()?;
    let is_attached = !form.has("step", "detach");
    let done = proving::attach(&editorial, by.actor(), place, (piece, is_attached)).await;
    let word = match is_attached {
        true => "score-evidence",
        false => "score-detached",
    };
    after(&editorial, &by, (place, form), (done, word)).await
}

/// Accepts or reduces.
pub async fn appraise(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let (round, body, component) = place;
    let done = match form.has("step", "accept") {
        true => appraising::accept(&editorial, by.actor(), (round, body), &[component])
            .await
            .map(drop),
        false => match given(&form, ("points", "reason")) {
            Ok((points, reason)) => {
                let given = (points, reason.as_str());
                appraising::reduce(&editorial, by.actor(), place, given).await
            }
            Err(refusal) => Err(refusal.into()),
        },
    };
    after(&editorial, &by, (place, form), (done, "score-appraised")).await
}

/// Points and a reason; both problems at once.
fn given(
    form: &Form,
    (points, reason): (&'static str, &'static str),
) -> Result<(Decimal, String), Refusal> {
    let mut check = form.check();
    let typed = clean_line(form.value(points));
    let found = signed(&typed);
    if found.is_none() {
        check.add(Problem::at(points, "rounds-points-wrong").with("value", &typed));
    }
    let text = check.required_text(reason, REASON_CHARS_MAX);
    check.done()?;
    Ok((found.unwrap_or_default(), text))
}

/// Points as typed; below zero only for a penalty, which its bounds decide.
fn signed(text: &str) -> Option<Decimal> {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => exact::parse_points(rest).map(|points| -points),
        None => exact::parse_points(text),
    }
}

/// Asks the body.
pub async fn ask(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let done = match text(&form, "question") {
        Ok(question) => appraising::ask(&editorial, by.actor(), place, &question).await,
        Err(refusal) => Err(refusal.into()),
    };
    after(&editorial, &by, (place, form), (done, "score-asked")).await
}

/// Answers a question.
pub async fn reply(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let question: RowId = form.value("question").parse()?;
    let done = match text(&form, "reply") {
        Ok(reply) => scoring::answer(&editorial, by.actor(), place, (question, &reply)).await,
        Err(refusal) => Err(refusal.into()),
    };
    after(&editorial, &by, (place, form), (done, "score-replied")).await
}

fn text(form: &Form, name: &'static str) -> Result<String, Refusal> {
    let mut check = form.check();
    let text = check.required_text(name, REASON_CHARS_MAX);
    check.done()?;
    Ok(clean_text(&text))
}

/// Appeals.
pub async fn appeal(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let done: Result<(), Error> = match given(&form, ("asked", "appeal_reason")) {
        Ok((asked, reason)) => {
            appraising::appeal(&editorial, by.actor(), place, (asked, &reason)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    after(&editorial, &by, (place, form), (done, "score-appealed")).await
}

/// Answers an appeal.
pub async fn settle(
    State(editorial): State<Editorial>,
    by: By,
    Path(place): Path<Place>,
    form: Form,
) -> Page {
    let done: Result<(), Error> = match given(&form, ("settled", "answer")) {
        Ok((points, answer)) => {
            appraising::settle(&editorial, by.actor(), place, (points, &answer)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    after(&editorial, &by, (place, form), (done, "score-settled")).await
}
