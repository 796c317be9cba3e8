//! Kết thúc: closing a plan with what was learnt from it, and opening it again.

use base::id::RowId;
use base::limits::TEXT_CHARS_MAX;
use base::text::clean_text;
use base::{Error, Problem, Refusal};
use serde_json::json;
use web::Form;

use super::life_store::{self, Lesson};
use super::rules::Step;
use super::signing;
use super::taking::{Taking, Told};
use crate::plan::activity::Activity;
use crate::plan::activity_store;
use crate::plan::plan::PlanState;

/// The field of an activity's lesson.
pub fn field_of(activity: &Activity) -> String {
    format!("lesson-{}", activity.id)
}

/// Closes a plan with what was learnt: of the whole, and of whichever activities taught something.
///
/// # Refusals
/// Those of the step; nothing learnt of the whole; words too long.
pub async fn close(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Close).await?;
    let activities = activity_store::list(&mut act, plan.id).await?;
    let row = || -> RowId { taking.house.ids.next(&taking.house.clock) };
    let lessons = lessons(form, &activities)?;
    let rows: Vec<(RowId, Lesson)> = lessons.into_iter().map(|found| (row(), found)).collect();
    life_store::save_lessons(&mut act, plan.id, &rows).await?;
    let states = (PlanState::Issued, PlanState::Closed);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.close",
        kind: "closed",
        text: "",
    };
    let texts: Vec<_> = rows
        .iter()
        .map(|(_, lesson)| json!({"activity": lesson.activity, "text": lesson.text}))
        .collect();
    taking.end(act, told, json!({"lessons": texts})).await
}

/// Opens a closed plan again, with a reason; its lessons stay.
///
/// # Refusals
/// Those of the step; no reason.
pub async fn reopen(taking: Taking<'_>, form: &Form) -> Result<(), Error> {
    let (mut act, plan) = taking.begin(Step::Reopen).await?;
    let reason = signing::reason(form)?;
    let states = (PlanState::Closed, PlanState::Issued);
    life_store::move_on(&mut act, plan.id, states).await?;
    let told = Told {
        act: "plan.reopen",
        kind: "reopened",
        text: &reason,
    };
    taking.end(act, told, json!({"reason": reason})).await
}

fn lessons(form: &Form, activities: &[Activity]) -> Result<Vec<Lesson>, Refusal> {
    let mut check = form.check();
    let mut all = vec![Lesson {
        activity: None,
        text: check.required_text("lesson", TEXT_CHARS_MAX),
    }];
    for activity in activities {
        let text = clean_text(form.value(&field_of(activity)));
        let n = text.chars().count();
        if n > TEXT_CHARS_MAX {
            let title = &activity.details.title;
            check.add(
                Problem::of("life-lesson-too-long")
                    .with("title", title)
                    .with("most", TEXT_CHARS_MAX),
            );
        } else if n > 0 {
            all.push(Lesson {
                activity: Some(activity.id),
                text,
            });
        }
    }
    check.done()?;
    Ok(all)
}
