//! What a plan says of itself: title, number, issuer, and whether the public sees it; and the
//! documents it stands on. How far it is, nobody types: see `plan_life`.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use base::{Error, Refusal};
use http::StatusCode;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::{Difference, Field, address, differences, open, subject, touch, under_plan};
use crate::Editorial;
use crate::plan::life::issuing;
use crate::plan::plan::{Plan, PlanDetails};
use crate::plan::plan_store;
use crate::plan::rules::{Deed, On, may};

#[derive(Template)]
#[template(path = "plan/desk/plan_edit.html")]
struct PlanEditPage {
    frame: Frame,
    base: String,
    version: i64,
    form: Form,
    problems: Problems,
    differences: Vec<Difference>,
    public: Vec<Choice>,
    bases: Vec<(String, String)>,
    /// Whether its head may be written; otherwise only its publicity.
    is_draft: bool,
    saved: PlanDetails,
}

/// The form as the plan is.
pub async fn show(State(editorial): State<Editorial>, by: By, Path(id): Path<String>) -> Page {
    render(&page(&editorial, &by, &id, None).await?)
}

/// Saves what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    match change(&editorial, &by, &id, &form).await {
        Ok(plan) => {
            let to = format!("{}?done=plan-saved", address(plan.id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => refused(&editorial, &by, &id, (form, refusal)).await,
        Err(fault) => Err(fault.into()),
    }
}

async fn change(editorial: &Editorial, by: &By, id: &str, form: &Form) -> Result<Plan, Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditPlan).await?;
    let details = PlanDetails::of(form, &plan.details)?;
    let version = form.value("version").parse().map_err(|_| Refusal::Stale)?;
    plan_store::save(&mut act, plan.id, version, &details).await?;
    let next = Plan { details, ..plan };
    if next.is_shown() {
        issuing::publish_all(&mut act, &next).await?;
    }
    let (plan, details) = (&next, &next.details);
    let data = json!({
        "title": details.title,
        "number": details.number,
        "issued_on": details.issued_on,
        "issuer": details.issuer,
        "year": details.year,
        "is_public": details.is_public,
    });
    editorial
        .record(&mut act, by.actor(), "plan.edit", subject(plan.id), data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(next)
}

/// The page again, with what was typed and what is wrong with it.
pub(super) async fn refused(
    editorial: &Editorial,
    by: &By,
    id: &str,
    (form, refusal): (Form, Refusal),
) -> Page {
    let status = match refusal {
        Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Stale => StatusCode::CONFLICT,
        other => return Err(other.into()),
    };
    let page = page(editorial, by, id, Some((form, refusal))).await?;
    with_status(status, &page)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    id: &str,
    refused: Option<(Form, Refusal)>,
) -> Result<PlanEditPage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::EditPlan).await?;
    let bases = plan_store::bases(&mut read, plan.id).await?;
    let frame = editorial.desk(by, "plan-edit").await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let say = frame.say;
    let saved = Form::filled(plan.details.form());
    let public = vec![Choice::new("1", say.t("plan-public-choice"))];
    let (mut form, mut problems, mut others) = (saved.clone(), Problems::none(), Vec::new());
    if let Some((typed, refusal)) = refused {
        problems = Problems::of(&refusal, &say);
        if refusal == Refusal::Stale {
            others = differences(&say, &typed, &saved, &fields(&public));
        }
        form = with_missing(typed, plan.details.form());
    }
    Ok(PlanEditPage {
        base: address(plan.id),
        version: plan.version,
        form,
        problems,
        differences: others,
        is_draft: may(by.actor(), Deed::EditHead, On::Plan(&plan)).is_ok(),
        saved: plan.details,
        public,
        bases: bases
            .iter()
            .map(|basis| (basis.id.to_string(), super::basis_edit::words(basis, &say)))
            .collect(),
        frame,
    })
}

/// What was typed into the form of a new basis leaves the plan's own fields as they are saved.
fn with_missing(typed: Form, saved: Vec<(&'static str, String)>) -> Form {
    if !typed.all("title").is_empty() {
        return typed;
    }
    const BASIS: [&str; 4] = [
        "basis_number",
        "basis_issued_on",
        "basis_issuer",
        "basis_title",
    ];
    let own = BASIS.map(|name| (name, typed.value(name).to_owned()));
    Form::filled(saved.into_iter().chain(own))
}

fn fields(public: &[Choice]) -> [Field<'_>; 6] {
    [
        ("title", "plan-title", &[]),
        ("number", "plan-number", &[]),
        ("issued_on", "plan-issued-on", &[]),
        ("issuer", "plan-issuer", &[]),
        ("year", "plan-year", &[]),
        ("is_public", "plan-publicity", public),
    ]
}
