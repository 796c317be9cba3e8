//! Entering a figure by hand: with a file or an address that proves it, or not at all.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ActivityId, UnitId};
use base::{Error, Refusal};
use db::Conn;
use http::StatusCode;
use web::{By, Choice, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, open, under_plan};
use crate::Editorial;
use crate::items::proof::Proof;
use crate::items::sent_file;
use crate::plan::activity::{Activity, PerUnit};
use crate::plan::board::Board;
use crate::plan::figure::{Allowed, Figure};
use crate::plan::rules::{Deed, On, may};
use crate::plan::tally_store::Scope;
use crate::plan::target::Target;
use crate::plan::{figuring, target_store};

#[derive(Template)]
#[template(path = "plan/desk/figure_new.html")]
struct FigureNewPage {
    frame: Frame,
    back: String,
    activity: String,
    form: Form,
    problems: Problems,
    targets: Vec<Choice>,
    units: Vec<Choice>,
    /// Name of a file that was kept when the form came with mistakes.
    kept_file: String,
}

/// What stands round the form.
struct Ground {
    board: Board,
    activity: Activity,
    targets: Vec<(i64, Target)>,
    units: Vec<UnitId>,
}

/// The empty form.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
) -> Page {
    let which = (id.as_str(), activity.parse()?);
    render(&page(&editorial, &by, which, (Form::default(), None)).await?)
}

/// Enters what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
    form: Form,
) -> Page {
    let which = (id.as_str(), activity.parse()?);
    let proof = match sent_file::proof(&editorial, &by, &form).await {
        Err(Error::Fault(fault)) => return Err(fault.into()),
        Err(Error::Refusal(refusal)) => Err(refusal),
        Ok(proof) => Ok(proof),
    };
    match enter(&editorial, &by, which, (&form, &proof)).await {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let proof = proof.ok().flatten();
            let form = sent_file::keep(&editorial, &by, form, proof.as_ref()).await?;
            let page = page(&editorial, &by, which, (form, Some(refusal))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn enter(
    editorial: &Editorial,
    by: &By,
    which: (&str, ActivityId),
    (form, proof): (&Form, &Result<Option<Proof>, Refusal>),
) -> Result<String, Error> {
    let mut read = editorial.db.read().await?;
    let ground = ground(editorial, &mut read, by, which).await?;
    drop(read);
    let allowed = Allowed {
        targets: &ground.targets,
        units: &ground.units,
        is_per_unit: ground.activity.details.per_unit != PerUnit::Together
            && ground.units.len() > 1,
        // A file that was refused is a file: its own problem is told, not that there is none.
        has_file: !matches!(proof, Ok(None)),
        today: editorial.today(),
    };
    let (figure, proof) = match (Figure::of(form, allowed), proof) {
        (Ok(figure), Ok(proof)) => (figure, proof),
        (Err(Refusal::Invalid(mut problems)), Err(Refusal::Invalid(more))) => {
            problems.extend(more.iter().cloned());
            return Err(Refusal::Invalid(problems).into());
        }
        (Err(refusal), _) => return Err(refusal.into()),
        (_, Err(refusal)) => return Err(refusal.clone().into()),
    };
    let (plan, activity) = (ground.board.plan.id, ground.activity.id);
    let place = (plan, activity);
    figuring::enter(editorial, by.actor(), place, &figure, proof.as_ref()).await?;
    Ok(format!(
        "{}/activities/{activity}?done=plan-figure-added",
        address(plan)
    ))
}

async fn ground(
    editorial: &Editorial,
    conn: &mut Conn,
    by: &By,
    (id, activity): (&str, ActivityId),
) -> Result<Ground, Error> {
    let plan = open(conn, by, id, Deed::See).await?;
    let scope = Scope::Activity(activity);
    let board = Board::load_scope(conn, plan, editorial.today(), scope).await?;
    let activity = board.activity(activity)?.clone();
    may(
        by.actor(),
        Deed::CountByHand,
        On::Activity(&board.plan, &activity),
    )?;
    let targets = target_store::of_activity(conn, activity.id).await?;
    let units = figuring::units_of(by.actor(), &board, &activity);
    Ok(Ground {
        board,
        activity,
        targets,
        units,
    })
}

async fn page(
    editorial: &Editorial,
    by: &By,
    which: (&str, ActivityId),
    (form, refusal): (Form, Option<Refusal>),
) -> Result<FigureNewPage, Error> {
    let mut read = editorial.db.read().await?;
    let ground = ground(editorial, &mut read, by, which).await?;
    let frame = editorial.desk(by, "plan-figure-new").await?;
    let title = frame.title.clone();
    let back = format!(
        "{}/activities/{}",
        address(ground.board.plan.id),
        ground.activity.id
    );
    let activity = ground.activity.details.title.clone();
    let frame = under_plan(frame, &ground.board.plan)
        .under(activity.clone(), back.clone())
        .titled(title);
    let say = frame.say;
    Ok(FigureNewPage {
        problems: refusal.map_or_else(Problems::none, |refusal| Problems::of(&refusal, &say)),
        targets: ground.targets.iter().map(target_choice).collect(),
        units: unit_choices(&ground, &say),
        kept_file: form.value("file_name").to_owned(),
        form,
        back,
        activity,
        frame,
    })
}

fn target_choice((no, target): &(i64, Target)) -> Choice {
    Choice::new(no, target.words())
}

fn unit_choices(ground: &Ground, say: &Say) -> Vec<Choice> {
    let named = ground.units.iter();
    let named: Vec<Choice> = named
        .map(|unit| Choice::new(unit, ground.board.unit_name(*unit)))
        .collect();
    if named.len() < 2 {
        return named;
    }
    let none = Choice::new("", say.t("plan-figure-unit-none"));
    std::iter::once(none).chain(named).collect()
}
