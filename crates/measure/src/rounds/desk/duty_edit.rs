//! Which unit answers for a component, and by when.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use base::calendar::date_short;
use base::calendar::period::ReportingYear;
use base::id::UnitId;
use base::{Error, Refusal, Subject, SubjectKind};
use editorial::Editorial;
use house::people::agency_store;
use serde::Deserialize;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, with_status};

use super::problems;
use crate::criteria::set::CriteriaSet;
use crate::rounds::duty_store::{self, Duty};
use crate::rounds::risk_gather;
use crate::rounds::total::is_survey;

#[derive(Template)]
#[template(path = "rounds/desk/duty_edit.html")]
struct DutyPage {
    frame: Frame,
    problems: Problems,
    year: i16,
    set_title: String,
    units: Vec<Choice>,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    unit_field: String,
    unit: String,
    due_field: String,
    due: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

/// The form.
pub async fn show(State(editorial): State<Editorial>, by: By, Query(asked): Query<Asked>) -> Page {
    let year = asked
        .year
        .unwrap_or(ReportingYear::of_date(editorial.today()).0);
    page(&editorial, &by, (year, None)).await
}

/// Saves who answers for what.
pub async fn save(State(editorial): State<Editorial>, by: By, form: Form) -> Page {
    let this = ReportingYear::of_date(editorial.today()).0;
    let year: i16 = form.value("year").parse().unwrap_or(this);
    match assign(&editorial, &by, (year, &form)).await {
        Ok(()) => {
            let to = format!("/desk/rounds/risk?year={year}&done=duties-saved");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            page(&editorial, &by, (year, Some((form, refusal)))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn assign(editorial: &Editorial, by: &By, (year, form): (i16, &Form)) -> Result<(), Error> {
    let actor = by.actor();
    let mut act = editorial.db.act().await?;
    let set = risk_gather::set_in_force(&mut act, actor.agency, year).await?;
    let set = set.ok_or(Refusal::NotFound)?;
    let units = agency_store::units(&mut act, actor.agency, editorial.today()).await?;
    let known = duty_store::list(&mut act, actor.agency).await?;
    let when = (editorial.clock.now_ms(), actor.account);
    let mut log = Vec::new();
    for component in set.components().filter(|one| !is_survey(one)) {
        let unit: Option<UnitId> = match form.value(&format!("unit-{}", component.id)) {
            "" => None,
            text => Some(text.parse()?),
        };
        if unit.is_some_and(|unit| units.iter().all(|one| one.id != unit)) {
            return Err(Refusal::NotFound.into());
        }
        let text = form.value(&format!("due-{}", component.id)).to_owned();
        let one_day = Form::filled([("due", text)]);
        let mut check = one_day.check();
        let due_on = check.date("due");
        check.done()?;
        let duty = Duty { unit, due_on };
        if known.get(&component.id).copied().unwrap_or_default() != duty {
            let which = (actor.agency, component.id);
            duty_store::save(&mut act, which, duty, when).await?;
            log.push(json!([
                component.no,
                unit,
                due_on.map(|day| day.to_string())
            ]));
        }
    }
    let subject = Subject::new(SubjectKind::Agency, actor.agency);
    let data = json!({ "set": set.id, "duties": log });
    editorial
        .record(&mut act, actor, "component_duty.save", subject, data)
        .await?;
    act.commit().await.map_err(Error::from)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (year, refused): (i16, Option<(Form, Refusal)>),
) -> Page {
    let agency = by.actor().agency;
    let mut read = editorial.db.read().await?;
    let set = risk_gather::set_in_force(&mut read, agency, year).await?;
    let set: CriteriaSet = set.ok_or(Refusal::NotFound)?;
    let units = agency_store::units(&mut read, agency, editorial.today()).await?;
    let known = duty_store::list(&mut read, agency).await?;
    drop(read);
    let frame = editorial.desk(by, "rounds-duties").await?;
    let above = frame.t("rounds-risk");
    let frame = frame
        .under(above, format!("/desk/rounds/risk?year={year}"))
        .at("/desk/rounds");
    let say = frame.say;
    let (form, refusal) = refused.unzip();
    let typed = |name: &str, stored: String| match &form {
        Some(form) => form.value(name).to_owned(),
        None => stored,
    };
    let own = set.components().filter(|component| !is_survey(component));
    let rows = own.map(|component| {
        let duty = known.get(&component.id).copied().unwrap_or_default();
        let (unit_field, due_field) = (
            format!("unit-{}", component.id),
            format!("due-{}", component.id),
        );
        Row {
            title: format!("{} {}", component.no, component.title),
            unit: typed(
                &unit_field,
                duty.unit.map(|unit| unit.to_string()).unwrap_or_default(),
            ),
            due: typed(&due_field, duty.due_on.map(date_short).unwrap_or_default()),
            unit_field,
            due_field,
        }
    });
    let rows = rows.collect();
    let today = editorial.today();
    let open = units.into_iter().filter(|unit| unit.is_open(today));
    let none = std::iter::once(Choice::new("", say.t("rounds-duty-none")));
    let (problems, status) = problems(refusal.as_ref(), &say);
    let page = DutyPage {
        problems,
        year,
        set_title: set.details.title.clone(),
        units: none
            .chain(open.map(|unit| Choice::new(unit.id, unit.name)))
            .collect(),
        rows,
        frame,
    };
    with_status(status, &page)
}
