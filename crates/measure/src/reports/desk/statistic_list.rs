//! Figures that only people know, typed with their evidence: attendances, copies, views.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::period::ReportingYear;
use base::id::{PlanId, RowId};
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use editorial::Editorial;
use house::files::{NewFile, sniff};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use crate::reports::figures::StatisticRow;
use crate::reports::source_store::PlanLine;
use crate::reports::statistic::{STATISTICS, Way, statistic};
use crate::reports::statistic_store::{self, TypedFigure};
use crate::reports::{MAKERS, source_store};

/// Longest title of a figure.
const TITLE_CHARS_MAX: usize = 300;
/// Largest number that is typed: more people than live in the country.
const NUMBER_MAX: i64 = 200_000_000;

#[derive(Template)]
#[template(path = "reports/desk/statistic_list.html")]
struct StatisticPage {
    frame: Frame,
    form: Form,
    problems: Problems,
    plans: Vec<Choice>,
    codes: Vec<Choice>,
    rows: Vec<StatisticLine>,
    may_edit: bool,
}

struct StatisticLine {
    id: RowId,
    name: String,
    title: String,
    number: String,
    day: String,
    evidence: String,
    href: Option<String>,
    by: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    plan: Option<String>,
}

/// The figures of a plan.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(asked): Query<Asked>) -> Page {
    let form = Form::filled([("plan", asked.plan.unwrap_or_default())]);
    page(&editorial, &by, (form, None)).await
}

/// Adds a figure with its evidence.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    match add(&editorial, &by, &form).await {
        Ok(plan) => {
            let to = format!("/desk/reports/statistics?plan={plan}&done=report-statistic");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (form, Some(refusal))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a figure away; reports that were made with it keep it.
pub async fn remove(State(editorial): State<Editorial>, by: By, Path(id): Path<RowId>) -> Page {
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let now = (editorial.clock.now_ms(), actor.account);
    if statistic_store::remove(&mut act, (actor.agency, id), now).await? == 0 {
        return Err(Refusal::NotFound.into());
    }
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "figure": id.to_string() });
    editorial
        .record(&mut act, actor, "report.statistic_remove", subject, data)
        .await?;
    act.commit().await?;
    Ok(Redirect::to("/desk/reports/statistics?done=report-statistic-removed").into_response())
}

/// The figure that a form says, without its file; its plan, if one is chosen.
fn typed(editorial: &Editorial, form: &Form) -> (Option<PlanId>, TypedFigure, Vec<Problem>) {
    let mut check = form.check();
    let plan: Option<PlanId> = check.parse("plan");
    let code = check.line("code");
    if !statistic(&code).is_some_and(|found| matches!(found.way, Way::Typed(_))) {
        check.add(Problem::at("code", "report-statistic-unknown"));
    }
    let title = check.required_line("title", TITLE_CHARS_MAX);
    let number = check.number("number", 1, NUMBER_MAX);
    let day = check.date("day");
    for (name, is_there) in [("number", number.is_some()), ("day", day.is_some())] {
        if !is_there && form.value(name).trim().is_empty() {
            check.missing(name);
        }
    }
    let link = check.line("link");
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if !link.is_empty() && !is_web {
        check.add(Problem::at("link", "report-statistic-link"));
    }
    if form.upload("file").is_none() && link.is_empty() {
        check.add(Problem::at("file", "report-statistic-evidence"));
    }
    let figure = TypedFigure {
        id: editorial.ids.next(&editorial.clock),
        code,
        by: String::new(),
        row: StatisticRow {
            title,
            number: number.unwrap_or_default(),
            day: day.unwrap_or_default(),
            item: None,
            sha256: String::new(),
            file: String::new(),
            link,
        },
    };
    (plan, figure, check.problems())
}

async fn add(editorial: &Editorial, by: &By, form: &Form) -> Result<PlanId, Error> {
    let actor = by.actor();
    let (plan, mut figure, mut problems) = typed(editorial, form);
    let mut act = editorial.db.act().await?;
    let plans = source_store::plans(&mut act, actor.agency).await?;
    let plan = plan.filter(|plan| plans.iter().any(|own| own.id == *plan));
    if plan.is_none() {
        problems.push(Problem::at("plan", "report-plan-unknown"));
    }
    let (Some(plan), true) = (plan, problems.is_empty()) else {
        return Err(Refusal::Invalid(problems).into());
    };
    let now = editorial.clock.now_ms();
    if let Some(upload) = form.upload("file") {
        let (media_type, _) = sniff::kind(&upload.bytes);
        let new = NewFile {
            agency: actor.agency,
            name: &upload.name,
            media_type,
            by: Some(actor.account),
            is_public: false,
        };
        let files = &editorial.files;
        figure.row.sha256 = files.put(&mut act, &upload.bytes, new, now).await?;
        figure.row.file.clone_from(&upload.name);
    }
    let place = (actor.agency, plan);
    statistic_store::add(&mut act, place, &figure, (now, actor.account)).await?;
    let subject = Subject::new(SubjectKind::Plan, plan);
    let row = &figure.row;
    let data = json!({
        "code": figure.code, "title": row.title, "number": row.number,
        "day": row.day.to_string(), "sha256": row.sha256, "link": row.link,
    });
    editorial
        .record(&mut act, actor, "report.statistic", subject, data)
        .await?;
    act.commit().await?;
    Ok(plan)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (mut form, refusal): (Form, Option<Refusal>),
) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let plans = source_store::plans(&mut read, agency).await?;
    let chosen = plans
        .iter()
        .find(|plan| plan.id.to_string() == form.value("plan"));
    let chosen = chosen.or_else(|| plans.first()).cloned();
    let figures = match &chosen {
        Some(PlanLine { id, year, .. }) => {
            let year = ReportingYear(*year);
            statistic_store::list(&mut read, (agency, *id), (year.first(), year.last())).await?
        }
        None => Vec::new(),
    };
    drop(read);
    if let Some(plan) = &chosen {
        form.set("plan", plan.id.to_string());
    }
    let frame = editorial.desk(by, "report-statistics-title").await?;
    let say = frame.say;
    let frame = frame
        .under(say.t("nav-reports"), "/desk/reports")
        .at("/desk/reports/statistics");
    let typed = STATISTICS
        .iter()
        .filter(|own| matches!(own.way, Way::Typed(_)));
    let name = |code: &str| say.t(&format!("report-stat-{code}"));
    let page = StatisticPage {
        problems: refusal
            .as_ref()
            .map_or_else(Problems::none, |found| Problems::of(found, &say)),
        plans: plans
            .iter()
            .map(|plan| Choice::new(plan.id, &plan.title))
            .collect(),
        codes: typed
            .map(|own| Choice::new(own.code, name(own.code)))
            .collect(),
        rows: figures
            .into_iter()
            .map(|figure| line(figure, name))
            .collect(),
        may_edit: by.actor().roles.meets(MAKERS),
        form,
        frame,
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    with_status(status, &page)
}

fn line(figure: TypedFigure, name: impl Fn(&str) -> String) -> StatisticLine {
    let row = figure.row;
    let (evidence, href) = match row.sha256.is_empty() {
        true => (row.link.clone(), Some(row.link)),
        false => (row.file, Some(format!("/desk/files/{}", row.sha256))),
    };
    StatisticLine {
        id: figure.id,
        name: name(&figure.code),
        title: row.title,
        number: base::text::number::whole(row.number),
        day: base::calendar::date_short(row.day),
        evidence,
        href,
        by: figure.by,
    }
}
