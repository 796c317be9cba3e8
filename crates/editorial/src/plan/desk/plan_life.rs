//! The life of a plan: how far it is, what may be done now, what was signed, changed and learnt,
//! and what happened.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::{Actor, Error, Refusal};
use db::Conn;
use jiff::civil::Date;
use web::{By, Form, Frame, Page, Problems, Say, render, with_status};

use super::{address, moment, open, scan_link, status_of, taking, under_plan};
use crate::Editorial;
use crate::plan::board::Board;
use crate::plan::life::amendment::{Amendment, AmendmentState};
use crate::plan::life::rules::{Step, may};
use crate::plan::life::{amendment_store, closing, life_store, opinion_store, signing};
use crate::plan::plan::{Plan, PlanState};
use crate::plan::rules::Deed;

#[derive(Template)]
#[template(path = "plan/desk/plan_life.html")]
struct PlanLifePage {
    frame: Frame,
    base: String,
    stages: Vec<Stage>,
    /// What the state means and what comes next, in a sentence.
    now: String,
    can: Can,
    form: Form,
    problems: Problems,
    n_rounds: usize,
    signed: Option<SignedFacts>,
    amendments: Vec<AmendmentLine>,
    lessons: Vec<(String, String)>,
    steps: Vec<StepLine>,
}

struct Stage {
    words: String,
    /// The state by which it is coloured; empty when it is to come.
    state: &'static str,
    is_current: bool,
}

/// What the person may do now.
struct Can {
    ask: bool,
    end_round: bool,
    submit: bool,
    recall: bool,
    give_back: bool,
    issue: bool,
    adopt: bool,
    correct: bool,
    amend: bool,
    close: bool,
    reopen: bool,
    copy: bool,
}

impl Can {
    fn of(actor: &Actor, plan: &Plan, today: Date) -> Self {
        let may = |step| may(actor, step, plan, today).is_ok();
        let is_known = plan.details.number.is_some() || plan.details.issued_on.is_some();
        Self {
            ask: may(Step::Ask),
            end_round: may(Step::EndRound),
            submit: may(Step::Submit),
            recall: may(Step::Recall),
            give_back: may(Step::GiveBack),
            issue: may(Step::Issue),
            adopt: may(Step::Adopt) && is_known,
            correct: may(Step::Correct),
            amend: may(Step::Amend),
            close: may(Step::Close),
            reopen: may(Step::Reopen),
            copy: may(Step::Copy),
        }
    }

    fn anything(&self) -> bool {
        self.ask
            || self.end_round
            || self.submit
            || self.recall
            || self.give_back
            || self.issue
            || self.correct
            || self.amend
            || self.close
            || self.reopen
            || self.copy
    }
}

struct SignedFacts {
    number: String,
    day: String,
    signer: String,
    scan: Option<(String, String, String)>,
    baseline: String,
    /// How many activities were promised.
    promised: String,
}

struct AmendmentLine {
    href: String,
    words: String,
    state: &'static str,
    state_words: String,
    reason: String,
}

struct StepLine {
    kind: String,
    who: String,
    what: String,
    words: String,
    when: String,
}

/// The page.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    render(&page(&editorial, &by, &id).await?)
}

/// Lays the draft before the director.
pub async fn submit(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    let done = signing::submit(taking(&editorial, &by, &id)?).await;
    let typed = (Form::default(), done, "life-submitted");
    answer(&editorial, &by, &id, typed).await
}

/// Takes it back from the director.
pub async fn recall(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    let done = signing::recall(taking(&editorial, &by, &id)?).await;
    let typed = (Form::default(), done, "life-recalled");
    answer(&editorial, &by, &id, typed).await
}

/// Gives it back with a reason.
pub async fn give_back(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let done = signing::give_back(taking(&editorial, &by, &id)?, &form).await;
    answer(&editorial, &by, &id, (form, done, "life-returned")).await
}

/// Opens a closed plan again.
pub async fn reopen(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let done = closing::reopen(taking(&editorial, &by, &id)?, &form).await;
    answer(&editorial, &by, &id, (form, done, "life-reopened")).await
}

/// After a step: the page of the plan's life, or the same page with what is wrong.
pub(super) async fn answer(
    editorial: &Editorial,
    by: &By,
    id: &str,
    (form, done, word): (Form, Result<(), Error>, &str),
) -> Page {
    match done {
        Ok(()) => {
            let to = format!("/desk/plans/{id}/life?done={word}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => {
            let status = status_of(&refusal)?;
            let mut page = page(editorial, by, id).await?;
            page.problems = Problems::of(&refusal, &page.frame.say);
            page.form = form;
            with_status(status, &page)
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn page(editorial: &Editorial, by: &By, id: &str) -> Result<PlanLifePage, Error> {
    let today = editorial.today();
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::See).await?;
    if plan.details.state == PlanState::Amendment {
        return Err(Refusal::NotFound.into());
    }
    let frame = editorial.desk(by, "life-title").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let say = frame.say;
    let amendments = amendment_store::list(&mut read, plan.id).await?;
    let signed = signed(&mut read, &plan, &say).await?;
    let steps = life_store::steps(&mut read, plan.id).await?;
    let rounds = opinion_store::rounds(&mut read, plan.id).await?;
    let can = Can::of(by.actor(), &plan, today);
    let base = address(plan.id);
    let stage = plan.stage(today);
    let lessons = life_store::lessons(&mut read, plan.id).await?;
    let board = Board::load(&mut read, plan, today).await?;
    Ok(PlanLifePage {
        stages: stages(stage, &say),
        now: say.t(&format!("life-now-{stage}")),
        can,
        form: Form::default(),
        problems: Problems::none(),
        n_rounds: rounds.len(),
        signed,
        amendments: amendments
            .iter()
            .map(|amendment| amendment_line(amendment, &base, &say))
            .collect(),
        lessons: lessons
            .into_iter()
            .map(|lesson| (lesson_of(&board, lesson.activity, &say), lesson.text))
            .collect(),
        steps: steps
            .into_iter()
            .map(|step| StepLine {
                what: say.t(&format!("life-step-{}", step.kind)),
                when: moment(&say, step.at),
                who: step.by,
                words: step.text,
                kind: step.kind,
            })
            .collect(),
        base,
        frame,
    })
}

/// The stages in their order, up to the present one and beyond.
fn stages(now: &str, say: &Say) -> Vec<Stage> {
    const ALL: [&str; 6] = [
        "draft",
        "opinions",
        "submitted",
        "issued",
        "running",
        "closed",
    ];
    let at = ALL.iter().position(|stage| *stage == now).unwrap_or(0);
    let each = ALL.iter().enumerate();
    each.map(|(n, stage)| Stage {
        words: say.t(&format!("plan-state-{stage}")),
        state: match n.cmp(&at) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "submitted",
            std::cmp::Ordering::Greater => "",
        },
        is_current: n == at,
    })
    .collect()
}

async fn signed(conn: &mut Conn, plan: &Plan, say: &Say) -> Result<Option<SignedFacts>, Error> {
    if !plan.details.state.is_issued() {
        return Ok(None);
    }
    let known = (plan.details.number.clone(), plan.details.issued_on);
    let signed = life_store::signed(conn, plan.id, known).await?;
    let first = life_store::baselines(conn, plan.id).await?;
    let first = first.into_iter().next();
    let n_promised = first
        .as_ref()
        .map_or(0, |first| first.tree.activities.len());
    let n_promised = i64::try_from(n_promised).unwrap_or(i64::MAX);
    Ok(Some(SignedFacts {
        number: signed.number,
        day: signed.day.map(date_short).unwrap_or_default(),
        signer: signed.signer,
        scan: scan_link(signed.scan.as_ref()),
        promised: say.n("life-n-activities", n_promised),
        baseline: first.map(|found| found.sha256).unwrap_or_default(),
    }))
}

fn amendment_line(amendment: &Amendment, base: &str, say: &Say) -> AmendmentLine {
    let (state, key) = match amendment.state {
        AmendmentState::Open => ("submitted", "life-amendment-open"),
        AmendmentState::InForce => ("done", "life-amendment-in-force"),
        AmendmentState::Dropped => ("draft", "life-amendment-dropped"),
    };
    AmendmentLine {
        href: format!("{base}/amendments/{}", amendment.id),
        words: super::plan_amend::name(amendment, say),
        state,
        state_words: say.t(key),
        reason: amendment.reason.clone(),
    }
}

/// What a lesson is about: the whole plan or an activity.
fn lesson_of(board: &Board, activity: Option<base::id::ActivityId>, say: &Say) -> String {
    match activity.map(|id| (board.number(id), board.activity(id))) {
        Some((no, Ok(found))) => format!("{no} {}", found.details.title),
        _ => say.t("life-lesson-whole"),
    }
}
