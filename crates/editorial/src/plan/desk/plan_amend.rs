//! An amendment: what it changes, old against new; recording its decision, or dropping it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::RowId;
use base::{Error, Problem, Refusal, Role};
use db::Conn;
use jiff::civil::Date;
use web::{By, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, open, plan_life, scan_link, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::life::amendment::{Amendment, AmendmentState};
use crate::plan::life::difference::{Difference, differences};
use crate::plan::life::difference_words::{DifferenceLine, lines};
use crate::plan::life::rules::{Step, may};
use crate::plan::life::{amending, amendment_store, life_store};
use crate::plan::plan::Plan;
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_amend.html")]
struct PlanAmendPage {
    frame: Frame,
    here: String,
    state: &'static str,
    state_words: String,
    reason: String,
    decision: Option<Decision>,
    differences: Vec<DifferenceLine>,
    /// The working copy, while it is written.
    copy: Option<String>,
    in_the_way: Problems,
    form: Form,
    problems: Problems,
    needs_scan: bool,
    can_write: bool,
    can_decide: bool,
    can_drop: bool,
}

struct Decision {
    number: String,
    day: String,
    signer: String,
    scan: Option<(String, String, String)>,
    baseline: String,
}

/// What an amendment is called: its decision once it has one.
pub(super) fn name(amendment: &Amendment, say: &Say) -> String {
    let signed = &amendment.signed;
    match signed.day {
        Some(day) => say.with(
            "life-amendment-by",
            &[("number", &signed.number), ("day", &date_short(day))],
        ),
        None => say.t1("life-amendment-no", "no", amendment.no),
    }
}

/// Begins an amendment; leads to its working copy.
pub async fn open_new(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match amending::open(taking(&editorial, &by, &id)?, &form).await {
        Ok(copy) => {
            let to = format!("{}?done=life-opened", address(copy));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let typed = (form, Err(error), "");
            plan_life::answer(&editorial, &by, &id, typed).await
        }
    }
}

/// The page.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, amendment)): Path<(String, RowId)>,
) -> Page {
    render(&page(&editorial, &by, (&id, amendment)).await?)
}

/// Records its decision.
pub async fn decide(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, amendment)): Path<(String, RowId)>,
    form: Form,
) -> Page {
    match amending::decide(taking(&editorial, &by, &id)?, amendment, &form).await {
        Ok(()) => {
            let to = format!("/desk/plans/{id}/amendments/{amendment}?done=life-decided");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(&editorial, &by, (&id, amendment)).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.form = form;
            with_status(status, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Drops it.
pub async fn drop_it(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, amendment)): Path<(String, RowId)>,
) -> Page {
    let done = amending::drop(taking(&editorial, &by, &id)?, amendment).await;
    let typed = (Form::default(), done, "life-dropped");
    plan_life::answer(&editorial, &by, &id, typed).await
}

/// What an amendment changes, or would change.
struct Seen {
    differences: Vec<Difference>,
    kept_back: Vec<Problem>,
    baseline: String,
}

async fn seen(
    conn: &mut Conn,
    plan: &Plan,
    amendment: &Amendment,
    today: Date,
) -> Result<Seen, Error> {
    if amendment.state == AmendmentState::Open {
        let proposal = amending::proposal(conn, plan, amendment, today).await?;
        return Ok(Seen {
            differences: proposal.differences,
            kept_back: proposal.kept_back,
            baseline: String::new(),
        });
    }
    let all = life_store::baselines(conn, plan.id).await?;
    let at = |no: i64| all.iter().find(|found| found.no == no);
    let pair = amendment
        .baseline_no
        .and_then(|no| Some((at(no - 1)?, at(no)?)));
    Ok(Seen {
        differences: pair.map_or_else(Vec::new, |(before, after)| {
            differences(&before.tree, &after.tree)
        }),
        kept_back: Vec::new(),
        baseline: pair
            .map(|(_, after)| after.sha256.clone())
            .unwrap_or_default(),
    })
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, amendment): (&str, RowId),
) -> Result<PlanAmendPage, Error> {
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    let amendment = amendment_store::find(&mut read, plan.id, amendment).await?;
    let seen = seen(&mut read, &plan, &amendment, today).await?;
    let frame = editorial.desk(by, "life-amendment").await?;
    let say = frame.say;
    let base = address(plan.id);
    let frame = under_plan(frame, &plan)
        .titled(name(&amendment, &say))
        .under(say.t("life-title"), format!("{base}/life"));
    let is_open = amendment.state == AmendmentState::Open;
    let step = |step| is_open && may(by.actor(), step, &plan, today).is_ok();
    let (state, key) = match amendment.state {
        AmendmentState::Open => ("submitted", "life-amendment-open"),
        AmendmentState::InForce => ("done", "life-amendment-in-force"),
        AmendmentState::Dropped => ("draft", "life-amendment-dropped"),
    };
    let in_the_way = if seen.kept_back.is_empty() {
        Problems::none()
    } else {
        Problems::of(&Refusal::Invalid(seen.kept_back), &say)
    };
    Ok(PlanAmendPage {
        here: format!("{base}/amendments/{}", amendment.id),
        state,
        state_words: say.t(key),
        decision: decision(&amendment, seen.baseline),
        reason: amendment.reason,
        differences: lines(&seen.differences, &say),
        copy: amendment.copy.map(address),
        in_the_way,
        form: Form::default(),
        problems: Problems::none(),
        needs_scan: !by.actor().is(Role::Director),
        can_write: step(Step::Drop),
        can_decide: step(Step::Decide),
        can_drop: step(Step::Drop),
        frame,
    })
}

fn decision(amendment: &Amendment, baseline: String) -> Option<Decision> {
    let signed = &amendment.signed;
    Some(Decision {
        day: date_short(signed.day?),
        number: signed.number.clone(),
        signer: signed.signer.clone(),
        scan: scan_link(signed.scan.as_ref()),
        baseline,
    })
}
