//! The periods that the agency reports on: the ministry's, and those of its own.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::period::{DayOfYear, ReportingYear};
use base::id::RowId;
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use editorial::Editorial;
use http::StatusCode;
use serde_json::json;
use web::{By, Form, Frame, Page, Problems, Say, with_status};

use crate::reports::periods::{self, ReportingPeriod, WrittenDays};
use crate::reports::{MAKERS, period_store, report_words};

/// Longest name of a period.
const NAME_CHARS_MAX: usize = 60;

#[derive(Template)]
#[template(path = "reports/desk/period_list.html")]
struct PeriodPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    rows: Vec<PeriodRow>,
    year: i16,
    may_edit: bool,
}

struct PeriodRow {
    code: String,
    name: String,
    window: String,
    is_cumulative: bool,
    due: String,
    before: String,
    after: String,
    /// The row that can be removed; none for the ministry's.
    id: Option<RowId>,
}

/// The periods of this reporting year.
pub async fn show(State(editorial): State<Editorial>, by: By) -> Page {
    page(&editorial, &by, (Form::default(), None)).await
}

/// Adds a period.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match add(&editorial, &by, &form).await {
        Ok(()) => Ok(Redirect::to("/desk/reports/periods?done=report-period").into_response()),
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a period; reports that were made for it stay.
pub async fn remove(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let now = (editorial.clock.now_ms(), actor.account);
    if period_store::remove(&mut act, (actor.agency, id), now).await? == 0 {
        return Err(Refusal::NotFound.into());
    }
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "period": id.to_string() });
    editorial
        .record(&mut act, actor, "report.period_remove", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/reports/periods?done=report-period-removed").into_response())
}

async fn add(editorial: &Editorial, by: &By, form: &Form) -> Result<(), Error> {
    let mut check = form.check();
    let code = check.required_line("code", 8).to_uppercase();
    let name = check.required_line("name", NAME_CHARS_MAX);
    if !code.is_empty() && !periods::is_code(&code) {
        check.add(Problem::at("code", "report-period-code").with("value", &code));
    }
    let days = WrittenDays {
        first: form.value("first"),
        last: form.value("last"),
        due: form.value("due"),
        is_cumulative: form.has("cumulative", "yes"),
    };
    let definition = match periods::define(days) {
        Ok(definition) => Some(definition),
        Err(problems) => {
            problems.into_iter().for_each(|problem| check.add(problem));
            None
        }
    };
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let own = period_store::all(&mut act, actor.agency).await?;
    if own
        .iter()
        .any(|period| period.id.is_some() && period.code == code)
    {
        check.add(Problem::at("code", "report-period-taken").with("code", &code));
    }
    check.done()?;
    let Some(definition) = definition else {
        return Ok(());
    };
    let period = ReportingPeriod {
        id: Some(editorial.ids.next(&editorial.clock)),
        code,
        name,
        definition,
    };
    let now = (editorial.clock.now_ms(), actor.account);
    period_store::add(&mut act, actor.agency, &period, now).await?;
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "code": period.code, "name": period.name });
    editorial
        .record(&mut act, actor, "report.period", subject, data)
        .await?;
    act.commit().await.map_err(Error::from)
}

async fn page(editorial: &Editorial, by: &By, (form, refusal): (Form, Option<Refusal>)) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let kinds = period_store::all(&mut read, agency).await?;
    let calendar = house::calendar::of(&mut read, agency).await?;
    drop(read);
    let frame = editorial.desk(by, "report-periods-title").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-reports"), "/desk/reports")
        .at("/desk/reports/periods");
    let problems = refusal
        .as_ref()
        .map_or_else(Problems::none, |found| Problems::of(found, &say));
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let year = ReportingYear::of_date(editorial.today());
    let rows = kinds.iter().map(|kind| {
        let due = kind.definition.due.in_year(year);
        let deadline = calendar.deadline(due);
        let day = base::calendar::date_short;
        PeriodRow {
            code: kind.code.clone(),
            name: name(&say, &kinds, kind, year),
            window: say.t2(
                "reports-window-days",
                ("from", &written(kind.definition.first)),
                ("to", &written(kind.definition.last)),
            ),
            is_cumulative: kind.is_cumulative(),
            due: day(due),
            before: day(deadline.before),
            after: day(deadline.after),
            id: kind.id,
        }
    });
    let page = PeriodPage {
        rows: rows.collect(),
        may_edit: by.actor().roles.meets(MAKERS),
        year: year.0,
        form,
        problems,
        frame,
    };
    with_status(status, &page)
}

/// What a period is called in a year.
fn name(
    say: &Say,
    kinds: &[ReportingPeriod],
    kind: &ReportingPeriod,
    year: ReportingYear,
) -> String {
    match periods::window(kinds, &kind.of_year(year)) {
        Ok(window) => report_words::period(say, &window),
        Err(_) => kind.name.clone(),
    }
}

/// A day before the year is known: `15/12`.
fn written(day: DayOfYear) -> String {
    format!("{:02}/{:02}", day.day, day.month)
}
