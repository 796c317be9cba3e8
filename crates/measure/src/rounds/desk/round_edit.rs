//! The days of a round's phases, and how it counts.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::RoundId;
use base::{Error, Refusal};
use editorial::Editorial;
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use super::{address, problems, under_round};
use crate::rounds::phase::Phase;
use crate::rounds::ranking::classes_text;
use crate::rounds::round::{Details, Round, day_fields};
use crate::rounds::rules::{Deed, may_run};
use crate::rounds::{round_store, running};

#[derive(Template)]
#[template(path = "rounds/desk/round_edit.html")]
struct EditPage {
    frame: Frame,
    base: String,
    form: Form,
    problems: Problems,
    phases: Vec<PhaseFields>,
    surveys: Vec<Choice>,
    /// Whether only the days may still change.
    is_laid_out: bool,
}

struct PhaseFields {
    name: String,
    from: &'static str,
    to: &'static str,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<RoundId>) -> Page {
    let round = find(&editorial, &by, id).await?;
    let form = Form::filled(fields(&round));
    page(&editorial, &by, (round, form, None)).await
}

async fn find(editorial: &Editorial, by: &By, id: RoundId) -> Result<Round, Error> {
    let mut read = editorial.db.read().await?;
    round_store::find(&mut read, by.actor().agency, id).await
}

fn fields(round: &Round) -> Vec<(&'static str, String)> {
    let survey = match round.is_surveyed {
        true => "made",
        false => "none",
    };
    let mut fields = vec![
        ("title", round.title.clone()),
        ("survey", survey.to_owned()),
        ("classes", classes_text(&round.classes)),
    ];
    for stretch in &round.stretches {
        let (from, to) = day_fields(stretch.phase);
        fields.push((from, stretch.from.map(date_short).unwrap_or_default()));
        fields.push((to, stretch.to.map(date_short).unwrap_or_default()));
    }
    fields
}

/// Saves it.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<RoundId>,
    form: Form,
) -> Page {
    let saved = match Details::of(&form) {
        Ok(details) => running::save(&editorial, by.actor(), id, &details).await,
        Err(refusal) => Err(refusal.into()),
    };
    match saved {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=round-saved", address(id))).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let round = find(&editorial, &by, id).await?;
            page(&editorial, &by, (round, form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (round, form, refusal): (Round, Form, Option<Refusal>),
) -> Page {
    let (actor, runner) = (by.actor(), round.runner());
    if !may_run(actor, Deed::Date, round.phase, runner) {
        return Err(Refusal::Forbidden("rounds-not-now").into());
    }
    let frame = under_round(editorial.desk(by, "rounds-edit").await?, &round);
    let say = frame.say;
    let phase = |phase: Phase| {
        let (from, to) = day_fields(phase);
        PhaseFields {
            name: say.t(&format!("rounds-phase-{}", phase.as_str())),
            from,
            to,
        }
    };
    let dated = Phase::ALL.into_iter().filter(|phase| phase.is_dated());
    let (problems, status) = problems(refusal.as_ref(), &say);
    let page = EditPage {
        base: address(round.id),
        phases: dated.map(phase).collect(),
        surveys: vec![
            Choice::new("made", say.t("rounds-survey-made")),
            Choice::new("none", say.t("rounds-survey-none")),
        ],
        is_laid_out: !may_run(actor, Deed::LayOut, round.phase, runner),
        form,
        problems,
        frame,
    };
    with_status(status, &page)
}
