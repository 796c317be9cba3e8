//! A new activity, and changing one. The head of the leading unit changes who answers and the
//! note; the officer changes everything.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{ActivityId, PlanId, TaskId};
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use db::{Act, Conn};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use web::{By, Form, Frame, Page, Problems, render, with_status};

use super::activity_lists::{Lists, fields, known, lists};
use super::{Difference, address, differences, open, touch, under_plan};
use crate::Editorial;
use crate::plan::activity::{Activity, ActivityDetails, Known};
use crate::plan::activity_store;
use crate::plan::plan::Plan;
use crate::plan::rules::{Deed, On, may};
use crate::plan::target::FIELDS;

#[derive(Template)]
#[template(path = "plan/desk/activity_edit.html")]
struct ActivityEditPage {
    frame: Frame,
    back: String,
    title_words: String,
    version: i64,
    is_full: bool,
    form: Form,
    problems: Problems,
    differences: Vec<Difference>,
    lists: Lists,
    /// The fields of each target that is shown: those filled in, and one more.
    target_rows: Vec<(&'static str, &'static str, &'static str)>,
}

/// Rows of targets that a form shows at least.
const TARGET_ROWS_MIN: usize = 2;

/// What the address asks for: the task of a new activity.
#[derive(Deserialize)]
pub struct Asked {
    task: Option<String>,
}

/// The form of a new activity.
pub async fn begin(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let form = Form::filled([("task", asked.task.unwrap_or_default())]);
    render(&page(&editorial, &by, (&id, None), Some((form, None))).await?)
}

/// Adds the new activity.
pub async fn add(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let done = add_activity(&editorial, &by, &id, &form).await;
    answer(&editorial, &by, (&id, None), (form, done)).await
}

/// The form as the activity is.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
) -> Page {
    let activity = activity.parse()?;
    render(&page(&editorial, &by, (&id, Some(activity)), None).await?)
}

/// Saves what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, activity)): Path<(String, String)>,
    form: Form,
) -> Page {
    let activity: ActivityId = activity.parse()?;
    let done = change(&editorial, &by, (&id, activity), &form).await;
    answer(&editorial, &by, (&id, Some(activity)), (form, done)).await
}

async fn add_activity(
    editorial: &Editorial,
    by: &By,
    id: &str,
    form: &Form,
) -> Result<(PlanId, ActivityId), Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditContent).await?;
    let (known, _, _) = known(&mut act, &plan, editorial.today()).await?;
    let (details, task, place) = read(form, &known)?;
    let activity = Activity {
        id: editorial.ids.next(&editorial.clock),
        plan: plan.id,
        task,
        position: i64::MAX,
        details,
        version: 1,
    };
    activity_store::add(&mut act, &activity, editorial.clock.now_ms()).await?;
    arrange(&mut act, &activity, place).await?;
    let subject = Subject::new(SubjectKind::Activity, activity.id);
    let data = json!({"plan": plan.id, "title": activity.details.title});
    editorial
        .record(&mut act, by.actor(), "activity.add", subject, data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok((plan.id, activity.id))
}

async fn change(
    editorial: &Editorial,
    by: &By,
    (id, activity): (&str, ActivityId),
    form: &Form,
) -> Result<(PlanId, ActivityId), Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::See).await?;
    let saved = find(&mut act, &plan, activity).await?;
    let is_full = is_full(by, &plan, &saved)?;
    let (known, _, _) = known(&mut act, &plan, editorial.today()).await?;
    let mut next = saved.clone();
    next.version = form.value("version").parse().map_err(|_| Refusal::Stale)?;
    let mut place = None;
    if is_full {
        (next.details, next.task, place) = read(form, &known)?;
    } else {
        next.details = saved.details.answered(form, &known)?;
    }
    activity_store::save(&mut act, &next, editorial.clock.now_ms()).await?;
    if is_full {
        arrange(&mut act, &next, place).await?;
    }
    let subject = Subject::new(SubjectKind::Activity, saved.id);
    let data = json!({"plan": plan.id, "changes": changes(&saved, &next)});
    editorial
        .record(&mut act, by.actor(), "activity.edit", subject, data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok((plan.id, activity))
}

/// Whether the person may change everything of an activity, or only who answers and the note.
fn is_full(by: &By, plan: &Plan, activity: &Activity) -> Result<bool, Refusal> {
    let on = On::Activity(plan, activity);
    may(by.actor(), Deed::AnswerFor, on)?;
    Ok(may(by.actor(), Deed::EditContent, on).is_ok())
}

async fn find(conn: &mut Conn, plan: &Plan, id: ActivityId) -> Result<Activity, Error> {
    let all = activity_store::list(conn, plan.id).await?;
    Ok(all
        .into_iter()
        .find(|found| found.id == id)
        .ok_or(Refusal::NotFound)?)
}

/// Reads the whole form: the details, the task, and the place among the task's activities.
fn read(
    form: &Form,
    known: &Known,
) -> Result<(ActivityDetails, Option<TaskId>, Option<usize>), Refusal> {
    let mut check = form.check();
    let task: Option<TaskId> = check.parse("task");
    if task.is_some_and(|task| !known.tasks.contains(&task)) {
        check.add(Problem::at("task", "field-choice"));
    }
    let place = check.number("place", 1, 999);
    let details = ActivityDetails::of(form, known);
    match (details, check.done()) {
        (Ok(details), Ok(())) => Ok((details, task, place.and_then(|n| usize::try_from(n).ok()))),
        (Err(Refusal::Invalid(mut problems)), Err(Refusal::Invalid(more))) => {
            problems.extend(more);
            Err(Refusal::Invalid(problems))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}

/// Gives the activity its place (from 1; none means last) and its siblings theirs.
async fn arrange(act: &mut Act, activity: &Activity, place: Option<usize>) -> Result<(), Error> {
    let all = activity_store::list(act, activity.plan).await?;
    let mut siblings: Vec<&Activity> = all
        .iter()
        .filter(|found| found.task == activity.task && found.id != activity.id)
        .collect();
    let index = place.map_or(siblings.len(), |place| {
        place.saturating_sub(1).min(siblings.len())
    });
    siblings.insert(index, activity);
    for (found, position) in siblings.iter().zip(1i64..) {
        if found.position != position || found.id == activity.id {
            activity_store::save_position(act, found.id, position).await?;
        }
    }
    Ok(())
}

/// The fields that change, each with what it was and what it is.
fn changes(saved: &Activity, next: &Activity) -> Value {
    let (before, after) = (saved.details.form(), next.details.form());
    let (before, after) = (Form::filled(before), Form::filled(after));
    let mut all = serde_json::Map::new();
    for (name, _, _) in fields(&Lists::default()) {
        if before.all(name) != after.all(name) {
            all.insert(name.to_owned(), json!([before.all(name), after.all(name)]));
        }
    }
    if saved.task != next.task {
        all.insert("task".to_owned(), json!([saved.task, next.task]));
    }
    Value::Object(all)
}

async fn answer(
    editorial: &Editorial,
    by: &By,
    which: (&str, Option<ActivityId>),
    (form, done): (Form, Result<(PlanId, ActivityId), Error>),
) -> Page {
    let (status, refusal) = match done {
        Ok((plan, activity)) => {
            let to = format!(
                "{}/activities/{activity}?done=plan-activity-saved",
                address(plan)
            );
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Error::Refusal(refusal @ Refusal::Invalid(_))) => {
            (StatusCode::UNPROCESSABLE_ENTITY, refusal)
        }
        Err(Error::Refusal(Refusal::Stale)) => (StatusCode::CONFLICT, Refusal::Stale),
        Err(other) => return Err(other.into()),
    };
    let page = page(editorial, by, which, Some((form, Some(refusal)))).await?;
    with_status(status, &page)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, activity): (&str, Option<ActivityId>),
    typed: Option<(Form, Option<Refusal>)>,
) -> Result<ActivityEditPage, Error> {
    let mut read = editorial.db.read().await?;
    let deed = if activity.is_some() {
        Deed::See
    } else {
        Deed::EditContent
    };
    let plan = open(&mut read, by, id, deed).await?;
    let key = if activity.is_some() {
        "plan-activity-edit"
    } else {
        "plan-activity-new"
    };
    let frame = editorial.desk(by, key).await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let lists = lists(&mut read, &plan, editorial.today(), &frame.say).await?;
    let mut page = ActivityEditPage {
        back: address(plan.id),
        title_words: String::new(),
        version: 1,
        is_full: true,
        form: Form::default(),
        problems: Problems::none(),
        differences: Vec::new(),
        lists,
        target_rows: Vec::new(),
        frame,
    };
    if let Some(id) = activity {
        let saved = find(&mut read, &plan, id).await?;
        page.is_full = is_full(by, &plan, &saved)?;
        page.back = format!("{}/activities/{id}", address(plan.id));
        page.title_words.clone_from(&saved.details.title);
        page.version = saved.version;
        page.form = saved_form(&mut read, &saved).await?;
    }
    if let Some((typed, refusal)) = typed {
        page.refuse(typed, refusal);
    }
    page.target_rows = target_rows(&page.form);
    Ok(page)
}

/// The rows of targets that hold something, and one more for the next.
fn target_rows(form: &Form) -> Vec<(&'static str, &'static str, &'static str)> {
    let is_filled = |(number, unit, _): &(&str, &str, &str)| {
        !form.value(number).is_empty() || !form.value(unit).is_empty()
    };
    let n_filled = FIELDS
        .iter()
        .rposition(is_filled)
        .map_or(0, |last| last + 1);
    let n_shown = (n_filled + 1).max(TARGET_ROWS_MIN);
    FIELDS.into_iter().take(n_shown).collect()
}

impl ActivityEditPage {
    /// Shows what was typed, what is wrong with it, and what somebody else saved meanwhile.
    fn refuse(&mut self, typed: Form, refusal: Option<Refusal>) {
        let say = self.frame.say;
        let saved = std::mem::replace(&mut self.form, typed);
        let Some(refusal) = refusal else { return };
        self.problems = Problems::of(&refusal, &say);
        if refusal == Refusal::Stale {
            let mut fields = fields(&self.lists);
            fields.retain(|(name, _, _)| self.is_full || ["accountable", "note"].contains(name));
            self.differences = differences(&say, &self.form, &saved, &fields);
        }
    }
}

/// The form of an activity as it is saved, with its task and its place.
async fn saved_form(conn: &mut Conn, saved: &Activity) -> Result<Form, Error> {
    let all = activity_store::list(conn, saved.plan).await?;
    let mut siblings = all.iter().filter(|found| found.task == saved.task);
    let place = siblings
        .position(|found| found.id == saved.id)
        .map_or(1, |index| index + 1);
    let task = saved.task.map(|task| task.to_string()).unwrap_or_default();
    let more = [("task", task), ("place", place.to_string())];
    Ok(Form::filled(saved.details.form().into_iter().chain(more)))
}
