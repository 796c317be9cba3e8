//! Staff pages of plans: one file per page, its template beside it.

pub mod activity_edit;
mod activity_facts;
mod activity_lists;
pub mod activity_remove;
pub mod activity_show;
mod activity_slots;
pub mod basis_edit;
pub mod deadline_moves;
pub mod figure_new;
pub mod figure_withdraw;
pub mod finding_settle;
pub mod plan_amend;
pub mod plan_annex;
pub mod plan_calendar;
pub mod plan_close;
pub mod plan_copy;
pub mod plan_edit;
pub mod plan_file;
pub mod plan_import;
pub mod plan_issue;
pub mod plan_life;
pub mod plan_list;
pub mod plan_opinion;
pub mod plan_opinions;
pub mod plan_remove;
pub mod plan_show;
pub mod plan_timeline;
pub mod plan_unit;
pub mod plan_weights;
pub mod programme_edit;
pub mod programme_list;
pub mod programme_show;
pub mod task_edit;
pub mod task_remove;

use axum::response::{IntoResponse, Redirect};
use base::calendar::{date_line, date_line_en};
use base::id::PlanId;
use base::{Error, Refusal, Subject, SubjectKind};
use db::{Act, Conn};
use http::StatusCode;
use web::{By, Choice, Form, Frame, Lang, Page, Say, render};

use crate::Editorial;
use crate::plan::life::issue::Scan;
use crate::plan::life::rules;
use crate::plan::life::taking::Taking;
use crate::plan::plan::Plan;
use crate::plan::plan_store;
use crate::plan::rules::{Deed, On, may};

/// The address of a plan's page.
pub(crate) fn address(plan: PlanId) -> String {
    format!("/desk/plans/{plan}")
}

/// The plan of an address, if the person may do this to it.
pub(crate) async fn open(conn: &mut Conn, by: &By, id: &str, deed: Deed) -> Result<Plan, Error> {
    let plan = plan_store::find(conn, by.actor().agency, id.parse()?).await?;
    may(by.actor(), deed, On::Plan(&plan))?;
    Ok(plan)
}

/// Who takes a step with the plan of an address.
pub(crate) fn taking<'a>(
    editorial: &'a Editorial,
    by: &'a By,
    id: &str,
) -> Result<Taking<'a>, Refusal> {
    Ok(Taking {
        house: &editorial.house,
        actor: by.actor(),
        plan: id.parse()?,
    })
}

/// The status of a page that is shown again because of this refusal.
///
/// # Refusals
/// The refusal itself, when it is none that a person mends on the same page.
pub(crate) fn status_of(refusal: &Refusal) -> Result<StatusCode, Refusal> {
    match refusal {
        Refusal::Invalid(_) => Ok(StatusCode::UNPROCESSABLE_ENTITY),
        Refusal::Stale => Ok(StatusCode::CONFLICT),
        other => Err(other.clone()),
    }
}

/// The page of a step. One that the plan's state does not allow any more, or not yet, leads to the
/// plan's life, where the state and what it allows are told.
pub(crate) fn or_life<T: askama::Template>(page: Result<T, Error>, id: &str) -> Page {
    match page {
        Err(Error::Refusal(refusal)) if rules::is_of_state(&refusal) => {
            Ok(Redirect::to(&format!("/desk/plans/{id}/life")).into_response())
        }
        page => render(&page?),
    }
}

/// A moment as the desk shows it, in the reader's language.
pub(crate) fn moment(say: &Say, ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    match say.lang {
        Lang::Vi => date_line(at),
        Lang::En => date_line_en(at),
    }
}

/// A signed scan as a page links to it: name, address, hash.
pub(crate) fn scan_link(scan: Option<&Scan>) -> Option<(String, String, String)> {
    scan.map(|scan| {
        let address = format!("/desk/files/{}", scan.sha256);
        (scan.name.clone(), address, scan.sha256.clone())
    })
}

/// The frame of a page that belongs to a plan.
pub(crate) fn under_plan(frame: Frame, plan: &Plan) -> Frame {
    let address = address(plan.id);
    let list = frame.t("nav-plans");
    frame
        .at(&address)
        .under(list, "/desk/plans")
        .under(plan.details.title.clone(), address)
}

/// Says that everything which shows this plan has changed.
pub(crate) fn touch(act: &mut Act, plan: PlanId) {
    act.touch(format!("plan/{plan}"));
    act.touch("plans");
}

/// The plan as the log names it.
pub(crate) fn subject(plan: PlanId) -> Subject {
    Subject::new(SubjectKind::Plan, plan)
}

/// One field that somebody else saved otherwise meanwhile.
pub(crate) struct Difference {
    /// What the field is called.
    pub label: String,
    /// What was saved.
    pub saved: String,
}

/// A field of a form: its name, the key of its label, and the list that its value comes from.
pub(crate) type Field<'a> = (&'static str, &'static str, &'a [Choice]);

/// The fields that are saved otherwise than a person has just typed them.
pub(crate) fn differences(
    say: &Say,
    typed: &Form,
    saved: &Form,
    fields: &[Field<'_>],
) -> Vec<Difference> {
    fields
        .iter()
        .filter(|(name, _, _)| {
            let (mut typed, mut saved) = (typed.all(name).to_vec(), saved.all(name).to_vec());
            for all in [&mut typed, &mut saved] {
                all.retain(|value| !value.trim().is_empty());
                all.sort();
            }
            typed != saved
        })
        .map(|(name, label, choices)| {
            let words = saved.all(name).iter().map(|value| {
                let choice = choices.iter().find(|choice| choice.value == *value);
                choice.map_or_else(|| value.clone(), |choice| choice.text.clone())
            });
            let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
            let saved = if words.is_empty() {
                say.t("plan-empty-value")
            } else {
                words.join("; ")
            };
            Difference {
                label: say.t(label),
                saved,
            }
        })
        .collect()
}
