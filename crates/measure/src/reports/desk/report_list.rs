//! The reporting periods of each plan with their due days, and the reports that were made.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::calendar::period::{Period, PeriodKind, ReportingYear};
use base::calendar::working::WorkCalendar;
use base::id::PlanId;
use base::{Error, Problem, Refusal};
use editorial::Editorial;
use http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use web::{By, Form, Frame, Nonce, Page, Problems, Say, render, with_status};

use super::moment;
use crate::reports::making::{self, Maker};
use crate::reports::report_store::ReportLine;
use crate::reports::source_store::PlanLine;
use crate::reports::window::Window;
use crate::reports::{MAKERS, report_store, report_words, source_store};

/// Reports of a plan that the page looks through for its periods.
const REPORTS_MAX: i64 = 200;
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

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    done: Option<String>,
}

/// The plans with their periods.
pub async fn show(
    State(editorial): State<Editorial>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    Query(wish): Query<Wish>,
) -> Page {
    let mut page = page(&editorial, &by, &nonce, None).await?;
    page.frame = page.frame.done(wish.done.as_deref());
    render(&page)
}

/// Makes the report of a plan for a period.
pub async fn make(
    State(editorial): State<Editorial>,
    Extension(nonce): Extension<Nonce>,
    by: By,
    form: Form,
) -> Page {
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
            let page = page(&editorial, &by, &nonce, Some(refusal)).await?;
            with_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

fn chosen(form: &Form) -> Result<(PlanId, Period), Refusal> {
    let plan = form.value("plan").parse::<PlanId>();
    let period = form.value("period").parse::<Period>();
    if let (Ok(plan), Ok(period)) = (&plan, &period) {
        return Ok((*plan, *period));
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

async fn page(
    editorial: &Editorial,
    by: &By,
    nonce: &Nonce,
    refusal: Option<Refusal>,
) -> Result<ListPage, Error> {
    let frame = editorial
        .desk(by, nonce, "nav-reports")
        .await?
        .at("/desk/reports");
    let problems = match &refusal {
        Some(refusal) => Problems::of(refusal, &frame.say),
        None => Problems::none(),
    };
    let mut read = editorial.db.read().await?;
    let calendar = house::calendar::of(&mut read, by.actor().agency).await?;
    let on = (editorial.today(), &calendar);
    let mut plans = Vec::new();
    for plan in source_store::plans(&mut read, by.actor().agency).await? {
        let made = report_store::list(&mut read, plan.id, REPORTS_MAX).await?;
        plans.push(view(&frame.say, plan, &made, on));
    }
    let may_make = by.actor().roles.meets(MAKERS);
    Ok(ListPage {
        frame,
        problems,
        plans,
        may_make,
    })
}

fn view(say: &Say, plan: PlanLine, made: &[ReportLine], on: (Date, &WorkCalendar)) -> PlanView {
    let year = ReportingYear(plan.year);
    let periods = PeriodKind::ALL
        .iter()
        .map(|kind| period_view(say, year.period(*kind), made, on))
        .collect();
    PlanView {
        id: plan.id,
        title: plan.title,
        periods,
    }
}

fn period_view(
    say: &Say,
    period: Period,
    made: &[ReportLine],
    (today, calendar): (Date, &WorkCalendar),
) -> PeriodView {
    let value = period.to_string();
    let name = report_words::period(say, &Window::of_period(period));
    let own = made.iter().filter(|line| line.period == value);
    let reports: Vec<Version> = own
        .take(VERSIONS_MAX)
        .map(|line| version(say, line))
        .collect();
    // Both readings are told; only after the later one is a report late.
    let deadline = calendar.deadline(period.due());
    let (due, workday) = (deadline.written, deadline.after);
    let day = |date: Date| date_short(date);
    let due_note = match due == workday {
        true => String::new(),
        false => say.t2(
            "reports-due-moved",
            ("due", &day(due)),
            ("workday", &day(workday)),
        ),
    };
    let state = match reports.is_empty() {
        false => Some(("done", say.t("reports-state-made"))),
        true if today > workday => Some(("late", say.t("reports-state-late"))),
        true => None,
    };
    PeriodView {
        window: say.t2(
            "reports-window-days",
            ("from", &day(period.first())),
            ("to", &day(period.last())),
        ),
        due: day(due),
        due_note,
        state,
        early: (today < period.first())
            .then(|| say.t1("reports-early", "day", day(period.first()))),
        make_label: say.t1("reports-make-of", "period", &name),
        reports,
        value,
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
