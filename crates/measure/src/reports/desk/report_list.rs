//! The reporting periods of each plan with their due days, and the reports that were made.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::id::PlanId;
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use http::StatusCode;
use jiff::civil::Date;
use web::{By, Form, Frame, Page, Problems, Say, render, with_status};

use super::moment;
use crate::reports::making::{self, Maker};
use crate::reports::report_store::ReportLine;
use crate::reports::{DueReport, DueState, MAKERS, PeriodName, due, report_words};

/// Versions of one period that the page shows.
const VERSIONS_MAX: usize = 3;

#[derive(Template)]
#[template(path = "reports/desk/report_list.html")]
struct ListPage {
    frame: Frame,
    problems: Problems,
    plans: Vec<PlanView>,
    may_make: bool,
}

struct PlanView {
    id: PlanId,
    title: String,
    periods: Vec<PeriodView>,
}

struct PeriodView {
    value: String,
    name: String,
    window: String,
    due: String,
    due_note: String,
    state: Option<(&'static str, String)>,
    early: Option<String>,
    make_label: String,
    reports: Vec<Version>,
}

struct Version {
    href: String,
    text: String,
}

/// The plans with their periods.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    render(&page(&editorial, &by, None).await?)
}

/// Makes the report of a plan for a period.
pub async fn make(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let made = match chosen(&form) {
        Ok((plan, period)) => {
            making::make(&editorial, plan, period, Maker::Person(by.actor())).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(report) => {
            let to = format!("/desk/reports/{}?done=report-made", report.id);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            let page = page(&editorial, &by, Some(refusal)).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

fn chosen(form: &Form) -> Result<(PlanId, PeriodName), Refusal> {
    let plan = form.value("plan").parse::<PlanId>();
    let period = form.value("period").parse::<PeriodName>();
    if let (Ok(plan), Ok(period)) = (&plan, &period) {
        return Ok((*plan, period.clone()));
    }
    let mut problems = Vec::new();
    if plan.is_err() {
        problems.push(Problem::of("report-plan-unknown"));
    }
    if period.is_err() {
        problems.push(Problem::of("report-period-unknown"));
    }
    Err(Refusal::Invalid(problems))
}

async fn page(editorial: &Editorial, by: &By, refusal: Option<Refusal>) -> Result<ListPage, Error> {
    let frame = editorial.desk(by, "nav-reports").await?.at("/desk/reports");
    let problems = match &refusal {
        Some(refusal) => Problems::of(refusal, &frame.say),
        None => Problems::none(),
    };
    let mut read = editorial.db.read().await?;
    let today = editorial.today();
    let owed = due::due(&mut read, by.actor().agency, today).await?;
    drop(read);
    let mut plans: Vec<PlanView> = Vec::new();
    for report in owed {
        if plans.last().is_none_or(|plan| plan.id != report.plan) {
            plans.push(PlanView {
                id: report.plan,
                title: report.plan_title.clone(),
                periods: Vec::new(),
            });
        }
        if let Some(plan) = plans.last_mut() {
            plan.periods.push(period_view(&frame.say, &report, today));
        }
    }
    let may_make = by.actor().roles.meets(MAKERS);
    Ok(ListPage {
        frame,
        problems,
        plans,
        may_make,
    })
}

fn period_view(say: &Say, report: &DueReport, today: Date) -> PeriodView {
    let window = &report.window;
    let name = report_words::period(say, window);
    let versions = report.made.iter().take(VERSIONS_MAX);
    // Both readings are told; only after the later one is a report late.
    let deadline = &report.deadline;
    let day = |date: Date| date_short(date);
    let due_note = match deadline.before == deadline.after {
        true => String::new(),
        false => say.t2(
            "reports-due-readings",
            ("before", &day(deadline.before)),
            ("after", &day(deadline.after)),
        ),
    };
    let told = |look, key: &str| Some((look, say.t(key)));
    let state = match report.state {
        DueState::Ahead | DueState::Running => None,
        DueState::Due => told("at_risk", "reports-state-due"),
        DueState::Late => told("late", "reports-state-late"),
        DueState::Made => told("on_course", "reports-state-made"),
        DueState::Sent => told("done", "reports-state-sent"),
        DueState::SentLate => told("done_late", "reports-state-sent-late"),
    };
    let state = state
        .or_else(|| (!report.made.is_empty()).then(|| ("on_course", say.t("reports-state-made"))));
    PeriodView {
        window: say.t2(
            "reports-window-days",
            ("from", &day(window.first)),
            ("to", &day(window.last)),
        ),
        due: day(deadline.written),
        due_note,
        state,
        early: (today < window.first).then(|| say.t1("reports-early", "day", day(window.first))),
        make_label: say.t1("reports-make-of", "period", &name),
        reports: versions.map(|line| version(say, line)).collect(),
        value: window.period.clone(),
        name,
    }
}

fn version(say: &Say, line: &ReportLine) -> Version {
    let at = moment(say, line.made_at);
    let text = match line.made_by.is_empty() {
        true => say.t1("reports-version", "moment", at),
        false => say.t2(
            "reports-version-by",
            ("moment", &at),
            ("name", &line.made_by),
        ),
    };
    Version {
        href: format!("/desk/reports/{}", line.id),
        text,
    }
}
