//! Withdrawing a figure that was entered by hand, with the reason.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::{ActivityId, ItemId};
use base::text::number::whole;
use base::{Error, Refusal};
use http::StatusCode;
use web::{By, Form, Frame, Page, Problems, render, with_status};

use super::{address, open, under_plan};
use crate::Editorial;
use crate::plan::figure;
use crate::plan::rules::{Deed, On, may};
use crate::plan::{activity_store, figure_store, figuring};

#[derive(Template)]
#[template(path = "plan/desk/figure_withdraw.html")]
struct FigureWithdrawPage {
    frame: Frame,
    back: String,
    words: String,
    form: Form,
    problems: Problems,
}

/// The form that asks why.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity, item)): Path<(String, String, String)>,
) -> Page {
    let which = (id.as_str(), activity.parse()?, item.parse()?);
    render(&page(&editorial, &by, which, (Form::default(), None)).await?)
}

/// Withdraws the figure.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity, item)): Path<(String, String, String)>,
    form: Form,
) -> Page {
    let which: (&str, ActivityId, ItemId) = (id.as_str(), activity.parse()?, item.parse()?);
    match withdraw(&editorial, &by, which, &form).await {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let page = page(&editorial, &by, which, (form, Some(refusal))).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(
    editorial: &Editorial,
    by: &By,
    (id, activity, item): (&str, ActivityId, ItemId),
    form: &Form,
) -> Result<String, Error> {
    let why = figure::reason(form)?;
    let plan = id.parse()?;
    figuring::withdraw(editorial, by.actor(), (plan, activity), item, &why).await?;
    Ok(format!(
        "{}/activities/{activity}?done=plan-figure-withdrawn",
        address(plan)
    ))
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, activity, item): (&str, ActivityId, ItemId),
    (form, refusal): (Form, Option<Refusal>),
) -> Result<FigureWithdrawPage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let all = activity_store::list(&mut read, plan.id).await?;
    let activity = all
        .into_iter()
        .find(|found| found.id == activity)
        .ok_or(Refusal::NotFound)?;
    may(
        by.actor(),
        Deed::CountByHand,
        On::Activity(&plan, &activity),
    )?;
    let found = figure_store::find(&mut read, activity.id, item).await?;
    let frame = editorial.desk(by, "plan-figure-withdraw").await?;
    let title = frame.title.clone();
    let back = format!("{}/activities/{}", address(plan.id), activity.id);
    let frame = under_plan(frame, &plan)
        .under(activity.details.title, back.clone())
        .titled(title);
    let (number, day) = (whole(found.number), date_short(found.day));
    Ok(FigureWithdrawPage {
        problems: refusal.map_or_else(Problems::none, |refusal| Problems::of(&refusal, &frame.say)),
        words: format!("{} · {number} {} · {day}", found.title, found.unit),
        back,
        form,
        frame,
    })
}
