//! Ban hành: recording the issue of a plan, taking one as issued, mending what was recorded.

use askama::Template;
use axum::extract::{Path, State};
use base::{Error, Refusal, Role};
use web::{By, Form, Frame, Page, Problems, with_status};

use super::{address, open, or_life, plan_life, scan_link, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::life::rules::{Step, may};
use crate::plan::life::{issuing, life_store};
use crate::plan::plan::{Plan, PlanState};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_issue.html")]
struct PlanIssuePage {
    frame: Frame,
    base: String,
    lead: String,
    form: Form,
    problems: Problems,
    scan: Option<(String, String, String)>,
    needs_scan: bool,
    needs_all: bool,
}

/// What the form does, by the plan's state: the step, its title, its lead, the word when done.
fn what(plan: &Plan) -> (Step, &'static str, &'static str, &'static str) {
    match plan.details.state {
        PlanState::Draft => (Step::Adopt, "life-adopt", "life-adopt-lead", "life-adopted"),
        PlanState::Issued | PlanState::Closed => (
            Step::Correct,
            "life-correct",
            "life-correct-lead",
            "life-corrected",
        ),
        _ => (Step::Issue, "life-issue", "life-issue-lead", "life-issued"),
    }
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    or_life(page(&editorial, &by, &id).await, &id)
}

/// Records what was signed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let (done, word) = record(&editorial, &by, &id, &form).await?;
    match done {
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(&editorial, &by, &id).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.form = form;
            with_status(status, &page)
        }
        done => plan_life::answer(&editorial, &by, &id, (form, done, word)).await,
    }
}

async fn record(
    editorial: &Editorial,
    by: &By,
    id: &str,
    form: &Form,
) -> Result<(Result<(), Error>, &'static str), Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    drop(read);
    let (step, _, _, word) = what(&plan);
    let taking = taking(editorial, by, id)?;
    let done = match step {
        Step::Adopt => issuing::adopt(taking, form).await,
        Step::Correct => issuing::correct(taking, form).await,
        _ => issuing::issue(taking, form).await,
    };
    Ok((done, word))
}

async fn page(editorial: &Editorial, by: &By, id: &str) -> Result<PlanIssuePage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let (step, title, lead, _) = what(&plan);
    if let Err(refusal) = may(by.actor(), step, &plan, editorial.today()) {
        // Who could have issued it finds that it is issued by now.
        may(by.actor(), Step::Issue, &plan, editorial.today())?;
        return Err(refusal.into());
    }
    if plan.details.state == PlanState::Amendment {
        return Err(Refusal::NotFound.into());
    }
    let known = (plan.details.number.clone(), plan.details.issued_on);
    let signed = life_store::signed(&mut read, plan.id, known).await?;
    let frame = editorial.desk(by, "life-issue").await?;
    let (title, lead) = (frame.t(title), frame.t(lead));
    Ok(PlanIssuePage {
        frame: under_plan(frame, &plan).titled(title),
        base: address(plan.id),
        lead,
        form: Form::filled(signed.form()),
        problems: Problems::none(),
        scan: scan_link(signed.scan.as_ref()),
        needs_scan: step == Step::Issue && !by.actor().is(Role::Director),
        needs_all: step == Step::Issue,
    })
}
