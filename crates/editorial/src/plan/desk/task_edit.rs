//! A new task, and naming or moving one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use base::id::{PlanId, TaskId};
use base::limits::TEXT_CHARS_MAX;
use base::text::clean_line;
use base::{Error, Problem, Refusal, Subject, SubjectKind};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use web::{By, Choice, Form, Frame, Page, Problems, render, with_status};

use super::{address, open, touch, under_plan};
use crate::Editorial;
use crate::plan::rules::Deed;
use crate::plan::task::{self, Task};
use crate::plan::{plan_store, task_store};

#[derive(Template)]
#[template(path = "plan/desk/task_edit.html")]
struct TaskEditPage {
    frame: Frame,
    base: String,
    /// The task, unless it is new.
    task: Option<String>,
    version: i64,
    form: Form,
    problems: Problems,
    parents: Vec<Choice>,
}

/// What the address asks for: the task that a new one becomes part of.
#[derive(Deserialize)]
pub struct Asked {
    parent: Option<String>,
}

/// The form of a new task.
pub async fn begin(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let form = Form::filled([("parent", asked.parent.unwrap_or_default())]);
    let page = page(&editorial, &by, (&id, None), Some(form)).await?;
    render(&page)
}

/// Adds the new task.
pub async fn add(
    State(editorial): State<Editorial>,
    by: By,
    Path(id): Path<String>,
    form: Form,
) -> Page {
    let done = change(&editorial, &by, (&id, None), &form).await;
    answer(&editorial, &by, (&id, None), (form, done)).await
}

/// The form as the task is.
pub async fn show(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, task)): Path<(String, String)>,
) -> Page {
    let page = page(&editorial, &by, (&id, Some(task.parse()?)), None).await?;
    render(&page)
}

/// Saves what was typed.
pub async fn save(
    State(editorial): State<Editorial>,
    by: By,
    Path((id, task)): Path<(String, String)>,
    form: Form,
) -> Page {
    let task: TaskId = task.parse()?;
    let done = change(&editorial, &by, (&id, Some(task)), &form).await;
    answer(&editorial, &by, (&id, Some(task)), (form, done)).await
}

async fn change(
    editorial: &Editorial,
    by: &By,
    (id, task): (&str, Option<TaskId>),
    form: &Form,
) -> Result<PlanId, Error> {
    let mut act = editorial.db.act().await?;
    let plan = open(&mut act, by, id, Deed::EditContent).await?;
    let mut before = task_store::list(&mut act, plan.id).await?;
    let typed = read(form, &before)?;
    let version = form.value("version").parse().map_err(|_| Refusal::Stale)?;
    plan_store::bump(&mut act, plan.id, version).await?;
    let task_id = match task {
        Some(id) => id,
        None => {
            let new = Task {
                id: editorial.ids.next(&editorial.clock),
                parent: None,
                no: String::new(),
                position: i64::MAX,
                title: typed.title.clone(),
            };
            task_store::add(&mut act, plan.id, &new).await?;
            before.push(new.clone());
            new.id
        }
    };
    let mut after = task::moved(&before, task_id, typed.parent, typed.place)?;
    for found in after.iter_mut().filter(|found| found.id == task_id) {
        found.title.clone_from(&typed.title);
    }
    task_store::save_changed(&mut act, &before, &after).await?;
    let name = if task.is_some() {
        "task.edit"
    } else {
        "task.add"
    };
    let subject = Subject::new(SubjectKind::Task, task_id);
    let data = json!({"plan": plan.id, "title": typed.title, "parent": typed.parent});
    editorial
        .record(&mut act, by.actor(), name, subject, data)
        .await?;
    touch(&mut act, plan.id);
    act.commit().await?;
    Ok(plan.id)
}

struct Typed {
    title: String,
    parent: Option<TaskId>,
    place: usize,
}

fn read(form: &Form, tasks: &[Task]) -> Result<Typed, Refusal> {
    let mut check = form.check();
    let title = clean_line(&check.required_text("title", TEXT_CHARS_MAX));
    let parent: Option<TaskId> = check.parse("parent");
    if parent.is_some_and(|parent| tasks.iter().all(|task| task.id != parent)) {
        check.add(Problem::at("parent", "field-choice"));
    }
    let place = check.number("place", 1, 999);
    check.done()?;
    let place = place
        .and_then(|place| usize::try_from(place).ok())
        .unwrap_or(usize::MAX);
    Ok(Typed {
        title,
        parent,
        place,
    })
}

async fn answer(
    editorial: &Editorial,
    by: &By,
    which: (&str, Option<TaskId>),
    (form, done): (Form, Result<PlanId, Error>),
) -> Page {
    match done {
        Ok(plan) => {
            let to = format!("{}?done=plan-task-saved", address(plan));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Refusal(refusal)) => refused(editorial, by, which, (Some(form), refusal)).await,
        Err(fault) => Err(fault.into()),
    }
}

/// The page again, with what was typed (or, without a form, as the task is) and what is wrong.
pub(super) async fn refused(
    editorial: &Editorial,
    by: &By,
    which: (&str, Option<TaskId>),
    (form, refusal): (Option<Form>, Refusal),
) -> Page {
    let status = match refusal {
        Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Stale => StatusCode::CONFLICT,
        other => return Err(other.into()),
    };
    let mut page = page(editorial, by, which, form).await?;
    page.problems = Problems::of(&refusal, &page.frame.say);
    with_status(status, &page)
}

async fn page(
    editorial: &Editorial,
    by: &By,
    (id, task): (&str, Option<TaskId>),
    typed: Option<Form>,
) -> Result<TaskEditPage, Error> {
    let mut read = editorial.db.read().await?;
    let plan = open(&mut read, by, id, Deed::EditContent).await?;
    let tasks = task_store::list(&mut read, plan.id).await?;
    let key = if task.is_some() {
        "plan-task-edit"
    } else {
        "plan-task-new"
    };
    let frame = editorial.desk(by, key).await?;
    let title = frame.title.clone();
    let frame = under_plan(frame, &plan).titled(title);
    let mut form = Form::default();
    if let Some(id) = task {
        let saved = tasks
            .iter()
            .find(|task| task.id == id)
            .ok_or(Refusal::NotFound)?;
        let mut siblings = tasks.iter().filter(|task| task.parent == saved.parent);
        let place = siblings
            .position(|task| task.id == id)
            .map_or(1, |index| index + 1);
        let parent = saved
            .parent
            .map(|parent| parent.to_string())
            .unwrap_or_default();
        let values = [
            ("title", saved.title.clone()),
            ("parent", parent),
            ("place", place.to_string()),
        ];
        form = Form::filled(values);
    }
    if let Some(typed) = typed {
        form = typed;
    }
    let parents = tasks
        .iter()
        .filter(|found| {
            let way = task::ancestors(&tasks, found.id).unwrap_or_default();
            task.is_none_or(|task| !way.contains(&task))
        })
        .map(|task| Choice::new(task.id, format!("{}. {}", task.no, task.title)));
    Ok(TaskEditPage {
        base: address(plan.id),
        task: task.map(|task| task.to_string()),
        version: plan.version,
        form,
        problems: Problems::none(),
        parents: std::iter::once(Choice::new("", frame.t("plan-task-top")))
            .chain(parents)
            .collect(),
        frame,
    })
}
